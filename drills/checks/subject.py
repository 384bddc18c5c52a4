"""What a record of joint exercises has to satisfy beyond datapackage.json: one function for each rule.

Each takes the sound rows of every table and yields problems. Rows with a cell that is wrong in itself are
left out before (see `Rows`), so that a rule never stumbles over a slip that is reported already.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property

import pandas as pd

from ..record import provenance
from ..record.days import first_day, last_day
from ..record.package import fields, resources
from ..record.problems import Problem, legible
from ..record.text import RawTable
from ..record.types import split_lists
from . import addresses, covers, figures, publishers, searches, stages, tiers, world

BOTH = {"RUS", "CHN"}
TOTALS = {"ALL", "FOREIGN"}
YEARS = ("1900", "2099")
PRECISION_LENGTHS = {"day": 10, "month": 7, "year": 4}
BOX_MARGIN_DEGREES = 10
# rulings that concern an event as a whole, not claims
ON_EVENT = ("accept_single_source", stages.ACCEPT)
SOURCED = ("participants", "claims", "date_claims", "facts")


class Rows:
    """The rows of every table, indexed by line number, with numbers and lists in their types.

    `rows.events` and so on hold the sound rows, `rows.read["events"]` all that could be read: what a rule asks
    *about* is a sound row, what it *looks for* may stand in any. `at` makes a problem at a line of a table.
    """

    def __init__(self, package: dict, raw: dict[str, RawTable], problems: list[Problem]):
        self.raw, self.read = raw, {}
        self.wrong: dict[str, dict[int, set[str]]] = {name: defaultdict(set) for name in raw}
        name_of = {table.file: name for name, table in raw.items()}
        for problem in problems:
            if problem.file in name_of:
                self.wrong[name_of[problem.file]][problem.line].add(problem.column)
        for name, resource in resources(package).items():
            frame = raw[name].frame
            # a list with a fault such as a blank item is still a list of names to look for
            lists = [column for column, field in fields(resource).items() if field["type"] == "list"]
            self.read[name] = frame.assign(**{column: split_lists(frame[column]) for column in lists})
            sound = self.read[name][~frame.index.isin(list(self.wrong[name]))].copy()
            for column, field in fields(resource).items():
                if field["type"] in ("number", "integer"):
                    sound[column] = pd.to_numeric(sound[column]).astype("float64")
            setattr(self, name, sound)
        measures = fields(resources(package)["claims"])["measure"]["categories"]
        self.not_whole = [measure["value"] for measure in measures if not measure.get("isWhole", True)]
        self.start = self.events.set_index("event_id")["start_date"].to_dict()
        self.end = self.events.set_index("event_id")["end_date"].to_dict()

    def at(self, table: str, line: int, column: str, value: object, rule: str, mend: str) -> Problem:
        return Problem(self.raw[table].file, int(line), column, str(value), rule, mend)

    def with_wrong(self, table: str, *columns: str) -> pd.DataFrame:
        """All rows of a table in which one of these cells is wrong."""
        lines = [line for line, wrong in self.wrong[table].items() if wrong.intersection(columns)]
        return self.read[table][self.read[table].index.isin(lines)]

    def hidden_events(self, table: str, *columns: str) -> set[str]:
        """Events with a row in which one of these cells is wrong, or which could not be placed under the header:
        what the event seems to lack may stand there."""
        return self.raw[table].strays | set(self.with_wrong(table, *columns)["event_id"])

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Every pair of event and source that stands in a row of any table."""
        return provenance.event_sources(*(self.read[name] for name in SOURCED))

    @cached_property
    def houses(self) -> dict[str, list[str]]:
        """The independent houses of every event that has a source, sorted by name."""
        table = self.read["publishers"].dropna(subset=["publisher", "house"])
        named = provenance.event_houses(self.pairs, self.read["sources"], table).groupby("event_id")["house"].agg(list)
        return {event: [] for event in self.pairs["event_id"].unique()} | named.to_dict()

    @cached_property
    def events_with_doubtful_source(self) -> set[str]:
        """Events that rest on a source which has no sound row, so that its publisher is not known."""
        is_doubtful = ~self.pairs["source_id"].isin(self.sources["source_id"])
        return set(self.pairs.loc[is_doubtful, "event_id"])


