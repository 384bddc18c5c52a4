"""The reading of a record: what is made from it, once."""

from __future__ import annotations

import pandas as pd
import pytest

from drills import chapters
from drills.counting import coverage, estimates
from drills.counting.reading import Reading, load
from drills.record import tables


def test_events_are_chosen_by_their_definition(small):
    """Catch counted events among which one is planned or of the wider tier, or held ones without those of it."""
    reading = load(small.folder)
    assert list(reading.counted["event_id"]) == ["2021-alpha", "2022-watch"]
    assert list(reading.held["event_id"]) == ["2021-alpha", "2022-watch", "2023-alpha"]
    assert reading.as_of == pd.Timestamp("2022-06-01")


def test_parts_are_no_editions(small):
    """Catch a contest within larger games that is counted as an edition held."""
    small.edit("events", 5, "part_of", "2021-alpha")
    assert list(load(small.folder).editions_held["event_id"]) == ["2021-alpha", "2022-watch"]


def test_the_folder_of_the_record_is_asked_for(small):
    """Catch a reading of another folder than the one given, and a default that is not the checkout's."""
    assert len(load(small.folder).record.events) == 4
    assert len(load().record.events) == len(tables.load().events)


@pytest.mark.slow
def test_estimates_are_made_once(record, monkeypatch):
    """Catch a chapter that makes the estimates, or who is behind an event, for itself."""
    calls = []
    for module, name in ((estimates, "groups"), (estimates, "side_by_side"), (coverage, "without_strength")):
        made = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, made=made, name=name: calls.append(name) or made(*given))
    chapters.numbers(Reading(record))
    assert sorted(calls) == ["groups", "side_by_side", "without_strength"]


def test_nothing_is_made_before_it_is_asked_for(small):
    """Catch a reading that counts everything to print one number."""
    reading = load(small.folder)
    assert len(reading.counted) == 2
    assert set(vars(reading)) == {"record", "counted"}


@pytest.mark.parametrize("name", ["estimates", "classes", "houses", "windows_of_days"])
def test_a_reading_keeps_what_it_made(small, name):
    """Catch a frame that is made anew each time."""
    reading = load(small.folder)
    assert getattr(reading, name) is getattr(reading, name)
