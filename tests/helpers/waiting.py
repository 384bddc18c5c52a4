"""Waiting for what a page does by itself."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page

TRIES, PAUSE = 600, 100


def wait_until(page: Page, script: str, argument: object = None) -> None:
    """Ask a page again and again until the script's answer is true; fails the test if it never is.

    Playwright's own way evaluates text inside the page, which the site's security policy forbids.
    """
    for _ in range(TRIES):
        # a page that is being left has no answer
        with suppress(Error):
            if page.evaluate(script, argument):
                return
        page.wait_for_timeout(PAUSE)
    pytest.fail(f"never came true: {script}")
