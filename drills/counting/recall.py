"""What lists that others keep have and the record lacks. Pure.

Takes and gives frames. A list is no sample: lists copy from each other and from the same pages, so what is missing
from all of them cannot be told from what is missing from one.
"""

from __future__ import annotations

import pandas as pd

# Standings of a row of a list: the record has it; it belongs here and is missing; it is none of ours.
HERE, MISSING = ("in_record", "part_of_other"), ("not_found", "not_entered")
ELSEWHERE = ("out_of_scope", "only_one_took_part")


def by_list(lists: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Each list with what became of its rows, the list with the most rows that belong here first.

    lists, rows: the tables outside_lists and outside_rows. Columns: list_id, name, keeper, is_complete, n_rows_stated
    (float, NaN if the list does not say), n_rows (rows that could be read), here, missing, elsewhere (their sum is
    n_rows), belongs (here and missing) and n_events (different events of the record among them).
    """
    group = rows["standing"].map({**dict.fromkeys(HERE, "here"), **dict.fromkeys(MISSING, "missing"),
                                  **dict.fromkeys(ELSEWHERE, "elsewhere")})
    counts = pd.crosstab(rows["list_id"], group).reindex(
        index=lists["list_id"], columns=["here", "missing", "elsewhere"], fill_value=0)
    counts["n_rows"], counts["belongs"] = counts.sum(axis=1), counts["here"] + counts["missing"]
    counts["n_events"] = rows.groupby("list_id")["event_id"].nunique().reindex(counts.index, fill_value=0)
    kept = lists[["list_id", "name", "keeper", "is_complete", "n_rows_stated"]]
    return kept.merge(counts.reset_index(), on="list_id").sort_values(
        ["belongs", "n_rows", "list_id"], ascending=[False, False, True], ignore_index=True)


def missing(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of lists that belong here, or may, and are missing, by date: list_id, date, name, standing, why."""
    kept = rows[rows["standing"].isin(MISSING)]
    return kept.sort_values(["date", "list_id", "row"])[["list_id", "date", "name", "standing", "why"]].reset_index(
        drop=True)
