"""What the command line prints: tables with rich on a terminal, plain text when piped."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Mapping

import pandas as pd
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .counting import definitions
from .counting import dossier as dossiers
from .record.problems import printable
from .wording import estimates
from .wording.numbers import exact
from .wording.values import word

PIPED_WIDTH = 10_000
# cells between two columns of a table: padding on both sides of a divider
GAP = 3
# What is printed of each event that counts.
COUNTED_COLUMNS = ["event_id", "start_date", "name", "kind", "framework", "status", "tier"]


def console() -> Console:
    """A console that neither wraps nor decorates what another program will read."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, width=PIPED_WIDTH, no_color=True, force_terminal=False)


def words(text: str, style: str = "") -> Text:
    """Text of the record as a terminal may get it: never markup, and its controls and unseen signs as escapes."""
    return Text("\n".join(map(harmless, text.split("\n"))), style=style)


def harmless(text: str) -> str:
    """Text that commands no terminal: what is `printable` of it, and spaces of any width, which words have."""
    return "".join(sign if unicodedata.category(sign) == "Zs" else printable(sign) for sign in text)


def print_table(out: Console, frame: pd.DataFrame, title: str = "") -> None:
    """Print a frame as a table; numbers to the right, open bounds as '…'. Every cell is text, never markup.

    On a terminal no word or number is ever split: text breaks between words, and where that is not enough the last
    columns are left out, which is said below the table.
    """
    is_piped = not sys.stdout.isatty()
    texts = [[cell(value) for value in row] for row in frame.itertuples(index=False)]
    columns = [[str(name), *(row[place] for row in texts)] for place, name in enumerate(frame.columns)]
    widths = None if is_piped else fitted(columns, out.width)
    kept = len(columns) if widths is None else len(widths)
    shown = Table(title=Text(title) if title else None, title_justify="left", box=None if is_piped else box.SIMPLE_HEAD,
                  pad_edge=False, show_edge=False)
    for place, name in enumerate(frame.columns[:kept]):
        is_number = pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_bool_dtype(frame[name])
        shown.add_column(str(name), justify="right" if is_number else "left", no_wrap=is_piped, overflow="fold",
                         width=widths[place] if widths else None)
    for row in texts:
        shown.add_row(*map(Text, row[:kept]))
    out.print(shown)
    if kept < len(columns):
        left = ", ".join(map(str, frame.columns[kept:]))
        out.print(Text(f"Left out, since the terminal is too narrow: {left}."))


