"""Every rule of the record. `check` returns a list of Problem, sorted; an empty list means a sound record.

Three rooms: `drills.tables` says whether a file can be read, `structure` what datapackage.json demands of
each cell, key and reference, `subject` what a record of joint exercises has to satisfy beyond that.
"""

from __future__ import annotations

from pathlib import Path

from .. import tables
from . import structure, subject


def check(data_dir: Path = tables.DATA) -> list[tables.Problem]:
    """Every problem of the record in `data_dir`, sorted by file, line and column.

    A row with a cell that is wrong in itself is left out of the rules that compare rows, so that one slip is
    reported once; the rules still run over everything else, so that all slips are reported together.
    """
    try:
        package, raw = tables.read_all(data_dir)
    except tables.UnreadableData as error:
        return error.problems
    problems = [problem for table in raw.values() for problem in table.problems]
    problems += structure.check(package, raw)
    problems += subject.check(package, raw, problems)
    return sorted(set(problems))


def summary(data_dir: Path = tables.DATA) -> str:
    """One line that says what a sound record holds."""
    record = tables.load(data_dir)
    years = record.events["start_date"].str[:4]
    core = (record.events["tier"] == "core").sum()
    return (f"{len(record.events)} events from {years.min()} to {years.max()} ({core} core), "
            f"{len(record.claims):,} claims, {len(record.sources):,} sources, "
            f"{len(record.rulings)} rulings; newest page of {record.as_of:%Y-%m-%d}")
