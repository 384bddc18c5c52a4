"""Recall against the lists of others, worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from drills.counting import recall
from drills.record.package import fields, resources

LISTS = pd.DataFrame([("long", "Long list", "A", "p1", True, 4.0), ("none", "No row of it", "B", "p2", False, 9.0),
                      ("out", "Out of the subject", "C", "p3", False, np.nan)],
                     columns=["list_id", "name", "keeper", "source_id", "is_complete", "n_rows_stated"])
ENTRIES = pd.DataFrame([("long", 1, "2020-05", "One", "in_record"), ("long", 2, "2019", "Two", "part_of_other"),
                        ("long", 3, "2021-01-01", "Three", "not_found"), ("long", 4, "2018", "Four", "not_entered"),
                        ("long", 5, "2018", "Five", "only_one_took_part"), ("out", 1, "2020", "Six", "out_of_scope")],
                       columns=["list_id", "row", "date", "name", "standing"]).assign(why="so", source_id=None)


def test_recall_by_hand():
    """Catch a list of which no row was read, and what lies outside the subject taken for a lack."""
    found = recall.recall(LISTS, ENTRIES)
    assert found["list_id"].tolist() == ["long", "out"]
    assert found[["readable", "have", "outside", "missing"]].to_numpy().tolist() == [[5, 2, 1, 2], [1, 0, 1, 0]]
    assert found["share"].tolist() == pytest.approx([0.5, np.nan], nan_ok=True)
    assert found["stated"].tolist() == pytest.approx([4, np.nan], nan_ok=True)


def test_what_is_not_in_the_record_is_named():
    """Catch a lack without its name, and the order of the file taken for that of time."""
    found = recall.without_event(LISTS, ENTRIES)
    assert found["name"].tolist() == ["Four", "Five", "Three", "Six"]
    assert found["year"].tolist() == [2018, 2018, 2021, 2020]
    assert found["list"].unique().tolist() == ["Long list", "Out of the subject"]


def test_every_standing_and_result_has_a_place(record):
    """Catch a new standing whose rows would be called missing, and a result that would come last."""
    allowed = fields(resources(record.package)["outside_rows"])["standing"]["categories"]
    assert {one["value"] for one in allowed} == {*recall.HAS, *recall.OUT_OF_SUBJECT, "not_found", "not_entered"}
    assert set(record.searches["result"]) <= set(recall.RESULTS)


def test_searches_name_what_was_looked_for():
    """Catch a search of some waters of a series under the name of the series alone, and finds before empty ones."""
    made = pd.DataFrame([("s1", "alpha", None, ("en",), "found"), ("s2", None, "Baltic", ("en", "ru"), "nothing_found"),
                         ("s3", "alpha", "Baltic", ("zh",), "nothing_found")],
                        columns=["search_id", "series", "waters", "languages", "result"]).assign(
        period_start="2026", period_end="2026", looked_at="news", searched_on="2026-11-29", note=None)
    series = pd.DataFrame({"series_id": ["alpha"], "name": ["Alpha line"]})
    table = recall.searches(made, series)
    assert table[["search_id", "what", "n_languages"]].to_numpy().tolist() == [
        ["s3", "Alpha line: Baltic", 1], ["s2", "Baltic", 2], ["s1", "Alpha line", 1]]
