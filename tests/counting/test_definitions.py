"""What counts: every switch of a Definition, and its words against the descriptor of the record."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from drills.counting import coded, definitions
from drills.counting.definitions import DEFAULT, Definition, select
from drills.record import package, tables

COLUMNS = ("event_id", "tier", "status", "kind", "framework", "domain", "part_of")
PLAIN = ("core", "held", "exercise", "bilateral", "land", None)
EVENTS = pd.DataFrame([
    ("plain", *PLAIN),
    ("wider", "wider", *PLAIN[1:]),
    ("disputed", "core", "disputed", *PLAIN[2:]),
    ("contest", "core", "held", "competition", *PLAIN[3:]),
    ("sco", "core", "held", "exercise", "sco", "land", None),
    ("police", "core", "held", "exercise", "bilateral", "internal_security", None),
    ("guard", "core", "held", "patrol", "bilateral", "coast_guard", None),
    ("cyber", "core", "held", "command_post", "sco", "cyber", None),
    ("part", *PLAIN[:-1], "plain"),
    ("part-of-wider", *PLAIN[:-1], "wider"),
], columns=COLUMNS)
PUBLISHERS = pd.Series({"plain": 3, "sco": 2, "police": 1})
COUNTED = ["plain", "sco", "police", "guard", "cyber", "part", "part-of-wider"]


@pytest.mark.parametrize("switch, added, dropped", [
    ({}, [], []),
    ({"tiers": ("core", "wider")}, ["wider"], []),
    ({"statuses": ("held", "disputed")}, ["disputed"], []),
    ({"kinds": ("exercise",)}, [], ["guard", "cyber"]),
    ({"kinds": definitions.KINDS}, ["contest"], []),
    ({"frameworks": ("bilateral",)}, [], ["sco", "cyber"]),
    ({"is_military_only": True}, [], ["police", "guard", "cyber"]),
    ({"is_merged": True}, [], ["part"]),
    ({"is_merged": True, "tiers": ("core", "wider")}, ["wider"], ["part", "part-of-wider"]),
    ({"min_publishers": 2}, [], ["police", "guard", "cyber", "part", "part-of-wider"]),
], ids=str)
def test_every_switch_does_its_own_work(switch, added, dropped):
    """Catch a switch that does nothing, too much, or drops a part whose whole does not count."""
    expected = [name for name in EVENTS["event_id"] if name in {*COUNTED, *added} - {*dropped}]
    assert select(EVENTS, replace(DEFAULT, **switch), PUBLISHERS)["event_id"].tolist() == expected


def test_min_publishers_needs_the_publishers():
    """Catch a count of "well-sourced" events that were never looked up."""
    with pytest.raises(ValueError, match="publishers"):
        select(EVENTS, replace(DEFAULT, min_publishers=2))


def test_select_leaves_its_input_alone():
    """Catch a filter that changes the record for whoever uses it next."""
    before = EVENTS.copy(deep=True)
    select(EVENTS, replace(DEFAULT, is_merged=True))
    pd.testing.assert_frame_equal(EVENTS, before)


@pytest.mark.parametrize("column, known", [("kind", definitions.KINDS), ("framework", definitions.FRAMEWORKS)])
def test_values_are_those_of_the_descriptor(column, known):
    """Catch a kind or framework added to datapackage.json that no definition would ever count."""
    field = package.fields(package.resources(tables.read_package())["events"])[column]
    assert list(known) == [category["value"] for category in field["categories"]]


def test_switches_take_values_of_the_descriptor():
    """Catch a renamed tier, status or domain, which would count nothing and raise nothing."""
    fields = package.fields(package.resources(tables.read_package())["events"])
    allowed = {name: {category["value"] for category in fields[name]["categories"]}
               for name in ("tier", "status", "kind", "domain")}
    assert coded.POLICE_DOMAINS.issubset(allowed["domain"])
    assert allowed["tier"].issuperset(DEFAULT.tiers) and allowed["status"].issuperset(DEFAULT.statuses)
    assert allowed["kind"].issuperset(DEFAULT.kinds)


@pytest.mark.parametrize("switch, words", [
    ({}, "core events, held; military and paramilitary forces; exercises, patrols, command-post exercises; "
         "parts of a larger event counted apart"),
    ({"tiers": ("core", "wider"), "statuses": ("held", "disputed")}, "core and wider events, held or disputed"),
    ({"is_military_only": True}, "armed forces only"),
    ({"is_merged": True}, "parts counted with the whole"),
    ({"frameworks": ("bilateral", "small_group")}, "frameworks: bilateral, small group"),
    ({"frameworks": ("sco", "russia_led")}, "frameworks: SCO, Russian exercise"),
    ({"domains": ("naval", "missile_defence")}, "domains: naval, missile defence"),
    ({"areas": ("asia_pacific",)}, "areas: Asia-Pacific"),
    ({"min_publishers": 3}, "at least 3 independent houses"),
    ({"kinds": ("competition",)}, "; competitions;"),
], ids=str)
def test_a_definition_says_what_it_counts(switch, words):
    """Catch a subtitle that states another definition than the one counted."""
    assert words in Definition(**switch).describe()
    assert not switch or Definition(**switch).describe() != DEFAULT.describe()


def test_frameworks_are_named_where_some_are_left_out():
    """Catch a sentence that hides a choice of frameworks, or lists all of them as one."""
    assert "frameworks" not in DEFAULT.describe()
    assert "; frameworks: " in replace(DEFAULT, frameworks=("bilateral",)).describe()


def test_a_total_has_a_reason_only_where_it_is_none():
    """Catch a reason beside events that count."""
    events = EVENTS.assign(start_date="2012-04-22")
    assert definitions.count(events).reason == ""
    assert definitions.count(events, replace(DEFAULT, kinds=())).reason
