"""What survives every choice: the trend and the change of rate under every definition that makes sense. Pure.

A specification curve (Simonsohn, Simmons and Nelson 2020, doi:10.1038/s41562-020-0912-z): not one fit but all of them,
sorted. Intervals of the single fits are not adjusted to each other, and the definitions share most of their events, so
"N of M" describes how the choice of a definition matters; it is no test.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from .coded import Coded
from .definitions import DEFAULT, Definition, to_query
from .switches import FRAMEWORKS, KINDS, SWITCHES, TIERS
from .trends import CONFIDENCE, LEAST_EVENTS, LEAST_YEARS, STATED_DATES, complete_years, rate_ratio

# The choices that a reader could make and defend, the one of the default first. Left out: planned and cancelled
# events, which nobody counts as held; patrols or competitions alone, each of them one or two series; tiers without
# the core; a framework without what the two did alone. Competitions stand only in the wider tier, so that with the
# core alone they would change nothing, and disputed events likewise.
Settings = tuple[dict[str, Any], ...]
WHAT: Settings = ({}, {"tiers": TIERS}, {"tiers": TIERS, "statuses": ("held", "disputed")})
WHICH: Settings = ({}, {"kinds": ("exercise", "command_post")}, {"kinds": ("exercise",)}, {"kinds": KINDS})
WITH_WHOM: Settings = ({}, {"frameworks": tuple(name for name in FRAMEWORKS if name != "third_party")},
             {"frameworks": ("bilateral", "sco")}, {"frameworks": ("bilateral",)})
FORCES: Settings = ({}, {"is_military_only": True})
PARTS: Settings = ({}, {"is_merged": True})
SOURCING: Settings = ({}, {"min_publishers": 2}, {"min_publishers": 3})
# The year in which most published counts begin, that of the first large exercise, and that of the first yearly one.
SINCE: Settings = ({"start": "2003"}, {"start": "2005"}, {"start": "2012"})
# A fit is done when no expected count moves by more than this; it takes about six steps.
TOLERANCE, MOST_STEPS = 1e-9, 100
# Decimals of what a fit gives. Processors differ in the sixteenth digit, and that would decide the order of definitions
# whose fits are the same.
DECIMALS = 12
# The switches in which the definitions differ.
COLUMNS = tuple(switch for switch in SWITCHES if switch.is_offered and switch.name != "to")


def all_meaningful() -> list[Definition]:
    """Every combination of the choices above, simpler ones before those that depart more from the default."""
    combined = [replace(DEFAULT, **{name: value for choice in choices for name, value in choice.items()})
                for choices in product(SINCE, WHAT, WHICH, WITH_WHOM, FORCES, PARTS, SOURCING)
                if not (choices[2].get("kinds") == KINDS and choices[1] == {})]
    return sorted(combined, key=lambda definition: len(to_query(definition).split("&")))


@dataclass(frozen=True, eq=False)
class Counted:
    """A definition, which events it counts (bool for each event of the record), and others that count the same."""

    definition: Definition
    kept: np.ndarray
    alike: list[Definition]


def distinct(coded: Coded, definitions: list[Definition]) -> list[Counted]:
    """The definitions that count different events, each with those that count the same ones over the same period.

    The first of those that count alike stands for all of them.
    """
    found: dict[tuple[str | None, bytes], Counted] = {}
    for definition in definitions:
        kept = coded.kept(definition)
        first = found.setdefault((definition.start, np.packbits(kept).tobytes()), Counted(definition, kept, []))
        if first.definition is not definition:
            first.alike.append(definition)
    return list(found.values())


def curve(coded: Coded, as_of: pd.Timestamp) -> pd.DataFrame:
    """Trend and changes of rate under every meaningful definition, the smallest yearly rate ratio first.

    One row for each definition that counts other events than the rest and has enough of them for a
    trend, as `frames.Curve` says. Rates after a date are set against those since the date before it.
    """
    by_start = defaultdict(list)
    for one in distinct(coded, all_meaningful()):
        by_start[one.definition.start].append(one)
    frames = [_of_one_start(coded, int(start or 0), counted, as_of) for start, counted in by_start.items()]
    rows = pd.concat(frames, ignore_index=True)
    return rows.sort_values(["ratio", "query"], ignore_index=True)


def _of_one_start(coded: Coded, first: int, counted: list[Counted], as_of: pd.Timestamp) -> pd.DataFrame:
    """The rows of `curve` for definitions that share their first year."""
    years = complete_years(pd.DataFrame({"year": range(first, as_of.year + 1)}), as_of)["year"].to_numpy()
    place, width = coded.year - first, len(years)
    is_fitted = (place >= 0) & (place < width)
    totals = np.array([np.bincount(place[one.kept & is_fitted], minlength=width) for one in counted], dtype=float)
    totals = totals.reshape(len(counted), width)
    is_enough = (totals.sum(axis=1) >= LEAST_EVENTS) & ((totals > 0).sum(axis=1) >= LEAST_YEARS)
    counted = [one for one, enough in zip(counted, is_enough, strict=True) if enough]
    named = pd.DataFrame([(to_query(one.definition), *(switch.write(getattr(one.definition, switch.field))
                                                       for switch in COLUMNS)) for one in counted],
                         columns=["query", *(switch.name for switch in COLUMNS)])
    named["n_alike"] = np.array([len(one.alike) for one in counted], dtype=int)
    fits = fit_trends(years, totals[is_enough])
    rows = pd.concat([named, fits, _changes(coded, first, counted, as_of)], axis=1)
    return rows.assign(first=first, last=int(years[-1]) if width else first,
                       is_growing=rows["low"] > 1, is_shrinking=rows["high"] < 1)


def _changes(coded: Coded, first: int, counted: list[Counted], as_of: pd.Timestamp) -> pd.DataFrame:
    """Events before and after each stated date under each definition, and the ratio of the rates with its interval."""
    days, begin, end = coded.first_day, pd.Timestamp(f"{first}-01-01"), as_of + pd.Timedelta(days=1)
    columns: dict[str, Any] = {}
    for date in STATED_DATES.values():
        cut = pd.Timestamp(date)
        is_before, is_after = ((days >= _number(start)) & (days < _number(stop))
                               for start, stop in ((begin, cut), (cut, end)))
        before, after = (np.array([int((one.kept & side).sum()) for one in counted], dtype=int)
                         for side in (is_before, is_after))
        ratio, low, high = rate_ratio(before, after, (cut - begin) / (end - cut))
        columns |= {f"before_{date}": before, f"after_{date}": after, f"ratio_{date}": ratio, f"low_{date}": low,
                    f"high_{date}": high}
        begin = cut
    return pd.DataFrame(columns)


def _number(day: pd.Timestamp) -> int:
    return int(f"{day:%Y%m%d}")


def fit_trends(years: np.ndarray, totals: np.ndarray) -> pd.DataFrame:
    """`trends.fit_trend` for many series of yearly totals at once: n_events, ratio, low, high, dispersion.

    totals: one row for each series, one column for each of `years`. Raises ValueError for a row without events in two
    different years, ArithmeticError if the fits do not settle in MOST_STEPS. Statsmodels takes a millisecond or more
    for each fit; here one step of the same iteration serves all rows, and a test holds both to the same numbers.
    """
    from scipy import stats

    if ((totals > 0).sum(axis=1) < 2).any():
        raise ValueError("a series of totals has events in fewer than two years")
    time = years - years.mean()
    mean = totals.mean(axis=1, keepdims=True)
    fitted = (totals + mean) / 2
    working = np.log(fitted) + (totals - fitted) / fitted
    for _ in range(MOST_STEPS):
        before = fitted
        linear, slope, information = _weighted_line(time, working, fitted)
        fitted = np.exp(linear)
        working = linear + (totals - fitted) / fitted
        if np.abs(fitted - before).max(initial=0) < TOLERANCE:
            break
    else:
        raise ArithmeticError(f"the fits did not settle in {MOST_STEPS} steps")
    freedom = len(years) - 2
    dispersion = np.maximum(((totals - fitted) ** 2 / fitted).sum(axis=1) / freedom, 1.0)
    width = stats.t.ppf(0.5 + CONFIDENCE / 2, freedom) * np.sqrt(dispersion / information)
    fits = {"ratio": np.exp(slope), "low": np.exp(slope - width), "high": np.exp(slope + width),
            "dispersion": dispersion}
    return pd.DataFrame({"n_events": totals.sum(axis=1).astype(int),
                         **{name: values.round(DECIMALS) for name, values in fits.items()}})


def _weighted_line(time: np.ndarray, values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, ...]:
    """Least squares of each row of values on time: the line at each time, its slope, and the inverse variance of that.
    """
    whole = weights.sum(axis=1)
    middle = weights @ time / whole
    apart = time - middle[:, None]
    information = (weights * apart ** 2).sum(axis=1)
    slope = (weights * apart * values).sum(axis=1) / information
    level = (weights * values).sum(axis=1) / whole
    return level[:, None] + slope[:, None] * apart, slope, information
