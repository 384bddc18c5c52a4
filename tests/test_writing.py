"""Files are seen whole or as they were before, whatever fails and whoever else writes."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from drills import writing


def held(folder: Path) -> dict[str, bytes]:
    """All files of a folder by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_once(tmp_path):
    """Catch a file that is written in vain, or not although one byte differs; and a folder that is not made."""
    path = tmp_path / "in" / "deep" / "a"
    assert writing.write(path, b"one")
    first = path.stat().st_ino
    assert not writing.write(path, b"one") and path.stat().st_ino == first
    assert writing.write(path, b"two") and path.stat().st_ino != first
    assert held(path.parent) == {"a": b"two"}


@pytest.mark.parametrize("call", ["fsync", "fchmod", "replace"])
@pytest.mark.parametrize("error", [OSError("No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"])
def test_what_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch, call, error):
    """Catch a file cut short by a full disk, and one that is left beside it."""
    def fail(*_):
        raise error

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, call, fail)
    with pytest.raises(type(error)):
        writing.write(tmp_path / "a", b"new", is_lasting=True)
    assert held(tmp_path) == {"a": b"old"}


def test_a_reader_sees_the_old_file_until_the_new_one_is_whole(tmp_path, monkeypatch):
    """Catch a file that is emptied first and filled after."""
    seen = []
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda new, place: (seen.append(held(tmp_path)), replace(new, place)))
    (tmp_path / "a").write_bytes(b"old")
    writing.write(tmp_path / "a", b"new")
    (before,) = seen
    assert before.pop("a") == b"old" and list(before.values()) == [b"new"] and held(tmp_path) == {"a": b"new"}


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_file_keeps_its_rights(tmp_path, mode):
    """Catch a private file that all may read once it is written, or a shared one that nobody else may."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(mode)
    writing.write(tmp_path / "a", b"new")
    assert rights(tmp_path / "a") == mode


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path):
    """Catch pages that a web server may not read."""
    writing.write(tmp_path / "a", b"new")
    (tmp_path / "b").write_bytes(b"new")
    assert rights(tmp_path / "a") == rights(tmp_path / "b")


def test_only_what_is_to_last_waits_for_the_disk(tmp_path, monkeypatch):
    """Catch a record that a loss of power empties, and a build that waits for the disk a thousand times."""
    waited = []
    monkeypatch.setattr(os, "fsync", waited.append)
    writing.write(tmp_path / "a", b"page")
    assert waited == []
    writing.write(tmp_path / "b", b"record", is_lasting=True)
    assert len(waited) == 1


def test_a_link_is_replaced(tmp_path):
    """Catch a build that writes through a link to a place outside of the site."""
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "a").symlink_to(tmp_path / "real")
    writing.write(tmp_path / "a", b"new")
    assert held(tmp_path) == {"real": b"old", "a": b"new"} and not (tmp_path / "a").is_symlink()


def test_many_may_write_one_file(tmp_path):
    """Catch two writers that share the file beside the place, so that one takes half of the other's."""
    contents = [bytes([number]) * 200_000 for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: writing.write(tmp_path / "a", content), contents))
    (found,) = held(tmp_path).values()
    assert found in contents
