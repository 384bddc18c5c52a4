"""Work on all cores: what comes back, in which order, and what is heard of a failure."""

from __future__ import annotations

import os
import signal
from concurrent.futures.process import BrokenProcessPool

import pytest

from drills.site import forks

THINGS = [f"page {number}" for number in range(50)]


def told(thing: str) -> tuple[str, int]:
    return thing.upper(), os.getpid()


def refuse(thing: str) -> None:
    if thing == THINGS[40]:
        raise ValueError(f"no such {thing}")


def end(_thing: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_each_thing_is_worked_on_elsewhere_and_comes_back_in_its_place(monkeypatch):
    """Catch results in the order in which processes end, and work that stays in one process."""
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    made = forks.each(told, THINGS)
    assert [one for one, _ in made] == [thing.upper() for thing in THINGS]
    assert os.getpid() not in {process for _, process in made}


@pytest.mark.parametrize("things, cores", [([], 4), (THINGS[:1], 4), (THINGS, 1), (THINGS, None)],
                         ids=["nothing", "one thing", "one core", "nobody knows how many cores"])
def test_where_nothing_is_gained_no_process_is_made(monkeypatch, things, cores):
    """Catch forks for one page, and no result where there is one core."""
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert forks.each(told, things) == [(thing.upper(), os.getpid()) for thing in things]


def test_a_failure_is_heard(monkeypatch):
    """Catch a page that is lost without a word, and waiting for a process that was killed."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with pytest.raises(ValueError, match="no such page 40"):
        forks.each(refuse, THINGS)
    with pytest.raises(BrokenProcessPool):
        forks.each(end, THINGS)
