"""The rules of stages: a broken row of the small record and the line that the check prints."""

from __future__ import annotations

import pytest

PLANNED = "set stage to planned; if the force had arrived, add a count_as_reported ruling"
KEEP = "set stage to reported, or add a keep_planned ruling that says whose plan the page repeats"
FORECAST = "set stage to planned: it is a forecast"
RETOLD = "set stage to reported, or covers to plan and say in the note who had planned it"
UNSEEN = ("events.csv:2:end_date: no page of 2021-08-13 or later reports that '2021-alpha' ended then; "
          "add such a page to date_claims.csv, or an accept_end_date ruling with the reason")
KEPT = "2021-alpha-keep-planned,2021-alpha,keep_planned,2021-alpha:troops:RUS:1,,A plan,stage=planned,tass-1\n"
ACCEPTED = "2021-alpha-accept-end-date,2021-alpha,accept_end_date,,,No later page,end_date=2021-08-13,tass-1\n"


@pytest.mark.parametrize("day", ["2021-08-09", "2021-08-11", "2021-08-14"])
def test_a_plan_on_a_page_of_the_first_day_or_later(small, day):
    """Catch a late plan without a ruling, and a ruling that does not help."""
    small.edit("sources", 3, "published", day)
    assert small.problems() == [f"claims.csv:3:stage: the claim is called planned, but its page of {day} is not older "
                                f"than the start on 2021-08-09; {KEEP}"]
    small.add("rulings", KEPT)
    assert small.problems() == []


@pytest.mark.parametrize("day", ["2021-08-08", "2021-08", "2021", ""])
def test_a_plan_on_a_page_that_may_be_older(small, day):
    """Catch a plan that is called late although its page may be older than the start."""
    small.edit("sources", 3, "published", day)
    small.edit("sources", 3, "why_undated", "" if day else "The page shows no day")
    assert small.problems() == []


def test_a_plan_for_what_was_never_held(small):
    """Catch a plan for a cancelled event that is to become a report."""
    small.edit("events", 2, "status", "cancelled")
    small.edit("events", 2, "tier", "wider")
    small.edit("sources", 3, "published", "2021-08-14")
    assert small.problems() == []


def test_a_needless_keep_planned_ruling(small):
    """Catch a ruling for a claim that is planned by the day of its page anyway."""
    small.add("rulings", KEPT)
    assert small.problems() == ["claims.csv:3:stage: a keep_planned ruling names the claim, but its page of 2021-08-01 "
                                "is not known to be of the start on 2021-08-09 or later; "
                                "withdraw the ruling: the claim is planned without it"]


@pytest.mark.slow
@pytest.mark.parametrize("day", ["9/8/2021", "2021-08-32", "'2021-08-09"])
def test_a_start_that_cannot_be_read_says_nothing_of_rulings(small, day):
    """Catch a ruling called needless because the day that it is needed for was typed wrong."""
    small.edit("sources", 3, "published", "2021-08-09")
    small.add("rulings", KEPT)
    small.edit("events", 2, "start_date", day)
    found = small.problems()
    assert found and all(problem.startswith("events.csv:2:start_date: ") for problem in found)


def test_a_stale_keep_planned_ruling(small):
    """Catch a ruling for a claim that became a report."""
    small.add("rulings", KEPT.replace("troops:RUS", "troops:ALL"))
    assert small.problems() == ["rulings.csv:4:expect: the ruling is stale: stage of '2021-alpha:troops:ALL:1' is "
                                "'reported' by now, not 'planned'; withdraw the ruling, or state anew what it expects"]


def test_a_report_on_a_page_from_before_the_start(small):
    """Catch a result that was published before the event."""
    small.edit("claims", 3, "stage", "reported")
    assert small.problems() == ["claims.csv:3:stage: the claim is called reported, but its page of 2021-08-01 is older "
                                f"than the start on 2021-08-09; {PLANNED}"]


def test_a_length_given_before_the_end(small):
    """Catch a length of time that is called a result while the event still ran."""
    small.add("claims", "2021-alpha:duration_days:ALL:1,2021-alpha,duration_days,ALL,event,,5,5,exactly,reported,TASS,"
                         "media,relayed,tass-1,\n")
    small.edit("sources", 3, "published", "2021-08-10")
    small.edit("claims", 3, "stage", "reported")
    assert small.problems() == ["claims.csv:7:stage: the claim is called reported, but its page of 2021-08-10 is older "
                                "than the end on 2021-08-13: a length given before that is a forecast; "
                                "set stage to planned, and add a keep_planned ruling if the event had begun"]
    small.edit("sources", 3, "published", "2021-08-13")
    assert small.problems() == []


