"""Kernels that are forks, in a process that has run no other test: what else was loaded there would be in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ALONE = Path(__file__).with_name("kernels_alone.py")


@pytest.mark.slow
def test_what_kernels_load_says_nothing():
    """Catch advice of a package on how to start Python, which a failed build would show among its faults."""
    done = subprocess.run([sys.executable, "-c", "from drills.site import kernels; kernels.load()"],
                          capture_output=True, text=True, cwd=ALONE.parents[2])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.slow
@pytest.mark.parametrize("way", ["fork", "forkserver"])
@pytest.mark.parametrize("use", ["held = Forked", "Forked"], ids=["held to the end", "let go"])
def test_a_fork_ends_with_the_process_that_asked_for_it(way, use):
    """Catch a process that never ends, since at its end it waits for a kernel, which waits for it."""
    lines = ("import multiprocessing, signal", "from drills.site.kernels import Forked",
             f"{use}(signal.pause, {way!r})",
             "'held' in dir() or [one.join() for one in multiprocessing.active_children()]")
    assert subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=ALONE.parents[2]).returncode == 0


@pytest.mark.slow
def test_forked_kernels():
    """Catch a kernel that says something else than one of its own, or stays behind: tests/site/kernels_alone.py."""
    # hypothesis is not asked: its plugin would load it after the last test, and Python 3.11 trips over its syntax tree
    # when what is left of kernels is cleared meanwhile
    words = ["-o", "addopts=--import-mode=importlib", "-n", "0", "-q", "-p", "no:nbval", "-p", "no:cacheprovider",
             "-p", "no:hypothesispytest"]
    done = subprocess.run([sys.executable, "-m", "pytest", *words, str(ALONE)], cwd=ALONE.parents[2],
                          capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
