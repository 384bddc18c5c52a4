"""A built site is counted: what the record and the book call for, and what pages name, is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from drills.counting.reading import load
from drills.site import inventory

TOC = """format: jb-book
root: index
parts:
  - caption: One
    chapters:
      - file: scale
        sections:
          - file: more/deep
"""
# A figure on a chapter, a link to another page, to elsewhere, to a part of this page, to a page of other letters.
PAGE = """<!DOCTYPE html><title>x</title><link rel="stylesheet" href="_static/site.css"><a href="scale.html#part">a</a>
<a href="https://a.example/b.html">b</a><a href="#c">c</a><a href="./">d</a><a href="events/%E6%BC%94.html?e=1">e</a>
<a href="mailto:a@b.example">f</a><figure class="jd-card" id="one" data-files="figures/one"><a href="figures/one.csv">g
</a></figure>"""
NAMED = {"_static/site.css", "scale.html", "index.html", "events/演.html", "embed/one.html", "figures/one.csv",
         "figures/one.svg", "figures/one.png", "figures/one.json"}


@pytest.fixture
def toc(tmp_path) -> Path:
    path = tmp_path / "_toc.yml"
    path.write_text(TOC, encoding="utf-8")
    return path


@pytest.fixture
def built(small_at, tmp_path, toc):
    """A site with every file that a small record and a book call for, all blank, and the folder of that record."""
    data_dir = small_at(tmp_path / "data").folder
    for name in inventory.files(load(data_dir), toc):
        path = tmp_path / "html" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<title>x</title>" if path.suffix == ".html" else "", encoding="utf-8")
    return tmp_path / "html", data_dir


def test_chapters_of_every_depth_are_called_for(toc):
    """Catch chapters in parts or sections that nobody counts."""
    assert inventory.chapters(toc) == {"index", "scale", "more/deep"}


def test_a_page_names_its_files(tmp_path):
    """Catch a figure without its files, and addresses of elsewhere that are looked for on the site."""
    (tmp_path / "frequency.html").write_text(PAGE, encoding="utf-8")
    assert inventory.named_by(tmp_path / "frequency.html", tmp_path) == NAMED
    (tmp_path / "embed").mkdir()
    (tmp_path / "embed" / "one.html").write_text('<a href="../scale.html">a</a>', encoding="utf-8")
    assert inventory.named_by(tmp_path / "embed" / "one.html", tmp_path) == {"scale.html"}


@pytest.mark.parametrize("gone", ["events/2021-alpha.html", "previews/events/2021-alpha.png", "series/alpha-line.html",
                                  "data/claims.html", "data/claims.parquet", "data/joint-drills.zip", "scale.html",
                                  "more/deep.html", "feed.xml", "calendar.ics", "404.html", "_static/search-data.js"])
def test_every_kind_of_file_is_missed(built, toc, gone):
    """Catch a site without some of its pages or files that is taken for whole."""
    html, data_dir = built
    assert inventory.missing(html, data_dir, toc) == {}
    (html / gone).unlink()
    assert inventory.missing(html, data_dir, toc) == {"the record and the book": [gone]}
    assert gone in inventory.in_words(inventory.missing(html, data_dir, toc))


def test_what_a_page_names_is_missed(built, toc):
    """Catch a link that leads nowhere and a figure whose files were not written."""
    html, data_dir = built
    (html / "scale.html").write_text(PAGE, encoding="utf-8")
    assert inventory.missing(html, data_dir, toc) == {"scale.html": sorted(NAMED - {"scale.html", "index.html"})}


def test_a_chapter_that_is_gone_takes_its_page_along(built, toc):
    """Catch a page that a clean build would not have."""
    html, _ = built
    toc.write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    inventory.leave_out(html, toc)
    assert not (html / "scale.html").exists() and not (html / "previews" / "scale.png").exists()
    assert (html / "index.html").exists() and (html / "404.html").exists() and (html / "search.html").exists()