def test_a_forecast_of_a_date(small):
    """Catch a date called a report on a page that is older than it."""
    small.edit("date_claims", 3, "stage", "reported")
    assert small.problems() == ["date_claims.csv:3:stage: the date is called reported, but 2022-05 lies after its page "
                                f"of 2022-04-30; {FORECAST}"]


@pytest.mark.parametrize("day, messages", [
    ("2022-05", 0), ("2022-05-20", 0), ("2022", 0), ("", 0), ("2022-05-31", 1), ("2022-06", 1),
])
def test_a_date_that_had_come(small, day, messages):
    """Catch a date called planned on a page that is not older than it, unless a later page repeats a plan."""
    small.edit("sources", 2, "published", day)
    small.edit("sources", 2, "why_undated", "" if day else "The page shows no day")
    assert small.problems() == [f"date_claims.csv:3:stage: the date is called planned, but 2022-05 does not lie after "
                                f"its page of {day}; {RETOLD}"] * messages
    small.edit("date_claims", 3, "covers", "plan")
    assert small.problems() == []


def test_a_plan_repeated_later_is_no_report(small):
    """Catch a plan that a later page repeats, called a report."""
    small.edit("date_claims", 4, "covers", "plan")
    small.edit("date_claims", 4, "stage", "reported")
    assert small.problems() == ["date_claims.csv:4:covers: a plan that a later page repeats is called reported; "
                                "set stage to planned, or covers to event", UNSEEN]


@pytest.mark.parametrize("column, value", [
    ("covers", "phase"), ("covers", "announcement"), ("value", "2021-08-12"),
])
def test_an_end_that_nobody_saw(small, column, value):
    """Catch a last day that rests on no page of that day or later."""
    small.edit("date_claims", 4, column, value)
    assert small.problems() == [UNSEEN]
    small.add("rulings", ACCEPTED)
    assert small.problems() == []


def test_an_end_that_was_only_foreseen(small):
    """Catch a last day that rests on a page from before it."""
    small.edit("date_claims", 4, "source_id", "tass-1")
    small.edit("date_claims", 4, "stage", "planned")
    assert small.problems() == [UNSEEN]


def test_a_day_needs_no_end_of_its_own(small):
    """Catch an event of one day of which the report of its first day does not count."""
    small.edit("events", 2, "end_date", "2021-08-09")
    small.edit("date_claims", 4, "value", "2021-08-12")
    assert small.problems() == []


@pytest.mark.parametrize("old, new, message", [
    ("2021-08-13,tass", "2021-08-13,tass", "the ruling is stale: a page of 2021-08-13 or later reports the end of "
     "'2021-alpha' by now; withdraw the ruling"),
    ("end_date=2021-08-13", "end_date=2021-08-12", "'2021-alpha' ends on 2021-08-13; write end_date=2021-08-13, or "
     "withdraw the ruling"),
])
def test_an_accepted_end_that_is_not_needed(small, old, new, message):
    """Catch an exception that a later page has made needless, and one for another day."""
    small.add("rulings", ACCEPTED.replace(old, new))
    assert small.problems() == [f"rulings.csv:4:expect: {message}"]


def test_an_accepted_end_concerns_the_event(small):
    """Catch an exception for a last day that names claims."""
    small.edit("date_claims", 4, "covers", "phase")
    small.add("rulings", ACCEPTED.replace("date,,", "date,2021-alpha:tanks:ALL:1,"))
    assert small.problems() == ["rulings.csv:4:claim_ids: 'accept_end_date' concerns the event; empty claim_ids"]


@pytest.mark.parametrize("table", ["rulings", "sources", "date_claims"])
def test_a_lost_table_is_no_lost_witness(small, table):
    """Catch an unreadable table that makes every end or late plan look wrong."""
    small.edit("sources", 3, "published", "2021-08-09")
    small.add("rulings", KEPT)
    small.path(table).unlink()
    assert [line.split(": ")[0] for line in small.problems()] == [f"{table}.csv:1:(file)"]
