"""The interactive view of a drawing as plain Plotly JSON, on axes of pixels, so that it is the chart's own picture."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from . import look
from . import plotly_styles as styles
from .drawing import Area, Drawing, Line, Mark, Words
from .drawing_svg import EDGE
from .plotly_words import inert

HOVER = {"hovertemplate": "%{text}<extra></extra>"}
SILENT = {"hoverinfo": "skip"}


def view(drawing: Drawing, places: Mapping[Hashable, int]) -> dict:
    """A drawing in Plotly: data, layout and the number of marks that stand for rows.

    places: the position in the card's table of each label of its index.
    """
    layout = {"width": drawing.width, "height": drawing.height, "margin": dict.fromkeys("lrtb", 0),
              "showlegend": False, "hovermode": "closest", "dragmode": False,
              "xaxis": {"range": [0, drawing.width], "visible": False, "fixedrange": True},
              "yaxis": {"range": [drawing.height, 0], "visible": False, "fixedrange": True},
              "shapes": [shape(item) for item in drawing.items if isinstance(item, Area | Line)],
              "annotations": [note for item in drawing.of(Words) for note in notes(item)]}
    data = traces(drawing.of(Mark), places)
    return {"data": data, "layout": layout, "marks": sum(len(trace.get("customdata", ())) for trace in data)}


def traces(marks: list[Mark], places: Mapping[Hashable, int]) -> list[dict]:
    """The marks, those that look the same and all stand for rows, or all for none, together."""
    found: dict[tuple, dict] = {}
    for mark in marks:
        is_row = mark.row is not None
        key = mark.shape, mark.size, mark.role, mark.fill, is_row
        trace = found.setdefault(key, {"type": "scatter", "mode": "markers", "marker": marker(mark), "x": [], "y": [],
                                       **({"customdata": [], **HOVER} if is_row else SILENT)})
        trace["x"].append(round(mark.x, 1))
        trace["y"].append(round(mark.y, 1))
        if is_row:
            trace["customdata"].append([places[mark.row]])
    return list(found.values())


def marker(mark: Mark) -> dict:
    """How a mark is drawn."""
    name, factor = styles.MARKERS[mark.shape]
    # here a diamond is as wide as its size, in matplotlib its sides are as long
    factor = factor / 2 ** 0.5 if mark.shape == "D" else factor
    edge = styles.colour(look.LIGHT[mark.role])
    made = {"size": round(mark.size * factor, 2), "opacity": 1}
    if mark.shape in styles.LINES:
        return made | {"symbol": f"{name}-open", "color": edge, "line": {"width": EDGE}}
    face = styles.colour((look.LIGHT[mark.role if mark.fill else "paper"], mark.fill or 1))
    return made | {"symbol": name, "color": face, "line": {"color": edge, "width": EDGE}}


def shape(item: Area | Line) -> dict:
    """An area or a line, below the marks."""
    colour = styles.colour(look.LIGHT[item.role])
    ends = {name: round(getattr(item, name), 1) for name in ("x0", "y0", "x1", "y1")}
    if isinstance(item, Area):
        return {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": colour, **ends}
    dash = {"dash": "dash"} if item.is_dashed else {}
    return {"type": "line", "layer": "below", "line": {"color": colour, "width": item.width} | dash, **ends}


def notes(words: Words) -> list[dict]:
    """Each line of text, where the chart has it."""
    font = {"size": words.size, "color": styles.colour(look.LIGHT[words.role])}
    return [{"text": inert(line), "showarrow": False, "borderpad": 0, "x": round(words.x, 1), "y": round(y, 1),
             "xanchor": words.side, "yanchor": "middle", "align": words.side,
             "font": font | ({"weight": "bold"} if words.is_bold else {})}
            for y, line in zip(words.heights(), words.lines, strict=True)]
