"""Files of the record written so that a reader never sees half of one and nobody's edit is lost."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ..record.problems import WHOLE_FILE, Problem, UnreadableData


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
            waiting[_beside(place, after)] = place
        for made, place in waiting.items():
            os.replace(made, place)
    finally:
        for made in waiting:
            made.unlink(missing_ok=True)


def _beside(place: Path, content: bytes) -> Path:
    """A new file with `content`, in the folder and with the rights of the file whose place it will take."""
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".tmp", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, place.stat().st_mode & 0o7777)
    except BaseException:
        os.unlink(name)
        raise
    return Path(name)
