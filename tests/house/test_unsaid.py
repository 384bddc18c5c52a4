"""What no page of the book says: columns whose edits run no chapter, since nothing there would be another."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from drills import DATA_VARIABLE, chapters, kept
from drills.counting import reading
from drills.record import tables, version
from drills.site import directive, steps
from tests.helpers import every_card

MORE = " and more"


def all_said(monkeypatch, folder: Path) -> Iterator[tuple[str, str]]:
    """Everything that chapters and parts of pages show of a record, a digest of each by its name."""
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    for card_id, card in every_card.made().items():
        for field in fields(card):
            try:
                yield f"{field.name} of {card_id}", kept.digest(getattr(card, field.name))
            except kept.Unknown:
                # how it is drawn, which does not depend on the record
                continue
    made = reading.load(folder)
    for chapter, numbers in chapters.numbers(made).items():
        yield from ((f"{name} of {chapter}", words) for name, words in numbers.items())
    for name, part in directive.PARTS.items():
        yield f"part {name}", str(part(made))


def edit_unsaid(folder: Path) -> int:
    """Make the text of each cell in columns that no page says longer; returns how many cells that were."""
    edited = 0
    for table, columns in steps.UNSAID.items():
        path = folder / f"{table}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        for row in rows:
            for column in columns:
                edited += bool(row[column])
                row[column] += MORE if row[column] else ""
        sink = io.StringIO()
        writer = csv.DictWriter(sink, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(sink.getvalue(), encoding="utf-8")
    return edited


@pytest.mark.slow
def test_an_edit_of_what_no_page_says_changes_none(monkeypatch, tmp_path):
    """Catch a chapter that begins to say a column of `steps.UNSAID`: take it out there, or its page would be stale."""
    monkeypatch.setenv(version.UNNAMED_VARIABLE, "yes")
    monkeypatch.setattr(reading, "_shared", {})
    before = dict(all_said(monkeypatch, tables.folder()))
    folder = tmp_path / "data"
    shutil.copytree(tables.folder(), folder)
    assert edit_unsaid(folder) > 100
    after = dict(all_said(monkeypatch, folder))
    assert [name for name in before if before[name] != after[name]] == []
    assert {name.split(" of ")[-1] for name in before} >= set(chapters.NAMES)
    assert steps.book_rests_on(folder) == steps.book_rests_on(tables.folder())


@pytest.mark.slow
@pytest.mark.parametrize("name, old, new", [("claims.csv", ",exactly,", ",about,"), ("events.csv", ",core,", ",wider,"),
                                            ("datapackage.json", '"title": "', '"title": "The ')])
def test_an_edit_of_anything_else_changes_what_pages_rest_on(tmp_path, monkeypatch, name, old, new):
    """Catch an edit after which chapters are taken for new that are old."""
    monkeypatch.setenv(version.UNNAMED_VARIABLE, "yes")
    folder = tmp_path / "data"
    shutil.copytree(tables.folder(), folder)
    before, text = steps.book_rests_on(folder), (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert steps.book_rests_on(folder) != before


@pytest.mark.parametrize("content", [b"", b"event_id,note\n\xff,\n", b'event_id,note\n"a'],
                         ids=["empty", "not UTF-8", "an open quote"])
def test_a_table_that_cannot_be_read_is_no_fault_of_this(tmp_path, content):
    """Catch a build that ends before whoever reads the record has said what is wrong in it."""
    folder = tmp_path / "data"
    shutil.copytree(tables.folder(), folder)
    (folder / "events.csv").write_bytes(content)
    assert steps.book_rests_on(folder)


def test_the_name_of_a_state_is_said_on_every_page(tmp_path, monkeypatch):
    """Catch pages that quote one state of the data in the next one."""
    folder = tmp_path / "data"
    shutil.copytree(tables.folder(), folder)
    monkeypatch.setattr(version, "version_in", lambda _package, _folder: "1.0.0-dev+1")
    before = steps.book_rests_on(folder)
    monkeypatch.setattr(version, "version_in", lambda _package, _folder: "1.0.0-dev+2")
    assert steps.book_rests_on(folder) != before
