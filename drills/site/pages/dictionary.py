"""The parts of the page on data that are made, not written: downloads, citation, changes.

`files`, `citation_box` and `changelog` give HTML for the page, every text in it escaped. The pages of the tables, with
their columns, are `table_pages`.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markupsafe import Markup

from ...counting.reading import Reading
from ...downloads import bundle, citation, derived
from ...record import package
from ...templating import render
from ...wording import numbers

CHANGES_FILE = "CHANGELOG.md"
# The measures with most claims that search engines hear of.
MEASURES_NAMED = 8


def kilobytes(n_bytes: int) -> str:
    """The size of a file in kilobytes, at least one."""
    return numbers.count(max(n_bytes / 1000, 1))


def files(listed: list[bundle.Listed]) -> str:
    """Tables of all downloads, with links from the root of the site, row counts and sizes; listed: `bundle.write`."""
    sizes = {name: kilobytes(size) for table in listed for name, size in table.n_bytes.items()}

    def file(name: str, label: str, mediatype: str = "", use: str = "") -> dict:
        return {"href": f"{bundle.FOLDER}/{name}", "kilobytes": sizes[name], "label": label, "mediatype": mediatype,
                "use": use}

    per_table = [form for form in bundle.FORMATS if form.is_per_table]
    rows = [{"name": table.name, "title": table.title, "rows": numbers.count(table.n_rows),
             "is_derived": table.is_derived,
             "files": [file(f"{table.name}{form.suffix}", form.label, form.mediatype) for form in per_table]}
            for table in listed[1:]]
    whole = [file(f"{bundle.BUNDLE}{form.suffix}", form.label, form.mediatype, form.use)
             for form in bundle.FORMATS if not form.is_per_table]
    return render("site/pages/parts/files.html.jinja", whole=whole, formats=per_table, tables=rows,
                  schema=file(package.PACKAGE_FILE, package.PACKAGE_FILE),
                  derived=file(derived.DESCRIPTOR_FILE, derived.DESCRIPTOR_FILE))


def citation_box(reading: Reading) -> str:
    """How to cite, in words and for BibTeX, with release, day and licence."""
    return render("site/pages/parts/citation.html.jinja", cited=citation.in_words(reading),
                  bibtex=citation.bibtex(reading), licence=reading.record.package["licenses"][0])


def changelog(_reading: Reading) -> str:
    """What CHANGELOG.md says, each release behind its name; HTML in it stays text."""
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse((citation.PROJECT / CHANGES_FILE).read_text(encoding="utf-8"))
    # the heading of the file is that of the page's section
    shown = tokens[3:] if tokens and tokens[0].tag == "h1" else tokens
    starts = [number for number, token in enumerate(shown) if token.tag == "h2" and token.nesting == 1]
    releases = []
    for start, end in zip(starts, [*starts[1:], len(shown)], strict=True):
        name = shown[start + 1].content
        if start + 3 == end:
            # nothing has happened since the last release
            continue
        releases.append((name, "-".join(name.lower().split()).replace(".", "-"),
                         Markup(markdown.renderer.render(shown[start + 3:end], markdown.options, {}))))
    return render("site/pages/parts/changelog.html.jinja", releases=releases)


# by the names under which the page takes them in
PARTS = {"citation": citation_box, "changelog": changelog}
