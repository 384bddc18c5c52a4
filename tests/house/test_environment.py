"""The environment of the project is whole or not taken for one: the Makefile's rules, run on packages that are none.

A stand-in for Python makes environments without packages, and stops where a test asks it to.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.processes import Begun

ROOT = Path(__file__).resolve().parents[2]
PYTHON = f"""#!/bin/bash
set -e
case "$1 $2 $3" in
  "-c "*) exec {sys.executable} "$@" ;;
  "-m venv "*)
    rm -rf .venv; mkdir -p .venv/bin
    cp "$0" .venv/bin/python
    printf '#!/bin/bash\\necho npm "$@" "$npm_config_cache" >> said; mkdir -p "$npm_config_cache"' > .venv/bin/npm
    chmod +x .venv/bin/npm ;;
  "-m pip config")
    printf "%s\\n" ":env:.find-links='one two'" "global.timeout='60'" "global.index-url='https://three'" ;;
  "-m pip install")
    case "$*" in *.venv/.uv*)
      cp .venv/.uv asked
      printf '#!/bin/bash\necho uv "$@" >> said; exit "$UV_ENDS"' > .venv/bin/uv
      chmod +x .venv/bin/uv; exit ;;
    esac
    echo "pip $(cat requirements.txt)" >> said
    case "$*" in *requirements.txt*) if [ -p go ]; then echo "at work on packages" >&2; cat go; fi ;; esac ;;
esac
"""
FILES = ("requirements.txt", "pyproject.toml", "drills/site/npm/package-lock.json",
         "tests/browser/npm/package-lock.json")


class Project:
    """A folder with the Makefile of the project and a stand-in for Python."""

    def __init__(self, folder: Path):
        self.folder = folder
        shutil.copy(ROOT / "Makefile", folder)
        for name in FILES:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("first", encoding="utf-8")
        (folder / "python").write_text(PYTHON, encoding="utf-8")
        (folder / "python").chmod(0o755)

    def make(self, target: str = ".venv/.ready") -> int:
        words = ["make", "--no-print-directory", target, f"PYTHON={self.folder / 'python'}"]
        return subprocess.run(words, cwd=self.folder).returncode

    def installed(self) -> list[str]:
        """What pip was asked to install, first the packages of the lock and then the project, for each time."""
        said = (self.folder / "said").read_text(encoding="utf-8").splitlines()
        return [line.removeprefix("pip ") for line in said if line.startswith("pip ")]


@pytest.fixture
def project(tmp_path) -> Project:
    return Project(tmp_path)


@pytest.mark.slow
def test_what_was_made_is_not_made_again(project):
    """Catch an environment that every command makes anew, and npm that writes into a home."""
    assert project.make() == 0 and project.make() == 0 and project.installed() == ["first"] * 2
    assert project.make(".venv/npm-tests/.ready") == 0 and project.make(".venv/npm-tests/.ready") == 0
    said = (project.folder / "said").read_text(encoding="utf-8")
    assert said.count("npm ci") == 2 == said.count(f"{project.folder}/.venv/npm-cache")
    (project.folder / FILES[2]).write_text("second", encoding="utf-8")
    assert project.make() == 0 and len(project.installed()) == 4


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_what_was_interrupted_is_made_again(project, number):
    """Catch a half-installed environment that is taken for whole."""
    os.mkfifo(project.folder / "go")
    begun = Begun(project.make)
    begun.until("packages")
    os.killpg(begun.pid, number)
    begun.end()
    assert (project.folder / ".venv" / "bin" / "python").exists()
    (project.folder / "go").unlink()
    assert project.make() == 0 and project.installed() == ["first"] * 3


@pytest.mark.slow
def test_what_changes_meanwhile_is_installed_later(project):
    """Catch a lock that changed while packages were installed and is taken for installed."""
    os.mkfifo(project.folder / "go")
    begun = Begun(project.make)
    begun.until("packages")
    (project.folder / "requirements.txt").write_text("second", encoding="utf-8")
    (project.folder / "go").write_text("", encoding="utf-8")
    assert begun.end()[0] == 0
    (project.folder / "go").unlink()
    assert project.make() == 0 and project.installed() == ["first", "second", "second", "second"]


def test_what_is_compiled_is_kept(project):
    """Catch commands each of which compiles all that it imports, since the machine says that nothing be kept."""
    words = ["make", "--no-print-directory", "--eval", "said: ; @env", "said"]
    said = subprocess.run(words, cwd=project.folder, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
                          capture_output=True, text=True, check=True).stdout
    assert "PYTHONHASHSEED=0" in said.splitlines() and "PYTHONDONTWRITEBYTECODE" not in said


@pytest.mark.slow
@pytest.mark.parametrize("ends", [0, 1])
def test_packages_come_by_uv_where_it_finds_them(project, monkeypatch, ends):
    """Catch minutes where seconds are enough, and an environment that cannot be made where uv finds no packages."""
    monkeypatch.setenv("UV_ENDS", str(ends))
    uv = "uv==1.0 \\\n    --hash=sha256:0\n    # via drills\n"
    (project.folder / FILES[0]).write_text(f"numpy==2 \\\n    --hash=sha256:1\n{uv}zipp==3\n", encoding="utf-8")
    assert project.make() == 0
    assert (project.folder / "asked").read_text(encoding="utf-8") == uv
    said = (project.folder / "said").read_text(encoding="utf-8").splitlines()
    [asked] = [line for line in said if line.startswith("uv ")]
    assert "--require-hashes" in asked and asked.endswith(
        "--find-links one --find-links two --index-url https://three -r requirements.txt")
    # the project itself is pip's work, and the packages where uv fails
    assert sum(line.startswith("pip ") for line in said) == 1 + ends


@pytest.mark.slow
def test_two_at_once_install_once(project):
    """Catch two commands that install into the same environment at the same time."""
    os.mkfifo(project.folder / "go")
    first = Begun(project.make)
    first.until("packages")
    second = Begun(project.make)
    second.until("waiting for another make")
    (project.folder / "go").write_text("", encoding="utf-8")
    assert first.end()[0] == 0 and second.end()[0] == 0 and project.installed() == ["first"] * 2
