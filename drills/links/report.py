"""What a run found, as one page in Markdown: what is gone, since when, who cites it, and where a copy is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from .run import Result

# What is told of: gone pages at once, trouble only once it has lasted so many days.
LASTING = 14
# so many lines a table may have; an issue takes 65,536 characters
MOST = 150
WORDS = {"ok": "answer", "moved": "moved for good", "gone": "are gone", "refused": "refuse programs",
         "trouble": "gave no answer this time"}


def in_markdown(results: Sequence[Result], today: str) -> str:
    """The whole page; addresses are code, so that nothing in them becomes markup or a mention."""
    tally = Counter(result.outcome for result in results)
    said = ", ".join(f"{tally[outcome]} {words}" for outcome, words in WORDS.items() if tally[outcome])
    lines = [f"Of {len(results)} pages that the record cites, as of {today}: {said or 'none was asked'}.", ""]
    told = [result for result in results if is_told(result, today)]
    if told:
        lines += ["A source that is gone stays in the record. Give it the address of the copy, or of the page where it "
                  "stands now, in `data/sources.csv`.", "", "| since | source | address | what happens | copy |",
                  "|---|---|---|---|---|"]
        lines += [f"| {result.since} | {code(result.source_ids)} | {code(result.url)} | {text(result.detail)} "
                  f"| {code(result.archived) if result.archived else 'none known'} |" for result in told[:MOST]]
        if len(told) > MOST:
            lines += ["", f"{len(told) - MOST} more are in the results of the run."]
    moved = [result for result in results if result.outcome == "moved"]
    if moved:
        lines += ["", "Moved for good, and still reached:", "", *(
            f"- {code(result.source_ids)}: {code(result.url)} is now {code(result.where)}" for result in moved[:MOST])]
        if len(moved) > MOST:
            lines += ["", f"{len(moved) - MOST} more moved."]
    return "\n".join(lines) + "\n"


def is_told(result: Result, today: str) -> bool:
    """Whether somebody has to look: a page is gone, or has given no answer for long."""
    if result.outcome == "gone":
        return True
    return result.outcome == "trouble" and _days(result.since, today) >= LASTING


def _days(since: str, today: str) -> int:
    return (date.fromisoformat(today) - date.fromisoformat(since)).days


def code(words: str) -> str:
    """Text that no part of becomes markup, a mention or another cell."""
    return "`" + re.sub(r"[`|\s]+", " ", words).strip() + "`"


def text(words: str) -> str:
    """Words of a host or a library, without what would be markup."""
    return re.sub(r"[^\w .,:;()/'-]+", " ", words).strip()[:120]
