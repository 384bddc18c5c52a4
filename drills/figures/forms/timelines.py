"""The form of the chapter on context: milestones by kind over the events of each year, on one axis of time."""

from __future__ import annotations

from itertools import count

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...wording.values import NAMES
from .. import look
from ..keys import Mark, airy, handle, legend
from ..layout import Layout, let_zoom, rows_of, stands_for
from ..rows import balanced
from .years import OPEN_YEAR

COLOUR = look.LIGHT
MARKS: dict[str, Mark] = {
    "treaty": ("s", "both", True), "agreement": ("s", "both", False), "summit": ("o", "other", True),
    "statement": ("o", "other", False), "other": ("d", "other", True), "sanctions": ("v", "accent", False),
    "conflict": ("X", "accent", True)}
# Kinds in the order of their lanes.
KINDS = tuple(MARKS)
# Kinds whose milestones are named in the picture.
LABELLED = ("treaty", "conflict")
YEARS_BETWEEN_TICKS = 5
# Pixels: a line of text, the step between stacked marks, space between lanes, and a letter as matplotlib measures it.
LINE, STEP, GAP, LETTER = 16.0, 9.0, 12.0, 7.2
WRAP = {"wide": 46, "narrow": 36}
# On a phone, pixels from the left: the step between marks, and where bars begin and how long they may be.
NARROW_STEP, BARS_FROM, BARS_LONG, RIGHT_END = 10.5, 158.0, 96.0, 288.0


def along(layout: Layout, table: pd.DataFrame, per_year: pd.DataFrame, open_year: tuple[int, str] | None) -> Figure:
    """Lanes of marks over columns, years along the width.

    table: columns kind, title, first (first day) and at (decimal year), by date;
    per_year: year, total; open_year: a last year still under way and its label.
    """
    first, last = int(per_year["year"].min()), int(per_year["year"].max()) + 1
    per_pixel = (last - first) / (layout.width - 120)
    lanes = {kind: lane(table[table["kind"] == kind], first, last, per_pixel, kind in LABELLED)
             for kind in KINDS if (table["kind"] == kind).any()}
    height = sum(one["depth"].max() + GAP for one in lanes.values())
    figure = layout.figure(height + 190)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[height, 150])
    _draw_lanes(above, lanes, per_pixel, height)
    let_zoom(above)
    let_zoom(below)
    bars = below.bar(per_year["year"] + 0.5, per_year["total"], look.BAR_EDGE, color=COLOUR["both"],
                     edgecolor=COLOUR["paper"])
    ticks = {year: str(year) for year in range(first, last) if year % YEARS_BETWEEN_TICKS == 0}
    if open_year:
        bars[-1].set_hatch(OPEN_YEAR)
        ticks[last] = f"\n{open_year[1]}"
    below.set_xticks(list(ticks), list(ticks.values()))
    for tick, label in zip(ticks, below.get_xticklabels(), strict=True):
        label.set_ha("right" if tick == last else "left")
    below.set_xlim(first, last)
    below.set_ylabel("Events per year")
    below.grid(axis="y")
    for axes in (above, below):
        axes.vlines([tick for tick in ticks if tick != last], 0, 1, transform=axes.get_xaxis_transform(),
                    color=COLOUR["grid"], linewidth=0.8, zorder=0)
    return figure


def _draw_lanes(axes: Axes, lanes: dict[str, pd.DataFrame], per_pixel: float, height: float) -> None:
    foot, middles = GAP / 2, []
    for kind, one in lanes.items():
        drawn, = axes.plot(one["x"], foot + one["y"], **handle(MARKS[kind]) | {"markersize": 7})
        stands_for(drawn, rows_of(one))
        for row in one[one["label"] != ""].itertuples():
            axes.text(row.x + (8 if row.is_right else -8) * per_pixel, foot + row.y - 7, row.label, va="top",
                      ha="left" if row.is_right else "right", color=COLOUR["ink"], linespacing=1.15,
                      multialignment="left")
        middles.append(foot + one["depth"].max() / 2)
        foot += one["depth"].max() + GAP
        axes.axhline(foot - GAP / 2, color=COLOUR["grid"], linewidth=0.8)
    axes.set_yticks(middles, [NAMES[kind] for kind in lanes], color=COLOUR["ink"])
    axes.set_ylim(height, 0)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(labelbottom=False)


