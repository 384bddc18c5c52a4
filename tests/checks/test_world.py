"""The rules of the tables that describe the world: a broken row and the line that the check prints."""

from __future__ import annotations

import pytest

from drills.record import tables


def line_of(table: str, column: str, value: str) -> int:
    """The line of the CSV on which the first row with a value stands."""
    return int((getattr(tables.load(), table)[column] == value).idxmax()) + 2


@pytest.mark.slow
@pytest.mark.parametrize("cells, problem", [
    ({"south": "60"}, "north: the box of CHN ends at 54, not north of 60; swap or fix south and north"),
    ({"west": "140"}, "east: the box of CHN ends at 135, not east of 140; fix west and east, or make two boxes where "
                      "it crosses the meridian of 180 degrees"),
    ({"west": "-180", "east": "180"}, "east: the box of CHN goes around the earth, so that any longitude lies in it; "
                                      "make two boxes, one on each side of the meridian of 180 degrees"),
])
def test_a_box_is_a_box(small, cells, problem):
    """Catch a box upside down, one of no width, and one that holds everything."""
    line = line_of("country_boxes", "country", "CHN")
    for column, value in cells.items():
        small.edit("country_boxes", line, column, value)
    (found,) = [one for one in small.found() if small.printed(one) == f"country_boxes.csv:{line}:{problem}"]
    assert float(found.value) == float(small.cell(found))


@pytest.mark.parametrize("longitude, is_wrong", [("-37.97", True), ("37.97", False), ("-172.5", False), ("174", False)])
def test_russia_lies_on_both_sides_of_the_meridian(small, longitude, is_wrong):
    """Catch a lost sign at a place in Russia, and a box that leaves out Chukotka."""
    small.edit("participants", 8, "is_host", "false")
    small.edit("events", 5, "longitude", longitude)
    small.edit("events", 5, "latitude", "64")
    assert bool(small.problems()) == is_wrong


def test_a_word_names_one_sea(small):
    """Catch an event that would count for two seas by one word."""
    small.edit("sea_areas", 3, "words", "Yellow Sea;sea of japan")
    assert small.problems() == ["sea_areas.csv:3:words: 'sea of japan' names 'Sea of Japan' already; take it out of "
                                "one of the two"]
