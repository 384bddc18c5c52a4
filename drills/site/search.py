"""What the search of the site finds: for each page names, kind and time, and for each word of its text the pages.

The text is read from the pages as they were written, so that a build in steps finds what a clean one does.
Words are compared in assets/letters.js alone; here they are only gathered. Must not import the chapters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from lxml import html
from opencc import OpenCC
from sphinx.application import Sphinx

from .. import kept, writing
from . import forks
from .pages.page import Entry
from .underway import build_of

SCRIPT = "search-data.js"
LETTERS = "han.js"
LIBRARY = "minisearch.js"
# Not read as text: drawings repeat their table, and lists of sources are longer than all the rest of the site.
PASSED_OVER = ".//script|.//style|.//svg|.//textarea|.//*[@data-unsearched]"
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
# All letters that Chinese text is mostly written with: CJK Unified Ideographs.
IDEOGRAPHS = range(0x4E00, 0xA000)
EDGES = "\"'()[]{}<>.,;:!?·…“”„«»‘’–—/|&*=+→←"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def words_of(page: Path) -> set[str]:
    """The words of a written page, in lower case and without the marks around them."""
    content = page.read_bytes()
    return kept.keep("words", content, lambda: words_in(content))


def words_in(content: bytes) -> set[str]:
    """The words of a page."""
    article = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8")).find(".//article")
    for element in article.xpath(PASSED_OVER):
        element.drop_tree()
    pieces = (piece.strip(EDGES).lower() for text in article.itertext() for piece in text.split())
    return {piece for piece in pieces if piece}


def base36(number: int) -> str:
    """A whole number from zero on in digits and small letters."""
    rest, digit = divmod(number, 36)
    return (base36(rest) if rest else "") + DIGITS[digit]


def inverted(pages: Sequence[set[str]]) -> str:
    """One line for each word, sorted: the word, then the numbers of its pages, each as the step from the one before."""
    where: dict[str, list[int]] = {}
    for number, found in enumerate(pages):
        for word in found:
            where.setdefault(word, []).append(number)
    return "\n".join(" ".join([word, *(base36(here - before) for before, here in zip([0, *at], at, strict=False))])
                     for word, at in sorted(where.items()))


def letters(text: str) -> tuple[str, str]:
    """Traditional letters, and in the same order the simplified ones of `text` that stand for them."""
    simplify, written = OpenCC("t2s"), set(HAN.findall(text))
    pairs = [(chr(code), simplify.convert(chr(code))) for code in IDEOGRAPHS]
    pairs = [(letter, simple) for letter, simple in pairs if letter != simple and simple in written]
    return "".join(letter for letter, _ in pairs), "".join(simple for _, simple in pairs)


def learning(text: str) -> str:
    """The script that teaches the search which letters of `text` stand for which other ones."""
    written = "".join(sorted(set(HAN.findall(text))))
    traditional, simplified = kept.keep("letters", written, lambda: letters(written))
    return f"window.jdLetters.learn({as_json(traditional)},{as_json(simplified)});\n"


def script(entries: Iterable[Entry], folder: Path) -> str:
    """The script that holds what can be found. folder: the site, where the pages of the entries are written."""
    entries = list(entries)
    words = inverted(forks.each(words_of, [folder / entry.address for entry in entries]))
    pages = [[entry.address, entry.title, entry.kind, entry.when, " · ".join(entry.names), entry.about,
              int(entry.is_held)] for entry in entries]
    return f"window.jdSearch={as_json({'pages': pages, 'words': words})};\n"


def as_json(data: object) -> str:
    """Data as JSON in one line, in the letters that it is written in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def write(app: Sphinx, error: Exception | None) -> None:
    """Sphinx's `build-finished`: write what can be found, if this build wrote any page."""
    work = build_of(app).work
    if error or not work:
        return
    titles, out = app.env.titles, Path(app.outdir)
    chapters = [Entry(f"{name}.html", titles[name].astext(), "Chapter") for name in sorted(app.env.all_docs)]
    generated = [page.entry for page in work.results.pages]
    events = [entry for entry in generated if entry.address.startswith("events/")]
    others = [entry for entry in generated if not entry.address.startswith("events/")]
    found = script([*chapters, *reversed(events), *others], out)
    writing.write(out / "_static" / SCRIPT, found.encode())
    writing.write(out / "_static" / LETTERS, learning(found).encode())
