"""Every rule of the record. `check` returns a list of Problem, sorted; an empty list means a sound record.

`record.tables` says whether a file can be read, `cells` what no cell may hold, `structure` what
datapackage.json demands of each cell, key and reference, `subject` what a record of joint exercises has to
satisfy beyond that, one module for each matter, and `form` that files are written in one way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pandas as pd

from ..record import days, tables
from ..record.problems import WHOLE_FILE, Problem, UnreadableData
from . import cells, form, released, structure, subject

TABLE_SUFFIXES = {".csv", ".tsv", ".xls", ".xlsx", ".ods", ".numbers"}
# a column that went wrong as a whole shows in its first cells; more would bury the other problems
MOST_OF_A_KIND = 25


def check(data_dir: Path = tables.DATA) -> list[Problem]:
    """Every problem of the record in `data_dir`, sorted by file, line and column.

    A row with a cell that is wrong in itself is left out of the rules that compare rows, so that one slip is
    reported once; the rules still run over everything else, so that all slips are reported together. Of more
    than MOST_OF_A_KIND problems of one kind in one column the last one says how many follow.
    """
    try:
        package, raw = tables.read_all(data_dir)
    except UnreadableData as error:
        return error.problems
    problems = unknown_files(Path(data_dir), package)
    problems += [problem for table in raw.values() for problem in table.problems]
    problems += not_yet_found([problem for table in raw.values() for problem in cells.check(table)], problems)
    problems += not_yet_found(structure.check(package, raw, problems), problems)
    problems += subject.check(package, raw, problems)
    problems += released.check(Path(data_dir), package, raw)
    problems += form.check(package, raw, problems)
    return shortened(sorted(set(problems)))


def not_yet_found(found: list[Problem], before: list[Problem]) -> list[Problem]:
    """Those of `found` whose cell is not among the problems found before: what is garbled has no right form either."""
    seen = {(problem.file, problem.line, problem.column) for problem in before}
    return [problem for problem in found if (problem.file, problem.line, problem.column) not in seen]


def unknown_files(data_dir: Path, package: dict) -> list[Problem]:
    """Catch a copy such as "claims (1).csv", in which somebody may have gone on writing."""
    known = {resource["path"] for resource in package["resources"]}
    return [Problem(str(path), 1, WHOLE_FILE, path.name, "the file is not in datapackage.json",
                           "move what is new in it to its table and delete it, or describe it there")
            for path in data_dir.iterdir() if path.suffix.lower() in TABLE_SUFFIXES and path.name not in known]


def shortened(problems: list[Problem]) -> list[Problem]:
    """Sorted problems, with all but the first MOST_OF_A_KIND of one kind in one column counted, not listed."""
    kinds = defaultdict(list)
    for problem in problems:
        # rules of one kind differ only in the names and numbers that they quote
        kinds[problem.file, problem.column, re.sub(r"'.*'|[0-9]+", "", problem.rule)].append(problem)
    short = []
    for same in kinds.values():
        kept, rest = same[:MOST_OF_A_KIND], len(same) - MOST_OF_A_KIND
        if rest > 0:
            kept[-1] = replace(kept[-1], rule=f"{kept[-1].rule} (and {rest:,} more like this below)")
        short += kept
    return sorted(short)


def summary(data_dir: Path = tables.DATA) -> str:
    """One line that says what a sound record holds."""
    events, claims, sources, rulings = (tables.read_columns(data_dir, table, *columns) for table, *columns in (
        ("events", "start_date", "tier"), ("claims", "claim_id"), ("sources", "published"), ("rulings", "ruling_id")))
    years = events["start_date"].str[:4]
    span = f" from {years.min()} to {years.max()}" if len(years) else ""
    newest = days.newest_day(sources["published"])
    until = f"; newest page of {newest:%Y-%m-%d}" if pd.notna(newest) else ""
    return (f"{len(events):,} events{span} ({(events['tier'] == 'core').sum():,} core), {len(claims):,} claims, "
            f"{len(sources):,} sources, {len(rulings):,} rulings{until}")
