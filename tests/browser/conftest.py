"""The built site in a real browser: one build for all tests, served from this machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import BrowserContext, Page

from tests.helpers import machine

# Milliseconds.
LONGEST = 120_000
ROOT = Path(__file__).resolve().parents[2]
# Pictures of what failed; a workflow keeps them with the log.
FAILURES = ROOT / "_build" / "failures"
HAS_FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id) -> Iterator[str]:
    """The address of the site as `make site` builds it from this checkout, once for all processes that test it."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    said = shared / "site-build.txt"
    with FileLock(shared / "site-build.lock"):
        if not said.exists():
            done = subprocess.run([sys.executable, "-m", "drills", "site"], cwd=ROOT, capture_output=True, text=True,
                                  env={name: value for name, value in os.environ.items() if name != "DRILLS_CARDS"})
            said.write_text(f"{done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}", encoding="utf-8")
    code, _, output = said.read_text(encoding="utf-8").partition("\n")
    assert code == "0", output
    with machine.served(ROOT / "_build" / "html") as address:
        yield address


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember that a test failed, for those who keep what its pages looked like."""
    report = yield
    if report.when == "call":
        item.stash[HAS_FAILED] = report.failed
    return report


def keep_pictures(name: str, contexts: list[BrowserContext]) -> None:
    """What the pages of a failed test looked like, for whoever reads of it elsewhere."""
    FAILURES.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^\w.-]+", "-", name).strip("-")[:150]
    for number, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=FAILURES / f"{stem}-{number}.png", full_page=True)


@pytest.fixture
def open_page(browser, site, request):
    """Open a page of the site; fails at the end if it logged an error, asked another host, or missed a file."""
    contexts, faults = [], []

    def open_one(name: str, width: int = 1280, scheme: str = "light", **settings) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **settings)
        contexts.append(context)
        # the end of all patience: a page may come late where much else runs
        context.set_default_timeout(LONGEST)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}")
                if answer.status >= 400 else None)
        page.on("request", lambda request: faults.append(request.url)
                if not request.url.startswith((site, "data:", "blob:")) else None)
        page.goto(f"{site}/{name}.html")
        return page

    yield open_one
    if faults or request.node.stash.get(HAS_FAILED, False):
        keep_pictures(request.node.nodeid, contexts)
    for context in contexts:
        context.close()
    assert faults == []
