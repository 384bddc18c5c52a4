"""The cards of the chapter on scale: how big, whose troops, and who says so."""

from __future__ import annotations

import pandas as pd

from ..counting import estimates, sizes
from ..counting.definitions import DEFAULT
from ..counting.reading import Reading
from ..figures import look
from ..figures.card import Card, Column
from ..figures.forms.ranges import READING, Side, draw_range, range_rows
from ..figures.keys import axis_on_top
from ..figures.layout import of_events, stands_for
from ..figures.rows import name_rows
from ..wording import dates
from ..wording import numbers as worded
from . import headlines
from .common import NOTHING_COUNTED, counted, labelled, stated, unless_empty

COLOUR = look.LIGHT
CLASS = worded.count(estimates.THRESHOLD)
EVENT, FIRST_DAY = Column("Event"), Column("First day")
SOURCE = "Source: Joint Drills, claims.csv and rulings.csv."
SIDES = {"official_text": Column("Official", blank="none"), "assessed_text": Column("Assessed", blank="none"),
         "official_stage": Column("Stage", blank="none")}
# scope: mark of its own on the row of an exercise
SCOPE_SIDES = {"ALL": Side("official", "Total, as announced", "both", "-", "o", True),
               "ASSESSED": Side("assessed", "Total, assessed by others", "other", (0, (4, 2)), "D", False),
               "RUS": Side("official", "Russian troops", "russia", "-", "s", True),
               "CHN": Side("official", "Chinese troops", "china", "-", "^", True)}
CLASS_MARKS = {"yes": ("o", True), "contested": ("o", None), "no": ("o", False), "no figure": ("_", False)}
BY_OPEN_END = "contested, by an open end only"
SCOPE_NAMES = {"ALL": "Total", "RUS": "Russian", "CHN": "Chinese"}


def troops_card(table: pd.DataFrame, definition, as_of: pd.Timestamp) -> Card:
    """Troops of every event with a total, official and assessed."""
    clear = (estimates.size_class(table) == "yes").sum()
    official = (table["official_best"] >= estimates.THRESHOLD).sum()
    middle = table["official_best"].median()
    title = headlines.large(clear, len(table), CLASS)
    alt = ("Ranges on a log axis, one row for each event. " + "; ".join(
        f"{row.label}: official {row.official_text}"
        + (f", assessed {row.assessed_text}" if row.assessed_text != "none" else "")
        for row in labelled(table).itertuples()) + ".")
    subtitle = f"Troops of all participants together. {stated(definition, as_of)}"
    note = (f"That is by every account; by official figures alone {worded.none_or(official, 'event')} had as many. The "
            f"median official total is {worded.count(middle)}. A total is no contingent: it does not say whose troops "
            f"they were. Events without a published total are not drawn. {READING} Orange line: {CLASS}. {SOURCE}")

    def draw(layout, rows):
        return range_rows(layout, rows, label="label", value_label="Troops, all participants", limits=(40, 700_000),
                          mark=estimates.THRESHOLD)

    return Card("troops-ranges", title, subtitle, note, alt, labelled(table),
                {"label": EVENT, "start_date": FIRST_DAY, **SIDES}, draw, READING, counted=counted(definition))


def threshold_card(table: pd.DataFrame, definition, as_of: pd.Timestamp) -> Card:
    """The events of 10,000 and more in three classes, for each scope apart."""
    is_contested = (table["class_ALL"] == "contested") & ~table["is_open_only"]
    shown = labelled(table[(table["class_ALL"] == "yes") | is_contested])
    yes = (table["class_ALL"] == "yes").sum()
    contested, chinese = len(shown) - yes, (table["class_CHN"] == "yes").sum()
    open_only = table[table["is_open_only"]]
    title = headlines.reached(yes, chinese, CLASS)
    subtitle = f"Whether {CLASS} troops took part: in all, Russian, Chinese. {stated(definition, as_of)}"
    note = (f"{worded.none_or(contested, 'further event').capitalize()} reached {CLASS} by some accounts and not by "
            f"others. Contested: the figures lie on both sides. Not shown: {worded.plural(len(open_only), 'event')} of "
            f"which the total is known only as “more than” a number below {CLASS}, so that it may have been larger; "
            f"the table has them as contested by an open end. {SOURCE}")
    alt = ("Matrix of events and scopes. " + "; ".join(
        f"{row.label}: total {row.class_ALL} ({row.text_ALL}), Russian {row.class_RUS}, Chinese {row.class_CHN}"
        for row in shown.itertuples()) + ".")
    whole = labelled(table)
    whole["class_ALL"] = whole["class_ALL"].mask(whole["is_open_only"], BY_OPEN_END)

    def draw(layout, rows):
        return class_matrix(layout, shown)

    columns = {"label": EVENT, "start_date": FIRST_DAY,
               **{column: name for scope, whose in SCOPE_NAMES.items() for column, name in (
                   (f"class_{scope}", Column(f"{whose} {CLASS} or more")), (f"text_{scope}", Column(whose)))}}
    return Card("ten-thousand", title, subtitle, note, alt, whole, columns, draw, counted=counted(definition))


