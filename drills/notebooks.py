"""What notebooks need: `say` their numbers, and refresh their stored outputs: run each and keep text alone.

Pictures stay out of git: a card stores its headline and the digest of its table (see `drills.figures.card`). The
one picture of the README is the exception, and is drawn here from the same card.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import lean  # noqa: F401 before whatever loads nbformat)

BOOK = Path(__file__).resolve().parents[1] / "book"
README_PICTURE = BOOK / "_static" / "timeline.svg"


def say(numbers: Mapping[str, str]) -> None:
    """Give the prose of a notebook its numbers: {glue:text}`name` in it becomes the words of that name."""
    from myst_nb import glue

    for name, words in numbers.items():
        glue(name, words, display=False)


def refresh(path: Path) -> bool:
    """Run one notebook in place; returns whether its file changed. Raises CellExecutionError if a cell fails."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    return write_if_changed(path, nbformat.writes(tidy(notebook)) + "\n")


def tidy(notebook):
    """Drop from a run notebook what differs from run to run: times, kernel details, cell ids that were made up."""
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                         "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        cell.metadata.pop("execution", None)
    return notebook


def refresh_all(names: list[str], data_dir: Path) -> int:
    """Run the named chapters, or all, two at a time; print what changed."""
    from .figures.card import OUTPUT_VARIABLE
    from .record.tables import FOLDER_VARIABLE

    os.environ[OUTPUT_VARIABLE], os.environ[FOLDER_VARIABLE] = "text", str(data_dir.resolve())
    paths = [path for path in sorted(BOOK.glob("*.ipynb")) if not names or path.stem in names]
    with ThreadPoolExecutor(2) as pool:
        for path, is_changed in zip(paths, pool.map(refresh, paths), strict=True):
            print(f"book/{path.name}: {'refreshed' if is_changed else 'unchanged'}")
    is_changed = write_if_changed(README_PICTURE, readme_picture())
    print(f"book/_static/{README_PICTURE.name}: {'refreshed' if is_changed else 'unchanged'}")
    return 0


def readme_picture() -> str:
    """The timeline of all events as an SVG file."""
    from .chapters import overview
    from .counting.reading import load

    return overview.timeline(load()).picture_file()


def write_if_changed(path: Path, text: str) -> bool:
    """Write a file unless it says so already; returns whether it was written."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8")
    return True
