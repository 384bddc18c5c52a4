"""Files that are seen whole or as they were before: written beside their places, which they take in one step.

Imports nothing of this package.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def write(place: Path, content: bytes, *, is_lasting: bool = False) -> bool:
    """Write a file, with its folders, unless it says so already; returns whether it was written.

    It keeps its rights, and a link is replaced by a file. is_lasting: as for `beside`. Raises OSError, after which the
    file is what it was.
    """
    if place.is_file() and place.stat().st_size == len(content) and place.read_bytes() == content:
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    new = beside(place, content, is_lasting=is_lasting)
    try:
        os.replace(new, place)
    except BaseException:
        new.unlink()
        raise
    return True


def beside(place: Path, content: bytes, *, is_lasting: bool = False) -> Path:
    """A new file with `content`, in the folder and with the rights of the file whose place it will take.

    Its name is its own, so that several processes may write one file. is_lasting: whether it has to be on the disk
    before it takes the place, as what people wrote has, since power may fail. Raises OSError and leaves nothing behind.
    """
    new = place.with_name(f".{place.name}.{secrets.token_hex(4)}.new")
    with new.open("xb") as file:
        try:
            with suppress(FileNotFoundError):
                os.fchmod(file.fileno(), place.stat().st_mode & 0o7777)
            file.write(content)
            file.flush()
            if is_lasting:
                os.fsync(file.fileno())
        except BaseException:
            new.unlink()
            raise
    return new
