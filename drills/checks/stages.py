"""Whether a figure or a date was said before or after the fact, and whether the end of an event was seen to come.

A page, a first day or a last day may be known to the month or the year only: what a rule says holds for the days
on which it can be decided, and where it cannot the curator chooses by the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pandas as pd

from ..record.days import first_day, last_day
from ..record.problems import Problem

# what was never held was always a plan, whenever it is reported
NOT_HELD = ("planned", "cancelled")
RETOLD = "plan"
# what is complete on the last day only
LENGTHS = ("duration_days", "duration_hours")
KEEP, ACCEPT = "keep_planned", "accept_end_date"


@cache
def day(date: object, is_last: bool = False) -> pd.Timestamp:
    """The first or last day of a partial date; missing where there is none."""
    if not isinstance(date, str):
        return pd.NaT
    try:
        return last_day(date) if is_last else first_day(date)
    except (ValueError, OverflowError):
        return pd.NaT


def columns_of(rows, table: str) -> pd.DataFrame:
    """The sound rows of a table with page, start and status: what the rules below compare."""
    frame = getattr(rows, table)
    known = rows.sources.set_index("source_id")["published"].to_dict()
    status = rows.events.set_index("event_id")["status"].to_dict()
    return frame.assign(page=frame["source_id"].map(known), start=frame["event_id"].map(rows.start),
                        status=frame["event_id"].map(status))


def claims_match_pages(rows) -> Iterator[Problem]:
    """Catch a figure called a result on a page from before the event, or a plan on a page from after its start."""
    rulings, hidden = rows.read["rulings"], rows.hidden_events("rulings", "action", "claim_ids")
    kept = set(rulings.loc[rulings["action"] == KEEP, "claim_ids"].explode())
    for claim in columns_of(rows, "claims").itertuples():
        is_late = day(claim.page) >= day(claim.start, is_last=True)
        end = rows.end.get(claim.event_id)
        if claim.stage == "reported" and day(claim.page, is_last=True) < day(claim.start):
            yield rows.at("claims", claim.Index, "stage", "reported", f"the claim is called reported, but its page of "
                          f"{claim.page} is older than the start on {claim.start}",
                          "set stage to planned; if the force had arrived, add a count_as_reported ruling")
        elif (claim.stage == "reported" and claim.measure in LENGTHS and claim.start != end
              and day(claim.page, is_last=True) < day(end)):
            yield rows.at("claims", claim.Index, "stage", "reported", f"the claim is called reported, but its page of "
                          f"{claim.page} is older than the end on {end}: a length given before that is a forecast",
                          f"set stage to planned, and add a {KEEP} ruling if the event had begun")
        elif (claim.stage == "planned" and is_late and claim.status not in NOT_HELD and claim.claim_id not in kept
              and claim.event_id not in hidden and rows.raw["rulings"].is_read):
            yield rows.at("claims", claim.Index, "stage", "planned", f"the claim is called planned, but its page of "
                          f"{claim.page} is not older than the start on {claim.start}",
                          f"set stage to reported, or add a {KEEP} ruling that says whose plan the page repeats")
        elif (claim.claim_id in kept and claim.stage == "planned" and not is_late
              and pd.notna(day(claim.page)) and pd.notna(day(claim.start))):
            yield rows.at("claims", claim.Index, "stage", "planned", f"a {KEEP} ruling names the claim, but its page "
                          f"of {claim.page} is not known to be of the start on {claim.start} or later",
                          "withdraw the ruling: the claim is planned without it")


def dates_match_pages(rows) -> Iterator[Problem]:
    """Catch a forecast called a report, and a date given after the fact that is called a forecast."""
    for date in columns_of(rows, "date_claims").itertuples():
        is_retold = date.covers == RETOLD
        if is_retold and date.stage != "planned":
            yield rows.at("date_claims", date.Index, "covers", RETOLD, f"a plan that a later page repeats is "
                          f"called {date.stage}", "set stage to planned, or covers to event")
        elif date.stage == "reported" and day(date.value) > day(date.page, is_last=True):
            yield rows.at("date_claims", date.Index, "stage", "reported", f"the date is called reported, but "
                          f"{date.value} lies after its page of {date.page}", "set stage to planned: it is a forecast")
        elif (date.stage == "planned" and day(date.value, is_last=True) <= day(date.page) and not is_retold
              and date.status not in NOT_HELD):
            yield rows.at("date_claims", date.Index, "stage", "planned", f"the date is called planned, but "
                          f"{date.value} does not lie after its page of {date.page}",
                          f"set stage to reported, or covers to {RETOLD} and say in the note who had planned it")


def witnesses(rows) -> set[tuple[str, str]]:
    """Every event with a day on which it ended by a report that is not older than that day.

    The first day of an event counts as well, for one that began and ended on it.
    """
    dates = columns_of(rows, "date_claims")
    reports = dates[(dates["stage"] == "reported") & (dates["covers"] == "event")]
    found = set()
    for date in reports.itertuples():
        is_one_day = date.edge == "end" or rows.end.get(date.event_id) == date.start
        # a page without a day may well be later
        if is_one_day and not day(date.page, is_last=True) < day(date.value):
            found.add((date.event_id, date.value))
    return found


def ends_were_seen(rows) -> Iterator[Problem]:
    """Catch a last day that rests on forecasts alone, and an exception that a later page has made needless."""
    if not all(rows.raw[name].is_read for name in ("date_claims", "sources", "rulings")):
        return
    hidden = rows.hidden_events("date_claims", *rows.date_claims.columns).union(
        rows.hidden_events("rulings", *rows.rulings.columns))
    doubtful = set(rows.date_claims.loc[~rows.date_claims["source_id"].isin(rows.sources["source_id"]), "event_id"])
    seen, rulings = witnesses(rows), rows.rulings[rows.rulings["action"] == ACCEPT]
    is_open = hidden | doubtful
    # a day filled in for an event known to the month is left to another rule
    is_to_the_day = (rows.events["end_date"].str.len() == len("YYYY-MM-DD")) & (rows.events["date_precision"] == "day")
    held = rows.events[(rows.events["status"] == "held") & is_to_the_day & ~rows.events["event_id"].isin(is_open)]
    for event in held[~held["event_id"].isin(rulings["event_id"])].itertuples():
        if (event.event_id, event.end_date) not in seen:
            yield rows.at("events", event.Index, "end_date", event.end_date, f"no page of {event.end_date} or later "
                          f"reports that '{event.event_id}' ended then",
                          f"add such a page to date_claims.csv, or an {ACCEPT} ruling with the reason")
    ends = dict(zip(held["event_id"], held["end_date"], strict=True))
    for ruling in rulings[rulings["event_id"].isin(ends)].itertuples():
        end = ends[ruling.event_id]
        if ruling.expect != f"end_date={end}":
            yield rows.at("rulings", ruling.Index, "expect", ruling.expect,
                          f"'{ruling.event_id}' ends on {end}", f"write end_date={end}, or withdraw the ruling")
        elif (ruling.event_id, end) in seen:
            yield rows.at("rulings", ruling.Index, "expect", ruling.expect, f"the ruling is stale: a page of {end} or "
                          f"later reports the end of '{ruling.event_id}' by now", "withdraw the ruling")


RULES = (claims_match_pages, dates_match_pages, ends_were_seen)
