"""How to cite the record: what CITATION.cff says, with the release and the day of the record."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from ..counting.reading import Reading
from ..wording import dates, numbers

PROJECT = Path(__file__).resolve().parents[2]
CITATION_FILE = "CITATION.cff"
BIBTEX_SPECIAL = re.compile(r"([&%$#_{}])")


def cff() -> dict:
    """The content of CITATION.cff."""
    return yaml.safe_load((PROJECT / CITATION_FILE).read_text(encoding="utf-8"))


def creators() -> list[str]:
    """The names of the authors, groups and persons."""
    return [author.get("name") or f"{author['given-names']} {author['family-names']}" for author in cff()["authors"]]


def in_words(reading: Reading) -> str:
    """The citation as it can stand in a list of references."""
    return (f"{numbers.listing(creators())} ({reading.as_of.year}). {cff()['title']}. {state(reading)}. "
            f"Data set, {reading.record.package['licenses'][0]['name']}.")


def state(reading: Reading) -> str:
    """Which state of the record it is: release and day."""
    return f"Release {reading.record.version}, record as of {dates.day(reading.as_of)}"


def bibtex_authors() -> str:
    """The names as BibTeX lists authors, each kept whole."""
    return " and ".join(f"{{{_bibtex(name)}}}" for name in creators())


def bibtex(reading: Reading) -> str:
    """The citation as an entry for BibTeX."""
    fields = {"author": bibtex_authors(),
              "title": f"{{{_bibtex(cff()['title'])}}}", "year": str(reading.as_of.year),
              "howpublished": "Data set", "version": reading.record.version,
              "note": state(reading)}
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{joint-drills-{reading.as_of.year},\n{lines}\n}}\n"


def _bibtex(text: str) -> str:
    return BIBTEX_SPECIAL.sub(r"\\\1", text)
