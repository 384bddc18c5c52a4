"""What a row of searches.csv has to satisfy beyond datapackage.json: one function for each rule.

A search says which days it covers and what came of it; both can contradict the calendar and the events of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from ..record.days import first_day, last_day
from ..record.problems import Problem, legible

LANGUAGE = re.compile(r"[a-z]{2,3}")
COLLECTIVE = "other"


def periods_run_forward(rows) -> Iterator[Problem]:
    """Catch a period that ends before it starts, and one that was not yet over when somebody searched it."""
    for row in rows.searches.itertuples():
        if first_day(row.period_start) > last_day(row.period_end):
            yield rows.at("searches", row.Index, "period_end", row.period_end,
                          f"the period ends on {row.period_end}, before it starts on {row.period_start}",
                          "fix one of the two dates")
        elif first_day(row.searched_on) < first_day(row.period_end):
            yield rows.at("searches", row.Index, "searched_on", row.searched_on,
                          f"the search of {row.searched_on} is older than the end of its period on {row.period_end}",
                          "end the period on the day of the search, or fix searched_on")


def languages_are_codes(rows) -> Iterator[Problem]:
    """Catch "Russian" where the code ru belongs."""
    for line, codes in rows.searches["languages"].items():
        for code in codes:
            if not LANGUAGE.fullmatch(code):
                yield rows.at("searches", line, "languages", code, f"'{legible(code)}' is no ISO 639 code",
                              "write two or three small letters, such as ru or zh")


def searches_name_their_object(rows) -> Iterator[Problem]:
    """Catch a search that does not say what was looked for."""
    is_blank = rows.searches["series"].isna() & rows.searches["waters"].isna()
    for line in rows.searches.index[is_blank]:
        yield rows.at("searches", line, "series", "", "the search names neither a series nor waters",
                      "fill one of the two")


def results_match_events(rows) -> Iterator[Problem]:
    """Catch a search of a whole series that found nothing although an event stands in the record, or the reverse."""
    if not rows.raw["events"].is_read or len(rows.with_wrong("events", "event_id", "series", "start_date")):
        return
    events = rows.events[["event_id", "series", "start_date"]].dropna()
    for row in rows.searches[rows.searches["series"].notna()].itertuples():
        if first_day(row.period_start) > last_day(row.period_end):
            continue
        inside = [event.event_id for event in events[events["series"] == row.series].itertuples()
                  if first_day(row.period_start) <= last_day(event.start_date)
                  and first_day(event.start_date) <= last_day(row.period_end)]
        if row.result == "nothing_found" and inside and pd.isna(row.waters) and row.series != COLLECTIVE:
            yield rows.at("searches", row.Index, "result", row.result,
                          f"nothing was found, but '{inside[0]}' of the series began in the period",
                          "write found, or name in waters what was looked for")
        elif row.result == "found" and not inside:
            yield rows.at("searches", row.Index, "result", row.result,
                          f"no event of '{row.series}' in the record began in the period",
                          "add the event, or write out_of_scope and say in the note why it is none of this record")


def left_out_with_a_reason(rows) -> Iterator[Problem]:
    """Catch a find that was left out without a word on why."""
    found = rows.searches[(rows.searches["result"] == "out_of_scope") & rows.searches["note"].isna()]
    for line in found.index:
        yield rows.at("searches", line, "note", "", "what was found was left out, and nothing says why",
                      "say in the note what it was and why it is no event of this record")


RULES = (periods_run_forward, languages_are_codes, searches_name_their_object, results_match_events,
         left_out_with_a_reason)
