"""The built site as a reader meets it: pages and links, and cards with and without JavaScript, on a phone, in the
dark, by keyboard and on paper."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from urllib.parse import urlparse

import nbformat
import pytest
import yaml
from playwright.sync_api import expect

from tests.helpers import built
from tests.helpers.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [TOC["root"], *(chapter["file"] for chapter in TOC["chapters"])]
CHAPTERS = [name for name in PAGES if (ROOT / "book" / f"{name}.ipynb").exists()]
HTML = built.HTML
FIGURES = HTML / "figures"
CELLS = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"


def explore(page, card):
    """Open the interactive view of a card and wait for its marks."""
    card.get_by_role("tab", name="Explore").click()
    wait_until(page, "id => document.getElementById(id).querySelector('.jd-plot .main-svg')",
               card.get_attribute("id"))


@pytest.mark.parametrize("name", CHAPTERS)
def test_explore_draws_the_table(open_page, name):
    """Catch an interactive view that loses rows, or whose hover text says something else than the table."""
    page = open_page(name)
    for card in page.locator(".jd-card").all():
        card_id, rows = card.get_attribute("id"), card.locator("tbody tr").evaluate_all(CELLS)
        explore(page, card)
        figure = json.loads((FIGURES / f"{card_id}.json").read_text(encoding="utf-8"))
        drawn = sum(len(trace["x"]) for trace in figure["wide"]["data"]
                    if trace["type"] == "bar" or trace["mode"] == "markers")
        assert page.locator(f"#{card_id} .jd-explore .point").count() == drawn
        said = [[html.unescape(cell) for cell in row] for row in figure["rows"]]
        # a long table stands on the page with its two ends, until it is opened
        ends = len(rows) // 2 if card.locator(".jd-cut").count() else len(rows)
        assert (said if ends == len(rows) else said[:ends] + said[-ends:]) == rows


def test_plotly_comes_once_and_only_when_asked(open_page):
    """Catch a heavy script on first view, or one that each card loads again."""
    page = open_page("frequency")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "plotly" in request.url else None)
    page.reload()
    assert asked == []
    for card in page.locator(".jd-card").all():
        explore(page, card)
    assert len(asked) == 1


def test_tabs_work_by_keyboard(open_page):
    """Catch tabs that a keyboard cannot walk, and focus that is lost on the way."""
    page = open_page("frequency")
    card = page.locator("#events-per-year")
    tabs = card.get_by_role("tab")
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    assert tabs.nth(1).get_attribute("aria-selected") == "true"
    assert tabs.nth(1).evaluate("tab => tab === document.activeElement")
    page.keyboard.press("End")
    assert card.locator("#events-per-year-table").is_visible()
    assert not card.locator("#events-per-year-chart").is_visible()
    page.keyboard.press("Home")
    assert card.locator("#events-per-year-chart").is_visible()


def test_marks_can_be_walked_by_keyboard(open_page, record):
    """Catch an interactive view that only a mouse can read: arrow keys hover and announce."""
    page = open_page("scale")
    card = page.locator("#troops-ranges")
    explore(page, card)
    card.locator(".jd-plot").focus()
    listed = json.loads((FIGURES / "troops-ranges.json").read_text(encoding="utf-8"))["pages"]
    names = record.events.set_index("event_id")["name"]
    for event_id in [Path(page).stem for page in listed[:2]]:
        page.keyboard.press("ArrowRight")
        assert f"Event: {names[event_id].split(' (')[0]}" in card.locator(".jd-say").inner_text()
        expect(card.locator(".hoverlayer .hovertext")).to_have_count(1)


@pytest.fixture
def opened_events(open_page):
    """A page of a chapter whose events lead to pages that are answered here, and the addresses that were asked for."""
    asked = []

    def open_one(name: str):
        page = open_page(name)
        page.route("**/events/*.html", lambda route: (asked.append(urlparse(route.request.url).path),
                                                      route.fulfill(body="<title>An event</title>")))
        return page

    return open_one, asked


def test_marks_of_the_interactive_view_open_their_events(opened_events):
    """Catch a mark that opens the page of another event, by keyboard or by mouse."""
    open_one, asked = opened_events
    for is_click in (False, True):
        page = open_one("scale")
        card = page.locator("#troops-ranges")
        explore(page, card)
        if is_click:
            # the marks of the key stand for no row
            marks = card.locator(".jd-plot .point")
            rows = marks.evaluate_all("marks => marks.map(mark => mark.__data__.data ?? null)")
            at = next(number for number, row in enumerate(rows) if row is not None)
            clicked = rows[at][0] if isinstance(rows[at], list) else rows[at]
            marks.nth(at).click(force=True)
        else:
            card.locator(".jd-plot").focus()
            page.keyboard.press("ArrowRight")
            page.keyboard.press("Enter")
        page.wait_for_url("**/events/*.html")
    pages = json.loads((FIGURES / "troops-ranges.json").read_text(encoding="utf-8"))["pages"]
    assert asked == [f"/{pages[0]}", f"/{pages[int(clicked)]}"]


def test_a_mark_of_the_chart_opens_its_event(opened_events):
    """Catch a timeline that is a picture only: each mark is a link, which no tab stop doubles."""
    open_one, asked = opened_events
    page = open_one("index")
    link = page.locator("#timeline .jd-wide a").first
    assert link.get_attribute("tabindex") == "-1" and link.locator("title").text_content()
    address = link.get_attribute("href")
    link.click()
    page.wait_for_url("**/events/*.html")
    assert asked == [f"/{address}"]


def test_explore_follows_the_theme(open_page):
    """Catch an interactive view that stays light when the reader switches to dark."""
    page = open_page("frequency")
    card = page.locator("#events-per-year")
    explore(page, card)
    colour = "document.querySelector('#events-per-year .jd-plot .infolayer text').style.fill"
    light = page.evaluate(colour)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    wait_until(page, f"light => {colour} !== light", light)


def test_chart_follows_the_theme(open_page):
    """Catch a chart with fixed colours."""
    fill = "getComputedStyle(document.querySelector('#events-per-year .jd-wide svg text')).fill"
    assert open_page("frequency").evaluate(fill) != open_page("frequency", scheme="dark").evaluate(fill)


def test_tables_sort(open_page):
    """Catch numbers sorted as words, and a sort order that is not announced."""
    page = open_page("frequency")
    card = page.locator("#events-per-year")
    card.get_by_role("tab", name="Table").click()
    head = card.get_by_role("columnheader", name="All events")
    head.get_by_role("button").click()
    column = head.evaluate("head => head.cellIndex")
    values = card.locator("tbody tr").evaluate_all(f"rows => rows.map(row => Number(row.cells[{column}].textContent))")
    assert values == sorted(values) and head.get_attribute("aria-sort") == "ascending"


def test_quote_copies_a_sentence(open_page):
    """Catch a quotation without its number, definition, day, release or address."""
    page = open_page("frequency", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#events-per-year").get_by_role("button", name="Quote").click()
    wait_until(page, "document.querySelector('#events-per-year .jd-quote').textContent.includes('Copied')")
    said = page.evaluate("navigator.clipboard.readText()")
    for words in ("a year since", "interval +", "Counted: core events", "Source: ",
                  "Record as of", "release ", "/frequency.html#events-per-year"):
        assert words in said


@pytest.mark.parametrize("name", CHAPTERS)
def test_files_of_a_figure(open_page, site, name):
    """Catch a download that is missing, empty or not what its table shows."""
    page = open_page(name)
    for card in page.locator(".jd-card").all():
        links = [link.get_attribute("href") for link in card.locator(".jd-files a").all()]
        assert [Path(link).suffix for link in links] == [".csv", ".svg", ".png"]
        answers = [page.request.get(f"{site}/{link}") for link in links]
        assert all(answer.ok for answer in answers)
        rows = list(csv.reader(io.StringIO(answers[0].text())))
        shown = card.locator("tbody tr").count()
        assert len(rows) - 1 == shown or (card.locator(".jd-cut").count() and len(rows) - 1 > shown)
        assert answers[2].body().startswith(b"\x89PNG") and "<title>" in answers[1].text()


def test_print_shows_every_chart(open_page):
    """Catch a printed chapter without its charts, whatever view was open."""
    page = open_page("frequency")
    for card in page.locator(".jd-card").all():
        card.get_by_role("tab", name="Table").click()
    page.emulate_media(media="print")
    for card in page.locator(".jd-card").all():
        assert card.locator("[data-view=Chart]").is_visible() and not card.locator("[data-view=Table]").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def cards_of(name: str) -> list[str]:
    """The ids of the cards that a chapter shows, from its stored outputs."""
    notebook = nbformat.read(ROOT / "book" / f"{name}.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    texts = [output.data["text/plain"] for output in outputs if output.output_type == "execute_result"]
    return [re.match(r"Card (\S+)", text)[1] for text in texts]


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_card_is_on_its_page_once(site, name):
    """Catch a figure that vanishes from a page without an error."""
    page = built.tree(name)
    figures = [figure for figure in page.iter("figure") if "jd-card" in figure.get("class", "").split()]
    assert [figure.get("id") for figure in figures] == cards_of(name)
    for figure in figures:
        # a key that stands beside a picture with parts to choose has no description of its own
        pictures = [svg for svg in figure.iter("svg") if svg.get("aria-labelledby")]
        assert len(pictures) == 2
        for picture in pictures:
            description = picture.find("desc").text
            assert len(description) > 60 and "_images/" not in description
        assert len(list(figure.iter("tr"))) > 1


def test_nothing_is_fetched_from_elsewhere(site):
    """Catch a script, style, font or picture from another host."""
    for name in built.names():
        for element in built.tree(name).iter():
            for attribute in ("src", "srcset", "data", "poster"):
                assert not urlparse(element.get(attribute, "")).netloc, (name, element.attrib)
            if element.tag == "link" and element.get("rel") != "canonical":
                assert not urlparse(element.get("href", "")).netloc, (name, element.attrib)
