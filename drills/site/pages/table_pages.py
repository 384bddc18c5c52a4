"""The data dictionary: a page for each table of the record and each made from it. Pure given the record."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from markupsafe import Markup

from ...counting.reading import Reading
from ...downloads import bundle, derived
from ...record import package
from ...templating import render
from ...wording import numbers
from . import structured
from .page import Entry, Page

# A longer list of allowed values is folded.
MANY = 8


def pages(reading: Reading, base_url: str) -> Iterator[Page]:
    """One page of the dictionary for each table, those of the record first; base_url: address of the site."""
    tables = derived.all_tables(reading)
    others = [{"name": table.name, "title": table.resource["title"]} for table in tables.values()]
    for table in tables.values():
        resource = table.resource
        body = render("site/pages/parts/table.html.jinja", table=resource, is_derived=table.is_derived, others=others,
                      columns=columns_of(resource), example=example(table), rows=numbers.count(len(table.frame)),
                      formats=[form for form in bundle.FORMATS if form.is_per_table], many=MANY)
        entry = Entry(f"{bundle.FOLDER}/{table.name}.html", f"{resource['title']} (table)", "Data dictionary",
                      names=(table.name, *table.columns), about=resource["description"])
        yield Page(f"{bundle.FOLDER}/{table.name}", entry.title, resource["description"], Markup(body), entry,
                   structured.table(reading, resource, base_url))


def example(table: derived.Table) -> dict[str, str]:
    """The row with the fewest blank cells, the first of several, as text by column; blank cells left out."""
    if table.frame.empty:
        return {}
    row = table.frame.iloc[int(table.frame.map(_is_filled).sum(axis=1).to_numpy().argmax())]
    return {name: _as_text(cell) for name, cell in row.items() if _is_filled(cell)}


def _is_filled(cell: object) -> bool:
    return bool(cell) if isinstance(cell, (tuple, list, str)) else bool(pd.notna(cell))


def _as_text(cell: object) -> str:
    """A cell as the JSON file has it, a list by its items."""
    if isinstance(cell, (tuple, list)):
        return "; ".join(map(str, cell))
    if isinstance(cell, (bool, np.bool_)):
        return str(bool(cell)).lower()
    return numbers.exact(float(cell)) if isinstance(cell, (float, np.floating)) else str(cell)


def columns_of(resource: dict) -> list[dict]:
    """The columns of one table as the dictionary shows them."""
    targets = package.references(resource)
    return [{"name": name, "type": _kind(column), "unit": column.get("unit"), "description": column["description"],
             "is_required": column.get("constraints", {}).get("required", False),
             "blanks": [blank["label"] for blank in column.get("missingValues", [])],
             "allowed": column.get("categories", []),
             "references": [{"table": table, "column": there} for here, table, there in targets if here == name]}
            for name, column in package.fields(resource).items()]


def _kind(column: dict) -> str:
    names = {"string": "text", "boolean": "true or false", "integer": "whole number"}
    return (f"list, joined by “{column['delimiter']}”" if column["type"] == "list"
            else names.get(column["type"], column["type"]))
