"""The card: headline, chart, note and table of one figure, made from one tidy table.

The table is what the picture is drawn from, what a reader can open and what the stored output of a notebook
pins: its text form carries a digest, so that a changed number anywhere behind a picture is seen.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure

from .. import addresses, kept, release
from ..templating import render
from . import look, plotly, sheets, svg
from .columns import Column, Counted
from .layout import LAYOUTS, NARROW, WIDE, Layout, Parts, parts_of
from .plotly_words import inert

# What a notebook is given of a card. "text": where outputs are stored or compared, no picture enters git; "site": the
# page and the files, for whoever publishes them; else the page alone, as in JupyterLab.
OUTPUT_VARIABLE = "DRILLS_CARDS"
# The output that carries a card to the site: card_id, html, and its files by name, those of bytes in base64.
MIMETYPE = "application/vnd.drills.card+json"
# The columns that hold the name of an event in tables with an event_id; the first that is shown becomes the link.
NAMES_OF_EVENTS = ("name", "label")
Picture = TypeVar("Picture")


@dataclass(frozen=True)
class AnyCard(ABC, Generic[Picture]):
    """One figure of the site, whatever its picture is drawn with.

    card_id: permanent name, unique over the site; also the anchor on its page.
    title: the finding, computed. subtitle: measure, unit, definition and as-of date. note: interval and caveats, how
    the marks are read, source.
    alt: what a reader who cannot see the picture has to know.
    table: the tidy table; columns: one Column for each column of it that is shown, in order.
    draw: takes a Layout and the table, returns the picture in the look of the site.
    reading: the part of the note that says what the marks of the picture mean, which a quotation leaves out.
    ends: rows from each end of a long table that stand on the page of the site, where a script fetches the others when
    the table is opened; 0 for all rows.
    counted, beside: the definition stated in the subtitle, if one is, and a second one after it.
    """

    card_id: str
    title: str
    subtitle: str
    note: str
    alt: str
    table: pd.DataFrame
    columns: dict[str, Column]
    draw: Callable[[Layout, pd.DataFrame], Picture]
    reading: str = ""
    ends: int = 0
    counted: Counted | None = None
    beside: Counted | None = None

    @property
    def digest(self) -> str:
        """Sixteen hex digits that change with any number or word of the table as it is shown, the note or the alt."""
        heads = [(column.label, column.unit) for column in self.columns.values()]
        shown = json.dumps([heads, self.rows, self.note, self.alt], ensure_ascii=False)
        return hashlib.sha256(shown.encode()).hexdigest()[:16]

    @cached_property
    def rows(self) -> list[list[str]]:
        """The table as a reader sees it: one text for each cell."""
        return [[column.show(value) for column, value in zip(self.columns.values(), row, strict=True)]
                for row in self.table[list(self.columns)].itertuples(index=False)]

    @property
    def event_column(self) -> str | None:
        """The shown column that holds the name of each row's event; None for a table without events."""
        return next((name for name in NAMES_OF_EVENTS if name in self.columns and "event_id" in self.table), None)

    @property
    def pages(self) -> list[str]:
        """The page that each row of the table leads to, from the root of the site; blank for none, empty for no links.

        Rows of events lead to the page of the event, of figures to their row there, of definitions (column `query`) to
        the switchboard.
        """
        if "claim_id" in self.table:
            return [f"{addresses.event_page(event_id)}#{addresses.of_claim(claim_id)}"
                    for event_id, claim_id in zip(self.table["event_id"], self.table["claim_id"], strict=True)]
        if self.event_column:
            return [addresses.event_page(event_id) for event_id in self.table["event_id"]]
        if "query" in self.table:
            return ["" if pd.isna(query) else addresses.definition_page(query) for query in self.table["query"]]
        return []

    def event_names(self) -> dict[str, str]:
        """Name and first day of each event of the table, by event_id."""
        if not self.event_column:
            return {}
        days = self.table["start_date"] if "start_date" in self.table else [""] * len(self.table)
        return {event_id: ", ".join(filter(None, (name, day))) for event_id, name, day in zip(
            self.table["event_id"], self.table[self.event_column], days, strict=True)}

    @abstractmethod
    def svg(self, layout: Layout, links: dict[str, str] | None = None, root: str = "") -> str:
        """The chart as an <svg> element with this card's title and description; links, root: see `svg.to_svg`."""

    def said(self) -> list[tuple[str, Counted | None]]:
        """The subtitle in pieces, each plain text or a definition that the page calls by other words."""
        pieces: list[tuple[str, Counted | None]] = [(self.subtitle, None)]
        for one in filter(None, (self.counted, self.beside)):
            before, found, after = pieces.pop()[0].partition(one.sentence)
            pieces += [(before, None), (found, one), (after, None)] if found else [(before, None)]
        return [piece for piece in pieces if piece[0]]

    def chart(self, layout: Layout, links: dict[str, str] | None = None, root: str = "") -> Markup:
        """The chart as a page of the site shows it."""
        return Markup(self.svg(layout, links, root))

    @property
    def quote(self) -> str:
        """The finding with its measure, definition, day, caveats and source, as it can stand in a text.

        How the picture is read is left out; the page adds its address.
        """
        note = self.note.replace(f"{self.reading} ", "") if self.reading else self.note
        return f"{self.title}. {self.subtitle} {note} Joint Drills, release {release()}."

    def interactive(self) -> dict:
        """The interactive view: both pictures in Plotly JSON, the table in words, the page of each row if any."""
        views = self.views({label: position for position, label in enumerate(self.table.index)})
        heads = [column.label + (f" ({column.unit})" if column.unit else "") for column in self.columns.values()]
        rows = [[inert(cell) for cell in row] for row in self.rows]
        return views | {"heads": list(map(inert, heads)), "rows": rows, "roles": plotly.roles(views.values()),
                        **({"pages": self.pages} if self.pages else {})}

    @abstractmethod
    def views(self, places: dict[Hashable, int]) -> dict[str, dict]:
        """Both pictures in Plotly JSON, by layout; places: the position of each row of the table by its label."""

    @abstractmethod
    def shape(self, layout: Layout) -> str:
        """Width and height of the chart on a page, such as "720/400"; empty where the page decides its height.

        A browser that knows it need not lay a chart out before a reader comes near it.
        """

    def picture(self, layout: Layout) -> Picture:
        """The chart in one of its layouts, drawn once for the page, the interactive view and the files."""
        return self.wide if layout == WIDE else self.narrow

    def drawn(self, layout: Layout) -> Picture:
        """The chart in one of its layouts, drawn anew."""
        return self.draw(layout, self.table)

    @cached_property
    def wide(self) -> Picture:
        """The chart for the text column."""
        return self.drawn(WIDE)

    @cached_property
    def narrow(self) -> Picture:
        """The chart for a phone."""
        return self.drawn(NARROW)

    @property
    def below(self) -> str:
        """What stands below the chart in files that stand alone: the note and the citation."""
        return f"{self.note}\nJoint Drills, release {release()}, CC BY 4.0"

    @abstractmethod
    def picture_file(self) -> str:
        """The wide chart with its words as an SVG file that stands alone: plain colours on paper, a font stack."""

    @abstractmethod
    def picture_bytes(self) -> bytes:
        """The wide chart with its words as a PNG at twice its natural size, laid out as in the SVG."""

    def files(self) -> dict[str, bytes]:
        """What the site offers of the card, by name: <card_id>.csv, .svg, .png, and .json for the interactive view."""
        view = json.dumps(self.interactive(), ensure_ascii=False, separators=(",", ":"), sort_keys=True,
                          allow_nan=False)
        return {f"{self.card_id}.csv": self.table.to_csv(index=False, lineterminator="\n",
                                                         float_format="%.10g").encode(),
                f"{self.card_id}.svg": self.picture_file().encode(),
                f"{self.card_id}.png": self.picture_bytes(),
                f"{self.card_id}.json": view.encode()}

    def __repr__(self) -> str:
        return (f"Card {self.card_id}\n{self.title}\n{self.subtitle}\n"
                f"{len(self.table)} rows, {len(self.columns)} columns, digest {self.digest}")

    def html(self, is_on_site: bool = False, files: str = addresses.FIGURES, table: Markup | str = "",
             root: str = "") -> str:
        """The card as a <figure>; every text of it is escaped.

        is_on_site: its events link to their pages and it to its files, and the site's own style is there. files: the
        folder of its files from the root of the site. table: markup that is shown in place of the plain table. root:
        the way from the page to the root of the site.
        """
        links = self.event_names() if is_on_site else {}
        columns = [{"label": column.label, "unit": column.unit,
                    "is_number": pd.api.types.is_numeric_dtype(self.table[name])}
                   for name, column in self.columns.items()]
        draw = self.chart if is_on_site else self.svg
        pictures = [(layout.name, self.shape(layout) if is_on_site else "", Markup(draw(layout, links, root)))
                    for layout in LAYOUTS]
        linked = list(self.columns).index(self.event_column) if self.event_column else 0
        pages = [page and root + page for page in (is_on_site and self.pages) or [""] * len(self.table)]
        rows = [*zip(self.rows, pages, strict=True)]
        is_cut = is_on_site and 0 < 2 * self.ends < len(rows)
        subtitle = self.said() if is_on_site else [(self.subtitle, None)]
        return render("figures/card.html.jinja", card=self, columns=columns, subtitle=subtitle, pictures=pictures,
                      linked=linked, is_cut=is_cut, rows=rows[:self.ends] + rows[-self.ends:] if is_cut else rows,
                      files=root + files if is_on_site else "", root=root, table=table,
                      style="" if is_on_site else Markup(look.alone()))

    def for_site(self, folder: str = addresses.FIGURES, root: str = "") -> tuple[str, dict[str, bytes]]:
        """What the site is given of the card: the figure for its page, and its files by name; folder, root: see `html`.

        Made once, also for later builds.
        """
        made = self.__dict__.setdefault("_for_site", {})
        if (folder, root) not in made:
            made[folder, root] = kept.keep("cards", (release(), self, folder, root), lambda: (
                self.html(is_on_site=True, files=folder, root=root), self.files()))
        return made[folder, root]

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, Any]:
        wanted, bundle = os.environ.get(OUTPUT_VARIABLE), {"text/plain": repr(self)}
        if wanted == "site":
            html, files = self.for_site()
            encoded = {name: base64.b64encode(data).decode() for name, data in files.items()}
            return bundle | {MIMETYPE: {"card_id": self.card_id, "html": html, "files": encoded}}
        return bundle if wanted == "text" else bundle | {"text/html": self.html()}


