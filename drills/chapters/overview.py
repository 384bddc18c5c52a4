"""The card that opens the site: every event of the record as one mark."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..counting import estimates, published
from ..counting.reading import Reading
from ..figures.card import Card, Column
from ..figures.forms.units import LANES, MARKS, draw_timeline
from ..figures.layout import Layout
from ..record.days import year_of
from ..wording import numbers as worded
from ..wording.dates import day
from ..wording.values import FRAMEWORKS, short
from . import headlines
from .common import NOTHING_COUNTED, known, unless_empty

LARGE = f"{worded.count(estimates.THRESHOLD)} troops or more by every account"
NOT_LARGE = "fewer, contested, or no figure"
# Series of which the timeline names the first edition: how joint exercises, and how joint flights began.
FIRSTS = ("peace-mission", "joint-air-patrol")


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
        "framework": events["framework"].map(FRAMEWORKS), "is_large": events["event_id"].isin(large),
    }).reset_index(drop=True).assign(size=lambda table: table["is_large"].map({True: LARGE, False: NOT_LARGE}))


def remarks(reading: Reading) -> pd.DataFrame:
    """What is said in words on the timeline: event_id (blank: of a whole year), year, words; by year.

    The first edition of the two alone of the series in FIRSTS, the largest official total, the most in a year.
    """
    events = reading.counted.sort_values(["start_date", "event_id"])
    said: list[Any] = [_first(events[events["series"] == series_id], reading.record.series, series_id)
                       for series_id in FIRSTS]
    official = reading.troops.dropna(subset="official_best")
    if len(official):
        largest = official.loc[official["official_best"].idxmax()]
        said.append((largest["event_id"], largest["start_date"], f"{largest['name']}: largest official total"))
    complete = reading.complete_years
    most = complete["total"].max()
    if most > 1:
        said += [(None, str(year), f"Most in one year: {worded.count(most)}")
                 for year in complete.loc[complete["total"] == most, "year"]]
    table = pd.DataFrame(filter(None, said), columns=["event_id", "day", "words"]).astype({"event_id": object})
    return table.assign(year=table["day"].str[:4].astype(int)).sort_values("day", kind="stable", ignore_index=True)


def _first(editions: pd.DataFrame, series: pd.DataFrame, series_id: str) -> tuple[str, str, str] | None:
    """The first edition of the two alone: event_id, first day and words; None if there is none."""
    alone = editions[editions["framework"] == "bilateral"]
    if alone.empty:
        return None
    row, first = series.set_index("series_id").loc[series_id], alone.iloc[0]
    name = short(row["name"])
    # a series of patrols has no name of its own but says what they are
    said = name[0].lower() + name[1:] if row["kind"] == "patrol" else name
    is_first = editions["event_id"].iloc[0] == first["event_id"]
    return first["event_id"], first["start_date"], f"First {'' if is_first else 'bilateral '}{said}"


def timeline_card(table: pd.DataFrame, said: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """One mark for each event, stacked by year in four lanes; said: `remarks`."""
    core, patrol = list(MARKS)[:2]
    held = table["mark"].isin([core, patrol])
    years = table.loc[held, "year"]
    middle = years.sort_values(ignore_index=True, kind="stable").iloc[int(held.sum()) // 2]
    title = headlines.all_along(held.sum(), (years >= middle).sum(), middle)
    subtitle = (f"{worded.count(len(table))} activities, each one mark in the year in which it began. Record as of "
                f"{day(as_of)}.")
    note = ("Counted: exercises and patrols that were held with forces of both states; a patrol is not an exercise. "
            "Held and not counted are, for example, events that one of the two only watched, competitions, and "
            "exercises of third parties that both attended. Larger marks: the total of all participants, as reported "
            "or as planned. The last year is incomplete. Source: Joint Drills, events.csv and claims.csv.")
    alt = (f"Unit chart of {len(table)} activities from {table['year'].min()} to {table['year'].max()} in "
           f"{len(LANES)} lanes. "
           + "; ".join(f"{lane}: {worded.count((table['lane'] == lane).sum())}" for lane in LANES) + ". "
           + "; ".join(f"{mark.lower()}: {worded.count((table['mark'] == mark).sum())}" for mark in MARKS)
           + f"; {LARGE}: {worded.count(table['is_large'].sum())}."
           + "".join(f" {row.words}, {row.year}." for row in said.itertuples()))
    columns = {"start_date": Column("First day"), "name": Column("Event"), "lane": Column("Lane"),
               "mark": Column("Status"), "framework": Column("Framework"), "size": Column("Size, all participants")}

    def draw(layout: Layout, rows: pd.DataFrame):
        return draw_timeline(layout, rows, LARGE, said)

    return Card("timeline", title, subtitle, note, alt, table, columns, draw)


@unless_empty("timeline", *NOTHING_COUNTED)
def timeline(reading: Reading) -> Card:
    """Every event of the record as one mark."""
    return timeline_card(timeline_table(reading.record.events, reading.classes), remarks(reading), reading.as_of)


def numbers(reading: Reading) -> dict[str, str]:
    """The numbers of the chapter's prose by name, as finished words; those of its parts are made in the site."""
    return {**_of_the_record(reading), **_of_years(reading), **_of_counted(reading), **_of_others(reading)}


def _of_the_record(reading: Reading) -> dict[str, str]:
    """How much the record holds, and what of it was not held."""
    record = reading.record
    years, status = year_of(record.events["start_date"]), record.events["status"].value_counts()
    return {"n_all": worded.count(len(record.events)), "first_year": str(years.min()), "last_year": str(years.max()),
            "n_claims": worded.count(len(record.claims)), "n_sources": worded.count(len(record.sources)),
            "as_of": day(reading.as_of),
            "n_other": worded.count(status.get("held", 0) - len(reading.counted)),
            **{f"n_{name}": worded.count(status.get(name, 0)) for name in ("planned", "cancelled", "disputed")}}


def _of_others(reading: Reading) -> dict[str, str]:
    """The range of the totals that others have published for the whole subject."""
    totals = published.totals(reading.beside_ours, reading.as_of)["theirs_low"]
    return {"least": known(totals.min(), worded.count, "no number"),
            "most": known(totals.max(), worded.count, "no number")}


def _of_years(reading: Reading) -> dict[str, str]:
    """Counted events of the last complete year, and the trend as a sentence without its full stop."""
    last, trend = reading.complete_years.iloc[-1], reading.trend
    return {"last_complete": str(int(last["year"])), "n_last": worded.none_or(last["total"], "event"),
            "trend": headlines.trend(trend.ratio, trend.low, trend.high, trend.first)}


def _of_counted(reading: Reading) -> dict[str, str]:
    """Counted events by kind and by publishers."""
    events = reading.counted
    publishers = events["event_id"].map(reading.houses)
    return {"n_core": worded.count(len(events)), "n_patrols": worded.count((events["kind"] == "patrol").sum()),
            "publishers": known(publishers.median(), worded.count, "no"),
            "n_single": worded.count((publishers <= 1).sum())}
