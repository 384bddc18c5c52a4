"""What a release changes: every row that came, went or was corrected since the one before, and the number that fits.

The rule for the number is semantic versioning for data. Somebody's program or citation breaks when a key, a column or
a table goes: that is major. Something to find that was not there before is minor. A cell that was corrected is patch.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..record.states import Key, State, id_column
from ..record.version import Version
from ..wording import numbers
from .history import as_value
from .tombstones import Tombstones

KINDS = ("major", "minor", "patch")
# What a change means for whoever uses the data.
WEIGHTS = {"withdrawn": "major", "renamed": "major", "column_withdrawn": "major", "table_withdrawn": "major",
           "column_type": "major", "added": "minor", "column_added": "minor", "table_added": "minor",
           "corrected": "patch", "described": "patch"}
WORDS = {"added": "added", "corrected": "corrected", "renamed": "renamed", "withdrawn": "withdrawn"}
# What a source says is part of some keys, since the rows have no name: with another text the row is a corrected one.
SAID_IN_KEY = {"date_claims": "value", "facts": "text"}
# so many rows of a kind are named in the changelog
MOST_NAMED = 8
COLUMNS = ("table", "key", "change", "column", "before", "after")


@dataclass(frozen=True)
class RowChange:
    """One thing that a release changes: in a row, or in the description of a table.

    key: the row by its key, joined by "; ", blank for a whole table. change: one of WEIGHTS. cells: column, text before
    and text after.
    """

    table: str
    key: str
    change: str
    cells: tuple[tuple[str, str, str], ...] = ()


def compare(before: State, after: State, tombstones: Tombstones) -> list[RowChange]:
    """Everything that differs between two states, by table in the order of the later one, then by key."""
    found = [RowChange(table, "", "table_withdrawn") for table in before.described if table not in after.described]
    for table in after.described:
        if table not in before.described:
            found.append(RowChange(table, "", "table_added"))
            found += [RowChange(table, "; ".join(key), "added") for key in sorted(after.rows(table))]
        else:
            found += [*_columns(before, after, table), *_rows(before, after, table, tombstones)]
    return found


def _columns(before: State, after: State, table: str) -> Iterator[RowChange]:
    """Columns that came, went or are of another type, and a description that reads differently."""
    old, new = before.columns(table), after.columns(table)
    for name in [*new, *(name for name in old if name not in new)]:
        change = ("column_added" if name not in old else "column_withdrawn" if name not in new else
                  "column_type" if old[name] != new[name] else "")
        if change:
            yield RowChange(table, "", change, ((name, old.get(name, ""), new.get(name, "")),))
    if before.described[table] != after.described[table] and old == new:
        yield RowChange(table, "", "described")


def _rows(before: State, after: State, table: str, tombstones: Tombstones) -> Iterator[RowChange]:
    """Rows that came, went, or have another cell in a column that both states have."""
    old, new = before.rows(table), after.rows(table)
    was = _moved(old, new, before.key_of(table), SAID_IN_KEY.get(table, ""))
    shared = [name for name in after.columns(table) if name in before.columns(table)]
    for key in sorted({*old, *new}):
        words = "; ".join(key)
        if key not in new:
            if key not in was.values():
                stood = id_column(before.described[table]) and tombstones.now(table, key[0]) not in ("", key[0])
                yield RowChange(table, words, "renamed" if stood else "withdrawn",
                                (("became", key[0], tombstones.now(table, key[0])),) if stood else ())
        elif key not in old and key not in was:
            yield RowChange(table, words, "added")
        else:
            then, now = old[was.get(key, key)], new[key]
            cells = tuple((name, then[name], now[name]) for name in shared
                          if as_value(then[name]) != as_value(now[name]))
            if cells:
                yield RowChange(table, words, "corrected", cells)


def _moved(old: dict[Key, dict], new: dict[Key, dict], columns: list[str], said: str) -> dict[Key, Key]:
    """Rows whose key changed since it holds what a source says: the key of today to that of before."""
    if said not in columns:
        return {}
    place = columns.index(said)

    def rest(key: Key) -> Key:
        return key[:place] + key[place + 1:]

    gone: dict[Key, list[Key]] = {}
    for key in sorted(set(old) - set(new)):
        gone.setdefault(rest(key), []).append(key)
    return {key: gone[rest(key)].pop(0) for key in sorted(set(new) - set(old)) if gone.get(rest(key))}


def weight(changes: Iterable[RowChange]) -> str:
    """The least kind of release that the changes ask for: major, minor or patch; a change of code alone is a patch."""
    weights = {WEIGHTS[change.change] for change in changes}
    return next((kind for kind in KINDS if kind in weights), "patch")


def misfit(version: Version, before: Version, changes: list[RowChange]) -> str:
    """Why a version does not fit what has changed since another one, in a sentence; blank if it fits."""
    kind = weight(changes)
    fitting = [before.after(one) for one in KINDS[KINDS.index(kind)::-1]]
    if version in fitting:
        return ""
    because = [change for change in changes if WEIGHTS[change.change] == kind]
    ask = "asks" if len(because) == 1 else "ask"
    what = (f"{numbers.plural(len(because), 'change')} {ask} for a {kind} release, first {in_words(because[0])}"
            if because else "nothing but code has changed")
    return f"{version} does not fit after {before}: {what}; write {' or '.join(map(str, fitting))}"


def in_words(change: RowChange) -> str:
    """One change on a line: table, row and columns."""
    columns = ", ".join(name for name, _, _ in change.cells)
    said = change.change.replace("_", " ")
    return " ".join(filter(None, (f"{change.table}.csv", change.key, f"({columns})" if columns else "", said)))


def changelog(changes: list[RowChange]) -> list[str]:
    """One line for each table and kind of change, for people: how many rows and which, without the cells."""
    lines = []
    for table in dict.fromkeys(change.table for change in changes):
        own = [change for change in changes if change.table == table]
        said = [text for change in own if not change.key and (text := _of_table(change))]
        for kind, word in WORDS.items():
            if rows := [change for change in own if change.change == kind and change.key]:
                said.append(f"{numbers.count(len(rows))} {word} ({_named(rows)})")
        if said:
            lines.append(f"- `{table}`: {'; '.join(said)}.")
    return lines


def _of_table(change: RowChange) -> str:
    """A change of a whole table in words; blank for words that read differently."""
    name = f"column `{change.cells[0][0]}`" if change.cells else ""
    return {"table_added": "a new table", "table_withdrawn": "the table is withdrawn",
            "column_added": f"{name} added", "column_withdrawn": f"{name} withdrawn",
            "column_type": f"{name} is of another type"}.get(change.change, "")


def _named(rows: list[RowChange]) -> str:
    """The first rows of a kind by their keys, each with what it became or which cells differ, and how many follow."""
    said = []
    for row in rows[:MOST_NAMED]:
        more = (f", now `{row.cells[0][2]}`" if row.change == "renamed" else
                ": " + ", ".join(name for name, _, _ in row.cells) if row.cells else "")
        said.append(f"`{row.key}`{more}")
    left = len(rows) - MOST_NAMED
    return ", ".join(said) + (f" and {numbers.count(left)} more" if left > 0 else "")


def as_csv(changes: list[RowChange]) -> str:
    """Every change in full, one line for each cell that differs."""
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\n")
    written.writerow(COLUMNS)
    for change in changes:
        for cell in change.cells or (("", "", ""),):
            written.writerow((change.table, change.key, change.change, *cell))
    return text.getvalue()