def check(package: dict, raw: dict[str, RawTable], problems: list[Problem]) -> list[Problem]:
    """Every breach of the rules below among the rows that `problems` does not name."""
    rows = Rows(package, raw, problems)
    if first := [problem for rule in RULES_OF_ONE_ROW for problem in rule(rows)]:
        # a row that is wrong in itself is left out of the rules that compare rows
        rows = Rows(package, raw, [*problems, *first])
    return [*first, *(problem for rule in RULES for problem in rule(rows))]


@cache
def is_date(text: object) -> bool:
    """Whether a partial date names a day, month or year that exists."""
    try:
        return isinstance(text, str) and first_day(text) is not pd.NaT and last_day(text) is not pd.NaT
    except (ValueError, OverflowError):
        return False


def days(dates: pd.Series, day_of) -> pd.Series:
    """`first_day` or `last_day` of each date, missing where there is none; each distinct date is asked once."""
    known = {date: day_of(date) for date in dates.dropna().unique() if is_date(date)}
    return pd.Series(dates.map(known), index=dates.index, dtype="datetime64[s]")


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
            for line, value in cells[~cells.str[:4].between(*YEARS)].items():
                yield rows.at(table, line, column, value, f"{value} is outside the years {' to '.join(YEARS)}",
                              "write the year of the source")


def events_run_forward(rows: Rows) -> Iterator[Problem]:
    """Catch an end before its start."""
    for table, start, end in (("events", "start_date", "end_date"),
                              ("published_counts", "period_start", "period_end")):
        frame = getattr(rows, table)
        for line, row in frame[days(frame[start], first_day) > days(frame[end], last_day)].iterrows():
            yield rows.at(table, line, end, row[end], f"it ends on {row[end]}, before it starts on {row[start]}",
                          "mend one of the two dates")


def dates_match_precision(rows: Rows) -> Iterator[Problem]:
    """Catch a day that was filled in for an event known only to the month, or the reverse."""
    length = rows.events["date_precision"].map(PRECISION_LENGTHS)
    for column in ("start_date", "end_date"):
        dates = rows.events[column].dropna()
        for line, date in dates[dates.str.len() != length[dates.index]].items():
            precision = rows.events.at[line, "date_precision"]
            yield rows.at("events", line, column, date, f"{date} is not a date known to the {precision}",
                          f"write {'YYYY-MM-DD'[:PRECISION_LENGTHS.get(precision)]}, or mend date_precision")


def ids_match_years(rows: Rows) -> Iterator[Problem]:
    """Catch a date or an id copied from another edition."""
    for table, column, date in (("events", "event_id", "start_date"), ("milestones", "milestone_id", "date")):
        frame = getattr(rows, table).dropna(subset=[column, date])
        for line, row in frame[frame[column].str[:4] != frame[date].str[:4]].iterrows():
            name, day = row[column], row[date]
            yield rows.at(table, line, column, name, f"'{name}' does not begin with the year of {day}",
                          f"name it {day[:4]}{name[4:]}, or mend {date}")


def events_stand_once(rows: Rows) -> Iterator[Problem]:
    """Catch one event entered under two ids."""
    seen: dict[tuple, int] = {}
    for event in rows.events.itertuples():
        key = (event.series, event.start_date, event.kind, str(event.place))
        if event.date_precision == "day" and event.series != "other" and key in seen:
            yield rows.at("events", event.Index, "event_id", event.event_id,
                          f"'{event.event_id}' has series, start, kind and place of line {seen[key]}",
                          "merge the two rows, or tell them apart by place")
        seen.setdefault(key, event.Index)


def places_are_plausible(rows: Rows) -> Iterator[Problem]:
    """Catch swapped or mistyped coordinates, and a precision that does not go with them."""
    boxes, hidden = country_boxes(rows), rows.hidden_events("participants", "country", "is_host")
    people = rows.read["participants"]
    hosts = people[people["is_host"] == "true"].groupby("event_id")["country"].agg(list)
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
            here = [box for host in hosts.get(event.event_id, []) for box in boxes.get(host, [])]
            if here and event.event_id not in hidden and not any(in_box(latitude, longitude, box) for box in here):
                yield rows.at("events", event.Index, "latitude", latitude,
                              f"{latitude:g}, {longitude:g} lies more than {BOX_MARGIN_DEGREES} degrees away from "
                              f"every host ({', '.join(hosts[event.event_id])})",
                              "look for swapped coordinates or a lost sign, or mend is_host in participants.csv")


def country_boxes(rows: Rows) -> dict[str, list[tuple[float, ...]]]:
    """The boxes (south, north, west, east) of every country in the record."""
    boxes = defaultdict(list)
    for row in rows.country_boxes.itertuples():
        boxes[row.country].append((row.south, row.north, row.west, row.east))
    return dict(boxes)


