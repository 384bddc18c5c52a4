"""One build of the loop, in a process of its own that begins with no code of the package, so that it runs the newest.

It says what it has done through a channel: pairs of a kind of message (STEP, PROBLEMS, END) and what belongs to it.
"""

from __future__ import annotations

import json
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

STEP, PROBLEMS, END = "step", "problems", "end"
# Below the folder of a build: where Jupyter Book puts the site, what Sphinx said, what the check has found.
HTML, SAID, WRONG, PROBLEMS_FILE = "_build/html", "said.txt", "wrong.txt", "problems.json"
# What others have installed and no edit changes, loaded once for all builds.
BEFORE_ALL_BUILDS = ("sphinx.application", "sphinx.builders.html", "jupyter_book.cli.main", "jupyter_book.sphinx",
                     "myst_nb.sphinx_ext", "nbclient", "ipykernel.kernelapp", "pandas", "pandera.pandas",
                     "pandera.backends.pandas.builtin_checks", "pyarrow.pandas_compat", "babel.numbers", "babel.lists",
                     "PIL.ImageDraw", "PIL.ImageFont", "scipy.cluster.hierarchy",
                     "matplotlib.figure", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg",
                     "plotly.graph_objects", "statsmodels.api", "scipy.stats", "shapely", "PIL.Image",
                     "pyarrow.parquet", "xlsxwriter", "sqlite3", "lxml.html", "opencc", "feedgen.feed", "icalendar",
                     "babel.dates", "notfound.extension", "sphinx_external_toc", "sphinx_togglebutton",
                     "sphinx_copybutton", "sphinx_thebe", "sphinx_comments", "sphinx_design",
                     "sphinx_jupyterbook_latex", "sphinx_multitoc_numbering", "sphinx_book_theme",
                     "pydata_sphinx_theme", "sphinxcontrib.bibtex")


class Refused(Exception):
    """Raised in a build whose record does not pass the check."""


class Check:
    """The check of a record, in a process beside the build, whose folder of output takes what it finds."""

    def __init__(self, data_dir: Path, output: Path, channel: Connection):
        self._found = output / PROBLEMS_FILE
        self._found.unlink(missing_ok=True)
        self._process = multiprocessing.get_context("fork").Process(target=self._check, args=(data_dir, channel))
        self._process.start()

    def _check(self, data_dir: Path, channel: Connection) -> None:
        from drills import checks

        problems = [str(problem) for problem in checks.check(data_dir)]
        if not problems:
            channel.send((STEP, "the record is checked"))
        self._found.write_text(json.dumps(problems), encoding="utf-8")

    def problems(self) -> list[str]:
        """Wait for the end, in any fork of the process that began it; raises OSError if it has found no answer."""
        multiprocessing.connection.wait([self._process.sentinel])
        return json.loads(self._found.read_text(encoding="utf-8"))

    def leave(self) -> None:
        """Wait for the end; raises Refused if there are problems."""
        if self.problems():
            raise Refused


def build(root: Path, data_dir: Path, output: Path, channel: Connection) -> None:
    """Check the record and bring the site up to date; the channel is closed at the end.

    root: the checkout. output: the folder of the build. The build begins beside the check, and waits for its end before
    it touches the site: PROBLEMS comes if there are any. END comes with whether the build went well.
    """
    os.setpgrp()
    # who builds decides when it ends
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.chdir(root)
    _write_to_files(output)
    from drills import kept
    from drills.record import version
    from drills.site import build as commands
    from drills.site import placing, progress

    # before anything else of the package is loaded
    kept.code()
    os.environ |= {**commands.environment(data_dir, placing.Place(output.parent, output)),
                   version.UNNAMED_VARIABLE: "yes"}
    check = Check(Path(os.path.relpath(data_dir)), output, channel)
    progress.listener, progress.leave = lambda step: channel.send((STEP, step)), check.leave
    went_well = _run(commands.command(root, output)[1:])
    problems = check.problems()
    channel.send((PROBLEMS, problems) if problems else (END, went_well))


def _write_to_files(output: Path) -> None:
    """Have what this process and its children print written into files."""
    for number, name in ((1, SAID), (2, WRONG)):
        descriptor = os.open(output / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        os.dup2(descriptor, number)
        os.close(descriptor)


def _run(words: list[str]) -> bool:
    """Run Jupyter Book in this process; returns whether it went well."""
    from jupyter_book.cli.main import main

    from drills.deep import with_room

    try:
        with_room(partial(main, words, standalone_mode=False))
    except BaseException as error:
        # what was wrong is said already, but for faults of the build itself
        print(error, file=sys.stderr)
        return False
    return True
