"""Whose word an event rests on: copies are not second opinions."""

from __future__ import annotations

import pandas as pd
import pytest

from drills.record import provenance

SOURCES = pd.DataFrame(
    [("tass-1", "TASS", None), ("tass-2", "TASS", None), ("copy-of-tass", "News Portal", "TASS"),
     ("copy-of-unknown", "News Portal", "not stated"), ("portal-itself", "News Portal", None)],
    columns=["source_id", "publisher", "original_publisher"])


def pairs(*sources: str) -> pd.DataFrame:
    return pd.DataFrame({"event_id": "event", "source_id": sources})


@pytest.mark.parametrize("sources, publishers", [
    (["tass-1"], ["TASS"]),
    (["tass-1", "tass-2"], ["TASS"]),
    (["copy-of-tass"], ["TASS"]),
    (["tass-1", "copy-of-tass"], ["TASS"]),
    (["copy-of-unknown"], []),
    (["tass-1", "copy-of-unknown"], ["TASS"]),
    (["portal-itself", "copy-of-tass"], ["News Portal", "TASS"]),
    (["portal-itself", "copy-of-unknown"], ["News Portal"]),
], ids=str)
def test_copies_count_as_their_original(sources, publishers):
    """Catch a reprint counted as an independent publisher, or a copy of unknown origin counted at all."""
    found = provenance.event_publishers(pairs(*sources), SOURCES)
    assert found["publisher"].tolist() == publishers
    assert provenance.count_publishers(pairs(*sources), SOURCES).to_dict() == (
        {"event": len(publishers)} if publishers else {})


def test_sources_come_from_all_four_tables_once():
    """Catch an event that looks unsourced because its only source stands in a table that is not read."""
    def one(event: str, source: str) -> pd.DataFrame:
        return pd.DataFrame({"event_id": [event], "source_id": [source], "note": ["kept out"]})

    participants = pd.DataFrame({"event_id": ["b", "b", "c"], "country": ["RUS", "CHN", "CHN"],
                                 "source_ids": [("s1", "s2"), ("s2",), ()]})
    found = provenance.event_sources(participants, one("a", "s9"), one("b", "s1"), one("a", "s3"))
    assert list(found.itertuples(index=False, name=None)) == [("a", "s3"), ("a", "s9"), ("b", "s1"), ("b", "s2")]
