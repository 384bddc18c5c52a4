"""Refresh the stored outputs of the chapters: run each notebook and keep text alone.

Pictures stay out of git: a card stores its headline and the digest of its table (see `drills.cards.card`).
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1] / "book"


def refresh(path: Path) -> bool:
    """Run one notebook in place; returns whether its file changed. Raises CellExecutionError if a cell fails."""
    import nbformat
    from nbclient import NotebookClient

    before = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    after = nbformat.writes(tidy(notebook)) + "\n"
    if after != before:
        path.write_text(after, encoding="utf-8")
    return after != before


def tidy(notebook):
    """Drop from a run notebook what differs from run to run: times, kernel details, cell ids that were made up."""
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                         "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        cell.metadata.pop("execution", None)
    return notebook


def refresh_all(names: list[str]) -> int:
    """Run the named chapters, or all, two at a time; print what changed."""
    from .cards.card import OUTPUT_VARIABLE

    os.environ[OUTPUT_VARIABLE] = "text"
    paths = [path for path in sorted(BOOK.glob("*.ipynb")) if not names or path.stem in names]
    with ThreadPoolExecutor(2) as pool:
        for path, is_changed in zip(paths, pool.map(refresh, paths), strict=True):
            print(f"book/{path.name}: {'refreshed' if is_changed else 'unchanged'}")
    return 0
