"""Cells as values: what a type allows, and the frame in its types."""

from __future__ import annotations

import re

import pandas as pd

from .package import fields
from .problems import Problem, legible
from .text import TEXT, RawTable

# fifteen digits are what a float64 holds exactly; a number is written in one way, so that the same looks the same
WHOLE = r"(?:0|[1-9][0-9]{0,14})"
TYPE_PATTERNS = {"integer": rf"(?!-0$)-?{WHOLE}", "number": rf"(?!-0(?:\.0*)?$)-?{WHOLE}(?:\.[0-9]{{1,15}})?",
                 "boolean": r"(?:true|false)"}
ODDLY_WRITTEN = re.compile(r"([+-]?)0*([0-9]*)(\.[0-9]*)?")
POINT_BETWEEN_THOUSANDS = r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})*\.[0-9]{2}0"


def type_problems(table: RawTable, resource: dict) -> list[Problem]:
    """Cells that are not of the type of their column."""
    problems = []
    for name, column in fields(resource).items():
        pattern = TYPE_PATTERNS.get(column["type"])
        if pattern is None:
            continue
        cells = table.frame[name].dropna()
        is_wrong = ~cells.str.fullmatch(pattern)
        if column["type"] == "number":
            is_wrong |= cells.str.fullmatch(POINT_BETWEEN_THOUSANDS)
        for line, value in cells[is_wrong].items():
            problems.append(Problem(table.file, int(line), name, value, *wrong_type(value, column["type"])))
    return problems


def wrong_type(value: str, kind: str) -> tuple[str, str]:
    """What is wrong with a cell that is no number or boolean, and the fix."""
    shown = legible(value)
    if kind == "boolean":
        if (small := value.lower()) in ("true", "false"):
            return (f"'{shown}' is {small} rewritten by a spreadsheet",
                    f"write {small}, or run make fmt, which does so in the whole column")
        return f"'{shown}' is not a boolean", "write true or false"
    if re.fullmatch(POINT_BETWEEN_THOUSANDS, value):
        return (f"'{shown}' may have a point between thousands",
                f"write {value.replace('.', '')}, or {value.rstrip('0').rstrip('.')} if it is a decimal point")
    if (odd := ODDLY_WRITTEN.fullmatch(value)) and len(odd[2]) < 16 and re.search("[0-9]", value) and not (
            kind == "integer" and odd[3]):
        sign, whole, rest = "-" * (odd[1] == "-"), odd[2] or "0", (odd[3] or "").rstrip(".")
        is_zero = not re.search("[1-9]", whole + rest)
        return f"'{shown}' is not how a number is written here", f"write {'0' if is_zero else sign + whole + rest}"
    plain = re.sub(r"(?<=[0-9])[ ,\u00a0\u2009\u202f'’_](?=[0-9]{3}(?![0-9]))", "", value)
    if plain != value and re.fullmatch(TYPE_PATTERNS[kind], plain):
        return f"'{shown}' has a thousands separator", f"write {plain}"
    if re.fullmatch(r"[0-9.,]+[eE][+-]?[0-9]+", value):
        return (f"'{shown}' is a number rewritten by a spreadsheet",
                "write all its digits, and import the column as text")
    if re.fullmatch(r"[0-9]{16,}(\.[0-9]*)?", value):
        return f"'{shown}' has more digits than a figure can have", "write the figure of the source"
    if re.fullmatch(r"[<>~≈≥≤]?\s*[0-9][0-9.]*\s*[^\W\d_%+][\w%+.\s]*|[<>~≈≥≤]\s*[0-9.]+|[0-9.]+\s*[%+]+", plain):
        return (f"'{shown}' is not a plain number", "write digits only: a unit belongs to the measure, "
                "'more than' to the qualifier, a k is three zeros")
    return f"'{shown}' is not a number", "write digits, with a point for decimals, or leave the cell blank"


def typed(frame: pd.DataFrame, resource: dict) -> pd.DataFrame:
    """A text frame with each column in its type, lines dropped from the index."""
    columns = {}
    for name, column in fields(resource).items():
        cells = frame[name]
        if column["type"] in ("integer", "number"):
            columns[name] = pd.to_numeric(cells).astype("float64")
        elif column["type"] == "boolean":
            columns[name] = cells == "true"
        elif column["type"] == "list":
            columns[name] = split_lists(cells)
        else:
            columns[name] = cells.astype(TEXT)
    return pd.DataFrame(columns).reset_index(drop=True)


def split_lists(cells: pd.Series) -> pd.Series:
    """Lists joined by ';' as tuples of strings, blank as the empty tuple."""
    return pd.Series([tuple(cell.split(";")) if isinstance(cell, str) else () for cell in cells],
                     index=cells.index, dtype=object)
