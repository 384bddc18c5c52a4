"""How good the record is: who is behind it, in which languages, where sources disagree, what is missing. Pure.

Takes and gives frames; knows no file, no picture and no page. What the record may miss is in `recall`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..record.days import year_of

# Languages named one by one where events are counted by language; every other one is "other".
MAIN_LANGUAGES = ("en", "ru", "zh")
BASES = ("official", "relayed", "assessed")
PAGES = ("own", "copy", "mirror")
# A rank is no quantity, and two figures for a part of an event may speak of different parts.
NOT_COMPARED = r"_stage$|^ordinal$"
# Measures of how big an event was, whole or in part.
STRENGTH = ("troops", "troops_stage", "marines", "crews", "ships", "ships_stage", "surface_ships", "warships",
            "submarines", "aircraft", "aircraft_stage", "bombers", "fighters", "helicopters", "transport_aircraft",
            "vehicles", "vehicles_stage", "tanks", "artillery")
# Two rows of claims with the same values here are one statement, however often it was printed.
STATEMENT = ["event_id", "measure", "scope", "claimant", "value_low", "value_high", "qualifier", "stage", "basis"]


def publishers_of(events: pd.DataFrame, publishers: pd.Series) -> pd.Series:
    """Independent houses of each of `events` (`Reading.houses`), 0 where there is none."""
    return events["event_id"].map(publishers).fillna(0).astype(int)


def publisher_histogram(events: pd.DataFrame, publishers: pd.Series, most: int) -> pd.DataFrame:
    """Events by their number of independent houses.

    Columns: publishers (int, from the lowest number up to `most`, which takes in every higher one), core and
    wider (events of each tier).
    """
    number = publishers_of(events, publishers).clip(upper=most)
    steps = pd.Index(range(min(1, number.min()), most + 1), name="publishers")
    counts = pd.crosstab(number, events["tier"]).reindex(index=steps, columns=["core", "wider"], fill_value=0)
    counts.columns.name = None
    return counts.reset_index()


def median_by_tier(events: pd.DataFrame, publishers: pd.Series) -> dict[str, float]:
    """Median number of independent houses of the events of each tier that has any, by tier."""
    return publishers_of(events, publishers).groupby(events["tier"]).median().to_dict()


def median_by_half(events: pd.DataFrame, publishers: pd.Series) -> tuple[float, float, int]:
    """Median number of independent houses of the earlier and the later half of `events`, and the year in which
    the later half begins. Of an odd number the middle event belongs to the later half. NaN, NaN and 0 of no event.
    """
    if events.empty:
        return np.nan, np.nan, 0
    ordered = events.sort_values(["start_date", "event_id"])
    number, cut = publishers_of(ordered, publishers), len(ordered) // 2
    return number.iloc[:cut].median(), number.iloc[cut:].median(), int(year_of(ordered["start_date"]).iloc[cut])


def behind_events(sources: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The rows of `sources` that some event rests on; pairs: `provenance.event_sources`."""
    return sources[sources["source_id"].isin(pairs["source_id"])]


def by_language(sources: pd.DataFrame) -> pd.DataFrame:
    """Sources by language, the largest first: language (code), n_sources, share (0 to 1)."""
    counts = sources["language"].value_counts().rename_axis("language").reset_index(name="n_sources")
    counts = counts.sort_values(["n_sources", "language"], ascending=[False, True], ignore_index=True)
    return counts.assign(share=counts["n_sources"] / len(sources))


