"""Cells that no page may show: ids that leave their folder, addresses that run something, letters that nobody sees."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("table, column, value", [
    ("events", "event_id", "../2021-alpha"), ("events", "event_id", "2021-alpha/../x"),
    ("events", "event_id", "2021-"),
    ("events", "event_id", "2021-a\"b"), ("events", "event_id", "2021-alpha\n"), ("series", "series_id", "../x"),
    ("series", "series_id", "a/b"), ("series", "series_id", "a<b>"), ("sources", "source_id", "../x"),
    ("sources", "url", "javascript:alert(1)"), ("sources", "url", "data:text/html,x"),
    ("sources", "url", "mailto:a@b.example"), ("sources", "url", "tel:112"),
    ("sources", "url", "https://a b"), ("sources", "url", " https://a.example"),
    *(("facts", "text", f"a{letter}b")
      for letter in "\u2028\u2029\u202a\u202e\u2066\u2069\u200f\ufffe\uffff\U000e0041"),
])
def test_the_check_refuses(small, table, column, value):
    """Catch an id that leaves its folder, an address that is no page, and letters that nobody sees."""
    small.edit(table, 2, column, value)
    assert any(f"{table}.csv:2:{column}" in problem for problem in small.problems())
