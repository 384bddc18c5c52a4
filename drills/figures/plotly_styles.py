"""How matplotlib's colours, markers, dashes and hatches are said in Plotly. Knows nothing of places."""

from __future__ import annotations

from typing import Any

from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from . import look

ROLE_OF = {colour.lower(): role for role, colour in look.LIGHT.items()}
NOTHING = "rgba(0,0,0,0)"
# A marker's name in Plotly, and its size there beside that in matplotlib, from the outlines of both.
MARKERS = {"o": ("circle", 1.0), "s": ("square", 1.0), "D": ("diamond", 1.09), "d": ("diamond-tall", 1.0),
           "^": ("triangle-up", 1.2), "v": ("triangle-down", 1.2), "<": ("triangle-left", 1.2),
           ">": ("triangle-right", 1.2), "x": ("x-thin", 1.0), "X": ("x", 0.88), "|": ("line-ns", 0.71),
           "_": ("line-ew", 0.71)}
# These have no inside.
LINES = ("x", "|", "_")
HATCHES = {"/": "/", "\\": "\\", "x": "x"}
HATCH_SIZE = 7


def colour(value: Any) -> str:
    """A colour of the palette as Plotly writes it, or nothing at all; ValueError for any other colour."""
    red, green, blue, alpha = to_rgba(value)
    if alpha == 0:
        return NOTHING
    if to_hex((red, green, blue)) not in ROLE_OF:
        raise ValueError(f"{value!r} is no colour of the palette")
    if alpha == 1:
        return to_hex((red, green, blue)).upper()
    return f"rgba({round(255 * red)},{round(255 * green)},{round(255 * blue)},{alpha:g})"


def role(written: str) -> str:
    """The role of a colour that `colour` has written."""
    if written.startswith("#"):
        return ROLE_OF[written.lower()]
    parts = written.removeprefix("rgba(").split(",")[:3]
    return ROLE_OF["#" + "".join(f"{int(part):02x}" for part in parts)]


def is_half_filled(line: Line2D) -> bool:
    """Whether the left half of the line's marks is filled."""
    return line.get_fillstyle() == "left"


def shape_of(line: Line2D) -> str:
    """The name of the marks of a line; TypeError for an outline, which has none."""
    shape = line.get_marker()
    if not isinstance(shape, str):
        raise TypeError(f"no way to show the mark {shape!r} in the interactive view")
    return shape


def marker(line: Line2D) -> dict:
    """The marks of a line; of half-filled ones the whole in the colour of the other half."""
    shape = shape_of(line)
    name, factor = MARKERS[shape]
    edge, width = colour(line.get_markeredgecolor()), round(line.get_markeredgewidth(), 2)
    face = colour(line.get_markerfacecoloralt() if is_half_filled(line) else line.get_markerfacecolor())
    made = {"size": round(line.get_markersize() * factor, 2), "opacity": 1}
    if shape in LINES or face == NOTHING:
        return made | {"symbol": f"{name}-open", "color": edge, "line": {"width": width}}
    return made | {"symbol": name, "color": face, "line": {"color": edge, "width": width}}


def stroke(value: object, width: float, is_dashed: bool) -> dict:
    """A line in a colour of the palette."""
    return {"color": colour(value), "width": round(float(width), 2)} | ({"dash": "dash"} if is_dashed else {})


def bar(patch: Patch) -> dict:
    """The fill, edge and hatch of a bar or cell."""
    face = colour(patch.get_facecolor()) if patch.get_fill() else NOTHING
    edge = colour(patch.get_edgecolor()) if patch.get_linewidth() else NOTHING
    made = {"color": face, "line": {"color": edge, "width": 0 if edge == NOTHING else round(patch.get_linewidth(), 2)}}
    if patch.get_hatch():
        made["pattern"] = {"shape": HATCHES[patch.get_hatch()[0]], "bgcolor": face, "size": HATCH_SIZE,
                           "fgcolor": colour(patch.get_hatchcolor()), "solidity": 0.2}
    return made
