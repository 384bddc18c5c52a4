"""Sentences of the pages of events: who is named in them."""

from __future__ import annotations

import pytest

from drills.site.pages import sentences

NAMES = ["Russia", "China", "Iran", "India", "United States", "Pakistan", "Oman"]


@pytest.mark.parametrize("many, expected", [
    (1, "Russia"), (2, "Russia and China"), (5, "Russia, China, Iran, India and the United States"),
    (6, "Russia, China, Iran, India, the United States and Pakistan"),
    (7, "Russia, China, Iran, India, the United States and 2 others"),
])
def test_one_that_is_left_is_named(many, expected):
    """Catch "and 1 other", where the name is as short, and a list that goes on and on."""
    assert sentences.named(NAMES[:many]) == expected
