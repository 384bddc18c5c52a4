"""What a build has done so far, for whoever wants to say it while the build runs."""

from __future__ import annotations

from collections.abc import Callable

# Takes the name of a step that is done, in the process of the build or in a fork of it; set before the build begins.
listener: Callable[[str], None] | None = None


def done(step: str) -> None:
    """Say that a step is done; step: what was done, in words."""
    if listener:
        listener(step)
