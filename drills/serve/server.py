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
SCRIPT_PATH, CHANGES_PATH = "/-reload/script.js", "/-reload/changes"
# The security policy of the pages allows what comes from where they come from.
SCRIPT = f"""new EventSource("{CHANGES_PATH}").onmessage = (event) => {{
  const page = location.pathname.replace(/\\/$/, "/index.html");
  if (JSON.parse(event.data).includes(decodeURI(page))) location.reload();
}};
"""
TAG = f'<script defer src="{SCRIPT_PATH}"></script>'


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

    Where there is no file, the site's own page says so.
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
        self.finish(with_script(str(page)) if status_code == 404 and page.exists() else f"{status_code}\n")


def with_script(path: str) -> bytes:
    """The bytes of a file; a page is given the script at the end of its head."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        # taken away since it was looked for
        raise HTTPError(404) from error
    return content.replace(b"</head>", TAG.encode() + b"</head>", 1) if path.endswith(".html") else content


def listen(site: Path, readers: Readers, wanted: int) -> tuple[HTTPServer, int]:
    """Serve a folder to this machine alone, on a port or the next one that is free; returns the server and its port.

    Raises NoPort if none of TRIES ports is free.
    """
    application = Application([(CHANGES_PATH, Changes, {"readers": readers}), (SCRIPT_PATH, Script),
                               (r"/(.*)", Files, {"path": str(site), "default_filename": "index.html"})])
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
