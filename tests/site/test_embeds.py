"""The page that shows one card alone, as it stands in a frame on the page of another site."""

from __future__ import annotations

import html
import re

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from drills.counting.reading import Reading
from drills.site import embeds, theming
from drills.site.embeds import FOLDER
from tests.helpers.sample_cards import CARD, HOSTILE, real_cards
from tests.helpers.scripted import HOST, opened

PAGE = ('<figure class="jd-card" id="one"><p class="jd-title" id="one-head">A &lt;b&gt; title</p>'
        '<a href="events/x.html">x</a> <a href="https://a.example/">a</a> <a href="#row-1">row</a> <a href="#s-2">2</a>'
        '<p id="row-1">1</p></figure><p>words</p>')


def shown(embed: embeds.Embed, reading: Reading) -> str:
    """The page of a card as the theme writes it."""
    site = theming.Site("Joint Drills", HOST, "", reading, None)
    head = theming.PageHead("", "", "", theming.scripts_of(embed.body), "", False)
    theme = Environment(loader=FileSystemLoader(theming.THEME))
    return theme.get_template("embed.html").render(
        site=site, page=head, embed=embed, body=embed.body, title=embed.title, language="en", content_root="../",
        pathto=lambda name, _is_file=0: f"../{name}")


def test_a_card_on_its_own_page_keeps_its_links():
    """Catch a link that leads astray from another folder, or to a place that is not on the page of the card."""
    [one] = embeds.pages(PAGE, "frequency", "How often")
    assert (one.name, one.title, one.page) == (f"{FOLDER}/one", "A <b> title", "../frequency.html#one")
    assert re.findall(r'<a ([^>]*)>', one.body) == [
        'href="../events/x.html"', 'href="https://a.example/"', 'target="_self" href="#row-1"',
        'href="../frequency.html#s-2"']
    assert '<h1 class="jd-title" id="one-head">A &lt;b&gt; title</h1>' in one.body and "words" not in one.body


def test_a_card_of_a_page_in_a_folder_keeps_its_links():
    """Catch a link that is taken to begin at the root of the site."""
    [one] = embeds.pages(PAGE.replace("events/x", "../events/x"), "series/alpha", "Alpha")
    assert 'href="../events/x.html"' in one.body and one.page == "../series/alpha.html#one"


def test_the_page_says_whose_it_is_and_asks_not_to_be_found(reading):
    """Catch a page without source, release, day or licence, that a search engine would list, or of invalid HTML."""
    [one] = embeds.pages(CARD.html(is_on_site=True), "frequency", "How often?")
    page = shown(one, reading)
    html5lib.HTMLParser(strict=True).parse(page)
    assert '<meta name="robots" content="noindex">' in page
    assert html.escape(theming.security_policy(), quote=True).replace("&#x27;", "&#39;") in page
    foot = Markup(page[page.index("<footer"):]).striptags()
    for words in ("From How often?", "release ", "record as of ", "CC BY 4.0"):
        assert words in foot
    assert 'href="../frequency.html#hostile"' in page and HOSTILE not in page and "jd-embed" not in page


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_frame_of_the_stated_height_shows_the_card(browser, reading, scheme):
    """Catch a frame that cuts the card or is half empty at the width of a column, or stays light in the night."""
    cards = {card.card_id: card.html(is_on_site=True) for card in real_cards()}
    files = {f"{one.name}.html": shown(one, reading)
             for card in cards.values() for one in embeds.pages(card, "frequency", "How often?")}
    page = opened(browser, files, f"{FOLDER}/timeline.html", color_scheme=scheme)
    for card_id, card in cards.items():
        page.set_viewport_size({"width": 720, "height": embeds.height(card)})
        page.goto(f"{HOST}{FOLDER}/{card_id}.html")
        page.get_by_role("tab", name="Explore").wait_for()
        taken = page.evaluate("document.body.getBoundingClientRect().height")
        assert embeds.height(card) - 120 < taken <= embeds.height(card), card_id
        page.set_viewport_size({"width": 320, "height": 600})
        assert page.locator(".jd-narrow").is_visible() and not page.locator(".jd-wide").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
    page.context.close()


def test_the_code_stands_under_every_card():
    """Catch a card without its snippet, and a page that is changed elsewhere."""
    page = CARD.html(is_on_site=True)
    offered = embeds.offered(f"<p>before</p>{page}<p>after</p>", HOST)
    [code] = re.findall(r'<details class="jd-embed">.*?</details>', offered)
    assert offered.replace(code, "") == f"<p>before</p>{page}<p>after</p>"
    assert f'src="{HOST}{FOLDER}/hostile.html"' in html.unescape(code)
