"""Writers of the tables as CSV, JSON, Parquet, SQLite and Excel: bytes in memory, the same for the same tables.

Each takes tables as `drills.downloads.derived` has them and loses nothing: text stays text, blanks stay blank, lists
stay lists where the format has them. Nothing here knows where a file goes or what a table means.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterable
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from ..record import package
from ..record.text import MOST_IN_A_CELL, length
from .derived import Table, as_number

LIST_MARK = ";"
ARROW_TYPES = {"string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_(),
               "list": pa.list_(pa.string())}
SQLITE_TYPES = {"number": "REAL", "integer": "INTEGER", "boolean": "INTEGER"}
# What a workbook reads as something else: the code of a character, as which _x000D_ is a line end, and markup of runs.
REREAD = re.compile(r"_x[0-9a-fA-F]{4}_|<r>.*</r>", re.DOTALL)
# Where such a code is cut, so that no part of it is one.
CUTS = re.compile(r"(?<=_)(?=x[0-9a-fA-F]{4}_)|(?<=_x)(?=[0-9a-fA-F]{4}_)|(?<=^<)(?=r>)|(?<=^<r)(?=>)")
DICTIONARY = ("table", "column", "type", "unit", "description", "blank_means", "allowed_values")


def as_text(value: object) -> str | None:
    """A cell as the CSV files write it; None if blank."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return LIST_MARK.join(value) or None
    return None if value is None else str(as_number(value) if isinstance(value, float) else value)


def to_csv(table: Table) -> bytes:
    """The table in the dialect of the record: UTF-8, commas, header, line feeds."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([as_text(value) for value in row] for row in table.rows())
    return text.getvalue().encode("utf-8")


def to_json(table: Table) -> bytes:
    """A list of records, one on each line: blank is null, a list is an array (a blank one is empty)."""
    names = list(table.columns)
    lines = [json.dumps(dict(zip(names, map(as_number, row), strict=True)), ensure_ascii=False)
             for row in table.rows()]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def to_parquet(table: Table, about: dict[str, str]) -> bytes:
    """The table with the types of its descriptor; lists are list<string>, and columns carry their description."""
    fields = [pa.field(name, ARROW_TYPES.get(column["type"], pa.string()), metadata=_described(column))
              for name, column in table.columns.items()]
    schema = pa.schema(fields, metadata={**about, "table": table.resource["description"]})
    content = pa.table([pa.array(table.cells[field.name], type=field.type) for field in fields], schema=schema)
    sink = io.BytesIO()
    pq.write_table(content, sink, compression="snappy")
    return sink.getvalue()


def _described(column: dict) -> dict[str, str]:
    unit = column.get("unit")
    return {"description": column["description"], **({"unit": unit} if unit else {})}


def dictionary_rows(content: Iterable[Table]) -> list[tuple]:
    """One row for each column of each table, in the order of DICTIONARY."""
    return [(table.name, name, column["type"], column.get("unit"), column["description"],
             "\n".join(blank["label"] for blank in column.get("missingValues", [])) or None,
             "\n".join(f"{value['value']}: {value['label']}" for value in column.get("categories", [])) or None)
            for table in content for name, column in table.columns.items()]


def to_sqlite(content: list[Table], about: dict[str, str]) -> bytes:
    """A database with every table, its keys and references, and the tables `about` and `data_dictionary`.

    Booleans are 1 and 0, lists text joined by ;.
    """
    connection = sqlite3.connect(":memory:")
    with connection:
        for table in content:
            connection.execute(_create(table))
            _fill(connection, table.name, ([_sql_value(value) for value in row] for row in table.rows()),
                  len(table.columns))
        connection.execute('CREATE TABLE "about" ("name" TEXT PRIMARY KEY, "value" TEXT NOT NULL)')
        _fill(connection, "about", about.items(), 2)
        columns = ", ".join(f'"{name}" TEXT' for name in DICTIONARY)
        connection.execute(f'CREATE TABLE "data_dictionary" ({columns}, PRIMARY KEY ("table", "column"))')
        _fill(connection, "data_dictionary", dictionary_rows(content), len(DICTIONARY))
    data = connection.serialize()
    connection.close()
    return data


def _sql_value(value: object) -> object:
    return as_text(value) if isinstance(value, list) else value


def _fill(connection: sqlite3.Connection, name: str, rows: Iterable, width: int) -> None:
    connection.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * width)})', rows)


def _create(table: Table) -> str:
    """The statement that makes a table: types, what may not be blank, key, and references of single cells."""
    parts = []
    for name, column in table.columns.items():
        is_required = column.get("constraints", {}).get("required")
        parts.append(f'"{name}" {SQLITE_TYPES.get(column["type"], "TEXT")}{" NOT NULL" if is_required else ""}')
    key = ", ".join(f'"{name}"' for name in table.resource["schema"]["primaryKey"])
    parts.append(f"PRIMARY KEY ({key})")
    parts += [f'FOREIGN KEY ("{name}") REFERENCES "{target}" ("{there}")'
              for name, target, there in package.references(table.resource) if table.columns[name]["type"] != "list"]
    return f'CREATE TABLE "{table.name}" (' + ", ".join(parts) + ")"


def to_xlsx(content: list[Table], about: dict[str, str], created: datetime) -> bytes:
    """A workbook: the sheet `about`, a sheet for each table, the sheet `data_dictionary`.

    Text is written as text and formatted as text, so that nothing in it becomes a formula, a link, a date or a number.
    """
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    book.set_properties({"title": about["title"], "author": about["creator"], "created": created})
    sheets = [("about", ("name", "value"), about.items()),
              *((table.name, tuple(table.columns), table.rows()) for table in content),
              ("data_dictionary", DICTIONARY, dictionary_rows(content))]
    head, words = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@", "valign": "top"})
    for name, header, rows in sheets:
        _fill_sheet(book.add_worksheet(name), header, rows, head, words)
    book.close()
    return sink.getvalue()


def _fill_sheet(sheet, header: tuple[str, ...], rows: Iterable[tuple], head, words) -> None:
    """Write one sheet, its first row frozen."""
    widths = [len(name) for name in header]
    for position, name in enumerate(header):
        sheet.write_string(0, position, name, head)
    number = 0
    for number, row in enumerate(rows, start=1):
        for position, value in enumerate(row):
            widths[position] = max(widths[position], _write_cell(sheet, number, position, value, words))
    for position, width in enumerate(widths):
        sheet.set_column(position, position, min(width, 40) + 2)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, number, len(header) - 1)
    # no green corner on a year or a date that is text on purpose
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _write_cell(sheet, row: int, column: int, value: object, words) -> int:
    """Write one cell by its type and return the width of what was written; a blank cell is left empty."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
        return len("FALSE")
    if isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
        return len(str(value))
    text = as_text(value)
    if text is None:
        return 0
    if len(text) > MOST_IN_A_CELL // 2 and (long := length(text)) > MOST_IN_A_CELL:
        # xlsxwriter would leave the cell blank without a word
        raise ValueError(f"{sheet.get_name()}, row {row + 1}, column {column + 1}: a cell of a workbook has at most "
                         f"{MOST_IN_A_CELL:,} characters, this has {long:,}: {text[:60]}…; say it in fewer words")
    if REREAD.search(text):
        # xlsxwriter takes a text in <r> for markup of its own, and misses a code that shares a dash with the one before
        sheet.write_rich_string(row, column, *CUTS.split(text), words)
    else:
        # never write(), which guesses: it makes a formula of =…, a link of http://… and a number of 0012
        sheet.write_string(row, column, text, words)
    return len(text)
