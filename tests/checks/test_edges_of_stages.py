"""Edges of the rules on stages, rulings, tiers and names of patrols, each from both sides."""

from __future__ import annotations

import pytest

from drills.checks import tiers

KEEP = "set stage to reported, or add a keep_planned ruling that says whose plan the page repeats"
UNSEEN = ("events.csv:2:end_date: no page of 2021-08-13 or later reports that '2021-alpha' ended then; "
          "add such a page to date_claims.csv, or an accept_end_date ruling with the reason")
KEPT = "2021-alpha-keep-planned,2021-alpha,keep_planned,2021-alpha:troops:RUS:1,,A plan,stage=planned,tass-1\n"
ACCEPTED = "2021-alpha-accept-end-date,2021-alpha,accept_end_date,,,No later page,end_date=2021-08-13,tass-1\n"
LENGTH = "2021-alpha:duration_days:ALL:1,2021-alpha,duration_days,ALL,event,,5,5,exactly,reported,TASS,media,relayed,"
EXCLUDED = "2021-alpha-exclude-{0},2021-alpha,exclude,2021-alpha:{1}:1,,No,scope={2},xinhua-1\n"


def places(small) -> list[str]:
    return [line.split(": ")[0] for line in small.problems()]


@pytest.mark.parametrize("column, value", [("action", "keep_planed"), ("claim_ids", "2021-alpha:troops:RUS:1 ")])
def test_a_ruling_with_a_slip_keeps_its_plan(small, column, value):
    """Catch a plan that is called late because the ruling that keeps it has a wrong cell."""
    small.edit("sources", 3, "published", "2021-08-09")
    small.add("rulings", KEPT)
    small.edit("rulings", 4, column, value)
    assert places(small) == [f"rulings.csv:4:{column}"]


@pytest.mark.parametrize("day, messages", [("2022-05-20", 0), ("2022-05-30", 0), ("2022-05-31", 1), ("2022-06", 1)])
def test_a_plan_for_an_event_known_to_the_month(small, day, messages):
    """Catch a plan that is called late although its event may have begun on the last day of the month."""
    small.edit("sources", 2, "published", day)
    small.edit("date_claims", 3, "covers", "plan")
    small.edit("claims", 5, "source_id", "tass-0")
    small.edit("claims", 5, "stage", "planned")
    assert small.problems() == [f"claims.csv:5:stage: the claim is called planned, but its page of {day} is not older "
                                f"than the start on 2022-05; {KEEP}"] * messages


@pytest.mark.parametrize("status", ["cancelled", "planned"])
def test_a_late_plan_for_what_was_not_held(small, status):
    """Catch a plan for an event that was never held, called late by a page of its day."""
    small.edit("events", 2, "status", status)
    small.edit("events", 2, "tier", "wider")
    small.edit("sources", 3, "published", "2021-08-14")
    assert [line for line in small.problems() if line.startswith("claims.csv:3:")] == []


def test_a_report_of_the_very_day(small):
    """Catch a figure or a date that is called a forecast, although its page is of that day."""
    small.edit("sources", 6, "published", "2021-08-09")
    assert small.problems() == []


@pytest.mark.parametrize("day, is_named", [("2021-08", False), ("2021", False), ("2021-08-12", True),
                                           ("2021-08-13", False)])
def test_a_length_on_a_page_that_may_be_later(small, day, is_named):
    """Catch a length that is called a forecast although its page may be of the last day."""
    small.edit("sources", 2, "published", day)
    small.edit("date_claims", 3, "source_id", "tass-1")
    small.add("claims", f"{LENGTH}tass-0,\n")
    assert places(small) == ["claims.csv:7:stage"] * is_named


def test_an_event_of_one_day_has_no_length_to_wait_for(small):
    """Catch a length of an event of one day that is called a forecast on the day itself."""
    small.edit("events", 2, "end_date", "2021-08-09")
    small.edit("date_claims", 4, "value", "2021-08-09")
    small.edit("sources", 6, "published", "2021-08-09")
    small.add("claims", f"{LENGTH.replace('5,5', '1,1')}xinhua-1,\n")
    assert small.problems() == []


def test_an_end_on_a_page_of_that_day(small):
    """Catch a last day that is called unseen although a page of that very day reports it."""
    small.edit("date_claims", 4, "source_id", "xinhua-1")
    assert small.problems() == []


