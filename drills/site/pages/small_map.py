"""The small map of an event page: one mark on the land, as inline SVG in the colours of the site."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd
from markupsafe import Markup
from matplotlib.path import Path as Outline

from ...figures.forms import maps
from ...templating import render

# Units of the picture, which is shown at half its size; outlines may stray by two of them.
WIDTH, TOLERANCE, LEAST_SIZE = 640, 2.0, 5.0


@cache
def land() -> Markup:
    """The land as path data in whole units, each ring as steps from its first corner."""
    outline, height = maps.land(WIDTH, TOLERANCE, LEAST_SIZE), maps.height_of(WIDTH)
    rings = np.split(outline.vertices, np.flatnonzero(outline.codes == Outline.MOVETO)[1:])
    return Markup("".join(_ring(np.column_stack([ring[:-1, 0], height - ring[:-1, 1]]).round().astype(int))
                          for ring in rings))


def _ring(points: np.ndarray) -> str:
    steps = np.diff(points, axis=0)
    steps = steps[steps.any(axis=1)]
    return (f"M{points[0, 0]} {points[0, 1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z").replace(" -", "-")


def why_none(event: Mapping) -> str:
    """Why an event has no map, as a sentence; empty if it has one."""
    if pd.isna(event["latitude"]) or pd.isna(event["longitude"]):
        return "No map: the place is not known, or too wide for a point."
    if not bool(maps.is_on_map(event["latitude"], event["longitude"])):
        return "No map: the place lies beyond the edges of the base map."
    return ""


def small_map(event: Mapping) -> Markup:
    """The map with the event on it; its point is filled for a town, range or harbour and hollow for an area."""
    x, y = (float(value) for value in maps.pixels(event["latitude"], event["longitude"], WIDTH))
    height = maps.height_of(WIDTH)
    return Markup(render("site/pages/parts/small_map.html.jinja", event=event, land=land(), x=round(x),
                         y=round(height - y), width=WIDTH, height=height, is_point=event["place_precision"] == "point"))
