"""Totals that others have published beside ours under the nearest rule, the gap, and the events in it. Pure.

The rules are rows of nearest_rules.csv, written by hand from the counter's own words; nothing here chooses one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ..record.days import first_day, last_day
from ..wording import definitions as wording
from .coded import Coded
from .definitions import DEFAULT, Definition, to_query

# Sides of a gap: what sets an event of the rule apart from those of the default, or from those of their list.
DEFAULT_ONLY, RULE_ONLY, OURS_ONLY, THEIRS_ONLY = "default_only", "rule_only", "ours_only", "theirs_only"
LISTS = ("tiers", "statuses", "kinds", "frameworks", "series", "domains", "areas")
FLAGS = ("is_military_only", "is_merged")
# Years over which a count is one of the whole subject and not of some years.
LONG = 15


def definition_of(row: Any) -> Definition:
    """The definition that a row of `ruled` stands for. A blank list leaves the default."""
    given: dict[str, Any] = {name: value for name in LISTS if (value := getattr(row, name))}
    flags: dict[str, Any] = {name: bool(getattr(row, name)) for name in FLAGS}
    houses = 1 if pd.isna(row.min_publishers) else int(row.min_publishers)
    return Definition(**given, **flags, min_publishers=houses,
                      start=row.start if isinstance(row.start, str) else None,
                      end=row.end if isinstance(row.end, str) else None)


def ruled(counts: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """Every published count with its rule, by the columns of both; start and end are those of the rule or, where it
    has none, of the count."""
    both = counts.merge(rules, on="count_id", validate="one_to_one")
    return both.assign(start=both["start"].fillna(both["period_start"]), end=both["end"].fillna(both["period_end"]))


def beside_ours(coded: Coded, both: pd.DataFrame) -> pd.DataFrame:
    """Every published count beside ours, the largest first; both: `ruled`.

    Columns: count_id, counter, what_is_counted, source_id, is_second_hand, start and end (of our count, NA open),
    period (words), theirs_low and theirs_high (float, NaN open), is_comparable, ours (float, NaN if it is not
    comparable), gap (ours less the nearest figure that theirs allows: 0 where ours lies between its bounds),
    query (the rule as text, `definitions.to_query`), rule (the same in words), why, rule_change, list_id.
    """
    definitions = [definition_of(row) for row in both.itertuples()]
    ours = np.array([coded.kept(definition).sum() for definition in definitions], dtype=float)
    ours[~both["is_comparable"].to_numpy()] = np.nan
    high = both["count_high"].fillna(np.inf)
    frame = both[["count_id", "counter", "what_is_counted", "source_id", "is_second_hand", "start", "end"]].assign(
        period=[wording.period(definition.start, definition.end) for definition in definitions],
        theirs_low=both["count_low"], theirs_high=both["count_high"], is_comparable=both["is_comparable"], ours=ours,
        gap=ours - np.clip(ours, both["count_low"], high), query=[to_query(one) for one in definitions],
        rule=[one.describe() for one in definitions], why=both["why"], rule_change=both["rule_change"],
        list_id=both["list_id"])
    return frame.sort_values(["theirs_low", "count_id"], ascending=[False, True], ignore_index=True)


def gap_events(coded: Coded, both: pd.DataFrame, lists: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """The events by which comparable counts differ, in the order of the counts; both: `ruled`.

    lists, entries: outside_lists and outside_rows of the record. Columns: count_id, side, event_id (NA for a row of
    theirs that the record has not), name, start_date, why (of a row of theirs; NA for the others). Sides:
    default_only (counts under the default in the same period, not under the rule), rule_only (the reverse),
    theirs_only (a row of their list within the period that does not count here, or counts as part of another one),
    ours_only (counts under the rule and is not in their list, given only where that list could be read whole).
    A count without list_id has rows of neither of the last two: its rows are not published.
    """
    is_whole = lists.set_index("list_id")["is_complete"].to_dict()
    rows = [found for row in both[both["is_comparable"]].itertuples()
            for found in _differences(coded, row, entries[entries["list_id"] == row.list_id],
                                      bool(is_whole.get(row.list_id, False)))]
    return pd.DataFrame(rows, columns=["count_id", "side", "event_id", "name", "start_date", "why"])


def _differences(coded: Coded, row: Any, entries: pd.DataFrame, is_whole: bool) -> Iterator[tuple[Hashable, ...]]:
    """The rows of `gap_events` for one count."""
    rule = definition_of(row)
    ours, usual = coded.kept(rule), coded.kept(replace(DEFAULT, start=rule.start, end=rule.end))
    counted, named = set(coded.events.loc[ours, "event_id"]), set()
    is_before = [rule.start is not None and last_day(date) < first_day(rule.start) for date in entries["date"]]
    is_after = [rule.end is not None and first_day(date) > last_day(rule.end) for date in entries["date"]]
    for entry in entries[~(np.array(is_before, dtype=bool) | np.array(is_after, dtype=bool))].itertuples():
        if entry.event_id not in counted or entry.event_id in named:
            yield row.count_id, THEIRS_ONLY, entry.event_id, entry.name, entry.date, entry.why
        named.add(entry.event_id)
    known = coded.events["event_id"].isin(named).to_numpy()
    sides = ((DEFAULT_ONLY, usual & ~ours), (RULE_ONLY, ours & ~usual), (OURS_ONLY, ours & ~known & is_whole))
    for side, is_different in sides:
        for event in coded.events[is_different].itertuples():
            yield row.count_id, side, event.event_id, event.name, event.start_date, pd.NA


def totals(beside: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """The rows of `beside_ours` that can be compared and count all joint activity over LONG years or more.

    Left out: counts of single series, and those whose start is not stated. A count without a stated end runs to as_of.
    """
    start = pd.to_datetime(beside["start"], format="ISO8601")
    end = pd.to_datetime(beside["end"], format="ISO8601").fillna(as_of)
    is_long = (end - start).dt.days >= LONG * 365
    return beside[beside["is_comparable"] & is_long & ~of_series(beside)]


def of_series(beside: pd.DataFrame) -> pd.Series:
    """Whether each count is one of single series, such as patrols, and not of all joint activity."""
    return beside["query"].astype("str").str.contains(r"(?:^|&)series=")
