"""What the record may miss: small lists and searches with results worked out by hand."""

from __future__ import annotations

import pandas as pd

from drills.counting import recall

LISTS = pd.DataFrame([("few", "B list", "TASS", "2021", "2023", True, 2.0), ("none", "C list", "IISS", "2021", None,
                                                                             False, float("nan")),
                      ("many", "A list", "Xinhua", "2021", None, False, 9.0)],
                     columns=["list_id", "name", "keeper", "period_start", "period_end", "is_complete",
                              "n_rows_stated"])
ROWS = pd.DataFrame([("many", "in_record", "Alpha", "2021", None), ("many", "part_of_other", "Leg", None, None),
                     ("many", "not_found", "Beta", None, "No page was seen"),
                     ("many", "out_of_scope", "Gamma", "2022", "A fair"),
                     ("few", "not_entered", "Beta", "2021-05", None),
                     ("few", "only_one_took_part", "Delta", "2021", "Only one was there")],
                    columns=["list_id", "standing", "name", "date", "why"])


def test_entries_by_list():
    """Catch a part called missing, a list that nobody could read left out, and an entry lost without its reason."""
    table = recall.by_list(LISTS, ROWS)
    assert table["list_id"].tolist() == ["many", "few", "none"]
    assert table[["readable", *recall.FATES]].to_numpy().tolist() == [[4, 2, 1, 1], [2, 0, 1, 1], [0, 0, 0, 0]]
    assert table["entries"].tolist() == [("Beta (no date): No page was seen",),
                                         ("Beta (2021-05): no reason given",), ()]


def test_every_standing_has_a_fate(record):
    """Catch a new standing of the schema whose entries would fall out of every count."""
    allowed = next(field for resource in record.package["resources"] if resource["name"] == "outside_rows"
                   for field in resource["schema"]["fields"] if field["name"] == "standing")["categories"]
    assert {one["value"] for one in allowed} == set(recall.STANDINGS)
    assert set(recall.STANDINGS.values()) == set(recall.FATES)
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
