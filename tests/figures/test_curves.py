"""The specification curve: sorted estimates, which of them are clear, and what each definition counts."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from drills.figures import look, plotly
from drills.figures.forms.curves import DENSE, ENDS, specification_curve
from drills.figures.layout import NARROW, WIDE

CHOICES = {"kinds": {"all": "With patrols", "some": "Without patrols"},
           "since": {year: f"From {year}" for year in range(2003, 2033)}}
TABLE = pd.DataFrame(itertools.product(*CHOICES.values()), columns=list(CHOICES)).assign(
    value=lambda table: np.linspace(0.95, 1.2, len(table)), low=lambda table: table["value"] - 0.04,
    high=lambda table: table["value"] + 0.04)
LONG = pd.concat([TABLE, TABLE], ignore_index=True).sort_values("value", ignore_index=True)
OUTSIDE = (TABLE["low"] > 1) | (TABLE["high"] < 1)
HOLLOW = "-open"


def view(layout, table: pd.DataFrame = TABLE) -> dict:
    with look.style():
        figure = specification_curve(
            layout, table, choices=CHOICES, no_change=1, ticks=(0.9, 1, 1.1), tick_labels=("−10 %", "0", "+10 %"),
            value_label="Change a year", named=(30, "The default"), keys=("Clear", "Not clear"))
        return plotly.view(figure, {label: place for place, label in enumerate(table.index)})


def rows(view: dict, colour: str) -> set[int]:
    return {row for trace in view["data"] if trace.get("marker", {}).get("line", {}).get("color") == look.LIGHT[colour]
            for behind in trace.get("customdata", ()) for row in behind}


def test_what_is_not_clear_looks_otherwise():
    """Catch an interval that holds no change and is drawn as if it did not."""
    assert rows(view(WIDE), "both") == set(np.flatnonzero(OUTSIDE))
    assert rows(view(WIDE), "accent") == set(np.flatnonzero(~OUTSIDE))


def test_a_phone_gets_both_ends_and_the_number_left_out():
    """Catch a middle that is dropped without a word, and ends that are not the lowest and the highest."""
    seen = view(NARROW)
    drawn = rows(seen, "both") | rows(seen, "accent")
    assert drawn == {*range(ENDS), *range(len(TABLE) - ENDS, len(TABLE))}
    assert f"{len(TABLE) - 2 * ENDS} between them" in " ".join(one["text"] for one in seen["layout"]["annotations"])


def strokes(drawn: dict) -> dict[float, set[int]]:
    """The places that the strokes of each row of the matrix stand below, by the height of the row."""
    found: dict[float, set[int]] = {}
    for trace in drawn["data"]:
        if trace.get("mode") == "lines" and trace["yaxis"] == "y3":
            ends = [pair for pair in zip(trace["x"], trace["y"], strict=True) if None not in pair]
            for (left, y), (right, _) in zip(ends[::2], ends[1::2], strict=True):
                found.setdefault(y, set()).update(place for place in range(200) if left <= place <= right)
    return found


@pytest.mark.parametrize("layout, rows", [(WIDE, 2 * ENDS), (NARROW, 2 * ENDS), (WIDE, DENSE + 1)])
def test_the_matrix_has_a_stroke_for_each_switch(layout, rows):
    """Catch a row of the matrix that belongs to another value, a definition without its strokes, and runs cut short."""
    table = LONG.iloc[:rows]
    wanted = {frozenset(np.flatnonzero(table[column] == value)) for column, values in CHOICES.items()
              for value in values if (table[column] == value).any()}
    assert {frozenset(places) for places in strokes(view(layout, table)).values()} == wanted


def test_many_estimates_are_one_line_with_a_mark_for_each():
    """Catch estimates that cannot be pointed at since they are drawn as a line."""
    drawn = view(WIDE, LONG)
    hidden = [trace for trace in drawn["data"] if trace.get("marker", {}).get("color") == "rgba(0,0,0,0)"]
    assert [rows for trace in hidden for rows in trace["customdata"]] == [[row] for row in range(len(LONG))]


@pytest.mark.slow
def test_the_default_is_pointed_out():
    """Catch a definition that is named without a mark of its own."""
    assert rows(view(WIDE), "ink") == {30} and rows(view(NARROW), "ink") == set()
