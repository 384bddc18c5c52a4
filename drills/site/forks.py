"""One kind of work on many things, on all cores, in forks, which have all that is loaded here."""

from __future__ import annotations

import math
import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")
# Parts that each process is given, one after the other: things differ in the work that they make.
PARTS = 4


def each(work: Callable[[Thing], Made], things: Sequence[Thing]) -> list[Made]:
    """What `work` makes of each of some things, in their order; raises what it raises. All has to be picklable."""
    count = min(os.cpu_count() or 1, len(things))
    if count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [work(thing) for thing in things]
    with ProcessPoolExecutor(count, multiprocessing.get_context("fork")) as pool:
        return [*pool.map(work, things, chunksize=math.ceil(len(things) / count / PARTS))]
