"""The pictures of a series page: its editions along the years, and the sizes of those that have one, as ranges.

Both are the forms of the chapters, drawn for one series in both layouts; the tables of the page hold the same rows.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure

from ... import kept
from ...counting.reading import Reading
from ...counting.sizes import AIRCRAFT_MEASURES, SHIP_MEASURES, sizes
from ...figures import look
from ...figures.forms.lanes import MARKS, draw_lanes
from ...figures.forms.ranges import range_rows
from ...figures.layout import LAYOUTS, Layout
from ...figures.svg import to_svg
from ...wording import numbers

# What is drawn of a series: the first of these that two or more of its events have.
MEASURES = {"Troops": ("troops",), "Ships": SHIP_MEASURES, "Aircraft": AIRCRAFT_MEASURES}
LEAST_ROWS = 2
# From the root of the site, where pictures lead to, to the folder of the series.
UP = "../"
# By how much an axis goes on beyond the smallest and the largest figure.
BEYOND = 1.6


def lane(table: pd.DataFrame) -> Markup:
    """The editions of a series along the years; table: its rows of `editions.lanes`. Empty without any."""
    if table.empty:
        return Markup("")
    counts = table["mark"].value_counts()
    said = "; ".join(f"{label.lower()}: {numbers.count(counts[mark])}" for mark, (label, _) in MARKS.items()
                     if mark in counts)
    title = f"{table['series'].iloc[0]}: {numbers.plural(len(table), 'event')} along the years"
    # the page names the series
    bare = table.assign(series="")
    return pictures("lane", title, f"{said}. The table below holds the same events.", names(table),
                    lambda layout: draw_lanes(layout, bare))


def ranges(reading: Reading, events: pd.DataFrame) -> tuple[str, Markup]:
    """The sizes of the events of a series that were held, and the name of what is drawn; both empty without any.

    events: their rows of `events`.
    """
    held = events[events["status"] == "held"]
    for head, measures in MEASURES.items():
        table = sizes(held, reading.groups, measures, "ALL")
        if len(table) >= LEAST_ROWS:
            return head, _ranges(head, table)
    return "", Markup("")


def _ranges(head: str, table: pd.DataFrame) -> Markup:
    label = table["name"].where([date[:4] in name for date, name in zip(table["start_date"], table["name"],
                                                                       strict=True)],
                                table["name"] + ", " + table["start_date"].str[:4])
    table = table.assign(label=label)
    given = table[[f"{side}_{bound}" for side in ("official", "assessed") for bound in ("low", "best", "high")]]
    limits = (float(given.min().min()) / BEYOND, float(given.max().max()) * BEYOND)
    said = "; ".join(f"{row.label}: official {row.official_text}, assessed {row.assessed_text}"
                     for row in table.itertuples())
    words = f"{head} of all participants"
    return pictures("sizes", words, f"Ranges on a log axis. {said}.", names(table),
                    lambda layout: range_rows(layout, table, label="label", value_label=words, limits=limits))


def names(table: pd.DataFrame) -> dict[str, str]:
    """Name and first day of each event, for its link."""
    return dict(zip(table["event_id"], table["name"] + ", " + table["start_date"], strict=True))


def pictures(prefix: str, title: str, said: str, links: dict[str, str], draw: Callable[[Layout], Figure]) -> Markup:
    """A picture in both layouts, of which the page shows the one that fits."""
    given = (prefix, title, said, links, draw)
    # what stands in an SVG is escaped by the writer of the XML
    return Markup(kept.keep("series", given, lambda: _drawn(*given)))


def _drawn(prefix: str, title: str, said: str, links: dict[str, str], draw: Callable[[Layout], Figure]) -> str:
    with look.style():
        return "".join(f'<div class="jd-chart jd-{layout.name}">'
                       f'{to_svg(draw(layout), f"{prefix}-{layout.name}", title, said, links, UP)}</div>'
                       for layout in LAYOUTS)
