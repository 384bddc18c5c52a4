"""Bars with printed numbers: labels that wrap evenly and are never cut."""

from __future__ import annotations

import pandas as pd
import pytest

from drills.figures import look
from drills.figures.forms.bars import ranked
from drills.figures.layout import LAYOUTS
from drills.figures.rows import balanced
from drills.figures.svg import to_svg

LONG = "China-Russia border drill to catch illegal crossers, Heihe-Blagoveshchensk 2003"


@pytest.mark.parametrize("text, width, lines", [
    ("Ships", 36, ["Ships"]),
    ("Sino-Russian joint naval exercise 1999", 36, ["Sino-Russian joint", "naval exercise 1999"]),
    ("a b c d", 3, ["a b", "c d"]),
    ("Llanfairpwllgwyngyll", 10, ["Llanfairpw", "llgwyngyll"]),
    ("", 10, []),
], ids=str)
def test_labels_are_balanced(text, width, lines):
    """Catch a year left alone on a line, or a long word that runs over."""
    assert balanced(text, width) == lines


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_numbers_and_whole_labels_are_printed(layout):
    """Catch a label cut short or a bar without its number."""
    table = pd.DataFrame({"name": [LONG, "Ships"], "n": [12345, 0], "words": ["12,345", "0"]})
    with look.style():
        figure = ranked(layout, table, label="name", value="n", text="words", value_label="Events")
        svg = to_svg(figure, "x", "title", "alt")
    for word in (*LONG.split(), "Ships", "12,345", ">0<", "Events"):
        assert word in svg
