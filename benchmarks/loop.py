"""The loop of an author: how soon an edit is on its pages, and how much of a clean build that takes."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat

from benchmarks.book import OURS, clean_build, prepare
from benchmarks.measure import Line, median, python, say

REPEATS = 3
EVENT_PAGES, UP_TO_DATE = "pages of events", "the site is up to date"
# Seconds after which an edit is to be seen on two cores: on the page of its event, and everywhere.
SOONEST, TARGETS = 5, {"claim": 20, "sentence": 8, "address": 10}
WORDS = {"claim": "an edited claim in every chapter", "sentence": "an edited sentence of a chapter",
         "address": "a new address of a source"}


def edit_table(path: Path, change: Callable[[list[str], list[dict[str, str]]], None]) -> None:
    """Change rows of a table in place; change: takes its columns and its rows."""
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    rows = list(reader)
    change(list(reader.fieldnames or ()), rows)
    sink = io.StringIO()
    writer = csv.DictWriter(sink, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(sink.getvalue(), encoding="utf-8")


def claim(folder: Path) -> None:
    """One more in a figure of troops."""
    def change(_columns: list[str], rows: list[dict[str, str]]) -> None:
        row = next(row for row in rows if row["measure"] == "troops" and row["qualifier"] == "exactly")
        row["value_low"] = row["value_high"] = str(int(row["value_low"]) + 1)

    edit_table(folder / "data" / "claims.csv", change)


def address(folder: Path) -> None:
    """Another address of a page."""
    def change(_columns: list[str], rows: list[dict[str, str]]) -> None:
        rows[0]["url"] += "&again=1" if "?" in rows[0]["url"] else "?again=1"

    edit_table(folder / "data" / "sources.csv", change)


def sentence(folder: Path) -> None:
    """One more sentence in a chapter."""
    path = folder / "book" / "frequency.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += "\n\nOne more sentence."
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


class Serving:
    """`drills serve` in a copy of the project."""

    def __init__(self, folder: Path):
        self.folder = folder
        environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(python("-m", "drills", "serve"), cwd=folder, env=environment, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def until(self, words: str) -> None:
        """Wait for a line; raises RuntimeError with what was printed if the loop ends or finds a problem before it."""
        read = []
        for line in self.process.stdout or ():
            read.append(line)
            if words in line:
                return
            if "problem" in line or "failed" in line:
                break
        raise RuntimeError(f"no '{words}' in:\n{''.join(read)}")

    def seconds(self, edit: Callable[[Path], None]) -> tuple[float, float]:
        """Seconds from an edit to the pages of events, and to the end."""
        edit(self.folder)
        began = time.perf_counter()
        if edit is sentence:
            soon = 0.0
        else:
            self.until(EVENT_PAGES)
            soon = time.perf_counter() - began
        self.until(UP_TO_DATE)
        return soon, time.perf_counter() - began

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def measure() -> list[Line]:
    """A clean build, then each edit in turn in one loop."""
    with tempfile.TemporaryDirectory() as name:
        folder = prepare(Path(name) / "project", False)
        say("a clean build, against which edits are measured")
        clean = clean_build(OURS, folder)
        serving = Serving(folder)
        try:
            serving.until(UP_TO_DATE)
            taken: dict[str, list[tuple[float, float]]] = {}
            for turn in range(REPEATS):
                for edit in (claim, sentence, address):
                    say(f"an edited {edit.__name__}, {turn + 1} of {REPEATS}")
                    taken.setdefault(edit.__name__, []).append(serving.seconds(edit))
        finally:
            serving.end()
    soon = median([first for first, _ in taken["claim"]])
    lines = [line("an edited claim on the page of its event", soon, SOONEST, clean)]
    return lines + [line(WORDS[name], median([last for _, last in taken[name]]), most, clean)
                    for name, most in TARGETS.items()]


def line(what: str, seconds: float, most: float, clean: float) -> Line:
    """One measured edit; clean: seconds of a build of all, which an edit took before."""
    return Line(f"make serve: {what}, against a clean build", f"{seconds / clean:.2f} × its time", f"at most {most} s",
                seconds <= most, f"{seconds:.1f} s; {clean:.1f} s")
