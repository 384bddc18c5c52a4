"""Where: what acted there, sea areas by name, distance from the two states, places close together, periods. Pure.

Takes and gives frames; knows no file, no picture and no page. Coordinates in the record are rough: for a stretch of
sea or a route they are its middle, so distances are rounded to `ROUNDED_KM`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import shapely
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial import KDTree
from scipy.spatial.distance import squareform

from ..record.days import year_of
from ..wording.dates import short_month

EARTH_KM = 6371.0
ROUNDED_KM = 100
# Longest stretch of an outline without a corner, in degrees, when distances are measured to its corners.
STEP = 0.1
# Longitudes run from here once around, so that Chukotka and Alaska lie east of 180 and no outline is torn.
WEST = -20.0
# First years of the periods but the first, which begins with the first event.
STARTS = (2010, 2016, 2021)
# Where a place says which part of it was China's, only that part is where both were.
CHINESE_PART = r"Chinese part in (.*)"
AT_SEA = ("naval", "coast_guard")
# The groups of what was at sea or in the air.
AT_SEA_OR_AIR = ("sea", "sea_patrol", "air")
LED_BY_OTHERS = ("russia_led", "third_party")


def groups(events: pd.DataFrame) -> pd.Series:
    """What acted, by domain and kind: sea, sea_patrol, air, police, and land for all others (several domains too)."""
    domain = events["domain"]
    is_patrol = events["kind"] == "patrol"
    names = np.select([domain.isin(AT_SEA) & is_patrol, domain.isin(AT_SEA), domain == "air",
                       domain.isin(["internal_security", "cyber"])], ["sea_patrol", "sea", "air", "police"], "land")
    return pd.Series(names, index=events.index)


def located(events: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Every event with its group, is_point (a town, range or harbour, no area) and year, in the order given.

    areas: see `sea_areas`. Columns: event_id, name, start_date, year, group, place, sea_areas (tuple), is_point,
    latitude, longitude (NaN where not known).
    """
    table = events[["event_id", "name", "start_date", "place", "latitude", "longitude"]].assign(
        year=year_of(events["start_date"]), group=groups(events), is_point=events["place_precision"] == "point",
        sea_areas=sea_areas(events["place"], areas))
    return table.reset_index(drop=True)


def periods(years: pd.Series, as_of: pd.Timestamp) -> pd.Series:
    """The period of each year as an ordered category, from the first year to the day of the record."""
    starts = [start for start in STARTS if start > years.min()]
    firsts = [int(years.min()), *starts]
    ends = [*(str(start - 1) for start in starts), short_month(as_of)]
    labels = [f"{first}–{end}" for first, end in zip(firsts, ends, strict=True)]
    return pd.cut(years, [*firsts, np.inf], right=False, labels=labels)


def gathered(table: pd.DataFrame, within_km: float, by: Sequence[str] = ("group", "is_point")) -> pd.DataFrame:
    """Rows of `located` with a known point, and the mark they share with others no farther apart than `within_km`.

    Complete linkage among rows alike in `by` (scipy `linkage`): any two events of a mark are within that distance.
    Added columns: mark (a number), mark_latitude, mark_longitude (the middle of the mark), n_at_mark.
    """
    known = table[table["latitude"].notna()].copy()
    known["mark"], found = 0, 0
    for _, rows in known.groupby(list(by), sort=True, observed=True):
        apart = haversine(*(rows[name].to_numpy()[:, None] for name in ("latitude", "longitude")),
                          *(rows[name].to_numpy()[None, :] for name in ("latitude", "longitude")))
        tree = linkage(squareform(apart, checks=False), "complete") if len(rows) > 1 else None
        number = np.ones(1, int) if tree is None else fcluster(tree, within_km, "distance")
        known.loc[rows.index, "mark"] = number + found
        found += number.max()
    middle = {mark: middle_of(rows["latitude"], rows["longitude"]) for mark, rows in known.groupby("mark")}
    return known.assign(mark_latitude=known["mark"].map(lambda mark: middle[mark][0]),
                        mark_longitude=known["mark"].map(lambda mark: middle[mark][1]),
                        n_at_mark=known.groupby("mark")["mark"].transform("size"))


def crowded(table: pd.DataFrame, within_km: float) -> tuple[int, pd.Series]:
    """The most events within a distance of one of them, that one included, and the row of `located` it is."""
    known = table[table["latitude"].notna()]
    latitude, longitude = (known[name].to_numpy() for name in ("latitude", "longitude"))
    near = (haversine(latitude[:, None], longitude[:, None], latitude, longitude) <= within_km).sum(axis=1)
    return int(near.max()), known.iloc[int(near.argmax())]


