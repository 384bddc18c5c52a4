"""The directive `record-part`, by which a page of the book takes in a part that is made from the record.

A part is a function that takes the record and gives HTML, every text of it escaped.
"""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from docutils.parsers.rst import Directive

from ..record.tables import Record
from . import theming
from .pages import dictionary, explorer

PARTS: dict[str, Callable[[Record], str]] = {**dictionary.PARTS, "explorer": explorer.explorer}


class RecordPart(Directive):
    """```{record-part} name: the HTML of one part; an unknown name fails the build."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        environment = self.state.document.settings.env
        name = self.arguments[0]
        if name not in PARTS:
            raise self.error(f"'{name}' is not a part of the record; there are {', '.join(sorted(PARTS))}")
        return [nodes.raw("", PARTS[name](theming.site_of(environment.app).record), format="html")]
