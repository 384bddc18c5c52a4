"""Run a command and time it; a Line is one measured thing with its target."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
IGNORED = shutil.ignore_patterns(".git", ".venv", "_build", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis")


@dataclass(frozen=True)
class Line:
    """One row of the results: what was measured, the result, the target ("" for none), and absolute numbers."""

    what: str
    result: str
    target: str
    is_met: bool
    absolute: str

    @property
    def verdict(self) -> str:
        return "" if not self.target else "yes" if self.is_met else "NO"


def say(words: str) -> None:
    """A line of progress."""
    print(f"  {words}", flush=True)


def median(values: list[float]) -> float:
    return statistics.median(values)


def run(words: list[str], folder: Path, codes: tuple[int, ...] = (0,)) -> tuple[float, str]:
    """Seconds that a command takes in `folder`, with the package found there first, and what it prints.

    Raises RuntimeError, with the end of its output, if it crashes or ends with another exit code than `codes`.
    """
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    environment.pop("DRILLS_CARDS", None)
    start = time.perf_counter()
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode not in codes or "Traceback (most recent call last)" in done.stderr:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-2000:]}")
    return seconds, done.stdout


def python(*words: str) -> list[str]:
    """A command of this Python."""
    return [sys.executable, *words]


def in_turn(commands: dict[str, list[str]], folder: Path, repeats: int,
            codes: tuple[int, ...] = (0,)) -> dict[str, float]:
    """Median seconds of each command by name; each round runs them in the other order, as machines drift."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(repeats):
        for name in list(commands)[:: 1 if turn % 2 == 0 else -1]:
            seconds[name].append(run(commands[name], folder, codes)[0])
    return {name: median(values) for name, values in seconds.items()}
