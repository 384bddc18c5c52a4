"""A built site as a static host would serve it, and the browser that visits it.

Bytes are counted where they are sent: heads and bodies, text compressed. No other host can be reached, so that a
site which asks one for a file is weighed without that file.
"""

from __future__ import annotations

import gzip
import mimetypes
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page

# the shell, which is what the tests install, has no window; readers have whole browsers
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome",
         "chromium-headless-shell")
# no sandbox: the benchmark may run as root; no traffic but that of the page
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1")
TYPES = {".js": "text/javascript", ".ics": "text/calendar", ".xml": "application/xml", ".woff2": "font/woff2"}
COMPRESSED = ("text/", "application/json", "application/xml", "image/svg+xml")
LEVEL = 6
# what a page spends on script, style and layout, by the names of Chromium's own measures
SPENT = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")


def find_browser() -> str:
    """A Chromium, Chrome or Edge: CHROME_PATH or one on the machine; RuntimeError if there is none."""
    found = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise RuntimeError("no browser to measure pages with: install Chromium (apt-get install chromium) "
                           "or set CHROME_PATH")
    return found


@dataclass(frozen=True)
class Answer:
    """What one request was sent: path on the site, bytes on the wire, and whether the file was there."""

    path: str
    size: int
    is_found: bool


class Server(ThreadingHTTPServer):
    """Serves `folder` on a free port of this machine and keeps every answer."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder, self.answers = folder, []

    def address(self, name: str) -> str:
        """Where a page is found, named without its ending."""
        return f"http://127.0.0.1:{self.server_port}/{name}.html"


class Handler(BaseHTTPRequestHandler):
    """Answers with a file, text compressed where the browser takes it, and with its length."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.server.folder / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        is_found = file.is_file()
        kind, body = content(file, "gzip" in self.headers.get("Accept-Encoding", "")) if is_found else ("", b"")
        lines = ["HTTP/1.1 200 OK" if is_found else "HTTP/1.1 404 Not Found", f"Content-Length: {len(body)}",
                 "Cache-Control: max-age=600", *([f"Content-Type: {kind}"] if kind else []),
                 *(["Content-Encoding: gzip", "Vary: Accept-Encoding"] if body[:2] == b"\x1f\x8b" else []), "", ""]
        sent = "\r\n".join(lines).encode() + body
        self.server.answers.append(Answer(path, len(sent), is_found))
        # a browser that has closed its page takes no more
        with suppress(ConnectionError):
            self.wfile.write(sent)

    def log_message(self, *_words: object) -> None:
        """Say nothing for each request."""


@cache
def content(file: Path, takes_gzip: bool) -> tuple[str, bytes]:
    """Type and bytes of a file; compressed once, so that no visit waits for it."""
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    body = file.read_bytes()
    is_text = kind.startswith(COMPRESSED)
    return kind + ("; charset=utf-8" if is_text else ""), gzip.compress(body, LEVEL) if is_text and takes_gzip else body


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """A server of a built site for the time of a with-statement."""
    server = Server(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class Stopwatch:
    """Processor milliseconds that a page spends on script, style and layout, which a busy machine does not stretch."""

    def __init__(self, page: Page):
        self.page, self.session = page, page.context.new_cdp_session(page)
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent(self) -> float:
        metrics = {one["name"]: one["value"] for one in self.session.send("Performance.getMetrics")["metrics"]}
        return 1000 * sum(metrics[name] for name in SPENT)

    def time(self, script: str, argument: object = None) -> tuple[float, Any]:
        """Milliseconds that a script takes in the page, and what it returns."""
        start = self.spent()
        found = self.page.evaluate(script, argument)
        return self.spent() - start, found
