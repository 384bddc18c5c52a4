"""The series pages: one for each named series, with its editions, pauses and numbers. Pure given the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from markupsafe import Markup

from ...addresses import SERIES_FIGURES
from ...counting import editions
from ...counting.reading import Reading
from ...figures.card import Card
from ...record.days import year_of
from ...templating import render
from ...wording import dates, numbers, values
from . import structured
from .event_tables import GROUPS, STATES, Rows
from .page import Entry, Page, shortened
from .series_pictures import MEASURES

# One column of the table of sizes: what is counted, whose it is, and by whom.
COLUMNS = [(head, scope, group) for head in MEASURES for scope in ("ALL", *STATES) for group in GROUPS]
# From a page of a series to the root of the site.
UP = "../"
# A series misses a year if it was held in at least so many of those around it.
MOSTLY = 2 / 3


def pages(reading: Reading, rows: Mapping[str, Rows], cards: Mapping[str, list[Card]],
          base_url: str) -> Iterator[Page]:
    """The page of every named series, in the order of the record; `editions.OTHER` is no series and has none.

    rows: `event_tables.rows`. cards: `series_pictures.cards`. base_url: address of the site, empty if it is not known.
    """
    record = reading.record
    events = {event["event_id"]: event for event in record.events.to_dict("records")}
    tables = [(dict(list(table.groupby("series_id"))), table.iloc[:0])
              for table in (reading.lanes, reading.gaps, reading.numbering)]
    for row in record.series.itertuples():
        if row.series_id != editions.OTHER:
            lane, gaps, numbered = (own.get(row.series_id, none) for own, none in tables)
            listed = [(events[event_id], rows[event_id]) for event_id in lane["event_id"]]
            yield page(reading, row, listed, cards.get(row.series_id, []), lane, gaps, numbering(numbered), base_url)


def page(reading: Reading, row, events: list[tuple[dict, Rows]], cards: list[Card], lane: pd.DataFrame,
         gaps: pd.DataFrame, numbered: list, base_url: str) -> Page:
    """The page of one series; row of series, its events with their rows, its cards, and its rows of `editions`."""
    own = reading.record.events[reading.record.events["series"] == row.series_id]
    lead = describe(row, lane, own)
    said = shortened(lead)
    listed = [edition(*one) for one in events]
    body = render(
        "site/pages/parts/series.html.jinja", row=row, package=reading.record.package, lead=lead, editions=listed,
        pauses=[pause(gap) for gap in gaps.itertuples()], numbers=numbered, in_short=in_short(numbered),
        cards=[Markup(card.for_site(SERIES_FIGURES, UP)[0]) for card in cards],
        is_line=not row.is_gathered,
        columns={column: head(*column) for column in COLUMNS if any(column in one["sizes"] for one in listed)},
        rulings=[(event, ruling) for event, rows in events for ruling in rows.rulings])
    things = [structured.thing("Event", "events", event["event_id"],
                               values.headline(event["name"], event["status"]), base_url) for event, _ in events]
    names = tuple(text for text in (row.name_ru, row.name_zh, row.series_id) if isinstance(text, str))
    entry = Entry(f"series/{row.series_id}.html", row.name, "Series", names=names, about=row.description)
    return Page(f"series/{row.series_id}", row.name, said, Markup(body), entry,
                structured.series(row, said, things, base_url))


def describe(row, lane: pd.DataFrame, events: pd.DataFrame) -> str:
    """One series in a few sentences: what it is, how many events it has, which years it missed, and with whom.

    lane: its rows of `editions.lanes`; events: those of `events`.
    """
    held = lane[lane["mark"].isin(editions.HELD_MARKS)]
    marks = lane["mark"].value_counts().sort_index(kind="stable")
    others = [f"{numbers.count(number)} {mark}" for mark, number in marks.items()
              if mark not in editions.HELD_MARKS]
    years = f", {held['start_date'].min()[:4]} to {held['start_date'].max()[:4]}" if len(held) else ""
    more = [] if row.is_gathered or row.usual_framework == "third_party" else [
        missed(year_of(held["start_date"])), of_the_two(events[events["event_id"].isin(held["event_id"])])]
    return " ".join([f"{row.name}: {row.description}. {numbers.plural(len(held), 'event')} held{years}"
                     + (f"; {numbers.listing(others)}" if others else "") + ".", *filter(None, more)])


def missed(years: pd.Series) -> str:
    """The years between the first and the last in which there was no edition, if most of them had one."""
    span = range(years.min(), years.max() + 1) if len(years) else range(0)
    without = [str(year) for year in span if year not in set(years)]
    is_yearly = len(span) > 2 and len(span) - len(without) >= MOSTLY * len(span)
    return f"None was held in {numbers.listing(without)}." if without and is_yearly else ""


def of_the_two(events: pd.DataFrame) -> str:
    """The years of the editions of the two states alone, where some had others with them."""
    is_alone = events["framework"] == "bilateral"
    if is_alone.all() or not is_alone.any():
        return ""
    return f"Of the two states alone: {numbers.listing(sorted(set(events.loc[is_alone, 'start_date'].str[:4])))}."


def edition(event: dict, rows: Rows) -> dict:
    """One event as a row of the tables: event, when, countries that took part, and its figures by column."""
    return {"event": event, "when": dates.period(event["start_date"], event["end_date"]),
            "countries": ", ".join(rows.took_part),
            "sizes": {column: text for column in COLUMNS if (text := figure(rows, *column))}}


def figure(rows: Rows, head: str, scope: str, group: str) -> str:
    """The estimate in use of the first measure under a head that has one, in words; empty if none has."""
    sides = (rows.sides(measure, scope).get(group) for measure in MEASURES[head])
    found = next(filter(None, sides), None)
    return f"{found.figure}{', planned' if found.stage == 'planned' else ''}" if found else ""


def head(what: str, scope: str, group: str) -> str:
    """The head of a column of sizes: Troops, Chinese, official."""
    return f"{what}, {values.scope(scope)}, {'official' if group == 'official' else 'assessed by others'}"


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


def in_short(numbered: list) -> list[tuple[str, str, str]]:
    """What is said of each edition that somebody numbers: event_id, name, and 9 by Interfax; 10 by CCTV and TASS."""
    by_event: dict[tuple[str, str], dict[int, list[str]]] = {}
    for row in numbered:
        if row.thing == editions.EDITION:
            by_event.setdefault((row.event_id, row.name), {}).setdefault(int(row.number), []).append(row.claimant)
    return [(*event, "; ".join(f"{numbers.count(number)} by {numbers.listing(apart(claimants))}"
                               for number, claimants in sorted(said.items()))) for event, said in by_event.items()]


def apart(claimants: list[str]) -> list[str]:
    """Who gives a number, each once: whoever spoke with others ("Chinese MND and Russian MoD") is not named again."""
    names = list(dict.fromkeys(claimants))
    jointly = {one for name in names for one in name.split(" and ") if one != name}
    return [name for name in names if name not in jointly]


def numbering(numbered: pd.DataFrame) -> list:
    """The rows of `editions.numbering` with a number, those of one event together."""
    said = numbered[numbered["number"].notna()].sort_values(["start_date", "event_id", "thing", "number", "claimant"])
    return list(said.itertuples())
