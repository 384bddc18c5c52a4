"""Pages and files that no author writes: events, series, downloads, feed, calendar, sitemap, pictures for links.

They are made at each build that writes a page, from the record alone, and stand outside the book's navigation.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from docutils import nodes
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

from .. import addresses, kept, writing
from ..changes import history, news
from ..downloads import bundle, feeds
from ..record import states
from . import embeds, progress, releases, steps, theming
from .jupyterbook import cards_html, menus_at_hand, pages_with_cards, valid, write_page
from .pages import (
    event_card,
    event_tables,
    events,
    previews,
    series,
    series_pictures,
    structured,
    table_pages,
    withdrawn,
)
from .pages.page import Page, script_safe
from .underway import Build, Results, Work, build_of

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# of which all that this build has not made is taken away, so that nothing outlives the row that it was made from
FOLDERS = ("events", addresses.EVENT_FIGURES, "series", addresses.SERIES_FIGURES, "data", embeds.FOLDER,
           "previews/events", "previews/series", "previews/data", states.FOLDER, f"previews/{states.FOLDER}")
NOT_INDEXED = ("search", "404")
# of the reading, what more than one process shows: made before they part, or each would make it for itself, and load
# what it is made with, as the statistics behind a rate
SHARED = ("classes", "counted", "houses", "per_year")


def begin(app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
    """Sphinx's `env-before-read-docs`: start the work if there is anything to read beside it, or another record."""
    if app.builder.format == "html" and (docnames or not steps.is_same_record(app)):
        start(app)


def start(app: Sphinx) -> Work:
    """Start on files, pages and pictures, on more than one core in processes of their own."""
    site, out, build = theming.site_of(app), Path(app.outdir), build_of(app)
    if steps.is_same_record(app) and (found := kept.find("generated", rests_on(app), Results)):
        build.work = Work(SerialTasks(), found, is_done=True)
        return build.work
    for name in SHARED:
        getattr(site.reading, name)
    work = build.work = Work(tasks_of(app, 2))
    with menus_at_hand(app.env):
        work.tasks.add_task(partial(make_and_write_pages, app), result_func=partial(take_pages, build, work))
        progress.wait_for_leave()
        work.tasks.add_task(partial(write_files, site, out), result_func=work.take_files)
    return work


def tasks_of(app: Sphinx, count: int) -> ParallelTasks | SerialTasks:
    """What does so many tasks beside each other, or one after the other where Sphinx has no processes for them."""
    return ParallelTasks(count) if parallel_available and app.parallel > 1 else SerialTasks()


def rests_on(app: Sphinx) -> tuple[str, ...]:
    """All that decides what is made here."""
    site = theming.site_of(app)
    return build_of(app).made.rests_on, site.title, site.address, site.repository


def make_and_write_pages(app: Sphinx) -> tuple[list[Page], set[str], dict[str, str]]:
    """Every generated page, and the names of files that go with them, which are written; and of pages that are written
    already their keys, as `steps` notes them.

    A page is if the layout of the last build holds: an edited figure is on its page before the chapters have run.
    """
    site, out, last = theming.site_of(app), Path(app.outdir), build_of(app).last
    pages: list[Page] = []
    files: set[str] = set()
    written = {}
    is_same_layout = steps.is_same_layout(app, app.env)
    for group in groups(site):
        made, beside = list(group.pages), group.files()
        beside |= {preview_of(page.name): previews.file(site.title, page.title, page.description, theming.PICTURE_SIZE)
                   for page in made}
        progress.wait_for_leave()
        for name, data in beside.items():
            writing.write(out / name, data)
        for page in made if is_same_layout else ():
            key = steps.key_of(app, last.shared, page)
            if not steps.is_written(app, page.name, key):
                steps.forget(app)
                write_page(app, page.name, context_of(page), "page.html")
                written[page.name] = key
        progress.done(group.what)
        pages += made
        files |= set(beside)
    return pages, files, written


def take_pages(build: Build, work: Work, _argument: None, made: tuple[list[Page], set[str], dict[str, str]]) -> None:
    """Take over what `make_and_write_pages` has done in its process."""
    work.results.pages, work.results.other_files, written = made
    build.last.pages.update(written)


def context_of(page: Page) -> dict[str, object]:
    """What the theme is given of a page; Sphinx takes titles as HTML."""
    return {"title": str(escape(page.title)), "body": page.body, "generated": page}


def abandon(app: Sphinx, error: Exception | None) -> None:
    """Sphinx's `build-finished`: end what was begun if the build has failed, or it would wait to be asked for ever."""
    work = build_of(app).work
    if error and work and isinstance(work.tasks, ParallelTasks):
        work.tasks.terminate()


