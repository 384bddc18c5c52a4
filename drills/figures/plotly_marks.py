"""Marks, lines, bars and areas of a picture as Plotly's traces and shapes, in the same places."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_rgba_array
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.transforms import Transform

from . import plotly_styles as styles
from .plotly_sheet import Sheet, number_of

# Of a mark that is not seen but can be pointed at.
HIDDEN_SIZE = 8
HALF_CIRCLE = [(math.cos(angle), math.sin(angle)) for angle in np.linspace(math.pi / 2, 3 * math.pi / 2, 13)]
HALVES: dict[str, Sequence[tuple[float, float]]] = {"o": HALF_CIRCLE, "s": [(0, 1), (-1, 1), (-1, -1), (0, -1)]}


def add_line(sheet: Sheet, axes: Axes, line: Line2D) -> None:
    """A line of a panel with the marks on it."""
    is_x, is_y = line.get_transform().contains_branch_seperately(axes.transData)
    if not line.get_visible():
        return
    if not (is_x and is_y):
        _mixed(sheet, axes, line.get_transform(), [np.asarray(line.get_xydata())], styles.stroke(
            line.get_color(), line.get_linewidth(), line.is_dashed()))
        return
    _strokes_and_marks(sheet, line, np.asarray(line.get_xydata()), sheet.panels.get(axes, ""))


def _strokes_and_marks(sheet: Sheet, line: Line2D, points: np.ndarray, number: str) -> None:
    """What is drawn through points and at them, in the panel of this number; points: pairs of x and y."""
    if line.get_linestyle() != "None" and (~np.isnan(points).any(axis=1)).any():
        style = styles.stroke(line.get_color(), line.get_linewidth(), line.is_dashed())
        sheet.add("scatter", number, line.get_zorder(), {"mode": "lines", "line": style},
                  [*points[:, 0], None], [*points[:, 1], None])
    marked = _marked(line, points)
    if line.get_marker() in ("None", "", None) or not len(marked):
        _points(sheet, line, points, number)
        return
    behind, is_known = sheet.rows_of(line, len(marked)), ~np.isnan(marked).any(axis=1)
    more = {"customdata": [rows for rows, known in zip(behind, is_known, strict=True) if known]} if behind else {}
    sheet.add("scatter", number, line.get_zorder(),
              {"mode": "markers", "marker": styles.marker(line), "cliponaxis": line.get_clip_on()},
              *marked[is_known].T, **more)
    if styles.is_half_filled(line):
        for point in marked[is_known]:
            _half(sheet, line, point, number)


def _marked(line: Line2D, points: np.ndarray) -> np.ndarray:
    """The points of a line at which a mark stands: all, or in a key those that are named by number.

    TypeError for marks that are chosen in another way, such as every second one.
    """
    every = line.get_markevery()
    if every is None:
        return points
    if not isinstance(every, list):
        raise TypeError(f"no way to show marks at {every!r} in the interactive view")
    return points[np.asarray(every)]


def _points(sheet: Sheet, line: Line2D, points: np.ndarray, number: str) -> None:
    """Marks that are not seen, where a line without marks stands for rows, one at each of its points."""
    behind = sheet.rows_of(line, len(points))
    if behind:
        sheet.add("scatter", number, line.get_zorder(), {"mode": "markers", "marker": {
            "color": styles.NOTHING, "size": HIDDEN_SIZE}}, *points.T, customdata=behind)


def _half(sheet: Sheet, line: Line2D, point: np.ndarray, number: str) -> None:
    """The filled left half of a mark, which Plotly has no mark for."""
    radius = line.get_markersize() / 2
    corners = "L".join(f"{x * radius:.2f},{y * radius:.2f}" for x, y in HALVES[styles.shape_of(line)])
    sheet.layout["shapes"].append({
        "type": "path", "path": f"M{corners}Z", "xref": f"x{number}", "yref": f"y{number}", "xsizemode": "pixel",
        "ysizemode": "pixel", "xanchor": number_of(point[0]), "yanchor": number_of(point[1]), "line": {"width": 0},
        "fillcolor": styles.colour(line.get_markerfacecolor())})


def add_patch(sheet: Sheet, axes: Axes, patch: Patch, is_sideways: bool) -> None:
    """A bar, a cell or a band of a panel; TypeError for a patch of another form."""
    if not isinstance(patch, Rectangle):
        raise TypeError(f"no way to show {patch} in the interactive view")
    (x, y), across, up = patch.get_xy(), patch.get_width(), patch.get_height()
    if not patch.get_visible() or 0 in (across, up):
        return
    is_x, is_y = patch.get_transform().contains_branch_seperately(axes.transData)
    if not (is_x and is_y):
        style = styles.bar(patch)
        sheet.layout["shapes"].append({
            "type": "rect", "layer": "below", "line": style["line"],
            "fillcolor": style["color"], **sheet.refs(axes, is_x, is_y),
            "x0": number_of(x), "x1": number_of(x + across), "y0": number_of(y), "y1": number_of(y + up)})
        return
    _bar(sheet, patch, sheet.panels.get(axes, ""), (x, y, across, up), is_sideways)


def _bar(sheet: Sheet, patch: Patch, number: str, box: Sequence[float], is_sideways: bool) -> None:
    """A rectangle as a bar; box: its corner, then how far it goes across and up."""
    x, y, across, up = box
    behind = sheet.rows_of(patch, 1)
    places = ({"x": [across], "y": [y + up / 2], "base": [x], "width": [up]} if is_sideways else
              {"x": [x + across / 2], "y": [up], "base": [y], "width": [across]})
    sheet.add("bar", number, patch.get_zorder(), {
        "marker": styles.bar(patch), "orientation": "h" if is_sideways else "v", "textposition": "none"},
        **places, **({"customdata": behind} if behind else {}))


def add_collection(sheet: Sheet, axes: Axes, collection: Collection) -> None:
    """Lines, areas or land of a panel; TypeError for what is none of them."""
    transform = collection.get_transform()
    is_x, is_y = transform.contains_branch_seperately(axes.transData)
    if isinstance(collection, LineCollection):
        style = styles.stroke(to_rgba_array(collection.get_colors())[0], _width(collection), _is_dashed(collection))
        # a segment with an end that is not known has lost it
        segments = [segment for segment in collection.get_segments() if len(segment) > 1]
        if not (is_x and is_y):
            _mixed(sheet, axes, transform, segments, style)
            return
        for segment in segments:
            sheet.add("scatter", sheet.panels.get(axes, ""), collection.get_zorder(),
                      {"mode": "lines", "line": style}, [*segment[:, 0], None], [*segment[:, 1], None])
    elif isinstance(collection, PathCollection):
        _land(sheet, collection)
    elif isinstance(collection, PolyCollection):
        for path in collection.get_paths():
            _area(sheet, collection, np.asarray(path.vertices), sheet.panels.get(axes, ""))
    else:
        raise TypeError(f"no way to show {collection} in the interactive view")


def _land(sheet: Sheet, collection: PathCollection) -> None:
    """Shapes that are drawn once for all panels, each in the panel that it lies in."""
    for offset in collection.get_offset_transform().transform(collection.get_offsets()):
        polygons = [polygon + offset for path in collection.get_paths() for polygon in path.to_polygons()]
        middle = np.vstack(polygons).mean(axis=0)
        axes = next(one for one in sheet.panels if one.bbox.contains(*middle))
        for polygon in polygons:
            _area(sheet, collection, axes.transData.inverted().transform(polygon).round(1), sheet.panels[axes])


def _area(sheet: Sheet, collection: Collection, corners: np.ndarray, number: str) -> None:
    """A filled outline; corners: pairs of x and y."""
    width = _width(collection)
    edge = styles.stroke(to_rgba_array(collection.get_edgecolor())[0], width, False) if width else {"width": 0}
    sheet.add("scatter", number, collection.get_zorder(), {
        "mode": "lines", "line": edge, "fill": "toself",
        "fillcolor": styles.colour(to_rgba_array(collection.get_facecolor())[0])},
        [*corners[:, 0], None], [*corners[:, 1], None])


def _width(collection: Collection) -> float:
    """How wide the lines of a collection are, which are all alike."""
    return float(np.ravel(collection.get_linewidth())[0])


def _is_dashed(collection: LineCollection) -> bool:
    """Whether the lines of a collection, which are all alike, are broken."""
    # what matplotlib returns is always a list of offset and dashes, its stubs say what it takes
    styled = cast(list[tuple[float, Sequence[float] | None]], collection.get_linestyle())
    return styled[0][1] is not None


def _mixed(sheet: Sheet, axes: Axes, transform: Transform, segments: Iterable[np.ndarray], style: dict) -> None:
    """Lines of which one end or both stand at the edges of the panel, wherever its axes are moved."""
    is_x, is_y = transform.contains_branch_seperately(axes.transData)
    for (x0, y0), (x1, y1) in segments:
        sheet.layout["shapes"].append({
            "type": "line", "layer": "below", "line": style, **sheet.refs(axes, is_x, is_y),
            "x0": number_of(x0), "x1": number_of(x1), "y0": number_of(y0), "y1": number_of(y1)})


def add_handle(sheet: Sheet, handle: Artist | None) -> None:
    """The mark, line or patch beside words of the key; TypeError for anything else."""
    if isinstance(handle, Line2D):
        _strokes_and_marks(sheet, handle, handle.get_transform().transform(handle.get_xydata()), "")
    elif isinstance(handle, Patch):
        box = handle.get_window_extent()
        _bar(sheet, handle, "", (box.x0, box.y0, box.width, box.height), False)
    else:
        raise TypeError(f"no way to show {handle} in the interactive view")
