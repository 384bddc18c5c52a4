"""What a record of joint exercises has to satisfy beyond datapackage.json: one function for each rule.

Each takes the sound rows of every table and yields problems. Rows with a cell that is wrong in itself are
left out before (see `sound`), so that a rule never stumbles over a slip that is reported already.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from .. import provenance
from ..tables import Problem, RawTable, fields, first_day, last_day, resources, split_lists, type_problems

BOTH = {"RUS", "CHN"}
TOTALS = {"ALL", "FOREIGN"}
PRECISION_LENGTHS = {"day": 10, "month": 7, "year": 4}
BOX_MARGIN_DEGREES = 10
COUNTRY_BOXES = Path(__file__).with_name("country_boxes.csv")


class Rows:
    """The sound rows of every table: `rows.events` and so on are text frames indexed by line number, with
    numbers and lists in their types; `at` makes a problem at a line of a table."""

    def __init__(self, package: dict, raw: dict[str, RawTable], problems: list[Problem]):
        wrong = {(problem.file, problem.line) for problem in problems}
        self.files = {name: table.file for name, table in raw.items()}
        self.is_whole = {name: not any(problem.file == table.file and problem.line == 1 for problem in table.problems)
                         for name, table in raw.items()}
        for name, resource in resources(package).items():
            frame = raw[name].frame
            frame = frame[[(raw[name].file, line) not in wrong for line in frame.index]].copy()
            for column, field in fields(resource).items():
                if field["type"] in ("number", "integer"):
                    frame[column] = pd.to_numeric(frame[column]).astype("float64")
                elif field["type"] == "list":
                    frame[column] = split_lists(frame[column])
            setattr(self, name, frame)
        self.start = self.events.set_index("event_id")["start_date"].to_dict()
        self.end = self.events.set_index("event_id")["end_date"].to_dict()

    def at(self, table: str, line: int, column: str, value: object, rule: str, mend: str) -> Problem:
        return Problem(self.files[table], int(line), column, str(value), rule, mend)


def check(package: dict, raw: dict[str, RawTable], problems: list[Problem]) -> list[Problem]:
    """Every breach of the rules below among the rows that `problems` does not name."""
    typed_wrong = [p for name, table in raw.items() for p in type_problems(table, resources(package)[name])]
    rows = Rows(package, raw, [*problems, *typed_wrong])
    return [problem for rule in RULES for problem in rule(rows)]


def is_date(text: object) -> bool:
    """Whether a partial date names a day, month or year that exists."""
    try:
        return isinstance(text, str) and first_day(text) is not None
    except ValueError:
        return False


def dates_exist(rows: Rows) -> Iterator[Problem]:
    """Catch 2021-02-30 and the like, which the form of a date alone lets pass."""
    for table, columns in (("events", ("start_date", "end_date")), ("date_claims", ("value",)),
                           ("sources", ("published",)), ("milestones", ("date",)),
                           ("published_counts", ("published", "period_start", "period_end"))):
        frame = getattr(rows, table)
        for column in columns:
            cells = frame[column].dropna()
            for line, value in cells[[not is_date(cell) for cell in cells]].items():
                yield rows.at(table, line, column, value, f"there is no day {value}",
                              "write a day that the calendar has")


def events_run_forward(rows: Rows) -> Iterator[Problem]:
    """Catch an end before its start."""
    for table, start, end in (("events", "start_date", "end_date"),
                              ("published_counts", "period_start", "period_end")):
        for row in getattr(rows, table).itertuples():
            first, last = getattr(row, start), getattr(row, end)
            if is_date(first) and is_date(last) and first_day(first) > last_day(last):
                yield rows.at(table, row.Index, end, last, f"it ends on {last}, before it starts on {first}",
                              "mend one of the two dates")


def dates_match_precision(rows: Rows) -> Iterator[Problem]:
    """Catch a day that was filled in for an event known only to the month, or the reverse."""
    for event in rows.events.itertuples():
        for column in ("start_date", "end_date"):
            date, length = getattr(event, column), PRECISION_LENGTHS[event.date_precision]
            if isinstance(date, str) and len(date) != length:
                yield rows.at("events", event.Index, column, date,
                              f"{date} is not a date known to the {event.date_precision}",
                              f"write {'YYYY-MM-DD'[:length]}, or mend date_precision")


def ids_match_years(rows: Rows) -> Iterator[Problem]:
    """Catch a date or an id copied from another edition."""
    for table, column, date in (("events", "event_id", "start_date"), ("milestones", "milestone_id", "date")):
        for row in getattr(rows, table).itertuples():
            name, day = getattr(row, column), getattr(row, date)
            if name[:4] != day[:4]:
                yield rows.at(table, row.Index, column, name, f"'{name}' does not begin with the year of {day}",
                              f"name it {day[:4]}{name[4:]}, or mend {date}")


def events_stand_once(rows: Rows) -> Iterator[Problem]:
    """Catch one event entered under two ids."""
    seen: dict[tuple, int] = {}
    for event in rows.events.itertuples():
        key = (event.series, event.start_date, event.kind, event.place)
        if event.date_precision == "day" and event.series != "other" and key in seen:
            yield rows.at("events", event.Index, "event_id", event.event_id,
                          f"'{event.event_id}' has series, start, kind and place of line {seen[key]}",
                          "merge the two rows, or tell them apart by place")
        seen.setdefault(key, event.Index)


def places_are_plausible(rows: Rows) -> Iterator[Problem]:
    """Catch swapped or mistyped coordinates, and a precision that does not go with them."""
    with COUNTRY_BOXES.open(encoding="utf-8", newline="") as file:
        boxes = {row["country"]: tuple(float(row[side]) for side in ("south", "north", "west", "east"))
                 for row in csv.DictReader(file)}
    hosts = rows.participants[rows.participants["is_host"] == "true"].groupby("event_id")["country"].agg(list)
    for event in rows.events.itertuples():
        latitude, longitude = event.latitude, event.longitude
        known = [pd.notna(latitude), pd.notna(longitude)]
        if any(known) != all(known):
            column = "longitude" if known[0] else "latitude"
            yield rows.at("events", event.Index, column, "", f"only one of the coordinates is given: {column} is blank",
                          "give both or none")
        elif all(known) and event.place_precision == "unknown":
            yield rows.at("events", event.Index, "place_precision", "unknown",
                          "coordinates are given for a place that is called unknown",
                          "empty them, or say what they stand for")
        elif not any(known) and event.place_precision in ("point", "area"):
            yield rows.at("events", event.Index, "latitude", "",
                          f"coordinates are blank for a place known as {event.place_precision}",
                          "give them, or set place_precision to country or unknown")
        elif all(known):
            here = [boxes[host] for host in hosts.get(event.event_id, []) if host in boxes]
            if here and not any(in_box(latitude, longitude, box) for box in here):
                yield rows.at("events", event.Index, "latitude", latitude,
                              f"{latitude:g}, {longitude:g} lies more than {BOX_MARGIN_DEGREES} degrees away from "
                              f"every host ({', '.join(hosts[event.event_id])})",
                              "look for swapped coordinates or a lost sign, or mend is_host in participants.csv")


def in_box(latitude: float, longitude: float, box: tuple[float, float, float, float]) -> bool:
    """Whether a point lies in a country's bounding box (south, north, west, east), widened by the margin."""
    south, north, west, east = box
    return (south - BOX_MARGIN_DEGREES <= latitude <= north + BOX_MARGIN_DEGREES
            and west - BOX_MARGIN_DEGREES <= longitude <= east + BOX_MARGIN_DEGREES)


