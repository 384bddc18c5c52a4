"""Whatever lies where a table should: one line that says what it is, no traceback and no waiting."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from drills import checks
from drills.record import package, tables, text

PLAIN = "the file cannot be opened ({}); make it a file that can be read"


def zeros(path: Path) -> None:
    """300 MB that take no room on the disk."""
    with path.open("wb") as file:
        file.truncate(300_000_000)


ODD = {
    "a folder": (Path.mkdir, "Is a directory"),
    "a pipe": (os.mkfifo, "it is no plain file"),
    "a device without an end": (lambda path: path.symlink_to("/dev/zero"), "it is no plain file"),
    "what is typed": (lambda path: path.symlink_to("/dev/stdin"), None),
    "a link to nowhere": (lambda path: path.symlink_to("nowhere"), "the link leads nowhere"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "Too many levels of symbolic links"),
    "300 MB of zeros": (zeros, "it has 300,000,000 bytes, a table at most 50,000,000"),
}


@pytest.mark.parametrize("name", ["claims.csv", "settled.csv", package.PACKAGE_FILE])
@pytest.mark.parametrize("make, reason", ODD.values(), ids=ODD.keys())
def test_what_is_no_file(small, name, make, reason):
    """Catch a traceback, a check that waits for ever, and one that fills the memory."""
    path = small.folder / name
    path.unlink()
    make(path)
    (line,) = small.problems()
    assert line.startswith(f"{name}:1:(file): ")
    if reason is not None and name != package.PACKAGE_FILE:
        assert line == f"{name}:1:(file): {PLAIN.format(reason)}"
    elif reason is not None:
        assert reason in line


@pytest.mark.parametrize("name", ["claims.csv", package.PACKAGE_FILE])
def test_a_file_that_may_not_be_read(small, name, monkeypatch):
    """Catch a traceback for a file that belongs to somebody else."""
    really = os.open

    def refused(path, *arguments, **more):
        if os.path.basename(path) == name:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return really(path, *arguments, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refused)
        (line,) = small.problems()
    assert line.startswith(f"{name}:1:(file): the file cannot be opened (Permission denied)")


def test_a_folder_that_may_not_be_listed(small, monkeypatch):
    """Catch a traceback where the tables may be read, but nobody may look what else there is."""
    def refused(folder):
        raise PermissionError(errno.EACCES, "Permission denied", str(folder))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", refused)
        problems, entries = small.problems(), checks.entries(small.folder)
    assert problems == entries == []


def test_names_of_files_that_are_no_text(small):
    """Catch a traceback on a name with bytes that are not UTF-8, or with a line break."""
    for name in (b"claims \xff.csv", b"claims\n1.csv"):
        Path(os.fsdecode(os.path.join(os.fsencode(small.folder), name))).touch()
    assert [line.isprintable() for line in small.problems()] == [True, True]


def test_a_table_of_the_size_that_people_write():
    """Catch a limit that a growing record would meet."""
    assert sum(path.stat().st_size for path in tables.DATA.glob("*.csv")) * 20 < text.MOST_BYTES
