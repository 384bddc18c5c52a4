"""The explorer as a reader uses it: filters, order, columns, shared address, download, keyboard, and no script."""

from __future__ import annotations

import csv
import io
import re

from drills.record import tables
from tests.helpers.waiting import wait_until

IDS = "rows => rows.map(row => row.dataset.id)"
TEXTS = "cells => cells.map(cell => cell.textContent.trim())"
KEYS = "cells => cells.map(cell => cell.dataset.sort ?? cell.textContent)"
SHOWN = """rows => rows.map(row => [row.dataset.id, ...[...row.cells].filter(cell => !cell.hidden).map(cell => {
    const parts = [...cell.querySelectorAll(".jd-part")];
    return (parts.length ? parts.map(part => part.textContent) : [cell.textContent]).join("; ");
})])"""
RECORD = tables.load()
EVENTS = RECORD.events.set_index("event_id")


def in_rows(page, part: str, script: str) -> list:
    """What a script finds in a part of every row, once all rows are in their places."""
    page.locator(".jd-events tbody:not([aria-busy])").first.wait_for(state="attached")
    return page.locator(f".jd-events tbody {part}").evaluate_all(script)


def ids(page) -> list[str]:
    return in_rows(page, "tr", IDS)


def box(page):
    return page.get_by_role("searchbox", name="Search", exact=True)


def search(page, words: str) -> list[str]:
    """Type into the search box and wait until the table has followed."""
    box(page).fill(words)
    wait_until(page, "words => (new URLSearchParams(location.search).get('q') ?? '') === words", words)
    return ids(page)


def choose(page, label: str, value: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).select_option(value)


