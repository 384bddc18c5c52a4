"""The interactive view of a picture as plain Plotly JSON: what matplotlib has drawn, mark by mark, in the same places.

A form draws its picture once, in matplotlib. Here its artists are read: marks, bars and cells that stand for rows of
the table can be pointed at, lines, bands and land cannot, words are annotations. The figure has its natural size; the
page's script makes it as large as its box. Colours are those of the light palette, and `roles` names the role of each,
so that the script can put the palette's CSS variable in its place. No template is written: the script has the one of
all views.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import plotly.graph_objects as go
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.text import Text

from . import plotly_styles as styles
from .layout import can_zoom
from .plotly_marks import add_collection, add_handle, add_line, add_patch
from .plotly_sheet import Sheet, number_of
from .plotly_words import add_text, add_words
from .svg import PIXELS_PER_INCH, put_in_place


def view(figure: Figure, places: Mapping[Hashable, int]) -> dict:
    """A figure in Plotly: data, layout and the number of marks that stand for rows.

    places: the position in the card's table of each label of its index. Raises TypeError for an artist that nothing
    here can read, so that nothing is left out without being noticed.
    """
    put_in_place(figure)
    sheet = _read(figure, places)
    data = sheet.data()
    return {"data": data, "layout": sheet.layout, "marks": sum(len(trace.get("customdata", ())) for trace in data)}


def check(view: dict) -> None:
    """Raise ValueError if there is anything in a view that plotly's own objects do not know."""
    go.Figure({"data": view["data"], "layout": view["layout"]}, skip_invalid=False)


def load() -> None:
    """Have plotly load what it checks every view with, which takes it longer than to check one."""
    go.Figure({"data": [{"type": kind, "marker": {"line": {}}} for kind in ("scatter", "bar")],
               "layout": {"annotations": [{"font": {}}], "shapes": [{"line": {}}], "margin": {},
                          "xaxis": {}, "yaxis": {}}})


def roles(views: Iterable[dict]) -> dict[str, str]:
    """The role in the palette of each colour that views are drawn in."""
    def strings(part: object) -> Iterable[str]:
        if isinstance(part, dict):
            part = list(part.values())
        if isinstance(part, list):
            for one in part:
                yield from strings(one)
        elif isinstance(part, str):
            yield part

    found = {text for one in views for text in strings([one["data"], one["layout"]])
             if text.startswith(("#", "rgba(")) and text != styles.NOTHING}
    return {text: styles.role(text) for text in sorted(found)}


def _read(figure: Figure, places: Mapping[Hashable, int]) -> Sheet:
    """All artists of a figure: panels, then the key."""
    visible = [axes for axes in figure.axes if axes.get_visible()]
    panels = {axes: str(number) for number, axes in enumerate((axes for axes in visible if axes.axison), 2)}
    width, height = (float(size) * PIXELS_PER_INCH for size in figure.get_size_inches())
    sheet = Sheet(width, height, panels, places)
    sheet.layout["dragmode"] = "zoom" if any(map(can_zoom, visible)) else False
    for axes in visible:
        _axes(sheet, axes)
    for legend in figure.legends:
        for handle in legend.legend_handles:
            add_handle(sheet, handle)
        for text in legend.get_texts():
            add_words(sheet, text)
    return sheet


def _axes(sheet: Sheet, axes: Axes) -> None:
    """Everything in one panel, or on the sheet that is none."""
    unknown = [*axes.images, *axes.tables, *axes.artists, *filter(None, [axes.get_legend()])]
    if unknown:
        raise TypeError(f"no way to show {unknown} in the interactive view")
    if axes in sheet.panels:
        _scale(sheet, axes, "x")
        _scale(sheet, axes, "y")
    for line in axes.lines:
        add_line(sheet, axes, line)
    sideways = {bar for bars in axes.containers if isinstance(bars, BarContainer)
                and bars.orientation == "horizontal" for bar in bars}
    for patch in axes.patches:
        add_patch(sheet, axes, patch, patch in sideways)
    for collection in axes.collections:
        add_collection(sheet, axes, collection)
    for child in axes.get_children():
        if isinstance(child, Text):
            add_text(sheet, axes, child)


def _scale(sheet: Sheet, axes: Axes, side: str) -> None:
    """One axis of a panel with its grid and the words of its ticks and label."""
    axis, other = (axes.xaxis, "y") if side == "x" else (axes.yaxis, "x")
    number, box = sheet.panels[axes], axes.get_position()
    limits = axes.get_xlim() if side == "x" else axes.get_ylim()
    is_log = axis.get_scale() == "log"
    ticks = [tick for tick in axis.get_major_ticks() if min(limits) <= tick.get_loc() <= max(limits)]
    spine = axes.spines["bottom" if side == "x" else "left"]
    made: dict[str, Any] = {"type": "log" if is_log else "linear", "anchor": f"{other}{number}", "zeroline": False,
            "domain": [round(float(end), 5) for end in (box.intervalx if side == "x" else box.intervaly)],
            "range": [number_of(math.log10(end) if is_log else end) for end in limits],
            "tickmode": "array", "tickvals": [number_of(tick.get_loc()) for tick in ticks],
            "showticklabels": False, "fixedrange": not can_zoom(axes), "showline": spine.get_visible(),
            "showgrid": any(tick.gridline.get_visible() for tick in ticks)}
    if spine.get_visible():
        made |= {"linecolor": styles.colour(spine.get_edgecolor()), "linewidth": spine.get_linewidth()}
    if made["showgrid"]:
        line = ticks[0].gridline
        made |= {"gridcolor": styles.colour(line.get_color()), "gridwidth": line.get_linewidth()}
    sheet.layout[f"{side}axis{number}"] = made
    for tick in ticks:
        for label in (tick.label1, tick.label2):
            add_words(sheet, label, axes, **{side: tick.get_loc()})
    add_words(sheet, axis.label)
