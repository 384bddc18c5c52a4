"""Pages at addresses that once named an event or a series: what became of it, when, why, and where it is now. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from markupsafe import Markup

from ... import addresses
from ...changes.tombstones import Tombstone, Tombstones
from ...templating import render
from ...wording import dates
from . import structured
from .page import Entry, Page, shortened

# The tables whose rows have a page of their own, with the folder of the pages and what one row is called.
FOLDERS = {"events": "event", "series": "series"}
SAID = {"renamed": "is called differently now", "merged": "is one with another now",
        "withdrawn": "is no longer in the record"}


def pages(tombstones: Tombstones, base_url: str) -> Iterator[Page]:
    """A page at the old address of every event and series; base_url: address of the site, empty if it is not known."""
    for table in FOLDERS:
        for stone in tombstones.of(table):
            yield page(stone, base_url)


def page(stone: Tombstone, base_url: str) -> Page:
    """One such page; it leads to the row of today where there is one."""
    name, reason = stone.name or stone.id, dates.told(stone.reason)
    said = f"{name} {SAID[stone.change]}, since {dates.date(stone.withdrawn_on)}. {reason}"
    body = render("site/pages/parts/withdrawn.html.jinja", stone=stone, name=name, said=SAID[stone.change],
                  kind=FOLDERS[stone.table])
    entry = Entry(f"{stone.table}/{stone.id}.html", name, "No longer in use", names=(stone.id,), about=reason,
                  is_held=False)
    data = {"@context": structured.CONTEXT, "@type": "WebPage", "name": name, "description": said}
    if stone.now and base_url:
        data["significantLink"] = addresses.absolute(base_url, f"{stone.table}/{stone.now}.html")
    return Page(f"{stone.table}/{stone.id}", name, shortened(said), Markup(body), entry, data, is_withdrawn=True)


def claims_by_event(tombstones: Tombstones) -> dict[str, list[Tombstone]]:
    """The figures that went out of use, by the id that their event has today."""
    found = defaultdict(list)
    for stone in tombstones.of("claims"):
        found[tombstones.now("events", stone.id.split(":")[0])].append(stone)
    return dict(found)
