"""What datapackage.json demands of every cell, key and reference of data/.

The rules of one column are run by pandera, built from the field's descriptor; the messages are ours, so that
each names the fix. Nothing here knows a table or a column by name.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from ..record.package import fields, references, resources
from ..record.problems import Problem, legible
from ..record.text import RawTable
from ..record.types import TYPE_PATTERNS, type_problems

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


def check(package: dict, raw: dict[str, RawTable], known: list[Problem]) -> list[Problem]:
    """Every breach of datapackage.json in tables that could be read; `known` is what was found before."""
    described = resources(package)
    problems = []
    for name, table in raw.items():
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
        checks.append(pa.Check.str_matches(f"^(?:{limits['pattern']})$", error=PATTERN))
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
    shown, limits = legible(value), field.get("constraints", {})
    if rule == REQUIRED:
        return "the cell is blank", "every row needs a value here"
    if foreign := sorted({c for c in value if not c.isascii()}) if rule in (CATEGORY, PATTERN) else []:
        # a Cyrillic letter in a Latin word looks right
        shown = f"{shown}' with the foreign sign '{legible(''.join(foreign))}"
    if rule == CATEGORY:
        allowed = categories(field)
        near = difflib.get_close_matches(value.strip().lower().replace(" ", "_"), allowed, 1)
        return f"'{shown}' is not an allowed value", (f"did you mean '{near[0]}'?" if near else
                                                      f"use one of {', '.join(allowed)}")
    if rule in (MINIMUM, MAXIMUM):
        word = "least" if rule == MINIMUM else "most"
        return f"'{shown}' is out of range", f"the value is at {word} {limits[rule]}"
    if "YYYY" in field["description"]:
        if any(re.fullmatch(pattern, value) for pattern in SPREADSHEET_DATES):
            return (f"'{shown}' is a date rewritten by a spreadsheet",
                    "write it as YYYY-MM-DD, YYYY-MM or YYYY, and import the column as text")
        return f"'{shown}' is not a date", "write it as YYYY-MM-DD, YYYY-MM or YYYY"
    return f"'{shown}' does not have the form of this column", f"it has to match {limits['pattern']}"


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
            elif "itemPattern" in field and (wrong := next((item for item in items if not re.fullmatch(
                    field["itemPattern"], item)), "")):
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


def reference_problems(raw: dict[str, RawTable], described: dict[str, dict],
                       faults: list[Problem]) -> Iterator[Problem]:
    """Cells that point to a row that is not there, but for those that one of `faults` explains."""
    dangling: dict[tuple[str, str], dict[tuple[str, str], pd.Series]] = {}
    for name, table in raw.items():
        wrong = {(fault.line, fault.column) for fault in faults if fault.file == table.file}
        for column, target, key in references(described[name]):
            known = set(raw[target].frame[key].dropna()) | raw[target].strays
            cells = table.frame[column].dropna()
            cells = cells[[(line, column) not in wrong for line in cells.index]] if wrong else cells
            if fields(described[name])[column]["type"] == "list":
                cells = cells.str.split(";").explode()
            if raw[target].is_read and not (lost := cells[~cells.isin(known)]).empty:
                dangling.setdefault((target, key), {})[name, column] = lost
    for (target, key), found in dangling.items():
        # a key that is blank, misspelt or another row's leaves one name without its row; a row pasted twice does not
        copies = raw[target].frame.index[raw[target].frame.duplicated()]
        orphans = {fault.line for fault in faults if fault.file == raw[target].file
                   and fault.column == key and fault.line > 1}.difference(copies)
        if len(set(pd.concat(found.values()))) > len(orphans):
            for (name, column), lost in found.items():
                yield from explain_dangling(raw[name].file, column, lost, raw[target], key)


def explain_dangling(file: str, column: str, lost: pd.Series, target: RawTable, key: str) -> Iterator[Problem]:
    """A problem for each cell of `lost`, but one for all cells of a name, or all names, that went missing there."""
    names, known = lost.unique(), sorted(set(target.frame[key].dropna()))
    if len(names) > MOST_NAMES:
        yield Problem(file, int(lost.index[0]), column, names[0],
                      f"{len(names):,} names in this column are not in {target.name}.csv, the first is "
                      f"'{legible(names[0])}'", f"restore the rows of {target.name}.csv, or the names in this column")
        return
    for name, rows in lost.groupby(lost, sort=False):
        fix = nearest(name, known, target.name)
        more = f" ({len(rows) - 1} more rows below refer to it)" if len(rows) > MOST_ROWS else ""
        for line in rows.index[:1 if more else None]:
            yield Problem(file, int(line), column, name, f"'{legible(name)}' is not in {target.name}.csv{more}", fix)


def nearest(value: str, known: list[str], target: str) -> str:
    """A suggestion for a name that is not known."""
    near = difflib.get_close_matches(value.strip().lower(), known, 1, 0.75)
    return f"did you mean '{near[0]}'?" if near else f"add it to {target}.csv, or fix the name"
