"""Ask for every address that the record cites, and keep what came of it in a file of its own.

The file is written after every answer, so that a run that is cut off goes on where it stopped; what was asked in the
last days is not asked again.
"""

from __future__ import annotations

import asyncio
import csv
import datetime
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .. import writing
from ..record.tables import Record
from .asking import Answer, Asker, Manners

# Hosts asked at the same time.
AT_ONCE = 16
# Answers are good for so many days.
FRESH = 6
BROKEN = ("gone", "trouble")


@dataclass(frozen=True)
class Result:
    """One line of the results: the address, the sources that cite it, what came of it and when.

    since: the first day of an unbroken row of checks with this outcome. archived: a copy elsewhere, of broken ones.
    """

    url: str
    source_ids: str
    checked_on: str
    outcome: str
    status: int
    where: str
    detail: str
    archived: str
    since: str


def cited(record: Record) -> dict[str, tuple[list[str], str]]:
    """The sources of each address, and the day of the first of them as digits; mirrors are no links of the site."""
    found: dict[str, tuple[list[str], str]] = {}
    shown = record.sources[~record.sources["is_mirror"]].dropna(subset=["url"])
    for row in shown.sort_values("source_id", kind="stable").itertuples():
        day = row.published.replace("-", "") if isinstance(row.published, str) else ""
        found.setdefault(row.url, ([], day))[0].append(row.source_id)
    return dict(sorted(found.items()))


def read(path: Path) -> dict[str, Result]:
    """The results of earlier runs by address; a line that was cut off, as by a full disk, is left out."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = [row for row in csv.DictReader(file)
                                      if None not in row and None not in row.values()]
    return {row["url"]: Result(**{**row, "status": int(row["status"])}) for row in rows if row["status"].isdigit()}


def write(path: Path, results: Mapping[str, Result]) -> None:
    """All results, sorted by address; the file is whole at any moment."""
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, [column.name for column in fields(Result)], lineterminator="\n")
    rows.writeheader()
    rows.writerows(asdict(results[url]) for url in sorted(results))
    writing.write(path, text.getvalue().encode())


def due(urls: Iterable[str], known: Mapping[str, Result], today: datetime.date) -> list[str]:
    """The addresses that have to be asked today: new ones first, then those that were asked longest ago."""
    oldest = (today - datetime.timedelta(days=FRESH)).isoformat()
    asked = {url: known[url].checked_on if url in known else "" for url in urls}
    return sorted((url for url, day in asked.items() if day <= oldest), key=lambda url: (asked[url], url))


def run(record: Record, path: Path, today: datetime.date, manners: Manners, console: Console) -> list[Result]:
    """Ask what is due, show how far it is, keep the results; returns all of them, of addresses that are still cited."""
    pages, known = cited(record), read(path)
    known = {url: result for url, result in known.items() if url in pages}
    urls = due(pages, known, today)
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                  console=console) as shown:
        task = shown.add_task("asking cited pages", total=len(urls))

        def keep(answer: Answer, copy: str) -> None:
            before = known.get(answer.url)
            since = before.since if before and before.outcome == answer.outcome else today.isoformat()
            known[answer.url] = Result(answer.url, ";".join(pages[answer.url][0]), today.isoformat(), answer.outcome,
                                       answer.status, answer.where, answer.detail, copy, since)
            write(path, known)
            shown.advance(task)

        asyncio.run(_ask_all(urls, {url: pages[url][1] for url in urls}, manners, keep))
    write(path, known)
    return [known[url] for url in sorted(known)]


async def _ask_all(urls: list[str], days: Mapping[str, str], manners: Manners,
                   keep: Callable[[Answer, str], None]) -> None:
    """Ask many hosts at once, each of them one page at a time."""
    waiting = asyncio.Semaphore(AT_ONCE)

    async with Asker(manners) as asker, asyncio.TaskGroup() as group:
        async def one(url: str) -> None:
            async with waiting:
                answer = await asker.ask(url)
                copy = await asker.archived(url, days[url]) if answer.outcome in BROKEN else ""
            keep(answer, copy)

        for url in urls:
            group.create_task(one(url))
