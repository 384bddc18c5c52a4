"""Everything that the record says of events, put together: what event pages and the command line show. Pure."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from ..record.provenance import publisher_of
from ..record.tables import Record
from ..wording.estimates import BOUNDS, figure
from ..wording.numbers import exact, plural
from ..wording.sources import cited_as
from ..wording.values import FIGURES_NOT_IN_USE
from . import estimates


@dataclass(frozen=True)
class Parts:
    """What belongs to events, one frame for each part, every row with its event_id; of all events or of one.

    participants, facts, rulings: as in the record. dates: `estimates.date_ranges`. date_claims: every date as said,
    with is_used. ledger: every claim with publisher, is_used, the rulings on it and its standing, in the order of the
    estimates. groups: rows of `estimates.groups` with figure and steps (`in_words`). estimates: rows of
    `estimates.side_by_side`. sources: those of all these rows, rulings included, with cited_as.
    """

    participants: pd.DataFrame
    dates: pd.DataFrame
    date_claims: pd.DataFrame
    groups: pd.DataFrame
    estimates: pd.DataFrame
    ledger: pd.DataFrame
    facts: pd.DataFrame
    rulings: pd.DataFrame
    sources: pd.DataFrame


@dataclass(frozen=True)
class Dossier(Parts):
    """One event with its own rows of every part; event: its row of events as a Series."""

    event: pd.Series


class UnknownEvent(KeyError):
    """Raised for an event_id that is not in the record; `near` holds names like it."""

    def __init__(self, event_id: str, near: list[str]):
        self.event_id, self.near = event_id, near
        super().__init__(event_id)


def parts(record: Record, pairs: pd.DataFrame, groups: pd.DataFrame, rows: pd.DataFrame) -> Parts:
    """The parts of all events. pairs: `provenance.event_sources`; groups, rows: `estimates.groups`, `.side_by_side`."""
    said = ledger(record.claims, record.rulings, groups, record.sources)
    is_used = record.date_claims.index.isin(estimates.dates_in_use(record.date_claims).index)
    return Parts(participants=record.participants, dates=estimates.date_ranges(record.date_claims),
                 date_claims=record.date_claims.assign(is_used=is_used), groups=in_words(groups, said), estimates=rows,
                 ledger=said, facts=record.facts, rulings=record.rulings, sources=sources_by_event(record, pairs))


def dossier(events: pd.DataFrame, whole: Parts, event_id: str) -> Dossier:
    """All that the record holds on one event; whole: the parts of all `events`. Raises UnknownEvent."""
    found = events[events["event_id"] == event_id]
    if found.empty:
        raise UnknownEvent(event_id, difflib.get_close_matches(event_id, list(events["event_id"]), 3, 0.5))
    frames = {part.name: getattr(whole, part.name) for part in fields(Parts)}
    return Dossier(**{name: frame[frame["event_id"] == event_id].reset_index(drop=True)
                      for name, frame in frames.items()}, event=found.iloc[0])


def sources_by_event(record: Record, pairs: pd.DataFrame) -> pd.DataFrame:
    """Every source of every event, rulings included: event_id, the columns of sources, cited_as."""
    ruled = record.rulings[["event_id", "source_ids"]].explode("source_ids").rename(columns={"source_ids": "source_id"})
    every = pd.concat([pairs, ruled]).dropna().drop_duplicates()
    sources = record.sources.assign(cited_as=cited_as(record.sources))
    return every.merge(sources, on="source_id").sort_values(["event_id", "source_id"], ignore_index=True)


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


def in_words(groups: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Rows of `estimates.groups` with the estimate in words (`figure`) and how the rule came to it (`steps`, tuple).

    claims: rows of `ledger`.
    """
    of_group = defaultdict(list)
    for claim in claims.itertuples():
        of_group[claim.event_id, claim.measure, claim.group].append(claim)
    rows = list(groups.itertuples())
    return groups.assign(
        figure=pd.Series([figure(row.low, row.best, row.high, row.sign) for row in rows], groups.index, dtype="str"),
        steps=pd.Series([tuple(steps(row, of_group[row.event_id, row.measure, row.group])) for row in rows],
                        groups.index, dtype=object))


def steps(row, claims: list) -> list[str]:
    """How the rule came to one row of `estimates.groups`, step by step; claims: rows of the ledger of its group."""
    ids = set(row.claim_ids.split(";"))
    same = [claim for claim in claims if claim.scope == row.scope or claim.claim_id in ids]
    used = [claim for claim in same if claim.claim_id in ids]
    houses = f"from {plural(row.n_publishers, 'independent house')}"
    lines = [", ".join([f"{len(used)} of {plural(len(same), f'{row.group} figure')} in use",
                        *([row.stage, houses] if used else [])])]
    if row.ruling_ids:
        lines.append(f"rulings applied: {row.ruling_ids.replace(';', ', ')}")
    if row.stage == "none":
        return [*lines, "every figure was set aside by a ruling: no estimate"]
    low = ("open: nobody states a lower bound" if pd.isna(row.low) else
           f"{exact(row.low)}, the smallest lower bound")
    high = (f"{exact(row.high)}, the largest upper bound" if pd.notna(row.high) else
            "open: a figure with an open end lies highest" if any(pd.notna(claim.value_high) for claim in used) else
            "open: nobody states an upper bound")
    givers = sorted({claim.claimant for claim in used if claim.qualifier in estimates.POINTS})
    best = (f"{exact(row.best)} {BOUNDS[row.sign]}, the tightest bound, without a plain figure" if row.sign else
            f"{exact(row.best)}, from a planned figure inside the reported bounds" if row.stage == "mixed" else
            f"{exact(row.best)}, the only plain figure, given by {givers[0]}" if len(givers) == 1 else
            f"{exact(row.best)}, the median of the plain figures, one vote for each speaker, authorities first")
    return [*lines, f"low: {low}", f"high: {high}", f"best: {best}"]
