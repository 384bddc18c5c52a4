"""The command that brings files into their form."""

from __future__ import annotations

import pytest

from drills.__main__ import main
from drills.authoring import fmt, writing
from drills.record import tables
from drills.record.problems import UnreadableData


def test_the_record_says_the_same_before_and_after(small):
    """Catch a value that changes, a file that is written in vain, and a form that is not reached at once."""
    before = tables.load(small.folder)
    path = small.path("sources")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    written = {path.name for path in fmt.fmt(small.folder).written}
    assert "sources.csv" in written and "publishers.csv" not in written
    after = tables.load(small.folder)
    for name, key in (("sources", "source_id"), ("claims", "claim_id"), ("events", "event_id")):
        old, new = (getattr(record, name).sort_values(key, ignore_index=True) for record in (before, after))
        assert old.equals(new)
    assert fmt.fmt(small.folder) == fmt.Done()


def test_a_file_that_cannot_be_read_stays_as_it_is(small, capsys):
    """Catch a file that loses what could not be read of it, and silence about it."""
    small.tidy()
    path = small.path("claims")
    path.write_bytes(path.read_bytes() + b'2021-alpha:troops:ALL:9,"open\n')
    before = path.read_bytes()
    assert main(["fmt", "--data", str(small.folder)]) == 1
    assert path.read_bytes() == before
    assert "claims.csv:7:" in capsys.readouterr().err


def test_nothing_is_written_if_one_file_changed_meanwhile(small):
    """Catch an edit that another program saved while the command ran."""
    one, two = small.path("claims"), small.path("events")
    held = one.read_bytes()
    with pytest.raises(UnreadableData, match="changed while"):
        writing.write_all({one: (held, b"new"), two: (b"something else", b"new")})
    assert one.read_bytes() == held
    assert not [path for path in small.folder.iterdir() if path.suffix == ".new"]


def test_a_linked_file_stays_a_link(small, tmp_path):
    """Catch a link to a record kept elsewhere that is replaced by a copy."""
    real = tmp_path / "elsewhere.csv"
    small.path("claims").rename(real)
    small.path("claims").symlink_to(real)
    real.write_bytes(real.read_bytes().replace(b"\n", b"\r\n"))
    fmt.fmt(small.folder)
    assert small.path("claims").is_symlink() and b"\r" not in real.read_bytes()


HANGING = ("participants.csv, claims.csv, date_claims.csv, facts.csv and rulings.csv, which are sorted by it, were "
           "left as they were")


@pytest.mark.parametrize("table, edit, said", [
    ("events", lambda data: data.replace(b"Alpha 2021,", b'"Alpha 2021,'),
     ["events.csv:5:name: a quote opened in this row is never closed; close the cell with \", and write \" inside a "
      "quoted cell as \"\"",
      f"events.csv:1:(file): the file cannot be read whole, and {HANGING}; put it right, then run the command again"]),
    ("events", lambda data: data.replace(b",", b";"),
     ["events.csv:1:(header): the columns are separated by semicolons; export it with commas as separator",
      f"events.csv:1:(file): the file cannot be read whole, and {HANGING}; put it right, then run the command again"]),
    ("events", lambda data: data.replace(b",,2024-08-09", b",,1/8/2024"),
     [f"events.csv:5:start_date: '1/8/2024' is a date rewritten by a spreadsheet, and events.csv, {HANGING}; write it "
      "as YYYY-MM-DD, YYYY-MM or YYYY, and import the column as text, then run the command again"]),
    ("outside_rows", lambda data: data.replace(b"tass-list,", b"tass-lits,"),
     ["outside_rows.csv:2:list_id: 'tass-lits' is not in outside_lists.csv (and 1 more), and outside_rows.csv, which "
      "is sorted by it, was left as it was; add it there or fix the name, then run the command again"]),
])
def test_rows_stay_where_they_are_while_their_order_is_unknown(small, capsys, table, edit, said):
    """Catch rows of good files that are put in another order since one cell of one file cannot be read."""
    # an order that is not that of the ids
    small.edit("events", 2, "start_date", "2024-08-09")
    small.tidy()
    path = small.path(table)
    path.write_bytes(edit(path.read_bytes()))
    sources = small.path("sources")
    sources.write_bytes(sources.read_bytes().replace(b"\n", b"\r\n"))
    before = {path: path.read_bytes() for path in small.folder.iterdir()}
    assert main(["fmt", "--data", str(small.folder)]) == 1
    printed = capsys.readouterr()
    assert printed.err.replace(f"{small.folder}/", "").splitlines() == said
    assert printed.out == f"{sources}: written in its form\n"
    assert [path.name for path, data in before.items() if path.read_bytes() != data] == ["sources.csv"]
