"""The built site for readers who cannot see, use the keyboard alone, magnify, or hold a small phone."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from drills.wording.tongues import ARABIC, CYRILLIC, EAST_ASIAN, KOREAN
from tests.helpers import built
from tests.helpers.keyboard import walk

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"
HEADING = re.compile("h([1-6])")
LETTERS = {"Cyrillic": (re.compile("[\u0400-\u052f]"), CYRILLIC),
           "East Asian": (re.compile("[\u3041-\u30ff\u3400-\u9fff]"), EAST_ASIAN),
           "Arabic": (re.compile("[\u0620-\u06ff]"), ARABIC), "Korean": (re.compile("[\uac00-\ud7a3]"), KOREAN)}
# code and data are no prose; the description of a picture is one plain text, in which nothing can be marked
NOT_PROSE = {"script", "style", "code", "pre", "desc", "title"}


def trees() -> Iterator[tuple[str, HtmlElement]]:
    """Every page of the site, with its name."""
    return ((name, built.tree(name)) for name in built.names())


def prose(element: HtmlElement, language: str = "") -> Iterator[tuple[str, str]]:
    """The texts below an element, each with the language it is marked with."""
    language = element.get("lang") or language
    if element.text:
        yield element.text, language
    for child in element:
        if isinstance(child.tag, str) and child.tag not in NOT_PROSE:
            yield from prose(child, language)
        if child.tail:
            yield child.tail, language


def test_headings_are_in_order(site):
    """Catch a page with no name or two, or a level that is left out, for who leaps from heading to heading."""
    for name, tree in trees():
        levels = [int(found[1]) for element in tree.iter() if isinstance(element.tag, str)
                  and (found := HEADING.fullmatch(element.tag))]
        assert levels[0] == 1 and levels.count(1) == 1, (name, levels)
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (name, levels)


def test_pages_have_one_main_part_and_unique_ids(site):
    """Catch a label or a link within the page that leads to the wrong one of two."""
    for name, tree in trees():
        assert len(list(tree.iter("main"))) == 1, name
        ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
        assert [key for key, count in ids.items() if count > 1] == [], name


def test_landmarks_have_names_of_their_own(site):
    """Catch two parts of a page that look the same in a list of landmarks."""
    for name, tree in trees():
        labels = Counter(element.get("aria-label") for element in tree.iter()
                         if element.tag == "nav" or element.get("role") in ("search", "region"))
        assert [label for label, count in labels.items() if label and count > 1] == [], name


def test_letters_carry_their_language(site):
    """Catch Russian, Chinese and Japanese that an English voice would read, on any page."""
    for name, tree in trees():
        for text, language in prose(tree):
            for letters, languages in LETTERS.values():
                assert not letters.search(text) or language in languages, (name, language, text.strip()[:80])


def test_a_keyboard_walks_a_card(open_page):
    """Catch a card whose views or files a keyboard does not reach, in the order in which they stand."""
    page = open_page("frequency", reduced_motion="reduce")
    card = page.locator("#events-per-year")
    card.get_by_role("tab", name="Chart").focus()
    assert walk(page, 2, "ArrowRight") == ["Explore", "Table"]
    table, first, *_ = walk(page, 2)
    assert table.startswith("Table: ") and first == "Year"
    card.get_by_role("button", name="Year").focus()
    heads = card.locator(".jd-sort").count()
    assert walk(page, heads + 5)[-6:] == ["CSV", "SVG", "PNG", "Copy picture", "Quote", "Embed"]


def test_a_keyboard_walks_the_explorer(open_page):
    """Catch a filter, a button or a head of the table that a keyboard leaves out."""
    page = open_page("explore", reduced_motion="reduce")
    page.get_by_label("Search", exact=True).focus()
    names = walk(page, 24)
    assert names[0] == "Filters" and names[1:3] == ["From year", "To year"] and "Columns" in names
    rest = names[names.index("Columns") + 1:]
    assert rest[:2] == ["Clear filters", "Copy link to this view"] and rest[2].startswith("Download")
    assert rest[3].startswith("Events of the record") and rest[4] == "Dates"


def test_a_keyboard_walks_the_downloads(open_page):
    """Catch files that are offered to the mouse alone."""
    page = open_page("data", reduced_motion="reduce")
    page.get_by_role("region", name="Files that hold every table").focus()
    assert walk(page, 5)[3:] == ["Files of each table", "Events"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_chosen_shows_in_the_colours_of_the_system(open_page, scheme):
    """Catch a tab or a chapter that is marked by a colour alone, where the reader's system sets all colours."""
    page = open_page("frequency", scheme=scheme, forced_colors="active")
    colours = page.locator("#events-per-year [role=tab]").evaluate_all(
        "tabs => tabs.map(tab => getComputedStyle(tab).borderBottomColor)")
    assert colours[0] != colours[1] == colours[2]
    marks = page.locator(".jd-side li > a").evaluate_all(
        "links => links.map(link => getComputedStyle(link).borderLeftColor)")
    assert sorted(Counter(marks).values()) == [1, len(marks) - 1]


def test_the_explorer_prints_every_row_within_its_paper(open_page):
    """Catch a printed table that runs over the text below it, or off the paper."""
    page = open_page("explore", 1050)
    page.emulate_media(media="print")
    assert page.locator(".jd-explorer .jd-scroll").evaluate(
        "box => box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1")
