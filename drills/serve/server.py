"""The web server of the loop: the built site as it is on disk, and a script that reloads a page when it has changed.

The script is added to a page as it is sent; the files of the site never hold it. Knows nothing of builds.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Generator, Iterable
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

HOST = "127.0.0.1"
# Ports that are tried, from the one asked for, before giving up.
TRIES = 20
LAST = 65_535
# The status of a page that waits for the first site.
NOT_YET = 503
SCRIPT_PATH, CHANGES_PATH = "/-reload/script.js", "/-reload/changes"
# The security policy of the pages allows what comes from where they come from. A page that only waits for the first
# site is loaded again with any change, and when the stream begins, since the site may be there by then.
SCRIPT = f"""const changes = new EventSource("{CHANGES_PATH}");
const waits = "waits" in document.documentElement.dataset;
changes.onmessage = (event) => {{
  const page = location.pathname.replace(/\\/$/, "/index.html");
  if (waits || JSON.parse(event.data).includes(decodeURI(page))) location.reload();
}};
if (waits) changes.onopen = async () => {{
  if ((await fetch(location.href)).status !== {NOT_YET}) location.reload();
}};
"""
TAG = f'<script defer src="{SCRIPT_PATH}"></script>'
# What a first build is, and how long it takes on a machine that does nothing else.
FIRST = "for the first time, which takes about a minute"
# What is sent in the place of every page until there is a site.
WAITING = f"""<!DOCTYPE html>
<html lang="en" data-waits>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The site is being built</title>
</head>
<body>
<main>
<h1>The site is being built</h1>
<p>The site is being built {FIRST}; this page reloads. If it does not, the terminal says why.</p>
</main>
</body>
</html>
"""


class NoPort(Exception):
    """Raised where no port is free."""


class Readers:
    """The open pages: each is told which pages of the site have changed."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[list[str]]] = set()

    def tell(self, names: Iterable[str]) -> None:
        """names: pages from the root of the site, such as events/2018-vostok.html."""
        for queue in self._queues:
            queue.put_nowait([f"/{name}" for name in names])

    def come(self) -> asyncio.Queue[list[str]]:
        queue: asyncio.Queue[list[str]] = asyncio.Queue()
        self._queues.add(queue)
        return queue

    def go(self, queue: asyncio.Queue[list[str]]) -> None:
        self._queues.discard(queue)


class Changes(RequestHandler):
    """The stream of changes, as server-sent events."""

    def initialize(self, readers: Readers) -> None:
        self.readers = readers

    async def get(self) -> None:
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        self.queue = self.readers.come()
        try:
            # so that the page knows at once that it is connected
            self.write(": here\n\n")
            await self.flush()
            while True:
                self.write(f"data: {json.dumps(await self.queue.get())}\n\n")
                await self.flush()
        except StreamClosedError:
            pass

    def on_connection_close(self) -> None:
        self.readers.go(self.queue)
        self.queue.put_nowait([])


class Script(RequestHandler):
    """The script that reloads a page."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(SCRIPT)


class Files(StaticFileHandler):
    """The files of the site, asked for anew each time, pages with the script.

    Where there is no file, the site's own page says so; as long as there is no site, a page that waits for it.
    """

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")

    def should_return_304(self) -> bool:
        return False

    @classmethod
    def get_content(cls, abspath: str, start: int | None = None, end: int | None = None) -> Generator[bytes]:
        """The bytes of a file in one piece; of a page with the script."""
        content = with_script(abspath)
        yield content[start or 0:len(content) if end is None else end]

    def get_content_size(self) -> int:
        if self.absolute_path is None:
            raise HTTPError(404)
        return len(with_script(self.absolute_path))

    def write_error(self, status_code: int, **_about: object) -> None:
        page = Path(self.root) / "404.html"
        if status_code == 404 and page.exists():
            self.finish(with_script(str(page)))
        elif status_code == 404 and not has_site(Path(self.root)):
            self.set_status(NOT_YET)
            self.set_header("Cache-Control", "no-store")
            self.finish(reloading(WAITING.encode()))
        else:
            self.finish(f"{status_code}\n")


def has_site(folder: Path) -> bool:
    """Whether a site was built into a folder, whole: its page for what is not there is among the last to be written."""
    return (folder / "404.html").exists()


def reloading(page: bytes) -> bytes:
    """A page with the script at the end of its head."""
    return page.replace(b"</head>", TAG.encode() + b"</head>", 1)


def with_script(path: str) -> bytes:
    """The bytes of a file; of a page with the script."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        # taken away since it was looked for
        raise HTTPError(404) from error
    return reloading(content) if path.endswith(".html") else content


def log(handler: RequestHandler) -> None:
    """Say on the terminal what is not found, as Tornado does, but not that a page waits."""
    if handler.get_status() != NOT_YET:
        Application().log_request(handler)


def listen(site: Path, readers: Readers, wanted: int) -> tuple[HTTPServer, int]:
    """Serve a folder to this machine alone, on a port or the next one that is free; returns the server and its port.

    Raises NoPort if none of TRIES ports is free.
    """
    application = Application([(CHANGES_PATH, Changes, {"readers": readers}), (SCRIPT_PATH, Script),
                               (r"/(.*)", Files, {"path": str(site), "default_filename": "index.html"})],
                              log_function=log)
    last: object = f"ports are numbers from 1 to {LAST}"
    for port in range(wanted, min(wanted + TRIES, LAST + 1)) if wanted > 0 else ():
        try:
            sockets = bind_sockets(port, HOST)
        except OSError as error:
            last = error
            continue
        server = HTTPServer(application)
        server.add_sockets(sockets)
        return server, port
    raise NoPort(last)


def announced(port: int, wanted: int) -> str:
    """The address of the site in words, with the reason where the port is not the one that was asked for."""
    taken = f" (port {wanted} is taken; another one: make serve PORT=…)" if port != wanted else ""
    return f"http://localhost:{port}{taken}, until Ctrl-C"