def class_matrix(layout, shown: pd.DataFrame):
    """One row for each event, one column for each scope; the mark says the class, the words the figure."""
    figure = layout.figure(70 + (58 if layout.is_narrow else 34) * len(shown))
    axes = figure.subplots()
    rows = [float(row) for row in range(len(shown))][::-1]
    for column, scope in enumerate(SCOPE_NAMES):
        for row, one in zip(rows, shown.itertuples(), strict=True):
            size = getattr(one, f"class_{scope}")
            marker, is_filled = CLASS_MARKS[size]
            role = "both" if size in ("yes", "contested") else "other"
            fill = "left" if is_filled is None else "full" if is_filled else "none"
            drawn, = axes.plot([column], [row], linestyle="", marker=marker, markersize=13, color=COLOUR[role],
                               markeredgewidth=1.6, fillstyle=fill, markerfacecoloralt=COLOUR["paper"],
                               gid=of_events([one.event_id]))
            stands_for(drawn, [(one.Index,)])
            axes.text(column + 0.11, row, size, va="center", color=COLOUR["ink"])
    axes.set_xlim(-0.25, 2.75)
    axes.set_xticks([0, 1, 2], list(SCOPE_NAMES.values()), color=COLOUR["ink"], ha="left")
    axes.xaxis.set_ticks_position("top")
    axes.spines["bottom"].set_visible(False)
    name_rows(axes, layout, pd.Series(rows).to_numpy() + (0.05 if layout.is_narrow else 0), shown["label"],
              shown["event_id"])
    axes.set_ylim(-0.5, len(shown) - (0.2 if layout.is_narrow else 0.5))
    return figure


def scopes_card(table: pd.DataFrame, definition, as_of: pd.Timestamp) -> Card:
    """Total, Russian and Chinese troops of the exercises led by one of the two, on one row each."""
    totals, chinese = (table[table["scope"] == scope] for scope in ("ALL", "CHN"))
    both = totals.merge(chinese, on="event_id", suffixes=("", "_chn"))
    least = (both["official_best_chn"] / both["official_best"]).max()
    title = headlines.national(least)
    subtitle = f"Troops in exercises led by Russia or China. {stated(definition, as_of)}"
    missing = totals.loc[~totals["event_id"].isin(chinese["event_id"]), "name"].tolist()
    without = f" No Chinese figure is on record for {worded.listing(missing)}." if missing else ""
    russian = headlines.some((table["scope"] == "RUS").sum()).lower()
    note = (f"A contingent is never inferred from a total.{without} A Russian figure of its own is on record for "
            f"{russian} of {len(totals)}. {SOURCE}")
    names = {"ALL": "total", "RUS": "Russian", "CHN": "Chinese"}
    alt = "Marks on a log axis. " + "; ".join(
        f"{row.name} {names[row.scope]} {row.official_text}"
        + (f", assessed {row.assessed_text}" if row.assessed_text != "none" else "")
        for row in table.itertuples()) + "."
    shown = table.assign(scope_name=table["scope"].map(SCOPE_NAMES))

    def draw(layout, rows):
        return scope_rows(layout, rows)

    return Card("three-scopes", title, subtitle, note, alt, shown,
                {"name": EVENT, "start_date": FIRST_DAY, "scope_name": Column("Whose troops"), **SIDES}, draw,
                counted=counted(definition))


