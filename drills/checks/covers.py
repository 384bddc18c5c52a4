"""What the columns that say what a figure, a number or a series is about have to satisfy beyond datapackage.json.

One function for each rule; they take the sound rows of every table (`rows.Rows`) and yield problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..record.problems import Problem
from .rows import Rows

OF_A_PART = "_stage"
RANK, TIMES_THERE = "ordinal", "participation"


def parts_are_said_once(rows: Rows) -> Iterator[Problem]:
    """Catch a figure of a part whose measure is that of a part already: it would drop out of its own estimate."""
    claims = rows.claims[rows.claims["measure"].str.endswith(OF_A_PART) & (rows.claims["covers"] != "event")]
    for claim in claims.itertuples():
        yield rows.at("claims", claim.Index, "covers", claim.covers,
                      f"'{claim.measure}' speaks of a part of the event already",
                      f"set covers to event, or measure to {claim.measure.removesuffix(OF_A_PART)}")


def ordinals_say_what_they_count(rows: Rows) -> Iterator[Problem]:
    """Catch a number that does not say what it numbers, and a strength that is said to number something."""
    is_rank, is_blank = rows.claims["measure"] == RANK, rows.claims["counts"].isna()
    for line in rows.claims.index[is_rank & is_blank]:
        yield rows.at("claims", line, "counts", "", "an ordinal does not say what it counts",
                      "write what is numbered, such as edition")
    for claim in rows.claims[~is_rank & ~is_blank].itertuples():
        yield rows.at("claims", claim.Index, "counts", claim.counts, f"a figure of {claim.measure} numbers nothing",
                      "leave counts blank, or set measure to ordinal")


def ordinals_fit_their_scope(rows: Rows) -> Iterator[Problem]:
    """Catch a country's own count that is taken for the number of the event, and the reverse."""
    ranks = rows.claims[(rows.claims["measure"] == RANK) & rows.claims["counts"].notna()]
    for claim in ranks[(ranks["scope"] == "ALL") == (ranks["counts"] == TIMES_THERE)].itertuples():
        yield rows.at("claims", claim.Index, "counts", claim.counts,
                      f"'{claim.counts}' does not go with the scope {claim.scope}",
                      f"{TIMES_THERE} belongs to the scope of one country, every other count to ALL")


def besides_are_of_the_series(rows: Rows) -> Iterator[Problem]:
    """Catch an event that is taken out of the editions of a series to which it does not belong."""
    events = rows.read["events"]
    series = dict(zip(events["event_id"], events["series"], strict=True))
    for row in rows.series.itertuples():
        for event_id in row.not_numbered:
            # a name that is not there is reported as a broken reference
            if series.get(event_id, row.series_id) != row.series_id:
                yield rows.at("series", row.Index, "not_numbered", event_id,
                              f"'{event_id}' is of the series '{series[event_id]}'",
                              "name events of this series only")


RULES = (parts_are_said_once, ordinals_say_what_they_count, ordinals_fit_their_scope, besides_are_of_the_series)
