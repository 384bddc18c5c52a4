"""The form of a specification curve: an estimate under every definition, sorted, and below it what each one counts.

After Simonsohn, Simmons and Nelson, Specification curve analysis, Nature Human Behaviour 4 (2020).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from .. import look
from ..keys import airy, handle, name_marks
from ..layout import Layout, level_strokes, rows_of, stands_for, upright_strokes

COLOUR = look.LIGHT
# Estimates drawn from each end on a phone, and the empty places that part them.
ENDS, PARTED = 20, 3
# More estimates than these are drawn as a line and not as marks.
DENSE = 100
# Heights in pixels: of the estimates, of a row of the matrix, and of its label where that stands above.
ABOVE, ROW, LABEL = 220, 17, 16
CLEAR, UNCLEAR = ("o", "both", True), ("o", "accent", False)
NAMED = ("D", "ink", True)


def specification_curve(layout: Layout, table: pd.DataFrame, *, choices: Mapping[str, Mapping[Any, str]],
                        no_change: float, ticks: Sequence[float], tick_labels: Sequence[str], value_label: str,
                        named: tuple[object, str], keys: tuple[str, str]) -> Figure:
    """Sorted estimates with their intervals above a matrix of what each definition counts.

    table: columns value, low, high and those of `choices`, the lowest value first. choices: for each column its
    values and their labels, in the order of the rows. named: the label in the index of the definition that is pointed
    out, and the words for it. keys: words for an interval that leaves out `no_change`, and for one that does not.
    On a phone only both ends are drawn.
    """
    places, drawn = _places(layout, table)
    labels = [label for values in choices.values() for label in values.values()]
    row = ROW + LABEL * layout.is_narrow
    below = row * len(labels) + 6 * len(choices)
    figure = airy(layout.figure(ABOVE + below + 20 * (3 if layout.is_narrow else 1)))
    above, matrix = figure.subplots(2, 1, sharex=True, height_ratios=(ABOVE, below))
    _estimates(above, drawn, places, no_change)
    above.set_yticks(ticks, tick_labels)
    above.set_yticks([], minor=True)
    above.set_ylabel("" if layout.is_narrow else value_label)
    above.set_ylim(min(ticks[0], drawn["low"].min()), max(ticks[-1], drawn["high"].max()))
    above.grid(axis="y")
    if named[0] in drawn.index:
        _point_out(above, drawn, places, *named)
    if len(drawn) < len(table):
        # the lowest estimates leave room above them, the highest below
        above.text(0.98, 0.02, f"{len(table) - len(drawn)} between them\nare in the table", ha="right", va="bottom",
                   transform=above.transAxes, color=COLOUR["muted"])
    _matrix(matrix, layout, drawn, places, choices, row)
    above.set_xlim(places[0] - 1, places[-1] + 1)
    _key(figure, layout, keys, len(drawn) > DENSE)
    if len(drawn) > DENSE:
        _in_step(figure, above, places)
    return figure


def _in_step(figure: Figure, axes: Axes, places: np.ndarray) -> None:
    """Set estimates a whole number of tenths of a pixel apart and end their intervals at whole pixels.

    A picture of hundreds of estimates packs a quarter better so; what is read of a mark are the numbers of the table.
    """
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    step = np.floor(10 * axes.bbox.width / (len(places) + 1)) / 10
    axes.set_xlim(places[0] - 1, places[0] - 1 + axes.bbox.width / step)
    for line in axes.get_lines():
        if np.isnan(line.get_ydata()).any():
            ends = axes.transData.transform(line.get_xydata()).round()
            line.set_ydata(axes.transData.inverted().transform(ends)[:, 1])


def _places(layout: Layout, table: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Where the estimates stand from left to right, and those that are drawn."""
    if not layout.is_narrow or len(table) <= 2 * ENDS:
        return np.arange(len(table)), table
    return (np.r_[:ENDS, ENDS + PARTED:2 * ENDS + PARTED], pd.concat([table.iloc[:ENDS], table.iloc[-ENDS:]]))


