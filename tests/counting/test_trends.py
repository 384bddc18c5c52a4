"""Rates, intervals and trends: values worked out by hand, and statistics against a second way to the same number."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from drills.counting import trends


def events(*rows: tuple) -> pd.DataFrame:
    """Events from (start, end, kind, precision); whatever is left out is None, exercise and day."""
    whole = [(*row, *(None, "exercise", "day")[len(row) - 1:]) for row in rows]
    return pd.DataFrame(whole, columns=["start_date", "end_date", "kind", "date_precision"])


def yearly(totals, first: int = 2000) -> pd.DataFrame:
    return pd.DataFrame({"year": range(first, first + len(totals)), "total": totals})


def test_events_count_in_the_year_in_which_they_began():
    """Catch an event counted in the year of its end, a year without events left out, a kind in another's column."""
    counted = trends.events_per_year(events(
        ("2019-12-30", "2020-01-04"), ("2020",), ("2020-05", None, "patrol", "month"), ("2023-01-01",)), 2019, 2022)
    assert counted["year"].tolist() == [2019, 2020, 2021, 2022]
    assert counted["exercise"].tolist() == [1, 1, 0, 0]
    assert counted["patrol"].tolist() == [0, 1, 0, 0]
    assert counted["total"].tolist() == [1, 2, 0, 0]
    assert " ".join(counted) == "year exercise patrol command_post competition total low high"


@pytest.mark.parametrize("rows, expected", [
    ([("2020-12-30", "2021-01-02")], [(2020, 2, 0, 2, 0), (2021, 2, 0, 2, 0)]),
    ([("2020-05-01", "2020-05-03"), ("2020-05-02", "2020-05-04")], [(2020, 4, 0, 4, 0), (2021, 0, 0, 0, 0)]),
    ([("2020-05-01",)], [(2020, 1, 0, 1, 0), (2021, 0, 0, 0, 0)]),
    ([("2020-05", "2020-06", "exercise", "month"), ("2021", None, "patrol", "year")],
     [(2020, 0, 0, 0, 1), (2021, 0, 0, 0, 1)]),
    ([("2020-05-01", "2020-05-03", "patrol"), ("2020-05-03", "2020-05-03")], [(2020, 1, 2, 3, 0), (2021, 0, 0, 0, 0)]),
    ([("2019-12-31", "2020-01-01")], [(2020, 1, 0, 1, 0), (2021, 0, 0, 0, 0)]),
    ([("2020-02-28", "2020-03-01")], [(2020, 3, 0, 3, 0), (2021, 0, 0, 0, 0)]),
], ids=["across a year's border", "overlap counts once", "open end", "not dated to the day", "patrol and exercise",
        "begun before the first year", "leap day"])
def test_days_of_a_year(rows, expected):
    """Catch days lost at a border, counted twice, or filled in for an event that is not dated to the day."""
    days = trends.days_per_year(events(*rows), 2020, 2021)
    assert [tuple(row) for row in days.itertuples(index=False)] == expected


def test_months_leave_out_events_known_to_the_year():
    """Catch all events of unknown month piled into January."""
    months = trends.events_per_month(events(("2020",), ("2020-07",), ("2021-07-31",), ("2021-01-01",)))
    assert months.loc[months["total"] > 0, ["month", "total"]].to_numpy().tolist() == [[1, 1], [7, 2]]
    assert len(months) == 12


@pytest.mark.parametrize("count", [0, 1, 2, 7, 11, 40])
def test_poisson_interval_is_exact(count):
    """Catch a normal approximation, or an interval of another level, where Garwood's is promised."""
    counted = trends.events_per_year(events(*[("2020-06-01",)] * count, ("2021-06-01",)), 2020, 2020)
    low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0
    assert counted["low"][0] == pytest.approx(low)
    assert counted["high"][0] == pytest.approx(stats.chi2.ppf(0.975, 2 * count + 2) / 2)


