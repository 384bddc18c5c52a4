"""Names of countries for pictures and prose: from an alpha-3 code to the English name.

Imports nothing of this package.
"""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from babel.core import get_global

# Names that take an article in a sentence.
WITH_ARTICLE = frozenset({"Bahamas", "Comoros", "Dominican Republic", "Gambia", "Maldives", "Marshall Islands",
                          "Netherlands", "Philippines", "Seychelles", "Solomon Islands", "United Arab Emirates",
                          "United Kingdom", "United States"})


@cache
def name(code: str) -> str:
    """The English name of a country by its ISO 3166-1 alpha-3 code, as CLDR has it, without what stands in brackets.

    Raises KeyError for a code that names no one country of today, so that a wrong code never becomes a label.
    """
    successors = get_global("territory_aliases").get(code, [])
    # CLDR's aliases hold numbers, two-letter codes and dissolved states as well
    if not re.fullmatch("[A-Z]{3}", code) or len(successors) != 1:
        raise KeyError(code)
    return re.sub(r"\s*\(.*\)", "", Locale("en").territories[successors[0]]).replace(" - ", "–")


def country(code: str) -> str:
    """The name of a country, or the code itself where there is no such country."""
    try:
        return name(code)
    except KeyError:
        return code


def spelled(text: str) -> str:
    """Text that begins with the code of a country and a colon, with the name for the code; other text as it is."""
    code, colon, rest = text.partition(":")
    return f"{country(code)}{colon}{rest}" if colon and re.fullmatch("[A-Z]{3}", code) else text


def in_prose(name: str) -> str:
    """The name of a country as it stands inside a sentence: the United States."""
    return f"the {name}" if name in WITH_ARTICLE else name


def language(code: str) -> str:
    """The English name of a language by its ISO 639 code, or the code."""
    return Locale("en").languages.get(code, code)
