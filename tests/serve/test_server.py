"""The web server of the loop on a folder that no build made: its port, its pages, and the script in them."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Route, expect
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from drills.serve import server
from tests.helpers.coroutines import finished

PAGE = "<html><head><title>One</title></head><body>ä</body></html>"
FREE = 21_000


@pytest.fixture
def site(tmp_path) -> Path:
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "404.html").write_text(PAGE.replace("One", "Not here"), encoding="utf-8")
    (tmp_path / "data.csv").write_text("</head>\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def take() -> Iterator[Callable[..., int]]:
    """Takes some ports in a row, as other programs would; returns the first."""
    with ExitStack() as taken:
        def some(number: int = 1) -> int:
            for first in range(FREE, 60_000, 100):
                sockets = []
                try:
                    for port in range(first, first + number):
                        sockets.append(socket.create_server(("127.0.0.1", port)))
                except OSError:
                    for one in sockets:
                        one.close()
                    continue
                for one in sockets:
                    taken.enter_context(one)
                return first
            raise AssertionError("no port is free")
        yield some


def with_server(site: Path, wanted: int, use: Callable[[int, server.Readers], Coroutine]) -> object:
    """What a use of a running server returns."""
    async def run() -> object:
        readers = server.Readers()
        running, port = server.listen(site, readers, wanted)
        try:
            return await use(port, readers)
        finally:
            running.stop()
            await running.close_all_connections()
    return finished(run())


async def port_of(port: int, _readers: server.Readers) -> int:
    return port


async def asked(port: int, path: str = "/") -> HTTPResponse:
    return await AsyncHTTPClient(force_instance=True).fetch(f"http://localhost:{port}{path}", raise_error=False)


def free(take: Callable[..., int]) -> int:
    """A port after one that is taken."""
    return take() + 1


def test_a_free_port_is_used(site, take):
    """Catch a server on another port than the one that was asked for, and talk of one that is taken."""
    wanted = free(take)
    assert with_server(site, wanted, port_of) == wanted
    assert server.announced(wanted, wanted) == f"http://localhost:{wanted}, until Ctrl-C"


@pytest.mark.parametrize("number", [1, 3])
def test_a_taken_port_is_passed_over_and_named(site, take, number):
    """Catch a loop that ends since a port is taken, and one that is silent on where the site is."""
    wanted = take(number)

    async def address(port: int, _readers: server.Readers) -> tuple[str, int]:
        return server.announced(port, wanted), (await asked(port)).code

    assert with_server(site, wanted, address) == (
        f"http://localhost:{wanted + number} (port {wanted} is taken; another one: make serve PORT=…), until Ctrl-C",
        200)


def test_no_port_is_free(site, take):
    """Catch a search that never ends, or ends without a word on why."""
    with pytest.raises(server.NoPort, match="in use"):
        with_server(site, take(server.TRIES), port_of)


@pytest.mark.parametrize("wanted", [0, -1, 65_536, 10 ** 20])
def test_a_number_that_is_no_port(site, wanted):
    """Catch a traceback, and a port that nobody is told of."""
    with pytest.raises(server.NoPort, match="ports are numbers from 1 to 65535"):
        with_server(site, wanted, port_of)


@pytest.mark.parametrize("path, code, has", [
    ("/", 200, "<title>One</title>"), ("/index.html", 200, "<title>One</title>"),
    ("/none.html", 404, "<title>Not here</title>"),
])
def test_a_page_is_sent_with_the_script(site, take, path, code, has):
    """Catch a page that does not reload, one that a browser keeps, and a length that cuts it off."""
    answer = with_server(site, free(take), lambda port, _: asked(port, path))
    text = answer.body.decode()
    assert answer.code == code and has in text and text.endswith("<body>ä</body></html>")
    assert text.count(server.TAG) == 1 and f"{server.TAG}</head>" in text
    assert code == 404 or answer.headers["Cache-Control"] == "no-store"
    assert (site / "index.html").read_text("utf-8") == PAGE


@pytest.mark.parametrize("path", ["/", "/events/2018-vostok.html", "/events/"])
@pytest.mark.parametrize("written", [[], ["index.html"]], ids=["nothing", "a page"])
def test_a_page_waits_for_the_first_site(tmp_path, take, caplog, path, written):
    """Catch a tab, opened at once, that stays on a bare number for ever, one that a browser keeps, and a line on the
    terminal that looks like a fault."""
    for name in written:
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    answer = with_server(tmp_path, free(take), lambda port, _: asked(port, path))
    if path == "/" and written:
        assert answer.code == 200
        return
    page = html5lib.parse(answer.body.decode(), namespaceHTMLElements=False)
    assert (answer.code, answer.headers["Cache-Control"]) == (server.NOT_YET, "no-store")
    assert page.get("lang") == "en" and page.findtext("head/title") and page.findtext("body/main/h1")
    assert "for the first time, which takes about a minute; this page reloads" in page.findtext("body/main/p")
    assert [script.get("src") for script in page.iter("script")] == [server.SCRIPT_PATH]
    assert caplog.records == []


@pytest.mark.slow
@pytest.mark.parametrize("is_told", [True, False], ids=["told", "built before the stream began"])
def test_a_waiting_page_becomes_the_site(browser, tmp_path, take, is_told):
    """Catch a tab that is not loaded again when the first site is there, whenever it came."""
    started: Future = Future()

    async def until_ended(port: int, readers: server.Readers) -> None:
        ended = asyncio.Event()
        started.set_result((port, readers, asyncio.get_running_loop(), ended))
        await ended.wait()

    def build() -> None:
        for name in ("index.html", "404.html"):
            (tmp_path / name).write_text(PAGE, encoding="utf-8")

    def stream(route: Route) -> None:
        if not is_told:
            build()
        route.continue_()

    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(with_server, tmp_path, free(take), until_ended)
        port, readers, loop, ended = started.result()
        page = browser.new_page()
        page.route(f"**{server.CHANGES_PATH}", stream)
        try:
            with page.expect_response(lambda answer: answer.request.resource_type == "fetch", timeout=60_000):
                page.goto(f"http://localhost:{port}/")
            if is_told:
                build()
                loop.call_soon_threadsafe(readers.tell, ["data.html"])
            expect(page).to_have_title("One")
        finally:
            page.close()
            loop.call_soon_threadsafe(ended.set)
            running.result()


def test_other_files_are_sent_as_they_are(site, take):
    """Catch a download that differs from the file."""
    assert with_server(site, free(take), lambda port, _: asked(port, "/data.csv")).body == b"</head>\n"


@pytest.mark.parametrize("path", ["/../server.py", "/%2e%2e/secret", "/..%2fsecret", "//etc/passwd"])
def test_nothing_outside_of_the_site_is_sent(site, take, path):
    """Catch a path that leads out of the folder."""
    (site.parent / "secret").write_text("secret")
    answer = with_server(site, free(take), lambda port, _: asked(port, path))
    assert answer.code in (403, 404) and b"secret" not in answer.body and b"root:" not in answer.body


def test_open_pages_are_told_what_has_changed(site, take):
    """Catch a page that stays as it was after a build."""
    async def told(port: int, readers: server.Readers) -> str:
        connected, lines = asyncio.Event(), []

        def got(chunk: bytes) -> None:
            lines.append(chunk.decode())
            connected.set()

        stream = asyncio.ensure_future(AsyncHTTPClient(force_instance=True).fetch(
            f"http://localhost:{port}{server.CHANGES_PATH}", streaming_callback=got, request_timeout=60))
        await connected.wait()
        connected.clear()
        readers.tell(["events/2018-vostok.html"])
        await connected.wait()
        stream.cancel()
        return "".join(lines)

    said = with_server(site, free(take), told)
    (data,) = [line for line in said.splitlines() if line.startswith("data: ")]
    assert json.loads(data.removeprefix("data: ")) == ["/events/2018-vostok.html"]
