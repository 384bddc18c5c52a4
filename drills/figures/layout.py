"""The two sizes at which a picture is drawn, and what its marks stand for: rows of the table, and events."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import look


@dataclass(frozen=True)
class Layout:
    """A natural size at which a picture is drawn: 'wide' for the text column, 'narrow' for a phone."""

    name: str
    width: int

    @property
    def is_narrow(self) -> bool:
        return self.name == "narrow"

    def figure(self, height: float) -> Figure:
        """An empty figure of this width; sizes in CSS pixels (72 per inch is one point each in the SVG)."""
        return Figure(figsize=(self.width / 72, height / 72), dpi=72, layout="constrained")


@dataclass(frozen=True)
class Parts:
    """Equal parts of a picture, one below the other, between which a reader with little room chooses.

    label: what is chosen, such as Period. names: of the parts, from above. top: pixels above the first of them, which
    hold what is said of all. height: of each, in pixels.
    """

    label: str
    names: tuple[str, ...]
    top: float
    height: float


WIDE, NARROW = Layout("wide", look.WIDE), Layout("narrow", look.NARROW)
LAYOUTS = (WIDE, NARROW)
OF_EVENTS = "events "
# Column of a frame that is no part of a card's table but made from it: the labels of the rows behind each of its lines.
ROWS = "rows"
_STANDS_FOR: WeakKeyDictionary[Artist, list[tuple[Hashable, ...]]] = WeakKeyDictionary()
_CAN_ZOOM: WeakSet[Axes] = WeakSet()
# As many as card.css has rules for.
MOST_PARTS = 8
_PARTS: WeakKeyDictionary[Figure, Parts] = WeakKeyDictionary()


# one number for each mark
Places = Sequence[float] | np.ndarray


def level_strokes(axes: Axes, left: Places, right: Places, height: Places,
                  **style: Any) -> None:
    """Level lines, each from `left` to `right` at its height, as one path: a tenth of the weight of one for each."""
    gap = np.full(len(height), np.nan)
    axes.plot(np.column_stack([left, right, gap]).ravel(), np.column_stack([height, height, gap]).ravel(),
              clip_on=False, **style)


def upright_strokes(axes: Axes, place: Sequence[float], low: Sequence[float], high: Sequence[float],
                    **style: Any) -> None:
    """Upright lines, each from `low` to `high` at its place, as one path."""
    gap = np.full(len(place), np.nan)
    axes.plot(np.column_stack([place, place, gap]).ravel(), np.column_stack([low, high, gap]).ravel(), clip_on=False,
              **style)


def of_events(event_ids: Iterable[str]) -> str:
    """The gid of an artist that stands for events: one for all of it, or one for each of its marks, in order."""
    return OF_EVENTS + " ".join(event_ids)


def rows_of(table: pd.DataFrame, layer: str = "") -> list[tuple[Hashable, ...]]:
    """The rows of a card's table behind each line of a frame, by their labels in its index.

    A frame that sums up others names them in a column `rows`, or `rows_<layer>` where each layer of a stack has its
    own; else they are those of the frame's own index.
    """
    column = next((name for name in (f"{ROWS}_{layer}", ROWS) if name in table), None)
    return [tuple(rows) for rows in table[column]] if column else [(label,) for label in table.index]


def stands_for(artist: Artist, rows: Sequence[tuple[Hashable, ...]]) -> None:
    """Say which rows of the card's table each mark of an artist stands for, in order; see `rows_of`."""
    _STANDS_FOR[artist] = list(rows)


def rows_behind(artist: Artist) -> list[tuple[Hashable, ...]]:
    """What was said with `stands_for`; nothing for what is no mark, such as land or a grid."""
    return _STANDS_FOR.get(artist, [])


def let_zoom(axes: Axes) -> None:
    """Let a reader of the interactive view look closer at a part of these axes."""
    _CAN_ZOOM.add(axes)


def can_zoom(axes: Axes) -> bool:
    """Whether `let_zoom` was said of these axes."""
    return axes in _CAN_ZOOM


def let_choose(figure: Figure, parts: Parts) -> None:
    """Let a page show one part of a picture at a time; ValueError for more than MOST_PARTS."""
    if len(parts.names) > MOST_PARTS:
        raise ValueError(f"{len(parts.names)} parts to choose from; card.css has rules for {MOST_PARTS}")
    _PARTS[figure] = parts


def parts_of(figure: Figure) -> Parts | None:
    """What was said with `let_choose`; None for a picture that is shown whole."""
    return _PARTS.get(figure)
