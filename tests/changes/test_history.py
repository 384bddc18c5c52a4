"""The history of rows: tiny repositories of which every commit is known."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from drills.changes import history
from drills.changes.history import Cell
from drills.record import package, tables

EVENTS = "event_id,name,status\n"
CLAIMS = "claim_id,event_id,value_low,note\n"


class Checkout:
    """A repository with a data/ folder; `commit` writes files and commits them on a given day."""

    def __init__(self, folder: Path):
        self.folder = folder
        (folder / "data").mkdir(parents=True)
        shutil.copy(tables.DATA / package.PACKAGE_FILE, folder / "data")
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str) -> str:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1",
                       "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "c",
                       "GIT_COMMITTER_EMAIL": "c@d", "GIT_AUTHOR_DATE": getattr(self, "day", ""),
                       "GIT_COMMITTER_DATE": "2030-01-01T00:00:00Z"}
        return subprocess.run(["git", *words], cwd=self.folder, env=environment, check=True, capture_output=True,
                              text=True).stdout

    def commit(self, day: str, subject: str, **files: str) -> str:
        self.day = f"{day}T12:00:00Z"
        for name, text in files.items():
            (self.folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)
        return self.git("rev-parse", "HEAD").strip()

    def read(self) -> dict[str, list[history.Change]]:
        return history.histories(self.folder / "data")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "copy")


def tallies(found: list[history.Change]) -> list[tuple]:
    return [(one.date, one.table, one.added, one.changed, one.removed) for one in found]


def test_rows_added_changed_and_removed(checkout):
    """Catch a change that is reported of the wrong event, day, table or kind, or in the wrong order."""
    checkout.commit("2024-01-01", "first", events=EVENTS + "e-1,One,planned\ne-2,Two,held\n",
                    claims=CLAIMS + "e-1:a:1,e-1,5,\ne-1:a:2,e-1,6,\n", sources="source_id,url\ns-1,\n")
    last = checkout.commit("2024-02-02", "second <b>", events=EVENTS + "e-1,One,held\n",
                           claims=CLAIMS + "e-1:a:2,e-1,7,\ne-1:a:3,e-1,8,\n")
    found = checkout.read()
    assert tallies(found["e-1"]) == [("2024-02-02", "events", 0, 1, 0), ("2024-02-02", "claims", 1, 1, 1),
                                     ("2024-01-01", "events", 1, 0, 0), ("2024-01-01", "claims", 2, 0, 0)]
    assert tallies(found["e-2"]) == [("2024-02-02", "events", 0, 0, 1), ("2024-01-01", "events", 1, 0, 0)]
    assert (found["e-1"][0].commit, found["e-1"][0].subject) == (last, "second <b>")
    assert found["e-1"][0].cells == (Cell("", "status", "planned", "held"),)
    assert found["e-1"][1].cells == (Cell("e-1:a:2", "value_low", "6", "7"),)


def test_quoted_cells(checkout):
    """Catch a row that is cut at a comma or quote inside a cell, and lines that look like git's own."""
    odd = 'e-1:a:1,e-1,5,"a, ""b"" -- c"\n'
    checkout.commit("2024-01-01", "first", claims=CLAIMS + odd)
    checkout.commit("2024-02-02", "second", claims=CLAIMS + odd + '"--- a/data/x.csv",e-1,,"@@ -1 +1 @@"\n')
    checkout.commit("2024-03-03", "third", claims=CLAIMS + odd.replace("c", "d"))
    found = checkout.read()["e-1"]
    assert tallies(found) == [("2024-03-03", "claims", 0, 1, 1), ("2024-02-02", "claims", 1, 0, 0),
                              ("2024-01-01", "claims", 1, 0, 0)]
    assert found[0].cells == (Cell("e-1:a:1", "note", 'a, "b" -- c', 'a, "b" -- d'),)


def test_a_row_that_moves_is_no_change(checkout):
    """Catch a sorted file, or one that gains a line end, shown as a change of its events."""
    checkout.commit("2024-01-01", "first", events=EVENTS + "e-1,One,held\ne-2,Two,held")
    checkout.commit("2024-02-02", "sorted", events=EVENTS + "e-2,Two,held\ne-1,One,held\n")
    assert [len(rows) for rows in checkout.read().values()] == [1, 1]


def test_numbers_saved_by_another_program_are_no_change(checkout):
    """Catch hundreds of rows called changed because 10 became 10.0, and a change of value that is lost with them."""
    checkout.commit("2024-01-01", "first", claims=CLAIMS + "e-1:a:1,e-1,10,\ne-2:a:1,e-2,5,\ne-3:a:1,e-3,v1.0,\n")
    checkout.commit("2024-02-02", "saved", claims=CLAIMS + "e-1:a:1,e-1,10.0,\ne-2:a:1,e-2,5.5,\ne-3:a:1,e-3,v1,\n")
    found = checkout.read()
    assert len(found["e-1"]) == 1
    assert [found[name][0].cells[0].after for name in ("e-2", "e-3")] == ["5.5", "v1"]


