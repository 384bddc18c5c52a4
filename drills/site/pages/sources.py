"""Sources as the pages cite them: one `Cited` for each, with a link only where the page may be linked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...wording import countries
from ...wording.sources import citation
from .page import web_address


@dataclass(frozen=True)
class Cited:
    """One source of a page: its number in the page's list, and the words of `wording.sources.citation`.

    link: an http or https address, empty for a mirror and where none is known. language: ISO 639 code;
    language_name: in English. is_described: the title is the record's own description, in English.
    """

    source_id: str
    number: int
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


def cited(sources: Iterable) -> dict[str, Cited]:
    """The sources of one page, rows of `Parts.sources` as tuples, by source_id and numbered in the order given."""
    return {source.source_id: Cited(
        source.source_id, number, *citation(source), "" if source.is_mirror else web_address(source.url),
        source.language, countries.language(source.language), source.title_is_description, source.is_copy,
        source.is_mirror, source.note if isinstance(source.note, str) else "")
        for number, source in enumerate(sources, 1)}
