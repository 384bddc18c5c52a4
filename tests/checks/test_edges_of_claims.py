"""Edges of the rules of figures: which rows are named and which are let pass, where a rule only just holds or fails."""

from __future__ import annotations

import pytest

CLAIM = ("2021-alpha:{measure}:{scope}:1,2021-alpha,{measure},{scope},{covers},{counts},{low},{high},exactly,reported,"
         "TASS,media,relayed,tass-3,\n")
ONE_COUNTRY = "participation belongs to the scope of one country, every other count to ALL"


def add(small, **cells: str) -> None:
    """A further claim on the first event, at the end of the claims, which have five rows before."""
    row = {"measure": "troops", "scope": "ALL", "covers": "event", "counts": "", "low": "2", "high": "2"} | cells
    small.add("claims", CLAIM.format(**row))


@pytest.mark.parametrize("written, whole", [("3.0", "3"), ("4.0", "4"), ("10.00", "10")])
@pytest.mark.parametrize("column", ["value_low", "value_high"])
def test_a_whole_number_with_a_point(small, column, written, whole):
    """Catch an odd number that a program saved with a point, and a blank cell beside it that is called one."""
    small.edit("claims", 2, "value_low", "")
    small.edit("claims", 2, "value_high", "12")
    small.edit("claims", 2, "qualifier", "up_to")
    assert small.problems() == []
    low, high = (written, whole) if column == "value_low" else (whole, written)
    add(small, measure="vehicles", low=low, high=high)
    assert small.said() == [(f"claims.csv:7:{column}: {written} is a whole number with a point; write {whole}",
                             written)]


@pytest.mark.parametrize("qualifier", ["exactly", "about", "nearly"])
def test_a_point_that_is_a_span(small, qualifier):
    """Catch a word for one figure beside two bounds."""
    small.edit("claims", 3, "qualifier", qualifier)
    assert small.said() == [
        (f"claims.csv:3:qualifier: '{qualifier}' does not go with these bounds; write the figure into both bounds, or "
         "fix the qualifier", qualifier)]


def test_a_country_that_stands_under_another_event(small):
    """Catch a contingent that is said to be of no participant, while the row of its country is known to be wrong."""
    small.edit("participants", 4, "event_id", "2021-alpha")
    assert small.problems() == [
        "participants.csv:4:country: '2021-alpha, CHN' stands in line 2 already; remove one of the two rows, or fix "
        "the one that is wrong"]


@pytest.mark.parametrize("cells", [
    {"measure": "troops_stage"}, {"measure": "vehicles", "covers": "part"}, {"measure": "vehicles", "covers": "beyond"},
])
def test_a_part_that_is_said_once(small, cells):
    """Catch a figure of a part that is refused although it says so in one place alone."""
    add(small, **cells)
    assert small.problems() == []


@pytest.mark.parametrize("cells, line, value", [
    ({"measure": "ordinal", "scope": "RUS"},
     "an ordinal does not say what it counts; write what is numbered, such as edition", ""),
    ({"measure": "vehicles", "scope": "RUS", "counts": "edition"},
     "a figure of vehicles numbers nothing; leave counts blank, or set measure to ordinal", "edition"),
    ({"measure": "vehicles", "counts": "participation"},
     "a figure of vehicles numbers nothing; leave counts blank, or set measure to ordinal", "participation"),
    ({"measure": "ordinal", "scope": "RUS", "counts": "edition"},
     f"'edition' does not go with the scope RUS; {ONE_COUNTRY}", "edition"),
])
def test_an_ordinal_is_named_once(small, cells, line, value):
    """Catch one slip in what a number counts that is reported by two rules."""
    add(small, **cells)
    assert small.said() == [(f"claims.csv:7:counts: {line}", value)]


def test_what_stands_beside_the_editions_without_its_table(small):
    """Catch events of a series that are called those of another when the events could not be read."""
    small.edit("series", 3, "not_numbered", "2022-watch;2022-watch-north")
    assert small.problems() == []
    small.path("events").unlink()
    assert small.problems() == [
        "events.csv:1:(file): the file is missing; restore it, or make it with the header alone"]