def finish(app: Sphinx, _env: BuildEnvironment) -> None:
    """Sphinx's `env-updated`: have what was begun made before the first page is written.

    Nothing is begun here: a build that reads nothing may have nothing to write either.
    """
    if build_of(app).work:
        results_of(app)


def results_of(app: Sphinx) -> Results:
    """What the work of a build has made; begun here if nothing was read."""
    work = build_of(app).work or start(app)
    if not work.is_done:
        work.tasks.join()
        work.is_done = True
        kept.put("generated", rests_on(app), work.results)
    return work.results


def collect(app: Sphinx) -> Iterator[tuple[str, dict, str]]:
    """Sphinx's `html-collect-pages`: write what no author writes, on all cores, but for the search, which the theme
    is given."""
    if app.builder.format != "html":
        return
    site, pages = theming.site_of(app), results_of(app).pages
    names = [*app.env.all_docs, *(page.name for page in pages if not page.is_withdrawn)]
    write_sitemap(site.address, names, Path(app.outdir) / "sitemap.xml")
    yield "search", {"title": "Search"}, "search.html"
    write_together(app, [*(partial(written_of, page) for page in pages),
                         *(partial(embeds_of_book, app, name) for name in pages_with_cards(app.env)),
                         partial(embeds_of_withdrawn, app)])


class Written(NamedTuple):
    """A page to write: its name, all that it shows, and what a template of the theme is given to show it."""

    name: str
    shown: object
    context: dict[str, object]
    template: str = "page.html"


def write_together(app: Sphinx, makers: Sequence[Callable[[], Iterable[Written]]]) -> None:
    """Write the pages that some functions make, on all cores, each process with every so many of them."""
    tasks = tasks_of(app, app.parallel)
    for start_at in range(app.parallel):
        tasks.add_task(partial(write_new, app), makers[start_at::app.parallel],
                       lambda _makers, keys: build_of(app).made.pages.update(keys))
    tasks.join()


def write_new(app: Sphinx, makers: Sequence[Callable[[], Iterable[Written]]]) -> dict[str, str]:
    """Write the pages that are not on disk already; returns the keys of all, as `steps` notes them."""
    keys = {}
    for page in chain.from_iterable(make() for make in makers):
        if not steps.is_as_it_was(app, page.name, page.shown):
            write_page(app, page.name, page.context, page.template)
        keys[page.name] = build_of(app).made.pages[page.name]
    return keys


def written_of(page: Page) -> Iterator[Written]:
    """A generated page, and one for each of its cards."""
    yield Written(page.name, page, context_of(page))
    yield from map(written_embed, embeds.pages(str(page.body), page.name, page.title))


def written_embed(embed: embeds.Embed) -> Written:
    """The page of one card."""
    return Written(embed.name, embed, {"title": str(escape(embed.title)), "body": embed.body, "embed": embed},
                   "embed.html")


def embeds_of_book(app: Sphinx, name: str) -> Iterator[Written]:
    """A page for each card of a page of the book, whether this build read it or not."""
    return map(written_embed, embeds.pages(cards_html(app.env, name), name, app.env.titles[name].astext()))


def embeds_of_withdrawn(app: Sphinx) -> Iterator[Written]:
    """A page for the card of each event whose id is no longer in use."""
    for stone in theming.site_of(app).tombstones.of("events"):
        gone = withdrawn.page(stone, "")
        yield written_embed(embeds.of_withdrawn(event_card.card_id(stone.id), gone.name, gone.title, gone.description))


def menu_of(app: Sphinx, folder: str, toctree: Callable[..., str]) -> Callable[..., str]:
    """The menu of chapters, made once for all generated pages of a folder, since it is the same there."""
    menus = build_of(app).menus

    def menu(**settings: object) -> str:
        if folder not in menus:
            menus[folder] = toctree(**settings)
        return menus[folder]

    return menu


class Group(NamedTuple):
    """Generated pages that are made together: what they are in words, and the files of their cards, if asked for."""

    what: str
    pages: Iterator[Page]
    files: Callable[[], dict[str, bytes]]


