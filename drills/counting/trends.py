"""Rates, intervals and trends of counted events. Pure; statsmodels does the statistics.

Takes and gives frames; knows no file, no picture and no page; loads the statistics, which take a second, where they
are needed. Counts are of *documented* events: a trend in
what is reported is not by itself a trend in what was done.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ..record.days import last_day, year_of
from .definitions import KINDS

CONFIDENCE = 0.95
# Published counts of the same subject open in 2003; a fit over the same years can be compared with them.
FIRST_COMPARABLE_YEAR = 2003
# A trend through fewer events, or fewer years that have any, would be read into chance: it has no bounds.
LEAST_EVENTS, LEAST_YEARS = 10, 4
# Stated before any count was looked at: the annexation of Crimea and the full-scale invasion of Ukraine.
STATED_DATES = {"After 18 March 2014, against 2003 until then": "2014-03-18",
                "After 24 February 2022, against 2014 until then": "2022-02-24"}


def events_per_year(events: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Events that began in each year from `first` to `last`, as `frames.PerYear` says."""
    from statsmodels.stats.rates import confint_poisson

    years = pd.Index(range(first, last + 1), name="year")
    counts = pd.crosstab(year_of(events["start_date"]), events["kind"]).reindex(
        index=years, columns=list(KINDS), fill_value=0)
    counts.columns.name = None
    counts["total"] = counts.sum(axis=1)
    low, high = confint_poisson(counts["total"].to_numpy(), 1, method="exact-c", alpha=1 - CONFIDENCE)
    return counts.assign(low=low, high=high).reset_index()


