"""A fork under the name of its repository: no page names the original, no link is dead."""

from __future__ import annotations

import functools
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from lxml import etree, html

from drills import addresses
from tests.builds.test_site import words_of
from tests.helpers.books import ROOT, Book

FORK, PREFIX = "Some-One/drills-fork", "/drills-fork/"
ADDRESS = f"https://some-one.github.io{PREFIX}"
ORIGINAL = urlsplit(yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["html"]["baseurl"]).netloc
# where pages name addresses of the site, beside links
NAMED = ("//link[@rel='canonical']/@href", "//meta[@property='og:url' or @property='og:image']/@content")
DEAD = "a/b/no-such-page.html"


class UnderPrefix(SimpleHTTPRequestHandler):
    """Serves a folder under PREFIX and nothing elsewhere, with the site's own page for what is not there."""

    def translate_path(self, path: str) -> str:
        path = unquote(urlsplit(path).path)
        inside = path[len(PREFIX):] if path.startswith(PREFIX) else "outside-of-the-fork"
        return str(Path(self.directory, inside))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if self.command == "GET" else b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def fork(tmp_path_factory) -> Path:
    """The site of a fork on a small record: a chapter with a card, the page on data, and a word on each other page."""
    from tests.conftest import SmallRecord

    folder = tmp_path_factory.mktemp("fork")
    (folder / "data").mkdir()
    book = Book(folder, SmallRecord(folder / "data").folder)
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    pages = {one["file"]: f"# {one['file']}\n\nWords alone.\n" for one in toc["chapters"]}
    pages["data"] = (ROOT / "book" / "data.md").read_text(encoding="utf-8")
    book.write(index=words_of("publishers"), **pages)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(addresses.REPOSITORY, FORK)
        patch.delenv(addresses.VARIABLE, raising=False)
        app = book.build()
    assert app.statuscode == 0, app.warning.getvalue()
    return book.html


@pytest.fixture(scope="module")
def served(fork) -> Iterator[str]:
    """The address at which the fork is served on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(UnderPrefix, directory=str(fork)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def pages(folder: Path) -> dict[str, etree._Element]:
    return {path.relative_to(folder).as_posix(): html.document_fromstring(path.read_bytes())
            for path in sorted(folder.rglob("*.html"))}


def test_every_link_of_a_fork_answers(fork, served):
    """Catch a link, a picture or a file that is looked for at the root of the host, or at the original's."""
    goals: dict[str, str] = {}
    for name, root in pages(fork).items():
        here = served + (DEAD if name == "404.html" else name)
        for link in root.xpath("//@href[not(starts-with(., '#'))] | //@src"):
            goals.setdefault(urljoin(here, link.replace(ADDRESS, served)).partition("#")[0], name)
        for path in NAMED:
            for link in root.xpath(path):
                goals.setdefault(link.replace(ADDRESS, served), name)
    inside = {goal: name for goal, name in goals.items() if goal.startswith(served.removesuffix(PREFIX))}
    assert len(inside) > 100
    assert {goal: name for goal, name in inside.items() if status(goal) != 200} == {}
    outside = {urlsplit(goal).netloc for goal in goals} - {urlsplit(served).netloc}
    assert ORIGINAL not in outside and urlsplit(ADDRESS).netloc not in {urlsplit(goal).netloc for goal in goals}


def test_every_page_of_a_fork_names_itself(fork):
    """Catch a canonical address or a picture for links that is the original's."""
    for name, root in pages(fork).items():
        named = [link for path in NAMED for link in root.xpath(path)]
        if name.startswith("embed/") or name in ("404.html", "search.html"):
            assert named == []
        elif "noindex" not in root.xpath("//meta[@name='robots']/@content"):
            assert len(named) == 3 and all(link.startswith(ADDRESS) for link in named), name
    assert ORIGINAL not in "".join(path.read_text(encoding="utf-8") for path in fork.rglob("*.html"))


def test_files_of_a_fork_name_it(fork, served):
    """Catch a feed, a calendar or a sitemap that leads to the original, or to nowhere."""
    for name in ("feed.xml", "sitemap.xml"):
        root = etree.fromstring((fork / name).read_bytes())
        links = root.xpath("//*[local-name()='loc']/text() | //*[local-name()='link']/@href")
        assert links and all(link.startswith(ADDRESS) for link in links)
        assert [link for link in links if status(link.replace(ADDRESS, served)) != 200] == []
    calendar = (fork / "calendar.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    assert f"URL:{ADDRESS}events/" in calendar and ORIGINAL not in calendar
    assert (fork / ".nojekyll").exists()


def test_errors_are_reported_to_the_fork(fork):
    """Catch readers of a fork who are sent to the original with an error that is not its own."""
    root = html.document_fromstring((fork / "events" / "2021-alpha.html").read_bytes())
    links = [link for link in root.xpath("//a/@href") if link.startswith("https://github.com/")]
    assert links and all(link.startswith(f"https://github.com/{FORK}") for link in links)
    missing = html.document_fromstring((fork / "404.html").read_bytes())
    assert f"{PREFIX}index.html" in missing.xpath("//a/@href")


def test_old_addresses_of_a_fork_answer(fork, served):
    """Catch an id that was renamed and whose page, embed or feed entry is dead."""
    for name in ("events/2021-first-alpha.html", "events/2020-alpha.html", "embed/said-2021-first-alpha.html",
                 "releases/index.html"):
        assert status(served + name) == 200, name
    sitemap = (fork / "sitemap.xml").read_text(encoding="utf-8")
    assert "events/2021-alpha.html" in sitemap and "first-alpha" not in sitemap
    root = html.document_fromstring((fork / "events" / "2021-first-alpha.html").read_bytes())
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
