"""Sources as the pages cite them: one `Cited` for each, with a link only where the page may be linked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...wording import countries
from ...wording.sources import citation
from .page import web_address


@dataclass(frozen=True)
class Cited:
    """One source of a page: its number in the page's list, and the words of `wording.sources.citation`.

    house: whose word it is; several where a page relays them, blank where its origin is not stated. link: an http or
    https address, empty for a mirror and where none is known. language: ISO 639 code; language_name: in English.
    is_described: the title is the record's own description, in English.
    """

    source_id: str
    number: int
    house: str
    who: str
    title: str
    date: str
    link: str
    language: str
    language_name: str
    is_described: bool
    is_copy: bool
    is_mirror: bool
    note: str


def cited(sources: Iterable, houses: Mapping[str, str]) -> dict[str, Cited]:
    """The sources of one page, rows of `Parts.sources` as tuples, by source_id: numbered by house, then by date.

    houses: by source_id, as in `Cited`; sources without one come last.
    """
    def place(source) -> tuple:
        house = houses.get(source.source_id, "")
        return not house, house.casefold(), str(source.published), source.source_id

    return {source.source_id: Cited(
        source.source_id, number, houses.get(source.source_id, ""), *citation(source),
        "" if source.is_mirror else web_address(source.url),
        source.language, countries.language(source.language), source.title_is_description, source.is_copy,
        source.is_mirror, source.note if isinstance(source.note, str) else "")
        for number, source in enumerate(sorted(sources, key=place), 1)}
