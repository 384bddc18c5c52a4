"""Whether the order of the rows of a file is known: a cell that nobody can read belongs in no place.

A file sorted by what cannot be read, or by names that are not there, would have its rows moved now and moved back when
that is put right: two long comparisons in which the edit cannot be seen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from ..checks import structure
from ..record import form
from ..record.package import fields
from ..record.problems import WHOLE_FILE, Problem, legible
from ..record.text import RawTable


def faulty_keys(table: RawTable, resource: dict) -> list[Problem]:
    """Cells by which the rows of a table are sorted and which are no date, name or value of their column."""
    order = form.order_of(resource)
    described = [field for name, field in fields(resource).items() if name in order]
    is_list = {field["name"]: field["type"] == "list" for field in described}
    # white space and loose letters are what the form puts right
    frame = table.frame[list(is_list)].apply(lambda cells: cells.map(
        lambda text: form.cell(text, is_list[cells.name]) or None, na_action="ignore"))
    part = replace(table, frame=frame)
    return sorted(structure.cell_problems(part, {**resource, "schema": {**resource["schema"], "fields": described}}))


def unsorted(described: Mapping[str, dict], raw: Mapping[str, RawTable], whole: set[str]) -> dict[str, Problem]:
    """Why nobody can say in what order the rows of a table belong, by its name; one cause is one problem for all.

    whole: the tables of which every row could be read.
    """
    causes = unreadable_order(described, raw, whole, whole)
    for name in sorted(whole - causes.keys()):
        if lost := _lost(raw[name], described[name], raw):
            causes[name] = _left(lost[0], [name], len(lost))
    return causes


def unreadable_order(described: Mapping[str, dict], raw: Mapping[str, RawTable], whole: set[str],
                     wanted: Collection[str]) -> dict[str, Problem]:
    """Those of `unsorted` that come of what cannot be read; wanted: the tables that are asked about."""
    causes: dict[str, Problem] = {}
    for name, resource in described.items():
        stuck = [other for other in described if other in wanted
                 and name in {other, *(table for _, table, _ in form.sorted_by(described[other]))}]
        if not stuck:
            continue
        if name not in whole:
            cause = Problem(raw[name].file, 1, WHOLE_FILE, "", "the file cannot be read whole", "put it right")
            causes |= dict.fromkeys(stuck, _left(cause, stuck))
        elif found := faulty_keys(raw[name], resource):
            causes |= dict.fromkeys(stuck, _left(found[0], stuck, len(found)))
    return causes


def _left(cause: Problem, names: list[str], number: int = 1) -> Problem:
    """The first of a number of causes, with the files that are sorted by what is wrong."""
    files = [f"{name}.csv" for name in names]
    words = f"{', '.join(files[:-1])} and {files[-1]}, which are" if len(files) > 1 else f"{files[0]}, which is"
    return replace(cause, rule=f"{cause.rule}{f' (and {number - 1:,} more)' * (number > 1)}, and {words} sorted by it, "
                   f"{'were left as they were' if len(files) > 1 else 'was left as it was'}",
                   fix=f"{cause.fix}, then run the command again")


def _lost(table: RawTable, resource: dict, raw: Mapping[str, RawTable]) -> list[Problem]:
    """Cells that name no row of the table by which their own is sorted."""
    found = []
    for column, target, key in form.sorted_by(resource):
        cells, known = table.frame[column].dropna().map(form.cell), set(raw[target].frame[key].dropna().map(form.cell))
        found += [Problem(table.file, int(line), column, name, f"'{legible(name)}' is not in {target}.csv",
                          "add it there or fix the name") for line, name in cells[~cells.isin(known)].items()]
    return found
