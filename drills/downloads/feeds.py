"""The Atom feed of new and changed events, and the calendar of all events known to the day.

Both are made from the record and its history: the same record, history and address give the same bytes. Identifiers
depend neither on the address nor on the present name of an event, so that readers keep their place if the site moves
or an id is renamed. Without a whole history days are those of the newest sources, and the feed says so.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pandas as pd
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from icalendar import Calendar, Event, vText

from .. import addresses
from ..changes.news import News
from ..changes.tombstones import Tombstone, Tombstones
from ..counting.reading import Reading
from ..record.days import first_day, last_day
from ..wording import countries, numbers, values
from ..wording.dates import day, period, told
from . import citation

FEED_FILE, CALENDAR_FILE = "feed.xml", "calendar.ics"
NEWEST = 50
KINDS = {"exercise": "Exercise", "patrol": "Patrol", "command_post": "Command-post exercise",
         "competition": "Competition"}
# What it means that an event was not simply held.
STATUSES = {"planned": "Announced; no source seen says that it was held.",
            "cancelled": "Announced, then given up or put off.",
            "disputed": "It is not established that both states took part."}
CALENDAR_STATUSES = {"held": "CONFIRMED", "planned": "TENTATIVE", "disputed": "TENTATIVE", "cancelled": "CANCELLED"}


# What is said of an event that is no longer in the record under its name.
GONE = {"withdrawn": "Withdrawn", "merged": "Merged into another", "renamed": "Renamed"}
WITHOUT_HISTORY = ("Days are those of the newest sources on each event: the copy of the record that this was made from "
                   "has no history.")

# countries (alpha-3 codes), each with its role in one event
Roles = list[tuple[str, str]]


def identifier(name: str) -> uuid.UUID:
    """A permanent identifier for a name of the record."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"joint-drills:{name}")


def headline(event) -> str:
    """The name of an event; if it was not held, that stands before it."""
    return values.headline(event.name, event.status)


def roles_by_event(reading: Reading) -> defaultdict[str, Roles]:
    """The countries of every event, each with its role."""
    found = defaultdict(list)
    for row in reading.record.participants.itertuples():
        found[row.event_id].append((row.country, row.role))
    return found


def summary(event, roles: Roles) -> str:
    """What, when, where and who, in sentences."""
    def named(role: str) -> list[str]:
        return sorted(countries.name(country) for country, one in roles if one == role)

    place = event.place if isinstance(event.place, str) else "place not known"
    when = period(event.start_date, event.end_date)
    if not isinstance(event.end_date, str):
        when += ", last day not known"
    lines = [f"{KINDS[event.kind]}, {when}; {place}."]
    if event.status in STATUSES:
        lines.insert(0, STATUSES[event.status])
    label = "Participants" if event.status == "held" else "Participants named"
    lines.append(f"{label}: {numbers.listing(named('participant')) if named('participant') else 'not known'}.")
    if named("observer"):
        lines.append(f"Observers: {numbers.listing(named('observer'))}.")
    return " ".join(lines)


def source_days(reading: Reading) -> pd.DataFrame:
    """The days of the first and the newest source of each event; columns first, newest, by event_id.

    Only sources dated to the day count: the first of January would be wrong for one that is dated to the year. An
    event without such a source has the days of its own beginning; nothing is newer than the record.
    """
    record, pairs = reading.record, reading.pairs
    published = record.sources.set_index("source_id")["published"].dropna()
    dated = published[published.str.len() == len("YYYY-MM-DD")].map(first_day)
    days = pairs.assign(day=pairs["source_id"].map(dated)).dropna().groupby("event_id")["day"].agg(["min", "max"])
    begun = record.events.set_index("event_id")["start_date"].map(first_day)
    frame = pd.DataFrame({"first": days["min"].reindex(begun.index).fillna(begun),
                          "newest": days["max"].reindex(begun.index).fillna(begun)})
    return frame.clip(upper=record.as_of)


