"""The series pages: one for each named series, with its editions, pauses and numbers. Pure given the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from markupsafe import Markup

from ...counting import editions
from ...counting.reading import Reading
from ...counting.sizes import AIRCRAFT_MEASURES, SHIP_MEASURES
from ...templating import render
from ...wording import dates, numbers, values
from . import sentences, structured
from .event_tables import Rows
from .page import Entry, Page, shortened

# Columns of the table of events: what they are called, and the measures of the record that go there.
MEASURES = {"Troops": ("troops",), "Ships": SHIP_MEASURES, "Aircraft": AIRCRAFT_MEASURES}


def pages(reading: Reading, rows: Mapping[str, Rows], base_url: str) -> Iterator[Page]:
    """The page of every named series, in the order of the record; `editions.OTHER` is no series and has none.

    rows: `event_tables.rows`. base_url: address of the site, empty if it is not known.
    """
    record = reading.record
    events = {event["event_id"]: event for event in record.events.to_dict("records")}
    tables = [(dict(list(table.groupby("series_id"))), table.iloc[:0])
              for table in (reading.lanes, reading.gaps, reading.numbering)]
    for row in record.series.itertuples():
        if row.series_id != editions.OTHER:
            lane, gaps, numbered = (own.get(row.series_id, none) for own, none in tables)
            listed = [(events[event_id], rows[event_id]) for event_id in lane["event_id"]]
            yield page(row, listed, lane, gaps, numbering(numbered), record.package, base_url)


def page(row, events: list[tuple[dict, Rows]], lane: pd.DataFrame, gaps: pd.DataFrame, numbered: list,
         package: dict, base_url: str) -> Page:
    """The page of one series; row of series, its events with their rows, and its rows of `editions`."""
    lead = describe(row, lane)
    said = shortened(lead)
    listed = [edition(*one) for one in events]
    body = render(
        "site/pages/parts/series.html.jinja", row=row, package=package, lead=lead, editions=listed,
        pauses=[pause(gap) for gap in gaps.itertuples()], numbers=numbered,
        measures=[head for head in MEASURES if any(one["sizes"][head] for one in listed)],
        is_line=not row.is_gathered,
        rulings=[(event, ruling) for event, rows in events for ruling in rows.rulings])
    things = [structured.thing("Event", "events", event["event_id"],
                               values.headline(event["name"], event["status"]), base_url) for event, _ in events]
    names = tuple(text for text in (row.name_ru, row.name_zh, row.series_id) if isinstance(text, str))
    entry = Entry(f"series/{row.series_id}.html", row.name, "Series", names=names, about=row.description)
    return Page(f"series/{row.series_id}", row.name, said, Markup(body), entry,
                structured.series(row, said, things, base_url))


def describe(row, lane: pd.DataFrame) -> str:
    """One series in a sentence: what it is, how many events it has, and how many of them were not held."""
    held = lane[lane["mark"].isin(editions.HELD_MARKS)]
    others = [f"{numbers.count(number)} {mark}" for mark, number in lane["mark"].value_counts().sort_index().items()
              if mark not in editions.HELD_MARKS]
    years = f", {held['start_date'].min()[:4]} to {held['start_date'].max()[:4]}" if len(held) else ""
    return (f"{row.name}: {row.description}. {numbers.plural(len(held), 'event')} held{years}"
            + (f"; {numbers.listing(others)}" if others else "") + ".")


def edition(event: dict, rows: Rows) -> dict:
    """One event as a row of the table: event, when, countries that took part, and its figures by head of column."""
    return {"event": event, "when": dates.period(event["start_date"], event["end_date"]),
            "countries": ", ".join(rows.took_part),
            "sizes": {head: sentences.sizes_of(rows, measures) for head, measures in MEASURES.items()}}


def elapsed(years: float) -> str:
    """A span of years in words, in days where it is shorter than two months."""
    days = round(years * editions.DAYS_IN_YEAR)
    return numbers.plural(days, "day") if days < 60 else f"{numbers.decimal(years)} years"


def pause(gap) -> str:
    """One row of `editions.gaps` as a sentence."""
    kind = "bilateral" if gap.is_bilateral else "multilateral"
    longest = (f"the longest pause was {numbers.decimal(gap.pause)} years" if pd.notna(gap.pause) else
               "with one edition there is no pause to measure")
    return (f"{numbers.plural(gap.editions, f'{kind} edition')} held, the first {dates.date(gap.first)}, the last "
            f"{dates.date(gap.last)}; {longest}; {elapsed(gap.since)} have passed since the last.")


def numbering(numbered: pd.DataFrame) -> list:
    """The rows of `editions.numbering` with a number, those of one event together."""
    said = numbered[numbered["number"].notna()].sort_values(["start_date", "event_id", "thing", "number", "claimant"])
    return list(said.itertuples())
