"""The card: headline, chart, note and table of one figure, made from one tidy table.

The table is what the picture is drawn from, what a reader can open and what the stored output of a notebook
pins: its text form carries a digest, so that a changed number anywhere behind a picture is seen.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from jinja2 import Environment
from markupsafe import Markup
from matplotlib.figure import Figure

from . import look, static

# Set to "text" where outputs are stored or compared: no picture enters a notebook in git.
OUTPUT_VARIABLE = "DRILLS_CARDS"


@dataclass(frozen=True)
class Column:
    """How a column of a card's table is shown: label and unit in the head, decimals, and the word for a blank."""

    label: str
    unit: str = ""
    decimals: int = 0
    blank: str = "not known"
    is_year: bool = False

    def show(self, value: object) -> str:
        """A cell as text; thousands separated by commas, years and text left as they are."""
        if isinstance(value, (tuple, list)):
            return ", ".join(map(str, value)) or self.blank
        if value is None or pd.isna(value):
            return self.blank
        if isinstance(value, bool) or type(value).__name__ == "bool":
            return "yes" if value else "no"
        if isinstance(value, (int, float)) or hasattr(value, "dtype"):
            return str(int(value)) if self.is_year else f"{value:,.{self.decimals}f}"
        return str(value)


@dataclass(frozen=True)
class Card:
    """One figure of the site.

    card_id: permanent name, unique over the site; also the anchor on its page.
    title: the finding, computed. subtitle: measure, unit, definition and as-of date. note: caveats and source.
    alt: what a reader who cannot see the picture has to know.
    table: the tidy table; columns: one Column for each column of it that is shown, in order.
    draw: takes a Layout and the table, returns a matplotlib Figure in the look of the site.
    """

    card_id: str
    title: str
    subtitle: str
    note: str
    alt: str
    table: pd.DataFrame
    columns: dict[str, Column]
    draw: Callable[[static.Layout, pd.DataFrame], Figure]

    @property
    def digest(self) -> str:
        """Sixteen hex digits that change with any number or word of the table as it is shown, the note or the alt."""
        heads = [(column.label, column.unit) for column in self.columns.values()]
        shown = json.dumps([heads, self.rows(), self.note, self.alt], ensure_ascii=False)
        return hashlib.sha256(shown.encode()).hexdigest()[:16]

    def rows(self) -> list[list[str]]:
        """The table as a reader sees it: one text for each cell."""
        return [[column.show(value) for column, value in zip(self.columns.values(), row, strict=True)]
                for row in self.table[list(self.columns)].itertuples(index=False)]

    def svg(self, layout: static.Layout) -> str:
        """The chart as an <svg> element with this card's title and description."""
        with look.style():
            return static.to_svg(self.draw(layout, self.table), f"{self.card_id}-{layout.name}", self.title, self.alt)

    def picture_file(self) -> str:
        """The wide chart as an SVG file that stands alone: plain colours on paper, a font stack of its own."""
        svg = self.svg(static.WIDE)
        for role, colour in look.LIGHT.items():
            svg = svg.replace(f"var(--jd-{role})", colour)
        width, height = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg).groups()
        paper = f'<rect width="{width}" height="{height}" fill="{look.LIGHT["paper"]}"/>'
        head, body = svg.split(">", 1)
        return f'{head} font-family="system-ui, sans-serif">{paper}{body}\n'

    def __repr__(self) -> str:
        return (f"Card {self.card_id}\n{self.title}\n{self.subtitle}\n"
                f"{len(self.table)} rows, {len(self.columns)} columns, digest {self.digest}")

    def html(self) -> str:
        """The card as a <figure>; every text of it is escaped."""
        columns = [{"label": column.label, "unit": column.unit,
                    "is_number": pd.api.types.is_numeric_dtype(self.table[name])}
                   for name, column in self.columns.items()]
        pictures = [(layout.name, Markup(self.svg(layout))) for layout in static.LAYOUTS]
        return template().render(card=self, columns=columns, rows=self.rows(), pictures=pictures)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        bundle = {"text/plain": repr(self)}
        if os.environ.get(OUTPUT_VARIABLE) != "text":
            bundle["text/html"] = self.html()
        return bundle


@cache
def template():
    """The card's HTML, with every value escaped unless it is marked as markup."""
    return Environment(autoescape=True, trim_blocks=False).from_string(
        Path(__file__).with_name("card.html.jinja").read_text(encoding="utf-8"))
