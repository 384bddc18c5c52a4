"""Warnings: what may well be true and looks like a slip. A row of settled.csv says of one why it is no slip.

Each rule has the name under which settled.csv knows it, takes the sound rows of every table (`rows.Rows`) and yields
problems, as those of `subject` do; its fix says what to look up, and here the row is added that would settle it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial

from ..record.package import fields, resources
from ..record.problems import Problem, legible
from ..record.text import RawTable
from . import doubtful_dates, doubtful_events, doubtful_figures, doubtful_names
from .rows import Rows

RULES = {**doubtful_figures.RULES, **doubtful_dates.RULES, **doubtful_events.RULES, **doubtful_names.RULES}
SETTLED = "settled"
# stands for every row that holds the value: what is doubtful is a name, wherever it stands
ANY_ROW = "*"
BETWEEN_KEYS = " | "
Mark = tuple[str, str, str, str, str]


@dataclass
class Doubts:
    """The warnings among the rows that none of `problems` names; `raw` are the tables that `package` describes."""

    package: dict
    raw: dict[str, RawTable]
    problems: list[Problem]

    @cached_property
    def rows(self) -> Rows:
        return Rows(self.package, self.raw, self.problems)

    @cached_property
    def found(self) -> list[tuple[str, Problem]]:
        """Every warning with the name of its rule, settled or not, but those of rules that asked for a table of which
        a part could not be read: what they miss, or take for rare, may stand there."""
        if missing := RULES.keys() - known(self.package):
            raise KeyError(f"settled.csv knows no warning {', '.join(sorted(missing))}")
        found = []
        for name, rule in RULES.items():
            problems, asked = self.rows.watched(partial(self.rows.breaches, rule))
            if all(self.raw[table].is_whole for table in asked):
                found += [(name, problem) for problem in problems]
        return found

    def unsettled(self) -> list[Problem]:
        """The warnings that no row of settled.csv answers, each with the row that would; none while a part of that
        file, where the answer may stand, could not be read."""
        if not self.raw[SETTLED].is_whole:
            return []
        # a row that has a fault in its reason answers all the same
        answered = set(self.rows.read[SETTLED][["table", "row_key", "column", "warning", "value"]].itertuples(
            index=False, name=None))
        return [with_answer(problem, marks[0]) for name, problem in self.found
                if answered.isdisjoint(marks := marks_of(self.package, self.rows, name, problem))]

    def stale(self) -> list[Problem]:
        """Rows of settled.csv that answer no warning: the cell was fixed, or what it differed from."""
        if self.raw[SETTLED].frame.empty:
            return []  # nothing to look for
        given = {mark for name, problem in self.found for mark in marks_of(self.package, self.rows, name, problem)}
        return [self.rows.at(SETTLED, row.Index, "warning", row.warning, f"there is no such warning any more: "
                             f"{row.warning} of {legible(row.column)} '{legible(row.value)}' in "
                             f"{legible(row.table)}.csv, {legible(row.row_key)}", "delete the row, or fix it")
                for row in self.rows.settled.itertuples()
                if (row.table, row.row_key, row.column, row.warning, row.value) not in given]


def known(package: dict) -> set[str]:
    """The names of warnings that datapackage.json allows in settled.csv."""
    return {one["value"] for one in fields(resources(package)[SETTLED])["warning"]["categories"]}


def marks_of(package: dict, rows: Rows, name: str, problem: Problem) -> list[Mark]:
    """How settled.csv names a warning: for the one row, or first for all rows where a name is in doubt."""
    table = rows.table_of(problem.file)
    cells = rows.raw[table].frame.loc[problem.line]
    key = BETWEEN_KEYS.join(cells[resources(package)[table]["schema"]["primaryKey"]])
    row_keys = [ANY_ROW, key] if name in doubtful_names.RULES else [key]
    return [(table, row_key, problem.column, name, str(cells[problem.column])) for row_key in row_keys]


def with_answer(problem: Problem, mark: Mark) -> Problem:
    """A warning that says how to settle it."""
    return replace(problem, is_warning=True, fix=f"{problem.fix}, or say why it is right in a row of settled.csv "
                   f"that begins {','.join(map(quoted, mark))}")


def quoted(cell: str) -> str:
    """A cell as a CSV has it."""
    return '"{}"'.format(cell.replace('"', '""')) if set(cell) & set(',"\n\r') else cell
