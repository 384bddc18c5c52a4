"""Calls that find room for their frames, wherever in a deep stack they stand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from drills.deep import with_room

ROOT = Path(__file__).resolve().parents[1]
# What `dearest()` returns: of loops that stand ever deeper, the most pages of memory that one has asked for.
LOOPS = """
import resource

def pages():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

def large():
    if 0 > 1:
        a = b = c = d = e = f = g = h = i = j = k = l = m = n = o = p = q = r = s = t = u = v = w = x = y = z = None

def loop_at(depth):
    if depth:
        return loop_at(depth - 1)
    before = pages()
    for _ in range(1000):
        large()
    return pages() - before

def dearest():
    return max(loop_at(depth) for depth in range(200))
"""
# A program that says it.
PROGRAM = f"{LOOPS}\nprint(dearest())"


def dearest() -> int:
    space: dict = {}
    exec(LOOPS, space)
    return space["dearest"]()


def test_no_loop_asks_for_memory_at_each_call():
    """Catch a loop that takes memory from the system and gives it back a thousand times, as one of these does."""
    assert dearest() >= 1000
    assert with_room(dearest) < 100
    assert with_room(lambda: 5) == 5


def test_a_build_has_room(tmp_path):
    """Catch a build, half of whose page faults are those of such loops."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")

    def asked(*words: str) -> int:
        return int(subprocess.run([sys.executable, *words, str(program)], cwd=ROOT, check=True, capture_output=True,
                                  process_group=0).stdout)

    assert asked() >= 1000
    assert asked("-m", "drills.site.lifeline", str(os.getpid())) < 100
