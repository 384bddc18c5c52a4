"""Words of a picture as Plotly's annotations, where matplotlib has put them."""

from __future__ import annotations

import html
import math
from typing import cast

from matplotlib.axes import Axes
from matplotlib.text import Annotation, Text

from . import plotly_styles as styles
from .plotly_sheet import Sheet, number_of


def inert(text: str) -> str:
    """Text that Plotly shows as it is. Quotation marks stay: Plotly does not know what they are escaped as."""
    return html.escape(text, quote=False)


def add_text(sheet: Sheet, axes: Axes, text: Text) -> None:
    """Words in a panel, at their place on its axes or of the panel; those that stand for rows are marks."""
    place = text.xy if isinstance(text, Annotation) else text.get_position()
    transform = axes.transData if isinstance(text, Annotation) else text.get_transform()
    on_axes = zip("xy", place, transform.contains_branch_seperately(axes.transData), strict=True)
    add_words(sheet, text, axes, **{side: value for side, value, is_on in on_axes if is_on and axes in sheet.panels})
    behind = sheet.rows_of(text, 1)
    if behind:
        # a mark that is not seen, since words cannot be pointed at
        sheet.add("scatter", sheet.panels[axes], text.get_zorder(), {
            "mode": "markers", "marker": {"color": styles.NOTHING, "size": 2 * text.get_fontsize()}},
            [place[0]], [place[1]], customdata=behind)


def add_words(sheet: Sheet, text: Text, axes: Axes | None = None, **on_axes: float) -> None:
    """Words where matplotlib has put them; on_axes: values of an axis that they stay beside when it is moved."""
    if not text.get_visible() or not text.get_text().strip():
        return
    box, is_turned = text.get_window_extent(), text.get_rotation() == 90
    side = "center" if is_turned else text.get_horizontalalignment()
    upright = text.get_verticalalignment() if is_turned else "center"
    level = upright if upright in ("bottom", "top") else "middle"
    corner = {"x": {"left": box.x0, "right": box.x1, "center": (box.x0 + box.x1) / 2}[side],
              "y": {"bottom": box.y0, "top": box.y1, "middle": (box.y0 + box.y1) / 2}[level]}
    font = {"size": text.get_fontsize(), "color": styles.colour(text.get_color())}
    # Plotly drops an empty first line
    lines = [inert(line) or "\N{NO-BREAK SPACE}" for line in text.get_text().split("\n")]
    made = {"text": "<br>".join(lines), "showarrow": False, "borderpad": 0,
            "xanchor": side, "yanchor": level, "align": side,
            "font": font | ({"weight": "bold"} if text.get_fontweight() == "bold" else {})}
    if is_turned:
        made["textangle"] = -90
    for axis, size in (("x", sheet.width), ("y", sheet.height)):
        if axis in on_axes:
            made |= _beside(sheet, cast(Axes, axes), axis, on_axes[axis], corner[axis])
        else:
            made |= {f"{axis}ref": "paper", axis: round(corner[axis] / size, 5)}
    sheet.layout["annotations"].append(made)


def _beside(sheet: Sheet, axes: Axes, side: str, value: float, pixel: float) -> dict:
    """A place in pixels as a value of an axis and how far it is from there."""
    corner = [axes.get_xlim()[0], axes.get_ylim()[0]]
    limits, size = (axes.get_xlim(), sheet.width) if side == "x" else (axes.get_ylim(), sheet.height)
    corner["xy".index(side)] = value
    at = axes.transData.transform(corner)["xy".index(side)]
    is_log = (axes.xaxis if side == "x" else axes.yaxis).get_scale() == "log"
    if not min(limits) <= value <= max(limits):
        # Plotly hides what is beyond the ends of an axis
        return {f"{side}ref": "paper", side: round(pixel / size, 5)}
    return {f"{side}ref": f"{side}{sheet.panels[axes]}", side: number_of(math.log10(value) if is_log else value),
            f"{side}shift": round(pixel - at, 1)}
