"""The switches of a definition as text: their names, the values that each may have, how a value is read and written.

Knows no event: what a switch does to a count is said in `drills.counting.coded`, what it means to a reader in
`drills.wording.definitions`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ..record.days import first_day
from ..wording import definitions as wording

TIERS = ("core", "wider")
STATUSES = ("held", "planned", "cancelled", "disputed")
KINDS = ("exercise", "patrol", "command_post", "competition")
FRAMEWORKS = ("bilateral", "small_group", "sco", "russia_led", "china_led", "third_party")
DOMAINS = ("land", "naval", "air", "missile_defence", "multi", "internal_security", "coast_guard", "cyber")
AREAS = ("asia_pacific", "elsewhere")
DATE = re.compile(r"[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True)
class Switch:
    """One switch of a definition as text: its name there, the field of Definition, and what it may be set to.

    form: list (some of `choices`, joined by commas), flag (yes or no), number (from 1) or date (YYYY, YYYY-MM,
    YYYY-MM-DD). choices: what a list may hold, and of a number those that are offered; empty for a list whose values
    are in the record (series). is_offered: whether the switchboard has it; the command line has every switch.
    """

    name: str
    field: str
    form: str
    choices: tuple[str, ...] = ()
    is_offered: bool = True

    @property
    def sentence(self) -> str:
        """What it does, for a reader."""
        return wording.SWITCHES[self.name]

    def read(self, text: str, known: Collection[str] = ()) -> tuple[str, ...] | bool | int | str | None:
        """The value that a text stands for. known: what a list without choices may hold, empty if that is not known.

        Raises ValueError, which says what exists, for any other text.
        """
        text = text.strip()
        if self.form == "list":
            return self._read_list(text, self.choices or tuple(sorted(known)))
        if self.form == "flag" and text in ("yes", "no"):
            return text == "yes"
        if self.form == "number" and re.fullmatch("[0-9]{1,4}", text) and int(text):
            return int(text)
        if self.form == "date" and (not text or _is_date(text)):
            return text or None
        raise ValueError(wording.wrong_value(self.name, text, self.form))

    def _read_list(self, text: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        chosen = [item.strip() for item in text.split(",") if item.strip()]
        if allowed and (unknown := [item for item in chosen if item not in allowed]):
            raise ValueError(wording.unknown_value(self.name, unknown[0], allowed))
        return tuple(sorted(set(chosen), key=(allowed or sorted(chosen)).index))

    def write(self, value: Any) -> str:
        """The text that stands for a value of this switch."""
        if self.form == "list":
            return ",".join(sorted(value, key=self.choices.index if self.choices else None))
        return ("no", "yes")[value] if self.form == "flag" else "" if value is None else str(value)


SWITCHES = (
    Switch("tiers", "tiers", "list", TIERS),
    Switch("statuses", "statuses", "list", STATUSES),
    Switch("kinds", "kinds", "list", KINDS),
    Switch("frameworks", "frameworks", "list", FRAMEWORKS),
    Switch("military-only", "is_military_only", "flag", ("no", "yes")),
    Switch("merged", "is_merged", "flag", ("no", "yes")),
    Switch("min-publishers", "min_publishers", "number", ("1", "2", "3", "6")),
    Switch("from", "start", "date"),
    Switch("to", "end", "date"),
    Switch("series", "series", "list", is_offered=False),
    Switch("domains", "domains", "list", DOMAINS, is_offered=False),
    Switch("areas", "areas", "list", AREAS, is_offered=False),
)
BY_NAME = {switch.name: switch for switch in SWITCHES}


def _is_date(text: str) -> bool:
    """Whether a text is a partial date of a day, month or year that exists."""
    if not DATE.fullmatch(text):
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True