def scope_rows(layout, table: pd.DataFrame):
    """One row for each exercise with a mark for each scope that has a figure."""
    events = table[["event_id", "name"]].drop_duplicates()
    limits = (300, 700_000)
    figure = layout.figure(76 + (84 if layout.is_narrow else 24) + (50 if layout.is_narrow else 40) * len(events))
    axes = figure.subplots()
    axes.set_xscale("log")
    axes.set_xlim(*limits)
    rows = pd.Series(range(len(events))[::-1], index=events["event_id"], dtype=float)
    used = set()
    for _, line in table.iterrows():
        y = rows[line["event_id"]] - (0.12 if layout.is_narrow else 0)
        draw_range(axes, SCOPE_SIDES[line["scope"]], line, y, limits)
        used.add(line["scope"])
        if pd.notna(line["assessed_best"]):
            draw_range(axes, SCOPE_SIDES["ASSESSED"], line, y - 0.24, limits)
            used.add("ASSESSED")
    name_rows(axes, layout, rows.to_numpy(), events["name"], events["event_id"])
    ticks = (1_000, 10_000, 100_000)
    axes.set_xticks(ticks, [worded.count(tick) for tick in ticks])
    axes.set_xticks([], minor=True)
    axis_on_top(axes, "Troops (log scale)")
    axes.axvline(estimates.THRESHOLD, color=COLOUR["accent"], linewidth=1.4, zorder=0.5)
    axes.set_ylim(-0.6, len(events) - (0.2 if layout.is_narrow else 0.5))
    figure.legend(handles=[side.key() for scope, side in SCOPE_SIDES.items() if scope in used],
                  loc="outside upper left", ncols=1 if layout.is_narrow else 4, frameon=False,
                  labelcolor=COLOUR["ink"], handlelength=2, borderpad=0, columnspacing=1.2)
    return figure


def ships_card(table: pd.DataFrame, definition, as_of: pd.Timestamp) -> Card:
    """Ships of every event with a total."""
    return _count_card(table, definition, as_of, "ships-ranges", "ships", "Ships of all participants together",
                       (1.5, 900), "Where no total of all ships was published, surface ships or warships stand for it; "
                       "the table names the measure.")


def aircraft_card(table: pd.DataFrame, definition, as_of: pd.Timestamp) -> Card:
    """Aircraft of every event with a total."""
    return _count_card(table, definition, as_of, "aircraft-ranges", "aircraft",
                       "Aircraft of all participants together", (1.5, 2_500),
                       "Where no total of all aircraft was published, bombers stand for it. South Korean counts cover "
                       "only aircraft in its identification zone.")


def _count_card(table, definition, as_of, card_id, noun, measure_words, limits, caveat) -> Card:
    official = table[table["official_best"].notna()]
    largest = official[official["official_best"] == official["official_best"].max()]
    only_assessed = table["official_best"].isna().sum()
    title = headlines.typical(official["official_best"].median(), noun, largest["name"].tolist())
    most = worded.listing([f"{row.name} had {row.official_text}" for row in largest.itertuples(index=False)])
    tail = (f" {worded.plural(only_assessed, 'event')} {'is' if only_assessed == 1 else 'are'} known only from what "
            f"others observed." if only_assessed else "")
    alt = "Ranges on a log axis, one row for each event. " + "; ".join(
        f"{row.label}: official {row.official_text}, assessed {row.assessed_text}"
        for row in labelled(table).itertuples()) + "."

    def draw(layout, rows):
        return range_rows(layout, rows, label="label", value_label=measure_words, limits=limits)

    shown = labelled(table).assign(measure=table["measure"].str.replace("_", " "))
    return Card(card_id, title, f"{measure_words}. {stated(definition, as_of)}",
                f"{most}, counted over the whole exercise. {caveat}{tail} {READING} {SOURCE}",
                alt, shown, {"label": EVENT, "start_date": FIRST_DAY, "measure": Column("Measure"), **SIDES}, draw,
                READING, counted=counted(definition))


def chinese_share_card(table: pd.DataFrame, definition, as_of: pd.Timestamp) -> Card:
    """The Chinese contingent as a share of the published total."""
    shares = (100 * table["best"]).round()
    title = headlines.shares(shares.min(), shares.median(), shares.max(), len(table))
    subtitle = f"Chinese troops as a share of the official total. {stated(definition, as_of)}"
    reading = ("Each range runs from the smallest contingent in the largest total to the largest in the smallest. "
               "Arrow: an open end.")
    note = (f"Drawn are only the {worded.plural(len(table), 'event')} for which both figures were published; they are "
            f"no sample of all events. {reading} {SOURCE}")
    shown = labelled(table).assign(official_low=100 * table["low"], official_best=100 * table["best"],
                                   official_high=100 * table["high"], official_sign="", official_stage="reported")
    alt = "Ranges in per cent, one row for each event: " + "; ".join(
        f"{row.label} {row.official_best:.0f} %" for row in shown.itertuples()) + "."

    def draw(layout, rows):
        return share_rows(layout, rows)

    columns = {"label": EVENT, "start_date": FIRST_DAY, "contingent": Column("Chinese troops"),
               "total": Column("Total"), "official_low": Column("Share, low", "%", 1, "open"),
               "official_best": Column("Share", "%", 1),
               "official_high": Column("Share, high", "%", 1, "open")}
    return Card("chinese-share", title, subtitle, note, alt, shown, columns, draw, reading,
                counted=counted(definition))


