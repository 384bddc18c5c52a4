"""What was made once: taken again for the same, made anew for anything else, and never trusted when it is spoilt."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import platform
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path
from threading import Lock

import numpy as np
import pandas as pd
import pytest

from drills import KEPT_VARIABLE, kept

MADE = {"page": "<p>one</p>", "figures": [1, 2.5, None]}


class Maker:
    """Makes a thing and counts how often."""

    def __init__(self, thing: object = MADE):
        self.thing, self.times = thing, 0

    def __call__(self) -> object:
        self.times += 1
        return self.thing


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch) -> Iterator[Path]:
    folder = tmp_path / "kept"
    monkeypatch.setenv(KEPT_VARIABLE, str(folder))
    kept.code.cache_clear()
    yield folder
    kept.code.cache_clear()


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_made_is_taken_again(store):
    """Catch a thing that is made twice for the same, and one that comes back as something else."""
    make = Maker()
    assert [kept.keep("pages", ("event", 1), make) for _ in range(3)] == [MADE] * 3
    assert make.times == 1 and len(files(store / "pages")) == 1
    assert kept.find("pages", ("event", 1), dict) == MADE
    assert kept.find("pages", ("event", 1), list) is None


@pytest.mark.parametrize("kind, given", [("pages", ("event", 2)), ("pages", ["event", 1]), ("pictures", ("event", 1))])
def test_what_is_made_of_something_else_is_made(kind, given):
    """Catch a page of one event that is shown for another."""
    kept.put("pages", ("event", 1), "another")
    assert kept.find(kind, given, str) is None
    assert kept.keep(kind, given, Maker()) == MADE


CHANGES = {
    "a package's version": lambda patch: patch.setattr(metadata, "version", lambda name: "0.0.0"),
    "Python": lambda patch: patch.setattr(platform, "python_version", lambda: "9.9.9"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_other_packages_make_it_anew(monkeypatch, change):
    """Catch a result that is older than the packages or the Python that would make it now."""
    kept.put("pages", 1, "old")
    assert kept.keep("pages", 1, Maker()) == "old"
    change(monkeypatch)
    kept.code.cache_clear()
    assert kept.find("pages", 1, str) is None


@pytest.mark.parametrize("spoil", [
    lambda path: path.write_text("x = 2\n"), lambda path: path.with_name("b.py").write_text(""),
    lambda path: path.unlink(), lambda path: path.rename(path.with_name("b.py")),
    lambda path: path.with_name("page.jinja").write_text("{{ x }}"),
    lambda path: (path.parents[1] / "CITATION.cff").write_text("title: Other"),
], ids=["edited", "added", "removed", "renamed", "template", "citation"])
def test_each_file_of_the_package_counts(monkeypatch, tmp_path, spoil):
    """Catch an edit after which old pages are taken for new ones."""
    module = tmp_path / "checkout" / "drills" / "a.py"
    module.parent.mkdir(parents=True)
    module.write_text("x = 1\n")
    monkeypatch.setattr(kept, "PACKAGE", module.parent)
    before = kept.code()
    kept.code.cache_clear()
    assert kept.code() == before
    spoil(module)
    kept.code.cache_clear()
    assert kept.code() != before


def test_code_that_was_edited_since_it_was_loaded_keeps_nothing(monkeypatch, store):
    """Catch what old code has made, kept under the digest of the new."""
    monkeypatch.setattr(kept, "BEGAN", 0.0)
    make = Maker()
    assert [kept.keep("pages", 1, make), kept.keep("pages", 1, make)] == [MADE] * 2
    assert make.times == 2 and files(store) == []


def test_what_is_no_file_is_no_code(monkeypatch, tmp_path):
    """Catch the mark of an editor, a link to nowhere, that ends a build, and compiled modules that age the code."""
    package = tmp_path / "drills"
    (package / "site" / "__pycache__").mkdir(parents=True)
    for name in ("site/a.py", "b.css", "site/__pycache__/a.pyc"):
        (package / name).write_text(name, encoding="utf-8")
    (package / ".#a.py").symlink_to("someone@host.1234")
    (tmp_path / "CITATION.cff").touch()
    monkeypatch.setattr(kept, "PACKAGE", package)
    assert kept.code_files() == [tmp_path / "CITATION.cff", package / "b.css", package / "site" / "a.py"]
    kept.code.cache_clear()
    assert kept.code() and not kept.is_code_as_loaded()


class Runs:
    """When unpickled it writes a file."""

    def __init__(self, path: Path):
        self.path = path

    def __reduce__(self):
        return (Path.write_text, (self.path, "run"))


@pytest.mark.parametrize("spoil", [
    lambda path: path.write_bytes(b""), lambda path: path.write_bytes(path.read_bytes()[:-1]),
    lambda path: path.write_bytes(path.read_bytes()[:kept.DIGEST + 4]),
    lambda path: path.write_bytes(path.read_bytes() + b"\0"),
    lambda path: path.write_bytes(path.read_bytes().replace(b"one", b"two")),
    lambda path: path.write_bytes(b"<html>" * 100),
    lambda path: path.write_bytes(pickle.dumps({"page": "foreign"})),
    lambda path: path.write_bytes(pickle.dumps(Runs(path.with_name("ran")))),
], ids=["empty", "cut", "cut early", "longer", "another letter", "no pickle", "foreign", "code"])
def test_a_spoilt_result_is_made_again(store, spoil):
    """Catch a page of which a killed build or a bad disk has left something else, and code run from a found file."""
    kept.put("pages", 1, MADE)
    (path,) = files(store)
    spoil(path)
    make = Maker()
    assert kept.find("pages", 1, dict) is None and kept.keep("pages", 1, make) == MADE and make.times == 1
    assert kept.keep("pages", 1, make) == MADE and make.times == 1
    assert files(store) == [path]


@pytest.mark.parametrize("thing", [lambda: 0, Lock(), (number for number in "12")],
                         ids=["function", "lock", "generator"])
def test_what_cannot_be_written_is_made_each_time(store, thing):
    """Catch a build that ends at what is only there to save time."""
    make = Maker(thing)
    assert kept.keep("pages", 1, make) is thing and kept.keep("pages", 1, make) is thing
    assert make.times == 2 and files(store) == []


@pytest.mark.parametrize("given", [object(), [Lock()], {"a": {"b": object()}}, lambda: 0],
                         ids=["object", "lock", "deep", "function of elsewhere"])
def test_what_has_no_digest_is_made_each_time(store, given):
    """Catch two things that are taken for one since nothing is known of either."""
    make = Maker()
    assert [kept.keep("pages", given, make) for _ in range(2)] == [MADE] * 2 and make.times == 2
    assert files(store) == []
    kept.put("pages", given, MADE)
    assert kept.find("pages", given, dict) is None


def test_a_store_that_cannot_be_written_costs_time_alone(store):
    """Catch a build that a full or locked disk ends where it only had to work."""
    store.write_text("a file where the folder should be")
    assert kept.keep("pages", 1, Maker()) == MADE


def test_nothing_is_kept_without_a_folder(store, monkeypatch):
    """Catch a store in the folder of whoever only reads the record."""
    monkeypatch.delenv(KEPT_VARIABLE)
    make = Maker()
    assert [kept.keep("pages", 1, make) for _ in range(2)] == [MADE] * 2 and make.times == 2
    assert kept.find("pages", 1, dict) is None and not store.exists()
    kept.forget_old()


def write_and_read(number: int) -> bool:
    """Whether what is found is always whole, while others write the same; each result is of one letter."""
    for _ in range(30):
        kept.put("pages", 1, chr(97 + number) * 300_000)
        found = kept.find("pages", 1, str)
        if found is None or found != found[0] * 300_000:
            return False
    return True


def test_many_builds_may_share_a_store(store):
    """Catch half a result, or that of two writers, and a writer that takes away the other's."""
    with multiprocessing.get_context("fork").Pool(4) as pool:
        assert pool.map(write_and_read, range(4), chunksize=1) == [True] * 4
    assert len(files(store)) == 1


