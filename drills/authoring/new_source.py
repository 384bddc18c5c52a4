"""A new page or document, and its publisher where the record does not know it yet."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from urllib.parse import urlsplit

from ..checks import addresses
from ..record.provenance import NOT_STATED
from .book import Book, Row, most
from .steps import Given, Step

DAY_IN_ADDRESS = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([-/_]?)([01][0-9])\2([0-3][0-9])(?![0-9])")
NAME_BEFORE_DAY = re.compile(r"(.+?)-(?:(?:19|20)[0-9]{2}(?:[0-9]{2}){0,2}|undated)(?:-|$)")
# the language of a title by its letters, where these leave one
SCRIPTS = (("ja", "HIRAGANA|KATAKANA"), ("ko", "HANGUL"), ("zh", "CJK UNIFIED"), ("ru", "CYRILLIC"))
SMALL_WORDS = {"a", "an", "and", "at", "for", "from", "in", "into", "of", "on", "the", "to", "with", "by", "as"}
# the country from which a site is run, by the end of its address, where that is a country's
ENDS = {"ru": "RUS", "su": "RUS", "cn": "CHN", "jp": "JPN", "kr": "KOR", "in": "IND", "ir": "IRN", "kz": "KAZ",
        "mn": "MNG", "pk": "PAK", "uk": "GBR", "us": "USA", "gov": "USA", "mil": "USA", "de": "DEU", "fr": "FRA",
        "tw": "TWN", "hk": "HKG", "za": "ZAF", "by": "BLR", "kg": "KGZ", "tj": "TJK", "uz": "UZB"}


def host(url: str) -> str:
    """The site of an address, without www."""
    try:
        return re.sub(r"^www\.", "", urlsplit(url).hostname or "")
    except ValueError:
        return ""


def publisher(cells: Given, book: Book) -> str:
    """Who has most pages of the site in the record."""
    site = host(cells["url"])
    return most(row["publisher"] for row in book.rows["sources"] if site and host(row["url"]) == site)


def _as_before(column: str, otherwise: str):
    """What a column says of every page of the publisher so far, else what it usually says."""
    def propose(cells: Given, book: Book) -> str:
        said = {row[column] for row in book.rows["sources"] if row["publisher"] == cells["publisher"]}
        return said.pop() if len(said) == 1 else otherwise

    return propose


def published(cells: Given, book: Book) -> str:
    """The day that stands in the address."""
    found = DAY_IN_ADDRESS.search(cells["url"])
    try:
        return str(date(int(found[1]), int(found[3]), int(found[4]))) if found else ""
    except ValueError:
        return ""


def language(cells: Given, book: Book) -> str:
    """By the letters of a title in the page's own words, else that of the publisher's other pages."""
    names = " ".join(unicodedata.name(letter, "") for letter in cells["title"])
    others = [row["language"] for row in book.rows["sources"] if row["publisher"] == cells["publisher"]]
    if cells["title_is_description"] == "true" or not cells["title"]:
        return most(others)
    in_script = next((code for code, script in SCRIPTS if re.search(script, names)), "")
    return in_script or most(code for code in others if code not in dict(SCRIPTS)) or "en"


def source_type(cells: Given, book: Book) -> str:
    """The sort of whoever wrote the text."""
    owner = cells["original_publisher"] or cells["publisher"]
    kind = book.find("publishers", publisher=owner).get("kind", "")
    return "" if kind == "copier" else kind


def subject(cells: Given, book: Book) -> str:
    """The first words of an English title."""
    words = [word for word in slug(cells["title"]).split("-") if word and word not in SMALL_WORDS]
    return " ".join(words[:3]) if cells["title"].isascii() else ""


def source_id(cells: Given, book: Book) -> str:
    """Publisher, day and subject, and a number where that name is taken."""
    owner = cells["original_publisher"].replace(NOT_STATED, "") or cells["publisher"]
    names = [NAME_BEFORE_DAY.match(row["source_id"]) for row in book.rows["sources"] if row["publisher"] == owner]
    begin = most(name[1] for name in names if name) or "-".join(slug(owner).split("-")[:2])
    name = "-".join(filter(None, (begin, cells["published"].replace("-", "") or "undated", slug(cells["subject"]))))
    taken, free, number = {row["source_id"] for row in book.rows["sources"]}, name, 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def slug(text: str) -> str:
    """Text as a part of a name: small Latin letters and digits, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[^a-z0-9\s_–-]", "", plain)).strip("-")


STEPS = (
    Step("url"), Step("publisher", publisher), Step("title"),
    Step("title_is_description", lambda cells, book: "false", is_asked=False),
    Step("published", published),
    Step("why_undated", is_needed=lambda cells: not cells["published"]),
    Step("is_copy", _as_before("is_copy", "false")),
    Step("is_mirror", _as_before("is_mirror", "false"), is_needed=lambda cells: cells["is_copy"] == "true"),
    Step("original_publisher", is_needed=lambda cells: cells["is_copy"] == "true"),
    Step("relays"), Step("language", language), Step("source_type", source_type),
    Step("subject", subject, "One to three words for the id of the page, such as: air patrol."),
    Step("source_id", source_id), Step("note"),
)


def complete(cells: Given) -> Given:
    """The row: a page that is no copy is no mirror."""
    return cells | {"is_mirror": cells["is_mirror"] or "false"}


def unknown_publishers(cells: Given, book: Book) -> list[str]:
    """The publishers that a new page names and the record does not know."""
    known = {row["publisher"] for row in book.rows["publishers"]} | {NOT_STATED, ""}
    return [name for name in dict.fromkeys((cells["publisher"], cells["original_publisher"])) if name not in known]


def publisher_steps(name: str, source: Given) -> tuple[Step, ...]:
    """The steps of a new row of publishers.csv: its house is its own and its country that of its site, unless given."""
    def of_house(column: str, otherwise: str):
        def propose(cells: Given, book: Book) -> str:
            said = {row[column] for row in book.rows["publishers"] if row["house"] == cells["house"]}
            return said.pop() if len(said) == 1 else otherwise

        return propose

    is_site = name == source["publisher"]
    country = ENDS.get(host(source["url"]).rsplit(".", 1)[-1], "") if is_site else ""
    kind = "copier" if is_site and source["is_copy"] == "true" else source["source_type"]
    return (Step("publisher", lambda cells, book: name, is_asked=False),
            Step("house", lambda cells, book: name), Step("kind", of_house("kind", kind)),
            Step("country", of_house("country", country)), Step("publisher_note", words="Why the house was chosen, "
                                                                "where that is open to doubt."))


def same(cells: Given, book: Book) -> tuple[Row, str]:
    """The row that is this page already, and how it is known; empty if there is none."""
    if row := book.find("sources", source_id=cells["source_id"]):
        return row, f"the id '{cells['source_id']}' is taken"
    for row in book.rows["sources"]:
        if row["url"] and cells["url"] and addresses.normal(row["url"]) == addresses.normal(cells["url"]):
            return row, "the page is in the record"
    return {}, ""
