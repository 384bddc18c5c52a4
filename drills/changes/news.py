"""When each event was added to the record and when it was last changed, from the history of its rows.

A checkout whose history is missing, or cut off as in a shallow clone, has no news to tell: numbers of revisions that
fall from one build to the next would be worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..wording import dates, numbers
from . import history
from .history import Change
from .tombstones import Tombstones

# What calendars and feeds show of an event stands in these tables: a change there is a revision of its entry.
SHOWN = ("events", "participants")
# what one row of a table is called
ROWS = {"participants": ("participant", "participants"),
        "claims": ("figure", "figures"),
        "date_claims": ("date", "dates"), "facts": ("statement", "statements"), "rulings": ("ruling", "rulings")}
# so many cells are named one by one
MOST_CELLS = 3


@dataclass(frozen=True)
class News:
    """One event: the days (YYYY-MM-DD) on which it was added and last changed, what was changed then, in words.

    revision: how often what calendars show of it was changed since it was added.
    """

    added: str
    changed: str
    words: str
    revision: int


def of_events(data_dir: Path, event_ids: Iterable[str], tombstones: Tombstones) -> dict[str, News]:
    """The news of events, of those that were withdrawn too, by event_id; empty without a whole history."""
    if not history.is_whole(data_dir):
        return {}
    past = history.histories(data_dir)
    found = {event_id: news(tombstones.names("events", event_id), past) for event_id in event_ids}
    return {event_id: told for event_id, told in found.items() if told is not None}


def news(names: list[str], past: Mapping[str, list[Change]]) -> News | None:
    """The news of one event under all its names, the newest first; None for one that was never committed."""
    changes = [change for name in names for change in past.get(name, ()) if is_told(change)]
    if not changes:
        return None
    added, changed = min(change.date for change in changes), max(change.date for change in changes)
    commits = {change.commit for change in changes if change.table in SHOWN}
    last = [change for change in changes if change.date == changed]
    return News(added, changed, in_words(added, changed, last, names), max(len(commits) - 1, 0))


def is_told(change: Change) -> bool:
    """Whether a change says something new of its event: a column that came or went for all rows does not."""
    return bool(change.added or change.removed or any(cell.is_kept for cell in change.cells))


def in_words(added: str, changed: str, last: list[Change], names: list[str]) -> str:
    """What happened to an event on the day of its last change, in a sentence or two."""
    if added == changed:
        return f"Added to the record on {dates.date(added)}."
    own = [change for change in last if change.table == "events"]
    renamed = [f"its id was {names[1]}"] if len(names) > 1 and any(change.added for change in own) else []
    rows = [f"{numbers.plural(number, *words)} {word}" for table, words in ROWS.items()
            for word in ("added", "changed", "removed")
            if (number := sum(getattr(change, word) for change in last if change.table == table))]
    what = "; ".join([*renamed, *cells_in_words(own), *rows])
    return f"Changed on {dates.date(changed)}{': ' if what else ''}{what}."


def cells_in_words(changes: list[Change]) -> list[str]:
    """What the row of an event says now and said before, over changes of one day, the newest first; blank cells too."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for change in changes:
        for cell in change.cells:
            if cell.is_kept:
                before[cell.column] = cell.before
                after.setdefault(cell.column, cell.after)
    said = []
    for column in sorted(before):
        was, now = before[column], after[column]
        if was != now:
            said.append(f"{column} was “{was}”, is “{now}”" if was and now else
                        f"{column} is “{now}”" if now else f"{column} was “{was}”, is blank")
    return said[:MOST_CELLS] + (["more"] if len(said) > MOST_CELLS else [])
