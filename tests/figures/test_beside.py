"""Two counts on one axis: both are marked and printed, and a bound points the way that it leaves open."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

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
