"""What the tables that describe the world have to satisfy beyond datapackage.json: one function for each rule.

They take the sound rows of every table (`rows.Rows`) and yield problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..record.problems import Problem
from .rows import Rows


def boxes_are_boxes(rows: Rows) -> Iterator[Problem]:
    """Catch a box upside down, or one across the meridian of 180 degrees that would hold every longitude."""
    for row in rows.country_boxes.itertuples():
        if row.south >= row.north:
            yield rows.at("country_boxes", row.Index, "north", f"{row.north:g}",
                          f"the box of {row.country} ends at {row.north:g}, not north of {row.south:g}",
                          "swap or fix south and north")
        elif row.west >= row.east:
            yield rows.at("country_boxes", row.Index, "east", f"{row.east:g}",
                          f"the box of {row.country} ends at {row.east:g}, not east of {row.west:g}",
                          "fix west and east, or make two boxes where it crosses the meridian of 180 degrees")
        elif row.east - row.west >= 360:
            yield rows.at("country_boxes", row.Index, "east", f"{row.east:g}",
                          f"the box of {row.country} goes around the earth, so that any longitude lies in it",
                          "make two boxes, one on each side of the meridian of 180 degrees")


def words_name_one_sea(rows: Rows) -> Iterator[Problem]:
    """Catch a word that names two sea areas, so that an event at one counts for both."""
    seen: dict[str, str] = {}
    for row in rows.sea_areas.itertuples():
        for word in row.words:
            other = seen.setdefault(word.casefold(), row.sea_area)
            if other != row.sea_area:
                yield rows.at("sea_areas", row.Index, "words", word, f"'{word}' names '{other}' already",
                              "take it out of one of the two")


RULES = (boxes_are_boxes, words_name_one_sea)
