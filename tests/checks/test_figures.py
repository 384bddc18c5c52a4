"""Rules on figures and their pages: a broken row and the line that `python -m drills check` prints."""

from __future__ import annotations

import pytest

from drills.checks import figures
from drills.record import tables

PRESS = ("claims.csv:4:basis: a newspaper, agency or broadcaster is said to have counted; set basis to relayed, name "
         "who counted as claimant, or add an accept_own_count ruling that says how")
CLOSED = ("claims.csv:8:qualifier: '2021-alpha:tanks:RUS:2' gives as exact a figure that the same speaker leaves "
          "open in '2021-alpha:tanks:RUS:1'; leave it open, or name the page's own writer as claimant; if the speaker "
          "said both, add an accept_closed ruling")
STALE = ("rulings.csv:4:claim_ids: the ruling is stale: no open official figure stands beside "
         "'2021-alpha:tanks:RUS:1'; withdraw the ruling, or take the claim out of it")
FIX = "fix the dates or the length, or set covers to part or beyond"


def tanks(number: int, bounds: str, stage: str = "reported", claimant: str = "Russian MoD,official_ru,official",
          source: str = "xinhua-1") -> str:
    """A claim on the Russian tanks of 2021-alpha; bounds: low, high and qualifier as they stand in the file."""
    return f"2021-alpha:tanks:RUS:{number},2021-alpha,tanks,RUS,event,,{bounds},{stage},{claimant},{source},"


def ruling(number: int, expect: str) -> str:
    """A ruling that accepts one of the claims above."""
    return f"accepted,2021-alpha,accept_closed,2021-alpha:tanks:RUS:{number},,Both were said,{expect},xinhua-1"


def test_press_is_no_assessor(small):
    """Catch a digest that becomes an assessment beside the official figure."""
    small.edit("claims", 4, "basis", "assessed")
    assert small.problems() == [PRESS]
    small.add("rulings", "counted,2021-alpha,accept_own_count,2021-alpha:tanks:ALL:1,,Seen on its own pictures,"
                          "basis=assessed,xinhua-1")
    assert small.problems() == []


@pytest.mark.parametrize("second, problems", [
    (tanks(2, "20,20,about"), [CLOSED]),
    (tanks(2, "20,20,exactly"), [CLOSED]),
    (tanks(2, "20,20,about", claimant="TASS,media,relayed"), []),
    (tanks(2, "20,20,about", stage="planned", source="tass-1"), []),
    (tanks(2, "21,21,about"), []),
    (tanks(2, "20,,at_least"), []),
])
def test_an_open_figure_stays_open(small, second, problems):
    """Catch a bound that a page shortened to a point under the name of the speaker."""
    small.add("claims", tanks(1, "20,,more_than"), second)
    assert small.problems() == problems


def test_a_speaker_may_have_said_both(small):
    """Catch an accepted figure that is reported all the same, and a ruling that outlives its cause."""
    small.add("claims", tanks(1, "20,,more_than"), tanks(2, "20,20,about"))
    small.add("rulings", ruling(2, "qualifier=about"))
    assert small.problems() == []
    small.edit("rulings", 4, "claim_ids", "2021-alpha:tanks:RUS:1")
    small.edit("rulings", 4, "expect", "qualifier=more_than")
    assert small.problems() == [CLOSED, STALE]


MISFIT = "does not fit the dates of '2021-alpha', which make 5 days"


@pytest.mark.parametrize("bounds, covers, problem", [
    ("11,11,exactly", "event", f"value_low: a length of 11 days {MISFIT}; {FIX}"),
    ("2,2,exactly", "event", f"value_high: a length of 2 days {MISFIT}; {FIX}"),
    ("11,11,exactly", "beyond", None),
    ("2,2,exactly", "part", None),
    ("7,7,about", "event", None),
    ("3,,more_than", "event", None),
    (",9,up_to", "event", None),
])
def test_a_length_fits_the_dates(small, bounds, covers, problem):
    """Catch the length of a voyage or of a phase that is given as that of the event."""
    small.add("claims", f"2021-alpha:duration_days:ALL:1,2021-alpha,duration_days,ALL,{covers},,{bounds},reported,"
                         "Xinhua,media,relayed,xinhua-1,")
    assert small.problems() == ([f"claims.csv:7:{problem}"] if problem else [])


def test_a_claimed_date_widens_the_span(small):
    """Catch a length that is called wrong although a source dates the event so."""
    small.add("claims", "2021-alpha:duration_days:ALL:1,2021-alpha,duration_days,ALL,event,,11,11,exactly,reported,"
                         "Xinhua,media,relayed,xinhua-1,")
    small.add("date_claims", "2021-alpha,end,2021-08-19,plan,planned,Xinhua,media,xinhua-1,a longer exercise")
    assert small.problems() == []
    small.edit("date_claims", 4, "covers", "phase")
    assert len(small.problems()) == 1


def test_a_source_that_nobody_uses_is_named(small):
    """Catch a page that stays in the list after its rows have gone."""
    small.add("sources", "zeta-1,https://zeta.example/1,TASS,Nothing,false,2021-08,,en,agency,false,false,,,")
    assert small.problems() == ["sources.csv:8:source_id: no row of any table rests on 'zeta-1'; "
                                "use the page where it says something, or remove its row"]


@pytest.mark.parametrize("table, line", [("rulings", "stands,2022-watch,exclude,2022-watch:ships:RUS:1,,So,stage="
                                                     "reported,zeta-1"),
                                         ("milestones", "2022-07-talk,2022-07-01,A talk,summit,They met,zeta-1"),
                                         ("facts", "2021-alpha,name,Zeta,Zeta,zeta-1")])
def test_a_source_is_used_by_any_table(small, table, line):
    """Catch a table that the search for users passes over."""
    small.add("sources", "zeta-1,https://zeta.example/1,TASS,Nothing,false,2022-07-02,,en,agency,false,false,,,")
    small.add(table, line)
    assert small.problems() == []


@pytest.mark.slow
def test_a_page_without_a_date_says_why(small):
    """Catch a date that was forgotten."""
    small.edit("sources", 2, "published", "")
    assert small.problems() == ["sources.csv:2:published: the page has no date and nothing says why; "
                                "give the date, or the reason in why_undated"]
    small.edit("sources", 2, "why_undated", "A reference site")
    assert small.problems() == []
    small.edit("sources", 2, "published", "2022-04-30")
    assert small.problems() == ["sources.csv:2:why_undated: the page has a date and a reason for having none; "
                                "empty one of published and why_undated"]


def test_every_table_that_cites_is_searched_for_users():
    """Catch a table with sources that the rule on unused pages does not know."""
    package = tables.read_package(tables.DATA)
    citing = {name: column for name, resource in tables.resources(package).items() if name != "sources"
              for column in tables.fields(resource) if column in ("source_id", "source_ids")}
    assert citing == figures.CITING
