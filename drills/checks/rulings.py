"""Rulings, which say what they change and why it is still needed: one function for each rule."""

from __future__ import annotations

from collections.abc import Iterator

from ..record.problems import Problem, legible
from . import stages
from .rows import Rows, as_text

# of the actions with one word here a claim can have one only
CLASHING = {"exclude": "scope", "rescope": "scope", "count_as_reported": "stage", stages.KEEP: "stage"}
# rulings that concern an event as a whole, not claims
ON_EVENT = ("accept_single_source", stages.ACCEPT)


def rulings_say_what_they_do(rows: Rows) -> Iterator[Problem]:
    """Catch a ruling without the claims, the value or the expectation that its action needs, or with too much."""
    for ruling in rows.rulings.itertuples():
        on_event, column = ruling.action in ON_EVENT, ruling.expect.partition("=")[0]
        if on_event == bool(ruling.claim_ids):
            yield rows.at("rulings", ruling.Index, "claim_ids", ";".join(ruling.claim_ids),
                          f"'{ruling.action}' concerns {'the event' if on_event else 'claims'}",
                          "empty claim_ids" if on_event else "name the claims")
        if (ruling.action == "rescope") != isinstance(ruling.value, str):
            yield rows.at("rulings", ruling.Index, "value", as_text(ruling.value),
                          f"value does not go with '{ruling.action}'",
                          "give the new scope with rescope and leave value blank otherwise")
        if ruling.action == "accept_single_source" and ruling.expect != "publishers=1":
            yield rows.at("rulings", ruling.Index, "expect", ruling.expect,
                          "a single-source event expects nothing but one house", "write publishers=1")
        elif not on_event and column not in rows.claims.columns:
            yield rows.at("rulings", ruling.Index, "expect", ruling.expect, f"claims.csv has no column '{column}'",
                          "write column=value with a column of claims.csv")


def rulings_are_needed(rows: Rows) -> Iterator[Problem]:
    """Catch a ruling that names a claim of another event, or has gone stale."""
    named = rows.claims[rows.claims["claim_id"].isin(rows.rulings["claim_ids"].explode())]
    claims = {claim["claim_id"]: claim for claim in named.to_dict("records")}
    for ruling in rows.rulings.itertuples():
        names = rows.houses.get(ruling.event_id, []) if ruling.action == "accept_single_source" else []
        if len(names) > 1:
            yield rows.at("rulings", ruling.Index, "expect", ruling.expect,
                          f"the ruling is stale: '{ruling.event_id}' has {len(names)} houses by now",
                          "withdraw the ruling")
        column, _, wanted = ruling.expect.partition("=")
        # a name that is not there is reported as a broken reference
        for claim_id in filter(claims.get, ruling.claim_ids):
            claim = claims[claim_id]
            if claim["event_id"] != ruling.event_id:
                yield rows.at("rulings", ruling.Index, "claim_ids", claim_id,
                              f"'{claim_id}' is a claim on another event", f"name claims on '{ruling.event_id}'")
            elif column in claim and not is_same(claim[column], wanted):
                yield rows.at("rulings", ruling.Index, "expect", ruling.expect,
                              f"the ruling is stale: {column} of '{claim_id}' is '{legible(as_text(claim[column]))}' "
                              f"by now, not '{legible(wanted)}'",
                              "withdraw the ruling, or state anew what it expects")


def rulings_do_not_clash(rows: Rows) -> Iterator[Problem]:
    """Catch two rulings that move one claim to two scopes, or say of one thing that it counts and that it does not."""
    given: dict[tuple[str, str], tuple[str, int]] = {}
    for ruling in rows.rulings.itertuples():
        column, things = ("claim_ids", ruling.claim_ids) if ruling.claim_ids else ("event_id", (ruling.event_id,))
        for thing in things:
            # whatever says how a figure that is left out is to be read says that it counts
            others = {*CLASHING.values(), "read_as_point"} if ruling.action == "exclude" else set()
            for about in sorted({ruling.action, CLASHING.get(ruling.action, ruling.action)} | others):
                before, line = given.setdefault((thing, about), (ruling.action, ruling.Index))
                if line != ruling.Index:
                    yield rows.at("rulings", ruling.Index, column, thing,
                                  f"'{thing}' has a ruling already in line {line}: {before} and {ruling.action} "
                                  "do not go together", "withdraw one of the two")
                    break


def is_same(value: object, wanted: str) -> bool:
    """Whether a cell holds what a ruling expects; 3 and 3.0 are the same figure."""
    try:
        return float(wanted) == value if isinstance(value, float) else as_text(value) == wanted
    except ValueError:
        return False


RULES = (rulings_say_what_they_do, rulings_are_needed, rulings_do_not_clash)
