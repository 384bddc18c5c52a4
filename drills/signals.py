"""Waiting for work of another thread, which a signal ends. Imports nothing of this package."""

from __future__ import annotations

from concurrent.futures import Future, wait
from typing import TypeVar

Result = TypeVar("Result")
# Seconds between two looks for a signal: one that comes just before the main thread waits, or that the system gives
# another thread, does not wake it.
LOOK = 0.1


def result(future: Future[Result]) -> Result:
    """What a future gives once it is done; raises what it raises, or what the handler of a signal does meanwhile."""
    while wait([future], LOOK).not_done:
        pass
    return future.result()
