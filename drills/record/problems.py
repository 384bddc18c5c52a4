"""A problem of the record: file, line, column, value, rule and fix."""

from __future__ import annotations

import re
from dataclasses import dataclass

WHOLE_FILE = "(file)"
HEADER = "(header)"
ROW = "(row)"
# so many characters of a cell are shown
MOST = 60


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in data/, or may be (`is_warning`): where it is, what is wrong and how to fix it."""

    file: str
    line: int
    column: str
    value: str
    rule: str
    fix: str
    is_warning: bool = False

    def __str__(self) -> str:
        weight = "warning: " if self.is_warning else ""
        return printable(f"{self.file}:{self.line}:{self.column}: {weight}{self.rule}; {self.fix}")


class UnreadableData(ValueError):
    """Raised by `load` when a table cannot be read; `problems` lists every reason."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def printable(text: str) -> str:
    """Text on one line: line breaks, controls and bytes that are not UTF-8 are written as escapes."""
    if text.isprintable():
        return text
    text = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)
    return re.sub(r"\\udc([89a-f][0-9a-f])", r"\\x\1", text)


def legible(value: str) -> str:
    """A cell as it is shown in a message: printable, and cut at MOST characters."""
    text = printable(value)
    return text if len(text) <= MOST else text[:MOST - 1] + "…"
