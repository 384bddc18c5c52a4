"""The skeleton of every page: head, menu, search, light and dark, and what may be loaded."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest
import yaml

from tests.helpers import built
from tests.helpers.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
HTML = built.HTML


def head_of(name: str) -> dict[str, str]:
    """The metadata of a page by name or property, with its title and canonical address."""
    page = built.tree(name)
    found = {element.get("name") or element.get("property") or element.get("http-equiv"): element.get("content")
             for element in page.iter("meta")}
    found["title"] = next(page.iter("title")).text
    found |= {element.get("rel"): element.get("href") for element in page.iter("link")}
    return found


def test_the_switch_is_remembered(open_page):
    """Catch a switch that does nothing, is forgotten on the next page, or names the wrong scheme."""
    page = open_page("index")
    page.get_by_role("button", name="Use the dark colours").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("link", name="How the record counts").first.click()
    page.wait_for_url("**/method.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark != "rgb(255, 255, 255)"
    assert page.get_by_role("button", name="Use the light colours").is_visible()


def test_without_javascript_the_scheme_is_that_of_the_system(open_page):
    """Catch a page that blinds a reader at night because it waits for a script."""
    grounds = [open_page("method", scheme=scheme, java_script_enabled=False).locator("body")
               .evaluate("body => getComputedStyle(body).backgroundColor") for scheme in ("light", "dark")]
    assert grounds[0] == "rgb(255, 255, 255)" != grounds[1]


def test_no_other_script_runs(browser, site):
    """Catch a security policy that lets a script in the page or of another host run."""
    page = browser.new_page()
    page.goto(f"{site}/index.html")
    page.evaluate("""() => {
        const inline = document.createElement("script");
        inline.textContent = "window.hurt = 1";
        document.head.append(inline);
        const div = document.createElement("div"); div.innerHTML = '<img src="x" onerror="window.hurt = 2">';
        document.body.append(div);
    }""")
    # a picture that fails to load has called what stands in onerror by the time its own listener is called
    page.evaluate("""() => new Promise(resolve => {
        const image = document.createElement("img");
        image.addEventListener("error", resolve);
        image.src = "y";
        document.body.append(image);
    })""")
    assert page.evaluate("window.hurt") is None
    blocked = page.evaluate("fetch('https://example.org/').then(() => 'sent', error => error.name)")
    assert blocked == "TypeError" and "default-src 'self'" in head_of("index")["Content-Security-Policy"]
    page.close()


@pytest.mark.parametrize("name", ["index", "frequency", "method", "data", "events/2018-vostok"])
def test_heads_say_what_the_page_is(site, name):
    """Catch a page without description, address or picture, and a picture that is not there."""
    head = head_of(name)
    assert len(head["description"]) > 60 and "<" not in head["description"]
    assert head["canonical"].startswith("https://") and head["og:url"] == head["canonical"]
    picture = HTML / head["og:image"].removeprefix(head_of("index")["canonical"])
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_pages_that_are_no_pages_are_not_indexed(site):
    """Catch the search page or the page for lost readers in a search engine or in the sitemap."""
    sitemap = (HTML / "sitemap.xml").read_text(encoding="utf-8")
    for name in ("search", "404"):
        assert head_of(name)["robots"] == "noindex" and f"/{name}.html" not in sitemap
    assert "/frequency.html</loc>" in sitemap


def test_the_page_for_lost_readers_works_at_any_depth(browser, site):
    """Catch a page shown at a wrong address that has lost its style and its links there."""
    page = built.tree("404")
    for element in page.iter():
        for attribute in ("href", "src", "action"):
            target = element.get(attribute)
            assert target is None or target.startswith(("/", "#", "https://")), target


def test_events_do_not_swell_the_menu(site):
    """Catch a menu that grows with every event, on each of the pages."""
    chapters = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))["chapters"]
    for name in ("index", "events/2018-vostok", "series/joint-sea"):
        page = built.tree(name)
        side = next(element for element in page.iter("div") if element.get("class") == "jd-side")
        assert len(list(side.iter("a"))) == len(chapters) + 1


def test_every_page_is_in_the_sitemap(site):
    """Catch a page that search engines never hear of, and one that is gone."""
    tree = ElementTree.fromstring((HTML / "sitemap.xml").read_bytes())
    listed = [element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = {path.relative_to(HTML).with_suffix("").as_posix() for path in HTML.rglob("*.html")
             if path.parent.name != "embed"} - {"search", "404"}
    address = head_of("index")["canonical"]
    assert sorted(listed) == listed and len(listed) == len(set(listed))
    assert {url.removeprefix(address).removesuffix(".html") or "index" for url in listed} == pages


@pytest.mark.parametrize("name, kind", [("events/2018-vostok", "Event"), ("series/joint-sea", "EventSeries"),
                                        ("data", "Dataset")])
def test_pages_speak_to_machines(site, name, kind):
    """Catch structured data that is missing, is no JSON on the page, or names another page."""
    page = built.tree(name)
    [script] = [element for element in page.iter("script") if element.get("type") == "application/ld+json"]
    data = json.loads(script.text)
    assert data["@type"] == kind and data["@context"].startswith("https://schema.org")
    assert data["url"] == head_of(name)["canonical"]


def test_feed_and_calendar_lead_to_pages(site):
    """Catch a feed or a calendar that sends its readers to pages that do not exist."""
    address = head_of("index")["canonical"]
    entries = ElementTree.fromstring((HTML / "feed.xml").read_bytes()).iter("{http://www.w3.org/2005/Atom}entry")
    targets = [link.get("href") for entry in entries for link in entry.iter("{http://www.w3.org/2005/Atom}link")]
    events = icalendar.Calendar.from_ical((HTML / "calendar.ics").read_bytes()).walk("VEVENT")
    targets += [str(event["URL"]) for event in events]
    assert len(targets) > 100
    for target in targets:
        assert target.startswith(address) and (HTML / target.removeprefix(address)).is_file(), target


@pytest.mark.parametrize("width", [360, 1280])
def test_a_permanent_link_lands_on_its_row(browser, site, width):
    """Catch a link to a figure that stops short of it, because rows on the way are laid out late."""
    address = f"{site}/events/2022-vostok.html"
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    rows = page.locator("tr[id^=claim-]").evaluate_all("rows => rows.map(row => row.id)")
    page.close()
    for row in (rows[0], rows[len(rows) // 2], rows[-1]):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{address}#{row}")
        wait_until(page, """id => { const box = document.getElementById(id).getBoundingClientRect();
            return box.bottom > 0 && box.top < innerHeight; }""", row)
        page.close()
