"""Every preset against a count by hand: the CSV files of the record, read and counted without the package."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from drills.counting.definitions import PRESETS, count

DATA = Path(__file__).resolve().parents[2] / "data"
POLICE = ("internal_security", "coast_guard", "cyber")
USUAL = ("exercise", "patrol", "command_post")


def table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def houses() -> dict[str, set[str]]:
    """The houses whose pages stand behind each event."""
    house = {row["publisher"]: row["house"] for row in table("publishers")}
    behind = {}
    for source in table("sources"):
        own = source["original_publisher"] or source["publisher"]
        names = source["relays"].split(";") if source["relays"] else [own]
        behind[source["source_id"]] = {house.get(name, name) for name in names if name != "not stated"}
    found = defaultdict(set)
    for name in ("claims", "date_claims", "facts", "participants"):
        for row in table(name):
            for source_id in (row["source_ids"].split(";") if name == "participants" else [row["source_id"]]):
                found[row["event_id"]] |= behind[source_id]
    return found


def usual(event: dict[str, str]) -> bool:
    return event["tier"] == "core" and event["status"] == "held" and event["kind"] in USUAL


def since(day: str):
    return lambda event: usual(event) and (event["start_date"] + "-01-01")[:10] >= day


def armed(event: dict[str, str]) -> bool:
    return event["domain"] not in POLICE


def alone(event: dict[str, str]) -> bool:
    return event["framework"] == "bilateral"


def in_two_houses(event: dict[str, str]) -> bool:
    return len(houses()[event["event_id"]]) >= 2


def in_asia_pacific(event: dict[str, str]) -> bool:
    east = event["longitude"]
    return east != "" and (float(east) >= 100 or float(east) <= -130)


BY_HAND = {
    "default": usual,
    "everything": lambda event: True,
    "held": lambda event: event["status"] == "held",
    "with-wider": lambda event: event["status"] == "held" and event["kind"] != "competition",
    "with-disputed": lambda event: event["status"] in ("held", "disputed") and event["kind"] != "competition",
    "bilateral-only": lambda event: usual(event) and alone(event),
    "bilateral-exercises": lambda event: usual(event) and alone(event) and event["kind"] == "exercise",
    "exercises-only": lambda event: usual(event) and event["kind"] == "exercise",
    "no-patrols": lambda event: usual(event) and event["kind"] != "patrol",
    "patrols-only": lambda event: usual(event) and event["kind"] == "patrol",
    "military-only": lambda event: usual(event) and armed(event),
    "bilateral-military": lambda event: usual(event) and armed(event) and alone(event),
    "with-sco": lambda event: usual(event) and event["framework"] in ("bilateral", "sco"),
    "merged": usual,
    "two-houses": lambda event: usual(event) and in_two_houses(event),
    "strict": lambda event: (usual(event) and armed(event) and alone(event) and event["kind"] == "exercise"
                             and in_two_houses(event)),
    "asia-pacific": lambda event: usual(event) and in_asia_pacific(event),
    "from-2003": since("2003-01-01"),
    "from-2005": since("2005-01-01"),
    "from-2012": since("2012-01-01"),
    "since-crimea": since("2014-03-18"),
    "since-invasion": since("2022-02-24"),
}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_counts_what_a_count_by_hand_finds(reading, name):
    """Catch a rule that drifts from the words of its preset."""
    by_hand = {event["event_id"] for event in table("events") if BY_HAND[name](event)}
    if PRESETS[name].definition.is_merged:
        by_hand -= {event["event_id"] for event in table("events") if event["part_of"] in by_hand}
    found = count(reading.record.events, PRESETS[name].definition, reading.houses)
    assert set(found.rows["event_id"]) == by_hand
    assert found.total == len(by_hand) == found.per_year["total"].sum()


def test_every_count_of_others_is_held_against_ours(reading):
    """Catch a published count that is lost on its way, and a rule that finds nothing to compare."""
    beside = reading.beside_ours
    assert sorted(beside["count_id"]) == sorted(row["count_id"] for row in table("published_counts"))
    assert (beside.loc[beside["is_comparable"], "ours"] > 0).all()
