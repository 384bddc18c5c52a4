"""Rules of the house: who may import whom, and commands that the README promises."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from drills import __version__
from drills.record.version import Version

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "drills"
# room: rooms that its modules may import, beside their own; a module of its own has a line of its own
MAY_IMPORT = {
    "__init__": {"analysts", "record"},
    "lean": set(),
    "deep": set(),
    "signals": set(),
    "record": {"__init__"},
    "wording": {"record"},
    "checks": {"record", "lean"},
    "authoring": {"record", "checks", "wording", "writing"},
    "addresses": set(),
    "writing": set(),
    "kept": {"__init__", "writing"},
    "serve": {"checks", "record", "site", "kept", "deep"},
    "counting": {"record", "wording"},
    "templating": {"wording"},
    "figures": {"wording", "addresses", "templating", "kept", "__init__"},
    "chapters": {"record", "wording", "counting", "figures", "__init__"},
    "changes": {"record", "wording", "counting", "kept"},
    "downloads": {"record", "wording", "counting", "changes", "addresses", "templating", "writing", "__init__"},
    "site.pages": {"record", "wording", "counting", "changes", "downloads", "addresses", "figures", "templating",
                   "kept", "__init__"},
    "site": {"record", "wording", "counting", "changes", "downloads", "addresses", "figures", "site.pages", "kept",
             "writing", "lean", "deep", "signals", "__init__"},
    "analysts": {"counting", "record"},
    "terminal": {"record", "counting", "wording"},
    "links": {"record", "writing"},
    "reviewing": {"record", "counting", "chapters", "changes"},
    "notebooks": {"record", "counting", "chapters", "figures", "lean", "writing", "signals", "__init__"},
    "__main__": {"checks", "authoring", "record", "counting", "terminal", "notebooks", "site", "serve", "changes",
                 "downloads", "chapters", "reviewing", "wording", "links", "__init__"},
}
DRAWING = {"matplotlib", "plotly"}
SPHINX = {"sphinx", "docutils", "myst_nb", "jupyter_book", "myst_parser"}
# room: modules of others that it must not import
MUST_NOT_USE = {
    "record": {*DRAWING, *SPHINX, "IPython"},
    "wording": {*DRAWING, *SPHINX, "IPython"},
    "checks": {*DRAWING, *SPHINX, "IPython"},
    "authoring": {*DRAWING, *SPHINX, "IPython"},
    "counting": {*DRAWING, *SPHINX, "IPython", "pathlib", "os", "io", "PIL"},
    "chapters": {*DRAWING, *SPHINX},
    "downloads": {*DRAWING, *SPHINX},
    "changes": {*DRAWING, *SPHINX},
    "site.pages": SPHINX,
    "figures": SPHINX,
}
# what the settings of the book name, and the command that starts it: nothing else imports the site
IMPORT_THE_SITE = {"__main__", "serve.worker"}
# where chapters lean on each other: what all say alike
SHARED_BY_CHAPTERS = {"chapters.common", "chapters.headlines"}


def name_of(path: Path) -> str:
    """The dotted name of a module within the package."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def room_of(name: str) -> str:
    """The room of a module: its first folder, but for the pages of the site, which are a room of their own."""
    parts = name.split(".")
    return "site.pages" if parts[:2] == ["site", "pages"] else parts[0]


@cache
def imports(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Modules of the package, by dotted name within it, and other top-level modules that a file imports."""
    own, others = set(), set()
    here = path.relative_to(PACKAGE).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            others.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            others.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            base = [*here[:len(here) - node.level + 1], *(node.module or "").split(".")]
            base = [part for part in base if part]
            for alias in node.names:
                full = [*base, alias.name]
                is_module = (PACKAGE.joinpath(*full).with_suffix(".py").exists() or PACKAGE.joinpath(*full).is_dir())
                own.add(".".join(full if is_module else base) or "__init__")
    return frozenset(own), frozenset(others)


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_one_way(path):
    """Catch a room that reaches upward, such as counting code that knows a page, or a page that knows a chapter."""
    own, others = imports(path)
    name = name_of(path)
    room = room_of(name)
    assert {room_of(one) for one in own} <= MAY_IMPORT[room] | {room}
    assert not others & MUST_NOT_USE.get(room, set())


@pytest.mark.parametrize("path", sorted((PACKAGE / "chapters").glob("*.py")), ids=name_of)
def test_no_chapter_imports_another(path):
    """Catch a chapter that borrows from a second one, so that neither can change alone."""
    assert {name for name in imports(path)[0] if room_of(name) == "chapters"} <= SHARED_BY_CHAPTERS


def test_nothing_imports_the_site_or_the_book():
    """Catch code that can only run where the site is built."""
    users = {name_of(path) for path in MODULES for name in imports(path)[0] if room_of(name) in ("site", "site.pages")}
    assert {name for name in users if room_of(name) not in ("site", "site.pages")} <= IMPORT_THE_SITE
    assert all("book" not in imports(path)[1] for path in MODULES)


INSIDES = re.compile(r"listeners|nb_metadata|all_docs\.pop")


def test_templates_are_filled_in_one_place():
    """Catch a second environment, in which a missing value or a cell with markup is treated otherwise."""
    assert [name_of(path) for path in MODULES if "jinja2" in imports(path)[1]] == ["templating"]


@pytest.mark.parametrize("path", sorted((PACKAGE / "site").rglob("*.py")), ids=name_of)
def test_the_insides_of_sphinx_are_touched_in_one_place(path):
    """Catch a second module that breaks when Sphinx, MyST-NB or Jupyter Book changes what it never promised."""
    if path.name != "jupyterbook.py":
        assert not INSIDES.search(path.read_text(encoding="utf-8"))


def test_the_readme_names_commands_that_exist():
    """Catch a command in the README or the guide for authors that the Makefile does not have."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        for command in re.findall(r"`make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8")):
            assert command in targets, (name, command)


def test_the_version_stands_once():
    """Catch two version numbers that drift apart."""
    assert re.search(r'^version = "', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE) is None
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    heading = f"\n## {__version__}\n" if Version.parse(__version__).is_release else "\n## Unreleased\n"
    assert heading in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_map_of_the_rooms_is_true():
    """Catch a room that the map leaves out, or one on the map that is gone."""
    map_ = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    on_map = set(re.findall(r"^\| `drills/(\w+)/`", map_, re.MULTILINE))
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert on_map == rooms
    modules = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py"}
    assert all(f"`{name}`" in map_ for name in modules)