@pytest.mark.filterwarnings("ignore:Perfect separation")
@pytest.mark.parametrize("ratio", [0.9, 1.0, 1.07, 1.3])
def test_fit_recovers_a_known_ratio(ratio):
    """Catch a slope per something other than a year."""
    trend, band = trends.fit_trend(yearly(5 * ratio ** np.arange(20)))
    assert trend.ratio == pytest.approx(ratio)
    assert band["fitted"].to_numpy() == pytest.approx(5 * ratio ** np.arange(20))
    assert (trend.first, trend.last, trend.dispersion) == (2000, 2019, 1.0)


TOTALS = [1, 0, 4, 2, 9, 3, 1, 12, 6, 15]


def fit_by_hand(totals) -> tuple[np.ndarray, np.ndarray, float]:
    """Coefficients, covariance and dispersion of a log-linear Poisson model by maximising its likelihood."""
    counts, time = np.array(totals, float), np.arange(len(totals)) - (len(totals) - 1) / 2
    design = np.column_stack([np.ones_like(time), time])
    best = optimize.minimize(lambda b: (np.exp(design @ b) - counts * (design @ b)).sum(), [1, 0], tol=1e-12).x
    mean = np.exp(design @ best)
    information = np.linalg.inv(design.T @ (design * mean[:, None]))
    return best, information, ((counts - mean) ** 2 / mean).sum() / (len(totals) - 2)


def test_fit_agrees_with_a_second_implementation():
    """Catch the wrong family, degrees of freedom or scale behind a plausible ratio."""
    (_, slope), covariance, dispersion = fit_by_hand(TOTALS)
    trend = trends.fit_trend(yearly(TOTALS))[0]
    width = stats.t.ppf(0.975, len(TOTALS) - 2) * np.sqrt(dispersion * covariance[1, 1])
    assert dispersion > 1.5
    assert trend.dispersion == pytest.approx(dispersion, rel=1e-4)
    expected = np.exp([slope, slope - width, slope + width])
    assert (trend.ratio, trend.low, trend.high) == pytest.approx(expected, rel=1e-4)
    assert trend.n_events == sum(TOTALS)


def test_band_agrees_with_a_second_implementation():
    """Catch a band that leaves out the intercept, the covariance or the scale."""
    best, covariance, dispersion = fit_by_hand(TOTALS)
    _, band = trends.fit_trend(yearly(TOTALS))
    ends = np.array([[1, -4.5], [1, 4.5]])
    spread = stats.t.ppf(0.975, 8) * np.sqrt(dispersion * np.diag(ends @ covariance @ ends.T))
    assert band["low"].iloc[[0, -1]].to_numpy() == pytest.approx(np.exp(ends @ best - spread), rel=1e-4)
    assert band["high"].iloc[[0, -1]].to_numpy() == pytest.approx(np.exp(ends @ best + spread), rel=1e-4)


