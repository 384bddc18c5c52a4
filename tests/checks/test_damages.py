"""Damages to the real record: each is named where it stands, or may pass with a reason and can be built.

A small fixed part runs always; `DRILLS_SLOW=1 python -m pytest -n 0 tests/checks/test_damages.py` runs them all.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import damages
from drills import DATA_VARIABLE, chapters, checks
from drills.counting import reading
from drills.downloads import bundle, derived, feeds
from drills.record import tables
from drills.site.pages import event_card, event_tables, events, series, series_pictures
from tests.helpers import every_card

IS_SLOW = bool(os.environ.get("DRILLS_SLOW"))
STEP = 1 if IS_SLOW else 50
BASE = "https://site.example/drills/"


def test_there_are_hundreds_of_kinds():
    """Catch a list of damages that became a toy, and one kind that stands twice."""
    kinds = damages.kinds()
    assert len(kinds) > 300 and len({str(kind) for kind in kinds}) == len(kinds)


@pytest.mark.slow
def test_damages_are_named_where_they_stand():
    """Catch a damage that passes in silence, is named elsewhere or ends in a traceback."""
    done = damages.run(damages.kinds()[::STEP])
    verdicts = Counter(one.verdict for one in done)
    bad = [f"{one.kind}: {one.verdict}" for one in done if one.verdict not in (damages.NAMED, damages.LEGAL)]
    assert not verdicts[damages.CRASHED] and len(bad) <= max(1, 0.03 * len(done)), bad


def test_a_damage_that_no_rule_knows_is_silent(monkeypatch):
    """Catch a count that finds everything named, whatever the check says."""
    monkeypatch.setattr(checks, "examine", lambda folder: checks.Findings([], list))
    done = damages.run(damages.kinds()[::400])
    assert done and all(one.verdict in (damages.SILENT, damages.LEGAL) for one in done)


@pytest.mark.skipif(not IS_SLOW, reason="makes every page, card and file once more: set DRILLS_SLOW=1")
def test_what_passes_the_check_can_be_built(tmp_path, monkeypatch):
    """Catch a record that the check calls sound and that stops a chapter, a card, a page or a file."""
    copy = damages.Copy(tmp_path / "data")
    legal = [kind for kind in damages.kinds() if kind.legal and kind.sort == "cell"]
    copy.restore()
    planted = [one for number, kind in enumerate(legal) if (one := copy.plant(kind, number)) is not None]
    copy.write()
    assert len(planted) > 20
    fix(copy, tmp_path / "data")
    build(tmp_path / "data", monkeypatch)


def fix(copy: damages.Copy, folder: Path) -> None:
    """Put back the rows that the check names, until it calls the record sound."""
    sound = {table: texts for table in copy.rows if (texts := (tables.DATA / f"{table}.csv").read_text(
        encoding="utf-8").splitlines(keepends=True))}
    event_ids = {next(csv.reader([text]))[0] for text in sound["events"][1:]}
    for _ in range(20):
        if not (problems := checks.check(folder)):
            return
        for problem in problems:
            name, row = Path(problem.file).stem, problem.line - 1
            if name not in copy.rows or row >= len(copy.rows[name]):
                continue
            if copy.rows[name][row] != sound[name][row]:
                copy.rows[name][row] = sound[name][row]
                continue
            # the row is sound: what it is at odds with is another row of its event
            of_event = set(next(csv.reader([sound[name][row]]))) & event_ids
            for table, whole in sound.items():
                for at, text in enumerate(whole):
                    if copy.rows[table][at] != text and of_event & set(next(csv.reader([text]))):
                        copy.rows[table][at] = text
        copy.write()
    raise AssertionError(f"the record stays unsound: {checks.check(folder)[0]}")


def build(folder: Path, monkeypatch) -> None:
    """Everything that the site is made of, in this process."""
    monkeypatch.setenv(DATA_VARIABLE, str(folder))
    read = reading.load(folder)
    assert chapters.numbers(read, chapters.NAMES)
    rows = event_tables.rows(read)
    cards, of_series = event_card.Cards(read, rows), series_pictures.cards(read)
    pages = [*events.pages(read, rows, cards, {}, "https://code.example", BASE),
             *series.pages(read, rows, of_series, BASE)]
    assert len(pages) > len(read.record.events)
    assert all(cards.files(event_id) for event_id in cards)
    assert all(card.files() for cards_of_one in of_series.values() for card in cards_of_one)
    assert every_card.cards.__wrapped__()
    assert bundle.contents(read, folder, list(derived.all_tables(read).values()))
    assert feeds.atom(read, BASE, {}) and feeds.calendar(read, BASE, {})
