"""Edges of the rules on lengths, open figures and the press: a day too many, a row with a slip, a file that is lost."""

from __future__ import annotations

import pytest

LENGTH = "{0}:duration_days:ALL:1,{0},duration_days,ALL,event,,{1},reported,Xinhua,media,relayed,xinhua-{2},"
TANKS = "2021-alpha:tanks:RUS:{0},2021-alpha,tanks,RUS,event,,{1},reported,Russian MoD,official_ru,official,{2},"
FIX = "fix the dates or the length, or set covers to part or beyond"


@pytest.mark.parametrize("cells, length", [
    ([], "5 days"),
    # the day of the table stands beside that of a page, whichever is earlier
    ([("events", 2, "start_date", "2021-08-08")], "5 to 6 days"),
    ([("events", 2, "start_date", "2021-08-10")], "4 to 5 days"),
    ([("events", 2, "end_date", "2021-08-14")], "5 to 6 days"),
    ([("events", 2, "end_date", "2021-08-12")], "4 to 5 days"),
    *(([("date_claims", 4, "value", "2021-08-15"), ("date_claims", 4, "covers", covers)], length)
      for covers, length in (("event", "5 to 7 days"), ("plan", "5 to 7 days"), ("phase", "5 days"))),
    ([("date_claims", 2, "value", "2021-08-07")], "5 to 7 days"),
    ([("date_claims", 2, "value", "2021-08-07"), ("events", 2, "start_date", "2021-08-06")], "7 to 8 days"),
])
def test_a_length_is_held_against_every_date(small, cells, length):
    """Catch a date of the table or of a page that is left out of the shortest and the longest length."""
    small.add("claims", LENGTH.format("2021-alpha", "99,99,exactly", 1))
    for cell in cells:
        small.edit(*cell)
    assert [line for line in small.problems() if line.startswith("claims.csv:7:value")] == [
        f"claims.csv:7:value_low: a length of 99 days does not fit the dates of '2021-alpha', which make {length}; "
        f"{FIX}"]


def test_dates_known_to_the_month_allow_one_day(small):
    """Catch an event within one month that is said to last no day, or two at least."""
    small.add("claims", LENGTH.format("2022-watch", "99,99,exactly", 2))
    assert small.problems() == ["claims.csv:7:value_low: a length of 99 days does not fit the dates of "
                                f"'2022-watch', which make 1 to 31 days; {FIX}"]


SHORT, LONG = "a length of 2 days", "a length of 8 days"


@pytest.mark.parametrize("bounds, said", [
    ("2,2,exactly", f"value_high: {SHORT}"), ("3,3,exactly", None), ("5,5,exactly", None), ("7,7,exactly", None),
    ("8,8,exactly", f"value_low: {LONG}"), (",2,up_to", f"value_high: {SHORT}"), (",3,up_to", None),
    ("7,,more_than", None), ("8,,more_than", f"value_low: {LONG}"),
])
def test_a_length_may_be_two_days_off(small, bounds, said):
    """Catch a length that is refused although days of arrival explain it, and one that nothing explains."""
    small.add("claims", LENGTH.format("2021-alpha", bounds, 1))
    assert small.problems() == (
        [f"claims.csv:7:{said} does not fit the dates of '2021-alpha', which make 5 days; {FIX}"] if said else [])


def test_of_two_swapped_bounds_the_one_that_does_not_fit_is_named(small):
    """Catch a bound that is said not to fit although it just does."""
    small.add("claims", LENGTH.format("2021-alpha", "7,2,between", 1))
    assert f"claims.csv:7:value_high: {SHORT} does not fit the dates of '2021-alpha', which make 5 days; {FIX}" in (
        small.problems())


@pytest.mark.parametrize("column, value", [("edge", "ends"), ("value", "2021-8-19")])
def test_a_date_with_a_slip_may_explain_a_length(small, column, value):
    """Catch a length that is called wrong while the row that dates the event so has a slip."""
    small.add("claims", LENGTH.format("2021-alpha", "11,11,exactly", 1))
    small.edit("date_claims", 4, column, value)
    assert [line.split(": ")[0] for line in small.problems()] == [f"date_claims.csv:4:{column}"]


@pytest.mark.parametrize("column, value", [("action", "exlude"), ("claim_ids", "2021-alpha:tansk:ALL:1")])
def test_a_ruling_with_a_slip_may_accept_any_figure(small, column, value):
    """Catch a figure that is said to lack a ruling while one is mistyped."""
    small.edit("claims", 4, "basis", "assessed")
    small.add("claims", TANKS.format(1, "20,,more_than", "xinhua-1"), TANKS.format(2, "20,20,about", "xinhua-1"))
    assert [line.split(": ")[0] for line in small.problems()] == ["claims.csv:4:basis", "claims.csv:8:qualifier"]
    small.edit("rulings", 2, column, value)
    assert [line.split(": ")[0] for line in small.problems()] == [f"rulings.csv:2:{column}"]


def test_rulings_that_are_lost_may_accept_any_figure(small):
    """Catch figures that are said to lack a ruling while the file of the rulings is not there."""
    small.edit("claims", 4, "basis", "assessed")
    small.add("claims", TANKS.format(1, "20,,more_than", "xinhua-1"), TANKS.format(2, "20,20,about", "xinhua-1"))
    small.path("rulings").unlink()
    assert [line.split(": ")[0] for line in small.problems()] == ["rulings.csv:1:(file)"]


def test_of_several_open_figures_the_first_is_named(small):
    """Catch a figure that is sent to the last of the pages that leave it open."""
    small.add("claims", TANKS.format(1, "20,,more_than", "xinhua-1"), TANKS.format(2, "20,,at_least", "tass-3"),
        TANKS.format(3, "20,20,about", "xinhua-1"))
    assert [line.partition("; ")[0] for line in small.problems()] == [
        "claims.csv:9:qualifier: '2021-alpha:tanks:RUS:3' gives as exact a figure that the same speaker leaves open in "
        "'2021-alpha:tanks:RUS:1'"]
