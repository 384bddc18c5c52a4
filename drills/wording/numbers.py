"""Numbers as words: the one place where a figure is formatted for titles, captions and prose."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

import pandas as pd
from babel.lists import format_list
from babel.numbers import format_decimal

# British: no comma before the last item of a list.
LOCALE = "en_GB"
# A figure as it was written down: up to ten digits behind the point, none that add nothing.
AS_WRITTEN = "#,##0.##########"
# Numbers that are in words at hand: the same few are said on many pages, and Babel reads its pattern anew each time.
MANY = 4096


@lru_cache(maxsize=MANY)
def count(value: float) -> str:
    """A whole number with thousands separated: 12,345."""
    return format_decimal(round(value), locale=LOCALE)


@lru_cache(maxsize=MANY)
def exact(value: float) -> str:
    """A number as it was written down, thousands separated: 3,200, 2.17."""
    # a zero below zero, which a sum can be, is a zero
    return format_decimal(value + 0, AS_WRITTEN, LOCALE)


def percent_change(ratio: float) -> str:
    """A ratio as a signed change: 1.113 becomes +11 %."""
    change = round((ratio - 1) * 100)
    return f"{'+' if change > 0 else '−' if change < 0 else '±'}{abs(change)} %"


def percent_range(low: float, high: float) -> str:
    """A range of ratios as changes: 1.07, 1.16 becomes +7 to +16 %, an open one 1.07 becomes +7 % upward."""
    if math.isinf(high):
        return f"{percent_change(low)} upward" if low else "without bounds"
    return f"{percent_change(low).removesuffix(' %')} to {percent_change(high)}"


@lru_cache(maxsize=MANY)
def decimal(value: float) -> str:
    """A number with one digit behind the point."""
    if math.isinf(value):
        return "infinite"
    # rounded first: Babel takes the digits for exact, so that a half might go the other way than elsewhere
    return format_decimal(round(value, 1), "#,##0.0", LOCALE)


def span(low: float, high: float) -> str:
    """Two bounds as a range, or the one number if they agree: 2 to 7."""
    return count(low) if round(low) == round(high) else f"{count(low)} to {count(high)}"


def leading(table: pd.DataFrame, value: str, name: str) -> list[str]:
    """What column `name` says of every row that shares the largest number in column `value`, as texts."""
    return table.loc[table[value] == table[value].max(), name].astype(str).tolist()


def each(items: list) -> str:
    """What follows a number that is said of several alike: nothing after one."""
    return " each" if len(items) > 1 else ""


def listing(items: list[str]) -> str:
    """A list in prose: a, b and c."""
    return format_list(items, locale=LOCALE)


def either(items: Iterable[str]) -> str:
    """A choice in prose: a, b or c."""
    return format_list(list(items), style="or", locale=LOCALE)


def none_or(value: float, word: str) -> str:
    """A count with its noun where none is possible: no event, 1 event, 7 events."""
    return f"no {word}" if round(value) == 0 else plural(value, word)


def plural(value: float, word: str, many: str | None = None) -> str:
    """A count with its noun: 1 event, 7 events."""
    return f"{count(value)} {word if round(value) == 1 else many or word + 's'}"


def share(part: float, whole: float) -> str:
    """A part of a whole in per cent that stays on one line: 46 %; under 1 % if it would round to none.

    Of nothing there is no part: no share.
    """
    if not whole:
        return "no share"
    percent = round(100 * part / whole)
    return f"{percent}\u00a0%" if percent or not part else "under 1\u00a0%"
