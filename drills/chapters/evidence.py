"""The cards of the chapter on evidence: who is behind the record, where sources disagree, what is missing."""

from __future__ import annotations

import math

import pandas as pd
from babel import Locale

from ..counting import coverage, definitions, trends
from ..counting.reading import Reading
from ..figures.card import Card, Column
from ..figures.forms.bars import ranked, stacked
from ..figures.forms.marks import dated_rows, histogram
from ..figures.forms.matrices import heat
from ..figures.keys import Series
from ..wording import numbers as worded
from ..wording.dates import as_of_words
from ..wording.numbers import share
from . import headlines
from .common import EVENT, FIRST_DAY, NOTHING_COUNTED, YEAR, counted, known, stated, unless_empty

FEW = 3
MOST = 20
# A language with fewer sources has no bar of its own.
LEAST = 5
# Complete years that are summed apart as recent ones.
RECENT = 5
BASES = (Series("official", "Official", "both"), Series("relayed", "Repeated", "other", "///"),
         Series("assessed", "Assessed", "china", "xx"))
PAGES = (Series("own", "Publisher's own page", "both"), Series("copy", "Copy on another site", "other", "///"),
         Series("mirror", "Mirror", "accent", "xx"))
CLAIMANTS = {"official_ru": "Russian authorities", "official_cn": "Chinese authorities",
             "official_other": "Authorities of other states", "media": "Press, agencies, broadcasters",
             "analyst": "Analysts", "encyclopedia": "Encyclopedias"}
UNITS = {"sources": "Sources", "statements": "Statements of a figure", "events": "Events"}
ROWS = {"any": "All events", "en": "English", "ru": "Russian", "zh": "Chinese", "other": "Other language"}
SINGLE = {"Counted event": ("o", "both", True), "Wider tier": ("D", "other", False)}


def publishers_card(steps: pd.DataFrame, medians: dict[str, float], as_of: pd.Timestamp) -> Card:
    """Events by their number of independent houses; steps: `coverage.publisher_histogram` up to MOST."""
    few = steps[steps["publishers"] < FEW]
    total, wider = int(steps["core"].sum()), int(steps["wider"].sum())
    # a tier without events has no median
    names = {tier: name for tier, name in (("core", f"Counted events ({total})"), ("wider", f"Wider tier ({wider})"))
             if tier in medians}
    title = headlines.houses(medians["core"])
    subtitle = f"Events by the number of independent houses that report them. {as_of_words(as_of)}"
    reading = f"The last step takes in all events with {MOST} houses or more."
    note = (f"{headlines.some(int(few['core'].sum()))} of {total} counted events rest on fewer than {FEW}. Houses may "
            "draw on one announcement: their number is no number of witnesses. A copy counts as its original, a copy "
            "of unknown origin not at all. The wider tier holds planned, cancelled and disputed events, competitions, "
            f"and exercises that one of the two only watched or a third party led. {reading} Source: Joint Drills, "
            "sources.csv and the tables that cite it.")
    alt = (f"{worded.plural(len(medians), 'histogram')}. Counted events, {total}: median {medians['core']:g} houses, "
           f"{int(few['core'].sum())} with fewer than {FEW}, {int(steps['core'].iloc[-1])} with {MOST} or more.")
    if wider:
        alt += (f" Wider tier, {wider}: median {medians['wider']:g}, {int(few['wider'].sum())} with fewer than {FEW}.")

    def draw(layout, table):
        return histogram(layout, table, step="publishers", panels=names, roles=("both", "other")[:len(names)], few=FEW,
                         few_label=f"Fewer than {FEW}", step_label="Independent houses", medians=medians)

    columns = {"publishers": Column(f"Houses ({MOST} = {MOST} or more)"), "core": Column("Counted events"),
               "wider": Column("Wider tier")}
    return Card("evidence-publishers", title, subtitle, note, alt, steps, columns, draw, reading)


