"""The promise of a build: the last good site stays, byte for byte, whatever ends the next one, and nothing is left."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, product
from pathlib import Path

import pytest

from drills import signals
from drills.site import build, inventory, placing
from tests.helpers.processes import Begun

# Stands for Jupyter Book: copies what it finds into a note, makes two pages, stops between them for whoever asks it to.
BUILDER = """
import os, signal, sys
from pathlib import Path

output, text, end, is_waited_for = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4] == "yes"
html = output / "_build" / "html"
print("found", (html / "second.html").exists(), flush=True)
for folder in (html, html.with_name(".doctrees")):
    folder.mkdir(parents=True, exist_ok=True)
(html / "index.html").write_text(text)
if is_waited_for:
    child = os.fork() or signal.pause()
    print("one page made", flush=True)
    (output.parents[1] / "go").read_text()
    os.kill(child, signal.SIGKILL)
(html / "second.html").write_text(text * 20)
if end == "killed":
    os.fork() or signal.pause()
    os.kill(os.getpid(), signal.SIGKILL)
sys.exit(int(end))
"""


class Builds:
    """Builds of a site of two pages in a folder, in this process or in one that a test can kill."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch):
        self.root, self.monkeypatch = root, monkeypatch
        self.html = root / "_build" / "html"
        (root / "builder.py").write_text(BUILDER, encoding="utf-8")
        self.lacking: dict[str, list[str]] = {}
        os.mkfifo(root / "go")

    def site(self) -> dict[str, str]:
        """What is served: the texts of its files."""
        return {path.relative_to(self.html).as_posix(): path.read_text(encoding="utf-8")
                for path in sorted(self.html.rglob("*"))}

    def build(self, text: str, end: object = 0, is_waited_for: bool = False) -> int:
        """Build a site whose pages say `text`, by a builder that ends with an exit code; returns that of the build."""
        words = [str(self.root / "builder.py")]
        more = [text, str(end), "yes" if is_waited_for else "no"]
        self.monkeypatch.setattr(build, "command", lambda _root, output: [*words, str(output), *more])
        self.monkeypatch.setattr(inventory, "leave_out", lambda *_: None)
        self.monkeypatch.setattr(inventory, "missing", lambda *_: self.lacking)
        return build.build(self.root / "data", self.root)

    def begin(self, text: str, **ways: object) -> Begun:
        """The same in a process of its own, the first of a new process group."""
        return Begun(lambda: self.build(text, **ways))

    def left(self) -> list[str]:
        """What stands beside the site, but for what always does."""
        return sorted({path.name for path in self.html.parent.iterdir()} - {"html", ".doctrees", "lock"})


@pytest.fixture
def builds(tmp_path, monkeypatch) -> Iterator[Builds]:
    yield Builds(tmp_path, monkeypatch)


def pages(text: str) -> dict[str, str]:
    return {"index.html": text, "second.html": text * 20}


def test_a_build_that_fails_changes_nothing(builds, capfd):
    """Catch a half-built tree that is served, becomes the last good site, or stays behind."""
    assert builds.build("half", 1) == 1 and not builds.html.exists()
    assert builds.build("good") == 0 and builds.site() == pages("good")
    assert builds.build("half", 1) == 1 and builds.site() == pages("good")
    assert "the last good site" in capfd.readouterr().err
    assert builds.build("half", "killed") == 128 + signal.SIGKILL and builds.site() == pages("good")
    assert "killed by signal 9" in capfd.readouterr().err
    assert builds.build("better") == 0 and builds.site() == pages("better")
    assert builds.left() == []


def test_a_build_begins_with_the_last_good_site(builds, capfd):
    """Catch builds that make everything anew although little has changed, and those that trust a site that changed."""
    def begun(text: str, end: int = 0) -> bool:
        builds.build(text, end)
        return "found True" in capfd.readouterr().out

    assert [begun("one"), begun("two"), begun("three", 1), begun("four")] == [False, True, True, True]
    (builds.html / "second.html").unlink()
    assert not begun("five") and builds.site() == pages("five") and begun("six")
    (builds.html / "index.html").write_text("edited", encoding="utf-8")
    assert not begun("seven") and builds.site() == pages("seven")


def test_a_site_that_lacks_a_page_is_not_served(builds, capfd):
    """Catch a build that ends well without a page, and one that is never cured because it begins with what it left."""
    assert builds.build("good") == 0
    builds.lacking = {"the record and the book": ["events/a.html"], "b.html": [f"{n}.html" for n in range(7)]}
    assert builds.build("half") == 1 and builds.site() == pages("good")
    said = capfd.readouterr().err
    assert "the record and the book: events/a.html is missing" in said and "4.html and 2 more are missing" in said
    builds.lacking = {}
    assert builds.build("whole") == 0 and builds.site() == pages("whole") and "found False" in capfd.readouterr().out


def stop_at(builds: Builds, moment: str) -> None:
    """Have every build say when it has come to a moment of this process, and go no further."""
    module, name, number = {"copies": (placing.shutil, "copytree", 1), "copied": (build, "run", 0),
                            "publish": (placing, "publish", 0), "rights": (placing, "give_rights", 0),
                            "first": (placing, "put", 0), "second": (placing, "put", 1),
                            "discard": (placing, "discard", 0)}[moment]
    real, numbers = getattr(module, name), count()

    def stopped(*words: object, **named: object) -> object:
        if next(numbers) == number:
            print("moment", flush=True)
            # a signal that comes just before a pause would not end it
            while True:
                time.sleep(signals.LOOK)
        return real(*words, **named)

    builds.monkeypatch.setattr(module, name, stopped)