def parts_lie_inside(rows: Rows) -> Iterator[Problem]:
    """Catch a part that is its own parent or lies outside its parent's dates."""
    parent = rows.events.set_index("event_id")["part_of"].dropna().to_dict()
    for event in rows.events[rows.events["part_of"].notna()].itertuples():
        whole = event.part_of
        if whole == event.event_id or whole in parent:
            yield rows.at("events", event.Index, "part_of", whole, f"'{whole}' is itself a part",
                          "name the largest event that is not a part of another")
        elif (whole in rows.start and is_date(event.start_date) and is_date(rows.start[whole])
              and first_day(event.start_date) < first_day(rows.start[whole]) - pd.Timedelta(days=31)):
            yield rows.at("events", event.Index, "start_date", event.start_date,
                          f"the part starts on {event.start_date}, more than a month before '{whole}'",
                          "mend the date or part_of")


def both_states_are_there(rows: Rows) -> Iterator[Problem]:
    """Catch an event that counts as joint although one of the two is not among its participants."""
    roles = {name: dict(zip(group["country"], group["role"], strict=True))
             for name, group in rows.participants.groupby("event_id")}
    for event in rows.events.itertuples():
        role = roles.get(event.event_id, {})
        taking_part = {country for country in BOTH if role.get(country) == "participant"}
        there = {country for country in BOTH if role.get(country) in ("participant", "observer")}
        if event.tier == "core" and event.status != "held":
            yield rows.at("events", event.Index, "tier", "core", f"a core event is {event.status}, not held",
                          "set tier to wider")
        elif event.tier == "core" and taking_part != BOTH:
            yield rows.at("events", event.Index, "tier", "core",
                          f"{' and '.join(sorted(BOTH - taking_part))} is no participant of a core event",
                          "add the row to participants.csv, or set tier to wider")
        elif event.status == "held" and there != BOTH:
            yield rows.at("events", event.Index, "status", "held",
                          f"{' and '.join(sorted(BOTH - there))} is neither participant nor observer of a held event",
                          "add the row to participants.csv, or set status to disputed")


