"""The directive `record-part`, by which a page of the book takes in a part that is made from the record.

A part is a function that takes the reading of the record and gives HTML, every text of it escaped. The list of files
is made when pages are written, since only then are there files to list.
"""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

from ..counting.reading import Reading
from . import generated, theming
from .pages import dictionary, explorer, home, switchboard

PARTS: dict[str, Callable[[Reading], str]] = {**dictionary.PARTS, **home.PARTS, "explorer": explorer.explorer,
                                              "switchboard": switchboard.switchboard}
FILES = "files"


class Files(nodes.General, nodes.Element):
    """The place of the list of files on a page."""


class RecordPart(Directive):
    """```{record-part} name: the HTML of one part; an unknown name fails the build."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        environment = self.state.document.settings.env
        name = self.arguments[0]
        if name == FILES:
            return [Files()]
        if name not in PARTS:
            raise self.error(f"'{name}' is not a part of the record; there are {', '.join(sorted([*PARTS, FILES]))}")
        return [nodes.raw("", PARTS[name](theming.site_of(environment.app).reading), format="html")]


def list_files(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Sphinx's `doctree-resolved`: put the list of files in its place."""
    for place in list(doctree.findall(Files)):
        place.replace_self(nodes.raw("", dictionary.files(generated.results_of(app).files), format="html"))
