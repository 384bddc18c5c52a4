"""What a clone of the project holds, whatever the settings of the machine."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = (".gitattributes", ".ci/run", "data/events.csv", "book/_static/favicon.svg")


def git(folder: Path, *words: str) -> None:
    author = ("-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run(["git", "-C", folder, *author, *words], check=True, capture_output=True)


def test_a_clone_has_the_line_ends_of_the_project(tmp_path):
    """Catch a script that dies, or a record that differs, on a machine set to write line ends of its own."""
    for name in NAMES:
        (tmp_path / "one" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "one" / name)
    git(tmp_path / "one", "init", "-q")
    git(tmp_path / "one", "add", "-A")
    git(tmp_path / "one", "commit", "-q", "-m", "one")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", "one", "two")
    for name in NAMES:
        assert (tmp_path / "two" / name).read_bytes() == (ROOT / name).read_bytes(), name
