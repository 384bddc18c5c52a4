"""Where events were: names of seas, distances and marks worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

from drills.counting import definitions, places
from drills.figures.forms import maps
from drills.record import tables

SQUARE = shapely.box(100, 40, 110, 50)
# event: domain, kind, framework, start, place, latitude, longitude, precision
EVENTS = {
    "a": ("naval", "exercise", "bilateral", "2012-04-22", "Yellow Sea off Qingdao", 36.0, 121.0, "area"),
    "b": ("naval", "patrol", "bilateral", "2021-10", "Sea of Japan, Tsugaru Strait", 37.0, 122.0, "area"),
    "c": ("air", "patrol", "bilateral", "2021-11-01", "Sea of Japan", 37.0, 121.0, "area"),
    "d": ("multi", "exercise", "china_led", "2021-12-01", "Central Sea of Japan", 40.0, 133.5, "area"),
    "e": ("multi", "exercise", "russia_led", "2020", "Astrakhan; Black and Caspian seas", 48.6, 45.8, "area"),
    "f": ("multi", "exercise", "bilateral", "2007", "Chebarkul range", 55.0, 60.4, "point"),
    "g": ("coast_guard", "exercise", "bilateral", "2021-10", "Taganrog", 47.2, 38.9, "point"),
    "h": ("internal_security", "exercise", "sco", "2022", "Yellow Sea Hotel", 36.1, 120.3, "point"),
    "i": ("naval", "exercise", "bilateral", "1999", None, np.nan, np.nan, "unknown"),
    "j": ("missile_defence", "command_post", "bilateral", "2016", "Moscow", 55.7, 37.6, "point"),
}

AREAS = tables.load().sea_areas


def events(*ids: str) -> pd.DataFrame:
    rows = [(one, one.upper(), *EVENTS[one]) for one in ids or EVENTS]
    return pd.DataFrame(rows, columns=["event_id", "name", "domain", "kind", "framework", "start_date", "place",
                                       "latitude", "longitude", "place_precision"])


@pytest.mark.parametrize("place, expected", [
    ("Sea of Japan", ["Sea of Japan"]), ("sea of japan, EAST CHINA SEA", ["Sea of Japan", "East China Sea"]),
    ("Yellow Sea off Qingdao, Shandong, China", ["Yellow Sea"]),
    ("Zhanjiang and waters east of it, South China Sea", ["South China Sea"]),
    ("Novorossiysk; eastern Mediterranean Sea", ["Mediterranean Sea"]),
    ("Vladivostok; Peter the Great Bay; Cape Klerk; Sea of Japan", ["Sea of Japan"]),
    ("Western Pacific, Sea of Japan, Tsugaru Strait, Osumi Strait",
     ["Sea of Japan", "Straits off Japan", "Open Pacific"]),
    ("Pacific: Sea of Japan, Sea of Okhotsk, Bering Sea, Philippine Sea, East China Sea",
     ["Sea of Japan", "East China Sea", "Sea of Okhotsk", "Philippine Sea", "Open Pacific", "Bering Sea"]),
    ("Chukchi Sea, Bering Sea, north Pacific (Alaska ADIZ)", ["Open Pacific", "Bering Sea", "Arctic Ocean"]),
    ("Pacific, Arctic Ocean, Mediterranean, Caspian and Baltic; Chinese part in Peter the Great Bay / Sea of Japan",
     ["Sea of Japan"]),
    ("Gulf of Oman / northern Arabian Sea / northern Indian Ocean", ["Gulf of Oman", "North Indian Ocean"]),
    ("Indian Ocean off KwaZulu-Natal, between Durban and Richards Bay", ["Off South Africa"]),
    ("Simon's Town / False Bay and waters off Cape Town", ["Off South Africa"]),
    ("Western Gulf of Aden (12.08-12.42 N, 44.38-44.73 E)", ["Gulf of Aden"]),
    ("Southern Military District; Black and Caspian seas", ["Caspian Sea", "Black Sea"]),
    ("Padang, West Sumatra, Indian Ocean", []), ("Baltiysk", []), ("Qingdao", []), ("Japan", []), ("", []),
])
def test_sea_areas(place, expected):
    """Catch a sea that is not named, one taken from a harbour, and one where the Chinese forces were not."""
    assert list(places.sea_areas(pd.Series([place]), AREAS)[0]) == expected


def test_groups():
    """Catch an event of a domain nobody thought of that falls out of the map, and a patrol drawn as an exercise."""
    assert "".join(f"{one}:{group} " for one, group in zip(EVENTS, places.groups(events()), strict=True)) == (
        "a:sea b:sea_patrol c:air d:land e:land f:land g:sea h:police i:sea j:land ")


def test_waters():
    """Catch a large Russian exercise that puts the Chinese forces into its seas, and an event of no known area lost."""
    rows = places.waters(events(), AREAS)
    assert [(row.event_id, row.year, None if pd.isna(row.area) else row.area) for row in rows.itertuples()] == [
        ("i", 1999, None), ("a", 2012, "Yellow Sea"), ("b", 2021, "Sea of Japan"), ("b", 2021, "Straits off Japan"),
        ("g", 2021, None), ("c", 2021, "Sea of Japan"), ("d", 2021, "Sea of Japan")]


def test_waters_by_year():
    """Catch a first year that is not the first, a missing place called a first, and areas out of order."""
    table = places.waters_by_year(places.waters(events(), AREAS))
    assert [tuple(row) for row in table[["area", "year", "events", "is_first"]].itertuples(index=False)] == [
        ("Yellow Sea", 2012, 1, True), ("Sea of Japan", 2021, 3, True), ("Straits off Japan", 2021, 1, True),
        ("", 1999, 1, False), ("", 2021, 1, False)]
    assert table["names"].iloc[1] == ("B", "C", "D")
    again = pd.concat([events(), events("a").assign(event_id="z", start_date="2013-05")])
    yellow = places.waters_by_year(places.waters(again, AREAS)).query("area == 'Yellow Sea'")
    assert yellow[["year", "first", "is_first"]].to_numpy().tolist() == [[2012, 2012, True], [2013, 2012, False]]


def test_earlier():
    """Catch a first time that an event outside the definition had before, within the same year not."""
    before = events("a").assign(start_date="2011-12-31")
    held = places.waters(pd.concat([events(), before.assign(event_id="z")]), AREAS)
    assert places.earlier(held, places.waters(events(), AREAS), AREAS) == ["Yellow Sea"]
    assert places.earlier(places.waters(events(), AREAS), places.waters(events("a", "b"), AREAS), AREAS) == []


@pytest.mark.parametrize("one, two, km", [
    ((0, 0), (0, 90), 10007.5), ((0, 0), (90, 0), 10007.5), ((0, 0), (0, 180), 20015.1), ((60, 0), (60, 0), 0),
    ((10, 179), (10, -179), 219.0), ((55.75, 37.62), (39.9, 116.4), 5793),
])
def test_haversine(one, two, km):
    """Catch degrees taken for radians, or a way around the earth across the date line."""
    assert places.haversine(*one, *two) == pytest.approx(km, abs=2)


def km_from(latitude: float, longitude: float, land: shapely.Geometry) -> float:
    return float(places.km_from(pd.Series([latitude]), pd.Series([longitude]), land)[0])


@pytest.mark.parametrize("latitude, longitude, km", [
    # 5 degrees along a meridian from the middle of a side; along the parallel of 45 N the great circle is shorter
    (45, 105, 0), (35, 105, 555.97), (55, 105, 555.97), (45, 115, 393.0), (35, 100, 555.97), (49.99, 109.99, 0),
])
def test_distance_to_a_square(latitude, longitude, km):
    """Catch a distance inside the land, and one to a far corner where a side is near."""
    assert km_from(latitude, longitude, SQUARE) == pytest.approx(km, abs=1)


def test_distance_across_the_date_line():
    """Catch a point at 175 W that is taken to be far from land at 185 E, or outside of it."""
    across = shapely.box(180, 40, 190, 50)
    assert km_from(45, -175, across) == 0
    assert km_from(45, -165, across) == pytest.approx(393.0, abs=1)


def test_distance_within_a_lake():
    """Catch a point on the Caspian that is taken to be on land."""
    lake = SQUARE.difference(shapely.box(101, 41, 109, 49))
    assert km_from(42, 105, lake) == pytest.approx(111.2, abs=1) and km_from(40.5, 105, lake) == 0


@pytest.mark.slow
@pytest.mark.parametrize("latitude, longitude, expected", [
    (55.75, 37.6, (0, 3200)), (39.9, 116.4, (1100, 0)), (54.7, 20.5, (0, 4200)), (66.5, -175, (0, 3500)),
    (71.1, -179.5, (0, 3300)), (50.25, 127.5, (0, 0)), (-34, 18.4, (8800, 9600)), (19.2, 109.8, (3300, 0)),
])
def test_distances_from_the_two_states(latitude, longitude, expected):
    """Catch a base map without Kaliningrad, Chukotka, Wrangel or Hainan; known places give their known distances."""
    table = places.distances(events("a").assign(latitude=latitude, longitude=longitude), maps.outlines(), AREAS)
    found = table.loc[0, ["RUS_km", "CHN_km"]].tolist()
    assert found == pytest.approx(expected, abs=100) and [one == 0 for one in found] == [one == 0 for one in expected]
    assert table.loc[0, ["nearer_km", "farther_km"]].tolist() == sorted(found)


def test_distances_leave_out_what_is_not_known():
    """Catch an event without a point that is put at zero."""
    table = places.distances(events("i", "f"), maps.outlines(), AREAS)
    assert table["event_id"].tolist() == ["f"] and (table["RUS_km"] % places.ROUNDED_KM == 0).all()


def test_crimea_does_not_decide():
    """Catch a distance that depends on whose Crimea is by more than the card's note says."""
    events, outlines = definitions.select(tables.load().events), maps.outlines()
    russia = shapely.get_parts(outlines["RUS"])
    is_crimea = shapely.contains_xy(russia, 34.1, 45.0)
    assert is_crimea.sum() == 1
    without = {**outlines, "RUS": shapely.MultiPolygon(russia[~is_crimea].tolist())}
    with_it, without_it = (places.distances(events, land, AREAS)["RUS_km"] for land in (outlines, without))
    assert (without_it - with_it).between(0, places.ROUNDED_KM).all()


