"""Figures as sources give them, by their form: one function for each rule; `figures` asks what they say."""

from __future__ import annotations

from collections.abc import Iterator

from ..record.problems import Problem
from .rows import Rows, as_text

TOTALS = {"ALL", "FOREIGN"}


def bounds_are_ordered(rows: Rows) -> Iterator[Problem]:
    """Catch an interval upside down or without any bound."""
    for table, low, high in (("claims", "value_low", "value_high"), ("published_counts", "count_low", "count_high")):
        frame = getattr(rows, table)
        for row in frame[frame[low] > frame[high]].itertuples():
            yield rows.at(table, row.Index, low, getattr(row, low),
                          f"the lower bound {as_text(getattr(row, low))} is above the upper bound "
                          f"{as_text(getattr(row, high))}",
                          "swap or fix them")
    for row in rows.claims[rows.claims["value_low"].isna() & rows.claims["value_high"].isna()].itertuples():
        yield rows.at("claims", row.Index, "value_low", "", "both bounds are blank",
                      "give a bound, or move the statement to facts.csv")


def counts_are_whole(rows: Rows) -> Iterator[Problem]:
    """Catch 3.456 soldiers: a point between thousands."""
    counts = rows.claims[~rows.claims["measure"].isin(rows.not_whole)]
    for column in ("value_low", "value_high"):
        for line, value in counts.loc[counts[column] % 1 > 0, column].items():
            yield rows.at("claims", line, column, value, f"{as_text(value)} is not a whole number",
                          "write thousands without a point; only a length, distance or area can have decimals")
        written = rows.read["claims"].loc[counts.index, column]
        has_point = written.str.contains(".", regex=False) & (counts[column] % 1 == 0)
        for line, value in written[has_point].items():
            # as programs save a column of numbers with blanks
            yield rows.at("claims", line, column, value, f"{value} is a whole number with a point",
                          f"write {value.partition('.')[0]}")


def qualifiers_match_bounds(rows: Rows) -> Iterator[Problem]:
    """Catch "more than 10,000" entered as exactly 10,000."""
    is_low, is_high = rows.claims["value_low"].notna(), rows.claims["value_high"].notna()
    is_point = rows.claims["value_low"] == rows.claims["value_high"]
    fits = {"exactly": is_point, "about": is_point, "nearly": is_point, "more_than": is_low & ~is_high,
            "at_least": is_low & ~is_high, "up_to": ~is_low & is_high, "between": is_low & is_high & ~is_point}
    fixes = {"more_than": "leave value_high blank", "at_least": "leave value_high blank",
             "up_to": "leave value_low blank", "between": "give two different bounds"}
    for qualifier, fit in fits.items():
        wrong = rows.claims[(rows.claims["qualifier"] == qualifier) & ~fit & (is_low | is_high)
                            & ~(rows.claims["value_low"] > rows.claims["value_high"])]
        for line in wrong.index:
            yield rows.at("claims", line, "qualifier", qualifier, f"'{qualifier}' does not go with these bounds",
                          fixes.get(qualifier, "write the figure into both bounds") + ", or fix the qualifier")


def claims_stand_once(rows: Rows) -> Iterator[Problem]:
    """Catch one figure of one claimant entered twice from one page."""
    columns = ["event_id", "measure", "scope", "value_low", "value_high", "qualifier", "stage", "claimant", "source_id"]
    for _, same in rows.claims[rows.claims.duplicated(columns, keep=False)].groupby(columns, dropna=False):
        first, *again = same["claim_id"].items()
        for line, claim_id in again:
            yield rows.at("claims", line, "claim_id", claim_id,
                          f"'{claim_id}' says what '{first[1]}' in line {first[0]} says, from the same page",
                          "remove one of the two")


def claim_ids_match(rows: Rows) -> Iterator[Problem]:
    """Catch a claim moved to another event, measure or scope under its old id."""
    claims = rows.claims
    prefix = claims["event_id"] + ":" + claims["measure"] + ":" + claims["scope"] + ":"
    for line, claim_id in claims.loc[claims["claim_id"].str.replace(r"[0-9]+$", "", regex=True) != prefix,
                                     "claim_id"].items():
        yield rows.at("claims", line, "claim_id", claim_id, f"'{claim_id}' does not begin with '{prefix[line]}'",
                      "name it by its event, measure and scope and the next free number")


def scopes_take_part(rows: Rows) -> Iterator[Problem]:
    """Catch a contingent of a country that is no participant."""
    people = rows.read["participants"]
    strays = rows.with_wrong("participants", "event_id", "country")
    known = set(people["event_id"] + " " + people["country"])
    open_events = rows.hidden_events("participants", "country")
    claims = rows.claims[rows.claims["event_id"].isin(people["event_id"]) & ~rows.claims["scope"].isin(TOTALS)
                         & ~rows.claims["event_id"].isin(open_events) & ~rows.claims["scope"].isin(strays["country"])]
    for row in claims[~(claims["event_id"] + " " + claims["scope"]).isin(known)].itertuples():
        yield rows.at("claims", row.Index, "scope", row.scope,
                      f"'{row.scope}' is not listed for '{row.event_id}' in participants.csv",
                      "add the country there with its role, or fix the scope")


RULES = (bounds_are_ordered, counts_are_whole, qualifiers_match_bounds, claims_stand_once, claim_ids_match,
         scopes_take_part)
