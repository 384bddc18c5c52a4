"""A build that makes only what has changed gives the site that a build of everything gives, file for file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from drills.site import inventory
from tests.builds.test_site import DATA, IMPORTS, NUMBERS, PROSE, without
from tests.helpers.books import Book, chapter, stubs


@pytest.fixture
def book(tmp_path, small_at) -> Book:
    """A book of a chapter, pages of words and its record, built."""
    folder = tmp_path / "steps"
    folder.mkdir()
    made = Book(folder, small_at(folder / "data").folder)
    write(made)
    build(made)
    return made


def write(book: Book, card: str = "publishers", title: str = "Method", **more: str) -> None:
    """Write a chapter with one card and two pages of words, and pages more."""
    shown = chapter("First", IMPORTS, DATA, NUMBERS, f"evidence.{card}(reading)", prose=PROSE)
    pages = {"index": shown, **more, "method": f"# {title}\n\nWords alone.\n", "data": "# Data\n\nSee [](method.md).\n"}
    pages |= {name: text for name, text in stubs().items() if name not in pages}
    for name, text in pages.items():
        path = book.source / f"{name}{'.ipynb' if text.startswith('{') else '.md'}"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    book.list_pages(pages)


def build(book: Book) -> dict[str, bytes]:
    """Build what has changed, as a build does before it is served; returns the files of the site."""
    app = book.build()
    assert app.statuscode == 0, app.warning.getvalue()
    inventory.leave_out(book.html, book.toc)
    assert inventory.missing(book.html, book.data_dir, book.toc) == {}
    # a digest of settings, among which here are the folders of the test
    return {path.relative_to(book.html).as_posix(): path.read_bytes()
            for path in sorted(book.html.rglob("*")) if path.is_file() and path.name != ".buildinfo"}


def built_anew(book: Book, folder: Path) -> dict[str, bytes]:
    """The files of the site that a build of everything makes of the same book and record, in another folder."""
    folder.mkdir()
    shutil.copytree(book.data_dir, folder / "data")
    fresh = Book(folder, folder / "data")
    shutil.copytree(book.source, fresh.source, dirs_exist_ok=True)
    shutil.copy(book.toc, fresh.toc)
    return build(fresh)


def drop_an_event(book: Book) -> None:
    for table in ("events", "participants"):
        without(book.data_dir / f"{table}.csv", "2022-watch-north")


EDITS = {
    "a row": drop_an_event,
    "a card": lambda book: write(book, card="mirrors"),
    "a title": lambda book: write(book, title="How we know"),
    "a page more": lambda book: write(book, more="# More\n\nWords.\n"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_steps_lead_where_a_leap_does(book, tmp_path, edit):
    """Catch a menu, number, figure or page that stays as it was although what it rests on has changed or is gone."""
    EDITS[edit](book)
    stepped, leapt = build(book), built_anew(book, tmp_path / "leap")
    assert sorted(stepped) == sorted(leapt)
    assert [name for name in leapt if stepped[name] != leapt[name]] == []


def test_a_page_that_goes_leaves_nothing(book, tmp_path):
    """Catch the page and the picture of a chapter that the book has no more, and menus that still lead there."""
    write(book, more="# More\n\nWords.\n")
    build(book)
    (book.source / "more.md").unlink()
    write(book)
    stepped, leapt = build(book), built_anew(book, tmp_path / "leap")
    assert sorted(stepped) == sorted(leapt)
    assert [name for name in leapt if stepped[name] != leapt[name]] == []
