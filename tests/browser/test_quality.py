"""The built site by the rules of others: accessibility (axe-core), valid HTML (vnu), links (linkchecker)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from lxml import etree

from tests.helpers import machine

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"
# where the installation puts what npm/package.json names
MODULES = Path(sys.prefix) / "npm-tests" / "node_modules"


def test_html_is_valid(site):
    """Catch pages that a browser has to guess about."""
    pages = [path for path in HTML.rglob("*.html") if "_static" not in path.parts]
    java = machine.find_java()
    assert java, "no Java for the check of the HTML: install a runtime (apt-get install default-jre-headless)"
    checker = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    # it ends before a thorough compiler and collector of Java's would pay
    done = subprocess.run([java, "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", checker,
                           "--errors-only", "--format", "json", *pages], capture_output=True, text=True)
    errors = [(Path(found["url"]).name, found.get("lastLine"), found["message"], found.get("extract", "")[:120])
              for found in json.loads(done.stderr)["messages"]]
    assert len(pages) > 150 and errors[:10] == []


def test_every_link_within_the_site_leads_somewhere(site):
    """Catch a link to nothing, on any page, also in style sheets and feeds."""
    done = subprocess.run([sys.executable, Path(__file__).with_name("links.py"),
                           Path(__file__).with_name("linkchecker.ini"), HTML / "index.html"],
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
                place = urlsplit(target).path
                goal = Path(os.path.normpath(path.parent / unquote(place))) if place else path
                assert anchor in ids[goal], (path.relative_to(HTML), href)
