"""The parts of the page on data that are made, not written: downloads, data dictionary, citation, changes.

`files`, `dictionary`, `citation_box` and `changelog` give HTML for the page, every text in it escaped; `dataset` gives
what search engines are told.
"""

from __future__ import annotations

from markdown_it import MarkdownIt

from ...counting.reading import Reading
from ...downloads import bundle, citation, derived
from ...record import package
from ...templating import render
from ...wording import numbers

CHANGES_FILE = "CHANGELOG.md"
# A longer list of allowed values is folded.
MANY = 8
# The measures with most claims that search engines are told of.
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


def dictionary(reading: Reading) -> str:
    """Every table and column as the descriptors have them; headings and rows carry the ids `table`, `table-column`."""
    described = [(resource, False) for resource in reading.record.package["resources"]]
    described += [(resource, True) for resource in derived.package(reading)["resources"]]
    rows = [{**{name: resource[name] for name in ("name", "title", "path", "description")}, "is_derived": is_derived,
             "key": resource["schema"]["primaryKey"], "columns": _columns(resource)}
            for resource, is_derived in described]
    return render("site/pages/parts/dictionary.html.jinja", tables=rows, many=MANY)


def _columns(resource: dict) -> list[dict]:
    """The columns of one table as the dictionary shows them."""
    targets = package.references(resource)
    return [{"name": name, "type": _type(column), "unit": column.get("unit"), "description": column["description"],
             "is_required": column.get("constraints", {}).get("required", False),
             "blanks": [blank["label"] for blank in column.get("missingValues", [])],
             "allowed": column.get("categories", []),
             "references": [{"table": table, "column": there} for here, table, there in targets if here == name]}
            for name, column in package.fields(resource).items()]


def _type(column: dict) -> str:
    names = {"string": "text", "boolean": "true or false", "integer": "whole number"}
    return (f"list, joined by “{column['delimiter']}”" if column["type"] == "list"
            else names.get(column["type"], column["type"]))


def citation_box(reading: Reading) -> str:
    """How to cite, in words and for BibTeX, with release, day and licence."""
    return render("site/pages/parts/citation.html.jinja", cited=citation.in_words(reading),
                  bibtex=citation.bibtex(reading), licence=reading.record.package["licenses"][0])


def changelog(_reading: Reading) -> str:
    """What CHANGELOG.md says, one heading of the third level for each release; HTML in it stays text."""
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse((citation.PROJECT / CHANGES_FILE).read_text(encoding="utf-8"))
    # the heading of the file is that of the page's section
    shown = tokens[3:] if tokens and tokens[0].tag == "h1" else tokens
    for token, inline in zip(shown, [*shown[1:], None], strict=True):
        if token.type.startswith("heading_"):
            token.tag = f"h{int(token.tag[1:]) + 1}"
        if token.type == "heading_open":
            token.attrSet("id", "release-" + "-".join(inline.content.lower().split()).replace(".", "-"))
    return markdown.renderer.render(shown, markdown.options, {})


# by the names under which the page takes them in
PARTS = {"dictionary": dictionary, "citation": citation_box, "changelog": changelog}
