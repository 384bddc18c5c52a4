"""Whether each file stands in the one form (`record.form`), so that two versions differ by values alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..record import form
from ..record.package import resources
from ..record.problems import ROW, Problem
from ..record.text import RawTable

COMMAND = "run make fmt, which changes no value"


def check(package: dict, raw: dict[str, RawTable], problems: Iterable[Problem]) -> list[Problem]:
    """One problem for each file that `drills fmt` would write differently, at the first line that differs.

    A file in which something else is wrong, or one whose rows are sorted by such a file, is not asked: its form will
    follow when the rest is right.
    """
    wrong = {problem.file for problem in problems}
    described = resources(package)
    data = {name: Path(table.file).read_bytes() for name, table in raw.items()
            if table.is_read and table.file not in wrong and Path(table.file).is_file()}
    texts = form.tables_in_form(package, data)
    by = {name: {table for _, table, _ in form.sorted_by(described[name])} for name in texts}
    return [problem for name, text in texts.items() if by[name] <= texts.keys()
            for problem in difference(raw[name].file, data[name], text)]


def difference(file: str, data: bytes, text: str) -> list[Problem]:
    """What sets a file apart from its form, as a problem at the first line that differs; none if nothing does."""
    is_text, in_form = data.decode("utf-8"), text
    if is_text == in_form:
        return []
    old, new = is_text.splitlines(keepends=True), in_form.splitlines(keepends=True)
    line = next((place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
                min(len(old), len(new)))
    if "\r" in is_text:
        what = "its lines do not end as they should"
    elif sorted(old) == sorted(new):
        what = "its rows are out of order"
    else:
        what = "quotes, white space, composed letters or line ends differ"
    return [Problem(file, line + 1, ROW, "", f"from here on the file is not in its form: {what}", COMMAND)]
