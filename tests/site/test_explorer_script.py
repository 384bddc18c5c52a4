"""The explorer's script on its table, in a browser: what its search takes for the same, its address, its download."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from drills.site import search, theming
from drills.site.pages import explorer
from tests.helpers.scripted import HOST, opened, script_page
from tests.helpers.waiting import wait_until

# added before any script runs: what browsers of the last years lack
OLDER = "delete URLSearchParams.prototype.size;"
MARK = b"\xef\xbb\xbf"


@pytest.fixture(scope="module")
def page(browser, reading):
    """The explorer of the record, with its scripts in the order of the page."""
    body = explorer.explorer(reading)
    learnt = f"window.jdLetters.learn({','.join(map(search.as_json, search.letters(body)))});"
    shown = script_page(f"<script>{OLDER}</script>{body}", *theming.scripts_of(body))
    made = opened(browser, {"page.html": shown, f"_static/{search.LETTERS}": learnt})
    yield made
    made.context.close()


def found(page, words: str) -> set[str]:
    """The events that a search leaves, once the table and the address have followed."""
    page.get_by_role("searchbox", name="Search").fill(words)
    wait_until(page, "words => (new URLSearchParams(location.search).get('q') ?? '') === words", words)
    page.locator(".jd-events tbody:not([aria-busy])").first.wait_for(state="attached")
    return set(page.locator("tbody tr").evaluate_all("rows => rows.map(row => row.dataset.id)"))


@pytest.mark.slow
@pytest.mark.parametrize(("written", "plain"), [
    ("Vostok-2018", "Vostok 2018"), ("Vostok\u00a02018", "Vostok 2018"), ("Sino–Russian", "Sino-Russian"),
    ("Sino\u2011Russian", "Sino Russian"), ("“joint sea”", '"joint sea"'), ("«joint sea»", '"joint sea"'),
    ("„joint sea“", '"joint sea"'), ("「海上联合」", '"海上联合"'), ("《海上联合》", '"海上联合"'),
    ("‘joint sea’", '"joint sea"'), ("People’s", "People's"), ("海上聯合", "海上联合"), ("演習", "演习"),
    ("МОРСКОЕ", "морское"), ("ｊｏｉｎｔ", "joint")])
def test_what_the_eye_takes_for_the_same_is_found(page, written, plain):
    """Catch a search that finds nothing for another dash, space, quotation mark, width or form of a letter."""
    assert found(page, written) == found(page, plain) != set()


def test_nothing_changes_when_the_script_begins(page, reading):
    """Catch rows that jump as the page opens, or a count that the page says otherwise than its script."""
    found(page, "")
    [before], said = html.fragments_fromstring(explorer.explorer(reading)), "//*[@class='jd-found' or @class='jd-save']"
    assert page.locator("tbody tr").evaluate_all("rows => rows.map(row => row.dataset.id)") == before.xpath(
        "//tbody/tr/@data-id")
    assert page.locator(".jd-found, .jd-save").all_inner_texts() == [one.text for one in before.xpath(said)]


def test_the_address_follows_in_older_browsers(page):
    """Catch filters that are lost from the address where a browser lacks what came in the last years."""
    found(page, "")
    assert page.evaluate("new URLSearchParams('a=1').size") is None
    page.get_by_role("combobox", name="Kind").select_option("patrol")
    assert page.url == f"{HOST}page.html?kinds=patrol"
    page.get_by_role("button", name="Clear filters").click()
    assert page.url == f"{HOST}page.html"


def test_a_download_opens_in_a_spreadsheet(page):
    """Catch Russian and Chinese names that Excel shows as noise, since nothing says that they are UTF-8."""
    found(page, "Vostok 2018")
    with page.expect_download() as waiting:
        page.locator(".jd-save").click()
    data = Path(waiting.value.path()).read_bytes()
    assert data.startswith(MARK) and data.count(MARK) == 1 and "Восток-2018" in data.decode("utf-8")


def test_fields_do_not_zoom_the_page_of_a_phone(browser, page):
    """Catch letters under 16 px in a field, at which a phone enlarges the page when the field is tapped."""
    page.set_viewport_size({"width": 390, "height": 800})
    sizes = page.locator("input:not([type=checkbox]), select, textarea").evaluate_all(
        "fields => fields.map(field => parseFloat(getComputedStyle(field).fontSize))")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert len(sizes) > 10 and min(sizes) >= 16
