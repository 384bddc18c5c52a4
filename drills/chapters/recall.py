"""The cards on what the record may miss: lists that others keep, and searches that came back empty.

Imports no other chapter, so that any may show them.
"""

from __future__ import annotations

import pandas as pd

from ..counting import recall as counted
from ..counting.reading import Reading
from ..figures.card import Card, Column
from ..figures.forms.bars import stacked
from ..figures.keys import Series
from ..wording import numbers as worded
from ..wording.countries import language
from ..wording.dates import as_of_words, date, period
from . import headlines

FATES = (Series("listed", "In the record", "both"), Series("missing", "Missing from it", "accent", "xx"),
         Series("outside", "Not of both states", "other", "///"))
RESULTS = (Series("nothing_found", "Nothing found", "accent", "xx"), Series("found", "Found", "both"),
           Series("out_of_scope", "Seen, but no event of this record", "other", "///"))


def outside_lists_card(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """What became of the entries of other people's lists; table: `counting.recall.by_list`."""
    sums = table[["readable", *counted.FATES]].sum()
    table = table.assign(
        period=[period(start, end) for start, end in zip(table["period_start"], table["period_end"], strict=True)],
        whole=table["is_complete"].map({True: "yes", False: "no"}),
        printed=[f"{listed} of {listed + missing}" if listed + missing else "none of both states"
                 for listed, missing in zip(table["listed"], table["missing"], strict=True)])
    shown = table[table["readable"] > 0]
    title = headlines.recall(int(sums["listed"]), int(sums["listed"] + sums["missing"]))
    subtitle = (f"Entries of lists that others keep and that could be read, by what became of each here; printed: in "
                f"the record, of those that may belong to it. {as_of_words(as_of)}")
    note = (f"Of {worded.plural(len(table), 'list')} {worded.count(len(shown))} could be read at least in part. An "
            "entry of several lists counts in each. Missing: no page seen says that both states were there, or it "
            "was left out for the reason in the table. Not of both states: only one was there, or it is no activity "
            "of armed, border or security forces. These lists are no full count either. "
            "Source: Joint Drills, outside_lists.csv and outside_rows.csv.")
    alt = "Stacked bars. " + " ".join(
        f"{row.name}: {row.readable} read, {row.listed} in the record, {row.missing} missing." for row in
        shown.itertuples(index=False))

    def draw(layout, rows):
        return stacked(layout, rows[rows["readable"] > 0], FATES, label="name", text="printed",
                       value_label="Entries read")

    columns = {"name": Column("List"), "keeper": Column("Kept by"), "period": Column("Period"),
               "whole": Column("Read whole"), "n_rows_stated": Column("Entries it has", blank="not stated"),
               "readable": Column("Entries read"), "listed": Column("In the record"), "missing": Column("Missing"),
               "outside": Column("Not of both states"), "entries": Column("Missing: which and why", blank="none")}
    return Card("outside-lists", title, subtitle, note, alt, table, columns, draw)


def searches_card(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """What was looked for, when and in which languages; table: `counting.recall.searches`."""
    labels = {one.column: one.label for one in RESULTS}
    table = table.assign(
        period=[period(start, end) for start, end in zip(table["period_start"], table["period_end"], strict=True)],
        tongues=[tuple(language(code) for code in codes) for codes in table["languages"]],
        said=table["result"].map(labels), on=table["searched_on"].map(date),
        printed=[", ".join(codes) for codes in table["languages"]],
        **{result: table["n_languages"].where(table["result"] == result, 0) for result in counted.RESULTS})
    empty = table[table["result"] == "nothing_found"]
    title = headlines.searched(len(empty), len(table))
    subtitle = (f"Searches for events of a series or in some waters, by the number of languages searched in, which are "
                f"printed as codes. {as_of_words(as_of)}")
    note = ("Nothing found is said of the search, never of the world: pages that could not be reached may tell more. "
            "Words asked for and places looked at are in the table. Source: Joint Drills, searches.csv.")
    alt = "Bars. Nothing was found for: " + "; ".join(f"{row.what}, {row.period}" for row in empty.itertuples()) + "."

    def draw(layout, rows):
        return stacked(layout, rows, RESULTS, label="what", text="printed", value_label="Languages")

    columns = {"what": Column("Looked for"), "period": Column("Period"), "tongues": Column("Languages"),
               "said": Column("Result"), "looked_at": Column("Where, and with which words"),
               "on": Column("Searched on"), "note": Column("Note", blank="none")}
    return Card("evidence-searches", title, subtitle, note, alt, table, columns, draw)


def outside_lists(reading: Reading) -> Card:
    """The entries of other people's lists."""
    return outside_lists_card(reading.recall, reading.as_of)


def searches(reading: Reading) -> Card:
    """The searches that were made."""
    return searches_card(reading.searches, reading.as_of)
