"""The cards of the chapter on participants: with whom, in what framework, where, and who watched."""

from __future__ import annotations

import pandas as pd

from ..counting import participation
from ..counting.definitions import DEFAULT, Definition
from ..counting.reading import Reading
from ..figures.card import Card, Column
from ..figures.forms import bars, matrices
from ..figures.forms.intervals import SETTINGS, draw_shares
from ..figures.forms.matrices import Mark
from ..figures.keys import Series
from ..figures.layout import Layout
from ..wording import countries, dates
from ..wording import numbers as worded
from ..wording.values import FRAMEWORKS
from . import common, headlines
from .common import HIGH, LOW, NOTHING_COUNTED, called, counted, stated, unless_empty

BY_DEFINITION, BY_HELD = SETTINGS
MARKS = {"counted": Mark("Took part in a counted event", "o", "both"),
         "other": Mark("Took part in another held event only", "D", "other", size=0.8),
         "observed": Mark("Only watched", "o", "other", is_filled=False)}
LAYERS = (Series("counted", "Default definition", "both"), Series("other", "Other held events", "other", "///"))
WHERE = {"sea": "at sea", "air": "in the air", "elsewhere": "elsewhere"}
# Countries that took part in no counted event are drawn from this many held events on; two, for the pairs and watchers.
LEAST_HELD, LEAST = 5, 2
NO_HOST = "No host country"
# name of a number in the prose: who only watched
WATCHED = {"n_russia_watched": "RUS", "n_china_watched": "CHN", "n_both_watched": "both"}
# How bars with two parts are read.
PAIRED = "Plain bars, first number: default definition. Hatched, second number: other held events."
WHAT_HELD = ("Other held events are competitions, third parties' exercises, and events that Russia or China, or both, "
             "only watched")


def names(codes: pd.Series) -> pd.Series:
    """The English name of each code."""
    return codes.map(countries.name)


def both_numbers(table: pd.DataFrame) -> pd.Series:
    """The two layers of each bar in numbers: 29 + 17."""
    return table["counted"].map(worded.count) + " + " + table["other"].map(worded.count)


def country_years_card(years: pd.DataFrame, definition: Definition, as_of: pd.Timestamp) -> Card:
    """Country by year: took part, took part in another held event, only watched."""
    totals = participation.countries(years)
    totals = totals.assign(name=names(totals["country"]))
    is_shown = (totals["counted"] > 0) | (totals[["counted", "other", "observed"]].sum(axis=1) >= LEAST_HELD)
    shown = totals[is_shown].assign(rank=range(int(is_shown.sum())))
    table = years.merge(totals[["country", "name"]], on="country")
    table["rank"] = table["country"].map(shown.set_index("country")["rank"])
    table = table.sort_values(["rank", "name", "year"], ignore_index=True)
    took_part = totals[totals["counted"] > 0]
    most = worded.leading(took_part, "counted", "name")
    title = headlines.joined(len(took_part), most)
    subtitle = f"What each country did in each year. {stated(definition, as_of)}"
    reading = ("Filled circle: its forces took part. Diamond: they took part in another held event only. Ring: it only "
               "watched. One mark may stand for several events.")
    leading = (f"Most often: {worded.plural(took_part['counted'].max(), 'event')}{worded.each(most)}. "
               if len(took_part) else "")
    note = (f"{leading}Shown: countries with a counted event or at least {LEAST_HELD} held ones; "
            f"{worded.plural(int((~is_shown).sum()), 'more country is', 'more countries are')} in the table. "
            f"{WHAT_HELD}. How many troops came is not shown. {reading} "
            f"Source: Joint Drills, participants.csv.")
    alt = ("Matrix of countries by year, most events first. Counted events in which each took part: "
           + ", ".join(f"{row.name} {row.counted}" for row in took_part.itertuples()) + ". Only in other held events: "
           + ", ".join(f"{row.name} {row.other}" for row in shown[shown["counted"] == 0].itertuples()) + ".")

    def draw(layout: Layout, table: pd.DataFrame):
        drawn = table[table["rank"].notna()]
        return matrices.dots(layout, drawn, rows="name", columns="year", mark="mark", marks=MARKS)

    columns = {"name": Column("Country"), "year": Column("Year", is_year=True),
               "counted": Column("Took part"), "other": Column("Took part, other held events"),
               "observed": Column("Only watched")}
    return Card("countries-by-year", title, subtitle, note, alt, table, columns, draw, counted=counted(definition))


