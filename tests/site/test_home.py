"""The home page: five questions answered for every record, in words and in pictures that need none."""

from __future__ import annotations

import re
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import html5lib
import pandas as pd
import pytest

from drills.counting.definitions import count, from_words
from drills.counting.reading import load
from drills.site.pages import home, tiny

HOSTILE = """<script>alert(1)</script>"'&"""


def parsed(body: str):
    """A part as a strict parser reads it; raises on any error of syntax."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>")


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def answers(reading) -> dict[str, str]:
    """What is said of each question, without the words in its picture."""
    root = parsed(home.glance(reading))
    return {one.get("id"): " ".join(words(part) for part in one if part.tag == "p") for one in root.iter("section")}


def test_every_number_is_that_of_its_chapter(reading):
    """Catch an answer that counts something else than the chapter it leads to."""
    said = answers(reading)
    complete, troops = reading.complete_years, reading.troops
    assert f"{complete['total'].iloc[-1]} events in {complete['year'].iloc[-1]}" in said["how-often"]
    largest = troops.loc[troops["official_best"].idxmax()]
    assert all(text in said["how-big"] for text in (largest["name"], largest["official_text"],
                                                    largest["assessed_text"]))
    assert f"of {len(reading.counted)} by the two alone" in said["with-whom"]
    assert f"of {reading.located['latitude'].notna().sum()} at sea" in said["where"]
    assert f"Our default gives {len(reading.counted)}." in said["others"]


@pytest.mark.slow
def test_a_record_with_little_in_it_is_answered_too(small):
    """Catch a question that fails, or a number that nobody gave, where the record has hardly an event."""
    said = answers(load(small.folder))
    assert said["how-often"].startswith("1 event in 2021")
    assert said["how-big"] == "Not published No total of the troops of any event was found."
    assert said["with-whom"] == "2 of 2 by the two alone No other country took part."
    assert said["where"].startswith("0 of 1 at sea or in the air 0 of 1 in 2021")
    assert said["others"].startswith("None beside our 2")
    small.edit("events", 2, "latitude", "")
    small.edit("events", 2, "longitude", "")
    assert answers(load(small.folder))["where"] == "Not known No event has a known place."


@pytest.mark.parametrize("year, expected", [
    (1990, "The narrowest and the widest definition give none too."), (2024, "By the narrowest definition ")])
def test_a_count_has_its_range(reading, year, expected):
    """Catch a range from a number to itself."""
    assert home.ranged(reading, year).striptags().startswith(expected)


def test_a_count_by_another_definition_leads_to_it(reading):
    """Catch a number on the home page that the definition behind its link does not give."""
    root = parsed(home.glance(reading))
    links = [one for one in root.iter("a") if one.get("href").startswith("definitions.html")
             and one.get("href").endswith("#switchboard")]
    said = words(root)
    for link in links:
        query = dict(parse_qsl(urlsplit(link.get("href")).query))
        total = count(reading.record.events, from_words(query), reading.houses).total
        number = words(link) if words(link).isdigit() else re.search(rf"{words(link)} (\d+|none)", said)[1]
        assert number == (str(total) if total else "none"), query
    assert len(links) == 5


@pytest.mark.parametrize("total, expected", [
    (None, ""), (0, " In 2026, to 8 October: none."), (5, " In 2026, to 8 October: 5.")])
def test_a_year_under_way_is_said_as_such(total, expected):
    """Catch the events of some months reported as those of a year, or a year that has not begun."""
    rows = pd.DataFrame([] if total is None else [{"year": 2026, "total": total}], columns=["year", "total"])
    assert home.under_way(rows, pd.Timestamp("2026-10-08")) == expected


@pytest.mark.parametrize("low, high, expected", [
    (1.07, 1.16, "Growing: "), (0.8, 0.9, "Shrinking: "), (0.9, 1.1, "No clear trend: ")])
def test_a_trend_is_called_by_its_interval(low, high, expected):
    """Catch growth that the interval does not support."""
    trend = SimpleNamespace(ratio=(low + high) / 2, low=low, high=high, first=2003)
    said = home.growing(trend)
    assert said.startswith(expected) and said.endswith(" %).") and "since 2003" in said


@pytest.mark.parametrize("assessed, chinese, large, expected", [
    ("none", "none", 0, ". How many of them were Chinese was not published; no Chinese contingent is known to have "
                        "reached 10,000."),
    ("5,000", "700", 1, "; others say 5,000. The Chinese troops among them: 700; 1 Chinese contingent in all events "
                        "reached 10,000."),
    ("5,000", "700", 2, "; others say 5,000. The Chinese troops among them: 700; 2 Chinese contingents in all events "
                        "reached 10,000.")])
def test_the_largest_event_is_said_with_whose_troops(assessed, chinese, large, expected):
    """Catch a total that stands for a contingent, or a figure that nobody gave."""
    said = home.biggest("A", "9,000", assessed, chinese, large)
    assert said == f"A was the largest: 9,000 by official figures{expected}"


@pytest.mark.parametrize("listed, expected", [
    ([], "No other country took part."), ([("Iran", 1)], "Who else took part: Iran (1)."),
    ([("Iran", 3), ("Oman", 1)], "Who else took part: Iran (3) and Oman (1)."),
    ([(name, 2) for name in "abcde"], "5 other countries took part, most often a (2), b (2) and c (2).")])
def test_partners_are_named_or_counted(listed, expected):
    """Catch a list of countries that never ends, or one country called several."""
    assert home.partners(listed) == expected


def test_one_period_is_said_once():
    """Catch the first period compared with itself."""
    assert home.by_time([("2021–2026", 1, 2)]) == "1 of 2 in 2021–2026."
    assert home.by_time([("a", 1, 2), ("b", 0, 1), ("c", 3, 4)]) == "1 of 2 in a, 3 of 4 in c."


def test_the_newest_events_were_held(reading):
    """Catch a plan among the news, an older event before a newer one, or a link to no page."""
    root = parsed(home.newest(reading))
    links = [one.get("href") for one in root.iter("a")]
    held = reading.held.sort_values(["start_date", "event_id"]).tail(home.NEWEST)["event_id"][::-1]
    assert links == [f"events/{event_id}.html" for event_id in held]


def test_a_record_without_events_held_has_no_news(small):
    """Catch an empty list where a sentence would do."""
    for line in range(2, 6):
        small.edit("events", line, "status", "planned")
    assert words(parsed(home.newest(load(small.folder))).find("body")) == "No event was held."


def test_cells_are_escaped(small):
    """Catch text of the record that becomes markup on the home page."""
    small.edit("events", 2, "name", HOSTILE)
    small.edit("events", 2, "place", HOSTILE)
    reading = load(small.folder)
    assert "<script" not in home.newest(reading) + home.glance(reading)
    assert HOSTILE in words(parsed(home.newest(reading)).find("body"))


def test_pictures_are_for_the_eye_alone(reading):
    """Catch a picture that a screen reader spells out, a colour of its own, or a mark outside its frame."""
    pictures = list(parsed(home.glance(reading)).iter("{http://www.w3.org/2000/svg}svg"))
    assert len(pictures) == 5
    for one in pictures:
        width, height = (float(one.get(name)) for name in ("width", "height"))
        assert one.get("aria-hidden") == "true" and width == tiny.WIDTH
        for mark in one.iter():
            x, y = (float(mark.get(name) or mark.get(f"c{name}") or 0) for name in "xy")
            assert -1 <= x <= x + float(mark.get("width") or 0) <= width + 1
            assert -1 <= y <= y + (float(mark.get("height") or 0)) <= height + 1
            assert all(mark.get(name, "none") == "none" or mark.get(name).startswith("var(--jd-")
                       for name in ("fill", "stroke"))


def test_a_column_is_as_high_as_its_number():
    """Catch a picture that shows other numbers than the sentence beside it."""
    root = parsed(tiny.columns([2, 4, 1], n_open=1))
    boxes = list(root.iter("{http://www.w3.org/2000/svg}rect"))
    assert [float(one.get("height")) for one in boxes] == [tiny.HEIGHT / 2, tiny.HEIGHT, tiny.HEIGHT / 4]
    assert [one.get("fill") for one in boxes] == ["var(--jd-both)", "var(--jd-accent)", "none"]


def test_a_range_is_hollow_and_a_small_number_still_seen():
    """Catch a contingent too small to be drawn, or a range drawn like a figure."""
    bars = [("all", "other", 0, 300_000), ("others", "muted", 25_000, 100_000), ("few", "china", 0, 1)]
    root = parsed(tiny.levels(bars))
    boxes = list(root.iter("{http://www.w3.org/2000/svg}rect"))
    assert [one.get("fill") == "none" for one in boxes] == [False, True, False]
    assert float(boxes[2].get("width")) == tiny.LEAST