def test_what_nobody_asks_for_is_forgotten(store):
    """Catch a store that grows for ever, and one that forgets what each build asks for."""
    for given in (1, 2):
        kept.put("pages", given, MADE)
    for path in files(store):
        os.utime(path, (time.time() - kept.OLD - 60,) * 2)
    assert kept.find("pages", 1, dict) == MADE
    kept.forget_old()
    assert kept.find("pages", 1, dict) == MADE and kept.find("pages", 2, dict) is None and len(files(store)) == 1


def adder(number: int):
    """A function within another, as if it stood in the package."""
    def add(other: int) -> int:
        return number + other
    add.__module__ = "drills.adding"
    return add


@dataclass
class Two:
    """Two things."""

    one: object
    two: object


FRAME = pd.DataFrame({"a": [1, 2], "b": ["x", None]})
ONE_OF_EACH = [
    None, "None", True, 1, 1.0, "1", b"1", float("nan"), (), [], {}, set(), (1,), [1], [[1]], [1, 2], [2, 1], ["1, 2"],
    [["a"], "b"], [["a", "b"]], {"a": 1}, {"a": "1"}, {1: "a"}, {1: {}, 2: 3}, {1: {2: 3}}, {1, 2}, {1, 3},
    frozenset("a"), "a", "a\0", "ab",
    pd.Timestamp("2026-10-01"), pd.Timestamp("2026-10-02"), pd.NaT, pd.NA, np.int64(1), np.array([1, 2]),
    np.array([1.0, 2.0]), np.array([[1, 2]]), FRAME, FRAME.iloc[::-1], FRAME.rename(columns={"a": "c"}),
    FRAME.astype({"a": float}), FRAME["a"], FRAME["a"].rename("c"), pd.Index([1, 2]), re.compile("a"),
    re.compile("a", re.IGNORECASE), partial(int, base=2), partial(int, base=3), adder(1), adder(2), kept.digest,
    kept.keep, Path, "pathlib.Path", Two("a", "b"), Two("b", "a"), Two(("a", "b"), None),
]


def test_things_that_differ_have_digests_that_differ():
    """Catch two inputs for which one result is shown."""
    of = {}
    for thing in ONE_OF_EACH:
        digest = kept.digest(thing)
        assert digest not in of, (thing, of[digest])
        of[digest] = thing


@pytest.mark.parametrize("one, same", [
    ({1, 2, 3}, {3, 2, 1}), (FRAME, FRAME.copy()), ("ab", "".join("ab")), (adder(1), adder(1)),
    (frozenset(["x", "y"]), frozenset(["y", "x"])), ({"a": [1]}, {"a": [1]}),
])
def test_things_that_are_the_same_have_one_digest(one, same):
    """Catch a result that is made again in each build."""
    assert kept.digest(one) == kept.digest(same)


def test_the_border_between_two_things_counts():
    """Catch parts that run into each other."""
    assert len({kept.digest("a", "bc"), kept.digest("ab", "c"), kept.digest("abc"), kept.digest(["a"], "bc"),
                kept.digest(["a", "bc"])}) == 5
