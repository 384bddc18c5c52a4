"""The cards of the chapter on series: editions in lanes, pauses and patrols."""

from __future__ import annotations

import pandas as pd

from ..counting import editions
from ..counting.definitions import DEFAULT, Definition
from ..counting.reading import Reading
from ..figures.card import Card, Column
from ..figures.forms.lanes import MARKS, draw_gaps, draw_lanes
from ..figures.forms.years import stacked_years
from ..figures.keys import Series
from ..figures.layout import Layout
from ..record.days import decimal_year
from ..wording import numbers as worded
from ..wording.dates import day, month
from ..wording.values import short
from . import headlines
from .common import FIRST_DAY, counted, in_words, known, stated, to_date, unless_empty

LAYERS = (Series("air", "In the air", "russia", "///"), Series("naval", "At sea", "both"))
SORTS = ("In the air", "At sea")
# Years before the current one that count as recent.
RECENT = 2
# The series of which the prose speaks, and those of which it names the latest edition that has different numbers.
SEA = "joint-sea"
CONTESTED = {"air": "joint-air-patrol", "cruise": "joint-naval-patrol", "belt": "maritime-security-belt"}
NOBODY = "by nobody"


def lanes_card(table: pd.DataFrame, definition: Definition, as_of: pd.Timestamp) -> Card:
    """One lane for each named series, one mark for each edition; table: `editions.lanes`."""
    n_series, since, most = table["series"].nunique(), as_of.year - RECENT, editions.counted_most(table)
    leaders = list(most.index.map(short))
    title = headlines.still_held(editions.recent(table, since), n_series, since, leaders)
    subtitle = f"Events of each named series by their first day. {stated(definition, as_of)}"
    reading = "Where only a month or year is known, the mark stands in its middle."
    leading = f"Most counted editions: {worded.count(most.max())}{worded.each(leaders)}. " if leaders else ""
    note = (f"{leading}Held and not counted: events "
            "that one of the two only watched, competitions, and exercises of third parties, of which the record holds "
            "only the editions that both attended. Some series gather similar drills and are not one exercise in "
            f"editions. A patrol is not an exercise. {reading} Source: Joint Drills, events.csv and series.csv.")
    alt = f"{n_series} lanes. " + " ".join(_lane_in_words(name, group) for name, group in
                                           table.groupby("series", sort=False))
    shown = table.assign(status=table["mark"].map({mark: label for mark, (label, _) in MARKS.items()}))
    columns = {"series": Column("Series"), "name": Column("Edition"), "start_date": FIRST_DAY,
               "status": Column("Status")}
    return Card("series-lanes", title, subtitle, note, alt, shown, columns, draw_lanes, reading,
                counted=counted(definition))


def _lane_in_words(name: str, group: pd.DataFrame) -> str:
    held = group[group["mark"].isin(editions.HELD_MARKS)]
    rest = [f"{worded.count((group['mark'] == mark).sum())} {mark}" for mark in ("planned", "cancelled", "disputed")
            if (group["mark"] == mark).any()]
    years = (f", {held['start_date'].min()[:4]} to {held['start_date'].max()[:4]}") if len(held) else ""
    return f"{name}: {', '.join([f'{len(held)} held{years}', *rest])}."


