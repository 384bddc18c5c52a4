"""A new figure, as one source says it, for one measure and one scope."""

from __future__ import annotations

import re

from ..record.days import first_day, last_day
from ..record.provenance import NOT_STATED
from .book import Book, Row, most
from .steps import Given, Step

# what is complete on the last day only
LENGTHS = ("duration_days", "duration_hours")
NOT_HELD = ("planned", "cancelled")
# what sort of speaker a publisher is, by its kind
SPEAKERS = {"agency": "media", "newspaper": "media", "broadcaster": "media", "think_tank": "analyst",
            "academic": "analyst", "encyclopedia": "encyclopedia", "official_ru": "official_ru",
            "official_cn": "official_cn", "official_other": "official_other"}
NUMBER = r"([0-9][0-9,\u00a0 ]*(?:\.[0-9]+)?)"
# words that a source puts before or after a number, and what they make of it
FORMS = tuple((re.compile(pattern.replace("N", NUMBER), re.IGNORECASE), qualifier) for pattern, qualifier in (
    (r"(?:more than|over|>)\s*N", "more_than"), (r"(?:at least|no fewer than|no less than|≥|>=)\s*N", "at_least"),
    (r"N\s*(?:\+|or more)", "at_least"), (r"(?:up to|at most|no more than|≤|<=)\s*N", "up_to"),
    (r"N\s*or fewer", "up_to"), (r"(?:nearly|almost)\s*N", "nearly"),
    (r"(?:about|around|some|roughly|~|≈)\s*N", "about"),
    (r"(?:between\s*)?N\s*(?:to|and|[-–])\s*N", "between"), (r"(?:exactly\s*)?N", "exactly")))
NO_NUMBER = ("say it as the source does: 3,200; about 3,200; nearly 3,200; more than 10,000; at least 5; up to 40; "
             "3,000 to 3,600")


def figure(text: str) -> dict[str, str]:
    """Bounds and qualifier of a figure in words; raises ValueError with what to write if it is none."""
    for pattern, qualifier in FORMS:
        if found := pattern.fullmatch(text.strip()):
            numbers = [re.sub(r"[,\u00a0 ]", "", number) for number in found.groups()]
            low, high = {"more_than": (numbers[0], ""), "at_least": (numbers[0], ""), "up_to": ("", numbers[0])}.get(
                qualifier, (numbers[0], numbers[-1]))
            return {"value_low": low, "value_high": high, "qualifier": qualifier}
    raise ValueError(f"'{text}' is no figure; {NO_NUMBER}")


def stage(cells: Given, book: Book) -> str:
    """By the day of the page: before the event a plan, else a report."""
    event = book.find("events", event_id=cells["event_id"])
    page = book.find("sources", source_id=cells["source_id"]).get("published", "")
    if event.get("status") in NOT_HELD:
        return "planned"
    day = event.get("end_date") if cells["measure"] in LENGTHS else event.get("start_date")
    return "planned" if page and day and last_day(page) < first_day(day) else "reported"


def claimant(cells: Given, book: Book) -> str:
    """Whose text the page is."""
    source = book.find("sources", source_id=cells["source_id"])
    name = source.get("original_publisher") or source.get("publisher", "")
    return "" if name == NOT_STATED else name


def claimant_kind(cells: Given, book: Book) -> str:
    """What the record calls this speaker elsewhere, else what the kind of the publisher makes of it."""
    before = most(row["claimant_kind"] for table in ("claims", "date_claims") for row in book.rows[table]
                  if row["claimant"] == cells["claimant"])
    return before or SPEAKERS.get(book.find("publishers", publisher=cells["claimant"]).get("kind", ""), "")


def basis(cells: Given, book: Book) -> str:
    """Whose knowledge it most likely is: an authority of a state that took part says it, others pass it on."""
    kind = cells["claimant_kind"]
    if kind in ("official_ru", "official_cn"):
        return "official"
    if kind == "official_other":
        country = book.find("publishers", publisher=cells["claimant"]).get("country", "")
        is_there = book.find("participants", event_id=cells["event_id"], country=country, role="participant")
        return "official" if country and is_there else "assessed"
    return "relayed" if kind else ""


def counts(cells: Given, book: Book) -> str:
    """The edition for the event, the times that it took part for one country."""
    return "edition" if cells["scope"] == "ALL" else "participation"


def claim_id(cells: Given, book: Book) -> str:
    """Event, measure and scope, and the next number that no figure has or had."""
    parts = [cells["event_id"], cells["measure"], cells["scope"]]
    if not all(parts):
        return ""
    begin = ":".join(parts) + ":"
    used = [row["claim_id"] for row in book.rows["claims"]] + [row["id"] for row in book.rows.get("withdrawn", ())]
    numbers = [int(name.removeprefix(begin)) for name in used
               if name.startswith(begin) and name.removeprefix(begin).isdigit()]
    return f"{begin}{max(numbers, default=0) + 1}"


def bound(name: str):
    """A part of the figure that was given in words."""
    def propose(cells: Given, book: Book) -> str:
        try:
            return figure(cells["figure"])[name]
        except ValueError:
            return ""

    return propose


STEPS = (
    Step("event_id"), Step("source_id"), Step("measure"), Step("scope"),
    Step("figure", words=f"The figure as the source puts it; {NO_NUMBER}.", read=figure),
    *(Step(name, bound(name), is_asked=False) for name in ("value_low", "value_high", "qualifier")),
    Step("covers", lambda cells, book: "event"),
    Step("counts", counts, is_needed=lambda cells: cells["measure"] == "ordinal"),
    Step("claimant", claimant), Step("claimant_kind", claimant_kind), Step("basis", basis), Step("stage", stage),
    Step("note"), Step("claim_id", claim_id, is_asked=False),
)
# one figure of one speaker on one page
SAME = ("event_id", "measure", "scope", "value_low", "value_high", "qualifier", "stage", "claimant", "source_id")


def same(cells: Given, book: Book) -> tuple[Row, str]:
    """The row that says this already, and how it is known; empty if there is none."""
    if row := book.find("claims", claim_id=cells["claim_id"]):
        return row, f"the id '{cells['claim_id']}' is taken"
    return book.find("claims", **{name: cells[name] for name in SAME}), "the same speaker says so on the same page"


def lacks(cells: Given) -> str:
    """What keeps a row from being a figure; '' if nothing does."""
    return "" if cells["value_low"] or cells["value_high"] else f"--figure: no figure is given; {NO_NUMBER}"
