"""What the record may miss: the entries of lists that others keep, and the searches that were made. Pure.

Takes and gives frames; knows no file, no picture and no page. A list of others is no full count either, and an entry
that stands in several lists counts in each.
"""

from __future__ import annotations

import pandas as pd

# what became of an entry, gathered: in the record, missing from it, no event of its kind
STANDINGS = {"in_record": "listed", "part_of_other": "listed", "not_found": "missing", "not_entered": "missing",
             "out_of_scope": "outside", "only_one_took_part": "outside"}
FATES = ("listed", "missing", "outside")
RESULTS = ("nothing_found", "found", "out_of_scope")


def by_list(lists: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Every outside list with what became of its entries, the one with most readable entries first.

    lists, rows: outside_lists.csv and outside_rows.csv. Columns: list_id, name, keeper, period_start, period_end,
    is_complete, n_rows_stated (NaN where not stated), readable (entries that could be read), listed, missing and
    outside (STANDINGS; they add up to readable), entries (the missing ones by name with why, a tuple).
    """
    fate = rows.assign(fate=rows["standing"].map(STANDINGS))
    counts = pd.crosstab(fate["list_id"], fate["fate"]).reindex(index=lists["list_id"], columns=list(FATES),
                                                                fill_value=0)
    lost = fate[fate["fate"] == "missing"]
    said = (lost["name"] + " (" + lost["date"].fillna("no date") + "): " + lost["why"].fillna("no reason given"))
    entries = said.groupby(lost["list_id"]).agg(tuple).to_dict()
    table = lists[["list_id", "name", "keeper", "period_start", "period_end", "is_complete", "n_rows_stated"]].assign(
        readable=counts.sum(axis=1).to_numpy(), **{fate: counts[fate].to_numpy() for fate in FATES},
        entries=[entries.get(list_id, ()) for list_id in lists["list_id"]])
    return table.sort_values(["readable", "name"], ascending=[False, True], ignore_index=True)


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
