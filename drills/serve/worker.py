"""One build of the loop, in a process of its own that begins with no code of the package, so that it runs the newest.

It says what it has done through a channel: pairs of a kind of message (STEP, PROBLEMS, END) and what belongs to it.
"""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

STEP, PROBLEMS, END = "step", "problems", "end"
# Below the folder of a build: where Jupyter Book puts the site, and what Sphinx said.
HTML, SAID, WRONG = "_build/html", "said.txt", "wrong.txt"
# What others have installed and no edit changes, loaded once for all builds.
BEFORE_ALL_BUILDS = ("sphinx.application", "sphinx.builders.html", "jupyter_book.cli.main", "jupyter_book.sphinx",
                     "myst_nb.sphinx_ext", "nbclient", "ipykernel.kernelapp", "pandas", "pandera.pandas",
                     "matplotlib.figure", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg",
                     "plotly.graph_objects", "statsmodels.api", "scipy.stats", "shapely", "PIL.Image",
                     "pyarrow.parquet", "xlsxwriter", "sqlite3", "lxml.html", "opencc", "feedgen.feed", "icalendar",
                     "babel.dates", "notfound.extension", "sphinx_external_toc", "sphinx_togglebutton",
                     "sphinx_copybutton", "sphinx_thebe", "sphinx_comments", "sphinx_design",
                     "sphinx_jupyterbook_latex", "sphinx_multitoc_numbering", "sphinx_book_theme",
                     "pydata_sphinx_theme", "sphinxcontrib.bibtex")


def build(root: Path, data_dir: Path, output: Path, channel: Connection) -> None:
    """Check the record and bring the site up to date; the channel is closed at the end.

    root: the checkout. output: the folder of the build. After PROBLEMS nothing of the site was touched; END comes with
    whether the build went well.
    """
    os.setpgrp()
    # who builds decides when it ends
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.chdir(root)
    _write_to_files(output)
    from drills import checks, kept
    from drills.record import version
    from drills.site import build as commands
    from drills.site import placing, progress

    # before anything else of the package is loaded
    kept.code()
    os.environ |= {**commands.environment(data_dir, placing.Place(output.parent, output)),
                   version.UNNAMED_VARIABLE: "yes"}
    problems = [str(problem) for problem in checks.check(data_dir)]
    if problems:
        channel.send((PROBLEMS, problems))
        return
    channel.send((STEP, "the record is checked"))
    progress.listener = lambda step: channel.send((STEP, step))
    channel.send((END, _run(commands.command(root, output)[1:])))


def _write_to_files(output: Path) -> None:
    """Have what this process and its children print written into files."""
    for number, name in ((1, SAID), (2, WRONG)):
        descriptor = os.open(output / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        os.dup2(descriptor, number)
        os.close(descriptor)


def _run(words: list[str]) -> bool:
    """Run Jupyter Book in this process; returns whether it went well."""
    from jupyter_book.cli.main import main

    try:
        main(words, standalone_mode=False)
    except BaseException as error:
        # what was wrong is said already, but for faults of the build itself
        print(error, file=sys.stderr)
        return False
    return True
