"""Two strips of marks by year on one scale of distance."""

from __future__ import annotations

from typing import cast

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D

from ...wording import numbers
from .. import look
from ..layout import Layout, of_events, rows_of, stands_for

COLOUR = look.LIGHT
PANELS = {"nearer_km": "From the nearer of the two states", "farther_km": "From the farther of the two states"}


def draw_distances(layout: Layout, table: pd.DataFrame) -> Figure:
    """Two strips by year on one scale: distance from the nearer and from the farther state, the largest named.

    table: columns event_id, year, is_point, nearer_km, farther_km, and where (words for the place of a named mark).
    """
    base = 5.0 if layout.is_narrow else 6.0
    figure = layout.figure(500 if layout.is_narrow else 480)
    cast(ConstrainedLayoutEngine, figure.get_layout_engine()).set(h_pad=8 / 72)
    strips = figure.subplots(2, 1, sharex=True, sharey=True)
    first, last, top = int(table["year"].min()), int(table["year"].max()), float(table["farther_km"].max())
    for axes, (column, head) in zip(strips, PANELS.items(), strict=True):
        ties = table.assign(rows=table.index).groupby(["year", column, "is_point"], as_index=False).agg(
            size=("rows", "size"), first=("event_id", "first"), rows=("rows", tuple))
        for (events, is_point), rows in ties.groupby(["size", "is_point"]):
            drawn, = axes.plot(rows["year"], rows[column], linestyle="", marker="o",
                               markersize=round(base * events ** 0.5, 2), color=COLOUR["both"], markeredgewidth=1.3,
                               clip_on=False, markerfacecolor=COLOUR["both"] if is_point else "none",
                               gid=of_events(rows["first"]) if events == 1 else None)
            stands_for(drawn, rows_of(rows))
        farthest, *others = (row for _, row in table[table[column] == table[column].max()].iterrows())
        also = f" and {numbers.plural(len(others), 'more', 'more')}" if others else ""
        is_late = farthest["year"] > (first + last) / 2
        axes.annotate(f"{farthest['where']}{also}, {numbers.count(farthest[column])} km",
                      (farthest["year"], farthest[column]), (5 if is_late else -5, 6), textcoords="offset points",
                      ha="right" if is_late else "left", va="bottom", color=COLOUR["muted"])
        axes.set_title(head, loc="left", color=COLOUR["ink"], fontsize=look.TEXT_SIZE)
        axes.grid(axis="y")
        axes.set_yticks(range(0, int(top), 2500), [f"{numbers.count(tick)} km" for tick in range(0, int(top), 2500)])
        axes.set_ylim(-top * 0.03, top * 1.2)
    strips[-1].set_xticks([year for year in range(first, last + 1) if year % 5 == 0])
    strips[-1].set_xlim(first - 0.9, last + 0.9)
    handles = [Line2D([], [], linestyle="", marker="o", markersize=7, color=COLOUR["both"], markeredgewidth=1.3,
                      markerfacecolor=COLOUR["both"] if is_point else "none", label=label)
               for is_point, label in ((True, "Town, range or harbour"), (False, "Middle of an area or route"))]
    figure.legend(handles=handles, loc="outside upper left", ncols=1 if layout.is_narrow else 2, frameon=False,
                  labelcolor=COLOUR["ink"], borderpad=0, handletextpad=0.5)
    return figure
