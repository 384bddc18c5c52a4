"""The cards that set every published count beside the record's own under the nearest rule, and their numbers."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ..counting import published
from ..counting.published import OURS_ONLY, THEIRS_ONLY
from ..counting.reading import Reading
from ..figures.card import Card, Column
from ..figures.forms.beside import counts_beside
from ..wording import dates
from ..wording import numbers as worded
from . import headlines
from .common import known, unless_empty

# Rows from each end that stand on the page before the table is opened.
ENDS = 3
# Pairs of counts that the description of a picture names.
WIDEST = 3
NO_ROWS = "their rows are not published"
READING = "Arrow: at least, or at most."
# What stands before the names of events that only one of two lists has.
SIDES = {OURS_ONLY: "Only here", THEIRS_ONLY: "Only there"}
# Of whom the prose says how the rule moved, by the ids of the counts.
MOVED = {"moved_first": "csis-2005-2021", "moved_then": "csis-2003-2022-06", "moved_last": "csis-2003-2024-09"}
SMALLEST = "iiss-2003-2022"


def beside_table(beside: pd.DataFrame, gap_events: pd.DataFrame) -> pd.DataFrame:
    """`published.beside_ours` of comparable counts with a label, their figure in words and the gap by name."""
    table = beside[beside["is_comparable"]].reset_index(drop=True)
    names, label = _by_name(gap_events), table["counter"].str[:1].str.upper() + table["counter"].str[1:]
    label += ", " + table["period"]
    is_told_apart = label.duplicated(keep=False) & table["query"].str.contains("frameworks=bilateral(?:&|$)")
    return table.assign(
        label=label.mask(is_told_apart, label + ", the two alone"), low=table["theirs_low"], high=table["theirs_high"],
        theirs=[figure(*pair) for pair in zip(table["theirs_low"], table["theirs_high"], strict=True)],
        names=[_of_gap(row, names) for row in table.itertuples()])


def figure(low: float, high: float) -> str:
    """A published count as it was said: 113, 78 or more, at most 12, 5 to 7."""
    if pd.isna(high):
        return f"{worded.count(low)} or more"
    return f"at most {worded.count(high)}" if pd.isna(low) else worded.span(low, high)


def _by_name(gap_events: pd.DataFrame) -> dict[str, str]:
    """The events that only one side has, in words, by count."""
    rows = gap_events[gap_events["side"].isin(SIDES)]
    said = rows["name"] + ", " + rows["start_date"].str[:4]
    listed = said.groupby([rows["count_id"], rows["side"]]).agg("; ".join).reset_index(name="names")
    listed["names"] = listed["side"].map(SIDES) + ": " + listed["names"]
    return listed.groupby("count_id")["names"].agg(". ".join).to_dict()


def _of_gap(row, names: dict[str, str]) -> str:
    """The events in the gap of one count by name, or why they cannot be named."""
    return names.get(row.count_id) or (NO_ROWS if row.gap else "no gap")


COLUMNS = {"counter": Column("Who counted"), "period": Column("Period"),
           "what_is_counted": Column("What they say they counted"), "theirs": Column("Their count"),
           "ours": Column("Our count"), "gap": Column("Gap, ours less theirs"),
           "names": Column("Events in the gap"), "rule": Column("Our nearest rule"), "why": Column("Why this rule"),
           "rule_change": Column("Did their rule change", blank="not known")}


def totals_card(beside: pd.DataFrame, gap_events: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """Counts of all joint activity beside ours; beside: `published.beside_ours`."""
    table = beside_table(beside[~published.of_series(beside)], gap_events)
    most = table.iloc[0]
    title = headlines.beside_theirs(most["low"], most["ours"])
    near, below = int((table["gap"] == 0).sum()), int((table["gap"] < 0).sum())
    subtitle = f"Published counts of joint activity, and ours of the same period. Record as of {dates.day(as_of)}."
    n_apart = int((~beside["is_comparable"]).sum())
    note = (f"Of {worded.plural(len(table), 'count')} {headlines.some(near).lower()} "
            f"{'agrees' if near == 1 else 'agree'} with ours and {headlines.some(below).lower()} "
            f"{'is' if below == 1 else 'are'} higher. Each rule of ours is the nearest that our switches allow to the "
            "counter's own words, chosen by those words and not by the gap. Where their rows are not published, the "
            f"events in the gap cannot be named. Left out: {worded.plural(n_apart, 'count')} of something else. "
            f"{READING} Source: Joint Drills, published_counts.csv and nearest_rules.csv.")
    return _card("published-counts", title, subtitle, note, table)


def series_card(beside: pd.DataFrame, gap_events: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """Counts of single series beside ours; beside: `published.beside_ours`."""
    table = beside_table(beside[published.of_series(beside)], gap_events)
    near, wide = int((table["gap"] == 0).sum()), int(table["gap"].abs().max()) if len(table) else 0
    title = headlines.on_series(near, len(table), wide)
    subtitle = f"Editions of a series, by its latest count and in this record. Record as of {dates.day(as_of)}."
    note = ("Earlier counts are in the table. Ministries number their patrols, so that all these counts are of the "
            "same few events. Where numbers differ, one side counts parts of an edition apart, or leaves one out. "
            f"{READING} Source: Joint Drills, published_counts.csv and nearest_rules.csv.")
    return _card("published-series", title, subtitle, note, table, latest)


def latest(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of counts of series that end last, one for each counter and series."""
    series = table["query"].str.extract(r"series=([^&]+)")[0]
    last = table.assign(series=series).sort_values("end", kind="stable").groupby(["counter", "series"]).tail(1)
    return table.loc[table.index.isin(last.index)]


