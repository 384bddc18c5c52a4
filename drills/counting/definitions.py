"""What counts as a joint exercise: a Definition is a set of switches, `count` and `select` apply it. Pure.

Knows no file, no picture and no page; takes and gives frames. One text form (`from_words`, `to_words`) serves the
command line, the addresses of pages and whoever prints a definition; the switches themselves are in `switches`, what
each does to a count in `coded`. `curve` tries every definition that makes sense; counting over time is in `trends`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from ..record.days import first_day, last_day, year_of
from ..wording import definitions as wording
from .coded import Coded
from .switches import BY_NAME, FRAMEWORKS, KINDS, STATUSES, SWITCHES, TIERS


@dataclass(frozen=True)
class Definition:
    """Switches that decide which events count; the default is the definition stated on every page.

    tiers, statuses, kinds, frameworks: values of the columns of events that count; none of them counts nothing.
    is_military_only: leave out police, border troops, coast guard and computer networks (by domain).
    is_merged: count an event that is part of another counted one together with it, not apart.
    min_publishers: independent houses that an event needs.
    start, end: partial dates (YYYY, YYYY-MM, YYYY-MM-DD), both inclusive, None for no bound. An event counts by its
    first day; if that is known only to the month or year, by the first day that it can mean, so that each event
    lies in exactly one of two periods that meet.
    series, domains, areas: values that count, None for all; an event without a point on the map is in no area.
    """

    tiers: tuple[str, ...] = ("core",)
    statuses: tuple[str, ...] = ("held",)
    kinds: tuple[str, ...] = ("exercise", "patrol", "command_post")
    frameworks: tuple[str, ...] = FRAMEWORKS
    is_military_only: bool = False
    is_merged: bool = False
    min_publishers: int = 1
    start: str | None = None
    end: str | None = None
    series: tuple[str, ...] | None = None
    domains: tuple[str, ...] | None = None
    areas: tuple[str, ...] | None = None

    def describe(self) -> str:
        """The definition in words, the same wherever it is stated."""
        return wording.describe(vars(self), is_every_framework=set(self.frameworks) == set(FRAMEWORKS))

    @property
    def contradiction(self) -> str:
        """Why nothing at all can count under this definition; empty if something may."""
        for switch in SWITCHES:
            if getattr(self, switch.field) == ():
                return wording.nothing_chosen(switch.name)
        if self.start and self.end and first_day(self.start) > last_day(self.end):
            return wording.ends_early(self.start, self.end)
        return ""


DEFAULT = Definition()


@dataclass(frozen=True)
class Preset:
    """A definition with a name, and what it stands for in one sentence."""

    definition: Definition
    sentence: str


ALL_HELD = replace(DEFAULT, tiers=TIERS, kinds=KINDS)
TWO_ALONE = replace(DEFAULT, frameworks=("bilateral",))
PRESETS = {name: Preset(definition, wording.PRESETS[name]) for name, definition in {
    "default": DEFAULT,
    "everything": replace(ALL_HELD, statuses=STATUSES),
    "held": ALL_HELD,
    "with-wider": replace(DEFAULT, tiers=TIERS),
    "with-disputed": replace(DEFAULT, tiers=TIERS, statuses=("held", "disputed")),
    "bilateral-only": TWO_ALONE,
    "bilateral-exercises": replace(TWO_ALONE, kinds=("exercise",)),
    "exercises-only": replace(DEFAULT, kinds=("exercise",)),
    "no-patrols": replace(DEFAULT, kinds=("exercise", "command_post")),
    "patrols-only": replace(DEFAULT, kinds=("patrol",)),
    "military-only": replace(DEFAULT, is_military_only=True),
    "bilateral-military": replace(TWO_ALONE, is_military_only=True),
    "with-sco": replace(DEFAULT, frameworks=("bilateral", "sco")),
    "merged": replace(DEFAULT, is_merged=True),
    "two-houses": replace(DEFAULT, min_publishers=2),
    "strict": replace(TWO_ALONE, kinds=("exercise",), is_military_only=True, is_merged=True, min_publishers=2),
    "asia-pacific": replace(DEFAULT, areas=("asia_pacific",)),
    "from-2003": replace(DEFAULT, start="2003"),
    "from-2005": replace(DEFAULT, start="2005"),
    "from-2012": replace(DEFAULT, start="2012"),
    "since-crimea": replace(DEFAULT, start="2014-03-18"),
    "since-invasion": replace(DEFAULT, start="2022-02-24"),
}.items()}


def from_words(words: Mapping[str, str], series: Collection[str] = ()) -> Definition:
    """The definition that a text form stands for: names of SWITCHES to their values as text.

    What is not named is as in the default, or as in the preset named by the key `preset`. series: the series of the
    record, so that an unknown one is refused. Raises ValueError, which lists what exists, for an unknown switch, value
    or preset.
    """
    if unknown := [name for name in words if name not in BY_NAME and name != "preset"]:
        raise ValueError(wording.unknown_switch(unknown[0], ("preset", *BY_NAME)))
    name = words.get("preset", "default")
    if name not in PRESETS:
        raise ValueError(wording.unknown_preset(name, tuple(PRESETS)))
    switched: dict[str, Any] = {BY_NAME[key].field: BY_NAME[key].read(text, series)
                                for key, text in words.items() if key in BY_NAME}
    return replace(PRESETS[name].definition, **switched)


def to_words(definition: Definition) -> dict[str, str]:
    """The text form of a definition: every switch that is not set as in the default, in the order of SWITCHES."""
    texts = {switch.name: (getattr(definition, switch.field), getattr(DEFAULT, switch.field)) for switch in SWITCHES}
    return {name: BY_NAME[name].write(value) for name, (value, usual) in texts.items()
            if value is not None and (usual is None or BY_NAME[name].write(value) != BY_NAME[name].write(usual))}


def to_query(definition: Definition) -> str:
    """The text form in one line, as it stands behind the ? of an address: kinds=exercise&from=2003; empty: default."""
    return "&".join(f"{name}={text}" for name, text in to_words(definition).items())


@dataclass(frozen=True)
class Count:
    """How many events count under a definition, and which.

    per_year: columns year and total (int), every year of the record that lies in the period. rows: the events, in the
    order given. reason: why nothing counts; empty if something does.
    """

    total: int
    per_year: pd.DataFrame
    rows: pd.DataFrame
    reason: str


def count(events: pd.DataFrame, definition: Definition = DEFAULT, publishers: pd.Series | None = None) -> Count:
    """`select` with the total, the number of each year in which an event began, and a reason where it is none."""
    rows = select(events, definition, publishers)
    first, last = _years(events, definition)
    per_year = year_of(rows["start_date"]).value_counts().reindex(range(first, last + 1), fill_value=0)
    per_year = per_year.rename_axis("year").reset_index(name="total").astype(int)
    reason = "" if len(rows) else definition.contradiction or wording.NOTHING_FOUND
    return Count(len(rows), per_year, rows, reason)


def select(events: pd.DataFrame, definition: Definition = DEFAULT,
           publishers: pd.Series | None = None) -> pd.DataFrame:
    """The rows of `events` that count under `definition`, in the order given.

    publishers: independent houses by event_id (`Reading.houses`), needed if min_publishers > 1.
    Raises ValueError if it is needed and missing.
    """
    return events[Coded(events, publishers).kept(definition)]


def _years(events: pd.DataFrame, definition: Definition) -> tuple[int, int]:
    """First and last year of a count: those of all events, as far as they lie in the period."""
    years = year_of(events["start_date"])
    if not len(years):
        return 0, -1
    return (max(int(years.min()), int((definition.start or "0")[:4])),
            min(int(years.max()), int((definition.end or "9999")[:4])))
