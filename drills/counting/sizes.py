"""How big: estimates laid out by event for the chapter on scale. Pure; takes frames of `estimates`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..wording.estimates import figure
from .estimates import KEY, THRESHOLD, size_class

BOUNDS = ("low", "best", "high")
# The first of these that an event has is its number of ships: the later ones leave something out.
SHIP_MEASURES = ("ships", "surface_ships", "warships")
AIRCRAFT_MEASURES = ("aircraft", "bombers")
SCOPES = ("ALL", "RUS", "CHN")


def sizes(events: pd.DataFrame, groups: pd.DataFrame, measures: Sequence[str], scope: str) -> pd.DataFrame:
    """One row for each of `events` with an estimate of one of `measures` in `scope`, by first day.

    groups: rows of `estimates.groups`. If an event has several of the measures the first listed is taken. Returns
    `frames.Sizes`.
    """
    rows = groups[groups["measure"].isin(measures) & (groups["scope"] == scope) & groups["best"].notna()]
    rank = rows["measure"].map({measure: number for number, measure in enumerate(measures)})
    first = rank.groupby(rows["event_id"]).transform("min")
    rows = rows[rank == first]
    table = events[["event_id", "name", "start_date"]].merge(
        rows[["event_id", "measure", "scope"]].drop_duplicates(), on="event_id")
    for group in ("official", "assessed"):
        side = rows[rows["group"] == group].set_index("event_id")
        for bound in BOUNDS:
            table[f"{group}_{bound}"] = table["event_id"].map(side[bound]).astype("float64")
        for word in ("sign", "stage"):
            table[f"{group}_{word}"] = looked_up(table["event_id"], side[word], "")
        table[f"{group}_text"] = [figure(*values) for values in zip(
            *(table[f"{group}_{bound}"] for bound in BOUNDS), table[f"{group}_sign"], strict=True)]
    return table.sort_values(["start_date", "event_id"], ignore_index=True)


def classes(events: pd.DataFrame, estimates: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Whether each of `events` reached 10,000 troops, in each scope apart.

    estimates: rows of `estimates.side_by_side`; groups: of `estimates.groups`. Returns `frames.Classes`: events
    without a figure in any scope are left out.
    """
    troops = estimates[estimates["measure"] == "troops"]
    troops = troops.assign(size=size_class(troops)).set_index(["event_id", "scope"])
    table = events[["event_id", "name", "start_date"]].reset_index(drop=True)
    for scope in SCOPES:
        found = sizes(events, groups, ("troops",), scope).set_index("event_id")
        size = troops.loc[troops.index.get_level_values("scope") == scope, "size"].droplevel("scope")
        table[f"class_{scope}"] = looked_up(table["event_id"], size, "unknown").replace("unknown", "no figure")
        table[f"text_{scope}"] = looked_up(table["event_id"], _both_texts(found), "none")
    is_open = open_only(estimates)
    table["is_open_only"] = [is_open.get((event_id, "ALL"), False) for event_id in table["event_id"]]
    has_figure = (table[[f"class_{scope}" for scope in SCOPES]] != "no figure").any(axis=1)
    return table[has_figure].sort_values(["start_date", "event_id"], ignore_index=True)


def open_only(estimates: pd.DataFrame) -> pd.Series:
    """Whether an estimate of troops is contested for no other reason than an open end, by event_id and scope.

    estimates: rows of `estimates.side_by_side`. Of a total no figure of the whole event may reach 10,000, since a
    contingent that does makes the total large; of a contingent only its own figures count.
    """
    troops = estimates[estimates["measure"] == "troops"].set_index(["event_id", "scope"])
    stated = [f"{group}_{bound}" for group in ("official", "assessed") for bound in BOUNDS]
    largest = troops[stated].max(axis=1)
    of_event = largest.groupby(level="event_id").transform("max")
    is_total = troops.index.get_level_values("scope") == "ALL"
    return (size_class(troops) == "contested") & (largest.where(~is_total, of_event) < THRESHOLD)


def looked_up(keys: pd.Series, words: pd.Series, missing: str) -> pd.Series:
    """The word for each key, `missing` where there is none; text also where nothing is found."""
    known = words.to_dict()
    return pd.Series([known.get(key, missing) for key in keys], index=keys.index, dtype="str")


def _both_texts(found: pd.DataFrame) -> pd.Series:
    """The official estimate in words, and the assessed one if there is one."""
    texts = []
    for official, assessed in zip(found["official_text"], found["assessed_text"], strict=True):
        said = [*([official] if official != "none" else []), *([f"assessed {assessed}"] if assessed != "none" else [])]
        texts.append("; ".join(said))
    return pd.Series(texts, index=found.index, dtype="str")


def three_scopes(events: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Total, Russian and Chinese troops of events led by Russia or China, one row per event and scope.

    Columns as `sizes`. Events without a total are left out; a scope without a figure has no row.
    """
    led = events[events["framework"].isin(["russia_led", "china_led"])]
    tables = [sizes(led, groups, ("troops",), scope) for scope in SCOPES]
    table = pd.concat(tables, ignore_index=True)
    return table[table["event_id"].isin(tables[0]["event_id"])].sort_values(
        ["start_date", "event_id", "scope"], ignore_index=True)


def chinese_share(events: pd.DataFrame, estimates: pd.DataFrame) -> pd.DataFrame:
    """The Chinese contingent as a share of the official total, where both are known.

    The interval runs from the smallest contingent over the largest total to the reverse; an open end of either
    leaves it open (NaN). Columns: event_id, name, start_date, low, best, high (0 to 1), contingent, total (words).
    """
    troops = estimates[estimates["measure"] == "troops"].set_index(KEY)
    rows = []
    for event in events.itertuples():
        keys = [(event.event_id, "troops", scope) for scope in ("CHN", "ALL")]
        if not all(key in troops.index and pd.notna(troops.at[key, "official_best"]) for key in keys):
            continue
        part, whole = (troops.loc[key] for key in keys)
        rows.append({
            "event_id": event.event_id, "name": event.name, "start_date": event.start_date,
            "low": part["official_low"] / whole["official_high"],
            "best": part["official_best"] / whole["official_best"],
            "high": min(part["official_high"] / whole["official_low"], 1.0)
            if pd.notna(part["official_high"] / whole["official_low"]) else np.nan,
            **{name: figure(*(row[f"official_{bound}"] for bound in BOUNDS))
               for name, row in (("contingent", part), ("total", whole))}})
    types = {"event_id": "str", "name": "str", "start_date": "str", **dict.fromkeys(("low", "best", "high"), "float64"),
             "contingent": "str", "total": "str"}
    return pd.DataFrame(rows, columns=list(types)).astype(types).sort_values(["start_date", "event_id"],
                                                                             ignore_index=True)
