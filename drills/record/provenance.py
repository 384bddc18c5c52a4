"""Whose word an event rests on: the sources behind it and the independent houses behind those. Pure.

A house is the institution that decides what its publishers print (publishers.csv). A page counts for the houses of
those for whom it relays, if it relays; else for the house of its original publisher; else for that of its publisher.
"""

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


def source_houses(sources: pd.DataFrame, publishers: pd.DataFrame) -> pd.DataFrame:
    """Every pair of source_id and house that speaks through it, in the order of `sources`.

    A page whose origin is not stated is left out, since it may repeat any of the others. A publisher that
    `publishers` does not name is taken as a house of its own.
    """
    own = sources["original_publisher"].fillna(sources["publisher"])
    names = pd.Series([relays or (name,) for relays, name in zip(sources["relays"], own, strict=True)],
                      index=sources.index, dtype=object)
    pairs = pd.DataFrame({"source_id": sources["source_id"], "publisher": names}).explode("publisher")
    pairs = pairs[pairs["publisher"].notna() & (pairs["publisher"] != NOT_STATED)]
    named = publishers.drop_duplicates("publisher").set_index("publisher")["house"].to_dict()
    houses = [named.get(name, name) for name in pairs["publisher"]]
    return pairs[["source_id"]].assign(house=houses).drop_duplicates(ignore_index=True)


def event_houses(pairs: pd.DataFrame, sources: pd.DataFrame, publishers: pd.DataFrame) -> pd.DataFrame:
    """Every pair of event_id and independent house, from the pairs of `event_sources`, sorted."""
    found = pairs[["event_id", "source_id"]].merge(source_houses(sources, publishers), on="source_id")
    return (found[["event_id", "house"]].drop_duplicates()
            .sort_values(["event_id", "house"], ignore_index=True))
