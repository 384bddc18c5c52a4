"""A build in steps gives what any other way to the same sources gives, byte for byte, and writes only what is new.

One book goes through the states of STATES from the first to the last, another one back, so that each comes to every
state from another side: what an edit leaves as it was, or leaves behind, is in one of the two sites alone. The first
state of the one and the last of the other are builds of everything.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from drills import KEPT_VARIABLE, kept
from drills.record import version
from drills.site import inventory
from tests.builds.test_site import COUNTED, DATA, IMPORTS, NUMBERS, PROSE, without
from tests.conftest import SmallRecord
from tests.helpers.books import Book, chapter, stubs

MORE = {"more": "# More\n\nWords.\n"}
GONE = "2022-watch-north"
BY_SPHINX = {".buildinfo", "objects.inv"}


@dataclass(frozen=True)
class State:
    """The sources of a small site: what of the record is edited, and what the pages say."""

    figure: str = "10000"
    address: str = "https://example.org/1"
    is_event_gone: bool = False
    card: str = "publishers"
    chapter: str = "First"
    method: str = "Method"
    more: dict[str, str] = field(default_factory=dict)

    def record(self, folder: Path) -> None:
        """Write the record in a folder."""
        record = SmallRecord(folder)
        record.edit("claims", 2, "value_low", self.figure)
        record.edit("sources", 3, "url", self.address)
        if self.is_event_gone:
            for table in ("events", "participants"):
                without(record.path(table), GONE)
            record.swap("events", ",alpha-line,wider,", ",alpha-line,core,")

    def pages(self) -> dict[str, str]:
        """The text of each page by its name, the first of which is the root."""
        shown = chapter(self.chapter, IMPORTS, DATA, NUMBERS, f"evidence.{self.card}(reading)", prose=PROSE)
        pages = {"index": shown, **self.more, "method": f"# {self.method}\n\nWords alone.\n",
                 "data": "# Data\n\nSee [](method.md).\n"}
        return pages | {name: text for name, text in stubs().items() if name not in pages}


# what each state says otherwise than the one before it
EDITS: dict[str, dict] = {
    "a figure": {"figure": "4321"}, "an address": {"address": "https://example.org/2"},
    "an event that goes and one that counts": {"is_event_gone": True, "card": "mirrors"},
    "titles of a chapter and of another page": {"chapter": "Another title", "method": "How we know"},
    "a page more": {"more": MORE}}
STATES = {"as it was": State()}
for name, edit in EDITS.items():
    STATES[name] = replace(list(STATES.values())[-1], **edit)


@dataclass
class Site:
    """What a build made: a digest of each file by its name, and the texts that a test looks at."""

    files: dict[str, str]
    texts: dict[str, str]


class Way:
    """A book on a small record, and its sites in the states that it was brought to."""

    def __init__(self, folder: Path):
        for name in ("data", "new"):
            (folder / name).mkdir(parents=True)
        self.book, self.new = Book(folder, folder / "data"), folder / "new"
        self.sites: dict[str, Site] = {}
        # by each page of the book the time at which it was read; those that the last build has read
        self.times: dict[str, float] = {}
        self.read: set[str] = set()
        # the same for each state that was gone to
        self.read_for: dict[str, set[str]] = {}

    def go(self, name: str) -> None:
        """Write what this state has otherwise, and nothing else, and build."""
        STATES[name].record(self.new)
        take_over(self.book.data_dir, {path.name: path.read_bytes() for path in self.new.iterdir()})
        pages = STATES[name].pages()
        take_over(self.book.source, {f"{page}{'.ipynb' if text.startswith('{') else '.md'}": text.encode()
                                     for page, text in pages.items()})
        self.book.list_pages(pages)
        self.build()
        html = self.book.html
        # settings name the folder of the book, which is absolute here alone; Sphinx notes a digest of them
        files = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in named(html)
                 if name != ".buildinfo"}
        self.read_for[name] = self.read
        self.sites[name] = Site(files, {one: (html / one).read_text(encoding="utf-8") for one in (
            "index.html", "_static/search-data.js", "sitemap.xml", "feed.xml", "data/events.json")})

    def build(self) -> set[str]:
        """Build what has changed, as before it is served; returns the names of the files that were written."""
        before = written(self.book.html)
        app = self.book.build()
        assert app.statuscode == 0, app.warning.getvalue()
        # of the settings Sphinx notes a digest on the site, which must not hang on where the packages are
        assert not any(sys.prefix in folder for folder in app.config.templates_path)
        inventory.leave_out(self.book.html, self.book.toc)
        assert inventory.missing(self.book.html, self.book.data_dir, self.book.toc) == {}
        times = dict(app.env.all_docs)
        self.read, self.times = {name for name in times if times[name] != self.times.get(name)}, times
        return {name for name, about in written(self.book.html).items() if before.get(name) != about}


def take_over(folder: Path, files: dict[str, bytes]) -> None:
    """Make tables and pages of a folder these, and touch none that is so already."""
    for path in [*folder.glob("*.csv"), *folder.glob("*.md"), *folder.glob("*.ipynb")]:
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        if not (folder / name).exists() or (folder / name).read_bytes() != text:
            (folder / name).write_bytes(text)


def named(folder: Path) -> list[tuple[str, Path]]:
    return [(path.relative_to(folder).as_posix(), path) for path in sorted(folder.rglob("*")) if path.is_file()]


def written(html: Path) -> dict[str, tuple[int, int]]:
    """Each file of the site but for those that Sphinx copies anew, with numbers that change when it is written."""
    return {name: (path.stat().st_ino, path.stat().st_size) for name, path in named(html)
            if not name.startswith(("_static/", "assets/")) and name not in BY_SPHINX}


@pytest.fixture(scope="module")
def forth(tmp_path_factory) -> Iterator[Way]:
    """A book that went through all states in turn, with all that is kept between builds, on a package of its own."""
    folder = tmp_path_factory.mktemp("forth")
    module = folder / "project" / "drills" / "chapters.py"
    module.parent.mkdir(parents=True)
    for path in (module, *(module.parents[1] / name for name in ("CHANGELOG.md", "CITATION.cff"))):
        path.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEPT_VARIABLE, str(folder / "kept"))
        patch.setenv(version.UNNAMED_VARIABLE, "yes")
        patch.setattr(kept, "PACKAGE", module.parent)
        # this package is younger than this process, which has loaded none of it
        patch.setattr(kept, "BEGAN", math.inf)
        kept.code.cache_clear()
        way = Way(folder / "way")
        for name in STATES:
            way.go(name)
        yield way
    kept.code.cache_clear()


@pytest.fixture(scope="module")
def back(tmp_path_factory) -> Way:
    """A book that went through all states from the last to the first, with nothing kept between builds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(KEPT_VARIABLE, raising=False)
        patch.setenv(version.UNNAMED_VARIABLE, "yes")
        way = Way(tmp_path_factory.mktemp("back") / "way")
        for name in reversed(STATES):
            way.go(name)
    return way