def publishers_by_event(rows: Rows) -> dict[str, list[str]]:
    """The independent publishers of every event that has a source, sorted by name."""
    pairs = provenance.event_sources(rows.participants, rows.claims, rows.date_claims, rows.facts)
    named = provenance.event_publishers(pairs, rows.sources).groupby("event_id")["publisher"].agg(list)
    return {event: named.get(event, []) for event in pairs["event_id"].unique()}


def events_have_two_publishers(rows: Rows) -> Iterator[Problem]:
    """Catch a held core event that rests on one publisher, unless a ruling says why it stands."""
    if not all(rows.is_whole.values()):
        return
    publishers = publishers_by_event(rows)
    accepted = set(rows.rulings.loc[rows.rulings["action"] == "accept_single_source", "event_id"])
    for event in rows.events.itertuples():
        names = publishers.get(event.event_id, [])
        if event.event_id not in publishers:
            yield rows.at("events", event.Index, "event_id", event.event_id,
                          f"no row of any table gives a source for '{event.event_id}'",
                          "add its participants, dates and figures with their sources")
        elif event.tier == "core" and len(names) < 2 and event.event_id not in accepted:
            yield rows.at("events", event.Index, "event_id", event.event_id,
                          f"'{event.event_id}' rests on {len(names)} publisher ({', '.join(names)})",
                          "find a second one, or add an accept_single_source ruling with the reason")


def copies_name_their_original(rows: Rows) -> Iterator[Problem]:
    """Catch a copy that would count as a publisher of its own, and an original called a copy."""
    for source in rows.sources.itertuples():
        if source.is_mirror == "true" and source.is_copy == "false":
            yield rows.at("sources", source.Index, "is_copy", "false", "a mirror is not marked as a copy",
                          "set is_copy to true")
        elif source.is_copy == "true" and not isinstance(source.original_publisher, str):
            yield rows.at("sources", source.Index, "original_publisher", "", "a copy does not name its original",
                          f"name the publisher whose text it is, or write '{provenance.NOT_STATED}'")
        elif (source.is_mirror == "false" and isinstance(source.note, str)
              and re.search(r"\b(mirror|scraper)\b", source.note)):
            yield rows.at("sources", source.Index, "is_mirror", "false", "the note calls the page a mirror",
                          "set is_mirror to true")


