"""Slips of an editor, planted into a copy of the record: one fault to a row, so that each can be found again."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Rows = list[list[str]]


@dataclass(frozen=True)
class Fault:
    """What is wrong, and in which line of which table."""

    what: str
    table: str
    line: int


# what, table, column, what the cell becomes; every one in a row of its own
CELLS = (
    ("a number with a letter", "claims", "value_low", "10k"),
    ("a value that is not in the list", "claims", "qualifier", "roughly"),
    ("a required cell left blank", "claims", "claimant", ""),
    ("a source that is not there", "claims", "source_id", "no-such-page"),
    ("a scope in small letters", "claims", "scope", "all"),
    ("a number below its minimum", "claims", "value_high", "-5"),
    ("a date rewritten by a spreadsheet", "events", "start_date", "09.08.2021"),
    ("a latitude beyond the pole", "events", "latitude", "95.5"),
    ("a series that is not there", "events", "series", "peace-misson"),
    ("a whole that is not there", "events", "part_of", "2021-no-such-event"),
    ("an end before the start", "events", "end_date", "1990-01-01"),
    ("swapped coordinates", "events", "longitude", "-120"),
    ("a country code in small letters", "participants", "country", "rus"),
    ("a boolean left blank", "participants", "is_host", ""),
    ("a source in a list that is not there", "participants", "source_ids", "no-such-page"),
    ("an event that is not there", "facts", "event_id", "2021-no-such-event"),
    ("a day that the calendar has not", "date_claims", "value", "2021-02-30"),
    ("yes for a boolean", "sources", "is_copy", "yes"),
    ("white space before a name", "sources", "publisher", " TASS"),
    ("a link without its scheme", "sources", "url", "www.example.org/page"),
    ("a number with a thousands separator", "published_counts", "count_low", "1,020"),
)


def again(rows: Rows) -> int:
    """Enter a row a second time, at the end."""
    rows.append(list(rows[40]))
    return len(rows) - 1


def longer(rows: Rows) -> int:
    """A cell that holds a comma and lost its quotes."""
    rows[30].append("and more")
    return 30


def shorter(rows: Rows) -> int:
    """A row that lost its last cells."""
    del rows[30][-2:]
    return 30


def headless(rows: Rows) -> int:
    """A column that was deleted."""
    position = rows[0].index("kind")
    for row in rows:
        del row[position]
    return 0


# what, table, what happens to its rows; the function returns which row is wrong
ROWS: tuple[tuple[str, str, Callable[[Rows], int]], ...] = (
    ("a row entered twice", "claims", again),
    ("a row with a cell too many", "facts", longer),
    ("a row with cells too few", "date_claims", shorter),
    ("a column missing", "milestones", headless),
)
# what, table, what happens to the bytes of its last line
BYTES: tuple[tuple[str, str, Callable[[bytes], bytes]], ...] = (
    ("a quote never closed", "series", lambda line: line.replace(b",", b',"', 1)),
    ("bytes that are not UTF-8", "rulings", lambda line: line.replace(b",", b",\xe9", 1)),
)


def line_of(rows: Rows, position: int) -> int:
    """The line in an editor at which a row begins."""
    return 1 + sum(1 + sum(cell.count("\n") for cell in row) for row in rows[:position])


def free_row(rows: Rows, column: int, taken: set[int], value: str) -> int:
    """A row from the tenth on in which no fault was planted and which has a cell to spoil."""
    return next(n for n in range(10, len(rows)) if n not in taken | {30, 40} and rows[n][column] not in ("", value))


def plant(data: Path) -> list[Fault]:
    """Spoil the record in `data` and return every fault with its place."""
    tables = {path.stem: list(csv.reader(path.open(encoding="utf-8", newline=""))) for path in data.glob("*.csv")}
    places: list[tuple[str, str, int]] = []
    for what, table, column, value in CELLS:
        rows = tables[table]
        position = rows[0].index(column)
        row = free_row(rows, position, {n for _, name, n in places if name == table}, value)
        rows[row][position] = value
        places.append((what, table, row))
    places += [(what, table, spoil(tables[table])) for what, table, spoil in ROWS]
    places += [(what, table, len(tables[table]) - 1) for what, table, _ in BYTES]
    for name, rows in tables.items():
        with (data / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    for _, table, spoil in BYTES:
        path = data / f"{table}.csv"
        *lines, last = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join([*lines, spoil(last)]))
    return [Fault(what, table, line_of(tables[table], row)) for what, table, row in places]
