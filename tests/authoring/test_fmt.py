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
