"""What the tests need of the machine: a browser and Java, found or, on Debian as root, installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from filelock import FileLock

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome")
# no sandbox: the tests may run as root; no background traffic: nothing but this machine is asked
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync")


def find(names: tuple[str, ...], packages: tuple[str, ...]) -> str | None:
    """The first of these programs on the machine; on Debian as root after installing the packages; else None."""
    def present() -> str | None:
        return next(filter(None, map(shutil.which, names)), None)

    if present() is None and shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        # the tests run in several processes, and apt in one at a time
        with FileLock(Path(tempfile.gettempdir()) / "drills-tests-apt.lock"):
            for words in (("update", "-qq"), ("install", "-y", "-qq", *packages)) if present() is None else ():
                subprocess.run(["apt-get", *words], check=False, env=environment, stdout=subprocess.DEVNULL)
    return present()


def find_browser() -> str | None:
    """A Chromium, Chrome or Edge; CHROME_PATH goes first."""
    return os.environ.get("CHROME_PATH") or find(BROWSERS, ("chromium", "fonts-noto-core"))


def find_java() -> str | None:
    """A Java runtime."""
    return find(("java",), ("default-jre-headless",))
