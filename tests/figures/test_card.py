"""The figure card: what its digest pins, what its HTML and SVG promise, and colours that everybody can distinguish."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import numpy as np
import pandas as pd
import pytest
from coloraide import Color

from drills.chapters import common, frequency
from drills.counting import definitions, trends
from drills.figures import look
from drills.figures.card import MIMETYPE, OUTPUT_VARIABLE, Card, Column
from drills.figures.layout import LAYOUTS, WIDE, of_events
from drills.figures.svg import to_svg
from tests.helpers.sample_cards import AS_OF, CARD, COLUMNS, HOSTILE, TABLE, pages, real_cards

ROOT = Path(__file__).resolve().parents[2]
SVG, XHTML = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xhtml}"


@cache
def pictures() -> list[ElementTree.Element]:
    """Every <svg> of every card, read as strict XML."""
    found = [svg for page in pages().values() for svg in re.findall(r"<svg\b.*?</svg>", page, re.DOTALL)]
    return [ElementTree.fromstring(svg) for svg in found]


# the digest


def changed(column: str, row: int, value: object, base: Card = CARD) -> Card:
    table = base.table.copy()
    table[column] = table[column].astype(object)
    table.loc[row, column] = value
    return replace(base, table=table)


@pytest.mark.parametrize("card", [
    changed("value", 0, 1.2), changed("name", 1, "c"), changed("troops", 0, 12346.0), changed("troops", 1, 0),
    changed("year", 0, 2023), changed("troops", 0, 1_234_567.0), replace(CARD, table=TABLE.iloc[::-1]),
    replace(CARD, table=TABLE.head(1)), replace(CARD, columns={**COLUMNS, "year": Column("Jahr", is_year=True)}),
    replace(CARD, columns={**COLUMNS, "value": Column("Value", unit="days", decimals=1)}),
    replace(CARD, columns={**COLUMNS, "troops": Column("Troops", blank="not found")}),
    replace(CARD, note="1 event left out"), replace(CARD, alt="another"),
], ids=lambda card: "")
def test_digest_changes_with_what_is_shown(card):
    """Catch a number or a label that changes on the page while the stored output of its notebook stays."""
    assert card.digest != CARD.digest


def test_digest_tells_large_numbers_apart():
    """Catch a digest of rounded numbers: 1,234,567 and 1,234,568 are the same in six digits."""
    assert changed("troops", 0, 1_234_567.0).digest != changed("troops", 0, 1_234_568.0).digest


@pytest.mark.parametrize("card", [
    changed("hidden", 0, 99), changed("value", 0, 1.1099999), changed("high", 0, 1.31),
    replace(CARD, table=TABLE.set_axis([7, 8])), replace(CARD, table=TABLE[TABLE.columns[::-1]]),
    replace(CARD, table=TABLE.astype({"year": float})),
], ids=["hidden column", "unshown decimals", "column without a head", "index", "order of columns", "dtype"])
def test_digest_stays_with_what_is_not_shown(card):
    """Catch a digest that differs between machines: by the last bit of a float, by an index, by a dtype."""
    assert card.digest == CARD.digest


# the output of a notebook


@pytest.mark.parametrize("value, kinds", [("text", {"text/plain"}), ("", {"text/plain", "text/html"}),
                                          (None, {"text/plain", "text/html"}), ("site", {"text/plain", MIMETYPE})])
def test_pictures_stay_out_of_stored_outputs(monkeypatch, value, kinds):
    """Catch a picture in git, or a site without pictures."""
    monkeypatch.delenv(OUTPUT_VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(OUTPUT_VARIABLE, value)
    bundle = CARD._repr_mimebundle_()
    assert set(bundle) == kinds
    assert CARD.title in bundle["text/plain"] and CARD.digest in bundle["text/plain"]


@pytest.mark.parametrize("column, value, shown", [
    (Column(""), None, "not known"), (Column(""), np.nan, "not known"), (Column(""), pd.NaT, "not known"),
    (Column("", blank="not published"), np.nan, "not published"), (Column("", blank="none"), (), "none"),
    (Column(""), 12345, "12,345"), (Column("", decimals=2), 1234.5, "1,234.50"), (Column(""), np.int64(1000), "1,000"),
    (Column(""), 0, "0"), (Column("", is_year=True), 2024, "2024"), (Column("", is_year=True), 2024.0, "2024"),
    (Column("", is_year=True), np.nan, "not known"),
    (Column(""), True, "yes"), (Column(""), np.False_, "no"), (Column(""), "2024-05", "2024-05"),
    (Column(""), ("RUS", "CHN"), "RUS, CHN"), (Column("", decimals=2), np.inf, "infinite"),
])
def test_cells_are_shown_as_a_reader_needs_them(column, value, shown):
    """Catch "nan", "2,024" for a year, "True", a Python tuple or a long number without commas."""
    assert column.show(value) == shown


# HTML


def parse(page: str):
    return html5lib.HTMLParser(strict=True).parseFragment(page)


def texts(tree, tag: str, space: str = XHTML) -> list[str]:
    return ["".join(element.itertext()) for element in tree.iter(space + tag)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hostile", "timeline", "events-per-year", "days-per-year",
                                  "rate-changes", "events-per-month"])
def test_html_is_sound(name):
    """Catch markup that a browser has to repair, and an id that stands twice."""
    tree = parse(pages()[name])
    assert len(list(tree.iter(f"{SVG}svg"))) == len(LAYOUTS)
    assert not list(tree.iter(f"{XHTML}script")) + list(tree.iter(f"{SVG}script"))
    assert not [element.attrib for element in tree.iter() if any(a.startswith("on") for a in element.attrib)]


def test_every_text_is_escaped():
    """Catch a name from the record that runs as a script or breaks the page."""
    tree = parse(pages()["hostile"])
    paragraphs = texts(tree, "p")
    assert paragraphs == [CARD.title, CARD.subtitle, CARD.note]
    assert texts(tree, "th")[0] == f"{HOSTILE} ({HOSTILE})"
    assert HOSTILE in texts(tree, "th")
    assert texts(tree, "title", SVG) == [CARD.title] * 2 and texts(tree, "desc", SVG) == [CARD.alt] * 2
    drawn = texts(tree, "text", SVG)
    # row label and axis label, in both layouts
    assert drawn.count(HOSTILE) == 4
    regions = [element.get("aria-label") for element in tree.iter() if element.get("role") == "region"]
    assert regions == [f"Table: {CARD.title}"]


def test_table_has_real_heads():
    """Catch a table that a screen reader cannot name: heads without scope, rows without a head, blanks left blank."""
    table = next(parse(pages()["hostile"]).iter(f"{XHTML}table"))
    heads = list(next(table.iter(f"{XHTML}thead")).iter(f"{XHTML}th"))
    assert [head.get("scope") for head in heads] == ["col"] * len(COLUMNS)
    rows = [list(row) for row in next(table.iter(f"{XHTML}tbody"))]
    assert [[cell.tag.removeprefix(XHTML) for cell in row] for row in rows] == [["th", *["td"] * 5]] * 2
    assert [row[0].get("scope") for row in rows] == ["row"] * 2
    cells = [["".join(cell.itertext()) for cell in row] for row in rows]
    assert cells == [[HOSTILE, "1.1", "0.9", "12,345", "2024", HOSTILE],
                     ["b", "1.5", "not known", "not published", "2025", ""]]
    assert [cell.get("class") for cell in rows[0]] == [None, *["jd-number"] * 4, None]


def test_ids_are_unique_on_a_page_with_every_card():
    """Catch two pictures that share a clip path or a hatch, so that one shows the other's."""
    ids = re.findall(r'\bid="([^"]*)"', "\n".join(pages().values()))
    assert len(ids) == len(set(ids)) > 20