@pytest.mark.filterwarnings("ignore:Perfect separation")
@pytest.mark.parametrize("totals", [[5] * 10, [5, 5, 5, 6], [4, 5, 4, 5, 4, 5]])
def test_dispersion_is_never_below_one(totals):
    """Catch an interval narrower than Poisson's, from counts that happen to be even."""
    trend, _ = trends.fit_trend(yearly(totals))
    assert trend.dispersion == 1
    assert trend.low < trend.ratio < trend.high


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("totals", [[0] * 18 + [1], [0] * 10 + [9], [0] * 16 + [4, 4, 4], [1] * 9])
def test_few_events_show_no_trend(totals):
    """Catch a fit that runs off to any slope, with bounds as tight as if it knew: one event in the last year;
    and a warning of what is answered here."""
    trend, band = trends.fit_trend(yearly(np.array(totals)))
    assert (trend.low, trend.high) == (0, math.inf) and band[["fitted", "low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize("totals", [[], [3], [1, 2, 3]])
def test_a_trend_needs_four_years(totals):
    """Catch a trend through three points."""
    with pytest.raises(ValueError, match="four years"):
        trends.fit_trend(yearly(totals))


@pytest.mark.parametrize("totals, is_clear", [(range(1, 21), True), (range(20, 0, -1), True), ([3, 9] * 10, False)])
def test_a_trend_is_clear_in_both_directions(totals, is_clear):
    """Catch a decline that is called no change."""
    trend, _ = trends.fit_trend(yearly(totals))
    assert (trend.low > 1 or trend.high < 1) == is_clear


@pytest.mark.slow
def test_interval_covers_no_change_about_95_times_in_100():
    """Catch a fit that cries "trend" in overdispersed counts that have none: plain Poisson covers some 80 %."""
    draw = np.random.default_rng(20261124)
    rates = draw.gamma(shape=5, scale=1.2, size=(300, 23))
    fits = [trends.fit_trend(yearly(totals))[0] for totals in draw.poisson(rates)]
    assert np.mean([fit.dispersion for fit in fits]) > 1.8
    assert 0.90 <= np.mean([fit.low <= 1 <= fit.high for fit in fits]) <= 0.99


def spread_events(before: int, after: int) -> pd.DataFrame:
    return events(*[("2010-06-01",)] * before, *[("2015-01-01",)] * after)


@pytest.mark.parametrize("before, after", [(9, 30), (1, 1), (20, 3), (0, 6), (5, 0)])
def test_rate_change_is_exact(before, after):
    """Catch a ratio without its exposures, upside down, or with an approximate interval."""
    change = trends.rate_change(spread_events(before, after), "2015-01-01", "2010-01-01", "2016-12-31")
    assert (change.before, change.after) == (before, after)
    assert (change.years_before * 365.25, change.years_after * 365.25) == pytest.approx((1826, 731))
    share = stats.binomtest(after, before + after).proportion_ci(0.95, method="exact")
    odds = [1826 / 731 * p / (1 - p) if p < 1 else np.inf for p in share]
    assert (change.low, change.high) == pytest.approx(tuple(odds))
    assert change.ratio == pytest.approx(after / before * 1826 / 731 if before else np.inf)


def test_rate_change_without_events_says_nothing():
    """Catch "infinitely more often" where there was no event at all."""
    change = trends.rate_change(spread_events(0, 0), "2015-01-01", "2010-01-01", "2016-12-31")
    assert np.isnan(change.ratio)
    assert (change.low, change.high) == (0, np.inf)


@pytest.mark.parametrize("day, side", [("2009-12-31", None), ("2010-01-01", "before"), ("2014-12-31", "before"),
                                       ("2015-01-01", "after"), ("2016-12-31", "after"), ("2017-01-01", None)])
def test_rate_change_counts_to_the_day(day, side):
    """Catch an event on the date itself counted before it, or the last day of the period left out."""
    change = trends.rate_change(events((day,)), "2015-01-01", "2010-01-01", "2016-12-31")
    assert (change.before, change.after) == (int(side == "before"), int(side == "after"))


def test_rates_are_compared_with_the_stretch_before():
    """Catch the second date compared with the whole past, in which the first change lies."""
    dates = {"One": "2011-01-01", "Two": "2014-01-01"}
    table = trends.compare_rates(spread_events(4, 2), dates, "2010-01-01", "2016-12-31")
    assert table["label"].tolist() == ["One", "Two"]
    assert table[["before", "after"]].to_numpy().tolist() == [[4, 2], [0, 2]]


def test_a_date_after_the_period_has_no_rate():
    """Catch years below zero, and with them rates below zero, after a date that the record has not reached."""
    changes = trends.compare_rates(events(("2020-05-01",)), trends.STATED_DATES, "2003-01-01", "2021-12-31")
    assert changes["date"].tolist() == ["2014-03-18"] and (changes["years_after"] > 0).all()
