"""Addresses of the site's pages and files, seen from elsewhere: feeds, calendars, search engines."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

# Folders of the files of figures, from the root of the site: those of chapters, of event pages and of series pages.
FIGURES = "figures"
EVENT_FIGURES, SERIES_FIGURES = f"{FIGURES}/events", f"{FIGURES}/series"
# Overrides what _config.yml says, so that a preview or a fork names itself and not the original.
VARIABLE = "DRILLS_ADDRESS"
# Where GitHub runs a workflow it says for which repository, and on which server.
REPOSITORY, SERVER = "GITHUB_REPOSITORY", "GITHUB_SERVER_URL"


def of_environment(environment: Mapping[str, str]) -> tuple[str, str]:
    """Address of the site and of its repository, as the environment of a build has them; blank where it has none.

    A repository on GitHub has its pages at owner.github.io/name/, or at the root if that is its name; where they have
    a domain of their own, the workflow hands it over in VARIABLE.
    """
    full_name = environment.get(REPOSITORY, "")
    owner, _, name = full_name.partition("/")
    host = f"{owner.lower()}.github.io"
    pages = "" if not name else f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
    server = environment.get(SERVER) or "https://github.com"
    return environment.get(VARIABLE) or pages, f"{server.rstrip('/')}/{full_name}" if full_name else ""


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