# SVG


def test_pictures_have_title_and_description():
    """Catch a picture without a name for who cannot see it."""
    for svg in pictures():
        title, description = svg[0], svg[1]
        assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
        assert svg.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
        assert svg.get("role") == "img" and title.text and description.text


def test_references_stay_inside_their_picture():
    """Catch a link to elsewhere, and a hatch or clip path that is not there."""
    for svg in pictures():
        ids = {element.get("id") for element in svg.iter()}
        for element in svg.iter():
            for name, value in element.attrib.items():
                targets = re.findall(r"url\((.*?)\)", value) + ([value] if name.endswith(("href", "src")) else [])
                assert all(target[0] == "#" and target[1:] in ids for target in targets), (name, value)


def test_no_style_leaks_into_the_page():
    """Catch a <style> that repaints the whole page, or a style attribute that a strict policy blocks."""
    for svg in pictures():
        assert not [e.tag for e in svg.iter() if e.tag in (f"{SVG}style", f"{SVG}metadata") or "style" in e.attrib]


def test_colours_follow_the_scheme():
    """Catch a fixed colour, which vanishes on a dark page; a shape without a fill is black by default."""
    allowed = {"none", *(f"var(--jd-{role})" for role in look.LIGHT)}
    for svg in pictures():
        for element in svg.iter():
            for name in ("fill", "stroke", "color", "stop-color"):
                value = element.get(name, "none")
                assert value in allowed or value.startswith("url(#"), (name, value)
        hidden = {e for part in svg.iter() if part.tag in (f"{SVG}defs", f"{SVG}clipPath") for e in part.iter()}
        drawn = [e for e in svg.iter() if e.tag in (f"{SVG}path", f"{SVG}use", f"{SVG}text") and e not in hidden]
        # a group, or the picture, says it for all that it holds
        held = {e for group in svg.iter() if "fill" in group.attrib for e in group.iter()}
        assert all("fill" in e.attrib or e.get("fill-opacity") == "0" or e in held for e in drawn)


