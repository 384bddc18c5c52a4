"""Addresses of the site's pages and files, seen from elsewhere: feeds, calendars, search engines."""

from __future__ import annotations

from urllib.parse import quote

# Folders of the files of figures, from the root of the site: those of chapters, of event pages and of series pages.
FIGURES = "figures"
EVENT_FIGURES, SERIES_FIGURES = f"{FIGURES}/events", f"{FIGURES}/series"


def absolute(base_url: str, path: str) -> str:
    """The full address of a page or file; without a base the path alone, which holds within the site."""
    base = base_url.rstrip("/") + "/" if base_url else ""
    return base + quote(path)


def of_event(base_url: str, event_id: str) -> str:
    """The address of an event's page."""
    return absolute(base_url, f"events/{event_id}.html")


def of_claim(claim_id: str) -> str:
    """The place of a figure on the page of its event."""
    return f"claim-{claim_id}"


def event_page(event_id: str) -> str:
    """The address of an event's page, from a page at the root of the site."""
    return f"events/{event_id}.html"


def definition_page(query: str) -> str:
    """The address of the switchboard, from a page at the root of the site, set to a definition as text."""
    return f"definitions.html{'?' * bool(query)}{query}#switchboard"
