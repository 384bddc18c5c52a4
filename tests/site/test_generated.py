"""What the build adds to the book: stylesheet, policy, sitemap, previews and heads of pages."""

from __future__ import annotations

import base64
import hashlib
import io
import multiprocessing
import re
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import html5lib
import nbformat
import pytest
from docutils import nodes
from docutils.utils import new_document
from PIL import Image
from sphinx.util.parallel import ParallelTasks, make_chunks

from drills.counting import dossier, editions, estimates, sizes
from drills.counting.reading import Reading, share
from drills.figures import look
from drills.record import provenance, tables
from drills.site import directive, generated, jupyterbook, theming, underway
from drills.site.pages import previews, structured

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_the_policy_allows_the_one_script_of_the_page():
    """Catch a script that was changed without its digest: the browser would refuse it without a word to the reader."""
    digest = base64.b64encode(hashlib.sha256(theming.SCHEME_SCRIPT.encode()).digest()).decode()
    policy = theming.security_policy()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert not re.search(r"script-src[^;]*unsafe", policy) and "http" not in policy


def test_the_stylesheet_holds_all_parts_in_order():
    """Catch a part that is left out, and a comment that swallows what follows it."""
    text = theming.stylesheet()
    assert "/*" not in text and text.index("--jd-ink:") < text.index(".jd-card {") < text.index(".jd-filter")
    assert text.count("{") == text.count("}")
    for palette in (look.LIGHT, look.DARK):
        assert all(f"--jd-{role}:{colour};" in text for role, colour in palette.items())


# whoever shows what these make takes it from the reading
MADE_ONCE = ((estimates, "groups"), (estimates, "side_by_side"), (sizes, "classes"), (dossier, "parts"),
             (provenance, "event_sources"), (provenance, "event_houses"), (editions, "lanes"), (editions, "gaps"),
             (editions, "numbering"))


def fresh(folder: Path) -> Reading:
    """A reading of which nothing is made yet, also in a process that shares one of the same record."""
    return Reading(tables.load(folder))


@pytest.mark.slow
def test_pages_and_files_are_made_from_one_reading(small, tmp_path, monkeypatch):
    """Catch a page or a file for which estimates, sources or series are counted once more."""
    # another test may have shared the same record, and counted from it
    assert share(small.folder).estimates is not None
    calls = []
    for module, name in MADE_ONCE:
        made = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, made=made, name=name: calls.append(name) or made(*given))
    site = theming.Site("Drills", "", "", fresh(small.folder), small.folder)
    made = [(list(group.pages), group.files()) for group in generated.groups(site)]
    assert all(pages for pages, _ in made) and generated.write_files(site, tmp_path)
    assert all(part(site.reading) for part in directive.PARTS.values())
    assert structured.dataset(site.reading, "")["name"]
    assert sorted(calls) == sorted(name for _, name in MADE_ONCE)


def test_what_several_processes_show_is_made_before_they_part(small, tmp_path, monkeypatch):
    """Catch an estimate that is made once in each process."""
    monkeypatch.setattr(generated, "ParallelTasks", lambda _number: SimpleNamespace(add_task=lambda *_, **__: None))
    site = theming.Site("Drills", "", "", fresh(small.folder), small.folder)
    build = underway.Build(made=underway.Made("new"))
    generated.start(SimpleNamespace(drills_site=site, outdir=str(tmp_path), parallel=2, drills_build=build,
                                    env=SimpleNamespace(config=SimpleNamespace(root_doc="index"),
                                                        _pickled_doctree_cache={}, get_doctree=lambda _name: None)))
    assert {"classes", "counted", "estimates", "groups", "houses", "pairs"} <= set(vars(site.reading))


@pytest.mark.parametrize(("processes", "loads"), [
    (1, [36, 0]), (2, [18, 18, 0]), (3, [13, 12, 11, 0]), (4, [9, 9, 9, 9, 0, 0]),
    (64, [8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0])])
def test_chapters_are_dealt_evenly_to_the_processes_that_read(processes, loads, tmp_path):
    """Catch chapters that are left for the end, where one process runs them and the others wait."""
    cells = {f"chapter{number}": number for number in range(1, 9)} | dict.fromkeys(("page1", "page2", "page3"), 0)
    for name, count in cells.items():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell() for _ in range(count)])
        (tmp_path / name).write_text(nbformat.writes(notebook) if count else "# A page\n", encoding="utf-8")
    dealt = sorted(cells)
    jupyterbook.deal_chapters(SimpleNamespace(parallel=processes),
                              SimpleNamespace(doc2path=lambda name: str(tmp_path / name)), dealt)
    assert sorted(dealt) == sorted(cells)
    assert [sum(cells[name] for name in part) for part in make_chunks(dealt, processes)] == loads


