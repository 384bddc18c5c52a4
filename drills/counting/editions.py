"""Named series and their editions: when each was held, how long it paused, and which number sources give it. Pure.

Takes and gives frames; knows no file, no picture and no page. An edition is an event of a named series; the rest of
the record, `OTHER`, is no series.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ..record.days import decimal_year, first_day, last_day, year_of
from .definitions import DEFAULT, KINDS

OTHER = "other"
# Every edition held, whoever of the two only watched; a contest within larger games is no edition of its own.
HELD = replace(DEFAULT, tiers=("core", "wider"), kinds=KINDS, is_merged=True)
DAYS_IN_YEAR = 365.25
HELD_MARKS = ("counted", "patrol", "other")
# what a number counts, by the column `counts` of a claim; only these two are set against the record's own count
EDITION, SCO = "edition", "sco_exercise"
COMPARED = (EDITION, SCO)


def lines(series: pd.DataFrame) -> pd.Series:
    """Names, by series_id, of the series that are one exercise or patrol in editions that the record can count.

    Those that gather similar drills are left out, and those of third parties, of which it holds only what both
    attended.
    """
    is_line = ~series["is_gathered"] & (series["usual_framework"] != "third_party")
    return series[is_line].set_index("series_id")["name"]


def lanes(events: pd.DataFrame, series: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Every event of a named series in its lane, the series that was first planned or held on top.

    counted: events under the definition. Returns `frames.Lanes`: of the marks, counted and patrol are of held events in
    `counted`, other of further held ones.
    """
    listed = events[events["series"] != OTHER].sort_values(["start_date", "event_id"])
    is_counted = listed["event_id"].isin(counted["event_id"])
    held = np.where(is_counted, np.where(listed["kind"] == "patrol", "patrol", "counted"), "other")
    table = pd.DataFrame({
        "series_id": listed["series"], "series": listed["series"].map(series.set_index("series_id")["name"]),
        "event_id": listed["event_id"], "name": listed["name"], "start_date": listed["start_date"],
        "at": listed["start_date"].map(decimal_year), "mark": np.where(listed["status"] == "held", held,
                                                                       listed["status"])})
    first = table.groupby("series_id")["at"].transform("min")
    return table.assign(first=first).sort_values(["first", "series_id", "at", "event_id"],
                                                 ignore_index=True).drop(columns="first")


def recent(table: pd.DataFrame, since: int) -> int:
    """How many of the series in `lanes` have an edition that was held in the year `since` or later."""
    return table.loc[table["mark"].isin(HELD_MARKS) & (table["at"] >= since), "series_id"].nunique()


def counted_most(table: pd.DataFrame) -> pd.Series:
    """Counted editions of the series in `lanes` that have the most of them, by name of the series."""
    counts = table.loc[table["mark"].isin(["counted", "patrol"]), "series"].value_counts()
    return counts[counts == counts.max()].sort_index(kind="stable")


