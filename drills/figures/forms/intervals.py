"""Rows of intervals against a line of no change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.typing import LineStyleType

from ..layout import Layout, rows_of, stands_for
from .years import COLOUR

BY_DEFINITION, BY_HELD = "Default definition", "All held events"
# marker, colour role, line
SETTINGS: dict[str, tuple[str, str, LineStyleType]] = {BY_DEFINITION: ("o", "both", "-"), BY_HELD: ("D", "other", "--")}


def interval_rows(layout: Layout, table: pd.DataFrame, *, label: str, value: str, low: str, high: str,
                  value_label: str, reference: float, ticks: Sequence[float], tick_labels: Sequence[str]) -> Figure:
    """One row for each line of the table: a point on its interval on a log axis, against a line of no change.

    An end at infinity is drawn as an arrow.
    """
    row_height = 46 if layout.is_narrow else 30
    figure = layout.figure(54 + row_height * len(table))
    axes = figure.subplots()
    rows = range(len(table))[::-1]
    limit = max(ticks[-1], table[high].replace(np.inf, np.nan).max() * 1.02)
    axes.axvline(reference, color=COLOUR["muted"], linewidth=1, zorder=0)
    axes.hlines(rows, table[low], table[high].clip(upper=limit), color=COLOUR["both"], linewidth=3)
    is_open = (table[high] == np.inf).to_numpy()
    axes.plot([limit] * is_open.sum(), np.array(rows)[is_open], linestyle="", marker=">", markersize=9,
              color=COLOUR["both"], clip_on=False)
    best, = axes.plot(table[value], rows, linestyle="", marker="o", markersize=8, color=COLOUR["both"],
                      markeredgecolor=COLOUR["paper"])
    stands_for(best, rows_of(table))
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


def draw_shares(layout: Layout, table: pd.DataFrame) -> Figure:
    """Two intervals on each row, one for each setting, with their counts.

    table: columns label, setting (of SETTINGS), share, low, high (per cent), events, total.
    """
    labels = list(dict.fromkeys(table["label"]))
    step = 66 if layout.is_narrow else 46
    figure = layout.figure(64 + step * len(labels))
    axes = figure.subplots()
    for number, (setting, (marker, role, line)) in enumerate(SETTINGS.items()):
        rows = table[table["setting"] == setting]
        height = rows["label"].map(labels.index) + (-0.15 if number == 0 else 0.2) + (0.14 if layout.is_narrow else 0)
        axes.hlines(height, rows["low"], rows["high"], color=COLOUR[role], linewidth=2.2, linestyle=line)
        drawn, = axes.plot(rows["share"], height, linestyle="", marker=marker, markersize=8, color=COLOUR[role],
                           markerfacecolor=COLOUR[role] if number == 0 else COLOUR["paper"], markeredgewidth=1.3)
        stands_for(drawn, rows_of(rows))
        for y, row in zip(height, rows.itertuples(), strict=True):
            text = "left out by rule" if pd.isna(row.share) else f"{row.events} of {row.total}"
            axes.text((0 if pd.isna(row.high) else row.high) + 1.5, y, text, va="center", color=COLOUR["muted"])
    _rows_of_labels(axes, layout, labels)
    axes.set_xlim(-1.5, 100)
    axes.set_xticks(range(0, 101, 25), [f"{tick} %" for tick in range(0, 101, 25)])
    axes.grid(axis="x")
    handles = [Line2D([], [], marker=marker, linestyle=line, color=COLOUR[role], linewidth=2.2, markersize=8,
                      markerfacecolor=COLOUR[role if role == "both" else "paper"], label=setting)
               for setting, (marker, role, line) in SETTINGS.items()]
    figure.legend(handles=handles, loc="outside upper left", ncols=2, frameon=False, labelcolor=COLOUR["ink"],
                  borderpad=0, handlelength=2.6)
    return figure


def _rows_of_labels(axes, layout: Layout, labels: list[str]) -> None:
    """The label of each row: beside it, or above it on a phone."""
    if layout.is_narrow:
        axes.set_yticks([])
        for row, label in enumerate(labels):
            axes.text(0, row - 0.27, label, va="bottom", color=COLOUR["ink"])
    else:
        axes.set_yticks(range(len(labels)), labels, color=COLOUR["ink"])
    axes.set_ylim(len(labels) - 0.5, -0.65)
