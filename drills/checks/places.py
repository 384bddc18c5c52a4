"""Where events were, and the countries of the record: one function for each rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd
from babel.core import get_global

from ..record.nearness import MOST, is_one_slip, question
from ..record.problems import Problem
from .rows import Rows

BOX_MARGIN_DEGREES = 10


def country_boxes(rows: Rows) -> dict[str, list[tuple[float, float, float, float]]]:
    """The boxes (south, north, west, east) of every country in the record."""
    boxes = defaultdict(list)
    for row in rows.country_boxes.itertuples():
        boxes[row.country].append((row.south, row.north, row.west, row.east))
    return dict(boxes)


def in_box(latitude: float, longitude: float, box: tuple[float, float, float, float]) -> bool:
    """Whether a point lies in a country's bounding box (south, north, west, east), widened by the margin."""
    south, north, west, east = box
    return (south - BOX_MARGIN_DEGREES <= latitude <= north + BOX_MARGIN_DEGREES
            and west - BOX_MARGIN_DEGREES <= longitude <= east + BOX_MARGIN_DEGREES)


def countries_exist(rows: Rows) -> Iterator[Problem]:
    """Catch KZA for KAZ, which has the form of a country code."""
    if not rows.raw["country_boxes"].is_read:
        return
    known = sorted(set(rows.read["country_boxes"]["country"].dropna()))
    for line, code in rows.participants.loc[~rows.participants["country"].isin(known), "country"].items():
        # a code that another country has is no slip
        near = [name for name in known if code not in get_global("territory_aliases")
                and (sorted(name) == sorted(code) or is_one_slip(code, name))]
        yield rows.at("participants", line, "country", code, f"'{code}' is not a country of the record",
                      (f"{question(near)} If not, " if 0 < len(near) <= MOST else "")
                      + "add its box to country_boxes.csv")


def places_are_plausible(rows: Rows) -> Iterator[Problem]:
    """Catch swapped or mistyped coordinates, and a precision that does not go with them."""
    boxes, hidden = country_boxes(rows), rows.hidden_events("participants", "country", "is_host")
    people = rows.read["participants"]
    hosts = people[people["is_host"] == "true"].groupby("event_id")["country"].agg(list)
    for event in rows.events.itertuples():
        latitude, longitude = event.latitude, event.longitude
        known = [pd.notna(latitude), pd.notna(longitude)]
        if any(known) != all(known):
            column = "longitude" if known[0] else "latitude"
            yield rows.at("events", event.Index, column, "", f"only one of the coordinates is given: {column} is blank",
                          "give both or none")
        elif all(known) and event.place_precision == "unknown":
            yield rows.at("events", event.Index, "place_precision", "unknown",
                          "coordinates are given for a place that is called unknown",
                          "empty them, or say what they stand for")
        elif not any(known) and event.place_precision in ("point", "area"):
            yield rows.at("events", event.Index, "latitude", "",
                          f"coordinates are blank for a place known as {event.place_precision}",
                          "give them, or set place_precision to country or unknown")
        elif all(known):
            here = [box for host in hosts.get(event.event_id, []) for box in boxes.get(host, [])]
            if here and event.event_id not in hidden and not any(in_box(latitude, longitude, box) for box in here):
                yield rows.at("events", event.Index, "latitude", latitude,
                              f"{latitude:g}, {longitude:g} lies more than {BOX_MARGIN_DEGREES} degrees away from "
                              f"every host ({', '.join(hosts[event.event_id])})",
                              "look for swapped coordinates or a lost sign, or fix is_host in participants.csv")


RULES_OF_ONE_ROW = (countries_exist,)
RULES = (places_are_plausible,)