def moment(when: pd.Timestamp) -> datetime:
    """Midnight UTC of a day: the record knows no hours."""
    return datetime(when.year, when.month, when.day, tzinfo=UTC)


def gone(reading: Reading) -> list[Tombstone]:
    """The events that the record holds no more; one that was renamed is still there."""
    return [stone for stone in Tombstones(reading.record.withdrawn).of("events") if stone.change != "renamed"]


def atom(reading: Reading, base_url: str, news: Mapping[str, News]) -> bytes:
    """The feed of the events that were added, changed or withdrawn last, each with its page as link.

    news: `changes.news.of_events`; where it is empty, the days of sources stand for those of changes.
    """
    record, roles = reading.record, roles_by_event(reading)
    feed = FeedGenerator()
    feed.id(identifier("feed").urn)
    feed.title("Joint Drills: new and changed events")
    feed.subtitle(record.package["title"] + ("" if news else f". {WITHOUT_HISTORY}"))
    feed.author([{"name": name} for name in citation.creators()])
    feed.rights(record.package["licenses"][0]["title"])
    feed.generator("Joint Drills", version=record.version)
    feed.link([{"href": addresses.absolute(base_url, FEED_FILE), "rel": "self", "type": "application/atom+xml"},
               {"href": addresses.absolute(base_url, "index.html"), "rel": "alternate", "type": "text/html"}])
    days, told = source_days(reading), _days_told(reading, news)
    feed.updated(max([moment(record.as_of), *told.values()]))
    events = {event.event_id: event for event in record.events.itertuples(index=False)}
    stones = {stone.id: stone for stone in gone(reading)}
    by_day = sorted([*events, *stones], key=lambda name: (
        -told[name].timestamp(), -days["newest"].get(name, record.as_of).timestamp(), name))
    names = Tombstones(record.withdrawn)
    for name in by_day[:NEWEST]:
        if name in stones:
            _add_stone(feed, stones[name], base_url)
            continue
        entry = _add_entry(feed, events[name], roles[name], names.first("events", name), base_url)
        entry.published(moment(pd.Timestamp(news[name].added)) if name in news else moment(days["first"][name]))
        entry.updated(told[name])
        if name in news:
            entry.summary(f"{summary(events[name], roles[name])} {news[name].words}")
    return feed.atom_str(pretty=True)


def _days_told(reading: Reading, news: Mapping[str, News]) -> dict[str, datetime]:
    """The day of the last change of every event, also of those that were withdrawn."""
    newest = source_days(reading)["newest"]
    days = {name: news[name].changed if name in news else day for name, day in newest.items()}
    days |= {stone.id: stone.withdrawn_on for stone in gone(reading)}
    return {name: moment(pd.Timestamp(day)) for name, day in days.items()}


def _add_entry(feed: FeedGenerator, event, roles: Roles, first_name: str, base_url: str) -> FeedEntry:
    entry = feed.add_entry(order="append")
    entry.id(identifier(f"event:{first_name}").urn)
    entry.title(headline(event))
    entry.summary(summary(event, roles))
    entry.link(href=addresses.of_event(base_url, event.event_id), rel="alternate", type="text/html")
    entry.category(term=event.kind, label=KINDS[event.kind])
    return entry


def _add_stone(feed: FeedGenerator, stone: Tombstone, base_url: str) -> None:
    """An entry for an event that the record holds no more, which leads to its old address: why, and where to."""
    entry = feed.add_entry(order="append")
    entry.id(identifier(f"event:{stone.id}").urn)
    entry.title(f"{GONE[stone.change]}: {stone.name or stone.id}")
    entry.summary(told(stone.reason))
    entry.link(href=addresses.of_event(base_url, stone.id), rel="alternate", type="text/html")
    entry.published(moment(pd.Timestamp(stone.withdrawn_on)))
    entry.updated(moment(pd.Timestamp(stone.withdrawn_on)))