def haversine(latitude, longitude, other_latitude, other_longitude):
    """Great-circle distance in km on a sphere of radius `EARTH_KM`; degrees, scalars or arrays."""
    one, two = np.radians(latitude), np.radians(other_latitude)
    half = np.sin((two - one) / 2) ** 2 + np.cos(one) * np.cos(two) * np.sin(
        np.radians(np.subtract(other_longitude, longitude)) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


def directions(latitude, longitude) -> np.ndarray:
    """Points on the sphere, in degrees, as unit vectors from its middle: one row for each."""
    north, east = np.radians(latitude), np.radians(longitude)
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def middle_of(latitude: pd.Series, longitude: pd.Series) -> tuple[float, float]:
    """The middle of points on the sphere: the direction of the mean of their unit vectors, in degrees."""
    x, y, z = directions(latitude, longitude).mean(axis=0)
    return float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x)))


def km_from(latitude: pd.Series, longitude: pd.Series, land: shapely.Geometry) -> np.ndarray:
    """Great-circle km from each point to the nearest corner of an area, long edges cut to `STEP` degrees; 0 inside.

    land: in degrees of longitude, from `WEST` once around, and latitude.
    """
    corners = shapely.get_coordinates(shapely.segmentize(land, STEP))
    chords, _ = KDTree(directions(corners[:, 1], corners[:, 0])).query(directions(latitude, longitude))
    is_inside = shapely.contains_xy(land, (longitude - WEST) % 360 + WEST, latitude)
    return np.where(is_inside, 0, 2 * EARTH_KM * np.arcsin(np.clip(chords / 2, 0, 1)))


def distances(events: pd.DataFrame, territory: Mapping[str, shapely.Geometry],
              areas: pd.DataFrame) -> pd.DataFrame:
    """How far each event with a known point was from the land of the two states, rounded to `ROUNDED_KM`.

    territory: areas as `km_from` takes them by country, for RUS and CHN. Columns: those of `located`, RUS_km, CHN_km,
    nearer_km and farther_km.
    """
    known = located(events, areas)
    known = known[known["latitude"].notna()].reset_index(drop=True)
    for country in ("RUS", "CHN"):
        exact = km_from(known["latitude"], known["longitude"], territory[country])
        known[f"{country}_km"] = [round(km / ROUNDED_KM) * ROUNDED_KM for km in exact]
    both = known[["RUS_km", "CHN_km"]]
    return known.assign(nearer_km=both.min(axis=1), farther_km=both.max(axis=1))


def sea_areas(places: pd.Series, areas: pd.DataFrame) -> pd.Series:
    """The sea areas that the words of each place name, as tuples in the order of `areas`.

    places: text, NA where not known. areas: frame of sea_areas.csv, whose words are matched whole and in any case.
    """
    named = {row.sea_area: re.compile(r"\b(?:" + "|".join(map(re.escape, row.words)) + r")\b", re.IGNORECASE)
             for row in areas.itertuples()}
    known = places.fillna("")
    where = known.str.extract(CHINESE_PART)[0].fillna(known)
    return pd.Series([tuple(area for area, words in named.items() if words.search(place)) for place in where],
                     places.index, dtype=object)


def waters(events: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Every sea area of each event at sea or in the air over it, by date; an event can be in several.

    Exercises of several domains count if they name a sea and are not led by Russia or a third party: the seas of such
    a large exercise need not be where both were. Columns: event_id, name, start_date, year, place, area (blank if no
    known one is named).
    """
    named = sea_areas(events["place"], areas)
    is_several = (events["domain"] == "multi") & ~events["framework"].isin(LED_BY_OTHERS) & (named.str.len() > 0)
    table = events.assign(area=named.where(named.str.len() > 0, None), year=year_of(events["start_date"]))
    table = table[events["domain"].isin([*AT_SEA, "air"]) | is_several].explode("area")
    return table.sort_values(["start_date", "event_id"], kind="stable")[
        ["event_id", "name", "start_date", "year", "place", "area"]].reset_index(drop=True)


def waters_by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Events of `waters` by area and year, the area that came first on top; those without an area come last.

    Columns: area, year, events, names (tuple), is_first (the first year of the area), first (that year).
    """
    table = rows.assign(area=rows["area"].fillna("")).groupby(["area", "year"], sort=False).agg(
        events=("event_id", "size"), names=("name", tuple), day=("start_date", "min")).reset_index()
    day = table.groupby("area")["day"].transform("min")
    first = table.groupby("area")["year"].transform("min")
    table = table.assign(first=first, is_first=(table["year"] == first) & (table["area"] != ""),
                         last=table["area"] == "", order=day)
    table = table.sort_values(["last", "order", "area", "year"], kind="stable", ignore_index=True)
    return table.drop(columns=["day", "order", "last"])


def earlier(held: pd.DataFrame, counted: pd.DataFrame, areas: pd.DataFrame) -> list[str]:
    """The areas of `counted`, in the order of `areas`, in which an event of `held` was in an earlier year.

    held, counted: as `waters` gives them.
    """
    before, first = (rows.groupby("area")["year"].min() for rows in (held, counted))
    return [area for area in areas["sea_area"] if area in first.index and before.get(area, np.inf) < first[area]]
