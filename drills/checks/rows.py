"""The sound rows of every table, as the rules take them, and what several rules ask of a cell."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property

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


class Rows(Tables):
    """The rows of every table, indexed by line number, with numbers and lists in their types.

    `rows.events` and so on hold the sound rows, `rows.read["events"]` all that could be read: what a rule asks
    *about* is a sound row, what it *looks for* may stand in any. `at` makes a problem at a line of a table.
    """

    def __init__(self, package: dict, raw: dict[str, RawTable], problems: list[Problem]):
        self.raw, self.read = raw, {}
        self.wrong: dict[str, dict[int, set[str]]] = {name: defaultdict(set) for name in raw}
        self.name_of = {table.file: name for name, table in raw.items()}
        for problem in problems:
            if problem.file in self.name_of:
                self.wrong[self.name_of[problem.file]][problem.line].add(problem.column)
        for name, resource in resources(package).items():
            frame = raw[name].frame
            # a list with a fault such as a blank item is still a list of names to look for
            lists = [column for column, field in fields(resource).items() if field["type"] == "list"]
            self.read[name] = frame.assign(**{column: split_lists(frame[column]) for column in lists})
            sound = self.read[name][~frame.index.isin(list(self.wrong[name]))].copy()
            for column, field in fields(resource).items():
                if field["type"] in ("number", "integer"):
                    sound[column] = pd.to_numeric(sound[column]).astype("float64")
            setattr(self, name, sound)
        measures = fields(resources(package)["claims"])["measure"]["categories"]
        self.not_whole = [measure["value"] for measure in measures if not measure.get("isWhole", True)]
        self.start = self.events.set_index("event_id")["start_date"].to_dict()
        self.end = self.events.set_index("event_id")["end_date"].to_dict()

    def at(self, table: str, line: int, column: str, value: object, rule: str, fix: str) -> Problem:
        """A problem at a line of a table; value: what stands there, a number as a cell has it."""
        text = as_text(value) if isinstance(value, float) else str(value)
        return Problem(self.raw[table].file, int(line), column, text, rule, fix)

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

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Every pair of event and source that stands in a row of any table."""
        return provenance.event_sources(*(self.read[name] for name in SOURCED))

    @cached_property
    def houses(self) -> dict[str, list[str]]:
        """The independent houses of every event that has a source, sorted by name."""
        table = self.read["publishers"].dropna(subset=["publisher", "house"])
        named = provenance.event_houses(self.pairs, self.read["sources"], table).groupby("event_id")["house"].agg(list)
        return {event: [] for event in self.pairs["event_id"].unique()} | named.to_dict()

    @cached_property
    def events_with_doubtful_source(self) -> set[str]:
        """Events that rest on a source which has no sound row, so that its publisher is not known."""
        is_doubtful = ~self.pairs["source_id"].isin(self.sources["source_id"])
        return set(self.pairs.loc[is_doubtful, "event_id"])


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
    return pd.Series(dates.map(known), index=dates.index, dtype="datetime64[s]")


def as_text(value: object) -> str:
    """A cell as it stands in the CSV; whole numbers without a decimal point."""
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.10g}"
    return str(value) if isinstance(value, str) else ""
