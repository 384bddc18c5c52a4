"""What the record may miss: how much of what others list it has, and the searches that were made. Pure.

The lists overlap and were partly used to find events, so their shares are no estimate of what is missing altogether.
"""

from __future__ import annotations

import pandas as pd

from ..record.days import year_of

# Standings of a row of theirs that the record has, as an event or as part of one; what lies outside the subject is no
# lack, whoever lists it.
HAS = ("in_record", "part_of_other")
OUT_OF_SUBJECT = ("out_of_scope", "only_one_took_part")
# Results of a search, those that say most of what is missing first.
RESULTS = ("nothing_found", "found", "out_of_scope")


def recall(lists: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Every list of which a row was read, as `frames.Recall` says; lists, entries: outside_lists and outside_rows."""
    standing = entries["standing"]
    groups = pd.DataFrame({"list_id": entries["list_id"], "readable": 1, "have": standing.isin(HAS),
                           "outside": standing.isin(OUT_OF_SUBJECT)}).groupby("list_id").sum()
    frame = lists[["list_id", "name", "keeper", "source_id", "is_complete"]].assign(stated=lists["n_rows_stated"])
    frame = frame.merge(groups.reset_index(), on="list_id", validate="one_to_one")
    frame["missing"] = frame["readable"] - frame["have"] - frame["outside"]
    frame["share"] = (frame["have"] / (frame["have"] + frame["missing"])).astype(float)
    return frame.sort_values(["readable", "list_id"], ascending=[False, True], ignore_index=True)


def without_event(lists: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Every row of theirs that the record has not, by list and date: list_id, list (its name), row, date, year, name,
    standing, why, source_id (NA where the page of the list settles it)."""
    rows = entries[~entries["standing"].isin(HAS)]
    rows = rows.assign(year=year_of(rows["date"]), list=rows["list_id"].map(lists.set_index("list_id")["name"]))
    columns = ["list_id", "list", "row", "date", "year", "name", "standing", "why", "source_id"]
    return rows.sort_values(["list_id", "date", "row"], ignore_index=True)[columns]


def searches(made: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Every search, those that found nothing first, then by what was looked for.

    made, series: searches.csv and series.csv. Columns: search_id, what (the series, the waters, or both),
    period_start, period_end, languages (tuple of codes), n_languages, result, looked_at, searched_on, note.
    """
    name = made["series"].map(series.set_index("series_id")["name"])
    both = name.str.cat(made["waters"], sep=": ")
    rank = made["result"].map({result: number for number, result in enumerate(RESULTS)})
    table = made.assign(what=both.fillna(name).fillna(made["waters"]), n_languages=made["languages"].map(len),
                        rank=rank).sort_values(["rank", "what", "period_start"], ignore_index=True)
    return table[["search_id", "what", "period_start", "period_end", "languages", "n_languages", "result", "looked_at",
                  "searched_on", "note"]]
