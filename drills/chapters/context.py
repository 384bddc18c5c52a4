"""The cards of the chapter on context: milestones beside the counted events, and a year before and after each."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..counting.definitions import DEFAULT, Definition
from ..counting.milestones import KINDS, LENGTH, SIDES, WINDOW, Comparison, milestones_per_year
from ..counting.reading import Reading
from ..counting.trends import events_per_year
from ..figures.card import Card, Column
from ..figures.forms.pairs import mark_rows
from ..figures.forms.timelines import LABELLED, MARKS, along, down
from ..figures.forms.years import stacked_years
from ..figures.keys import Mark, Series
from ..figures.layout import Layout
from ..record.days import decimal_year
from ..wording import dates
from ..wording import numbers as worded
from ..wording.numbers import share
from ..wording.values import NAMES
from . import headlines
from .common import YEAR, counted, known, stated, to_date, unless_empty

LAYERS = tuple(Series(kind, NAMES[kind], MARKS[kind][1], hatch) for kind, hatch in zip(
    KINDS, ("", "///", "", "///", "xx", "///", ""), strict=True))
BEFORE, AFTER = f"{WINDOW} days before", f"{WINDOW} days after"
ANY_YEARS, ANY_SPAN = "Any day of the same years", "Any day of the same span"
# column: words for the key and mark
WINDOWS: dict[str, tuple[str, Mark]] = {
    "before": (BEFORE, ("o", "both", False)), "after": (AFTER, ("o", "both", True)),
    "before_open": ("Before, window incomplete", ("<", "accent", False)),
    "after_open": ("After, window incomplete", (">", "accent", False))}
MEANS: dict[str, tuple[str, Mark]] = {
    "before": (f"Mean, {BEFORE}", ("o", "both", False)), "after": (f"Mean, {AFTER}", ("o", "both", True)),
    "before_years": (ANY_YEARS, ("|", "accent", True)), "after_years": (ANY_YEARS, ("|", "accent", True)),
    "before_span": (ANY_SPAN, ("x", "other", True)), "after_span": (ANY_SPAN, ("x", "other", True))}
CHOSEN = ("Milestones were chosen by hand for their bearing on the subject; some are about an exercise or patrol and "
          "so stand close to it")
FIXED = "The length of the windows was fixed before any count was made."
NO_CAUSE = "To come before or after is not to cause."
SOURCE = "Source: Joint Drills, milestones.csv and events.csv."
NO_WINDOW = "no milestone with both windows complete"
DATE, TITLE, KIND = Column("Date"), Column("Milestone"), Column("Kind")
SUMMARY, SOURCES = Column("What happened"), Column("Sources")


def named(table: pd.DataFrame) -> pd.DataFrame:
    """Milestones with the name of their kind, their sources in words alone."""
    return table.drop(columns="source_ids").assign(name=table["kind"].map(NAMES))


def milestones_card(table: pd.DataFrame, yearly: pd.DataFrame, definition: Definition, as_of: pd.Timestamp) -> Card:
    """Milestones by kind above, counted events by year below; table: `context.timeline`."""
    table, years = named(table), table["first"].dt.year
    since, total = int(years.iloc[len(years) // 2]), int(yearly["total"].sum())
    title = headlines.recently(int((years >= since).sum()), len(table),
                               int(yearly.loc[yearly["year"] >= since, "total"].sum()), total, since)
    subtitle = f"Milestones by kind and date; events by year. {stated(definition, as_of)}"
    note = (f"{CHOSEN}. {NO_CAUSE} Named in the picture: {worded.listing([NAMES[kind].lower() for kind in LABELLED])}. "
            f"A date known only to the month or year is drawn in its middle. {SOURCE}")
    alt = ("Marks on a time axis. " + ", ".join(
        f"{NAMES[kind].lower()} {(table['kind'] == kind).sum()}" for kind in KINDS).capitalize() + ". "
        + "; ".join(f"{row.date}: {row.title}" for row in table[table["kind"].isin(LABELLED)].itertuples())
        + ". Below, counted events per year: "
        + ", ".join(f"{row.year} {row.total}" for row in yearly.itertuples()) + ".")
    open_year = to_date(yearly, as_of)

    def draw(layout: Layout, table: pd.DataFrame):
        placed = table.assign(at=table["date"].map(decimal_year))
        return (down if layout.is_narrow else along)(layout, placed, yearly, open_year)

    columns = {"date": DATE, "title": TITLE, "name": KIND, "summary": SUMMARY, "cited_as": SOURCES}
    return Card("context-milestones", title, subtitle, note, alt, table, columns, draw, counted=counted(definition))


def windows_card(table: pd.DataFrame, found: Comparison, definition: Definition, as_of: pd.Timestamp) -> Card:
    """Each treaty and agreement with the events of a year before and after; table: `context.windows`."""
    table = named(table).assign(label=table["date"] + ": " + table["title"],
                                unsure=table["before_unsure"] + table["after_unsure"])
    table["state"] = [state(row) for row in table.itertuples()]
    more, fewer = (f"{number} ({share(number, found.n_complete)})" for number in (found.more, found.fewer))
    title = headlines.after_agreements(found.more / found.n_complete, found.days_more)
    subtitle = f"Events {WINDOW} days before and after treaties and agreements. {stated(definition, as_of)}"
    n_open = found.n - found.n_complete
    note = (f"Of {found.n_complete} treaties and agreements {more} had more counted events in the year after than in "
            f"the year before, {fewer} fewer. Of all days from the first to the last of them "
            f"{share(found.days_more, 1)} had more, {share(found.days_fewer, 1)} fewer. {NO_CAUSE} {found.n_near} of "
            f"the {found.n} have another one within {WINDOW} days, so that windows overlap and count the same events "
            f"again. {open_windows(n_open, as_of)} An exercise agreed more than a year ahead is outside the window. "
            f"The day itself is in neither window. {FIXED} SCO: Shanghai Cooperation Organisation. {SOURCE}")
    alt = "Marks for the events before and after each: " + "; ".join(
        f"{row.label} {row.before} and {row.after}{'' if row.is_complete else f' ({row.state})'}"
        for row in table.itertuples()) + "."

    def draw(layout: Layout, table: pd.DataFrame):
        parts: dict[str, Any] = {}
        for side in SIDES:
            is_whole = table[f"is_{side}_complete"]
            parts |= {side: table[side].where(is_whole), f"{side}_open": table[side].where(~is_whole)}
        lines = [(side, f"{side}_open") for side in SIDES]
        return mark_rows(layout, table.assign(**parts), lines, WINDOWS, "Counted events")

    columns = {"date": DATE, "title": TITLE, "name": KIND, "before": Column(f"Events, {BEFORE}"),
               "after": Column(f"Events, {AFTER}"), "unsure": Column("Further events, dated too roughly to place"),
               "state": Column("Windows"), "summary": SUMMARY, "cited_as": SOURCES}
    return Card("context-windows", title, subtitle, note, alt, table, columns, draw, counted=counted(definition))


def state(row) -> str:
    """Whether the windows of a milestone are complete, in words."""
    if row.is_after_complete:
        return "complete" if row.is_complete else "year before begins before the record"
    return f"year after still open, to {dates.day(row.last + LENGTH)}"


def open_windows(n_open: int, as_of: pd.Timestamp) -> str:
    """What is said of windows that reach beyond the record."""
    if not n_open:
        return f"All windows lie within the record, which ends on {dates.day(as_of)}."
    return (f"{worded.plural(n_open, 'milestone has', 'milestones have')} a window that reaches beyond the record, "
            f"which ends on {dates.day(as_of)}; drawn as triangles and left out of the comparison.")


def kinds_card(table: pd.DataFrame, definition: Definition, as_of: pd.Timestamp) -> Card:
    """Mean events in a year before and after, by kind, beside those of any day; table: `context.by_kind`."""
    table = table.assign(name=table["kind"].map(NAMES))
    table["label"] = (table["name"] + ": " + table["n_complete"].astype(str) + " of " + table["n"].astype(str)
                      + " with both windows complete")
    one = table.set_index("kind")
    summit, statement = one.loc["summit"], one.loc["statement"]
    title = headlines.after_summits(summit["after"], summit["after_years"])
    subtitle = f"Mean number of events within {WINDOW} days of a milestone. {stated(definition, as_of)}"
    note = (f"For statements the means are {statement['after']:.1f} and {statement['after_years']:.1f}. "
            f"{NO_CAUSE} Windows overlap, and a mean of few milestones rests on few years. Averaged are the milestones "
            "of which both windows are complete; their number stands beside each kind. Same span: all days from the "
            "first to the last of them. Same years: all days of their calendar years, a year once for each milestone "
            f"in it. {CHOSEN}. {FIXED} {SOURCE}")
    drawn = table[table["n_complete"] > 0]
    alt = "Means of events in the year before and after: " + "; ".join(
        f"{row.label}, before {row.before:.1f} (any day of the same years {row.before_years:.1f}, of the span "
        f"{row.before_span:.1f}), after {row.after:.1f} ({row.after_years:.1f}, {row.after_span:.1f})"
        for row in drawn.itertuples()) + "."

    def draw(layout: Layout, _):
        return mark_rows(layout, drawn, (("before_span", "before", "before_years"), (
            "after_span", "after", "after_years")), MEANS, "Mean number of counted events")

    means = {"": "Mean, year", "_years": f"{ANY_YEARS}, year", "_span": f"{ANY_SPAN}, year"}
    labels = {f"{side}{part}": Column(f"{head} {side}", "events", 1, NO_WINDOW)
              for side in SIDES for part, head in means.items()}
    columns = {"name": KIND, "n": Column("Milestones"), "n_complete": Column("Both windows complete"),
               "first_year": Column("First", blank=NO_WINDOW, is_year=True),
               "last_year": Column("Last", blank=NO_WINDOW, is_year=True), **labels}
    return Card("context-kinds", title, subtitle, note, alt, table, columns, draw, counted=counted(definition))


def per_year_card(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """Milestones of each year by kind; table: `context.milestones_per_year`."""
    sums = table[list(KINDS)].sum()
    total, leaders = int(table["total"].sum()), worded.leading(table, "total", "year")
    often = [NAMES[kind].lower() for kind in sums.index[sums == sums.max()]]
    title = headlines.chosen(sums.max(), total, often, leaders)
    subtitle = f"Milestones by year and kind. Record as of {dates.day(as_of)}."
    note = (f"{CHOSEN}. A year with more milestones is a year from which more were chosen. A treaty that was signed, "
            f"ratified and came into force has a milestone for each step. Source: Joint Drills, milestones.csv.")
    alt = "Stacked bars, one for each year: " + ", ".join(
        f"{row.year} {row.total}" for row in table.itertuples()) + ". In all: " + ", ".join(
        f"{NAMES[kind].lower()} {number}" for kind, number in sums.items()) + "."
    open_year = to_date(table, as_of)

    def draw(layout: Layout, table: pd.DataFrame):
        return stacked_years(layout, table, LAYERS, value_label="Milestones", incomplete=open_year)

    columns = {"year": YEAR, **{kind: Column(NAMES[kind]) for kind in KINDS}, "total": Column("All milestones")}
    return Card("context-per-year", title, subtitle, note, alt, table, columns, draw)


@unless_empty("context-milestones", "The record has no milestone", lambda reading: len(reading.milestones) > 0)
def milestones(reading: Reading) -> Card:
    """The milestones beside the counted events of each year of the record."""
    yearly = events_per_year(reading.counted, reading.opening.year, reading.as_of.year)
    return milestones_card(reading.milestones, yearly, DEFAULT, reading.as_of)


@unless_empty("context-windows", "No agreement has a year before and after it in the record",
              lambda reading: reading.agreed_compared.n_complete > 0)
def windows(reading: Reading) -> Card:
    """Counted events before and after each treaty and agreement."""
    return windows_card(reading.agreed, reading.agreed_compared, DEFAULT, reading.as_of)


@unless_empty("context-kinds", "No milestone has a year before and after it in the record",
              lambda reading: (reading.milestone_kinds["n_complete"] > 0).any())
def kinds(reading: Reading) -> Card:
    """Counted events before and after milestones of each kind."""
    return kinds_card(reading.milestone_kinds, DEFAULT, reading.as_of)


@unless_empty("context-per-year", "The record has no milestone", lambda reading: len(reading.milestones) > 0)
def per_year(reading: Reading) -> Card:
    """The milestones of each year of the record."""
    table = milestones_per_year(reading.record.milestones, reading.opening.year, reading.as_of.year)
    return per_year_card(table, reading.as_of)


def numbers(reading: Reading) -> dict[str, str]:
    """The numbers of the chapter's prose by name, as finished words."""
    found, kind = reading.agreed_compared, reading.milestone_kinds.set_index("kind")
    statement = kind.loc["statement"]
    return {"n_milestones": worded.count(len(reading.milestones)), "n_events": worded.count(len(reading.counted)),
            "n_agreed": worded.count(found.n_complete), "n_more": worded.count(found.more),
            "n_fewer": worded.count(found.fewer), "n_same": worded.count(found.same),
            "n_all_agreed": worded.count(found.n), "n_near": worded.count(found.n_near),
            **{name: known(getattr(found, name), lambda part: share(part, 1), "none")
               for name in ("days_more", "days_fewer")},
            "n_statements": worded.count(statement["n"]),
            "n_conflicts": worded.count(kind.at["conflict", "n_complete"]),
            **{f"statement_{name}": known(statement[column], worded.decimal, "not known")
               for name, column in (("after", "after"), ("span", "after_span"), ("years", "after_years"))},
            "window": worded.count(WINDOW), "definition": DEFAULT.describe(), "as_of": dates.day(reading.as_of)}
