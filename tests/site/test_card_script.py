"""What the scripts add to a card: order of its table, picture and sentence to take away, code to embed it."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from drills.site import embeds
from tests.helpers.sample_cards import CARD, HOSTILE
from tests.helpers.scripted import HOST, opened, script_page
from tests.helpers.waiting import wait_until

PLACES = "([texts, isUp]) => window.jdOrder.places(texts, isUp).map(place => texts[place])"
SCRIPTS = ("order.js", "jd-cards.js")
CITED = 'data-content_root="./" data-authors="{Joint &amp; Co}" data-release="9.9" data-as_of="2 July 2026"'
READ = "navigator.clipboard.readText()"
COPY = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture(scope="module")
def order(browser):
    """A page that knows the order of texts."""
    page = opened(browser, {"page.html": script_page("", "order.js")})
    yield page
    page.context.close()


@pytest.mark.parametrize("column", [
    ("1,300 (1,000 to 1,300)", "≥ 4,000", "10,000 or more; assessed 13,000", "128,000", "300,000 (297,000 to 300,000)"),
    ("about 3", "up to 4", "more than 10", "25 to 40"), ("−19 to +3 %", "−9 %", "±0 to +9 %", "+1 %"),
    ("0.6 (0.2 to 2.2)", "1.0", "1.25", "infinite"),
    ("1999", "1999-05", "2000-10-02", "2003", "2003-01", "2003-08-06"),
    ("5 July 2003", "January 2004", "2 February 2004", "29 November 2026"),
    ("2003–2009", "20 to 22 August 2025", "2 July to 29 November 2026", "4 July 2026"),
    ("since 2003", "from 2003 to June 2022", "from 2003 to 9 May 2025", "from 2012 to 2013"),
    ("First joint air patrol, 2019", "Joint Sea 2012", "Joint Sea 2015 (I)", "Joint Sea 2015 (II)", "Vostok 2018"),
    ("8 bombers", "10 bombers"), ("B-2", "B-10")])
def test_a_column_is_in_order(order, column):
    """Catch figures in two blocks of bare numbers and texts, and years before all days."""
    texts = [*reversed(column)]
    assert order.evaluate(PLACES, [texts, True]) == [*column]
    assert order.evaluate(PLACES, [[*column], False]) == texts


@pytest.mark.parametrize("column", [("3", "12", "none"), ("2003-01", "2004", "not known"), ("a", "b", "")])
def test_what_is_not_known_comes_last_both_ways(order, column):
    """Catch blanks on top of the largest, and words for no value among those for one."""
    *known, blank = column
    assert order.evaluate(PLACES, [[blank, *known], True]) == [*known, blank]
    assert order.evaluate(PLACES, [[blank, *known], False]) == [*reversed(known), blank]


@pytest.fixture
def card(browser):
    """The page of a card of hostile words, with its picture and the code that embeds it."""
    body = embeds.offered(CARD.html(is_on_site=True), HOST)
    page = opened(browser, {"page.html": script_page(body, *SCRIPTS, attributes=CITED),
                            "figures/hostile.png": CARD.picture_bytes()}, **COPY)
    yield page
    page.context.close()


LAID = """() => [...document.querySelectorAll(".jd-chart")].map((chart) => {
    const [box, drawn] = [chart, chart.firstElementChild].map((element) => element.getBoundingClientRect());
    return [getComputedStyle(chart).contentVisibility, box.width && Math.abs(box.height - drawn.height) < 0.5]; })"""


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360])
def test_a_chart_far_below_takes_its_place_and_is_laid_out_soon(browser, width):
    """Catch a page that grows under the reader as its charts come, one that stays without them, and one without
    scripts that waits for them."""
    far = f'<div style="height:30000px"></div>{CARD.html(is_on_site=True)}'
    for scripts, has_scripts in (((), True), (SCRIPTS, True), ((), False)):
        page = opened(browser, {"page.html": script_page(far, *scripts)}, viewport={"width": width, "height": 600},
                      java_script_enabled=has_scripts)
        waits = has_scripts and not scripts
        if scripts:
            wait_until(page, "!document.querySelector('.jd-chart:not(.jd-laid)')")
        charts = page.evaluate(LAID)
        assert [visibility for visibility, _ in charts] == ["auto" if waits else "visible"] * 2
        assert sorted(bool(fits) for _, fits in charts) == [False, True], "the narrow or the wide one, in its place"
        page.context.close()


def test_the_picture_of_an_event_is_there_at_once(browser):
    """Catch the first screen of an event page laid out twice."""
    body = f'<div class="jd-event">{CARD.html(is_on_site=True)}</div>'
    page = opened(browser, {"page.html": script_page(body)})
    assert [visibility for visibility, _ in page.evaluate(LAID)] == ["visible"] * 2
    page.context.close()


@pytest.mark.slow
def test_a_table_is_sorted_by_its_figures(card):
    """Catch a card whose heads do not sort, or not as order.js says."""
    card.get_by_role("tab", name="Table").click()
    for direction, shown in (("ascending", ["1.1", "1.5"]), ("descending", ["1.5", "1.1"])):
        head = card.get_by_role("columnheader", name="Value")
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == direction
        assert card.locator("tbody tr td:nth-child(2)").all_inner_texts() == shown


def copied(page, name: str, place: str) -> str:
    """What a button writes into the clipboard."""
    page.locator(place).get_by_role("button", name=name, exact=True).click()
    wait_until(page, "place => document.querySelector(place).textContent.includes('Copied')", place)
    return page.evaluate(READ)


@pytest.mark.slow
def test_a_quotation_comes_in_three_forms(card):
    """Catch a form without its sentence or address, and signs that Markdown or BibTeX would take for their own."""
    plain = copied(card, "Quote", ".jd-quote")
    assert plain == f"{CARD.quote} {HOST}page.html#hostile"
    marked = copied(card, "Markdown", ".jd-quote")
    assert marked.startswith(r'> \<script\>alert("1")') and f"\n> <{HOST}page.html#hostile>" in marked
    entry = copied(card, "BibTeX", ".jd-quote")
    assert entry.startswith("@misc{joint-drills-hostile-2026,\n  author = {{Joint & Co}},") and r"\& 'two'" in entry
    assert f"  url = {{{HOST}page.html#hostile}}," in entry and "version = {9.9}" in entry and r"\$5 to \$6" in entry
    assert entry.count("{") == entry.count("}")
    assert copied(card, "Plain text", ".jd-quote") == plain


@pytest.mark.slow
def test_a_quotation_that_cannot_be_copied_stands_in_a_field(card):
    """Catch a refused clipboard that leaves the reader with nothing, or a second field for a second form."""
    card.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    for name in ("Quote", "BibTeX"):
        card.locator(".jd-quote").get_by_role("button", name=name, exact=True).click()
    field = card.get_by_role("textbox", name="Text to quote")
    assert field.count() == 1 and field.input_value().startswith("@misc{")


@pytest.mark.slow
def test_a_picture_is_copied(card):
    """Catch a button that copies nothing, or something other than the picture."""
    card.get_by_role("button", name="Copy picture").click()
    wait_until(card, "document.querySelector('.jd-copy').textContent.includes('Copied')")
    size = card.evaluate("""async () => { const [item] = await navigator.clipboard.read();
        const picture = await createImageBitmap(await item.getType("image/png")); return picture.width; }""")
    assert size == Image.open(io.BytesIO(CARD.picture_bytes())).width


@pytest.mark.slow
def test_a_browser_that_cannot_copy_pictures_is_offered_none(browser):
    """Catch a button that does nothing."""
    page = opened(browser, {"page.html": script_page(
        f"<script>delete window.ClipboardItem</script>{CARD.html(is_on_site=True)}", *SCRIPTS, attributes=CITED)})
    assert page.get_by_role("button", name="Quote").count() == 1
    assert page.get_by_role("button", name="Copy picture").count() == 0
    page.context.close()


@pytest.mark.slow
def test_the_code_that_embeds_a_card_is_copied(card):
    """Catch a snippet with another address, without a title, or that its own words break out of."""
    card.locator(".jd-embed summary").click()
    code = copied(card, "Copy code", ".jd-embed")
    assert code.startswith(f'<iframe src="{HOST}embed/hostile.html" title="') and code.endswith("></iframe>")
    assert 'loading="lazy"' in code and re.search(r' height="\d{3}"', code) and HOSTILE not in code
    card.set_content(code)
    assert card.locator("iframe").get_attribute("title") == CARD.title and card.locator("body > *").count() == 1
