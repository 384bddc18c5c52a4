"""Events as numbers, and the one place that decides which of them a definition counts. Pure.

The script of the switchboard decides by the same columns (`switch_data`), so its totals are those of the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..record.days import first_day, last_day
from .switches import AREAS, FRAMEWORKS, KINDS, STATUSES, TIERS

if TYPE_CHECKING:
    from .definitions import Definition

# Forces that are not armed forces, by the domain in which they act.
POLICE_DOMAINS = frozenset({"internal_security", "coast_guard", "cyber"})
# The Asia-Pacific lies between these longitudes, eastwards across the date line.
PACIFIC_FROM, PACIFIC_TO = 100, -130
# What stands behind a partial date of this length to make it the first day that it can mean.
FIRST_DAY = {4: "0101", 7: "01", 10: ""}


@dataclass(frozen=True, eq=False)
class Coded:
    """Events with each column that decides a count as an array of numbers, made when first asked for.

    events: as in the record. publishers: independent houses by event_id (`provenance.event_houses`), or None.
    tier, status, kind, framework: place of the value in TIERS and so on, -1 for a value that is none of them.
    """

    events: pd.DataFrame
    publishers: pd.Series | None = None

    def _codes(self, column: str, values: Sequence[str]) -> np.ndarray:
        return pd.Index(values).get_indexer(self.events[column])

    @cached_property
    def tier(self) -> np.ndarray:
        return self._codes("tier", TIERS)

    @cached_property
    def status(self) -> np.ndarray:
        return self._codes("status", STATUSES)

    @cached_property
    def kind(self) -> np.ndarray:
        return self._codes("kind", KINDS)

    @cached_property
    def framework(self) -> np.ndarray:
        return self._codes("framework", FRAMEWORKS)

    @cached_property
    def is_police(self) -> np.ndarray:
        """Whether an event was of police, border troops, coast guards or computer networks."""
        return self.events["domain"].isin(POLICE_DOMAINS).to_numpy()

    @cached_property
    def parent(self) -> np.ndarray:
        """Place of the event that each one is part of, -1 for none."""
        return pd.Index(self.events["event_id"]).get_indexer(self.events["part_of"])

    @cached_property
    def houses(self) -> np.ndarray:
        """Independent houses of each event; raises ValueError if the publishers were not given."""
        if self.publishers is None:
            raise ValueError("min_publishers needs the publishers of each event")
        return self.events["event_id"].map(self.publishers).fillna(0).astype(int).to_numpy()

    @cached_property
    def first_day(self) -> np.ndarray:
        """The first day that the start of each event can mean, as the number YYYYMMDD."""
        dates = self.events["start_date"]
        return dates.str.replace("-", "").str.cat(dates.str.len().map(FIRST_DAY)).astype(int).to_numpy()

    @property
    def year(self) -> np.ndarray:
        """The year in which each event began."""
        return self.first_day // 10_000

    @cached_property
    def area(self) -> np.ndarray:
        """Place in AREAS of the part of the world of each event, -1 where it has no point on the map."""
        east = self.events["longitude"].to_numpy(dtype=float)
        is_pacific = (east >= PACIFIC_FROM) | (east <= PACIFIC_TO)
        return np.where(np.isnan(east), -1, np.where(is_pacific, 0, 1))

    def kept(self, definition: Definition) -> np.ndarray:
        """Whether each event counts under a definition; raises ValueError as `houses` does, if they are asked for."""
        keep = (_among(TIERS, definition.tiers)[self.tier] & _among(STATUSES, definition.statuses)[self.status]
                & _among(KINDS, definition.kinds)[self.kind]
                & _among(FRAMEWORKS, definition.frameworks)[self.framework])
        for column, chosen in (("series", definition.series), ("domain", definition.domains)):
            if chosen is not None:
                keep &= self.events[column].isin(chosen).to_numpy()
        if definition.areas is not None:
            keep &= _among(AREAS, definition.areas)[self.area]
        if definition.start:
            keep &= self.first_day >= int(f"{first_day(definition.start):%Y%m%d}")
        if definition.end:
            keep &= self.first_day <= int(f"{last_day(definition.end):%Y%m%d}")
        if definition.is_military_only:
            keep &= ~self.is_police
        if definition.min_publishers > 1:
            keep &= self.houses >= definition.min_publishers
        # the whole has to count itself: what it lacks to do so, its part does not lack
        return keep & ~((self.parent >= 0) & keep[self.parent]) if definition.is_merged else keep


def _among(values: Sequence[str], chosen: Sequence[str]) -> np.ndarray:
    """For each code whether its value is chosen; the last place, to which -1 points, is never."""
    return np.array([*(value in chosen for value in values), False])


def switch_data(coded: Coded) -> dict[str, list]:
    """What a script needs to count under any setting of the offered switches: columns of equal length, by name.

    event_id; first_day (number YYYYMMDD, by which the period and the year are decided); tier, status, kind, framework
    (place in the choices of the switch); is_police (0 or 1); parent (row of the event that it is part of, or -1);
    houses. Rows in the order of the record.
    """
    columns = {name: getattr(coded, name).astype(int).tolist() for name in
               ("first_day", "tier", "status", "kind", "framework", "is_police", "parent", "houses")}
    return {"event_id": coded.events["event_id"].tolist(), **columns}
