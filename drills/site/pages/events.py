"""The event pages: one for each event of the record, laid out like an index card. Pure given the record.

What a page says of an event is what `counting.dossier` says; here it is only put in order and in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, urlencode

import pandas as pd
from markupsafe import Markup

from ... import addresses, kept
from ...changes.history import Change
from ...changes.tombstones import Tombstone, Tombstones
from ...counting import editions, estimates
from ...counting.reading import Reading
from ...figures.drawn_card import DrawnCard
from ...figures.forms import maps
from ...record.tables import Record
from ...templating import render
from ...wording import countries, dates, numbers, values
from ...wording.values import IN_BRACKETS
from . import event_tables, event_view, sentences, small_map, structured, withdrawn
from .event_tables import Rows
from .page import Entry, Page, shortened

# The definition under which every event counts, as the switchboard takes it.
EVERYTHING = "preset=everything"
SIDE_NAMES = {"official": "Official", "assessed": "Assessed by others"}


@dataclass(frozen=True)
class Whole:
    """What the pages share: the reading, the names of events and series, and the counted events.

    headlines: names of events with what stands before those that were not simply held. series_abroad: the names of
    series in Russian and Chinese. parts: the events that are part of another one, by that one. neighbours: for each
    event those before and after it in its series. milestones: for each event the milestones that name it. tombstones:
    what became of old ids; gone_claims: those of claims, by event.
    """

    reading: Reading
    names: dict[str, str]
    headlines: dict[str, str]
    series: dict[str, str]
    series_abroad: dict[str, str]
    parts: dict[str, list[str]]
    neighbours: dict[str, tuple]
    counted: frozenset[str]
    milestones: dict[str, list]
    tombstones: Tombstones
    gone_claims: dict[str, list[Tombstone]]
    repository_url: str
    base_url: str


def pages(reading: Reading, rows: Mapping[str, Rows], cards: Mapping[str, DrawnCard],
          histories: Mapping[str, list[Change]], repository_url: str, base_url: str) -> Iterator[Page]:
    """The page of every event, in the order of the record.

    rows: `event_tables.rows`. cards: `event_card.Cards`. histories: `history.histories` of the checkout.
    repository_url: where errors are reported, such as https://github.com/owner/name. base_url: address of the site,
    empty if it is not known.
    """
    whole = shared(reading, repository_url, base_url)
    common = kept.digest(reading.record.package, reading.as_of, whole.names, whole.headlines, whole.series,
                         whole.series_abroad, repository_url, base_url, bool(histories))

    def made(event: dict, changes: list[Change]) -> Page:
        # the card is made from the rows, and only for a page that is not there yet
        return page(event, rows[event["event_id"]], cards.get(event["event_id"]), whole, changes, bool(histories))

    for event in reading.record.events.to_dict("records"):
        event_id = event["event_id"]
        names = whole.tombstones.names("events", event_id)
        changes = [change for name in names for change in histories.get(name, ())]
        own = (event, rows[event_id].digest, changes, whole.parts.get(event_id), whole.neighbours.get(event_id),
               whole.milestones[event_id], event_id in whole.counted, whole.gone_claims.get(event_id))
        yield kept.keep("events", (common, *own), partial(made, event, changes))


def shared(reading: Reading, repository_url: str, base_url: str) -> Whole:
    """All that is made once for the pages of a record."""
    record, tombstones = reading.record, Tombstones(reading.record.withdrawn)
    return Whole(reading, dict(zip(record.events["event_id"], record.events["name"], strict=True)),
                 {row.event_id: values.headline(row.name, row.status)
                  for row in record.events.itertuples(index=False)},
                 dict(zip(record.series["series_id"], record.series["name"], strict=True)),
                 {row.series_id: " ".join(name for name in (row.name_ru, row.name_zh) if isinstance(name, str))
                  for row in record.series.itertuples(index=False)},
                 record.events.groupby("part_of")["event_id"].agg(list).to_dict(), neighbours(reading.lanes),
                 frozenset(reading.counted["event_id"]), naming(record),
                 tombstones, withdrawn.claims_by_event(tombstones), repository_url.rstrip("/"), base_url)


def naming(record: Record) -> dict[str, list]:
    """For each event the milestones of which title or summary hold its name, without what stands in brackets."""
    milestones = record.milestones.sort_values("date", kind="stable")
    texts = [(row, f"{row.title} {row.summary}") for row in milestones.itertuples(index=False)]
    found = {}
    for event in record.events.itertuples():
        name = re.escape(re.sub(IN_BRACKETS, "", event.name))
        pattern = re.compile(rf"(?<![\w-]){name}(?![\w-])", re.IGNORECASE)
        found[event.event_id] = [row for row, text in texts if pattern.search(text)]
    return found


def page(event: dict, rows: Rows, card: DrawnCard | None, whole: Whole, changes: list[Change],
         has_history: bool) -> Page:
    """One event's page; event: its row of events."""
    record = whole.reading.record
    said = shortened(sentences.lead(event, rows, record.package))
    series = event["series"] if event["series"] != editions.OTHER else ""
    above = event["part_of"] if isinstance(event["part_of"], str) else ""
    is_counted = event["event_id"] in whole.counted
    body = render(
        "site/pages/parts/event.html.jinja", event=event, rows=rows, card=card, files=addresses.EVENT_FIGURES,
        names=whole.names, happened=sentences.happened(event, rows), sizes=sentences.sizes(rows),
        side_names=SIDE_NAMES, tables=event_view.estimates(rows), planned_only=event_view.planned_only(rows),
        edges=event_view.edges(rows), by_role=event_view.countries_by_role(rows, event["status"]),
        by_house=event_view.by_house(rows), in_short=event_view.in_short(rows),
        is_folded=len(rows.sources) >= event_view.MANY_SOURCES,
        numbered=lambda ids: sorted(ids, key=lambda source_id: rows.sources[source_id].number),
        anchor_of=addresses.of_claim, said_of={row["claim_id"]: row["said"] for row in rows.ledger},
        quotes={row["anchor"]: sentences.quote(event, row, record) for row in rows.sizes},
        gone_claims=whole.gone_claims.get(event["event_id"], ()), notice=sentences.notice(event, rows, record.package),
        series=series, series_name=whole.series[event["series"]], above=above,
        parts=whole.parts.get(event["event_id"], []),
        before_and_after=whole.neighbours.get(event["event_id"], (None, None)), no_map=small_map.why_none(event),
        draw_map=small_map.small_map, rough=maps.ROUGH, base_map=maps.BASE_MAP,
        is_counted=is_counted, definition=addresses.definition_page("" if is_counted else EVERYTHING),
        milestones=whole.milestones[event["event_id"]], commits=event_tables.by_commit(changes),
        has_history=has_history, threshold=numbers.count(estimates.THRESHOLD), repository_url=whole.repository_url,
        report_url=report_url(event, rows, whole.repository_url))
    around = (("EventSeries", "series", series, whole.series), ("Event", "events", above, whole.headlines))
    things = [structured.thing(kind, folder, name_id, names[name_id], whole.base_url)
              for kind, folder, name_id, names in around if name_id]
    return Page(f"events/{event['event_id']}", event["name"], said, Markup(body), entry(event, rows, whole),
                structured.event(event, rows.took_part, said, things, whole.base_url))


