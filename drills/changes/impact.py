"""What an edit of the record does, as Markdown for a review: rows in words, estimates, numbers, headlines, houses.

Pure: two sides are compared that somebody else has read (`Side`). Cells are untrusted and stand in code spans, in
which no mark-up, mention or link works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ..record.problems import printable
from ..wording import estimates as said

# what a headline may say differently without saying something else
NUMBER = re.compile("[0-9][0-9,.]*")
# what is never cut short
WHOLE = ("Numbers of the chapters", "Headlines that change", "Cards touched")
Row = Mapping[str, str]
Key = tuple[str, ...]
# so many entries of one list are shown
MOST = 100
# what one row of a table is called
ROW_OF = {"events": "an event", "claims": "a figure", "date_claims": "a date", "facts": "a fact",
          "participants": "a participant", "sources": "a page", "publishers": "a publisher", "series": "a series",
          "rulings": "a ruling", "milestones": "a milestone", "withdrawn": "an id no longer used"}


@dataclass
class Side:
    """The record before or after an edit.

    rows: those of each table by key, cells as text in their form. columns: those of each table. estimates: in words,
    by event, measure and scope. numbers: those of the prose, by chapter and name. cards: headline and digest by id.
    houses: the independent houses of each event. lacks: what could not be read or counted, one sentence each.
    """

    rows: dict[str, dict[Key, Row]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    estimates: dict[Key, str] = field(default_factory=dict)
    numbers: dict[Key, str] = field(default_factory=dict)
    cards: dict[str, tuple[str, str]] = field(default_factory=dict)
    houses: dict[str, frozenset[str]] = field(default_factory=dict)
    lacks: list[str] = field(default_factory=list)


def is_same_record(base: Side, head: Side) -> bool:
    """Whether two sides have the same rows, whatever the form of their files."""
    return base.rows == head.rows and not base.lacks and not head.lacks


def markdown(base: Side, head: Side, name: str, is_new_form: bool = False) -> str:
    """What changed from `base`, called `name`, to `head`; one line if no value did.

    is_new_form: whether the files differ although their rows do not.
    """
    if is_same_record(base, head):
        return (f"The record says what it said at {quoted(name)}" + (": only its form changed.\n" if is_new_form else
                                                                      ": nothing changed.\n"))
    parts = [f"# What this edit does to the record\n\nCompared with {quoted(name)}.\n"]
    for title, lines in (("What could not be compared", _lacks(base, head)), ("Rows", _rows(base, head)),
                         ("Estimates", _estimates(base, head)), ("Numbers of the chapters", _numbers(base, head)),
                         ("Headlines that change", _headlines(base, head)), ("Cards touched", _cards(base, head)),
                         ("Independent houses", _houses(base, head))):
        found = list(lines)
        if found or title != "What could not be compared":
            shown = found if title in WHOLE else shortened(found)
            parts.append(f"## {title}\n\n" + ("\n".join(shown) if found else "None.") + "\n")
    return "\n".join(parts)


def quoted(text: str) -> str:
    """Text as a code span that also stands in a table; a blank is said."""
    text = printable(text.replace("\u00a0", " "))
    if not text.strip():
        return "*blank*"
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}".replace("|", "\\|")


def shortened(lines: list[str]) -> list[str]:
    """Lines, of which those beyond MOST are counted."""
    return lines if len(lines) <= MOST else [*lines[:MOST], "", f"And {len(lines) - MOST:,} more."]


def _lacks(base: Side, head: Side) -> Iterator[str]:
    for side, word in ((base, "before"), (head, "after")):
        yield from (f"- {word}: {lack}" for lack in side.lacks)
    for table in sorted(base.columns.keys() ^ head.columns.keys()):
        yield f"- the table {quoted(table)} is there only {'before' if table in base.columns else 'after'}"
    for table in sorted(base.columns.keys() & head.columns.keys()):
        if apart := sorted(set(base.columns[table]) ^ set(head.columns[table])):
            yield f"- the table {quoted(table)} has {', '.join(map(quoted, apart))} on one side alone"


def _rows(base: Side, head: Side) -> Iterator[str]:
    """Rows added, withdrawn and changed, table by table."""
    for table in sorted(base.rows.keys() & head.rows.keys(), key=list(head.rows).index):
        before, after = base.rows[table], head.rows[table]
        shared = [name for name in head.columns[table] if name in base.columns[table]]
        one = ROW_OF.get(table, f"a row of {quoted(table)}")
        for key in sorted(after.keys() - before.keys()):
            yield f"- added, {one}: {in_words(table, key, after[key], head)}"
        for key in sorted(before.keys() - after.keys()):
            yield f"- withdrawn, {one}: {in_words(table, key, before[key], base)}"
        for key in sorted(before.keys() & after.keys()):
            cells = [name for name in shared if before[key][name] != after[key][name]]
            if cells:
                what = "; ".join(f"{quoted(name)} from {quoted(before[key][name])} to {quoted(after[key][name])}"
                                 for name in cells)
                yield f"- changed, {one}: {in_words(table, key, before[key], base)}: {what}"


def in_words(table: str, key: Key, row: Row, side: Side) -> str:
    """What a row says, in one line, with its key."""
    event = side.rows.get("events", {}).get((row.get("event_id", ""),), {}).get("name", "")
    if table == "claims":
        words = f"{event}: {row['measure']} of {row['scope']}, {_figure(row)}, {row['stage']}, by {row['claimant']}"
    elif table == "date_claims":
        words = f"{event}: {row['edge']} on {row['value']}, {row['stage']}, by {row['claimant']} on {row['source_id']}"
        return quoted(words)
    elif table == "participants":
        return quoted(f"{event}: {row['country']} as {row['role']}")
    elif table == "facts":
        return quoted(f"{event}: {row['topic']}, {row['text']}, by {row['claimant']} on {row['source_id']}")
    elif table == "sources":
        words = f"{row['publisher']}, {row['published'] or 'undated'}: {row['title']}"
    elif table == "events":
        words = f"{row['name']}, {row['start_date']}, {row['status']}"
    else:
        words = next((row[name] for name in ("name", "title", "reason", "house", "why") if row.get(name)), "")
    return f"{quoted(', '.join(key))}" + (f" ({quoted(words)})" if words else "")


def _figure(row: Row) -> str:
    """The figure of a claim as it was put, or its cells where they are no figure."""
    try:
        low, high = (float(row[name]) if row[name] else float("nan") for name in ("value_low", "value_high"))
        return said.said(low, high, row["qualifier"])
    except (ValueError, KeyError):
        return f"{row['value_low']} to {row['value_high']}, {row['qualifier']}"


def estimate_in_words(row: Mapping[str, Any]) -> str:
    """One row of `estimates.side_by_side` in words: both accounts, the stage, and whether they are at odds."""
    sides = [f"{group} {said.figure(row[f'{group}_low'], row[f'{group}_best'], row[f'{group}_high'])}"
             for group in ("official", "assessed") if pd.notna(row[f"{group}_best"])]
    return "; ".join([*sides, str(row["stage_used"]), *(["disputed"] if row["is_disputed"] else [])])


def _differing(before: Mapping, after: Mapping) -> Iterator[tuple]:
    """Keys of both, the order of the later first, whose values differ, with both values (None where there is none)."""
    for key in [*after, *(key for key in before if key not in after)]:
        if before.get(key) != after.get(key):
            yield key, before.get(key), after.get(key)


def _table(head: str, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield f"| {head} |"
        yield "|" + " --- |" * (head.count("|") + 1)
        yield from (f"| {' | '.join(row)} |" for row in rows)


def _or_none(text: str | None) -> str:
    return "*none*" if text is None else quoted(text)


def _estimates(base: Side, head: Side) -> Iterator[str]:
    return _table("event | measure | scope | before | after", [
        (*map(quoted, key), _or_none(old), _or_none(new))
        for key, old, new in _differing(base.estimates, head.estimates)])


def _numbers(base: Side, head: Side) -> Iterator[str]:
    """Every number that differs; how many stay."""
    found = list(_differing(base.numbers, head.numbers))
    yield from _table("chapter | number | before | after", [
        (*map(quoted, key), _or_none(old), _or_none(new)) for key, old, new in found])
    if found:
        yield ""
        yield f"{len(found):,} of {len(base.numbers | head.numbers):,} numbers change."


def _headlines(base: Side, head: Side) -> Iterator[str]:
    """Headlines that differ, those first that say something else and not only another number."""
    titles = [{card_id: title for card_id, (title, _) in side.cards.items()} for side in (base, head)]
    rows = [("numbers" if old and new and NUMBER.sub("", old) == NUMBER.sub("", new) else "**words**", quoted(card_id),
             _or_none(old), _or_none(new)) for card_id, old, new in _differing(*titles)]
    return _table("differs in | card | before | after", sorted(rows, key=lambda row: row[0] == "numbers"))


def _cards(base: Side, head: Side) -> Iterator[str]:
    """Cards of which the table, note or text for readers who cannot see differs, in one line."""
    if found := [quoted(card_id) for card_id, old, new in _differing(base.cards, head.cards)]:
        yield f"{len(found)} of {len(base.cards.keys() | head.cards.keys())}: {', '.join(found)}"


def _houses(base: Side, head: Side) -> Iterator[str]:
    rows = []
    for event_id, old, new in _differing(base.houses, head.houses):
        old, new = old or frozenset(), new or frozenset()
        rows.append((quoted(event_id), f"{len(old)}", f"{len(new)}", ", ".join(map(quoted, sorted(new - old))) or "–",
                     ", ".join(map(quoted, sorted(old - new))) or "–"))
    return _table("event | houses before | after | gained | lost", rows)