def test_an_end_reported_before_it_came(small):
    """Catch a last day that counts as seen by a page from before it."""
    small.edit("date_claims", 4, "source_id", "tass-1")
    assert small.problems() == [
        "date_claims.csv:4:stage: the date is called reported, but 2021-08-13 lies after its page of 2021-08-01; set "
        "stage to planned: it is a forecast", UNSEEN]


def test_an_end_on_a_page_without_a_day(small):
    """Catch a last day that is called unseen although its page may well be later."""
    small.edit("sources", 2, "published", "")
    small.edit("sources", 2, "why_undated", "The page shows no day")
    small.edit("date_claims", 4, "source_id", "tass-0")
    assert small.problems() == []


@pytest.mark.parametrize("table, line, column, value", [
    ("date_claims", 4, "stage", "reportd"), ("date_claims", 4, "claimant", ""), ("sources", 5, "language", "Russian")])
def test_a_report_with_a_slip_may_have_seen_the_end(small, table, line, column, value):
    """Catch a last day that is called unseen because the row of its report, or of its page, has a wrong cell."""
    small.edit(table, line, column, value)
    assert places(small) == [f"{table}.csv:{line}:{column}"]


def test_a_ruling_with_a_slip_accepts_its_end(small):
    """Catch a last day that is called unseen because the ruling that accepts it has a wrong cell."""
    small.edit("date_claims", 4, "covers", "phase")
    small.add("rulings", ACCEPTED)
    small.edit("rulings", 4, "reason", "")
    assert places(small) == ["rulings.csv:4:reason"]


@pytest.mark.parametrize("wanted, said", [
    ("note=a=b", None),
    *((f"note={text}", f"the ruling is stale: note of '2021-alpha:tanks:ALL:1' is 'a=b' by now, not '{text}'; withdraw "
       "the ruling, or state anew what it expects") for text in ("a", "a=c", "b")),
    ("value_low=30.00", None),
])
def test_a_ruling_that_expects_a_text_with_signs(small, wanted, said):
    """Catch a ruling called stale for an equals sign in the cell that it expects."""
    small.edit("claims", 4, "note", "a=b")
    small.edit("rulings", 2, "expect", wanted)
    assert small.problems() == ([f"rulings.csv:2:expect: {said}"] if said else [])


def test_a_ruling_that_expects_a_bound_where_none_is(small):
    """Catch a blank bound that is shown as a number or a word."""
    small.edit("rulings", 3, "expect", "value_high=5")
    assert small.problems() == [
        "rulings.csv:3:expect: the ruling is stale: value_high of '2021-alpha:troops:ALL:1' is '' by now, not '5'; "
        "withdraw the ruling, or state anew what it expects"]


def test_a_ruling_on_an_event_names_no_claims(small):
    """Catch several claims of a ruling that are not shown as the cell has them."""
    small.edit("date_claims", 4, "covers", "phase")
    cell = "2021-alpha:tanks:ALL:1;2021-alpha:troops:RUS:1"
    small.add("rulings", ACCEPTED.replace("date,,", f"date,{cell},"))
    assert [(small.printed(problem), problem.value) for problem in small.found()] == [
        ("rulings.csv:4:claim_ids: 'accept_end_date' concerns the event; empty claim_ids", cell)]


def test_a_ruling_on_a_claim_with_a_slip(small):
    """Catch a traceback, or a ruling called stale, where a cell of the claim that it names is wrong."""
    small.edit("claims", 4, "measure", "tansk")
    assert places(small) == ["claims.csv:4:measure"]


def test_one_house_is_what_such_a_ruling_expects(small):
    """Catch a ruling called stale while its event still rests on one house."""
    small.edit("sources", 7, "relays", "TASS")
    small.add("rulings", "2022-watch-single,2022-watch,accept_single_source,,,One agency,publishers=1,tass-2\n")
    assert small.problems() == []


def test_each_ruling_that_clashes_is_named(small):
    """Catch a second clash in the file that is let pass."""
    small.add("rulings", EXCLUDED.format(1, "troops:ALL", "ALL") + EXCLUDED.format(2, "tanks:ALL", "ALL"))
    assert small.problems() == [
        f"rulings.csv:{line}:claim_ids: '2021-alpha:{name}:1' has a ruling already in line {before}: {one} and exclude "
        "do not go together; withdraw one of the two"
        for line, name, before, one in ((4, "troops:ALL", 3, "rescope"), (5, "tanks:ALL", 2, "exclude"))]


