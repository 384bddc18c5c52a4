"""The cards of the chapter on definitions that need no count of others: what survives every choice, and recall."""

from __future__ import annotations

import pandas as pd

from ..counting import recall as recalled
from ..counting.reading import Reading
from ..counting.switches import FRAMEWORKS, KINDS
from ..counting.trends import STATED_DATES
from ..figures.card import Card, Column
from ..figures.forms.bars import ranked, stacked
from ..figures.forms.curves import ENDS, specification_curve
from ..figures.keys import Series
from ..wording import dates
from ..wording import numbers as worded
from .common import LEVEL

# The definition that the curve points out: the default, in the years that others count.
DEFAULT_SINCE = "from=2003"
# What the choices of the curve are called, by column of its frame: a value as text to the label of its row.
CHOICES = {
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
    "from": {"2003": "Since 2003", "2005": "Since 2005", "2012": "Since 2012"},
}
# What each choice decides, for a headline.
DECIDES = {"what": "how close an event must be", "kinds": "which kinds count", "frameworks": "whose events count",
           "military-only": "whether police counts", "merged": "how parts are counted",
           "min-publishers": "how many houses must report", "from": "where the count begins"}
CRIMEA, INVASION = STATED_DATES.values()
TICKS = (0.8, 0.9, 1.0, 1.1, 1.2)
GROWING, UNCLEAR = "Growth is clear", "No change is possible"
STANDINGS = (Series("here", "In the record", "both"), Series("missing", "Missing", "accent", "///"),
             Series("elsewhere", "Not of the subject", "other", "xx"))


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
    title = (f"Growth is clear in {worded.count(growing)} of {worded.count(len(curve))} ways of counting, "
             f"decline in {worded.count(shrinking) if shrinking else 'none'}")
    subtitle = (f"Change a year in the number of events, complete years, under every definition that counts other "
                f"events than the rest. Record as of {dates.day(as_of)}.")
    note = (f"Line: {LEVEL} interval of one fit (quasi-Poisson); growth is clear where it leaves out no change. The "
            f"definitions share most of their events, so their number says how much the choice matters and is no "
            f"test. Strokes below each line say what it counts. Source: Joint Drills, events.csv.")
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
               f"times_{CRIMEA}": Column("Rate after March 2014, times"),
               f"times_{INVASION}": Column("Rate after February 2022, times")}
    return Card("definition-curve", title, subtitle, note, alt, table, columns, draw, ends=ENDS)


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
    spread = table.groupby("switch")["share"].agg(lambda share: share.max() - share.min())
    least = table[table["switch"] == spread.idxmax()].sort_values("share").iloc[0]
    title = (f"What decides most is {DECIDES[spread.idxmax()]}: {least['choice'].lower()}, growth is clear in "
             f"{worded.count(least['growing'])} of {worded.count(least['total'])} ways")
    subtitle = (f"Ways of counting under which growth is clear, among those that make each choice. Record as of "
                f"{dates.day(as_of)}.")
    note = ("Each way of counting stands in one row of every group. Later years are fewer, so that their trend is "
            "known less exactly: growth that is not clear may still be there. Source: Joint Drills, events.csv.")
    alt = "Bars: " + "; ".join(f"{row.choice}, {row.text}" for row in table.itertuples()) + "."

    def draw(layout, rows):
        return ranked(layout, rows, label="choice", value="share", text="text",
                      value_label="Share of definitions with clear growth")

    columns = {"choice": Column("Choice"), "growing": Column(GROWING), "unclear": Column(UNCLEAR),
               "total": Column("Definitions"), "share": Column("Share with clear growth", "%")}
    return Card("definition-choices", title, subtitle, note, alt, table, columns, draw)


def recall_table(lists: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """`recall.by_list` of lists with rows to read, with a label and the missing rows by name and why."""
    absent = recalled.missing(rows)
    named = (absent["name"] + " (" + absent["date"].str[:4] + "): " + absent["why"]).groupby(absent["list_id"]).agg(
        "; ".join)
    shown = lists[lists["n_rows"] > 0].reset_index(drop=True)
    return shown.assign(label=shown["name"] + ", " + shown["keeper"], names=shown["list_id"].map(named))


def recall_card(lists: pd.DataFrame, rows: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """What became of the rows of lists that others publish; lists: `recall.by_list`, rows: the table outside_rows."""
    table = recall_table(lists, rows)
    here, belongs = int(table["here"].sum()), int(table["belongs"].sum())
    closed = len(lists) - len(table)
    title = (f"Of {worded.count(belongs)} entries of others' lists that may belong here, the record has "
             f"{worded.count(here)}")
    subtitle = (f"Rows of {worded.count(len(table))} lists that others keep, by what became of them. Record as of "
                f"{dates.day(as_of)}.")
    note = (f"Missing: no page seen names both states, or the row was left out for the reason in the table. One event "
            f"can stand in several lists. The rows of {worded.count(closed)} more lists are not published. Lists copy "
            f"from each other, so what is missing from all of them cannot be worked out from these numbers. Source: "
            f"Joint Drills, outside_lists.csv and outside_rows.csv.")
    alt = "Stacked bars: " + "; ".join(
        f"{row.label}: {row.here} of {row.belongs}" for row in table.itertuples() if row.belongs) + "."

    def draw(layout, rows):
        return stacked(layout, rows, STANDINGS, label="label", value_label="Rows of the list")

    columns = {"label": Column("List"), "n_rows": Column("Rows read"),
               "n_rows_stated": Column("Rows it says it has", blank="not said"),
               "is_complete": Column("Read in full"), "here": Column("In the record"), "missing": Column("Missing"),
               "elsewhere": Column("Not of the subject"),
               "names": Column("What is missing, and why", blank="nothing")}
    return Card("outside-recall", title, subtitle, note, alt, table, columns, draw)


def curve(reading: Reading) -> Card:
    """The trend under every definition that makes sense."""
    return curve_card(reading.curve, reading.as_of)


def choices(reading: Reading) -> Card:
    """Which choices decide whether growth is clear."""
    return by_choice_card(by_choice(reading.curve), reading.as_of)


def recall(reading: Reading) -> Card:
    """Rows of others' lists, and what became of them."""
    return recall_card(reading.recall, reading.record.outside_rows, reading.as_of)
