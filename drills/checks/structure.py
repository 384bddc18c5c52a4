"""What datapackage.json demands of every cell, key and reference of data/.

The rules of one column are run by pandera, built from the field's descriptor; the messages are ours, so that
each names the mend. Nothing here knows a table or a column by name.
"""

from __future__ import annotations

import difflib
import re

import pandas as pd
import pandera.errors
import pandera.pandas as pa

from ..tables import Problem, RawTable, fields, legible, resources, type_problems

REQUIRED, CATEGORY, PATTERN, MINIMUM, MAXIMUM = "required", "category", "pattern", "minimum", "maximum"
SPREADSHEET_DATES = (
    r"[A-Za-z]{3,9}[- ][0-9]{2,4}", r"[0-9]{1,2}[- ][A-Za-z]{3,9}([- ][0-9]{2,4})?",
    r"[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}", r"[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}", r"[34][0-9]{4}",
)


def check(package: dict, raw: dict[str, RawTable]) -> list[Problem]:
    """Every breach of datapackage.json in tables that could be read."""
    described = resources(package)
    problems = []
    for name, table in raw.items():
        problems += cell_problems(table, described[name])
        problems += key_problems(table, described[name])
    for name in raw:
        problems += reference_problems(name, raw, described)
    return problems


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
            checks.append(pa.Check(
                lambda cells, compare=compare, bound=limits[rule]:
                compare(pd.to_numeric(cells, errors="coerce").fillna(bound), bound), error=rule))
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
    """What is wrong with a cell and how to mend it, in words."""
    shown, limits = legible(value), field.get("constraints", {})
    if rule == REQUIRED:
        return "the cell is blank", "every row needs a value here"
    if rule == CATEGORY:
        allowed = categories(field)
        near = difflib.get_close_matches(value, allowed, 1)
        return f"'{shown}' is not an allowed value", (f"did you mean '{near[0]}'?" if near else
                                                      f"use one of {', '.join(allowed)}")
    if rule in (MINIMUM, MAXIMUM):
        word = "least" if rule == MINIMUM else "most"
        return f"{shown} is out of range", f"the value is at {word} {limits[rule]}"
    if "YYYY" in field["description"]:
        if any(re.fullmatch(pattern, value) for pattern in SPREADSHEET_DATES):
            return (f"'{shown}' is a date rewritten by a spreadsheet",
                    "write it as YYYY-MM-DD, YYYY-MM or YYYY, and import the column as text")
        return f"'{shown}' is not a date", "write it as YYYY-MM-DD, YYYY-MM or YYYY"
    return f"'{shown}' does not have the form of this column", f"it has to match {limits['pattern']}"


def key_columns(resource: dict) -> list[list[str]]:
    """The primary key of a table and its columns that are unique in themselves."""
    unique = [[name] for name, field in fields(resource).items() if field.get("constraints", {}).get("unique")]
    key = resource["schema"]["primaryKey"]
    return unique if [*key] in unique else [*unique, [*key]]


def key_problems(table: RawTable, resource: dict) -> list[Problem]:
    """Rows whose key stands in an earlier row already."""
    problems = []
    for key in key_columns(resource):
        cells = table.frame[key]
        whole = cells.notna().all(axis=1)
        again = cells[whole & cells.duplicated()]
        first = {tuple(row): line for line, row in zip(cells.index[::-1], cells.to_numpy()[::-1], strict=True)}
        for line, row in zip(again.index, again.to_numpy(), strict=True):
            shown = legible(", ".join(row))
            problems.append(Problem(table.file, int(line), key[-1], shown,
                                    f"'{shown}' stands in line {first[tuple(row)]} already",
                                    "remove one of the two rows, or mend the one that is wrong"))
    return problems


def references(resource: dict) -> list[tuple[str, str, str]]:
    """(column, table, column there) for foreign keys and for lists that point to another table."""
    found = [(key["fields"][0], key["reference"]["resource"] or resource["name"], key["reference"]["fields"][0])
             for key in resource["schema"].get("foreignKeys", [])]
    return found + [(name, *field["references"].split(".")) for name, field in fields(resource).items()
                    if "references" in field]


def reference_problems(name: str, raw: dict[str, RawTable], described: dict[str, dict]) -> list[Problem]:
    """Cells that point to a row that is not there."""
    table, problems = raw[name], []
    for column, target, target_column in references(described[name]):
        if raw[target].frame.empty:
            continue
        known = set(raw[target].frame[target_column].dropna())
        cells = table.frame[column].dropna()
        if fields(described[name])[column]["type"] == "list":
            cells = cells.str.split(";").explode()
        for line, value in cells[~cells.isin(known)].items():
            problems.append(Problem(table.file, int(line), column, value,
                                    f"'{legible(value)}' is not in {target}.csv",
                                    nearest(value, known, target)))
    return problems


def nearest(value: str, known: set[str], target: str) -> str:
    """A suggestion for a name that is not known."""
    if value.strip() in known:
        return f"write '{value.strip()}' without white space"
    near = difflib.get_close_matches(value, sorted(known), 1, 0.75)
    return f"did you mean '{near[0]}'?" if near else f"add it to {target}.csv, or mend the name"