def test_text_is_real_and_large_enough():
    """Catch letters drawn as outlines, or smaller than 11 px, or in a colour too pale to read."""
    for svg, layout in zip(pictures(), LAYOUTS * len(pages()), strict=True):
        assert float(svg.get("viewBox").split()[2]) == layout.width
        words = list(svg.iter(f"{SVG}text"))
        assert words and "scale(" not in ElementTree.tostring(svg, encoding="unicode")
        for element in words:
            assert float(element.get("font-size", svg.get("font-size"))) >= 11, element.text
            assert element.get("fill", svg.get("fill")) in {f"var(--jd-{role})" for role in look.TEXT}


def test_text_without_a_colour_is_ink():
    """Catch black words on a dark page: matplotlib leaves out the colour of what is plain black."""
    figure = WIDE.figure(100)
    figure.text(0.5, 0.5, "words", color="#000000")
    with look.style():
        svg = ElementTree.fromstring(to_svg(figure, "p", "t", "d"))
    assert [element.get("fill", svg.get("fill")) for element in svg.iter(f"{SVG}text")] == ["var(--jd-ink)"]


def test_a_picture_file_stands_alone():
    """Catch a picture in the README without colours or paper: no page defines its variables."""
    for card in [CARD, replace(real_cards()[1])]:
        file = card.picture_file()
        assert "var(" not in file
        title, description, paper = list(ElementTree.fromstring(file))[:3]
        assert (title.text, description.text) == (card.title, card.alt)
        assert paper.attrib == {"width": "720", "height": paper.get("height"), "fill": look.LIGHT["paper"]}
        colours = set(re.findall(r'(?:fill|stroke)="(#[^"]*)"', file))
        assert colours <= set(look.LIGHT.values())


def words_of(svg: str) -> list[tuple]:
    """The words of an SVG in their order, each with the size and colour that they have by it or what it is in."""
    found: list[tuple] = []

    def look_at(element: ElementTree.Element, size: str, fill: str) -> None:
        size, fill = element.get("font-size", size), element.get("fill", fill)
        if element.tag == f"{SVG}text":
            found.append(("".join(element.itertext()), size, fill))
        for child in element:
            look_at(child, size, fill)

    look_at(ElementTree.fromstring(svg), "", "")
    return found


def test_words_have_the_size_and_colour_in_a_file_that_they_have_on_the_page():
    """Catch words of a file that are as large as a viewer likes, and so lie over each other."""
    for card in [CARD, replace(real_cards()[1])]:
        on_page, file = card.svg(WIDE), card.picture_file()
        for role, colour in look.LIGHT.items():
            on_page = on_page.replace(f"var(--jd-{role})", colour)
        shown = words_of(on_page)
        assert shown and all(size and fill for _, size, fill in words_of(file))
        assert [words for words in words_of(file) if words in shown] == shown


@pytest.mark.slow
def test_a_file_shows_the_picture_of_the_page_whichever_is_made_first():
    """Catch a chart that is laid out anew for a file, and one that a file has changed for the page."""
    # copies, of which nothing is drawn yet
    one, other = replace(real_cards()[1]), replace(real_cards()[1])
    on_page, file = one.svg(WIDE), one.picture_file()
    places = [axes.get_position().bounds for axes in one.wide.axes]
    picture = one.picture_bytes()
    assert [axes.get_position().bounds for axes in one.wide.axes] == places
    assert (other.picture_bytes(), other.picture_file(), other.svg(WIDE)) == (picture, file, on_page)
    assert one.svg(WIDE) == on_page
    # title and note stand around it in the file
    drawn, filed = (set(re.findall(r'<path d="([^"]+)"', svg)) for svg in (on_page, file))
    assert drawn and drawn <= filed


@pytest.mark.slow
def test_pictures_are_the_same_in_every_process():
    """Catch ids or orders that follow the hash seed, so that every build changes every page."""
    code = "from tests.helpers.sample_cards import pages; print(*pages().values())"
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True,
                           env={**os.environ, "PYTHONHASHSEED": seed}).stdout.decode()
    assert found == f"{' '.join(pages().values())}\n" and len(found) > 100_000


