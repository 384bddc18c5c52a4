"""Rules of the house: who may import whom, and commands that the README promises."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "drills"
# room: rooms of this package that it may import
MAY_IMPORT = {
    "tables": set(),
    "provenance": set(),
    "countries": set(),
    "checks": {"tables", "provenance"},
    "definitions": set(),
    "estimates": {"provenance"},
    "trends": {"definitions", "tables"},
    "context": {"dossier", "tables", "trends"},
    "coverage": {"trends"},
    "editions": {"definitions", "tables", "trends"},
    "participation": {"definitions", "trends"},
    "places": {"trends"},
    "dossier": {"estimates", "provenance", "tables"},
    "scale": {"dossier", "estimates"},
    "terminal": {"dossier"},
    "cards": {"context", "countries", "coverage", "definitions", "dossier", "editions", "estimates", "participation",
              "places", "provenance", "scale", "tables", "trends", "__init__"},
    "notebooks": {"cards", "estimates", "scale", "tables"},
    "site": {"cards", "countries", "definitions", "dossier", "editions", "estimates", "participation", "provenance",
             "scale", "tables", "trends", "__init__"},
    "__main__": {"checks", "dossier", "estimates", "notebooks", "site", "tables", "terminal"},
    "__init__": set(),
}
PURE = ("context", "coverage", "definitions", "dossier", "editions", "estimates", "participation", "places",
        "provenance", "scale", "trends")
NOT_PURE = {"sphinx", "IPython", "pathlib", "os", "io", "docutils", "matplotlib", "plotly"}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> tuple[set[str], set[str]]:
    """Rooms of the package and other top-level modules that a file imports."""
    rooms, others = set(), set()
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            others.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            others.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom) and node.level < depth:
            rooms.add(room_of(path))
        elif isinstance(node, ast.ImportFrom):
            names = [node.module] if node.module else [alias.name for alias in node.names]
            rooms.update("__init__" if name.startswith("__") else name.split(".")[0] for name in names)
    return rooms, others


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path):
    """Catch a room that reaches upward, such as counting code that knows a page."""
    room = room_of(path)
    rooms, others = imports(path)
    assert rooms <= MAY_IMPORT[room] | {room}
    if room in PURE:
        assert not others & NOT_PURE


def test_the_readme_names_commands_that_exist():
    """Catch a command in the README or the guide for authors that the Makefile does not have."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name in ("README.md", "CONTRIBUTING.md"):
        for command in re.findall(r"`make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8")):
            assert command in targets, (name, command)


def test_the_version_stands_once():
    """Catch two version numbers that drift apart."""
    version = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)[1]
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