def share_rows(layout, table: pd.DataFrame):
    """Shares on a linear axis from 0 to 100 %."""
    figure = layout.figure(54 + (40 if layout.is_narrow else 26) * len(table))
    axes = figure.subplots()
    rows = [float(row) for row in range(len(table))][::-1]
    for row, line in zip(rows, table.itertuples(), strict=True):
        y = row - (0.1 if layout.is_narrow else 0)
        low = line.official_low if pd.notna(line.official_low) else max(line.official_best - 6, 0.5)
        high = line.official_high if pd.notna(line.official_high) else min(line.official_best + 6, 100)
        style = {"color": COLOUR["china"], "gid": of_events([line.event_id])}
        axes.plot([low, high], [y, y], **style, linewidth=2.4)
        for is_open, end, marker in ((pd.isna(line.official_low), low, "<"), (pd.isna(line.official_high), high, ">")):
            if is_open:
                axes.plot([end], [y], linestyle="", marker=marker, markersize=7, **style)
        drawn, = axes.plot([line.official_best], [y], linestyle="", marker="o", markersize=8, **style)
        stands_for(drawn, [(line.Index,)])
    name_rows(axes, layout, pd.Series(rows).to_numpy(), table["label"], table["event_id"])
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 25, 50, 75, 100], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    axes.xaxis.set_ticks_position("top")
    axes.grid(axis="x")
    axes.spines["bottom"].set_visible(False)
    axes.set_ylim(-0.6, len(table) - (0.2 if layout.is_narrow else 0.5))
    return figure


@unless_empty("troops-ranges", "No counted event has a number of troops", lambda reading: len(reading.troops) > 0)
def troops(reading: Reading) -> Card:
    """Troops of every counted event with a total."""
    return troops_card(reading.troops, DEFAULT, reading.as_of)


@unless_empty("ten-thousand", *NOTHING_COUNTED)
def threshold(reading: Reading) -> Card:
    """Counted events that reached the threshold, or may have."""
    return threshold_card(reading.counted_classes, DEFAULT, reading.as_of)


@unless_empty("three-scopes", "No counted event has a number of troops", lambda reading: len(reading.troops) > 0)
def scopes(reading: Reading) -> Card:
    """Whose troops they were, in counted events led by one of the two."""
    return scopes_card(sizes.three_scopes(reading.counted, reading.groups), DEFAULT, reading.as_of)


@unless_empty("chinese-share", "No counted event has both a total and Chinese troops",
              lambda reading: len(reading.chinese_share) > 0)
def chinese_share(reading: Reading) -> Card:
    """The Chinese share of the troops of counted events."""
    return chinese_share_card(reading.chinese_share, DEFAULT, reading.as_of)


@unless_empty("ships-ranges", "No counted event has a number of ships", lambda reading: len(reading.ships) > 0)
def ships(reading: Reading) -> Card:
    """Ships of every counted event with a total."""
    return ships_card(reading.ships, DEFAULT, reading.as_of)


@unless_empty("aircraft-ranges", "No counted event has a number of aircraft",
              lambda reading: len(reading.aircraft) > 0)
def aircraft(reading: Reading) -> Card:
    """Aircraft of every counted event with a total."""
    return aircraft_card(reading.aircraft, DEFAULT, reading.as_of)


def numbers(reading: Reading) -> dict[str, str]:
    """The numbers of the chapter's prose by name, as finished words."""
    classes = reading.counted_classes
    yes, chinese = ((classes[f"class_{scope}"] == "yes").sum() for scope in ("ALL", "CHN"))
    return {"threshold": CLASS, "reached": headlines.reached(yes, chinese, CLASS), "largest": _largest(reading),
            "n_totals": worded.count(len(reading.troops)), "n_events": worded.count(len(reading.counted)),
            "as_of": dates.day(reading.as_of)}


def _largest(reading: Reading) -> str:
    """The counted event with the largest official total, as a sentence without its full stop."""
    official = reading.troops.dropna(subset="official_best")
    if official.empty:
        return "No official total of troops was found"
    largest = official.loc[official["official_best"].idxmax()]
    chinese = sizes.sizes(reading.counted, reading.groups, ("troops",), "CHN").set_index("event_id")["official_text"]
    return of_whom(largest["name"], largest["official_text"], largest["assessed_text"],
                   chinese.get(largest["event_id"], "none"))


def of_whom(name: str, official: str, assessed: str, chinese: str) -> str:
    """An event by its official total, that of others and its Chinese contingent; 'none' for a figure that is not."""
    others = f", {assessed} by others" if assessed != "none" else ""
    part = ("how many of these were Chinese was not published" if chinese == "none" else
            f"the Chinese contingent was {chinese}")
    return f"The largest was {name}: {official} troops by official figures{others}; {part}"
