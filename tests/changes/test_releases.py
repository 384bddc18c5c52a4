"""What a release changes, the number that fits it, and how it is told: two states of the small record."""

from __future__ import annotations

import csv
import io
import json

import pytest

from drills.changes import releases
from drills.changes.tombstones import Tombstones
from drills.record import package, states, tables
from drills.record.version import Version


def changed(small, edit) -> list[releases.RowChange]:
    """What differs after an edit of the small record."""
    before = states.of_folder(small.folder)
    edit(small)
    return releases.compare(before, states.of_folder(small.folder), Tombstones(tables.load(small.folder).withdrawn))


def tell(changes: list[releases.RowChange]) -> list[tuple]:
    return [(change.table, change.key, change.change, *(cell[0] for cell in change.cells)) for change in changes]


def drop(table: str, beginning: str):
    """An edit that takes a row away."""
    def edit(small):
        lines = small.path(table).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(beginning)]
        small.path(table).write_text("".join(kept), encoding="utf-8")
    return edit


def add(table: str, row: str):
    def edit(small):
        small.path(table).write_text(small.path(table).read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    return edit


def cell(table: str, line: int, column: str, value: str):
    return lambda small: small.edit(table, line, column, value)


def rename(small) -> None:
    small.swap("milestones", "2022-09-call,", "2022-09-putin-xi,")
    add("withdrawn", "milestones,2022-09-call,,,renamed,2022-09-putin-xi,2026-11-29,Named as others")(small)


def column_gone(small) -> None:
    path = small.folder / package.PACKAGE_FILE
    described = json.loads(path.read_text(encoding="utf-8"))
    fields = package.resources(described)["searches"]["schema"]["fields"]
    fields[-1]["name"] = "remark"
    path.write_text(json.dumps(described), encoding="utf-8")
    text = small.path("searches").read_text(encoding="utf-8")
    small.path("searches").write_text(text.replace(",note\n", ",remark\n", 1), encoding="utf-8")


KINDS = [
    (cell("claims", 2, "value_low", "12000"), "patch",
     [("claims", "2021-alpha:troops:ALL:1", "corrected", "value_low")]),
    (cell("claims", 2, "value_low", "10000.0"), "patch", []),
    (add("sources", "tass-7,https://tass.example/7,TASS,More,false,2021-08-09,,ru,agency,false,false,,,"), "minor",
     [("sources", "tass-7", "added")]),
    (drop("milestones", "2022-09-call"), "major", [("milestones", "2022-09-call", "withdrawn")]),
    (rename, "major", [("milestones", "2022-09-call", "renamed", "became"), ("milestones", "2022-09-putin-xi", "added"),
                       ("withdrawn", "milestones; 2022-09-call", "added")]),
    (drop("participants", "2023-alpha,CHN"), "major", [("participants", "2023-alpha; CHN", "withdrawn")]),
    # a corrected statement or date is no new row, although what it says is part of its key
    (cell("facts", 2, "text", "Su-30SM2 fighters"), "patch",
     [("facts", "2021-alpha; equipment; xinhua-1; Su-30SM2 fighters", "corrected", "text")]),
    (cell("date_claims", 2, "value", "2021-08-10"), "patch",
     [("date_claims", "2021-alpha; start; xinhua-1; 2021-08-10", "corrected", "value")]),
    (column_gone, "major", [("searches", "", "column_added", "remark"), ("searches", "", "column_withdrawn", "note")]),
]


@pytest.mark.slow
@pytest.mark.parametrize("edit, kind, expected", KINDS)
def test_what_a_change_asks_for(small, edit, kind, expected):
    """Catch a release that breaks somebody's program under the number of a small correction, and the reverse."""
    found = changed(small, edit)
    assert tell(found) == expected and releases.weight(found) == kind


FITS = [("patch", "1.4.2", ["1.4.3", "1.5.0", "2.0.0"]), ("minor", "1.4.2", ["1.5.0", "2.0.0"]),
        ("major", "1.4.2", ["2.0.0"])]


@pytest.mark.parametrize("kind, before, fitting", FITS)
def test_which_version_fits(kind, before, fitting):
    """Catch a version that is too low for its change, leaves numbers out, or was there before."""
    change = {"patch": "corrected", "minor": "added", "major": "withdrawn"}[kind]
    changes = [releases.RowChange("events", "2020-x", change)]
    for text in ("1.4.1", "1.4.2", "1.4.3", "1.4.4", "1.5.0", "1.5.1", "1.6.0", "2.0.0", "2.1.0", "3.0.0"):
        said = releases.misfit(Version.parse(text), Version.parse(before), changes)
        assert (said == "") == (text in fitting), said
        assert said == "" or f"first events.csv 2020-x {change}; write {fitting[0]}" in said
    assert releases.misfit(Version(1, 4, 3), Version(1, 4, 2), []) == ""
    assert "nothing but code has changed" in releases.misfit(Version(1, 4, 2), Version(1, 4, 2), [])


def test_the_changelog_names_rows(small):
    """Catch a changelog that only counts, and one that lists a thousand rows."""
    def edit(record):
        record.edit("claims", 2, "value_low", "12000")
        rename(record)
        for number in range(10, 20):
            add("publishers", f"House {number},House {number},agency,RUS,")(record)

    assert releases.changelog(changed(small, edit)) == [
        "- `claims`: 1 corrected (`2021-alpha:troops:ALL:1`: value_low).",
        "- `publishers`: 10 added (" + ", ".join(f"`House {number}`" for number in range(10, 18)) + " and 2 more).",
        "- `milestones`: 1 added (`2022-09-putin-xi`); 1 renamed (`2022-09-call`, now `2022-09-putin-xi`).",
        "- `withdrawn`: 1 added (`milestones; 2022-09-call`)."]


def test_every_change_is_listed_in_full(small):
    """Catch a corrected cell that is named without what it said before."""
    text = releases.as_csv(changed(small, cell("claims", 2, "value_low", "12000")))
    assert list(csv.reader(io.StringIO(text))) == [
        list(releases.COLUMNS), ["claims", "2021-alpha:troops:ALL:1", "corrected", "value_low", "10000", "12000"]]