def languages_card(table: pd.DataFrame, least: int, as_of: pd.Timestamp) -> Card:
    """Sources by language; those with fewer than `least` sources are one bar in the picture."""
    total = int(table["n_sources"].sum())
    names = Locale("en").languages
    table = table.assign(name=[names.get(code, code) for code in table["language"]])
    rare = table["n_sources"] < least
    lumped = pd.DataFrame({"name": [f"{int(rare.sum())} other languages"],
                           "n_sources": [table.loc[rare, "n_sources"].sum()], "rows": [tuple(table.index[rare])]})
    each = table[~rare].assign(rows=[(row,) for row in table.index[~rare]])
    shown = pd.concat([each, lumped]) if rare.any() else each
    shown = shown.assign(printed=[f"{worded.count(n)} ({share(n, total)})" for n in shown["n_sources"]])
    title = headlines.languages([(share(row.n_sources, total), row.name)
                                 for row in table.head(3).itertuples(index=False)])
    subtitle = f"Pages that an event of the record rests on, by language. {as_of_words(as_of)}"
    note = (f"{worded.count(total)} sources in {len(table)} languages. The language of a page is not the nationality "
            "of its publisher: Russian and Chinese ministries and "
            "agencies publish in English too. Pages were searched for mainly in English, Russian and Chinese. "
            "Source: Joint Drills, sources.csv.")
    alt = "Bars: " + ", ".join(f"{row.name} {row.printed}" for row in shown.itertuples(index=False)) + "."

    def draw(layout, _):
        return ranked(layout, shown, label="name", value="n_sources", text="printed", value_label="Sources")

    columns = {"name": Column("Language"), "n_sources": Column("Sources"), "percent": Column("Share", "%", decimals=1)}
    return Card("evidence-languages", title, subtitle, note, alt, table.assign(percent=100 * table["share"]), columns,
                draw)


