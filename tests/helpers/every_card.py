"""Every card of the book, made in this process by the cells of its chapters."""

from __future__ import annotations

import ast
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

import nbformat

from drills.counting.reading import share
from drills.figures.card import Card
from drills.record import tables

BOOK = Path(__file__).resolve().parents[2] / "book"


@cache
def cards() -> dict[str, Card]:
    """Cards by id, in the order of their chapters."""
    return made()


def made() -> dict[str, Card]:
    """The same, made anew, of the record in `tables.folder()`."""
    # counted once for all chapters, as in a build
    share(tables.folder())
    found: list[Card] = []
    for path in sorted(BOOK.glob("*.ipynb")):
        space: dict = {}
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                found += [value for value in [_run(cell.source, space)] if isinstance(value, Card)]
    return {card.card_id: card for card in found}


def _run(source: str, space: dict) -> object:
    """What a cell shows: the value of its last line, if that is an expression."""
    body = ast.parse(source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    with redirect_stdout(StringIO()):
        exec(compile(ast.Module(body, []), "cell", "exec"), space)
        return eval(compile(ast.Expression(last.value), "cell", "eval"), space) if last else None
