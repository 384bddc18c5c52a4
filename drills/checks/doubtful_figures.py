"""Figures that look like a slip beside others of their event or series: a zero too many, a contingent above the total.

Each rule gives warnings (`doubts`). Figures that a ruling takes out or moves, and those of a part of the event, are
left alone: somebody has judged them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from ..record.problems import Problem
from .claims import TOTALS
from .rows import Rows, as_text

# a slip of a zero is tenfold; sources of one event seldom differ as much as this
TIMES = 5
# "30 or more" is not contradicted by a part of 34, but by one of more than twice as many
OPEN_TIMES = 2
COLLECTIVE = "other"
# a number of order has no size
NO_SIZE = ("ordinal",)
LOOK_IT_UP = "look the figure up in its source and fix it"


@dataclass(frozen=True)
class Figure:
    """A claim as a closed interval: where one bound is open, it is the other."""

    line: int
    event: str
    series: str
    measure: str
    scope: str
    low: float
    high: float
    column: str
    is_open: bool


def compared(rows: Rows) -> list[Figure]:
    """The figures that can be held against others."""
    rulings = rows.read["rulings"]
    judged = set(rulings.loc[rulings["action"].isin(["exclude", "rescope"]), "claim_ids"].explode())
    series = dict(zip(rows.events["event_id"], rows.events["series"], strict=True))
    claims = rows.claims[(rows.claims["covers"] == "event") & ~rows.claims["measure"].isin(NO_SIZE)
                         & ~rows.claims["claim_id"].isin(judged) & rows.claims["event_id"].isin(series.keys())]
    low, high = claims["value_low"].fillna(claims["value_high"]), claims["value_high"].fillna(claims["value_low"])
    column = claims["value_low"].isna().map({True: "value_high", False: "value_low"})
    return [Figure(line, event, series[event], *rest) for line, event, *rest in zip(
        claims.index, claims["event_id"], claims["measure"], claims["scope"], low, high, column,
        claims["value_high"].isna(), strict=True) if low[line] == low[line]]


def doubt(rows: Rows, figure: Figure, rule: str) -> Problem:
    """A warning at the bound of a claim that is given."""
    return rows.at("claims", figure.line, figure.column, as_text(figure.low), rule, LOOK_IT_UP)


def figures_far_from_siblings(rows: Rows) -> Iterator[Problem]:
    """Catch 32,000 for 3,200: five times what others give for the event, or what its whole series has."""
    by_event: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    by_series: dict[tuple[str, str, str], dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for figure in compared(rows):
        by_event[figure.event, figure.measure, figure.scope].append(figure)
        by_series[figure.series, figure.measure, figure.scope][figure.event].append(figure)
    for (event, measure, scope), same in by_event.items():
        if len(same) > 1:
            yield from far_in_event(rows, same, f"{measure} of {scope} in '{event}'")
    for (series, measure, scope), events in by_series.items():
        for event, (figure, *more) in events.items() if series != COLLECTIVE else ():
            others = [one for other, figures in events.items() if other != event for one in figures]
            if more or not others:
                continue
            least, most = min(one.low for one in others), max(one.high for one in others)
            # one other event says nothing of how small they may be
            if figure.low >= TIMES * most > 0 or (len(events) > 2 and TIMES * figure.high <= least):
                yield doubt(rows, figure, f"{as_text(figure.low)} is far from {as_text(least)} to {as_text(most)}, "
                            f"what other events of '{series}' have as {measure} of {scope}")


def far_in_event(rows: Rows, same: list[Figure], what: str) -> Iterator[Problem]:
    """The figures of one event, measure and scope that are TIMES the middle of the others, or far below them all."""
    middles = [(figure.low + figure.high) / 2 for figure in same]
    for place, figure in enumerate(same):
        others = middles[:place] + middles[place + 1:]
        middle = median(others)
        if figure.low >= TIMES * middle > 0 or (len(others) > 1
                                                             and TIMES * figure.high <= min(others) > 0):
            yield doubt(rows, figure, f"{as_text(figure.low)} is far from {as_text(middle)}, the middle of what "
                        f"others give as {what}")


def contingents_above_totals(rows: Rows) -> Iterator[Problem]:
    """Catch a contingent that is larger than every total of its event."""
    figures, most = compared(rows), defaultdict(list)
    for figure in figures:
        if figure.scope == "ALL":
            most[figure.event, figure.measure].append(figure.high * (OPEN_TIMES if figure.is_open else 1))
    for figure in figures:
        tops = most.get((figure.event, figure.measure))
        if figure.scope not in TOTALS and tops and figure.low > max(tops):
            yield doubt(rows, figure, f"{as_text(figure.low)} {figure.measure} of {figure.scope} are more than any "
                        f"total of '{figure.event}', at most {as_text(max(tops))}")


RULES = {"figure_far_from_siblings": figures_far_from_siblings, "contingent_above_totals": contingents_above_totals}
