"""The tables that are made from the record for download, and every table as plain values, ready to be written.

`derived.json` describes the derived tables as data/datapackage.json does those of the record. Imports no page and
no writer of a format.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from ..counting import definitions, trends
from ..counting.reading import Reading
from ..record import days, types
from ..record.package import fields, resources

DESCRIPTOR_FILE = "derived.json"
# Digits behind the point of a computed interval: enough for any use, and the same on every machine.
DIGITS = 6
# What a cell becomes, by the type of its column; text in all others.
PLAIN: dict[str, Callable[[Any], object]] = {"boolean": bool, "integer": int, "number": float}


@dataclass(frozen=True)
class Table:
    """One table to be downloaded: its descriptor (a resource of a Data Package) and its typed frame."""

    resource: dict
    frame: pd.DataFrame
    is_derived: bool = False

    @property
    def name(self) -> str:
        return self.resource["name"]

    @property
    def columns(self) -> dict[str, dict]:
        """The field descriptors by column name."""
        return fields(self.resource)

    @cached_property
    def cells(self) -> dict[str, list]:
        """The cells of each column as None, str, int, float, bool or, for lists, a list of str."""
        return {name: plain(self.frame[name], column["type"]) for name, column in self.columns.items()}

    def rows(self) -> Iterator[tuple]:
        """The rows as tuples of such values, in the order of the columns."""
        return zip(*self.cells.values(), strict=True)


def plain(column: pd.Series, kind: str) -> list:
    """The cells of a typed column as plain values; blank is None, but a blank list is the empty list."""
    if kind == "list":
        return [list(value) for value in column]
    make = PLAIN.get(kind, str)
    return [None if is_blank else make(value)
            for value, is_blank in zip(column.tolist(), column.isna().tolist(), strict=True)]


def as_number(value: float) -> int | float:
    """A number without the point that only its type brought: 10000.0 as 10000."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


@cache
def _descriptor() -> dict:
    return json.loads(Path(__file__).with_name(DESCRIPTOR_FILE).read_text(encoding="utf-8"))


def package(reading: Reading) -> dict:
    """The descriptor of the derived tables; what the record's own descriptor or the definition says is put in."""
    whole = deepcopy(_descriptor())
    whole["version"] = reading.record.version
    whole["licenses"] = reading.record.package["licenses"]
    described = resources(whole)
    columns, claims = fields(described["estimates"]), fields(resources(reading.record.package)["claims"])
    columns["measure"]["categories"] = claims["measure"]["categories"]
    columns["scope"]["description"] = claims["scope"]["description"]
    described["events_per_year"]["description"] += f" Counted: {definitions.DEFAULT.describe()}."
    return whole


def estimates_table(reading: Reading) -> pd.DataFrame:
    """The estimates with their lists as tuples and blank signs as NA."""
    rows = reading.estimates
    lists = {name: types.split_lists(rows[name].replace("", None)) for name in ("claim_ids", "ruling_ids")}
    signs = {name: rows[name].replace("", None) for name in ("official_sign", "assessed_sign")}
    return rows.assign(**lists, **signs)


def events_per_year_table(reading: Reading) -> pd.DataFrame:
    """`trends.events_per_year` from the first event of the record to its day, with the column is_complete.

    Kinds that the default definition does not count are left out: their zeros would read as "none held".
    """
    first = days.year_of(reading.record.events["start_date"]).min()
    rows = trends.events_per_year(reading.counted, first, reading.as_of.year)
    is_complete = rows["year"].isin(trends.complete_years(rows, reading.as_of)["year"])
    uncounted = [kind for kind in definitions.KINDS if kind not in definitions.DEFAULT.kinds]
    return rows.assign(is_complete=is_complete).round({"low": DIGITS, "high": DIGITS}).drop(columns=uncounted)


def all_tables(reading: Reading) -> dict[str, Table]:
    """Every table by name: those of the record in the order of its descriptor, then the derived ones."""
    derived, record = resources(package(reading)), reading.record
    return {name: Table(resource, getattr(record, name)) for name, resource in
            resources(record.package).items()} | {
        "estimates": Table(derived["estimates"], estimates_table(reading), is_derived=True),
        "events_per_year": Table(derived["events_per_year"], events_per_year_table(reading), is_derived=True)}
