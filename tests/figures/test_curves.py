"""The specification curve: sorted estimates, which of them are clear, and what each definition counts."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from drills.figures import look, plotly
from drills.figures.forms.curves import ENDS, specification_curve
from drills.figures.layout import NARROW, WIDE

CHOICES = {"kinds": {"all": "With patrols", "some": "Without patrols"},
           "since": {year: f"From {year}" for year in range(2003, 2033)}}
TABLE = pd.DataFrame(itertools.product(*CHOICES.values()), columns=list(CHOICES)).assign(
    value=lambda table: np.linspace(0.95, 1.2, len(table)), low=lambda table: table["value"] - 0.04,
    high=lambda table: table["value"] + 0.04)
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


@pytest.mark.parametrize("layout", (WIDE, NARROW), ids=lambda layout: layout.name)
def test_the_matrix_has_one_stroke_for_each_switch(layout):
    """Catch a row of the matrix that belongs to another value, or a definition without its strokes."""
    table = TABLE.iloc[:2 * ENDS]
    drawn = view(layout, table)
    strokes = [trace for trace in drawn["data"] if trace.get("mode") == "lines" and trace["yaxis"] == "y3"]
    x = [value for trace in strokes for value in trace["x"] if value is not None]
    assert sorted(x) == sorted([place for place in range(len(table)) for _ in range(4)])
    heights: dict[float, set[int]] = {}
    for trace in strokes:
        for at, y in zip(trace["x"], trace["y"], strict=True):
            if at is not None:
                heights.setdefault(y, set()).add(at)
    wanted = {frozenset(np.flatnonzero(table[column] == value)) for column, values in CHOICES.items()
              for value in values if (table[column] == value).any()}
    assert {frozenset(places) for places in heights.values()} == wanted


def test_the_default_is_pointed_out():
    """Catch a definition that is named without a mark of its own."""
    assert rows(view(WIDE), "ink") == {30} and rows(view(NARROW), "ink") == set()
