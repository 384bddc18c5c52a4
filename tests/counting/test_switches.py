"""Definitions as text, and presets: one form, read and written, and messages that name what exists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from drills.counting import definitions, switches
from drills.counting.definitions import DEFAULT, PRESETS, Definition, from_words, to_query, to_words
from drills.record import package, tables
from drills.wording import definitions as wording
from tests.helpers.definitions import DEFINITIONS


def in_sets(definition: Definition) -> dict:
    """The fields of a definition, lists without their order."""
    return {name: set(value) if isinstance(value, tuple) else value for name, value in vars(definition).items()}


@settings(deadline=None, max_examples=60)
@given(DEFINITIONS)
def test_text_says_the_whole_definition(definition):
    """Catch a switch that is lost or changed on its way through an address or a command line."""
    words = to_words(definition)
    assert in_sets(from_words(words)) == in_sets(definition)
    assert to_words(from_words(words)) == words
    assert dict(part.split("=") for part in to_query(definition).split("&") if part) == words


@settings(deadline=None, max_examples=60)
@given(DEFINITIONS)
def test_every_definition_can_be_said(definition):
    """Catch two definitions with the same words, of which a reader would take one for the other."""
    assert (definition.describe() == DEFAULT.describe()) == (to_words(definition) == {})


def test_every_field_has_a_switch_and_every_switch_a_sentence():
    """Catch a field that no text can set, and a switch that the page could not explain."""
    assert [switch.field for switch in switches.SWITCHES] == list(Definition.__dataclass_fields__)
    assert [switch.name for switch in switches.SWITCHES] == list(wording.SWITCHES)
    assert all(switch.sentence.endswith(".") for switch in switches.SWITCHES)


@pytest.mark.parametrize("column, known", [("tier", switches.TIERS), ("status", switches.STATUSES),
                                           ("domain", switches.DOMAINS)])
def test_choices_are_those_of_the_descriptor(column, known):
    """Catch a value of the record that no switch offers; kinds and frameworks are held by another test."""
    field = package.fields(package.resources(tables.read_package())["events"])[column]
    assert list(known) == [category["value"] for category in field["categories"]]


@pytest.mark.parametrize("words, message", [
    ({"kind": "patrol"}, "there is no switch 'kind'; there are: preset, tiers, statuses, kinds, frameworks"),
    ({"kinds": "patrol,parade"}, "kinds cannot be 'parade'; there are: exercise, patrol, command_post, competition"),
    ({"preset": "usual"}, "there is no preset 'usual'; there are: default, everything"),
    ({"merged": "1"}, "merged cannot be '1'; there are: yes, no"),
    ({"min-publishers": "0"}, "min-publishers cannot be '0'; write a whole number from 1"),
    ({"min-publishers": "two"}, "min-publishers cannot be 'two'; write a whole number"),
    ({"min-publishers": ""}, "min-publishers cannot be ''; write a whole number"),
    ({"min-publishers": "2014-03"}, "min-publishers cannot be '2014-03'; write a whole number"),
    ({"merged": "2014"}, "merged cannot be '2014'; there are: yes, no"),
    ({"from": "no"}, "from cannot be 'no'; write a day, month or year that exists"),
    ({"from": "2014-02-30"}, "from cannot be '2014-02-30'; write a day, month or year that exists"),
    ({"to": "3/2014"}, "to cannot be '3/2014'; write a day, month or year that exists"),
    ({"to": "0000"}, "to cannot be '0000'; write a day"),
    ({"series": "joint-see"}, "series cannot be 'joint-see'; there are: aman, joint-sea"),
], ids=str)
def test_unknown_words_are_refused_with_what_exists(words, message):
    """Catch a misspelt switch that counts by the default and says nothing."""
    with pytest.raises(ValueError) as error:
        from_words(words, series=["joint-sea", "aman"])
    assert message in str(error.value)


def test_a_preset_is_changed_by_the_switches_beside_it():
    """Catch a preset that overrules what was set by hand, or a switch that undoes the preset."""
    changed = from_words({"preset": "strict", "merged": "no", "from": " 2014 ", "kinds": "patrol, exercise"})
    assert changed == replace(PRESETS["strict"].definition, is_merged=False, start="2014", kinds=("exercise", "patrol"))
    assert from_words({"preset": "since-crimea", "from": ""}) == DEFAULT


@pytest.mark.parametrize("name, words", [
    ("default", {}), ("bilateral-only", {"frameworks": "bilateral"}), ("exercises-only", {"kinds": "exercise"}),
    ("no-patrols", {"kinds": "exercise,command_post"}), ("military-only", {"military-only": "yes"}),
    ("merged", {"merged": "yes"}), ("two-houses", {"min-publishers": "2"}), ("with-wider", {"tiers": "core,wider"}),
    ("with-disputed", {"tiers": "core,wider", "statuses": "held,disputed"}), ("from-2005", {"from": "2005"}),
    ("everything", {"tiers": "core,wider", "statuses": "held,planned,cancelled,disputed",
                    "kinds": "exercise,patrol,command_post,competition"}),
    ("strict", {"kinds": "exercise", "frameworks": "bilateral", "military-only": "yes", "merged": "yes",
                "min-publishers": "2"}),
    ("asia-pacific", {"areas": "asia_pacific"}), ("since-invasion", {"from": "2022-02-24"}),
])
def test_a_preset_is_its_spelled_out_form(name, words):
    """Catch a preset that stands for something else than its name."""
    assert from_words(words) == from_words({"preset": name}) == PRESETS[name].definition


def test_presets_are_different_and_have_their_sentence():
    """Catch a preset that repeats another, or one without words."""
    assert len({to_query(preset.definition) for preset in PRESETS.values()}) == len(PRESETS)
    assert list(PRESETS) == list(wording.PRESETS)


@pytest.mark.parametrize("switch, reason", [
    ({"kinds": ()}, "no kind is chosen"), ({"tiers": ()}, "no tier is chosen"), ({"areas": ()}, "no area is chosen"),
    ({"start": "2014-03", "end": "2013"}, "the period ends (2013) before it begins (2014-03)"),
    ({"start": "2014-12-31", "end": "2014"}, ""), ({}, ""),
], ids=str)
def test_a_contradiction_has_a_reason(switch, reason):
    """Catch a zero without a word, and a period called empty that holds its last day."""
    found = replace(DEFAULT, **switch).contradiction
    assert reason in found and bool(reason) == bool(found)


@pytest.mark.parametrize("name, text", [
    ("kinds", "exercise,command_post"), ("series", "aman,joint-sea"), ("series", ""), ("merged", "no"),
    ("min-publishers", "12"), ("from", "2014-03-18"), ("to", "")])
def test_a_value_is_written_as_it_is_read(name, text):
    """Catch a value whose text stands for another one, or for none."""
    switch = switches.BY_NAME[name]
    assert switch.write(switch.read(text)) == text


def test_the_values_of_a_list_have_one_order():
    """Catch one definition with two addresses."""
    turned = replace(DEFAULT, kinds=DEFAULT.kinds[::-1], frameworks=definitions.FRAMEWORKS[::-1])
    assert to_words(turned) == {}