@pytest.mark.slow
def test_a_failed_build_leaves_no_process_behind():
    """Catch a build that never ends after an error: who made the pages waits for somebody to take them."""
    work = underway.Work(ParallelTasks(1))
    app = SimpleNamespace(drills_build=underway.Build(work=work))
    before = set(multiprocessing.active_children())
    work.tasks.add_task(partial(bytes, 1_000_000), result_func=work.take_files)
    (child,) = set(multiprocessing.active_children()) - before
    try:
        generated.abandon(app, None)
        child.join(1)
        assert child.is_alive()
        generated.abandon(app, RuntimeError())
        child.join(30)
        assert not child.is_alive()
    finally:
        child.kill()


def test_paper_is_never_dark():
    """Catch a page that is printed with the colours of the night, for readers with and without scripts."""
    dark = f"--jd-paper:{look.DARK['paper']}"
    before_print, in_print = theming.colours().split("@media print")
    assert dark not in in_print and "@media screen and (prefers-color-scheme:dark)" in before_print


@pytest.mark.parametrize("address", ["https://example.org/drills/", "https://example.org/"])
def test_the_sitemap_is_sorted_and_whole(tmp_path, address):
    """Catch pages in the order of the build, the home page under two addresses, and pages that are no pages."""
    names = ["scale", "index", "events/b", "404", "events/a", "search"]
    generated.write_sitemap(address, names, tmp_path / "sitemap.xml")
    found = [element.text for element in ElementTree.parse(tmp_path / "sitemap.xml").iter(LOC)]
    assert found == [address, f"{address}events/a.html", f"{address}events/b.html", f"{address}scale.html"]


def test_without_an_address_there_is_no_sitemap(tmp_path):
    """Catch a sitemap of relative addresses, which no search engine takes."""
    generated.write_sitemap("", ["index"], tmp_path / "sitemap.xml")
    assert not list(tmp_path.iterdir())


def test_heads_of_folded_code_are_valid():
    """Catch paragraphs inside a summary, which HTML does not allow, and a summary that loses its words."""
    body = ('<details class="admonition hide above-input">\n<summary aria-label="Toggle hidden content">\n'
            '<p class="collapsed admonition-title">Show code cell source</p>\n'
            '<p class="expanded admonition-title">Hide code cell source</p>\n</summary>\n<p>rest</p></details>')
    [summary] = html5lib.parse(jupyterbook.valid(body)).iter("{http://www.w3.org/1999/xhtml}summary")
    assert [child.tag.split("}")[1] for child in summary] == ["span", "span"]
    assert [child.text for child in summary] == ["Show code cell source", "Hide code cell source"]
    assert jupyterbook.valid(body).endswith("<p>rest</p></details>")


def test_a_description_is_the_first_paragraph_in_plain_words():
    """Catch a description with markup, of a heading's length or without end."""
    document = new_document("page")
    document += nodes.paragraph("", "Short.")
    document += nodes.paragraph("", "", nodes.strong("", "A record"), nodes.Text(" of\nexercises" + " and more" * 50))
    said = theming.first_words(document)
    assert said.startswith("A record of exercises and more") and len(said) <= 302 and said.endswith(" …")


def test_pictures_of_links_are_the_same_twice_and_of_the_stated_size():
    """Catch a picture with a time in it, words that run over its edge, and a size other than the page says."""
    def draw() -> bytes:
        sink = io.BytesIO()
        previews.draw("Joint Drills", "A very long name of an exercise " * 6, "words " * 200,
                      theming.PICTURE_SIZE).save(sink, "PNG")
        return sink.getvalue()

    assert draw() == draw()
    picture = Image.open(io.BytesIO(draw())).convert("L")
    assert picture.size == theming.PICTURE_SIZE
    paper = picture.getpixel((5, 300))
    edge = picture.crop((theming.PICTURE_SIZE[0] - 20, 20, *theming.PICTURE_SIZE))
    assert edge.getextrema() == (paper, paper)


@pytest.mark.parametrize(("text", "drawn"), [
    ("Vostok 2018, Восток-2018", "Vostok 2018, Восток-2018"), ("Joint Sea (海上联合) 2012", "Joint Sea 2012"),
    ("Off Qingdao, 青岛, China", "Off Qingdao, China"), ("海上联合-2021", ""), ("西部/Zapad", "Zapad"),
    ("Zapad / 西部·联合 2021", "Zapad 2021"), ("Belt کمربند امنیت, Iran", "Belt, Iran"), 
    ("±3 %, ≥ 10 → 20 × 2 …",) * 2])
def test_pictures_of_links_have_no_boxes(text, drawn):
    """Catch letters that no font at hand has, and the brackets and commas that they leave behind."""
    assert previews.drawable(text) == drawn


def test_scripts_come_only_where_they_are_needed():
    """Catch a page of text that loads the script of the cards."""
    assert theming.scripts_of("<p>words</p>") == []
    assert theming.scripts_of('<figure class="jd-card" id="x">') == ["order.js", "jd-cards.js"]
    assert theming.scripts_of('<div class="jd-explorer">') == [
        "letters.js", "han.js", "definitions.js", "explorer.js"]
