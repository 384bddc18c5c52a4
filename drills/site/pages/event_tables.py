"""The rows of the event pages in words, made for all events at once from the parts of all dossiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

import pandas as pd

from ... import kept
from ...changes.history import Change
from ...counting.estimates import size_class
from ...counting.reading import Reading
from ...counting.sizes import open_only
from ...record.provenance import source_houses
from ...wording import countries, numbers, values
from ...wording.estimates import said
from ...wording.values import measure_name
from .sources import Cited, cited

STATES = ("RUS", "CHN")
SCOPE_ORDER = ("ALL", *STATES, "FOREIGN")
GROUPS = ("official", "assessed")


@dataclass
class Rows:
    """The rows of one event, each list in the order of its page.

    participants, dates, date_claims, rulings: rows of the dossier as tuples, participants with Russia and China first.
    facts: the same by topic. sizes: one for each estimate. classes: scope and answer to whether 10,000 troops were
    reached. ledger: one for each claim. sources: by source_id.
    """

    participants: list = field(default_factory=list)
    dates: list = field(default_factory=list)
    date_claims: list = field(default_factory=list)
    rulings: list = field(default_factory=list)
    facts: dict[str, list] = field(default_factory=dict)
    sizes: list[dict] = field(default_factory=list)
    classes: list[tuple[str, str]] = field(default_factory=list)
    ledger: list[dict] = field(default_factory=list)
    sources: dict[str, Cited] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """A digest of all rows, on which both page and card rest."""
        return kept.digest(self)

    @property
    def took_part(self) -> list[str]:
        """Names of the countries that took part or, where the event was not held, were to."""
        return [countries.country(row.country) for row in self.participants if row.role == "participant"]

    def role(self, country: str) -> str:
        """What a country (alpha-3 code) did; empty if no source names it."""
        return next((row.role for row in self.participants if row.country == country), "")

    def sides(self, measure: str, scope: str) -> dict:
        """The estimates in use of a measure and scope: row of `Parts.groups` by group, official before assessed."""
        return {name: side for size in self.sizes if size["key"] == (measure, scope)
                for name, side in size["sides"].items() if side is not None and side.stage != "none"}


def rows(reading: Reading) -> dict[str, Rows]:
    """The rows of every event of a record, by event_id."""
    parts, package = reading.parts, reading.record.package
    plain = {"participants": {event_id: sorted(listed, key=place_of_country)
                              for event_id, listed in by_event(parts.participants).items()},
             "dates": by_event(parts.dates, edge=False),
             "date_claims": by_event(parts.date_claims, edge=False, is_used=False, value=True, source_id=True),
             "rulings": by_event(parts.rulings)}
    facts, sources = by_event(parts.facts, topic=True), by_event(parts.sources)
    houses = source_houses(reading.record.sources, reading.record.publishers).groupby("source_id")["house"].agg(list)
    whose = {source_id: numbers.listing(names) for source_id, names in houses.items()}
    figures, ledgers, size = sizes(reading), ledger(parts.ledger, package), classes(parts.estimates, package)
    return {event_id: Rows(
        **{name: part.get(event_id, []) for name, part in plain.items()}, sources=cited(sources[event_id], whose),
        facts={topic: list(listed) for topic, listed in groupby(facts[event_id], key=lambda row: row.topic)},
        sizes=figures[event_id], classes=size[event_id], ledger=ledgers[event_id])
        for event_id in reading.record.events["event_id"]}


def place_of_country(row) -> tuple:
    """The place of a row of participants on a page: Russia, China, then the others by their English names."""
    return (STATES.index(row.country) if row.country in STATES else len(STATES)), countries.country(row.country)


def by_event(frame: pd.DataFrame, **order: bool) -> dict[str, list]:
    """The rows of one part as tuples by event_id; order: columns to sort by and whether they ascend."""
    if order:
        frame = frame.sort_values(list(order), ascending=list(order.values()), kind="stable")
    found = defaultdict(list)
    # the place of a row in its table is no part of it
    for row in frame.itertuples(index=False):
        found[row.event_id].append(row)
    return found


def ordered(frame: pd.DataFrame, package: dict) -> dict[str, list]:
    """The same by measure, as the schema orders them, then by scope: all, Russian, Chinese, foreign, single states."""
    measures = {name: number for number, name in enumerate(values.values(package, "claims", "measure"))}
    scopes = {code: number for number, code in enumerate(SCOPE_ORDER)}

    def place(row) -> tuple:
        return measures[row.measure], scopes.get(row.scope, len(scopes)), row.scope

    return defaultdict(list, {event_id: sorted(listed, key=place) for event_id, listed in by_event(frame).items()})


def what(row, package: dict) -> dict[str, Any]:
    """Measure, unit and scope of a row in words, the key of both, an anchor."""
    return {"measure": measure_name(row.measure), "unit": values.unit(package, row.measure),
            "scope": values.scope(row.scope), "key": (row.measure, row.scope),
            "anchor": f"{row.measure}-{row.scope}".lower().replace("_", "-")}


def sizes(reading: Reading) -> dict[str, list[dict]]:
    """One row for each estimate; sides: for each group the row of `Parts.groups`, None where it has no claims."""
    parts, package = reading.parts, reading.record.package
    groups = {(row.event_id, row.measure, row.scope, row.group): row for row in parts.groups.itertuples(index=False)}
    return defaultdict(list, {event_id: [
        {**what(row, package), "n_claims": row.n_claims, "n_publishers": row.n_publishers, "stage": row.stage_used,
         "is_disputed": row.is_disputed, "sides":
            {name: groups.get((event_id, row.measure, row.scope, name)) for name in GROUPS}} for row in listed]
        for event_id, listed in ordered(parts.estimates, package).items()})


def classes(estimates: pd.DataFrame, package: dict) -> dict[str, list[tuple[str, str]]]:
    """For each scope with a figure of troops in use: its words, and whether 10,000 were reached."""
    troops = estimates[estimates["measure"] == "troops"]
    size = size_class(troops.set_index(["event_id", "scope"])).mask(open_only(estimates), "open").to_dict()
    return defaultdict(list, {event_id: [
        (values.scope(row.scope), values.CLASSES[answer]) for row in listed
        if (answer := size[event_id, row.scope]) in values.CLASSES]
        for event_id, listed in ordered(troops, package).items()})


def ledger(claims: pd.DataFrame, package: dict) -> dict[str, list[dict]]:
    """Every claim as said: the columns of the ledger with some in words, and its rulings as a list."""
    return defaultdict(list, {event_id: [
        {**row._asdict(), **what(row, package), "said": said(row.value_low, row.value_high, row.qualifier),
         "kind": values.word(row.claimant_kind), "rulings": [one for one in row.ruling_id.split(";") if one]}
        for row in listed] for event_id, listed in ordered(claims, package).items()})


def by_commit(changes: Iterable[Change]) -> list[tuple[Change, list[Change]]]:
    """Changes by commit, in the order given: the first of each, and all of them."""
    grouped = (list(listed) for _, listed in groupby(changes, key=lambda change: change.commit))
    return [(listed[0], listed) for listed in grouped]
