"""The picture that a link to a page is shown with elsewhere: its title and description.

Drawn with Pillow in the palette and font of the pictures; always the same bytes for the same words.
"""

from __future__ import annotations

import io
import re
import textwrap
import unicodedata
from functools import cache

from matplotlib.font_manager import get_font
from PIL import Image, ImageDraw

from ... import kept
from ...figures import look
from ...figures.drawing_png import font

MARGIN = 64
TITLE_SIZE, TEXT_SIZE, FOOT_SIZE = 58, 32, 28
# grey values: of text, of less important text, of the ground, and the one that stands for the colour of the band
INK, MUTED, PAPER, BAND = 0, 64, 255, 1
# what goes with a letter that cannot be drawn: its word, brackets around nothing, commas and slashes between nothing
BETWEEN = r"\s()\[\]“”«»,;/"
LEFTOVERS = ((rf"[^{BETWEEN}]*\0[^{BETWEEN}]*", ""), (r"[(\[“«]\s*[)\]”»]", ""), (r"\s+/(?=\s|$)", ""),
             (r"\s+", " "), (r"\s+(?=[,;.:)])", ""), (r"[,;](?=[,;.:)])", ""))


@cache
def letters() -> frozenset[str]:
    """What both fonts can draw, but for scripts from right to left, whose letters Pillow neither joins nor turns."""
    drawn = [set(get_font(font(TEXT_SIZE, is_bold).path).get_charmap()) for is_bold in (True, False)]
    return frozenset(letter for letter in map(chr, set.intersection(*drawn))
                     if unicodedata.bidirectional(letter) not in ("R", "AL"))


def drawable(text: str) -> str:
    """A text without the words that would come out as boxes, and without the brackets and signs that held them."""
    if letters().issuperset(text):
        return text
    marked = "".join(letter if letter in letters() else "\0" for letter in text)
    for left, instead in LEFTOVERS:
        marked = re.sub(left, instead, marked)
    return marked.strip(" ,;:–—/·")


def shades() -> list[int]:
    """A palette in which a grey value is a mixture of ink and paper, but for BAND, the colour of the band on top."""
    ink, paper, band = (tuple(bytes.fromhex(look.LIGHT[role][1:])) for role in ("ink", "paper", "russia"))
    mixed = [[round(i + (p - i) * grey / 255) for i, p in zip(ink, paper, strict=True)] for grey in range(256)]
    mixed[BAND] = list(band)
    return [channel for colour in mixed for channel in colour]


def draw(site_title: str, title: str, words: str, size: tuple[int, int]) -> Image.Image:
    """Title above words on paper, with the name of the site at the bottom.

    Drawn in greys that stand for a palette, which is several times as fast as in colours.
    """
    picture = Image.new("L", size, PAPER)
    pen = ImageDraw.Draw(picture)
    head = textwrap.wrap(drawable(title), 30, max_lines=3, placeholder=" …")
    # a title of three lines leaves room for four of text
    text = textwrap.wrap(drawable(words), 56, max_lines=7 - max(len(head), 2), placeholder=" …")
    foot = MARGIN
    for lines, height, is_bold, grey in ((head, TITLE_SIZE, True, INK), (text, TEXT_SIZE, False, MUTED)):
        pen.multiline_text((MARGIN, foot), "\n".join(lines), grey, font(height, is_bold), spacing=height * 0.35)
        foot += round(len(lines) * height * 1.4) + 32
    pen.text((MARGIN, size[1] - MARGIN), site_title, INK, font(FOOT_SIZE, True), anchor="ls")
    pen.rectangle((0, 0, size[0], 14), fill=BAND)
    coloured = Image.frombytes("P", size, picture.tobytes())
    coloured.putpalette(shades())
    return coloured


def file(site_title: str, title: str, words: str, size: tuple[int, int]) -> bytes:
    """The same as a PNG file."""
    return kept.keep("previews", (site_title, title, words, size), lambda: png(draw(site_title, title, words, size)))


def png(picture: Image.Image) -> bytes:
    sink = io.BytesIO()
    picture.save(sink, "PNG")
    return sink.getvalue()
