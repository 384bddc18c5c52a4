"""Numbers as words: a table of what goes in and what a reader sees."""

from __future__ import annotations

import pandas as pd
import pytest

from drills.wording import dates, estimates, numbers, values

NAN = float("nan")

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
    (numbers.exact, (2.17,), "2.17"), (numbers.exact, (3200.0,), "3,200"), (numbers.exact, (1_000_000,), "1,000,000"),
    (numbers.decimal, (2.45,), "2.5"), (numbers.decimal, (float("inf"),), "infinite"),
    (numbers.decimal, (1234.56,), "1,234.6"), (numbers.decimal, (3,), "3.0"),
    (numbers.span, (2, 7), "2 to 7"), (numbers.span, (2, 2), "2"), (numbers.span, (1.9, 2.1), "2"),
    (numbers.span, (1000, 20000), "1,000 to 20,000"),
    (dates.day, (pd.Timestamp("2026-07-02"),), "2 July 2026"),
    (dates.month, (pd.Timestamp("2026-07-02"),), "July 2026"),
    (dates.dates, ("2005-08-18", "2005-08-25"), [("2005-08-18", "18"), ("2005-08-25", "25 Aug 2005")]),
    (dates.dates, ("2018-08-28", "2018-09-03"), [("2018-08-28", "28 Aug"), ("2018-09-03", "3 Sep 2018")]),
    (dates.dates, ("2018-07", "2018-08"), [("2018-07", "Jul"), ("2018-08", "Aug 2018")]),
    (dates.dates, ("2019", ""), [("2019", "2019")]),
    (dates.period, ("2018-09-11", "2018-09-17"), "11 to 17 September 2018"), (dates.date, ("2018",), "2018"),
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


@pytest.mark.parametrize("low, best, high, sign, expected", [
    (3000, 3200, 3600, "", "3,200 (3,000 to 3,600)"), (3200, 3200, 3200, "", "3,200"),
    (NAN, 10_000, NAN, "≥", "10,000 or more"), (NAN, 15_000, NAN, "≤", "15,000 or fewer"),
    (50_000, 50_000, NAN, "", "50,000 or more"),
    (40_000, 50_000, NAN, "", "50,000 (40,000 upward)"), (NAN, 500, 600, "", "500 (up to 600)"),
    (NAN, NAN, NAN, "", "none"), (2.17, 2.17, 2.17, "", "2.17"), (1, 1.33, 2.5, "", "1.33 (1 to 2.5)"),
])
def test_an_estimate_has_one_wording(low, best, high, sign, expected):
    """Catch an open end said as a number, and a duration of 2.17 hours that reads as 2."""
    assert estimates.figure(low, best, high, sign) == expected


@pytest.mark.parametrize("low, high, qualifier, expected", [
    (3200, 3200, "exactly", "3,200"), (2.17, 2.17, "about", "about 2.17"), (1990, 1990, "nearly", "nearly 1,990"),
    (10_000, NAN, "more_than", "more than 10,000"), (10_000, NAN, "at_least", "at least 10,000"),
    (NAN, 80, "up_to", "up to 80"), (25_000, 40_000, "between", "25,000 to 40,000"),
])
def test_a_claim_reads_as_it_was_put(low, high, qualifier, expected):
    """Catch a bound that reads as a point, or one end of a claim shown for the other."""
    assert estimates.said(low, high, qualifier) == expected


def test_the_unit_of_a_measure_is_said_once(record):
    """Catch "Duration in hours (hours)" and "Ships (ships)", and troops without a unit."""
    said = {measure: (values.measure_name(measure), values.unit(record.package, measure))
            for measure in values.values(record.package, "claims", "measure")}
    assert not [name for name, unit in said.values() if unit and unit in name.lower()]
    assert said["troops"] == ("Troops", "persons") and said["ships_stage"] == ("Ships, part of the event", "")
    assert said["duration_hours"] == ("Duration in hours", "") and said["marines"] == ("Marines", "persons")
