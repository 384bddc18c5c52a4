"""The interactive view of a picture as plain Plotly JSON: what matplotlib has drawn, mark by mark, in the same places.

A form draws its picture once, in matplotlib. Here its artists are read: marks, bars and cells that stand for rows of
the table can be pointed at, lines, bands and land cannot, words are annotations. The figure has its natural size; the
page's script makes it as large as its box. Colours are those of the light palette, and `roles` names the role of each,
so that the script can put the palette's CSS variable in its place. No template is written: the script has the one of
all views.
"""

from __future__ import annotations

import html
import json
import math
from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection, PolyCollection
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Transform

from . import plotly_styles as styles
from .layout import can_zoom, rows_behind
from .svg import printed

HOVER = "%{text}<extra></extra>"
PIXELS_PER_INCH = 72
# Of a mark that is not seen but can be pointed at.
HIDDEN_SIZE = 8
HALF_CIRCLE = [(math.cos(angle), math.sin(angle)) for angle in np.linspace(math.pi / 2, 3 * math.pi / 2, 13)]
HALVES = {"o": HALF_CIRCLE, "s": [(0, 1), (-1, 1), (-1, -1), (0, -1)]}


def view(figure: Figure, places: Mapping[Hashable, int]) -> dict:
    """A figure in Plotly: data, layout and the number of marks that stand for rows.

    places: the position in the card's table of each label of its index. The traces are checked by plotly's own objects.
    Raises TypeError for an artist that this module cannot read, so that nothing is left out without being noticed.
    """
    printed(figure)
    figure.set_dpi(PIXELS_PER_INCH)
    figure.draw_without_rendering()
    made = _View(figure, places)
    checked = json.loads(go.Figure({"data": made.data(), "layout": made.layout}, skip_invalid=False).to_json())
    checked["layout"].pop("template", None)
    return {"data": checked["data"], "layout": checked["layout"],
            "marks": sum(len(trace.get("customdata", ())) for trace in checked["data"])}


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


def inert(text: str) -> str:
    """Text that Plotly shows as it is. Quotation marks stay: Plotly does not know what they are escaped as."""
    return html.escape(text, quote=False)


def _number(value: float) -> float | None:
    """A number for JSON, short and the same on every machine; None for NaN."""
    rounded = float(f"{value:.8g}")
    return None if math.isnan(rounded) else int(rounded) if rounded.is_integer() else rounded


