"""Ids are for ever: tombstones, and the record against a release that is kept beside it. One test a rule."""

from __future__ import annotations

import zipfile

import pytest

from drills import checks
from drills.record import states
from drills.record.version import Version

OLD = "events,2021-first-alpha,First Alpha,2021-08,renamed,2021-alpha,2021-09-01,Named as its series\n"
NEW = "2021-alpha-qingtongxia"


@pytest.fixture
def released(small_at, tmp_path):
    """The small record as release 1.0.0, with that release beside it."""
    small = small_at(tmp_path / "data")
    small.name("1.0.0")
    folder = tmp_path / states.FOLDER / "1.0.0"
    folder.mkdir(parents=True)
    (folder / states.MANIFEST_FILE).write_text("{}")
    with zipfile.ZipFile(folder / states.data_zip(Version(1, 0, 0)), "w") as archive:
        for name, content in states.of_folder(small.folder).files.items():
            archive.writestr(f"data/{name}", content)
    assert small.problems() == []
    return small


BROKEN = [
    (2, "id", "2023-alpha", "'2023-alpha' was withdrawn and stands in events.csv again"),
    (2, "became", "", "the row does not say what the id became"),
    (3, "became", "2021-alpha", "a row that was withdrawn became nothing, but '2021-alpha' is named"),
    (2, "became", "2021-omega", "'2021-omega' is neither in events.csv nor in withdrawn.csv"),
    (2, "became", "2021-first-alpha", "'2021-first-alpha' is neither in events.csv nor in withdrawn.csv"),
    (2, "start_date", "", "a row of events.csv has a first day"),
    (4, "start_date", "2021-01-01", "a row of sources.csv has no first day"),
    (2, "table", "event", "'event' is not an allowed value"),
    (2, "withdrawn_on", "2021-09", "'2021-09' is not a date"),
    (2, "reason", "", "the cell is blank"),
]


@pytest.mark.parametrize("line, column, value, rule", BROKEN)
def test_a_broken_tombstone(small, line, column, value, rule):
    """Catch an old address without an answer, or a wrong one."""
    small.edit("withdrawn", line, column, value)
    (problem,) = small.found()
    assert small.printed(problem).startswith(f"withdrawn.csv:{line}:") and rule in str(problem)
    assert problem.value == small.cell(problem)


def test_days_of_tombstones_come_with_their_fix(small):
    """Catch a fix that asks for the day of a row that has none."""
    small.edit("withdrawn", 2, "start_date", "")
    small.edit("withdrawn", 4, "start_date", "2021-01-01")
    assert [line.partition("; ")[2] for line in small.problems()] == [
        "write the start_date that the event had", "leave it blank"]


def test_a_chain_of_names_leads_to_the_row_of_today(small):
    """Catch an event renamed twice whose first address is called wrong, or one that was withdrawn in the end."""
    small.swap("withdrawn", OLD, OLD + OLD.replace("first-alpha", "zero").replace(",2021-alpha,", ",2021-first-alpha,"))
    assert small.problems() == []
    small.swap("withdrawn", "2021-first-alpha,2021-09-01", "2020-alpha,2021-09-01")
    assert small.problems() == []


def test_two_rows_cannot_both_be_renamed_to_one(small):
    """Catch a calendar in which two old entries turn into the same one."""
    small.swap("withdrawn", OLD, OLD + OLD.replace("first-alpha", "other-alpha"))
    assert small.problems() == ["withdrawn.csv:3:change: another id was renamed to '2021-alpha' already; write merged: "
                                "two rows became one"]


def test_an_id_that_was_released_does_not_vanish(released):
    """Catch a renamed event whose old address is dead."""
    released.name("1.0.1-dev")
    for table in ("events", "participants", "claims", "facts", "date_claims", "rulings", "outside_rows"):
        text = released.path(table).read_text(encoding="utf-8")
        released.path(table).write_text(text.replace("2021-alpha", NEW), encoding="utf-8")
    released.swap("withdrawn", "renamed,2021-alpha,", f"renamed,{NEW},")
    gone = [problem for problem in released.found() if "of release 1.0.0 is gone" in problem.rule]
    assert [released.printed(problem).split(":")[0] for problem in gone] == [
        "claims.csv"] * 3 + ["events.csv"] + ["rulings.csv"] * 2
    assert released.printed(gone[3]) == (
        "events.csv:1:event_id: '2021-alpha' of release 1.0.0 is gone; restore the row, or say in withdrawn.csv what "
        "became of it and why")
    assert gone[3].value == "2021-alpha" and gone[-1].column == "ruling_id"
    released.swap("withdrawn", f"2021-first-alpha,First Alpha,2021-08,renamed,{NEW},",
                  f"2021-alpha,Alpha 2021,2021-08,renamed,{NEW},")
    lost = [problem for problem in released.found() if "is gone" in problem.rule]
    left = list(map(released.printed, lost))
    # claims go with their event, rulings have names of their own, and the line that was overwritten is missed
    assert [line.split(":")[0] for line in left] == ["rulings.csv", "rulings.csv", "withdrawn.csv"]
    assert left[-1] == ("withdrawn.csv:1:id: the line on '2021-first-alpha' of release 1.0.0 is gone; restore it: old "
                        "addresses still ask for it")
    assert lost[-1].value == "2021-first-alpha"


@pytest.mark.slow
def test_data_that_changed_have_another_version(released):
    """Catch two data sets that are cited as one release."""
    released.edit("claims", 2, "note", "Counted twice")
    assert released.problems() == [
        "datapackage.json:1:version: the data are not those of release 1.0.0, whose version they carry; "
        'write "version": "1.0.1-dev" until the next release is made']
    released.name("1.0.1-dev")
    assert released.problems() == []
    released.name("0.9.0")
    [problem] = released.found()
    assert (problem.column, problem.value) == ("version", "0.9.0")
    assert problem.rule == "the version 0.9.0 is older than release 1.0.0"
    assert problem.fix == 'write "version": "1.0.1-dev" until the next release is made'


@pytest.mark.slow
def test_the_record_is_held_against_its_releases():
    """Catch a change of the live data that carries the version of a release."""
    assert checks.check() == []


@pytest.mark.parametrize("table, line, column, value, message", [
    ("outside_rows", 4, "event_id", "2020-alpha",
     "'2020-alpha' was withdrawn and is not in events.csv; take the name out and change standing"),
    ("outside_rows", 4, "event_id", "1999-nowhere", "'1999-nowhere' is not in events.csv; add it to events.csv, or fix "
     "the name, or, if it is withdrawn, take the name out and change standing"),
    ("outside_rows", 4, "event_id", "2021-alpah", "'2021-alpah' is not in events.csv; did you mean '2021-alpha'? Or, "
     "if it is withdrawn, take the name out and change standing"),
    ("facts", 2, "event_id", "2021-first-alpha",
     "'2021-first-alpha' was renamed and is not in events.csv; write '2021-alpha', which it became"),
    ("claims", 5, "source_id", "tass-9", "'tass-9' was merged and is not in sources.csv; write 'tass-1', which it "
     "became"),
])
def test_a_cell_that_names_what_is_gone(small, table, line, column, value, message):
    """Catch an author who is told to add again what was withdrawn, or to guess what it is called now."""
    small.edit(table, line, column, value)
    assert f"{table}.csv:{line}:{column}: {message}" in small.problems()
