"""What a figure, and the page that it rests on, has to satisfy beyond datapackage.json: one function for each rule.

The rules take the sound rows of every table (`rows.Rows`) and yield problems, as those of `subject` do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from ..record.days import first_day, last_day
from ..record.problems import Problem

if TYPE_CHECKING:
    from .rows import Rows

OPEN, CLOSED = ("more_than", "at_least"), ("exactly", "about", "nearly")
OWN_COUNT = "accept_own_count"
MOST_DAYS_OFF = 2
# columns that name sources, by table
CITING = {"participants": "source_ids", "claims": "source_id", "date_claims": "source_id", "facts": "source_id",
          "milestones": "source_ids", "published_counts": "source_id", "rulings": "source_ids",
          "outside_lists": "source_id", "outside_rows": "source_id"}


def press_counts_only_where_it_says_so(rows: Rows) -> Iterator[Problem]:
    """Catch a digest of other people's reports that is called an assessment of its own."""
    if not rows.raw["rulings"].is_read or len(rows.with_wrong("rulings", "action", "claim_ids")):
        return
    rulings, claims = rows.read["rulings"], rows.claims
    accepted = rulings.loc[rulings["action"] == OWN_COUNT, "claim_ids"].explode()
    own = (claims["claimant_kind"] == "media") & (claims["basis"] == "assessed")
    for line in claims.index[own & ~claims["claim_id"].isin(accepted)]:
        yield rows.at("claims", line, "basis", "assessed", "a newspaper, agency or broadcaster is said to have counted",
                      f"set basis to relayed, name who counted as claimant, or add an {OWN_COUNT} ruling that "
                      "says how")


def open_figures_stay_open(rows: Rows) -> Iterator[Problem]:
    """Catch "more than 6,000" entered as 6,000 from a page that shortened it, and a ruling that allows it in vain."""
    if not rows.raw["rulings"].is_read or len(rows.with_wrong("rulings", "action", "claim_ids")):
        return
    accepted = rows.rulings[rows.rulings["action"] == "accept_closed"]
    names = set(accepted["claim_ids"].explode().dropna())
    columns = ["event_id", "measure", "scope", "covers", "claimant", "stage", "value_low"]
    official = rows.claims[rows.claims["basis"] == "official"]
    bounds = official[official["qualifier"].isin(OPEN)].drop_duplicates(columns)
    opened = bounds.set_index(columns)["claim_id"].to_dict()
    closed = official[official["qualifier"].isin(CLOSED)]
    keys = closed[columns].itertuples(index=False, name=None)
    beside = {claim_id: opened[key] for claim_id, key in zip(closed["claim_id"], keys, strict=True) if key in opened}
    for claim in closed[closed["claim_id"].isin(beside.keys() - names)].itertuples():
        yield rows.at("claims", claim.Index, "qualifier", claim.qualifier,
                      f"'{claim.claim_id}' gives as exact a figure that the same speaker leaves open in "
                      f"'{beside[claim.claim_id]}'",
                      "leave it open, or name the page's own writer as claimant; if the speaker said both, add an "
                      "accept_closed ruling")
    known = set(rows.claims["claim_id"])
    for ruling in accepted.itertuples():
        for claim_id in ruling.claim_ids:
            if claim_id in known and claim_id not in beside:
                yield rows.at("rulings", ruling.Index, "claim_ids", claim_id,
                              f"the ruling is stale: no open official figure stands beside '{claim_id}'",
                              "withdraw the ruling, or take the claim out of it")


def lengths_fit_the_dates(rows: Rows) -> Iterator[Problem]:
    """Catch the length of a phase, or of a whole voyage, that is entered as the length of the event."""
    spans = known_spans(rows)
    hidden = rows.hidden_events("date_claims", "edge", "value")
    claims = rows.claims[(rows.claims["measure"] == "duration_days") & ~rows.claims["event_id"].isin(hidden)
                         & (rows.claims["covers"] == "event")]
    for claim in claims[claims["event_id"].isin(spans.keys())].itertuples():
        shortest, longest = spans[claim.event_id]
        column = "value_low" if claim.value_low > longest + MOST_DAYS_OFF else "value_high"
        value = getattr(claim, column)
        if claim.value_low > longest + MOST_DAYS_OFF or claim.value_high < shortest - MOST_DAYS_OFF:
            dates = f"{shortest} to " * (shortest != longest) + f"{longest} day" + "s" * (longest != 1)
            yield rows.at("claims", claim.Index, column, f"{value:g}",
                          f"a length of {value:g} day{'s' * (value != 1)} does not fit the dates of "
                          f"'{claim.event_id}', which make {dates}",
                          "fix the dates or the length, or set covers to part or beyond")


def known_spans(rows: Rows) -> dict[str, tuple[int, int]]:
    """Shortest and longest length in days that the dates of an event and the claims of its dates allow."""
    days: dict[tuple[str, str], set[pd.Timestamp]] = defaultdict(set)
    dates = [(row.event_id, edge, getattr(row, column)) for row in rows.events.itertuples()
             for edge, column in (("start", "start_date"), ("end", "end_date"))]
    claimed = rows.date_claims[rows.date_claims["covers"].isin(["event", "plan"])]
    dates += claimed[["event_id", "edge", "value"]].itertuples(index=False, name=None)
    for event, edge, value in dates:
        if isinstance(value, str):
            days[event, edge] |= {first_day(value), last_day(value)}
    spans = {}
    for event in rows.events["event_id"]:
        starts, ends = days[event, "start"], days[event, "end"]
        if starts and ends:
            spans[event] = (max(1, (min(ends) - max(starts)).days + 1), (max(ends) - min(starts)).days + 1)
    return spans


def sources_are_used(rows: Rows) -> Iterator[Problem]:
    """Catch a page that no row rests on any more."""
    # a row that is garbled, or names a source that is not there, may mean any of them
    if any(not table.is_read for table in rows.raw.values()) or any(
            rows.raw[table].strays or len(rows.with_wrong(table, column)) for table, column in CITING.items()):
        return
    used = {name for table, column in CITING.items() for name in rows.read[table][column].explode()}
    for line, name in rows.sources.loc[~rows.sources["source_id"].isin(used), "source_id"].items():
        yield rows.at("sources", line, "source_id", name, f"no row of any table rests on '{name}'",
                      "use the page where it says something, or remove its row")


def undated_pages_say_why(rows: Rows) -> Iterator[Problem]:
    """Catch a page whose date was forgotten, among those that carry none."""
    has_day, has_reason = rows.sources["published"].notna(), rows.sources["why_undated"].notna()
    for line in rows.sources.index[~has_day & ~has_reason]:
        yield rows.at("sources", line, "published", "", "the page has no date and nothing says why",
                      "give the date, or the reason in why_undated")
    for line, reason in rows.sources.loc[has_day & has_reason, "why_undated"].items():
        yield rows.at("sources", line, "why_undated", reason, "the page has a date and a reason for having none",
                      "empty one of published and why_undated")


RULES = (press_counts_only_where_it_says_so, open_figures_stay_open, lengths_fit_the_dates, sources_are_used,
         undated_pages_say_why)
