"""What a generated page is, and what makes text from the record safe in it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from markupsafe import Markup

DESCRIPTION_LENGTH = 300
# What ends a script or opens a comment inside it, and two line ends that are none in JSON but are in scripts.
UNSAFE_IN_SCRIPT = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}


@dataclass(frozen=True)
class Entry:
    """What the search of the site says of a page, and finds it by beside its text. All plain text.

    address: from the root of the site, with .html. kind: what the page is about, such as an exercise. when: its time in
    words. names: what it is found by but does not show: names in other languages, countries of any role. about:
    place and series. is_held: whether it took place, or is no event.
    """

    address: str
    title: str
    kind: str
    when: str = ""
    names: tuple[str, ...] = ()
    about: str = ""
    is_held: bool = True


@dataclass(frozen=True)
class Page:
    """One generated page, without the site's layout.

    name: its address from the root of the site without .html, such as events/2018-vostok.
    title, description: plain text for the head, search engines and previews. body: HTML that begins with the one h1;
    its links are relative to the page. entry: what the search finds it by. json_ld: structured data (schema.org).
    is_withdrawn: whether it only says where its subject went; search engines are not sent there.
    """

    name: str
    title: str
    description: str
    body: Markup
    entry: Entry
    json_ld: dict
    is_withdrawn: bool = False


def script_safe(data: dict) -> Markup:
    """Structured data as JSON that cannot end the <script> it stands in."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return Markup("".join(UNSAFE_IN_SCRIPT.get(letter, letter) for letter in text))


def web_address(url: object) -> str:
    """A URL that may become a link: http or https and nothing else; empty for all others."""
    return url if isinstance(url, str) and re.fullmatch(r"https?://[^\s<>\"']+", url) else ""


def shortened(text: str) -> str:
    """Text of at most DESCRIPTION_LENGTH characters, cut between words."""
    cut = text[:DESCRIPTION_LENGTH]
    return text if cut == text else f"{cut.rsplit(' ', 1)[0].rstrip(',;:')} …"
