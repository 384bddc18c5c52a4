"""Numbers as words: a table of what goes in and what a reader sees."""

from __future__ import annotations

import pandas as pd
import pytest

from drills.cards import words

TIED = pd.DataFrame({"year": [2020, 2021, 2022], "n": [3, 5, 5]})


@pytest.mark.parametrize("rows, expected, after", [(slice(None), ["2021", "2022"], " each"), (slice(2), ["2021"], "")])
def test_ties_are_named(rows, expected, after):
    """Catch a headline that gives a shared lead to the first of two."""
    leaders = words.leading(TIED.iloc[rows], "n", "year")
    assert leaders == expected and words.each(leaders) == after


@pytest.mark.parametrize("call, arguments, expected", [
    (words.count, (0,), "0"), (words.count, (12345.4,), "12,345"), (words.count, (999.6,), "1,000"),
    (words.percent_change, (1.113,), "+11 %"), (words.percent_change, (0.95,), "−5 %"),
    (words.percent_change, (1.0,), "±0 %"), (words.percent_change, (0.996,), "±0 %"),
    (words.percent_change, (3.5,), "+250 %"),
    (words.percent_range, (1.07, 1.16), "+7 to +16 %"), (words.percent_range, (0.98, 1.04), "−2 to +4 %"),
    (words.percent_range, (1.0, 1.2), "±0 to +20 %"),
    (words.decimal, (2.25, 2), "2.25"), (words.decimal, (1234.56,), "1,234.6"), (words.decimal, (3,), "3.0"),
    (words.span, (2, 7), "2 to 7"), (words.span, (2, 2), "2"), (words.span, (1.9, 2.1), "2"),
    (words.span, (1000, 20000), "1,000 to 20,000"),
    (words.day, (pd.Timestamp("2026-07-02"),), "2 July 2026"),
    (words.month, (pd.Timestamp("2026-07-02"),), "July 2026"),
    (words.listing, (["a"],), "a"), (words.listing, (["a", "b"],), "a and b"),
    (words.listing, (["a", "b", "c"],), "a, b and c"),
    (words.none_or, (0, "event"), "no event"), (words.none_or, (2, "event"), "2 events"),
    (words.plural, (1, "event"), "1 event"), (words.plural, (0, "event"), "0 events"),
    (words.plural, (1200, "event"), "1,200 events"), (words.plural, (2, "country", "countries"), "2 countries"),
    (words.plural, (1, "country", "countries"), "1 country"), (words.plural, (1.0, "day"), "1 day"),
])
def test_numbers_read_as_prose(call, arguments, expected):
    """Catch "1 events", "+-5 %", a hyphen for a minus, or a thousand without its comma."""
    assert call(*arguments) == expected