def countries_exist(rows: Rows) -> Iterator[Problem]:
    """Catch KZA for KAZ, which has the form of a country code."""
    if not rows.raw["country_boxes"].is_read:
        return
    known = sorted(set(rows.read["country_boxes"]["country"].dropna()))
    for line, code in rows.participants.loc[~rows.participants["country"].isin(known), "country"].items():
        near = [name for name in known if sorted(name) == sorted(code)] or difflib.get_close_matches(code, known, 1)
        yield rows.at("participants", line, "country", code, f"'{code}' is not a country of the record",
                      (f"did you mean '{near[0]}'? If not, " if near else "")
                      + "add its box to country_boxes.csv")


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
                          "mend the date or part_of")
        elif (is_date(event.start_date) and is_date(rows.end.get(whole))
              and first_day(event.start_date) > last_day(rows.end[whole]) + pd.Timedelta(days=31)):
            yield rows.at("events", event.Index, "start_date", event.start_date,
                          f"the part starts on {event.start_date}, more than a month after the end of '{whole}'",
                          "mend the date or part_of")


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
                          f"{' and '.join(sorted(BOTH - taking_part))} is no participant of a core event",
                          "add the row to participants.csv, or set tier to wider")
        elif event.tier != "core" and event.status == "held" and there != BOTH and not is_open:
            yield rows.at("events", event.Index, "status", "held",
                          f"{' and '.join(sorted(BOTH - there))} is neither participant nor observer of a held event",
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
    for event in rows.events[~rows.events["event_id"].isin(hidden | accepted)].itertuples():
        names = rows.houses.get(event.event_id, [])
        if event.event_id not in rows.houses:
            yield rows.at("events", event.Index, "event_id", event.event_id,
                          f"no row of any table gives a source for '{event.event_id}'",
                          "add its participants, dates and figures with their sources")
        elif event.tier == "core" and len(names) < 2:
            yield rows.at("events", event.Index, "event_id", event.event_id,
                          f"'{event.event_id}' rests on {len(names)} house{'s' * (not names)}"
                          f"{f' ({legible(names[0])})' if names else ''}",
                          "find a second one, or add an accept_single_source ruling with the reason")


def copies_name_their_original(rows: Rows) -> Iterator[Problem]:
    """Catch a copy that would count as a publisher of its own, and an original called a copy."""
    copies = rows.sources[(rows.sources[["is_copy", "is_mirror"]] == "true").any(axis=1)]
    noted = rows.sources[rows.sources["note"].notna()]
    for source in pd.concat([copies, noted]).drop_duplicates("source_id").itertuples():
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


def bounds_are_ordered(rows: Rows) -> Iterator[Problem]:
    """Catch an interval upside down or without any bound."""
    for table, low, high in (("claims", "value_low", "value_high"), ("published_counts", "count_low", "count_high")):
        frame = getattr(rows, table)
        for row in frame[frame[low] > frame[high]].itertuples():
            yield rows.at(table, row.Index, low, getattr(row, low),
                          f"the lower bound {as_text(getattr(row, low))} is above the upper bound "
                          f"{as_text(getattr(row, high))}",
                          "swap or mend them")
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
                      "add the country there with its role, or mend the scope")


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


def is_same(value: object, wanted: str) -> bool:
    """Whether a cell holds what a ruling expects; 3 and 3.0 are the same figure."""
    try:
        return float(wanted) == value if isinstance(value, float) else as_text(value) == wanted
    except ValueError:
        return False


def as_text(value: object) -> str:
    """A cell as it stands in the CSV; whole numbers without a decimal point."""
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.10g}"
    return str(value) if isinstance(value, str) else ""


RULES_OF_ONE_ROW = (dates_exist, countries_exist, events_run_forward, *searches.RULES_OF_ONE_ROW,
                     *addresses.RULES_OF_ONE_ROW)
RULES = (dates_match_precision, ids_match_years, events_stand_once,
         places_are_plausible, parts_lie_inside, both_states_are_there, events_have_two_houses,
         copies_name_their_original, bounds_are_ordered, counts_are_whole,
         qualifiers_match_bounds, claims_stand_once, claim_ids_match, scopes_take_part, rulings_say_what_they_do,
         rulings_are_needed, *searches.RULES, *figures.RULES, *covers.RULES, *world.RULES, *tiers.RULES,
         *stages.RULES, *addresses.RULES, *publishers.RULES)
