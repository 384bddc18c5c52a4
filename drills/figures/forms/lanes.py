"""A lane for each series: its editions, or the pauses between them, along the years."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ...wording import numbers
from .. import look
from ..keys import airy, handle, name_marks
from ..layout import Layout, let_zoom, of_events, rows_of, stands_for
from ..rows import place
from .marks import STEP

COLOUR = look.LIGHT
MARKS = {"counted": ("Held, counted", ("o", "both", True)), "patrol": ("Held patrol, counted", ("D", "russia", True)),
         "other": ("Held, not counted", ("o", "other", True)),
         "planned": ("Planned, not known to be held", ("o", "other", False)),
         "cancelled": ("Cancelled", ("x", "china", False)),
         "disputed": ("Disputed: were both there?", ("s", "accent", True))}
# Marks that stand close to others are drawn over them from the first to the last of these.
ORDER = ("other", "planned", "disputed", "counted", "patrol", "cancelled")
SIZES = {"o": 8, "D": 7, "x": 7, "s": 7}
GAP_MARKS = {"bilateral": ("Bilateral edition", ("o", "both", True)),
             "multilateral": ("Multilateral edition", ("s", "other", True)),
             "gathered": ("Of similar drills, or a third party's", ("o", "other", False))}
PAUSE: dict[str, Any] = {"color": COLOUR["accent"], "linewidth": 5, "solid_capstyle": "butt"}
SINCE: dict[str, Any] = {"color": COLOUR["muted"], "linewidth": 1.2, "linestyle": (0, (1.5, 2))}


def years_axis(axes, first: float, last: float) -> None:
    """Years along the top, a label for every fifth, or for each where they are few."""
    start, end = int(first), int(last) + 1
    step = STEP if end - start > 2 * STEP else 1
    axes.set_xlim(start - 0.3, end + 0.3)
    axes.set_xticks([year for year in range(start, end + 1) if year % step == 0])
    axes.xaxis.set_ticks_position("top")
    axes.grid(axis="x")
    axes.spines["bottom"].set_visible(False)


def draw_lanes(layout: Layout, table: pd.DataFrame) -> Figure:
    """The lanes, the series that began first on top."""
    names = list(dict.fromkeys(table["series"]))
    rows, present = place(layout, names), {name: MARKS[name] for name in MARKS if (table["mark"] == name).any()}
    lines = len(present) if layout.is_narrow else (len(present) + 2) // 3
    figure = airy(layout.figure(rows.height + 46 + 20 * lines))
    axes = figure.subplots()
    foot = table["series"].map(dict(zip(names, rows.feet, strict=True)))
    years_axis(axes, table["at"].min(), table["at"].max())
    axes.hlines(rows.feet, *axes.get_xlim(), color=COLOUR["grid"], linewidth=0.8, zorder=0)
    handles = []
    for name, (label, mark) in present.items():
        style = edition_mark(name, mark, 0.8 if layout.is_narrow else 1)
        here = table["mark"] == name
        drawn, = axes.plot(table.loc[here, "at"], foot[here], **style, zorder=2 + ORDER.index(name) / 10,
                           gid=of_events(table.loc[here, "event_id"]))
        stands_for(drawn, rows_of(table[here]))
        handles.append(Line2D([], [], **style | {"label": label}))
    rows.name(axes, layout)
    let_zoom(axes)
    name_marks(figure, layout, handles)
    return figure


def edition_mark(name: str, mark: tuple[str, str, bool], size: float) -> dict:
    """How an edition is drawn: filled ones edged in paper, so that close ones stay apart; disputed ones half filled."""
    style = handle(mark) | {"markersize": SIZES[mark[0]] * size, "markeredgewidth": 1.4, "label": None}
    if name == "disputed":
        return style | {"fillstyle": "left", "markerfacecoloralt": COLOUR["paper"], "markeredgewidth": 1.1}
    return style | ({"markeredgecolor": COLOUR["paper"], "markeredgewidth": 0.7} if mark[2] else {})


def draw_gaps(layout: Layout, table: pd.DataFrame, end: float) -> Figure:
    """Each series as a line from its first to its last edition, the longest pause thick, then the silence since.

    table: columns row, editions, kind, pause (years), pause_from, pause_to (decimal years) and at (a list of the
    decimal years of the editions); end: the day of the record as a decimal year.
    """
    pauses = table["pause"].map(lambda years: f"{numbers.decimal(years)} years" if pd.notna(years) else "one only")
    held = table["editions"].map(numbers.count) + " held" + (", pause " + pauses).where(table["pause"].notna(), "")
    # the numbers of a row stay together where its label breaks
    beside = ": " + held.str.replace(" ", "\N{NO-BREAK SPACE}") if layout.is_narrow else ""
    rows = place(layout, table["row"] + beside)
    figure = airy(layout.figure(rows.height + 46 + 20 * (5 if layout.is_narrow else 2)))
    axes = figure.subplots()
    starts = list(table["at"])
    years_axis(axes, min(map(min, starts)), end)
    for foot, at, row in zip(rows.feet, starts, table.itertuples(), strict=True):
        mark = GAP_MARKS[row.kind][1]
        axes.plot([at[-1], end], [foot, foot], **SINCE)
        axes.plot([at[0], at[-1]], [foot, foot], color=COLOUR[mark[1]], linewidth=1.6)
        axes.plot([row.pause_from, row.pause_to], [foot, foot], **PAUSE)
        stands_for(axes.plot(at, [foot] * len(at), **edition_mark("", mark, 0.8))[0], [(row.Index,)] * len(at))
    rows.name(axes, layout)
    if not layout.is_narrow:
        for foot, number, pause in [(-12, "Held", "Longest pause"),
                                    *zip(rows.feet, table["editions"].map(numbers.count), pauses, strict=True)]:
            axes.text(1.07, foot, number, transform=axes.get_yaxis_transform(), va="center", ha="right")
            axes.text(1.1, foot, pause, transform=axes.get_yaxis_transform(), va="center")
    name_marks(figure, layout, [*(Line2D([], [], **handle(mark, label) | {"markersize": 6.5}) for label, mark in
                           GAP_MARKS.values()), Line2D([], [], **PAUSE, label="Longest pause"),
                         Line2D([], [], **SINCE, label="None held since, to the day of the record")])
    return figure
