"""Rows with marks before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .. import look
from ..keys import Mark, axis_on_top, handle, legend
from ..layout import Layout, rows_of, stands_for
from ..rows import CHARACTER, place

COLOUR = look.LIGHT


def mark_rows(layout: Layout, table: pd.DataFrame, lines: Sequence[Sequence[str]],
              marks: Mapping[str, tuple[str, Mark]], value_label: str):
    """A row for each line of the table, its label from column `label`, with a mark for each column of `marks`.

    lines: the columns that share a height within the row, from top to bottom; those later are drawn over the others.
    """
    rows = place(layout, table["label"])
    columns = [column for line in lines for column in line if table[column].notna().any()]
    key = dict(marks[column] for column in marks if column in columns)
    figure = layout.figure(rows.height + 66 + 20 * (len(key) if layout.is_narrow else 1))
    axes = figure.subplots()
    for number, line in enumerate(lines):
        # on a phone the label stands right above, so the marks keep lower
        heights = np.array(rows.feet) + 9.5 * (number - (len(lines) - 1) / 2) + 2.5 * layout.is_narrow
        for column in (column for column in line if column in columns):
            mark = handle(marks[column][1])
            drawn, = axes.plot(table[column], heights, **mark | {"markersize": 12 if mark["marker"] == "|" else 7})
            stands_for(drawn, rows_of(table))
    axes.hlines(rows.feet, 0, 1, transform=axes.get_yaxis_transform(), color=COLOUR["grid"], linewidth=0.8, zorder=0)
    top = int(np.ceil(table[columns].max().max()))
    axes.set_xticks(range(0, top + 1, 2 if top > 6 else 1))
    axes.set_xlim(-0.3, top + 0.3)
    axis_on_top(axes, value_label)
    rows.name(axes, layout)
    if not layout.is_narrow:
        _align(axes, max(len(line) for lines in rows.lines for line in lines))
    legend(figure, layout, key)
    return figure


def _align(axes: Axes, most: int) -> None:
    """Begin the labels beside the rows at one edge, so that dates stand below each other; most: letters of a line."""
    axes.tick_params(axis="y", pad=most * CHARACTER)
    for label in axes.get_yticklabels():
        label.set(ha="left", multialignment="left")