def entry(event: Mapping, rows: Rows, whole: Whole) -> Entry:
    """What a reader may search for: names in three languages, other names, dates, place, series and countries.

    The Russian and the Chinese name of the series stand together: either finds its events, and leads to its own page.
    """
    names = [event["name_ru"], event["name_zh"], *event["aliases"], event["event_id"],
             whole.series_abroad.get(event["series"]),
             *(countries.country(row.country) for row in rows.participants)]
    about = [event["place"], whole.series[event["series"]] if event["series"] != editions.OTHER else None]
    return Entry(f"events/{event['event_id']}.html", values.headline(event["name"], event["status"]),
                 values.KINDS[event["kind"]].capitalize(), dates.period(event["start_date"], event["end_date"]),
                 tuple(name for name in names if isinstance(name, str)),
                 " · ".join(text for text in about if isinstance(text, str)), event["status"] == "held")


def report_url(event: Mapping, rows: Rows, repository_url: str) -> str:
    """Where an error in this event can be reported, with its rows named; empty if there is no repository."""
    if not repository_url:
        return ""
    event_id = event["event_id"]
    sizes = {"events": 1, "participants": len(rows.participants), "claims": len(rows.ledger),
             "date_claims": len(rows.date_claims), "facts": sum(map(len, rows.facts.values())),
             "rulings": len(rows.rulings)}
    lines = [f"- data/{name}.csv: {numbers.plural(number, 'row')} with event_id {event_id}"
             for name, number in sizes.items() if number]
    body = "\n".join([f"Event: {event_id} ({event['name']})", "", "Rows that this page shows:", *lines, "",
                      "What is wrong or missing, and the source that says so (address, publisher, date):", ""])
    return f"{repository_url}/issues/new?" + urlencode({"title": f"{event_id}: ", "body": body}, quote_via=quote)


def neighbours(lanes: pd.DataFrame) -> dict[str, tuple]:
    """For each event of `editions.lanes` the rows before and after it in its series, None where there is none."""
    found: dict[str, tuple] = {}
    for _, lane in lanes.groupby("series_id"):
        rows = [None, *lane.itertuples(index=False), None]
        found |= {row.event_id: (before, after) for before, row, after in zip(rows, rows[1:], rows[2:], strict=False)}
    return found
