"""Whether the address of a page opens anywhere, stands once among the sources, and whether its day can be true."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pandas as pd

from ..record.days import first_day
from ..record.problems import Problem, legible

# parameters that say where a reader came from, not which page is meant
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|_openstat|spm|from|ref|rss|share\w*|modal|pfrom", re.IGNORECASE)
YEAR_IN_ID = re.compile(r"-((?:19|20)[0-9]{2})(?:[0-9]{2}|[0-9]{4})(?:-|$)")
PUBLISHED = (("sources", "published"), ("milestones", "date"), ("published_counts", "published"))
LAST_YEAR = "2099"
# parameters that open a page for one reader alone, and may open more than the page
SECRET = re.compile(r"(access_?|auth_?|id_)token|token|api_?key|password|passwd|pwd|secret|(php|j|asp)?sess(ion)?_?id|"
                    r"x-amz-(signature|credential|security-token)", re.IGNORECASE)
# signs that no address may hold as they are: most are those of a text around it
UNFIT = re.compile(r'[<>"`\\^{}|]')
HALF_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
# pages that show others, or what they show to one reader on one day
PASSING_ON = re.compile(r"(?:www\.)?google\.[a-z.]+/(?:url|search|amp/s/)|webcache\.googleusercontent\.com/|"
                        r"(?:www\.)?bing\.com/(?:search|ck/)|(?:www\.)?yandex\.[a-z.]+/search|(?:l|lm)\.facebook\.com/|"
                        r"(?:www\.)?baidu\.com/(?:s|link)\?|t\.co/|bit\.ly/|tinyurl\.com/|yandexwebcache\.net/",
                        re.IGNORECASE)


# a copy that an archive keeps, and the address of the page itself within its own
KEPT = re.compile(r"https?://(?:web\.archive\.org/web|archive\.(?:ph|today|is|li|vn|md|fo))/\d{4,14}(?:[a-z]{2}_)?/"
                  r"(?=https?:)", re.IGNORECASE)


def normal(url: str) -> str:
    """An address without what does not decide which page it names: scheme, www, tracking, fragment, last slash.

    The copy of a page in an archive is that page.
    """
    parts = urlsplit(KEPT.sub("", url.strip()))
    host = re.sub(r"^www\.|:(80|443)$", "", parts.netloc.lower())
    kept = sorted((name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)
                  if not TRACKING.fullmatch(name))
    return host + parts.path.rstrip("/") + (f"?{urlencode(kept)}" if kept else "")


def addresses_open_anywhere(rows) -> Iterator[Problem]:
    """Catch an address that opens for its writer alone, passes on to another, or is none."""
    for source in rows.sources[rows.sources["url"].notna()].itertuples():
        if found := fault(source.url):
            yield rows.at("sources", source.Index, "url", source.url, *found)


def fault(url: str) -> tuple[str, str] | None:
    """What keeps readers from the page of an address, and how to fix it; None if nothing does."""
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError as error:
        return f"'{legible(url)}' is no address ({error})", "copy the address of the page again"
    host = (parts.hostname or "").rstrip(".")
    if "@" in parts.netloc:
        return ("the address holds the name or password of a reader",
                "delete what stands before @, and change the password if it is one")
    if secret := next((name for name, _ in parse_qsl(parts.query) if SECRET.fullmatch(name)), None):
        return f"the address holds '{legible(secret)}', which opens the page for one reader", "delete it"
    if re.match(r"https?:/*https?:", url, re.IGNORECASE):
        return f"'{legible(url)}' begins twice", "delete the first scheme"
    if not is_public(host) or port == 0:
        return f"'{legible(parts.netloc)}' is no host that other readers reach", "write the address of the public page"
    if sign := UNFIT.search(url):
        return f"the address holds '{sign[0]}', which no address may", "delete what is not of the address, or encode it"
    if half := HALF_ESCAPE.search(url):
        return f"'{legible(url[half.start():half.start() + 3])}' is half a code", "copy the address of the page again"
    if PASSING_ON.match(host + url.partition(parts.netloc)[2]):
        return f"{host} only passes on to another page", "write the address of that page"
    return None


def is_public(host: str) -> bool:
    """Whether a host may be reached from everywhere by its form: a name with a dot, or a number that is not private."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and ".." not in host and not host.endswith((".local", ".localhost", ".internal"))


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


RULES_OF_ONE_ROW = (pages_are_not_of_the_future, addresses_open_anywhere)
RULES = (pages_stand_once, pages_match_their_names)
