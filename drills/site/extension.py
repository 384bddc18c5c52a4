"""The Sphinx extension of the site: what pages depend on, parallel reading, the colours and files of the cards.

Imports the cards for their palette; nothing imports this module but the book's settings.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

from .. import __version__, tables
from ..cards import look
from ..cards.card import FIGURES_VARIABLE

PACKAGE = Path(__file__).resolve().parents[1]
ASSETS = Path(__file__).with_name("assets")
STYLESHEET = "jd-colours.css"
SCRIPT = "jd-cards.js"
# Beside the virtual environment's own files, where the installation puts what package.json names.
BUNDLE = Path(sys.prefix) / "npm" / "node_modules" / "plotly.js-basic-dist-min" / "plotly-basic.min.js"


def what_numbers_rest_on() -> list[Path]:
    """Every file whose change can change a number or a picture: the record and the package."""
    data = [path for path in tables.DATA.iterdir() if path.suffix in (".csv", ".json")]
    code = [path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".jinja", ".csv")]
    return sorted([*data, *code])


def note_dependencies(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Have a notebook read, and so run, again when the record or the package has changed.

    Without this a changed CSV goes unseen: Sphinx compares the notebook alone.
    """
    if Path(app.env.doc2path(docname)).suffix == ".ipynb":
        for path in what_numbers_rest_on():
            app.env.note_dependency(str(path))


def refuse_failed_cells(_app: Sphinx, env: BuildEnvironment) -> None:
    """Fail the build if a cell raised, before a page is written; by default that is a warning and exit code 0."""
    runs = {name: data.get("exec_data") for name, data in env.nb_metadata.items()}
    failed = sorted(name for name, run in runs.items() if run and not run["succeeded"])
    if failed:
        for name in failed:
            # the next build has to run it again, although its file has not changed
            env.all_docs.pop(name, None)
        raise ExtensionError(f"a cell failed in {', '.join(failed)}: see the traceback above")


def colours() -> str:
    """The palette as CSS variables, light by default and dark where the reader's scheme is dark."""
    def variables(palette: dict[str, str]) -> str:
        return "".join(f"--jd-{role}:{colour};" for role, colour in palette.items())

    return f":root{{{variables(look.LIGHT)}}}\nhtml[data-theme=dark]{{{variables(look.DARK)}}}\n"


def write_colours(app: Sphinx, _config: object) -> None:
    """Put the palette where Sphinx collects static files; written only if it changed, to keep builds still."""
    folder = Path(app.doctreedir).parent / ".jd_static"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / STYLESHEET
    if not path.exists() or path.read_text(encoding="utf-8") != colours():
        path.write_text(colours(), encoding="utf-8")
    app.config.html_static_path += [str(folder), str(ASSETS)]
    # follow the reader's scheme until a switch is pressed; without it the theme's script logs an error
    app.config.html_context.setdefault("default_mode", "auto")


def place_figures(app: Sphinx) -> None:
    """Tell the chapters, which run in processes of their own, where the files of their figures go."""
    if app.builder.format == "html":
        os.environ[FIGURES_VARIABLE] = str(Path(app.outdir) / "figures")


def copy_bundle(app: Sphinx, error: Exception | None) -> None:
    """Put Plotly's script on the site, outside _static/, whose scripts every page would load."""
    if error or app.builder.format != "html":
        return
    if not BUNDLE.exists():
        raise ExtensionError(f"{BUNDLE.name} is not installed: run make site, or npm ci in drills/site/npm")
    target = Path(app.outdir) / "assets" / BUNDLE.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(BUNDLE, target)


def leave_out_thebe(app: Sphinx) -> None:
    """Take out the live-code extension that Jupyter Book always loads: it names a script of another host."""
    for name, listeners in app.events.listeners.items():
        app.events.listeners[name] = [one for one in listeners if not one.handler.__module__.startswith("sphinx_thebe")]
    app.registry.css_files = [(name, rest) for name, rest in app.registry.css_files if "thebe" not in name]


def allow_parallel_reading(app: Sphinx) -> None:
    """Read pages on all cores: two extensions of Jupyter Book do not say that they bear it, but do.

    Jupyter Book has no option for it, so the number of processes is set here.
    """
    app.parallel = max(app.parallel, os.cpu_count() or 1)
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def setup(app: Sphinx) -> ExtensionMetadata:
    leave_out_thebe(app)
    app.connect("source-read", note_dependencies)
    app.connect("config-inited", write_colours)
    app.connect("env-updated", refuse_failed_cells)
    app.connect("builder-inited", allow_parallel_reading)
    app.connect("builder-inited", place_figures)
    app.connect("build-finished", copy_bundle)
    app.add_css_file(STYLESHEET)
    app.add_js_file(SCRIPT, loading_method="defer")
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
