"""One mark for each event, stacked by year in lanes: along the width, or down the page on a phone."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
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
    "Held, counted": ("o", "both", True),
    "Held patrol, counted": ("D", "russia", True),
    "Held, not counted": ("o", "other", True),
    "Planned, not known to be held": ("o", "other", False),
    "Cancelled": ("x", "china", False),
    "Disputed": ("^", "accent", False),
}
# Room for a mark in its stack, beside that for an event that is not large, and its size.
LARGE_ROOM, SIZES = 1.6, {False: 6.5, True: 12.0}
# By how much the ring around a named mark is larger; pixels for a line of text, a letter, and between lanes; on a phone
# the room of a line beside that of a year.
RING, TEXT, LETTER, LANE_GAP, LINE_ROOM = 5.0, 17.0, 7.2, 26.0, 0.85


def places(table: pd.DataFrame) -> pd.DataFrame:
    """The place of each mark in its stack, the large and those that count first: height of its middle and its end."""
    order = table.assign(rank=table["mark"].map(list(MARKS).index), room=np.where(table["is_large"], LARGE_ROOM, 1.0))
    order = order.sort_values(["year", "lane", "is_large", "rank", "start_date"],
                              ascending=[True, True, False, True, True])
    end = order.groupby(["year", "lane"])["room"].cumsum()
    return order.assign(end=end, height=end - order["room"] / 2)


def draw_timeline(layout: Layout, table: pd.DataFrame, large: str, remarks: pd.DataFrame) -> Figure:
    """Lanes of stacked marks: years along the width, or down the page on a phone; large: what a larger mark means.

    table: columns event_id, year, start_date, lane (of LANES), mark (of MARKS), is_large. remarks: what is said of
    single events, or with a blank event_id of a whole year: event_id, year, words; in the order of the years.
    """
    placed, years = places(table), (int(table["year"].min()), int(table["year"].max()))
    draw = _down if layout.is_narrow else _across
    figure, axes, x, y = draw(layout, placed, years, remarks)
    for (mark, (marker, role, is_filled)), is_large in product(MARKS.items(), SIZES):
        rows = (placed["mark"] == mark) & (placed["is_large"] == is_large)
        drawn, = axes.plot(x[rows], y[rows], linestyle="", marker=marker, markersize=SIZES[is_large] - (marker == "D"),
                           color=COLOUR[role], markerfacecolor=COLOUR[role] if is_filled else "none",
                           markeredgewidth=1.3, gid=of_events(placed.loc[rows, "event_id"]))
        stands_for(drawn, rows_of(placed[rows]))
    is_named = placed["event_id"].isin(remarks["event_id"].dropna())
    for is_large, size in SIZES.items():
        here = is_named & (placed["is_large"] == is_large)
        axes.plot(x[here], y[here], linestyle="", marker="o", markersize=size + RING, color=COLOUR["ink"],
                  markerfacecolor="none", markeredgewidth=1.2)
    axes.spines["bottom"].set_visible(False)
    let_zoom(axes)
    _key(figure, layout, table, large)
    return figure


def _across(layout: Layout, placed: pd.DataFrame, years: tuple[int, int], remarks: pd.DataFrame) -> tuple:
    """Years along the width: the figure and its axes, where each mark stands, and what is said, above its lane."""
    (first, last), step = years, 10.0
    depth = step * placed.groupby("lane")["end"].max().reindex(list(LANES), fill_value=1.0)
    said = remarks.assign(lane=remarks["event_id"].map(placed.set_index("event_id")["lane"]))
    lines = said["lane"].value_counts().reindex(list(LANES), fill_value=0) * TEXT
    foot, feet = 0.0, {}
    for lane in reversed(list(LANES)):
        feet[lane] = foot
        foot += depth[lane] + lines[lane] + LANE_GAP
    top = foot + TEXT * said["lane"].isna().sum()
    figure = layout.figure(178 + top)
    axes = figure.subplots()
    axes.set_xticks([year for year in range(first, last + 1) if year % 3 == last % 3])
    axes.set_xlim(first - 0.8, last + 0.8)
    axes.set_ylim(-4, top)
    axes.set_yticks([])
    y = placed["lane"].map(feet) + step * placed["height"]
    per_pixel = (last - first + 1.6) / layout.width
    for lane, start in feet.items():
        axes.text(first - 0.7, start + depth[lane] + lines[lane] + 5, lane, va="bottom", ha="left", color=COLOUR["ink"])
        axes.axhline(start, color=COLOUR["grid"], linewidth=0.8, zorder=0)
        here = said[said["lane"] == lane].iloc[::-1]
        for number, row in enumerate(here.itertuples()):
            stack = placed[(placed["lane"] == lane) & (placed["year"] == row.year)]["end"].max()
            level = start + depth[lane] + TEXT * number
            axes.plot([row.year] * 2, [start + step * stack + 2, level + 3], color=COLOUR["muted"], linewidth=0.8)
            _say(axes, row, level, last, per_pixel)
    for number, row in enumerate(said[said["lane"].isna()].itertuples()):
        axes.axvspan(row.year - 0.5, row.year + 0.5, color=COLOUR["band"], linewidth=0, zorder=-1)
        _say(axes, row, foot + TEXT * number, last, per_pixel)
    return figure, axes, placed["year"], y


def _say(axes: Axes, row, level: float, last: int, per_pixel: float) -> None:
    """A remark at its year, on the side of it where there is room."""
    is_right = row.year + len(row.words) * LETTER * per_pixel < last
    axes.text(row.year + (0.15 if is_right else 0.5), level + 2, row.words, va="bottom",
              ha="left" if is_right else "right", color=COLOUR["ink"])


def _down(layout: Layout, placed: pd.DataFrame, years: tuple[int, int], remarks: pd.DataFrame) -> tuple:
    """Years down the page, the newest on top, and what is said below the row of its year; see `_across`."""
    (first, last), step = years, 9.0
    lines = remarks["year"].value_counts().reindex(range(first, last + 1), fill_value=0)
    at = pd.Series(range(len(lines)), lines.index) + LINE_ROOM * lines.cumsum()
    depth = step * placed.groupby("lane")["end"].max().reindex(list(LANES), fill_value=1.0)
    figure = layout.figure(20 * (at.max() + 1) + 190)
    axes = figure.subplots()
    ends = depth + 14.0
    feet = ends.cumsum() - ends
    axes.set_yticks(at, [str(year) for year in at.index])
    axes.set_ylim(-0.7, at.max() + 0.7)
    axes.set_title(" ", pad=22)
    axes.set_xlim(-4, ends.sum())
    axes.set_xticks([])
    for name, start in zip(NARROW_LANES, feet, strict=True):
        axes.text(start, at.max() + 0.8, name.replace(" ", "\n"), va="bottom", ha="left", color=COLOUR["ink"])
    axes.grid(axis="y")
    for year, here in remarks.groupby("year"):
        if here["event_id"].isna().any():
            axes.axhspan(at[year] - 0.5, at[year] + 0.5, color=COLOUR["band"], linewidth=0, zorder=-1)
        for number, words in enumerate(here["words"]):
            axes.text(0, at[year] - 0.5 - LINE_ROOM * number, words, va="top", ha="left", color=COLOUR["ink"])
    return figure, axes, placed["lane"].map(feet) + step * placed["height"], placed["year"].map(at)


def _key(figure: Figure, layout: Layout, table: pd.DataFrame, large: str) -> None:
    """Name the marks above the picture."""
    handles = [Line2D([], [], linestyle="", marker=marker, markersize=7, color=COLOUR[role], markeredgewidth=1.3,
                      markerfacecolor=COLOUR[role] if is_filled else "none", label=mark)
               for mark, (marker, role, is_filled) in MARKS.items() if (table["mark"] == mark).any()]
    handles.append(Line2D([], [], linestyle="", marker="o", markersize=SIZES[True], color=COLOUR["muted"],
                          markerfacecolor="none", markeredgewidth=1.3, label=f"Larger: {large}"))
    figure.legend(handles=handles, loc="outside upper left", ncols=1 if layout.is_narrow else 2, frameon=False,
                  labelcolor=COLOUR["ink"], handletextpad=0.5, borderpad=0)
