"""The card of an event: every figure as it was said, as a picture, with the estimates behind. Pure given the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pandas as pd

from ... import addresses, kept, release
from ...counting.reading import Reading
from ...counting.sizes import AIRCRAFT_MEASURES, SHIP_MEASURES
from ...figures.card import Column
from ...figures.drawn_card import DrawnCard
from ...figures.forms import statements
from ...wording import numbers, values
from ...wording.dates import as_of_words
from ...wording.values import measure_name
from .event_tables import STATES, Rows

# Figures from which on a picture says more than a table does.
FEWEST = 2
# Where a figure stands that no estimate takes, whenever it was said.
NOT_COUNTED = ("set aside by a ruling", *values.FIGURES_NOT_IN_USE.values())
# So many measures are named where no size is known.
MOST_NAMED = 3
# The measures that say how large an event was, the first that has an estimate names it.
MAIN = ("troops", *SHIP_MEASURES, *AIRCRAFT_MEASURES)
COLUMNS = {"row": Column("What and whose"), "said": Column("As said"), "claimant": Column("By whom"),
           "basis_words": Column("Basis"), "stage": Column("Said when"), "standing": Column("In use?"),
           "source": Column("Source")}
# The table as it is downloaded: the columns of the record, with some in words.
TIDY = ("claim_id", "event_id", "measure", "scope", "value_low", "value_high", "qualifier", "said", "claimant",
        "claimant_kind", "basis", "stage", "standing", "source_id", "source", "row", "basis_words")
READING = "Each mark is one figure, at the number that was said; an arrow is an open end."


class Cards(Mapping[str, DrawnCard]):
    """The card of every event that has enough figures for one, by event_id; each is made when it is asked for."""

    def __init__(self, reading: Reading, rows: Mapping[str, Rows]):
        """rows: `event_tables.rows`."""
        self._events = {event["event_id"]: event for event in reading.record.events.to_dict("records")
                        if len(rows[event["event_id"]].ledger) >= FEWEST}
        self._rows, self._as_of = rows, reading.as_of
        self._made: dict[str, DrawnCard] = {}

    def __getitem__(self, event_id: str) -> DrawnCard:
        if event_id not in self._made:
            self._made[event_id] = card(self._events[event_id], self._rows[event_id], self._as_of)
        return self._made[event_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._events)

    def __len__(self) -> int:
        return len(self._events)

    def files(self, event_id: str) -> dict[str, bytes]:
        """The files of one card by their names."""
        return kept.keep("event-cards", (release(), self._events[event_id], self._rows[event_id].digest, self._as_of),
                         lambda: self[event_id].files())


def card_id(event_id: str) -> str:
    """The permanent name of the card of an event."""
    return f"said-{event_id}"


def card(event: Mapping, rows: Rows, as_of: pd.Timestamp) -> DrawnCard:
    """The card of an event; event: its row of events."""
    table, bands = table_of(rows), bands_of(rows)

    def draw(layout, frame):
        marks = frame.assign(low=frame["value_low"], high=frame["value_high"], style=list(map(style, rows.ledger)),
                             address=[f"#{addresses.of_claim(claim_id)}" for claim_id in frame["claim_id"]],
                             words=[f"{row.said}, {row.claimant}" for row in frame.itertuples()])
        return statements.draw_statements(layout, marks, bands)

    said = numbers.plural(len(table), "figure")
    houses = len({source.house for source in rows.sources.values() if source.source_id in set(table["source_id"])})
    subtitle = (f"Every figure as said, by measure and whose: {said} from {numbers.plural(houses, 'house')}, on a log "
                f"scale. {as_of_words(as_of)}")
    note = (f"{READING} Equal figures are stacked. The band is what the figures in use allow together, the tick on its "
            "line the best one; a cross is a figure of a part only, or set aside by a ruling. Official and assessed "
            "figures are never mixed. Source: Joint Drills, claims.csv.")
    return DrawnCard(card_id(event["event_id"]), title(rows), subtitle, note, alt(table), table, COLUMNS, draw,
                     READING)


def table_of(rows: Rows) -> pd.DataFrame:
    """One row for each figure, in the order of the ledger."""
    frame = pd.DataFrame(rows.ledger)
    frame = frame.assign(row=[in_words(row) for row in rows.ledger], basis_words=frame["basis"].map(values.word),
                         measure=[row["key"][0] for row in rows.ledger], scope=[row["key"][1] for row in rows.ledger],
                         source=[rows.sources[one].who for one in frame["source_id"]])
    return frame[list(TIDY)]


def in_words(row: Mapping) -> str:
    """Measure and whose, of a row of the ledger or of the estimates: 'Troops, Chinese'."""
    return f"{row['measure']}, {row['scope']}"


def style(row: Mapping) -> str:
    """How a figure is drawn, by what the estimate does with it."""
    if row["standing"] in NOT_COUNTED:
        return "excluded"
    if row["stage"] == "planned":
        return "planned_assessed" if row["basis"] == "assessed" else "planned"
    return row["basis"]


def bands_of(rows: Rows) -> pd.DataFrame:
    """One row for each estimate in use."""
    found = [(in_words(size), name, side.low, side.best, side.high) for size in rows.sizes
             for name, side in size["sides"].items() if side is not None and side.stage != "none"]
    return pd.DataFrame(found, columns=["row", "side", "low", "best", "high"])


def title(rows: Rows) -> str:
    """The finding: how large the event was by officials and by others; without such an estimate what was counted."""
    for scope, measure in product(("ALL", *STATES), MAIN):
        if sides := rows.sides(measure, scope):
            whose = "" if scope == "ALL" else f"{values.scope(scope)} "
            return sized(f"{whose}{measure_name(measure).lower()}", sides)
    counted = list(dict.fromkeys(size["measure"] for size in rows.sizes if rows.sides(*size["key"])))
    if not counted:
        return "No figure is in use: a ruling sets each aside"
    named = numbers.listing([name[0].lower() + name[1:] for name in counted[:MOST_NAMED]])
    return f"No figure of troops, ships or aircraft is in use, but of {named}"


def sized(what: str, sides: Mapping) -> str:
    """How many by officials, how many by others; what: such as Chinese troops."""
    plans = {name: side.stage == "planned" for name, side in sides.items()}
    others = "others beforehand" if plans.get("assessed") else "others"
    if "official" not in sides:
        return f"{plain(sides['assessed'])} {what} by the count of {others}"
    official = f"{plain(sides['official'])} {what} by official {'plans' if plans['official'] else 'figures'}"
    if "assessed" not in sides:
        return official
    if plain(sides["official"]) == plain(sides["assessed"]):
        return f"{official} and by the count of {others}"
    return f"{official}, {plain(sides['assessed'])} by the count of {others}"


def plain(side) -> str:
    """An estimate as one number: its best figure, open where the estimate is."""
    return numbers.exact(side.best) + (" or more" if pd.isna(side.high) else " or fewer" if pd.isna(side.low) else "")


def alt(table: pd.DataFrame) -> str:
    """The rows of the picture in a sentence each: how many figures, from which to which."""
    texts = []
    for name, own in table.groupby("row", sort=False):
        ends = pd.concat([own["value_low"], own["value_high"]])
        least, most = numbers.exact(ends.min()), numbers.exact(ends.max())
        reach = f"{least} to {most}" if least != most else least
        texts.append(f"{name}: {numbers.plural(len(own), 'figure')}, {reach}")
    return f"Marks in {numbers.plural(len(texts), 'row')} on a log axis. " + ". ".join(texts) + "."