def test_gathered():
    """Catch marks that join what differs in kind, chains longer than the distance, and events without a point."""
    near = pd.concat([events("a").assign(event_id=name, latitude=latitude)
                      for name, latitude in (("p", 36.0), ("q", 38.0), ("r", 40.0))])
    table = places.gathered(places.located(pd.concat([near, events("c", "f", "i")]), AREAS), 300).set_index("event_id")
    assert sorted(table.index) == ["c", "f", "p", "q", "r"]
    assert table["mark"].nunique() == 4 and sorted(table["n_at_mark"]) == [1, 1, 1, 2, 2]
    assert table.at["p", "mark"] != table.at["r", "mark"] and table.at["c", "n_at_mark"] == 1
    shared = table[table["n_at_mark"] == 2]
    assert shared["mark_latitude"].iloc[0] == pytest.approx(shared["latitude"].mean())
    assert shared["mark_longitude"].iloc[0] == pytest.approx(121)


def test_the_middle_across_the_date_line():
    """Catch the mean of 179 E and 179 W at Greenwich."""
    latitude, longitude = places.middle_of(pd.Series([10.0, 10.0]), pd.Series([179.0, -179.0]))
    assert latitude == pytest.approx(10, abs=0.01) and abs(longitude) == pytest.approx(180)


def test_crowded():
    """Catch a count that leaves out the event itself or takes in one too far: 1 degree of latitude is 111.2 km."""
    located = places.located(events("a", "b", "c", "f", "i"), AREAS)
    assert places.crowded(located, 112)[0] == 3 and places.crowded(located, 112)[1]["event_id"] == "c"
    assert places.crowded(located, 50)[0] == 1


def test_periods():
    """Catch a boundary year in the wrong period and a label that hides how far the last one reaches."""
    labels = places.periods(pd.Series([2003, 2009, 2010, 2015, 2016, 2020, 2021, 2026]), pd.Timestamp("2026-07-02"))
    assert labels.tolist() == ["2003–2009"] * 2 + ["2010–2015"] * 2 + ["2016–2020"] * 2 + ["2021–Jul 2026"] * 2
