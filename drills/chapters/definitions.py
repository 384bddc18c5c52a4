"""The cards of the chapter on definitions that need no count of others: what survives every choice, and recall."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..counting.curve import SINCE
from ..counting.reading import Reading
from ..counting.recall import OUT_OF_SUBJECT
from ..counting.switches import FRAMEWORKS, KINDS
from ..counting.trends import STATED_DATES
from ..figures.card import Card, Column
from ..figures.forms.bars import ranked, stacked
from ..figures.forms.curves import specification_curve
from ..figures.keys import Series
from ..wording import dates
from ..wording import numbers as worded
from . import headlines
from .common import LEVEL, known, unless_empty

# The definition that the curve points out: the default, in the years that others count.
DEFAULT_SINCE = "from=2003"
# What the choices of the curve are called, by column of its frame: a value as text to the label of its row.
CHOICES: dict[str, dict[Any, str]] = {
    "what": {"core held": "Both took part", "core,wider held": "Wider events too",
             "core,wider held,disputed": "Disputed ones too"},
    "kinds": {"exercise,patrol,command_post": "No competitions", ",".join(KINDS): "Every kind",
              "exercise,command_post": "No patrols either", "exercise": "Field exercises only"},
    "frameworks": {",".join(FRAMEWORKS): "Whoever ran it",
                   ",".join(name for name in FRAMEWORKS if name != "third_party"): "Not third parties'",
                   "bilateral,sco": "The two alone or the SCO", "bilateral": "The two alone"},
    "military-only": {"no": "Police and border troops too", "yes": "Armed forces only"},
    "merged": {"no": "Parts counted apart", "yes": "Parts with the whole"},
    "min-publishers": {"1": "One house is enough", "2": "Two houses at least", "3": "Three houses at least"},
    "from": {choice["start"]: f"Since {choice['start']}" for choice in SINCE},
}
# Rows from each end of a table that stand on the page before it is opened.
SHOWN = 3
CRIMEA, INVASION = STATED_DATES.values()
TICKS = (0.8, 0.9, 1.0, 1.1, 1.2)
GROWING, UNCLEAR = "Growth is clear", "No change is possible"
STANDINGS = (Series("have", "In the record", "both"), Series("missing", "Missing", "accent", "///"),
             Series("outside", "Outside the subject", "other", "xx"))


def curve_table(curve: pd.DataFrame) -> pd.DataFrame:
    """`counting.curve` with column what (tiers and statuses), a name for each definition, and changes in per cent."""
    table = curve.assign(what=curve["tiers"] + " " + curve["statuses"])
    labels = pd.DataFrame({column: table[column].map(values) for column, values in CHOICES.items()})
    usual = {column: next(iter(values)) for column, values in CHOICES.items() if column != "from"}
    departs = pd.DataFrame({column: labels[column].where(table[column] != value)
                            for column, value in usual.items()}).assign(since=labels["from"])
    name = departs.apply(lambda row: "; ".join(row.dropna()), axis=1)
    return table.assign(
        name=name.where(departs[list(usual)].notna().any(axis=1), "Default definition; " + name),
        change=[worded.percent_change(value) for value in table["ratio"]],
        interval=[worded.percent_range(*ends) for ends in zip(table["low"], table["high"], strict=True)],
        **{f"times_{date}": [times(*row) for row in table[[f"{one}_{date}" for one in ("ratio", "low", "high")]].values]
           for date in STATED_DATES.values()})


def times(ratio: float, low: float, high: float) -> str:
    """A ratio of rates with its interval: 1.8 (1.1 to 3.1)."""
    return f"{worded.decimal(ratio)} ({worded.decimal(low)} to {worded.decimal(high)})"


def curve_card(curve: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """The yearly change under every definition that makes sense, sorted; curve: `counting.curve`."""
    table = curve_table(curve)
    growing, shrinking = int(curve["is_growing"].sum()), int(curve["is_shrinking"].sum())
    title = headlines.every_way(growing, shrinking, len(curve))
    subtitle = f"Change a year in the number of events, by every way of counting. Record as of {dates.day(as_of)}."
    reading = f"Line: {LEVEL} interval of one fit to complete years (quasi-Poisson). Strokes below: what is counted."
    note = ("Growth is clear where the interval leaves out no change. Every way counts other events than the rest, but "
            "they share most of them: their number says how much the choice matters and is no test. "
            f"{reading} Source: Joint Drills, events.csv.")
    ends = [f"{row.name_}, {row.change} a year" for row in
            table.rename(columns={"name": "name_"}).iloc[[0, -1]].itertuples()]
    alt = (f"{len(table)} estimates with their intervals, sorted, from {ends[0].rsplit(', ', 1)[1]} to "
           f"{ends[1].rsplit(', ', 1)[1]}, and below them a matrix of what each counts. "
           f"Lowest: {ends[0]}. Highest: {ends[1]}.")
    named = table.index[table["query"] == DEFAULT_SINCE]
    pointed = (named[0] if len(named) else None, "Default definition")

    def draw(layout, rows):
        return specification_curve(
            layout, rows.assign(value=rows["ratio"]), choices=CHOICES, no_change=1, ticks=TICKS,
            tick_labels=[worded.percent_change(tick) for tick in TICKS], value_label="Change a year",
            named=pointed, keys=(GROWING, UNCLEAR))

    columns = {"name": Column("Definition"), "n_events": Column("Events fitted"), "change": Column("Change a year"),
               "interval": Column(f"{LEVEL} interval"),
               f"times_{CRIMEA}": Column(f"Rate after {dates.date(CRIMEA[:7])}, times"),
               f"times_{INVASION}": Column(f"Rate after {dates.date(INVASION[:7])}, times")}
    return Card("definition-curve", title, subtitle, note, alt, table, columns, draw, reading, ends=SHOWN)


def by_choice(curve: pd.DataFrame) -> pd.DataFrame:
    """For each choice of a switch, in how many definitions that make it growth is clear.

    Columns: switch (a key of CHOICES), choice (its label), growing, unclear, total, share (per cent), text.
    """
    table = curve.assign(what=curve["tiers"] + " " + curve["statuses"])
    groups = [(column, label, table.loc[table[column] == value, "is_growing"])
              for column, values in CHOICES.items() for value, label in values.items()]
    rows = [(column, label, int(growing.sum()), len(growing)) for column, label, growing in groups]
    frame = pd.DataFrame(rows, columns=["switch", "choice", "growing", "total"])
    frame = frame[frame["total"] > 0].reset_index(drop=True)
    text = [f"{worded.count(row.growing)} of {worded.count(row.total)}" for row in frame.itertuples()]
    return frame.assign(unclear=frame["total"] - frame["growing"], share=100 * frame["growing"] / frame["total"],
                        text=text)


def by_choice_card(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """Which choices decide whether growth is clear; table: `by_choice`."""
    least = table.loc[table["share"].idxmin()]
    title = headlines.least_clear(least["choice"], least["growing"], least["total"])
    subtitle = f"Ways of counting that make each choice and show clear growth. Record as of {dates.day(as_of)}."
    note = ("Growth that is not clear may still be there: a count that begins later has fewer years, and its trend is "
            "known less exactly. Each way of counting stands in one row of every group. Source: Joint Drills, "
            "events.csv.")
    alt = "Bars: " + "; ".join(f"{row.choice}, {row.text}" for row in table.itertuples()) + "."

    def draw(layout, rows):
        return ranked(layout, rows, label="choice", value="share", text="text",
                      value_label="Share of definitions with clear growth")

    columns = {"choice": Column("Choice"), "growing": Column(GROWING), "unclear": Column(UNCLEAR),
               "total": Column("Definitions"), "share": Column("Share with clear growth", "%")}
    return Card("definition-choices", title, subtitle, note, alt, table, columns, draw, ends=SHOWN)


def recall_table(lists: pd.DataFrame, absent: pd.DataFrame) -> pd.DataFrame:
    """`recall.recall` in words, with the rows that the record lacks by name and why; absent: `recall.without_event`."""
    lacking = absent[~absent["standing"].isin(OUT_OF_SUBJECT)]
    named = (lacking["name"] + " (" + lacking["year"].astype(str) + "): " + lacking["why"]).groupby(
        lacking["list_id"]).agg("; ".join)
    printed = [f"{have} of {have + missing}" for have, missing in zip(lists["have"], lists["missing"], strict=True)]
    return lists.assign(label=lists["name"] + ", " + lists["keeper"], names=lists["list_id"].map(named),
                        printed=printed)


def recall_card(lists: pd.DataFrame, absent: pd.DataFrame, n_closed: int, as_of: pd.Timestamp) -> Card:
    """What became of the rows of lists that others publish; n_closed: lists of which no row could be read."""
    table = recall_table(lists, absent)
    have, missing = int(table["have"].sum()), int(table["missing"].sum())
    title = headlines.recalled(have, have + missing)
    lacking = int((table["missing"] > 0).sum())
    subtitle = f"Entries of the lists that have one which the record lacks. Record as of {dates.day(as_of)}."
    note = (f"Drawn are {worded.count(lacking)} of {worded.plural(len(table), 'list')}; the others are in the table. "
            "Missing: no page seen names both states, or the entry was left out for the reason given there. One event "
            "can stand in several lists, and some lists were used to find events. The entries of "
            f"{worded.plural(n_closed, 'more list')} are not published. Source: Joint Drills, outside_lists.csv and "
            "outside_rows.csv.")
    alt = "Stacked bars: " + "; ".join(f"{row.label}: {row.have} here, {row.missing} missing, {row.outside} outside "
                                       f"the subject" for row in table[table["missing"] > 0].itertuples()) + "."

    def draw(layout, rows):
        return stacked(layout, rows[rows["missing"] > 0], STANDINGS, label="label", text="printed",
                       value_label="Entries of the list")

    columns = {"label": Column("List"), "stated": Column("Entries it says it has", blank="not said"),
               "readable": Column("Entries read"), "is_complete": Column("Read in full"),
               "have": Column("In the record"), "missing": Column("Missing"),
               "outside": Column("Outside the subject"),
               "names": Column("What is missing, and why", blank="nothing")}
    return Card("outside-recall", title, subtitle, note, alt, table, columns, draw, ends=SHOWN)


@unless_empty("definition-curve", "No definition counts enough events for a trend",
              lambda reading: len(reading.curve) > 0)
def curve(reading: Reading) -> Card:
    """The trend under every definition that makes sense."""
    return curve_card(reading.curve, reading.as_of)


@unless_empty("definition-choices", "No definition counts enough events for a trend",
              lambda reading: len(reading.curve) > 0)
def choices(reading: Reading) -> Card:
    """Which choices decide whether growth is clear."""
    return by_choice_card(by_choice(reading.curve), reading.as_of)


@unless_empty("outside-recall", "No list of others names an event that is missing here",
              lambda reading: (reading.recall["missing"] > 0).any())
def recall(reading: Reading) -> Card:
    """Rows of others' lists, and what became of them."""
    return recall_card(reading.recall, reading.without_event, len(reading.record.outside_lists) - len(reading.recall),
                       reading.as_of)


