"""Numbers as words: a table of what goes in and what a reader sees."""

from __future__ import annotations

import pandas as pd
import pytest

from drills.wording import dates, numbers

TIED = pd.DataFrame({"year": [2020, 2021, 2022], "n": [3, 5, 5]})


@pytest.mark.parametrize("rows, expected, after", [(slice(None), ["2021", "2022"], " each"), (slice(2), ["2021"], "")])
def test_ties_are_named(rows, expected, after):
    """Catch a headline that gives a shared lead to the first of two."""
    leaders = numbers.leading(TIED.iloc[rows], "n", "year")
    assert leaders == expected and numbers.each(leaders) == after


@pytest.mark.parametrize("call, arguments, expected", [
    (numbers.count, (0,), "0"), (numbers.count, (12345.4,), "12,345"), (numbers.count, (999.6,), "1,000"),
    (numbers.percent_change, (1.113,), "+11 %"), (numbers.percent_change, (0.95,), "−5 %"),
    (numbers.percent_change, (1.0,), "±0 %"), (numbers.percent_change, (0.996,), "±0 %"),
    (numbers.percent_change, (3.5,), "+250 %"),
    (numbers.percent_range, (1.07, 1.16), "+7 to +16 %"), (numbers.percent_range, (0.98, 1.04), "−2 to +4 %"),
    (numbers.percent_range, (1.0, 1.2), "±0 to +20 %"),
    (numbers.decimal, (2.25, 2), "2.25"), (numbers.decimal, (1234.56,), "1,234.6"), (numbers.decimal, (3,), "3.0"),
    (numbers.span, (2, 7), "2 to 7"), (numbers.span, (2, 2), "2"), (numbers.span, (1.9, 2.1), "2"),
    (numbers.span, (1000, 20000), "1,000 to 20,000"),
    (dates.day, (pd.Timestamp("2026-07-02"),), "2 July 2026"),
    (dates.month, (pd.Timestamp("2026-07-02"),), "July 2026"),
    (numbers.listing, (["a"],), "a"), (numbers.listing, (["a", "b"],), "a and b"),
    (numbers.listing, (["a", "b", "c"],), "a, b and c"),
    (numbers.none_or, (0, "event"), "no event"), (numbers.none_or, (2, "event"), "2 events"),
    (numbers.plural, (1, "event"), "1 event"), (numbers.plural, (0, "event"), "0 events"),
    (numbers.plural, (1200, "event"), "1,200 events"), (numbers.plural, (2, "country", "countries"), "2 countries"),
    (numbers.plural, (1, "country", "countries"), "1 country"), (numbers.plural, (1.0, "day"), "1 day"),
])
def test_numbers_read_as_prose(call, arguments, expected):
    """Catch "1 events", "+-5 %", a hyphen for a minus, or a thousand without its comma."""
    assert call(*arguments) == expected
