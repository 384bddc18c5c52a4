"""Every rule of the record. `check` returns a list of Problem, sorted; an empty list means a sound record.
`examine` gives the warnings too: what may be right and looks like a slip.

`record.tables` says whether a file can be read, `cells` what no cell may hold, `structure` what
datapackage.json demands of each cell, key and reference, `subject` what a record of joint exercises has to
satisfy beyond that, one module for each matter, `form` that files are written in one way; `doubts` runs the warnings.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from ..record import days, tables
from ..record.package import resources
from ..record.problems import WHOLE_FILE, Problem, UnreadableData
from ..record.text import RawTable
from . import cells, doubts, form, released, structure, subject

TABLE_SUFFIXES = {".csv", ".tsv", ".xls", ".xlsx", ".ods", ".numbers"}
# more problems of one kind in one column than these come of one edit that went over it
MOST_OF_A_KIND, HUNDREDS = 25, 200
# words of a rule, and the edit that likely made so many cells break it
CAUSES = (
    ("by a spreadsheet|separator|whole number with a point|how a number is written",
     "a spreadsheet or program seems to have rewritten the column"),
    ("UTF-8|another encoding|conversion", "the file seems to have been saved in another encoding"),
    ("cells, the header", "a separator or the quotes seem to have been lost"),
    ("stands in line|is described twice", "rows seem to have been pasted twice"),
    ("is blank", "the column seems to have been emptied or moved"),
    (r"is not in \w+\.csv", "the column seems to hold another's cells"),
    ("allowed value|form of this column|is not a", "the column seems to hold another's cells, or words of a program"),
)
CAUSE = "one edit seems to have gone over the whole column"


@dataclass
class Findings:
    """What is wrong in a record, and what looks wrong and no row of settled.csv answers; both sorted.

    Warnings are looked for when they are first asked for: who fixes an error need not wait for them.
    """

    errors: list[Problem]
    look: Callable[[], list[Problem]]

    @cached_property
    def warnings(self) -> list[Problem]:
        return self.look()


def check(data_dir: Path = tables.DATA) -> list[Problem]:
    """Every problem of the record in `data_dir`, sorted by file, line and column; warnings are left out."""
    return examine(data_dir).errors


def examine(data_dir: Path = tables.DATA) -> Findings:
    """Every problem and every warning of the record in `data_dir`.

    A row with a cell that is wrong in itself is left out of the rules that compare rows, so that one slip is
    reported once; the rules still run over everything else, so that all slips are reported together. Of more
    than MOST_OF_A_KIND problems of one kind in one column the last one shown says how many follow.
    """
    try:
        package, raw = tables.read_all(data_dir)
    except UnreadableData as error:
        return Findings(error.problems, list)
    problems = unknown_files(Path(data_dir), package)
    problems += [problem for table in raw.values() for problem in table.problems]
    sound = sound_before(package, raw)
    problems += not_yet_found([problem for name, table in raw.items() if name not in sound
                               for problem in cells.check(table)], problems)
    problems += not_yet_found(structure.check(package, raw, problems, sound), problems)
    remember(package, raw, problems)
    problems += subject.check(package, raw, problems)
    doubtful = doubts.Doubts(package, raw, list(problems))
    problems += released.check(Path(data_dir), package, raw)
    if not problems:
        # while anything else is wrong, what a row of settled.csv answers may stand where a rule does not look
        problems = doubtful.stale()
    problems += form.check(package, raw, problems)
    return Findings(shortened(sorted(set(problems))), lambda: shortened(sorted(set(doubtful.unsettled()))))


# tables, each by its bytes and its description, in which the rules of a single table found nothing in this process:
# who checks again after each edit waits for the edited ones alone
_sound: set[tuple[str, str]] = set()


def keys(package: dict, raw: dict[str, RawTable]) -> dict[str, tuple[str, str]]:
    """What decides whether a table is sound in itself, by the name of the table: its bytes and its description."""
    described = resources(package)
    return {name: (table.digest, json.dumps(described[name])) for name, table in raw.items()}


def sound_before(package: dict, raw: dict[str, RawTable]) -> set[str]:
    """The names of the tables that have been found sound before, as they are."""
    return {name for name, key in keys(package, raw).items() if key in _sound}


def remember(package: dict, raw: dict[str, RawTable], problems: list[Problem]) -> None:
    """Keep in mind which tables have no problem."""
    wrong = {problem.file for problem in problems}
    _sound.update(key for name, key in keys(package, raw).items() if raw[name].file not in wrong)


def entries(folder: Path) -> list[Path]:
    """What lies in a folder; nothing if it may not be listed, in which case what is described can still be read."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def not_yet_found(found: list[Problem], before: list[Problem]) -> list[Problem]:
    """Those of `found` whose cell is not among the problems found before: what is garbled has no right form either."""
    seen = {(problem.file, problem.line, problem.column) for problem in before}
    return [problem for problem in found if (problem.file, problem.line, problem.column) not in seen]


def unknown_files(data_dir: Path, package: dict) -> list[Problem]:
    """Catch a copy such as "claims (1).csv", in which somebody may have gone on writing."""
    known = {resource["path"] for resource in package["resources"]}
    return [Problem(str(path), 1, WHOLE_FILE, path.name, "the file is not in datapackage.json",
                           "move what is new in it to its table and delete it, or describe it there")
            for path in entries(data_dir) if path.suffix.lower() in TABLE_SUFFIXES and path.name not in known]


def shortened(problems: list[Problem]) -> list[Problem]:
    """Sorted problems; of more than MOST_OF_A_KIND of a kind in a column the first ones, with how many follow and why.

    Of hundreds the first alone: nobody goes through them one by one.
    """
    kinds = defaultdict(list)
    for problem in problems:
        # rules of one kind differ only in the names and numbers that they quote
        kinds[problem.file, problem.column, re.sub(r"'.*'|[0-9]+", "", problem.rule)].append(problem)
    short = []
    for same in kinds.values():
        kept = same[:1 if len(same) > HUNDREDS else MOST_OF_A_KIND]
        if (rest := len(same) - len(kept)) > 0:
            cause = next((cause for words, cause in CAUSES if re.search(words, kept[-1].rule)), CAUSE)
            kept[-1] = replace(kept[-1], rule=f"{kept[-1].rule} (and {rest:,} more like this below: {cause})")
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
    n_events, *others = (f"{len(rows):,} {word}{'s' * (len(rows) != 1)}" for word, rows in (
        ("event", events), ("claim", claims), ("source", sources), ("ruling", rulings)))
    return f"{n_events}{span} ({(events['tier'] == 'core').sum():,} core), {', '.join(others)}{until}"
