"""What datapackage.json demands of every cell, key and reference of data/.

The rules of one column are run by pandera, built from the field's descriptor; the messages are ours, so that
each names the fix. Nothing here knows a table or a column by name, but withdrawn.csv, which says what became of a name.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from .. import lean
from ..record.nearness import question, suggestions
from ..record.package import fields, references, resources
from ..record.problems import Problem, legible
from ..record.profile import matcher
from ..record.text import RawTable
from ..record.types import TYPE_PATTERNS, type_problems
from . import withdrawn

with lean.without("hypothesis"):
    # loaded at the first check otherwise, and with it what makes examples of a schema, if that is installed
    import pandera.backends.pandas.builtin_checks

REQUIRED, CATEGORY, PATTERN, MINIMUM, MAXIMUM = "required", "category", "pattern", "minimum", "maximum"
SPREADSHEET_DATES = (
    r"[A-Za-z]{3,9}[- ][0-9]{2,4}", r"[0-9]{1,2}[- ][A-Za-z]{3,9}([- ][0-9]{2,4})?",
    r"[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}", r"[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}", r"[34][0-9]{4}",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]+Z?", r"[0-9]{4}\.0",
)
# more names than these are not typed wrong one by one: rows or a column went missing
MOST_NAMES = 20
# a name that fails in more rows than these was changed where it stands, not typed wrong in each
MOST_ROWS = 3
# so many rows that nobody refers to are a sign that their names changed, and names so alike are the same
MOST_LEFT_OVER, ALIKE = 3, 0.6


def check(package: dict, raw: dict[str, RawTable], known: list[Problem], sound: set[str]) -> list[Problem]:
    """Every breach of datapackage.json in tables that could be read; `known` is what was found before.

    sound: the tables whose cells, lists and keys are known to be sound, of which only the references are asked.
    """
    described = resources(package)
    problems = []
    for name, table in raw.items():
        if name in sound:
            continue
        problems += [*cell_problems(table, described[name]), *list_problems(table, described[name]),
                     *key_problems(table, described[name])]
    # a key that is wrong in itself explains the references to it that find nothing
    return [*problems, *reference_problems(raw, described, [*known, *problems])]


def categories(field: dict) -> list[str]:
    """The values that a column may take, if it is bound to a list."""
    return [category["value"] for category in field.get("categories", [])]


def column_schema(field: dict) -> pa.Column:
    """A field descriptor as a pandera column over text cells."""
    limits = field.get("constraints", {})
    checks = []
    if field.get("categories"):
        checks.append(pa.Check.isin(categories(field), error=CATEGORY))
    if "pattern" in limits:
        match = matcher(limits["pattern"]).isinstance_python
        checks.append(pa.Check(lambda cells, match=match: cells.isin([cell for cell in cells.unique() if match(cell)]),
                               error=PATTERN))
    for rule, compare in ((MINIMUM, pd.Series.ge), (MAXIMUM, pd.Series.le)):
        if rule in limits:
            # a cell that is no number has been reported as such
            checks.append(pa.Check(
                lambda cells, compare=compare, bound=limits[rule]: compare(
                    pd.to_numeric(cells.where(cells.str.fullmatch(TYPE_PATTERNS["number"]))).fillna(bound), bound),
                error=rule))
    return pa.Column(nullable=not limits.get("required", False), checks=checks)


def cell_problems(table: RawTable, resource: dict) -> list[Problem]:
    """Cells that break a constraint of their own column."""
    described = fields(resource)
    schema = pa.DataFrameSchema({name: column_schema(field) for name, field in described.items()})
    problems = type_problems(table, resource)
    try:
        schema.validate(table.frame, lazy=True)
    except pandera.errors.SchemaErrors as failures:
        for failure in failures.failure_cases.itertuples():
            field = described[failure.column]
            value = failure.failure_case if isinstance(failure.failure_case, str) else ""
            rule = REQUIRED if failure.check == "not_nullable" else failure.check
            problems.append(Problem(table.file, int(failure.index), failure.column, value,
                                    *explain(rule, value, field)))
    return problems


def explain(rule: str, value: str, field: dict) -> tuple[str, str]:
    """What is wrong with a cell and how to fix it, in words."""
    shown = legible(value)
    if rule == REQUIRED:
        return "the cell is blank", "every row needs a value here"
    if foreign := sorted({c for c in value if not c.isascii()}):
        # a Cyrillic letter in a Latin word looks right
        shown = f"{shown}' with the foreign sign '{legible(''.join(foreign))}"
    if rule == CATEGORY:
        allowed = categories(field)
        near = suggestions(value, allowed)
        return f"'{shown}' is not an allowed value", question(near) if near else f"use one of {', '.join(allowed)}"
    if rule in (MINIMUM, MAXIMUM):
        word = "least" if rule == MINIMUM else "most"
        return f"'{shown}' is out of range", f"the value is at {word} {field['constraints'][rule]}"
    if "YYYY" in field["description"]:
        if any(re.fullmatch(pattern, value) for pattern in SPREADSHEET_DATES):
            return (f"'{shown}' is a date rewritten by a spreadsheet",
                    "write it as YYYY-MM-DD, YYYY-MM or YYYY, and import the column as text")
        return f"'{shown}' is not a date", "write it as YYYY-MM-DD, YYYY-MM or YYYY"
    return f"'{shown}' does not have the form of this column", f"it has to match {field['constraints']['pattern']}"


def list_problems(table: RawTable, resource: dict) -> list[Problem]:
    """Lists with an item that is empty, stands twice or is no allowed one, or with another separator than ;."""
    problems = []
    for name, field in fields(resource).items():
        for line, value in table.frame[name].dropna().items() if field["type"] == "list" else ():
            items = value.split(";")
            if "" in map(str.strip, items):
                fault = ("has an empty item", "remove the surplus semicolon")
            elif any(item != item.strip() for item in items):
                fault = ("has white space round an item", "remove it")
            elif len(set(items)) < len(items):
                fault = ("has an item twice", "remove one")
            elif "references" in field and "," in value:
                fault = ("is joined by commas", "join the items with semicolons")
            elif "itemPattern" in field and (wrong := next((item for item in items if not matcher(
                    field["itemPattern"]).isinstance_python(item)), "")):
                fault = (f"holds '{legible(wrong)}'", f"use {', '.join(field['itemPattern'].split('|'))}")
            else:
                continue
            problems.append(Problem(table.file, int(line), name, value, f"the list '{legible(value)}' {fault[0]}",
                                    fault[1]))
    return problems


def key_problems(table: RawTable, resource: dict) -> list[Problem]:
    """Rows whose key stands in an earlier row already."""
    key = resource["schema"]["primaryKey"]
    cells = table.frame[key].dropna()
    again = cells[cells.duplicated()]
    if again.empty:
        return []
    first = {row: line for line, row in zip(cells.index[::-1], map(tuple, cells.to_numpy()[::-1]), strict=True)}
    return [Problem(table.file, int(line), key[-1], shown, f"'{shown}' stands in line {first[row]} already",
                    "remove one of the two rows, or fix the one that is wrong")
            for line, row in zip(again.index, map(tuple, again.to_numpy()), strict=True)
            if (shown := legible(", ".join(row)))]


def names(table: RawTable, column: str, is_list: bool = False) -> pd.Series:
    """What stands in the cells of a column that are not blank, of lists each item. Made once of each table."""
    key = ("names", column, is_list)
    if key not in table.made:
        cells = table.frame[column].dropna()
        table.made[key] = cells.str.split(";").explode() if is_list else cells
    return table.made[key]


def reference_problems(raw: dict[str, RawTable], described: dict[str, dict],
                       faults: list[Problem]) -> Iterator[Problem]:
    """Cells that point to a row that is not there, but for those that one of `faults` explains."""
    dangling: dict[tuple[str, str], dict[tuple[str, str], pd.Series]] = {}
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, table in raw.items():
        wrong = {(fault.line, fault.column) for fault in faults if fault.file == table.file}
        for column, target, key in references(described[name]):
            known = set(names(raw[target], key)) | raw[target].strays
            cells = names(table, column, fields(described[name])[column]["type"] == "list")
            cells = cells[[(line, column) not in wrong for line in cells.index]] if wrong else cells
            named[target, key].update(cells)
            if raw[target].is_read and not (lost := cells[~cells.isin(known)]).empty:
                dangling.setdefault((target, key), {})[name, column] = lost
    for (target, key), found in dangling.items():
        # a key that is blank, misspelt or another row's leaves one name without its row; a row pasted twice does not
        copies = raw[target].frame.index[raw[target].frame.duplicated()]
        orphans = {fault.line for fault in faults if fault.file == raw[target].file
                   and fault.column == key and fault.line > 1}.difference(copies)
        if len(set(pd.concat(found.values()))) > len(orphans):
            yield from explain_dangling(raw, found, Target(raw[target], key, named[target, key]))


@dataclass(frozen=True)
class Target:
    """The column of a table to which others refer, and the names by which they do."""

    table: RawTable
    key: str
    named: set[str]

    def left_over(self) -> dict[str, int]:
        """The names that no row of any table uses, each with its line; none where that is nothing unusual."""
        keys = self.table.frame[self.key].dropna()
        unused = keys[~keys.isin(self.named)]
        return {name: int(line) for line, name in unused.items()} if len(unused) <= MOST_LEFT_OVER else {}


def explain_dangling(raw: dict[str, RawTable], found: dict[tuple[str, str], pd.Series],
                     target: Target) -> Iterator[Problem]:
    """A problem for each cell that names no row of `target`, but one for a renamed row or for rows that are gone."""
    gone = withdrawn.fates(raw["withdrawn"].frame, target.table.name) if "withdrawn" in raw else {}
    lost = pd.concat(found.values())
    lost = lost[~lost.isin(gone.keys())]
    renamed = renamed_rows(lost, target)
    for old, new in renamed.items():
        files = sorted({f"{table}.csv" for (table, _), cells in found.items() if old in set(cells)})
        yield renamed_row(target, old, new, (lost == old).sum(), files)
    for (table, column), cells in found.items():
        taken_out = withdrawn.TAKEN_OUT.get((table, column), "")
        for line, name in cells[cells.isin(gone.keys())].items():
            change, became = gone[name]
            yield Problem(raw[table].file, int(line), column, name,
                          f"'{legible(name)}' was {change} and is not in {target.table.name}.csv",
                          f"write '{became}', which it became" if became else taken_out or "take the name out")
        yield from explain_column(raw[table].file, column,
                                  cells[~cells.isin({*renamed, *gone})], target, taken_out)


def renamed_row(target: Target, old: str, new: str, number: int, files: list[str]) -> Problem:
    """The row that got a new name while a number of rows in other files still use the old one."""
    return Problem(target.table.file, target.left_over()[new], target.key, new,
                   f"no row names '{legible(new)}', and {number:,} rows in {', '.join(files)} still name "
                   f"'{legible(old)}'", "restore the old name here, or write the new one in all of them")


def renamed_rows(lost: pd.Series, target: Target) -> dict[str, str]:
    """Names that several rows still use, each with the row that seems to have got a new name: one that nobody uses."""
    unused = target.left_over()
    renamed: dict[str, str] = {}
    for old, number in lost.value_counts().items():
        near = difflib.get_close_matches(old, unused.keys() - renamed.values(), 1, 0 if len(unused) == 1 else ALIKE)
        if number > 1 and near:
            renamed[old] = near[0]
    return renamed


def explain_column(file: str, column: str, lost: pd.Series, target: Target, taken_out: str) -> Iterator[Problem]:
    """A problem for each cell of `lost`, but one for all cells of a name, or for all names of a column.

    taken_out: what to do with the cell if the row that it names was withdrawn, '' where that is plain.
    """
    names, known = lost.unique(), set(target.table.frame[target.key].dropna())
    if len(names) > MOST_NAMES:
        yield Problem(file, int(lost.index[0]), column, names[0],
                      f"{len(names):,} names in this column are not in {target.table.name}.csv, the first is "
                      f"'{legible(names[0])}'",
                      f"restore the rows of {target.table.name}.csv, or the names in this column")
        return
    for name, rows in lost.groupby(lost):
        # of names that differ in a number the one that nobody uses is the likely one
        near = suggestions(name, known) or difflib.get_close_matches(name, target.left_over(), MOST_LEFT_OVER, ALIKE)
        fix = question(near) if near else f"add it to {target.table.name}.csv, or fix the name"
        fix += f"{' Or' if near else ', or'}, if it is withdrawn, {taken_out}" if taken_out else ""
        more = f" ({len(rows) - 1} more rows below refer to it)" if len(rows) > MOST_ROWS else ""
        for line in rows.index[:1 if more else None]:
            yield Problem(file, int(line), column, name, f"'{legible(name)}' is not in {target.table.name}.csv{more}",
                          fix)
