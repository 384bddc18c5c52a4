"""Pages of the built site, read by lxml, many times faster than a parser that reads as a browser does.

Whether a browser reads the same is asked where it matters: the validity of every page (tests/browser/test_quality.py)
and hostile text (tests/builds/test_hostile.py).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import lxml.html

HTML = Path(__file__).resolve().parents[2] / "_build" / "html"


@cache
def tree(name: str) -> lxml.html.HtmlElement:
    """The page with this name, such as events/2018-vostok."""
    return lxml.html.parse(HTML / f"{name}.html", lxml.html.HTMLParser(encoding="utf-8")).getroot()


def names() -> list[str]:
    """The names of all pages, sorted."""
    return sorted(path.relative_to(HTML).with_suffix("").as_posix() for path in HTML.rglob("*.html"))
