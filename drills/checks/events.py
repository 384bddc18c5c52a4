"""What an event has to have: one row, its place within a larger one, both states, two houses."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..record.days import first_day, last_day
from ..record.problems import Problem, legible
from .rows import SOURCED, Rows, is_date

BOTH = {"RUS", "CHN"}


def there_are_events(rows: Rows) -> Iterator[Problem]:
    """Catch a record without an event, of which nothing can be told."""
    # what could not be read is another problem
    if not len(rows.read["events"]) and not rows.wrong["events"]:
        yield rows.at("events", 1, "event_id", "", "the record has no event",
                      "put the rows back, or add one: python -m drills new event")


def events_stand_once(rows: Rows) -> Iterator[Problem]:
    """Catch one event entered under two ids."""
    seen: dict[tuple, int] = {}
    for event in rows.events.itertuples():
        key = (event.series, event.start_date, event.kind, str(event.place))
        if event.date_precision == "day" and event.series != "other" and key in seen:
            yield rows.at("events", event.Index, "event_id", event.event_id,
                          f"'{event.event_id}' has the same series, start, kind and place as line {seen[key]}",
                          "merge the two rows, or give each its own place")
        seen.setdefault(key, event.Index)


def parts_lie_inside(rows: Rows) -> Iterator[Problem]:
    """Catch a part that is its own parent or lies outside its parent's dates."""
    parent = rows.events.set_index("event_id")["part_of"].dropna().to_dict()
    for event in rows.events[rows.events["part_of"].notna()].itertuples():
        whole = event.part_of
        if whole == event.event_id:
            yield rows.at("events", event.Index, "part_of", whole, "an event cannot be a part of itself",
                          "name the larger event, or leave the cell blank")
        elif whole in parent:
            yield rows.at("events", event.Index, "part_of", whole, f"'{whole}' is itself a part",
                          "name the largest event that is not a part of another")
        elif (whole in rows.start and is_date(event.start_date) and is_date(rows.start[whole])
              and first_day(event.start_date) < first_day(rows.start[whole]) - pd.Timedelta(days=31)):
            yield rows.at("events", event.Index, "start_date", event.start_date,
                          f"the part starts on {event.start_date}, more than a month before '{whole}'",
                          "fix the date or part_of")
        elif (is_date(event.start_date) and is_date(rows.end.get(whole))
              and first_day(event.start_date) > last_day(rows.end[whole]) + pd.Timedelta(days=31)):
            yield rows.at("events", event.Index, "start_date", event.start_date,
                          f"the part starts on {event.start_date}, more than a month after the end of '{whole}'",
                          "fix the date or part_of")


def absent(states: set[str], role: str) -> str:
    """Who of the two has no such role, in words."""
    return f"neither {' nor '.join(sorted(states))} is a {role}" if len(states) > 1 else f"{min(states)} is no {role}"


def both_states_are_there(rows: Rows) -> Iterator[Problem]:
    """Catch an event that counts as joint although one of the two is not among its participants."""
    if not rows.raw["participants"].is_read:
        return
    people, hidden = rows.read["participants"], rows.hidden_events("participants", "country", "role")
    # a row under a wrong event_id may be the one that is missing here
    strays = set(rows.with_wrong("participants", "event_id", "country")["country"])
    role = dict(zip(zip(people["event_id"], people["country"], strict=True), people["role"], strict=True))
    for event in rows.events.itertuples():
        taking_part = {country for country in BOTH if role.get((event.event_id, country)) == "participant"}
        there = taking_part | {country for country in BOTH if role.get((event.event_id, country)) == "observer"}
        is_open = event.event_id in hidden or bool((BOTH - taking_part) & strays)
        if event.tier == "core" and event.status != "held":
            yield rows.at("events", event.Index, "tier", "core", f"a core event is {event.status}, not held",
                          "set tier to wider")
        elif event.tier == "core" and taking_part != BOTH and not is_open:
            yield rows.at("events", event.Index, "tier", "core",
                          f"{absent(BOTH - taking_part, 'participant')} of a core event",
                          "add the row to participants.csv, or set tier to wider")
        elif event.status == "held" and there != BOTH and not is_open:
            yield rows.at("events", event.Index, "status", "held",
                          f"{absent(BOTH - there, 'participant or observer')} of a held event",
                          "add the row to participants.csv, or set status to disputed")


def events_have_two_houses(rows: Rows) -> Iterator[Problem]:
    """Catch a held core event that rests on one house, unless a ruling says why it stands."""
    # a row that lost its event may hold the second house, or the ruling, of any
    if (not all(rows.raw[name].is_read for name in (*SOURCED, "sources", "publishers", "rulings"))
            or any(len(rows.with_wrong(name, "event_id")) for name in (*SOURCED, "rulings"))):
        return
    hidden = rows.events_with_doubtful_source.union(
        *(rows.hidden_events(name, "source_id", "source_ids") for name in SOURCED),
        rows.hidden_events("rulings", *rows.rulings.columns))
    accepted = set(rows.rulings.loc[rows.rulings["action"] == "accept_single_source", "event_id"])
    for event in rows.events[~rows.events["event_id"].isin(hidden)].itertuples():
        if event.event_id not in rows.houses:
            yield rows.at("events", event.Index, "event_id", event.event_id,
                          f"no row of any table gives a source for '{event.event_id}'",
                          "add its participants, dates and figures with their sources")
        elif (event.tier == "core" and event.event_id not in accepted
              and len(names := rows.houses[event.event_id]) < 2):
            yield rows.at("events", event.Index, "event_id", event.event_id,
                          f"'{event.event_id}' rests on {len(names)} house{'s' * (not names)}"
                          f"{f' ({legible(names[0])})' if names else ''}",
                          "find a second one, or add an accept_single_source ruling with the reason")


RULES = (there_are_events, events_stand_once, parts_lie_inside, both_states_are_there, events_have_two_houses)
