"""What an author's edit does to the site: strict builds, in this process, of a small book on the small record."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from drills import DATA_VARIABLE, notebooks
from drills.figures.card import OUTPUT_VARIABLE
from drills.site import generated
from tests.helpers.books import Book, chapter

IMPORTS = ("from drills.chapters import evidence\nfrom drills.counting.reading import load\n"
           "from drills.notebooks import say")
DATA, NUMBERS = "reading = load()", "say(evidence.numbers(reading))"
PROSE = "Counted: {glue:text}`n_core` events."
COUNTED = re.compile(r'Counted: <span class="pasted-text">(\d+)</span> events')


def words_of(*cards: str) -> str:
    """A chapter that says its numbers and shows these cards of the evidence."""
    return chapter("First", IMPORTS, DATA, NUMBERS, *(f"evidence.{card}(reading)" for card in cards), prose=PROSE)


@pytest.fixture
def book(tmp_path, small_at) -> Book:
    """A book of two pages and its record, not yet built."""
    made = Book(tmp_path, small_at(tmp_path / "data").folder)
    made.write(index=words_of("publishers"), method="# Method\n\nWords alone.\n")
    return made


def without(path: Path, event_id: str) -> None:
    """Take the rows of an event out of a table."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(f"{event_id},")), encoding="utf-8")


def test_a_failing_cell_fails_this_build_and_the_next(book):
    """Catch a page published with a traceback, by the build that ran its cell or by one that finds it unchanged."""
    book.write(index=chapter("First", "raise ValueError('a cell that fails')"))
    for _ in range(2):
        app = book.build()
        assert app.statuscode == 2 and "a cell failed in index" in app.warning.getvalue()
        assert "a cell that fails" in app.warning.getvalue() and not (book.html / "index.html").exists()


def test_a_warning_of_a_cell_and_a_missing_number_fail_the_build(book):
    """Catch a cell that warns, and a glue key that is never computed: by default it leaves a gap and exit code 0."""
    book.write(index=chapter("First", "import sys; print('a cell that warns', file=sys.stderr)"),
               method="# Method\n\n{glue:text}`no_such_number`\n")
    app = book.build()
    assert app.statuscode == 1 and "stderr" in app.warning.getvalue() and "no_such_number" in app.warning.getvalue()


def test_a_page_that_cannot_be_made_fails_the_build(book, monkeypatch):
    """Catch a site without its events, or a build that never ends, because one page could not be made."""
    def fail(*_):
        raise ValueError("a page that fails")

    monkeypatch.setattr(generated.events, "pages", fail)
    book.write(index="# Words alone\n")
    app = book.build()
    assert app.statuscode == 2 and "a page that fails" in app.warning.getvalue()


def test_a_changed_claim_moves_digest_and_sentence(small, tmp_path, monkeypatch):
    """Catch stored outputs that nbval lets pass although a number behind a picture has changed."""
    monkeypatch.setenv(OUTPUT_VARIABLE, "text")
    monkeypatch.setenv(DATA_VARIABLE, str(small.folder))
    path = tmp_path / "evidence.ipynb"
    path.write_text(chapter("Evidence", IMPORTS, DATA, "evidence.claimants(reading)"), encoding="utf-8")
    assert notebooks.refresh([path]) == {path: True} and notebooks.refresh([path]) == {path: False}
    stored = said(path)
    small.edit("claims", 3, "basis", "official")
    words = [sys.executable, "-m", "pytest", "-p", "drills.lean", "--nbval", "-q", "-p", "no:cacheprovider", path]
    nbval = subprocess.run(words, capture_output=True, text=True)
    assert nbval.returncode == 1 and "digest" in nbval.stdout, nbval.stdout
    assert notebooks.refresh([path])[path] and said(path).splitlines()[1] != stored.splitlines()[1]


def said(path: Path) -> str:
    """What the stored outputs of a notebook say."""
    cells = nbformat.read(path, as_version=4).cells
    return "\n".join(output.data["text/plain"] for cell in cells if cell.cell_type == "code" for output in cell.outputs)
