"""Room for deep calls: what runs in it does not ask the system for memory again and again.

Python keeps the frames of running functions in pieces of 16 KB (DATA_STACK_CHUNK_SIZE in CPython's pystate.c), takes
another piece from the system when a call does not fit into the last one, and gives it back when that call returns. A
loop that happens to stand at the end of a piece so asks the system at each of its calls, which was half of all page
faults of a build. A frame that says it needs much gets a piece of megabytes, and all that it calls finds room there.
Imports nothing of the project.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

# Words of eight bytes: the piece becomes the next power of two above them, so that as much again is left.
ROOM = 2**18
Made = TypeVar("Made")


def with_room(work: Callable[[], Made]) -> Made:
    """What `work` returns; it and all that it calls run in one piece of memory."""
    return work()


# the places that the function says it needs for values are never touched, and so cost nothing
with_room.__code__ = with_room.__code__.replace(co_stacksize=ROOM)
