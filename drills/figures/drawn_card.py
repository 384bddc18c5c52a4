"""The card of a picture that is a `Drawing`: the same views and files, made without matplotlib."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from . import drawing_plotly, drawing_png, drawing_svg
from .card import AnyCard
from .drawing import Drawing, with_words
from .layout import LAYOUTS, Layout


@dataclass(frozen=True, repr=False)
class DrawnCard(AnyCard[Drawing]):
    """A card whose `draw` returns a Drawing, the marks of which carry their own links."""

    def svg(self, layout: Layout, links: dict[str, str] | None = None, root: str = "") -> str:
        """The chart as an <svg> element; its links are those of its marks, so that `links` and `root` are not asked."""
        return drawing_svg.inline(self.picture(layout), f"{self.card_id}-{layout.name}", self.title, self.alt)

    def shape(self, layout: Layout) -> str:
        return "/".join(drawing_svg.size(self.picture(layout)))

    def views(self, places: dict[Hashable, int]) -> dict[str, dict]:
        return {layout.name: drawing_plotly.view(self.picture(layout), places) for layout in LAYOUTS}

    @cached_property
    def whole(self) -> Drawing:
        """The wide chart with its words."""
        return with_words(self.wide, self.title, self.below)

    def picture_file(self) -> str:
        return drawing_svg.file(self.whole, self.title, self.alt)

    def picture_bytes(self) -> bytes:
        return drawing_png.file(self.whole, self.title, self.alt)
