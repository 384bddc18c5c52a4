"""Whose word an event rests on: copies, relays and sister papers are not second opinions."""

from __future__ import annotations

import pandas as pd
import pytest

from drills.record import provenance

SOURCES = pd.DataFrame(
    [("tass-1", "TASS", None, ()), ("tass-2", "TASS", None, ()), ("copy-of-tass", "News Portal", "TASS", ()),
     ("copy-of-unknown", "News Portal", "not stated", ()), ("portal-itself", "News Portal", None, ()),
     ("portal-on-tass", "News Portal", None, ("TASS",)), ("portal-on-two", "News Portal", None, ("TASS", "Huanqiu")),
     ("tass-on-huanqiu", "News Portal", "TASS", ("Huanqiu",)), ("huanqiu", "Huanqiu", None, ()),
     ("global-times", "Global Times", None, ()), ("unknown-on-tass", "not stated", "not stated", ("TASS",)),
     ("unlisted", "A new paper", None, ())],
    columns=["source_id", "publisher", "original_publisher", "relays"])
PUBLISHERS = pd.DataFrame(
    [("TASS", "TASS"), ("News Portal", "News Portal"), ("Huanqiu", "People's Daily"),
     ("Global Times", "People's Daily")], columns=["publisher", "house"])


def pairs(*sources: str) -> pd.DataFrame:
    return pd.DataFrame({"event_id": "event", "source_id": sources})


@pytest.mark.parametrize("sources, houses", [
    (["tass-1"], ["TASS"]),
    (["tass-1", "tass-2"], ["TASS"]),
    (["copy-of-tass"], ["TASS"]),
    (["tass-1", "copy-of-tass"], ["TASS"]),
    (["copy-of-unknown"], []),
    (["tass-1", "copy-of-unknown"], ["TASS"]),
    (["portal-itself", "copy-of-tass"], ["News Portal", "TASS"]),
    (["portal-itself", "copy-of-unknown"], ["News Portal"]),
    (["portal-on-tass"], ["TASS"]),
    (["portal-on-tass", "tass-1"], ["TASS"]),
    (["portal-on-two"], ["People's Daily", "TASS"]),
    (["tass-on-huanqiu"], ["People's Daily"]),
    (["huanqiu", "global-times"], ["People's Daily"]),
    (["unknown-on-tass"], ["TASS"]),
    (["unlisted", "tass-1"], ["A new paper", "TASS"]),
], ids=str)
def test_copies_relays_and_sister_papers_count_as_one_house(sources, houses):
    """Catch a reprint, a relay or a sister paper counted as an independent house, or an unknown origin counted."""
    found = provenance.event_houses(pairs(*sources), SOURCES, PUBLISHERS)
    assert found["house"].tolist() == houses


def test_a_source_is_shown_with_the_publisher_whose_text_it_is():
    """Catch a figure that is shown with the site that copied it."""
    whose = provenance.publisher_of(SOURCES)
    assert whose["copy-of-tass"] == "TASS" and whose["huanqiu"] == "Huanqiu" and "copy-of-unknown" not in whose


def test_sources_come_from_all_four_tables_once():
    """Catch an event that looks unsourced because its only source stands in a table that is not read."""
    def one(event: str, source: str) -> pd.DataFrame:
        return pd.DataFrame({"event_id": [event], "source_id": [source], "note": ["kept out"]})

    participants = pd.DataFrame({"event_id": ["b", "b", "c"], "country": ["RUS", "CHN", "CHN"],
                                 "source_ids": [("s1", "s2"), ("s2",), ()]})
    found = provenance.event_sources(participants, one("a", "s9"), one("b", "s1"), one("a", "s3"))
    assert list(found.itertuples(index=False, name=None)) == [("a", "s3"), ("a", "s9"), ("b", "s1"), ("b", "s2")]