class _View:
    """What has been read of a figure so far. Panel "" is the sheet below all panels, in pixels from its corner."""

    def __init__(self, figure: Figure, places: Mapping[Hashable, int]):
        self.places = places
        self.width, self.height = (float(size) * PIXELS_PER_INCH for size in figure.get_size_inches())
        self.traces: dict[str, dict] = {}
        self.heights: dict[str, float] = {}
        visible = [axes for axes in figure.axes if axes.get_visible()]
        self.panels = {axes: str(number) for number, axes in enumerate((a for a in visible if a.axison), 2)}
        self.layout: dict = {
            "width": _number(self.width), "height": _number(self.height), "margin": dict.fromkeys("lrtb", 0),
            "barmode": "overlay", "showlegend": False, "hovermode": "closest", "shapes": [], "annotations": [],
            "dragmode": "zoom" if any(map(can_zoom, visible)) else False,
            "xaxis": {"range": [0, _number(self.width)], "visible": False, "fixedrange": True},
            "yaxis": {"range": [0, _number(self.height)], "visible": False, "fixedrange": True}}
        for axes in visible:
            self._axes(axes)
        for legend in figure.legends:
            for handle in legend.legend_handles:
                self._handle(handle)
            for text in legend.get_texts():
                self._words(text)

    def data(self) -> list[dict]:
        """The traces, those below first."""
        levels = sorted(set(self.heights.values()))
        return [trace | {"zorder": levels.index(self.heights[key])} for key, trace in self.traces.items()]

    # axes

    def _axes(self, axes: Axes) -> None:
        unknown = [*axes.images, *axes.tables, *axes.artists, *filter(None, [axes.get_legend()])]
        if unknown:
            raise TypeError(f"no way to show {unknown} in the interactive view")
        if axes in self.panels:
            self._scale(axes, "x")
            self._scale(axes, "y")
        for line in axes.lines:
            self._line(axes, line)
        sideways = {bar for bars in axes.containers if isinstance(bars, BarContainer)
                    and bars.orientation == "horizontal" for bar in bars}
        for patch in axes.patches:
            self._patch(axes, patch, patch in sideways)
        for collection in axes.collections:
            self._collection(axes, collection)
        for child in axes.get_children():
            if isinstance(child, Text):
                self._text(axes, child)

    def _scale(self, axes: Axes, side: str) -> None:
        """One axis of a panel with its grid and the words of its ticks and label."""
        axis, other = (axes.xaxis, "y") if side == "x" else (axes.yaxis, "x")
        number, box = self.panels[axes], axes.get_position()
        limits = axes.get_xlim() if side == "x" else axes.get_ylim()
        is_log = axis.get_scale() == "log"
        ticks = [tick for tick in axis.get_major_ticks() if min(limits) <= tick.get_loc() <= max(limits)]
        spine = axes.spines["bottom" if side == "x" else "left"]
        made = {"type": "log" if is_log else "linear", "anchor": f"{other}{number}", "zeroline": False,
                "domain": [round(float(end), 5) for end in (box.intervalx if side == "x" else box.intervaly)],
                "range": [_number(math.log10(end) if is_log else end) for end in limits],
                "tickmode": "array", "tickvals": [_number(tick.get_loc()) for tick in ticks],
                "showticklabels": False, "fixedrange": not can_zoom(axes), "showline": spine.get_visible(),
                "showgrid": any(tick.gridline.get_visible() for tick in ticks)}
        if spine.get_visible():
            made |= {"linecolor": styles.colour(spine.get_edgecolor()), "linewidth": spine.get_linewidth()}
        if made["showgrid"]:
            line = ticks[0].gridline
            made |= {"gridcolor": styles.colour(line.get_color()), "gridwidth": line.get_linewidth()}
        self.layout[f"{side}axis{number}"] = made
        for tick in ticks:
            for label in (tick.label1, tick.label2):
                self._words(label, axes, **{side: tick.get_loc()})
        self._words(axis.label)

    # marks and lines

    def _add(self, kind: str, number: str, zorder: float, style: dict, x: Sequence, y: Sequence,
             **more: Sequence) -> None:
        """Add places to the trace of this style in a panel, or begin it; more: further values, one for each place."""
        key = json.dumps([kind, number, zorder, style, sorted(more)], sort_keys=True)
        if key not in self.traces:
            hover = {"hovertemplate": HOVER} if "customdata" in more else {"hoverinfo": "skip"}
            axes = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
            self.traces[key] = {"type": kind, **axes, **style, **hover}
            self.heights[key] = zorder
        for name, values in {"x": x, "y": y, **more}.items():
            listed = [value if isinstance(value, list) or value is None else _number(value) for value in values]
            self.traces[key].setdefault(name, []).extend(listed)

    def _customdata(self, artist: Line2D | Patch | Text, n_marks: int) -> list[list[int]] | None:
        """The positions of the rows that each mark stands for; None for what stands for none."""
        rows = [[self.places[label] for label in labels] for labels in rows_behind(artist)]
        if rows and len(rows) != n_marks:
            raise ValueError(f"{n_marks} marks stand for {len(rows)} rows")
        return rows or None

    def _line(self, axes: Axes, line: Line2D) -> None:
        is_x, is_y = line.get_transform().contains_branch_seperately(axes.transData)
        if not line.get_visible():
            return
        if not (is_x and is_y):
            self._mixed(axes, line.get_transform(), [line.get_xydata()], styles.stroke(
                line.get_color(), line.get_linewidth(), line.is_dashed()))
            return
        self._strokes_and_marks(line, line.get_xydata(), self.panels.get(axes, ""))

    def _strokes_and_marks(self, line: Line2D, points: np.ndarray, number: str) -> None:
        if line.get_linestyle() != "None" and (~np.isnan(points).any(axis=1)).any():
            style = styles.stroke(line.get_color(), line.get_linewidth(), line.is_dashed())
            self._add("scatter", number, line.get_zorder(), {"mode": "lines", "line": style},
                      [*points[:, 0], None], [*points[:, 1], None])
        marked = points if line.get_markevery() is None else points[line.get_markevery()]
        if line.get_marker() in ("None", "", None) or not len(marked):
            self._points(line, points, number)
            return
        behind, is_known = self._customdata(line, len(marked)), ~np.isnan(marked).any(axis=1)
        more = {"customdata": [rows for rows, known in zip(behind, is_known, strict=True) if known]} if behind else {}
        self._add("scatter", number, line.get_zorder(),
                  {"mode": "markers", "marker": styles.marker(line), "cliponaxis": line.get_clip_on()},
                  *marked[is_known].T, **more)
        if styles.is_half_filled(line):
            for point in marked[is_known]:
                self._half(line, point, number)

    def _points(self, line: Line2D, points: np.ndarray, number: str) -> None:
        """Marks that are not seen, where a line without marks stands for rows, one at each of its points."""
        behind = self._customdata(line, len(points))
        if behind:
            self._add("scatter", number, line.get_zorder(), {"mode": "markers", "marker": {
                "color": styles.NOTHING, "size": HIDDEN_SIZE}}, *points.T, customdata=behind)

    def _half(self, line: Line2D, point: np.ndarray, number: str) -> None:
        """The filled left half of a mark, which Plotly has no mark for."""
        radius = line.get_markersize() / 2
        corners = "L".join(f"{x * radius:.2f},{y * radius:.2f}" for x, y in HALVES[line.get_marker()])
        self.layout["shapes"].append({
            "type": "path", "path": f"M{corners}Z", "xref": f"x{number}", "yref": f"y{number}", "xsizemode": "pixel",
            "ysizemode": "pixel", "xanchor": _number(point[0]), "yanchor": _number(point[1]), "line": {"width": 0},
            "fillcolor": styles.colour(line.get_markerfacecolor())})

    def _patch(self, axes: Axes, patch: Patch, is_sideways: bool) -> None:
        if not isinstance(patch, Rectangle):
            raise TypeError(f"no way to show {patch} in the interactive view")
        (x, y), across, up = patch.get_xy(), patch.get_width(), patch.get_height()
        if not patch.get_visible() or 0 in (across, up):
            return
        is_x, is_y = patch.get_transform().contains_branch_seperately(axes.transData)
        if not (is_x and is_y):
            style = styles.bar(patch)
            self.layout["shapes"].append({
                "type": "rect", "layer": "below", "line": style["line"],
                "fillcolor": style["color"], **self._refs(axes, is_x, is_y),
                "x0": _number(x), "x1": _number(x + across), "y0": _number(y), "y1": _number(y + up)})
            return
        self._bar(patch, self.panels.get(axes, ""), (x, y, across, up), is_sideways)

    def _bar(self, patch: Patch, number: str, box: Sequence[float], is_sideways: bool) -> None:
        x, y, across, up = box
        behind = self._customdata(patch, 1)
        places = ({"x": [across], "y": [y + up / 2], "base": [x], "width": [up]} if is_sideways else
                  {"x": [x + across / 2], "y": [up], "base": [y], "width": [across]})
        self._add("bar", number, patch.get_zorder(), {
            "marker": styles.bar(patch), "orientation": "h" if is_sideways else "v", "textposition": "none"},
            **places, **({"customdata": behind} if behind else {}))

    def _collection(self, axes: Axes, collection: Collection) -> None:
        transform = collection.get_transform()
        is_x, is_y = transform.contains_branch_seperately(axes.transData)
        if isinstance(collection, LineCollection):
            style = styles.stroke(collection.get_colors()[0], collection.get_linewidths()[0],
                                  collection.get_linestyles()[0][1] is not None)
            # a segment with an end that is not known has lost it
            segments = [segment for segment in collection.get_segments() if len(segment) > 1]
            if not (is_x and is_y):
                self._mixed(axes, transform, segments, style)
                return
            for segment in segments:
                self._add("scatter", self.panels.get(axes, ""), collection.get_zorder(),
                          {"mode": "lines", "line": style}, [*segment[:, 0], None], [*segment[:, 1], None])
        elif isinstance(collection, PathCollection):
            self._land(collection)
        elif isinstance(collection, PolyCollection):
            for path in collection.get_paths():
                self._area(collection, path.vertices, self.panels.get(axes, ""))
        else:
            raise TypeError(f"no way to show {collection} in the interactive view")

    def _land(self, collection: PathCollection) -> None:
        """Shapes that are drawn once for all panels, each in the panel that it lies in."""
        for offset in collection.get_offset_transform().transform(collection.get_offsets()):
            polygons = [polygon + offset for path in collection.get_paths() for polygon in path.to_polygons()]
            middle = np.vstack(polygons).mean(axis=0)
            axes = next(one for one in self.panels if one.bbox.contains(*middle))
            for polygon in polygons:
                self._area(collection, axes.transData.inverted().transform(polygon).round(1), self.panels[axes])

    def _area(self, collection: Collection, corners: np.ndarray, number: str) -> None:
        width = float(collection.get_linewidths()[0])
        edge = styles.stroke(collection.get_edgecolors()[0], width, False) if width else {"width": 0}
        self._add("scatter", number, collection.get_zorder(), {
            "mode": "lines", "line": edge, "fill": "toself",
            "fillcolor": styles.colour(collection.get_facecolors()[0])},
            [*corners[:, 0], None], [*corners[:, 1], None])

    def _mixed(self, axes: Axes, transform: Transform, segments: Iterable[np.ndarray], style: dict) -> None:
        """Lines of which one end or both stand at the edges of the panel, wherever its axes are moved."""
        is_x, is_y = transform.contains_branch_seperately(axes.transData)
        for (x0, y0), (x1, y1) in segments:
            self.layout["shapes"].append({
                "type": "line", "layer": "below", "line": style, **self._refs(axes, is_x, is_y),
                "x0": _number(x0), "x1": _number(x1), "y0": _number(y0), "y1": _number(y1)})

    def _refs(self, axes: Axes, is_x: bool, is_y: bool) -> dict[str, str]:
        """What the places of a shape are counted on: an axis, or the share of the panel that it takes."""
        number = self.panels[axes]
        return {"xref": f"x{number}" + " domain" * (not is_x), "yref": f"y{number}" + " domain" * (not is_y)}

    def _handle(self, handle: Line2D | Patch) -> None:
        """The mark, line or patch beside words of the key."""
        if isinstance(handle, Line2D):
            self._strokes_and_marks(handle, handle.get_transform().transform(handle.get_xydata()), "")
        else:
            box = handle.get_window_extent()
            self._bar(handle, "", (box.x0, box.y0, box.width, box.height), False)

    # words

    def _text(self, axes: Axes, text: Text) -> None:
        """Words in a panel, at their place on its axes or of the panel; those that stand for rows are marks."""
        place = text.xy if isinstance(text, Annotation) else text.get_position()
        transform = axes.transData if isinstance(text, Annotation) else text.get_transform()
        on_axes = zip("xy", place, transform.contains_branch_seperately(axes.transData), strict=True)
        self._words(text, axes, **{side: value for side, value, is_on in on_axes if is_on and axes in self.panels})
        behind = self._customdata(text, 1)
        if behind:
            # a mark that is not seen, since words cannot be pointed at
            self._add("scatter", self.panels[axes], text.get_zorder(), {
                "mode": "markers", "marker": {"color": styles.NOTHING, "size": 2 * text.get_fontsize()}},
                [place[0]], [place[1]], customdata=behind)

    def _words(self, text: Text, axes: Axes | None = None, **on_axes: float) -> None:
        """Words where matplotlib has put them; on_axes: values of an axis that they stay beside when it is moved."""
        if not text.get_visible() or not text.get_text().strip():
            return
        box, is_turned = text.get_window_extent(), text.get_rotation() == 90
        side = "center" if is_turned else text.get_horizontalalignment()
        level = text.get_verticalalignment() if is_turned else "center"
        level = level if level in ("bottom", "top") else "middle"
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
        for axis, size in (("x", self.width), ("y", self.height)):
            if axis in on_axes:
                made |= self._beside(axes, axis, on_axes[axis], corner[axis])
            else:
                made |= {f"{axis}ref": "paper", axis: round(corner[axis] / size, 5)}
        self.layout["annotations"].append(made)

    def _beside(self, axes: Axes, side: str, value: float, pixel: float) -> dict:
        """A place in pixels as a value of an axis and how far it is from there."""
        corner = [axes.get_xlim()[0], axes.get_ylim()[0]]
        limits, size = (axes.get_xlim(), self.width) if side == "x" else (axes.get_ylim(), self.height)
        corner["xy".index(side)] = value
        at = axes.transData.transform(corner)["xy".index(side)]
        is_log = (axes.xaxis if side == "x" else axes.yaxis).get_scale() == "log"
        if not min(limits) <= value <= max(limits):
            # Plotly hides what is beyond the ends of an axis
            return {f"{side}ref": "paper", side: round(pixel / size, 5)}
        return {f"{side}ref": f"{side}{self.panels[axes]}", side: _number(math.log10(value) if is_log else value),
                f"{side}shift": round(pixel - at, 1)}