@pytest.mark.parametrize("state", STATES)
def test_both_ways_lead_to_the_same_site(forth, back, state):
    """Catch a page, picture, menu, number, search index or file that an edit leaves as it was, or leaves behind."""
    made, other = forth.sites[state].files, back.sites[state].files
    assert sorted(made) == sorted(other)
    assert [name for name in made if made[name] != other[name]] == []


def test_every_state_is_another_site(forth):
    """Catch an edit of this module that edits nothing, after which any way leads to the same site."""
    digests = [sorted(site.files.items()) for site in forth.sites.values()]
    assert all(one != other for number, one in enumerate(digests) for other in digests[:number])


def test_what_was_edited_shows_and_what_is_gone_goes(forth):
    """Catch stale numbers and pictures in the next build, and files of an event or of a figure that is gone."""
    before, after = forth.sites["a figure"], forth.sites["an event that goes and one that counts"]
    assert COUNTED.search(before.texts["index.html"])[1] == "2"
    assert COUNTED.search(after.texts["index.html"])[1] == "3"
    assert f"events/{GONE}.html" in before.files and "figures/evidence-publishers.svg" in before.files
    assert not [name for name in after.files if "watch-north" in name or "evidence-publishers" in name]
    assert "figures/evidence-mirrors.svg" in after.files and "previews/events/2022-watch.png" in after.files
    assert "embed/evidence-mirrors.html" in after.files and "embed/evidence-mirrors.html" in after.texts["index.html"]
    for name in ("_static/search-data.js", "sitemap.xml", "feed.xml", "data/events.json"):
        text = after.texts[name]
        assert GONE not in text and "2022-watch" in text and "embed/" not in text, name


def test_only_what_an_edit_can_change_is_read(forth):
    """Catch chapters that run for a column of which they say nothing, and one that does not for a figure."""
    assert {name: "index" in read for name, read in forth.read_for.items()} == {
        name: name != "an address" for name in STATES}


def test_a_build_of_what_is_built_writes_nothing_and_an_edit_of_the_package_is_seen(forth):
    """Catch a page that is written although nothing has changed, and one that is not read again after the code has."""
    assert forth.build() == set() and forth.read == set()
    (kept.PACKAGE / "chapters.py").write_text("# edited", encoding="utf-8")
    kept.code.cache_clear()
    forth.build()
    assert forth.read == {"index"}
