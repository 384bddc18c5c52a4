"""Where a site is built and how it takes the place of the last good one: in one step, or not at all.

In _build stand `html`, which is served and always whole; `.doctrees`, what Sphinx remembers of it; and, while a build
runs, a folder of its own whose name begins with `next-`. A build begins with copies of the first two, so that it has
only to make what has changed, and whatever happens to it, the two are as they were. Must not import Sphinx.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BEGINNING = "next-"
REMEMBERED = ".doctrees"
# In the folder of what is remembered: of which site it is.
MARK = "remembered-site"
# The served site in the moment between two renames, on file systems that cannot exchange two folders.
ASIDE = "html-aside"
# Everybody may read a site, whatever the rights that its builder gives to new files.
FOLDER_RIGHTS, FILE_RIGHTS = 0o755, 0o644
# Of renameat2 (Linux) and renamex_np (macOS): exchange two names in one step; the folder of relative paths.
EXCHANGE, CURRENT_FOLDER = 2, -100
CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


@dataclass(frozen=True)
class Place:
    """A folder in which sites are built and one is served, and the folder of one build."""

    folder: Path
    next: Path

    @property
    def html(self) -> Path:
        """The site that is served."""
        return self.folder / "html"

    @property
    def remembered(self) -> Path:
        """What Sphinx remembers of the site that is served."""
        return self.folder / REMEMBERED

    @property
    def next_html(self) -> Path:
        """The site that is being built; where Jupyter Book puts it in a folder that it is given."""
        return self.next / self.folder.name / "html"

    @property
    def next_remembered(self) -> Path:
        return self.next_html.with_name(REMEMBERED)


@contextmanager
def place_of_next(folder: Path) -> Iterator[Place]:
    """A place for the next site, with copies of the last one and of what is remembered of it, if they fit together.

    Its own folder is gone after the with-statement, however that ends. First clears away what killed builds left:
    nobody else may be building in the folder. Raises OSError.
    """
    for left in folder.glob(f"{BEGINNING}*"):
        shutil.rmtree(left, ignore_errors=True)
    place = Place(folder, Path(tempfile.mkdtemp(prefix=BEGINNING, dir=folder)))
    try:
        if not place.html.exists() and (folder / ASIDE).exists():
            (folder / ASIDE).rename(place.html)
        if fits(place.html, place.remembered):
            shutil.copytree(place.html, place.next_html)
            shutil.copytree(place.remembered, place.next_remembered)
        yield place
    finally:
        discard(place)


def fits(html: Path, remembered: Path) -> bool:
    """Whether what is remembered is of this very site, and nobody has changed a file of it since."""
    mark = remembered / MARK
    return html.exists() and mark.exists() and mark.read_text(encoding="ascii") == fingerprint(html)


def fingerprint(html: Path) -> str:
    """A digest of names, sizes and times of all files of a site; a copy with the same times has the same."""
    files = sorted((path.relative_to(html).as_posix(), path.stat()) for path in html.rglob("*") if path.is_file())
    lines = (f"{name} {about.st_size} {about.st_mtime_ns}\n" for name, about in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def discard(place: Place) -> None:
    """Take away the folder of a build, however it ended."""
    shutil.rmtree(place.next, ignore_errors=True)


def forget(place: Place) -> None:
    """Have the next build begin with nothing."""
    (place.remembered / MARK).unlink(missing_ok=True)


def publish(place: Place) -> None:
    """Have the new site served in place of the last one. Raises OSError; then the last one is still served."""
    give_rights(place.next_html)
    (place.next_remembered / MARK).write_text(fingerprint(place.next_html), encoding="ascii")
    # what is remembered comes second: if that is never reached it does not fit, and the next build makes all pages
    put(place.next_html, place.html, place.folder / ASIDE)
    put(place.next_remembered, place.remembered, place.next / "forgotten")


def give_rights(html: Path) -> None:
    """Let everybody read a site, also on a machine where new files are for their owner alone."""
    html.chmod(FOLDER_RIGHTS)
    for path in html.rglob("*"):
        path.chmod(FOLDER_RIGHTS if path.is_dir() else FILE_RIGHTS)


def put(new: Path, old: Path, aside: Path) -> None:
    """Give a folder the name of another one, which may not exist, in one step.

    Where the file system cannot do that, two steps are made of it, and the old folder is called `aside` between them.
    Afterwards the old folder is in the place of the new one, or gone.
    """
    if not old.exists():
        new.rename(old)
    elif not exchange(new, old):
        shutil.rmtree(aside, ignore_errors=True)
        old.rename(aside)
        try:
            new.rename(old)
        except BaseException:
            aside.rename(old)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; returns False where that cannot be done. Raises OSError.

    Python has no function for it: on Linux it is renameat2(2), on macOS renamex_np(2).
    """
    library, paths = ctypes.CDLL(None, use_errno=True), (os.fsencode(one.absolute()), os.fsencode(other.absolute()))
    try:
        failed = (library.renamex_np(*paths, EXCHANGE) if sys.platform == "darwin" else
                  library.renameat2(CURRENT_FOLDER, paths[0], CURRENT_FOLDER, paths[1], EXCHANGE))
    except AttributeError:
        return False
    number = ctypes.get_errno()
    if failed and number not in CANNOT_EXCHANGE:
        raise OSError(number, os.strerror(number), str(other))
    return not failed
