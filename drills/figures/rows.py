"""Where rows of a picture stand and how they are named: beside their marks when wide, above them on a phone."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from . import look
from .layout import Layout, of_events

COLOUR = look.LIGHT
LINE, GAP, BAR = 16.0, 9.0, 15.0
# Characters that fit beside or above a row, and the width of one in the wider font that matplotlib measures with.
WRAP = {"wide": 36, "narrow": 40}
CHARACTER = 7.6
LABEL_WIDTH, NARROW_LABEL_WIDTH = 42, 44
# How far apart the lines of a name above its row stand, beside the height of letters.
APART = 1.25
# Share of a row that each further line of a name takes above its row on a phone.
EXTRA_LINE = 0.38


@dataclass(frozen=True)
class Rows:
    """Where the rows of a picture stand: lines of each label, middle of each mark, and the height of them all."""

    lines: list[list[str]]
    feet: list[float]
    height: float

    def name(self, axes: Axes, layout: Layout, event_ids: Sequence[str] = ()) -> None:
        """Write the labels and set the axis that the rows run along, the first row on top; event_ids: their events."""
        axes.set_ylim(self.height + 2, -2)
        texts = ["\n".join(lines) for lines in self.lines]
        if layout.is_narrow:
            axes.set_yticks([])
            labels = [axes.text(0, foot - BAR / 2 - 2, text, va="bottom", ha="left", color=COLOUR["ink"],
                                transform=axes.get_yaxis_transform())
                      for foot, text in zip(self.feet, texts, strict=True)]
        else:
            axes.set_yticks(self.feet, texts, color=COLOUR["ink"], multialignment="right")
            labels = axes.get_yticklabels()
        for label, event_id in zip(labels, event_ids, strict=False):
            label.set_gid(of_events([event_id]))


def place(layout: Layout, labels: Iterable[str]) -> Rows:
    """Room for one row per label."""
    lines, feet, below = [balanced(label, WRAP[layout.name]) for label in labels], [], 0.0
    for wrapped in lines:
        text = LINE * len(wrapped)
        height = GAP + (text + BAR if layout.is_narrow else max(text, BAR))
        feet.append(below + text + (BAR + GAP) / 2 if layout.is_narrow else below + height / 2)
        below += height
    return Rows(lines, feet, below)


def balanced(text: str, width: int) -> list[str]:
    """A text in as few lines as `width` characters allow, none much shorter than the others."""
    fewest = len(textwrap.wrap(text, width))
    return next(lines for narrower in range(1, width + 1)
                if len(lines := textwrap.wrap(text, narrower, break_long_words=narrower == width)) <= fewest
                and max(map(len, lines), default=0) <= width)


def lines_of(names: pd.Series) -> list[int]:
    """Lines that each name takes on a phone."""
    return [len(textwrap.wrap(name, NARROW_LABEL_WIDTH)) for name in names]


def row_places(layout: Layout, names: pd.Series) -> np.ndarray:
    """The place of each row from the bottom, first name on top; on a phone a long name keeps room above its row."""
    extra = [EXTRA_LINE * (lines - 1) if layout.is_narrow else 0.0 for lines in lines_of(names)]
    below = np.cumsum([0.0, *[1 + room for room in extra[::-1][:-1]]])
    return below[::-1]


def name_rows(axes: Axes, layout: Layout, rows: np.ndarray, names: pd.Series, event_ids: pd.Series) -> None:
    """Names of events left of their rows when wide, above them when narrow."""
    if layout.is_narrow:
        axes.set_yticks([])
        labels = [axes.text(0, row + 0.18, textwrap.fill(name, NARROW_LABEL_WIDTH), va="bottom", linespacing=APART,
                            transform=axes.get_yaxis_transform(), color=COLOUR["ink"])
                  for row, name in zip(rows, names, strict=True)]
    else:
        axes.set_yticks(rows, [textwrap.fill(name, LABEL_WIDTH) for name in names], color=COLOUR["ink"],
                        linespacing=1.0)
        labels = axes.get_yticklabels()
    for label, event_id in zip(labels, event_ids, strict=True):
        label.set_gid(of_events([event_id]))
