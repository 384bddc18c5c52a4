"""What the loop says of edits and of builds, which do nothing here: `tests/builds/test_serve.py` has real ones."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest
from watchfiles import Change

from drills.serve import loop, worker
from tests.helpers.coroutines import finished


@pytest.fixture
def made(tmp_path, monkeypatch) -> loop.Loop:
    """A loop on a checkout of three small sources."""
    for name in ("data/claims.csv", "book/index.ipynb", "drills/one.py"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("1", encoding="utf-8")
    monkeypatch.setattr(loop, "PACKAGE", tmp_path / "drills")
    made = loop.Loop(tmp_path, tmp_path / "data")
    made.site.mkdir(parents=True)
    made._context = multiprocessing.get_context("fork")
    return made


def built(made: loop.Loop, monkeypatch, meanwhile: Callable[[], object], *said: tuple[str, object]) -> None:
    """Have a build that does `meanwhile`, finds a fault and says this through its channel."""
    def build(_root: Path, _data_dir: Path, output: Path, channel) -> None:
        (output / worker.WRONG).write_text("Handler <function list_files> threw an exception\n", encoding="utf-8")
        meanwhile()
        for one in said:
            channel.send(one)

    monkeypatch.setattr(worker, "build", build)
    finished(made.build())


@pytest.mark.parametrize("name, is_source", [
    ("data/claims.csv", True), ("data/datapackage.json", True), ("book/index.ipynb", True), ("drills/one.css", True),
    ("data/.sources.csv.866798d4.new", False), ("data/XX13VLi6", False), ("data/sedQx7aB1", False),
    ("data/#claims.csv#", False), ("data/claims.csv~", False), ("data/claims.csv.tmp", False), ("book/4913", False),
    ("book/.ipynb_checkpoints/index.ipynb", False), ("drills/__pycache__/one.py", False),
])
def test_what_programs_write_beside_a_source_is_no_edit(name, is_source):
    """Catch a build, and a line of names that nobody knows, for the passing files of `make fmt`, perl or an editor."""
    assert loop.Sources()(Change.added, f"/checkout/{name}") == is_source


def test_an_edit_counts_if_its_file_is_there_or_was(made, monkeypatch):
    """Catch a file that came and went between two builds and is listed, and one that was taken away and is not."""
    built(made, monkeypatch, lambda: None, (worker.END, True))
    kept, gone, passed = (made.root / name for name in ("book/index.ipynb", "data/claims.csv", "data/passed.csv"))
    gone.unlink()
    assert made._that_count({kept, gone, passed}) == {kept, gone}


@pytest.mark.parametrize("said", [[(worker.END, False)], []], ids=["failed", "ended before its time"])
def test_a_fault_of_a_build_whose_sources_changed_is_not_said(made, monkeypatch, capsys, said):
    """Catch an error about files half of which are of before and half of after: the next build says what is wrong."""
    built(made, monkeypatch, lambda: (made.root / "data/claims.csv").write_text("2 of it", encoding="utf-8"), *said)
    shown = capsys.readouterr().out
    assert loop.AGAIN in shown and "list_files" not in shown and "failed" not in shown and "ended" not in shown


@pytest.mark.parametrize("said", [[(worker.END, False)], []], ids=["failed", "ended before its time"])
def test_a_fault_of_a_build_is_said(made, monkeypatch, capsys, said):
    """Catch a build that fails without a word: what is written beside sources does not make it another edit's fault."""
    built(made, monkeypatch, lambda: (made.root / "data/XX13VLi6").touch(), *said)
    shown = capsys.readouterr().out
    assert "list_files" in shown and loop.AGAIN not in shown


def test_a_problem_is_said_although_sources_changed(made, monkeypatch, capsys):
    """Catch what is wrong in the record, kept back while its author still writes."""
    built(made, monkeypatch, lambda: (made.root / "data/claims.csv").write_text("2 of it", encoding="utf-8"),
          (worker.PROBLEMS, ["data/claims.csv:2: wrong"]))
    assert "data/claims.csv:2: wrong" in capsys.readouterr().out