def _card(card_id: str, title: str, subtitle: str, note: str, table: pd.DataFrame,
          drawn: Callable[[pd.DataFrame], pd.DataFrame] = pd.DataFrame.copy) -> Card:
    """A card of counts beside ours; drawn: picks the rows that the picture shows."""
    shown = drawn(table)
    widest = shown.loc[shown["gap"].abs().sort_values(ascending=False, kind="stable").index].head(WIDEST)
    alt = f"{len(shown)} pairs of counts, the highest on top. The widest gaps: " + "; ".join(
        f"{row.label}: theirs {row.theirs}, ours {worded.count(row.ours)}" for row in widest.itertuples()) + "."

    def draw(layout, rows):
        return counts_beside(layout, drawn(rows), theirs="As published", ours="This record, nearest rule",
                             value_label="Events")

    return Card(card_id, title, subtitle, note, alt, table, COLUMNS, draw, READING, ends=ENDS)


def has_counts(reading: Reading, are_of_series: bool) -> bool:
    """Whether the record has a comparable count by others, of single series or of all joint activity."""
    beside = reading.beside_ours
    return (beside["is_comparable"] & (published.of_series(beside) == are_of_series)).any()


@unless_empty("published-counts", "No published count of all joint activity is in the record",
              lambda reading: has_counts(reading, are_of_series=False))
def totals(reading: Reading) -> Card:
    """Every count of all joint activity beside ours."""
    return totals_card(reading.beside_ours, reading.gap_events, reading.as_of)


@unless_empty("published-series", "No published count of a series is in the record",
              lambda reading: has_counts(reading, are_of_series=True))
def series(reading: Reading) -> Card:
    """Every count of one series beside ours."""
    return series_card(reading.beside_ours, reading.gap_events, reading.as_of)


def numbers(reading: Reading) -> dict[str, str]:
    """The numbers of the prose on published counts by name, as finished words."""
    beside = reading.beside_ours
    long = published.totals(beside, reading.as_of)
    rows = beside.set_index("count_id")
    said = {name: _pair(rows, count_id) for name, count_id in (MOVED | {"smallest": SMALLEST}).items()}
    return {"n_counts": worded.count(len(beside)), "n_counters": worded.count(beside["counter"].nunique()),
            "least": known(long["theirs_low"].min(), worded.count, "no number"),
            "most": known(long["theirs_low"].max(), worded.count, "no number"),
            "ours": worded.count(len(reading.counted)), "long": worded.count(published.LONG), **said}


def _pair(rows: pd.DataFrame, count_id: str) -> str:
    """A published count and ours: 78 or more, from 2003 to June 2022, where the record has 54."""
    if count_id not in rows.index:
        return "not in the record"
    row = rows.loc[count_id]
    ours = known(row["ours"], worded.count, "no count")
    return f"{figure(row['theirs_low'], row['theirs_high'])}, {row['period']}, where the record has {ours}"
