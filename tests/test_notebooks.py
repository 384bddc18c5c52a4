"""Stored outputs of the chapters: all are made before any is written, and each file is replaced in one step."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from itertools import count
from pathlib import Path

import pytest
from jupyter_client.asynchronous import AsyncKernelClient
from nbclient.exceptions import CellExecutionError

from drills import DATA_VARIABLE, notebooks
from drills.record import tables
from tests.helpers.books import chapter
from tests.helpers.processes import Begun

# `drills notebooks`, on the chapters of another folder
COMMAND = """
import pathlib, sys
from drills import __main__, notebooks
notebooks.BOOK = pathlib.Path(sys.argv[1])
sys.exit(__main__.main(["notebooks"]))
"""

# what comes before it where no kernel is ever to be ready
NEVER_READY = """
import asyncio
from jupyter_client.asynchronous import AsyncKernelClient
async def wait(_client, timeout):
    print("at work", flush=True)
    await asyncio.Event().wait()
AsyncKernelClient.wait_for_ready = wait
"""


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A folder of two chapters: one is quick, the other has this code."""
    def write(code: str) -> dict[Path, bytes]:
        for name, source in (("a", "6 * 7"), ("b", code)):
            (tmp_path / f"{name}.ipynb").write_text(chapter("One", source), encoding="utf-8")
        return {path: path.read_bytes() for path in sorted(tmp_path.glob("*.ipynb"))}

    monkeypatch.setattr(notebooks, "BOOK", tmp_path)
    monkeypatch.setattr(notebooks, "README_PICTURE", tmp_path / "picture.svg")
    monkeypatch.setattr(notebooks, "readme_picture", lambda: "<svg/>")
    # what is put there for the kernels is as it was afterwards
    for name in ("DRILLS_CARDS", DATA_VARIABLE):
        monkeypatch.setenv(name, "text")
    return write


@pytest.mark.slow
def test_outputs_are_stored(book, tmp_path, capfd):
    """Catch outputs that are lost, files that are written although nothing has changed, what is left beside, and what
    a kernel says that is no fault."""
    book("'forty' + '-two'")
    assert notebooks.refresh_all([], tables.DATA) == 0
    assert "42" in (tmp_path / "a.ipynb").read_text("utf-8")
    assert "forty-two" in (tmp_path / "b.ipynb").read_text("utf-8")
    assert notebooks.refresh_all(["a"], tables.DATA) == 0
    said = capfd.readouterr()
    assert said.err == ""
    assert said.out.splitlines()[-2:] == [f"{tmp_path.name}/a.ipynb: unchanged",
                                             f"{tmp_path.name}/picture.svg: unchanged"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ipynb", "b.ipynb", "picture.svg"]


@pytest.mark.slow
def test_a_failing_cell_changes_no_chapter(book, capsys):
    """Catch a chapter with new outputs beside one with old ones, and a traceback of this program."""
    before = book("1 / 0")
    assert notebooks.refresh_all([], tables.DATA) == 1
    assert {path: path.read_bytes() for path in before} == before
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said and said.endswith("no chapter was changed\n")
    assert notebooks.refresh_all(["c"], tables.DATA) == 2 and "there are: a, b" in capsys.readouterr().err


@pytest.mark.slow
def test_a_failure_ends_a_kernel_that_begins(book, monkeypatch):
    """Catch a kernel of another chapter that stays behind, for nobody, until this process ends."""
    paths = [*book("1 / 0")]
    paths[0].write_bytes(paths[1].read_bytes())
    begin, numbers = AsyncKernelClient.wait_for_ready, count()

    async def wait(client, timeout):
        await (asyncio.Event().wait() if next(numbers) else begin(client, timeout=timeout))

    monkeypatch.setattr(AsyncKernelClient, "wait_for_ready", wait)
    before = set(multiprocessing.active_children())
    with pytest.raises(CellExecutionError):
        notebooks.refresh(paths)
    assert set(multiprocessing.active_children()) == before


@pytest.mark.slow
@pytest.mark.parametrize("number, first", [(signal.SIGINT, ""), (signal.SIGTERM, ""), (signal.SIGKILL, ""),
                                           (signal.SIGINT, NEVER_READY)],
                         ids=["INT", "TERM", "KILL", "INT while kernels begin"])
def test_an_interrupted_run_changes_no_chapter(book, tmp_path, number, first):
    """Catch outputs of a part of the chapters, a kernel that stays behind, and a run that waits for one to end."""
    before = book("import os, signal\nos.write(1, b'at work\\n')\nsignal.pause()")
    # the command forks its kernels, which no process can that has run other tests
    begun = Begun(lambda: os.execv(sys.executable, [sys.executable, "-c", first + COMMAND, str(tmp_path)]))
    begun.until("at work")
    os.kill(begun.pid, number)
    # the kernels hold the pipe too: it ends when they have
    code, said = begun.end()
    assert {path: path.read_bytes() for path in before} == before
    if number == signal.SIGINT:
        assert code == 1 and "no chapter was changed\n" in said, said
    else:
        assert code == -number, said


@pytest.mark.slow
def test_an_edit_meanwhile_is_kept(book, tmp_path, capsys):
    """Catch what an author writes while the chapters are run, lost."""
    edited = tmp_path / "a.ipynb"
    book(f"open({str(edited)!r}, 'a').write('  ')")
    assert notebooks.refresh_all([], tables.DATA) == 1
    assert "a.ipynb changed while" in capsys.readouterr().err and edited.read_text("utf-8").endswith("  ")