def gaps_card(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """The longest pause of each series between two editions held; table: `editions.gaps`."""
    both = table.groupby("series")["is_bilateral"].transform("nunique") > 1
    sort = table["is_bilateral"].map({True: "bilateral", False: "multilateral"})
    table = table.assign(sort=sort, row=table["series"].where(~both, table["series"] + ", " + sort),
                         kind=sort.where(table["is_line"], "gathered"))
    several = table[table["pause"].notna() & table["is_line"]]
    top = {name: longest(group) for name, group in several.groupby("sort")}
    silent = several[several["since"] > several["pause"]]
    title = headlines.silent(len(silent), len(several))
    subtitle = f"Years from the end of one edition to the next. {stated(editions.HELD, as_of)}"
    pauses = ", ".join(f"of a {sort} {one} {words}" for one, (sort, words) in zip(("series is", "one"), top.items(),
                                                                                   strict=False))
    note = (f"The longest pause {pauses}. Where a day is not known, the shortest pause that can have been is taken. "
            "The headline leaves out rows that gather similar drills, and third parties' exercises, of which the "
            "record holds only the editions that both attended. Multilateral: with a third participant or organiser; a "
            "series with editions of both sorts has two rows. Source: Joint Drills, events.csv.")
    alt = "Rows of intervals. " + " ".join(
        f"{row.row}: {worded.plural(row.editions, 'edition')} held, {row.first[:4]} to {row.last[:4]}"
        + (f", longest pause {worded.decimal(row.pause)} years" if pd.notna(row.pause) else "")
        + f", {worded.decimal(row.since)} years since the last." for row in table.itertuples())
    columns = {"row": Column("Series"), "sort": Column("Framework"), "is_line": Column("In the headline"),
               "editions": Column("Editions held"), "first": Column("First held"), "last": Column("Last held"),
               "pause": Column("Longest pause", "years", 1, "one edition only"),
               "since": Column("Since the last", "years", 1)}

    def draw(layout: Layout, table: pd.DataFrame):
        at = [[decimal_year(date) for date in dates.split(";")] for dates in table["dates"]]
        return draw_gaps(layout, table.assign(at=at), decimal_year(f"{as_of:%Y-%m-%d}"))

    return Card("series-gaps", title, subtitle, note, alt, table, columns, draw, counted=counted(editions.HELD))


def longest(group: pd.DataFrame) -> str:
    """The longest pause in rows of `gaps`, and of which series: 8.0 years (Peace Mission, 2010 to 2018)."""
    length = group["pause"].map(worded.decimal)
    rows = group[length == worded.decimal(group["pause"].max())]
    which = worded.listing([f"{short(row.row)}, {int(row.pause_from)} to {int(row.pause_to)}"
                           for row in rows.itertuples()])
    return f"{worded.decimal(group['pause'].max())} years ({which})"


def patrols_card(table: pd.DataFrame, last: int, n_elsewhere: int, as_of: pd.Timestamp) -> Card:
    """Joint patrols per year; table: `editions.patrols`; n_elsewhere: counted patrols of no patrol series."""
    per_year = editions.patrols_per_year(table, last)
    total = per_year["air"] + per_year["naval"]
    most = per_year.loc[total == total.max(), "year"].astype(str).tolist()
    first = table.groupby("by")["start_date"].min().map(lambda date: month(pd.Timestamp(date)))
    n_air, n_naval = int(per_year["air"].sum()), int(per_year["naval"].sum())
    title = headlines.patrols(n_air, n_naval, first.get("air"), first.get("naval"))
    subtitle = f"Joint patrols by the year in which they began. {stated(DEFAULT, as_of)}"
    n_beside = int((~table["is_numbered"]).sum())
    note = (f"Most in one year: {total.max()}, in {worded.listing(most)}. "
            f"{worded.plural(n_beside, 'naval patrol is', 'naval patrols are')} not among the numbered cruises. "
            f"{worded.plural(n_elsewhere, 'more counted patrol is', 'more counted patrols are')} of neither series and "
            "not drawn. A flight of hours and a cruise of weeks are one patrol each; a patrol is not an exercise. The "
            "last year is incomplete. Source: Joint Drills, events.csv.")
    alt = "Stacked bars. Patrols in the air and at sea: " + ", ".join(
        f"{row.year} {row.air} and {row.naval}" for row in per_year.itertuples()) + "."
    shown = table.assign(sort=table["by"].map(dict(zip(("air", "naval"), SORTS, strict=True))))

    def draw(layout: Layout, table: pd.DataFrame):
        per_year = editions.patrols_per_year(table, last)
        for by in ("air", "naval"):
            behind = table[table["by"] == by].groupby("year").groups
            per_year[f"rows_{by}"] = [tuple(behind.get(year, ())) for year in per_year["year"]]
        return stacked_years(layout, per_year, LAYERS, value_label="Patrols", incomplete=to_date(per_year, as_of))

    columns = {"start_date": FIRST_DAY, "end_date": Column("Last day"), "name": Column("Patrol"),
               "sort": Column("Where"), "place": Column("Sea area")}
    return Card("joint-patrols", title, subtitle, note, alt, shown, columns, draw, counted=counted(DEFAULT))


@unless_empty("series-lanes", "No event is of a series", lambda reading: len(reading.lanes) > 0)
def lanes(reading: Reading) -> Card:
    """Every named series as a lane."""
    return lanes_card(reading.lanes, DEFAULT, reading.as_of)


@unless_empty("series-gaps", "No series was held twice", lambda reading: reading.gaps["pause"].notna().any())
def gaps(reading: Reading) -> Card:
    """The pauses of every named series."""
    return gaps_card(reading.gaps, reading.as_of)


@unless_empty("joint-patrols", "No joint patrol was held", lambda reading: len(reading.patrols) > 0)
def patrols(reading: Reading) -> Card:
    """Joint patrols per year."""
    return patrols_card(reading.patrols, reading.as_of.year,
                        editions.patrols_elsewhere(reading.counted, reading.record.series), reading.as_of)


def numbers(reading: Reading) -> dict[str, str]:
    """The numbers of the chapter's prose by name, as finished words."""
    since, most = reading.as_of.year - RECENT, editions.counted_most(reading.lanes)
    found, held = editions.contradictions(reading.numbering), reading.editions_held
    sea = editions.latest(reading.numbering, SEA)
    return {"n_series": worded.count(reading.lanes["series"].nunique()), "since": str(since),
            "n_recent": worded.count(editions.recent(reading.lanes, since)),
            "leaders": worded.listing(list(most.index.map(short)) or ["no series"]),
            "n_lead": worded.count(most.max() if len(most) else 0),
            **{f"n_{name}": worded.count(found[name]) for name in ("numbered", "several", "contested", "shared")},
            "sea": in_words(sea) or NOBODY, "sea_own": known(sea["own"].max(), worded.count, "none of its own"),
            "sea_years": worded.count(held.loc[held["series"] == SEA, "start_date"].str[:4].nunique()),
            **{name: in_words(editions.latest(reading.numbering, series_id, least=2)) or NOBODY
               for name, series_id in CONTESTED.items()},
            "as_of": day(reading.as_of)}
