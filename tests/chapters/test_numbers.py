"""The numbers of the chapters: words for every record, right ones for a record that can be counted by hand."""

from __future__ import annotations

import re

import pytest

from drills import chapters
from drills.chapters import scale
from drills.counting.reading import load

NO_WORD = re.compile(r"\b(?:nan|nat|none type|inf|<na>)\b|^\s|\s$", re.IGNORECASE)


def assert_words(said: dict[str, str]) -> None:
    for name, words in said.items():
        assert isinstance(words, str) and words and not NO_WORD.search(words), (name, words)


@pytest.mark.parametrize("name", chapters.NAMES)
def test_numbers_are_finished_words(reading, name):
    """Catch a number that is not worded: a float, an empty text, or NaN where nothing could be counted."""
    assert_words(chapters.numbers(reading, [name])[name])


@pytest.mark.parametrize("name", chapters.NAMES)
def test_a_record_with_little_in_it_has_words_too(small, name):
    """Catch a chapter that fails, or says NaN, where a record has no total, no third country, no numbered edition."""
    assert_words(chapters.numbers(load(small.folder), [name])[name])


@pytest.mark.parametrize("name, expected", [
    # two events count: one is of the wider tier, one only planned
    ("overview", {"n_all": "4", "n_core": "2", "n_other": "1", "n_planned": "1", "n_cancelled": "0", "n_patrols": "1",
                  "last_complete": "2021", "n_last": "1 event",
                  # TASS and, by a copy, Xinhua behind each of the two
                  "publishers": "2", "n_single": "0"}),
    # both counted events are behind no fit: the trend needs ten
    ("definitions", {"n_definitions": "0", "n_shrinking": "none", "n_missing": "0"}),
    ("published", {"n_counts": "1", "least": "no number", "ours": "2"}),
    ("frequency", {"n_events": "2", "first_year": "2021", "last_year": "2022", "open_year": "2022",
                   "trend": "Joint activity has shown no clear trend since 2003", "n_years": "5", "n_recent": "1"}),
    ("scale", {"reached": "No event reached 10,000 troops by every account; 1 Chinese contingent did", "n_totals": "0",
               "n_events": "2", "largest": "No official total of troops was found"}),
    ("participants", {"n_events": "2", "n_held": "3", "n_alone": "2", "n_countries": "0", "leaders": "no country",
                      "n_no_host": "1", "n_china_watched": "1", "n_russia_watched": "0"}),
    ("geography", {"n_events": "2", "n_mapped": "1", "n_no_point": "1", "n_home": "1", "n_areas": "0"}),
    ("series", {"n_series": "2", "n_recent": "2", "leaders": "Alpha line and Sea watch", "n_lead": "1",
                "n_numbered": "0", "sea": "by nobody"}),
    ("context", {"n_milestones": "1", "n_all_agreed": "0", "days_more": "none", "statement_after": "not known"}),
    ("evidence", {"n_core": "2", "n_few": "2", "n_claims": "5", "n_compared": "0", "n_missing": "0", "earlier": "2"}),
])
def test_numbers_of_the_small_record(small, name, expected):
    """Catch a number that counts something else than its name in the prose says."""
    said = chapters.numbers(load(small.folder), [name])[name]
    assert {key: said[key] for key in expected} == expected


def test_the_largest_total_is_said_with_both_sides_and_the_guest(small):
    """Catch the figures of one exercise put together from two, or a claim of more than 10,000 said as 10,000."""
    small.swap("rulings", "2021-alpha-rescope,2021-alpha,rescope,2021-alpha:troops:ALL:1,CHN,Chinese troops alone,"
               "scope=ALL,xinhua-1\n", "")
    with small.path("claims").open("a", encoding="utf-8") as file:
        file.write("2021-alpha:troops:ALL:2,2021-alpha,troops,ALL,event,,9000,9000,about,reported,An analyst,analyst,"
                   "assessed,tass-3,\n2021-alpha:troops:CHN:1,2021-alpha,troops,CHN,event,,700,700,exactly,reported,TASS,media,"
                   "relayed,tass-1,\n2022-watch:troops:ALL:1,2022-watch,troops,ALL,event,,400,400,exactly,reported,TASS,media,relayed,"
                   "tass-2,\n")
    said = chapters.numbers(load(small.folder), ["scale"])["scale"]
    assert said["n_totals"] == "2"
    assert said["largest"] == ("The largest was Alpha 2021: 10,000 or more troops by official figures, 9,000 by "
                               "others; the Chinese contingent was 700")


@pytest.mark.parametrize("assessed, chinese, expected", [
    ("9,000", "700", "by official figures, 9,000 by others; the Chinese contingent was 700"),
    ("none", "700", "by official figures; the Chinese contingent was 700"),
    ("none", "none", "by official figures; how many of these were Chinese was not published")])
def test_the_largest_event_is_said_in_every_case(assessed, chinese, expected):
    """Catch a missing figure that is said as one, and a total that is left standing for the contingent."""
    assert scale.of_whom("Alpha", "10,000", assessed, chinese) == f"The largest was Alpha: 10,000 troops {expected}"


def test_numbers_of_one_edition_are_said_with_who_gives_each(small):
    """Catch claimants who disagree on the number of an edition and are counted as agreeing."""
    with small.path("claims").open("a", encoding="utf-8") as file:
        for place, (number, claimant) in enumerate([(1, "TASS"), (2, "Xinhua"), (2, "CCTV")], 1):
            file.write(f"2021-alpha:ordinal:ALL:{place},2021-alpha,ordinal,ALL,event,edition,{number},{number},exactly,reported,"
                       f"{claimant},media,relayed,tass-1,\n")
    said = chapters.numbers(load(small.folder), ["series"])["series"]
    assert [said[name] for name in ("n_numbered", "n_several", "n_contested", "n_shared")] == ["1", "1", "1", "0"]
