"""What paper shows of a page."""

from __future__ import annotations

import pytest

from tests.helpers.scripted import opened, script_page

SEEN = "element => element.checkVisibility({ contentVisibilityAuto: true }) && element.offsetHeight > 0"


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
