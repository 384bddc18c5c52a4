"""Everything that the record says of one event, put together: what the event's page and the command line show. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ..record.provenance import event_sources, publisher_of
from ..record.tables import Record
from ..wording.estimates import figure
from ..wording.numbers import exact
from ..wording.sources import cited_as
from ..wording.values import FIGURES_NOT_IN_USE
from . import estimates


@dataclass(frozen=True)
class Dossier:
    """One event with all that belongs to it.

    event: the row of events as a Series. participants, facts, dates (`estimates.date_ranges`), rulings: frames.
    date_claims: every date as said, with is_used. ledger: every claim with publisher, is_used, the rulings on it and
    its standing, in the order of the estimates. groups: rows of `estimates.groups` with figure and steps (`in_words`).
    estimates: rows of `estimates.estimate`. sources: those of all these rows, rulings included, with cited_as.
    """

    event: pd.Series
    participants: pd.DataFrame
    dates: pd.DataFrame
    date_claims: pd.DataFrame
    groups: pd.DataFrame
    estimates: pd.DataFrame
    ledger: pd.DataFrame
    facts: pd.DataFrame
    rulings: pd.DataFrame
    sources: pd.DataFrame


class UnknownEvent(KeyError):
    """Raised for an event_id that is not in the record; `near` holds names like it."""

    def __init__(self, event_id: str, near: list[str]):
        self.event_id, self.near = event_id, near
        super().__init__(event_id)


def dossier(record: Record, event_id: str) -> Dossier:
    """All that the record holds on one event. Raises UnknownEvent."""
    if event_id not in set(record.events["event_id"]):
        import difflib

        raise UnknownEvent(event_id, difflib.get_close_matches(event_id, list(record.events["event_id"]), 3, 0.5))
    tables = ("events", "participants", "claims", "date_claims", "facts", "rulings")
    own = {name: table[table["event_id"] == event_id].reset_index(drop=True)
           for name, table in ((name, getattr(record, name)) for name in tables)}
    return dossiers(replace(record, **own))[event_id]


def dossiers(record: Record) -> dict[str, Dossier]:
    """The dossier of every event, in the order of the record: the estimates are made once and then cut by event."""
    groups = estimates.groups(record.claims, record.rulings, record.sources, record.publishers)
    said = ledger(record.claims, record.rulings, groups, record.sources)
    is_used = record.date_claims.index.isin(estimates.dates_in_use(record.date_claims).index)
    parts = {"participants": record.participants, "dates": estimates.date_ranges(record.date_claims),
             "date_claims": record.date_claims.assign(is_used=is_used), "groups": in_words(groups, said),
             "estimates": estimates.side_by_side(groups, record.claims, record.sources, record.publishers),
             "ledger": said, "facts": record.facts, "rulings": record.rulings, "sources": sources_by_event(record)}
    by_event = {name: dict(list(frame.groupby("event_id"))) for name, frame in parts.items()}
    return {event["event_id"]: Dossier(event, **{
        name: by_event[name].get(event["event_id"], frame.iloc[:0]).reset_index(drop=True)
        for name, frame in parts.items()}) for _, event in record.events.iterrows()}


def sources_by_event(record: Record) -> pd.DataFrame:
    """Every source of every event, rulings included: event_id, the columns of sources, cited_as."""
    pairs = event_sources(record.participants, record.claims, record.date_claims, record.facts)
    ruled = record.rulings[["event_id", "source_ids"]].explode("source_ids").rename(columns={"source_ids": "source_id"})
    pairs = pd.concat([pairs, ruled]).dropna().drop_duplicates()
    sources = record.sources.assign(cited_as=cited_as(record.sources))
    return pairs.merge(sources, on="source_id").sort_values(["event_id", "source_id"], ignore_index=True)


def ledger(claims: pd.DataFrame, rulings: pd.DataFrame, groups: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Every claim as said, with publisher, group, is_used, ruling_id and standing; those in use first in a measure."""
    used = {claim_id for ids in groups["claim_ids"] for claim_id in ids.split(";")}
    ruled = estimates.apply_rulings(claims, rulings)
    rows = claims.assign(group=ruled["group"], ruling_id=ruled["ruling_id"],
                         publisher=claims["source_id"].map(publisher_of(sources)).fillna("not stated"),
                         is_used=claims["claim_id"].isin(used))
    rows["standing"] = standing(rows, ruled, groups)
    return rows.sort_values(["measure", "scope", "is_used", "claim_id"], ascending=[True, True, False, True],
                            ignore_index=True)


