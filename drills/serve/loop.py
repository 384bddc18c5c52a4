"""Watch the sources, build again what an edit touches, and have the browser show it.

Imports nothing that a build imports: each build is a process that loads the package anew, so that edited code counts.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import psutil
from filelock import FileLock, Timeout
from watchfiles import Change, DefaultFilter, awatch

from . import server, worker

FOLDER = "_build/serve"
PACKAGE = Path(__file__).resolve().parents[1]
# What is watched at the root of the checkout, beside the record, the chapters and the package.
FILES = ("_config.yml", "_toc.yml", "CHANGELOG.md", "CITATION.cff", "LICENSE")
COLOURS = re.compile(r"\x1b\[[\d;]*m")
# What a file ends in that is written to take the place of another one, or that keeps what that was.
PASSING = (".new", ".tmp", ".bak", ".orig")
MANY = 20
AGAIN = "files changed while it was built; building again"


class Sources(DefaultFilter):
    """Every file but what editors, programs and notebooks write beside it: sources have a suffix and are not hidden."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, ".ipynb_checkpoints", "_build")

    def __call__(self, change: Change, path: str) -> bool:
        name = Path(path)
        is_source = name.suffix and name.name[0] not in ".#" and name.suffix not in PASSING
        return bool(super().__call__(change, path) and (is_source or name.is_dir()))


class Loop:
    """A checkout whose site is kept up to date and served."""

    def __init__(self, root: Path, data_dir: Path):
        self.root, self.data_dir, self.output = root, data_dir.resolve(), root / FOLDER
        self.site, self.readers = self.output / worker.HTML, server.Readers()
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(worker.BEFORE_ALL_BUILDS))
        self._edits: asyncio.Queue[set[Path]] = asyncio.Queue()
        self._folders, self._filter = (self.data_dir, root / "book", PACKAGE), Sources()
        # the sources as they were when the last build began
        self._before: dict[Path, tuple[int, ...]] = {}

    async def run(self, port: int) -> None:
        """Serve until cancelled."""
        self.site.mkdir(parents=True, exist_ok=True)
        _, found = server.listen(self.site, self.readers, port)
        say(server.announced(found, port))
        if not server.has_site(self.site):
            say(f"building the site {server.FIRST}")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._watch(awatch(*self._folders, watch_filter=self._filter)))
            tasks.create_task(self._watch(awatch(self.root, recursive=False, watch_filter=self._is_at_root)))
            tasks.create_task(self._build_for_ever())

    async def _watch(self, changes: AsyncIterator[set[tuple[Change, str]]]) -> None:
        async for found in changes:
            self._edits.put_nowait({Path(path) for _, path in found})

    def _is_at_root(self, _change: Change, path: str) -> bool:
        return Path(path).name in FILES

    async def _build_for_ever(self) -> None:
        await self.build()
        while True:
            edited = await self._edits.get()
            # what was edited while the last build ran is built once
            while not self._edits.empty():
                edited |= self._edits.get_nowait()
            if edited := self._that_count(edited):
                say(f"edited: {listed(os.path.relpath(path, self.root) for path in sorted(edited))}")
                await self.build()

    def _that_count(self, edited: Iterable[Path]) -> set[Path]:
        """Files that are there, or were when the last build began, but for those that came and went since."""
        return {path for path in edited if path.exists() or path in self._before}

    def _has_changed(self) -> bool:
        """Whether a source was written since the build began: then it will be built again, and a fault that this build
        has met may be no more than a file of before beside one of after."""
        return self._sources() != self._before

    def _sources(self) -> dict[Path, tuple[int, ...]]:
        """Each source with numbers that change when it is written."""
        found = [self.root / name for name in FILES]
        for folder in self._folders:
            found += [path for path in folder.rglob("*") if self._filter(Change.modified, str(path))]
        numbers: dict[Path, tuple[int, ...]] = {}
        for path in found:
            with suppress(OSError):
                about = path.stat()
                if not path.is_dir():
                    numbers[path] = (about.st_ino, about.st_size, about.st_mtime_ns)
        return numbers

    async def build(self) -> None:
        """Bring the site up to date, say each step with its time, and tell the open pages what has changed."""
        began, before, self._before = time.perf_counter(), self._pages(), self._sources()
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=worker.build, args=(self.root, self.data_dir, self.output, theirs))
        try:
            await asyncio.to_thread(process.start)
            theirs.close()
            went_well = None
            with suppress(EOFError):
                while True:
                    kind, about = await asyncio.to_thread(ours.recv)
                    if kind == worker.STEP:
                        before = self._show(about, began, before)
                    elif kind == worker.PROBLEMS:
                        say_problems(about)
                        went_well = False
                    else:
                        went_well = about
                        is_again = not about and self._has_changed()
                        words = "the site is up to date" if about else AGAIN if is_again else "the build failed"
                        before = self._show(words, began, before)
                        if not about and not is_again:
                            say(self._what_was_wrong())
            if went_well is None:
                say(AGAIN if self._has_changed() else
                    f"the build ended before its time; the last good pages stay\n{self._what_was_wrong()}")
        finally:
            await asyncio.shield(asyncio.to_thread(end, process))

    def _pages(self) -> dict[str, int]:
        """Each page of the site with a number that changes when it is written."""
        return {path.relative_to(self.site).as_posix(): path.stat().st_ino for path in self.site.rglob("*.html")}

    def _show(self, step: str, began: float, before: dict[str, int]) -> dict[str, int]:
        """Say that a step is done, and tell the open pages; returns the pages as they are now."""
        now = self._pages()
        changed = sorted(name for name in now if now[name] != before.get(name))
        say(f"  {time.perf_counter() - began:4.1f} s  {step}" + (f": {listed(changed)}" if changed else ""))
        if changed:
            self.readers.tell(changed)
        return now

    def _what_was_wrong(self) -> str:
        """What Sphinx and the chapters said."""
        text = COLOURS.sub("", (self.output / worker.WRONG).read_text(encoding="utf-8", errors="replace"))
        return "\n".join(line for line in text.splitlines() if line.strip())


