"""The form for estimates: one row for each event, official and assessed ranges on a log axis, open ends as arrows."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.typing import LineStyleType

from ...wording import numbers
from .. import look
from ..keys import axis_on_top
from ..layout import Layout, of_events, stands_for
from ..rows import EXTRA_LINE, lines_of, name_rows, row_places

COLOUR = look.LIGHT
TICKS = (1, 10, 100, 1_000, 10_000, 100_000)
# Those between, for an axis that has fewer than two of them.
FINE_TICKS = tuple(step * tick for tick in TICKS for step in (1, 2, 5))
# What the marks say, for the words beside a picture.
READING = ("Filled circle: the best official figure on its range. Open diamond on a dashed range: the figure of "
           "others. Arrow: an open end, as in “more than”. Short bar: only a bound is known.")
# Where the marks of a row stand, by layout (wide, narrow) and by one or two sides; on a phone below the name.
OFFSETS = (((0.0,), (0.17, -0.17)), ((-0.08,), (-0.03, -0.3)))


class Side:
    """How one group is drawn: colour role, dash, marker, whether the marker is filled, and its place in the row."""

    def __init__(self, name: str, label: str, role: str, dash: LineStyleType, marker: str, is_filled: bool):
        self.name, self.label, self.role, self.dash = name, label, role, dash
        self.marker, self.is_filled = marker, is_filled

    def key(self) -> Line2D:
        return Line2D([], [], color=COLOUR[self.role], linestyle=self.dash, linewidth=2.2, marker=self.marker,
                      markersize=8, label=self.label, markeredgewidth=1.5,
                      markerfacecolor=COLOUR[self.role] if self.is_filled else COLOUR["paper"])


OFFICIAL = Side("official", "Official: said by the states taking part", "both", "-", "o", True)
ASSESSED = Side("assessed", "Assessed by others", "china", (0, (4, 2)), "D", False)
SIDES = (OFFICIAL, ASSESSED)


def range_rows(layout: Layout, table: pd.DataFrame, *, label: str, value_label: str, limits: tuple[float, float],
               mark: float | None = None) -> Figure:
    """The official and the assessed range for each row of the table, an event, first row on top.

    table: columns event_id, `label` and, for each of SIDES, <name>_low, _best, _high (NaN open), _sign and _stage.
    mark: a value with a line of its own.
    """
    rows = row_places(layout, table[label])
    row_height = 40 if layout.is_narrow else 25
    figure = layout.figure(74 + 20 * len(SIDES) * (1 if layout.is_narrow else 0.6) + row_height * (rows.max() + 1))
    axes = figure.subplots()
    axes.set_xscale("log")
    axes.set_xlim(*limits)
    present = [side for side in SIDES if table[f"{side.name}_best"].notna().any()]
    for row, (_, line) in zip(rows, table.iterrows(), strict=True):
        here = [side for side in present if pd.notna(line[f"{side.name}_best"])]
        for number, side in enumerate(here):
            draw_range(axes, side, line, row + OFFSETS[layout.is_narrow][len(here) > 1][number], limits)
    name_rows(axes, layout, rows, table[label], table["event_id"])
    within = [[tick for tick in ticks if limits[0] <= tick <= limits[1]] for ticks in (TICKS, FINE_TICKS)]
    ticks = within[len(within[0]) < 2]
    axes.set_xticks(ticks, [numbers.count(tick) for tick in ticks])
    axes.set_xticks([], minor=True)
    axis_on_top(axes, f"{value_label} (log scale)")
    if mark is not None:
        axes.axvline(mark, color=COLOUR["accent"], linewidth=1.4, zorder=0.5)
    axes.set_ylim(-0.7, rows.max() + (EXTRA_LINE * (lines_of(table[label])[0] - 1) + 0.8 if layout.is_narrow else 0.6))
    figure.legend(handles=[side.key() for side in present], loc="outside upper left",
                  ncols=1 if layout.is_narrow else 2, frameon=False, labelcolor=COLOUR["ink"], handlelength=3,
                  borderpad=0)
    return figure


def draw_range(axes: Axes, side: Side, line: pd.Series, y: float, limits: tuple[float, float]) -> None:
    """One range of an event: a line between its ends, an arrow at an open end, the best figure as a mark.

    line: a row of the table, named by its label.
    A figure that was only planned is hollow; a bound has no mark of its own but the foot of its arrow.
    """
    low, best, high = (line[f"{side.name}_{bound}"] for bound in ("low", "best", "high"))
    style: dict[str, Any] = {"color": COLOUR[side.role], "gid": of_events([line["event_id"]])}
    is_bound = line[f"{side.name}_sign"] != ""
    reach = (limits[1] / limits[0]) ** 0.07
    left = low if pd.notna(low) else min(best, high) / reach if pd.notna(high) else best / reach
    right = high if pd.notna(high) else max(best, low if pd.notna(low) else best) * reach
    axes.plot([left, right], [y, y], **style, linestyle=side.dash, linewidth=2.4, solid_capstyle="butt", zorder=2)
    if pd.isna(high):
        axes.plot([right], [y], linestyle="", marker=">", markersize=7, **style, zorder=3)
    if pd.isna(low):
        axes.plot([left], [y], linestyle="", marker="<", markersize=7, **style, zorder=3)
    if is_bound:
        drawn, = axes.plot([best], [y], linestyle="", marker="|", markersize=11, markeredgewidth=2.4, **style, zorder=3)
    else:
        is_filled = side.is_filled and line[f"{side.name}_stage"] != "planned"
        drawn, = axes.plot([best], [y], linestyle="", marker=side.marker, markersize=8, **style, markeredgewidth=1.5,
                           zorder=4, markerfacecolor=COLOUR[side.role if is_filled else "paper"])
    stands_for(drawn, [(line.name,)])
