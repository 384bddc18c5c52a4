"""What a build has done so far, for whoever wants to say it while the build runs, and when it may touch the site."""

from __future__ import annotations

from collections.abc import Callable

# Takes the name of a step that is done, in the process of the build or in a fork of it; set before the build begins.
listener: Callable[[str], None] | None = None

# Returns as soon as the files of the site may be touched, in the same processes; raises if they may not.
leave: Callable[[], None] | None = None


def wait_for_leave() -> None:
    """Wait until the files of the site may be touched; whoever started the build may still look at its record."""
    if leave:
        leave()


def done(step: str) -> None:
    """Say that a step is done; step: what was done, in words."""
    if listener:
        listener(step)
