"""What counts as a joint exercise: a Definition is a set of switches, `select` applies it. Pure.

Knows no file, no picture and no page; takes and gives frames. Counting over time is in `drills.trends`.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

# Forces that are not armed forces, by the domain in which they act.
POLICE_DOMAINS = frozenset({"internal_security", "coast_guard", "cyber"})
KINDS = ("exercise", "patrol", "command_post", "competition")
FRAMEWORKS = ("bilateral", "small_group", "sco", "russia_led", "china_led", "third_party")


@dataclass(frozen=True)
class Definition:
    """Switches that decide which events count; the default is the definition stated on every page.

    tiers, statuses, kinds, frameworks: values of the columns of events that count.
    is_military_only: leave out police, border troops, coast guard and computer networks (by domain).
    is_merged: count an event that is part of another counted one together with it, not apart.
    min_publishers: independent houses that an event needs.
    """

    tiers: tuple[str, ...] = ("core",)
    statuses: tuple[str, ...] = ("held",)
    kinds: tuple[str, ...] = ("exercise", "patrol", "command_post")
    frameworks: tuple[str, ...] = FRAMEWORKS
    is_military_only: bool = False
    is_merged: bool = False
    min_publishers: int = 1

    def describe(self) -> str:
        """The definition in words, the same wherever it is stated."""
        words = [f"{' and '.join(self.tiers)} events, {' or '.join(self.statuses)}",
                 "armed forces only" if self.is_military_only else "military and paramilitary forces",
                 ", ".join(f"{kind.replace('_', '-')}{'s' if kind != 'command_post' else ' exercises'}"
                           for kind in self.kinds),
                 "parts counted with the whole" if self.is_merged else "parts of a larger event counted apart"]
        if self.frameworks != FRAMEWORKS:
            words.append("frameworks: " + ", ".join(name.replace("_", " ") for name in self.frameworks))
        if self.min_publishers > 1:
            words.append(f"at least {self.min_publishers} independent houses")
        return "; ".join(words)


DEFAULT = Definition()


def select(events: pd.DataFrame, definition: Definition = DEFAULT,
           publishers: pd.Series | None = None) -> pd.DataFrame:
    """The rows of `events` that count under `definition`, in the order given.

    publishers: independent houses by event_id (`Reading.houses`), needed if min_publishers > 1.
    Raises ValueError if it is needed and missing.
    """
    keep = (events["tier"].isin(definition.tiers) & events["status"].isin(definition.statuses)
            & events["kind"].isin(definition.kinds) & events["framework"].isin(definition.frameworks))
    if definition.is_military_only:
        keep &= ~events["domain"].isin(POLICE_DOMAINS)
    if definition.min_publishers > 1:
        if publishers is None:
            raise ValueError("min_publishers needs the publishers of each event")
        keep &= events["event_id"].map(publishers).fillna(0) >= definition.min_publishers
    if definition.is_merged:
        keep &= ~events["part_of"].isin(events.loc[keep, "event_id"])
    return events[keep]
