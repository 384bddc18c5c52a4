"""The form for maps: events as marks on an equal-area map centred on the pair's seas and Central Asia.

The land is an extract of Natural Earth (natural_earth/README.md); it is generalised to the size at which it is drawn,
and is written once into a picture, however many maps it holds. No borders are drawn.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path as Outline

from .. import look
from ..layout import Layout, Parts, let_choose, let_zoom, of_events, rows_of, stands_for

COLOUR = look.LIGHT
LAND_FILE = Path(__file__).parents[1] / "natural_earth" / "land.json"
CENTRE_LATITUDE, CENTRE_LONGITUDE = 45.0, 105.0
# Degrees from the centre beyond which nothing is drawn: shapes are stretched too far there.
HORIZON = 120.0
# Edges of the map in radii of the earth: west, south, east, north.
FRAME = (-1.55, -0.85, 0.88, 0.74)
# Land is filled so faintly that marks keep their contrast of 3:1 on it; its edge is what sets it off from the sea.
LAND_OPACITY, COAST_OPACITY = 0.25, 0.5
# Generalisation in pixels: how far an outline may stray, and the least width and height of an island.
TOLERANCE, LEAST_SIZE = 0.6, 1.5
KEY_ROW, HEAD, GAP, GUTTER = 19, 22, 10, 12
BASE_SIZE = {"wide": 7.6, "narrow": 5.6}
KEY_COUNTS = (1, 3, 6)
# Names on the map: text, latitude and longitude of its middle, and whether there is room for it on a phone.
NAMES = (("RUSSIA", 61, 97, True), ("CHINA", 32, 103, True), ("KAZAKHSTAN", 48, 67, False), ("INDIA", 21, 79, True),
         ("IRAN", 32.5, 55, False), ("JAPAN", 36.2, 144, False), ("SOUTH AFRICA", -27, 26, False),
         ("Arabian Sea", 9, 64, False), ("Gulf of\nAden", 5, 53, False), ("Baltic", 58.5, 14, False),
         ("South\nChina Sea", 14, 114.5, False), ("Bering\nSea", 55, 186, False), ("Pacific Ocean", 27, 152, False),
         ("Indian Ocean", -6, 73, True), ("Sea of\nOkhotsk", 55.5, 149, False))
BASE_MAP = "Land: Natural Earth 1:50m (public domain), without borders; equal-area projection."
ROUGH = "A point is rough: for a stretch of sea, a region or the route of a patrol it is the middle."


@dataclass(frozen=True)
class Shape:
    """How one group of events is drawn: words for the key, marker, colour role, and size beside that of a circle."""

    label: str
    marker: str
    role: str
    size: float = 1.0


def project(latitude, longitude) -> tuple[np.ndarray, np.ndarray]:
    """Lambert's azimuthal equal-area projection of the sphere (Snyder 1987, Map Projections, pp. 185-187).

    Degrees in; x and y out, in radii of the earth from the centre of the map, NaN beyond `HORIZON`.
    """
    north, centre = np.radians(np.asarray(latitude, float)), np.radians(CENTRE_LATITUDE)
    east = np.radians(np.asarray(longitude, float) - CENTRE_LONGITUDE)
    cosine = np.sin(centre) * np.sin(north) + np.cos(centre) * np.cos(north) * np.cos(east)
    scale = np.sqrt(2 / (1 + np.where(cosine >= np.cos(np.radians(HORIZON)), cosine, np.nan)))
    return (scale * np.cos(north) * np.sin(east),
            scale * (np.cos(centre) * np.sin(north) - np.sin(centre) * np.cos(north) * np.cos(east)))


@cache
def outlines() -> dict[str, shapely.MultiPolygon]:
    """The base map: multipolygons of longitude (-20 to 230) and latitude for land, RUS and CHN."""
    stored = json.loads(LAND_FILE.read_text(encoding="utf-8"))
    return {name: shapely.geometry.shape(part) for name, part in stored.items()}


def is_on_map(latitude, longitude) -> np.ndarray:
    """Whether a point lies inside the edges of the map."""
    x, y = project(latitude, longitude)
    return (x >= FRAME[0]) & (x <= FRAME[2]) & (y >= FRAME[1]) & (y <= FRAME[3])


def pixels(latitude, longitude, width: float) -> tuple[np.ndarray, np.ndarray]:
    """Points on a map of this width, in pixels from its lower left corner."""
    x, y = project(latitude, longitude)
    scale = width / (FRAME[2] - FRAME[0])
    return (x - FRAME[0]) * scale, (y - FRAME[1]) * scale


def height_of(width: float) -> int:
    """The height of a map of this width, in whole pixels."""
    return round(width * (FRAME[3] - FRAME[1]) / (FRAME[2] - FRAME[0]))


def clipped(shapes: Sequence[shapely.Geometry], width: float, height: float) -> np.ndarray:
    """The polygons left of some shapes inside a rectangle from the origin, outer rings counter-clockwise."""
    return shapely.get_parts(shapely.orient_polygons(shapely.clip_by_rect(shapes, 0, 0, width, height)))


@cache
def land(width: int, tolerance: float = TOLERANCE, least: float = LEAST_SIZE) -> Outline:
    """All land on a map of this width as one path, its corners rounded to a tenth of a pixel.

    tolerance, least: how far an outline may stray, and the size below which an island is left out, in pixels.
    """
    placed = shapely.transform(outlines()["land"],
                               lambda points: np.column_stack(pixels(points[:, 1], points[:, 0], width)))
    parts = shapely.get_parts(placed)
    left, lower, right, upper = shapely.bounds(parts).T
    seen = parts[np.maximum(right - left, upper - lower) >= least]
    # many rings are not simple after rounding, so that there is no topology to keep
    shapes = clipped(shapely.simplify(seen, tolerance, preserve_topology=False), width, height_of(width))
    rings = [shapely.get_coordinates(ring).round(1) for ring in shapely.get_rings(shapes)]
    return Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))


def world(layout: Layout, table: pd.DataFrame, shapes: Mapping[str, Shape], *, panel: str | None = None,
          titles: Mapping[str, str] | None = None) -> Figure:
    """Marks on one map, or on one for each value of `panel`: two abreast when wide, one below the other when narrow,
    where a reader chooses between them.

    table: columns event_id, group (key of `shapes`), is_point (filled, else hollow), mark_latitude, mark_longitude and
    n_at_mark (events, as the area of the mark), one line for each mark; titles: words above the map of each value.
    """
    keys = list(titles or [""])
    across = 1 if layout.is_narrow or len(keys) == 1 else 2
    width = (layout.width - 2 - GUTTER * (across - 1)) // across
    step = height_of(width) + (HEAD if titles else 0) + GAP
    above = KEY_ROW * (len(shapes) + 3 if layout.is_narrow else 4) + GAP
    height = above + step * -(-len(keys) // across)
    base = BASE_SIZE[layout.name if across == 1 else "narrow"]
    figure = layout.figure(height)
    figure.set_layout_engine("none")
    sheet = figure.add_axes((0, 0, 1, 1), xlim=(0, layout.width), ylim=(0, height))
    sheet.axis("off")
    corners = [(1 + number % across * (width + GUTTER), height - above - step * (number // across + 1) + GAP)
               for number in range(len(keys))]
    sheet.add_collection(PathCollection([land(width)], offsets=corners, transOffset=sheet.transData,
                                        facecolors=[to_rgba(COLOUR["band"], LAND_OPACITY)],
                                        edgecolors=[to_rgba(COLOUR["muted"], COAST_OPACITY)], linewidths=0.6,
                                        zorder=0), autolim=False)
    for (left, foot), key in zip(corners, keys, strict=True):
        axes = _panel(figure, left, foot, width)
        if titles:
            axes.text(0, height_of(width) + 6, titles[key], fontsize=look.TEXT_SIZE)
        else:
            _name(axes, layout, width)
        here = table if panel is None else table[table[panel] == key]
        _marks(axes, here, shapes, width, base)
    _key(figure, layout, shapes, base)
    if layout.is_narrow and panel:
        let_choose(figure, Parts(panel.capitalize(), tuple(keys), above, step))
    return figure


def _panel(figure: Figure, left: float, foot: float, width: float) -> Axes:
    """The frame of one map, in whose pixels its marks are placed."""
    across, up = figure.get_size_inches() * 72
    height = height_of(width)
    axes = figure.add_axes((left / across, foot / up, width / across, height / up), xlim=(0, width), ylim=(0, height),
                           xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.add_patch(Rectangle((0, 0), 1, 1, transform=axes.transAxes, fill=False, edgecolor=COLOUR["grid"],
                             clip_on=False))
    let_zoom(axes)
    return axes


def _name(axes: Axes, layout: Layout, width: float) -> None:
    for text, latitude, longitude, is_short in NAMES:
        if is_short or not layout.is_narrow:
            x, y = pixels(latitude, longitude, width)
            axes.text(float(x), float(y), text, ha="center", va="center", color=COLOUR["muted"], linespacing=1.0,
                      zorder=1)


def _marks(axes: Axes, table: pd.DataFrame, shapes: Mapping[str, Shape], width: float, base: float) -> None:
    """Each mark at its place, large ones below small ones."""
    x, y = pixels(table["mark_latitude"], table["mark_longitude"], width)
    drawn = table.assign(x=x, y=y).sort_values("n_at_mark", ascending=False, kind="stable")
    for (count, group, is_point), here in drawn.groupby(["n_at_mark", "group", "is_point"], sort=False):
        marks, = axes.plot(here["x"].round(1), here["y"].round(1),
                           **mark(shapes[group], is_point, base * count ** 0.5),
                           gid=of_events(here["event_id"]) if count == 1 else None)
        stands_for(marks, rows_of(here))


def mark(shape: Shape, is_point: bool, size: float) -> dict:
    """How a mark is drawn, as arguments of a line without a line."""
    return {"linestyle": "", "marker": shape.marker, "markersize": round(size * shape.size, 2),
            "color": COLOUR[shape.role], "markerfacecolor": COLOUR[shape.role] if is_point else "none",
            "markeredgewidth": 1.3, "clip_on": False, "zorder": 3}


def _key(figure: Figure, layout: Layout, shapes: Mapping[str, Shape], base: float) -> None:
    """What shapes, fills and sizes mean, above the map."""
    plain = Shape("", "o", "other")
    lists: Sequence[list[Line2D]] = (
        [Line2D([], [], label=one.label, **mark(one, True, 7.5)) for one in shapes.values()],
        [Line2D([], [], label="Filled: a town, range or harbour", **mark(plain, True, 7.5)),
         Line2D([], [], label="Hollow: rough middle of an area or route", **mark(plain, False, 7.5))],
        [Line2D([], [], label=f"{count} event{'s' * (count > 1)}", **mark(plain, False, base * count ** 0.5))
         for count in KEY_COUNTS])
    row = 0
    for handles, columns in zip(lists, ((1, 1, 3) if layout.is_narrow else (3, 2, 3)), strict=True):
        figure.legend(handles=handles, loc="upper left", ncols=columns, frameon=False, labelcolor=COLOUR["ink"],
                      bbox_to_anchor=(0, 1 - row * KEY_ROW / (figure.get_figheight() * 72)), borderpad=0.2,
                      borderaxespad=0, handletextpad=0.5, columnspacing=1.4, labelspacing=0.5)
        row += -(-len(handles) // columns)
