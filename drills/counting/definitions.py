"""What counts as a joint exercise: a Definition is a set of switches, `count` and `select` apply it. Pure.

Knows no file, no picture and no page; takes and gives frames. One text form (`from_words`, `to_words`) serves the
command line, the addresses of pages and whoever prints a definition. `drills.counting.curve` tries every definition
that makes sense; counting over time is in `trends`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from ..record.days import first_day, last_day, year_of
from ..wording import definitions as wording

# Forces that are not armed forces, by the domain in which they act.
POLICE_DOMAINS = frozenset({"internal_security", "coast_guard", "cyber"})
TIERS = ("core", "wider")
STATUSES = ("held", "planned", "cancelled", "disputed")
KINDS = ("exercise", "patrol", "command_post", "competition")
FRAMEWORKS = ("bilateral", "small_group", "sco", "russia_led", "china_led", "third_party")
DOMAINS = ("land", "naval", "air", "missile_defence", "multi", "internal_security", "coast_guard", "cyber")
AREAS = ("asia_pacific", "elsewhere")
# The Asia-Pacific lies between these longitudes, eastwards across the date line.
PACIFIC_FROM, PACIFIC_TO = 100, -130
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


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


@dataclass(frozen=True)
class Switch:
    """One switch of a definition as text: its name there, the field of Definition, and what it may be set to.

    form: list (some of `choices`, joined by commas), flag (yes or no), number (from 1) or date (YYYY, YYYY-MM,
    YYYY-MM-DD). choices: what a list may hold, and of a number those that are offered; empty for a list whose values
    are in the record (series). is_offered: whether the switchboard has it; the command line has every switch.
    """

    name: str
    field: str
    form: str
    choices: tuple[str, ...] = ()
    is_offered: bool = True

    @property
    def sentence(self) -> str:
        """What it does, for a reader."""
        return wording.SWITCHES[self.name]

    def read(self, text: str, known: Collection[str] = ()) -> tuple[str, ...] | bool | int | str | None:
        """The value that a text stands for. known: what a list without choices may hold, empty if that is not known.

        Raises ValueError, which says what exists, for any other text.
        """
        text = text.strip()
        if self.form == "list":
            return self._read_list(text, self.choices or tuple(sorted(known)))
        if self.form == "flag" and text in ("yes", "no"):
            return text == "yes"
        if self.form == "number" and re.fullmatch("[0-9]{1,4}", text) and int(text):
            return int(text)
        if self.form == "date" and (not text or _is_date(text)):
            return text or None
        raise ValueError(wording.wrong_value(self.name, text, self.form))

    def _read_list(self, text: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        chosen = [item.strip() for item in text.split(",") if item.strip()]
        if allowed and (unknown := [item for item in chosen if item not in allowed]):
            raise ValueError(wording.unknown_value(self.name, unknown[0], allowed))
        return tuple(sorted(set(chosen), key=(allowed or sorted(chosen)).index))

    def write(self, value: tuple[str, ...] | bool | int | str | None) -> str:
        """The text that stands for a value of this switch."""
        if self.form == "list":
            return ",".join(sorted(value, key=self.choices.index if self.choices else None))
        return ("no", "yes")[value] if self.form == "flag" else "" if value is None else str(value)


SWITCHES = (
    Switch("tiers", "tiers", "list", TIERS),
    Switch("statuses", "statuses", "list", STATUSES),
    Switch("kinds", "kinds", "list", KINDS),
    Switch("frameworks", "frameworks", "list", FRAMEWORKS),
    Switch("military-only", "is_military_only", "flag", ("no", "yes")),
    Switch("merged", "is_merged", "flag", ("no", "yes")),
    Switch("min-publishers", "min_publishers", "number", ("1", "2", "3", "6")),
    Switch("from", "start", "date"),
    Switch("to", "end", "date"),
    Switch("series", "series", "list", is_offered=False),
    Switch("domains", "domains", "list", DOMAINS, is_offered=False),
    Switch("areas", "areas", "list", AREAS, is_offered=False),
)
BY_NAME = {switch.name: switch for switch in SWITCHES}
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
    switched = {BY_NAME[key].field: BY_NAME[key].read(text, series) for key, text in words.items() if key in BY_NAME}
    return replace(PRESETS[name].definition, **switched)


def to_words(definition: Definition) -> dict[str, str]:
    """The text form of a definition: every switch that is not set as in the default, in the order of SWITCHES."""
    texts = {switch.name: (getattr(definition, switch.field), getattr(DEFAULT, switch.field)) for switch in SWITCHES}
    return {name: BY_NAME[name].write(value) for name, (value, usual) in texts.items()
            if value is not None and (usual is None or BY_NAME[name].write(value) != BY_NAME[name].write(usual))}


def preset_of(definition: Definition) -> str:
    """The name of the preset that is this definition; empty if none is."""
    words = to_words(definition)
    return next((name for name, preset in PRESETS.items() if to_words(preset.definition) == words), "")


@dataclass(frozen=True)
class Count:
    """How many events count under a definition, and which.

    per_year: columns year and total (int), every year of the period, or of the record where it is open. rows: the
    events, in the order given. reason: why nothing counts; empty if something does.
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

    publishers: independent houses by event_id (`drills.provenance.count_houses`), needed if min_publishers > 1.
    Raises ValueError if it is needed and missing.
    """
    keep = (events["tier"].isin(definition.tiers) & events["status"].isin(definition.statuses)
            & events["kind"].isin(definition.kinds) & events["framework"].isin(definition.frameworks))
    for column, chosen in (("series", definition.series), ("domain", definition.domains)):
        if chosen is not None:
            keep &= events[column].isin(chosen)
    if definition.areas is not None:
        keep &= area_of(events).isin(definition.areas)
    if definition.start or definition.end:
        keep &= _is_within(events["start_date"], definition)
    if definition.is_military_only:
        keep &= ~events["domain"].isin(POLICE_DOMAINS)
    if definition.min_publishers > 1:
        if publishers is None:
            raise ValueError("min_publishers needs the publishers of each event")
        keep &= events["event_id"].map(publishers).fillna(0) >= definition.min_publishers
    if definition.is_merged:
        keep &= ~events["part_of"].isin(events.loc[keep, "event_id"])
    return events[keep]


def area_of(events: pd.DataFrame) -> pd.Series:
    """The part of the world in which each event lies, one of AREAS; NA for an event without a point on the map."""
    east = events["longitude"]
    is_pacific = (east >= PACIFIC_FROM) | (east <= PACIFIC_TO)
    return is_pacific.map({True: AREAS[0], False: AREAS[1]}).where(east.notna())


def _is_within(dates: pd.Series, definition: Definition) -> pd.Series:
    """Whether the first day that each partial date can mean lies in the period of a definition."""
    # dates written from year to day sort as text
    days = dates.str.cat(dates.str.len().map({4: "-01-01", 7: "-01", 10: ""}))
    is_within = pd.Series(True, dates.index)
    if definition.start:
        is_within &= days >= f"{first_day(definition.start):%Y-%m-%d}"
    if definition.end:
        is_within &= days <= f"{last_day(definition.end):%Y-%m-%d}"
    return is_within


def _years(events: pd.DataFrame, definition: Definition) -> tuple[int, int]:
    """First and last year of a count: those of the period, or of all events where it is open."""
    years = year_of(events["start_date"])
    first = int(definition.start[:4]) if definition.start else int(years.min()) if len(years) else 0
    last = int(definition.end[:4]) if definition.end else int(years.max()) if len(years) else -1
    return first, last


def _is_date(text: str) -> bool:
    """Whether a text is a partial date of a day, month or year that exists."""
    if not DATE.fullmatch(text):
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True
