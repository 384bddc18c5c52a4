"""Rules on the tier of police events and on the names of patrols: a broken row and the line that is printed."""

from __future__ import annotations

import pytest

from drills.checks import tiers

WIDER = ("set tier to wider, or fix series, kind or framework; the description of tier says what is core")
PATROL = ("2022-joint-air-patrol-2,{},{},{},,joint-air-patrol,wider,patrol,air,planned,bilateral,,2022-06,,month,,,,"
          "unknown,\n")
NAMES = ("Second Russia-China joint air patrol", "Второе совместное воздушное патрулирование России и Китая",
         "中俄第2次联合空中战略巡航")


@pytest.fixture
def police(small):
    """The small record with a held drill of border troops of both states."""
    small.add("series", "border-guard,Border guards,,,exercise,true,,Made up for tests,bilateral\n")
    small.edit("events", 2, "series", "border-guard")
    small.edit("events", 2, "domain", "internal_security")
    return small


def test_a_drill_of_border_troops_is_core(police):
    """Catch a drill of units under military order that is left out of the count."""
    assert police.problems() == []
    police.edit("events", 2, "tier", "wider")
    assert police.problems() == [
        "events.csv:2:tier: '2021-alpha' is a held exercise of both states in 'border-guard', whose units stand under "
        "military order; set tier to core, or series to other if they were civil"]


@pytest.mark.slow
@pytest.mark.parametrize("column, value, words", [
    ("series", "alpha-line", "alpha-line, exercise, bilateral"),
    ("kind", "patrol", "border-guard, patrol, bilateral"),
    ("framework", "sco", "border-guard, exercise, sco"),
])
def test_other_police_events_are_wider(police, column, value, words):
    """Catch a drill of civil police, the watch of a border river or an SCO drill that counts as core."""
    police.edit("events", 2, column, value)
    assert police.problems() == [f"events.csv:2:tier: '2021-alpha' is a police or border event ({words}) of a sort "
                                 f"that belongs in the wider tier; {WIDER}"]
    police.edit("events", 2, "tier", "wider")
    assert police.problems() == []


def test_armed_forces_are_not_asked(police):
    """Catch the rule reaching out to armies."""
    police.edit("events", 2, "domain", "land")
    police.edit("events", 2, "framework", "sco")
    assert police.problems() == []


@pytest.fixture
def patrol(small):
    """The small record with its participants of a joint patrol, whose row a test writes."""
    small.add("series", "joint-air-patrol,Joint air patrol,,,patrol,false,,Made up for tests,bilateral\n")
    small.add("participants", "2022-joint-air-patrol-2,CHN,participant,false,tass-2,\n"
                               "2022-joint-air-patrol-2,RUS,participant,false,tass-2,\n")
    return small


def test_a_patrol_by_the_pattern_passes(patrol):
    """Catch a pattern that nothing can meet."""
    patrol.add("events", PATROL.format(*NAMES))
    assert patrol.problems() == []


@pytest.mark.slow
@pytest.mark.parametrize("place, column, value", [
    (0, "name", "Joint air patrol of June 2022"),
    (0, "name", "Third Russia-China joint air patrol"),
    (1, "name_ru", "Совместное воздушное патрулирование"),
    (1, "name_ru", ""),
    (2, "name_zh", "2022年度联合空中战略巡航"),
])
def test_a_patrol_of_another_name_is_named(patrol, place, column, value):
    """Catch a patrol that does not stand beside the others of its series."""
    names = [value if i == place else name for i, name in enumerate(NAMES)]
    patrol.add("events", PATROL.format(*names))
    assert patrol.problems() == [
        f"events.csv:6:{column}: '{value}' is not a name by the pattern of patrols; write '{NAMES[place]}', "
        "and another name that sources use into aliases"]


def test_a_patrol_has_its_number_in_its_id(small):
    """Catch a patrol that cannot be named by its number."""
    small.add("series", "joint-naval-patrol,Joint naval patrol,,,patrol,false,,Made up for tests,bilateral\n")
    small.edit("events", 3, "series", "joint-naval-patrol")
    assert small.problems() == [
        "events.csv:3:event_id: '2022-watch' does not end with the sort and number of a joint patrol; "
        "name it such as 2019-joint-air-patrol-1, or fix series"]


def test_the_ordinals_of_both_languages_go_equally_far():
    """Catch a number that has a name in one language only."""
    assert len(tiers.ENGLISH) == len(tiers.RUSSIAN) == len(set(tiers.RUSSIAN)) == len(set(tiers.ENGLISH))
