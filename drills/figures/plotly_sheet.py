"""What has been read of a picture so far, as traces and layout of Plotly, and how numbers and places are said there."""

from __future__ import annotations

import json
import math
from collections.abc import Hashable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from .layout import rows_behind

HOVER = "%{text}<extra></extra>"


def number_of(value: float) -> float | None:
    """A number for JSON, short and the same on every machine; None for NaN."""
    rounded = float(f"{value:.8g}")
    return None if math.isnan(rounded) else int(rounded) if rounded.is_integer() else rounded


class Sheet:
    """The traces and the layout of one figure. Panel "" is the sheet below all panels, in pixels from its corner.

    panels: the number of each panel. places: the position in the card's table of each label of its index.
    """

    def __init__(self, width: float, height: float, panels: Mapping[Axes, str], places: Mapping[Hashable, int]):
        self.width, self.height, self.panels, self.places = width, height, panels, places
        self.traces: dict[str, dict] = {}
        self.heights: dict[str, float] = {}
        self.layout: dict = {
            "width": number_of(width), "height": number_of(height), "margin": dict.fromkeys("lrtb", 0),
            "barmode": "overlay", "showlegend": False, "hovermode": "closest", "shapes": [], "annotations": [],
            "xaxis": {"range": [0, number_of(width)], "visible": False, "fixedrange": True},
            "yaxis": {"range": [0, number_of(height)], "visible": False, "fixedrange": True}}

    def data(self) -> list[dict]:
        """The traces, those below first."""
        levels = sorted(set(self.heights.values()))
        return [trace | {"zorder": levels.index(self.heights[key])} for key, trace in self.traces.items()]

    def add(self, kind: str, number: str, zorder: float, style: dict, x: Sequence, y: Sequence,
            **more: Sequence) -> None:
        """Add places to the trace of this style in a panel, or begin it; more: further values, one for each place."""
        key = json.dumps([kind, number, zorder, style, sorted(more)], sort_keys=True)
        if key not in self.traces:
            hover = {"hovertemplate": HOVER} if "customdata" in more else {"hoverinfo": "skip"}
            axes = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
            self.traces[key] = {"type": kind, **axes, **style, **hover}
            self.heights[key] = zorder
        for name, values in {"x": x, "y": y, **more}.items():
            listed = [value if isinstance(value, list) or value is None else number_of(value) for value in values]
            self.traces[key].setdefault(name, []).extend(listed)

    def rows_of(self, artist: Line2D | Patch | Text, n_marks: int) -> list[list[int]] | None:
        """The positions of the rows that each mark stands for; None for what stands for none."""
        rows = [[self.places[label] for label in labels] for labels in rows_behind(artist)]
        if rows and len(rows) != n_marks:
            raise ValueError(f"{n_marks} marks stand for {len(rows)} rows")
        return rows or None

    def refs(self, axes: Axes, is_x: bool, is_y: bool) -> dict[str, str]:
        """What the places of a shape are counted on: an axis, or the share of the panel that it takes."""
        number = self.panels[axes]
        return {"xref": f"x{number}" + " domain" * (not is_x), "yref": f"y{number}" + " domain" * (not is_y)}
