"""The loop of an author on a small book: what is edited shows, what is broken does not, and nothing is left running."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from drills.authoring.fmt import fmt
from drills.serve import server
from tests.builds.test_site import COUNTED, NUMBERS, words_of
from tests.helpers.books import ROOT, Book

SERVE = "import sys; from pathlib import Path; from drills.serve.loop import serve; " \
        "sys.exit(serve(Path('data'), Path('.').resolve(), int(sys.argv[1])))"
UP_TO_DATE = "the site is up to date"
# minutes, most of them builds: asked for by DRILLS_SLOW=1
pytestmark = pytest.mark.skipif(not os.environ.get("DRILLS_SLOW"), reason="takes minutes: set DRILLS_SLOW=1")


class Author:
    """A checkout with a small book and record, the loop of which runs in a process of its own."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.data_dir = folder, folder / "data"
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen([sys.executable, "-c", SERVE, str(port)], cwd=folder, env=environment,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def until(self, words: str) -> str:
        """All that is printed up to a line with these words; fails if the loop ends before."""
        read = []
        for line in self.process.stdout:
            read.append(line)
            if words in line:
                return "".join(read)
            if "the last good pages stay" in line:
                break
        pytest.fail(f"no '{words}' in:\n{''.join(read)}")

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path) as answer:
            return answer.read().decode()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def started(self) -> Author:
        """Wait for the first line, which names the address."""
        self.port = int(self.until("http://").partition("localhost:")[2].split()[0].rstrip(","))
        return self

    def edit(self, name: str, before: str, after: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture
def author(tmp_path, small_at) -> Iterator[Author]:
    book = Book(tmp_path, small_at(tmp_path / "data").folder)
    book.write(index=words_of("publishers"), method="# Method\n\nWords alone.\n")
    shutil.copy(ROOT / "_config.yml", tmp_path)
    fmt(book.data_dir)
    made = Author(tmp_path, 8000).started()
    yield made
    for process in [made.process, *([] if made.process.poll() is not None else made.family())]:
        process.kill()


def test_an_edit_shows_and_a_broken_record_does_not(author):
    author.until(UP_TO_DATE)
    assert server.TAG in author.get("/index.html") and COUNTED.search(author.get("/"))[1] == "2"
    site = author.folder / "_build/serve/_build/html"
    assert not [path for path in site.rglob("*.html") if server.SCRIPT_PATH in path.read_text(encoding="utf-8")]
    with urllib.request.urlopen(author.address + server.CHANGES_PATH) as stream:
        assert stream.readline().startswith(b":")
        author.edit("data/claims.csv", ",300,400,between", ",300,450,between")
        said = author.until("pages of events")
        assert "edited: data/claims.csv" in said and "the record is checked" in said and said.count(".html") == 1
        assert "events/2021-alpha.html" in said and "300 to 450" in author.get("/events/2021-alpha.html")
        stream.readline()
        assert json.loads(stream.readline().removeprefix(b"data: ")) == ["/events/2021-alpha.html"]
        author.until(UP_TO_DATE)
    author.edit("data/events.csv", "alpha-line,core,", "alpha-line,wider,")
    author.until(UP_TO_DATE)
    assert COUNTED.search(author.get("/"))[1] == "1"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    author.edit("data/events.csv", ",wider,", ",wide,")
    author.until("1 problem in the record; the last good pages stay:")
    said = author.process.stdout.readline()
    assert said.startswith("data/events.csv:2:") and "'wide'" in said
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    author.edit("data/events.csv", ",wide,", ",wider,")
    author.until(UP_TO_DATE)
    author.edit("book/method.md", "Words alone.", "Other words.")
    said = author.until(UP_TO_DATE)
    assert "method.html" in said and "index.html" not in said
    assert "Other words." in author.get("/method.html")
    assert_ends(author)


def assert_ends(author: Author) -> None:
    """Ctrl-C ends the loop soundly, and every process with it."""
    family = author.family()
    author.process.send_signal(signal.SIGINT)
    assert author.process.wait() == 0
    assert not psutil.wait_procs(family, timeout=60)[1]


def test_a_chapter_that_fails_is_reported_and_its_page_stays(author):
    author.until(UP_TO_DATE)
    author.edit("book/index.ipynb", NUMBERS, "raise ValueError('a slip')")
    author.until("ValueError: a slip")
    assert COUNTED.search(author.get("/"))[1] == "2"
    author.edit("book/index.ipynb", "raise ValueError('a slip')", NUMBERS)
    author.until(UP_TO_DATE)
    author.edit("book/method.md", "Words alone.", "Other words.")
    author.until("edited:")
    # while it builds
    assert_ends(author)