def test_a_repository_that_git_does_not_read_is_reported(checkout, monkeypatch):
    """Catch pages that say a checkout has no history when git refuses to read it."""
    checkout.commit("2024-01-01", "first", events=EVENTS + "e-1,One,held\n")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(checkout.folder))
    with pytest.warns(UserWarning, match="since git says: fatal: detected dubious ownership"):
        assert checkout.read() == {}


def test_a_last_line_without_an_end(checkout):
    """Catch git's remark on a missing line end read as a row."""
    checkout.commit("2024-01-01", "first", events=EVENTS + "e-1,One,held")
    checkout.commit("2024-02-02", "second", events=EVENTS + "e-1,Two,held\n")
    assert tallies(checkout.read()["e-1"])[0] == ("2024-02-02", "events", 0, 1, 0)


def test_columns_that_move_and_change(checkout):
    """Catch rows read under a header of another day: event_id by place instead of by name."""
    checkout.commit("2024-01-01", "first", claims=CLAIMS + "e-1:a:1,e-1,5,x\n")
    checkout.commit("2024-02-02", "other header", claims="event_id,claim_id,low,note\ne-1,e-1:a:1,5,x\n")
    checkout.commit("2024-03-03", "new row", claims="event_id,claim_id,low,note\ne-1,e-1:a:1,5,x\ne-9,e-9:a:1,5,\n")
    found = checkout.read()
    assert found["e-1"][0].cells == (Cell("e-1:a:1", "value_low", "5", ""), Cell("e-1:a:1", "low", "", "5"))
    assert tallies(found["e-9"]) == [("2024-03-03", "claims", 1, 0, 0)]
    assert set(found) == {"e-1", "e-9"}


def test_rows_that_do_not_fit_are_left_out(checkout):
    """Catch a crash on a file that was broken for a day."""
    checkout.commit("2024-01-01", "first", events=EVENTS + 'e-1,One,held\ne-2,"open\n', claims="<<<<<<< mine\n")
    checkout.commit("2024-02-02", "corrected", events=EVENTS + "e-1,One,held\ne-2,Two,held\n", claims=CLAIMS)
    assert [change.subject for change in checkout.read()["e-2"]] == ["corrected"]


def test_a_shallow_clone_does_not_claim_that_all_is_new(checkout, tmp_path):
    """Catch every row shown as added by the one commit at which the clone was cut off."""
    checkout.commit("2024-01-01", "first", events=EVENTS + "e-1,One,planned\n")
    checkout.commit("2024-02-02", "second", events=EVENTS + "e-1,One,held\n")
    for depth, expected in (("1", {}), ("2", {"e-1": 1})):
        checkout.commit(f"2024-03-0{depth}", "other", events=EVENTS + f"e-1,One,{depth}\n")
        clone = tmp_path / depth
        checkout.git("clone", "-q", "--depth", depth, f"file://{checkout.folder}", str(clone))
        assert {name: len(rows) for name, rows in history.histories(clone / "data").items()} == expected


def test_settings_of_the_reader_do_not_matter(checkout, monkeypatch):
    """Catch prefixes, colours or words that a personal configuration puts into the log."""
    checkout.commit("2024-01-01", "first", events=EVENTS + "e-1,One,held\n")
    checkout.commit("2024-02-02", "second", events=EVENTS + "e-0,X,a\ne-1,One,held\ne-2,X,a\n")
    checkout.commit("2024-03-03", "third", events=EVENTS + "e-0,X,b\ne-1,One,held\ne-2,X,b\n")
    for name, value in (("diff.noprefix", "true"), ("diff.interHunkContext", "9"), ("color.ui", "always"),
                        ("log.showSignature", "true"),
                        ("diff.renames", "copies"), ("log.date", "relative"), ("format.pretty", "oneline")):
        checkout.git("config", name, value)
    found = checkout.read()
    assert tallies(found["e-1"]) == [("2024-01-01", "events", 1, 0, 0)]
    assert [change.date for change in found["e-2"]] == ["2024-03-03", "2024-02-02"]


@pytest.mark.filterwarnings("error")
def test_no_git_and_no_repository(checkout, tmp_path, monkeypatch):
    """Catch a build that fails where there is no history to read."""
    empty = tmp_path / "empty"
    shutil.copytree(checkout.folder / "data", empty / "data")
    assert history.histories(empty / "data") == {} == history.histories(tmp_path / "nowhere") == checkout.read()
    checkout.commit("2024-01-01", "first", events=EVENTS + "e-1,One,held\n")
    assert checkout.read()
    monkeypatch.setenv("PATH", "")
    assert checkout.read() == {}
