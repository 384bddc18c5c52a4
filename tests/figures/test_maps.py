"""The map: the projection against known values, clipping, generalisation, and what the picture weighs and shows."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
import shapely
from coloraide import Color

from drills.chapters import geography
from drills.counting import definitions, places
from drills.figures import look
from drills.figures.forms import maps
from drills.figures.layout import LAYOUTS
from drills.figures.svg import to_svg
from drills.record import tables

SHAPES = {"sea": maps.Shape("At sea", "o", "both"), "air": maps.Shape("In the air", "^", "russia")}
MARKS = pd.DataFrame([("a", "sea", True, 43.0, 132.0, 4, "old"), ("b", "air", False, 35.0, 131.0, 1, "new"),
                      ("c", "sea", False, -34.0, 18.4, 1, "new")],
                     columns=["event_id", "group", "is_point", "mark_latitude", "mark_longitude", "n_at_mark",
                              "period"])
# Kazakhstan, Chukotka, South Africa, Honshu; Sea of Japan, Caspian, Black Sea, Bering Sea, Arabian Sea
ON_LAND = ((48, 67), (67, 180), (-29, 24), (36.2, 138.2))
AT_SEA = ((40, 134), (42, 51), (43, 34), (58, 180), (15, 60))
EACH_LAYOUT = pytest.mark.parametrize("layout", LAYOUTS, ids=["wide", "narrow"])


@cache
def cards():
    record = tables.load()
    events, default = definitions.select(record.events), definitions.DEFAULT
    areas = record.sea_areas
    located, waters = places.located(events, areas), places.waters(events, areas)
    return {card.card_id: card for card in (
        geography.everywhere_card(located, default, record.as_of),
        geography.by_period_card(located, default, record.as_of),
        geography.waters_card(waters, [], default, record.as_of),
        geography.distances_card(places.distances(events, maps.outlines(), areas), default, record.as_of))}


def drawn(figure) -> ElementTree.Element:
    return ElementTree.fromstring(to_svg(figure, "x", "title", "description"))


def test_the_centre_is_the_origin():
    """Catch another centre than the one that is stated."""
    assert np.allclose(maps.project(45, 105), 0)


@pytest.mark.parametrize("latitude, longitude, expected", [
    # 90 degrees from the centre are sqrt(2) away (Snyder 1987, eq. 24-1), due north and east on the axes
    (45, -75, (0, 2 ** 0.5)), (0, 195, (2 ** 0.5, 0)), (0, 15, (-(2 ** 0.5), 0)), (-45, 105, (0, -(2 ** 0.5))),
    (75, 105, (0, 2 * np.sin(np.radians(15)))), (15, 105, (0, -2 * np.sin(np.radians(15)))),
])
def test_projection(latitude, longitude, expected):
    """Catch axes that are swapped or turned, and a scale that is wrong away from the centre."""
    assert np.allclose(maps.project(latitude, longitude), expected, atol=1e-12)


@pytest.mark.parametrize("latitude, longitude", [(45, 105), (0, 60), (70, 180), (-33, 20), (40, 160), (55, 20)])
def test_areas_are_kept(latitude, longitude):
    """Catch a projection that makes one region larger than another: a small cell keeps its area on the sphere."""
    d = 0.05
    corners = np.array([(latitude + a * d, longitude + b * d) for a, b in ((-1, -1), (-1, 1), (1, 1), (1, -1))])
    x, y = maps.project(*corners.T)
    area = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    north, south = np.radians(latitude + d), np.radians(latitude - d)
    assert area == pytest.approx(np.radians(2 * d) * (np.sin(north) - np.sin(south)), rel=1e-5)


def test_nothing_is_drawn_beyond_the_horizon():
    """Catch a point near the antipode thrown across the map."""
    assert np.isnan(maps.project(-45, -75)).all() and np.isnan(maps.project(10, -70)[0])
    assert maps.is_on_map([43, 10, 40], [132, -70, -100]).tolist() == [True, False, False]


@pytest.mark.parametrize("points, area", [
    ([(-5, -5), (5, -5), (5, 5), (-5, 5)], 25), ([(2, 2), (4, 2), (4, 4), (2, 4)], 4),
    ([(-9, -9), (-5, -9), (-5, -5)], 0), ([(-50, -50), (50, -50), (50, 50), (-50, 50)], 200),
    ([(-10, 5), (30, 5), (30, 8), (-10, 8)], 60),
])
def test_clipping(points, area):
    """Catch land drawn outside the map or cut away inside: a map of 20 by 10."""
    inside = maps.clipped([shapely.Polygon(points)], 20, 10)
    assert shapely.area(inside).sum() == pytest.approx(area)
    assert shapely.contains_properly(shapely.box(-0.1, -0.1, 20.1, 10.1), inside).all()


def test_a_lake_stays_a_lake():
    """Catch a hole whose ring runs the same way as the outer one, which a picture would fill."""
    [part] = maps.clipped([shapely.box(-5, -5, 15, 15).difference(shapely.box(2, 2, 4, 4))], 20, 10)
    assert part.exterior.is_ccw and [hole.is_ccw for hole in part.interiors] == [False]


@pytest.mark.parametrize("width", [326, 718])
def test_the_land_of_a_picture(width):
    """Catch land that fills a sea, strays from its outline by what can be seen, or leaves the map."""
    drawn_land = maps.land(width)
    rings = [shapely.Polygon(ring) for ring in drawn_land.to_polygons()]

    def is_land(latitude, longitude):
        return shapely.contains_xy(rings, *maps.pixels(latitude, longitude, width)).sum() == 1

    assert [is_land(*point) for point in ON_LAND] == [True] * 4
    assert [is_land(*point) for point in AT_SEA] == [False] * 5
    assert drawn_land.vertices.min() >= 0
    assert (drawn_land.vertices <= [width, maps.height_of(width)]).all()
    finer = maps.land(width, tolerance=0.05)
    assert 1.2 * len(drawn_land.vertices) < len(finer.vertices)


def test_the_base_map():
    """Catch an extract that is torn at the date line, misses a sea, or grows too heavy for the repository."""
    base = maps.outlines()
    assert set(base) == {"land", "RUS", "CHN"} and maps.LAND_FILE.stat().st_size < 150_000
    for ring in [ring for part in base.values() for ring in shapely.get_rings(shapely.get_parts(part))]:
        longitude, _ = np.array(ring.coords).T
        assert np.abs(np.diff(longitude)).max() < 60
        assert longitude.min() >= -20 and longitude.max() <= 230
    assert [shapely.contains_xy(base["land"], east, north) for north, east in ON_LAND] == [True] * 4
    assert [shapely.contains_xy(base["land"], east, north) for north, east in AT_SEA] == [False] * 5
    corners = shapely.get_coordinates(base["land"])
    assert not np.isnan(maps.project(corners[:, 1], corners[:, 0])).any()


@EACH_LAYOUT
def test_one_map(layout):
    """Catch a mark that is lost, a hollow one filled, and a size that does not follow the count."""
    with look.style():
        root = drawn(maps.world(layout, MARKS, SHAPES))
    words = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"At sea", "In the air", "1 event", "6 events", "RUSSIA"} <= set(words)
    figure = maps.world(layout, MARKS, SHAPES)
    marks = {(line.get_marker(), line.get_markerfacecolor()): line for line in figure.axes[1].lines}
    assert set(marks) == {("o", look.LIGHT["both"]), ("^", "none"), ("o", "none")}
    four, one = (marks["o", fill].get_markersize() for fill in (look.LIGHT["both"], "none"))
    assert four == pytest.approx(2 * one, abs=0.02)
    west = marks["o", "none"].get_xydata()[0]
    assert (west < marks["o", look.LIGHT["both"]].get_xydata()[0]).all()


@EACH_LAYOUT
def test_small_multiples_write_the_land_once(layout):
    """Catch four maps that weigh four times as much, and marks in the wrong period."""
    with look.style():
        figure = maps.world(layout, MARKS, SHAPES, panel="period", titles=dict.fromkeys(
            ("old", "new", "newer", "newest"), "title"))
        svg = to_svg(figure, "x", "title", "description")
    assert len([path for path in re.findall(r' d="([^"]*)"', svg) if len(path) > 5000]) == 1
    assert sum(len(line.get_xdata()) for axes in figure.axes for line in axes.lines) == len(MARKS)
    frames = [axes.get_position() for axes in figure.axes[1:]]
    assert len(frames) == 4 and len({frame.x0 for frame in frames}) == (1 if layout.is_narrow else 2)


@EACH_LAYOUT
@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_an_odd_number_of_maps_has_room(layout, number):
    """Catch a last map, alone in its row, that lies below the edge of the picture."""
    with look.style():
        figure = maps.world(layout, MARKS, SHAPES, panel="period", titles={str(one): "title" for one in range(number)})
    assert len(figure.axes) == number + 1
    assert all(axes.get_position().y0 >= 0 for axes in figure.axes)


@pytest.mark.parametrize("palette", [look.LIGHT, look.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("role", ["both", "russia", "other"])
def test_marks_can_be_told_from_land(palette, role):
    """Catch land filled so strongly that a mark on it has less than the contrast that it needs."""
    land = Color.layer([Color(palette["band"]).set("alpha", maps.LAND_OPACITY), palette["paper"]])
    assert Color(palette[role]).contrast(land, method="wcag21") >= 3


@pytest.mark.parametrize("card_id, most", [("events-map", 120_000), ("events-map-periods", 200_000)])
def test_weight(card_id, most):
    """Catch a map that makes its page slow: both layouts together, in bytes."""
    assert sum(len(cards()[card_id].svg(layout).encode()) for layout in LAYOUTS) < most


@pytest.mark.parametrize("card_id, columns", [
    ("events-map", "start_date name kind place precision latitude longitude n_at_mark"),
    ("events-map-periods", "period start_date name kind place precision latitude longitude n_at_mark"),
    ("sea-areas", "area year events names is_first"),
    ("event-distances", "start_date name place precision RUS_km CHN_km nearer_km farther_km"),
])
def test_cards(card_id, columns):
    """Catch a card without a mark for an event, or a headline at odds with its own table."""
    card = cards()[card_id]
    assert " ".join(card.columns) == columns and card.note and card.alt
    if card_id == "events-map":
        known = card.table[card.table["latitude"].notna()]
        naval_or_air = known["kind"].str.contains("At sea|In the air").sum()
        assert f"{naval_or_air} of the {len(known)} were naval" in card.note and f"of {len(known)} within" in card.title
        assert geography.once(card.table)["n_at_mark"].sum() == len(known)
    if card_id == "event-distances":
        assert f"{(card.table['nearer_km'] == 0).sum()} were on the territory" in card.note
        assert card.title.startswith(f"{(card.table['nearer_km'] > 1000).sum()} of {len(card.table)} events")


def test_every_group_has_a_shape():
    """Catch a group of events that the map cannot draw, and two groups that differ in colour alone."""
    events = definitions.select(tables.load().events)
    assert set(places.groups(events)) <= set(geography.SHAPES)
    assert len({shape.marker for shape in geography.SHAPES.values()}) == len(geography.SHAPES)
