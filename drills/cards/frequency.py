"""The cards of the chapter on frequency: how often, for how many days, with what trend."""

from __future__ import annotations

import calendar

import pandas as pd

from .. import definitions, trends
from . import words
from .card import Card, Column
from .forms import Series, interval_rows, stacked_years
from .interactive import Bars, Ranges
from .look import LIGHT

KINDS = (Series("exercise", "Exercises", "both"), Series("patrol", "Patrols", "russia", "///"),
         Series("command_post", "Command-post exercises", "accent"),
         Series("competition", "Competitions", "other", "xx"))
YEAR = Column("Year", is_year=True)
# July to September, in which the large exercises of both states lie.
SUMMER = range(7, 10)
LOW, HIGH = f"{words.LEVEL} interval, low", f"{words.LEVEL} interval, high"


def stated(definition: definitions.Definition, as_of: pd.Timestamp) -> str:
    """The definition and the day of the record, as every subtitle ends."""
    return f"Counted: {definition.describe()}. Record as of {words.day(as_of)}."


def to_date(per_year: pd.DataFrame, as_of: pd.Timestamp) -> tuple[int, str] | None:
    """The year still under way and its label, if the table has it."""
    is_open = as_of < pd.Timestamp(as_of.year, 12, 31) and as_of.year in set(per_year["year"])
    return (as_of.year, f"to {as_of:%b} {as_of.year}") if is_open else None


