"""From claims and rulings to one estimate per event, measure and scope. Pure.

The rule, step by step (numbers are those that a dossier names):

1. Only claims of the whole event count: a figure of a part of it, or of more than it, is shown and not used.
   Rulings next: an excluded claim is set aside, a rescoped one counts under its new scope, a planned figure of a
   force that had arrived counts as reported, a bound read as a rounded figure becomes a point. One that keeps a
   claim planned changes nothing.
2. Two groups, never mixed: *official* is what the participating states said (basis official, and relayed, since
   agencies often carry the only copy); *assessed* is what others estimated or observed.
3. Reported claims before planned ones: planned claims are used only where a group has no reported claim.
4. low is the smallest lower bound stated, high the largest upper bound stated. An end that no claim states is open.
   High is open too if an open-ended claim ("more than 10,000") reaches the top, that is, if its bound is not below
   the largest upper bound.
5. best is the median of the point claims (exactly, about, nearly), those of authorities before relayed ones, one
   vote for each claimant, copies once. Of an even number the lower middle one, so that best was said by somebody.
   Reported bounds without a point may take best from a planned point inside them; the stage is then *mixed*.
   Without any point best is the tightest bound, with its sign.

A contingent is never inferred from a total or the reverse, and nothing is added up. Open ends are NaN.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..record.provenance import source_houses

KEY = ["event_id", "measure", "scope"]
GROUP = [*KEY, "group"]
POINTS = frozenset({"exactly", "about", "nearly"})
COLUMNS = [*KEY, "official_low", "official_best", "official_high", "assessed_low", "assessed_best", "assessed_high",
           "n_claims", "n_publishers", "stage_used", "is_disputed", "claim_ids", "ruling_ids", "official_sign",
           "assessed_sign"]
GROUP_TYPES = {**dict.fromkeys(GROUP, "str"), "low": "float64", "best": "float64", "high": "float64", "sign": "str",
               "stage": "str", "is_split": "bool", "n_claims": "int64", "n_publishers": "int64", "claim_ids": "str",
               "ruling_ids": "str"}
# Rounded figures that differ by less are no contradiction.
TOLERANCE = 0.1
THRESHOLD = 10_000
# rulings that let a claim stand as it is
KEPT = ("keep_planned", "accept_closed", "accept_own_count")
# what a figure covers where it counts for the event
WHOLE = "event"
# what a date is the edge of, where it counts for the event
WHOLE_DATES = (WHOLE, "plan")


def apply_rulings(claims: pd.DataFrame, rulings: pd.DataFrame) -> pd.DataFrame:
    """The claims as the estimate sees them, in the order given.

    Adds is_excluded and is_kept (bool), group (official or assessed) and ruling_id (blank if none); scope, stage,
    bounds and qualifier are changed where a ruling says so.
    """
    named = rulings[["ruling_id", "action", "value", "claim_ids"]].explode("claim_ids").dropna(subset="claim_ids")
    by_action = {action: rows.set_index("claim_ids") for action, rows in named.groupby("action")}
    ruled = claims.copy()

    def touched(action: str) -> pd.Series:
        return ruled["claim_id"].isin(by_action[action].index) if action in by_action else pd.Series(False, ruled.index)

    ruled["is_excluded"] = touched("exclude")
    ruled["is_kept"] = pd.concat([touched(action) for action in KEPT], axis=1).any(axis=1)
    rescoped = touched("rescope")
    if rescoped.any():
        ruled.loc[rescoped, "scope"] = ruled.loc[rescoped, "claim_id"].map(by_action["rescope"]["value"])
    ruled.loc[touched("count_as_reported"), "stage"] = "reported"
    pointed = touched("read_as_point")
    bound = ruled["value_low"].fillna(ruled["value_high"])
    for column in ("value_low", "value_high"):
        ruled.loc[pointed, column] = bound[pointed]
    ruled.loc[pointed, "qualifier"] = "about"
    ruled["group"] = np.where(ruled["basis"] == "assessed", "assessed", "official")
    rulings_of = named.groupby("claim_ids")["ruling_id"].agg(";".join).to_dict()
    ruled["ruling_id"] = [rulings_of.get(claim_id, "") for claim_id in ruled["claim_id"]]
    return ruled


def without_copies(claims: pd.DataFrame) -> pd.DataFrame:
    """One row for each statement: the same claimant with the same bounds at the same stage, however often printed."""
    statement = [*GROUP, "claimant", "value_low", "value_high", "qualifier", "stage", "basis"]
    return claims.sort_values("claim_id", kind="stable").drop_duplicates(statement)


def in_use(claims: pd.DataFrame) -> pd.DataFrame:
    """Of ruled claims those that the estimate rests on: of the whole event, not excluded, and reported where a group
    has reported ones."""
    kept = claims[~claims["is_excluded"] & (claims["covers"] == WHOLE)]
    is_reported = kept["stage"] == "reported"
    has_reported = is_reported.groupby([kept[column] for column in GROUP]).transform("any")
    return kept[is_reported | ~has_reported]


def middle(values: pd.DataFrame, by: list[str]) -> pd.Series:
    """The lower median of column `value` within each group of `by`."""
    ordered = values.sort_values([*by, "value"])
    size = ordered.groupby(by)["value"].transform("size")
    rank = ordered.groupby(by).cumcount()
    return ordered[rank == (size - 1) // 2].set_index(by)["value"]


def votes(points: pd.DataFrame) -> pd.Series:
    """The median of point claims per group: authorities before relayed claims, one vote per claimant."""
    is_official = points["basis"] == "official"
    has_official = is_official.groupby([points[column] for column in GROUP]).transform("any")
    chosen = points[is_official | ~has_official].rename(columns={"value_low": "value"})
    if chosen.empty:
        return pd.Series(dtype="float64", index=pd.MultiIndex.from_tuples([], names=GROUP))
    return middle(middle(chosen, [*GROUP, "claimant"]).reset_index(), GROUP)


def bounds(used: pd.DataFrame) -> pd.DataFrame:
    """Low, high and tightest bounds per group of the claims in use; open ends are NaN."""
    grouped = used.groupby(GROUP)
    frame = pd.DataFrame({"low": grouped["value_low"].min(), "high": grouped["value_high"].max(),
                          "tightest_low": grouped["value_low"].max(), "tightest_high": grouped["value_high"].min()})
    open_ended = used[used["value_high"].isna()].groupby(GROUP)["value_low"].max().reindex(frame.index)
    frame["high"] = frame["high"].mask(open_ended >= frame["high"])
    frame["is_split"] = frame["tightest_low"] > frame["tightest_high"] * (1 + TOLERANCE)
    return frame


def groups(claims: pd.DataFrame, rulings: pd.DataFrame, sources: pd.DataFrame,
           publishers: pd.DataFrame) -> pd.DataFrame:
    """One row per event, measure, scope and group (official, assessed), as `frames.Groups` says."""
    if claims.empty:
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in GROUP_TYPES.items()})
    ruled = apply_rulings(claims, rulings)
    used = in_use(ruled)
    statements = without_copies(used)
    frame = bounds(statements)
    best = votes(statements[statements["qualifier"].isin(POINTS)]).reindex(frame.index)
    planned = _planned_points(ruled, frame[best.isna()])
    frame["stage"] = used.groupby(GROUP)["stage"].first()
    frame.loc[planned.index, "stage"] = "mixed"
    best = best.fillna(planned)
    frame["sign"] = np.where(best.notna(), "", np.where(frame["tightest_low"].notna(), "≥", "≤"))
    frame["best"] = best.fillna(frame["tightest_low"]).fillna(frame["tightest_high"])
    frame["n_claims"] = statements.groupby(GROUP).size()
    houses = used[[*GROUP, "source_id"]].merge(source_houses(sources, publishers), on="source_id")
    frame["n_publishers"] = houses.groupby(GROUP)["house"].nunique().reindex(frame.index).fillna(0).astype(int)
    frame["claim_ids"] = used.sort_values("claim_id", kind="stable").groupby(GROUP)["claim_id"].agg(";".join)
    return _with_rulings(frame, ruled)


def _planned_points(ruled: pd.DataFrame, frame: pd.DataFrame) -> pd.Series:
    """Best figures from planned point claims that lie inside the reported bounds of groups without a point."""
    points = ruled[~ruled["is_excluded"] & (ruled["covers"] == WHOLE) & (ruled["stage"] == "planned")
                   & ruled["qualifier"].isin(POINTS)]
    inside = points.join(frame[["low", "high"]], on=GROUP, how="inner")
    fits = inside["value_low"].ge(inside["low"].fillna(-np.inf)) & inside["value_low"].le(inside["high"].fillna(np.inf))
    return votes(inside[fits].drop(columns=["low", "high"]))


def _with_rulings(frame: pd.DataFrame, ruled: pd.DataFrame) -> pd.DataFrame:
    """Add ruling_ids, and rows for groups of which every claim was excluded."""
    touched = ruled[ruled["ruling_id"] != ""]
    each = touched.assign(ruling_id=touched["ruling_id"].str.split(";")).explode("ruling_id")
    each = each.drop_duplicates([*GROUP, "ruling_id"]).sort_values("ruling_id", kind="stable")
    rulings = each.groupby(GROUP)["ruling_id"].agg(";".join)
    whole = frame.reindex(frame.index.union(rulings.index))
    whole["ruling_ids"] = rulings.reindex(whole.index).fillna("")
    fills = {"stage": "none", "sign": "", "claim_ids": "", "n_claims": 0, "n_publishers": 0, "is_split": False}
    whole = whole.astype({"is_split": object}).fillna(fills)
    return whole.sort_index(kind="stable").reset_index()[list(GROUP_TYPES)].astype(GROUP_TYPES)


def side_by_side(long: pd.DataFrame, claims: pd.DataFrame, sources: pd.DataFrame,
                 publishers: pd.DataFrame) -> pd.DataFrame:
    """The rows of `groups` with the two groups side by side, as `frames.Estimates` says.

    long: rows of `groups`; claims, sources, publishers: frames of the record.
    """
    rows = long.groupby(KEY, sort=True)
    frame = pd.DataFrame({"n_claims": rows["n_claims"].sum(), "is_split": rows["is_split"].any()})
    sides = {name: long[long["group"] == name].set_index(KEY).reindex(frame.index) for name in ("official", "assessed")}
    for name, side in sides.items():
        for bound in ("low", "best", "high"):
            frame[f"{name}_{bound}"] = side[bound].astype("float64")
        frame[f"{name}_sign"] = side["sign"].fillna("")
    for column in ("claim_ids", "ruling_ids"):
        frame[column] = _joined(*(side[column] for side in sides.values()))
    frame["n_publishers"] = _houses(claims, frame["claim_ids"], source_houses(sources, publishers))
    frame["stage_used"] = _stage(*(side["stage"] for side in sides.values()))
    frame["is_disputed"] = frame["is_split"] | _apart(frame)
    return frame.reset_index()[COLUMNS]


def _joined(one: pd.Series, other: pd.Series) -> pd.Series:
    """Two columns of lists joined by ; as one, sorted, each item once."""
    def items(text: object) -> set[str]:
        return set(text.split(";")) - {""} if isinstance(text, str) else set()

    return pd.Series([";".join(sorted(items(first) | items(second))) for first, second in zip(one, other, strict=True)],
                     index=one.index, dtype="str")


def _houses(claims: pd.DataFrame, claim_ids: pd.Series, houses: pd.DataFrame) -> pd.Series:
    """Independent houses behind the claims of each row; houses: pairs of source_id and house."""
    exploded = claim_ids.astype("str").str.split(";").explode().rename("claim_id").reset_index()
    pairs = exploded.merge(claims[["claim_id", "source_id"]], on="claim_id").merge(houses, on="source_id")
    counts = pairs.groupby(list(claim_ids.index.names))["house"].nunique()
    return counts.reindex(claim_ids.index).fillna(0).astype(int)


def _stage(official: pd.Series, assessed: pd.Series) -> pd.Series:
    """The stage of a row from those of its groups: mixed where they differ, none where no claim is left."""
    one, other = (side.where(side != "none") for side in (official, assessed))
    stage = one.fillna(other).fillna("none")
    return stage.mask(one.notna() & other.notna() & (one != other), "mixed")


def _apart(frame: pd.DataFrame) -> pd.Series:
    """Whether the intervals of the two groups have no value in common; an open end, or no figure, meets all."""
    below = frame["official_high"] < frame["assessed_low"]
    above = frame["assessed_high"] < frame["official_low"]
    return below | above


def size_class(estimates: pd.DataFrame) -> pd.Series:
    """Whether each row of `side_by_side` reaches THRESHOLD troops: yes, no or contested.

    yes: the low of every group that has figures is at or above it. no: the high of every such group is below it.
    contested: an interval, or the two groups, straddle it; an open end straddles whatever lies beyond.
    """
    is_yes, is_no = pd.Series(True, estimates.index), pd.Series(True, estimates.index)
    for name in ("official", "assessed"):
        has_figures = estimates[f"{name}_best"].notna()
        is_yes &= ~has_figures | (estimates[f"{name}_low"] >= THRESHOLD)
        is_no &= ~has_figures | (estimates[f"{name}_high"] < THRESHOLD)
    known = estimates["official_best"].notna() | estimates["assessed_best"].notna()
    return pd.Series(np.select([~known, is_yes, is_no], ["unknown", "yes", "no"], "contested"), estimates.index)


def dates_in_use(date_claims: pd.DataFrame) -> pd.DataFrame:
    """The claims of dates that count: of the whole event, and reported where an edge of an event has reported ones.

    Dates that cover a phase or an announcement only are left out.
    """
    whole = date_claims[date_claims["covers"].isin(WHOLE_DATES)]
    is_reported = whole["stage"] == "reported"
    has_reported = is_reported.groupby([whole["event_id"], whole["edge"]]).transform("any")
    return whole[is_reported | ~has_reported]


def date_ranges(date_claims: pd.DataFrame) -> pd.DataFrame:
    """The first and last days that sources give for each event.

    Columns: event_id, edge (start, end), earliest, latest (partial dates as written), n_claims, stage (reported
    claims before planned ones), values (every value in use with the number of claims, joined by ;).
    """
    used = dates_in_use(date_claims).sort_values("value", kind="stable")
    grouped = used.groupby(["event_id", "edge"])
    counted = used.groupby(["event_id", "edge", "value"]).size().reset_index(name="n")
    counted["text"] = counted["value"] + " (" + counted["n"].astype(str) + ")"
    frame = pd.DataFrame({"earliest": grouped["value"].first(), "latest": grouped["value"].last(),
                          "n_claims": grouped.size(), "stage": grouped["stage"].first(),
                          "values": counted.groupby(["event_id", "edge"])["text"].agg("; ".join)})
    return frame.reset_index()
