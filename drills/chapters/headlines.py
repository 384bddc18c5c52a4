"""The headlines of the cards: the finding in one short sentence, from numbers that the cards have counted.

Every headline is here, so that they can be read side by side; STYLE.md says how they read. Each takes plain numbers
and names, and has a sentence for none, one and several, up, down and unclear. Imports no chapter.
"""

from __future__ import annotations

import math

from ..wording.numbers import count, decimal, each, listing, none_or, percent_change, plural, share


def verb(items: list, one: str, several: str) -> str:
    """The form of a verb for one or several subjects."""
    return one if len(items) == 1 else several


def verb_of(number: int) -> str:
    """What follows a number of events: 1 was, none and several were."""
    return "was" if number == 1 else "were"


def some(number: int) -> str:
    """A count as the first word of "X of Y"."""
    return count(number) if number else "None"


# how often

def trend(ratio: float, low: float, high: float, first: int) -> str:
    """The fitted change of events a year; ratio with its interval (1 is no change), first year of the span.

    A ratio that is not known (NaN) comes with an interval without bounds.
    """
    if low <= 1 <= high:
        return f"Joint activity has shown no clear trend since {first}"
    change = percent_change(ratio).lstrip("+−")
    return f"Joint activity has {'grown' if low > 1 else 'shrunk'} about {change} a year since {first}"


def every_way(grown: int, shrunk: int, total: int) -> str:
    """Under how many of all ways of counting the fitted change is clearly up, and clearly down."""
    if grown == total:
        return "However you count, joint activity has grown"
    if not grown and not shrunk:
        return "No way of counting shows a clear trend in joint activity"
    return f"Growth is clear in {count(grown)} of {plural(total, 'way')} of counting, decline in {some(shrunk).lower()}"


def least_clear(choice: str, grown: int, total: int) -> str:
    """The choice under which growth is clear least often."""
    return f"Growth is least clear for “{choice}”: in {some(grown).lower()} of {plural(total, 'way')} of counting"


def beside_theirs(highest: int, ours: int) -> str:
    """The highest published count and ours by the nearest rule."""
    return f"The highest published count is {count(highest)}; by the nearest rule this record has {count(ours)}"


def on_series(equal: int, total: int, widest: int) -> str:
    """Counts of single series that agree with ours, and the widest gap."""
    if equal == total:
        return "All counts of a single series agree with ours"
    return (f"{some(equal)} of {plural(total, 'count')} of a single series {'agrees' if equal == 1 else 'agree'} with "
            f"ours, and none is more than {count(widest)} away")


def recalled(have: int, total: int) -> str:
    """Entries of the lists of others that may belong here, and how many the record has."""
    return (f"The record has {some(have).lower()} of {plural(total, 'entry', 'entries')} of others’ lists that may "
            "belong here")


def all_along(times: int, recent: int, since: int) -> str:
    """Counted joint activities, and how many of them fall into the later half."""
    return (f"The record counts {plural(times, 'joint activity', 'joint activities')}, "
            f"{count(recent)} of them since {since}")


def days(years: list[str], most: int) -> str:
    """The years with most days in joint activity; a lower bound."""
    return f"{listing(years)} had the most days of joint activity: at least {count(most)}{each(years)}"


def rates(changes: list[tuple[str, float, float]]) -> str:
    """Whether events came more or less often after dates; changes: (date in words, low, high of the ratio)."""
    ways: dict[str, list[str]] = {}
    for date, low, high in changes:
        way = "more frequent" if low > 1 else "less frequent" if high < 1 else "neither clearly more nor less frequent"
        ways.setdefault(way, []).append(date)
    parts = [f"{way} after {listing(dates)}" for way, dates in ways.items()]
    return f"Joint activity was {listing(parts)} than before"


def season(in_season: int, total: int, first: str, last: str) -> str:
    """How many events began in the months from first to last."""
    return f"{count(in_season)} of {count(total)} events began from {first} to {last}"


# how big

def large(clear: int, total: int, threshold: str) -> str:
    """Events with a published total that had `threshold` troops by every account."""
    return f"{some(clear)} of {plural(total, 'event')} with a published total had {threshold} troops or more"


