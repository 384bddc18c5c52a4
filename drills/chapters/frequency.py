"""The cards of the chapter on frequency: how often, for how many days, with what trend."""

from __future__ import annotations

import calendar

import pandas as pd

from ..counting import definitions, trends
from ..counting.trends import complete_years
from ..figures.card import Card, Column
from ..figures.forms.intervals import interval_rows
from ..figures.forms.years import stacked_years
from ..figures.keys import Series
from ..figures.layout import rows_of, stands_for
from ..figures.look import LIGHT
from ..wording import dates, numbers
from . import common
from .common import HIGH, LOW, YEAR, stated, to_date

KINDS = (Series("exercise", "Exercises", "both"), Series("patrol", "Patrols", "russia", "///"),
         Series("command_post", "Command-post exercises", "accent"),
         Series("competition", "Competitions", "other", "xx"))
# July to September, in which the large exercises of both states lie.
SUMMER = range(7, 10)


def events_per_year(per_year: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """Events per year by kind, with the exact interval of each total and the fitted trend as a band."""
    complete = complete_years(per_year, as_of)
    trend, band = trends.fit_trend(complete)
    kinds = [one for one in KINDS if one.column in definition.kinds]
    most, peak = numbers.leading(complete, "total", "year"), numbers.count(complete["total"].max())
    rate = numbers.percent_change(trend.ratio).lstrip("+−")
    change = (f"Recorded joint activity grew by {rate} a year" if trend.low > 1 else
              f"Recorded joint activity shrank by {rate} a year" if trend.high < 1 else
              "No clear change in recorded joint activity")
    title = (f"{change} from {trend.first} to {trend.last}; {numbers.listing(most)} saw the most, "
             f"{peak}{numbers.each(most)}")
    reading = f"Lines: exact {common.LEVEL} Poisson interval of each total. Band: fitted trend."
    subtitle = f"Events by the year in which they began. {reading} {stated(definition, as_of)}"
    note = (f"Trend: quasi-Poisson, {numbers.percent_change(trend.ratio)} a year, {common.LEVEL} interval "
            f"{numbers.percent_range(trend.low, trend.high)}, over the complete years {trend.first} to {trend.last}. "
            f"The record counts documented events: a trend in reports is not by itself a trend in events. "
            f"Source: Joint Drills, events.csv.")
    alt = (f"Stacked bars, one for each year from {per_year['year'].iloc[0]} to {per_year['year'].iloc[-1]}. "
           f"{numbers.plural(complete['total'].iloc[0], 'event')} in {complete['year'].iloc[0]}, "
           f"{numbers.count(complete['total'].iloc[-1])} in {complete['year'].iloc[-1]}; the largest total is "
           f"{peak} in {numbers.listing(most)}. "
           f"{numbers.plural(complete['patrol'].sum(), 'patrol')} among "
           f"{numbers.count(complete['total'].sum())} events.")
    open_year = to_date(per_year, as_of)

    def draw(layout, table):
        return stacked_years(layout, table, kinds, value_label="Events", whisker=("low", "high"), band=band,
                             incomplete=open_year)

    columns = {"year": YEAR, **{one.column: Column(one.label) for one in kinds}, "total": Column("All events"),
               "low": Column(LOW, decimals=1), "high": Column(HIGH, decimals=1)}
    return Card("events-per-year", title, subtitle, note, alt, per_year, columns, draw,
                reading)


def days_per_year(days: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """Days of each year on which at least one event was under way."""
    complete = complete_years(days, as_of)
    most, last = complete[complete["days"] == complete["days"].max()], complete.iloc[-1]
    years, peak = most["year"].astype(str).tolist(), numbers.plural(complete["days"].max(), "day")
    title = (f"The two forces were in joint activity on at least {peak}{numbers.each(years)} of "
             f"{numbers.listing(years)}, the most of any year; on {numbers.count(last['days'])} of {int(last['year'])}")
    subtitle = (f"Calendar days with at least one event under way; a day with several counts once. "
                f"{stated(definition, as_of)}")
    missing = int(days["undated"].sum())
    note = (f"A lower bound: {numbers.plural(missing, 'event')} of these years "
            f"{'is' if missing == 1 else 'are'} not dated to the day and left out, and an event without a known end "
            f"counts with its first day. Source: Joint Drills, events.csv.")
    alt = (f"Stacked bars, one for each year from {days['year'].iloc[0]} to {days['year'].iloc[-1]}: days with an "
           f"exercise and days with patrols only. " + " ".join(
               f"{peak} in {row.year}, of which {numbers.count(row.patrol_days)} with patrols only."
               for row in most.itertuples()))
    series = (Series("exercise_days", "With an exercise", "both"),
              Series("patrol_days", "Patrols only", "russia", "///"))
    open_year = to_date(days, as_of)

    def draw(layout, table):
        return stacked_years(layout, table, series, value_label="Days", incomplete=open_year)

    columns = {"year": YEAR, "exercise_days": Column("Days with an exercise"),
               "patrol_days": Column("Days with patrols only"), "days": Column("Days in joint activity"),
               "undated": Column("Events not dated to the day")}
    return Card("days-per-year", title, subtitle, note, alt, days, columns, draw)


def trend_settings(fits: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """The yearly change under each setting, with its interval."""
    clear = int(((fits["low"] > 1) | (fits["high"] < 1)).sum())
    title = (f"The yearly change is between {numbers.percent_change(fits['ratio'].min())} and "
             f"{numbers.percent_change(fits['ratio'].max())}, depending on what is counted; the interval leaves out "
             f"'no change' under {clear} of {len(fits)} settings")
    subtitle = (f"Fitted change in events per year (quasi-Poisson rate ratio) and its {common.LEVEL} interval, one row "
                f"for each setting. Record as of {dates.day(as_of)}.")
    note = ("Settings differ from the default definition only in what the row says. Intervals allow for variation "
            "beyond Poisson. Source: Joint Drills, events.csv.")
    alt = "Rows of intervals: " + "; ".join(
        f"{row.setting}: {numbers.percent_change(row.ratio)} a year, interval "
        f"{numbers.percent_range(row.low, row.high)}"
        for row in fits.itertuples()) + "."
    ticks = (0.9, 1.0, 1.1, 1.2, 1.3)

    def draw(layout, table):
        return interval_rows(layout, table, label="setting", value="ratio", low="low", high="high",
                             value_label="Change a year", reference=1, ticks=ticks,
                             tick_labels=[numbers.percent_change(tick) for tick in ticks])

    columns = {"setting": Column("Setting"), "first": Column("First year", is_year=True),
               "last": Column("Last year", is_year=True),
               "n_events": Column("Events"), "ratio": Column("Ratio a year", decimals=3),
               "low": Column(LOW, decimals=3), "high": Column(HIGH, decimals=3),
               "dispersion": Column("Dispersion", decimals=2)}
    return Card("trend-settings", title, subtitle, note, alt, fits, columns, draw)


def rate_changes(changes: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """How many times as often events came after dates that were stated beforehand."""
    title = "Recorded events came " + numbers.listing([
        f"{often(row.ratio)} after {dates.day(pd.Timestamp(row.date))}{bounded(row.low, row.high)}"
        for row in changes.itertuples()])
    subtitle = ("Events per year after each date against before it, from the start of the period or the date above, "
                f"with the exact {common.LEVEL} interval of the ratio. {stated(definition, as_of)}")
    note = ("The dates were chosen beforehand (Crimea, full-scale invasion of Ukraine). A higher rate after a date is "
            "no evidence that the date caused it: the rate was rising before. Source: Joint Drills, events.csv.")
    alt = "Rows of intervals: " + "; ".join(
        f"{row.label}: {row.before} events in {row.years_before:.1f} years before, {row.after} in "
        f"{row.years_after:.1f} after, ratio {numbers.decimal(row.ratio)}, interval {numbers.decimal(row.low)} to "
        f"{numbers.decimal(row.high)}"
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
    return Card("rate-changes", title, subtitle, note, alt, changes, columns, draw)


def bounded(low: float, high: float) -> str:
    """The interval of a ratio in brackets; without an upper end where nothing came before, blank if there is none."""
    if pd.isna(low):
        return ""
    upper = f" to {numbers.decimal(high)}" if high < float("inf") else " upward"
    return f" ({common.LEVEL} interval {numbers.decimal(low)}{upper})"


def often(ratio: float) -> str:
    """A ratio of rates in prose; infinite where nothing came before, NaN where nothing came at all."""
    return "neither before nor" if pd.isna(ratio) else "only" if ratio == float("inf") else (
        f"{numbers.decimal(ratio)} times as often")


def events_per_month(months: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """The season: events by calendar month."""
    total, summer = int(months["total"].sum()), int(months.loc[months["month"].isin(SUMMER), "total"].sum())
    names = months.assign(name=[calendar.month_abbr[month] for month in months["month"]],
                          full=[calendar.month_name[month] for month in months["month"]])
    busiest, peak = numbers.leading(names, "total", "full"), numbers.count(months["total"].max())
    title = (f"{summer} of {total} events began from {calendar.month_name[SUMMER[0]]} to "
             f"{calendar.month_name[SUMMER[-1]]}; {numbers.listing(busiest)} "
             f"{'leads' if len(busiest) == 1 else 'lead'} with {peak}{numbers.each(busiest)}")
    subtitle = (f"Events by the calendar month in which they began, all years together; lines: exact {common.LEVEL} "
                f"Poisson interval. {stated(definition, as_of)}")
    note = "Events known only to the year are left out. Source: Joint Drills, events.csv."
    alt = "Bars, one for each month: " + ", ".join(
        f"{row.name} {row.total}" for row in names[["name", "total"]].itertuples(index=False)) + "."

    def draw(layout, table):
        return month_bars(layout, table)

    columns = {"name": Column("Month"), "total": Column("Events"), "low": Column(LOW, decimals=1),
               "high": Column(HIGH, decimals=1)}
    return Card("events-per-month", title, subtitle, note, alt, names, columns, draw)


def month_bars(layout, table: pd.DataFrame):
    """Twelve bars with their intervals."""
    figure = layout.figure(300 if layout.is_narrow else 260)
    axes = figure.subplots()
    position = range(12)
    labels = [name[0] if layout.is_narrow else name for name in table["name"]]
    for bar, row in zip(axes.bar(position, table["total"], 0.72, color=LIGHT["both"]), rows_of(table), strict=True):
        stands_for(bar, [row])
    axes.vlines(position, table["low"], table["high"], color=LIGHT["ink"], linewidth=1.1)
    axes.set_xticks(list(position), labels)
    axes.set_ylabel("Events")
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")
    return figure