# what a person or a system sends to a build
ENDS = ("INT", "TERM", "KILL", "KILL of all")
# where, and whose site is served if the build ends there
MOMENTS = {"copies": "good", "copied": "good", "half": "good", "publish": "good", "rights": "good", "first": "good",
           "second": "new", "discard": "new"}


@pytest.mark.slow
@pytest.mark.parametrize("moment, end", [*product(MOMENTS, ENDS), ("half", "HUP")])
def test_whatever_ends_a_build_the_site_is_whole(builds, moment, end):
    """Catch a mixed site, a process that stays behind, and a next build that is not clean."""
    assert builds.build("good") == 0
    if moment != "half":
        stop_at(builds, moment)
    begun = builds.begin("new", is_waited_for=moment == "half")
    begun.until("one page made" if moment == "half" else "moment")
    hit(begun.pid, end)
    code, rest = begun.end()
    builds.monkeypatch.undo()
    assert builds.site() == pages(MOMENTS[moment])
    assert code == (-signal.SIGKILL if "KILL" in end else build.INTERRUPTED), rest
    if "KILL" not in end:
        assert "the build was stopped" in rest and (builds.left() == [] or moment == "discard"), rest
    assert builds.build("half", 1) == 1 and builds.site() == pages(MOMENTS[moment])
    assert builds.build("next") == 0 and builds.site() == pages("next") and builds.left() == []


def hit(pid: int, end: str) -> None:
    """Send the signal that a name of ENDS stands for, to a process or to its group."""
    number = getattr(signal, f"SIG{end.split()[0]}")
    if end == "KILL of all":
        os.killpg(pid, number)
    else:
        os.kill(pid, number)


def test_a_signal_that_another_thread_takes_ends_a_build(builds):
    """Catch a build that waits for ever for its program since a signal did not wake what waits."""
    reading, writing = os.pipe()

    def take() -> None:
        os.read(reading, 1)
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

    def work() -> int:
        threading.Thread(target=take, daemon=True).start()
        return builds.build("new", is_waited_for=True)

    begun = Begun(work)
    begun.until("one page made")
    os.write(writing, b"now")
    assert begun.end()[0] == build.INTERRUPTED


def test_two_builds_at_once_follow_each_other(builds):
    """Catch a site of two builds mixed, and a second one that says nothing."""
    first = builds.begin("first", is_waited_for=True)
    first.until("one page made")
    second = builds.begin("second")
    assert f"another build is running (process {first.pid} since " in second.until("another")
    (builds.root / "go").write_text("", encoding="utf-8")
    assert first.end()[0] == 0 and second.end()[0] == 0
    assert builds.site() == pages("second") and builds.left() == []


def test_a_full_disk_changes_nothing(builds):
    """Catch a site cut short where the disk ends, in the copy that a build begins with and in what it makes."""
    def small_disk(text: str) -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        return builds.build(text)

    assert builds.build("good") == 0
    code, said = Begun(lambda: small_disk("x" * 100)).end()
    assert code == 1 and "File too large" in said and builds.site() == pages("good")
    assert builds.build("y" * 100) == 0
    code, said = Begun(lambda: small_disk("new")).end()
    assert code == 1 and "Make room on the disk" in said and said.count("File too large") == 1
    assert builds.site() == pages("y" * 100)
    assert builds.left() == [] and builds.build("next") == 0 and builds.site() == pages("next")


def test_without_rights_a_build_says_so(builds):
    """Catch a traceback, and a site that is lost, where the folder belongs to somebody else."""
    def foreign() -> int:
        os.chdir(builds.root)
        if os.geteuid() == 0:
            os.setuid(65534)
        builds.root = Path(".")
        return builds.build("new")

    assert builds.build("good") == 0
    builds.html.parent.chmod(0o555)
    (builds.html.parent / "lock").chmod(0o444)
    code, said = Begun(foreign).end()
    builds.html.parent.chmod(0o755)
    assert code == 1 and "Make _build/ yours, or remove it" in said and builds.site() == pages("good"), said


def test_everybody_may_read_the_site(builds):
    """Catch pages that a server may not read because the builder's files are private."""
    before = os.umask(0o077)
    try:
        assert builds.build("good") == 0
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in builds.html.rglob("*.html")} == {0o644}
    assert builds.html.stat().st_mode & 0o777 == 0o755


def test_a_reader_always_finds_a_page(tmp_path):
    """Catch a moment in which nothing is served: the new site takes the place of the old one in one step."""
    folders, missed, is_over = [tmp_path / name for name in ("old", "new")], [], threading.Event()
    for folder in folders:
        folder.mkdir()
        (folder / "index.html").touch()

    def read() -> None:
        while not is_over.is_set():
            with suppress(FileNotFoundError):
                (tmp_path / "old" / "index.html").read_bytes()
                continue
            missed.append(1)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(300):
        placing.put(*reversed(folders), tmp_path / "aside")
    is_over.set()
    reader.join()
    assert not missed


def test_where_folders_cannot_be_exchanged_a_killed_build_loses_nothing(builds):
    """Catch the last good site lost between the two renames that stand for one on such a file system."""
    builds.monkeypatch.setattr(placing, "exchange", lambda *_: False)
    assert builds.build("good") == 0 and builds.build("better") == 0 and builds.site() == pages("better")
    # what a kill between the two leaves
    builds.html.rename(builds.html.with_name(placing.ASIDE))
    assert builds.build("half", 1) == 1 and builds.site() == pages("better")
    assert builds.build("next") == 0 and builds.site() == pages("next") and builds.left() == []
