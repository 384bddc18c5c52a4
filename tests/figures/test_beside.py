"""Two counts on one axis: both are marked and printed, and a bound points the way that it leaves open."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from drills.figures import look, plotly
from drills.figures.forms.beside import counts_beside
from drills.figures.layout import LAYOUTS

TABLE = pd.DataFrame({
    "label": ["A, 2003 to 2022", "B, since 2005", "C, 2024", "D, until 2012", "E, 2019"],
    "low": [78.0, 100.0, 9.0, np.nan, 5.0], "high": [78.0, np.nan, 9.0, 12.0, 7.0],
    "ours": [61.0, 120.0, 9.0, 3.0, np.nan]}, index=list("abcde"))


@pytest.fixture(params=LAYOUTS, ids=lambda layout: layout.name)
def view(request) -> dict:
    with look.style():
        figure = counts_beside(request.param, TABLE, theirs="As published", ours="This record", value_label="Events")
        return plotly.view(figure, {label: place for place, label in enumerate(TABLE.index)})


def words(view: dict) -> str:
    return " ".join(one["text"].replace("<br>", " ") for one in view["layout"]["annotations"])


def test_every_count_stands_where_it_belongs(view):
    """Catch a count of another row, and one that is drawn although the record has none to set beside."""
    marks = {(row, x) for trace in view["data"] if "customdata" in trace
             for x, rows in zip(trace["x"], trace["customdata"], strict=True) for row in rows}
    assert marks == {(0, 78), (0, 61), (1, 100), (1, 120), (2, 9), (3, 12), (3, 3), (4, 5)}


def test_counts_are_printed_as_they_were_said(view):
    """Catch a bound printed as an exact count, and two numbers where both are the same."""
    for text in (" 78 ", " 61 ", " 100+ ", " 120 ", " ≤12 ", " 5–7", "B, since 2005"):
        assert text in f" {words(view)} "
    assert words(view).split().count("9") == 1


def test_a_bound_has_an_arrow_the_way_it_is_open(view):
    """Catch an arrow at an exact count, and one that points inward."""
    tips = {trace["marker"]["symbol"]: trace["x"] for trace in view["data"] if trace.get("mode") == "markers"
            and "triangle" in str(trace["marker"]["symbol"])}
    assert len(tips["triangle-right"]) == 1 and tips["triangle-right"][0] > 100
    assert len(tips["triangle-left"]) == 1 and tips["triangle-left"][0] < 12


def test_the_gap_is_a_line_between_both(view):
    """Catch a gap that ends elsewhere, or one to a count that is not there."""
    gaps = [trace for trace in view["data"] if trace.get("mode") == "lines" and trace["line"]["width"] == 2.6]
    ends = {tuple(gaps[0]["x"][at:at + 2]) for at in range(0, len(gaps[0]["x"]), 3)}
    assert {(78, 61), (100, 120), (12, 3)} <= ends and not any(5 in pair for pair in ends)


RANGES = pd.DataFrame({"label": ["A", "B", "C", "D"], "low": [9.0, 5.0, 40.0, 8.0], "high": [12.0, 7.0, 60.0, 11.0],
                       "ours": [9.0, np.nan, 20.0, 10.0]}, index=list("abcd"))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_no_number_stands_on_the_line_of_a_range(layout):
    """Catch a range of theirs that strikes a number out."""
    with look.style():
        figure = counts_beside(layout, RANGES, theirs="As published", ours="This record", value_label="Events")
        renderer = FigureCanvasAgg(figure).get_renderer()
        axes, = figure.axes
        figure.canvas.draw()
        lines = [line.get_window_extent(renderer) for line in axes.lines
                 if line.get_color() == look.LIGHT["china"] and line.get_linestyle() == "-"]
        numbers = [text.get_window_extent(renderer) for text in axes.texts if text.get_text()[:1].isdigit()]
    assert len(lines) == 4 and len(numbers) == 6
    assert not [1 for line in lines for number in numbers if line.x0 < number.x1 and number.x0 < line.x1
                and line.y0 < number.y1 and number.y0 < line.y1]


@pytest.mark.parametrize(("low", "high", "ours"), [(0.0, 0.0, 0.0), (3.0, np.nan, np.nan), (np.nan, np.nan, 0.0)])
def test_one_pair_with_little_to_draw(low, high, ours):
    """Catch an axis without a length, of counts that are all zero or open at an end."""
    table = pd.DataFrame({"label": ["A"], "low": [low], "high": [high], "ours": [ours]})
    for layout in LAYOUTS:
        axes = counts_beside(layout, table, theirs="As published", ours="This record", value_label="Events").axes[0]
        left, right = axes.get_xlim()
        assert left < 0 and right > 1
