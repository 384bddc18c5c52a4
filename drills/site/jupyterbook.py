"""All that leans on the insides of Sphinx, MyST-NB or Jupyter Book: when one of them changes, this module does."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from .. import addresses, writing
from ..figures.card import MIMETYPE

# Where Sphinx keeps the cards of a page among its metadata.
CARDS = "drills_cards"
# What stands in the file of a notebook for each of its cells that are run, nearly all of which make a card.
CELL = '"cell_type": "code"'
UNUSED = ("sphinx_thebe", "sphinx_book_theme", "pydata_sphinx_theme", "sphinx_togglebutton", "sphinx_copybutton",
          "sphinx_comments")


def deal_chapters(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Order what is read so that each process gets as much to run: Sphinx cuts the list into as many equal parts as
    there are processes, and what is left over, which is now a plain page, comes last.

    The heaviest goes first, to the process with least to run that has room.
    """
    cells = {name: Path(env.doc2path(name)).read_text(encoding="utf-8").count(CELL) for name in docnames}
    docnames.sort(key=lambda name: (-cells[name], name))
    count = max(min(app.parallel, len(docnames)), 1)
    room = len(docnames) // count
    hands: list[list[str]] = [[] for _ in range(count)]
    for name in docnames[:room * count]:
        min((hand for hand in hands if len(hand) < room), key=lambda hand: sum(cells[one] for one in hand)).append(name)
    docnames[:] = [*chain.from_iterable(hands), *docnames[room * count:]]


def refuse_failed_cells(_app: Sphinx, env: Any) -> None:
    """Fail the build if a cell raised, before a page is written; by default that is a warning and exit code 0."""
    runs = {name: data.get("exec_data") for name, data in env.nb_metadata.items()}
    failed = sorted(name for name, run in runs.items() if run and not run["succeeded"])
    if failed:
        for name in failed:
            # the next build has to run it again, although its file has not changed
            env.all_docs.pop(name, None)
        raise ExtensionError(f"a cell failed in {', '.join(failed)}: see the traceback above")


def leave_out(app: Sphinx) -> None:
    """Take out what Jupyter Book always loads and the lean theme has no use for.

    Among it is an extension for live code that names a script of another host.
    """
    for name, listeners in app.events.listeners.items():
        app.events.listeners[name] = [one for one in listeners if not one.handler.__module__.startswith(UNUSED)]


def allow_parallel_reading(app: Sphinx) -> None:
    """Read pages on all cores: two extensions of Jupyter Book do not say that they support it, but do.

    Jupyter Book has no option for it, so the number of processes is set here.
    """
    app.parallel = max(app.parallel, os.cpu_count() or 1)
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def forget_folders(_app: Sphinx, config: Config) -> None:
    """Sphinx's `config-inited`: take the folder of a theme that is not used out of the settings.

    Sphinx notes a digest of them on the site, which would hang on where the packages are installed.
    """
    config.templates_path = [folder for folder in config.templates_path
                             if not any(name in Path(folder).parts for name in UNUSED)]


class CardRenderer:
    """MyST-NB's renderer of cards (entry point `myst_nb.mime_renderers`): the figure on its page, its files beside it.

    Which cards a page shows is kept in Sphinx's metadata of the page.
    """

    mime_priority_overrides = (("html", MIMETYPE, 0),)

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The nodes of an output that is a card; None for any other."""
        if data.mime_type != MIMETYPE:
            return None
        env = renderer.renderer.sphinx_env
        folder = Path(env.app.outdir) / addresses.FIGURES
        for name, content in data.content["files"].items():
            writing.write(folder / name, base64.b64decode(content))
        env.metadata[env.docname].setdefault(CARDS, []).append(data.content["card_id"])
        return [nodes.raw("", data.content["html"], format="html", classes=["output", "text_html"])]


def cards_shown(env: BuildEnvironment) -> set[str]:
    """The ids of the cards on all pages of the book."""
    return {card_id for about in env.metadata.values() for card_id in about.get(CARDS, ())}


def pages_with_cards(env: BuildEnvironment) -> list[str]:
    """The names of the pages of the book that show cards, sorted."""
    return sorted(name for name, about in env.metadata.items() if CARDS in about)


def cards_html(env: BuildEnvironment, name: str) -> str:
    """The HTML of the cards of a page of the book."""
    return "\n".join(node.astext() for node in env.get_doctree(name).findall(nodes.raw) if node.get("format") == "html")


class Pages(StandaloneHTMLBuilder):
    """Sphinx's builder of pages, which puts a page into its place in one step, and only if it is not there yet."""

    def handle_page(self, pagename: str, addctx: dict, templatename: str = "page.html", outfilename: str | None = None,
                    event_arg: object = None) -> None:
        place = Path(outfilename or self.get_outfilename(pagename))
        new = place.with_name(f"{place.name}.new")
        super().handle_page(pagename, addctx, templatename, str(new), event_arg)
        # Sphinx warns where it cannot write
        if new.exists() and not writing.write(place, new.read_bytes()):
            # it takes a page that is older than its source for an old one
            os.utime(place)
        new.unlink(missing_ok=True)


@contextmanager
def menus_at_hand(env: BuildEnvironment) -> Iterator[None]:
    """Have processes that are forked in a with-statement make menus from the home page as it was last read.

    It is about to be read again, and its file half written.
    """
    root = env.config.root_doc
    with suppress(OSError):
        env.get_doctree(root)
    yield
    env._pickled_doctree_cache.pop(root, None)


def html_builder(app: Sphinx) -> StandaloneHTMLBuilder:
    """Sphinx's builder of pages; ExtensionError where it builds something else."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        raise ExtensionError(f"the pages of this book are HTML, the builder makes {app.builder.name}")
    return app.builder


def write_page(app: Sphinx, name: str, context: dict, template: str) -> None:
    """Write one page before Sphinx writes any, in a process of its own."""
    builder = html_builder(app)
    if not hasattr(builder, "globalcontext"):
        builder.prepare_writing(set())
    builder.handle_page(name, context, template)


def settings_digest(app: Sphinx) -> str:
    """Changes with every setting of the book that pages show."""
    return html_builder(app).build_info.config_hash


def titles_in_menus(env: BuildEnvironment) -> list[str]:
    """All that menus and links to the page before and after are made from."""
    titles = [f"{name}: {env.titles[name].astext()}" for name in sorted(env.all_docs)]
    return [*titles, *(f"{name}: {tree.pformat()}" for name, trees in sorted(env.tocs.items())
                       for tree in trees.findall(toctree))]


def replace_search(app: Any) -> None:
    """Sphinx's `builder-inited`: leave out its own search, which knows no names; ours is `drills.site.search`."""
    if app.builder.format == "html":
        app.builder.search = False


def valid(body: str) -> str:
    """The body with the heads of folded code as HTML allows them: MyST-NB puts paragraphs into a summary."""
    return re.sub(r'<summary aria-label="Toggle hidden content">\s*<p class="collapsed[^>]*>(.*?)</p>\s*'
                  r'<p class="expanded[^>]*>(.*?)</p>\s*</summary>',
                  r'<summary><span class="collapsed">\1</span><span class="expanded">\2</span></summary>', body)
