"""A copy of the project in a temporary folder, built with the package of the copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IGNORED = shutil.ignore_patterns(".git", ".venv", "_build", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis")


class Project:
    """A copy of the project, built with the package of the copy."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.html = folder / "_build" / "html"

    def build(self) -> subprocess.CompletedProcess:
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        environment.pop("DRILLS_CARDS", None)
        return subprocess.run([sys.executable, "-m", "drills", "site"], cwd=self.folder, env=environment,
                              capture_output=True, text=True)

    def page(self, name: str) -> str:
        return (self.html / f"{name}.html").read_text(encoding="utf-8")
