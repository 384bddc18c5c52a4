"""The rules on searches.csv: a broken row and the line that the check prints, and what the record itself holds."""

from __future__ import annotations

import pytest

RULES = [
    (2, "period_start", "2022-02-30", "there is no day 2022-02-30; write a day that the calendar has"),
    (2, "searched_on", "2022-06-31", "there is no day 2022-06-31; write a day that the calendar has"),
    (2, "period_end", "3022-06", "3022-06 is outside the years 1900 to 2099; write the year that was searched"),
    (3, "period_end", "2022-04", "the period ends on 2022-04, before it starts on 2022-05-01; "
                                 "fix one of the two dates"),
    (3, "searched_on", "2022-05-30", "the search of 2022-05-30 is older than the end of its period on 2022-05-31; "
                                     "end the period on the day of the search, or fix searched_on"),
    (2, "languages", "ru;Chinese", "'Chinese' is no ISO 639 code; write two or three small letters, such as ru or zh"),
    (2, "series", "", "the search names neither a series nor waters; fill one of the two"),
    (2, "result", "maybe", "'maybe' is not an allowed value; use one of nothing_found, found, "
     "out_of_scope"),
]


@pytest.mark.parametrize("line, column, value, message", RULES, ids=[f"{row[1]}={row[2]}" for row in RULES])
def test_a_broken_cell_is_named(small, line, column, value, message):
    """Catch a search whose dates, languages or object cannot be right."""
    small.edit("searches", line, column, value)
    assert small.problems() == [f"searches.csv:{line}:{column}: {message}"]


def test_nothing_found_beside_an_event(small):
    """Catch a search that found nothing although an event of its series stands in the record."""
    small.edit("searches", 2, "period_start", "2021")
    assert small.problems() == ["searches.csv:2:result: nothing was found, but '2021-alpha' of the series began in "
                                "the period; write found, or name in waters what was looked for"]


def test_nothing_found_in_some_waters(small):
    """Let a search of one place find nothing although the series was held elsewhere."""
    small.edit("searches", 2, "period_start", "2021")
    small.edit("searches", 2, "waters", "Baltic")
    assert small.problems() == []


def test_found_but_not_in_the_record(small):
    """Catch an event that was found and never entered; and let it pass where it was left out with a reason."""
    small.edit("searches", 2, "result", "found")
    assert small.problems() == ["searches.csv:2:result: no event of 'alpha-line' in the record began in the period; "
                                "add the event, or write out_of_scope and say in the note why it is none of this "
                                "record"]
    small.edit("searches", 2, "result", "out_of_scope")
    assert small.problems() == ["searches.csv:2:note: what was found was left out, and nothing says why; "
                                "say in the note what it was and why it is no event of this record"]
    small.edit("searches", 2, "note", "A rescue drill")
    assert small.problems() == []
