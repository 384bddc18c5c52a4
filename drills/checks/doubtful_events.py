"""Events, pages and claims whose cells contradict each other without being wrong in themselves.

Each rule gives warnings (`doubts`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from statistics import median
from urllib.parse import urlsplit

from ..record.problems import Problem, legible
from .cells import LATIN
from .rows import Rows

COLLECTIVE = "other"
NOT_HELD = ("planned", "cancelled")
BOTH = {"RUS", "CHN"}
# a measure and the domains of which it can be
DOMAINS_OF = {
    **dict.fromkeys(("ships", "ships_stage", "surface_ships", "warships", "submarines", "marines", "distance_nm"),
                    ("naval", "coast_guard", "multi", "internal_security")),
    **dict.fromkeys(("bombers", "fighters"), ("air", "multi", "missile_defence")),
    **dict.fromkeys(("tanks", "artillery"), ("land", "multi", "internal_security")),
}
KINDS_OF = {"contests": ("competition",), "contests_hosted": ("competition",)}
# a page of these scripts is not in a language that is written in Latin letters, and so on
SCRIPTS = {"Chinese": "\u4e00-\u9fff", "Japanese": "\u3040-\u30ff", "Korean": "\uac00-\ud7af",
           "Arabic": "\u0600-\u06ff", "Cyrillic": "\u0400-\u04ff", "Latin": LATIN}
LANGUAGES_OF = {"Chinese": ("zh", "ja"), "Japanese": ("ja",), "Korean": ("ko",), "Arabic": ("ar", "fa", "ur", "ps"),
                "Cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn", "uz", "tt")}
NAMES_IN = {"name": "Latin", "name_ru": "Cyrillic", "name_zh": "Chinese"}
MOST_DEGREES = 6
# so many events of a series show what is usual in it
USUAL = 3


def statuses_against_figures(rows: Rows) -> Iterator[Problem]:
    """Catch a planned or cancelled event with reports of what it was, and a held one of which all is a forecast."""
    said = defaultdict(set)
    for table in ("claims", "date_claims"):
        for event, stage in rows.read[table][["event_id", "stage"]].itertuples(index=False):
            said[event].add(stage)
    for event in rows.events.itertuples():
        stages = said[event.event_id]
        if event.status in NOT_HELD and "reported" in stages:
            yield rows.at("events", event.Index, "status", event.status,
                          f"'{event.event_id}' is {event.status}, but figures or dates of it are called reported",
                          "set status to held, or their stage to planned")
        elif event.status == "held" and stages == {"planned"}:
            yield rows.at("events", event.Index, "status", "held",
                          f"'{event.event_id}' is held, but every figure and date of it is a plan",
                          "set status to planned, add what was reported")


def unlike_series(rows: Rows, column: str, usual: str) -> Iterator[Problem]:
    """Events whose kind or framework no other event of their series has, and which is not the usual one."""
    events = rows.read["events"]
    there = Counter(zip(events["series"], events[column], strict=True))
    expected = rows.series.set_index("series_id")
    for event in rows.events[rows.events["series"].isin(expected.index)].itertuples():
        value, wanted = getattr(event, column), expected.at[event.series, usual]
        others = there[event.series, value] - 1
        is_rare = others < (1 if expected.at[event.series, "is_gathered"] == "true" else 2)
        if event.series != COLLECTIVE and value != wanted and is_rare and there[event.series, wanted] >= USUAL:
            yield rows.at("events", event.Index, column, value,
                          f"'{event.event_id}' has the {column} {value}, events of '{event.series}' are {wanted}",
                          f"fix {column} or series")


def kinds_unlike_series(rows: Rows) -> Iterator[Problem]:
    """Catch a patrol in a series of exercises."""
    yield from unlike_series(rows, "kind", "kind")


def frameworks_unlike_series(rows: Rows) -> Iterator[Problem]:
    """Catch a bilateral exercise in a series of the Shanghai Cooperation Organisation."""
    yield from unlike_series(rows, "framework", "usual_framework")


def series_unlike_names(rows: Rows) -> Iterator[Problem]:
    """Catch an event whose id names one series and whose row another."""
    # of two names that begin alike the longer one first
    names = sorted(set(rows.read["series"]["series_id"].dropna()) - {COLLECTIVE}, reverse=True)
    if not names:
        return
    named = re.compile(rf"-({'|'.join(map(re.escape, names))})(?=-|$)")
    for event in rows.events.itertuples():
        found = named.search(event.event_id)
        if found and found[1] != event.series:
            yield rows.at("events", event.Index, "series", event.series,
                          f"'{event.event_id}' names the series '{found[1]}', its series is '{event.series}'",
                          "fix one of the two")


def frameworks_unlike_participants(rows: Rows) -> Iterator[Problem]:
    """Catch a bilateral exercise of three states, and a small group of two."""
    people, hidden = rows.read["participants"], rows.hidden_events("participants", "country", "role")
    taking_part = people[people["role"] == "participant"].groupby("event_id")["country"].agg(set).to_dict()
    for event in rows.events[~rows.events["event_id"].isin(hidden)].itertuples():
        countries = taking_part.get(event.event_id, set())
        if event.framework == "bilateral" and countries - BOTH:
            yield rows.at("events", event.Index, "framework", "bilateral",
                          f"'{event.event_id}' is bilateral, but {' and '.join(sorted(countries - BOTH))} took part",
                          "fix framework, or the roles in participants.csv")
        elif event.framework == "small_group" and event.status == "held" and countries <= BOTH:
            yield rows.at("events", event.Index, "framework", "small_group",
                          f"'{event.event_id}' is of a small group, but nobody beside Russia and China took part",
                          "fix framework, add the participants")


def measures_unlike_events(rows: Rows) -> Iterator[Problem]:
    """Catch ships in an exercise on land and bombers at sea: a domain, kind or measure that is not the one meant."""
    events = {event.event_id: event for event in rows.events.itertuples()}
    for claim in rows.claims[rows.claims["event_id"].isin(events.keys())].itertuples():
        for column, fitting in (("domain", DOMAINS_OF), ("kind", KINDS_OF)):
            value = getattr(events[claim.event_id], column)
            if value not in fitting.get(claim.measure, (value,)):
                yield rows.at("claims", claim.Index, "measure", claim.measure,
                              f"a figure of {claim.measure} stands for '{claim.event_id}', whose {column} is {value}",
                              f"fix the measure, or the {column} of the event")


def publishers_unlike_hosts(rows: Rows) -> Iterator[Problem]:
    """Catch a page of one site under the name of another: all other pages of its host have one publisher."""
    by_host: dict[str, list] = defaultdict(list)
    for source in rows.sources[rows.sources["url"].notna()].itertuples():
        # an address without a host is an error already
        by_host[re.sub(r"^(www|m)\.", "", urlsplit(source.url).hostname)].append(source)
    for host, pages in by_host.items():
        names = Counter(page.publisher for page in pages)
        usual, number = names.most_common(1)[0]
        if number == len(pages) - 1 and number >= 2:
            odd = next(page for page in pages if page.publisher != usual)
            yield rows.at("sources", odd.Index, "publisher", odd.publisher,
                          f"the page is on {legible(host)}, whose {number} other pages are of '{legible(usual)}'",
                          "fix publisher or url")


def scripts_unlike_languages(rows: Rows) -> Iterator[Problem]:
    """Catch a page called Chinese whose title is Russian, and a name in the column of another language."""
    titles = rows.sources[rows.sources["title_is_description"] == "false"]
    for source in titles.itertuples():
        script = script_of(source.title)
        fitting = LANGUAGES_OF.get(script)
        if (fitting is not None and source.language not in fitting) or (script == "Latin" and source.language in {
                code for codes in LANGUAGES_OF.values() for code in codes} - {"uz", "sr"}):
            yield rows.at("sources", source.Index, "language", source.language,
                          f"the title is in {script} letters, the language of the page is '{source.language}'",
                          "fix language, set title_is_description if the title is not its own")
    for table in ("events", "series"):
        for column, script in NAMES_IN.items():
            for line, name in getattr(rows, table)[column].dropna().items():
                if (found := script_of(name)) not in ("", script):
                    yield rows.at(table, line, column, name, f"'{legible(name)}' is in {found} letters",
                                  f"write the name in {script} letters")


def script_of(text: str) -> str:
    """The script of most letters of a text; a Chinese letter counts for two, and kana make it Japanese.

    '' if no letter is of any of them.
    """
    found = {script: len(re.findall(f"[{letters}]", text)) for script, letters in SCRIPTS.items()}
    if found["Japanese"]:
        return "Japanese"
    found["Chinese"] *= 2
    return max(found, key=found.__getitem__) if any(found.values()) else ""


def claimants_of_two_sorts(rows: Rows) -> Iterator[Problem]:
    """Catch a ministry that is once called media: one claimant under two sorts."""
    kinds: dict[str, Counter] = defaultdict(Counter)
    for table in ("claims", "date_claims"):
        for claimant, kind in rows.read[table][["claimant", "claimant_kind"]].itertuples(index=False):
            kinds[claimant][kind] += 1
    for table in ("claims", "date_claims"):
        for claim in getattr(rows, table).itertuples():
            usual, number = kinds[claim.claimant].most_common(1)[0]
            if claim.claimant_kind != usual and number > kinds[claim.claimant][claim.claimant_kind]:
                yield rows.at(table, claim.Index, "claimant_kind", claim.claimant_kind,
                              f"'{legible(claim.claimant)}' is {claim.claimant_kind} here and {usual} in {number} "
                              "other rows", "fix the sort or the name")


def bases_unlike_claimants(rows: Rows) -> Iterator[Problem]:
    """Catch a ministry of the two that is said to repeat others, and a newspaper that speaks for a state."""
    for claim in rows.claims.itertuples():
        is_of_the_two = claim.claimant_kind in ("official_ru", "official_cn")
        is_official = claim.basis == "official"
        if is_of_the_two != is_official and claim.claimant_kind != "official_other":
            yield rows.at("claims", claim.Index, "basis", claim.basis,
                          f"the basis is {claim.basis}, the claimant is {claim.claimant_kind}",
                          "fix basis or claimant_kind")


def places_apart(rows: Rows) -> Iterator[Problem]:
    """Catch coordinates mistyped: one place in words, and far from where other events have it."""
    for column in ("latitude", "longitude"):
        at_place: dict[str, dict[int, float]] = defaultdict(dict)
        for line, place, value in rows.events[["place", column]].dropna().itertuples(name=None):
            at_place[place][line] = value
        for place, values in at_place.items():
            middle = median(values.values())
            for line, value in values.items():
                if abs(value - middle) > MOST_DEGREES:
                    yield rows.at("events", line, column, f"{value:g}",
                                  f"{value:g} is {abs(value - middle):.0f} degrees from where other events have "
                                  f"'{legible(place)}'", "fix the coordinate or the place")


RULES = {"status_against_figures": statuses_against_figures, "kind_unlike_series": kinds_unlike_series,
         "framework_unlike_series": frameworks_unlike_series, "series_unlike_name": series_unlike_names,
         "framework_unlike_participants": frameworks_unlike_participants,
         "measure_unlike_event": measures_unlike_events, "publisher_unlike_host": publishers_unlike_hosts,
         "script_unlike_language": scripts_unlike_languages,
         "claimant_of_two_sorts": claimants_of_two_sorts, "basis_unlike_claimant": bases_unlike_claimants,
         "place_apart": places_apart}
