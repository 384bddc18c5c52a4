"""Run a program of a build so that it, and whatever it starts, ends with the process that started it.

A parent that is killed cannot end its children; so they look for themselves whether it is still there, as the kernels
of the chapters do by their own means. Run as `python -m drills.site.lifeline PARENT PROGRAM WORD …`, at the head of a
process group of its own; PARENT is the id of the process that starts it. Must import nothing of the project
that imports more than the standard library.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

from .. import lean  # noqa: F401 before whatever the program loads

# Seconds between two looks.
PAUSE = 0.1


def follow(parent: int) -> None:
    """Kill the process group of this process, which it must lead, as soon as its parent is gone.

    Processes that it forks do the same when they lose it.
    """
    os.register_at_fork(before=_remember, after_in_child=_follow_remembered)
    _start(parent)


def _start(parent: int) -> None:
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PAUSE)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


_forking = threading.local()


def _remember() -> None:
    _forking.parent = os.getpid()


def _follow_remembered() -> None:
    _start(_forking.parent)


def main(parent: str, program: str, *words: str) -> None:
    """Run a Python program in this process, its arguments as given."""
    follow(int(parent))
    sys.argv = [program, *words]
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
