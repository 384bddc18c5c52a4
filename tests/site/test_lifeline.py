"""Processes that end with the one that started them."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from drills.site import lifeline
from tests.helpers.processes import Begun

# Starts a process that starts another, and says who they are; all three wait.
FAMILY = """
import os, signal, sys
print("first", os.getpid(), flush=True)
if not os.fork():
    print("second", os.getpid(), flush=True)
    if not os.fork():
        alone = open(sys.argv[1], "w")
        print("third", os.getpid(), flush=True)
signal.pause()
"""


@pytest.fixture
def family(tmp_path):
    """Three processes, one started by the other, and who started the first: their ids by name, the last one of them
    to wait for, and a file that ends with the third."""
    program = tmp_path / "family.py"
    program.write_text(FAMILY, encoding="utf-8")
    os.mkfifo(tmp_path / "third")

    def start() -> int:
        pid = os.fork()
        if not pid:
            os.setpgid(0, 0)
            os.execv(sys.executable, [sys.executable, "-m", "drills.site.lifeline", str(os.getppid()), str(program),
                                      str(tmp_path / "third")])
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    begun = Begun(start)
    ids = {"starter": begun.pid}
    third = (tmp_path / "third").open(encoding="utf-8")
    for name in ("first", "second", "third"):
        ids[name] = int(begun.until(name).split()[1])
    yield ids, begun, third
    third.close()


@pytest.mark.slow
@pytest.mark.parametrize("killed", ["starter", "first"])
def test_all_end_with_the_one_before_them(family, killed):
    """Catch a process of a build that goes on, or waits for ever, after the build was killed."""
    ids, begun, _ = family
    os.kill(ids[killed], signal.SIGKILL)
    # the pipe that all four write to ends when the last of them has ended
    assert begun.end() == ((-signal.SIGKILL if killed == "starter" else 256 - signal.SIGKILL), "")


@pytest.mark.slow
def test_one_that_ends_leaves_the_others(family):
    """Catch a build that is killed because a process of it has ended before one that it had started."""
    ids, begun, third = family
    os.kill(ids["second"], signal.SIGKILL)
    assert third.read() == ""
    # the starter ends as soon as the first has
    assert os.waitpid(ids["starter"], os.WNOHANG) == (0, 0)
    os.kill(ids["starter"], signal.SIGKILL)
    begun.end()


def test_a_parent_that_was_gone_before_is_missed_too():
    """Catch a process that takes whoever it was left to for its parent."""
    def orphan() -> int:
        lifeline.follow(1 << 30)
        signal.pause()
        return 0

    assert Begun(orphan).end()[0] == -signal.SIGKILL