def stages_match_dates(rows: Rows) -> Iterator[Problem]:
    """Catch a result that was published before the event, and a plan published after it."""
    published = rows.sources.set_index("source_id")["published"].to_dict()
    for table in ("claims", "date_claims"):
        for row in getattr(rows, table).itertuples():
            start, page = rows.start.get(row.event_id), published.get(row.source_id)
            end = rows.end.get(row.event_id)
            end = end if isinstance(end, str) else start
            if not all(map(is_date, (start, end, page))):
                continue
            if row.stage == "reported" and last_day(page) < first_day(start):
                yield rows.at(table, row.Index, "stage", "reported",
                              f"the claim is called reported, but its page of {page} is older "
                              f"than the start on {start}",
                              "set stage to planned; if the force had arrived, add a count_as_reported ruling")
            elif (row.stage == "planned" and first_day(page) > last_day(end)
                  and not str(row.note).startswith("planned:")):
                yield rows.at(table, row.Index, "stage", "planned",
                              f"the claim is called planned, but its page of {page} is younger "
                              f"than the end on {end}",
                              "set stage to reported, or begin the note with 'planned:' and say who had planned it")


def bounds_are_ordered(rows: Rows) -> Iterator[Problem]:
    """Catch an interval upside down or without any bound."""
    for table, low, high in (("claims", "value_low", "value_high"), ("published_counts", "count_low", "count_high")):
        frame = getattr(rows, table)
        for row in frame[frame[low] > frame[high]].itertuples():
            yield rows.at(table, row.Index, low, getattr(row, low),
                          f"the lower bound {getattr(row, low):g} is above the upper bound {getattr(row, high):g}",
                          "swap or mend them")
    for row in rows.claims[rows.claims["value_low"].isna() & rows.claims["value_high"].isna()].itertuples():
        yield rows.at("claims", row.Index, "value_low", "", "both bounds are blank",
                      "give a bound, or move the statement to facts.csv")


def qualifiers_match_bounds(rows: Rows) -> Iterator[Problem]:
    """Catch "more than 10,000" entered as exactly 10,000."""
    is_low, is_high = rows.claims["value_low"].notna(), rows.claims["value_high"].notna()
    is_point = rows.claims["value_low"] == rows.claims["value_high"]
    fits = {"exactly": is_point, "about": is_point, "nearly": is_point, "more_than": is_low & ~is_high,
            "at_least": is_low & ~is_high, "up_to": ~is_low & is_high, "between": is_low & is_high & ~is_point}
    mends = {"more_than": "leave value_high blank", "at_least": "leave value_high blank",
             "up_to": "leave value_low blank", "between": "give two different bounds"}
    for qualifier, fit in fits.items():
        wrong = rows.claims[(rows.claims["qualifier"] == qualifier) & ~fit & (is_low | is_high)
                            & ~(rows.claims["value_low"] > rows.claims["value_high"])]
        for line in wrong.index:
            yield rows.at("claims", line, "qualifier", qualifier, f"'{qualifier}' does not go with these bounds",
                          mends.get(qualifier, "write the figure into both bounds") + ", or mend the qualifier")


def claims_stand_once(rows: Rows) -> Iterator[Problem]:
    """Catch one figure of one claimant entered twice from one page."""
    columns = ["event_id", "measure", "scope", "value_low", "value_high", "qualifier", "stage", "claimant", "source_id"]
    again = rows.claims[rows.claims.duplicated(columns)]
    for row in again.itertuples():
        yield rows.at("claims", row.Index, "claim_id", row.claim_id,
                      f"'{row.claim_id}' says what another claim of the same page says", "remove one of the two")


def claim_ids_match(rows: Rows) -> Iterator[Problem]:
    """Catch a claim moved to another event, measure or scope under its old id."""
    prefix = rows.claims["event_id"] + ":" + rows.claims["measure"] + ":" + rows.claims["scope"] + ":"
    for line in rows.claims.index:
        claim_id = rows.claims.at[line, "claim_id"]
        if not claim_id.startswith(prefix[line]):
            yield rows.at("claims", line, "claim_id", claim_id, f"'{claim_id}' does not begin with '{prefix[line]}'",
                          "name it by its event, measure and scope and the next free number")


