"""The check of a record beside its build: the build waits for it before it touches the site, and ends if it fails."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from drills import checks
from drills.serve import worker
from drills.site import progress


@pytest.fixture
def pipe() -> Iterator[tuple[Connection, Connection]]:
    ours, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)
    with ours, theirs:
        yield ours, theirs


def begun(monkeypatch, tmp_path, pipe, found) -> worker.Check:
    """A check that finds what `found` returns."""
    monkeypatch.setattr(checks, "check", lambda _folder: found())
    return worker.Check(tmp_path, tmp_path, pipe[1])


def test_a_sound_record_gives_leave_in_every_process(monkeypatch, tmp_path, pipe):
    """Catch a build that waits for ever, and one of whose processes is not told."""
    def slowly() -> list[str]:
        # whoever does not wait asks before there is an answer
        time.sleep(0.3)
        return []

    check = begun(monkeypatch, tmp_path, pipe, slowly)
    monkeypatch.setattr(progress, "leave", check.leave)
    fork = multiprocessing.get_context("fork").Process(target=progress.wait_for_leave)
    fork.start()
    progress.wait_for_leave()
    fork.join()
    assert fork.exitcode == 0 and check.problems() == []
    assert pipe[0].recv() == (worker.STEP, "the record is checked")


def test_problems_give_no_leave_in_any_process(monkeypatch, tmp_path, pipe):
    """Catch a site that shows what the check refuses, and an answer of the last edit that is taken for this one's."""
    (tmp_path / worker.PROBLEMS_FILE).write_text("[]", encoding="utf-8")
    check = begun(monkeypatch, tmp_path, pipe, lambda: ["data/events.csv:2: wrong"])
    fork = multiprocessing.get_context("fork").Process(target=check.leave)
    fork.start()
    monkeypatch.setattr(progress, "leave", check.leave)
    with pytest.raises(worker.Refused):
        progress.wait_for_leave()
    fork.join()
    assert fork.exitcode == 1 and check.problems() == ["data/events.csv:2: wrong"] and not pipe[0].poll()


def test_a_check_that_dies_gives_no_leave(monkeypatch, tmp_path, pipe):
    """Catch a fault of a rule after which the record is taken for sound, as the last one was."""
    (tmp_path / worker.PROBLEMS_FILE).write_text("[]", encoding="utf-8")

    def fall() -> list[str]:
        raise RuntimeError

    check = begun(monkeypatch, tmp_path, pipe, fall)
    with pytest.raises(OSError):
        check.leave()


def test_who_builds_without_a_check_need_not_wait():
    assert progress.leave is None
    progress.wait_for_leave()
