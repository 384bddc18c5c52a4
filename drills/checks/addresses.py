"""Whether a page stands once among the sources, and whether its day can be true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pandas as pd

from ..record.days import first_day
from ..record.problems import Problem

# parameters that say where a reader came from, not which page is meant
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|_openstat|spm|from|ref|rss|share\w*|modal|pfrom", re.IGNORECASE)
YEAR_IN_ID = re.compile(r"-((?:19|20)[0-9]{2})(?:[0-9]{2}|[0-9]{4})(?:-|$)")
PUBLISHED = (("sources", "published"), ("milestones", "date"), ("published_counts", "published"))
LAST_YEAR = "2099"


def normal(url: str) -> str:
    """An address without what does not decide which page it names: scheme, www, tracking, fragment, last slash."""
    parts = urlsplit(url.strip())
    host = re.sub(r"^www\.|:(80|443)$", "", parts.netloc.lower())
    kept = sorted((name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)
                  if not TRACKING.fullmatch(name))
    return host + parts.path.rstrip("/") + (f"?{urlencode(kept)}" if kept else "")


def pages_stand_once(rows) -> Iterator[Problem]:
    """Catch one page registered under two names, so that its text counts under two claimants."""
    seen: dict[str, tuple[int, str]] = {}
    for source in rows.sources[rows.sources["url"].notna()].itertuples():
        try:
            address = normal(source.url)
        except ValueError:
            continue
        if address in seen:
            line, first = seen[address]
            yield rows.at("sources", source.Index, "url", source.url,
                          f"'{source.source_id}' has the address of '{first}' in line {line}",
                          f"merge the two rows: point every row that names '{source.source_id}' to '{first}'")
        seen.setdefault(address, (source.Index, source.source_id))


def pages_are_not_of_the_future(rows, today: date | None = None) -> Iterator[Problem]:
    """Catch a year typed wrong that would move the day of the whole record.

    today: the newest day that a page can have, by default the one of this computer; a day more is allowed, since
    it is tomorrow already further east.
    """
    newest = pd.Timestamp((today or date.today()) + timedelta(days=1))
    for table, column in PUBLISHED:
        cells = getattr(rows, table)[column].dropna()
        for line, value in cells.items():
            try:
                is_ahead = value[:4] <= LAST_YEAR and first_day(value) > newest
            except (ValueError, OverflowError):
                continue
            if is_ahead:
                yield rows.at(table, line, column, value, f"{value} lies in the future",
                              "write the day that the page has")


def pages_match_their_names(rows) -> Iterator[Problem]:
    """Catch a year typed wrong in a source whose name holds its day: the nearer slip, of a year or two."""
    for source in rows.sources[rows.sources["published"].notna()].itertuples():
        named = YEAR_IN_ID.search(source.source_id)
        if named and named[1] != source.published[:4]:
            yield rows.at("sources", source.Index, "published", source.published,
                          f"'{source.source_id}' names the year {named[1]}, its page is of {source.published}",
                          "fix the year")


RULES_OF_ONE_ROW = (pages_are_not_of_the_future,)
RULES = (pages_stand_once, pages_match_their_names)
