"""The one form in which a table is written: order of rows and columns, quotes, line ends, letters, white space.

Pure text: nothing here opens a file. Two files with one form say the same, so that a comparison of two versions shows
values alone. The order of the rows is named in datapackage.json: `order` of a table's schema, its key where that is
missing, and as the authors put them where it is empty.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from .package import fields, references, resources
from .text import BYTE_ORDER_MARK, broken_cell, split_rows

# What separates words and is not seen: one space takes the place of any run of it. Wide and thin spaces are letters of
# Chinese and French print and stay.
WHITE = re.compile("[ \t\n\r\f\v\u00a0]+")
# the running number at the end of a name such as 2018-vostok:troops:ALL:10
RUNNING_NUMBER = re.compile("(?<=:)0*([0-9]+)$")
Ranks = Mapping[str, Mapping[str, int]]


def cell(text: str, is_list: bool = False) -> str:
    """A cell in its form: composed letters (NFC), single spaces between words, none around it or an item of a list."""
    if text.isascii() and text.isprintable() and "  " not in text and text.strip() == text and not is_list:
        return text
    parts = text.split(";") if is_list else [text]
    return ";".join(WHITE.sub(" ", unicodedata.normalize("NFC", part)).strip() for part in parts)


def truth(text: str) -> str:
    """A boolean in its form: small letters, where a spreadsheet writes TRUE and FALSE; other text is not touched."""
    small = cell(text).lower()
    return small if small in ("true", "false") else cell(text)


def rows_of(data: bytes, columns: Sequence[str]) -> list[list[str]] | None:
    """The rows of a CSV file, cells in their form and in the order of `columns`; None where a value could get lost.

    That is so if the file is not UTF-8, a quote is open or stray, or a row or the header does not fit `columns`.
    Lines without any value are left out.
    """
    try:
        text = data.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError:
        return None
    lines = io.StringIO(text, newline="").readlines()
    found = []
    for start, end, row in split_rows(lines):
        if row is None:
            return None
        text = lines[start - 1] if start == end else "".join(lines[start - 1:end])
        if '"' in text and broken_cell(text) is not None:
            return None
        if any(name.strip() for name in row):
            found.append(row)
    if not found or sorted(found[0]) != sorted(columns) or any(len(row) != len(columns) for row in found):
        return None
    places = [found[0].index(name) for name in columns]
    return [[row[place] for place in places] for row in found[1:]]


def text_of(rows: Sequence[Sequence[str]], resource: dict, ranks: Ranks) -> str:
    """A table as the text of its file: header, then the rows in their form and order.

    rows: cells in the order of the columns of `resource`; ranks: the place of each key in the tables that it refers
    to, by table (see `ranks_of`).
    """
    described = fields(resource)
    kinds = [column["type"] for column in described.values()]
    tidy = [[truth(text) if kind == "boolean" else cell(text, kind == "list")
             for text, kind in zip(row, kinds, strict=True)] for row in rows]
    if order_of(resource):
        tidy.sort(key=sort_key(resource, ranks))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([list(described), *tidy])
    return out.getvalue()


def order_of(resource: dict) -> list[str]:
    """The columns by which the rows of a table are sorted, the most important first."""
    return resource["schema"].get("order", resource["schema"]["primaryKey"])


def sorted_by(resource: dict) -> list[tuple[str, str, str]]:
    """(column, table, key there) for each column by which rows are sorted as those of another table are."""
    return [found for found in references(resource) if found[0] in order_of(resource)]


def sort_key(resource: dict, ranks: Ranks) -> Callable[[list[str]], tuple]:
    """What a row of a table is sorted by: each column of its order, then whatever else it says.

    A column that refers to another table sorts as that table does, one with categories in their order, and any other
    as text in which a running number counts by its value, and case does not count.
    """
    described, known = fields(resource), {}
    for column, table, _ in references(resource):
        known[column] = ranks.get(table, {})
    for name, said in described.items():
        if "categories" in said:
            known[name] = {category["value"]: place for place, category in enumerate(said["categories"])}
    # a whole number is sorted as a running one
    by = [(list(described).index(name), known.get(name, {}), ":" if described[name]["type"] == "integer" else "")
          for name in order_of(resource)]

    def key(row: list[str]) -> tuple:
        return *((places.get(row[at], len(places)), natural(mark + row[at])) for at, places, mark in by), row

    return key


def natural(text: str) -> tuple[str, int, str]:
    """Text for sorting: case does not count, and a running number after a colon counts by its value."""
    number = RUNNING_NUMBER.search(text) if ":" in text else None
    return (text[:number.start()].casefold(), len(number[1]), number[1]) if number else (text.casefold(), 0, "")


def ranks_of(package: dict, rows: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, dict[str, int]]:
    """The place of each key in every table that others refer to, by table and key.

    rows: those of each table that could be read. A table that others are sorted by is not sorted by a third one.
    """
    described = resources(package)
    targets = {(table, key) for resource in described.values() for _, table, key in sorted_by(resource)}
    found = {}
    for table, key in sorted(target for target in targets if target[0] in rows):
        text = text_of(rows[table], described[table], {})
        found[table] = {row[key]: place for place, row in enumerate(csv.DictReader(io.StringIO(text, newline="")))}
    return found


def tables_in_form(package: dict, data: Mapping[str, bytes]) -> dict[str, str]:
    """The text that each table's file has in its form, by table; those that cannot be read whole are left out.

    data: the bytes of the file of each table.
    """
    described = resources(package)
    return texts(package, {name: found for name, content in data.items()
                           if (found := rows_of(content, list(fields(described[name])))) is not None})


def texts(package: dict, rows: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, str]:
    """The text of each table's file, by table, from its rows: cells in the order of its columns."""
    described, ranks = resources(package), ranks_of(package, rows)
    return {name: text_of(found, described[name], ranks) for name, found in rows.items()}
