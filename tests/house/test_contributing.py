"""The guide for authors, followed literally: its commands are run and its rows written in a copy of the checkout."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)(?: (write|append))?(?: ([\w./-]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# sections with something to follow; what one goes on from is followed with it, from a fresh copy each
FOLLOWED = (("Set up",), ("Correct a figure", "Open a pull request"), ("Add an event",), ("Withdraw a row",),
            ("Rename an id",), ("Write a chapter",))
UNDO = re.search(r"undoes everything between two of them: `([^`]+)`", GUIDE)[1]
# what asks most of a new chapter of all that `make quick` runs
OF_A_CHAPTER = "tests/house/test_book.py tests/house/test_contributing.py tests/chapters"
AUTHOR = {f"GIT_{who}_{what}": f"{what.lower()}@example.org" for who in ("AUTHOR", "COMMITTER")
          for what in ("NAME", "EMAIL")}


def section(title: str) -> str:
    """The text under a heading of the guide."""
    return re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)[1]


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of this checkout as a newcomer has it: one commit on main, a fork to push to, an environment set up."""
    folder = tmp_path_factory.mktemp("contributing")
    copy, fork = folder / "copy", folder / "fork.git"
    files = subprocess.run(["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                           check=True, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, files):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    # the environment of this test in the place of one that make would spend minutes on
    (copy / ".venv" / "bin").mkdir(parents=True)
    (copy / ".venv" / "bin" / "python").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
    (copy / ".venv" / "bin" / "python").chmod(0o755)
    (copy / ".venv" / ".ready").touch()
    run(f"git init -q -b main . && git add -A && git commit -q -m all && git init -q --bare {shlex.quote(str(fork))}"
        f" && git remote add origin {shlex.quote(str(fork))} && git push -q origin main && git fetch -q", copy)
    return copy


@pytest.fixture
def checkout(copy) -> Path:
    """The copy as it was made, whatever was followed in it before."""
    run("git switch -q -f main && git reset -q --hard origin/main && git clean -q -fd", copy)
    assert run("git status --porcelain", copy) == ""
    return copy


def run(commands: str, folder: Path) -> str:
    """What a block of commands prints; each has to succeed."""
    done = subprocess.run(["bash", "-euc", commands], cwd=folder, capture_output=True, text=True,
                          env={**os.environ, **AUTHOR, "PYTHONPATH": str(folder), "MAKEFLAGS": ""})
    assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def follow(title: str, folder: Path) -> list[str]:
    """Do what a section says, block by block; returns what its commands print."""
    printed = []
    for language, deed, name, text in BLOCK.findall(section(title)):
        if language == "sh":
            printed.append(run(text, folder))
        elif language == "diff":
            replace(folder / name, text)
        elif deed == "write":
            (folder / name).write_text(text, encoding="utf-8")
        elif deed == "append":
            (folder / name).write_bytes((folder / name).read_bytes() + text.encode("utf-8"))
        elif language == "csv":
            held = (folder / name).read_text(encoding="utf-8").splitlines()
            assert [row for row in text.splitlines() if row not in held] == [], name
        else:
            assert language == "text", f"the guide has a block of {language} that nothing is done with"
    return printed


def replace(path: Path, diff: str) -> None:
    """Put the lines with + in the place of those with -, which have to stand together, and once."""
    old, new = ("".join(f"{line[1:]}\n" for line in diff.splitlines() if line[:1] == sign) for sign in "-+")
    text = path.read_text(encoding="utf-8")
    assert f"\n{text}".count(f"\n{old}") == 1, f"{path.name} does not hold once what the guide replaces:\n{old}"
    path.write_text(f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:], encoding="utf-8")


def test_every_section_with_blocks_is_followed():
    """Catch an example that no test follows."""
    titles = re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)
    assert [title for title in titles if BLOCK.search(section(title))] == sorted(sum(FOLLOWED, ()), key=titles.index)


def test_the_file_of_a_block_is_named_before_it():
    """Catch a block of which a reader of the page does not know where it belongs: a page shows no head of a block."""
    unnamed = []
    for block in BLOCK.finditer(GUIDE):
        before = GUIDE[:block.start()].rstrip().rpartition("\n")[2]
        if block[3] and f"`{block[3]}`" not in before:
            unnamed.append((block[3], before))
    assert unnamed == []


def test_a_diff_fits_after_another_chapter_too(tmp_path):
    """Catch a guide that fails as soon as somebody has followed it: a real chapter may come last as well."""
    diffs = [(name, text) for language, _, name, text in BLOCK.findall(section("Write a chapter"))
             if language == "diff"]
    assert diffs
    for name, text in diffs:
        path = tmp_path / Path(name).name
        path.write_bytes((ROOT / name).read_bytes())
        replace(path, text.replace("eekday", "eekend"))
        replace(path, text)


@pytest.mark.slow
@pytest.mark.parametrize("titles", FOLLOWED, ids=", ".join)
def test_the_guide_works_as_it_is_written(checkout, titles):
    """Catch a command that fails, a row that no longer stands where the guide says, a record that is not sound,
    and an undoing that leaves something of an example, or takes the environment or the site with it."""
    kept = [checkout / ".venv" / ".ready", checkout / "_build" / "html" / "index.html"]
    kept[1].parent.mkdir(parents=True, exist_ok=True)
    kept[1].touch()
    for title in titles:
        printed = follow(title, checkout)
        if title == "Write a chapter":
            assert "weekday" in printed[0] and "book/weekdays.ipynb: refreshed" in printed[0]
            assert "book/weekdays.ipynb: unchanged" in run(".venv/bin/python -m drills notebooks weekdays", checkout)
            assert "warning" not in run(
                f".venv/bin/python -m pytest -q -n 0 -p no:cacheprovider -m 'not slow' {OF_A_CHAPTER}", checkout)
        elif title == "Open a pull request":
            assert "`qualifier` from `exactly` to `about`" in printed[0]
            assert run("git rev-parse HEAD", checkout) == run("git rev-parse origin/pacific-reach-troops", checkout)
        else:
            assert re.search(r"^[0-9,]+ events from .* newest page of", printed[-1], re.MULTILINE)
    run(UNDO, checkout)
    assert run("git status --porcelain", checkout) == "" and all(path.exists() for path in kept)
