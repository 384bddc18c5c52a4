"""The card on the numbers that sources give to the editions of a series."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from ..counting import editions
from ..counting.reading import Reading
from ..figures import look
from ..figures.card import Card, Column
from ..figures.interactive import Points
from ..figures.keys import airy, handle
from ..figures.layout import Layout, of_events
from ..wording import dates
from ..wording.numbers import plural
from ..wording.values import short
from .common import in_words
from .series import FIRST_DAY, key

COLOUR = look.LIGHT
KINDS = {"official_ru": "Russian authority", "official_cn": "Chinese authority",
         "official_other": "Authority of another state"}
PRESS = "Press, analysts, encyclopedias"
CLAIMANTS = {"Russian authority": ("o", "russia", True), "Chinese authority": ("s", "china", True),
             "Authority of another state": ("^", "other", True), PRESS: ("D", "other", False)}
OWN = "The record's own count of editions held"
THINGS = {editions.SCO: ", as exercises of the SCO"}
NOBODY = "no number found"


def edition_numbers_card(table: pd.DataFrame, as_of: pd.Timestamp) -> Card:
    """The number that each source gives each edition, beside the record's count; table: `editions.numbering`."""
    found = editions.contradictions(table)
    kind = table["claimant_kind"].map(KINDS).fillna(PRESS).where(table["number"].notna(), NOBODY)
    table = table.assign(kind=kind, panel=table["series"].map(short) + table["thing"].map(THINGS).fillna(""))
    left_out = sorted(table.loc[table["slot"].isna(), "thing"].unique())
    shown = panels(table)
    title = (f"Of {found['numbered']} numbered events {found['several']} are numbered by two or more claimants, and "
             f"{found['contested']} of these have different numbers")
    subtitle = (f"The number that each claimant gives an event of a series, whatever its status. Events in order, "
                f"named by the last two digits of the year. Grey line: the record's own count of editions held. Drawn: "
                f"series in which a number differs from another or from that count. Record as of {dates.day(as_of)}.")
    note = (f"{plural(found['shared'], 'number stands', 'numbers stand')} for two or more editions of the same "
            f"series. What a number counts is decided by the note of its claim: exercises of the Shanghai Cooperation "
            f"Organisation (SCO) are apart, and {found['elsewhere']} numbers that count something else are in the "
            f"table only ({', '.join(left_out)}). Third parties' series and a country's rank of its own part are left "
            f"out. Source: Joint Drills, claims.csv.")
    alt = f"{shown['panel'].nunique()} panels. Events with different numbers: " + " ".join(
        f"{name}: {in_words(group)}." for name, group in table[table["n_numbers"] > 1].groupby(
            "name", sort=False)) + " Other numbers are in the table."
    columns = {"series": Column("Series"), "name": Column("Event"), "start_date": FIRST_DAY,
               "thing": Column("What is numbered"), "own": Column("Record's count", blank="not counted"),
               "number": Column("Number given", blank=NOBODY), "claimant": Column("By", blank=NOBODY),
               "kind": Column("Kind"), "stage": Column("Said when", blank=NOBODY),
               "note": Column("Note of the claim", blank="none")}
    return Card("edition-numbers", title, subtitle, note, alt, table, columns, draw_numbers,
                Points("number", "name", "kind", "Number given", marks=CLAIMANTS | {NOBODY: ("o", "other", False)}))


def panels(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of series in which a number differs from another, or from the record's own count."""
    compared = table[table["slot"].notna()]
    differs = (compared["n_numbers"] > 1) | (compared["number"].notna() & compared["own"].notna()
                                             & (compared["number"] != compared["own"]))
    return compared[differs.groupby(compared["panel"]).transform("any")]


def draw_numbers(layout: Layout, table: pd.DataFrame) -> Figure:
    """One panel for each series: number against edition, a mark for each kind of claimant."""
    drawn = panels(table)
    names, across = list(dict.fromkeys(drawn["panel"])), 1 if layout.is_narrow else 2
    down = -(-len(names) // across)
    figure = airy(layout.figure((190 if layout.is_narrow else 205) * down + 20 * (5 if layout.is_narrow else 2) + 10))
    grid = figure.subplots(down, across, squeeze=False).ravel()
    for axes in grid[len(names):]:
        axes.set_visible(False)
    for axes, name in zip(grid, names, strict=False):
        draw_panel(axes, drawn[drawn["panel"] == name])
        axes.set_title(name, loc="left", color=COLOUR["ink"], fontsize=look.TEXT_SIZE)
    key(figure, layout, [Line2D([], [], **handle(mark, label) | {"markersize": 7}) for label, mark in CLAIMANTS.items()]
        + [Line2D([], [], color=COLOUR["other"], linewidth=1.4, label=OWN)])
    return figure


def draw_panel(axes, rows: pd.DataFrame) -> None:
    """Numbers given to the editions of one series; marks of the same number stand side by side."""
    own = rows.dropna(subset="own").drop_duplicates("slot")
    axes.plot(own["slot"], own["own"], color=COLOUR["other"], linewidth=1.4, zorder=1)
    marks = rows[rows["number"].notna()].drop_duplicates(["slot", "number", "kind"])
    order = marks.assign(rank=marks["kind"].map(list(CLAIMANTS).index)).sort_values("rank")
    group = order.groupby(["slot", "number"])["rank"]
    at = order["slot"] + (group.cumcount() - (group.transform("size") - 1) / 2) * 0.36
    for label, mark in CLAIMANTS.items():
        here = order["kind"] == label
        axes.plot(at[here], order.loc[here, "number"], **handle(mark) | {"markersize": 6.5, "markeredgewidth": 1.2},
                  gid=of_events(order.loc[here, "event_id"]))
    slots = rows.drop_duplicates("slot")
    axes.set_xticks(slots["slot"], slots["start_date"].str[2:4])
    axes.set_xlim(-0.7, slots["slot"].max() + 0.7)
    axes.set_ylim(0, max(order["number"].max(), own["own"].max()) + 0.8)
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.grid(axis="y")


def edition_numbers(reading: Reading) -> Card:
    """The numbers that claimants give to editions."""
    return edition_numbers_card(reading.numbering, reading.as_of)
