"""Every kind of page in every setting, loaded once: each question is asked of the one load."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml

from tests.helpers.keyboard import walk

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
CHAPTERS = [TOC["root"], *(chapter["file"] for chapter in TOC["chapters"])]
# the heaviest event, a barely known, a planned and a cancelled one, and a series with many and one with few editions
GENERATED = ["events/2018-vostok", "events/2022-vostok", "events/1999-joint-naval-exercise",
             "events/2019-aerospace-security-3", "events/2020-joint-sea", "series/peace-mission", "series/joint-sea",
             "data/events", "releases/index"]
# cards alone, for pages of others, which follow the reader's system: tests/site/test_embeds.py
EMBEDS = "embed"
PAGES = [*CHAPTERS, "search", "404", *GENERATED]
SETTINGS = [("light", 1280), ("dark", 360)]
# where the installation puts what npm/package.json names
AXE = (Path(sys.prefix) / "npm-tests" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# Best-practice rules of axe go beyond WCAG, and are kept too. Of a long table the first rows stand for all; no page has
# a frame, and what style sheets say of a device that is turned, for which axe reads them all again, is asked below.
RUN_AXE = """async () => {
    const results = await axe.run({ include: document, exclude: [["tbody tr:nth-child(n + 13)"]] },
        { resultTypes: ["violations"], preload: false, iframes: false });
    return results.violations.map(found =>
        [found.id, found.impact, found.nodes.length, found.nodes[0].html.slice(0, 200)]);
}"""
MOST_FILES = 15
# picture text under 11 px, by card, and pictures of the other width
SMALL_TEXT = """isNarrow => [...document.querySelectorAll(".jd-card")].flatMap(card => {
    const [shown, hidden] = (isNarrow ? [".jd-narrow", ".jd-wide"] : [".jd-wide", ".jd-narrow"])
        .map(name => card.querySelector(name));
    if (hidden.checkVisibility() || !shown.checkVisibility()) return [`${card.id}: the wrong width`];
    const svg = shown.querySelector("svg");
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const least = Math.min(...[...svg.querySelectorAll("text")].map(text =>
        parseFloat(getComputedStyle(text).fontSize))) * scale;
    return isNarrow && least < 11 ? [`${card.id}: text of ${least} px`] : [];
})"""
# Spacing that a reader may force (WCAG 1.4.12).
SPACING = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important} " \
          "p {margin-bottom: 2em !important}"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
# A target under 24 px is allowed in running text, or where a circle of 24 px on it meets no other target (WCAG 2.5.8).
SMALL_TARGETS = """() => {
    document.querySelectorAll("details").forEach(details => { details.open = true; });
    const inText = element => getComputedStyle(element).display === "inline"
        && element.parentElement.textContent.trim().length > element.textContent.trim().length + 1;
    const boxes = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
        .filter(element => element.checkVisibility({ visibilityProperty: true })
            && !element.closest("svg") && !element.matches(".jd-skip"))
        .map(element => [element, (element.closest("label") ?? element).getBoundingClientRect()]);
    const isSmall = box => box.width < 23.9 || box.height < 23.9;
    const middle = box => [box.x + box.width / 2, box.y + box.height / 2];
    return boxes.filter(([element, box]) => isSmall(box) && !inText(element) && boxes.some(([other, its]) => {
        if (other === element) return false;
        const [x, y] = middle(box), [itsX, itsY] = middle(its);
        const gap = Math.hypot(Math.max(its.x - x, 0, x - its.right), Math.max(its.y - y, 0, y - its.bottom));
        return gap < 12 || isSmall(its) && Math.hypot(x - itsX, y - itsY) < 24;
    })).map(([element]) => element.outerHTML.slice(0, 120));
}"""
FIRST_STOPS = ["Skip to the content", "Joint Drills", "Search this site"]


def faults_of_the_menu(page) -> list[str]:
    """What a keyboard meets first: the way to the content, then the menu, opened where it is folded."""
    faults = [] if page.locator(".jd-skip").bounding_box()["x"] >= 0 else ["the way to the content stays out of sight"]
    page.locator(".jd-menu summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    return faults if first == "Overview" else [*faults, f"the menu begins with {first}"]


def at_other_sizes(page) -> list[str]:
    """At which sizes a page scrolls sideways: a small phone, twice as large letters, widely spaced ones."""
    faults = []
    page.set_viewport_size({"width": 320, "height": 900})
    if not page.evaluate(FITS):
        faults.append("320 px")
    style = page.add_style_tag(content=SPACING)
    if not page.evaluate(FITS):
        faults.append("spaced letters at 320 px")
    style.evaluate("style => style.remove()")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.zoom = 2")
    if not page.evaluate(FITS):
        faults.append("200 %")
    return faults


@pytest.mark.parametrize(("scheme", "width"), SETTINGS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound(open_page, name, scheme, width):
    """Catch what shuts out a reader: an error, a page too wide, a contrast too low, a target too small, focus unseen.

    The console, requests to other hosts and answers other than 200 are watched by `open_page`.
    """
    page = open_page(name, width, scheme, reduced_motion="reduce")
    assert page.evaluate(FITS), "scrolls sideways"
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    asked = page.evaluate("performance.getEntriesByType('resource').length + 1")
    assert asked <= MOST_FILES, f"{asked} files"
    assert page.evaluate(SMALL_TEXT, width < 560) == []
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
    assert walk(page, 12)[:3] == FIRST_STOPS
    if width < 560:
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.locator(".jd-skip").focus()
        assert faults_of_the_menu(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert at_other_sizes(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_without_scripts(open_page, name):
    """Catch a page that needs a script: to fit a phone, to show a figure with its table, to be dark at night."""
    page = open_page(name, 320, "dark", java_script_enabled=False)
    assert page.evaluate(FITS)
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") != "rgb(255, 255, 255)"
    for card in page.locator(".jd-card").all():
        # a picture with parts to choose has a key beside it
        assert card.locator(".jd-narrow svg").last.bounding_box()["height"] > 100
        assert card.locator("summary").first.is_visible() and card.locator("tbody tr").count() > 0
        assert card.get_by_role("tab").count() == 0 and card.get_by_role("button", name="Quote").count() == 0


def test_no_page_asks_how_a_device_is_held(site):
    """Catch a style that hides or turns a page in one orientation (WCAG 1.3.4)."""
    pages = [path for path in (ROOT / "_build" / "html").rglob("*") if path.suffix in (".css", ".html", ".svg")]
    assert len(pages) > 150 and not [path for path in pages if re.search(rb"orientation\s*:", path.read_bytes())]


def test_the_pages_are_of_every_kind(site):
    """Catch a kind of page that no question is asked of."""
    folders = {path.relative_to(ROOT / "_build" / "html").parts[0]
               for path in (ROOT / "_build" / "html").rglob("*.html") if "_static" not in path.parts}
    asked = {re.split("/", name)[0] + ("" if "/" in name else ".html") for name in PAGES}
    assert folders - {"index.html", EMBEDS} <= asked | {"genindex.html"}