@dataclass(frozen=True, repr=False)
class Card(AnyCard[Figure]):
    """A card whose `draw` returns a figure of matplotlib."""

    def svg(self, layout: Layout, links: dict[str, str] | None = None, root: str = "") -> str:
        with look.style():
            return svg.to_svg(self.picture(layout), f"{self.card_id}-{layout.name}", self.title, self.alt, links, root)

    def chart(self, layout: Layout, links: dict[str, str] | None = None, root: str = "") -> Markup:
        """The chart as a page of the site shows it: its <svg> element, or a choice between its parts if it has any."""
        drawn, parts = self.svg(layout, links, root), self.parts(layout)
        if not parts:
            return Markup(drawn)
        above, below = map(Markup, svg.in_parts(drawn, f"{self.card_id}-{layout.name}", parts))
        return Markup(render("figures/parts.html.jinja", card_id=self.card_id, parts=parts, width=layout.width,
                             above=above, below=below))

    def parts(self, layout: Layout) -> Parts | None:
        """The parts of the chart between which a reader of the page chooses; None if it is shown whole."""
        return parts_of(self.picture(layout))

    def shape(self, layout: Layout) -> str:
        if self.parts(layout):
            return ""
        width, height = 72 * self.picture(layout).get_size_inches()
        return f"{width:.6g}/{height:.6g}"

    def views(self, places: dict[Hashable, int]) -> dict[str, dict]:
        with look.style():
            views = {layout.name: plotly.view(self.picture(layout), places) for layout in LAYOUTS}
        # the other one says the same of the same marks, and plotly takes long to look; tests have it look at both
        plotly.check(views[WIDE.name])
        return views

    def drawn(self, layout: Layout) -> Figure:
        with look.style():
            return super().drawn(layout)

    def picture_file(self) -> str:
        with look.style():
            return sheets.svg_file(self.wide, f"{self.card_id}-file", self.title, self.below, self.alt)

    def picture_bytes(self) -> bytes:
        with look.style():
            return sheets.png_file(self.wide, self.title, self.below, self.alt)
