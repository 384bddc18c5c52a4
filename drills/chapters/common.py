"""What every chapter says in the same way: heads of columns, the definition and the day, labels of events.

Imports no chapter.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import pandas as pd

from ..counting import definitions
from ..counting.reading import Reading
from ..counting.trends import CONFIDENCE
from ..figures.card import Card, Column, Counted
from ..figures.forms.nothing import nothing
from ..wording import dates
from ..wording.numbers import count, listing
from ..wording.values import IN_BRACKETS

EVENT, FIRST_DAY = Column("Event"), Column("First day")
YEAR = Column("Year", is_year=True)
# The confidence of every interval: 95 %.
LEVEL = f"{100 * CONFIDENCE:.0f} %"
LOW, HIGH = f"{LEVEL} interval, low", f"{LEVEL} interval, high"


def stated(definition: definitions.Definition, as_of: pd.Timestamp) -> str:
    """The definition and the day of the record, as every subtitle ends; the card is given `counted` with it."""
    return f"{counted(definition).sentence} Record as of {dates.day(as_of)}."


def counted(definition: definitions.Definition) -> Counted:
    """The definition of a card, in full and as its page calls it: the default by its name, any other as its own."""
    return Counted.by(definition.describe(), definitions.to_query(definition))


def called(definition: definitions.Definition, words: str) -> Counted:
    """A definition within a sentence of a subtitle, which ends with it, and what the page calls it there."""
    return Counted(f"{definition.describe()}.", words, definitions.to_query(definition))


def to_date(per_year: pd.DataFrame, as_of: pd.Timestamp) -> tuple[int, str] | None:
    """The year still under way and its label, if the table has it."""
    is_open = as_of < pd.Timestamp(as_of.year, 12, 31) and as_of.year in set(per_year["year"])
    return (as_of.year, f"to {dates.short_month(as_of)}") if is_open else None


Make = Callable[[Reading], Card]


def unless_empty(card_id: str, words: str, is_there: Callable[[Reading], bool]) -> Callable[[Make], Make]:
    """The card that a function makes of a reading that has something to draw; else a card of the same id without marks.

    words: the title of that one, such as "No joint patrol was held".
    """
    def decorate(make: Make) -> Make:
        @wraps(make)
        def made(reading: Reading) -> Card:
            return make(reading) if is_there(reading) else _empty(card_id, words, reading.as_of)
        return made
    return decorate


def _empty(card_id: str, words: str, as_of: pd.Timestamp) -> Card:
    """A card whose table has no row and whose picture says that there is nothing to draw."""
    nowhere = pd.DataFrame({"name": pd.Series(dtype=object)})
    return Card(card_id, words, f"Record as of {dates.day(as_of)}.", "Source: Joint Drills.", f"{words}.", nowhere,
                {"name": EVENT}, lambda layout, _: nothing(layout, "Nothing to draw"))


def any_counted(reading: Reading) -> bool:
    """Whether any event counts under the default definition."""
    return len(reading.counted) > 0


# What `unless_empty` is told of a card that shows counted events.
NOTHING_COUNTED = ("No event counts under the default definition", any_counted)


def labelled(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a label for each event: its name without what stands in brackets, and its year."""
    year = table["start_date"].str[:4]
    name = table["name"].str.replace(IN_BRACKETS, "", regex=True)
    name = name.str.replace("Russia-China ", "")
    has_year = [one in numbers for one, numbers in zip(year, name, strict=True)]
    return table.assign(label=name.where(has_year, name + ", " + year))


def known(value: float, word: Callable[[float], str], otherwise: str) -> str:
    """A number in words, or `otherwise` where it is not known (NaN), as a mean over nothing is not."""
    return word(value) if pd.notna(value) else otherwise


def in_words(group: pd.DataFrame) -> str:
    """The numbers of one event with who gives each: 9 by Prensa Latina; 10 by CCTV and PLA Navy."""
    by_number = group.groupby("number")["claimant"].agg(list)
    return "; ".join(f"{count(number)} by {listing(names)}" for number, names in by_number.items())
