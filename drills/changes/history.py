"""What was changed of each event's rows, read from the version history of the checkout with one call of git.

Knows the layout of the tables from data/datapackage.json alone; a checkout without git or history has no
changes to give.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .. import kept
from ..record import package, problems, tables

# One line before each commit, with a byte in front that no line of git's own begins with.
COMMIT = "\0"
LOG = ("log", "-p", "-U0", "--reverse", "--topo-order", "--no-color", "--no-renames", "--no-ext-diff", "--no-textconv",
       "--no-show-signature", "--inter-hunk-context=0", "--encoding=UTF-8", "--decorate-refs-exclude=*",
       "--format=%x00%H%x00%as%x00%D%x00%s", "--", ":(glob)*.csv")
HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
# What git says where nothing is wrong: a copy without a repository, one without a commit, a folder that is not there.
NO_HISTORY = ("not a git repository", "does not have any commits yet", "cannot change to")
# A whole number as some programs save it again.
AS_DECIMAL = re.compile(r"(-?\d+)\.0+")
# What git writes beside the first commit that a shallow clone holds: all rows seem to be new there.
CUT_OFF = "grafted"


@dataclass(frozen=True)
class Cell:
    """One cell that a commit changed: the row by its key, the column, and its text before and after.

    is_kept: whether the column stood in the table before and after.
    """

    row: str
    column: str
    before: str
    after: str
    is_kept: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class Change:
    """What one commit did to the rows of one event in one table.

    date: the author's day, YYYY-MM-DD. commit: the whole hash. subject: first line of its message. added, removed:
    numbers of rows; changed: number of rows that kept their key; cells: what was changed in these.
    """

    date: str
    commit: str
    subject: str
    table: str
    added: int
    changed: int
    removed: int
    cells: tuple[Cell, ...] = ()


@dataclass
class Diff:
    """One file in one commit: the lines that went and those that came, and whether the first line is among them."""

    table: str
    lines: dict[str, list[str]] = field(default_factory=lambda: {"-": [], "+": []})
    is_head: dict[str, bool] = field(default_factory=lambda: {"-": False, "+": False})


def histories(data_dir: Path) -> dict[str, list[Change]]:
    """The changes of the rows of each event, newest first, by event_id.

    data_dir: the folder of the record. Empty if there is no git, no repository or no commit that holds it; of a
    repository that git does not read its reason is given as a warning. In a shallow clone the first commit, which only
    seems to add every row, is left out.
    """
    try:
        keys = {name: list(resource["schema"]["primaryKey"]) for name, resource in
                package.resources(tables.read_package(Path(data_dir))).items()}
        done = subprocess.run(["git", "-C", str(data_dir), *LOG], capture_output=True, check=True,
                              env={**os.environ, "LC_ALL": "C"})
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode("utf-8", errors="replace").strip()
        if not any(words in reason for words in NO_HISTORY):
            warnings.warn(f"what changed in {data_dir} is not shown, since git says: {reason}", stacklevel=2)
        return {}
    except (OSError, problems.UnreadableData):
        return {}
    return kept.keep("histories", (keys, done.stdout), lambda: told(done.stdout, keys))


def told(log: bytes, keys: Mapping[str, list[str]]) -> dict[str, list[Change]]:
    """The changes of the rows of each event that the answer of git to LOG tells; keys: key columns by table."""
    found: defaultdict[str, list[Change]] = defaultdict(list)
    headers: dict[str, list[str]] = {}
    for commit, diffs in commits(log.decode("utf-8", errors="replace").split("\n")):
        for diff in diffs:
            rows = {sign: rows_of(diff, sign, headers) for sign in "-+"}
            if diff.table in keys and CUT_OFF not in commit[2].split(", "):
                for event_id, change in changes(commit, diff.table, rows, keys[diff.table]):
                    found[event_id].append(change)
    return {event_id: rows[::-1] for event_id, rows in sorted(found.items())}


def is_whole(data_dir: Path) -> bool:
    """Whether the folder lies in a checkout with all of its history."""
    try:
        done = subprocess.run(["git", "-C", str(data_dir), "rev-parse", "--is-shallow-repository"], capture_output=True,
                              check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return done.stdout.strip() == "false"


def commits(lines: list[str]) -> Iterator[tuple[tuple[str, ...], list[Diff]]]:
    """Each commit (hash, day, decoration, subject) with its files, in the order of the log."""
    commit: tuple[str, ...] | None = None
    diffs: list[Diff] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith(COMMIT):
            if commit:
                yield commit, diffs
            commit, diffs = tuple(line[1:].split(COMMIT, 3)), []
        elif line.startswith("diff --git "):
            # the new path ends the line, in quotes if it has strange letters
            diffs.append(Diff(Path(line.rstrip('"').rsplit("/", 1)[-1]).stem))
        elif (hunk := HUNK.match(line)) and diffs:
            at = _read_hunk(hunk, lines, at, diffs[-1])
    if commit:
        yield commit, diffs


def _read_hunk(hunk: re.Match, lines: list[str], at: int, diff: Diff) -> int:
    """Put the lines of a hunk, as many as its head says, into the diff; returns where it ends."""
    for sign, start, length in (("-", hunk[1], hunk[2]), ("+", hunk[3], hunk[4])):
        number = int(length or 1)
        diff.is_head[sign] |= start == "1" and number > 0
        diff.lines[sign] += [line[1:] for line in lines[at:at + number]]
        at += number
        # git says so where the last line of a file has no line end
        at += at < len(lines) and lines[at].startswith("\\")
    return at


def rows_of(diff: Diff, sign: str, headers: dict[str, list[str]]) -> list[dict[str, str]]:
    """The rows that went (-) or came (+) as dictionaries; a header among them is taken into `headers`.

    A row that does not fit under the header is left out: nobody can say whose it is.
    """
    try:
        rows = list(csv.reader(line.rstrip("\r") + "\n" for line in diff.lines[sign]))
    except csv.Error:
        return []
    if diff.is_head[sign] and rows:
        headers[diff.table] = [name.removeprefix("\ufeff") for name in rows.pop(0)]
    header = headers.get(diff.table, [])
    return [dict(zip(header, map(as_value, row), strict=True)) for row in rows if row and len(row) == len(header)]


def as_value(cell: str) -> str:
    """A cell by its value: 10.0 and 10 are one, so that a file saved again by another program shows no change."""
    return found[1] if (found := AS_DECIMAL.fullmatch(cell)) else cell


def changes(commit: tuple[str, ...], table: str, rows: dict[str, list[dict[str, str]]],
            key: list[str]) -> Iterator[tuple[str, Change]]:
    """What a commit did to each event in one table; a row that only moved is no change."""
    by_event: dict[str, defaultdict] = {sign: defaultdict(dict) for sign in "-+"}
    for sign, side in rows.items():
        for row in side:
            if "event_id" in row:
                by_event[sign][row["event_id"]][tuple(row.get(name, "") for name in key)] = row
    for event_id in sorted({*by_event["-"], *by_event["+"]}):
        before, after = by_event["-"][event_id], by_event["+"][event_id]
        both = [(name, before[name], after[name]) for name in after if before.get(name, after[name]) != after[name]]
        cells = tuple(cell for name, old, new in both for cell in changed_cells(name, event_id, old, new))
        change = Change(commit[1], commit[0], commit[3], table, len(after.keys() - before.keys()), len(both),
                        len(before.keys() - after.keys()), cells)
        if change.added or change.changed or change.removed:
            yield event_id, change


def changed_cells(key: tuple[str, ...], event_id: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Cell]:
    """What differs between two versions of a row, columns that came or went included; long cells are cut."""
    row = problems.legible(", ".join(part for part in key if part != event_id))
    for column in {**old, **new}:
        if old.get(column, "") != new.get(column, ""):
            yield Cell(row, column, problems.legible(old.get(column, "")), problems.legible(new.get(column, "")),
                       column in old and column in new)
