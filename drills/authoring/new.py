"""`drills new`: ask for a source, an event or a figure, fill in what can be derived, and write its rows.

Nothing is written unless every cell can stand where it is written and no row says the same already; what the check
then has to say of the record is printed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from .. import checks
from ..record.problems import Problem, printable
from . import new_claim, new_event, new_source
from .book import Book, as_line
from .steps import Given, Misread, Step, described, faults_of, settle

TABLES = {"source": "sources", "event": "events", "claim": "claims"}
STEPS = {"source": new_source.STEPS, "event": new_event.STEPS, "claim": new_claim.STEPS}
# what a new page needs besides where its publisher is not known
OF_PUBLISHER = ("house", "kind", "country", "publisher_note")
# what stands for an answer that was not given in words


class Refused(ValueError):
    """Why nothing was written, one line for each reason."""


def new(kind: str, words: list[str], data_dir: Path, ask: Callable[[str], str] | None) -> int:
    """Write a new source, event or claim; returns 0 if the check accepts the record with it.

    words: the options of the command line; ask: see `steps.settle`. Raises UnreadableData if a table cannot be read.
    """
    book = Book(data_dir)
    given = {name: value for name, value in vars(options(kind, book).parse_args(words)).items() if value is not None}
    try:
        rows = drafted(kind, given, book, ask)
    except Refused as refusal:
        print(f"nothing was written:\n{refusal}", file=sys.stderr)
        return 2
    book.add(rows)
    for table, cells in rows:
        print(f"{book.path[table]}: {printable(as_line({name: cells.get(name, '') for name in book.columns(table)}))}")
    return _explained(checks.check(data_dir), Book(data_dir))


def _explained(problems: list[Problem], book: Book) -> int:
    """Print what the check says now; a page that nothing rests on yet is no fault but the next thing to do."""
    used = book.named("sources")
    waiting = [problem for problem in problems if problem.file == str(book.path["sources"])
               and problem.column == "source_id" and problem.value not in used]
    for problem in problems:
        if problem not in waiting:
            print(problem, file=sys.stderr)
    for problem in waiting:
        print(f"nothing rests on {problem.value} yet: go on with new event or new claim, and name it there")
    return 1 if len(problems) > len(waiting) else 0


def options(kind: str, book: Book) -> argparse.ArgumentParser:
    """The options of `drills new KIND`: one for each cell and each thing that is asked besides."""
    parser = argparse.ArgumentParser(prog=f"python -m drills new {kind}", allow_abbrev=False, description=(
        f"Add a row to {TABLES[kind]}.csv. On a terminal what is not given is asked; a dash leaves a cell blank."))
    for step in STEPS[kind]:
        words = described(step, TABLES[kind], book).replace("%", "%%")
        parser.add_argument(step.option, dest=step.column, metavar="TEXT", help=words)
    if kind == "source":
        for name in OF_PUBLISHER:
            parser.add_argument(Step(name).option, dest=name, metavar="TEXT", help="of a publisher that is new")
    return parser


def drafted(kind: str, given: Given, book: Book, ask: Callable[[str], str] | None) -> list[tuple[str, Given]]:
    """The rows to be written, as (table, cells). Raises Refused if they cannot be written."""
    table = TABLES[kind]
    try:
        cells = settle(STEPS[kind], table, given, book, ask)
    except Misread as error:
        raise Refused(str(error)) from error
    if kind == "source":
        cells = new_source.complete(cells)
    refuse_faults(table, cells, book)
    if kind == "claim" and (fault := new_claim.lacks(cells)):
        raise Refused(fault)
    row, reason = {"source": new_source, "event": new_event, "claim": new_claim}[kind].same(cells, book)
    if row:
        raise Refused(f"{reason}: {book.where(table, row)}")
    if kind == "source":
        return [*_publishers(cells, given, book, ask), (table, cells)]
    try:
        return new_event.rows(cells, book) if kind == "event" else [(table, cells)]
    except ValueError as error:
        raise Refused(str(error)) from error


def refuse_faults(table: str, cells: Given, book: Book) -> None:
    """Raise Refused if a cell of a new row cannot be written."""
    if faults := faults_of(table, cells, book.columns(table), book):
        raise Refused("\n".join(faults))


def _publishers(cells: Given, given: Given, book: Book, ask: Callable[[str], str] | None) -> list[tuple[str, Given]]:
    """Rows of publishers that a new page names and the record does not know."""
    found = []
    of_publisher = {name: given[name] for name in OF_PUBLISHER if name in given}
    for name in new_source.unknown_publishers(cells, book):
        row = settle(new_source.publisher_steps(name, cells), "publishers", of_publisher, book, ask)
        row["note"] = row.pop("publisher_note")
        refuse_faults("publishers", row, book)
        found.append(("publishers", row))
    return found
