"""The pages of events and series of the record, each made once and read as a strict parser reads them."""

from __future__ import annotations

from functools import cache

import html5lib

from drills.changes.history import Cell, Change
from drills.counting import dossier
from drills.counting.reading import Reading, load
from drills.figures.card import Card
from drills.record import tables
from drills.site.pages import event_card, event_tables, events, page, series, series_pictures

REPOSITORY, BASE = "https://github.com/owner/name", "https://site.example/drills/"
HOSTILE = """<script>alert(1)</script>"'&</td>${x}{{ 7*7 }}"""
CHANGE = Change("2024-02-02", "a" * 40, "subject <b>&", "events", 0, 1, 0, (Cell("", "status", HOSTILE, "held"),))
HISTORIES = {"2018-vostok": [CHANGE]}


@cache
def reading() -> Reading:
    return load()


def record() -> tables.Record:
    return reading().record


@cache
def dossiers() -> dict[str, dossier.Dossier]:
    return {event_id: reading().dossier(event_id) for event_id in record().events["event_id"]}


@cache
def rows() -> dict[str, event_tables.Rows]:
    return event_tables.rows(reading())


@cache
def cards() -> dict[str, list[Card]]:
    """The cards of every series."""
    return series_pictures.cards(reading())


@cache
def series_pages() -> dict[str, page.Page]:
    """The pages of all series by their names."""
    return {one.name: one for one in series.pages(reading(), rows(), cards(), BASE)}


@cache
def pages() -> dict[str, page.Page]:
    """The pages of all events and series by their names."""
    made = events.pages(reading(), rows(), event_card.Cards(reading(), rows()), HISTORIES, REPOSITORY, BASE)
    return {**{one.name: one for one in made}, **series_pages()}


@cache
def page_of(name: str) -> page.Page:
    """One page, made alone unless all of them are there already."""
    folder, _, event_id = name.partition("/")
    if folder == "series":
        return series_pages()[name]
    if pages.cache_info().currsize:
        return pages()[name]
    event = record().events.set_index("event_id", drop=False).loc[event_id].to_dict()
    return events.page(event, rows()[event_id], event_card.Cards(reading(), rows()).get(event_id),
                       events.shared(reading(), REPOSITORY, BASE), HISTORIES.get(event_id, []), True)


@cache
def tree(name: str):
    """The body of a page as a strict parser reads it; raises on any error of syntax."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(f"<!DOCTYPE html><html><head><title>x</title></head><body>{page_of(name).body}</body></html>")


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def section(name: str, key: str) -> list:
    """The elements between one h2 and the next, with all they hold; those of an element that is no h2; else none."""
    card = tree(name).find(".//div[@class='jd-event']")
    at = next((number for number, one in enumerate(card) if one.get("id") == key), None)
    if at is None or card[at].tag != "h2":
        return [] if at is None else list(card[at].iter())
    after = next((number for number in range(at + 1, len(card)) if card[number].tag == "h2"), len(card))
    return [element for one in card[at + 1:after] for element in one.iter()]


def table_rows(name: str, key: str) -> list[list[str]]:
    """The rows of the tables of a section whose rows are cards on a phone, which are those of no card."""
    return [[words(cell) for cell in row if cell.tag in ("th", "td")]
            for table in section(name, key) if table.tag == "table" and "jd-stack" in table.get("class").split()
            for row in table.iter("tr") if row.find("td") is not None]


def facts(name: str) -> dict[str, str]:
    """The facts beside the map of an event, by their names."""
    lines = [one for one in tree(name).iter("div") if one.find("dt") is not None]
    return {words(one.find("dt")): words(one.find("dd")) for one in lines}


def event_ids() -> list[str]:
    return list(record().events["event_id"])