def end(process: multiprocessing.process.BaseProcess) -> None:
    """End a build with all processes that it has started, if it has not ended yet."""
    with suppress(psutil.NoSuchProcess, ValueError):
        if process.is_alive():
            top = psutil.Process(process.pid)
            for one in [top, *top.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
    if process.pid:
        process.join()


def say(words: str) -> None:
    """A line for whoever reads along, with the time of day where it begins something."""
    print(words if words.startswith(" ") else f"{datetime.now():%H:%M:%S} {words}", flush=True)


def say_problems(problems: list[str]) -> None:
    """What the check says, and that the site stays as it was."""
    say(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in the record; the last good pages stay:")
    print("\n".join(problems), flush=True)


def listed(names: Iterable[object]) -> str:
    """Names by commas, the first few of many."""
    words = list(map(str, names))
    more = f" and {len(words) - MANY} more" if len(words) > MANY else ""
    return ", ".join(words[:MANY]) + more


def serve(data_dir: Path, root: Path, port: int) -> int:
    """Serve the site of a checkout and keep it up to date until Ctrl-C; returns the exit code."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    # of the process from which all builds are forked
    os.environ["PYTHONHASHSEED"] = "0"
    try:
        with FileLock(root / FOLDER / "lock", blocking=False):
            asyncio.run(_until_ended(Loop(root, data_dir), port))
    except Timeout:
        print("make serve is running already in this checkout: end it first", file=sys.stderr)
        return 1
    except server.NoPort as error:
        print(f"no port is free from {port} on: {error}; name another one: make serve PORT=9000", file=sys.stderr)
        return 1
    return 0


async def _until_ended(loop: Loop, port: int) -> None:
    """Run a loop until this process is asked to end."""
    running = asyncio.ensure_future(loop.run(port))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, running.cancel)
    with suppress(asyncio.CancelledError):
        await running
    print("\nended", flush=True)
