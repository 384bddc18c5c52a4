"""A new event with its participants and the dates that its sources give: an event is rows in four files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..checks import tiers
from ..record.days import first_day, last_day
from . import new_claim
from .book import Book, Row, most
from .new_source import slug
from .steps import Given, Step

# what has more slashes than stand between two days is a date in another form, which is named as that
SAYS = re.compile(r"\s*([^=]*[^=\s])\s*=\s*(?:([^/]*[^/\s])\s*/\s*([^/]*[^/\s])|(\S|\S.*\S))\s*")
PRECISIONS = {10: "day", 7: "month", 4: "year"}
SAYS_WORDS = ("What each source says of the dates, as source_id=first day/last day, joined by semicolons, such as "
              "xinhua-20241130-air-patrol=2024-11-29/2024-11-30; a last day only where the source gives one.")


def sayings(text: str) -> list[tuple[str, str, str]]:
    """Source, first day and last day ('' if it gives none) of each source; raises ValueError with what to write."""
    parts = [part for part in text.split(";") if part.strip()]
    found = [match for part in parts if (match := SAYS.fullmatch(part))]
    if not found or len(found) < len(parts):
        raise ValueError(f"'{text}' says no dates; write source_id=first day/last day, joined by semicolons")
    return [(match[1], match[2] or match[4], match[3] or "") for match in found]


def _said_cells(text: str) -> Iterator[tuple[str, str, str]]:
    """The sources and days that `says` names, as cells of date_claims.csv."""
    for source, *days in sayings(text):
        yield "date_claims", "source_id", source
        yield from (("date_claims", "value", day) for day in days if day)


def _countries(text: str) -> Iterator[tuple[str, str, str]]:
    """The countries of a list, as cells of participants.csv."""
    yield from (("participants", "country", name) for name in filter(None, map(str.strip, text.split(";"))))


def _said(edge: int):
    """The first (1) or last (2) day that most sources give; of several equals the most exact."""
    def propose(cells: Given, book: Book) -> str:
        try:
            days = [saying[edge] for saying in sayings(cells["says"]) if saying[edge]]
        except ValueError:
            return ""
        return most(sorted(days, key=len, reverse=True))

    return propose


def _of_series(column: str):
    """What the series usually is: its own row says it, else its events."""
    def propose(cells: Given, book: Book) -> str:
        own = book.find("series", series_id=cells["series"])
        named = own.get({"framework": "usual_framework"}.get(column, column), "")
        return named or most(row[column] for row in book.rows["events"] if row["series"] == cells["series"])

    return propose


def _patrol(cells: Given, book: Book) -> tuple[str, int] | None:
    """Sort and next number of a joint patrol; None for any other event."""
    if cells["series"] not in tiers.PATROL_SERIES:
        return None
    sort = "air" if cells["domain"] == "air" else "naval"
    found = [tiers.PATROL_ID.fullmatch(row["event_id"]) for row in book.rows["events"]]
    number = 1 + max((int(match[2]) for match in found if match and match[1] == sort), default=0)
    return (sort, number) if number <= len(tiers.ENGLISH) else None


def name(column: str):
    """The name of a joint patrol by its pattern."""
    def propose(cells: Given, book: Book) -> str:
        patrol = _patrol(cells, book)
        return tiers.patrol_names(*patrol)[column] if patrol else ""

    return propose


def event_id(cells: Given, book: Book) -> str:
    """The year and a short name."""
    year, patrol = cells["start_date"][:4], _patrol(cells, book)
    if not year:
        return ""
    if patrol:
        return f"{year}-joint-{patrol[0]}-patrol-{patrol[1]}"
    return f"{year}-{slug(re.sub(r'[(].*?[)]|,.*|(?:19|20)[0-9]{2}', '', cells['name']))}"


def status(cells: Given, book: Book) -> str:
    """Held if a page of the first day or later reports it, else planned."""
    try:
        pages = [book.find("sources", source_id=name).get("published", "") for name, *_ in sayings(cells["says"])]
        start = first_day(cells["start_date"])
        return "held" if any(page and last_day(page) >= start for page in pages) else "planned"
    except ValueError:
        return ""


def tier(cells: Given, book: Book) -> str:
    """Core if it was held by both, is no competition and no exercise of others; police events by their own rule."""
    both = {"RUS", "CHN"} <= set(cells["participants"].split(";")) - set(cells["observers"].split(";"))
    is_core = (both and cells["status"] == "held" and cells["kind"] != "competition"
               and cells["framework"] != "third_party")
    if cells["domain"] in tiers.POLICE_DOMAINS:
        is_core &= (cells["kind"] in tiers.UNITS_UNDER_ORDER.get(cells["series"], ())
                    and cells["framework"] in tiers.OF_THE_TWO)
    return "core" if is_core else "wider"


STEPS = (
    Step("series", lambda cells, book: "other"), Step("kind", _of_series("kind")), Step("domain", _of_series("domain")),
    Step("framework", _of_series("framework")), Step("says", words=SAYS_WORDS, read=sayings, cells=_said_cells),
    Step("start_date", _said(1)), Step("end_date", _said(2)),
    Step("date_precision", lambda cells, book: PRECISIONS.get(len(cells["start_date"]), ""), is_asked=False),
    Step("name", name("name")), Step("name_ru", name("name_ru")), Step("name_zh", name("name_zh")), Step("aliases"),
    Step("participants", lambda cells, book: "RUS;CHN", "Countries that took part or watched, ISO codes joined by "
         "semicolons.", cells=_countries),
    Step("observers", words="Those of them that only watched, joined by semicolons.", cells=_countries),
    Step("hosts", words="Those of them on whose territory or in whose waters it was, joined by semicolons.",
         cells=_countries),
    Step("place"), Step("latitude"), Step("longitude", is_needed=lambda cells: bool(cells["latitude"])),
    Step("place_precision", lambda cells, book: "" if cells["latitude"] else "unknown"),
    Step("status", status), Step("tier", tier), Step("part_of"), Step("note"), Step("event_id", event_id),
)


def rows(cells: Given, book: Book) -> list[tuple[str, Given]]:
    """The rows of a new event: its own, one for each country, one for each day that a source gives.

    Raises ValueError with what to write if `says` gives no dates, or a country is observer or host and not there.
    """
    said = sayings(cells["says"])
    names = sorted(filter(None, map(str.strip, cells["participants"].split(";"))))
    apart = {column: set(filter(None, map(str.strip, cells[column].split(";")))) for column in ("observers", "hosts")}
    for column, listed in apart.items():
        if lost := sorted(listed - set(names)):
            raise ValueError(f"{', '.join(lost)} is in {column} and not in participants; name it in both")
    sources = ";".join(sorted({name for name, *_ in said}))
    people = [("participants", {
        "event_id": cells["event_id"], "country": name, "role": "observer" if name in apart["observers"] else
        "participant", "is_host": "true" if name in apart["hosts"] else "false", "source_ids": sources})
        for name in names]
    dates = [("date_claims", _date(cells, edge, day, source, book)) for source, start, end in said
             for edge, day in (("start", start), ("end", end)) if day]
    return [("events", cells), *people, *dates]


def _date(cells: Given, edge: str, day: str, source: str, book: Book) -> Given:
    """What one source says of one end of the event."""
    found = {"event_id": cells["event_id"], "edge": edge, "value": day, "covers": "event", "source_id": source}
    found["claimant"] = new_claim.claimant(found, book)
    found["claimant_kind"] = new_claim.claimant_kind(found, book)
    page = book.find("sources", source_id=source).get("published", "")
    is_ahead = cells["status"] in new_claim.NOT_HELD or (page and first_day(day) > last_day(page))
    return found | {"stage": "planned" if is_ahead else "reported"}


def same(cells: Given, book: Book) -> tuple[Row, str]:
    """The row that is this event already, and how it is known; empty if there is none."""
    if row := book.find("events", event_id=cells["event_id"]):
        return row, f"the id '{cells['event_id']}' is taken"
    if row := book.find("events", name=cells["name"], start_date=cells["start_date"]):
        return row, "an event of this name began on this day"
    if cells["series"] != "other" and cells["date_precision"] == "day":
        alike = {name: cells[name] for name in ("series", "start_date", "kind", "place")}
        return book.find("events", **alike), "an event of this series and kind began there on this day"
    return {}, ""
