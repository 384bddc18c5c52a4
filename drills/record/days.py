"""Partial dates (YYYY, YYYY-MM, YYYY-MM-DD) as days, years and decimal years."""

from __future__ import annotations

from functools import cache

import pandas as pd


def decimal_year(date: str) -> float:
    """A partial date as a year with decimals: the middle of the day, month or year."""
    first = first_day(date)
    middle = (first.day_of_year + last_day(date).day_of_year - 1) / 2
    return first.year + middle / (366 if first.is_leap_year else 365)


def newest_day(dates: pd.Series) -> pd.Timestamp:
    """The last of the dates that are known to the day, NaT if there is none."""
    dated = dates.dropna()
    return pd.Timestamp(dated[dated.str.len() == len("YYYY-MM-DD")].max())


@cache
def first_day(date: str) -> pd.Timestamp:
    """The first day that a partial date can mean; raises ValueError if there is no such day."""
    return pd.Timestamp(date)


@cache
def last_day(date: str) -> pd.Timestamp:
    """The last day that a partial date can mean; raises ValueError if there is no such day."""
    offset = {4: pd.offsets.YearEnd(0), 7: pd.offsets.MonthEnd(0)}.get(len(date))
    return pd.Timestamp(date) + offset if offset is not None else pd.Timestamp(date)


def year_of(dates: pd.Series) -> pd.Series:
    """The year of partial dates, as integers."""
    return dates.str[:4].astype(int)