def standing(rows: pd.DataFrame, ruled: pd.DataFrame, groups: pd.DataFrame) -> np.ndarray:
    """Whether each claim is in use and, if not, why: one of the words below.

    rows: claims with is_used and ruling_id; ruled: the same ones as `estimates.apply_rulings` leaves them.
    """
    mixed = groups.loc[groups["stage"] == "mixed", estimates.GROUP]
    is_mixed = pd.MultiIndex.from_frame(ruled[estimates.GROUP]).isin(pd.MultiIndex.from_frame(mixed))
    is_other = [ruled["covers"] == covers for covers in FIGURES_NOT_IN_USE]
    return np.select(
        [ruled["is_excluded"], *is_other, rows["is_used"] & (rows["ruling_id"] != "") & ~ruled["is_kept"],
         rows["is_used"],
         is_mixed & ruled["qualifier"].isin(estimates.POINTS)],
        ["set aside by a ruling", *FIGURES_NOT_IN_USE.values(), "in use as a ruling changed it", "in use",
         "planned: gives no bounds, but may give the best figure, since reports give bounds alone"],
        "planned: not in use where there are reports")


def in_words(groups: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """Rows of `estimates.groups` with the estimate in words (`figure`) and how the rule came to it (`steps`, tuple)."""
    claims = defaultdict(list)
    for claim in ledger.itertuples():
        claims[claim.event_id, claim.measure, claim.group].append(claim)
    rows = list(groups.itertuples())
    return groups.assign(
        figure=pd.Series([figure(row.low, row.best, row.high, row.sign) for row in rows], groups.index, dtype="str"),
        steps=pd.Series([tuple(steps(row, claims[row.event_id, row.measure, row.group])) for row in rows],
                        groups.index, dtype=object))


def steps(row, claims: list) -> list[str]:
    """How the rule came to one row of `estimates.groups`, step by step; claims: rows of the ledger of its group."""
    ids = set(row.claim_ids.split(";"))
    same = [claim for claim in claims if claim.scope == row.scope or claim.claim_id in ids]
    used = [claim for claim in same if claim.claim_id in ids]
    lines = [f"{len(used)} of {len(same)} {row.group} claims in use, stage {row.stage}, "
             f"{row.n_publishers} independent houses"]
    if row.ruling_ids:
        lines.append(f"rulings applied: {row.ruling_ids.replace(';', ', ')}")
    if row.stage == "none":
        return [*lines, "every claim was set aside by a ruling: no estimate"]
    low = ("open: no claim states a lower bound" if pd.isna(row.low) else
           f"{exact(row.low)}, the smallest lower bound")
    high = (f"{exact(row.high)}, the largest upper bound" if pd.notna(row.high) else
            "open: an open-ended claim reaches the top" if any(pd.notna(claim.value_high) for claim in used) else
            "open: no claim states an upper bound")
    givers = sorted({claim.claimant for claim in used if claim.qualifier in estimates.POINTS})
    best = (f"{row.sign} {exact(row.best)}, the tightest bound: no claim gives a point" if row.sign else
            f"{exact(row.best)}, from a planned figure inside the reported bounds" if row.stage == "mixed" else
            f"{exact(row.best)}, the only plain figure, given by {givers[0]}" if len(givers) == 1 else
            f"{exact(row.best)}, the median of the point claims, one vote per claimant, authorities first")
    return [*lines, f"low: {low}", f"high: {high}", f"best: {best}"]
