"""An id is for ever: it names one row, or it stands in withdrawn.csv with what became of it. One function a rule."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..record.problems import ROW, Problem, legible

# what becomes of a cell that names a row which was withdrawn, by table and column, where that is not plain
TAKEN_OUT = {("outside_rows", "event_id"): "take the name out and change standing"}


def fates(table: pd.DataFrame, of: str) -> dict[str, tuple[str, str]]:
    """For each id of a table that is gone, what was done with it and what it became ('' if nothing)."""
    gone = table.loc[table["table"] == of, ["id", "change", "became"]].dropna(subset=["id", "change"]).fillna("")
    return {name: (change, became) for name, change, became in gone.itertuples(index=False)}


def ids_are_never_used_again(rows) -> Iterator[Problem]:
    """Catch a new row under an id that once named another one, to which old citations lead."""
    for row in rows.withdrawn.itertuples():
        if row.id in _ids(rows, row.table):
            yield rows.at("withdrawn", row.Index, "id", row.id,
                          f"'{legible(row.id)}' was withdrawn and stands in {row.table}.csv again",
                          "give the new row an id of its own, or remove this line if the old row is back")


def successors_exist(rows) -> Iterator[Problem]:
    """Catch an old address that leads nowhere: no successor, one that is not there, or ids that name each other."""
    after = {(row.table, row.id): row.became for row in rows.read["withdrawn"].itertuples()}
    for row in rows.withdrawn.itertuples():
        is_blank = pd.isna(row.became)
        if is_blank != (row.change == "withdrawn"):
            yield rows.at("withdrawn", row.Index, "became", row.became,
                          "the row does not say what the id became" if is_blank else
                          f"a row that was withdrawn became nothing, but '{legible(row.became)}' is named",
                          "name the id in the same table" if is_blank else "leave became blank, or correct change")
        elif not is_blank and not _leads_somewhere(row, after, rows):
            yield rows.at("withdrawn", row.Index, "became", row.became,
                          f"'{legible(row.became)}' is neither in {row.table}.csv nor in withdrawn.csv",
                          "name the id under which the row stands now")


def _leads_somewhere(row, after: dict[tuple[str, str], str], rows) -> bool:
    seen, here = {row.id}, row.became
    while (row.table, here) in after:
        if here in seen:
            return False
        seen.add(here)
        here = after[row.table, here]
        if pd.isna(here):
            return True
    return here in _ids(rows, row.table) or _is_uncertain(rows, row.table)


def nothing_is_renamed_twice_into_one(rows) -> Iterator[Problem]:
    """Catch two rows that are said to be one and the same: the second was merged."""
    renamed = rows.withdrawn[rows.withdrawn["change"] == "renamed"]
    for line, row in renamed[renamed.duplicated(["table", "became"])].iterrows():
        yield rows.at("withdrawn", line, "change", "renamed", f"another id was renamed to '{legible(row['became'])}' "
                      "already", "write merged: two rows became one")


def events_keep_their_day(rows) -> Iterator[Problem]:
    """Catch an event that calendars cannot take back, since nothing says on which day it stood; days of other rows."""
    for row in rows.withdrawn.itertuples():
        if (row.table == "events") == pd.isna(row.start_date):
            yield rows.at("withdrawn", row.Index, "start_date", row.start_date,
                          f"a row of {row.table}.csv has {'a' if row.table == 'events' else 'no'} first day",
                          "write the start_date that the event had" if row.table == "events" else "leave it blank")


def _is_uncertain(rows, table: str) -> bool:
    """Whether ids of a table may be lost: the file or a row could not be read, or an id is wrong in itself."""
    raw, column = rows.raw[table], rows.raw[table].frame.columns[0]
    return not raw.is_read or bool(raw.strays) or any(
        {column, ROW} & wrong or line == 1 for line, wrong in rows.wrong[table].items())


def _ids(rows, table: str) -> set[str]:
    """The ids of a table in any row that could be read."""
    return set(rows.read[table].iloc[:, 0].dropna())


RULES = (ids_are_never_used_again, successors_exist, nothing_is_renamed_twice_into_one, events_keep_their_day)
