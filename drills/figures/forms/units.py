"""One mark for each event, stacked by year in lanes: along the width, or down the page on a phone."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from .. import look
from ..layout import Layout, let_zoom, of_events, rows_of, stands_for

COLOUR = look.LIGHT
NARROW_LANES = ("Land, several", "Sea", "Air", "Police, guards")
LANES = {"On land or in several domains": ("land", "multi"), "At sea": ("naval",),
         "In the air, missile defence": ("air", "missile_defence"),
         "Police, border and coast guards, cyber": ("internal_security", "coast_guard", "cyber")}
# class: marker, role, whether filled
MARKS = {
    "Held, forces of both took part": ("o", "both", True),
    "Held, patrol": ("D", "russia", True),
    "Held, of the wider tier": ("o", "other", True),
    "Planned, not known to be held": ("o", "other", False),
    "Cancelled": ("x", "china", False),
    "Disputed": ("^", "accent", False),
}
# Room for a mark in its stack, beside that for an event that is not large, and its size.
LARGE_ROOM, SIZES = 1.6, {False: 6.5, True: 12.0}


def places(table: pd.DataFrame) -> pd.DataFrame:
    """The place of each mark in its stack, the large and those that count first: height of its middle and its end."""
    order = table.assign(rank=table["mark"].map(list(MARKS).index), room=np.where(table["is_large"], LARGE_ROOM, 1.0))
    order = order.sort_values(["year", "lane", "is_large", "rank", "start_date"],
                              ascending=[True, True, False, True, True])
    end = order.groupby(["year", "lane"])["room"].cumsum()
    return order.assign(end=end, height=end - order["room"] / 2)


def draw_timeline(layout: Layout, table: pd.DataFrame, large: str) -> Figure:
    """Lanes of stacked marks: years along the width, or down the page on a phone; large: what a larger mark means.

    table: columns event_id, year, start_date, lane (of LANES), mark (of MARKS), is_large.
    """
    placed = places(table)
    depth = placed.groupby("lane")["end"].max()
    first, last = int(table["year"].min()), int(table["year"].max())
    step, gap = (9.0, 14.0) if layout.is_narrow else (10.0, 26.0)
    figure = layout.figure(20 * (last - first + 1) + 190 if layout.is_narrow
                           else 178 + step * float(depth.sum()) + len(LANES) * gap)
    axes = figure.subplots()
    foot, feet = 0.0, {}
    for lane in (LANES if layout.is_narrow else reversed(list(LANES))):
        feet[lane] = foot
        foot += step * float(depth.get(lane, 1)) + gap
    along = placed["lane"].map(feet) + step * placed["height"]
    for (mark, (marker, role, is_filled)), is_large in product(MARKS.items(), SIZES):
        rows = (placed["mark"] == mark) & (placed["is_large"] == is_large)
        x, y = (along[rows], placed.loc[rows, "year"]) if layout.is_narrow else (placed.loc[rows, "year"], along[rows])
        drawn, = axes.plot(x, y, linestyle="", marker=marker, markersize=SIZES[is_large] - (marker == "D"),
                           color=COLOUR[role], markerfacecolor=COLOUR[role] if is_filled else "none",
                           markeredgewidth=1.3, gid=of_events(placed.loc[rows, "event_id"]))
        stands_for(drawn, rows_of(placed[rows]))
    let_zoom(axes)
    if layout.is_narrow:
        axes.set_yticks(range(first, last + 1))
        axes.set_ylim(first - 0.7, last + 0.7)
        axes.set_title(" ", pad=22)
        axes.set_xlim(-4, foot)
        axes.set_xticks([])
        for name, start in zip(NARROW_LANES, feet.values(), strict=True):
            axes.text(start, last + 0.8, name.replace(" ", "\n"), va="bottom", ha="left", color=COLOUR["ink"])
        axes.grid(axis="y")
    else:
        axes.set_xticks([year for year in range(first, last + 1) if year % 3 == last % 3])
        axes.set_xlim(first - 0.8, last + 0.8)
        axes.set_ylim(-4, foot)
        axes.set_yticks([])
        for lane, start in feet.items():
            axes.text(first - 0.7, start + step * float(depth.get(lane, 1)) + 5, lane, va="bottom", ha="left",
                      color=COLOUR["ink"])
            axes.axhline(start, color=COLOUR["grid"], linewidth=0.8, zorder=0)
    axes.spines["bottom"].set_visible(False)
    handles = [Line2D([], [], linestyle="", marker=marker, markersize=7, color=COLOUR[role], markeredgewidth=1.3,
                      markerfacecolor=COLOUR[role] if is_filled else "none", label=mark)
               for mark, (marker, role, is_filled) in MARKS.items() if (table["mark"] == mark).any()]
    handles.append(Line2D([], [], linestyle="", marker="o", markersize=SIZES[True], color=COLOUR["muted"],
                          markerfacecolor="none", markeredgewidth=1.3, label=f"Larger: {large}"))
    figure.legend(handles=handles, loc="outside upper left", ncols=1 if layout.is_narrow else 2, frameon=False,
                  labelcolor=COLOUR["ink"], handletextpad=0.5, borderpad=0)
    return figure