def test_a_ruling_on_an_event_without_any_source(small):
    """Catch a traceback, a ruling called stale, and silence, where a ruling accepts one source and there is none."""
    small.add("events", "2024-beta,Beta,,,,alpha-line,wider,exercise,land,planned,bilateral,,2024-08,,month,,,,"
                         "unknown,\n")
    small.add("rulings", "2024-beta-single,2024-beta,accept_single_source,,,One page,publishers=1,tass-2\n")
    lines = small.problems()
    assert [line for line in lines if line.startswith("rulings")] == []
    assert ("events.csv:6:event_id: no row of any table gives a source for '2024-beta'; add its participants, dates "
            "and figures with their sources") in lines


def test_joint_patrols_are_numbered_from_one_to_twenty(small):
    """Catch a first or twentieth patrol that is called misnamed, and a patrol after a misnamed one that is let pass."""
    small.add("series", "joint-air-patrol,Joint air patrol,,,patrol,false,,Made up for tests,bilateral\n")
    for month, number in enumerate((0, 1, 20, 21, 2), start=1):
        event = f"2024-joint-air-patrol-{number}"
        names = ",".join(tiers.patrol_names("air", number).values()) if number in (1, 20) else "A patrol,,"
        small.add("events", f"{event},{names},,joint-air-patrol,wider,patrol,air,planned,bilateral,,2024-0{month},,"
                             "month,,,,unknown,\n")
        small.add("participants", "".join(f"{event},{one},participant,false,tass-2,\n" for one in ("CHN", "RUS")))
    odd = ("events.csv:{}:event_id: '2024-joint-air-patrol-{}' does not end with the sort and number of a joint "
           "patrol; name it such as 2019-joint-air-patrol-1, or fix series")
    other = ("events.csv:10:{}: '{}' is not a name by the pattern of patrols; write '{}', and another name that "
             "sources use into aliases")
    second = tiers.patrol_names("air", 2)
    assert second["name"] == "Second Russia-China joint air patrol" and second["name_zh"] == "中俄第2次联合空中战略巡航"
    assert small.problems() == [odd.format(6, 0), odd.format(9, 21), *(
        other.format(column, "A patrol" if column == "name" else "", name) for column, name in second.items())]


def test_police_of_one_state_or_of_unknown_ones(small):
    """Catch a traceback on a police event whose participants are missing, and one after it that is let pass."""
    for line in (2, 5):
        small.edit("events", line, "domain", "internal_security")
    small.edit("events", 5, "tier", "core")
    small.edit("events", 2, "tier", "core")
    rows = small.path("participants").read_text(encoding="utf-8").splitlines(keepends=True)
    small.path("participants").write_text("".join(row for row in rows if not row.startswith("2021-alpha")),
                                          encoding="utf-8")
    small.edit("participants", 6, "role", "participant")
    assert [line for line in small.problems() if "police" in line] == [
        "events.csv:5:tier: '2023-alpha' is a police or border event (alpha-line, exercise, russia_led) of a sort that "
        "belongs in the wider tier; set tier to wider, or fix series, kind or framework; the description of tier says "
        "what is core"]


@pytest.mark.parametrize("kind, framework, tier, words", [
    ("exercise", "bilateral", "core", None), ("exercise", "small_group", "core", None),
    ("patrol", "bilateral", "core", "border-guard, patrol, bilateral"),
    ("exercise", "sco", "core", "border-guard, exercise, sco"), ("patrol", "bilateral", "wider", None)])
def test_border_troops_are_core_in_drills_of_the_two(small, kind, framework, tier, words):
    """Catch border troops that are core by their kind alone, or by the framework alone."""
    small.add("series", "border-guard,Border guards,,,exercise,true,,Made up for tests,bilateral\n")
    for column, value in {"series": "border-guard", "domain": "internal_security", "kind": kind,
                          "framework": framework, "tier": tier}.items():
        small.edit("events", 2, column, value)
    assert [line for line in small.problems() if line.startswith("events.csv:2:tier")] == ([
        f"events.csv:2:tier: '2021-alpha' is a police or border event ({words}) of a sort that belongs in the wider "
        "tier; set tier to wider, or fix series, kind or framework; the description of tier says what is core"]
        if words else [])


@pytest.mark.parametrize("line, value, said", [
    (2, "", []), (3, "2022-05-31", ["events.csv:3:end_date: 2022-05-31 is not a date known to the month; "
                                    "write YYYY-MM, or fix date_precision"])])
def test_a_last_day_that_is_not_known_needs_no_page(small, line, value, said):
    """Catch a page asked for that reports a last day which the row does not say, or cannot know."""
    small.edit("events", line, "end_date", value)
    assert small.problems() == said
