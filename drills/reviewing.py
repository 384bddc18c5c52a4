"""Both sides of an edit of the record, read for `changes.impact`: the files at hand and those of a commit.

Every number and card is made by the code at hand, so that what differs comes from the record alone.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import multiprocessing
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from . import chapters
from .changes import impact
from .counting.reading import Reading, load
from .record import form
from .record.package import PACKAGE_FILE, fields, resources
from .record.problems import UnreadableData

BOOK = Path(__file__).resolve().parents[1] / "book"
# where work is measured from if nobody names a base
MAIN = ("origin/main", "main")


class NoBase(ValueError):
    """The commit to compare with cannot be read; says why."""


def review(data_dir: Path, base: str | None) -> str:
    """What the files of a folder change against those of a commit, as Markdown.

    base: the commit; None for the last one that the work shares with the main branch. Raises NoBase if there is no
    such commit or it has no record there, and UnreadableData if the files at hand cannot be read.
    """
    commit = base_of(data_dir, base)
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder)
        fetch(data_dir, commit, before)
        sides = [rows(before), rows(data_dir)]
        name = f"{base or 'main'} ({commit[:10]})"
        if not impact.is_same_record(*sides):
            with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
                sides = list(pool.map(side, (before, data_dir)))
        is_new_form = any((before / path.name).exists() and (before / path.name).read_bytes() != path.read_bytes()
                          for path in data_dir.glob("*.csv"))
        return impact.markdown(sides[0], sides[1], name, is_new_form)


def git(data_dir: Path, *words: str) -> bytes:
    """What git prints in the folder of the record; raises NoBase with what it says if it fails."""
    try:
        return subprocess.run(["git", "-C", str(data_dir), *words], capture_output=True, check=True).stdout
    except FileNotFoundError as error:
        raise NoBase("git is not installed: a comparison needs it") from error
    except subprocess.CalledProcessError as error:
        raise NoBase(error.stderr.decode(errors="replace").strip() or f"git {words[0]} found nothing") from error


def base_of(data_dir: Path, named: str | None) -> str:
    """The whole hash of the commit to compare with."""
    if named is not None:
        try:
            words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}")
            return git(data_dir, *words).decode().strip()
        except NoBase as error:
            raise NoBase(f"there is no commit '{named}'; git log --oneline lists them") from error
    for main in MAIN:
        try:
            return git(data_dir, "merge-base", "HEAD", main).decode().strip()
        except NoBase:
            continue
    return git(data_dir, "rev-parse", "--verify", "HEAD").decode().strip()


def fetch(data_dir: Path, commit: str, folder: Path) -> None:
    """Write the tables that a commit has in the folder of the record, and their description, into another folder."""
    listed = git(data_dir, "ls-tree", "-z", "--name-only", commit, "./").decode().split("\0")
    names = [name for name in listed if name == PACKAGE_FILE or name.endswith(".csv")]
    if PACKAGE_FILE not in names:
        raise NoBase(f"the commit {commit[:10]} has no {PACKAGE_FILE} in this folder")
    for name in names:
        (folder / name).write_bytes(git(data_dir, "show", f"{commit}:./{name}"))


def rows(data_dir: Path) -> impact.Side:
    """The rows of a folder by its own description, which may be older than the code."""
    found = impact.Side()
    package = json.loads((data_dir / PACKAGE_FILE).read_text(encoding="utf-8"))
    described, data = resources(package), {}
    for name, resource in described.items():
        if (data_dir / resource["path"]).is_file():
            data[name] = (data_dir / resource["path"]).read_bytes()
    for name, text in form.tables_in_form(package, data).items():
        key = described[name]["schema"]["primaryKey"]
        lines = list(csv.DictReader(io.StringIO(text, newline="")))
        found.rows[name] = {tuple(row[column] for column in key): row for row in lines}
        found.columns[name] = list(fields(described[name]))
        if len(found.rows[name]) < len(lines):
            found.lacks.append(f"{name}.csv has one key in several rows, of which the last is compared")
    found.lacks += [f"{name}.csv cannot be read whole; run make check" for name in described if name not in found.rows]
    return found


def side(data_dir: Path) -> impact.Side:
    """The rows of a folder and all that is counted from them by the code at hand."""
    found = rows(data_dir)
    try:
        reading = load(data_dir)
    except UnreadableData as error:
        first = str(error.problems[0]).replace(f"{data_dir}/", "")
        found.lacks.append("this version of the code cannot read the record, so that estimates, numbers, headlines, "
                           f"cards and houses are missing: {impact.quoted(first)}")
        return found
    for what, make in (("estimates", _estimates), ("houses", _houses)):
        _try(found, what, lambda make=make: make(reading, found))
    for name in chapters.NAMES:
        _try(found, f"the numbers of {name}", lambda name=name: found.numbers.update(
            {(name, number): words for number, words in chapters.numbers(reading, (name,))[name].items()}))
    for chapter, function in cards():
        _try(found, f"the card {chapter}.{function}", lambda chapter=chapter, function=function: _card(
            found, getattr(chapters.load([chapter])[chapter], function)(reading)))
    return found


def _try(found: impact.Side, what: str, make) -> None:
    """Make something, or say that it could not be made: rows that no rule allows can stop any of it."""
    try:
        make()
    except Exception as error:
        found.lacks.append(f"{what} could not be counted ({impact.quoted(f'{type(error).__name__}: {error}')})")


def _estimates(reading: Reading, found: impact.Side) -> None:
    for row in reading.estimates.to_dict("records"):
        found.estimates[row["event_id"], row["measure"], row["scope"]] = impact.estimate_in_words(row)


def _houses(reading: Reading, found: impact.Side) -> None:
    for event_id, houses in reading.event_houses.groupby("event_id")["house"]:
        found.houses[event_id] = frozenset(houses)


def _card(found: impact.Side, card) -> None:
    found.cards[card.card_id] = (card.title, card.digest)


def cards() -> Iterator[tuple[str, str]]:
    """Module and function of every card that a chapter's notebook shows: its cells call `module.function(reading)`."""
    for path in sorted(BOOK.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code" and (call := _last_call("".join(cell["source"]))):
                yield call


def _last_call(source: str) -> tuple[str, str] | None:
    """What a cell ends with, if that is a call of a function of a module."""
    match ast.parse(source).body[-1:]:
        case [ast.Expr(ast.Call(ast.Attribute(ast.Name(module), function), [ast.Name("reading")]))]:
            return module, function
    return None