def groups(site: theming.Site) -> Iterator[Group]:
    """Every generated page: first those of events, on which an author waits."""
    reading = site.reading
    rows = event_tables.rows(reading)
    cards, past = event_card.Cards(reading, rows), history.histories(site.data_dir)
    yield Group("pages of events", events.pages(reading, rows, cards, past, site.repository, site.address),
                lambda: {f"{addresses.EVENT_FIGURES}/{name}": data for event_id in cards
                         for name, data in cards.files(event_id).items()})
    of_series = series_pictures.cards(reading)
    others = chain(series.pages(reading, rows, of_series, site.address), withdrawn.pages(site.tombstones, site.address),
                   releases.pages(site.data_dir, site.address), table_pages.pages(reading, site.address))
    yield Group("pages of series and tables", others,
                lambda: {f"{addresses.SERIES_FIGURES}/{name}": data for card in chain.from_iterable(of_series.values())
                         for name, data in card.for_site(addresses.SERIES_FIGURES, series.UP)[1].items()})


def write_files(site: theming.Site, out: Path) -> list[bundle.Listed]:
    """The data in all formats, the feed and the calendar; returns what the page on data lists of them."""
    listed = bundle.write(site.reading, site.data_dir, out / bundle.FOLDER)
    told = news.of_events(site.data_dir, [*site.reading.record.events["event_id"],
                                          *(stone.id for stone in feeds.gone(site.reading))], site.tombstones)
    writing.write(out / feeds.FEED_FILE, feeds.atom(site.reading, site.address, told))
    writing.write(out / feeds.CALENDAR_FILE, feeds.calendar(site.reading, site.address, told))
    for release in releases.kept(site.data_dir):
        releases.serve(release, out)
    # a branch from which GitHub publishes is not run through Jekyll, which would leave out folders such as _static
    (out / ".nojekyll").touch()
    return listed


def preview_of(name: str) -> str:
    """The address of the picture that links to a page are shown with."""
    return f"previews/{name}.png"


def take_away(app: Sphinx, error: Exception | None) -> None:
    """Sphinx's `build-finished`: take away what an earlier build has made and this one would not."""
    work, out = build_of(app).work, Path(app.outdir)
    if error or not work or app.builder.format != "html":
        return
    downloads = {f"{bundle.FOLDER}/{name}" for listed in work.results.files for name in listed.n_bytes}
    made = {f"{name}.html" for name in build_of(app).made.pages} | work.results.other_files | downloads
    releases_kept = {posixpath.dirname(one.address) for one in releases.kept(theming.site_of(app).data_dir)}
    for path in sorted(path for folder in FOLDERS for path in (out / folder).rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and name not in made and not any(name.startswith(f"{one}/") for one in releases_kept):
            path.unlink()
    for path in out.glob("*.html"):
        if path.stem not in {*app.env.all_docs, *NOT_INDEXED}:
            path.unlink()


def write_sitemap(address: str, names: Iterable[str], path: Path) -> None:
    """All pages, sorted, also those that this build did not touch; nothing without an address of the site."""
    if not address:
        return
    root = ElementTree.Element("urlset", xmlns=SITEMAP)
    for page in sorted(address_of(address, name) for name in set(names) - set(NOT_INDEXED)):
        ElementTree.SubElement(ElementTree.SubElement(root, "url"), "loc").text = page
    ElementTree.indent(root)
    path.write_bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def address_of(address: str, name: str) -> str:
    """The permanent address of a page; the home page is the folder itself."""
    return addresses.absolute(address, "" if name == "index" else f"{name}.html")


def complete_context(app: Sphinx, pagename: str, _template: str, context: dict, doctree: nodes.document | None) -> None:
    """Sphinx's `html-page-context`: give the skeleton what it says in the head, and draw the page's picture."""
    if app.builder.format != "html":
        return
    site, page, is_alone = theming.site_of(app), context.get("generated"), "embed" in context
    body = valid(str(context.get("body", "")))
    if site.address and not is_alone:
        body = embeds.offered(body, site.address, site.kept)
    context["body"] = body
    description = page.description if page else theming.first_words(doctree) if doctree else ""
    is_indexed = pagename not in NOT_INDEXED and not is_alone and not (page and page.is_withdrawn)
    picture = preview_of(pagename)
    if is_indexed and not page:
        title = Markup(context["title"]).striptags()
        writing.write(Path(app.outdir) / picture, previews.file(site.title, title, description, theming.PICTURE_SIZE))
    if page:
        context["toctree"] = menu_of(app, posixpath.dirname(pagename), context["toctree"])
    context["site"] = site
    context["page"] = theming.PageHead(description, address_of(site.address, pagename), site.address + picture,
                                       theming.scripts_of(body), linked_data(site, pagename, page), is_indexed)


def linked_data(site: theming.Site, pagename: str, page: Page | None) -> str:
    """What the page says to machines, as JSON-LD that is safe inside a script element; blank if nothing."""
    if page:
        return script_safe(page.json_ld)
    return script_safe(structured.dataset(site.reading, site.address)) if pagename == "data" else ""
