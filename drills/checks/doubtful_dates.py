"""Dates that look like a slip beside others of their event: each rule gives warnings (`doubts`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from ..record.days import first_day, last_day
from ..record.problems import Problem
from .rows import SOURCED, Rows, is_date

# accounts of one day seldom differ by more than this
MOST_DAYS = 10
# a page may stand under the day of its text, and its copy under its own
MOST_DAYS_BESIDE_NAME = 31
LONGEST_NOTICE = pd.Timedelta(days=366)
DAY_IN_ID = re.compile(r"-((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])?(?:-|$)")


def days_between(one: str, other: str) -> int:
    """The fewest days that can lie between two partial dates; 0 if they can be the same day."""
    return max((first_day(one) - last_day(other)).days, (first_day(other) - last_day(one)).days, 0)


def dates_far_from_others(rows: Rows) -> Iterator[Problem]:
    """Catch September for August: a first or last day far from that of the event and from all others given for it."""
    own = {"start": rows.start, "end": {**rows.start, **{event: day for event, day in rows.end.items()
                                                         if isinstance(day, str)}}}
    sound = set(rows.date_claims.index)
    claims = rows.read["date_claims"]
    given: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for line, event, edge, value in claims.loc[claims["covers"] == "event", ["event_id", "edge", "value"]].itertuples(
            name=None):
        given[event, edge][line] = value
    for (event, edge), values in given.items():
        # the day of an event whose row has a fault may be the one that is near
        for line, value in values.items() if event in rows.start else ():
            if line not in sound:
                continue
            others = [own[edge].get(event), *(other for at, other in values.items() if at != line)]
            apart = [days_between(value, other) for other in others if is_date(other)]
            if apart and min(apart) > MOST_DAYS:
                yield rows.at("date_claims", line, "value", value,
                              f"{value} is {min(apart)} days or more from every other {edge} of '{event}'",
                              "look the date up in its source, set covers to phase if it is that of a part")


def pages_long_before(rows: Rows) -> Iterator[Problem]:
    """Catch a year of a page, or of an event, mistyped: a page more than a year older than all that it supports."""
    starts = defaultdict(list)
    for table in SOURCED:
        column = "source_ids" if table == "participants" else "source_id"
        for event, source in rows.read[table][["event_id", column]].explode(column).itertuples(index=False):
            starts[source].append(rows.start.get(event))
    for source in rows.sources[rows.sources["published"].notna()].itertuples():
        # an event whose row is wrong may be the one that fits
        begun = starts[source.source_id]
        if begun and all(map(is_date, begun)) and min(map(first_day, begun)) - last_day(
                source.published) > LONGEST_NOTICE:
            yield rows.at("sources", source.Index, "published", source.published,
                          f"the page of {source.published} is more than a year older than every event that rests on it",
                          "look its date up, fix the event")


def pages_unlike_their_names(rows: Rows) -> Iterator[Problem]:
    """Catch a month mistyped: a page dated more than a month from the day in the name of its source."""
    for source in rows.sources[rows.sources["published"].notna()].itertuples():
        named = DAY_IN_ID.search(source.source_id)
        day = "-".join(filter(None, named.groups())) if named else source.published
        # another year is an error already
        if (is_date(day) and is_date(source.published) and day[:4] == source.published[:4]
                and days_between(day, source.published) > MOST_DAYS_BESIDE_NAME):
            yield rows.at("sources", source.Index, "published", source.published,
                          f"'{source.source_id}' names {day}, its page is of {source.published}",
                          "look the date up in the source")


RULES = {"date_far_from_others": dates_far_from_others, "page_long_before_events": pages_long_before,
         "page_unlike_its_name": pages_unlike_their_names}