def fitted(columns: list[list[str]], room: int) -> list[int]:
    """The widths, in cells, of as many columns as have room, each at least as wide as its longest word.

    columns: the texts of each, its head first. What is left of the room goes to those whose texts are longer.
    """
    least = [max(cell_len(word) for text in column for word in text.split() or [""]) for column in columns]
    most = [max(map(cell_len, column)) for column in columns]
    kept = len(columns)
    while kept > 1 and sum(least[:kept]) + GAP * (kept - 1) > room:
        kept -= 1
    widths, left = least[:kept], room - sum(least[:kept]) - GAP * (kept - 1)
    # the narrowest wish first, so that what it does not need is there for the wider ones
    for place in sorted(range(kept), key=lambda place: most[place] - least[place]):
        wanting = sum(most[other] > widths[other] for other in range(kept)) or 1
        more = max(min(most[place] - widths[place], left // wanting), 0)
        widths[place] += more
        left -= more
    return widths


def cell(value: object) -> str:
    """A value as text."""
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    if value is None or (not isinstance(value, (tuple, list)) and pd.isna(value)):
        return "…"
    if isinstance(value, float):
        return exact(value)
    return harmless(";".join(value) if isinstance(value, (tuple, list)) else str(value))


def print_estimates(rows: pd.DataFrame, style: str) -> None:
    """Rows of estimates as table, csv (open bounds blank) or json (open bounds null)."""
    if style == "csv":
        print(rows.to_csv(index=False, lineterminator="\n", float_format="%.10g"), end="")
    elif style == "json":
        print(rows.to_json(orient="records", indent=2, force_ascii=False))
    else:
        shown = rows.drop(columns=["claim_ids", "ruling_ids"])
        shown.columns = [name.replace("official_", "off. ").replace("assessed_", "ass. ") for name in shown.columns]
        print_table(console(), shown)


def print_numbers(numbers: Mapping[str, Mapping[str, str]], style: str) -> None:
    """The numbers of each chapter, words by name, as table (chapter, name, words) or json (as given)."""
    if style == "json":
        print(json.dumps(numbers, ensure_ascii=False, indent=2))
    else:
        rows = [(chapter, name, words) for chapter, said in numbers.items() for name, words in said.items()]
        print_table(console(), pd.DataFrame(rows, columns=["chapter", "name", "words"]))


def print_count(found: definitions.Count, definition: definitions.Definition, style: str, is_per_year: bool,
                has_rows: bool) -> None:
    """A count as table or csv, whose first line is `total N`, or json (an object with the total).

    csv: each table asked for follows after the first line, the second one after a blank line.
    """
    frames = {}
    if is_per_year:
        frames["per_year"] = found.per_year
    if has_rows:
        frames["rows"] = found.rows[COUNTED_COLUMNS]
    if style == "json":
        said = {"total": found.total, "reason": found.reason, "definition": definition.describe(),
                "switches": definitions.to_words(definition)}
        tables = {name: json.loads(frame.to_json(orient="records")) for name, frame in frames.items()}
        print(json.dumps(said | tables, ensure_ascii=False, indent=2))
        return
    print(f"total {found.total}")
    if style == "csv":
        print("\n".join(frame.to_csv(index=False, lineterminator="\n") for frame in frames.values()), end="")
        return
    print(definition.describe())
    if found.reason:
        print(f"nothing counts: {found.reason}")
    for frame in frames.values():
        print_table(console(), frame)


def print_dossier(found: dossiers.Dossier) -> None:
    """One event: its facts, the estimates with the rule's steps, the ledger, the sources."""
    out, event = console(), found.event
    out.print(words(f"{event['event_id']}: {event['name']}", style="bold"))
    for name in ("name_ru", "name_zh", "aliases", "tier", "status", "kind", "domain", "framework", "series", "part_of",
                 "start_date", "end_date", "place", "note"):
        value = event[name]
        if (isinstance(value, str) or value) and not (isinstance(value, float) and pd.isna(value)):
            out.print(words(f"  {name}: {cell(value)}"))
    participants = found.participants.assign(sources=found.participants["source_ids"].map(len))
    print_table(out, participants[["country", "role", "is_host", "sources", "note"]], "\nParticipants")
    print_table(out, found.dates.drop(columns="event_id"), "\nDates as sources give them")
    out.print(Text("\nEstimates", style="bold"))
    for _, row in found.groups.iterrows():
        out.print(words(f"  {row['measure']}, {row['scope']}, {row['group']}: {row['figure']}"))
        for line in row["steps"]:
            out.print(words(f"      {line}"))
    _print_ledger(out, found)
    print_table(out, found.facts[["topic", "text", "claimant", "source_id"]], "\nFacts")
    for ruling in found.rulings.itertuples():
        out.print(words(f"\nRuling {ruling.ruling_id} ({ruling.action}): {ruling.reason}"))
    out.print(Text("\nSources", style="bold"))
    for source in found.sources.itertuples():
        link = "" if source.is_mirror or not isinstance(source.url, str) else f" {source.url}"
        out.print(words(f"  {source.source_id}: {source.cited_as}{link}"))


def _print_ledger(out: Console, found: dossiers.Dossier) -> None:
    rows = found.ledger
    shown = pd.DataFrame({
        "measure": rows["measure"], "scope": rows["scope"],
        "said": [estimates.said(*values) for values in zip(rows["value_low"], rows["value_high"], rows["qualifier"],
                                                          strict=True)],
        "stage": rows["stage"], "basis": rows["basis"].map(word), "claimant": rows["claimant"],
        "publisher": rows["publisher"], "standing": rows["standing"], "ruling": rows["ruling_id"],
        "source": rows["source_id"],
        "note": rows["note"].fillna("")})
    print_table(out, shown, "\nLedger: every figure as said")
