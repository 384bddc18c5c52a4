"""A picture of parts on a page: a reader with little room chooses one, without script; elsewhere all are shown."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from drills.figures.card import Card, Column
from drills.figures.forms import maps
from drills.figures.layout import MOST_PARTS, NARROW, Layout, Parts, let_choose
from drills.site import theming
from tests.helpers.scripted import opened, script_page

# all pages or cards are made first
pytestmark = pytest.mark.slow

SHAPES = {"sea": maps.Shape("At sea", "o", "both")}
PERIODS = ("2003–2009", "2010–2015", "2016–2020")
TABLE = pd.DataFrame([(f"event-{number}", "sea", True, 43.0, 132.0, 1, period)
                      for number, period in enumerate(PERIODS)],
                     columns=["event_id", "group", "is_point", "mark_latitude", "mark_longitude", "n_at_mark",
                              "period"])
CARD = Card("parts", "title", "subtitle", "note", "alt", TABLE.assign(name=TABLE["event_id"]),
            {"name": Column("Event")}, lambda layout, table: maps.world(
                layout, table, SHAPES, panel="period", titles={period: f"In {period}" for period in PERIODS}))
# The words above the maps that a reader sees: not hidden, and not moved out of the window that they lie in.
SEEN = """() => [...document.querySelectorAll(".jd-chart text")].filter((text) => {
  const box = text.getBoundingClientRect(), holder = text.closest(".jd-window") ?? document.body;
  const inside = holder.getBoundingClientRect(), isCut = getComputedStyle(holder).overflow === "hidden";
  return box.width && (!isCut || (box.top >= inside.top - 1 && box.bottom <= inside.bottom + 1));
}).map((text) => text.textContent).filter((text) => text.startsWith("In "))"""
ALL = [f"In {period}" for period in PERIODS]


@pytest.fixture
def phone(browser):
    """The card on a phone without scripts."""
    page = opened(browser, {"page.html": script_page(CARD.html(is_on_site=True))}, java_script_enabled=False,
                  viewport={"width": 360, "height": 740})
    yield page
    page.context.close()


def test_a_phone_shows_the_map_that_is_chosen(phone):
    """Catch a choice that shows nothing, another map, or several; the newest is the first that is seen."""
    assert phone.evaluate(SEEN) == ALL[-1:]
    for period, words in zip(PERIODS, ALL, strict=True):
        phone.get_by_role("group", name="Period").get_by_label(period).check()
        assert phone.evaluate(SEEN) == [words]


def test_the_key_stays_above_every_map(phone):
    """Catch a key that moves away with the first map."""
    phone.get_by_label(PERIODS[2]).check()
    key, window = (phone.locator(f".jd-parts {part}").bounding_box() for part in ("> svg", ".jd-window"))
    assert key["height"] > 0 and key["y"] + key["height"] <= window["y"]
    assert phone.locator(".jd-parts > svg use").evaluate("use => use.getBBox().height") > 0


def test_arrow_keys_choose(phone):
    """Catch a choice that only a finger can make."""
    phone.get_by_label(PERIODS[0]).check()
    phone.keyboard.press("ArrowDown")
    assert phone.evaluate(SEEN) == ALL[1:2]


def test_paper_shows_all_maps(phone):
    """Catch a page printed from a phone with one map of several."""
    phone.emulate_media(media="print")
    assert phone.evaluate(SEEN) == ALL and not phone.locator(".jd-choose").is_visible()


def test_a_wide_page_shows_all_maps(browser):
    """Catch a choice where there is room for all."""
    page = opened(browser, {"page.html": script_page(CARD.html(is_on_site=True))},
                  viewport={"width": 1280, "height": 800})
    assert page.evaluate(SEEN) == ALL and not page.locator(".jd-choose").is_visible()
    page.context.close()


def test_without_style_all_maps_stand_below_each_other(browser):
    """Catch maps that only the stylesheet lets a reader see."""
    page = opened(browser, {"page.html": script_page(CARD.html(is_on_site=True)), "_static/site.css": ""})
    assert set(page.evaluate(SEEN)) == set(ALL)
    tops = page.locator(".jd-narrow .jd-window text", has_text="In 20").evaluate_all(
        "texts => texts.map((text) => text.getBoundingClientRect().top)")
    assert tops == sorted(set(tops)) and len(tops) == len(ALL)
    page.context.close()


def test_links_lead_from_the_map_that_is_chosen(phone):
    """Catch links of another map under the finger."""
    phone.get_by_label(PERIODS[1]).check()
    hit = "([x, y]) => document.elementFromPoint(x, y)?.closest('a')?.getAttribute('href')"
    phone.locator(".jd-narrow .jd-window").scroll_into_view_if_needed()
    box = phone.locator(".jd-narrow a[href='events/event-1.html']").bounding_box()
    assert phone.evaluate(hit, [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]) == "events/event-1.html"


def test_there_are_rules_for_as_many_parts_as_a_picture_may_have():
    """Catch a part that can be chosen and is not shown."""
    rules = re.findall(r"\.jd-parts:has\(label:nth-of-type\((\d+)\) :checked\) \{ --jd-at: (\d+); \}",
                       theming.stylesheet())
    assert [(int(nth), int(at)) for nth, at in rules] == [(part + 1, part) for part in range(MOST_PARTS)]
    with pytest.raises(ValueError, match=f"card.css has rules for {MOST_PARTS}"):
        let_choose(Layout("narrow", NARROW.width).figure(10), Parts("Part", ("x",) * (MOST_PARTS + 1), 0, 1))
