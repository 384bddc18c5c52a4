"""The Sphinx extension of the site: what pages depend on, parallel reading, the theme, generated pages and files.

Nothing imports this module but the book's settings.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.parallel import parallel_available
from sphinx.util.typing import ExtensionMetadata

from .. import DATA_VARIABLE, __version__, addresses, kept
from ..figures import plotly
from ..figures.card import OUTPUT_VARIABLE
from ..record import tables
from . import directive, generated, jupyterbook, kernels, progress, search, steps, theming
from .jupyterbook import allow_parallel_reading, deal_chapters, leave_out, refuse_failed_cells
from .underway import build_of

PACKAGE = Path(__file__).resolve().parents[1]
# Beside the virtual environment's own files, where the installation puts what package.json names.
MODULES = Path(sys.prefix) / "npm" / "node_modules"
# From there into the site. Plotly's stays outside _static/, whose scripts carry the digest of our own.
LIBRARIES = {"plotly.js-basic-dist-min/plotly-basic.min.js": "assets/plotly-basic.min.js",
             "minisearch/dist/umd/index.js": f"assets/{search.LIBRARY}"}


def set_up_theme(app: Sphinx, _config: object) -> None:
    """Hand the theme what it knows of Jupyter Book's options, and the page for addresses that lead nowhere its place.

    That page is shown at any depth, so its links begin at the root of the site.
    """
    app.config.html_theme_options = {"repository_url": theming.repository_of(app.config.html_theme_options)}
    app.config.notfound_template, app.config.notfound_context = "404.html", {"title": "Page not found"}
    app.config.notfound_urls_prefix = urlsplit(theming.address_of(app.config) or "/").path.rstrip("/") + "/"


def tell_chapters(app: Sphinx) -> None:
    """Tell the chapters, which run in processes of their own, whom their cards are for and where the record is."""
    if app.builder.format == "html":
        os.environ[OUTPUT_VARIABLE] = "site"
    os.environ[DATA_VARIABLE] = str(theming.data_dir(app))
    if parallel_available:
        kernels.begin()


def spare(_app: Sphinx, _env: object, _docnames: list[str]) -> None:
    """Spare the processes that are about to be forked the search through all that is there already for what is unused.

    Each would copy what it looks at.
    """
    gc.freeze()


def load_for_chapters(_app: Sphinx, _env: object, docnames: list[str]) -> None:
    """Load here, once, what the kernels of the chapters would each load for themselves; what is made beside the
    chapters has begun and does not wait for it."""
    if docnames and parallel_available:
        kernels.load()
        plotly.load()
        Image.preinit()


def place_assets(app: Sphinx, error: Exception | None) -> None:
    """Put stylesheet and scripts on the site."""
    if not error and app.builder.format == "html":
        theming.join_assets(Path(app.outdir) / "_static")


def copy_libraries(app: Sphinx, error: Exception | None) -> None:
    """Put the scripts of others on the site."""
    if error or app.builder.format != "html":
        return
    for source, place in LIBRARIES.items():
        if not (MODULES / source).exists():
            raise ExtensionError(f"{source} is not installed: run make site, or npm ci in drills/site/npm")
        target = Path(app.outdir) / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, target)


def prune(app: Sphinx, error: Exception | None) -> None:
    """Take away the static files of extensions that no page names: the site holds what it shows."""
    if error or app.builder.format != "html":
        return
    static, own = Path(app.outdir) / "_static", Path(app.srcdir) / "_static"
    kept = {search.SCRIPT, search.LETTERS, *(path.name for path in own.iterdir())}
    for path in sorted(static.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(static).as_posix() not in kept:
            path.unlink()


def clear_figures(app: Sphinx, error: Exception | None) -> None:
    """Take away the files of figures that no chapter shows any more, as after a card was renamed."""
    if error or app.builder.format != "html":
        return
    shown = jupyterbook.cards_shown(app.env)
    for path in sorted((Path(app.outdir) / addresses.FIGURES).glob("*.*")):
        if path.stem not in shown:
            path.unlink()


def say_chapters(app: Sphinx, _env: object) -> None:
    """Say that what was to be read is read."""
    if build_of(app).work:
        progress.done("chapters run")


def forget_old(_app: Sphinx, error: Exception | None) -> None:
    """Throw away what was kept for builds like this one, and that none of them has needed in a long time."""
    if not error:
        kept.forget_old()


def setup(app: Sphinx) -> ExtensionMetadata:
    leave_out(app)
    app.add_builder(jupyterbook.Pages, override=True)
    app.add_html_theme("drills", str(theming.THEME))
    app.add_config_value("drills_data", lambda _config: str(tables.folder()), "env", types=(str,))
    app.add_directive("record-part", directive.RecordPart)
    app.add_node(directive.Files)
    app.setup_extension("notfound.extension")
    app.connect("source-read", steps.note_source)
    app.connect("config-inited", set_up_theme, priority=400)
    app.connect("config-inited", jupyterbook.forget_folders)
    app.connect("env-before-read-docs", deal_chapters)
    app.connect("builder-inited", steps.begin)
    app.connect("env-get-outdated", steps.outdated)
    app.connect("env-updated", refuse_failed_cells)
    app.connect("env-updated", steps.to_write)
    app.connect("env-updated", say_chapters)
    app.connect("env-updated", generated.finish)
    app.connect("doctree-resolved", directive.list_files)
    app.connect("builder-inited", allow_parallel_reading)
    app.connect("builder-inited", tell_chapters)
    app.connect("builder-inited", jupyterbook.replace_search)
    app.connect("env-before-read-docs", spare)
    app.connect("env-before-read-docs", generated.begin)
    app.connect("env-before-read-docs", load_for_chapters)
    app.connect("env-before-read-docs", steps.note_reading)
    app.connect("html-collect-pages", generated.collect)
    app.connect("html-page-context", generated.complete_context)
    app.connect("build-finished", generated.abandon)
    app.connect("build-finished", copy_libraries)
    app.connect("build-finished", prune)
    app.connect("build-finished", clear_figures)
    app.connect("build-finished", search.write)
    app.connect("build-finished", place_assets)
    app.connect("build-finished", generated.take_away)
    app.connect("build-finished", steps.remember)
    app.connect("build-finished", forget_old)
    # another number has an environment of before read anew: pages without what `steps` notes of them
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