def reached(events: int, chinese: int, threshold: str) -> str:
    """Events of `threshold` troops by every account, and how many of them had a Chinese contingent of that size."""
    large = plural(chinese, "Chinese contingent")
    who = "no Chinese contingent did" if not chinese else f"so did {large}" if events else f"{large} did"
    return f"{none_or(events, 'event').capitalize()} reached {threshold} troops by every account; {who}"


def national(least: float) -> str:
    """The largest Chinese share (0 to 1) of the total of an exercise that one state led; NaN if none is known."""
    if math.isnan(least):
        return "No Chinese contingent was published beside the total of a national exercise"
    return f"Where both figures are known, China sent at most {share(least, 1)} of a national exercise’s troops"


def typical(median: float, noun: str, largest: list[str]) -> str:
    """The median number of ships or aircraft, and the events that had most."""
    return f"Half of the published counts were {count(median)} {noun} or more; {listing(largest)} had the most"


def shares(low: float, median: float, high: float, total: int) -> str:
    """The Chinese share of the total in per cent, over `total` events."""
    if total == 1:
        return f"China’s share of the troops was {count(median)} % in the one event with both figures"
    return (f"China’s share of the troops ranged from {count(low)} to {count(high)} %; "
            f"in half of the events it was {count(median)} % or less")


# with whom

def joined(countries: int, leaders: list[str]) -> str:
    """Other countries that took part, and which did most often."""
    if not countries:
        return "No other country took part"
    return f"{plural(countries, 'other country has', 'other countries have')} taken part, {listing(leaders)} most often"


def alone(bilateral: int, total: int) -> str:
    """Bilateral events: held by the two states, with no third one in them."""
    return f"{some(bilateral)} of {plural(total, 'joint activity', 'joint activities')} {verb_of(bilateral)} bilateral"


def together(countries: list[str], most: int) -> str:
    """The most events that two countries shared; countries: empty if not any two of them did."""
    if not countries:
        return f"No two other countries shared more than {plural(most, 'event')}"
    if len(countries) > 2:
        return f"{listing(countries)} shared the most events: {count(most)} for any two of them"
    return f"{listing(countries)} shared the most events: {count(most)}"


def hosted(russia: int, china: int) -> str:
    """Events that each of the two states hosted."""
    if russia == china:
        return f"Russia and China hosted {plural(russia, 'event')} each"
    first, second = (("Russia", russia), ("China", china)) if russia > china else (("China", china), ("Russia", russia))
    return f"{first[0]} hosted {plural(first[1], 'event')}, {second[0]} {count(second[1])}"


def watched(leaders: list[str], most: int) -> str:
    """Who watched most often without taking part."""
    return f"{listing(leaders)} watched most often without taking part: {plural(most, 'event')}{each(leaders)}"


# where

def crowded(inside: int, total: int, km: int, where: str) -> str:
    """The place with most events around it."""
    return (f"More events took place around {where} than anywhere else: {count(inside)} of {count(total)} within "
            f"{count(km)} km")


def at_sea(first: tuple[str, int, int], last: tuple[str, int, int]) -> str:
    """Events at sea or in the air in two periods: (period, so many, of so many)."""
    return (f"{some(first[1])} of {plural(first[2], 'event')} {verb_of(first[1])} at sea or in the air in {first[0]}, "
            f"{some(last[1]).lower()} of {count(last[2])} in {last[0]}")


def waters(new: int, total: int, since: int) -> str:
    """Sea areas that are first named in a year from `since` on."""
    return f"{some(new)} of {plural(total, 'sea area')} {verb_of(new)} first named in {since} or later"


def far_away(far: int, total: int, km: int) -> str:
    """Events far from the land of both states."""
    return f"{some(far)} of {plural(total, 'event')} {verb_of(far)} more than {count(km)} km from both countries"


# in which series

def still_held(recent: int, total: int, since: int, leaders: list[str]) -> str:
    """Named series with an edition since the start of a year, and those with most editions."""
    most = f"; {listing(leaders)} {verb(leaders, 'has', 'have')} the most editions" if leaders else ""
    return (f"{some(recent)} of {count(total)} named series {'has' if recent == 1 else 'have'} had an edition since "
            f"{since}{most}")


