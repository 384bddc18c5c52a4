"""Dates and the ids that begin with them: one function for each rule."""

from __future__ import annotations

from collections.abc import Iterator

from ..record.days import first_day, last_day
from ..record.problems import Problem
from .rows import YEARS, Rows, days, is_date

PRECISION_LENGTHS = {"day": 10, "month": 7, "year": 4}


# table: its columns of dates, and the year that belongs there
DATES = {"events": (("start_date", "end_date"), "write the year of the source"),
         "date_claims": (("value",), "write the year of the source"),
         "sources": (("published",), "write the year of the source"),
         "milestones": (("date",), "write the year of the source"),
         "published_counts": (("published", "period_start", "period_end"), "write the year of the source"),
         "searches": (("period_start", "period_end", "searched_on"), "write the year that was searched"),
         "outside_lists": (("period_start", "period_end"), "write the year of the list"),
         "outside_rows": (("date",), "write the year of the list"),
         "nearest_rules": (("start", "end"), "write the year of the count")}


def dates_exist(rows: Rows) -> Iterator[Problem]:
    """Catch 2021-02-30 and the like, which the form of a date alone lets pass, and a year mistyped by a thousand."""
    for table, (columns, fix) in DATES.items():
        for column in columns:
            for line, value in getattr(rows, table)[column].dropna().items():
                if not is_date(value):
                    yield rows.at(table, line, column, value, f"there is no day {value}",
                                  "write a day that the calendar has")
                elif not YEARS[0] <= value[:4] <= YEARS[1]:
                    yield rows.at(table, line, column, value,
                                  f"{value} is outside the years {' to '.join(YEARS)}", fix)


def events_run_forward(rows: Rows) -> Iterator[Problem]:
    """Catch an end before its start."""
    for table, start, end in (("events", "start_date", "end_date"),
                              ("published_counts", "period_start", "period_end")):
        frame = getattr(rows, table)
        for line, row in frame[days(frame[start], first_day) > days(frame[end], last_day)].iterrows():
            yield rows.at(table, line, end, row[end], f"it ends on {row[end]}, before it starts on {row[start]}",
                          "fix one of the two dates")


def dates_match_precision(rows: Rows) -> Iterator[Problem]:
    """Catch a day that was filled in for an event known only to the month, or the reverse."""
    length = rows.events["date_precision"].map(PRECISION_LENGTHS)
    for column in ("start_date", "end_date"):
        dates = rows.events[column].dropna()
        for line, date in dates[dates.str.len() != length[dates.index]].items():
            precision = rows.events.at[line, "date_precision"]
            yield rows.at("events", line, column, date, f"{date} is not a date known to the {precision}",
                          f"write {'YYYY-MM-DD'[:PRECISION_LENGTHS.get(precision)]}, or fix date_precision")


def ids_match_years(rows: Rows) -> Iterator[Problem]:
    """Catch a date or an id copied from another edition."""
    for table, column, date in (("events", "event_id", "start_date"), ("milestones", "milestone_id", "date")):
        frame = getattr(rows, table).dropna(subset=[column, date])
        for line, row in frame[frame[column].str[:4] != frame[date].str[:4]].iterrows():
            name, day = row[column], row[date]
            yield rows.at(table, line, column, name, f"'{name}' does not begin with the year of {day}",
                          f"name it {day[:4]}{name[4:]}, or fix {date}")


RULES_OF_ONE_ROW = (dates_exist, events_run_forward)
RULES = (dates_match_precision, ids_match_years)
