"""The search of the site in a real browser: what stands first, in three scripts, and what it says of its results."""

from __future__ import annotations

from tests.helpers.waiting import wait_until

# query: the page expected first
FIRST = {
    "vostok": "events/2022-vostok", "Vostok 2018": "events/2018-vostok", "Vostok-2018": "events/2018-vostok",
    "Joint Sea 2012": "events/2012-joint-sea", "joint sea": "series/joint-sea", "“joint sea”": "series/joint-sea",
    "peace mission": "series/peace-mission", "peace mission 2005": "events/2005-peace-mission",
    "Восток 2018": "events/2018-vostok", "мирная миссия 2021": "events/2021-peace-mission",
    "Морское взаимодействие 2012": "events/2012-joint-sea", "和平使命2005": "events/2005-peace-mission",
    "海上联合 2012": "events/2012-joint-sea", "海上聯合 2012": "events/2012-joint-sea",
    "Tsentr-2019": "events/2019-tsentr", "ЦЕНТР-2019": "events/2019-tsentr", "how often": "frequency",
    "Sino–Russian": "events/1999-joint-naval-exercise", "joint sea 2021": "events/2021-joint-sea", "how big": "scale",
    "quasi-Poisson": "frequency", "Морское взаимодействие": "series/joint-sea", "海上联合": "series/joint-sea",
    "Морское взаимодействие 2026": "events/2026-joint-sea", "海上联合-2026": "events/2026-joint-sea",
}


def ask(page, query: str) -> list[str]:
    """The addresses of the pages found, from the root of the site."""
    page.get_by_label("Search for").fill(query)
    page.keyboard.press("Enter")
    wait_until(page, "query => document.querySelector('.jd-results').dataset.query === query", query.strip())
    return page.locator(".jd-results a").evaluate_all(
        "links => links.map(link => link.pathname.slice(1).replace('.html', ''))")


def test_names_stand_first(open_page):
    """Catch a page that merely mentions a name before the page that has it as its name, in any of three scripts."""
    page = open_page("search")
    assert {query: (ask(page, query) or [None])[0] for query in FIRST} == FIRST


def test_a_year_and_a_word_of_the_text_find_their_events(open_page):
    """Catch a search that knows names alone."""
    page = open_page("search")
    assert any(address.startswith("events/2012-") for address in ask(page, "2012")[:3])
    assert sum("air-patrol" in address for address in ask(page, "Tu-95MS")) > 5
    assert ask(page, "演习") == ask(page, "演習") != []


def test_the_search_says_what_it_found(open_page):
    """Catch a number of pages that is not worded, a misspelt word that finds nothing, and results without kind."""
    page = open_page("search")
    said = page.locator(".jd-found")
    assert len(ask(page, "Vostok 2018")) > 1 and said.text_content().endswith(" pages.")
    assert "Exercise · " in page.locator(".jd-results li").first.text_content()
    assert ask(page, "qqqqzzzz") == [] and said.text_content().startswith("No page has all of these words.")
    assert "events/2018-vostok" in ask(page, "vostk") and "similar" in said.text_content()
    assert ask(page, " ") == [] and said.text_content() == ""


def test_the_search_is_in_the_address(open_page):
    """Catch a search that is lost on the way back, and markup in an address that reaches the page."""
    page = open_page("search")
    ask(page, "Joint Sea 2012")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    wait_until(page, "location.pathname === '/events/2012-joint-sea.html'")
    page.go_back()
    wait_until(page, "document.querySelector('#jd-query')?.value === 'Joint Sea 2012'")
    page.goto(page.url.split("?")[0] + "?q=<img src=x onerror=alert(1)>")
    wait_until(page, "document.querySelector('#jd-query')?.value.startsWith('<img')")
    assert page.locator("main img").count() == 0


def test_the_box_of_every_page_leads_to_the_search(open_page):
    """Catch a box that asks elsewhere."""
    page = open_page("events/2018-vostok")
    page.get_by_label("Search this site").fill("vostok")
    page.keyboard.press("Enter")
    wait_until(page, "document.querySelectorAll('.jd-results a').length > 1")
    assert "q=vostok" in page.url