def by_claimant(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims by kind of claimant, the largest first: claimant_kind, official, relayed and assessed (claims on each
    basis), n_claims, share (0 to 1, of all claims)."""
    counts = pd.crosstab(claims["claimant_kind"], claims["basis"]).reindex(columns=list(BASES), fill_value=0)
    counts.columns.name = None
    counts["n_claims"] = counts.sum(axis=1)
    counts["share"] = counts["n_claims"] / len(claims)
    return counts.reset_index().sort_values(["n_claims", "claimant_kind"], ascending=[False, True], ignore_index=True)


def single_publisher_events(events: pd.DataFrame, event_houses: pd.DataFrame,
                            rulings: pd.DataFrame) -> pd.DataFrame:
    """Events with one independent house or none, by date.

    event_houses: `provenance.event_houses`. Columns: event_id, name, year, start_date, tier, status,
    house (NA if the origin of every page is unknown), reason (of the ruling that accepts it; NA without one).
    """
    known = event_houses.groupby("event_id")["house"]
    single = events[events["event_id"].map(known.size()).fillna(0) <= 1]
    accepted = rulings[rulings["action"] == "accept_single_source"].set_index("event_id")["reason"]
    frame = single[["event_id", "name", "start_date", "tier", "status"]].assign(
        year=year_of(single["start_date"]), house=single["event_id"].map(known.first()),
        reason=single["event_id"].map(accepted).astype("str"))
    return frame.sort_values(["start_date", "event_id"], ignore_index=True)


def official_against_assessed(groups: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Figures that both the participating states and others gave, the largest disagreement first.

    groups: `estimates.groups`. One row per event, measure and scope of which both groups have a best figure,
    ranks and figures for a part of an event left out (NOT_COMPARED). Columns: event_id, name, start_date, measure,
    scope; official_ and assessed_ low, best, high (float, NaN open), sign and stage; ratio (assessed best to official
    best); is_apart (the two ranges have no value in common).
    """
    key = ["event_id", "measure", "scope"]
    bounds = ["low", "best", "high", "sign", "stage"]
    known = groups[groups["best"].notna() & ~groups["measure"].str.contains(NOT_COMPARED)]
    sides = [known[known["group"] == name].set_index(key)[bounds].add_prefix(f"{name}_")
             for name in ("official", "assessed")]
    both = sides[0].join(sides[1], how="inner").reset_index()
    both["ratio"] = both["assessed_best"] / both["official_best"]
    both["is_apart"] = ((both["official_high"] < both["assessed_low"])
                        | (both["assessed_high"] < both["official_low"]))
    both = both.merge(events[["event_id", "name", "start_date"]], on="event_id")
    both["distance"] = np.log(both["ratio"]).abs()
    return both.sort_values(["distance", *key], ascending=[False, True, True, True],
                            ignore_index=True).drop(columns="distance")


def disputed_by_measure(estimates: pd.DataFrame) -> pd.DataFrame:
    """Estimates with at least two claims, by measure, the most disputed first: measure, disputed, undisputed, total."""
    several = estimates[estimates["n_claims"] >= 2]
    grouped = several.groupby("measure")["is_disputed"]
    frame = pd.DataFrame({"disputed": grouped.sum().astype(int), "total": grouped.size()})
    frame["undisputed"] = frame["total"] - frame["disputed"]
    frame = frame.reset_index()[["measure", "disputed", "undisputed", "total"]]
    return frame.sort_values(["disputed", "total", "measure"], ascending=[False, False, True], ignore_index=True)


def without_strength(events: pd.DataFrame, claims: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Those of `events` for which no claim gives persons, ships, aircraft or vehicles (STRENGTH), by date.

    Columns: event_id, name, year, start_date, text (the fact that says what was looked for and where; NA without).
    """
    has_figure = events["event_id"].isin(claims.loc[claims["measure"].isin(STRENGTH), "event_id"])
    missing = events.loc[~has_figure, ["event_id", "name", "start_date"]]
    searched = facts[facts["topic"] == "no_figure_published"].groupby("event_id")["text"].agg(" ".join)
    frame = missing.assign(year=year_of(missing["start_date"]), text=missing["event_id"].map(searched))
    return frame.sort_values(["start_date", "event_id"], ignore_index=True)


def languages_per_year(events: pd.DataFrame, pairs: pd.DataFrame, sources: pd.DataFrame, first: int,
                       last: int) -> pd.DataFrame:
    """Events of each year that have at least one source in a language.

    Columns: year (`first` to `last`), language (any, en, ru, zh, other), n_events. An event with sources in several
    languages counts in each; any counts every event, sourced or not.
    """
    year = year_of(events["start_date"]).set_axis(events["event_id"])
    code = sources.set_index("source_id")["language"]
    language = pairs["source_id"].map(code.where(code.isin(MAIN_LANGUAGES), "other"))
    found = pairs[["event_id"]].assign(language=language, year=pairs["event_id"].map(year)).dropna().drop_duplicates()
    rows = pd.concat([found, pd.DataFrame({"event_id": year.index, "language": "any", "year": year.to_numpy()})])
    grid = pd.MultiIndex.from_product([range(first, last + 1), ["any", *MAIN_LANGUAGES, "other"]],
                                      names=["year", "language"])
    return rows.groupby(["year", "language"]).size().reindex(grid, fill_value=0).reset_index(name="n_events")


def pages_behind(sources: pd.DataFrame, claims: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """What the best page behind each thing is: the publisher's own, a copy on another site, or a mirror alone.

    One row for sources (those given), statements (claims, repeated ones once) and events. Columns: unit, own, copy,
    mirror (counts), total.
    """
    rank = pd.Series(np.select([sources["is_mirror"], sources["is_copy"]], [2, 1], 0), sources["source_id"])
    statements = claims.assign(rank=claims["source_id"].map(rank)).groupby(STATEMENT, dropna=False)["rank"].min()
    events = pairs.assign(rank=pairs["source_id"].map(rank)).groupby("event_id")["rank"].min()
    frame = pd.DataFrame({unit: ranks.value_counts().reindex(range(3), fill_value=0).set_axis(list(PAGES))
                          for unit, ranks in (("sources", rank), ("statements", statements), ("events", events))}).T
    return frame.assign(total=frame.sum(axis=1)).rename_axis("unit").reset_index()
