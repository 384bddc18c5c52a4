"""Tables on a terminal of any width: no word and no number is ever split, and what has no room is named."""

from __future__ import annotations

import io
import re
import sys

import pandas as pd
import pytest
from rich.cells import cell_len
from rich.console import Console

from drills import terminal
from drills.counting import definitions
from drills.counting.reading import load

WIDTHS = [*range(40, 100, 7), *range(100, 201, 20)]


@pytest.fixture
def printed(monkeypatch):
    """Print a frame as on a terminal of a given width."""
    def on(frame: pd.DataFrame, width: int) -> str:
        text = io.StringIO()
        out = Console(file=text, width=width, force_terminal=True, color_system=None, highlight=False)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        terminal.print_table(out, frame)
        return re.sub(r"\x1b\[[0-9;]*m", "", text.getvalue())

    return on


def frames(reading) -> dict[str, pd.DataFrame]:
    vostok = reading.dossier("2018-vostok")
    by_length = reading.estimates.sort_values("event_id", key=lambda ids: ids.str.len(), kind="stable")
    return {"estimates": by_length.drop(columns=["claim_ids", "ruling_ids"]).tail(15),
            "ledger": vostok.ledger[["measure", "scope", "stage", "value_low", "claimant", "source_id"]].tail(20),
            "facts": vostok.facts[["topic", "text", "claimant", "source_id"]]}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_is_split_at_any_width(reading, printed, width):
    """Catch 300,000 printed as 300, and below it 000."""
    for name, frame in frames(reading).items():
        told = printed(frame, width)
        head, *left = re.split(r"Left\s+out,\s+since\s+the\s+terminal\s+is\s+too\s+narrow:", told)
        dropped = re.findall(r"\w+", "".join(left))
        kept = [column for column in frame.columns if column not in dropped]
        assert dropped == list(frame.columns[len(kept):]) and kept
        known = {word for column in kept for value in frame[column] for word in terminal.cell(value).split()}
        found = set(re.sub(r"[─━]+", " ", head).split())
        assert found <= known | set(kept), (name, found - known - set(kept))
        # and none is lost
        assert known <= found, (name, known - found)
        assert max(map(cell_len, told.splitlines())) <= width


def test_a_wide_terminal_drops_nothing(reading, printed):
    """Catch a column that is left out although there is room."""
    for frame in frames(reading).values():
        assert "Left out" not in printed(frame, 1_000)


def test_the_last_columns_go_first():
    """Catch a table without the names of its rows."""
    columns = [["event_id", "2018-vostok"], ["low", "297,000"], ["note", "a few words more than there is room for"]]
    assert terminal.fitted(columns, 29) == [11, 7, 5] and terminal.fitted(columns, 28) == [11, 7]
    assert terminal.fitted(columns, 10) == [11] and terminal.fitted(columns, 100) == [11, 7, len(columns[2][1])]


def test_letters_that_take_two_cells_are_measured_so():
    """Catch a Chinese name that runs over the edge."""
    assert terminal.fitted([["名称", "联合军事演习"], ["low", "1"]], 18) == [12, 3]


# a colour, a link and a title of a terminal, C1 controls, a change of direction, a line that looks like another
COMMANDS = ("Red\x1b[31m \x1b]8;;https://evil.example\x07here\x1b]8;;\x07 \x9b2J \u202eback \u2028 \x08\x7f "
            "[bold]markup[/bold]")


def test_no_cell_commands_the_terminal(small, capsys):
    """Catch a cell whose escape codes colour, clear or rename the terminal of whoever prints the record."""
    for table, line, column in (("events", 2, "name"), ("events", 2, "note"), ("events", 2, "aliases"),
                                ("participants", 2, "note"), ("claims", 2, "claimant"), ("claims", 2, "note"),
                                ("date_claims", 2, "note"), ("facts", 2, "text"), ("rulings", 2, "reason"),
                                ("sources", 6, "title")):
        small.edit(table, line, column, COMMANDS)
    reading = load(small.folder)
    terminal.print_dossier(reading.dossier("2021-alpha"))
    definition = definitions.Definition()
    terminal.print_count(definitions.count(reading.record.events, definition, reading.houses), definition, "table",
                         is_per_year=True, has_rows=True)
    printed = capsys.readouterr().out
    assert [sign for sign in printed if not sign.isprintable() and sign != "\n"] == []
    assert printed.count("Red\\x1b[31m") >= 10 and printed.count("[bold]markup[/bold]") >= 10
