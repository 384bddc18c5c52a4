"""The sound rows of every table, as the rules take them, and what several rules ask of a cell.

Which tables a rule asks for is noted while it runs. A rule that found nothing in these very tables before, in this
process, is not run again, and what several rules share is not made again: who checks after each edit waits for the
rules on what was edited alone.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Generic, TypeVar

import pandas as pd

from ..record import provenance
from ..record.days import first_day, last_day
from ..record.package import fields, resources
from ..record.problems import Problem
from ..record.tables import Tables
from ..record.text import RawTable
from ..record.types import split_lists

SOURCED = ("participants", "claims", "date_claims", "facts")
YEARS = ("1900", "2099")
# For each rule the states of the tables that it asked for when it found nothing, and for what is made of rows those of
# the tables that it was made from, with it; the latest first; so many are kept.
_known: dict[Callable, list[tuple[dict[str, str], Any]]] = defaultdict(list)
MOST_KEPT = 32
Content = TypeVar("Content")
Rule = Callable[["Rows"], Iterable[Problem]]


class OfTables(Generic[Content]):
    """Something of each table, by its name."""

    def __init__(self, content: dict[str, Content], ask: Callable[..., None]):
        self._content, self._ask = content, ask

    def __getitem__(self, table: str) -> Content:
        self._ask(table)
        return self._content[table]

    def values(self) -> list[Content]:
        self._ask(*self._content)
        return list(self._content.values())


class made_once:
    """A property of Rows that is made when it is first asked for, and with it is noted what it was made from."""

    def __init__(self, make: Callable[[Any], Any]):
        self.make, self.__doc__ = make, make.__doc__

    def __get__(self, rows: Rows, _owner: object = None) -> Any:
        if self.make not in rows.made:
            rows.made[self.make] = rows.made_before(self.make)
        made, asked = rows.made[self.make]
        rows.ask(*asked)
        return made


class Rows(Tables):
    """The rows of every table, indexed by line number, with numbers and lists in their types.

    `rows.events` and so on hold the sound rows, `rows.read["events"]` all that could be read: what a rule asks
    *about* is a sound row, what it *looks for* may stand in any. `at` makes a problem at a line of a table.
    """

    def __init__(self, package: dict, raw: dict[str, RawTable], problems: list[Problem]):
        self._asked: set[str] = set()
        self.made: dict[Callable, tuple[Any, set[str]]] = {}
        self.name_of = {table.file: name for name, table in raw.items()}
        wrong: dict[str, dict[int, set[str]]] = {name: defaultdict(set) for name in raw}
        read, self._sound = {}, {}
        for problem in problems:
            if problem.file in self.name_of:
                wrong[self.name_of[problem.file]][problem.line].add(problem.column)
        for name, resource in resources(package).items():
            read[name], self._sound[name] = of_types(raw[name], resource, sorted(wrong[name]))
        self.raw, self.read, self.wrong = (OfTables(content, self.ask) for content in (raw, read, wrong))
        measures = fields(resources(package)["claims"])["measure"]["categories"]
        self.not_whole = [measure["value"] for measure in measures if not measure.get("isWhole", True)]
        described = hashlib.sha256(json.dumps(package).encode()).hexdigest()
        self._states = {name: state(table, wrong[name], described) for name, table in raw.items()}

    def __getattr__(self, name: str) -> pd.DataFrame:
        """The sound rows of a table."""
        if name.startswith("_") or name not in self._sound:
            raise AttributeError(name)
        self.ask(name)
        return self._sound[name]

    def ask(self, *tables: str) -> None:
        """Note that these tables are asked for."""
        self._asked.update(tables)

    def watched(self, work: Callable[[], Content]) -> tuple[Content, set[str]]:
        """What some work returns, and the tables that it asks for."""
        before, self._asked = self._asked, set()
        try:
            return work(), self._asked
        finally:
            self._asked = before | self._asked

    def breaches(self, rule: Rule) -> list[Problem]:
        """What a rule finds; it is not run if it found nothing in the tables that it asks for, as they are."""
        return self.remembered(rule, lambda: list(rule(self)), lambda found: not found)[0]

    def made_before(self, make: Callable[[Rows], Content]) -> tuple[Content, set[str]]:
        """What is made of rows, and the tables that it is made from; it is not made again of tables as they are."""
        return self.remembered(make, lambda: make(self), lambda _: True)

    def remembered(self, work: Callable, run: Callable[[], Content],
                   is_kept: Callable[[Content], bool]) -> tuple[Content, set[str]]:
        """What some work returns, and the tables that it asks for, as it was for these tables before if that was kept.

        run: does the work; is_kept: whether what it returns is to be kept, which nobody may change then.
        """
        known = _known[work]
        for place, (states, content) in enumerate(known):
            if all(states[table] == self._states[table] for table in states):
                known.insert(0, known.pop(place))
                return content, set(states)
        content, asked = self.watched(run)
        states = {table: self._states[table] for table in sorted(asked)}
        # a table that was not read from a file may be any
        if is_kept(content) and all(states.values()):
            known.insert(0, (states, content))
            del known[MOST_KEPT:]
        return content, asked

    def at(self, table: str, line: int, column: str, value: object, rule: str, fix: str) -> Problem:
        """A problem at a line of a table; value: what stands there, a number as a cell has it."""
        return Problem(self.raw[table].file, int(line), column, as_text(value), rule, fix)

    def table_of(self, file: str) -> str:
        """The name of the table that a file holds."""
        return self.name_of[file]

    def with_wrong(self, table: str, *columns: str) -> pd.DataFrame:
        """All rows of a table in which one of these cells is wrong."""
        lines = [line for line, wrong in self.wrong[table].items() if wrong.intersection(columns)]
        return self.read[table][self.read[table].index.isin(lines)]

    def hidden_events(self, table: str, *columns: str) -> set[str]:
        """Events with a row in which one of these cells is wrong, or which could not be placed under the header:
        what the event seems to lack may stand there."""
        return self.raw[table].strays | set(self.with_wrong(table, *columns)["event_id"])

    @made_once
    def start(self) -> dict[str, str]:
        """The first day of every sound event, as it stands there."""
        return self.events.set_index("event_id")["start_date"].to_dict()

    @made_once
    def end(self) -> dict[str, str]:
        """The last day of every sound event, as it stands there."""
        return self.events.set_index("event_id")["end_date"].to_dict()

    @made_once
    def pairs(self) -> pd.DataFrame:
        """Every pair of event and source that stands in a row of any table."""
        return provenance.event_sources(*(self.read[name] for name in SOURCED))

    @made_once
    def houses(self) -> dict[str, list[str]]:
        """The independent houses of every event that has a source, sorted by name."""
        table = self.read["publishers"].dropna(subset=["publisher", "house"])
        named = provenance.event_houses(self.pairs, self.read["sources"], table).groupby("event_id")["house"].agg(list)
        return {event: [] for event in self.pairs["event_id"].unique()} | named.to_dict()

    @made_once
    def events_with_doubtful_source(self) -> set[str]:
        """Events that rest on a source which has no sound row, so that its publisher is not known."""
        is_doubtful = ~self.pairs["source_id"].isin(self.sources["source_id"])
        return set(self.pairs.loc[is_doubtful, "event_id"])


def of_types(table: RawTable, resource: dict, wrong: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of a table with lists as such, and those of them that are sound with numbers as such too.

    wrong: the lines that are not sound. Made once of each table, and of no use to whoever would change it.
    """
    types = {column: field["type"] for column, field in fields(resource).items()}
    key = ("of types", *types.items(), *wrong)
    if key not in table.made:
        # a list with a fault such as a blank item is still a list of names to look for
        lists = [column for column in types if types[column] == "list"]
        read = table.frame.assign(**{column: split_lists(table.frame[column]) for column in lists})
        sound = read[~read.index.isin(wrong)].copy()
        for column in types:
            if types[column] in ("number", "integer"):
                sound[column] = pd.to_numeric(sound[column]).astype("float64")
        table.made[key] = read, sound
    return table.made[key]


def state(table: RawTable, wrong: dict[int, set[str]], described: str) -> str:
    """What decides which rows of a table are sound, as text; blank if it was not read from a file.

    wrong: columns by line; described: digest of the descriptor.
    """
    if not table.digest:
        return ""
    return f"{described} {table.digest} {sorted((line, sorted(columns)) for line, columns in wrong.items() if columns)}"


@cache
def is_date(text: object) -> bool:
    """Whether a partial date names a day, month or year that exists."""
    try:
        return isinstance(text, str) and first_day(text) is not pd.NaT and last_day(text) is not pd.NaT
    except (ValueError, OverflowError):
        return False


def days(dates: pd.Series, day_of) -> pd.Series:
    """`first_day` or `last_day` of each date, missing where there is none; each distinct date is asked once."""
    known = {date: day_of(date) for date in dates.dropna().unique() if is_date(date)}
    return pd.Series(dates.map(known), dtype="datetime64[s]")


def as_text(value: object) -> str:
    """A cell as it stands in the CSV; whole numbers without a decimal point."""
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.10g}"
    return str(value)
