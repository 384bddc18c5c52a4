"""The card that opens the site: every event of the record as one mark."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..counting import estimates
from ..figures.card import Card, Column
from ..figures.forms.units import LANES, MARKS, draw_timeline
from ..figures.layout import Layout
from ..record.days import year_of
from ..wording import numbers
from ..wording.dates import day

LARGE = f"{numbers.count(estimates.THRESHOLD)} troops or more by every account"
NOT_LARGE = "fewer, contested, or no figure"


def timeline_table(events: pd.DataFrame, classes: pd.DataFrame) -> pd.DataFrame:
    """Every event with its lane and mark: event_id, name, year, start_date, lane, mark, framework, is_large, size.

    classes: rows of `drills.scale.classes`.
    """
    large = classes.loc[classes["class_ALL"] == "yes", "event_id"]
    lane = {domain: name for name, domains in LANES.items() for domain in domains}
    core, patrol, wider, planned, cancelled, disputed = MARKS
    mark = np.select(
        [events["status"] == "planned", events["status"] == "cancelled", events["status"] == "disputed",
         events["tier"] == "wider", events["kind"] == "patrol"],
        [planned, cancelled, disputed, wider, patrol], core)
    return pd.DataFrame({
        "event_id": events["event_id"], "name": events["name"], "year": year_of(events["start_date"]),
        "start_date": events["start_date"], "lane": events["domain"].map(lane), "mark": mark,
        "framework": events["framework"].str.replace("_", " "), "is_large": events["event_id"].isin(large),
    }).reset_index(drop=True).assign(size=lambda table: table["is_large"].map({True: LARGE, False: NOT_LARGE}))


def timeline(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """One mark for each event, stacked by year in four lanes."""
    core, patrol = list(MARKS)[:2]
    held = table["mark"].isin([core, patrol])
    years = table.loc[held, "year"]
    middle = years.sort_values(ignore_index=True).iloc[int(held.sum()) // 2]
    title = (f"{numbers.count(held.sum())} times the forces of both states took part, "
             f"{numbers.count((years >= middle).sum())} of them since {middle}")
    subtitle = (f"Every activity in the record by the year in which it began: {numbers.count(len(table))} marks. "
                f"Record as of {day(as_of)}.")
    note = ("Of the wider tier: events that one of the two only watched, competitions, and exercises of third "
            "parties that both attended. Patrols are not exercises and have a mark of their own. Larger marks: the "
            "total of all participants, as reported or as planned. The last year is incomplete. Source: Joint Drills, "
            "events.csv and claims.csv.")
    alt = (f"Unit chart of {len(table)} activities from {table['year'].min()} to {table['year'].max()} in "
           f"{len(LANES)} lanes. "
           + "; ".join(f"{lane}: {numbers.count((table['lane'] == lane).sum())}" for lane in LANES) + ". "
           + "; ".join(f"{mark.lower()}: {numbers.count((table['mark'] == mark).sum())}" for mark in MARKS)
           + f"; {LARGE}: {numbers.count(table['is_large'].sum())}.")
    columns = {"start_date": Column("First day"), "name": Column("Event"), "lane": Column("Lane"),
               "mark": Column("Status"), "framework": Column("Framework"), "size": Column("Size, all participants")}

    def draw(layout: Layout, rows: pd.DataFrame):
        return draw_timeline(layout, rows, LARGE)

    return Card("timeline", title, subtitle, note, alt, table, columns, draw)
