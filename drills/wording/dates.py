"""Dates and periods in words."""

from __future__ import annotations

import re

import pandas as pd
from babel.dates import format_date

from ..record.days import first_day

# Not British, which shortens September to four letters.
LOCALE = "en"
# a day within a sentence, which is no part of an address, of an id, or of a pair
DAY_IN_TEXT = re.compile(r"(?<![\w/.-])((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w/-])")


def as_of_words(as_of: pd.Timestamp) -> str:
    return f"Record as of {day(as_of)}."


def day(when: pd.Timestamp) -> str:
    """A date as prose has it: 2 July 2026."""
    return format_date(when, "d MMMM y", LOCALE)


def month(when: pd.Timestamp) -> str:
    """A month as prose has it: July 2026."""
    return format_date(when, "MMMM y", LOCALE)


def short_month(when: pd.Timestamp) -> str:
    """A month as labels have it: Jul 2026."""
    return format_date(when, "MMM y", LOCALE)


def dates(start: str, end: str) -> list[tuple[str, str]]:
    """Partial dates as (date, words), one or two: 18 and 25 Aug 2005, Jul and Aug 2018, 2019; blank end: the start."""
    def said(partial: str, without: int = 0) -> str:
        parts = ["d", "MMM", "y"][{4: 2, 7: 1, 10: 0}[len(partial)]:]
        return format_date(first_day(partial), " ".join(parts[:len(parts) - without]), LOCALE)

    if end in ("", start):
        return [(start, said(start))]
    same_month = len(start) == len(end) == 10 and start[:7] == end[:7]
    same_year = len(start) == len(end) > 4 and start[:4] == end[:4]
    return [(start, said(start, 2 if same_month else 1 if same_year else 0)), (end, said(end))]


def date(partial: str) -> str:
    """A partial date as prose has it: 2 July 2026, July 2026, 2026."""
    style = {7: month, 10: day}.get(len(partial))
    return style(pd.Timestamp(partial)) if style else partial


def told(text: str) -> str:
    """A remark with its days as prose has them: begun on 2026-07-02 reads begun on 2 July 2026."""
    def said(found: re.Match) -> str:
        try:
            return date(found[0])
        except ValueError:
            return found[0]

    return DAY_IN_TEXT.sub(said, text)


def period(start: str, end: object) -> str:
    """Two partial dates as prose has them: 11 to 17 September 2018; the first alone where there is no other."""
    if not isinstance(end, str) or end == start:
        return date(start)
    first, last = date(start).split(), date(end).split()
    while len(start) == len(end) and len(first) > 1 and first[-1] == last[len(first) - 1]:
        first.pop()
    return f"{' '.join(first)} to {' '.join(last)}"
