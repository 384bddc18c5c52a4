"""A picture worked out down to the pixel: marks, lines, areas and words, in the order in which they are drawn.

For pictures of which the site has one for each event: matplotlib takes a second for what is written here in some
milliseconds. `drawing_svg` and `drawing_png` draw it, `drawing_plotly` makes its interactive view; all three show the
same items in the same places. Pixels count from the upper left corner.
"""

from __future__ import annotations

import textwrap
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from . import look

# Width of a letter beside its size, in the font that stands for the reader's own, which is narrower.
LETTER = 0.6
# The same in running text, which has few capitals, plain and bold.
RUNNING = {False: 0.56, True: 0.62}
LINE_HEIGHT = 1.3
TITLE_SIZE, PADDING = 17, 14


@dataclass(frozen=True)
class Mark:
    """One mark. shape: a marker as matplotlib names it, of o D x | < >; size: pixels across; fill: 0 hollow, 1 full.

    row: label of the row of the table that it stands for, None if it stands for none. link: an address and what it is
    called, blank if it leads nowhere.
    """

    x: float
    y: float
    shape: str
    size: float
    role: str
    fill: float = 1.0
    row: Hashable = None
    link: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Line:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    role: str
    width: float
    is_dashed: bool = False


@dataclass(frozen=True)
class Area:
    """A rectangle without an edge."""

    x0: float
    y0: float
    x1: float
    y1: float
    role: str


@dataclass(frozen=True)
class Words:
    """Lines of text. x: where they begin, end or have their middle, by side (left, right, center); y: their middle."""

    x: float
    y: float
    lines: tuple[str, ...]
    role: str
    side: str = "left"
    size: int = look.SMALL_SIZE
    is_bold: bool = False

    def heights(self) -> list[float]:
        """The middle of each line."""
        step = self.size * LINE_HEIGHT
        first = self.y - step * (len(self.lines) - 1) / 2
        return [first + step * number for number in range(len(self.lines))]


Item = Mark | Line | Area | Words


@dataclass
class Drawing:
    """A picture: its size, and its items, those below first."""

    width: float
    height: float
    items: list[Item] = field(default_factory=list)

    def of(self, kind: type) -> list:
        """The items of one kind, those below first."""
        return [item for item in self.items if isinstance(item, kind)]


def with_words(drawing: Drawing, title: str, note: str) -> Drawing:
    """A drawing with its title above and its note below it, for files that stand alone."""
    above, below = above_and_below(title, note, drawing.width)
    whole = Drawing(drawing.width, 0)
    for part in (above, drawing, below):
        whole.items += [moved(item, whole.height) for item in part.items]
        whole.height += part.height
    return whole


def above_and_below(title: str, note: str, width: float) -> tuple[Drawing, Drawing]:
    """What stands above and below a picture of a width in files that stand alone: its title and its note."""
    return (_running_text(title, width, TITLE_SIZE, "ink", is_bold=True),
            _running_text(note, width, look.SMALL_SIZE, "muted"))


def moved(item: Item, down: float) -> Item:
    """An item so many pixels further down."""
    if isinstance(item, Line | Area):
        return replace(item, y0=item.y0 + down, y1=item.y1 + down)
    return replace(item, y=item.y + down)


def _running_text(text: str, width: float, size: int, role: str, is_bold: bool = False) -> Drawing:
    """Running text as wide as a picture, wrapped, with room around it."""
    letters = int((width - 2 * PADDING) / (size * RUNNING[is_bold]))
    lines = tuple(one for line in text.splitlines() for one in textwrap.wrap(line, letters))
    height = len(lines) * size * LINE_HEIGHT + 2 * PADDING
    return Drawing(width, height, [Words(PADDING, height / 2, lines, role, size=size, is_bold=is_bold)])
