"""The package away from its checkout: a wheel is built, installed into a folder, and used from an empty one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("drills", "data", "pyproject.toml", "README.md", "LICENSE")
# what the site needs besides: an analyst who has none of it must get by
OF_THE_SITE = ("IPython", "PIL", "feedgen", "icalendar", "jinja2", "jupyter_book", "lxml", "markdown_it", "matplotlib",
               "myst_nb", "nbclient", "nbformat", "opencc", "plotly", "pyarrow", "sphinx", "xlsxwriter", "yaml")
ALONE = f"import sys; sys.modules.update(dict.fromkeys({OF_THE_SITE!r}))\n"


def pip(*words: object) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *map(str, words)], check=True,
                   capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy without network, so that nothing of the build stays in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / "source" / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / "source" / name)
    pip("wheel", folder / "source", "--no-deps", "--no-build-isolation", "--no-index", "-w", folder)
    return next(folder.glob("drills-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A folder with the package and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", wheel, "--no-deps", "--no-index", "--no-compile", "--target", folder)
    return folder


@pytest.fixture
def run(installed, tmp_path):
    """Run Python in an empty folder with the installed package and without what the site needs."""
    def python(*words: object) -> subprocess.CompletedProcess:
        environment = {**os.environ, "PYTHONPATH": str(installed)}
        environment.pop("DRILLS_DATA", None)
        return subprocess.run([sys.executable, *map(str, words)], cwd=tmp_path, env=environment, capture_output=True,
                              text=True)

    return python


# runs commands one after the other, and prints the exit code and what each has said
IN_TURN = """
import contextlib, io, json, sys
from drills.__main__ import main
done = []
for words in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        code = main(words)
    done.append((code, out.getvalue(), err.getvalue()))
json.dump(done, sys.stdout)
"""


def command(*words: str) -> tuple[str, str, *tuple[str, ...]]:
    """`python -m drills` without what the site needs."""
    return "-c", f"{ALONE}import runpy; runpy.run_module('drills', run_name='__main__')", *words


@pytest.mark.slow
def test_the_three_lines_of_the_readme(run, installed, reading):
    """Catch a wheel without the record, and lines for analysts that do not run."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [lines] = re.findall(r"```python\n(import drills\n.*?)```", readme, re.DOTALL)
    done = run("-c", f"{ALONE}{lines}\nprint(drills.__file__, len(record.events), len(record.estimates))\n"
                     "print(record.count('default').total, record.version, record.events.dtypes['latitude'])")
    assert done.returncode == 0, done.stderr
    where, counted = done.stdout.strip().splitlines()[-2:]
    record = reading.record
    assert where == f"{installed}/drills/__init__.py {len(record.events)} {len(reading.estimates)}"
    assert counted == f"{len(reading.counted)} {record.version} float64"


@pytest.mark.slow
def test_commands_work_anywhere(run, reading, small_at, tmp_path_factory):
    """Catch a command that looks for the checkout, and a record of one's own that is not checked."""
    done = run(*command("check"))
    assert done.returncode == 0 and done.stdout.startswith(f"{len(reading.record.events)} events"), done.stderr
    small = small_at(tmp_path_factory.mktemp("own") / "data")
    small.tidy()
    broken = small_at(tmp_path_factory.mktemp("broken") / "data")
    broken.edit("claims", 2, "value_low", "ten")
    commands = (("check", "--data", str(small.folder)), ("check", "--data", str(broken.folder)),
                ("count", "--kinds", "patrol"), ("event", "2018-vostok"), ("estimates", "--format", "csv"))
    done = run("-c", ALONE + IN_TURN, json.dumps(commands))
    assert done.returncode == 0, done.stderr
    sound, bad, counted, event, estimates = json.loads(done.stdout)
    assert [code for code, *_ in (sound, counted, event, estimates)] == [0] * 4
    assert bad[0] == 1 and "claims.csv:2:value_low: 'ten' is not a number" in bad[1]
    assert counted[1].startswith("total ") and "2018-vostok: Vostok 2018" in event[1]
    assert estimates[1].count("\n") == len(reading.estimates) + 1


@pytest.mark.slow
def test_what_needs_more_says_so(run):
    """Catch a traceback where a package or the chapters are missing."""
    done = run(*command("numbers", "frequency"))
    assert done.returncode == 1 and "comes with: pip install 'drills[site]'" in done.stderr
    assert "Traceback" not in done.stderr
    done = run(*command("site"))
    assert done.returncode == 2 and "works in a clone of the project" in done.stderr


def test_the_wheel_pins_nothing_and_has_all(wheel, reading):
    """Catch an exact version that fights an analyst's own packages, tools of tests, and a template that is missing."""
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
        about = next(name for name in names if name.endswith("/METADATA"))
        needed = re.findall(r"^Requires-Dist: (.*)$", opened.read(about).decode("utf-8"), re.MULTILINE)
    base = [line for line in needed if "extra ==" not in line]
    assert base and not any("==" in line or "~=" in line for line in base)
    assert not any(line.startswith(("pytest", "playwright", "ruff", "nbval")) for line in needed)
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "drills").rglob("*")
             if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"}
    assert there <= set(names), sorted(there - set(names))[:5]
    assert {f"drills/data/{path.name}" for path in (ROOT / "data").iterdir()} <= set(names)
