"""Run a program of a build so that it, and whatever it starts, ends with the process that started it.

A parent that is killed cannot end its children; so they look for themselves whether it is still there, as the kernels
of the chapters do by their own means. Run as `python -m drills.site.lifeline PARENT PROGRAM WORD …`, at the head of a
process group of its own; PARENT is the id of the process that starts it. Must import nothing of the project
that imports more than the standard library.
"""

from __future__ import annotations

import atexit
import gc
import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

from .. import lean  # noqa: F401 before whatever the program loads
from ..deep import with_room

# Seconds between two looks.
PAUSE = 0.1
# So many new things come before Python looks for what is unused, in this process and its forks: modules and pictures
# make many and leave few behind.
NEW_THINGS = 50_000


def follow(parent: int) -> None:
    """Kill the process group of this process, which it must lead, as soon as its parent is gone.

    A process that it forks, or that those fork, ends itself when its own parent is gone.
    """
    begun_by = threading.local()
    os.register_at_fork(before=lambda: setattr(begun_by, "process", os.getpid()),
                        after_in_child=lambda: _watch(begun_by.process, lambda: os.kill(os.getpid(), signal.SIGKILL)))
    _watch(parent, lambda: os.killpg(os.getpgrp(), signal.SIGKILL))


def _watch(parent: int, end: Callable[[], None]) -> None:
    """Look for a parent from time to time, and end when another process is."""
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PAUSE)
        end()

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def main(parent: str, program: str, *words: str) -> None:
    """Run a Python program in this process, its arguments as given."""
    follow(int(parent))
    gc.set_threshold(NEW_THINGS)
    # in what is about to go nothing unused is looked for
    atexit.register(gc.freeze)
    sys.argv = [program, *words]
    with_room(partial(runpy.run_path, program, run_name="__main__"))


if __name__ == "__main__":
    main(*sys.argv[1:])