def calendar(reading: Reading, base_url: str, news: Mapping[str, News]) -> bytes:
    """The calendar of every event whose first day is known, in the order of their days, then of those withdrawn.

    news: `changes.news.of_events`. It gives each entry the day and the number of its revision; without it an entry has
    the day of the record and no number.
    """
    record, roles, names = reading.record, roles_by_event(reading), Tombstones(reading.record.withdrawn)
    is_dated = record.events["date_precision"] == "day"
    about = (f"{numbers.plural(is_dated.sum(), 'event')} of the record as of {day(record.as_of)}: held, planned, "
             f"cancelled and disputed. Left out, since not dated to the day: {numbers.count((~is_dated).sum())}. "
             f"{citation.in_words(reading)}")
    made = Calendar()
    for name, value in {"PRODID": f"-//Joint Drills//{record.version}//EN", "VERSION": "2.0", "CALSCALE": "GREGORIAN",
                        "METHOD": "PUBLISH", "NAME": record.package["title"],
                        "X-WR-CALNAME": record.package["title"], "DESCRIPTION": about,
                        "X-WR-CALDESC": about}.items():
        # without its type a name that begins with X- would not be escaped
        made.add(name, vText(value))
    for event in record.events[is_dated].sort_values(["start_date", "event_id"]).itertuples(index=False):
        entry = _calendar_event(event, roles[event.event_id], base_url)
        _revise(entry, names.first("events", event.event_id), news.get(event.event_id), record.as_of)
        made.add_component(entry)
    for stone in gone(reading):
        if len(stone.start_date) == len("YYYY-MM-DD"):
            entry = _withdrawn_entry(stone, base_url)
            _revise(entry, names.first("events", stone.id), news.get(stone.id), pd.Timestamp(stone.withdrawn_on))
            made.add_component(entry)
    return made.to_ical()


def _revise(entry: Event, first_name: str, told: News | None, otherwise: pd.Timestamp) -> None:
    """Say which entry it is and which revision of it, so that a calendar that holds it knows that it has changed."""
    changed = moment(pd.Timestamp(told.changed) if told else otherwise)
    entry.add("UID", str(identifier(f"event:{first_name}")))
    entry.add("DTSTAMP", changed)
    entry.add("LAST-MODIFIED", changed)
    if told:
        entry.add("CREATED", moment(pd.Timestamp(told.added)))
        entry.add("SEQUENCE", told.revision)


def _withdrawn_entry(stone: Tombstone, base_url: str) -> Event:
    """What takes an event out of the calendars that hold it."""
    entry = Event()
    entry.add("DTSTART", date.fromisoformat(stone.start_date))
    entry.add("SUMMARY", f"{GONE[stone.change]}: {stone.name or stone.id}")
    entry.add("STATUS", "CANCELLED")
    entry.add("TRANSP", "TRANSPARENT")
    entry.add("DESCRIPTION", told(stone.reason))
    if base_url:
        entry.add("URL", addresses.of_event(base_url, stone.id))
    return entry


def _calendar_event(event, roles: Roles, base_url: str) -> Event:
    """One all-day entry that keeps nobody busy; its end is the day after the last, as the format has it."""
    last = event.end_date if isinstance(event.end_date, str) else event.start_date
    entry = Event()
    entry.add("DTSTART", date.fromisoformat(event.start_date))
    entry.add("DTEND", last_day(last).date() + timedelta(days=1))
    entry.add("SUMMARY", headline(event))
    entry.add("STATUS", CALENDAR_STATUSES[event.status])
    entry.add("TRANSP", "TRANSPARENT")
    entry.add("CATEGORIES", [KINDS[event.kind]])
    names = [f"{language}: {name}" for language, name in (("Russian", event.name_ru), ("Chinese", event.name_zh))
             if isinstance(name, str)]
    entry.add("DESCRIPTION", "\n".join([summary(event, roles), *names]))
    if isinstance(event.place, str):
        entry.add("LOCATION", event.place)
    if event.place_precision == "point" and pd.notna(event.latitude):
        entry.add("GEO", (event.latitude, event.longitude))
    if base_url:
        # an address within the site means nothing in somebody's calendar
        entry.add("URL", addresses.of_event(base_url, event.event_id))
    return entry
