"""Whether a built site is whole: what the record and the book call for, and what its own pages name, has to be there.

A build counts before its site is served, so that no page can be missing from it whatever went before. Reads the site
as it was written; must not import Sphinx.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from lxml import html as markup

from ..counting import editions, reading
from ..counting.reading import Reading
from ..downloads import bundle, feeds
from ..record.problems import UnreadableData
from . import embeds, forks, search

# Pages that stand at the root of the site and are no chapters.
OTHER_PAGES = ("404", "index", "search")
# Files of a figure, told by the first part of their names.
FIGURE_SUFFIXES = (".csv", ".svg", ".png", ".json")
NAMED = "//@href|//@src"
# How many missing files of a kind are listed by name.
LISTED = 5


def chapters(toc: Path) -> set[str]:
    """The chapters of a table of contents, by the names of their pages without .html."""
    def names(part: object) -> Iterator[str]:
        if isinstance(part, dict):
            yield from (part[key] for key in ("root", "file") if key in part)
            for inner in part.values():
                yield from names(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from names(inner)

    return set(names(yaml.safe_load(toc.read_text(encoding="utf-8"))))


def pages(reading: Reading, toc: Path) -> set[str]:
    """Every page that the record and the book call for, by its name without .html."""
    series = set(reading.record.series["series_id"]) - {editions.OTHER}
    tables = (name.removesuffix(".csv") for name in bundle.names(reading) if name.endswith(".csv"))
    return {*chapters(toc), *(f"events/{event_id}" for event_id in reading.record.events["event_id"]),
            *(f"series/{series_id}" for series_id in series), *(f"{bundle.FOLDER}/{name}" for name in tables)}


def files(reading: Reading, toc: Path) -> set[str]:
    """Every file that the record and the book call for, by its place on the site."""
    named = pages(reading, toc)
    return {*(f"{name}.html" for name in (*named, *OTHER_PAGES)), *(f"previews/{name}.png" for name in named),
            *(f"{bundle.FOLDER}/{name}" for name in bundle.names(reading)),
            feeds.FEED_FILE, feeds.CALENDAR_FILE, f"_static/{search.SCRIPT}", f"_static/{search.LETTERS}"}


def named_by(page: Path, html: Path) -> set[str]:
    """The files of the site that a page of it names: links, scripts, styles, pictures, and those of its figures."""
    root = markup.document_fromstring(page.read_bytes(), parser=markup.HTMLParser(encoding="utf-8"))
    folder = page.parent.relative_to(html).as_posix()
    found = {place for address in root.xpath(NAMED) if (place := place_of(str(address), folder))}
    for figure in root.xpath("//figure[@data-files]"):
        stem = posixpath.normpath(posixpath.join(folder, figure.get("data-files")))
        found |= {f"{stem}{suffix}" for suffix in FIGURE_SUFFIXES}
    if folder != embeds.FOLDER:
        found |= {f"{embeds.FOLDER}/{card}.html" for card in root.xpath("//figure[@class='jd-card']/@id")}
    return found


@cache
def place_of(address: str, folder: str) -> str:
    """The place on the site that an address leads to, seen from a folder of it; blank if it leads elsewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return ""
    place = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    return "index.html" if place == "." else place


def share(data_dir: Path) -> None:
    """Read a record, of which `missing` is to be asked; of one that cannot be read the build says why."""
    with suppress(UnreadableData, OSError):
        reading.share(data_dir)


def missing(html: Path, data_dir: Path, toc: Path) -> dict[str, list[str]]:
    """What a built site lacks, sorted: by who calls for it, the record and the book or a page, the places of files."""
    there = {path.relative_to(html).as_posix() for path in html.rglob("*") if path.is_file()}
    lacking = {"the record and the book": files(reading.load(data_dir), toc) - there}
    names = sorted(name for name in there if name.endswith(".html"))
    lacking |= dict(zip(names, forks.each(partial(_lacks, html, there), names), strict=True))
    return {name: sorted(places) for name, places in lacking.items() if places}


def _lacks(html: Path, there: set[str], name: str) -> set[str]:
    """What a page names that is not there."""
    return named_by(html / name, html) - there


def in_words(lacking: dict[str, list[str]]) -> str:
    """What is missing, as lines for the terminal: all that few lack, of many the first."""
    lines = []
    for name, places in lacking.items():
        more = f" and {len(places) - LISTED} more" if len(places) > LISTED else ""
        lines.append(f"{name}: {', '.join(places[:LISTED])}{more} {'is' if len(places) == 1 else 'are'} missing")
    return "\n".join(lines)


def leave_out(html: Path, toc: Path) -> None:
    """Take away pages and previews of chapters that the book has no more, which Sphinx leaves where they were."""
    kept = {*chapters(toc), *OTHER_PAGES}
    for path in (*html.glob("*.html"), *(html / "previews").glob("*.png")):
        if path.stem not in kept:
            path.unlink()
