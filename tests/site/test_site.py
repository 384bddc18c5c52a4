"""What an author's edit does to the site: strict builds of a two-page book in a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from tests.helpers.project import IGNORED, ROOT, Project


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    folder = tmp_path_factory.mktemp("project") / "copy"
    shutil.copytree(ROOT, folder, ignore=IGNORED)
    # two pages that link to each other alone: what is tested here does not depend on how many there are
    (folder / "_toc.yml").write_text("format: jb-book\nroot: frequency\nchapters:\n  - file: method\n",
                                     encoding="utf-8")
    project = Project(folder)
    done = project.build()
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return project


def test_a_changed_csv_shows_in_the_next_build(project):
    """Catch stale numbers: an incremental build that does not see an edited record."""
    path = project.folder / "data" / "events.csv"
    before = path.read_text(encoding="utf-8")
    row = next(line for line in before.splitlines() if line.startswith("2026-joint-air-patrol-11,"))
    counted = r'The record holds <span class="pasted-text">(\d+)</span>'
    held = int(re.search(counted, project.page("frequency"))[1])
    edited = row.replace(",core,", ",wider,").replace(",held,", ",planned,")
    path.write_text(before.replace(row, edited), encoding="utf-8")
    try:
        assert project.build().returncode == 0
        assert int(re.search(counted, project.page("frequency"))[1]) == held - 1
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_changed_module_shows_in_the_next_build(project):
    """Catch stale pictures: an incremental build that does not see edited code."""
    path = project.folder / "drills" / "chapters" / "frequency.py"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("joint activity grew by", "joint activity rose by"), encoding="utf-8")
    try:
        assert project.build().returncode == 0
        assert "joint activity rose by" in project.page("frequency")
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("cell, words", [
    ("raise ValueError('a cell that fails')", "a cell that fails"),
    ("import sys; print('a cell that warns', file=sys.stderr)", "stderr"),
])
def test_a_failing_cell_fails_the_build(project, cell, words):
    """Catch a page published with a traceback or a warning, and the last good page lost."""
    path = project.folder / "book" / "frequency.ipynb"
    before, good = path.read_text(encoding="utf-8"), project.page("frequency")
    notebook = nbformat.reads(before, as_version=4)
    notebook.cells.insert(1, nbformat.v4.new_code_cell(cell))
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    try:
        done = project.build()
        assert done.returncode != 0 and words in done.stdout + done.stderr
        assert project.page("frequency") == good
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_missing_number_fails_the_build(project):
    """Catch a glue key that is never computed: by default it leaves a gap in the prose and exit code 0."""
    path = project.folder / "book" / "method.md"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + "\n{glue:text}`no_such_number`\n", encoding="utf-8")
    try:
        assert project.build().returncode != 0
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_changed_claim_moves_estimate_digest_and_sentence(project):
    """Catch stored outputs that nbval lets pass although a number behind a picture has changed."""
    claims, chapter = project.folder / "data" / "claims.csv", project.folder / "book" / "scale.ipynb"
    before, stored = claims.read_text(encoding="utf-8"), chapter.read_text(encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(project.folder), "DRILLS_CARDS": "text"}

    def run(*words: str) -> subprocess.CompletedProcess:
        return subprocess.run([sys.executable, "-m", *words], cwd=project.folder, env=environment,
                              capture_output=True, text=True)

    nbval = ("pytest", "--nbval", "-q", "-p", "no:cacheprovider", str(chapter))
    # every Chinese figure of 3,200 for Vostok 2018 becomes 3,300
    edited = re.sub(r"(?m)^(2018-vostok:troops:CHN:\d+,2018-vostok,troops,CHN),3200,3200,", r"\1,3300,3300,", before)
    assert edited != before
    claims.write_text(edited, encoding="utf-8")
    try:
        estimate = run("drills", "estimates", "--measure", "troops", "--scope", "CHN", "--format", "csv").stdout
        assert "2018-vostok,troops,CHN,3000,3300,3600" in estimate
        failed = run(*nbval)
        assert failed.returncode == 1 and "digest" in failed.stdout and "3,300 (3,000 to 3,600)" in failed.stdout
        assert run("drills", "notebooks", "scale").returncode == 0
        assert run(*nbval).returncode == 0 and "3,300 (3,000 to 3,600)" in chapter.read_text(encoding="utf-8")
    finally:
        claims.write_text(before, encoding="utf-8")
        chapter.write_text(stored, encoding="utf-8")
