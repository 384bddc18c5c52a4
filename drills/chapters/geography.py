"""The cards of the chapter on geography: the map, its four periods, sea areas by year, distances."""

from __future__ import annotations

import pandas as pd

from ..counting import places
from ..counting.definitions import DEFAULT, Definition
from ..counting.reading import Reading
from ..figures.card import Card, Column
from ..figures.forms import maps, matrices
from ..figures.forms.maps import BASE_MAP, ROUGH, Shape
from ..figures.forms.matrices import Mark
from ..figures.forms.strips import PANELS, draw_distances
from ..figures.layout import Layout
from ..wording import dates
from ..wording import numbers as worded
from . import headlines
from .common import counted, stated, unless_empty

SHAPES = {"land": Shape("On land, in several domains, missile defence", "s", "both", 0.92),
          "sea": Shape("At sea, exercise", "o", "both"), "sea_patrol": Shape("At sea, patrol", "D", "russia", 0.88),
          "air": Shape("In the air", "^", "russia", 1.08),
          "police": Shape("Police, border troops, internal security", "v", "other", 1.08)}
# Events of one group and precision no farther apart than this share a mark.
SHARED_KM = 300
FAR_KM, NEAR_KM = 1000, places.ROUNDED_KM // 2
WATERS = {"first": Mark("First year of the area", "D", "accent"), "again": Mark("Named again", "o", "both")}
NO_AREA = "No known area named"
NO_POINT = "not known"
PLACE_COLUMNS = {"start_date": Column("First day"), "name": Column("Event"), "kind": Column("What acted"),
                 "place": Column("Place", blank="not named"), "precision": Column("The point stands for"),
                 "latitude": Column("Latitude", "degrees north", 1, NO_POINT),
                 "longitude": Column("Longitude", "degrees east", 1, NO_POINT)}


