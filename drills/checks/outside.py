"""What the lists kept by others, and their rows, have to satisfy beyond datapackage.json."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..record.days import first_day, last_day
from ..record.problems import Problem
from .rows import Rows, as_text, days

NAMED = ("in_record", "part_of_other")
ONE_YEAR = pd.Timedelta(days=366)


def doubtful_lists(rows: Rows) -> set[str]:
    """Lists of which a row could not be read, so that nothing can be said of how many they have."""
    return rows.raw["outside_rows"].strays | set(rows.with_wrong("outside_rows", *rows.outside_rows)["list_id"])


def periods_run_forward(rows: Rows) -> Iterator[Problem]:
    """Catch a list that ends before it starts."""
    lists = rows.outside_lists
    starts, ends = days(lists["period_start"], first_day), days(lists["period_end"], last_day)
    for row in lists[starts > ends].itertuples():
        yield rows.at("outside_lists", row.Index, "period_end", row.period_end,
                      f"it ends on {row.period_end}, before it starts on {row.period_start}",
                      "fix one of the two dates")


def standings_name_their_event(rows: Rows) -> Iterator[Problem]:
    """Catch a row that is said to be in the record and names no event, or the reverse."""
    for row in rows.outside_rows.itertuples():
        is_named = isinstance(row.event_id, str)
        if row.standing in NAMED and not is_named:
            yield rows.at("outside_rows", row.Index, "event_id", "", f"a row that is {row.standing} names no event",
                          "name the event, or fix the standing")
        elif row.standing not in NAMED and is_named:
            yield rows.at("outside_rows", row.Index, "standing", row.standing,
                          f"a row that is {row.standing} names the event '{row.event_id}'",
                          "leave event_id blank, or fix the standing")


def standings_are_explained(rows: Rows) -> Iterator[Problem]:
    """Catch a row that is not in the record without the reason, and a reason where none is needed."""
    for row in rows.outside_rows.itertuples():
        if row.standing == "in_record" and isinstance(row.why, str):
            yield rows.at("outside_rows", row.Index, "why", row.why, "a row that is in the record needs no reason",
                          "leave why blank, or fix the standing")
        elif row.standing != "in_record" and not isinstance(row.why, str):
            yield rows.at("outside_rows", row.Index, "why", "", f"a row that is {row.standing} gives no reason",
                          "say in a sentence why")


def dates_are_near_the_event(rows: Rows) -> Iterator[Problem]:
    """Catch a row held against the wrong edition: its date has to lie within a year of the event."""
    named = rows.outside_rows[rows.outside_rows["event_id"].isin(rows.events["event_id"])]
    end = {event: day if isinstance(day, str) else rows.start[event] for event, day in rows.end.items()}
    is_early = days(named["date"], last_day) + ONE_YEAR < days(named["event_id"].map(rows.start), first_day)
    is_late = days(named["date"], first_day) - ONE_YEAR > days(named["event_id"].map(end), last_day)
    for row in named[is_early | is_late].itertuples():
        yield rows.at("outside_rows", row.Index, "date", row.date,
                      f"{row.date} is more than a year from '{row.event_id}', "
                      f"which began on {rows.start[row.event_id]}",
                      "fix the date, or name the edition that is meant")


def rows_are_counted_on(rows: Rows) -> Iterator[Problem]:
    """Catch a gap in the rows of a list, in which an entry would be lost."""
    hidden = doubtful_lists(rows)
    for list_id, entries in rows.outside_rows.groupby("list_id"):
        if list_id in hidden:
            continue
        for place, (line, number) in enumerate(sorted(entries["row"].items(), key=lambda item: item[1]), start=1):
            if number != place:
                yield rows.at("outside_rows", line, "row", as_text(number),
                              f"row {as_text(number)} of '{list_id}' stands where row {place} is due",
                              "number the rows of a list from 1 without a gap")
                break


def lists_hold_their_rows(rows: Rows) -> Iterator[Problem]:
    """Catch a list called complete whose rows are not those it states, and more rows than it can have."""
    if not rows.raw["outside_rows"].is_read:
        return
    entries, hidden = rows.outside_rows["list_id"].value_counts(), doubtful_lists(rows)
    for row in rows.outside_lists[~rows.outside_lists["list_id"].isin(hidden)].itertuples():
        number, stated = int(entries.get(row.list_id, 0)), row.n_rows_stated
        if row.is_complete == "true" and not number:
            yield rows.at("outside_lists", row.Index, "is_complete", "true",
                          f"'{row.list_id}' is called complete and has no row in outside_rows.csv",
                          "add its rows, or set is_complete to false")
        elif ((row.is_complete == "true" and number != stated) or number > stated) and pd.notna(stated):
            yield rows.at("outside_lists", row.Index, "n_rows_stated", as_text(stated),
                          f"'{row.list_id}' states {as_text(stated)} row{'s' * (stated != 1)}, "
                          f"outside_rows.csv has {number}",
                          "add or remove rows, or fix the number or is_complete")


RULES = (periods_run_forward, standings_name_their_event, standings_are_explained, dates_are_near_the_event,
         rows_are_counted_on, lists_hold_their_rows)
