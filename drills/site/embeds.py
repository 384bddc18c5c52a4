"""Cards for the pages of others: a page that shows one card alone, and under each card the code that embeds it.

Works on the HTML of cards as figures/card.html.jinja writes it, in which no text holds a quote or bracket of markup.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup, escape

from .. import addresses
from .releases import Kept

FOLDER = "embed"
CARD = re.compile(r'<figure class="jd-card" id="([^"]+)".*?</figure>', re.DOTALL)
END = "</figure>"
TITLE = re.compile(r'<p class="jd-title"([^>]*)>(.*?)</p>', re.DOTALL)
# an address that is relative to the page of the card
RELATIVE = re.compile(r'(?<=[ \n])(href|data-files)="(?![a-z]+:|//)([^"?#]*)([^"]*)"')
# Pixels at the width of a text column: the picture is shown at its own size, above and below it stand lines of words.
# Words by class: characters to a line and the height of one.
LINES = {"jd-title": (72, 26), "jd-subtitle": (100, 21), "jd-note": (108, 19)}
WIDE = re.compile(r'class="jd-chart jd-wide"[^>]*>\s*<svg[^>]*viewBox="0 0 [\d.]+ ([\d.]+)"')
# tabs, links to files and the foot with the source, with their margins
REST = 190


@dataclass(frozen=True)
class Embed:
    """A page that shows one card alone.

    card_id: also its name. title: plain text. body: the card, its addresses seen from FOLDER. page: the address of the
    card where it belongs, seen from FOLDER; page_title: plain text.
    """

    card_id: str
    title: str
    body: Markup
    page: str
    page_title: str

    @property
    def name(self) -> str:
        """Its address from the root of the site, without .html."""
        return f"{FOLDER}/{self.card_id}"


def title_of(card: str) -> str:
    """The headline of a card in plain text."""
    [(_, title)] = TITLE.findall(card)[:1]
    return Markup(title).striptags()


def pages(html: str, name: str, title: str) -> Iterator[Embed]:
    """A page for each card in the HTML of a page. name: that page, from the root, without .html; title: plain text."""
    for found in CARD.finditer(html):
        card, page = found[0], f"../{name}.html"
        moved = RELATIVE.sub(partial(_moved, card=card, page=page), card)
        headed = TITLE.sub(r'<h1 class="jd-title"\1>\2</h1>', moved, count=1)
        yield Embed(found[1], title_of(card), Markup(headed), f"{page}#{found[1]}", title)


def of_withdrawn(card_id: str, name: str, title: str, said: str) -> Embed:
    """The page of a card whose event is no longer in use: frames on other sites say so and lead to its old address.

    name: the page at that address, from the root, without .html; title, said: plain text.
    """
    page = f"../{name}.html"
    body = Markup('<p class="jd-banner"><a href="{}">{}</a></p>').format(page, said)
    return Embed(card_id, title, body, page, title)


def _moved(link: re.Match, card: str, page: str) -> str:
    """An address of a card as it is written in FOLDER; one within the card stays there, also in its window."""
    name, path, rest = link.groups()
    if path:
        return f'{name}="{posixpath.normpath(posixpath.join(posixpath.dirname(page), path))}{rest}"'
    if f'id="{rest[1:]}"' not in card:
        return f'href="{page}{rest}"'
    # the page opens links in a window of their own; a shape that is used again is no link
    is_link = card.startswith("<a ", card.rfind("<", 0, link.start()))
    return f'target="_self" href="{rest}"' if is_link else f'href="{rest}"'


def height(card: str) -> int:
    """Pixels that a card takes with its foot where it is as wide as a column of text."""
    words = 0
    for name, (characters, line) in LINES.items():
        text = re.findall(rf'<p class="{name}"[^>]*>(.*?)</p>', card, re.DOTALL)[0]
        words += math.ceil(len(Markup(text).striptags()) / characters) * line
    return math.ceil((float(WIDE.findall(card)[0]) + words + REST) / 10) * 10


def snippet(card_id: str, card: str, address: str) -> Markup:
    """The code by which a page of another site shows a card; address: that of this site."""
    return Markup('<iframe src="{}" title="{}" loading="lazy" height="{}" style="width:100%;border:0" '
                  'allow="clipboard-write"></iframe>').format(
        addresses.absolute(address, f"{FOLDER}/{card_id}.html"), title_of(card), height(card))


def kept_snippet(card_id: str, card: str, address: str, kept: Kept) -> Markup:
    """The code by which a page of another site shows a figure as it is in a release, for ever."""
    picture = next(f"{figure['folder']}/{card_id}.svg" for figure in kept.manifest["figures"]
                   if figure["id"] == card_id)
    return Markup('<a href="{}"><img src="{}" alt="{}" loading="lazy" style="max-width:100%"></a>').format(
        addresses.absolute(address, kept.address) + f"#{card_id}",
        addresses.absolute(address, posixpath.join(posixpath.dirname(kept.address), picture)), title_of(card))


def offered(html: str, address: str, kept: Kept | None = None) -> str:
    """The HTML of a page with the code to embed under each of its cards; address: that of the site.

    kept: the release that the site is of. Its figures are offered as they are there too, and what is quoted says where.
    """
    def field(code: Markup, label: str) -> str:
        return f'<textarea readonly rows="4" aria-label="{label}">{escape(str(code))}</textarea>'

    def with_code(found: re.Match) -> str:
        card, fields = found[0], [field(snippet(found[1], found[0], address), "Code that embeds this figure")]
        if kept and found[1] in kept.figures:
            fields.append(f'<p>As it is in release {kept.version}, for ever:</p>' + field(
                kept_snippet(found[1], card, address, kept), "Code that shows this figure as released"))
            place = escape(addresses.absolute(address, kept.address) + f"#{found[1]}")
            card = card.replace('class="jd-quote"', f'class="jd-quote" data-kept="{place}"')
        return (f'{card.removesuffix(END)}<details class="jd-embed"><summary>Embed</summary>{"".join(fields)}</details>'
                f'{END}')

    return CARD.sub(with_code, html)
