"""Forms that set two lists against each other: marks in a grid of years, and counts in a labelled grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from ...wording import numbers
from .. import look
from ..keys import airy
from ..layout import Layout, rows_of, stands_for

COLOUR = look.LIGHT
# Opacity of the fill by step. At the strongest, ink is still legible on it in both schemes (contrast 4.5:1).
OPACITY = (0.12, 0.22, 0.32, 0.42)
YEARS_IN_GROUP = 5
LETTER = 7.2


@dataclass(frozen=True)
class Mark:
    """How one value of a matrix of marks is drawn: words for the key, marker, colour role, filled or hollow."""

    label: str
    marker: str
    role: str
    is_filled: bool = True
    size: float = 1.0


def dots(layout: Layout, table: pd.DataFrame, *, rows: str, columns: str, mark: str,
         marks: Mapping[str, Mark]) -> Figure:
    """A mark for each line of the table: labels down the side, years along the top in groups of five.

    rows: column of labels, drawn in the order in which they first stand; columns: column of years as integers, of
    which every one between the first and the last has its place; mark: column of keys of `marks`.
    """
    labels = list(dict.fromkeys(table[rows]))
    first, last = int(table[columns].min()) // YEARS_IN_GROUP * YEARS_IN_GROUP, int(table[columns].max())
    per_row, size = (20, 4.8) if layout.is_narrow else (21, 9.5)
    figure = airy(layout.figure(44 + per_row * len(labels) + 19 * (len(marks) if layout.is_narrow else 1)))
    axes = figure.subplots()
    place = table[rows].map({label: number for number, label in enumerate(labels)})
    for value, one in marks.items():
        here = table[mark] == value
        drawn, = axes.plot(table.loc[here, columns], place[here], linestyle="", marker=one.marker,
                           markersize=size * one.size, color=COLOUR[one.role],
                           markerfacecolor=COLOUR[one.role] if one.is_filled else "none",
                           markeredgewidth=1.0 if layout.is_narrow else 1.2)
        stands_for(drawn, rows_of(table[here]))
    axes.hlines(range(len(labels)), first - 0.5, last + 0.5, color=COLOUR["grid"], linewidth=0.8, zorder=0)
    _groups_of_years(axes, layout, first, last)
    axes.set_yticks(range(len(labels)), labels, color=COLOUR["ink"])
    axes.set_ylim(len(labels) - 0.4, -0.6)
    _key_of_marks(figure, layout, marks)
    return figure


def _groups_of_years(axes: Axes, layout: Layout, first: int, last: int) -> None:
    """Every second group of years on a band, each named by its first year, or by both where there is room."""
    axes.set_xlim(first - 0.5, last + 0.5)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    for number, start in enumerate(range(first, last + 1, YEARS_IN_GROUP)):
        end = min(start + YEARS_IN_GROUP - 1, last)
        if number % 2 == 0:
            axes.axvspan(start - 0.5, end + 0.5, color=COLOUR["band"], linewidth=0, zorder=-1)
        is_short = layout.is_narrow or end - start < 2
        axes.text(start - 0.4, 1.0, str(start) if is_short else f"{start}–{end % 100:02}", color=COLOUR["muted"],
                  transform=axes.get_xaxis_transform(), va="bottom", ha="left")


def _key_of_marks(figure: Figure, layout: Layout, marks: Mapping[str, Mark]) -> None:
    handles = [Line2D([], [], linestyle="", marker=one.marker, markersize=8 * one.size, color=COLOUR[one.role],
                      markerfacecolor=COLOUR[one.role] if one.is_filled else "none", markeredgewidth=1.2,
                      label=one.label) for one in marks.values()]
    figure.legend(handles=handles, loc="outside upper left", ncols=1 if layout.is_narrow else len(marks),
                  frameon=False, labelcolor=COLOUR["ink"], handletextpad=0.4, borderpad=0, columnspacing=1.4)


def heat(layout: Layout, table: pd.DataFrame, *, row: str, column: str, value: str, outlined: str,
         narrow_column: Callable[[str], str] = str, is_turned: bool = True, is_headed_below: bool = False) -> Figure:
    """Counts in a grid: each cell filled in steps of one hue, with its number printed in it.

    row, column: columns of labels, drawn in the order in which they first stand; value: column of counts, of which
    a pair that has no line, or NaN, is an empty place; outlined: boolean column of cells that are framed instead of
    filled and stand outside the steps (totals on a diagonal). narrow_column shortens the head of a column on a
    phone; is_turned sets the heads upright, is_headed_below at the bottom (for a triangle, where the top is
    empty).
    """
    down, across = list(dict.fromkeys(table[row])), list(dict.fromkeys(table[column]))
    heads = [narrow_column(label) if layout.is_narrow else label for label in across]
    head_space = LETTER * max(map(len, heads)) + 12 if is_turned else 26
    figure = layout.figure(head_space + (25 if layout.is_narrow else 30) * len(down) + 8)
    axes = figure.subplots()
    cells = table[table[value].notna()]
    framed = cells[outlined].astype(bool)
    strength = steps(cells[value].where(~framed))
    for x, y, number, step, is_framed, behind in zip(
            cells[column].map(across.index), cells[row].map(down.index), cells[value], strength, framed,
            rows_of(cells), strict=True):
        _cell(axes, x, y, step, is_framed)
        words = axes.text(x, y, numbers.count(number), ha="center", va="center_baseline",
                          color=COLOUR["ink" if number else "muted"], fontweight="bold" if is_framed else "normal")
        stands_for(words, [behind])
    axes.set_xticks(range(len(across)), heads, rotation=90 if is_turned else 0, color=COLOUR["ink"])
    axes.xaxis.set_ticks_position("bottom" if is_headed_below else "top")
    axes.set_yticks(range(len(down)), down, color=COLOUR["ink"])
    axes.set_xlim(-0.5, len(across) - 0.5)
    axes.set_ylim(len(down) - 0.5, -0.5)
    axes.spines["bottom"].set_visible(False)
    return figure


def _cell(axes: Axes, x: int, y: int, step: int, is_framed: bool) -> None:
    """A square: framed in ink, or filled by its step; a count of nothing is left unfilled."""
    if is_framed:
        axes.add_patch(Rectangle((x - 0.44, y - 0.44), 0.88, 0.88, fill=False, edgecolor=COLOUR["muted"], linewidth=1))
    elif step:
        axes.add_patch(Rectangle((x - 0.46, y - 0.46), 0.92, 0.92, facecolor=COLOUR["both"], edgecolor="none",
                                 alpha=OPACITY[step - 1]))


def steps(values: pd.Series) -> list[int]:
    """The step of each count: 0 for nothing or NaN, else 1 to 4 in equal parts of the way to the largest."""
    most = values.max()
    share = (values / most if most else values * 0).fillna(0)
    return np.ceil(share * len(OPACITY)).astype(int).tolist()
