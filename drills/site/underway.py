"""What the extension knows of the build under way from one of Sphinx's events to the next, in one place on its app."""

from __future__ import annotations

from dataclasses import dataclass, field

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, SerialTasks

from ..downloads import bundle
from .pages.page import Page


@dataclass
class Made:
    """What a build has made, and from what.

    rests_on: digest of record, code and history. book_rests_on: digest of what decides the numbers of the book's own
    pages. shared: digest of what every page shows. pages: by the name of each generated page a digest of all that it
    shows, the layout included.
    """

    rests_on: str = ""
    book_rests_on: str = ""
    shared: str = ""
    pages: dict[str, str] = field(default_factory=dict)


@dataclass
class Results:
    """What no author writes: pages, files by table as the page on data lists them, other files by their names."""

    pages: list[Page] = field(default_factory=list)
    files: list[bundle.Listed] = field(default_factory=list)
    other_files: set[str] = field(default_factory=set)


@dataclass
class Work:
    """What is made beside the reading of the chapters, since it needs the record alone.

    The results are all there when the tasks are joined.
    """

    tasks: ParallelTasks | SerialTasks
    results: Results = field(default_factory=Results)
    is_done: bool = False

    def take_files(self, _argument: None, files: list[bundle.Listed]) -> None:
        self.results.files = files


@dataclass
class Build:
    """last: what the last build that ended well has made. made: what this one has so far.

    work: None before anything was begun. menus: the menu of chapters on the generated pages of each folder.
    """

    last: Made = field(default_factory=Made)
    made: Made = field(default_factory=Made)
    work: Work | None = None
    menus: dict[str, str] = field(default_factory=dict)


def build_of(app: Sphinx) -> Build:
    """The build that an app is for, the same at each call."""
    return vars(app).setdefault("drills_build", Build())