def _estimates(axes: Axes, drawn: pd.DataFrame, places: np.ndarray, no_change: float) -> None:
    """Intervals and estimates; those that do not leave out `no_change` are of another colour, and hollow if marks.

    Many estimates, which lie closer than marks are wide, are one line.
    """
    is_clear = ((drawn["low"] > no_change) | (drawn["high"] < no_change)).to_numpy()
    is_dense = len(drawn) > DENSE
    axes.axhline(no_change, color=COLOUR["ink"], linewidth=1, zorder=0)
    for mark, is_here in ((CLEAR, is_clear), (UNCLEAR, ~is_clear)):
        here = drawn[is_here]
        upright_strokes(axes, places[is_here], here["low"], here["high"], color=COLOUR[mark[1]],
                        linewidth=1 if is_dense else 1.6, zorder=1)
        if not is_dense:
            marks, = axes.plot(places[is_here], here["value"],
                               **handle(mark) | {"markersize": 5, "markeredgewidth": 1, "zorder": 2})
            stands_for(marks, rows_of(here))
    if is_dense:
        line, = axes.plot(places, drawn["value"], color=COLOUR["ink"], linewidth=2, zorder=2)
        stands_for(line, rows_of(drawn))


def _point_out(axes: Axes, drawn: pd.DataFrame, places: np.ndarray, label: object, words: str) -> None:
    """Name one definition at its estimate."""
    at = drawn.index.get_loc(label)
    marks, = axes.plot([places[at]], [drawn["value"].iloc[at]], **handle(NAMED) | {"markersize": 6, "zorder": 4})
    stands_for(marks, [(label,)])
    top = axes.get_ylim()[1]
    axes.plot([places[at], places[at]], [drawn["value"].iloc[at], top], color=COLOUR["ink"], linewidth=1, zorder=3)
    axes.annotate(words, (places[at], top), (0, 2), textcoords="offset points", va="bottom",
                  ha="right" if places[at] > places.mean() else "left", color=COLOUR["ink"])


def _matrix(axes: Axes, layout: Layout, drawn: pd.DataFrame, places: np.ndarray,
            choices: Mapping[str, Mapping[Any, str]], row: float) -> None:
    """A stroke below each estimate in the row of every value that its definition has; groups parted by bands."""
    feet, labels, top = [], [], 0.0
    for number, (column, values) in enumerate(choices.items()):
        if number % 2 == 0:
            axes.axhspan(top, top + row * len(values) + 6, color=COLOUR["band"], linewidth=0, zorder=-1)
        for value, label in values.items():
            feet.append(top + row - ROW / 2 + 3)
            labels.append(label)
            _runs(axes, places[(drawn[column] == value).to_numpy()], feet[-1], 0.5 if len(drawn) > DENSE else 0.22)
            top += row
        top += 6
    axes.set_ylim(top, 0)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    if layout.is_narrow:
        axes.set_yticks([])
        for foot, label in zip(feet, labels, strict=True):
            axes.text(0.01, foot - ROW / 2, label, va="bottom", ha="left", color=COLOUR["ink"],
                      transform=axes.get_yaxis_transform())
    else:
        axes.set_yticks(feet, labels, color=COLOUR["ink"])


def _runs(axes: Axes, x: np.ndarray, y: float, reach: float) -> None:
    """A thick stroke from `reach` before to `reach` behind each place, those that touch as one."""
    if not len(x):
        return
    starts, ends = x[np.r_[True, np.diff(x) > 2 * reach]], x[np.r_[np.diff(x) > 2 * reach, True]]
    level_strokes(axes, starts - reach, ends + reach, np.full(len(starts), y), color=COLOUR["ink"], linewidth=9)


def _key(figure: Figure, layout: Layout, keys: tuple[str, str], is_dense: bool) -> None:
    """Name both kinds of interval above the picture."""
    name_marks(figure, layout, [
        Line2D([], [], **handle(mark, words) | {"marker": "" if is_dense else mark[0], "markersize": 5,
                                                "markeredgewidth": 1, "linestyle": "-", "linewidth": 1.6})
        for mark, words in zip((CLEAR, UNCLEAR), keys, strict=True)])
