"""Forms made of single marks and steps: rows dated by year, rows of ratios, and a histogram in two panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from .. import look
from ..keys import Mark, airy, axis_on_top, handle, legend
from ..layout import Layout, of_events, rows_of, stands_for
from ..rows import place

COLOUR = look.LIGHT
# Years between two labels of an axis of dates.
STEP = 5


def dated_rows(layout: Layout, table: pd.DataFrame, *, label: str, year: str, first: int, last: int,
               marks: Mapping[str, Mark], mark: str) -> Figure:
    """One row and one mark for each line of the table, an event, against the years `first` to `last`.

    label, year, mark: columns, beside event_id; marks: what the values of `mark` look like, named in a key if there
    are several.
    """
    rows = place(layout, table[label])
    present = {name: look_ for name, look_ in marks.items() if (table[mark] == name).any()}
    keys = 0 if len(present) < 2 else 20 * (len(present) if layout.is_narrow else 1)
    figure = airy(layout.figure(rows.height + 46 + keys))
    axes = figure.subplots()
    feet = pd.Series(rows.feet, index=table.index)
    for name, one in present.items():
        chosen = table[mark] == name
        drawn, = axes.plot(table.loc[chosen, year], feet[chosen], **handle(one),
                           gid=of_events(table.loc[chosen, "event_id"]))
        stands_for(drawn, rows_of(table[chosen]))
    axes.hlines(feet, first - 0.5, last + 0.5, color=COLOUR["grid"], linewidth=0.8, zorder=0)
    axes.set_xticks([tick for tick in range(first, last + 1) if tick % STEP == 0])
    axes.xaxis.set_ticks_position("top")
    axes.set_xlim(first - 0.7, last + 0.7)
    axes.spines["bottom"].set_visible(False)
    rows.name(axes, layout, table["event_id"])
    if keys:
        legend(figure, layout, present)
    return figure


def ratio_rows(layout: Layout, table: pd.DataFrame, *, label: str, value: str, sign: str, group: str,
               marks: Mapping[str, Mark], ticks: Sequence[float], tick_labels: Sequence[str],
               value_label: str) -> Figure:
    """One mark for each line of the table, an event, on a log axis of ratios, joined to the line at 1.

    label, value: columns, beside event_id; sign: column that says of a ratio that is only a bound which way it may
    lie (≤ or ≥, an arrow); group: column that picks the mark.
    """
    rows = place(layout, table[label])
    figure = layout.figure(rows.height + 70 + 20 * (len(marks) if layout.is_narrow else 1))
    axes = figure.subplots()
    axes.set_xscale("log")
    axes.axvline(1, color=COLOUR["muted"], linewidth=1.2, zorder=0)
    for foot, (_, line), behind in zip(rows.feet, table.iterrows(), rows_of(table), strict=True):
        style = handle(marks[line[group]])
        axes.plot([line[value], 1], [foot, foot], color=style["color"], linewidth=1.6, zorder=1)
        if line[sign]:
            reach = line[value] * (0.84 if line[sign] == "≤" else 1 / 0.84)
            axes.plot([line[value], reach], [foot, foot], color=style["color"], linewidth=1.6, zorder=1)
            axes.plot([reach], [foot], linestyle="", marker="<" if line[sign] == "≤" else ">", markersize=7,
                      color=style["color"])
        stands_for(axes.plot([line[value]], [foot], **style, gid=of_events([line["event_id"]]))[0], [behind])
    axes.set_xticks(ticks, tick_labels)
    axes.set_xticks([], minor=True)
    axes.set_xlim(ticks[0] * 0.8, ticks[-1] * 1.15)
    axis_on_top(axes, value_label)
    rows.name(axes, layout, table["event_id"])
    legend(figure, layout, marks)
    return figure


def histogram(layout: Layout, table: pd.DataFrame, *, step: str, panels: Mapping[str, str], roles: Sequence[str],
              few: int, few_label: str, step_label: str, medians: Mapping[str, float]) -> Figure:
    """Counts by step, one panel per column, on one scale; the last step takes in every higher one.

    panels: columns and the words above them; roles: a colour for each; few: steps below it are hatched in the
    accent and called few_label; medians: a value for each column, marked by a line.
    """
    figure = airy(layout.figure(410 if layout.is_narrow else 390))
    axes = figure.subplots(len(panels), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    last, top = int(table[step].max()), float(table[list(panels)].max().max())
    is_few = table[step] < few
    for one, (column, head), role in zip(axes, panels.items(), roles, strict=True):
        bars = [*one.bar(table.loc[~is_few, step], table.loc[~is_few, column], look.BAR_EDGE, color=COLOUR[role]),
                *one.bar(table.loc[is_few, step], table.loc[is_few, column], look.BAR_EDGE, color=COLOUR["accent"],
                         hatch="///", edgecolor=COLOUR["paper"], linewidth=0.8)]
        for bar, row in zip(bars, [*rows_of(table[~is_few]), *rows_of(table[is_few])], strict=True):
            stands_for(bar, [row])
        one.axvline(medians[column], color=COLOUR["ink"], linewidth=1.4, linestyle=(0, (4, 2)))
        one.text(medians[column] + 0.3, top * 1.2, f"median {medians[column]:g}", va="top", color=COLOUR["ink"])
        one.set_title(head, loc="left", color=COLOUR["ink"], fontsize=look.TEXT_SIZE)
        one.set_ylim(0, top * 1.24)
        one.grid(axis="y")
        one.set_ylabel("Events")
    ticks = [1, *range(5, last, 5), last]
    axes[-1].set_xticks(ticks, [*map(str, ticks[:-1]), f"{last}+"])
    axes[-1].set_xlabel(step_label)
    figure.legend(handles=[Patch(facecolor=COLOUR["accent"], edgecolor=COLOUR["paper"], hatch="///", label=few_label)],
                  loc="outside upper left", frameon=False, labelcolor=COLOUR["ink"], borderpad=0, handlelength=1.2)
    return figure
