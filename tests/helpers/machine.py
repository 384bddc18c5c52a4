"""What the tests need of the machine: a browser and Java, found or, on Debian as root, installed; a local server."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from filelock import FileLock

# the shell has no window, and needs half the time of a whole browser
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
            "microsoft-edge", "chrome")
# those that Debian has, each a package of the same name
OF_DEBIAN = BROWSERS[:2]
# no sandbox: the tests may run as root; no background traffic: nothing but this machine is asked
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync")


def find(names: tuple[str, ...], *choices: tuple[str, ...]) -> str | None:
    """The first of these programs on the machine, or None.

    On Debian as root packages are installed until one is there: of each choice all.
    """
    def present() -> str | None:
        return next(filter(None, map(shutil.which, names)), None)

    if present() is None and shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        # the tests run in several processes, and apt in one at a time
        with FileLock(Path(tempfile.gettempdir()) / "drills-tests-apt.lock"):
            for words in (("update",), *(("install", "-y", *packages) for packages in choices)):
                if present() is None:
                    subprocess.run(["apt-get", "-qq", *words], check=False, env=environment, stdout=subprocess.DEVNULL)
    return present()


def find_browser() -> str | None:
    """A Chromium, Chrome or Edge; CHROME_PATH goes first."""
    return os.environ.get("CHROME_PATH") or find(BROWSERS, *((name, "fonts-noto-core") for name in OF_DEBIAN))


def find_java() -> str | None:
    """A Java runtime."""
    return find(("java",), ("default-jre-headless",))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_words) -> None:
        """Say nothing for each request."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder served on a free port of this machine, for the time of a with-statement."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
