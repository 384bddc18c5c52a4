"""The Atom feed and the calendar, read back by readers that are not ours."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import pandas as pd
import pytest
from lxml import etree

from drills.changes.news import News
from drills.changes.tombstones import Tombstones
from drills.counting.reading import load
from drills.downloads import feeds
from drills.record import provenance

ATOM = {"a": "http://www.w3.org/2005/Atom"}
ADDRESS = "https://example.org/drills/"
HOSTILE = "<script>alert(1)</script> ]]> & =cmd\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:forged"


@pytest.fixture(scope="module")
def events(record) -> pd.DataFrame:
    return record.events.set_index("event_id", drop=False)


def entries(data: bytes) -> list[dict[str, str]]:
    """The entries of a feed: the text of each child, and the address."""
    root = etree.fromstring(data)
    return [{**{child.tag.split("}")[1]: child.text for child in entry},
             "href": entry.find("a:link", ATOM).get("href")} for entry in root.findall("a:entry", ATOM)]


def calendar_of(data: bytes) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(data)


def by_event(calendar: icalendar.Calendar, events: pd.DataFrame) -> dict[str, icalendar.Event]:
    names = {str(feeds.identifier(f"event:{event_id}")): event_id for event_id in events["event_id"]}
    return {names[str(entry["UID"])]: entry for entry in calendar.walk("VEVENT")}


@pytest.fixture(scope="module")
def feed(reading):
    return entries(feeds.atom(reading, ADDRESS, {}))


@pytest.fixture(scope="module")
def entry_of(reading, events):
    return by_event(calendar_of(feeds.calendar(reading, ADDRESS, {})), events)


@pytest.mark.parametrize("make", [feeds.atom, feeds.calendar])
def test_the_same_record_gives_the_same_bytes(reading, make):
    """Catch the time of the build in a feed, and an address whose last slash matters."""
    assert make(reading, ADDRESS, {}) == make(load(), ADDRESS.rstrip("/"), {})


def test_the_feed_says_when_it_changed_and_where_it_is(reading):
    """Catch a feed that readers cannot follow: no self link, or the day of the build as its change."""
    root = etree.fromstring(feeds.atom(reading, ADDRESS, {}))
    assert root.findtext("a:updated", namespaces=ATOM) == f"{reading.as_of:%Y-%m-%d}T00:00:00+00:00"
    assert root.xpath("string(a:link[@rel='self']/@href)", namespaces=ATOM) == f"{ADDRESS}feed.xml"
    assert root.findtext("a:id", namespaces=ATOM).startswith("urn:uuid:")
    assert root.find("a:author/a:name", ATOM) is not None and root.findtext("a:rights", namespaces=ATOM)


def test_the_feed_has_the_newest_events_newest_first(reading, feed, record):
    """Catch entries in the order of the file, entries twice, or days after the record."""
    assert len(feed) == len({entry["id"] for entry in feed}) == min(feeds.NEWEST, len(record.events))
    updated = [entry["updated"] for entry in feed]
    assert updated == sorted(updated, reverse=True) and updated[0][:10] <= f"{reading.as_of:%Y-%m-%d}"
    assert all(entry["published"] <= entry["updated"] for entry in feed)
    others = feeds.source_days(reading)["newest"].sort_values(ascending=False).iloc[feeds.NEWEST:]
    assert f"{others.max():%Y-%m-%d}" <= updated[-1][:10]


def test_an_entry_is_dated_by_the_sources_of_its_event(feed, record):
    """Catch an event that stays old although a new page on it was read, or one dated by a page on another."""
    pairs = provenance.event_sources(record.participants, record.claims, record.date_claims, record.facts)
    dated = pairs.merge(record.sources, on="source_id")
    for entry in feed:
        event_id = entry["href"].removeprefix(f"{ADDRESS}events/").removesuffix(".html")
        days = [day for day in dated.loc[dated["event_id"] == event_id, "published"].dropna() if len(day) == 10]
        assert (entry["published"][:10], entry["updated"][:10]) == (min(days), max(days))


def test_identifiers_do_not_depend_on_the_address(reading, feed):
    """Catch a moved site that shows every reader all events as new."""
    moved = entries(feeds.atom(reading, "https://elsewhere.example", {}))
    assert [entry["id"] for entry in moved] == [entry["id"] for entry in feed]
    assert moved[0]["href"].startswith("https://elsewhere.example/events/")
    assert str(feeds.identifier("event:2021-zapad-interaction")) == "ab35243f-a573-50c6-a063-1a21fd5b3cd4"


def test_what_was_not_held_is_called_so(feed, entry_of, events):
    """Catch a plan, a cancelled or a disputed event that reads as an event."""
    words = {"held": "", "planned": "Planned: ", "cancelled": "Cancelled: ", "disputed": "Disputed: "}
    statuses = {"held": "CONFIRMED", "planned": "TENTATIVE", "cancelled": "CANCELLED", "disputed": "TENTATIVE"}
    for event_id, entry in entry_of.items():
        event = events.loc[event_id]
        assert str(entry["SUMMARY"]) == words[event["status"]] + event["name"]
        assert str(entry["STATUS"]) == statuses[event["status"]]
        assert ("Participants named:" in entry["DESCRIPTION"]) == (event["status"] != "held")
    for entry in feed:
        event = events.loc[entry["href"].rsplit("/", 1)[1].removesuffix(".html")]
        assert entry["title"] == words[event["status"]] + event["name"]


def test_the_calendar_has_every_event_known_to_the_day(entry_of, events):
    """Catch a lost event, one on a wrong day, one that ends a day early, and one that makes people look busy."""
    dated = events[events["date_precision"] == "day"]
    assert set(entry_of) == set(dated["event_id"])
    for event in dated.itertuples():
        entry = entry_of[event.event_id]
        last = event.end_date if isinstance(event.end_date, str) else event.start_date
        assert type(entry.decoded("DTSTART")) is date and f"{entry.decoded('DTSTART')}" == event.start_date
        assert entry.decoded("DTEND") == date.fromisoformat(last) + timedelta(days=1)
        assert ("last day not known" in entry["DESCRIPTION"]) == (not isinstance(event.end_date, str))
        assert str(entry["TRANSP"]) == "TRANSPARENT"


def test_a_calendar_entry_says_where_and_how_it_is_called(entry_of, events):
    """Catch a rough middle of a sea passed off as a point, and lost Russian and Chinese names."""
    for event_id, entry in entry_of.items():
        event = events.loc[event_id]
        assert entry.get("LOCATION", None) == (event["place"] if isinstance(event["place"], str) else None)
        assert ("GEO" in entry) == (event["place_precision"] == "point")
        if "GEO" in entry:
            assert (entry["GEO"].latitude, entry["GEO"].longitude) == (event["latitude"], event["longitude"])
        assert str(entry["URL"]) == f"{ADDRESS}events/{event_id}.html"
        for name in ("name_ru", "name_zh"):
            assert not isinstance(event[name], str) or event[name] in entry["DESCRIPTION"]


def test_the_calendar_says_what_it_leaves_out(reading, record):
    """Catch a calendar that passes for the whole record."""
    calendar = calendar_of(feeds.calendar(reading, ADDRESS, {}))
    n_left = (record.events["date_precision"] != "day").sum()
    assert f"Left out, since not dated to the day: {n_left}." in calendar["DESCRIPTION"]
    # the reader leaves the text of names that begin with X- as it is written, with its escapes
    assert calendar["X-WR-CALDESC"] == icalendar.vText(calendar["DESCRIPTION"]).to_ical().decode()
    assert calendar["DESCRIPTION"].startswith(f"{len(record.events) - n_left} events")


def test_lines_of_the_calendar_are_short_and_in_order(reading):
    """Catch lines that old calendars refuse, and an order that changes with the file."""
    data = feeds.calendar(reading, ADDRESS, {})
    assert max(map(len, data.split(b"\r\n"))) <= 75 and b"\n" not in data.replace(b"\r\n", b"")
    starts = [entry.decoded("DTSTART") for entry in calendar_of(data).walk("VEVENT")]
    assert starts == sorted(starts)


def test_without_an_address_links_stay_within_the_site(reading):
    """Catch a site of unknown address that names a wrong one."""
    assert entries(feeds.atom(reading, "", {}))[0]["href"].startswith("events/")
    assert "URL" not in calendar_of(feeds.calendar(reading, "", {})).walk("VEVENT")[0]


def test_hostile_cells_stay_text(small):
    """Catch a cell that becomes markup in the feed or an entry of its own in the calendar."""
    for column in ("name", "place", "name_ru"):
        small.edit("events", 2, column, HOSTILE)
    hostile = load(small.folder)
    titles = [entry["title"] for entry in entries(feeds.atom(hostile, ADDRESS, {}))]
    assert HOSTILE in titles and b"<script" not in feeds.atom(hostile, ADDRESS, {})
    calendar = calendar_of(feeds.calendar(hostile, ADDRESS, {}))
    named = [entry for entry in calendar.walk("VEVENT") if entry["SUMMARY"] == HOSTILE]
    assert len(named) == 1 and named[0]["LOCATION"] == HOSTILE
    # and one entry that takes a withdrawn event out
    assert len(calendar.walk("VEVENT")) == (hostile.record.events["date_precision"] == "day").sum() + 1


def test_an_event_without_a_dated_source_has_its_own_day(small):
    """Catch an event that breaks the feed, or is dated later than the record, since no source of it has a day."""
    small.edit("events", 5, "start_date", "2031-08-01")
    small.edit("events", 5, "end_date", "2031-08-05")
    reading = load(small.folder)
    days = feeds.source_days(reading)
    assert days.loc["2023-alpha"].tolist() == [reading.as_of] * 2
    assert days.loc["2021-alpha"].tolist() == [pd.Timestamp("2021-08-01"), pd.Timestamp("2021-08-13")]


OLD, NEW = News("2024-01-01", "2024-01-01", "Added to the record on 1 January 2024.", 0), "2026-11-30"


@pytest.fixture
def told(small):
    """The small record, the news of its events, and a moment at which one of them was corrected."""
    return load(small.folder), dict.fromkeys(("2021-alpha", "2022-watch", "2022-watch-north", "2023-alpha"), OLD)


def test_an_event_of_long_ago_that_is_added_stands_first(told):
    """Catch readers of the feed who never hear of an event of 2009 that was found in old pages."""
    reading, news = told
    news["2021-alpha"] = News(NEW, NEW, "Added to the record on 30 November 2026.", 0)
    first, *others = entries(feeds.atom(reading, ADDRESS, news))
    assert first["title"] == "Alpha 2021" and first["published"][:10] == first["updated"][:10] == NEW
    assert first["summary"].endswith("Added to the record on 30 November 2026.")
    # of old events alone, beside one that was withdrawn
    assert [entry["updated"][:10] for entry in others] == ["2024-01-01"] * 3 + ["2021-10-02"]


def test_a_correction_is_told_with_its_day(told):
    """Catch a corrected date that nobody who subscribed hears of, or one that passes for a new event."""
    reading, news = told
    news["2022-watch"] = News("2024-01-01", NEW, "Changed on 30 November 2026: start_date was “2022-04”.", 3)
    first = entries(feeds.atom(reading, ADDRESS, news))[0]
    assert (first["published"][:10], first["updated"][:10]) == ("2024-01-01", NEW)
    assert "start_date was “2022-04”" in first["summary"]
    root = etree.fromstring(feeds.atom(reading, ADDRESS, news))
    assert root.findtext("a:updated", namespaces=ATOM).startswith(NEW)


def test_a_feed_without_history_says_so(told):
    """Catch days of sources passed off as days of changes."""
    reading, news = told
    subtitles = [etree.fromstring(feeds.atom(reading, ADDRESS, one)).findtext("a:subtitle", namespaces=ATOM)
                 for one in ({}, news)]
    assert [feeds.WITHOUT_HISTORY in subtitle for subtitle in subtitles] == [True, False]


def test_a_calendar_sees_that_an_entry_was_revised(told):
    """Catch a corrected date under the same stamp and without a number, which no calendar takes over."""
    reading, news = told
    news["2021-alpha"] = News("2024-01-01", NEW, "", 2)
    held = {str(one["SUMMARY"]): one for one in calendar_of(feeds.calendar(reading, ADDRESS, news)).walk("VEVENT")}
    entry, other = held["Alpha 2021"], held["Alpha 2023"]
    assert (entry["SEQUENCE"], other["SEQUENCE"]) == (2, 0)
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert (f"{entry.decoded(name):%Y-%m-%d}", f"{other.decoded(name):%Y-%m-%d}") == (NEW, "2024-01-01")
    without = calendar_of(feeds.calendar(reading, ADDRESS, {})).walk("VEVENT")
    assert all("SEQUENCE" not in one for one in without)


def test_a_renamed_event_keeps_its_place(told, small):
    """Catch a calendar that holds an event twice after its id was renamed, and a feed that shows it as new."""
    reading, news = told
    first = str(feeds.identifier("event:2021-first-alpha"))
    assert Tombstones(reading.record.withdrawn).first("events", "2021-alpha") == "2021-first-alpha"
    uids = [str(one["UID"]) for one in calendar_of(feeds.calendar(reading, ADDRESS, news)).walk("VEVENT")]
    assert uids.count(first) == 1 and len(set(uids)) == len(uids)
    assert [entry["title"] for entry in entries(feeds.atom(reading, ADDRESS, news)) if first in entry["id"]] == [
        "Alpha 2021"]


def test_a_withdrawn_event_is_taken_back(told):
    """Catch an event that stays in calendars for ever, and a feed that is silent on it."""
    reading, news = told
    [entry] = [one for one in calendar_of(feeds.calendar(reading, ADDRESS, news)).walk("VEVENT")
               if one["STATUS"] == "CANCELLED"]
    assert entry["UID"] == str(feeds.identifier("event:2020-alpha")) and entry.decoded("DTSTART") == date(2020, 8, 1)
    assert entry["DESCRIPTION"] == "No source says that both took part" and "LAST-MODIFIED" in entry
    [said] = [one for one in entries(feeds.atom(reading, ADDRESS, news)) if one["title"] == "Withdrawn: Alpha 2020"]
    assert said["href"] == f"{ADDRESS}events/2020-alpha.html" and said["updated"][:10] == "2021-10-02"