def lane(table: pd.DataFrame, first: float, last: float, per_pixel: float, is_labelled: bool) -> pd.DataFrame:
    """Places for the marks of one kind in which no mark and no label meets another.

    Columns: x (decimal year), y and depth (of the mark and of the end of its label, pixels from the top), label,
    is_right (the label stands right of its mark; left where it would pass `last`). per_pixel: years in a pixel.
    """
    step, half = LINE if is_labelled else STEP, 5 * per_pixel
    taken: list = []
    rows: list = []
    for x, title in zip(table["at"], table["title"], strict=True):
        lines = balanced(title, WRAP["wide"]) if is_labelled else []
        size, reach = max(len(lines), 1), max([len(line) * LETTER + 12 for line in lines] or [5]) * per_pixel
        is_right = x + reach <= last or x - reach < first
        start, end = (x - half, x + reach) if is_right else (x - reach, x + half)
        level = next(level for level in count() if not any(
            start < other_end and other_start < end and level < other + other_size and other < level + size
            for other_start, other_end, other, other_size in taken))
        taken.append((start, end, level, size))
        rows.append((x, (level + 0.5) * step, (level + size) * step, "\n".join(lines), is_right))
    return pd.DataFrame(rows, table.index, columns=["x", "y", "depth", "label", "is_right"])


def down(layout: Layout, table: pd.DataFrame, per_year: pd.DataFrame, open_year: tuple[int, str] | None) -> Figure:
    """A row for each year, the newest on top: its marks, its bar, and below them the titles of the named milestones.

    See `along`.
    """
    years = table["first"].dt.year
    order = table["kind"].map(KINDS.index)
    step = min(NARROW_STEP, (BARS_FROM - 18) / years.value_counts().max())
    per_event = BARS_LONG / max(per_year["total"].max(), 1)
    figure = airy(layout.figure(1))
    axes = figure.subplots()
    foot, ticks = 14.0, []
    for row in per_year.sort_values("year", ascending=False, kind="stable").itertuples():
        here = table.loc[order[years == row.year].sort_values(kind="stable").index]
        for number, (kind, behind) in enumerate(zip(here["kind"], rows_of(here), strict=True)):
            _mark(axes, number * step + 5, foot, kind, behind)
        is_open = open_year is not None and row.year == open_year[0]
        more = f", {open_year[1]}" if open_year is not None and is_open else ""
        axes.barh(foot, row.total * per_event, 13, left=BARS_FROM, color=COLOUR["both"], edgecolor=COLOUR["paper"],
                  hatch=OPEN_YEAR if is_open else "")
        axes.text(BARS_FROM + row.total * per_event + 4, foot, f"{row.total}{more}",
                  va="center", color=COLOUR["ink"])
        ticks.append(foot)
        foot = _name(axes, here[here["kind"].isin(LABELLED)], foot + 12) + 13
        axes.axhline(foot - 12, color=COLOUR["grid"], linewidth=0.8)
    axes.set_yticks(ticks, per_year["year"].iloc[::-1].astype(str))
    axes.set_ylim(foot - 12, 0)
    axes.set_xlim(0, RIGHT_END)
    axes.set_xticks([0, BARS_FROM], ["Milestones", "Counted events"], ha="left", color=COLOUR["ink"])
    axes.xaxis.set_ticks_position("top")
    axes.spines["bottom"].set_visible(False)
    legend(figure, layout, {NAMES[kind]: MARKS[kind] for kind in KINDS if (table["kind"] == kind).any()})
    figure.set_figheight((foot + 40 + 19 * len(NAMES)) / 72)
    return figure


def _mark(axes: Axes, x: float, y: float, kind: str, behind: tuple) -> None:
    drawn, = axes.plot([x], [y], **handle(MARKS[kind]) | {"markersize": 6.5})
    stands_for(drawn, [behind])


def _name(axes: Axes, table: pd.DataFrame, foot: float) -> float:
    """The titles of the named milestones of a year, from `foot` down; returns where they end."""
    for row in table.itertuples():
        lines = balanced(row.title, WRAP["narrow"])
        _mark(axes, 5, foot + 7, row.kind, (row.Index,))
        axes.text(14, foot, "\n".join(lines), va="top", color=COLOUR["ink"], linespacing=1.15)
        foot += LINE * len(lines) + 1
    return foot
