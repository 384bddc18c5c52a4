"""Horizontal bars in the order of the table, with their numbers printed: ranked, or stacked in layers.

The label of a row stands left of it when wide, above it when narrow; long labels wrap and are never cut.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import look
from ..keys import Series, key
from ..layout import Layout, rows_of, stands_for
from ..rows import BAR, CHARACTER, Rows, place

COLOUR = look.LIGHT


def ranked(layout: Layout, table: pd.DataFrame, *, label: str, value: str, text: str, value_label: str) -> Figure:
    """One bar for each row, the first on top, with its number.

    label, value: columns; text: column of the words printed at the end of each bar; value_label: what the length means.
    """
    return stacked(layout, table, [Series(value, value_label, "both")], label=label, text=text, value_label=value_label)


def stacked(layout: Layout, table: pd.DataFrame, series: Sequence[Series], *, label: str, text: str,
            value_label: str) -> Figure:
    """One bar for each row in the layers `series`, named in a key if there are several; see `ranked`."""
    rows, is_layered = place(layout, table[label]), len(series) > 1
    figure = layout.figure(rows.height + 30 + is_layered * 20 * (len(series) if layout.is_narrow else 1))
    axes = figure.subplots()
    ends = pd.Series(0.0, index=table.index)
    for one in series:
        bars = axes.barh(rows.feet, table[one.column], BAR, left=ends, color=COLOUR[one.role], hatch=one.hatch,
                         edgecolor=COLOUR["paper"], linewidth=0.8)
        for bar, size, row in zip(bars, table[one.column], rows_of(table), strict=True):
            bar.set_visible(size > 0)
            stands_for(bar, [row])
        ends = ends + table[one.column].fillna(0)
    rows.name(axes, layout)
    _print(axes, layout, rows, ends, table[text])
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