def silent(now: int, total: int) -> str:
    """Series whose pause up to now is longer than any before it."""
    return (f"{some(now)} of {count(total)} series {'has' if now == 1 else 'have'} now paused for "
            f"longer than ever before")


def patrols(air: int, naval: int, air_since: str | None, naval_since: str | None) -> str:
    """Joint patrols in the air and at sea, with the month of the first of each that there was."""
    at_sea = f"{count(naval)} at sea since {naval_since}" if naval_since else "none at sea"
    if not air_since:
        return f"No joint patrol in the air, {at_sea}"
    return f"{plural(air, 'joint patrol')} in the air since {air_since}, {at_sea}"


def numbered(contested: int, several: int) -> str:
    """Events that several claimants number, and how many of them have different numbers."""
    if not contested:
        return "Nobody disagrees on the number of an event"
    return f"Those who number events disagree on {count(contested)} of {count(several)}"


# beside what else

def recently(milestones: int, of_milestones: int, events: int, of_events: int, since: int) -> str:
    """How much of both falls into the years from `since` on."""
    return (f"{some(milestones)} of {plural(of_milestones, 'milestone')} and {some(events).lower()} of "
            f"{plural(of_events, 'event')} are from {since} or later")


def after_agreements(more: float, any_day: float) -> str:
    """How often (0 to 1) more events followed an agreement than came before it, and the same for any day."""
    return (f"{share(more, 1)} of agreements had more events after them than before; so did {share(any_day, 1)} of all "
            "days")


def after_summits(mean: float, any_day: float) -> str:
    """Mean events in the year after a summit and after any day of the same years."""
    return f"The year after a summit had {decimal(mean)} events on average, the year after any day {decimal(any_day)}"


def chosen(most: int, total: int, kinds: list[str], years: list[str]) -> str:
    """The kinds of milestone and the years with most."""
    return (f"{count(most)}{each(kinds)} of {count(total)} milestones are {listing(kinds)}; "
            f"{listing(years)} {verb(years, 'has', 'have')} the most milestones")


# how good

def houses(median: float) -> str:
    """The median number of independent houses behind a counted event."""
    return f"Half of the counted events rest on {median:g} or more independent houses"


def languages(parts: list[tuple[str, str]]) -> str:
    """Shares of the languages with most sources: (share in words, language)."""
    said = [f"{part} {'of the sources are in' if number == 0 else 'in'} {name}" for number, (part, name)
            in enumerate(parts)]
    return listing(said)


def both_sides(total: int, since: int, russian: int, chinese: int) -> str:
    """Events with a source in the language of each state."""
    return (f"Of {plural(total, 'event')} since {since}, {count(russian)} have a Russian source and {count(chinese)} a "
            f"Chinese one")


def who_says(official: str, assessed: str) -> str:
    """Shares of the figures, in words, by who counted."""
    return f"{official} of the figures come from a state that took part, {assessed} from counts of others"


def single(core: int) -> str:
    """Counted events with one independent house."""
    return f"{none_or(core, 'counted event').capitalize()} {'rest' if core > 1 else 'rests'} on one independent house"


def copies(part: str, events: int, total: int) -> str:
    """Share of sources that are copies, in words; events that rest on mirrors alone."""
    return (f"{part} of the sources are copies; {some(events).lower()} of {count(total)} events "
            f"{'rests' if events == 1 else 'rest'} on mirrors alone")


def agree(equal: int, total: int) -> str:
    """Figures of others that equal the official one."""
    return (f"Where others counted too, {some(equal).lower()} of {count(total)} figures "
            f"{'agrees' if equal == 1 else 'agree'} with the official one")


def disputed(number: int, total: int) -> str:
    """Estimates on which statements differ."""
    return f"Sources disagree on {some(number).lower()} of {plural(total, 'estimate')}"


def unpublished(number: int, total: int) -> str:
    """Events without any number of persons, ships, aircraft or vehicles."""
    if not number:
        return f"A number of troops, ships, aircraft or vehicles was found for all {plural(total, 'event')}"
    return (f"No number of troops, ships, aircraft or vehicles was found for {count(number)} of "
            f"{plural(total, 'event')}")


def searched(empty: int, total: int) -> str:
    """Searches that found no event."""
    return f"{some(empty)} of {plural(total, 'search', 'searches')} noted here found nothing"
