"""What breaks the code to see which breaks no test sees: mutmut, which runs tests in a copy of part of the checkout."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
# mutmut takes these itself
TAKEN = {*SETTINGS["source_paths"], "tests"}


def test_the_copy_holds_what_its_tests_read():
    """Catch a run that ends before it breaks anything, since a test lacks a file in the copy."""
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))}
    texts = [path.read_text(encoding="utf-8") for room in SETTINGS["pytest_add_cli_args_test_selection"]
             for path in (ROOT / room).rglob("*.py")]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("*.py")]
    named = {folder for text in texts for folder in folders
             if re.search(rf'/ "{folder}"|^from {folder}\b|^import {folder}\b', text, re.MULTILINE)}
    assert "book" in named and named <= {*SETTINGS["also_copy"], *TAKEN}