def days_per_year(events: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Calendar days of each year on which at least one event was under way.

    Columns: year; exercise_days (at least one event that is not a patrol); patrol_days (patrols only);
    days (their sum); undated (events that began in the year and are not dated to the day, so that their days
    are missing). Days are a lower bound: an event without a known end counts with its first day alone.
    """
    is_dated = events["date_precision"] == "day"
    busy: dict[bool, set[pd.Timestamp]] = {True: set(), False: set()}
    for event in events[is_dated].itertuples():
        end = event.end_date if isinstance(event.end_date, str) else event.start_date
        busy[event.kind == "patrol"].update(pd.date_range(event.start_date, last_day(end)))
    undated = year_of(events.loc[~is_dated, "start_date"]).value_counts()
    rows = []
    for year in range(first, last + 1):
        exercise = {day for day in busy[False] if day.year == year}
        patrol = {day for day in busy[True] if day.year == year} - exercise
        rows.append((year, len(exercise), len(patrol), len(exercise) + len(patrol), int(undated.get(year, 0))))
    return pd.DataFrame(rows, columns=["year", "exercise_days", "patrol_days", "days", "undated"])


def events_per_month(events: pd.DataFrame) -> pd.DataFrame:
    """Events by the calendar month in which they began; those known only to the year are left out.

    Columns: month (1 to 12), total, and low and high of the exact 95 % Poisson interval.
    """
    from statsmodels.stats.rates import confint_poisson

    known = events.loc[events["start_date"].str.len() > 4, "start_date"].str[5:7].astype(int)
    total = known.value_counts().reindex(range(1, 13), fill_value=0)
    low, high = confint_poisson(total.to_numpy(), 1, method="exact-c", alpha=1 - CONFIDENCE)
    return pd.DataFrame({"month": total.index, "total": total.to_numpy(), "low": low, "high": high})


@dataclass(frozen=True)
class Trend:
    """A fitted yearly rate ratio: 1.05 means 5 % more events each year; low and high bound it at 95 %."""

    first: int
    last: int
    n_events: int
    ratio: float
    low: float
    high: float
    dispersion: float


def fit_trend(per_year: pd.DataFrame) -> tuple[Trend, pd.DataFrame]:
    """Quasi-Poisson regression of yearly totals on the year, over the complete years given.

    per_year: columns year and total. Returns the trend and a frame year, fitted, low, high (95 % band of the
    expected count). A plain Poisson test cries "trend" too often in overdispersed counts, so the variance is
    scaled by Pearson's X2/(n-2), never below 1, and the interval uses t with n-2 degrees of freedom
    (McCullagh and Nelder 1989, section 6.2). With too few events (LEAST_EVENTS, LEAST_YEARS) the interval is all that
    is possible and the band is NaN, since the fit may run off to any slope; without
    any event the ratio is NaN too.
    Raises ValueError for fewer than four years.
    """
    from scipy import stats
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    if len(per_year) < 4:
        raise ValueError("a trend needs at least four years")
    years = per_year["year"].to_numpy(dtype=float)
    if not per_year["total"].any():
        blank = dict.fromkeys(("fitted", "low", "high"), math.nan)
        return (Trend(int(years[0]), int(years[-1]), 0, math.nan, 0.0, math.inf, 1.0),
                per_year[["year"]].assign(**blank))
    design = np.column_stack([np.ones_like(years), years - years.mean()])
    with warnings.catch_warnings():
        # that a line meets every count, as with one event in each year; the bounds are those of so few
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fitted = GLM(per_year["total"].to_numpy(dtype=float), design, family=Poisson()).fit(scale=1)
    freedom = len(years) - 2
    dispersion = float(max(fitted.pearson_chi2 / freedom, 1.0))
    quantile = stats.t.ppf(0.5 + CONFIDENCE / 2, freedom)
    covariance = fitted.cov_params() * dispersion
    slope, width = fitted.params[1], quantile * np.sqrt(covariance[1, 1])
    trend = Trend(int(years[0]), int(years[-1]), int(per_year["total"].sum()), float(np.exp(slope)),
                  float(np.exp(slope - width)), float(np.exp(slope + width)), dispersion)
    centre = design @ fitted.params
    spread = quantile * np.sqrt(np.einsum("ij,jk,ik->i", design, covariance, design))
    band = pd.DataFrame({"year": per_year["year"].to_numpy(), "fitted": np.exp(centre),
                         "low": np.exp(centre - spread), "high": np.exp(centre + spread)})
    if per_year["total"].sum() < LEAST_EVENTS or (per_year["total"] > 0).sum() < LEAST_YEARS:
        return replace(trend, low=0.0, high=math.inf), band.assign(fitted=math.nan, low=math.nan, high=math.nan)
    return trend, band


@dataclass(frozen=True)
class RateChange:
    """Events per year before and after a date stated beforehand, and the exact 95 % interval of the ratio."""

    date: str
    before: int
    after: int
    years_before: float
    years_after: float
    ratio: float
    low: float
    high: float


def rate_change(events: pd.DataFrame, date: str, start: str, end: str) -> RateChange:
    """Compare the rate of events from `start` up to `date` with that from `date` through `end` (days).

    Given the total, the count before is binomial, so the Clopper-Pearson interval of its share gives the exact
    interval of the rate ratio (Przyborowski and Wilenski 1940). Overdispersion makes it too narrow. Without an
    event before, ratio and high are infinite; without any event the ratio is NaN and the interval 0 to infinity.
    """
    cut, begin, finish = pd.Timestamp(date), pd.Timestamp(start), pd.Timestamp(end) + pd.Timedelta(days=1)
    first_days = pd.to_datetime(events["start_date"], format="ISO8601")
    before = int(((first_days >= begin) & (first_days < cut)).sum())
    after = int(((first_days >= cut) & (first_days < finish)).sum())
    years_before, years_after = ((cut - begin).days / 365.25, (finish - cut).days / 365.25)
    ratio, low, high = (float(value[0]) for value in rate_ratio(
        np.array([before]), np.array([after]), years_before / years_after))
    return RateChange(date, before, after, years_before, years_after, ratio, low, high)


def rate_ratio(before: np.ndarray, after: np.ndarray, exposure: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ratio of the rate after to that before, and its exact interval, for pairs of counts (see `rate_change`).

    exposure: time before divided by time after.
    """
    from statsmodels.stats.proportion import proportion_confint

    # without any event a share of 0 of 1 would give an upper bound that nothing supports
    low, high = proportion_confint(after, np.maximum(before + after, 1), alpha=1 - CONFIDENCE, method="beta")
    low, high = (np.where(before + after == 0, empty, share) for share, empty in ((low, 0.0), (high, 1.0)))
    with np.errstate(divide="ignore", invalid="ignore"):
        return tuple(exposure * share / other for share, other in
                     ((after, before), (low, 1 - low), (high, 1 - high)))


def compare_rates(events: pd.DataFrame, dates: dict[str, str], start: str, end: str) -> pd.DataFrame:
    """`rate_change` at each date, every one against the stretch since the date before it.

    dates: label to day, in order; a date after `end` is left out. Columns: label and those of RateChange.
    """
    begins = [start, *list(dates.values())[:-1]]
    rows = [{"label": label, **vars(rate_change(events, date, begin, end))}
            for (label, date), begin in zip(dates.items(), begins, strict=True) if date <= end]
    return pd.DataFrame(rows)


def complete_years(per_year: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """The rows of years that are over on the day of the record."""
    is_over = pd.to_datetime(per_year["year"].astype(str) + "-12-31") <= as_of
    return per_year[is_over]