def complete_years(per_year: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """The rows of years that are over on the day of the record."""
    is_over = pd.to_datetime(per_year["year"].astype(str) + "-12-31") <= as_of
    return per_year[is_over]


def events_per_year(per_year: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """Events per year by kind, with the exact interval of each total and the fitted trend as a band."""
    complete = complete_years(per_year, as_of)
    trend, band = trends.fit_trend(complete)
    kinds = [one for one in KINDS if one.column in definition.kinds]
    most, peak = words.leading(complete, "total", "year"), words.count(complete["total"].max())
    rate = words.percent_change(trend.ratio).lstrip("+−")
    change = (f"Recorded joint activity grew by {rate} a year" if trend.low > 1 else
              f"Recorded joint activity shrank by {rate} a year" if trend.high < 1 else
              "No clear change in recorded joint activity")
    title = f"{change} from {trend.first} to {trend.last}; {words.listing(most)} saw the most, {peak}{words.each(most)}"
    reading = f"Lines: exact {words.LEVEL} Poisson interval of each total. Band: fitted trend."
    subtitle = f"Events by the year in which they began. {reading} {stated(definition, as_of)}"
    note = (f"Trend: quasi-Poisson, {words.percent_change(trend.ratio)} a year, {words.LEVEL} interval "
            f"{words.percent_range(trend.low, trend.high)}, over the complete years {trend.first} to {trend.last}. "
            f"The record counts documented events: a trend in reports is not by itself a trend in events. "
            f"Source: Joint Drills, events.csv.")
    alt = (f"Stacked bars, one for each year from {per_year['year'].iloc[0]} to {per_year['year'].iloc[-1]}. "
           f"{words.plural(complete['total'].iloc[0], 'event')} in {complete['year'].iloc[0]}, "
           f"{words.count(complete['total'].iloc[-1])} in {complete['year'].iloc[-1]}; the largest total is "
           f"{peak} in {words.listing(most)}. "
           f"{words.plural(complete['patrol'].sum(), 'patrol')} among {words.count(complete['total'].sum())} events.")
    open_year = to_date(per_year, as_of)

    def draw(layout, table):
        return stacked_years(layout, table, kinds, value_label="Events", whisker=("low", "high"), band=band,
                             incomplete=open_year)

    columns = {"year": YEAR, **{one.column: Column(one.label) for one in kinds}, "total": Column("All events"),
               "low": Column(LOW, decimals=1), "high": Column(HIGH, decimals=1)}
    return Card("events-per-year", title, subtitle, note, alt, per_year, columns, draw,
                Bars("year", {one.column: one.label for one in kinds}, low="low", high="high", value_label="Events",
                     roles=tuple(one.role for one in kinds)), reading)


def days_per_year(days: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """Days of each year on which at least one event was under way."""
    complete = complete_years(days, as_of)
    most, last = complete[complete["days"] == complete["days"].max()], complete.iloc[-1]
    years, peak = most["year"].astype(str).tolist(), words.plural(complete["days"].max(), "day")
    title = (f"The two forces were in joint activity on at least {peak}{words.each(years)} of {words.listing(years)}, "
             f"the most of any year; on {words.count(last['days'])} of {int(last['year'])}")
    subtitle = (f"Calendar days with at least one event under way; a day with several counts once. "
                f"{stated(definition, as_of)}")
    missing = int(days["undated"].sum())
    note = (f"A lower bound: {words.plural(missing, 'event')} of these years "
            f"{'is' if missing == 1 else 'are'} not dated to the day and left out, and an event without a known end "
            f"counts with its first day. Source: Joint Drills, events.csv.")
    alt = (f"Stacked bars, one for each year from {days['year'].iloc[0]} to {days['year'].iloc[-1]}: days with an "
           f"exercise and days with patrols only. " + " ".join(
               f"{peak} in {row.year}, of which {words.count(row.patrol_days)} with patrols only."
               for row in most.itertuples()))
    series = (Series("exercise_days", "With an exercise", "both"),
              Series("patrol_days", "Patrols only", "russia", "///"))
    open_year = to_date(days, as_of)

    def draw(layout, table):
        return stacked_years(layout, table, series, value_label="Days", incomplete=open_year)

    columns = {"year": YEAR, "exercise_days": Column("Days with an exercise"),
               "patrol_days": Column("Days with patrols only"), "days": Column("Days in joint activity"),
               "undated": Column("Events not dated to the day")}
    return Card("days-per-year", title, subtitle, note, alt, days, columns, draw,
                Bars("year", {one.column: one.label for one in series}, value_label="Days",
                     roles=tuple(one.role for one in series)))


def trend_settings(fits: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """The yearly change under each setting, with its interval."""
    clear = int(((fits["low"] > 1) | (fits["high"] < 1)).sum())
    title = (f"The yearly change is between {words.percent_change(fits['ratio'].min())} and "
             f"{words.percent_change(fits['ratio'].max())}, depending on what is counted; the interval leaves out "
             f"'no change' under {clear} of {len(fits)} settings")
    subtitle = (f"Fitted change in events per year (quasi-Poisson rate ratio) and its {words.LEVEL} interval, one row "
                f"for each setting. Record as of {words.day(as_of)}.")
    note = ("Settings differ from the default definition only in what the row says. Intervals allow for variation "
            "beyond Poisson. Source: Joint Drills, events.csv.")
    alt = "Rows of intervals: " + "; ".join(
        f"{row.setting}: {words.percent_change(row.ratio)} a year, interval {words.percent_range(row.low, row.high)}"
        for row in fits.itertuples()) + "."
    ticks = (0.9, 1.0, 1.1, 1.2, 1.3)

    def draw(layout, table):
        return interval_rows(layout, table, label="setting", value="ratio", low="low", high="high",
                             value_label="Change a year", reference=1, ticks=ticks,
                             tick_labels=[words.percent_change(tick) for tick in ticks])

    columns = {"setting": Column("Setting"), "first": Column("First year", is_year=True),
               "last": Column("Last year", is_year=True),
               "n_events": Column("Events"), "ratio": Column("Ratio a year", decimals=3),
               "low": Column(LOW, decimals=3), "high": Column(HIGH, decimals=3),
               "dispersion": Column("Dispersion", decimals=2)}
    named = fits.assign(fit_low=fits["low"], fit_best=fits["ratio"], fit_high=fits["high"])
    return Card("trend-settings", title, subtitle, note, alt, named, columns, draw,
                Ranges("setting", {"fit": "Ratio a year"}, "Ratio a year", is_log=False))


def rate_changes(changes: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """How many times as often events came after dates that were stated beforehand."""
    title = "Recorded events came " + words.listing([
        f"{often(row.ratio)} after {words.day(pd.Timestamp(row.date))}{bounded(row.low, row.high)}"
        for row in changes.itertuples()])
    subtitle = ("Events per year after each date against before it, from the start of the period or the date above, "
                f"with the exact {words.LEVEL} interval of the ratio. {stated(definition, as_of)}")
    note = ("The dates were chosen beforehand (Crimea, full-scale invasion of Ukraine). A higher rate after a date is "
            "no evidence that the date caused it: the rate was rising before. Source: Joint Drills, events.csv.")
    alt = "Rows of intervals: " + "; ".join(
        f"{row.label}: {row.before} events in {row.years_before:.1f} years before, {row.after} in "
        f"{row.years_after:.1f} after, ratio {words.decimal(row.ratio)}, interval {words.decimal(row.low)} to "
        f"{words.decimal(row.high)}"
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
    named = changes.assign(rate_low=changes["low"], rate_best=changes["ratio"], rate_high=changes["high"])
    return Card("rate-changes", title, subtitle, note, alt, named, columns, draw,
                Ranges("label", {"rate": "Ratio of rates"}, "Ratio of rates"))


def bounded(low: float, high: float) -> str:
    """The interval of a ratio in brackets; without an upper end where nothing came before, blank if there is none."""
    if pd.isna(low):
        return ""
    upper = f" to {words.decimal(high)}" if high < float("inf") else " upward"
    return f" ({words.LEVEL} interval {words.decimal(low)}{upper})"


def often(ratio: float) -> str:
    """A ratio of rates in prose; infinite where nothing came before, NaN where nothing came at all."""
    return "neither before nor" if pd.isna(ratio) else "only" if ratio == float("inf") else (
        f"{words.decimal(ratio)} times as often")


def events_per_month(months: pd.DataFrame, definition: definitions.Definition, as_of: pd.Timestamp) -> Card:
    """The season: events by calendar month."""
    total, summer = int(months["total"].sum()), int(months.loc[months["month"].isin(SUMMER), "total"].sum())
    names = months.assign(name=[calendar.month_abbr[month] for month in months["month"]],
                          full=[calendar.month_name[month] for month in months["month"]])
    busiest, peak = words.leading(names, "total", "full"), words.count(months["total"].max())
    title = (f"{summer} of {total} events began from {calendar.month_name[SUMMER[0]]} to "
             f"{calendar.month_name[SUMMER[-1]]}; {words.listing(busiest)} "
             f"{'leads' if len(busiest) == 1 else 'lead'} with {peak}{words.each(busiest)}")
    subtitle = (f"Events by the calendar month in which they began, all years together; lines: exact {words.LEVEL} "
                f"Poisson interval. {stated(definition, as_of)}")
    note = "Events known only to the year are left out. Source: Joint Drills, events.csv."
    alt = "Bars, one for each month: " + ", ".join(
        f"{row.name} {row.total}" for row in names[["name", "total"]].itertuples(index=False)) + "."

    def draw(layout, table):
        return month_bars(layout, table)

    columns = {"name": Column("Month"), "total": Column("Events"), "low": Column(LOW, decimals=1),
               "high": Column(HIGH, decimals=1)}
    return Card("events-per-month", title, subtitle, note, alt, names, columns, draw,
                Bars("name", {"total": "Events"}, low="low", high="high", value_label="Events"))


def month_bars(layout, table: pd.DataFrame):
    """Twelve bars with their intervals."""
    figure = layout.figure(300 if layout.is_narrow else 260)
    axes = figure.subplots()
    position = range(12)
    labels = [name[0] if layout.is_narrow else name for name in table["name"]]
    axes.bar(position, table["total"], 0.72, color=LIGHT["both"])
    axes.vlines(position, table["low"], table["high"], color=LIGHT["ink"], linewidth=1.1)
    axes.set_xticks(list(position), labels)
    axes.set_ylabel("Events")
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")
    return figure