def scopes_take_part(rows: Rows) -> Iterator[Problem]:
    """Catch a contingent of a country that is no participant."""
    known = set(zip(rows.participants["event_id"], rows.participants["country"], strict=True))
    listed = set(rows.participants["event_id"])
    if not rows.is_whole["participants"]:
        return
    for row in rows.claims.itertuples():
        if row.scope not in TOTALS and row.event_id in listed and (row.event_id, row.scope) not in known:
            yield rows.at("claims", row.Index, "scope", row.scope,
                          f"'{row.scope}' is not listed for '{row.event_id}' in participants.csv",
                          "add the country there with its role, or mend the scope")


def rulings_are_needed(rows: Rows) -> Iterator[Problem]:
    """Catch a ruling that names a claim of another event, does not say what it does, or has gone stale."""
    claims = rows.claims.set_index("claim_id")
    publishers = publishers_by_event(rows)
    complete = rows.is_whole["claims"]
    for ruling in rows.rulings.itertuples():
        on_event = ruling.action == "accept_single_source"
        column, _, wanted = ruling.expect.partition("=")
        if on_event == bool(ruling.claim_ids):
            yield rows.at("rulings", ruling.Index, "claim_ids", ";".join(ruling.claim_ids),
                          f"'{ruling.action}' concerns {'the event' if on_event else 'claims'}",
                          "empty claim_ids" if on_event else "name the claims")
        if (ruling.action == "rescope") != isinstance(ruling.value, str):
            yield rows.at("rulings", ruling.Index, "value", ruling.value if isinstance(ruling.value, str) else "",
                          f"value does not go with '{ruling.action}'",
                          "give the new scope with rescope and leave value blank otherwise")
        if on_event:
            names = publishers.get(ruling.event_id, [])
            if ruling.expect != "publishers=1":
                yield rows.at("rulings", ruling.Index, "expect", ruling.expect,
                              "a single-source event expects nothing but one publisher", "write publishers=1")
            elif len(names) > 1:
                yield rows.at("rulings", ruling.Index, "expect", ruling.expect,
                              f"the ruling is stale: '{ruling.event_id}' has {len(names)} publishers by now",
                              "withdraw the ruling")
            continue
        if column not in claims.columns:
            yield rows.at("rulings", ruling.Index, "expect", ruling.expect, f"claims.csv has no column '{column}'",
                          "write column=value with a column of claims.csv")
            continue
        for claim_id in ruling.claim_ids:
            if claim_id not in claims.index:
                # an unknown name is reported as a broken reference
                continue
            claim = claims.loc[claim_id]
            if claim["event_id"] != ruling.event_id:
                yield rows.at("rulings", ruling.Index, "claim_ids", claim_id,
                              f"'{claim_id}' is a claim on another event", f"name claims on '{ruling.event_id}'")
            elif complete and as_text(claim[column]) != wanted:
                yield rows.at("rulings", ruling.Index, "expect", ruling.expect,
                              f"the ruling is stale: {column} of '{claim_id}' is '{as_text(claim[column])}' by now, "
                              f"not '{wanted}'", "withdraw the ruling, or state anew what it expects")


def as_text(value: object) -> str:
    """A cell as it stands in the CSV; whole numbers without a decimal point."""
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.10g}"
    return "" if value is None or value is pd.NA else str(value)


RULES = (dates_exist, events_run_forward, dates_match_precision, ids_match_years, events_stand_once,
         places_are_plausible, parts_lie_inside, both_states_are_there, events_have_two_publishers,
         copies_name_their_original, stages_match_dates, bounds_are_ordered, qualifiers_match_bounds,
         claims_stand_once, claim_ids_match, scopes_take_part, rulings_are_needed)
