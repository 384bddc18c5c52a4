"""The cards on what sources disagree about and what they leave open."""

from __future__ import annotations

import pandas as pd

from ..counting import definitions
from ..counting.estimates import TOLERANCE
from ..counting.reading import Reading
from ..figures.card import Card, Column
from ..figures.forms.bars import stacked
from ..figures.forms.marks import dated_rows, ratio_rows
from ..figures.keys import Series
from ..wording import numbers
from ..wording.dates import as_of_words
from ..wording.estimates import figure
from ..wording.values import SCOPES, measure_name
from . import headlines
from .common import EVENT, FIRST_DAY, counted, labelled, stated, unless_empty

DISPUTE = (Series("disputed", "Disputed", "accent", "xx"), Series("undisputed", "Not disputed", "other"))
EARLY = {True: ", assessed beforehand", False: ""}
APART = {"Ranges do not meet": ("D", "accent", True), "Ranges meet": ("D", "other", False)}


def conflicts_card(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """How far assessed figures are from official ones; table: `coverage.official_against_assessed`."""
    sides = {f"{side}_text": [figure(*row) for row in table[
        [f"{side}_{part}" for part in ("low", "best", "high", "sign")]].itertuples(index=False)]
        for side in ("official", "assessed")}
    what = table["measure"].map(measure_name).str.lower() + ", " + table["scope"].map(SCOPES).fillna(table["scope"])
    table = labelled(table).assign(**sides, what=what, stages=table["official_stage"] + " / " + table["assessed_stage"],
                         group=table["is_apart"].map(dict(zip((True, False), APART, strict=True))))
    differ = table[table["ratio"] != 1].sort_values("ratio", kind="stable")
    n_equal, n_apart = len(table) - len(differ), int(table["is_apart"].sum())
    gap = table["ratio"].where(table["ratio"] > 1, 1 / table["ratio"])
    widest = [f"{row.label} ({row.what}): {numbers.count(row.official_best)} official, "
              f"{numbers.count(row.assessed_best)} assessed" for row in table[gap == gap.max()].itertuples()]
    title = headlines.agree(n_equal, len(table))
    subtitle = f"The best figure of others divided by the best official one. {as_of_words(as_of)}"
    reading = "Arrow: a figure of which only a bound is known."
    note = (f"{'Widest gap' if len(widest) == 1 else 'Widest gaps'}: {numbers.listing(widest)}. In "
            f"{headlines.some(n_apart).lower()} of {len(table)} pairs the two ranges do not meet. In the table alone: "
            f"{numbers.plural(n_equal, 'pair')} of equal figures. Official figures include those that the press "
            "repeats. Numbers in a series and figures for a part of an event are not compared. "
            f"{reading} Source: Joint Drills, claims.csv and rulings.csv.")
    alt = f"{len(differ)} rows on a log axis. " + " ".join(
        f"{row.label}, {row.what}: official {row.official_text}, assessed {row.assessed_text}, ratio {row.ratio:.2f}."
        for row in differ.itertuples(index=False)) + f" {n_equal} further figures are equal."
    early = (differ["assessed_stage"] == "planned") & (differ["official_stage"] != "planned")
    # an official lower bound is an upper bound of the ratio
    turned = differ["official_sign"].map({"≥": "≤", "≤": "≥", "": ""})
    shown = differ.assign(label=differ["label"] + ": " + differ["what"] + early.map(EARLY),
                          sign=differ["assessed_sign"].where(differ["assessed_sign"] != "", turned))

    def draw(layout, _):
        return ratio_rows(layout, shown, label="label", value="ratio", sign="sign", group="group", marks=APART,
                          ticks=(0.25, 0.5, 1, 2), tick_labels=("¼", "½", "equal", "× 2"),
                          value_label="Assessed / official (log scale)")

    columns = {"label": EVENT, "what": Column("Figure"), "official_text": Column("Official"),
               "assessed_text": Column("Assessed"), "ratio": Column("Assessed / official", decimals=2),
               "group": Column("Ranges"), "stages": Column("Stage, official / assessed")}
    return Card("evidence-conflicts", title, subtitle, note, alt, table, columns, draw, reading)


def disputed_card(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """Estimates with at least two claims that no one figure satisfies, by measure."""
    n_disputed, total = int(table["disputed"].sum()), int(table["total"].sum())
    table = table.assign(name=table["measure"].map(measure_name), printed=[
        f"{part} of {whole}" for part, whole in zip(table["disputed"], table["total"], strict=True)])
    shown = table[table["disputed"] > 0]
    title = headlines.disputed(n_disputed, total)
    subtitle = f"Estimates that rest on at least two statements. {as_of_words(as_of)}"
    note = (f"For troops {table.set_index('measure')['printed'].get('troops', 'none')}. Disputed: no one figure fits "
            f"all statements within {100 * TOLERANCE:.0f} %, or the official and the assessed range do not meet. "
            "Two statements may repeat one origin: not disputed does not mean confirmed. An estimate is made for each "
            "event, for what was counted and for whose it was. Measures without a disputed one are in the table alone. "
            "Source: Joint Drills, claims.csv and rulings.csv.")
    alt = "Stacked bars, disputed of all: " + ", ".join(f"{row.name} {row.printed}" for row in shown.itertuples()) + "."

    def draw(layout, _):
        return stacked(layout, shown, DISPUTE, label="name", text="printed", value_label="Estimates")

    columns = {"name": Column("Measure"), "disputed": Column("Disputed"), "undisputed": Column("Not disputed"),
               "total": Column("Estimates")}
    return Card("evidence-disputed", title, subtitle, note, alt, table, columns, draw)


def without_strength_card(table: pd.DataFrame, n_events: int, definition: definitions.Definition,
                          as_of: pd.Timestamp) -> Card:
    """Events for which no figure of strength was found; table: `coverage.without_strength`."""
    table = labelled(table).assign(mark="missing")
    searched = int(table["text"].notna().sum())
    title = headlines.unpublished(len(table), n_events)
    subtitle = f"Events without such a number, by year. {stated(definition, as_of)}"
    note = (f"For {headlines.some(searched).lower()} of {len(table)} the table says where it was looked for. A number "
            "may stand on pages "
            "that were not reached. Source: Joint Drills, claims.csv, and facts.csv on what was not published.")
    alt = "One mark for each event: " + "; ".join(f"{row.label} ({row.year})" for row in table.itertuples()) + "."
    first, last = int(table["year"].min()), as_of.year

    def draw(layout, rows):
        return dated_rows(layout, rows, label="label", year="year", first=first, last=last, mark="mark",
                          marks={"missing": ("o", "accent", False)})

    columns = {"label": EVENT, "start_date": FIRST_DAY,
               "text": Column("What was looked for, and where", blank="not looked for yet")}
    return Card("evidence-without-strength", title, subtitle, note, alt, table, columns, draw,
                counted=counted(definition))


@unless_empty("evidence-conflicts", "No figure is both official and assessed",
              lambda reading: len(reading.compared) > 0)
def conflicts(reading: Reading) -> Card:
    """How far assessed figures are from official ones."""
    return conflicts_card(reading.compared, reading.as_of)


@unless_empty("evidence-disputed", "No figures contradict each other",
              lambda reading: (reading.disputed["disputed"] > 0).any())
def disputed(reading: Reading) -> Card:
    """Estimates whose claims contradict each other."""
    return disputed_card(reading.disputed, reading.as_of)


@unless_empty("evidence-without-strength", "Every counted event has a figure of its strength",
              lambda reading: len(reading.without_strength) > 0)
def without_strength(reading: Reading) -> Card:
    """Counted events without a figure of strength."""
    return without_strength_card(reading.without_strength, len(reading.counted), definitions.DEFAULT, reading.as_of)
