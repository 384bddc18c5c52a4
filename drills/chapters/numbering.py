"""The card on the numbers that sources give to the editions of a series."""

from __future__ import annotations

import pandas as pd

from ..counting import editions
from ..counting.reading import Reading
from ..figures.card import Card, Column
from ..figures.forms.panels import PRESS, draw_numbers, panels
from ..wording import dates
from ..wording.numbers import plural
from ..wording.values import COUNTS, short
from . import headlines
from .common import FIRST_DAY, in_words, unless_empty

KINDS = {"official_ru": "Russian authority", "official_cn": "Chinese authority",
         "official_other": "Authority of another state"}
THINGS = {editions.SCO: ", as exercises of the SCO"}
NOBODY = "no number found"


def in_panels(table: pd.DataFrame) -> pd.DataFrame:
    """`editions.numbering` with who speaks, in words, and the panel of each row."""
    kind = table["claimant_kind"].map(KINDS).fillna(PRESS).where(table["number"].notna(), NOBODY)
    panel = table["series"].map(short).astype("str") + table["thing"].map(THINGS).fillna("")
    return table.assign(kind=kind, panel=panel)


def edition_numbers_card(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """The number that each speaker gives each edition, beside the record's count; table: `editions.numbering`."""
    found, table = editions.contradictions(table), in_panels(table)
    shown = panels(table)
    table["thing"] = table["thing"].map(COUNTS)
    title = headlines.numbered(found["contested"], found["several"])
    subtitle = f"The number that each speaker gives an event of a series. Record as of {dates.day(as_of)}."
    reading = ("Events in order, named by the last two digits of the year. Grey line: the record's own count of "
               "editions held.")
    elsewhere = (f"In the table alone: {plural(found['elsewhere'], 'number')} of something else. "
                 if found["elsewhere"] else "")
    note = (f"Somebody numbers {plural(found['numbered'], 'event')}; two or more speakers number {found['several']} of "
            f"them. {plural(found['shared'], 'number stands', 'numbers stand')} for two or more editions of the same "
            "series. Drawn: series in which a number differs from another or from the record's count, whatever became "
            "of the event. Exercises of the Shanghai Cooperation Organisation (SCO) are apart. "
            f"{elsewhere}Third parties' series, and a country's count of its own part, are left out. {reading} Source: "
            "Joint Drills, claims.csv.")
    alt = f"{shown['panel'].nunique()} panels. Events with different numbers: " + " ".join(
        f"{name}: {in_words(group)}." for name, group in table[table["n_numbers"] > 1].groupby(
            "name", sort=False)) + " Other numbers are in the table."
    columns = {"series": Column("Series"), "name": Column("Event"), "start_date": FIRST_DAY,
               "thing": Column("What is numbered"), "own": Column("Record's count", blank="not counted"),
               "number": Column("Number given", blank=NOBODY), "claimant": Column("By", blank=NOBODY),
               "kind": Column("Kind"), "stage": Column("Said when", blank=NOBODY),
               "note": Column("Note", blank="none")}
    return Card("edition-numbers", title, subtitle, note, alt, table, columns, draw_numbers, reading)


@unless_empty("edition-numbers", "Nobody disagrees on the number of an edition",
              lambda reading: len(panels(in_panels(reading.numbering))) > 0)
def edition_numbers(reading: Reading) -> Card:
    """The numbers that claimants give to editions."""
    return edition_numbers_card(reading.numbering, reading.as_of)
