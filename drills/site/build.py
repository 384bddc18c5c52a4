"""Build the site with Jupyter Book, strictly; if that fails, the last good site stays where it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..record import tables

ROOT = Path(__file__).resolve().parents[2]
# -n: every reference must resolve; -W --keep-going: any warning fails the build, after all have been shown
STRICT = ("-n", "-W", "--keep-going")
NOISE = ("IPKernelApp] WARNING | Kernel is running over TCP",)


def command(root: Path) -> list[str]:
    """The Jupyter Book command; the path of the table of contents has to be absolute."""
    program = Path(sys.executable).with_name("jupyter-book")
    return [str(program), "build", "book", "--config", "_config.yml", "--toc", str(root / "_toc.yml"),
            "--path-output", ".", *STRICT]


def build(data_dir: Path, root: Path = ROOT) -> int:
    """Build _build/html from the record in a folder and say where to open it; returns the exit code of the build.

    A build that fails or is interrupted leaves the last good site in its place. One that is killed cannot: then the
    copy of that site stays, and whichever build comes next puts it back if it fails too.
    """
    html, kept = root / "_build" / "html", root / "_build" / "last-good"
    keep(html, kept)
    print("building the site: the chapters are run, which takes about half a minute", flush=True)
    code = 1
    try:
        code = run(command(root), root, {**os.environ, tables.FOLDER_VARIABLE: str(data_dir.resolve())})
    finally:
        if code != 0 and kept.exists():
            put_back(html, kept)
    if code == 0:
        whole(html).touch()
        shutil.rmtree(kept, ignore_errors=True)
        print(f"the site is ready in {html.relative_to(root)}: run make serve to read it on http://localhost:8000 "
              "(opened as a file it lacks the interactive views)")
    return code


def whole(html: Path) -> Path:
    """The file that says of a built site that its build came to a good end."""
    return html.with_name("html-is-whole")


def keep(html: Path, kept: Path) -> None:
    """Copy a whole site aside before it is built over; what an interrupted build left never takes its place."""
    if whole(html).exists() and (html / "index.html").exists():
        shutil.rmtree(kept, ignore_errors=True)
        unfinished = kept.with_name("last-good-unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(html, unfinished)
        unfinished.rename(kept)
    whole(html).unlink(missing_ok=True)


def put_back(html: Path, kept: Path) -> None:
    """The kept site in the place of one that was not finished."""
    shutil.rmtree(html, ignore_errors=True)
    # the pages put back are older than what Sphinx remembers of them
    shutil.rmtree(html.with_name(".doctrees"), ignore_errors=True)
    whole(html).touch()
    kept.rename(html)
    print("the build failed; the last good site was kept in _build/html", file=sys.stderr)


def run(words: list[str], root: Path, environment: dict[str, str]) -> int:
    """Run a command in `root`, passing on what it prints but for known noise."""
    process = subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               encoding="utf-8", errors="replace", env=environment)
    for line in process.stdout:
        if not any(noise in line for noise in NOISE):
            print(line, end="", flush=True)
    return process.wait()
