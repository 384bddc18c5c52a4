"""What else happened: milestones beside the counted events, and the events within a year of each. Pure.

Takes and gives frames; knows no file, no picture and no page. Counts in windows stand side by side and nothing more:
no function here estimates an effect.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..record.days import first_day, last_day, year_of
from ..wording.sources import cited_as

KINDS = ("treaty", "agreement", "summit", "statement", "other", "sanctions", "conflict")
# Kinds of what was agreed, as opposed to said or done.
AGREED = ("treaty", "agreement")
# Days of a window, fixed before any count was made.
WINDOW = 365
LENGTH = pd.Timedelta(days=WINDOW)
# The windows of a milestone, each a column of `around`.
SIDES = ("before", "after")


def timeline(milestones: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The milestones in the order of their dates, with three more columns.

    first, last: the days between which a partial date lies; cited_as: one line for each source, joined by ;.
    """
    lines = cited_as(sources).set_axis(sources["source_id"])
    table = milestones.assign(
        **{name: pd.to_datetime([day(date) for date in milestones["date"]])
           for name, day in (("first", first_day), ("last", last_day))},
        cited_as=["; ".join(lines[source_id] for source_id in ids) for ids in milestones["source_ids"]])
    return table.sort_values(["first", "last", "milestone_id"], ignore_index=True)


def milestones_per_year(milestones: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Milestones of each year from `first` to `last`: year, one count for each of KINDS, total."""
    years = pd.Index(range(first, last + 1), name="year")
    counts = pd.crosstab(year_of(milestones["date"]), milestones["kind"]).reindex(
        index=years, columns=list(KINDS), fill_value=0)
    counts.columns.name = None
    return counts.assign(total=counts.sum(axis=1)).reset_index()


def opening(events: pd.DataFrame) -> pd.Timestamp:
    """The first day on which the record can know of an event: the earliest that one of `events` may have begun."""
    return min(first_day(date) for date in events["start_date"])


def around(events: pd.DataFrame, first: pd.Series, last: pd.Series) -> pd.DataFrame:
    """Events that began in the WINDOW days before the day `first` and in those after the day `last`, row by row.

    Columns: before, after (events that surely began in the window), and before_unsure, after_unsure (further events,
    known only to the month or year, that began inside or outside it). What began from `first` to `last` is in neither.
    """
    earliest, latest = (np.array([day(date) for date in events["start_date"]], dtype="datetime64[D]")[None, :]
                        for day in (first_day, last_day))
    one, other = (days.to_numpy("datetime64[D]")[:, None] for days in (first, last))
    counts = {}
    for side, opens, closes in (("before", one - WINDOW, one - 1), ("after", other + 1, other + WINDOW)):
        is_inside = (earliest >= opens) & (latest <= closes)
        counts[side] = is_inside.sum(axis=1)
        counts[f"{side}_unsure"] = ((latest >= opens) & (earliest <= closes) & ~is_inside).sum(axis=1)
    return pd.DataFrame(counts, index=first.index)


def windows(milestones: pd.DataFrame, events: pd.DataFrame, start: pd.Timestamp,
            as_of: pd.Timestamp) -> pd.DataFrame:
    """The rows of `timeline` with the columns of `around` and three on completeness.

    start, as_of: the days between which the record can know of an event. A window that does not lie between them is
    counted as far as it goes. Returns `frames.Windows`.
    """
    is_before, is_after = milestones["first"] - LENGTH >= start, milestones["last"] + LENGTH <= as_of
    counts = around(events, milestones["first"], milestones["last"])
    return milestones.assign(**counts, is_before_complete=is_before, is_after_complete=is_after,
                             is_complete=is_before & is_after)


def every_day(events: pd.DataFrame, start: pd.Timestamp, as_of: pd.Timestamp) -> pd.DataFrame:
    """`around` for every day of which both windows lie between `start` and `as_of`, indexed by day."""
    days = pd.date_range(start + LENGTH, as_of - LENGTH).to_series()
    return around(events, days, days)


def of_span(table: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """The rows of `every_day` from the first to the last milestone of `windows` that has both windows complete."""
    complete = table[table["is_complete"]]
    return days[(days.index >= complete["first"].min()) & (days.index <= complete["last"].max())]


def of_years(table: pd.DataFrame, days: pd.DataFrame) -> pd.Series:
    """Means of `every_day` over the calendar years of the complete milestones, a year once for each of them."""
    by_year = days.groupby(days.index.year)[list(SIDES)].mean()
    return by_year.reindex(table.loc[table["is_complete"], "first"].dt.year).mean()


@dataclass(frozen=True)
class Comparison:
    """How many complete milestones had more, fewer and as many events in the year after as in the year before.

    days_more, days_fewer: the same as shares of all days of their span. n_near: milestones with another one of the
    table at most WINDOW days away.
    """

    n: int
    n_complete: int
    more: int
    fewer: int
    same: int
    days_more: float
    days_fewer: float
    n_near: int


def compare(table: pd.DataFrame, days: pd.DataFrame) -> Comparison:
    """The rows of `windows` against every day of their span (`every_day`)."""
    complete, span = table[table["is_complete"]], of_span(table, days)
    more, fewer, same = (int(sign.sum()) for sign in (
        complete["after"] > complete["before"], complete["after"] < complete["before"],
        complete["after"] == complete["before"]))
    is_near = table["first"].sort_values(kind="stable").diff() <= LENGTH
    n_near = int((is_near | is_near.shift(-1, fill_value=False)).sum())
    return Comparison(len(table), len(complete), more, fewer, same, float((span["after"] > span["before"]).mean()),
                      float((span["after"] < span["before"]).mean()), n_near)


def by_kind(table: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """Mean events in the year before and after the milestones of each kind, beside those of any day.

    Columns: kind, n, n_complete (both windows), first_year and last_year of the complete ones; before, after (means
    over these); before_span, after_span (over all days from the first of them to the last); before_years, after_years
    (`of_years`). NaN for a kind without a complete milestone.
    """
    rows = []
    for kind in KINDS:
        here = table[table["kind"] == kind]
        complete = here[here["is_complete"]]
        years = complete["first"].dt.year
        rows.append({"kind": kind, "n": len(here), "n_complete": len(complete), "first_year": years.min(),
                     "last_year": years.max(), **complete[list(SIDES)].mean(),
                     **of_span(here, days)[list(SIDES)].mean().add_suffix("_span"),
                     **of_years(here, days).add_suffix("_years")})
    return pd.DataFrame(rows)
