"""The frames that counting hands on: one model for each, with what one row is and what each column holds.

Functions name their model where they say what they return; `Reading` gives the frames, and a test holds every one of
them, made of the whole record and of the small one, to its model. Knows no number: what a column counts is decided
where it is counted. Text that is a date is partial: YYYY, YYYY-MM or YYYY-MM-DD.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa

from .milestones import KINDS as MILESTONE_KINDS
from .switches import KINDS

# text in either of the forms in which pandas holds it; with `str`, pandera would take one of the two alone
Text = np.str_
DATE = r"[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?"
SCOPE = r"[A-Z]{3}|FOREIGN"
SIGNS = ("", "≥", "≤")
STAGES = ("reported", "planned", "mixed", "none")


class Frame(pa.DataFrameModel):
    """What holds of all: the columns named and no other, each of its type, no cell missing unless a model says so."""

    class Config:
        strict = True


def open_end(**checks: Any) -> Any:
    """A float, not below zero, that is NaN where an interval is open or nothing is known."""
    return pa.Field(nullable=True, ge=0, **checks)


def optional() -> Any:
    """Text that may be missing."""
    return pa.Field(nullable=True)


class EventHouses(Frame):
    """One independent house behind one event."""

    event_id: Text
    house: Text


class EventSources(Frame):
    """One page that a figure, a date, a statement or a role of one event rests on."""

    event_id: Text
    source_id: Text


class Groups(Frame):
    """One event, measure, scope and group, sorted: what the participating states said (official) or others (assessed).

    low, best, high: NaN for an open end, all three if no claim is left. sign: of best, blank for a figure that somebody
    gave, ≥ or ≤ for a bound. is_split: no one figure satisfies all claims in use within 10 %. n_claims: statements,
    copies once. n_publishers: independent houses. claim_ids, ruling_ids: sorted, joined by ;.
    """

    event_id: Text
    measure: Text
    scope: Text = pa.Field(str_matches=SCOPE)
    group: Text = pa.Field(isin=("official", "assessed"))
    low: float = open_end()
    best: float = open_end()
    high: float = open_end()
    sign: Text = pa.Field(isin=SIGNS)
    stage: Text = pa.Field(isin=STAGES)
    is_split: bool
    n_claims: int = pa.Field(ge=0)
    n_publishers: int = pa.Field(ge=0)
    claim_ids: Text
    ruling_ids: Text

    class Config:
        unique = ("event_id", "measure", "scope", "group")


class Estimates(Frame):
    """One event, measure and scope, sorted: the two groups of `Groups` side by side.

    Bounds: NaN for an open end, or where a group has no figure. Signs: blank where somebody gave best, or nobody did.
    stage_used: mixed where the groups differ. is_disputed: a group is split, or the two intervals do not meet.
    """

    event_id: Text
    measure: Text
    scope: Text = pa.Field(str_matches=SCOPE)
    official_low: float = open_end()
    official_best: float = open_end()
    official_high: float = open_end()
    assessed_low: float = open_end()
    assessed_best: float = open_end()
    assessed_high: float = open_end()
    n_claims: int = pa.Field(ge=0)
    n_publishers: int = pa.Field(ge=0)
    stage_used: Text = pa.Field(isin=STAGES)
    is_disputed: bool
    claim_ids: Text
    ruling_ids: Text
    official_sign: Text = pa.Field(isin=SIGNS)
    assessed_sign: Text = pa.Field(isin=SIGNS)

    class Config:
        unique = ("event_id", "measure", "scope")


class Classes(Frame):
    """One event with a figure for troops in any scope, by first day: whether it reached 10,000 in each scope apart.

    text_: the official estimate in words, then the assessed one. is_open_only: the total is contested for no other
    reason than an open end, since no figure said of it reaches 10,000.
    """

    event_id: Text = pa.Field(unique=True)
    name: Text
    start_date: Text = pa.Field(str_matches=DATE)
    class_: Text = pa.Field(alias=r"class_(ALL|RUS|CHN)", regex=True, isin=("yes", "no", "contested", "no figure"))
    text_: Text = pa.Field(alias=r"text_(ALL|RUS|CHN)", regex=True)
    is_open_only: bool


class Sizes(Frame):
    """One event with a figure of some measure in one scope, by first day, official and assessed.

    Bounds: NaN for an open end or none. _sign, _stage: blank if there is none. _text: the estimate in words.
    """

    event_id: Text
    name: Text
    start_date: Text = pa.Field(str_matches=DATE)
    measure: Text
    scope: Text = pa.Field(str_matches=SCOPE)
    bound: float = open_end(alias=r"(official|assessed)_(low|best|high)", regex=True)
    sign: Text = pa.Field(alias=r"(official|assessed)_sign", regex=True, isin=SIGNS)
    stage: Text = pa.Field(alias=r"(official|assessed)_stage", regex=True, isin=("", *STAGES))
    text: Text = pa.Field(alias=r"(official|assessed)_text", regex=True)


class Compared(Frame):
    """One event, measure and scope of which both groups have a best figure, the largest disagreement first.

    ratio: assessed best to official best. is_apart: the two ranges have no value in common.
    """

    event_id: Text
    name: Text
    start_date: Text = pa.Field(str_matches=DATE)
    measure: Text
    scope: Text = pa.Field(str_matches=SCOPE)
    bound: float = open_end(alias=r"(official|assessed)_(low|best|high)", regex=True)
    sign: Text = pa.Field(alias=r"(official|assessed)_sign", regex=True, isin=SIGNS)
    stage: Text = pa.Field(alias=r"(official|assessed)_stage", regex=True, isin=STAGES)
    ratio: float = pa.Field(gt=0)
    is_apart: bool


class Disputed(Frame):
    """One measure: its estimates with at least two claims, the most disputed first."""

    measure: Text = pa.Field(unique=True)
    disputed: int = pa.Field(ge=0)
    undisputed: int = pa.Field(ge=0)
    total: int = pa.Field(ge=1)


class Claimants(Frame):
    """One kind of claimant, the largest first: its claims on each basis, all of them, and their share of all claims."""

    claimant_kind: Text = pa.Field(unique=True)
    official: int = pa.Field(ge=0)
    relayed: int = pa.Field(ge=0)
    assessed: int = pa.Field(ge=0)
    n_claims: int = pa.Field(ge=1)
    share: float = pa.Field(gt=0, le=1)


class WithoutStrength(Frame):
    """One event for which no claim gives persons, ships, aircraft or vehicles, by date.

    text: the fact that says what was looked for and where.
    """

    event_id: Text = pa.Field(unique=True)
    name: Text
    year: int
    start_date: Text = pa.Field(str_matches=DATE)
    text: Text = optional()


class PerYear(Frame):
    """One year, none left out: events that began in it, by kind and in all.

    low, high: the exact 95 % Poisson interval of the total (Garwood 1936, statsmodels `exact-c`).
    """

    year: int = pa.Field(unique=True)
    kind: int = pa.Field(alias="|".join(KINDS), regex=True, ge=0)
    total: int = pa.Field(ge=0)
    low: float = pa.Field(ge=0)
    high: float = pa.Field(gt=0)


class Curve(Frame):
    """One definition that counts other events than the rest and has enough of them, the smallest ratio first.

    query: the definition as text (`definitions.to_query`), and each offered switch but `to` by its name, as text.
    n_alike: further definitions that count the same events. n_events, first, last: the complete years fitted. ratio,
    low, high, dispersion: as `trends.fit_trend` gives them. For each date of `trends.STATED_DATES`: events before and
    after it, and the ratio of the rates with its interval, as `trends.rate_change` gives them, since the date before
    it. is_growing: low is above 1. is_shrinking: high is below 1.
    """

    query: Text = pa.Field(unique=True)
    switch: Text = pa.Field(regex=True,
                            alias="tiers|statuses|kinds|frameworks|military-only|merged|min-publishers|from")
    n_alike: int = pa.Field(ge=0)
    n_events: int = pa.Field(ge=1)
    fit: float = pa.Field(alias="ratio|low|high|dispersion", regex=True, gt=0)
    events: int = pa.Field(alias=r"(before|after)_[0-9-]{10}", regex=True, ge=0)
    change: float = pa.Field(alias=r"(ratio|low|high)_[0-9-]{10}", regex=True, nullable=True, ge=0)
    first: int
    last: int
    is_growing: bool
    is_shrinking: bool


class BesideOurs(Frame):
    """One published count beside ours, the largest first.

    start, end: of our count, missing if open; period: the same in words. theirs_high: NaN if open. ours, gap: NaN if
    the count is not comparable; gap is ours less the nearest figure that theirs allow, 0 where ours lies between
    them. query: our nearest rule as text (`definitions.to_query`); rule: the same in words.
    """

    count_id: Text = pa.Field(unique=True)
    counter: Text
    what_is_counted: Text
    source_id: Text
    is_second_hand: bool
    start: Text = pa.Field(nullable=True, str_matches=DATE)
    end: Text = pa.Field(nullable=True, str_matches=DATE)
    period: Text
    theirs_low: float = open_end()
    theirs_high: float = open_end()
    is_comparable: bool
    ours: float = open_end()
    gap: float = pa.Field(nullable=True)
    query: Text
    rule: Text
    why: Text
    rule_change: Text = optional()
    list_id: Text = optional()


class GapEvents(Frame):
    """One event, or row of their list, by which a published count and ours differ, in the order of the counts.

    side: which of the two has it (`published`). event_id: missing for a row of theirs that the record has not. why: of
    a row of theirs, missing for the others.
    """

    count_id: Text
    side: Text = pa.Field(isin=("default_only", "rule_only", "ours_only", "theirs_only"))
    event_id: Text = optional()
    name: Text
    start_date: Text = pa.Field(str_matches=DATE)
    why: Text = optional()


class Searches(Frame):
    """One search, those that found nothing first; what: the series, the waters, or both; languages: tuple of codes."""

    search_id: Text = pa.Field(unique=True)
    what: Text
    period_start: Text = pa.Field(str_matches=DATE)
    period_end: Text = pa.Field(str_matches=DATE)
    languages: object
    n_languages: int = pa.Field(ge=1)
    result: Text = pa.Field(isin=("nothing_found", "found", "out_of_scope"))
    looked_at: Text
    searched_on: Text = pa.Field(str_matches=DATE)
    note: Text = optional()


class WithoutEvent(Frame):
    """One row of another's list that the record has not, by list and date; list: the name of that list.

    source_id: missing where the page of the list settles it.
    """

    list_id: Text
    list: Text
    row: float = pa.Field(ge=1)
    date: Text = pa.Field(str_matches=DATE)
    year: int
    name: Text
    standing: Text
    why: Text = optional()
    source_id: Text = optional()


class Recall(Frame):
    """One list that others keep and of which a row was read, the longest first.

    stated: rows that the keeper states, NaN unknown. readable: rows seen. have: of them in the record, as an event or
    part of one. outside: out of the subject. missing: the rest. share: have of have and missing, NaN without any.
    """

    list_id: Text = pa.Field(unique=True)
    name: Text
    keeper: Text
    source_id: Text
    is_complete: bool
    stated: float = open_end()
    readable: int = pa.Field(ge=1)
    have: int = pa.Field(ge=0)
    outside: int = pa.Field(ge=0)
    missing: int = pa.Field(ge=0)
    share: float = pa.Field(nullable=True, ge=0, le=1)


class CountryYears(Frame):
    """One country but the pair in one year in which it did anything, by country and year.

    counted: events under the definition in which it took part. other: further held ones. observed: those that it only
    watched. mark: the first of the three that is not zero.
    """

    country: Text = pa.Field(str_matches="[A-Z]{3}")
    year: int
    counted: int = pa.Field(ge=0)
    other: int = pa.Field(ge=0)
    observed: int = pa.Field(ge=0)
    mark: Text = pa.Field(isin=("counted", "other", "observed"))

    class Config:
        unique = ("country", "year")


class Hosts(Frame):
    """One host country, most counted first, then those without a host under a blank country.

    An event with several hosts counts in each. other: held events that are not counted.
    """

    country: Text = pa.Field(unique=True, str_matches="([A-Z]{3})?$")
    counted: int = pa.Field(ge=0)
    other: int = pa.Field(ge=0)
    total: int = pa.Field(ge=0)


class Located(Frame):
    """One event, in the order given, with what acted there and the seas that its place names.

    sea_areas: tuple. is_point: a town, range or harbour, no area. latitude, longitude: NaN where not known.
    """

    event_id: Text = pa.Field(unique=True)
    name: Text
    start_date: Text = pa.Field(str_matches=DATE)
    year: int
    group: Text = pa.Field(isin=("land", "sea", "sea_patrol", "air", "police"))
    place: Text = optional()
    sea_areas: object
    is_point: bool
    latitude: float = pa.Field(nullable=True, ge=-90, le=90)
    longitude: float = pa.Field(nullable=True, ge=-180, le=180)


class Waters(Frame):
    """One sea area of one event at sea or in the air over it, by date; area: missing if no known one is named."""

    event_id: Text
    name: Text
    start_date: Text = pa.Field(str_matches=DATE)
    year: int
    place: Text = optional()
    area: Text = optional()


class Lanes(Frame):
    """One event of a named series, the series that was first planned or held on top; at: decimal year of its start."""

    series_id: Text
    series: Text
    event_id: Text = pa.Field(unique=True)
    name: Text
    start_date: Text = pa.Field(str_matches=DATE)
    at: float
    mark: Text = pa.Field(isin=("counted", "patrol", "other", "planned", "cancelled", "disputed"))


class Gaps(Frame):
    """One series, its bilateral and multilateral editions apart, with its longest pause between two editions held.

    first, last: first days of the first and last edition; dates: all of them, joined by ;. pause, since: years, the
    pause NaN with one edition; a day that is not known is taken so that it is the shortest possible. pause_from,
    pause_to: decimal years. since: from the end of the last edition to the day of the record.
    """

    series_id: Text
    series: Text
    is_bilateral: bool
    is_line: bool
    editions: int = pa.Field(ge=1)
    first: Text = pa.Field(str_matches=DATE)
    last: Text = pa.Field(str_matches=DATE)
    dates: Text
    pause: float = open_end()
    pause_from: float = open_end()
    pause_to: float = open_end()
    since: float = pa.Field(ge=0)


class Numbering(Frame):
    """One claimant's number for one event and thing counted, or a held edition that nobody numbers, by series.

    slot: place of the event among those of its series and thing, from 0. own: editions held up to and with this one,
    NaN if it was not held. n_claimants, n_numbers: of the event and thing. n_events: held ones with this number in the
    same series and thing. All five are NaN for things that are not set against the record's own count.
    """

    series_id: Text
    series: Text
    thing: Text
    event_id: Text
    name: Text
    start_date: Text = pa.Field(str_matches=DATE)
    slot: float = open_end()
    own: float = open_end()
    number: float = open_end()
    claimant: Text = optional()
    claimant_kind: Text = optional()
    stage: Text = optional()
    note: Text = optional()
    is_held: bool
    n_claimants: float = open_end()
    n_numbers: float = open_end()
    n_events: float = open_end()


class Timeline(Frame):
    """One milestone, by date; first, last: the days between which it lies; cited_as: its sources, joined by ;."""

    milestone_id: Text = pa.Field(unique=True)
    date: Text = pa.Field(str_matches=DATE)
    title: Text
    kind: Text = pa.Field(isin=MILESTONE_KINDS)
    summary: Text
    source_ids: object
    first: pd.Timestamp
    last: pd.Timestamp
    cited_as: Text


class Around(Frame):
    """Events that surely began in the year before and after a day, and further ones that may have."""

    before: int = pa.Field(ge=0)
    before_unsure: int = pa.Field(ge=0)
    after: int = pa.Field(ge=0)
    after_unsure: int = pa.Field(ge=0)


class Windows(Timeline, Around):
    """One milestone with the events around it; a window is complete if the record can know all of it."""

    is_before_complete: bool
    is_after_complete: bool
    is_complete: bool


class MilestoneKinds(Frame):
    """One kind of milestone: means of events in the year before and after, beside those of any day.

    n_complete: those of which both windows are complete; first_year, last_year: of these. before, after: means over
    these; _span: over all days from the first of them to the last; _years: over their calendar years. NaN without any.
    """

    kind: Text = pa.Field(unique=True, isin=MILESTONE_KINDS)
    n: int = pa.Field(ge=0)
    n_complete: int = pa.Field(ge=0)
    first_year: float = pa.Field(nullable=True, coerce=True)
    last_year: float = pa.Field(nullable=True, coerce=True)
    mean: float = open_end(alias="(before|after)(_span|_years)?", regex=True)


class ChineseShare(Frame):
    """One event with a Chinese contingent and an official total, by first day; shares, NaN at an open end.

    contingent, total: in words.
    """

    event_id: Text = pa.Field(unique=True)
    name: Text
    start_date: Text = pa.Field(str_matches=DATE)
    bound: float = open_end(alias=r"low|best|high", regex=True)
    words: Text = pa.Field(alias=r"contingent|total", regex=True)


class Patrols(Frame):
    """One patrol that was held, by first day. by: what patrolled. is_numbered: one of the cruises or flights numbered.
    """

    event_id: Text = pa.Field(unique=True)
    name: Text
    start_date: Text = pa.Field(str_matches=DATE)
    end_date: Text = pa.Field(nullable=True, str_matches=DATE)
    year: int
    by: Text = pa.Field(isin=("air", "naval"))
    place: Text = optional()
    is_numbered: bool


class Observers(Frame):
    """One country that only watched a held event, most watched first; counted and other events, which make the total.
    """

    country: Text = pa.Field(unique=True)
    events: int = pa.Field(alias=r"counted|other|total", regex=True, ge=0)


class SinglePublisher(Frame):
    """One event with one independent house or none, by first day.

    house: missing if the origin of every page is unknown. reason: of the ruling that accepts it, missing without one.
    """

    event_id: Text = pa.Field(unique=True)
    name: Text
    start_date: Text = pa.Field(str_matches=DATE)
    tier: Text
    status: Text
    year: int
    house: Text = optional()
    reason: Text = optional()


# The frames of `Reading` by name.
MODELS: dict[str, type[Frame]] = {
    "pairs": EventSources, "event_houses": EventHouses, "groups": Groups, "estimates": Estimates, "classes": Classes,
    "counted_classes": Classes, "troops": Sizes, "compared": Compared, "disputed": Disputed, "claimants": Claimants,
    "without_strength": WithoutStrength, "per_year": PerYear, "complete_years": PerYear, "curve": Curve,
    "beside_ours": BesideOurs, "gap_events": GapEvents, "recall": Recall, "without_event": WithoutEvent,
    "searches": Searches, "country_years": CountryYears, "hosts": Hosts, "located": Located, "waters": Waters,
    "lanes": Lanes, "gaps": Gaps, "numbering": Numbering, "milestones": Timeline, "windows": Windows,
    "agreed": Windows, "windows_of_days": Around, "milestone_kinds": MilestoneKinds,
    "ships": Sizes, "aircraft": Sizes, "chinese_share": ChineseShare, "patrols": Patrols, "observers": Observers,
    "single_publisher": SinglePublisher}
