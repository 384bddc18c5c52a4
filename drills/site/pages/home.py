"""The parts of the home page: what a reader asks first, with answer and small picture, and what is new.

Figures are those of the reading; every sentence has a wording for none, one and several. Knows no chapter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
from markupsafe import Markup

from ... import addresses
from ...counting import participation, places, published, sizes, trends
from ...counting.definitions import DEFAULT, PRESETS, Definition, select, to_query
from ...counting.estimates import THRESHOLD
from ...counting.reading import Reading
from ...counting.trends import CONFIDENCE
from ...templating import render
from ...wording import countries, dates, numbers, values
from . import tiny

# So many countries and events are named.
NAMED, NEWEST = 3, 5
# Between which definitions a count is said to range, and the three that say why the totals of others differ.
NARROW, WIDE, TWO_ALONE = "strict", "held", "bilateral-exercises"
# Events this close to one of them are said to be around it.
AROUND_KM = 1000


@dataclass(frozen=True)
class Answer:
    """One question of the home page: its anchor, the question, the page that goes on, and what is said and drawn.

    figure: what stands out; said: sentences without it, each with an anchor of its own or none. Plain text, or markup
    where counts lead to the switchboard.
    """

    anchor: str
    question: str
    page: str
    figure: str
    said: Mapping[str, str]
    picture: Markup


def glance(reading: Reading) -> Markup:
    """What a reader asks first, each question with its answer, as HTML."""
    answers = [how_often(reading), how_big(reading), with_whom(reading), where(reading), by_others(reading)]
    return Markup(render("site/pages/parts/glance.html.jinja", answers=answers))


def newest(reading: Reading) -> Markup:
    """The events that were held last, as HTML."""
    latest = reading.held.sort_values(["start_date", "event_id"], ascending=False, kind="stable").head(NEWEST)
    listed = [{"name": event.name, "page": addresses.event_page(event.event_id), "kind": values.KINDS[event.kind],
               "when": dates.period(event.start_date, event.end_date),
               "place": event.place if isinstance(event.place, str) else "place not known"}
              for event in latest.itertuples(index=False)]
    return Markup(render("site/pages/parts/newest.html.jinja", events=listed))


PARTS = {"glance": glance, "newest": newest}


# how often

def how_often(reading: Reading) -> Answer:
    """Events of the last complete year and of the one under way, and whether they grow."""
    complete, per_year = reading.complete_years, reading.per_year
    year, total = int(complete["year"].iloc[-1]), int(complete["total"].iloc[-1])
    so_far = per_year[per_year["year"] > year]
    said = {"": ranged(reading, year) + under_way(so_far, reading.as_of), "growing": growing(reading.trend)}
    said_first = numbers.none_or(total, "event").capitalize()
    return Answer("how-often", "How often?", "frequency.html", f"{said_first} in {year}", said,
                  tiny.columns(per_year["total"].tolist(), n_open=len(so_far)))


def ranged(reading: Reading, year: int) -> Markup:
    """Between which numbers the count of a year lies by other definitions, as links to them."""
    narrow, wide = (replace(PRESETS[name].definition, start=str(year), end=str(year)) for name in (NARROW, WIDE))
    least, most = (counted(reading, definition) for definition in (narrow, wide))
    if least == most:
        return Markup("The {} and the {} give {} too.").format(
            led(narrow, "narrowest"), led(wide, "widest definition"), none_or(least))
    return Markup("By the {} {}, by the {} {}.").format(
        led(narrow, "narrowest definition"), none_or(least), led(wide, "widest"), none_or(most))


def none_or(number: int) -> str:
    """A count, with a word for none."""
    return numbers.count(number) if number else "none"


def counted(reading: Reading, definition: Definition) -> int:
    """How many events count under a definition."""
    return len(select(reading.record.events, definition, reading.houses))


def led(definition: Definition, words: str) -> Markup:
    """Words that lead to the switchboard set to a definition."""
    return Markup('<a href="{}">{}</a>').format(addresses.definition_page(to_query(definition)), words)


def under_way(so_far: pd.DataFrame, as_of: pd.Timestamp) -> str:
    """The events of a year that is not over, as a sentence after another; nothing if no year is under way."""
    if so_far.empty:
        return ""
    total, year = int(so_far["total"].sum()), int(so_far["year"].iloc[-1])
    return f" In {year}, to {dates.day(as_of).removesuffix(f' {year}')}: {none_or(total)}."


def growing(trend: trends.Trend) -> str:
    """Whether events came more often from year to year: the change with its interval."""
    change, level = numbers.percent_change(trend.ratio), f"{100 * CONFIDENCE:.0f} % interval"
    between = f"{change} a year since {trend.first} ({level} {numbers.percent_range(trend.low, trend.high)})"
    return f"Growing: {between}." if trend.low > 1 else f"Shrinking: {between}." if trend.high < 1 else (
        f"No clear trend: {between}.")


# how big

def how_big(reading: Reading) -> Answer:
    """The largest event by official figures, what others say of it, and how many Chinese troops were in it."""
    official = reading.troops.dropna(subset="official_best")
    if official.empty:
        return Answer("how-big", "How big?", "scale.html", "Not published",
                      {"": "No total of the troops of any event was found."}, Markup(""))
    largest = official.loc[official["official_best"].idxmax()]
    of_china = sizes.sizes(reading.counted, reading.groups, ("troops",), "CHN")
    chinese = of_china[of_china["event_id"] == largest["event_id"]]
    bars = [("official", "other", 0.0, largest["official_best"])]
    if pd.notna(largest["assessed_best"]):
        low, high = (largest[f"assessed_{bound}"] for bound in ("low", "high"))
        bars.append(("by others", "muted", *(largest["assessed_best"] if pd.isna(end) else end for end in (low, high))))
    if len(chinese) and pd.notna(chinese["official_best"].iloc[0]):
        bars.append(("Chinese", "china", 0.0, chinese["official_best"].iloc[0]))
    texts = (largest["official_text"], largest["assessed_text"], next(iter(chinese["official_text"]), "none"))
    large = int((reading.counted_classes["class_CHN"] == "yes").sum())
    return Answer("how-big", "How big?", "scale.html", f"{texts[0].partition(' (')[0]} troops in all",
                  {"": biggest(largest["name"], *texts, large)}, tiny.levels(bars))


def biggest(name: str, official: str, assessed: str, chinese: str, large_chinese: int) -> str:
    """The largest event by name: its official total, that of others, the Chinese troops ('none' for no figure)."""
    others = f"; others say {assessed}" if assessed != "none" else ""
    part = ("How many of them were Chinese was not published" if chinese == "none" else
            f"The Chinese troops among them: {chinese}")
    size = numbers.count(THRESHOLD)
    ever = (f"no Chinese contingent is known to have reached {size}" if not large_chinese else
            f"{numbers.plural(large_chinese, 'Chinese contingent')} in all events reached {size}")
    return f"{name} was the largest: {official} by official figures{others}. {part}; {ever}."


# with whom

def with_whom(reading: Reading) -> Answer:
    """Events of the two alone, and who else took part in the others."""
    events, participants = reading.counted, reading.record.participants
    alone = participation.alone(participants, events)
    by_country = participation.countries(reading.country_years)
    others = by_country[by_country["counted"] > 0]
    return Answer("with-whom", "With whom?", "participants.html",
                  f"{numbers.count(alone)} of {numbers.count(len(events))} by the two alone",
                  {"": partners([(countries.country(row.country), int(row.counted)) for row in others.itertuples()])},
                  tiny.shares([("the two alone", "both", alone), ("with others", "other", len(events) - alone)]))


def partners(listed: list[tuple[str, int]]) -> str:
    """Who took part beside the two: countries with their number of events, most first."""
    if not listed:
        return "No other country took part."
    named = [f"{name} ({numbers.count(events)})" for name, events in listed[:NAMED]]
    if len(listed) <= NAMED:
        return f"Who else took part: {numbers.listing(named)}."
    others = numbers.plural(len(listed), "other country", "other countries")
    return f"{others} took part, most often {numbers.listing(named)}."


# where

def where(reading: Reading) -> Answer:
    """Events at sea or in the air by period, and where most were."""
    known = reading.located[reading.located["latitude"].notna()]
    if known.empty:
        return Answer("where", "Where?", "geography.html", "Not known", {"": "No event has a known place."}, Markup(""))
    is_far = known["group"].isin(places.AT_SEA_OR_AIR)
    by_period = is_far.groupby(places.periods(known["year"], reading.as_of), observed=True).agg(["sum", "size"])
    inside, centre = places.crowded(known, AROUND_KM)
    area = next(iter(centre["sea_areas"]), "")
    around = f"the {area}" if area else centre["name"]
    rows = [(str(period), int(row["sum"]), int(row["size"])) for period, row in by_period.iterrows()]
    return Answer("where", "Where?", "geography.html",
                  f"{numbers.count(is_far.sum())} of {numbers.count(len(known))} at sea or in the air",
                  {"": f"{by_time(rows)} Most around {around}: {numbers.count(inside)} within "
                       f"{numbers.count(AROUND_KM)} km."},
                  tiny.parts([(name.partition("–")[0], far, of) for name, far, of in rows]))


def by_time(rows: list[tuple[str, int, int]]) -> str:
    """How many events were at sea or in the air in the first and in the last period: (period, so many, of so many)."""
    said = [f"{numbers.count(far)} of {numbers.count(total)} in {period}" for period, far, total in rows]
    return f"{said[0]}." if len(rows) == 1 else f"{said[0]}, {said[-1]}."


# what others count

def by_others(reading: Reading) -> Answer:
    """The totals that others have published for the whole subject, and why they differ."""
    theirs = published.totals(reading.beside_ours, reading.as_of)["theirs_low"].dropna().tolist()
    ours = len(reading.counted)
    figure = numbers.span(min(theirs), max(theirs)) if theirs else f"None beside our {numbers.count(ours)}"
    return Answer("others", "What do others count?", "definitions.html", figure, {"": why(reading)},
                  tiny.dots([*theirs, ours], marked=len(theirs)))


def why(reading: Reading) -> Markup:
    """Why totals differ: what this record gives by the default, the widest and a narrow definition, as links."""
    ours, wide, alone = (led(definition, numbers.count(counted(reading, definition))) for definition in (
        DEFAULT, PRESETS[WIDE].definition, PRESETS[TWO_ALONE].definition))
    return Markup("They count different things. Our default gives {}. With competitions, exercises of others and "
                  "events that one of the two only watched it would be {}; with nothing but exercises of the two "
                  "alone, {}.").format(ours, wide, alone)