def frameworks_card(shares: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """The share of each framework, under the default definition and among all held events."""
    table = shares.assign(label=shares["framework"].map(FRAMEWORKS),
                          **{column: shares[column] * 100 for column in ("share", "low", "high")})
    usual, held = (table[table["setting"] == setting].set_index("framework") for setting in SETTINGS)
    title = headlines.alone(usual.at["bilateral", "events"], usual.at["bilateral", "total"])
    subtitle = f"Share of events by framework, in per cent. {stated(DEFAULT, as_of)}"
    reading = (f"Circle: default definition. Diamond: all held events. Lines: {common.LEVEL} interval (Wilson); the "
               "events are no random sample, and a line shows how far a share rests on few of them.")
    note = (f"Of all held events {held.at['bilateral', 'events']} of {held.at['bilateral', 'total']} were bilateral. "
            "An exercise that Russia or China led is theirs, not bilateral, even where the other was the only guest. "
            "Third parties' exercises are outside the default definition by rule. A share says nothing of size. "
            f"{reading} SCO: Shanghai Cooperation Organisation. Source: Joint Drills, events.csv.")
    alt = f"Rows with {worded.plural(len(SETTINGS), 'interval')} each. " + "; ".join(
        f"{row.label}, {row.setting.lower()}: " + ("left out by rule" if pd.isna(row.share) else
        f"{row.events} of {row.total}, {row.share:.0f} % (interval {row.low:.0f} to {row.high:.0f} %)")
        for row in table.itertuples()) + "."
    by_rule = "left out by rule"
    columns = {"label": Column("Framework"), "setting": Column("Counted"), "events": Column("Events"),
               "total": Column("All events"), "share": Column("Share", "%", 1, by_rule),
               "low": Column(LOW, "%", 1, by_rule), "high": Column(HIGH, "%", 1, by_rule)}
    return Card("framework-shares", title, subtitle, note, alt, table, columns, draw_shares, reading,
                counted=called(DEFAULT, "default definition"),
                beside=called(participation.ALL_HELD, "every event held"))


def together_card(pairs: pd.DataFrame, n_events: int, definition: Definition, as_of: pd.Timestamp) -> Card:
    """How many events both of two countries attended."""
    table = pairs.assign(name=names(pairs["first"]), other=names(pairs["second"]))
    two = table[~table["is_own"]]
    most = int(two["events"].max())
    n_none = int((two["events"] == 0).sum())
    title = headlines.together(closest(two, most), most)
    subtitle = (f"Events in which both countries took part, of {worded.plural(n_events, 'event')}. "
                f"{stated(definition, as_of)}")
    note = ("Russia and China are in every event and left out. "
            f"Of the {worded.plural(len(two), 'pair')} of countries shown, {n_none} share none. "
            f"Shown: countries that took part in at least {LEAST} events. To have taken part in the same event is not "
            "to have trained with one another, and says nothing of ties outside it. Observers are not counted. In the "
            "frames: all events of that country. Source: Joint Drills, participants.csv.")
    alt = ("Matrix of counts. Events of each country: "
           + ", ".join(f"{row.name} {row.events}" for row in table[table["is_own"]].itertuples()) + ". Shared by two: "
           + ", ".join(f"{row.other} and {row.name} {row.events}" for row in two[two["events"] > 0].itertuples())
           + "; all other pairs none.")

    def draw(layout: Layout, table: pd.DataFrame):
        return matrices.heat(layout, table, row="name", column="other", value="events", outlined="is_own",
                             is_headed_below=True)

    columns = {"name": Column("Country"), "other": Column("With"), "events": Column("Events of both"),
               "is_own": Column("Own total")}
    return Card("countries-together", title, subtitle, note, alt, table, columns, draw, counted=counted(definition))


def closest(two: pd.DataFrame, most: int) -> list[str]:
    """The countries of which any two shared the most events; empty if not any two of them did."""
    best = two[two["events"] == most]
    who = sorted(set(best["name"]) | set(best["other"]))
    return who if len(best) == len(who) * (len(who) - 1) // 2 else []


def hosts_card(table: pd.DataFrame, several: int, without: dict[str, int], definition: Definition,
               as_of: pd.Timestamp) -> Card:
    """Events by the country in which they were held."""
    is_hosted = table["country"] != ""
    table = table.assign(name=names(table["country"].where(is_hosted, "RUS")).where(is_hosted, NO_HOST),
                         printed=both_numbers(table))
    by_country = table.set_index("country")["counted"]
    where = worded.listing([f"{number} {WHERE[place]}" for place, number in without.items() if number])
    title = headlines.hosted(by_country.get("RUS", 0), by_country.get("CHN", 0))
    subtitle = f"Events by host country. {stated(definition, as_of)}"
    alone = (f"{worded.plural(sum(without.values()), 'event has', 'events have')} no host country on record, {where}. "
             if where else "")
    note = (f"{alone}{worded.none_or(several, 'counted event').capitalize()} had several hosts; an event counts for "
            "each of its hosts. A host is a country on whose territory or waters, or in whose charge, an event took "
            f"place. {WHAT_HELD}. {PAIRED} Source: Joint Drills, participants.csv.")
    alt = "Stacked bars. Events by host, counted and in all held: " + "; ".join(
        f"{row.name} {row.counted} and {row.total}" for row in table.itertuples()) + "."

    def draw(layout: Layout, table: pd.DataFrame):
        return bars.stacked(layout, table, LAYERS, label="name", text="printed", value_label="Events hosted")

    columns = {"name": Column("Host"), "counted": Column("Default definition"), "other": Column("Other held events"),
               "total": Column("All held events")}
    return Card("hosts", title, subtitle, note, alt, table, columns, draw, PAIRED,
                counted=called(definition, "default definition"))


def observers_card(table: pd.DataFrame, watched: dict[str, int], n_held: int, definition: Definition,
                   as_of: pd.Timestamp) -> Card:
    """Events that a country only watched, Russia and China among them."""
    table = table.assign(name=names(table["country"]), printed=both_numbers(table))
    most = worded.leading(table, "total", "name")
    title = headlines.watched(most, table["total"].max())
    subtitle = f"Held events that a country watched without taking part. {stated(definition, as_of)}"
    shown = table["total"] >= LEAST
    said = {who: headlines.some(number).lower() for who, number in watched.items()}
    note = (f"Of {n_held} held events Russia only watched {said['RUS']} in which China took part, and China "
            f"{said['CHN']} in which Russia did; both only watched {said['both']} in which third states exercised. "
            f"Shown: countries that watched at least {LEAST} events; {int((~shown).sum())} with fewer are "
            f"in the table. Attachés and guests whom no source names are not counted. {PAIRED} Source: Joint Drills, "
            "participants.csv.")
    alt = "Stacked bars. Events watched: " + ", ".join(
        f"{row.name} {row.total}" for row in table[shown].itertuples()) + "."

    def draw(layout: Layout, table: pd.DataFrame):
        return bars.stacked(layout, table[table["total"] >= LEAST], LAYERS, label="name",
                            text="printed", value_label="Events watched")

    columns = {"name": Column("Observer"), "counted": Column("Default definition"),
               "other": Column("Other held events"), "total": Column("All held events")}
    return Card("observers", title, subtitle, note, alt, table, columns, draw, PAIRED,
                counted=called(definition, "default definition"))


@unless_empty("countries-by-year", "No third country took part in a counted event",
              lambda reading: (reading.country_years["counted"] > 0).any())
def country_years(reading: Reading) -> Card:
    """What each country did in each year."""
    return country_years_card(reading.country_years, DEFAULT, reading.as_of)


@unless_empty("framework-shares", *NOTHING_COUNTED)
def frameworks(reading: Reading) -> Card:
    """The share of each framework among counted and among all held events."""
    settings = {BY_DEFINITION: reading.counted, BY_HELD: reading.held}
    shares = participation.framework_shares(settings, {BY_DEFINITION: participation.WIDER_BY_RULE})
    return frameworks_card(shares, reading.as_of)


@unless_empty("countries-together", "No third countries often took part together",
              lambda reading: not pairs_of(reading)["is_own"].all())
def together(reading: Reading) -> Card:
    """Who met whom in counted events."""
    return together_card(pairs_of(reading), len(reading.counted), DEFAULT, reading.as_of)


@unless_empty("hosts", *NOTHING_COUNTED)
def hosts(reading: Reading) -> Card:
    """Held events by host."""
    roles, events = reading.record.participants, reading.counted
    several, without = participation.several_hosts(roles, events), participation.without_host(roles, events)
    return hosts_card(reading.hosts, several, without, DEFAULT, reading.as_of)


@unless_empty("observers", "No country often watched", lambda reading: (reading.observers["total"] >= LEAST).any())
def observers(reading: Reading) -> Card:
    """Held events by who only watched."""
    return observers_card(reading.observers, reading.watched, len(reading.held), DEFAULT, reading.as_of)


def pairs_of(reading: Reading) -> pd.DataFrame:
    """`participation.pairs` of the counted events, for countries that took part often."""
    return participation.pairs(reading.record.participants, reading.counted, LEAST)


def numbers(reading: Reading) -> dict[str, str]:
    """The numbers of the chapter's prose by name, as finished words."""
    totals = participation.countries(reading.country_years)
    third = totals[totals["counted"] > 0]
    lead = third[third["counted"] == third["counted"].max()]
    hosted, watched = reading.hosts.set_index("country")["counted"], reading.watched
    alone = participation.alone(reading.record.participants, reading.counted)
    return {"n_events": worded.count(len(reading.counted)), "n_held": worded.count(len(reading.held)),
            "n_alone": worded.count(alone), "n_countries": worded.count(len(third)),
            "leaders": worded.listing(list(names(lead["country"])) or ["no country"]),
            "n_lead": worded.count(lead["counted"].max() if len(lead) else 0),
            "n_no_host": worded.count(hosted.get("", 0)),
            **{name: worded.count(watched[who]) for name, who in WATCHED.items()},
            "definition": DEFAULT.describe(), "as_of": dates.day(reading.as_of)}
