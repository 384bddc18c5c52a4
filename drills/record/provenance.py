"""Whose word an event rests on: the sources behind it and the independent publishers behind those. Pure."""

from __future__ import annotations

import pandas as pd

NOT_STATED = "not stated"


def event_sources(participants: pd.DataFrame, claims: pd.DataFrame, date_claims: pd.DataFrame,
                  facts: pd.DataFrame) -> pd.DataFrame:
    """Every pair of event_id and source_id in the four tables, once each, sorted."""
    pairs = [table[["event_id", "source_id"]] for table in (claims, date_claims, facts)]
    pairs.append(participants[["event_id", "source_ids"]].explode("source_ids")
                 .rename(columns={"source_ids": "source_id"}))
    return pd.concat(pairs).dropna().drop_duplicates().sort_values(["event_id", "source_id"], ignore_index=True)


def publisher_of(sources: pd.DataFrame) -> dict[str, str]:
    """Whose text each source is, by source_id: the original publisher of a copy, else the site.

    A copy whose origin is not stated is left out, since it may repeat any of the others.
    """
    whose = sources["original_publisher"].fillna(sources["publisher"]).set_axis(sources["source_id"])
    return whose[whose != NOT_STATED].to_dict()


def event_publishers(pairs: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Every pair of event_id and independent publisher, from the pairs of `event_sources`, sorted."""
    publishers = pairs["source_id"].map(publisher_of(sources))
    return (pairs[["event_id"]].assign(publisher=publishers).dropna().drop_duplicates()
            .sort_values(["event_id", "publisher"], ignore_index=True))


def count_publishers(pairs: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """Number of independent publishers by event_id; an event with none is missing."""
    return event_publishers(pairs, sources).groupby("event_id").size()