def gaps(held: pd.DataFrame, series: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """The longest pause of each series between two editions, its bilateral and multilateral editions apart.

    held: editions that were held. One row for each series and each of the two kinds that it has: bilateral, then
    multilateral, then those that are no `lines`, each with the longest pause on top. Columns: series_id, series,
    is_bilateral, is_line, editions, first and last (first days, partial dates), dates (all of them, joined by ';'),
    pause, pause_from, pause_to (decimal years), since. Pause and since are years; pause is NaN with one edition.
    A pause runs from the last day of an edition to the first of the next; a day that
    is not known is taken so that the pause is the shortest possible. since: from the end of the last to `as_of`.
    """
    named = held[held["series"] != OTHER].sort_values(["start_date", "event_id"])
    names = series.set_index("series_id")["name"]
    rows = [(series_id, names[series_id], is_bilateral, len(group), *_pauses(group, as_of))
            for (series_id, is_bilateral), group in named.groupby(["series", named["framework"] == "bilateral"])]
    table = pd.DataFrame(rows, columns=["series_id", "series", "is_bilateral", "editions", "first", "last", "dates",
                                        "pause", "pause_from", "pause_to", "since"])
    table.insert(3, "is_line", table["series_id"].isin(lines(series).index))
    return table.sort_values(["is_line", "is_bilateral", "pause", "series"], ascending=[False, False, False, True],
                             ignore_index=True)


def _pauses(group: pd.DataFrame, as_of: pd.Timestamp) -> tuple:
    """First, last and all dates, longest pause with its ends, and years since, of editions in order of date."""
    starts = group["start_date"].map(first_day)
    ends = group["end_date"].fillna(group["start_date"]).map(last_day).cummax()
    between = (starts.iloc[1:].reset_index(drop=True) - ends.iloc[:-1].reset_index(drop=True)).dt.days
    since = max((as_of - ends.iloc[-1]).days, 0) / DAYS_IN_YEAR
    dates = group["start_date"].tolist()
    if between.empty:
        return dates[0], dates[-1], dates[0], np.nan, np.nan, np.nan, since
    longest = int(between.idxmax())
    return (dates[0], dates[-1], ";".join(dates), max(int(between[longest]), 0) / DAYS_IN_YEAR,
            decimal_year(dates[longest]), decimal_year(dates[longest + 1]), since)


def of_patrols(events: pd.DataFrame, series: pd.DataFrame) -> pd.Series:
    """Whether each event is of a series of patrols."""
    return events["series"].isin(series.loc[series["kind"] == "patrol", "series_id"])


def beside(series: pd.DataFrame) -> set[str]:
    """The events that stand beside the editions of their series and are not counted among them."""
    return set(series["not_numbered"].explode().dropna())


def patrols(events: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Held joint patrols, by date.

    Columns: event_id, name, start_date, end_date, year, by (air or naval), place (sea areas), is_numbered.
    """
    here = events[of_patrols(events, series) & (events["status"] == "held")].sort_values(["start_date", "event_id"])
    return pd.DataFrame({"event_id": here["event_id"], "name": here["name"], "start_date": here["start_date"],
                         "end_date": here["end_date"], "year": year_of(here["start_date"]),
                         "by": np.where(here["domain"] == "air", "air", "naval"), "place": here["place"],
                         "is_numbered": ~here["event_id"].isin(beside(series))}).reset_index(drop=True)


def patrols_per_year(listed: pd.DataFrame, last: int) -> pd.DataFrame:
    """Patrols that began in each year from the first one to `last`: year, air, naval."""
    years = pd.Index(range(int(listed["year"].min()), last + 1), name="year")
    counts = pd.crosstab(listed["year"], listed["by"]).reindex(index=years, columns=["air", "naval"], fill_value=0)
    counts.columns.name = None
    return counts.reset_index()


def patrols_elsewhere(counted: pd.DataFrame, series: pd.DataFrame) -> int:
    """How many patrols of the events `counted` are of no series of patrols."""
    return int(((counted["kind"] == "patrol") & ~of_patrols(counted, series)).sum())


def votes(claims: pd.DataFrame, events: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The numbers that sources give to events of the series in `names` (`lines`), each claimant's once.

    Claims of the rank of the event itself, not of one country's part in it. Columns: series, event_id, thing (what
    the number counts, the column `counts` of the claim), number, claimant, claimant_kind, stage, note.
    """
    line = events[events["series"].isin(names.index)].set_index("event_id")
    said = claims[(claims["measure"] == "ordinal") & (claims["scope"] == "ALL") & claims["event_id"].isin(line.index)]
    said = said.assign(number=said["value_low"].astype(int), series=said["event_id"].map(line["series"]),
                       thing=said["counts"])
    one = ["event_id", "claimant", "number"]
    once = said.drop_duplicates([*one, "thing"])
    columns = ["series", "event_id", "thing", "number", "claimant", "claimant_kind", "stage", "note"]
    return once[columns].sort_values([*one, "thing"], ignore_index=True)


def numbering(claims: pd.DataFrame, events: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """The numbers of every edition of `lines` that sources number, beside the record's own count.

    One row for each event, thing
    counted, claimant and number, and one with no number for a held edition that nobody numbers. Columns: series_id,
    series (name), thing, event_id, name, start_date, slot (place of the event among those of its series and thing,
    from 0), own (editions held up to and with this one; NaN if it was not held), number (float), claimant,
    claimant_kind, stage, note, n_claimants and n_numbers (of the event and thing), n_events (held ones that have this
    number in the same series and thing). Of things outside COMPARED slot, own and the counts are NaN.
    """
    names = lines(series)
    said = votes(claims, events, names)
    is_compared = said["thing"].isin(COMPARED)
    table = pd.concat([_slots(said[is_compared], events, beside(series)).merge(
        said[is_compared], on=["series", "thing", "event_id"], how="left"), said[~is_compared]], ignore_index=True)
    about = events.set_index("event_id")
    table = table.assign(**{column: table["event_id"].map(about[column]) for column in ("name", "start_date")},
                         series_id=table["series"], series=table["series"].map(names))
    table["is_held"] = table["event_id"].map(about["status"]) == "held"
    return _counts(table).sort_values(["series_id", "thing", "slot", "start_date", "number", "claimant"],
                                      ignore_index=True)


def _slots(said: pd.DataFrame, events: pd.DataFrame, besides: set[str]) -> pd.DataFrame:
    """Place and own count of the held or numbered events of each series and thing, in the order in which they ended.

    A part of another event of the same series is no edition of its own, and none is an event of `besides`.
    """
    rows = []
    ended = events.assign(end=events["end_date"].fillna(events["start_date"]).map(last_day))
    for (series_id, thing), numbered in said.groupby(["series", "thing"]):
        line = ended[(ended["series"] == series_id) & ~ended["event_id"].isin(besides)
                     & ((ended["status"] == "held") | ended["event_id"].isin(numbered["event_id"]))]
        if thing == SCO:
            line = line[line["framework"] == "sco"]
        line = line[~line["part_of"].isin(line["event_id"])].sort_values(["end", "event_id"])
        is_held = line["status"] == "held"
        rows.append(pd.DataFrame({"series": series_id, "thing": thing, "event_id": line["event_id"],
                                  "slot": range(len(line)), "own": is_held.cumsum().where(is_held)}))
    nobody = said[["series", "thing", "event_id"]].assign(slot=np.nan, own=np.nan)
    return pd.concat(rows, ignore_index=True) if rows else nobody


def _counts(table: pd.DataFrame) -> pd.DataFrame:
    """Add n_claimants, n_numbers and n_events to the rows of `numbering`."""
    compared, line = table[table["slot"].notna()], ["series_id", "thing"]
    event = compared.groupby([*line, "event_id"])
    has_number = compared[compared["is_held"] & compared["number"].notna()]
    n_events = has_number.groupby([*line, "number"])["event_id"].transform("nunique")
    counts = {"n_claimants": event["claimant"].transform("nunique"), "n_numbers": event["number"].transform("nunique"),
              "n_events": n_events}
    return table.assign(**counts).astype(dict.fromkeys(["number", *counts], "float64"))


def contradictions(table: pd.DataFrame) -> dict[str, int]:
    """How far the numbers of `numbering` agree.

    numbered: events with a number for one of COMPARED; several: of those, numbered by two claimants or more;
    contested: with two numbers or more for the same thing; shared: numbers that two held events or more of the same
    series and thing have; elsewhere: numbers that count something else.
    """
    said = table[table["number"].notna()]
    compared = said[said["slot"].notna()]
    return {"numbered": compared["event_id"].nunique(),
            "several": compared.loc[compared["n_claimants"] > 1, "event_id"].nunique(),
            "contested": compared.loc[compared["n_numbers"] > 1, "event_id"].nunique(),
            "shared": len(compared[compared["n_events"] > 1].drop_duplicates(["series_id", "thing", "number"])),
            "elsewhere": int(said["slot"].isna().sum())}


def latest(table: pd.DataFrame, series_id: str, least: int = 1) -> pd.DataFrame:
    """The rows of `numbering` with the latest edition of a series to which claimants give `least` numbers or more."""
    said = table[(table["series_id"] == series_id) & (table["thing"] == EDITION) & (table["n_numbers"] >= least)]
    return said[said["slot"] == said["slot"].max()]
