"""The built site by the rules of others: accessibility (axe-core), valid HTML (vnu), links (linkchecker)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import machine
import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"
# where the installation puts what npm/package.json names
MODULES = Path(sys.prefix) / "npm-tests" / "node_modules"
# the heaviest pages of each generated kind, and a planned, a cancelled and a barely known event
EVENTS = ["2018-vostok", "1999-joint-naval-exercise"]
KINDS = ["index", "frequency", "method", "explore", "data", "search", "404", *(f"events/{name}" for name in EVENTS),
         "series/peace-mission"]
# the other chapters, which are made of the same parts
CHAPTERS = ["scale", "participants", "geography", "series", "context", "evidence"]
OTHERS = [(name, *setting) for name in CHAPTERS for setting in (("light", 1280), ("dark", 360))]
# best-practice rules of axe go beyond WCAG, and are kept too
AXE = """async () => {
    const results = await axe.run(document, { resultTypes: ["violations"] });
    return results.violations.map(found =>
        [found.id, found.impact, found.nodes.length, found.nodes[0].html.slice(0, 200)]);
}"""


@pytest.mark.parametrize("name, scheme, width", [*product(KINDS, ("light", "dark"), (1280, 360)), *OTHERS])
def test_axe_finds_nothing(browser, site, name, scheme, width):
    """Catch what shuts out a reader who cannot see, or sees little: contrast, names, roles, order, size of targets."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site}/{name}.html")
    page.add_script_tag(path=MODULES / "axe-core" / "axe.min.js")
    assert page.evaluate(AXE) == []
    context.close()


def test_html_is_valid(site):
    """Catch pages that a browser has to guess about."""
    pages = [path for path in HTML.rglob("*.html") if "_static" not in path.parts]
    java = machine.find_java()
    assert java, "no Java for the check of the HTML: install a runtime (apt-get install default-jre-headless)"
    checker = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run([java, "-Xss8m", "-jar", checker, "--errors-only", "--format", "json", *pages],
                          capture_output=True, text=True)
    errors = [(Path(found["url"]).name, found.get("lastLine"), found["message"], found.get("extract", "")[:120])
              for found in json.loads(done.stderr)["messages"]]
    assert len(pages) > 150 and errors[:10] == []


def test_every_link_within_the_site_leads_somewhere(site):
    """Catch a link to nothing, on any page, also in style sheets and feeds."""
    done = subprocess.run([Path(sys.executable).with_name("linkchecker"), "--no-warnings", "--no-status",
                           "--config", Path(__file__).with_name("linkchecker.ini"), HTML / "index.html"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_every_anchor_within_the_site_is_there(site):
    """Catch a link to a place on a page that the page does not have."""
    pages = {path: etree.parse(path, etree.HTMLParser(encoding="utf-8")) for path in HTML.rglob("*.html")}
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    for path, page in pages.items():
        for href in page.xpath("//a/@href"):
            target, anchor = urldefrag(href)
            if anchor and not urlsplit(target).scheme:
                goal = Path(os.path.normpath(path.parent / unquote(target))) if target else path
                assert anchor in ids[goal], (path.relative_to(HTML), href)
