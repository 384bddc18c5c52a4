"""Counts of others beside ours: the rule read from its row, the gap against bounds, and the events in it by name."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from drills.counting import published
from drills.counting.coded import Coded
from drills.counting.definitions import DEFAULT, Definition

EVENTS = pd.DataFrame([
    ("2010-a", "exercise", "bilateral", "2010-05-01"), ("2011-b", "exercise", "sco", "2011"),
    ("2012-c", "patrol", "bilateral", "2012-07"), ("2013-d", "competition", "bilateral", "2013-01-31"),
], columns=["event_id", "kind", "framework", "start_date"]).assign(
    name=lambda frame: frame["event_id"].str[5:].str.upper(), tier="core", status="held", domain="land", series="alpha",
    part_of=None, longitude=50.0)
RULE = {"count_id": "one", "is_comparable": True, "tiers": (), "statuses": (), "kinds": (), "frameworks": (),
        "is_military_only": False, "is_merged": False, "min_publishers": np.nan, "series": (), "domains": (),
        "areas": (), "start": None, "end": None, "list_id": None, "why": "So they say", "rule_change": None}
COUNT = {"count_id": "one", "counter": "Somebody", "what_is_counted": "all", "source_id": "page",
         "period_start": "2010", "period_end": "2012", "count_low": 2.0, "count_high": 2.0, "is_second_hand": False}
ENTRIES = pd.DataFrame([("list", 1, "2010-05", "A", "2010-a", "in_record", None),
                        ("list", 2, "2010", "A again", "2010-a", "part_of_other", "A part of A"),
                        ("list", 3, "2012-07-02", "C", "2012-c", "in_record", None),
                        ("list", 4, "2012-12", "E", None, "not_found", "Nowhere"),
                        ("list", 5, "2013-01", "D", "2013-d", "in_record", None),
                        ("other", 1, "2011", "B", "2011-b", "in_record", None)],
                       columns=["list_id", "row", "date", "name", "event_id", "standing", "why"])


def ruled(rule: dict, count: dict) -> pd.DataFrame:
    return published.ruled(pd.DataFrame([COUNT | count]), pd.DataFrame([RULE | rule]))


def beside(rule: dict | None = None, count: dict | None = None) -> pd.Series:
    return published.beside_ours(Coded(EVENTS, pd.Series({"2010-a": 2})), ruled(rule or {}, count or {})).iloc[0]


@pytest.mark.parametrize("rule, definition", [
    ({}, DEFAULT),
    ({"kinds": ("exercise",), "is_military_only": True, "min_publishers": 2.0, "start": "2014-03-18"},
     Definition(kinds=("exercise",), is_military_only=True, min_publishers=2, start="2014-03-18")),
    ({"series": ("alpha",), "areas": ("elsewhere",), "is_merged": True, "end": "2015"},
     Definition(series=("alpha",), areas=("elsewhere",), is_merged=True, end="2015")),
])
def test_a_row_is_read_as_its_definition(rule, definition):
    """Catch a switch of the table that is not applied, and a blank that counts nothing."""
    row = next(pd.DataFrame([RULE | rule]).itertuples())
    assert published.definition_of(row) == definition


@pytest.mark.parametrize("rule, count, ours", [
    ({}, {}, 3), ({"kinds": ("exercise",)}, {}, 2), ({"frameworks": ("bilateral",)}, {}, 2),
    ({"min_publishers": 2.0}, {}, 1), ({"end": "2011"}, {}, 2), ({"start": "2010-05-02"}, {}, 2),
    ({}, {"period_end": None}, 3), ({}, {"period_start": "2011"}, 2), ({"series": ("beta",)}, {}, 0),
])
def test_ours_is_counted_by_the_rule_over_the_period(rule, count, ours):
    """Catch ours counted over all years, or by the default."""
    assert beside(rule, count)["ours"] == ours


@pytest.mark.parametrize("low, high, gap", [(3, 3, 0), (5, 5, -2), (2, 2, 1), (2, np.nan, 0), (4, np.nan, -1),
                                            (1, 2, 1), (2, 4, 0)])
def test_the_gap_is_to_the_nearest_figure_that_theirs_allows(low, high, gap):
    """Catch "at least 36" read as 36, and a gap with the wrong sign."""
    assert beside(count={"count_low": float(low), "count_high": float(high)})["gap"] == gap


def test_what_is_not_comparable_has_no_figure_of_ours():
    """Catch ours beside a count of something else."""
    row = beside({"is_comparable": False})
    assert np.isnan(row["ours"]) and np.isnan(row["gap"])


def test_a_count_says_its_rule_and_period():
    """Catch a row without the words from which a reader sees what was compared."""
    row = beside({"kinds": ("exercise",), "end": "2011-06"})
    assert row["query"] == "kinds=exercise&from=2010&to=2011-06"
    assert (row["period"], row["rule"].split("; ")[2]) == ("from 2010 to June 2011", "exercises")


def gap(rule: dict, is_complete: bool = True) -> set[tuple]:
    lists = pd.DataFrame({"list_id": ["list", "other"], "is_complete": [is_complete, True]})
    found = published.gap_events(Coded(EVENTS), ruled(rule, {}), lists, ENTRIES)
    return {tuple(row) for row in found[["side", "name"]].itertuples(index=False)}


@pytest.mark.parametrize("rule, is_complete, expected", [
    ({}, True, set()),
    ({"frameworks": ("bilateral",)}, True, {("default_only", "B")}),
    ({"kinds": ("exercise", "patrol", "competition"), "end": "2010"}, True, set()),
    ({"kinds": ("exercise", "competition"), "start": None}, True, {("default_only", "C")}),
    ({"list_id": "list"}, True, {("theirs_only", "A again"), ("theirs_only", "E"), ("ours_only", "B")}),
    ({"list_id": "list"}, False, {("theirs_only", "A again"), ("theirs_only", "E")}),
    ({"list_id": "list", "kinds": ("exercise",), "end": "2012-06"}, True,
     {("theirs_only", "A again"), ("ours_only", "B")}),
    ({"list_id": "list", "kinds": ("exercise",)}, False,
     {("default_only", "C"), ("theirs_only", "A again"), ("theirs_only", "C"), ("theirs_only", "E")}),
])
def test_the_gap_is_told_by_name(rule, is_complete, expected):
    """Catch a row of theirs lost or compared over another period, and absence claimed from a list read in part."""
    assert gap(rule, is_complete) == expected


def test_an_event_beyond_the_default_is_told():
    """Catch what a wider rule of theirs adds to the default."""
    found = published.gap_events(Coded(EVENTS), ruled({"kinds": ("exercise", "patrol", "competition")},
                                                      {"period_end": "2013"}),
                                 pd.DataFrame({"list_id": [], "is_complete": []}), ENTRIES)
    assert found[["side", "event_id"]].to_numpy().tolist() == [["rule_only", "2013-d"]]
