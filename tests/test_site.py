"""The built site: one strict build in a copy of the project, then what a reader, a link and an author's edit find."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlparse

import html5lib
import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
IGNORED = shutil.ignore_patterns(".git", ".venv", "_build", "__pycache__", "*.egg-info", ".*_cache", ".hypothesis")
NAMESPACE = "{http://www.w3.org/1999/xhtml}"


class Project:
    """A copy of the project, built with the package of the copy."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.html = folder / "_build" / "html"

    def build(self) -> subprocess.CompletedProcess:
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        environment.pop("DRILLS_CARDS", None)
        return subprocess.run([sys.executable, "-m", "drills", "site"], cwd=self.folder, env=environment,
                              capture_output=True, text=True)

    def page(self, name: str) -> str:
        return (self.html / f"{name}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    folder = tmp_path_factory.mktemp("project") / "copy"
    shutil.copytree(ROOT, folder, ignore=IGNORED)
    project = Project(folder)
    done = project.build()
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return project


def cards_of(name: str) -> list[str]:
    """The ids of the cards that a chapter shows, from its stored outputs."""
    notebook = nbformat.read(ROOT / "book" / f"{name}.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    texts = [output.data["text/plain"] for output in outputs if output.output_type == "execute_result"]
    return [re.match(r"Card (\S+)", text)[1] for text in texts]


@pytest.mark.parametrize("name", [path.stem for path in sorted((ROOT / "book").glob("*.ipynb"))])
def test_every_card_is_on_its_page_once(project, name):
    """Catch a figure that vanishes from a page without an error."""
    page = html5lib.parse(project.page(name))
    figures = [figure for figure in page.iter(f"{NAMESPACE}figure") if "jd-card" in figure.get("class", "").split()]
    assert [figure.get("id") for figure in figures] == cards_of(name)
    for figure in figures:
        pictures = list(figure.iter("{http://www.w3.org/2000/svg}svg"))
        assert len(pictures) == 2
        for picture in pictures:
            description = picture.find("{http://www.w3.org/2000/svg}desc").text
            assert len(description) > 60 and "_images/" not in description
        assert len(list(figure.iter(f"{NAMESPACE}tr"))) > 1


def test_nothing_is_fetched_from_elsewhere(project):
    """Catch a script, style, font or picture from another host."""
    for path in project.html.glob("*.html"):
        for element in html5lib.parse(path.read_text(encoding="utf-8")).iter():
            for attribute in ("src", "srcset", "data", "poster"):
                assert not urlparse(element.get(attribute, "")).netloc, (path.name, element.attrib)
            if element.tag == f"{NAMESPACE}link" and element.get("rel") != "canonical":
                assert not urlparse(element.get("href", "")).netloc, (path.name, element.attrib)


def test_internal_links_resolve(project):
    """Catch a link or an anchor that leads nowhere."""
    pages = {path.name: html5lib.parse(path.read_text(encoding="utf-8")) for path in project.html.glob("*.html")}
    ids = {name: {element.get("id") for element in page.iter() if element.get("id")} for name, page in pages.items()}
    for name, page in pages.items():
        for element in page.iter(f"{NAMESPACE}a"):
            target, anchor = urldefrag(urljoin(f"http://site/{name}", element.get("href", "")))
            if urlparse(target).netloc != "site":
                continue
            file = urlparse(target).path.lstrip("/") or "index.html"
            assert (project.html / file).exists(), (name, element.get("href"))
            assert not anchor or file not in ids or anchor in ids[file], (name, element.get("href"))


def test_a_changed_csv_shows_in_the_next_build(project):
    """Catch stale numbers: an incremental build that does not see an edited record."""
    path = project.folder / "data" / "events.csv"
    before = path.read_text(encoding="utf-8")
    row = next(line for line in before.splitlines() if line.startswith("2026-joint-air-patrol-11,"))
    held = int(re.search(r"(\d+) times the forces of both", project.page("index"))[1])
    edited = row.replace(",core,", ",wider,").replace(",held,", ",planned,")
    path.write_text(before.replace(row, edited), encoding="utf-8")
    try:
        assert project.build().returncode == 0
        assert f"{held - 1} times the forces of both" in project.page("index")
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_changed_module_shows_in_the_next_build(project):
    """Catch stale pictures: an incremental build that does not see edited code."""
    path = project.folder / "drills" / "cards" / "frequency.py"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("Joint activity grew by", "Joint activity rose by"), encoding="utf-8")
    try:
        assert project.build().returncode == 0
        assert "Joint activity rose by" in project.page("frequency")
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
