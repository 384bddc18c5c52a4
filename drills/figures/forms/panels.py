"""A panel for each series: the number that each claimant gives an edition, beside the count of the record."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from .. import look
from ..keys import airy, handle, name_marks
from ..layout import Layout, of_events, rows_of, stands_for

COLOUR = look.LIGHT
PRESS = "Press, analysts, encyclopedias"
CLAIMANTS = {"Russian authority": ("o", "russia", True), "Chinese authority": ("s", "china", True),
             "Authority of another state": ("^", "other", True), PRESS: ("D", "other", False)}
OWN = "The record's own count of editions held"


def panels(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of series in which a number differs from another, or from the record's own count."""
    compared = table[table["slot"].notna()]
    differs = (compared["n_numbers"] > 1) | (compared["number"].notna() & compared["own"].notna()
                                             & (compared["number"] != compared["own"]))
    return compared[differs.groupby(compared["panel"]).transform("any")]


def draw_numbers(layout: Layout, table: pd.DataFrame) -> Figure:
    """One panel for each series: number against edition, a mark for each kind of claimant."""
    drawn = panels(table)
    names, across = list(dict.fromkeys(drawn["panel"])), 1 if layout.is_narrow else 2
    down = -(-len(names) // across)
    figure = airy(layout.figure((190 if layout.is_narrow else 205) * down + 20 * (5 if layout.is_narrow else 2) + 10))
    grid = figure.subplots(down, across, squeeze=False).ravel()
    for axes in grid[len(names):]:
        axes.set_visible(False)
    for axes, name in zip(grid, names, strict=False):
        draw_panel(axes, drawn[drawn["panel"] == name])
        axes.set_title(name, loc="left", color=COLOUR["ink"], fontsize=look.TEXT_SIZE)
    claimants = [Line2D([], [], **handle(mark, label) | {"markersize": 7}) for label, mark in CLAIMANTS.items()]
    name_marks(figure, layout, [*claimants, Line2D([], [], color=COLOUR["other"], linewidth=1.4, label=OWN)])
    return figure


def draw_panel(axes, rows: pd.DataFrame) -> None:
    """Numbers given to the editions of one series; marks of the same number stand side by side."""
    own = rows.dropna(subset="own").drop_duplicates("slot")
    axes.plot(own["slot"], own["own"], color=COLOUR["other"], linewidth=1.4, zorder=1)
    numbered, same = rows[rows["number"].notna()], ["slot", "number", "kind"]
    behind = numbered.assign(rows=numbered.index).groupby(same)["rows"].agg(tuple)
    marks = numbered.drop_duplicates(same).join(behind, on=same)
    order = marks.assign(rank=marks["kind"].map(list(CLAIMANTS).index)).sort_values("rank", kind="stable")
    group = order.groupby(["slot", "number"])["rank"]
    at = order["slot"] + (group.cumcount() - (group.transform("size") - 1) / 2) * 0.36
    for label, mark in CLAIMANTS.items():
        here = order["kind"] == label
        drawn, = axes.plot(at[here], order.loc[here, "number"],
                           **handle(mark) | {"markersize": 6.5, "markeredgewidth": 1.2},
                           gid=of_events(order.loc[here, "event_id"]))
        stands_for(drawn, rows_of(order[here]))
    slots = rows.drop_duplicates("slot")
    axes.set_xticks(slots["slot"], slots["start_date"].str[2:4])
    axes.set_xlim(-0.7, slots["slot"].max() + 0.7)
    axes.set_ylim(0, max(order["number"].max(), own["own"].max()) + 0.8)
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.grid(axis="y")
