"""The check of cited pages, against a server on this machine that does all that hosts do to those who ask."""

from __future__ import annotations

import asyncio
import datetime
import io
import itertools
import json
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from rich.console import Console

from drills.links import asking, report, run
from drills.links.asking import Manners
from tests.helpers.coroutines import finished

TODAY = datetime.date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _loop_of_its_own(monkeypatch) -> None:
    """What is asked here, and what asks, runs its coroutines in threads."""
    monkeypatch.setattr(asyncio, "run", finished)


class Misbehaving(BaseHTTPRequestHandler):
    """Each path is one kind of behaviour; what was asked, and when, is kept at the server."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        with self.server.guard:
            self.server.asked.append((self.command, path, time.monotonic()))
            self.server.open += 1
            self.server.most_open = max(self.server.most_open, self.server.open)
        try:
            getattr(self, path.strip("/").split("/")[0].replace("-", "_") or "fine")()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with self.server.guard:
                self.server.open -= 1

    do_HEAD = do_GET

    def answer(self, status: int, body: bytes = b"ok", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def fine(self) -> None:
        self.answer(200)

    def large(self) -> None:
        """A page without an end, of which a polite reader takes the beginning."""
        self.send_response(405 if self.command == "HEAD" else 200)
        self.end_headers()
        self.close_connection = True
        while self.command != "HEAD":
            self.wfile.write(b"x" * 65_536)

    def missing(self) -> None:
        self.answer(404)

    def withdrawn(self) -> None:
        self.answer(410)

    def broken(self) -> None:
        self.answer(500)

    def locked(self) -> None:
        self.answer(403)

    def no_head(self) -> None:
        self.answer(404 if self.command == "HEAD" else 200)

    def moved(self) -> None:
        self.answer(301, Location="/fine/new")

    def for_now(self) -> None:
        self.answer(302, Location="/fine/new")

    def to_front(self) -> None:
        self.answer(301, Location="/")

    def circle(self) -> None:
        self.answer(302, Location="/circle")

    def busy(self) -> None:
        """Asks for patience twice, then answers."""
        n_asked = sum(path == "/busy" for _, path, _ in self.server.asked)
        self.answer(429 if n_asked <= 2 else 200, Retry_After="1")

    def closed(self) -> None:
        self.answer(503, Retry_After="86400")

    def drip(self) -> None:
        """A letter of the head now and then, for ever: no single wait is long."""
        for letter in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10_000:
            self.wfile.write(bytes([letter]))
            self.wfile.flush()
            if self.server.ended.wait(0.05):
                return

    def silent(self) -> None:
        self.server.ended.wait(30)

    def nonsense(self) -> None:
        self.wfile.write(b"\x00\x01 no http at all\r\n\r\n")
        self.close_connection = True

    def archive(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        has_copy = asked["url"][0].endswith("/missing")
        nearest = {"closest": {"available": True, "url": f"http://web.archive.example/{asked['timestamp'][0]}/x"}}
        self.answer(200, json.dumps({"archived_snapshots": nearest if has_copy else {}}).encode())

    def log_message(self, *_: object) -> None:
        pass


def started(context: ssl.SSLContext | None = None) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving)
    server.asked, server.guard, server.ended = [], threading.Lock(), threading.Event()
    server.open = server.most_open = 0
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    made = started()
    yield made
    made.ended.set()
    made.shutdown()
    made.server_close()


@pytest.fixture
def manners(server) -> Manners:
    return Manners(pause=0, patience=3, longest=5, archive=f"{address(server)}/archive")


def address(server) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


def ask(url: str, manners: Manners) -> asking.Answer:
    async def one() -> asking.Answer:
        async with asking.Asker(manners) as asker:
            return await asker.ask(url)

    return asyncio.run(one())


CASES = [("fine", "ok", 200), ("missing", "gone", 404), ("withdrawn", "gone", 410), ("broken", "trouble", 500),
         ("locked", "refused", 403), ("no-head", "ok", 200), ("moved", "moved", 200), ("for-now", "ok", 200),
         ("to-front", "gone", 200), ("circle", "gone", 0), ("busy", "ok", 200), ("closed", "trouble", 503),
         ("drip", "trouble", 0), ("silent", "trouble", 0), ("nonsense", "trouble", 0), ("large", "ok", 200)]


@pytest.mark.slow
@pytest.mark.parametrize("path, outcome, status", CASES)
def test_what_a_host_does(server, manners, path, outcome, status):
    """Catch a page called gone since its host was busy, refuses HEAD or programs, and a wait without an end."""
    manners = replace(manners, tries=1 if path in ("drip", "silent") else 3)
    answer = ask(f"{address(server)}/{path}", manners)
    assert (answer.outcome, answer.status) == (outcome, status), answer
    assert answer.where == (f"{address(server)}/fine/new" if path == "moved" else
                            address(server) + "/" if path == "to-front" else answer.where)


@pytest.mark.slow
def test_a_host_is_left_alone_for_as_long_as_it_says(server, manners):
    """Catch a checker that hammers a host which asked for patience, and one that waits a day."""
    ask(f"{address(server)}/busy", manners)
    times = [when for _, path, when in server.asked if path == "/busy"]
    assert len(times) == 3 and min(later - before for before, later in itertools.pairwise(times)) >= 0.99
    ask(f"{address(server)}/closed", manners)
    # one try, HEAD and GET: the next would come tomorrow
    assert [method for method, path, _ in server.asked if path == "/closed"] == ["HEAD", "GET"]


@pytest.mark.parametrize("said, least, most", [("7", 7, 7), ("", 0, 0), ("soon", 0, 0), ("-3", 0, 0),
                                               ("Mon, 30 Nov 1998 00:00:00 GMT", 0, 0)])
def test_retry_after_in_any_form(said, least, most):
    """Catch a header that nobody can read stopping the whole run."""
    assert least <= asking.seconds(said) <= most
    assert asking.seconds("Fri, 01 Jan 2100 00:00:00 GMT") > 1e9


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://no-such-host.invalid/", "http://[broken/",
                                 "http://exa mple/", "gopher://x/", "http://" + "a" * 70 + ".example/"])
def test_what_cannot_be_asked_is_trouble(url):
    """Catch a run that ends at one bad address."""
    assert ask(url, Manners(pause=0, patience=5, tries=1)).outcome == "trouble"


@pytest.mark.slow
@pytest.mark.parametrize("is_plain", [True, False])
def test_a_connection_that_is_not_safe_is_no_answer(server, is_plain):
    """Catch a page passed as sound that every browser refuses: no encryption at all, or nobody's certificate."""
    other = server if is_plain else started(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
    answer = ask(f"https://127.0.0.1:{other.server_address[1]}/fine", Manners(pause=0, patience=5, tries=1))
    assert answer.outcome == "trouble" and "ssl" in answer.detail.lower()
    assert not any(path == "/fine" for _, path, _ in server.asked)
    if not is_plain:
        other.shutdown()
        other.server_close()


def record(urls: dict[str, str]) -> SimpleNamespace:
    rows = [(name, url, "2022-09-01", False) for name, url in urls.items()]
    return SimpleNamespace(sources=pd.DataFrame(rows, columns=["source_id", "url", "published", "is_mirror"]))


def asked_paths(server) -> Counter:
    return Counter(path for _, path, _ in server.asked)


@pytest.mark.slow
def test_a_run_is_kept_and_goes_on(server, manners, tmp_path):
    """Catch a run that begins anew after it was cut off, asks on the same day again, or loses what it knew."""
    urls = {name: f"{address(server)}/{name}" for name in ("fine", "missing", "moved")}
    path, quiet = tmp_path / "results" / "links.csv", Console(file=io.StringIO())
    first = run.run(record({name: urls[name] for name in ("fine", "missing")}), path, TODAY, manners, quiet)
    assert [(one.source_ids, one.outcome) for one in first] == [("fine", "ok"), ("missing", "gone")]
    assert first[1].archived == "https://web.archive.example/20220901/x" and first[0].archived == ""
    # what a full disk left of a line is no answer
    path.write_text(path.read_text(encoding="utf-8") + f"{urls['moved']},moved,2026", encoding="utf-8")
    before = asked_paths(server)
    second = run.run(record(urls), path, TODAY + datetime.timedelta(days=1), manners, quiet)
    assert asked_paths(server) - before == Counter({"/moved": 1, "/fine/new": 1})
    assert [one.outcome for one in second] == ["ok", "gone", "moved"]
    later = run.run(record(urls), path, TODAY + datetime.timedelta(days=7), manners, quiet)
    gone = next(one for one in later if one.outcome == "gone")
    assert (gone.since, gone.checked_on) == ("2026-11-30", "2026-12-07")
    assert list(run.read(path).values()) == later and [one.name for one in path.parent.iterdir()] == [path.name]
    assert len(run.run(record({"fine": urls["fine"]}), path, TODAY, manners, quiet)) == 1


@pytest.mark.slow
def test_one_host_is_asked_one_page_at_a_time(server, manners, tmp_path):
    """Catch sixteen questions at once to a small newspaper."""
    manners = replace(manners, pause=0.05)
    urls = {f"s{number:02}": f"{address(server)}/fine/{number}" for number in range(12)}
    run.run(record(urls), tmp_path / "links.csv", TODAY, manners, Console(file=io.StringIO()))
    times = sorted(when for _, path, when in server.asked if path.startswith("/fine"))
    assert len(times) == 12 and server.most_open == 1
    assert min(later - before for before, later in itertools.pairwise(times)) >= 0.04


def test_addresses_that_are_cited_twice_are_asked_once(server, manners, tmp_path):
    """Catch a page asked for each of its sources."""
    url = f"{address(server)}/fine"
    [found] = run.run(record({"a": url, "b": url}), tmp_path / "links.csv", TODAY, manners, Console(file=io.StringIO()))
    assert found.source_ids == "a;b" and asked_paths(server) == Counter({"/fine": 1})


def result(outcome: str, since: str = "2026-11-30", **cells: str) -> run.Result:
    return run.Result(**{"url": "https://a.example/x", "source_ids": "s-1", "checked_on": "2026-11-30", "status": 404,
                         "outcome": outcome, "where": "", "detail": "", "archived": "", "since": since, **cells})


def test_the_report_says_what_to_do():
    """Catch an issue that cries over a host that was down for a night, and one without the copy."""
    said = report.in_markdown([result("ok"), result("gone", archived="https://web.archive.example/1"),
                               result("trouble", url="https://b.example"), result("refused"),
                               result("trouble", since="2026-11-01", url="https://c.example"),
                               result("moved", where="https://d.example/new")], "2026-11-30")
    assert said.startswith("Of 6 pages that the record cites, as of 2026-11-30: 1 answer, 1 moved for good, 1 are gone")
    assert "`https://web.archive.example/1`" in said and "https://c.example" in said and "b.example" not in said
    assert "`https://a.example/x` is now `https://d.example/new`" in said


def test_nothing_in_an_address_becomes_markup():
    """Catch a mention of somebody, a link or a cell of a table that an address or a host slips into the issue."""
    hostile = "https://a.example/`x`|@someone\n## [a](b)"
    said = report.in_markdown([result("gone", url=hostile, detail="<b>@someone</b> | `x` #1")], "2026-11-30")
    row = next(line for line in said.splitlines() if "a.example" in line)
    assert row.count("`") == 4 and row.count("|") == 6 and "<b>" not in said and "#1" not in said
    assert "@someone" not in row.split("`")[4]


def test_a_large_report_is_cut():
    """Catch an issue that is too long to be opened."""
    many = [result("gone", url=f"https://a.example/{number}" + "x" * 200) for number in range(400)]
    said = report.in_markdown(many, "2026-11-30")
    assert len(said) < 65_536 and "250 more are in the results" in said


def test_a_port_that_closes_at_once():
    """Catch a crash where a host hangs up without a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(8)

        def hang_up() -> None:
            for _ in range(2):
                listening.accept()[0].close()

        threading.Thread(target=hang_up, daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        assert ask(url, Manners(pause=0, patience=5, tries=2)).outcome == "trouble"
