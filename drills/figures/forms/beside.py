"""The form that sets two counts of the same thing beside each other: both on one axis, the gap between them drawn."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...wording import numbers
from .. import look
from ..keys import Mark, axis_on_top, handle, legend
from ..layout import Layout, level_strokes, rows_of, stands_for
from ..rows import CHARACTER, place

COLOUR = look.LIGHT
THEIRS: Mark = ("D", "china", False)
OURS: Mark = ("o", "both", True)
# Pixels from the middle of a mark to its number, and the length of the arrow of a count that is only a bound.
BESIDE, REACH = 9, 13


def counts_beside(layout: Layout, table: pd.DataFrame, *, theirs: str, ours: str, value_label: str) -> Figure:
    """One row for each line of the table, first row on top: their count, ours, and the gap between them.

    table: columns label, low and high (their count; NaN on the side that they leave open, which gets an arrow) and
    ours (NaN where the record has no count to set beside). theirs, ours: words of the key.
    """
    rows = place(layout, table["label"])
    figure = layout.figure(rows.height + 66 + 20 * layout.is_narrow)
    axes = figure.subplots()
    said = table["low"].fillna(table["high"])
    # NaN where every count leaves an end open, and zero where nobody counted anything
    top = pd.concat([table["high"], said, table["ours"]]).max()
    per_pixel = _scale(axes, layout, max(top, 1) if pd.notna(top) else 1,
                       max((len(line) for lines in rows.lines for line in lines), default=0))
    feet = np.array(rows.feet) + 2.5 * layout.is_narrow
    left, right = axes.get_xlim()
    level_strokes(axes, np.full(len(feet), left), np.full(len(feet), right), feet, color=COLOUR["grid"], linewidth=0.8,
                  zorder=0)
    has_both = table["ours"].notna().to_numpy() & (said != table["ours"]).to_numpy()
    level_strokes(axes, said[has_both], table["ours"][has_both], feet[has_both], color=COLOUR["muted"], linewidth=2.6,
                  zorder=1)
    for foot, low, high in zip(feet, table["low"], table["high"], strict=True):
        _reach(axes, foot, low, high, per_pixel)
    # where both are the same, ours is seen within theirs
    for values, mark, size in ((said, THEIRS, 9), (table["ours"], OURS, 6)):
        drawn, = axes.plot(values, feet, **handle(mark) | {"markersize": size, "zorder": 3}, clip_on=False)
        stands_for(drawn, rows_of(table))
    # a range of theirs ends beyond its mark
    ends = said.where(table["low"].isna() | table["high"].isna(), table["high"])
    for foot, their, end, our, words in zip(feet, said, ends, table["ours"], _words(table), strict=True):
        _print(axes, foot, (their, end), our, words, per_pixel)
    axis_on_top(axes, value_label)
    rows.name(axes, layout)
    legend(figure, layout, {theirs: THEIRS, ours: OURS})
    return figure


def _scale(axes: Axes, layout: Layout, top: float, most: int) -> float:
    """Set the axis from zero, with room for numbers at both ends; returns what a pixel is worth."""
    room, beside = BESIDE + REACH + 4 * CHARACTER, 0 if layout.is_narrow else most * CHARACTER
    per_pixel = top / max(layout.width - beside - 24 - 1.5 * room, 40)
    axes.set_xlim(-room / 2 * per_pixel, top + room * per_pixel)
    step = next(step for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 10_000) if top / step <= 6)
    axes.set_xticks(np.arange(0, top + 1, step))
    return per_pixel


def _reach(axes: Axes, foot: float, low: float, high: float, per_pixel: float) -> None:
    """The line between both ends of their count, or the arrow at the end that they leave open."""
    if pd.notna(low) and pd.notna(high):
        if low != high:
            axes.plot([low, high], [foot, foot], color=COLOUR["china"], linewidth=1.6, zorder=2)
        return
    end, sign = (low, 1) if pd.isna(high) else (high, -1)
    tip = end + sign * REACH * per_pixel
    axes.plot([end, tip], [foot, foot], color=COLOUR["china"], linewidth=1.6, zorder=2, clip_on=False)
    axes.plot([tip], [foot], linestyle="", marker=">" if sign > 0 else "<", markersize=6, color=COLOUR["china"],
              clip_on=False)


def _words(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Their count and ours as they are printed."""
    def count(value: float) -> str:
        return numbers.count(value) if pd.notna(value) else "none"

    def theirs(low: float, high: float) -> str:
        if pd.isna(high):
            return f"{count(low)}+"
        return f"≤{count(high)}" if pd.isna(low) else count(low) if low == high else f"{count(low)}–{count(high)}"

    return [(theirs(row.low, row.high), count(row.ours)) for row in table.itertuples()]


def _print(axes: Axes, foot: float, said: tuple[float, float], our: float, words: tuple[str, str],
           per_pixel: float) -> None:
    """Each number outside its mark, ours in bold; one number where both are the same. said: their mark, the end of
    their range on its right."""
    (their, end), (theirs, ours) = said, words
    is_left = pd.notna(our) and their < our
    reach = REACH * theirs.endswith("+") * (not is_left) + REACH * theirs.startswith("≤") * is_left
    beside, arrow = BESIDE * per_pixel, reach * per_pixel
    if pd.isna(our):
        axes.text(end + beside + arrow, foot, theirs, va="center", ha="left", color=COLOUR["muted"])
        return
    if their == our:
        same = theirs if theirs == ours else f"{theirs}, {ours}"
        axes.text(end + beside + REACH * theirs.endswith("+") * per_pixel, foot, same, va="center", ha="left",
                  color=COLOUR["ink"])
        return
    sign, sides = (1, ("right", "left")) if is_left else (-1, ("left", "right"))
    # an arrow that points beyond our mark keeps its tip clear
    ahead = max(our * sign, end if is_left else -np.inf,
                (their + sign * REACH * per_pixel) * sign if _points_at_ours(theirs, sign) else -np.inf)
    start = (their if is_left else end) - sign * (beside + arrow)
    axes.text(start, foot, theirs, va="center", ha=sides[0], color=COLOUR["muted"])
    axes.text(sign * ahead + sign * beside, foot, ours, va="center", ha=sides[1], color=COLOUR["ink"],
              fontweight="bold")


def _points_at_ours(theirs: str, sign: int) -> bool:
    """Whether the arrow of a bound lies on the side of our count, which is to the right for sign 1."""
    return theirs.endswith("+") if sign > 0 else theirs.startswith("≤")
