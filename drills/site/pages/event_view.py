"""How the rows of an event are laid out on its page: what stands first, what is folded, what a table needs. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from ...wording import dates, numbers, values
from .event_card import MAIN
from .event_tables import GROUPS, Rows
from .sources import Cited

# From so many on the sources are folded.
MANY_SOURCES = 8


@dataclass(frozen=True)
class EstimateTable:
    """Rows of `Rows.sizes` with the groups that some of them has a figure of, and whether they differ in stage."""

    rows: list[dict]
    sides: list[str]
    has_stages: bool


def estimates(rows: Rows) -> tuple[EstimateTable, EstimateTable]:
    """The estimates that say how large the event was, and the others; all are the first if there is none of those."""
    main = [size for size in rows.sizes if size["key"][0] in MAIN]
    others = [size for size in rows.sizes if size["key"][0] not in MAIN]
    return (table(main), table(others)) if main else (table(others), table([]))


def table(sizes: list[dict]) -> EstimateTable:
    return EstimateTable(sizes, [name for name in GROUPS if any(size["sides"][name] is not None for size in sizes)],
                         len({size["stage"] for size in sizes}) > 1)


def planned_only(rows: Rows) -> bool:
    """Whether every estimate in use rests on figures from before the event."""
    stages = {size["stage"] for size in rows.sizes} - {"none"}
    return stages == {"planned"}


def countries_by_role(rows: Rows, status: str) -> list[tuple[str, list]]:
    """The participants by what they did, those who took part first; the head of each list, and its rows.

    A list that is the only one of countries that took part has no head: the heading of the section says it.
    """
    order = list(values.HELD_ROLES)
    heads = values.HELD_ROLES if status == "held" else {role: values.role(role, status).capitalize() for role in order}
    listed = sorted(rows.participants, key=lambda row: order.index(row.role))
    found = {role: list(same) for role, same in groupby(listed, key=lambda row: row.role)}
    return [("" if list(found) == order[:1] else heads[role], same) for role, same in found.items()]


def by_house(rows: Rows) -> list[tuple[str, list[Cited]]]:
    """The sources by house, in the order of their numbers; of unknown origin last."""
    return [(house or "Origin not stated", list(same))
            for house, same in groupby(rows.sources.values(), key=lambda source: source.house)]


def in_short(rows: Rows) -> str:
    """How many sources, from how many houses, in which languages."""
    languages = Counter(source.language_name for source in rows.sources.values()).most_common()
    named = numbers.listing([f"{number} {language}" for language, number in languages])
    houses = len([house for house, _ in by_house(rows)])
    return f"{numbers.plural(len(rows.sources), 'source')} from {numbers.plural(houses, 'house')}: {named}"


def edges(rows: Rows) -> list[str]:
    """The first and the last day in words where sources differ on one of them; nothing where all agree."""
    if all(row.earliest == row.latest for row in rows.dates):
        return []
    return [edge(row) for row in rows.dates]


def edge(row) -> str:
    """What sources say of the first or the last day; row: of `estimates.date_ranges`."""
    said = f"{'First' if row.edge == 'start' else 'Last'} day, {row.stage}: {dates.date(row.earliest)}"
    if row.earliest == row.latest:
        return f"{said}, by every date in use."
    return f"{said} to {dates.date(row.latest)}; sources differ."