def with_words(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of `places.located` with kind and precision in words."""
    precision = table["is_point"].map({True: "a town, range or harbour", False: "an area"})
    return table.assign(kind=table["group"].map({name: one.label for name, one in SHAPES.items()}),
                        precision=precision.where(table["latitude"].notna(), NO_POINT))


def once(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """One line for each mark, with the rows that share it."""
    marked = table[table["mark"].notna()]
    by = [*columns, "mark"]
    behind = marked.assign(rows=marked.index).groupby(by)["rows"].agg(tuple)
    return marked.drop_duplicates(by).join(behind, on=by)


def off_map(known: pd.DataFrame) -> str:
    """How many of the events with a known point the map does not reach, as a sentence; empty if it holds all."""
    missing = int((~maps.is_on_map(known["latitude"], known["longitude"])).sum())
    return f"{worded.plural(missing, 'event')} beyond the edges of the map. " if missing else ""


def everywhere_card(located: pd.DataFrame, definition: Definition, as_of: pd.Timestamp) -> Card:
    """Every counted event on one map."""
    known = places.gathered(located, SHARED_KM)
    table = with_words(located).join(known[["mark", "mark_latitude", "mark_longitude", "n_at_mark"]])
    n_far = int(known["group"].isin(places.AT_SEA_OR_AIR).sum())
    most, centre = places.crowded(known, FAR_KM)
    title = headlines.crowded(most, len(known), FAR_KM, area_of(centre) or point_of(centre))
    subtitle = f"Events by place and by what acted. {stated(definition, as_of)}"
    reading = ("The area of a mark is the number of events; those of one shape no more than "
               f"{SHARED_KM} km apart share a mark.")
    missing = len(located) - len(known)
    note = (f"The middle of that circle is {point_of(centre)}. {n_far} of the {len(known)} were naval, coast-guard or "
            f"air events. {ROUGH} "
            f"{worded.plural(missing, 'event')} without a known point {'is' if missing == 1 else 'are'} in the table "
            f"alone. {off_map(known)}{reading} {BASE_MAP} Source: Joint Drills, events.csv.")
    counts = known["group"].value_counts()
    alt = ("Map of Eurasia, the Indian Ocean and the North Pacific. "
           + "; ".join(f"{one.label}: {counts.get(name, 0)}" for name, one in SHAPES.items()) + ". Places with most: "
           + "; ".join(f"{row.n_at_mark} at {latitude(row.mark_latitude)}, {longitude(row.mark_longitude)}"
                       for row in once(known).nlargest(5, "n_at_mark", keep="all").itertuples()) + ".")

    def draw(layout: Layout, table: pd.DataFrame):
        return maps.world(layout, once(table), SHAPES)

    columns = {**PLACE_COLUMNS, "n_at_mark": Column("Events in its mark", blank="no mark")}
    return Card("events-map", title, subtitle, note, alt, table, columns, draw, reading, counted=counted(definition))


def nearby(event: pd.Series) -> str:
    """The first sea area that the place of an event names, else its name."""
    return next(iter(event["sea_areas"]), event["name"])


def area_of(event: pd.Series) -> str:
    """The first sea area that the place of an event names; empty if it names none."""
    area = next(iter(event["sea_areas"]), "")
    return f"the {area}" if area else ""


def point_of(event: pd.Series) -> str:
    """The point of an event in whole degrees: 35° N, 131° E."""
    return f"{latitude(event['latitude'])}, {longitude(event['longitude'])}"


def latitude(value: float) -> str:
    """A latitude in whole degrees: 34° S."""
    return f"{abs(round(value))}°\N{NO-BREAK SPACE}{'S' if value < 0 else 'N'}"


def longitude(value: float) -> str:
    """A longitude in whole degrees: 132° E."""
    return f"{abs(round(value))}°\N{NO-BREAK SPACE}{'W' if value < 0 else 'E'}"


def by_period_card(located: pd.DataFrame, definition: Definition, as_of: pd.Timestamp) -> Card:
    """One map for each period."""
    known = located[located["latitude"].notna()]
    period = places.periods(known["year"], as_of).astype(str)
    table = with_words(places.gathered(known.assign(period=period), SHARED_KM, ("period", "group", "is_point")))
    counts = table.groupby("period")["group"].agg(["size", lambda groups: int(groups.isin(places.AT_SEA_OR_AIR).sum())])
    counts.columns = ["events", "far"]
    first, last = counts.index[0], counts.index[-1]
    title = headlines.at_sea((first, counts.at[first, "far"], counts.at[first, "events"]),
                             (last, counts.at[last, "far"], counts.at[last, "events"]))
    subtitle = f"Events by place in {worded.plural(len(counts), 'period')}. {stated(definition, as_of)}"
    note = (f"The periods are set by hand and differ in length, so their numbers are no rates. {ROUGH} Events without "
            f"a known point are left out. {off_map(known)}Marks as on the map of all events. {BASE_MAP} Source: Joint "
            "Drills, events.csv.")
    kinds = pd.crosstab(table["period"], table["group"])
    alt = f"{worded.plural(len(counts), 'map')}. " + " ".join(
        f"{name}: {worded.plural(row.events, 'event')}, " + ", ".join(
            f"{one.label.lower()} {kinds.at[name, group]}" for group, one in SHAPES.items()
            if group in kinds and kinds.at[name, group]) + "." for name, row in counts.iterrows())
    titles = {name: f"{name}: {worded.plural(row.events, 'event')}" for name, row in counts.iterrows()}

    def draw(layout: Layout, table: pd.DataFrame):
        return maps.world(layout, once(table, "period"), SHAPES, panel="period", titles=titles)

    columns = {"period": Column("Period"), **PLACE_COLUMNS, "n_at_mark": Column("Events in its mark")}
    return Card("events-map-periods", title, subtitle, note, alt, table, columns, draw, counted=counted(definition))


def waters_card(rows: pd.DataFrame, earlier: list[str], definition: Definition, as_of: pd.Timestamp) -> Card:
    """Sea areas by year, with the first year of each."""
    table = places.waters_by_year(rows)
    table = table.assign(mark=table["is_first"].map({True: "first", False: "again"}),
                         area=table["area"].where(table["area"] != "", NO_AREA))
    table["when"] = table["mark"].map({key: one.label for key, one in WATERS.items()})
    named = table[table["area"] != NO_AREA]
    firsts = named[named["is_first"]]
    since = places.STARTS[-1]
    new = list(firsts.loc[firsts["year"] >= since, "area"])
    title = headlines.waters(len(new), len(firsts), since)
    subtitle = (f"Sea areas named by {worded.plural(rows['event_id'].nunique(), 'event')} at sea or in the air. "
                f"{stated(definition, as_of)}")
    unnamed = rows.loc[rows["area"].isna(), "name"]
    note = ((f"First named in {since} or later: {worded.listing(new)}. " if new else "")
            + (f"A held event that does not count came earlier in: {worded.listing(earlier)}. " if earlier else "")
            + "The areas are read from the words of each place, so a route counts only as far as it was named; an "
            "event can name several. National and third parties' exercises in several domains are left out: not all "
            f"their seas were joint. {worded.none_or(len(unnamed), 'event').capitalize()} named no known area; the "
            "table has them all. Source: Joint Drills, events.csv.")
    alt = "Matrix of sea areas by year, the area that came first on top. " + "; ".join(
        f"{area}: {', '.join(f'{row.year} ({row.events})' for row in here.itertuples())}"
        for area, here in named.groupby("area", sort=False)) + "."

    def draw(layout: Layout, table: pd.DataFrame):
        return matrices.dots(layout, table[table["area"] != NO_AREA], rows="area", columns="year", mark="mark",
                             marks=WATERS)

    columns = {"area": Column("Sea area"), "year": Column("Year", is_year=True), "events": Column("Events"),
               "names": Column("Which"), "is_first": Column("First year of the area")}
    return Card("sea-areas", title, subtitle, note, alt, table, columns, draw, counted=counted(definition))


def distances_card(table: pd.DataFrame, definition: Definition, as_of: pd.Timestamp) -> Card:
    """How far each event was from the nearer and from the farther of the two states."""
    table = with_words(table)
    at_home = int((table["nearer_km"] == 0).sum())
    far, most = table[table["nearer_km"] > FAR_KM], table["nearer_km"].max()
    title = headlines.far_away(len(far), len(table), FAR_KM)
    subtitle = f"Distance of events from the land of the two states, in km. {stated(definition, as_of)}"
    reading = f"Great circles, rounded to {places.ROUNDED_KM} km. The area of a mark is the number of events."
    note = (f"The farthest was {worded.count(most)} km away; {at_home} were on the territory of Russia or China or "
            f"within {NEAR_KM} km of it. {ROUGH} Events without a known point are left out. Distances run to the "
            "nearest corner of outlines rounded to a tenth of a degree (Natural Earth 1:50m). The outlines show who "
            "holds an area and settle no claim: Crimea and the southern Kurils are Russia's in them, Taiwan is apart "
            f"from China. Without Crimea no distance differs by more than {places.ROUNDED_KM} km. {reading} Source: "
            "Joint Drills, events.csv.")
    alt = (f"{worded.plural(len(PANELS), 'strip')} of marks by year. "
           + " ".join(f"{head}: median {worded.count(table[column].median())} km, largest "
                      f"{worded.count(table[column].max())} km "
                      f"({worded.listing(worded.leading(table, column, 'name'))})."
                      for column, head in PANELS.items())
           + f" More than {worded.count(FAR_KM)} km from both: "
           + "; ".join(f"{name} {worded.count(km)} km"
                       for name, km in zip(far["name"], far["nearer_km"], strict=True)) + ".")
    columns = {"start_date": Column("First day"), "name": Column("Event"), "place": Column("Place"),
               "precision": Column("The point stands for"), "RUS_km": Column("From Russia", "km"),
               "CHN_km": Column("From China", "km"), "nearer_km": Column("From the nearer", "km"),
               "farther_km": Column("From the farther", "km")}

    def draw(layout: Layout, rows: pd.DataFrame):
        return draw_distances(layout, rows.assign(where=[nearby(row) for _, row in rows.iterrows()]))

    return Card("event-distances", title, subtitle, note, alt, table, columns, draw, reading,
                counted=counted(definition))


def has_points(reading: Reading) -> bool:
    """Whether the place of any counted event is known to the degree."""
    return reading.located["latitude"].notna().any()


@unless_empty("events-map", "No counted event has a known place on the map", has_points)
def everywhere(reading: Reading) -> Card:
    """Every counted event on one map."""
    return everywhere_card(reading.located, DEFAULT, reading.as_of)


@unless_empty("events-map-periods", "No counted event has a known place on the map", has_points)
def by_period(reading: Reading) -> Card:
    """The counted events of each period on a map."""
    return by_period_card(reading.located, DEFAULT, reading.as_of)


@unless_empty("sea-areas", "No counted event was in a named sea area",
              lambda reading: reading.waters["area"].notna().any())
def waters(reading: Reading) -> Card:
    """The sea areas of counted events by year."""
    areas = reading.record.sea_areas
    return waters_card(reading.waters, places.earlier(places.waters(reading.held, areas), reading.waters, areas),
                       DEFAULT, reading.as_of)


@unless_empty("event-distances", "No counted event has a known place on the map", has_points)
def distances(reading: Reading) -> Card:
    """How far counted events were from the two states."""
    return distances_card(distances_of(reading), DEFAULT, reading.as_of)


def distances_of(reading: Reading) -> pd.DataFrame:
    """`places.distances` of the counted events from the outlines of the base map."""
    return places.distances(reading.counted, maps.outlines(), reading.record.sea_areas)


def numbers(reading: Reading) -> dict[str, str]:
    """The numbers of the chapter's prose by name, as finished words."""
    events, mapped = reading.counted, distances_of(reading)
    firsts = places.waters_by_year(reading.waters).query("is_first")
    since = places.STARTS[-1]
    return {"n_events": worded.count(len(events)), "n_mapped": worded.count(len(mapped)),
            "n_no_point": worded.count(len(events) - len(mapped)),
            "n_areas_only": worded.count((~mapped["is_point"]).sum()),
            "n_far": worded.count(mapped["group"].isin(places.AT_SEA_OR_AIR).sum()),
            "n_home": worded.count((mapped["nearer_km"] == 0).sum()),
            "n_distant": worded.count((mapped["nearer_km"] > FAR_KM).sum()),
            "near_km": worded.count(NEAR_KM), "far_km": worded.count(FAR_KM),
            "rounded_km": worded.count(places.ROUNDED_KM), "n_areas": worded.count(len(firsts)),
            "n_new": worded.count((firsts["year"] >= since).sum()), "since": str(since),
            "definition": DEFAULT.describe(), "as_of": dates.day(reading.as_of)}
