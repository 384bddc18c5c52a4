"""Build the site with Jupyter Book, strictly and aside; it takes the place of the last good one once it is whole."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, cast

from filelock import FileLock, Timeout

from .. import DATA_VARIABLE, KEPT_VARIABLE, signals
from . import placing

ROOT = Path(__file__).resolve().parents[2]
# -n: every reference must resolve; -W --keep-going: any warning fails the build, after all have been shown
STRICT = ("-n", "-W", "--keep-going")
INTERRUPTED = 130
STAYS = "the last good site, if there is one, is still whole in"


def command(root: Path, output: Path) -> list[str]:
    """The Jupyter Book command; the path of the table of contents has to be absolute. output: where to make _build."""
    program = Path(sys.executable).with_name("jupyter-book")
    return [str(program), "build", "book", "--config", "_config.yml", "--toc", str(root / "_toc.yml"),
            "--path-output", str(output.relative_to(root)), *STRICT]


def build(data_dir: Path, root: Path = ROOT) -> int:
    """Build _build/html from the record in a folder and say where to open it; returns the exit code of the build.

    Waits for another build of the same folder to end. The site is built aside and moved into place in one step, so
    that a build that fails, is interrupted or is killed changes nothing.
    """
    folder = root / "_build"
    try:
        folder.mkdir(exist_ok=True)
        with ended_by_signals(), alone(folder):
            return build_aside(data_dir, root, folder)
    except KeyboardInterrupt:
        print(f"\nthe build was stopped; {STAYS} {folder.name}/html", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        # a copy of a folder gives one for each of its files
        reason = error.args[0][0][2] if isinstance(error, shutil.Error) else error
        print(f"the build failed: {reason}; {STAYS} {folder.name}/html. {remedy(error, folder)}", file=sys.stderr)
        return 1


def build_aside(data_dir: Path, root: Path, folder: Path) -> int:
    """Build in a folder of its own below `folder`, and put the site into its place if the build ends well."""
    with placing.place_of_next(folder) as place:
        print("building the site: the chapters are run, which takes about half a minute", flush=True)
        code = run(command(root, place.next), root, environment(data_dir, place), f"{place.next.name}/{folder.name}/",
                   meanwhile=partial(get_ready, data_dir))
        if code == 0 and not is_whole(place, data_dir, root):
            code = 1
        if code == 0:
            placing.publish(place)
            print(f"the site is ready in {place.html.relative_to(root)}: run make serve to read it on "
                  "http://localhost:8000 (opened as a file it lacks the interactive views)")
            return 0
        killed = f" (it was killed by signal {-code}; if nobody did that, memory ran out)" if code < 0 else ""
        print(f"the build failed{killed}; {STAYS} {place.html.relative_to(root)}", file=sys.stderr)
        return code if code > 0 else 128 - code


def environment(data_dir: Path, place: placing.Place) -> dict[str, str]:
    """What the build is given: where the record is, and the same language, zone and order of sets on every machine.

    IPython's folder is an empty one, so that nobody's own start-up files run in the chapters; and who has no home to
    write in, as in many containers, gets one in which matplotlib finds its fonts again. What was made once is kept.
    """
    given = {**os.environ, DATA_VARIABLE: str(data_dir.resolve()), "TZ": "UTC", "LC_ALL": "C.UTF-8",
             "PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "IPYTHONDIR": str(place.next / "ipython"),
             KEPT_VARIABLE: str(place.folder / "kept")}
    if not os.access(os.path.expanduser("~"), os.W_OK):
        given["HOME"] = str(place.folder / "home")
        (place.folder / "home").mkdir(exist_ok=True)
    return given


def get_ready(data_dir: Path) -> None:
    """Load what looks whether the site is whole, and the record; it takes long, for which there is time early on."""
    from . import inventory

    inventory.share(data_dir)


def is_whole(place: placing.Place, data_dir: Path, root: Path) -> bool:
    """Whether a built site has every page and file that it should; if not, says which it lacks.

    Then what is remembered of the last site is forgotten as well, so that the next build makes every page.
    """
    from . import inventory

    inventory.leave_out(place.next_html, root / "_toc.yml")
    lacking = inventory.missing(place.next_html, data_dir, root / "_toc.yml")
    if lacking:
        placing.forget(place)
        print(f"{inventory.in_words(lacking)}\nthe site is not whole: build again, and every page is made anew",
              file=sys.stderr)
    return not lacking


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else builds in a folder, and keep others from it for the time of a with-statement.

    The system frees the lock when its holder ends, however that happens. The file of the lock says who holds it.
    """
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        print(f"another build is running{holder(folder / 'lock')}: this one begins when it has ended", flush=True)
        lock.acquire()
    try:
        (folder / "lock").write_text(f"process {os.getpid()} since {datetime.now():%H:%M:%S}", encoding="ascii")
        yield
    finally:
        lock.release()


def holder(lock: Path) -> str:
    """Who says in the file of a lock that they hold it, in brackets; blank in the moment before they say so."""
    words = lock.read_text(encoding="ascii")
    return f" ({words})" if words else ""


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let a request to end do what Ctrl-C does, so that a build tidies up; but for a request that is ignored.

    Python delivers signals to the main thread alone.
    """
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    wanted = (signal.SIGTERM, signal.SIGHUP) if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.getsignal(number) for number in wanted}
    for number in [number for number in wanted if before[number] == signal.SIG_DFL]:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def remedy(error: OSError, folder: Path) -> str:
    """What to do about an error of the file system."""
    if isinstance(error, PermissionError):
        return f"Make {folder.name}/ yours, or remove it."
    return "Make room on the disk, and build again."


def pass_on(output: IO[str], unsaid: str) -> None:
    """Print what a program prints, line by line, but for a part of paths."""
    for line in output:
        print(line.replace(unsaid, ""), end="", flush=True)


def run(words: list[str], root: Path, environment: dict[str, str], unsaid: str,
        meanwhile: Callable[[], object] = lambda: None) -> int:
    """Run a Python program in `root`, passing on what it prints; returns its exit code.

    unsaid: a part of paths that is left out, so that what was built is named where it will stand. meanwhile: what to do
    first while it runs.
    Whatever ends this function or this process, no process that the program started outlives it for long.
    """
    begun = [sys.executable, "-m", "drills.site.lifeline", str(os.getpid()), *words]
    process = subprocess.Popen(begun, cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", env=environment,
                               process_group=0)
    output = cast(IO[str], process.stdout)
    with ThreadPoolExecutor(1) as reader:
        try:
            meanwhile()
            signals.result(reader.submit(pass_on, output, unsaid))
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            # the kernels of the chapters, in groups of their own, hold it until they have ended
            reader.submit(output.read)
            process.wait()
            raise
    return process.wait()
