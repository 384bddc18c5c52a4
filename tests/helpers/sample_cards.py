"""Cards to look at: a hostile one of made-up rows, and one of each of several forms from the record."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from drills.chapters import frequency, overview
from drills.counting import definitions, trends
from drills.counting.reading import Reading
from drills.figures.card import Card, Column
from drills.figures.forms import intervals
from drills.record import tables

HOSTILE = """<script>alert("1")</script> & 'two' </title></svg> $5 to $6"""
AS_OF = pd.Timestamp("2026-07-02")


def draw_rows(layout, table):
    return intervals.interval_rows(layout, table, label="name", value="value", low="low", high="high",
                               value_label=HOSTILE, reference=1, ticks=(0.5, 1, 2), tick_labels=("½", "1", "2"))


TABLE = pd.DataFrame({"name": [HOSTILE, "b"], "value": [1.11, 1.5], "low": [0.9, np.nan], "high": [1.3, 2.0],
                      "troops": [12345.0, np.nan], "year": [2024, 2025], "place": [HOSTILE, ""], "hidden": [1, 2]})
COLUMNS = {"name": Column(HOSTILE, unit=HOSTILE), "value": Column("Value", decimals=1),
           "low": Column("Low", decimals=1), "troops": Column("Troops", blank="not published"),
           "year": Column("Year", is_year=True), "place": Column("Place")}
CARD = Card("hostile", HOSTILE + " title", HOSTILE + " subtitle", HOSTILE + " note", HOSTILE + " alt",
            TABLE, COLUMNS, draw_rows)


@cache
def real_cards() -> list[Card]:
    """One card of every form, from the record itself; no test may change them."""
    record = tables.load()
    events, default = definitions.select(record.events), definitions.DEFAULT
    per_year = trends.events_per_year(events, 2003, record.as_of.year)
    days = trends.days_per_year(events, 2003, record.as_of.year)
    rates = trends.compare_rates(events, trends.STATED_DATES, "2003-01-01", "2025-12-31")
    return [overview.timeline(Reading(record)),
            frequency.events_per_year_card(per_year, default, record.as_of),
            frequency.days_per_year_card(days, default, record.as_of),
            frequency.rate_changes_card(rates, default, record.as_of),
            frequency.events_per_month_card(trends.events_per_month(events), default, record.as_of)]


@cache
def pages() -> dict[str, str]:
    """HTML by card, drawn once."""
    return {card.card_id: card.html() for card in [CARD, *real_cards()]}