def test_only_a_card_off_the_site_brings_style():
    """Catch a card in JupyterLab in black on black with both of its pictures, and a page that repeats its style."""
    assert "<style>" not in LINKED.html(is_on_site=True)
    style = re.search(r"<style>(.*?)</style>", LINKED.html(), re.DOTALL)[1]
    assert set(re.findall(r"--jd-(\w+):", style)) == set(look.LIGHT)
    assert ".jd-narrow { display: none; }" in style and "@container" in style
    # no rule reaches beyond the card
    selectors = [part for rule in re.findall(r"([^{}]+){", style) for part in rule.split(",")]
    assert all(".jd-card" in selector or "@container" in selector for selector in selectors)


# links to the pages of events


EVENTS = pd.DataFrame({"event_id": ["2021-a", "2022-b"], "name": [HOSTILE, "Second"], "value": [1.0, 2.0],
                       "start_date": ["2021-05-01", "2022-06"]})


def draw_events(layout, table):
    figure = layout.figure(100)
    axes = figure.subplots()
    axes.plot(table["value"], table["value"], linestyle="", marker="o", color=look.LIGHT["both"],
              gid=of_events(table["event_id"]))
    axes.text(1, 1, "only one", color=look.LIGHT["ink"], gid=of_events(["2022-b"]))
    return figure


LINKED = Card("linked", "Title", "Subtitle", "Note", "Alt", EVENTS,
              {"start_date": Column("First day"), "name": Column("Event"), "value": Column("Value")}, draw_events)
PAGES_OF_EVENTS = ["events/2021-a.html", "events/2022-b.html"]


def links_of(tree, space: str) -> list[tuple[str, str]]:
    return [(a.get("href"), a.findtext(f"{SVG}title") or "".join(a.itertext())) for a in tree.iter(f"{space}a")]


def test_rows_of_the_table_link_to_their_events():
    """Catch a table whose events lead nowhere, a link on the wrong cell or row, and a name that is markup."""
    table = next(parse(LINKED.html(is_on_site=True)).iter(f"{XHTML}table"))
    assert links_of(table, XHTML) == list(zip(PAGES_OF_EVENTS, EVENTS["name"], strict=True))
    assert [[cell.tag.removeprefix(XHTML) for cell in row if cell.find(f"{XHTML}a") is not None]
            for row in table.find(f"{XHTML}tbody")] == [["td"], ["td"]]
    assert [row[1].find(f"{XHTML}a").text for row in table.find(f"{XHTML}tbody")] == list(EVENTS["name"])


def test_marks_link_to_their_events():
    """Catch a mark that leads to the page of another event, or says nothing when it is pointed at."""
    for svg in parse(LINKED.html(is_on_site=True)).iter(f"{SVG}svg"):
        named = [f"{HOSTILE}, 2021-05-01", "Second, 2022-06"]
        assert sorted(links_of(svg, SVG)) == sorted([*zip(PAGES_OF_EVENTS, named, strict=True),
                                                     (PAGES_OF_EVENTS[1], named[1])])
        places = {a.get("href"): float(use.get("x")) for a in svg.iter(f"{SVG}a") for use in a.iter(f"{SVG}use")}
        assert places[PAGES_OF_EVENTS[0]] < places[PAGES_OF_EVENTS[1]]


def test_a_picture_with_links_is_no_image():
    """Catch links inside role="img", which no keyboard reaches and axe refuses; the table has the same ones."""
    for svg in parse(LINKED.html(is_on_site=True)).iter(f"{SVG}svg"):
        assert svg.get("role") == "group" and svg.get("aria-describedby") == svg[1].get("id")
        assert [child.tag for child in svg] == [f"{SVG}title", f"{SVG}desc", f"{SVG}g"]
        assert svg[2].get("aria-hidden") == "true" and {a.get("tabindex") for a in svg.iter(f"{SVG}a")} == {"-1"}


def test_only_the_site_has_pages_to_link_to():
    """Catch links that lead nowhere: in a picture that stands alone, and in JupyterLab."""
    files = LINKED.files()
    assert b"<a " not in files["linked.svg"]
    assert json.loads(files["linked.json"])["pages"] == PAGES_OF_EVENTS
    assert "<a " not in LINKED.html() and "pages" not in CARD.interactive()


