"""A build in steps gives what a clean one does, byte for byte, and makes again only what an edit touches."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from drills import kept
from tests.builds.test_site import without, words_of
from tests.helpers.books import Book

METHOD = "# Method\n\nWords alone.\n"


class Steps:
    """A book that is built in steps, and what a clean build of the same sources gives."""

    def __init__(self, folder: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch):
        self.folder, self.monkeypatch = folder, monkeypatch
        monkeypatch.setenv(kept.FOLDER_VARIABLE, str(folder / "kept"))
        self.book = Book(folder, data_dir)
        self.titles("First", METHOD)

    def titles(self, title: str, method: str) -> None:
        self.book.write(index=words_of("publishers").replace("# First", f"# {title}"), method=method)

    def build(self) -> set[str]:
        """Build what has changed; returns the names of the files that were written."""
        before = self.files()
        app = self.book.build()
        assert app.statuscode == 0, app.warning.getvalue()
        return {name for name, about in self.files().items() if before.get(name) != about}

    def files(self) -> dict[str, tuple[int, int]]:
        """Each file of the site but for those that Sphinx copies anew, with numbers that change when it is written."""
        return {name: (path.stat().st_ino, path.stat().st_size) for name, path in named(self.book.html)
                if not name.startswith(("_static/", "assets/")) and name not in BY_SPHINX}

    def clean(self, name: str) -> dict[str, str]:
        """The digests of all files that a first build of the same sources in another folder makes, nothing kept."""
        folder = self.folder / name
        folder.mkdir()
        other = Book(folder, self.book.data_dir)
        shutil.copytree(self.book.source, other.source, dirs_exist_ok=True)
        shutil.copy(self.book.toc, other.toc)
        with self.monkeypatch.context() as without_kept:
            without_kept.delenv(kept.FOLDER_VARIABLE)
            app = other.build()
        assert app.statuscode == 0, app.warning.getvalue()
        return digests(other.html)


BY_SPHINX = {".buildinfo", "objects.inv"}


def named(folder: Path) -> list[tuple[str, Path]]:
    return [(path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file()]


def digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in named(folder)}


@pytest.fixture
def steps(tmp_path, small_at, monkeypatch) -> Steps:
    return Steps(tmp_path, small_at(tmp_path / "data").folder, monkeypatch)


def replace(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def edit_claim(steps: Steps) -> None:
    lines = (path := steps.book.data_dir / "claims.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    head = lines[0].split(",")
    cells = lines[1].split(",")
    cells[head.index("value_low")] = cells[head.index("value_high")] = "4321"
    path.write_text("".join([lines[0], ",".join(cells), *lines[2:]]), encoding="utf-8")


def remove_event(steps: Steps) -> None:
    for table in ("events", "participants"):
        without(steps.book.data_dir / f"{table}.csv", "2022-watch-north")


EDITS: list[Callable[[Steps], None]] = [
    edit_claim, remove_event,
    lambda steps: steps.titles("Another title", METHOD),
    lambda steps: steps.titles("Another title", "# A method with another title\n\nOther words.\n")]


def test_a_build_in_steps_is_a_clean_build(steps):
    """Catch a page, a picture, a menu, a search index or a file that an edit leaves as it was, or leaves behind."""
    steps.build()
    for edit in EDITS:
        edit(steps)
        steps.build()
    assert steps.build() == set()
    made, clean = digests(steps.book.html), steps.clean("clean")
    # settings name folders, of which Sphinx notes a digest
    assert sorted(name for name in {*made, *clean} if made.get(name) != clean.get(name)) == [".buildinfo"]