def download(page) -> tuple[str, list[list[str]]]:
    """The text of the download and its rows."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile(r"^Download .*\(CSV\)$")).click()
    with open(waiting.value.path(), encoding="utf-8-sig", newline="") as file:
        text = file.read()
    return text, list(csv.reader(io.StringIO(text)))


def test_without_javascript_the_table_is_complete(open_page):
    """Catch a page that needs a script for its rows, or shows controls that do nothing."""
    page = open_page("explore", java_script_enabled=False)
    assert sorted(ids(page)) == sorted(EVENTS.index)
    assert not page.locator(".jd-filter").is_visible() and page.locator(".jd-explorer button:visible").count() == 0


def test_search_works_in_three_scripts(open_page):
    """Catch a search that knows one alphabet, one case or one width of letters."""
    page, named = open_page("explore"), set(EVENTS.index[EVENTS["name"].str.startswith("Joint Sea")])
    for words in ("Морское взаимодействие", "МОРСКОЕ взаимодействие", "海上联合", "ｊｏｉｎｔ ｓｅａ"):
        found = set(search(page, words))
        assert len(found & named) > len(named) / 2 and len(found) < len(EVENTS), words


def test_every_word_must_occur_and_quotes_hold_words_together(open_page):
    """Catch a search for any of the words, and marks of a pattern that are read as one."""
    page = open_page("explore")
    apart, together = search(page, "sea joint"), search(page, '"joint sea"')
    assert set(together) < set(apart) < set(search(page, "sea"))
    assert search(page, ".*") == [] and 0 < len(search(page, "(")) < len(EVENTS)


# choices, and which events they are
FILTERS = [
    ({"From year": "2015", "To year": "2018"}, "'2015' <= start_date < '2019'"),
    ({"Kind": "patrol"}, "kind == 'patrol'"),
    ({"Domain": "naval", "Framework": "sco"}, "domain == 'naval' and framework == 'sco'"),
    ({"Status": "cancelled"}, "status == 'cancelled'"),
    ({"Tier": "core", "From year": "2022"}, "tier == 'core' and start_date >= '2022'")]


def test_filters_select_what_they_say(open_page):
    """Catch a filter that looks at another column, one that replaces another, or one that stays when cleared."""
    page = open_page("explore")
    for choices, query in FILTERS:
        for label, value in choices.items():
            choose(page, label, value)
        wanted = EVENTS.query(query).index
        assert sorted(ids(page)) == sorted(wanted), choices
        assert page.locator(".jd-found").inner_text().startswith(f"{len(wanted)} of {len(EVENTS)} events")
        page.get_by_role("button", name="Clear filters").click()
        assert len(ids(page)) == len(EVENTS)


def test_an_observer_is_found_apart_from_a_participant(open_page):
    """Catch a country filter that mixes those that take part with those that watch."""
    page, roles = open_page("explore"), RECORD.participants.query("country == 'MNG'")
    for value, role in (("MNG", "participant"), ("MNG-observer", "observer")):
        choose(page, "Country", value)
        assert sorted(ids(page)) == sorted(roles.loc[roles["role"] == role, "event_id"])


def test_size_class_filter(open_page):
    """Catch a class that is not that of the row."""
    page = open_page("explore")
    for value, words in (("yes", "yes"), ("contested", "contested"), ("open", "contested by an open end only")):
        choose(page, "10,000 troops or more", value)
        said = in_rows(page, ".jd-of-size", TEXTS)
        assert said and set(said) == {words}


def test_a_shared_address_shows_the_same_rows(open_page):
    """Catch a link that loses a filter, the order or the columns."""
    page = open_page("explore")
    search(page, "взаимодействие")
    choose(page, "To year", "2022")
    page.locator(".jd-choose summary").click()
    page.get_by_role("checkbox", name="Domain").uncheck()
    page.locator("thead").get_by_role("button", name="Name").click()
    shown, address = in_rows(page, "tr", SHOWN), page.url
    other = open_page("explore")
    other.goto(address)
    assert in_rows(other, "tr", SHOWN) == shown
    assert other.get_by_label("To year").input_value() == "2022" and other.url == address
    assert not other.locator("th[data-column=domain]").is_visible()


NONSENSE = ["?kind=nonsense&country=%3Cscript%3E&from=abc&sort=constructor&hide=name+nothing", "?sort=-&hide=",
            "?q=%FF&q=", "?unknown=1&__proto__=2", "?sort=__proto__"]


def test_an_address_that_makes_no_sense_is_ignored(open_page):
    """Catch an error, an empty table or a hidden name after a mistyped or hostile address."""
    page = open_page("explore")
    plain = page.url
    for query in NONSENSE:
        page.goto(plain + query)
        if "%FF" in query:
            assert box(page).input_value() == "\ufffd"
        else:
            assert len(ids(page)) == min(len(EVENTS), 200), query
        assert page.locator("th[data-column=name]").is_visible(), query
        assert set(page.locator("select").evaluate_all("all => all.map(one => one.selectedIndex)")) == {0}, query


def test_markup_in_the_address_stays_text(open_page):
    """Catch a search from an address that reaches the page as markup."""
    page = open_page("explore")
    page.goto(page.url + "?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E")
    assert box(page).input_value() == "<img src=x onerror=alert(1)>"
    assert page.locator(".jd-explorer img").count() == 0 and ids(page) == []
    assert "none fits all filters" in page.locator(".jd-found").inner_text()
    page.get_by_role("button", name="Clear filters").click()
    assert len(ids(page)) == len(EVENTS) and "?" not in page.url


def test_sorting_by_number_and_by_day(open_page):
    """Catch numbers sorted as words, blanks on top, and an order that is not announced."""
    page = open_page("explore")
    for column, head in (("publishers", "Independent houses"), ("troops", "Troops, all participants")):
        for direction in ("ascending", "descending"):
            page.locator("thead").get_by_role("button", name=head).click()
            assert page.locator(f"th[data-column={column}]").get_attribute("aria-sort") == direction
            assert page.locator("[aria-sort]").count() == 1
            keys = in_rows(page, f".jd-of-{column}", KEYS)
            known = [float(key) for key in keys if key]
            assert known == sorted(known, reverse=direction == "descending") and set(keys[len(known):]) <= {""}
    page.locator("thead").get_by_role("button", name="Dates").click()
    assert list(EVENTS.loc[ids(page), "start_date"]) == sorted(EVENTS["start_date"])


def test_download_is_what_is_shown(open_page):
    """Catch a download with other rows, columns, order or words than the table, or bytes that are no RFC 4180."""
    page = open_page("explore")
    choose(page, "Framework", "sco")
    page.locator(".jd-choose summary").click()
    for name in ("Place", "Status and tier"):
        page.get_by_role("checkbox", name=name).uncheck()
    page.locator("thead").get_by_role("button", name="Independent houses").click()
    text, rows = download(page)
    heads = page.locator("thead th:visible").all_inner_texts()
    assert rows[0] == ["event_id", *(re.sub(r"\s*[▲▼]", "", head) for head in heads)]
    assert rows[1:] == in_rows(page, "tr", SHOWN)
    assert f"Download these {len(rows) - 1} rows" in page.locator(".jd-save").inner_text()
    assert text.count("\r\n") == len(rows) and "\n" not in text.replace("\r\n", "")


# a cell and how a download has it
SAVED = {"=1+1": "'=1+1", "+cmd": "'+cmd", "-2+3": "'-2+3", "@SUM(A1)": "'@SUM(A1)", "＝1": "'＝1", "-173.5": "-173.5",
         "-1,000": "-1,000", "–": "–", "-": "-", "2005-08-18": "2005-08-18", '=HYPERLINK("x")': """'=HYPERLINK("x")""",
         'a "b", c': 'a "b", c'}