def test_definitions_link_to_the_switchboard():
    """Catch a definition whose row leads to another setting, and a link where there is none to lead to."""
    card = replace(CARD, table=CARD.table.assign(query=["kinds=patrol&from=2012", None]))
    wanted = "definitions.html?kinds=patrol&from=2012#switchboard"
    assert card.pages == [wanted, ""]
    assert [a.get("href") for a in parse(card.html(is_on_site=True)).find(f".//{XHTML}tbody").iter(f"{XHTML}a")] == [
        wanted]


def test_links_change_no_digest():
    """Catch a digest that depends on where a card is shown."""
    assert LINKED.digest == replace(LINKED, table=EVENTS.drop(columns="event_id")).digest


# colours


PALETTES = {"light": look.LIGHT, "dark": look.DARK}
LEAST_DIFFERENCE = 10


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("roles, least", [(look.MARKS, 3), (look.TEXT, 4.5)], ids=["marks", "text"])
def test_contrast_is_enough(palette, roles, least):
    """Catch marks or words too pale for their paper."""
    ratios = {role: Color(palette[role]).contrast(palette["paper"], method="wcag21") for role in roles}
    assert {role: ratio for role, ratio in ratios.items() if ratio < least} == {}


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("blindness", ["protan", "deutan", "tritan"])
def test_marks_differ_in_colour_blindness(palette, blindness):
    """Catch two kinds of mark that look alike to one man in twelve; 2.3 is just noticeable (CIE 1976)."""
    seen = {role: Color(palette[role]).filter(blindness, method="machado") for role in look.MARKS}
    differences = {(one, other): seen[one].delta_e(seen[other], method="76") for one, other in combinations(seen, 2)}
    assert {pair: value for pair, value in differences.items() if value < LEAST_DIFFERENCE} == {}


def test_palettes_name_the_same_roles_once():
    """Catch a colour that a page maps to the wrong role, or not at all."""
    assert list(look.LIGHT) == list(look.DARK)
    assert all(len({c.lower() for c in palette.values()}) == len(palette) for palette in PALETTES.values())


# headlines


def yearly(totals) -> pd.DataFrame:
    days = pd.DataFrame({"start_date": [f"{2003 + i}-06-01" for i, n in enumerate(totals) for _ in range(n)],
                         "kind": "exercise"})
    return trends.events_per_year(days, 2003, 2026)


GROWN, SHRUNK, UNCLEAR = ("Joint activity has grown about 8 % a year since 2003",
                          "Joint activity has shrunk about 8 % a year since 2003",
                          "Joint activity has shown no clear trend since 2003")


@pytest.mark.parametrize("totals, title, most", [
    ([2 + i for i in range(23)], GROWN, "2025 saw the most events, 24."),
    ([24 - i for i in range(23)], SHRUNK, "2003 saw the most events, 24."),
    ([3, 9] * 10 + [3, 10, 6, 40], UNCLEAR, "2024 saw the most events, 10."),
    ([3, 9, 3, 9] + [3] * 20, UNCLEAR, "2004 and 2006 saw the most events, 9 each."),
], ids=["up", "down", "no change, and a year under way that would lead", "ties"])
def test_headline_is_the_finding(totals, title, most):
    """Catch a headline that claims a trend that the interval does not show, or counts the year still under way."""
    card = frequency.events_per_year_card(yearly(totals), definitions.DEFAULT, AS_OF)
    assert card.title == title and most in card.note


def test_a_rate_from_nothing_can_be_shown():
    """Catch "inf times as often", and an axis without an end."""
    events = pd.DataFrame({"start_date": ["2020-05-01", "2021-05-01"]})
    changes = trends.compare_rates(events, {"After the date": "2019-01-01"}, "2010-01-01", "2025-12-31")
    card = frequency.rate_changes_card(changes, definitions.DEFAULT, AS_OF)
    assert card.note.startswith("Recorded events came only after 1 January 2019 (95 % interval ")
    assert " upward). " in card.note and "infinite" in card.rows[0]
    assert "inf" not in card.alt.replace("infinite", "") and "<svg" in card.svg(WIDE)


@pytest.mark.parametrize("as_of, label, last", [
    ("2026-07-02", (2026, "to Jul 2026"), 2025), ("2026-12-30", (2026, "to Dec 2026"), 2025),
    ("2026-12-31", None, 2026), ("2027-01-01", None, 2026)])
def test_the_year_under_way_is_set_apart(as_of, label, last):
    """Catch half a year drawn and fitted as a whole one."""
    per_year = yearly([1] * 24)
    assert common.to_date(per_year, pd.Timestamp(as_of)) == label
    assert trends.complete_years(per_year, pd.Timestamp(as_of))["year"].max() == last
