"""Rows of intervals against a line of no change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..layout import Layout
from .years import COLOUR


def interval_rows(layout: Layout, table: pd.DataFrame, *, label: str, value: str, low: str, high: str,
                  value_label: str, reference: float, ticks: Sequence[float], tick_labels: Sequence[str],
                  is_log: bool = True, role: str = "both") -> Figure:
    """One row for each line of the table: a point on its interval, against a line of no change.

    An end at infinity is drawn as an arrow.
    """
    row_height = 46 if layout.is_narrow else 30
    figure = layout.figure(54 + row_height * len(table))
    axes = figure.subplots()
    rows = range(len(table))[::-1]
    limit = max(ticks[-1], table[high].replace(np.inf, np.nan).max() * 1.02)
    axes.axvline(reference, color=COLOUR["muted"], linewidth=1, zorder=0)
    axes.hlines(rows, table[low], table[high].clip(upper=limit), color=COLOUR[role], linewidth=3)
    is_open = (table[high] == np.inf).to_numpy()
    axes.plot([limit] * is_open.sum(), np.array(rows)[is_open], linestyle="", marker=">", markersize=9,
              color=COLOUR[role], clip_on=False)
    axes.plot(table[value], rows, linestyle="", marker="o", markersize=8, color=COLOUR[role],
              markeredgecolor=COLOUR["paper"])
    if is_log:
        axes.set_xscale("log")
    axes.set_xticks(ticks, tick_labels)
    axes.set_xticks([], minor=True)
    axes.set_xlim(min(ticks[0], table[low].min() * 0.98), limit)
    axes.set_xlabel(value_label)
    axes.grid(axis="x")
    if layout.is_narrow:
        axes.set_yticks([])
        for row, words in zip(rows, table[label], strict=True):
            axes.text(0, row + 0.22, words, transform=axes.get_yaxis_transform(), va="bottom", color=COLOUR["ink"])
    else:
        axes.set_yticks(list(rows), table[label], color=COLOUR["ink"])
    axes.set_ylim(-0.6, len(table) - 0.3)
    return figure
