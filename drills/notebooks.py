"""What notebooks need: `say` their numbers, and refresh their stored outputs: run each and keep text alone.

Pictures stay out of git: a card stores its headline and the digest of its table (see `drills.figures.card`). The
one picture of the README is the exception, and is drawn here from the same card.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from . import DATA_VARIABLE, lean, signals, writing  # lean before whatever loads nbformat

BOOK = Path(__file__).resolve().parents[1] / "book"
# seconds that a kernel may take to begin, and a cell to run, where much else runs
LONGEST = 300
README_PICTURE = BOOK / "_static" / "timeline.svg"
# Notebooks that are run at the same time.
AT_A_TIME = 2
Result = TypeVar("Result")


def say(numbers: Mapping[str, str]) -> None:
    """Give the prose of a notebook its numbers: {glue:text}`name` in it becomes the words of that name."""
    from myst_nb import glue

    for name, words in numbers.items():
        glue(name, words, display=False)


def refresh(paths: Iterable[Path]) -> dict[Path, bool]:
    """Run notebooks, two at a time, and store what they give once all have run; returns whether each file changed.

    Raises CellExecutionError if a cell fails and DeadKernelError if a kernel ends, as it does when it is interrupted;
    then no file has changed.
    """
    paths = list(paths)
    before = {path: path.read_bytes() for path in paths}
    texts = _in_thread(_run_all(before))
    edited = [path.name for path in paths if path.read_bytes() != before[path]]
    if edited:
        raise FileExistsError(f"{', '.join(edited)} changed while the chapters were run: run them again")
    return {path: writing.write(path.resolve(), text.encode()) for path, text in texts.items()}


async def _run_all(contents: Mapping[Path, bytes]) -> dict[Path, str]:
    """The texts of notebooks after they were run; contents: what their files hold."""
    hands = asyncio.Semaphore(AT_A_TIME)

    async def run(path: Path) -> str:
        async with hands:
            return await _run(contents[path].decode("utf-8"), path.parent)

    tasks = [asyncio.create_task(run(path)) for path in contents]
    try:
        return dict(zip(contents, await asyncio.gather(*tasks), strict=True))
    finally:
        # after a failure the others end too, and their kernels with them; after an interruption they do so already
        for task in tasks:
            if not task.cancelling():
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _in_thread(work: Coroutine[None, None, Result]) -> Result:
    """What a coroutine returns. It runs in a thread: in the main one nbclient answers signals itself, for one notebook.
    """
    loop = asyncio.new_event_loop()
    task = loop.create_task(work)
    with ThreadPoolExecutor(1) as pool:
        try:
            return signals.result(pool.submit(loop.run_until_complete, task))
        except KeyboardInterrupt:
            loop.call_soon_threadsafe(task.cancel)
            raise


async def _run(text: str, folder: Path) -> str:
    """The text of a notebook after it was run in a folder."""
    import nbformat
    from jupyter_client.utils import ensure_async
    from nbclient import NotebookClient

    notebook = nbformat.reads(text, as_version=4)
    client = NotebookClient(notebook, startup_timeout=LONGEST, timeout=LONGEST, shutdown_kernel="immediate",
                            extra_arguments=[lean.QUIET], resources={"metadata": {"path": str(folder)}})
    try:
        await client.async_execute()
    finally:
        # nbclient leaves it if it is stopped while the kernel begins
        if client.km is not None and client.km.has_kernel:
            await ensure_async(client.km.shutdown_kernel(now=True))
    return nbformat.writes(tidy(notebook)) + "\n"


def tidy(notebook):
    """Drop from a run notebook what differs from run to run: times, kernel details, cell ids that were made up."""
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                         "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        cell.metadata.pop("execution", None)
    return notebook


def refresh_all(names: list[str], data_dir: Path) -> int:
    """Run the named chapters, or all; print what changed, or why nothing did; returns the exit code."""
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    from .figures.card import OUTPUT_VARIABLE

    chapters = {path.stem: path for path in sorted(BOOK.glob("*.ipynb"))}
    if unknown := sorted(set(names) - set(chapters)):
        print(f"there is no chapter '{unknown[0]}'; there are: {', '.join(chapters)}", file=sys.stderr)
        return 2
    os.environ[OUTPUT_VARIABLE], os.environ[DATA_VARIABLE] = "text", str(data_dir.resolve())
    try:
        changed = refresh(chapters[name] for name in sorted(set(names) or chapters))
        changed[README_PICTURE] = writing.write(README_PICTURE, readme_picture().encode())
    except (CellExecutionError, DeadKernelError, OSError, KeyboardInterrupt) as error:
        print(f"{str(error) or 'interrupted'}\nno chapter was changed", file=sys.stderr)
        return 1
    for path, is_changed in changed.items():
        print(f"{path.relative_to(BOOK.parent)}: {'refreshed' if is_changed else 'unchanged'}")
    return 0


def readme_picture() -> str:
    """The timeline of all events as an SVG file."""
    from .chapters import overview
    from .counting.reading import load

    return overview.timeline(load()).picture_file()
