"""The cards of the chapter on frequency: how often, for how many days, with what trend."""

from __future__ import annotations

import calendar
import math

import pandas as pd

from ..counting import definitions, trends
from ..counting.reading import Reading
from ..counting.trends import complete_years
from ..figures.card import Card, Column
from ..figures.forms.intervals import interval_rows
from ..figures.forms.years import stacked_years, whiskers
from ..figures.keys import Series
from ..figures.layout import rows_of, stands_for
from ..figures.look import LIGHT
from ..record.days import year_of
from ..wording import dates
from ..wording import numbers as worded
from . import common, headlines
from .common import HIGH, LOW, NOTHING_COUNTED, YEAR, counted, known, stated, to_date, unless_empty

KINDS = (Series("exercise", "Exercises", "both"), Series("patrol", "Patrols", "russia", "///"),
         Series("command_post", "Command-post exercises", "accent"),
         Series("competition", "Competitions", "other", "xx"))
# July to September, in which the large exercises of both states lie.
SUMMER = range(7, 10)
# Complete years that are summed apart as recent ones.
RECENT = 5


def events_per_year_card(per_year: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """Events per year by kind, with the exact interval of each total and the fitted trend as a band."""
    complete = complete_years(per_year, as_of)
    trend, band = trends.fit_trend(complete)
    kinds = [one for one in KINDS if one.column in definition.kinds]
    most, peak = worded.leading(complete, "total", "year"), worded.count(complete["total"].max())
    title = headlines.trend(trend.ratio, trend.low, trend.high, trend.first)
    reading = f"Lines: exact {common.LEVEL} interval of each total (Poisson). Band: the fitted trend."
    subtitle = f"Events by the year in which they began. {stated(definition, as_of)}"
    fit = (f"Trend: {worded.percent_change(trend.ratio)} a year, {common.LEVEL} interval "
           f"{worded.percent_range(trend.low, trend.high)}, fitted to the complete years {trend.first} to {trend.last} "
           "(quasi-Poisson)." if math.isfinite(trend.high) else "The events are too few for a trend.")
    note = (f"{fit} {worded.listing(most)} saw the most events, "
            f"{peak}{worded.each(most)}. The record counts reported events: a trend in reports is not by itself a "
            f"trend in events. {reading} Source: Joint Drills, events.csv.")
    alt = (f"Stacked bars, one for each year from {per_year['year'].iloc[0]} to {per_year['year'].iloc[-1]}. "
           f"{worded.plural(complete['total'].iloc[0], 'event')} in {complete['year'].iloc[0]}, "
           f"{worded.count(complete['total'].iloc[-1])} in {complete['year'].iloc[-1]}; the largest total is "
           f"{peak} in {worded.listing(most)}. "
           f"{worded.plural(complete['patrol'].sum(), 'patrol')} among "
           f"{worded.count(complete['total'].sum())} events.")
    open_year = to_date(per_year, as_of)

    def draw(layout, table):
        return stacked_years(layout, table, kinds, value_label="Events", whisker=("low", "high"), band=band,
                             incomplete=open_year)

    columns = {"year": YEAR, **{one.column: Column(one.label) for one in kinds}, "total": Column("All events"),
               "low": Column(LOW, decimals=1), "high": Column(HIGH, decimals=1)}
    return Card("events-per-year", title, subtitle, note, alt, per_year, columns, draw,
                reading, counted=counted(definition))


def days_per_year_card(days: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """Days of each year on which at least one event was under way."""
    complete = complete_years(days, as_of)
    most, last = complete[complete["days"] == complete["days"].max()], complete.iloc[-1]
    years, peak = most["year"].astype(str).tolist(), worded.plural(complete["days"].max(), "day")
    title = headlines.days(years, complete["days"].max())
    subtitle = f"Calendar days with at least one event under way. {stated(definition, as_of)}"
    missing = int(days["undated"].sum())
    undated = (f"{worded.plural(missing, 'event')} of these years {'is' if missing == 1 else 'are'} not dated to the "
               "day and left out, and " if missing else "")
    note = (f"At least, since {undated}an event without a known end counts with its first day alone. A day with "
            f"several events counts once. In {int(last['year'])} there were {worded.plural(last['days'], 'day')}. "
            "Source: Joint Drills, events.csv.")
    alt = (f"Stacked bars, one for each year from {days['year'].iloc[0]} to {days['year'].iloc[-1]}: days with an "
           f"exercise and days with patrols only. " + " ".join(
               f"{peak} in {row.year}, of which {worded.count(row.patrol_days)} with patrols only."
               for row in most.itertuples()))
    series = (Series("exercise_days", "With an exercise", "both"),
              Series("patrol_days", "Patrols only", "russia", "///"))
    open_year = to_date(days, as_of)

    def draw(layout, table):
        return stacked_years(layout, table, series, value_label="Days", incomplete=open_year)

    columns = {"year": YEAR, "exercise_days": Column("Days with an exercise"),
               "patrol_days": Column("Days with patrols only"), "days": Column("Days in joint activity"),
               "undated": Column("Events not dated to the day")}
    return Card("days-per-year", title, subtitle, note, alt, days, columns, draw, counted=counted(definition))


def rate_changes_card(changes: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """How many times as often events came after dates that were stated beforehand."""
    title = headlines.rates([(dates.day(pd.Timestamp(row.date)), row.low, row.high) for row in changes.itertuples()])
    times = worded.listing([f"{often(row.ratio)} after {dates.day(pd.Timestamp(row.date))}{bounded(row.low, row.high)}"
                            for row in changes.itertuples()])
    subtitle = f"Events a year after each date, against before it. {stated(definition, as_of)}"
    reading = (f"Lines: exact {common.LEVEL} interval of the ratio. Before: from the start of the period, or from the "
               "date above.")
    note = (f"Recorded events came {times}. A higher rate after a date is no evidence that the date caused it: a rate "
            "that was rising anyway is higher after any date. The dates, of the annexation of Crimea and of the "
            f"full-scale invasion of Ukraine, were chosen beforehand. {reading} Source: Joint Drills, events.csv.")
    alt = "Rows of intervals: " + "; ".join(
        f"{row.label}: {row.before} events in {row.years_before:.1f} years before, {row.after} in "
        f"{row.years_after:.1f} after, ratio {worded.decimal(row.ratio)}, interval {worded.decimal(row.low)} to "
        f"{worded.decimal(row.high)}"
        for row in changes.itertuples()) + "."
    ticks = (0.5, 1, 2, 4, 8)

    def draw(layout, table):
        return interval_rows(layout, table, label="label", value="ratio", low="low", high="high",
                             value_label="Rate after against before (log scale)", reference=1, ticks=ticks,
                             tick_labels=[f"× {tick:g}" for tick in ticks])

    columns = {"label": Column("Comparison"), "before": Column("Events before"),
               "years_before": Column("Years before", decimals=1), "after": Column("Events after"),
               "years_after": Column("Years after", decimals=1),
               "ratio": Column("Ratio of rates", decimals=2), "low": Column(LOW, decimals=2),
               "high": Column(HIGH, decimals=2)}
    return Card("rate-changes", title, subtitle, note, alt, changes, columns, draw, reading,
                counted=counted(definition))


def bounded(low: float, high: float) -> str:
    """The interval of a ratio in brackets; without an upper end where nothing came before, blank if there is none."""
    if pd.isna(low):
        return ""
    upper = f" to {worded.decimal(high)}" if high < float("inf") else " upward"
    return f" ({common.LEVEL} interval {worded.decimal(low)}{upper})"


def often(ratio: float) -> str:
    """A ratio of rates in prose; infinite where nothing came before, NaN where nothing came at all."""
    return "neither before nor" if pd.isna(ratio) else "only" if ratio == float("inf") else (
        f"{worded.decimal(ratio)} times as often")


def events_per_month_card(months: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """The season: events by calendar month."""
    total, summer = int(months["total"].sum()), int(months.loc[months["month"].isin(SUMMER), "total"].sum())
    names = months.assign(name=[calendar.month_abbr[month] for month in months["month"]],
                          full=[calendar.month_name[month] for month in months["month"]])
    busiest, peak = worded.leading(names, "total", "full"), worded.count(months["total"].max())
    title = headlines.season(summer, total, calendar.month_name[SUMMER[0]], calendar.month_name[SUMMER[-1]])
    subtitle = f"Events by the calendar month in which they began. {stated(definition, as_of)}"
    reading = f"Lines: exact {common.LEVEL} interval of each total (Poisson)."
    note = (f"{worded.listing(busiest)} {'leads' if len(busiest) == 1 else 'lead'} with {peak}{worded.each(busiest)}. "
            f"Events known only to the year are left out. {reading} Source: Joint Drills, events.csv.")
    alt = "Bars, one for each month: " + ", ".join(
        f"{row.name} {row.total}" for row in names[["name", "total"]].itertuples(index=False)) + "."

    def draw(layout, table):
        return month_bars(layout, table)

    columns = {"name": Column("Month"), "total": Column("Events"), "low": Column(LOW, decimals=1),
               "high": Column(HIGH, decimals=1)}
    return Card("events-per-month", title, subtitle, note, alt, names, columns, draw, reading,
                counted=counted(definition))


def month_bars(layout, table: pd.DataFrame):
    """Twelve bars with their intervals."""
    figure = layout.figure(300 if layout.is_narrow else 260)
    axes = figure.subplots()
    position = range(12)
    labels = [name[0] if layout.is_narrow else name for name in table["name"]]
    for bar, row in zip(axes.bar(position, table["total"], 0.72, color=LIGHT["both"]), rows_of(table), strict=True):
        stands_for(bar, [row])
    whiskers(axes, position, table["low"], table["total"], table["high"])
    axes.set_xticks(list(position), labels)
    axes.set_ylabel("Events")
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")
    return figure


@unless_empty("events-per-year", *NOTHING_COUNTED)
def events_per_year(reading: Reading) -> Card:
    """Counted events of each year by kind."""
    return events_per_year_card(reading.per_year, definitions.DEFAULT, reading.as_of)


@unless_empty("days-per-year", *NOTHING_COUNTED)
def days_per_year(reading: Reading) -> Card:
    """Days of each year on which a counted event was under way."""
    days = trends.days_per_year(reading.counted, trends.FIRST_COMPARABLE_YEAR, reading.as_of.year)
    return days_per_year_card(days, definitions.DEFAULT, reading.as_of)


@unless_empty("rate-changes", *NOTHING_COUNTED)
def rate_changes(reading: Reading) -> Card:
    """Rates before and after the dates stated beforehand, over complete years."""
    first, last = reading.trend.first, reading.trend.last
    changes = trends.compare_rates(reading.counted, trends.STATED_DATES, f"{first}-01-01", f"{last}-12-31")
    return rate_changes_card(changes, definitions.DEFAULT, reading.as_of)


@unless_empty("events-per-month", *NOTHING_COUNTED)
def events_per_month(reading: Reading) -> Card:
    """Counted events by calendar month."""
    return events_per_month_card(trends.events_per_month(reading.counted), definitions.DEFAULT, reading.as_of)


def numbers(reading: Reading) -> dict[str, str]:
    """The numbers of the chapter's prose by name, as finished words."""
    trend, recent, years = reading.trend, reading.complete_years.tail(RECENT), year_of(reading.counted["start_date"])
    return {"n_events": worded.count(len(reading.counted)),
            **{name: known(year, "{:.0f}".format, "no year") for name, year in (
                ("first_year", years.min()), ("last_year", years.max()))}, "open_year": str(reading.as_of.year),
            "trend_first": str(trend.first), "trend_last": str(trend.last),
            "trend": headlines.trend(trend.ratio, trend.low, trend.high, trend.first),
            "trend_interval": worded.percent_range(trend.low, trend.high),
            "n_definitions": worded.count(len(reading.curve)),
            "n_growing": worded.count(reading.curve["is_growing"].sum()),
            "n_recent": worded.count(recent["total"].sum()),
            "n_years": worded.count(len(recent)), "definition": definitions.DEFAULT.describe(),
            "as_of": dates.day(reading.as_of)}
