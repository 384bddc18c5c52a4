"""Files of the record written so that a reader never sees half of one and nobody's edit is lost."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ..record.problems import WHOLE_FILE, Problem, UnreadableData
from ..writing import beside


def write_all(files: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Write several files, each at once and whole.

    files: what each file held when it was read, and what it shall hold. All are written beside their places first, and
    take them only when none has failed. Raises UnreadableData, with every file untouched, if one has changed since it
    was read, and OSError if one cannot be written.
    """
    waiting: dict[Path, Path] = {}
    try:
        for path, (before, after) in files.items():
            place = path.resolve()
            if place.read_bytes() != before:
                raise UnreadableData([Problem(str(path), 1, WHOLE_FILE, "", "the file was changed while this command "
                                              "ran, and nothing was written", "run the command again")])
            waiting[beside(place, after, is_lasting=True)] = place
        for made, place in waiting.items():
            os.replace(made, place)
    finally:
        for made in waiting:
            made.unlink(missing_ok=True)
