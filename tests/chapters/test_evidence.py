"""The chapter on evidence on records that lack what this one has."""

from __future__ import annotations

import pytest

from drills.chapters import evidence
from drills.counting.reading import load
from drills.figures.layout import LAYOUTS


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_record_without_a_wider_tier_has_one_panel(small, layout):
    """Catch a picture that needs an event of each tier."""
    small.swap("events", ",alpha-line,wider,", ",alpha-line,core,")
    events = small.path("events").read_text(encoding="utf-8")
    small.path("events").write_text(events.replace(",wider,", ",core,"), encoding="utf-8")
    card = evidence.publishers(load(small.folder))
    assert "Wider" not in card.alt and card.alt.startswith("1 histogram. Counted events, ")
    assert len(card.draw(layout, card.table).axes) == 1
