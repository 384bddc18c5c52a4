"""Invariants of the chapters: what has to hold of every notebook in book/ as it is stored in git."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest
import yaml

from drills import chapters

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "book").glob("*.ipynb"))
TEXT_OUTPUTS = {"text/plain", "application/papermill.record/text/plain"}
# Numbers that prose may hold: they are names or fixed terms, not results.
FIXED_NUMBERS = ("95 %", "three times for each event", "the three navies", "several thousand kilometres")
NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve hundred thousand"
NUMBER = re.compile(rf"\d[\d,.]*|\b(?:{NUMBER_WORDS.replace(' ', '|')})\b", re.IGNORECASE)
# Phrases with a number that cards may say: names, the two states, and what a rule in the code compares or counts.
FIXED_PHRASES = (
    "Natural Earth 1:50m", "the two ranges", "the two states", "he two alone",
    "No two other countries", "Two houses at least", "Three houses at least",
    "of the two only watched", "at least two statements", "Two statements may",
    "two or more", "last two digits", "Shared by two:", "any two of", "has two rows")


def name_of(path: Path) -> str:
    """The chapter that a notebook is of; the home page is the overview."""
    return "overview" if path.stem == "index" else path.stem


@pytest.fixture(params=NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def path(request) -> Path:
    return request.param


@pytest.fixture
def name(path) -> str:
    return name_of(path)


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def says(notebook) -> list[str]:
    """The modules of the package whose numbers a notebook says, in order: its own first."""
    return re.findall(r"^say\((\w+)\.numbers\(reading\)\)$", code_cells(notebook)[2].source, re.MULTILINE)


def test_every_page_is_in_the_table_of_contents():
    """Catch a chapter that is written and never published."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    listed = {toc["root"], *(chapter["file"] for chapter in toc["chapters"])}
    assert listed == {path.stem for path in (ROOT / "book").iterdir() if path.suffix in (".ipynb", ".md")}


def test_cells_were_run_in_order(notebook):
    """Catch a notebook that was never executed, which nbval lets pass."""
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_code_is_folded_or_left_out(notebook):
    """Catch a line of code that stands open between the sentences of a chapter."""
    for cell in code_cells(notebook):
        assert set(cell.metadata.get("tags", [])) & {"remove-cell", "hide-input"}, cell.source


def test_outputs_are_text(notebook):
    """Catch a picture, a traceback or a warning in git."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            assert output.output_type in ("execute_result", "display_data"), output
            assert set(output.data) <= TEXT_OUTPUTS


def test_cards_carry_a_digest(notebook):
    """Catch a card whose numbers nbval would not pin."""
    shown = [output.data["text/plain"] for cell in code_cells(notebook) for output in cell.outputs
             if output.output_type == "execute_result"]
    assert shown
    for text in shown:
        assert re.search(r"^Card [a-z0-9-]+\n.*digest [0-9a-f]{16}$", text, re.DOTALL), text


def test_chapters_are_argument(notebook, name):
    """Catch code that belongs into the package: after the imports, the record and its numbers there are only cards."""
    imports, data, said, *cards = (cell.source for cell in code_cells(notebook))
    assert all(re.fullmatch(r"from drills[\w.]* import [\w, ]+", line) for line in imports.splitlines()), imports
    assert data == "reading = load()"
    assert said == "\n".join(f"say({one}.numbers(reading))" for one in says(notebook)) and says(notebook)[0] == name
    assert cards and all(re.fullmatch(r"\w+\.\w+\(reading\)", source) for source in cards), cards


def test_numbers_in_prose_are_computed(notebook):
    """Catch a number typed by hand, which would go stale beside live ones."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"\{glue:text\}`[^`]*`|\]\([^)]*\)", "", cell.source)
            for fixed in FIXED_NUMBERS:
                prose = prose.replace(fixed, "")
            # "two" is the number of the states, of most comparisons and of what they compare
            assert {found.lower() for found in NUMBER.findall(prose)} <= {"two"}, cell.source


def prose_of(path: Path) -> list[str]:
    """The texts of a module that have words in them, but for docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef))
    docstrings = {node.body[0].value for node in documented if isinstance(node.body[0], ast.Expr)}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            and node not in docstrings and re.search(r"[a-z]{2,} ", node.value) and not node.value.startswith("<")]


@pytest.mark.parametrize("path", sorted((ROOT / "drills" / "chapters").glob("*.py")), ids=lambda path: path.stem)
def test_numbers_in_cards_are_computed(path):
    """Catch a count in a headline, note or description that was right when it was typed: "Two rows of intervals"."""
    for text in prose_of(path):
        for phrase in FIXED_PHRASES:
            text = text.replace(phrase, "")
        assert not NUMBER.search(text), text


def test_phrases_with_a_fixed_number_are_in_use():
    """Catch an allowance that has outlived the text it was made for."""
    said = "\n".join(text for path in (ROOT / "drills" / "chapters").glob("*.py") for text in prose_of(path))
    assert [phrase for phrase in FIXED_PHRASES if phrase not in said] == []


@pytest.mark.slow
def test_numbers_that_are_said_are_used(notebook, reading):
    """Catch a number that is made for the prose and stands nowhere, or the reverse."""
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    said = {number for numbers in chapters.numbers(reading, says(notebook)).values() for number in numbers}
    assert set(re.findall(r"\{glue:text\}`(\w+)`", prose)) == said


def test_every_chapter_has_a_notebook():
    """Catch a chapter of the package that no page of the book says, and one that two pages say."""
    said = [name for path in NOTEBOOKS for name in says(nbformat.read(path, as_version=4))]
    assert sorted(said) == sorted(chapters.NAMES)


def test_every_chapter_says_what_it_does_not_show(notebook):
    """Catch a chapter without its limits."""
    headings = [line for cell in notebook.cells if cell.cell_type == "markdown"
                for line in cell.source.splitlines() if line.startswith("#")]
    assert headings[0].startswith("# ") and headings[-1] == "## What this does not show"


@pytest.mark.slow
def test_the_picture_of_the_readme_is_current():
    """Catch a README whose picture shows an older record."""
    from drills import notebooks

    assert notebooks.README_PICTURE.read_text(encoding="utf-8") == notebooks.readme_picture()


def test_what_is_out_of_scope_is_named():
    """Catch a method page that no longer says why a well-known drill is missing."""
    method = (ROOT / "book" / "method.md").read_text(encoding="utf-8")
    assert "Tajikistan in August 2021" in method and "China took no part" in method
