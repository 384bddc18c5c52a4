"""Words for the values of the record: short ones for cells, and what they mean by the sentences of datapackage.json."""

from __future__ import annotations

import pandas as pd
from babel import Locale

from .. import countries, tables
from ..cards import words
from ..cards.conflicts import SCOPES

WORDS = {
    "command_post": "command-post exercise", "land": "on land", "naval": "at sea", "air": "in the air",
    "missile_defence": "in air and missile defence", "multi": "in several domains",
    "internal_security": "of police and internal security", "coast_guard": "of coast guards",
    "cyber": "on computer networks", "sco": "SCO", "russia_led": "Russian-led", "china_led": "Chinese-led",
    "third_party": "third party's", "official_ru": "Russian authority", "official_cn": "Chinese authority",
    "official_other": "authority of another state", "media": "press",
    "exclude": "set aside", "count_as_reported": "counted as reported",
    "rescope": "counted under another scope", "read_as_point": "read as a rounded figure",
    "accept_single_source": "accepted with one house",
}
CLASSES = {"yes": "yes, by every figure", "no": "no, by every figure",
           "contested": "contested: figures or open ends lie on both sides",
           "open": "cannot be told: the figures have an open end"}

# What a participant of an event is called on its page, and the heading of the list, by the status of the event.
ROLES = {"planned": {"participant": "was to take part", "observer": "was to observe"},
         "cancelled": {"participant": "was to take part", "observer": "was to observe"},
         "disputed": {"participant": "named as taking part", "observer": "named as observing"}}
WHO = {"held": "Who took part", "planned": "Who was to take part", "cancelled": "Who was to take part",
       "disputed": "Named as taking part"}
# What is asked of an event that was only announced is what was intended; {number} is the threshold.
REACHED = {"held": "Did it reach {number} troops?", "planned": "Was it to reach {number} troops?",
           "cancelled": "Was it to reach {number} troops?", "disputed": "Did it reach {number} troops?"}
# What stands before the name of an event that was not simply held.
PREFIXES = {"planned": "Planned", "cancelled": "Cancelled", "disputed": "Disputed"}


def headline(name: str, status: str) -> str:
    """The name of an event; if it was not simply held, that stands before it."""
    return f"{PREFIXES[status]}: {name}" if status in PREFIXES else name


def role(value: str, status: str) -> str:
    """What a country did at an event or, where it was not held, was to do."""
    return ROLES.get(status, {}).get(value, value)


def word(value: str) -> str:
    """A value of a column with few values, as it reads in a sentence."""
    return WORDS.get(value, value.replace("_", " "))


def sentence(package: dict, table: str, column: str, value: str) -> str:
    """What a value means, by the schema; empty if it says nothing of it."""
    described = tables.fields(tables.resources(package)[table])[column].get("categories", [])
    return next((one["label"] for one in described if one["value"] == value), "")


def values(package: dict, table: str, column: str) -> list[str]:
    """The values that a column may have, in the order of the schema."""
    return [one["value"] for one in tables.fields(tables.resources(package)[table])[column]["categories"]]


def blank(package: dict, table: str, column: str) -> str:
    """What a blank cell means, by the schema."""
    return tables.fields(tables.resources(package)[table])[column]["missingValues"][0]["label"]


def scope(code: str) -> str:
    """Whose forces: all forces, Russian, Chinese, foreign, or the name of a country."""
    return SCOPES.get(code) or country(code)


def country(code: str) -> str:
    """The name of a country, or the code itself where there is no such country."""
    try:
        return countries.name(code)
    except KeyError:
        return code


def date(partial: str) -> str:
    """A partial date as prose has it: 2 July 2026, July 2026, 2026."""
    style = {7: words.month, 10: words.day}.get(len(partial))
    return style(pd.Timestamp(partial)) if style else partial


def period(start: str, end: object) -> str:
    """Two partial dates as prose has them: 11 to 17 September 2018; the first alone where there is no other."""
    if not isinstance(end, str) or end == start:
        return date(start)
    first, last = date(start).split(), date(end).split()
    while len(start) == len(end) and len(first) > 1 and first[-1] == last[len(first) - 1]:
        first.pop()
    return f"{' '.join(first)} to {' '.join(last)}"


def language(code: str) -> str:
    """The English name of a language by its ISO 639 code, or the code."""
    return Locale("en").languages.get(code, code)
