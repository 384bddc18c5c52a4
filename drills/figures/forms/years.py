"""The forms that pictures share: stacked bars over years and rows of intervals, each in both layouts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .. import look
from ..keys import Series, axis_on_top, key
from ..layout import Layout, rows_of, stands_for

COLOUR = look.LIGHT
# Line hatches only: a dotted one weighs a megabyte as SVG.
OPEN_YEAR = "\\\\\\"
# Pixels of a line that says how sure a bar is, thinner than what edges the bars.
THIN = 0.7


def stacked_years(layout: Layout, table: pd.DataFrame, series: Sequence[Series], *, value_label: str,
                  whisker: tuple[str, str] | None = None, band: pd.DataFrame | None = None,
                  incomplete: tuple[int, str] | None) -> Figure:
    """Bars stacked by kind over the years: columns when wide, rows with the newest on top when narrow.

    table: column year and those of `series`; whisker: columns of an interval of the whole bar; band: a frame
    year, low, high drawn behind; incomplete: a year still under way and its label.
    """
    figure = layout.figure(40 + 17 * len(table) + 18 * len(series) if layout.is_narrow else 320)
    axes = figure.subplots()
    years, ends = table["year"].to_numpy(), _bars(axes, layout, table, series)
    if band is not None:
        fill = axes.fill_betweenx if layout.is_narrow else axes.fill_between
        fill(band["year"], band["low"], band["high"], color=COLOUR["band"], linewidth=0, zorder=0)
    if whisker:
        low, high = table[whisker[0]], table[whisker[1]]
        whiskers(axes, years, low, ends, high, is_level=layout.is_narrow)
        ends = pd.concat([ends, high], axis=1).max(axis=1)
    _year_axis(axes, layout, years, value_label)
    if incomplete:
        _open_year(axes, layout, list(years).index(incomplete[0]), ends, *incomplete)
    key(figure, series, layout)
    return figure


def _bars(axes: Axes, layout: Layout, table: pd.DataFrame, series: Sequence[Series]) -> pd.Series:
    """The layers, each from the end of the one before; returns where the last one ends in each year."""
    ends = pd.Series(0.0, index=table.index)
    for one in series:
        draw, start = (axes.barh, "left") if layout.is_narrow else (axes.bar, "bottom")
        bars = draw(table["year"].to_numpy(), table[one.column], look.BAR_EDGE, color=COLOUR[one.role],
                    edgecolor=COLOUR["paper"], linewidth=0.8, hatch=one.hatch, **{start: ends})
        for bar, size, row in zip(bars, table[one.column], rows_of(table, one.column), strict=True):
            bar.set_visible(size > 0)
            stands_for(bar, [row])
        ends = ends + table[one.column]
    return ends


def whiskers(axes: Axes, places: Sequence[float], low: pd.Series, ends: pd.Series, high: pd.Series, *,
             is_level: bool = False) -> None:
    """The interval of each bar as a thin line that the bar stands before: what lies within it is a cut in the bar.

    places: where the bars stand; low, ends, high: the interval and where the bar ends, one for each. is_level: whether
    the bars lie.
    """
    lines = axes.hlines if is_level else axes.vlines
    lines(places, ends.clip(lower=low), high, color=COLOUR["muted"], linewidth=THIN, zorder=0.5)
    lines(places, low, ends.clip(lower=low), color=COLOUR["paper"], linewidth=THIN, zorder=2)


def _open_year(axes: Axes, layout: Layout, place: int, ends: pd.Series, year: int, words: str) -> None:
    """Hatch the bar of the year under way, which stands at `place`, and say so: beside it, or below its tick."""
    for bars in axes.containers:
        if isinstance(bars, BarContainer):
            bars.patches[place].set_hatch(OPEN_YEAR)
    if layout.is_narrow:
        axes.text(float(ends.iloc[place] + ends.max() * 0.02), year, words, va="center", ha="left",
                  color=COLOUR["muted"])
    else:
        axes.set_xticks(axes.get_xticks(), [f"{tick:.0f}\n{words}" if tick == year else f"{tick:.0f}"
                                            for tick in axes.get_xticks()])


def _year_axis(axes: Axes, layout: Layout, years, value_label: str) -> None:
    if layout.is_narrow:
        axes.set_yticks(years, [str(year) for year in years])
        axes.set_ylim(years[0] - 0.6, years[-1] + 0.6)
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.set_xlim(left=0)
        axis_on_top(axes, value_label)
    else:
        axes.set_xticks([year for year in years if year % 2 == years[-1] % 2])
        axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
        axes.grid(axis="y")
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.set_ylim(bottom=0)
        axes.set_ylabel(value_label)