def test_download_cannot_run_as_a_formula(open_page):
    """Catch a cell that a spreadsheet would run, and a plain number or date that is changed on the way."""
    page = open_page("explore")
    page.locator("tbody .jd-of-place").evaluate_all(
        "(places, texts) => texts.forEach((text, row) => { places[row].textContent = text; })", list(SAVED))
    head, *rows = download(page)[1]
    assert [row[head.index("Place")] for row in rows[:len(SAVED)]] == list(SAVED.values())


def test_link_to_this_view_is_copied(open_page):
    """Catch a copied address that lags behind the form."""
    page = open_page("explore", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("""() => {
        const box = document.querySelector("#jd-by-q");
        box.value = "patrol";
        box.dispatchEvent(new Event("input", { bubbles: true }));
        document.querySelector(".jd-link").click();
    }""")
    wait_until(page, "() => document.querySelector('.jd-said').textContent === 'Link copied.'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/explore.html?q=patrol") and copied == page.url


def test_back_from_an_event_keeps_the_view(open_page):
    """Catch filters that are gone after a look at one event."""
    page = open_page("explore")
    before = search(page, "peace mission")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/events/*.html")
    page.go_back()
    wait_until(page, "() => !document.querySelector('.jd-filter').hidden")
    assert ids(page) == before and box(page).input_value() == "peace mission"


def test_the_address_rules_when_it_changes(open_page):
    """Catch a page that ignores a move through the history of its own addresses."""
    page = open_page("explore")
    page.evaluate("""() => { history.pushState(null, "", "?kind=competition"); history.pushState(null, "", "?"); }""")
    page.go_back()
    wait_until(page, "() => document.querySelector('#jd-by-kinds').value === 'competition'")
    assert sorted(ids(page)) == sorted(EVENTS.query("kind == 'competition'").index)


def test_everything_is_reached_by_keyboard(open_page):
    """Catch a control that the Tab key skips, one without a visible focus, and a key that does nothing."""
    page = open_page("explore")
    box(page).focus()
    wanted = page.locator(".jd-explorer :is(input, select, summary, button, .jd-scroll, thead button):visible").count()
    reached = []
    for _ in range(wanted):
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached[-1]
        page.keyboard.press("Tab")
    assert len(set(reached)) == wanted
    assert page.evaluate("document.activeElement.closest('tbody') !== null")
    page.locator("thead").get_by_role("button", name="Name").focus()
    page.keyboard.press("Enter")
    assert page.locator("th[data-column=name]").get_attribute("aria-sort") == "ascending"
    box(page).fill("zapad")
    page.keyboard.press("Enter")
    assert "q=zapad" in page.url


def test_on_a_phone_every_cell_says_what_it_is(open_page):
    """Catch a table that scrolls sideways at 320 px, open filters that push it away, and cells without their label."""
    page = open_page("explore", 320)
    assert page.locator(".jd-explorer").evaluate("all => all.scrollWidth <= all.clientWidth")
    assert not page.get_by_label("From year").is_visible()
    page.locator(".jd-more summary").click()
    choose(page, "Kind", "patrol")
    assert "1 set" in page.locator(".jd-more summary").inner_text()
    row = page.locator("tbody tr").first
    assert row.bounding_box()["width"] <= 320 and row.bounding_box()["height"] < 600
    label = row.locator(".jd-of-publishers").evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"Independent houses"'


def test_more_rows_come_when_asked(open_page):
    """Catch rows beyond those shown at once that cannot be reached or downloaded, and focus lost with the button."""
    page = open_page("explore")
    page.route("**/explore.html", lambda route: route.fulfill(response=(answer := route.fetch()), body=thrice(
        answer.text())))
    page.reload()
    assert len(ids(page)) == 200
    assert len(download(page)[1]) - 1 == 3 * len(EVENTS)
    assert page.locator(".jd-found").inner_text() == f"{3 * len(EVENTS)} of {3 * len(EVENTS)} events"
    while page.locator(".jd-rest button").is_visible():
        shown = len(ids(page))
        page.locator(".jd-rest button").click()
        assert page.evaluate("[...document.querySelectorAll('tbody tr')].indexOf(document.activeElement.closest('tr'))"
                             ) == shown
    assert len(ids(page)) == 3 * len(EVENTS)
    page.locator("thead").get_by_role("button", name="Name").click()
    assert len(ids(page)) == 200


def thrice(text: str) -> str:
    """The page with every row of the explorer three times."""
    body = re.search(r"<tbody>\s*(<tr data-id.*?)</tbody>", text, re.DOTALL)[1]
    return text.replace(body, body * 3)