def numbers(reading: Reading) -> dict[str, str]:
    """The numbers of the prose on what survives and on recall by name, as finished words."""
    curve, lists = reading.curve, reading.recall
    unclear, usual = curve[~curve["is_growing"]], curve[curve["query"] == DEFAULT_SINCE]
    change = known(usual["ratio"].max(), lambda ratio: worded.percent_change(ratio).lstrip("+"), "an unknown rate")
    since, named = max(CHOICES["from"]), {"crimea": CRIMEA, "invasion": INVASION}
    return {"n_definitions": worded.count(len(curve)),
            "n_growing": worded.count(curve["is_growing"].sum()), "n_unclear": worded.count(len(unclear)),
            "n_shrinking": worded.count(curve["is_shrinking"].sum()) if curve["is_shrinking"].any() else "none",
            "since": since, "n_unclear_since": worded.count((unclear["from"] == since).sum()), "default_change": change,
            **{f"more_{name}": worded.count((curve[f"low_{date}"] > 1).sum()) for name, date in named.items()},
            **{name: dates.date(date[:7]) for name, date in named.items()},
            "n_missing": worded.count(lists["missing"].sum()),
            "n_belongs": worded.count(lists["have"].sum() + lists["missing"].sum()),
            "n_lists": worded.count(len(lists)), "n_no_patrols": _clear(curve, "kinds", "exercise,command_post"),
            "n_two_houses": _clear(curve, "min-publishers", "2"), "as_of": dates.day(reading.as_of)}


def _clear(curve: pd.DataFrame, column: str, value: str) -> str:
    """In how many definitions with a value of a switch growth is clear: 48 of 123."""
    chosen = curve[curve[column] == value]
    return f"{worded.count(chosen['is_growing'].sum())} of {worded.count(len(chosen))}"
