"""Every rule on the lists kept by others: a broken cell or row and the line that `python -m drills check` prints."""

from __future__ import annotations

import pytest

LISTS, ROWS = "outside_lists", "outside_rows"
NO_DAY = "there is no day 2021-02-30; write a day that the calendar has"
# table, line, column, value written there, column of the message, message
CELLS = [
    (ROWS, 2, "date", "2021-02-30", "date", NO_DAY),
    (LISTS, 2, "period_start", "2021-02-30", "period_start", NO_DAY),
    (ROWS, 2, "date", "2121-08", "date", "2121-08 is outside the years 1900 to 2099; write the year of the list"),
    (LISTS, 2, "period_start", "2024", "period_end",
     "it ends on 2023, before it starts on 2024; fix one of the two dates"),
    (ROWS, 2, "event_id", "", "event_id",
     "a row that is in_record names no event; name the event, or fix the standing"),
    (ROWS, 4, "event_id", "", "event_id",
     "a row that is part_of_other names no event; name the event, or fix the standing"),
    (ROWS, 3, "event_id", "2023-alpha", "standing",
     "a row that is only_one_took_part names the event '2023-alpha'; leave event_id blank, or fix the standing"),
    (ROWS, 2, "why", "It is there", "why",
     "a row that is in the record needs no reason; leave why blank, or fix the standing"),
    (ROWS, 3, "why", "", "why", "a row that is only_one_took_part gives no reason; say in a sentence why"),
    (ROWS, 4, "why", "", "why", "a row that is part_of_other gives no reason; say in a sentence why"),
    (ROWS, 2, "date", "2019-12", "date", "2019-12 is more than a year from '2021-alpha', which began on 2021-08-09; "
                                         "fix the date, or name the edition that is meant"),
    (ROWS, 2, "date", "2023", "date", "2023 is more than a year from '2021-alpha', which began on 2021-08-09; "
                                      "fix the date, or name the edition that is meant"),
    (ROWS, 3, "row", "3", "row", "row 3 of 'tass-list' stands where row 2 is due; "
                                 "number the rows of a list from 1 without a gap"),
    (LISTS, 2, "n_rows_stated", "3", "n_rows_stated", "'tass-list' states 3 rows, outside_rows.csv has 2; "
                                                      "add or remove rows, or fix the number or is_complete"),
]


@pytest.mark.parametrize("table, line, column, value, shown, message", CELLS)
def test_a_broken_cell_is_reported(small, table, line, column, value, shown, message):
    """Catch each rule taken out, and a rule that speaks of more than the slip."""
    small.edit(table, line, column, value)
    assert small.problems() == [f"{table}.csv:{line}:{shown}: {message}"]


def test_a_complete_list_without_rows_is_reported(small):
    """Catch a list called complete of which nobody has entered a row."""
    small.edit(LISTS, 3, "is_complete", "true")
    small.path(ROWS).write_text("".join(small.path(ROWS).read_text(encoding="utf-8").splitlines(True)[:3]),
                                encoding="utf-8")
    assert small.problems() == [
        "outside_lists.csv:3:is_complete: 'xinhua-list' is called complete and has no row in outside_rows.csv; "
        "add its rows, or set is_complete to false"]


def test_more_rows_than_stated_are_reported(small):
    """Catch a list read in part that has more rows than it can have."""
    small.edit(LISTS, 2, "is_complete", "false")
    small.edit(LISTS, 2, "n_rows_stated", "1")
    assert small.problems() == ["outside_lists.csv:2:n_rows_stated: 'tass-list' states 1 row, outside_rows.csv "
                                "has 2; add or remove rows, or fix the number or is_complete"]


@pytest.mark.parametrize("column, value", [("date", "2022"), ("date", "2021-01"), ("date", "2020-08-09")])
def test_a_date_within_a_year_is_sound(small, column, value):
    """Catch a rule that asks for more than the neighbouring year."""
    small.edit(ROWS, 2, column, value)
    assert small.problems() == []


def test_a_garbled_row_is_reported_once(small):
    """Catch a row that is wrong in itself counted as lost in its list."""
    small.edit(ROWS, 3, "row", "two")
    assert [line.split(": ")[0] for line in small.problems()] == ["outside_rows.csv:3:row"]
