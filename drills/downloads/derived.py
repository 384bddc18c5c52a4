"""The tables that are made from the record for download, and every table as plain values, ready to be written.

`derived.json` describes the derived tables as data/datapackage.json does those of the record. Imports no page and
no writer of a format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
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

    def column(self, name: str) -> list:
        """The cells of a column as None, str, int, float, bool or, for lists, a list of str."""
        kind = self.columns[name]["type"]
        return [plain(value, kind) for value in self.frame[name]]

    def rows(self) -> Iterator[tuple]:
        """The rows as tuples of such values, in the order of the columns."""
        return zip(*(self.column(name) for name in self.columns), strict=True)


def plain(value: Any, kind: str) -> object:
    """A cell of a typed frame as a plain value; blank is None, but a blank list is the empty list."""
    if kind == "list":
        return list(value)
    if pd.isna(value):
        return None
    if kind == "boolean":
        return bool(value)
    if kind == "integer":
        return int(value)
    return float(value) if kind == "number" else str(value)


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
