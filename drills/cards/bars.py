"""Horizontal bars in the order of the table, with their numbers printed: ranked, or stacked in layers.

The label of a row stands left of it when wide, above it when narrow; long labels wrap and are never cut.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import look, words
from .forms import Series, key
from .static import Layout, of_events

COLOUR = look.LIGHT
LINE, GAP, BAR = 16.0, 9.0, 15.0
# Characters that fit beside or above a row, and the width of one in the wider font that matplotlib measures with.
WRAP = {"wide": 36, "narrow": 40}
CHARACTER = 7.6


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


def ranked(layout: Layout, table: pd.DataFrame, *, label: str, value: str, low: str | None = None,
           high: str | None = None, text: str | None = None, value_label: str, role: str = "both",
           hatch: str = "") -> Figure:
    """One bar for each row, the first on top, with its number.

    label, value: columns; low, high: columns of an interval drawn as a whisker; text: column of the words printed
    at the end of each bar, instead of the number; value_label: what the length means.
    """
    layer = Series(value, value_label, role, hatch)
    return stacked(layout, table, [layer], label=label, low=low, high=high, text=text, value_label=value_label)


def stacked(layout: Layout, table: pd.DataFrame, series: Sequence[Series], *, label: str, value_label: str,
            low: str | None = None, high: str | None = None, text: str | None = None) -> Figure:
    """One bar for each row in the layers `series`, named in a key if there are several; see `ranked`."""
    rows, is_layered = place(layout, table[label]), len(series) > 1
    figure = layout.figure(rows.height + 30 + is_layered * 20 * (len(series) if layout.is_narrow else 1))
    axes = figure.subplots()
    ends = pd.Series(0.0, index=table.index)
    for one in series:
        bars = axes.barh(rows.feet, table[one.column], BAR, left=ends, color=COLOUR[one.role], hatch=one.hatch,
                         edgecolor=COLOUR["paper"], linewidth=0.8)
        for bar, size in zip(bars, table[one.column], strict=True):
            bar.set_visible(size > 0)
        ends = ends + table[one.column].fillna(0)
    printed = table[text] if text else ends.map(words.count)
    if high:
        axes.hlines(rows.feet, table[low], table[high], color=COLOUR["ink"], linewidth=1.1)
        ends = pd.concat([ends, table[high]], axis=1).max(axis=1)
    rows.name(axes, layout)
    _print(axes, layout, rows, ends, printed)
    axes.set_xlabel(value_label, loc="left")
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    if not layout.is_narrow:
        axes.axvline(0, color=COLOUR["muted"], linewidth=0.8)
    if is_layered:
        key(figure, series, layout)
    return figure


def _print(axes: Axes, layout: Layout, rows: Rows, ends: pd.Series, printed: pd.Series) -> None:
    """The words at the ends of the bars, with room to stand in."""
    beside = 0 if layout.is_narrow else max(len(line) for lines in rows.lines for line in lines) * CHARACTER
    room = max(len(text) for text in printed) * CHARACTER + 8
    top = float(ends.max()) or 1.0
    per_pixel = top / max(layout.width - beside - 24 - room, 40)
    axes.set_xlim(0, top + room * per_pixel)
    for foot, end, text in zip(rows.feet, ends, printed, strict=True):
        axes.text(end + 5 * per_pixel, foot, text, va="center", ha="left", color=COLOUR["ink"])
