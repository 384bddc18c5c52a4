"""Notes are for readers: what decides a number, or whether a row is sound, is a column with a list of values."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "drills"
WORDS = "(?:phase only|whole voyage|announcement date|planned|own count|undated|left out):"
# modules that print a note as it is
SHOWN = {"terminal.py", "chapters/numbering.py", "chapters/recall.py", "counting/editions.py", "counting/recall.py",
         "downloads/citation.py", "site/pages/sources.py"}
# what asks an author for the cells of a new row
ASKED = {"authoring/new.py", "authoring/new_claim.py", "authoring/new_event.py", "authoring/new_source.py"}
# rules that ask for a note, or hold what it says against the columns beside it; they decide no number
COMPARED = {"checks/publishers.py", "checks/searches.py"}
# what names notes in order to leave them out
LEFT_OUT = {"site/steps.py"}


def reads(path: Path) -> bool:
    """Whether a module names the column `note`, as an attribute or as a word of its own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any((isinstance(node, ast.Attribute) and node.attr == "note")
               or (isinstance(node, ast.Constant) and node.value == "note") for node in ast.walk(tree))


def test_no_module_decides_by_a_note():
    """Catch code that reads the beginning of a note: name a column instead. Where it is only printed stands above."""
    # the notes of cards are another thing
    modules = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "figures"]
    found = {path.relative_to(PACKAGE).as_posix() for path in modules if reads(path)}
    assert found == SHOWN | ASKED | COMPARED | LEFT_OUT


def test_no_note_begins_with_a_word_of_command(record):
    """Catch a note that still says in words what a column says."""
    for table in ("claims", "date_claims", "sources", "searches"):
        notes = getattr(record, table)["note"].dropna().str.lower()
        assert not notes[notes.str.match(WORDS)].tolist(), table
