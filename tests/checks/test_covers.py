"""The rules of what a figure, a number and a series are about: a broken row and the line that the check prints."""

from __future__ import annotations

import pytest


def rank(scope: str, counts: str, measure: str = "ordinal") -> str:
    """A claim on the first event as a line of claims.csv: the number of it, or a figure of another measure."""
    return (f"2021-alpha:{measure}:{scope}:1,2021-alpha,{measure},{scope},event,{counts},2,2,exactly,reported,TASS,"
            "media,relayed,tass-3,\n")


def add(small, row: str) -> None:
    """Write a further row at the end of the claims."""
    with small.path("claims").open("a", encoding="utf-8") as file:
        file.write(row)


@pytest.mark.parametrize("row, problem", [
    (rank("ALL", "edition"), None),
    (rank("ALL", ""), "counts: an ordinal does not say what it counts; write what is numbered, such as edition"),
    (rank("ALL", "edition", "vehicles"), "counts: a figure of vehicles numbers nothing; leave counts blank, or set "
                                         "measure to ordinal"),
    (rank("RUS", "participation"), None),
    (rank("RUS", "edition"), "counts: 'edition' does not go with the scope RUS; participation belongs to the scope of "
                             "one country, every other count to ALL"),
    (rank("ALL", "participation"), "counts: 'participation' does not go with the scope ALL; participation belongs to "
                                   "the scope of one country, every other count to ALL"),
])
def test_an_ordinal_says_what_it_counts(small, row, problem):
    """Catch a number of nobody knows what, a strength that numbers something, and a country's count of its own."""
    add(small, row)
    assert small.problems() == ([f"claims.csv:7:{problem}"] if problem else [])


@pytest.mark.parametrize("covers", ["part", "beyond"])
def test_a_part_is_said_once(small, covers):
    """Catch a figure of a part by its measure and by the column, which no estimate would use."""
    add(small, rank("ALL", "", "troops_stage").replace("event,,", f"{covers},,"))
    assert small.problems() == ["claims.csv:7:covers: 'troops_stage' speaks of a part of the event already; set "
                                "covers to event, or measure to troops"]


def test_what_stands_beside_the_editions_is_of_the_series(small):
    """Catch an event that is taken out of the editions of another series."""
    small.edit("series", 3, "not_numbered", "2022-watch")
    assert small.problems() == []
    small.edit("series", 2, "not_numbered", "2022-watch")
    assert small.problems() == ["series.csv:2:not_numbered: '2022-watch' is of the series 'sea-watch'; name events of "
                                "this series only"]


def test_a_blank_cell_is_no_whole_event(small):
    """Catch a figure or a date of which nobody said what it covers."""
    small.edit("claims", 4, "covers", "")
    small.edit("date_claims", 2, "covers", "")
    assert small.problems() == [f"{table}.csv:{line}:covers: the cell is blank; every row needs a value here"
                                for table, line in (("claims", 4), ("date_claims", 2))]
