"""What became of ids that are no longer in use, as withdrawn.csv says: where an old address leads, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd


@dataclass(frozen=True)
class Tombstone:
    """One id that is no longer in use; all as in withdrawn.csv, blank where nothing stands there.

    now: the id under which the thing stands today, after all changes of name; blank if the record holds it no more.
    """

    table: str
    id: str
    name: str
    start_date: str
    change: str
    became: str
    withdrawn_on: str
    reason: str
    now: str


@dataclass(frozen=True)
class Tombstones:
    """All of them. rows: the table `withdrawn` of a sound record."""

    rows: pd.DataFrame

    def of(self, table: str) -> Iterator[Tombstone]:
        """Those of one table, in the order of the file."""
        for row in self.rows[self.rows["table"] == table].fillna("").to_dict("records"):
            yield Tombstone(**row, now=self.now(table, row["id"]))

    @cached_property
    def _became(self) -> dict[tuple[str, str], str]:
        blank = self.rows["became"].fillna("")
        return dict(zip(zip(self.rows["table"], self.rows["id"], strict=True), blank, strict=True))

    @cached_property
    def _before(self) -> dict[tuple[str, str], str]:
        renamed = self.rows[self.rows["change"] == "renamed"]
        return dict(zip(zip(renamed["table"], renamed["became"], strict=True), renamed["id"], strict=True))

    def now(self, table: str, name: str) -> str:
        """The id under which a thing stands today, itself if it was never renamed; blank if it was withdrawn."""
        while name and (table, name) in self._became:
            name = self._became[table, name]
        return name

    def names(self, table: str, name: str) -> list[str]:
        """Every id that a thing was ever known by, the newest first."""
        known = [name]
        while (table, known[-1]) in self._before:
            known.append(self._before[table, known[-1]])
        return known

    def first(self, table: str, name: str) -> str:
        """The id by which a thing was known first: what outlives every change of name."""
        return self.names(table, name)[-1]
