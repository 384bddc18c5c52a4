"""The card on what was looked for and not found. Imports no other chapter."""

from __future__ import annotations

import pandas as pd

from ..counting import recall as counted
from ..counting.reading import Reading
from ..figures.card import Card, Column
from ..figures.forms.bars import stacked
from ..figures.keys import Series
from ..wording.countries import language
from ..wording.dates import as_of_words, date, period
from . import headlines
from .common import unless_empty

RESULTS = (Series("nothing_found", "Nothing found", "accent", "xx"), Series("found", "Found", "both"),
           Series("out_of_scope", "Seen, but no event of this record", "other", "///"))


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
    subtitle = f"Searches for events, by the number of languages in which they were made. {as_of_words(as_of)}"
    note = ("That nothing was found says something about the search, never about the world: pages that could not be "
            "reached may hold more. The words asked for and the places looked at are in the table. Beside the bars: "
            "the languages, as codes. Source: Joint Drills, searches.csv.")
    alt = "Bars. Nothing was found for: " + "; ".join(f"{row.what}, {row.period}" for row in empty.itertuples()) + "."

    def draw(layout, rows):
        return stacked(layout, rows, RESULTS, label="what", text="printed", value_label="Languages")

    columns = {"what": Column("Looked for"), "period": Column("Period"), "tongues": Column("Languages"),
               "said": Column("Result"), "looked_at": Column("Where, and with which words"),
               "on": Column("Searched on"), "note": Column("Note", blank="none")}
    return Card("evidence-searches", title, subtitle, note, alt, table, columns, draw)


@unless_empty("evidence-searches", "No search is in the record",
              lambda reading: len(reading.searches) > 0)
def searches(reading: Reading) -> Card:
    """The searches that were made."""
    return searches_card(reading.searches, reading.as_of)
