"""What a build leaves when it is killed: python -m benchmarks.kills [--book real] [--moments 20].

A site is built once. Then builds of an edited book are ended at moments that their own progress defines, line by line,
with each signal; on disks that are full at several points; without rights; and two at once. After each the served
site is hashed: it has to be the last good one byte for byte, no process may be left, and the next build has to end
well. Prints a table; exit code 1 if a line of it is bad. Full disks and foreign users need root on Linux.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import ROOT, say
from tests.conftest import SmallRecord
from tests.helpers.books import chapter, stubs

SIGNALS = {"INT": signal.SIGINT, "TERM": signal.SIGTERM, "KILL": signal.SIGKILL, "KILL of all": signal.SIGKILL}
# The user is somebody else once all is loaded: what is installed may be for the eyes of its owner alone.
BUILD = """
import os, sys
from pathlib import Path
from drills.site.build import build
if len(sys.argv) > 1:
    os.setuid(int(sys.argv[1]))
sys.exit(build(Path("data"), Path.cwd()))
"""
CELLS = ("from drills.chapters import evidence\nfrom drills.counting.reading import load", "reading = load()",
         "evidence.publishers(reading)")
# Parts of the size of a site by which a disk has more room than it takes.
ROOMS = (0, 0.1, 0.5, 1, 1.5, 2)
NOBODY = "65534"
EDIT = re.compile(r"\n\nEdit [0-9]+\.$")


@dataclass
class Book:
    """A book in a folder, and the site that is served of it."""

    root: Path

    @property
    def built(self) -> Path:
        return self.root / "_build"

    def edit(self, number: int) -> None:
        """Change the words of every chapter, so that the next build has to run and write them all."""
        for path in sorted((self.root / "book").glob("*.ipynb")):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
            first["source"] = EDIT.sub("", "".join(first["source"])) + f"\n\nEdit {number}."
            path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")

    def digest(self) -> str:
        """Twelve digits of names and contents of all files that are served."""
        whole, html = hashlib.sha256(), self.built / "html"
        for path in sorted(path for path in html.rglob("*") if path.is_file()):
            whole.update(f"{path.relative_to(html)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
        return whole.hexdigest()[:12]

    def begin(self, *user: str) -> subprocess.Popen:
        """Start a build, the first of a process group; its output ends when the last of its processes has ended."""
        return subprocess.Popen([sys.executable, "-c", BUILD, *user], cwd=self.root, stdout=subprocess.PIPE, text=True,
                                stderr=subprocess.STDOUT, process_group=0, errors="replace",
                                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"})

    def build(self, *user: str) -> tuple[int, list[str]]:
        """Build, and return the exit code and the lines of progress."""
        process = self.begin(*user)
        lines = process.communicate()[0].splitlines()
        return process.returncode, lines

    def left(self) -> str:
        """What stands beside the site that should not."""
        return " ".join(sorted(path.name for path in self.built.glob("next-*"))) or "nothing"


def small(folder: Path) -> Book:
    """A book of one chapter and pages of words on a small record."""
    shutil.copy(ROOT / "_config.yml", folder)
    (folder / "data").mkdir()
    SmallRecord(folder / "data")
    shutil.copytree(ROOT / "book" / "_static", folder / "book" / "_static")
    pages = stubs()
    del pages["index"]
    (folder / "book" / "index.ipynb").write_text(chapter("First", *CELLS), encoding="utf-8")
    for name, text in pages.items():
        (folder / "book" / f"{name}.md").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "_toc.yml", folder)
    return Book(folder)


def real(folder: Path) -> Book:
    """The book of the project with its history."""
    subprocess.run(["git", "clone", "-q", ROOT, folder], check=True)
    return Book(folder)


class Table:
    """The lines of the table, printed as they come, and whether all were good."""

    def __init__(self, book: Book):
        self.book, self.is_good = book, True
        print(f"{'what':44} {'code':>5} {'served':12} {'left':14} verdict", flush=True)

    def line(self, what: str, code: int, wanted: set[str], must_be_tidy: bool) -> None:
        """One line; wanted: the hashes that may be served now."""
        served, left = self.book.digest(), self.book.left()
        is_good = served in wanted and (left == "nothing" or not must_be_tidy)
        self.is_good &= is_good
        print(f"{what:44} {code:5} {served} {left:14} {'good' if is_good else 'BAD'}", flush=True)

    def next_build(self, number: int) -> str:
        """A build that nobody disturbs has to end well; returns the hash of its site."""
        self.book.edit(number)
        code, lines = self.book.build()
        self.line("  the next build", code, {self.book.digest()} if code == 0 else set(), True)
        if code:
            print("\n".join(lines[-20:]))
        return self.book.digest()


def kills(book: Book, table: Table, moments: int) -> None:
    """End builds at lines of their progress that lie evenly, by each signal; one whole build after each signal."""
    book.edit(0)
    n_lines = len(book.build()[1])
    for which, number in SIGNALS.items():
        good = book.digest()
        for moment in range(moments):
            at = moment * n_lines // moments
            book.edit(1 + moment)
            process = book.begin()
            for _ in range(at + 1):
                process.stdout.readline()
            (os.killpg if which == "KILL of all" else os.kill)(process.pid, number)
            process.communicate()
            # a signal that comes after the last step finds the new site in its place
            allowed = {good} if at < n_lines - 2 else {good, book.digest()}
            table.line(f"{which} after line {at + 1} of {n_lines}", process.returncode, allowed, "KILL" not in which)
        table.next_build(100)


@contextmanager
def disk(book: Book) -> Iterator[None]:
    """The folder of builds on a disk of its own in memory, whose size can be changed."""
    kept = book.built.with_name("kept")
    book.built.rename(kept)
    book.built.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g", "tmpfs", book.built], check=True)
    try:
        shutil.copytree(kept, book.built, dirs_exist_ok=True)
        yield
    finally:
        subprocess.run(["umount", book.built], check=True)
        book.built.rmdir()
        kept.rename(book.built)


def full_disks(book: Book, table: Table) -> None:
    """Build where the disk has room for no more than a part of a site."""
    with disk(book):
        good = book.digest()
        for number, room in enumerate(ROOMS):
            taken = shutil.disk_usage(book.built).used
            size = sum(path.stat().st_size for path in book.built.rglob("*") if path.is_file())
            book.edit(200 + number)
            resize(book, int(taken + room * size))
            code, _ = book.build()
            resize(book, 1 << 30)
            wanted = {good} if code else {book.digest()}
            good = book.digest()
            table.line(f"a disk with room for {room} sites more", code, wanted, True)
        table.next_build(300)


def resize(book: Book, n_bytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={n_bytes}", book.built], check=True)


def no_rights(book: Book, table: Table) -> None:
    """Build as somebody else."""
    good = book.digest()
    book.edit(400)
    code, lines = book.build(NOBODY)
    table.line("somebody without rights", code, {good} if code and "Make _build/ yours" in lines[-1] else set(), True)


def two_at_once(book: Book, table: Table) -> None:
    """Build twice at the same time: the second one has to say that it waits, and both end well with the same site."""
    book.edit(500)
    first = book.begin()
    first.stdout.readline()
    second = book.begin()
    said = second.stdout.readline()
    codes = [process.communicate() and process.returncode for process in (first, second)]
    is_good = f"process {first.pid} since" in said and not any(codes)
    table.line("two at once", max(codes), {book.digest()} if is_good else set(), True)


def main() -> int:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__.split("\n")[0])
    reader.add_argument("--book", choices=("small", "real"), default="small")
    reader.add_argument("--moments", type=int, default=20, metavar="N", help="how many for each signal (default: 20)")
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        folder.parent.chmod(0o755)
        if chosen.book == "small":
            folder.mkdir()
        book = small(folder) if chosen.book == "small" else real(folder)
        say("building the site that has to stay")
        code, lines = book.build()
        if code:
            print("\n".join(lines[-20:]))
            return 1
        table = Table(book)
        kills(book, table, chosen.moments)
        two_at_once(book, table)
        if os.geteuid() == 0 and sys.platform == "linux":
            no_rights(book, table)
            full_disks(book, table)
    return 0 if table.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
