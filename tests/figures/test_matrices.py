"""Matrices: what stands in a cell, how strong its fill is, and whether its number can be read on it."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from coloraide import Color

from drills.figures import look
from drills.figures.forms import matrices
from drills.figures.layout import LAYOUTS, WIDE
from drills.figures.svg import to_svg

COUNTS = pd.DataFrame([("Iran", "Kenya", 12345, False), ("Iran", "Iran", 7, True), ("Laos", "Kenya", 0, False),
                       ("Laos", "Iran", np.nan, False)], columns=["one", "two", "n", "is_own"])


def texts(figure) -> list[str]:
    svg = to_svg(figure, "x", "title", "description")
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("values, expected", [
    ([1, 2, 3, 4], [1, 2, 3, 4]), ([0, 1, 100], [0, 1, 4]), ([0, 0], [0, 0]), ([5], [4]),
    ([np.nan, 26, 50, 100], [0, 2, 2, 4]), ([25, 25.1, 100], [1, 2, 4]), ([np.nan], [0]), ([], []),
])
def test_steps_follow_the_count(values, expected):
    """Catch a filled cell for nothing, an empty one for something, and steps of unequal width."""
    assert matrices.steps(pd.Series(values, dtype=float)) == expected


@pytest.mark.parametrize("palette", [look.LIGHT, look.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("opacity", matrices.OPACITY)
def test_numbers_can_be_read_on_every_step(palette, opacity):
    """Catch a fill so strong that the number on it is lost in one of the schemes."""
    step = Color.layer([Color(palette["both"]).set("alpha", opacity), palette["paper"]])
    assert Color(palette["ink"]).contrast(step, method="wcag21") >= 4.5


@pytest.mark.parametrize("layout", LAYOUTS, ids=["wide", "narrow"])
def test_cells_print_their_numbers(layout):
    """Catch a count of nothing left blank, a missing one printed as nan, and a number without its comma."""
    with look.style():
        found = texts(matrices.heat(layout, COUNTS, row="one", column="two", value="n", outlined="is_own",
                                    narrow_column=lambda label: label[:2]))
    heads = ["Ke", "Ir"] if layout.is_narrow else ["Kenya", "Iran"]
    assert sorted(found) == sorted([*heads, "Iran", "Laos", "12,345", "7", "0"])


def test_framed_cells_stand_outside_the_steps():
    """Catch a total on the diagonal that makes every shared count pale."""
    table = COUNTS.assign(n=[4, 1000, 1, 2])
    with look.style():
        svg = to_svg(matrices.heat(WIDE, table, row="one", column="two", value="n", outlined="is_own"),
                            "x", "title", "description")
    assert re.findall(r'opacity="([0-9.]+)"', svg) == ["0.42", "0.12", "0.22"]


def test_years_without_marks_have_their_place():
    """Catch an axis that drops empty years, so that a gap looks like no gap."""
    table = pd.DataFrame({"name": ["Iran", "Laos"], "year": [2003, 2012], "mark": ["yes", "no"]})
    marks = {"yes": matrices.Mark("Came", "o", "both"), "no": matrices.Mark("Did not", "o", "other", is_filled=False)}
    with look.style():
        figure = matrices.dots(WIDE, table, rows="name", columns="year", mark="mark", marks=marks)
        found = texts(figure)
    assert figure.axes[0].get_xlim() == (1999.5, 2012.5)
    assert sorted(found) == sorted(["2000–04", "2005–09", "2010–12", "Iran", "Laos", "Came", "Did not"])
