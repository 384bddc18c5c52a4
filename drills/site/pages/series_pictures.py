"""The cards of a series: its editions along the years, and the sizes of those that have one, as ranges.

Both are the forms of the chapters, drawn for one series.
"""

from __future__ import annotations

import pandas as pd

from ...counting import definitions, editions
from ...counting.reading import Reading
from ...counting.sizes import AIRCRAFT_MEASURES, SHIP_MEASURES, sizes
from ...figures.card import Card, Column, Counted
from ...figures.forms.lanes import MARKS, draw_lanes
from ...figures.forms.ranges import READING, range_rows
from ...wording import numbers
from ...wording.dates import as_of_words, date

# What is drawn of a series: the first of these that two or more of its events have.
MEASURES = {"Troops": ("troops",), "Ships": SHIP_MEASURES, "Aircraft": AIRCRAFT_MEASURES}
LEAST_ROWS = 2
# By how much an axis goes on beyond the smallest and the largest figure.
BEYOND = 1.6
EVENT, FIRST_DAY = Column("Event"), Column("First day")
LANE_COLUMNS = {"name": EVENT, "start_date": FIRST_DAY, "standing": Column("Status")}
SIZE_COLUMNS = {"label": EVENT, "start_date": FIRST_DAY, "official_text": Column("Official", blank="none"),
                "assessed_text": Column("Assessed by others", blank="none")}


def cards(reading: Reading) -> dict[str, list[Card]]:
    """The cards of every series that has events, by its id: the lane, and the sizes where there are enough."""
    lanes = dict(list(reading.lanes.groupby("series_id")))
    held = reading.record.events[reading.record.events["status"] == "held"]
    named = reading.record.series.set_index("series_id")
    tables = {head: sizes(held, reading.groups, measures, "ALL") for head, measures in MEASURES.items()}
    return {series_id: [lane(table, named.loc[series_id], reading.as_of),
                        *sizes_of(tables, held[held["series"] == series_id], named.at[series_id, "name"],
                                  reading.as_of)]
            for series_id, table in lanes.items()}


def lane(table: pd.DataFrame, row: pd.Series, as_of: pd.Timestamp) -> Card:
    """The editions of a series along the years; table: its rows of `editions.lanes`; row: its row of series."""
    shown = table.assign(standing=table["mark"].map({mark: label for mark, (label, _) in MARKS.items()}))
    counts = shown["standing"].value_counts(sort=False)
    counted = Counted.by(definitions.DEFAULT.describe(), "")
    subtitle = (f"{'Events' if row['is_gathered'] else 'Editions'} by their first day; where only a month or year is "
                f"known, its middle. {counted.sentence} {as_of_words(as_of)}")
    note = ("Held and not counted: what one of the two only watched, competitions, and exercises of third parties. "
            f"{'Like drills are gathered here; they are not editions of one exercise. ' * bool(row['is_gathered'])}"
            "Source: Joint Drills, events.csv and series.csv.")
    years = [table["start_date"].agg(end)[:4] for end in ("min", "max")]
    alt = (f"{numbers.plural(len(table), 'mark')} along the years {' to '.join(dict.fromkeys(years))}. "
           + "; ".join(f"{label}: {numbers.count(number)}" for label, number in counts.items()) + ".")

    def draw(layout, rows):
        # the page and the title name the series
        return draw_lanes(layout, rows.assign(series=""))

    return Card(f"lane-{row.name}", held_so_often(row["name"], table), subtitle, note, alt, shown, LANE_COLUMNS, draw,
                counted=counted)


def held_so_often(name: str, table: pd.DataFrame) -> str:
    """The finding of a lane: how many were held, and when the last; name: of the series."""
    held = table.loc[table["mark"].isin(editions.HELD_MARKS), "start_date"]
    if held.empty:
        return f"{name}: none was held"
    last = date(held.max()[:len("YYYY-MM")])
    return f"{name}: held once, in {last}" if len(held) == 1 else (
        f"{name}: {numbers.count(len(held))} held, the last in {last}")


def sizes_of(tables: dict[str, pd.DataFrame], held: pd.DataFrame, name: str, as_of: pd.Timestamp) -> list[Card]:
    """The card of the sizes of a series, a list of one, or none where too few of its events have a figure.

    tables: the sizes of all events by their measures. held: the rows of `events` of those of the series that were held;
    name: of the series.
    """
    for head, table in tables.items():
        own = table[table["event_id"].isin(held["event_id"])].reset_index(drop=True)
        if len(own) >= LEAST_ROWS:
            return [size_card(labelled(own), held["series"].iloc[0], (head, name, len(held)), as_of)]
    return []


def labelled(table: pd.DataFrame) -> pd.DataFrame:
    """The sizes with a label for each event: its name, and its year where the name has none."""
    year = table["start_date"].str[:4]
    has_year = [one in name for one, name in zip(year, table["name"], strict=True)]
    return table.assign(label=table["name"].where(has_year, table["name"] + ", " + year))


def size_card(table: pd.DataFrame, series_id: str, words: tuple[str, str, int], as_of: pd.Timestamp) -> Card:
    """The sizes of events as ranges on one axis.

    table: `counting.sizes` with a label. words: what is counted, the name of the series, and its events that were held.
    """
    head, name, n_held = words
    given = table[[f"{side}_{bound}" for side in ("official", "assessed") for bound in ("low", "best", "high")]]
    limits = (float(given.min().min()) / BEYOND, float(given.max().max()) * BEYOND)
    subtitle = (f"{head} of all participants of {name}, in {numbers.count(len(table))} of {numbers.count(n_held)} "
                f"events held, on a log scale. {as_of_words(as_of)}")
    title, official = largest(table, head.lower())
    note = (f"{official}A total is no contingent, and events without a published one are missing. {READING} "
            "Source: Joint Drills, claims.csv and rulings.csv.")
    alt = "Ranges on a log axis, one row for each event. " + "; ".join(
        f"{row.label}: official {row.official_text}, assessed {row.assessed_text}" for row in table.itertuples()) + "."

    def draw(layout, rows):
        return range_rows(layout, rows, label="label", value_label=f"{head}, all participants", limits=limits)

    return Card(f"sizes-{series_id}", title, subtitle, note, alt, table, SIZE_COLUMNS, draw,
                READING)


def largest(table: pd.DataFrame, what: str) -> tuple[str, str]:
    """The finding of sizes: the largest event by official figures, or by others where these go higher or stand alone.

    Below it, where others go higher, what the highest official total is. what: troops, ships.
    """
    # not a number where nobody gives a figure, which nothing is above or below
    highest, counted = table["official_best"].max(), table["assessed_best"].max()
    is_higher = pd.notna(counted) and not counted <= highest
    side, by = ("assessed", "the count of others") if is_higher else ("official", "official figures")
    most = table[table[f"{side}_best"] == table[f"{side}_best"].max()]
    figure = most[f"{side}_text"].iloc[0].partition(" (")[0]
    verb = "was the largest" if len(most) == 1 else "were the largest"
    official = f"The highest official total is {numbers.count(highest)}. " if is_higher and pd.notna(highest) else ""
    return (f"{numbers.listing(most['label'].tolist())} {verb}: {figure} {what} in all{numbers.each(list(most.index))} "
            f"by {by}", official)
