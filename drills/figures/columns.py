"""What a card says of its table: how its columns are shown, and by which definition its events were counted."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .. import addresses


@dataclass(frozen=True)
class Column:
    """How a column of a card's table is shown: label and unit in the head, decimals, and the word for a blank."""

    label: str
    unit: str = ""
    decimals: int = 0
    blank: str = "not known"
    is_year: bool = False

    def show(self, value: object) -> str:
        """A cell as text; thousands separated by commas, years and text left as they are."""
        if isinstance(value, (tuple, list)):
            return ", ".join(map(str, value)) or self.blank
        if value is None or pd.isna(value):
            return self.blank
        if isinstance(value, float) and math.isinf(value):
            return "infinite"
        if isinstance(value, bool) or type(value).__name__ == "bool":
            return "yes" if value else "no"
        if isinstance(value, (int, float, np.number)):
            return str(int(value)) if self.is_year else f"{value:,.{self.decimals}f}"
        return str(value)


@dataclass(frozen=True)
class Counted:
    """The definition by which the events of a card were counted.

    sentence: in full, as it stands in the subtitle, in files and quotations; words: what the page of the site says
    instead, a link to the switchboard; query: the definition as text.
    """

    sentence: str
    words: str
    query: str

    @classmethod
    def by(cls, described: str, query: str) -> Counted:
        """By a definition in words and as text, which is blank for the default definition."""
        return cls(f"Counted: {described}.", "A definition of its own" if query else "Default definition", query)

    @property
    def in_full(self) -> str:
        """The sentence as it stands alone."""
        return self.sentence[:1].upper() + self.sentence[1:]

    @property
    def page(self) -> str:
        """The switchboard set to the definition."""
        return addresses.definition_page(self.query)
