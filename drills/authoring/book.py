"""The record as authors see it: rows of text with the lines on which they stand, and new rows put into their places."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from ..checks.rows import Rows
from ..record import form, tables
from ..record.package import fields, references, resources
from ..record.problems import Problem, UnreadableData
from ..record.text import TEXT, RawTable
from .ordering import unreadable_order
from .writing import write_all

Row = Mapping[str, str]
WORLD = ("country_boxes",)


class Book:
    """Every table of a folder as text.

    rows: the rows of each table, blank cells as ''; lines: the line of each of them. Raises UnreadableData if a table
    cannot be read whole, since a new row would then be written into what nobody can read.
    """

    def __init__(self, data_dir: Path):
        self.package, raw = tables.read_all(data_dir)
        self._raw = raw
        self.described = resources(self.package)
        self.path = {name: data_dir / resource["path"] for name, resource in self.described.items()}
        if problems := [problem for table in raw.values() for problem in table.problems]:
            raise UnreadableData(problems)
        self.rows: dict[str, list[Row]] = {name: table.frame.fillna("").to_dict("records")
                                           for name, table in raw.items()}
        self.lines = {name: list(table.frame.index) for name, table in raw.items()}

    def columns(self, table: str) -> list[str]:
        """The columns of a table, in order."""
        return list(fields(self.described[table]))

    def find(self, table: str, **cells: str) -> Row:
        """The first row of a table with these cells; empty if there is none."""
        return next((row for row in self.rows[table] if all(row[name] == cells[name] for name in cells)), {})

    def where(self, table: str, row: Row) -> str:
        """File, line and text of a row that stands in a table."""
        place = next(at for at, other in enumerate(self.rows[table]) if other is row)
        return f"{self.path[table]}:{self.lines[table][place]}: {as_line(row)}"

    def reference(self, table: str, column: str) -> tuple[str, str] | None:
        """The table and column that a column refers to; None if it refers to none."""
        return next(((target, key) for name, target, key in references(self.described[table]) if name == column), None)

    def named(self, table: str) -> set[str]:
        """The keys of a table that rows of any table refer to."""
        return {name for other, resource in self.described.items() for column, target, _ in references(resource)
                if target == table for row in self.rows[other] for name in row[column].split(";")}

    def raw(self, table: str, cells: Row) -> RawTable:
        """One row as a table, for rules that take tables."""
        frame = pd.DataFrame({name: pd.array([cells.get(name) or None], dtype=TEXT) for name in self.columns(table)})
        return RawTable(table, table, frame, [])

    def alone(self, table: str, cells: Row, problems: list[Problem]) -> Rows:
        """One row as all that the record holds, for rules of one row; none if `problems` has something on it.

        The tables of the world, which such rules look up, are those of the record.
        """
        raw = {name: self.raw(name, {}) for name in self.described}
        for empty in raw.values():
            empty.frame = empty.frame.iloc[:0]
        raw |= {name: self._raw[name] for name in WORLD}
        return Rows(self.package, raw | {table: self.raw(table, cells)}, problems)

    def add(self, new: Iterable[tuple[str, Row]]) -> None:
        """Write new rows (table, cells) in their places; every file is written whole, in its form, or none is.

        Raises UnreadableData, with every file untouched, if it cannot be read where rows of these tables belong.
        """
        added: dict[str, list[list[str]]] = {}
        for table, cells in new:
            added.setdefault(table, []).append([cells.get(name, "") for name in self.columns(table)])
        if left := unreadable_order(self.described, self._raw, set(self._raw), added):
            raise UnreadableData(list(dict.fromkeys(left.values())))
        before = {table: path.read_bytes() for table, path in self.path.items()}
        rows: dict[str, list[list[str]]] = {}
        for table, data in before.items():
            if (found := form.rows_of(data, self.columns(table))) is None:
                raise ValueError(f"{self.path[table]} cannot be read")
            rows[table] = [*found, *added.get(table, [])]
        texts = form.texts(self.package, rows)
        write_all({self.path[table]: (before[table], texts[table].encode("utf-8")) for table in added})


def most(values: Iterable[str]) -> str:
    """The value that occurs most often, the first of several; blank values do not count; '' if there is none."""
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else ""


def as_line(row: Row) -> str:
    """A row as the line of a CSV file, without its end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row.values())
    return out.getvalue()
