"""What our rules for the counts of others have to satisfy beyond datapackage.json, and the periods of those counts."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..record.days import first_day, last_day
from ..record.problems import Problem
from .rows import Rows, days

BOUNDS = {"start": "period_start", "end": "period_end"}
SWITCHES = ("tiers", "statuses", "kinds", "frameworks", "min_publishers", "series", "domains", "areas", *BOUNDS)
FLAGS = ("is_military_only", "is_merged")
# the column of an event that each list chooses from
COLUMNS = {"tiers": "tier", "statuses": "status", "kinds": "kind", "frameworks": "framework", "series": "series",
          "domains": "domain"}


def counts_have_a_rule(rows: Rows) -> Iterator[Problem]:
    """Catch a published count that nobody has held against the record."""
    if not rows.raw["nearest_rules"].is_read or len(rows.with_wrong("nearest_rules", "count_id")):
        return  # the rule that seems to be missing may be the one whose name is wrong
    ruled = set(rows.read["nearest_rules"]["count_id"]) | rows.raw["nearest_rules"].strays
    for line, count_id in rows.published_counts["count_id"].items():
        if count_id not in ruled:
            yield rows.at("published_counts", line, "count_id", count_id,
                          f"'{count_id}' has no row in nearest_rules.csv",
                          "add our nearest rule for it, from the counter's own words, or is_comparable false and why")


def periods_lie_in_the_record(rows: Rows) -> Iterator[Problem]:
    """Catch a count that can be held against nothing: over before the first event, or not over at the newest page."""
    # the first event and the newest page may stand in a row with another fault
    starts = days(rows.read["events"]["start_date"], first_day).dropna()
    pages = days(rows.read["sources"]["published"].dropna(), first_day).dropna()
    # nothing is before or after a day that is missing
    first, newest, counts = starts.min(), pages.max(), rows.published_counts
    for line, value in counts["period_end"].dropna().items():
        if last_day(value) < first:
            yield rows.at("published_counts", line, "period_end", value,
                          f"the count ends on {value}, before the first event of the record ({first:%Y-%m-%d})",
                          "fix the date, or leave the count out")
    for column in BOUNDS.values():
        for line, value in counts[column].dropna().items():
            if first_day(value) > newest:
                yield rows.at("published_counts", line, column, value,
                              f"{value} is later than the newest page of the record ({newest:%Y-%m-%d})",
                              "fix the date: nothing can be known of that time")


def bounded(rows: Rows) -> pd.DataFrame:
    """The rules with the period of their count beside their own, by line; those whose count is not sound left out."""
    counts = rows.published_counts.set_index("count_id")[list(BOUNDS.values())]
    return rows.nearest_rules.join(counts, on="count_id", how="inner")


def rules_stay_in_their_period(rows: Rows) -> Iterator[Problem]:
    """Catch a rule that counts outside the period of the count that it is held against."""
    for line, row in bounded(rows).iterrows():
        start, end, first, last = (row[name] for name in ("start", "end", "period_start", "period_end"))
        if isinstance(start, str) and isinstance(first, str) and first_day(start) < first_day(first):
            yield rows.at("nearest_rules", line, "start", start,
                          f"{start} is before '{row['count_id']}' begins ({first})", "fix the date, or leave it blank")
        if isinstance(end, str) and isinstance(last, str) and last_day(end) > last_day(last):
            yield rows.at("nearest_rules", line, "end", end, f"{end} is after '{row['count_id']}' ends ({last})",
                          "fix the date, or leave it blank")


def rules_run_forward(rows: Rows) -> Iterator[Problem]:
    """Catch a rule that ends before it starts, its own bounds taken before those of its count."""
    rules = bounded(rows)
    start, end = rules["start"].fillna(rules["period_start"]), rules["end"].fillna(rules["period_end"])
    has_own = rules["start"].notna() | rules["end"].notna()
    for line in rules.index[has_own & (days(start, first_day) > days(end, last_day))]:
        column = "end" if isinstance(rules.at[line, "end"], str) else "start"
        yield rows.at("nearest_rules", line, column, rules.at[line, column],
                      f"the rule runs from {start[line]} to {end[line]}", "fix one of the two dates")


def what_is_not_comparable_has_no_switch(rows: Rows) -> Iterator[Problem]:
    """Catch a setting of a count that no setting comes near."""
    for line, row in rows.nearest_rules[rows.nearest_rules["is_comparable"] == "false"].iterrows():
        for column in (*SWITCHES, *FLAGS):
            value = row[column]
            if value == "true" if column in FLAGS else len(value) if isinstance(value, tuple) else pd.notna(value):
                yield rows.at("nearest_rules", line, column, ";".join(value) if isinstance(value, tuple) else value,
                              f"'{row['count_id']}' is not comparable and has a switch",
                              "leave the switches blank and the flags false, or set is_comparable to true")
                break


def rules_find_an_event(rows: Rows) -> Iterator[Problem]:
    """Catch a rule whose lists no event of its time satisfies, as a series with a kind that none of its events has."""
    if not rows.raw["events"].is_read or len(rows.with_wrong("events", *COLUMNS.values(), "start_date")):
        return  # the event that seems to be missing may be the one that is wrong
    events, rules = rows.events, bounded(rows)
    began = days(events["start_date"], first_day)
    for line, row in rules[rules["is_comparable"] == "true"].iterrows():
        lists = [name for name in COLUMNS if isinstance(row[name], tuple) and row[name]]
        start, end = (row[name] if isinstance(row[name], str) else row[period] for name, period in BOUNDS.items())
        found = events[(began >= (first_day(start) if isinstance(start, str) else began.min()))
                       & (began <= (last_day(end) if isinstance(end, str) else began.max()))]
        if not lists or found.empty:
            continue  # a time without events is another rule's business
        for name in lists:
            found = found[found[COLUMNS[name]].isin(row[name])]
        if found.empty:
            yield rows.at("nearest_rules", line, lists[-1], ";".join(row[lists[-1]]),
                          f"no event of its time is of these {named(lists)}",
                          "fix a list, or set is_comparable to false and say why")


def named(lists: list[str]) -> str:
    """Names of lists in a row: kinds, or kinds and series together."""
    return lists[0] if len(lists) == 1 else f"{', '.join(lists[:-1])} and {lists[-1]} together"


RULES = (counts_have_a_rule, periods_lie_in_the_record, rules_stay_in_their_period, rules_run_forward,
         what_is_not_comparable_has_no_switch, rules_find_an_event)
