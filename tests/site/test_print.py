"""What paper shows of a page."""

from __future__ import annotations

import pytest

from tests.helpers.scripted import opened, script_page

SEEN = "element => element.checkVisibility({ contentVisibilityAuto: true }) && element.offsetHeight > 0"


@pytest.mark.slow
@pytest.mark.parametrize(("folded", "is_printed"), [
    ("<details>", True), ('<details class="jd-rule">', True), ('<details class="hide above-input">', False),
    ('<details class="jd-embed">', False)])
def test_what_is_folded_is_printed(browser, folded, is_printed):
    """Catch steps of an estimate that are empty on paper, and code that fills it."""
    page = opened(browser, {"page.html": script_page(f"{folded}<summary>How</summary><p>Steps</p></details>")})
    assert not page.get_by_text("Steps").evaluate(SEEN)
    page.emulate_media(media="print")
    assert page.get_by_text("Steps").evaluate(SEEN) == is_printed
    page.context.close()


EVENT = ('<div class="jd-event"><div class="jd-facts"></div>'
         '<details class="jd-embed"><summary>Embed</summary>code</details>'
         '<details class="jd-fold jd-past"><summary>4 changes</summary><p>a row added</p></details>'
         '<div class="jd-scroll"><table class="jd-table jd-stack"><tbody>'
         + '<tr><th scope="row">Troops</th><td data-label="Whose">all forces</td></tr>' * 40
         + "</tbody></table></div></div>")


@pytest.mark.slow
def test_an_event_is_printed_whole_and_compact(browser):
    """Catch rows that paper cuts off or sets as cards, code to embed, and the history of rows in full."""
    page = opened(browser, {"page.html": script_page(EVENT)}, viewport={"width": 680, "height": 960})
    region, last = page.locator(".jd-scroll"), page.locator("tr").last
    assert region.bounding_box()["height"] < 600 < region.evaluate("region => region.scrollHeight")
    page.emulate_media(media="print")
    assert region.evaluate("region => region.scrollHeight - region.clientHeight") <= 1 and last.evaluate(SEEN)
    head, cell = (last.locator(one).bounding_box() for one in ("th", "td"))
    assert head["y"] == cell["y"] and head["height"] < 30
    assert not page.get_by_text("code").evaluate(SEEN) and not page.get_by_text("a row added").evaluate(SEEN)
    assert page.get_by_text("4 changes").evaluate(SEEN)
    page.context.close()
