"""The record as an analyst opens it: typed tables, estimates and counts by one name each.

Needs none of what draws or builds the site.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from .counting import definitions
from .counting.dossier import Dossier
from .counting.reading import Reading
from .counting.switches import SWITCHES
from .record import tables

Setting = str | bool | int | Iterable[str]
# switches by what Python calls them: no dash, and not the word "from"
NAMES = {name: switch.name for switch in SWITCHES for name in (switch.name.replace("-", "_"), switch.field)}


@dataclass
class OpenRecord(tables.Record):
    """The record: each table as a frame in its types under its own name, and what is counted from them.

    `package` describes every table and column; `version` and `as_of` say which state of the record it is.
    """

    @cached_property
    def reading(self) -> Reading:
        """Everything that the chapters of the site count from the record, each thing when first asked for."""
        return Reading(self)

    @property
    def estimates(self) -> pd.DataFrame:
        """One row for each event, measure and scope: official and assessed figures as intervals, apart."""
        return self.reading.estimates

    def count(self, preset: str | None = None, **switches: Setting) -> definitions.Count:
        """The events that count under a definition: its `total`, `rows`, and `per_year`.

        preset: a definition by its name, such as `default`; switches: those of `python -m drills count`, with `start`
        and `end` for its --from and --to, such as `kinds=["patrol"], start=2014, merged=True`. Raises ValueError for a
        name or value that no switch knows.
        """
        words = {NAMES.get(name, name): in_words(value) for name, value in switches.items()}
        if preset is not None:
            words["preset"] = preset
        definition = definitions.from_words(words, self.series["series_id"])
        return definitions.count(self.events, definition, self.reading.houses)

    def event(self, event_id: str) -> Dossier:
        """All that the record holds on one event; KeyError if there is no such event."""
        return self.reading.dossier(event_id)


def in_words(value: Setting) -> str:
    """The value of a switch as the command line takes it: yes or no, a number, names joined by commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int) else ",".join(value)


def open_record(data_dir: Path | str | None = None) -> OpenRecord:
    """Read the record that came with the package, or that of another folder.

    Raises UnreadableData, which names file, line and column, if it cannot be read; whether it makes sense is asked by
    `python -m drills check`.
    """
    record = tables.load(None if data_dir is None else Path(data_dir))
    return OpenRecord(**{name: getattr(record, name) for name in tables.Record.__dataclass_fields__})
