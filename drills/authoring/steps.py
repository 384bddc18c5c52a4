"""How a new row is filled in: step by step, from what is given, what can be derived and what the author answers."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..checks import cells as cell_rules
from ..checks import structure, subject
from ..record import form
from ..record.package import fields
from ..record.problems import legible, printable
from .book import Book

Given = dict[str, str]


@dataclass(frozen=True)
class Step:
    """One cell of a new row, or one thing to ask that is no column.

    column: its name; propose: what it is likely to be, from the cells settled before ('' if nothing is known);
    words: what is asked where it is no column; is_needed: whether it is a question at all after the cells before;
    is_asked: whether an author at a terminal is asked, or the proposal stands; read: takes what is no cell but says
    several, and raises ValueError with what to write if it does not; cells: what it says for rows of other tables, as
    (table, column, cell), each of which has to be able to stand there.
    """

    column: str
    propose: Callable[[Given, Book], str] = lambda cells, book: ""
    words: str = ""
    is_needed: Callable[[Given], bool] = lambda cells: True
    is_asked: bool = True
    read: Callable[[str], object] | None = None
    cells: Callable[[str], Iterable[tuple[str, str, str]]] = lambda value: ()

    def misread(self, value: str, book: Book) -> list[str]:
        """What is wrong with an answer that says several cells, a line for each; none if it can be read."""
        try:
            if self.read is not None:
                self.read(value)
        except ValueError as error:
            return [f"{self.option}: {error}"]
        return list(dict.fromkeys(
            fault.replace(Step(column).option, self.option, 1) for table, column, cell in self.cells(value)
            for fault in faults_of(table, {column: cell}, [column], book, is_part=True)))

    @property
    def option(self) -> str:
        """The option of the command that gives the cell."""
        return f"--{self.column.replace('_', '-')}"


class Misread(ValueError):
    """What was given for several cells at once cannot be read; says what to write."""


def described(step: Step, table: str, book: Book) -> str:
    """What a step asks, with the values that are allowed."""
    field = fields(book.described[table]).get(step.column, {})
    allowed = structure.categories(field)
    return (step.words or field["description"]) + (f" One of {', '.join(allowed)}." if allowed else "")


def settle(steps: tuple[Step, ...], table: str, given: Mapping[str, str], book: Book,
           ask: Callable[[str], str] | None) -> Given:
    """The cells of a new row of a table: those given, else answered, else derived.

    ask: takes a question and returns the answer, an empty one for the proposal; None where nobody can be asked.
    Raises Misread if something given cannot be read.
    """
    cells: Given = {}
    for step in steps:
        if step.column in given:
            cells[step.column] = tidy(given[step.column], table, step.column, book)
            if faults := step.misread(cells[step.column], book):
                raise Misread("\n".join(faults))
        elif not step.is_needed(cells):
            cells[step.column] = ""
        else:
            proposal = step.propose(cells, book)
            cells[step.column] = proposal if ask is None or not step.is_asked else _answer(
                step, table, cells, proposal, book, ask)
    return cells


def tidy(value: str, table: str, column: str, book: Book) -> str:
    """A value as it is written into its cell."""
    return form.cell(value, fields(book.described[table]).get(column, {}).get("type") == "list")


def _answer(step: Step, table: str, cells: Given, proposal: str, book: Book, ask: Callable[[str], str]) -> str:
    """Ask until the answer can stand in the cell; an empty answer takes the proposal, a dash leaves the cell blank."""
    question = f"\n{step.column}: {described(step, table, book)}\n{f'[{printable(proposal)}] ' if proposal else ''}> "
    while True:
        answer = ask(question).strip()
        value = tidy("" if answer == "-" else answer or proposal, table, step.column, book)
        faults = step.misread(value, book) or faults_of(table, cells | {step.column: value}, [step.column], book)
        if not faults:
            return value
        question = "\n".join(faults) + "\n> "


def faults_of(table: str, cells: Given, columns: list[str], book: Book, is_part: bool = False) -> list[str]:
    """What keeps cells of a new row from being written, each as `--option: what is wrong; what to write instead`.

    is_part: the other cells of the row are not known yet, and no fault that they are blank.
    """
    row, resource = book.raw(table, cells), book.described[table]
    found = [*structure.cell_problems(row, resource), *structure.list_problems(row, resource), *cell_rules.check(row)]
    found = [problem for problem in found if not is_part or problem.column in columns]
    alone = book.alone(table, cells, found)
    found += [problem for rule in subject.RULES_OF_ONE_ROW for problem in rule(alone)]
    faults = {problem.column: f"{Step(problem.column).option}: {printable(problem.rule)}; {problem.fix}"
              for problem in reversed(found) if problem.column in columns}
    for column in columns:
        if column not in faults and (fault := _dangling(table, column, cells.get(column, ""), book)):
            faults[column] = f"{Step(column).option}: {fault}"
    return [faults[column] for column in columns if column in faults]


def _dangling(table: str, column: str, value: str, book: Book) -> str:
    """What is wrong with a cell that names a row which is not there; '' if it is there or the column names none."""
    target = book.reference(table, column)
    if target is None or not value:
        return ""
    known = {row[target[1]] for row in book.rows[target[0]]}
    lost = next((name for name in value.split(";") if name not in known), None)
    if lost is None:
        return ""
    near = difflib.get_close_matches(lost.lower(), sorted(known), 3, 0.75)
    command = {"sources": "python -m drills new source", "events": "python -m drills new event"}.get(target[0])
    return (f"'{legible(lost)}' is not in {target[0]}.csv; "
            + (f"did you mean {' or '.join(near)}? If not, " if near else "")
            + (f"add it first: {command}" if command else f"add it to {target[0]}.csv first"))