def claimants_card(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """Claims by kind of claimant and by basis."""
    sums = table[["official", "relayed", "assessed", "n_claims"]].sum()
    total = int(sums["n_claims"])
    table = table.assign(name=table["claimant_kind"].map(CLAIMANTS), percent=100 * table["share"])
    table["printed"] = [f"{worded.count(n)} ({share(n, total)})" for n in table["n_claims"]]
    parts = {base: f"{worded.count(sums[base])} ({share(sums[base], total)})" for base in coverage.BASES}
    title = headlines.who_says(share(sums["official"], total), share(sums["assessed"], total))
    subtitle = f"Figures as sources give them, by who says so inside the source. {as_of_words(as_of)}"
    reading = ("Official: said by an authority of a state that took part. Repeated: passed on without counting. "
               "Assessed: an estimate or observation of somebody else.")
    note = (f"Of {worded.count(total)} figures {parts['official']} are official, {parts['relayed']} repeat others and "
            f"{parts['assessed']} are assessed. Figures of other states are official where their forces took part, "
            "assessed where they watched from outside. A repeated figure may be an official one. Repetitions count "
            f"each time. {reading} Source: Joint Drills, claims.csv.")
    alt = "Stacked bars. " + " ".join(
        f"{row.name}: {row.printed}, of which official {row.official}, repeated {row.relayed}, assessed {row.assessed}."
        for row in table.itertuples(index=False))

    def draw(layout, rows):
        return stacked(layout, rows, BASES, label="name", text="printed", value_label="Figures")

    columns = {"name": Column("Who says so"), "official": Column("Official"), "relayed": Column("Repeated"),
               "assessed": Column("Assessed"), "n_claims": Column("All figures"),
               "percent": Column("Share of all figures", "%", decimals=1)}
    return Card("evidence-claimants", title, subtitle, note, alt, table, columns, draw, reading)


def single_publisher_card(table: pd.DataFrame, n_events: int, as_of: pd.Timestamp) -> Card:
    """Events that one publisher alone reports, with the ruling that accepts those that count."""
    is_core = table["tier"] == "core"
    table = table.assign(mark=is_core.map(dict(zip((True, False), SINGLE, strict=True))),
                         place=table["tier"].where(is_core, table["tier"] + ", " + table["status"]))
    title = headlines.single(int(is_core.sum()))
    subtitle = f"Events with one independent house, by year. {as_of_words(as_of)}"
    note = (f"Of all {n_events} events {len(table)} rest on at most one independent house. "
            "A counted event with one house stays only by a ruling, whose reason is in the table. Events of the "
            "wider tier need none. Source: Joint Drills, sources.csv and rulings.csv.")
    alt = "Marks by year. " + " ".join(
        f"{mark}: " + "; ".join(f"{row.name} ({row.year})" for row in rows.itertuples()) + "."
        for mark, rows in table.groupby("mark"))
    first, last = int(table["year"].min()), as_of.year

    def draw(layout, rows):
        return dated_rows(layout, rows, label="name", year="year", first=first, last=last, marks=SINGLE, mark="mark")

    columns = {"name": EVENT, "start_date": FIRST_DAY, "place": Column("Tier"),
               "house": Column("House", blank="origin not stated"),
               "reason": Column("Why it stays", blank="no ruling needed")}
    return Card("evidence-single-publisher", title, subtitle, note, alt, table, columns, draw)


def mirrors_card(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """The best page behind sources, statements and events."""
    by_unit = table.set_index("unit")
    parts = {unit: f"{worded.count(row['mirror'])} of {worded.count(row['total'])} {unit}"
             for unit, row in by_unit.iterrows()}
    source = by_unit.loc["sources"]
    shown = table.assign(name=table["unit"].map(UNITS), **{
        page: 100 * table[page] / table["total"] for page in coverage.PAGES},
        printed=[f"{worded.count(n)} in all" for n in table["total"]])
    n_copies = source["copy"] + source["mirror"]
    title = headlines.copies(share(n_copies, source["total"]), by_unit.loc["events", "mirror"],
                             by_unit.loc["events", "total"])
    subtitle = f"Sources by kind of page; statements and events by the best one. {as_of_words(as_of)}"
    note = (f"{worded.count(n_copies)} of {worded.count(source['total'])} sources are copies, "
            f"{worded.count(source['mirror'])} of them mirrors; {parts['statements']} rest on mirrors alone. "
            "Mirror: a scraper, blog, forum or machine translation that carries a text of somebody else. Statement: "
            "one figure of one speaker, repetitions counted once. A copy or mirror is cited by its original publisher "
            "where that is stated. Source: Joint Drills, sources.csv and claims.csv.")
    alt = "Stacked bars of shares. " + " ".join(
        f"{UNITS[unit]}, {worded.count(row['total'])}: own page {worded.count(row['own'])}, copy "
        f"{worded.count(row['copy'])}, mirror {worded.count(row['mirror'])}." for unit, row in by_unit.iterrows())

    def draw(layout, _):
        return stacked(layout, shown, PAGES, label="name", text="printed", value_label="Share of each")

    columns = {"name": Column("What"), **{one.column: Column(one.label) for one in PAGES}, "total": Column("All")}
    named = table.assign(name=table["unit"].map(UNITS))
    return Card("evidence-mirrors", title, subtitle, note, alt, named, columns, draw)


def languages_per_year_card(table: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """Events of each year that have a source in a language; table: `coverage.languages_per_year`."""
    table = table.assign(label=table["language"].map(ROWS), head=table["year"].astype(str),
                         is_total=table["language"] == "any")
    any_event = table["year"].map(table[table["is_total"]].set_index("year")["n_events"])
    table["count"] = table["n_events"].where(any_event > 0)
    sums = table.groupby("language")["n_events"].sum()
    first, last = int(table["year"].min()), int(table["year"].max())
    title = headlines.both_sides(sums["any"], first, sums["ru"], sums["zh"])
    subtitle = f"Events by year and by language of their sources. {stated(definition, as_of)}"
    note = (f"An event counts once in each language in which it has a source. More reports are not more events, nor "
            f"fewer reports fewer events: {last} is incomplete, and pages on early years may be gone. In the frames: "
            "all events. Source: Joint Drills, sources.csv and the tables that cite it.")
    is_over = pd.to_datetime(table["year"].astype(str) + "-12-31") <= as_of
    late = table[is_over & (table["year"] > table.loc[is_over, "year"].max() - RECENT)]
    alt = f"Counts in a grid of languages and years, {first} to {last}. " + " ".join(
        f"{ROWS[code]}: {sums[code]}, of which {recent} in the last {RECENT} complete years, to {late['year'].max()}."
        for code, recent in late.groupby("language")["n_events"].sum().items())
    wide = table.pivot(index="year", columns="language", values="n_events").reset_index()
    wide.columns.name = None
    # each cell of the picture is one of a row for the whole year
    table["rows"] = [(row,) for row in table["year"].map(dict(zip(wide["year"], wide.index, strict=True)))]

    def draw(layout, _):
        side, top = ("head", "label") if layout.is_narrow else ("label", "head")
        return heat(layout, table, row=side, column=top, value="count", outlined="is_total",
                    narrow_column=lambda name: name.split()[0], is_turned=not layout.is_narrow)

    columns = {"year": YEAR, **{code: Column(name) for code, name in ROWS.items()}}
    return Card("evidence-languages-per-year", title, subtitle, note, alt, wide, columns, draw,
                counted=counted(definition))


@unless_empty("evidence-publishers", *NOTHING_COUNTED)
def publishers(reading: Reading) -> Card:
    """Events by their number of independent houses."""
    return publishers_card(steps_of(reading), medians_of(reading), reading.as_of)


@unless_empty("evidence-languages", "No event rests on a source", lambda reading: len(reading.sources_behind) > 0)
def languages(reading: Reading) -> Card:
    """Sources behind events by language."""
    return languages_card(coverage.by_language(reading.sources_behind), LEAST, reading.as_of)


def languages_per_year(reading: Reading) -> Card:
    """Counted events by year and language of their sources."""
    table = coverage.languages_per_year(reading.counted, reading.pairs, reading.record.sources,
                                        trends.FIRST_COMPARABLE_YEAR, reading.as_of.year)
    return languages_per_year_card(table, definitions.DEFAULT, reading.as_of)


@unless_empty("evidence-claimants", "The record has no figure", lambda reading: len(reading.record.claims) > 0)
def claimants(reading: Reading) -> Card:
    """Claims by who makes them."""
    return claimants_card(reading.claimants, reading.as_of)


@unless_empty("evidence-single-publisher", "No event rests on one publisher alone",
              lambda reading: len(reading.single_publisher) > 0)
def single_publisher(reading: Reading) -> Card:
    """Events that rest on one publisher."""
    return single_publisher_card(reading.single_publisher, len(reading.record.events), reading.as_of)


@unless_empty("evidence-mirrors", "No event rests on a source", lambda reading: len(reading.sources_behind) > 0)
def mirrors(reading: Reading) -> Card:
    """How much rests on copies."""
    table = coverage.pages_behind(reading.sources_behind, reading.record.claims, reading.pairs)
    return mirrors_card(table, reading.as_of)


def steps_of(reading: Reading) -> pd.DataFrame:
    """Every event of the record by its number of independent houses, up to MOST."""
    return coverage.publisher_histogram(reading.record.events, reading.houses, MOST)


def medians_of(reading: Reading) -> dict[str, float]:
    """The median number of independent houses of the events of each tier."""
    return coverage.median_by_tier(reading.record.events, reading.houses)


def numbers(reading: Reading) -> dict[str, str]:
    """The numbers of the chapter's prose by name, as finished words."""
    steps, kinds, disputed = steps_of(reading), reading.claimants, reading.disputed
    earlier, later, since = coverage.median_by_half(reading.counted, reading.houses)
    n_claims, is_equal = len(reading.record.claims), reading.compared["ratio"] == 1
    return {"median": known(medians_of(reading).get("core", math.nan), "{:g}".format, "no"), "few": worded.count(FEW),
            "n_few": worded.count(steps.loc[steps["publishers"] < FEW, "core"].sum()),
            "n_core": worded.count(steps["core"].sum()), "n_claims": worded.count(n_claims),
            **{f"share_{basis}": share(kinds[basis].sum(), n_claims) for basis in ("official", "assessed")},
            "n_equal": worded.count(is_equal.sum()), "n_compared": worded.count(len(is_equal)),
            "n_disputed": worded.count(disputed["disputed"].sum()), "n_several": worded.count(disputed["total"].sum()),
            "earlier": known(earlier, "{:g}".format, "no"), "later": known(later, "{:g}".format, "no"),
            "since": str(since) if since else "no year",
            "n_missing": worded.count(len(reading.without_strength)),
            "n_searches": worded.count(len(reading.searches)),
            "n_empty": worded.count((reading.searches["result"] == "nothing_found").sum()),
            "n_lists": worded.count(len(reading.recall)),
            **{name: worded.count(reading.recall[fate].sum()) for name, fate in (
                ("n_listed", "have"), ("n_missing_rows", "missing"), ("n_outside", "outside"))}}
