"""The made parts of the page on data, read as a browser reads them and held against the descriptors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import pytest
import yaml

from drills import release
from drills.counting.reading import load
from drills.downloads import bundle, citation, derived
from drills.record import package, tables
from drills.site import directive
from drills.site.pages import dictionary, structured
from drills.site.pages.table_pages import pages
from drills.wording import dates

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "book" / "data.md").read_text(encoding="utf-8")
ADDRESS = "https://example.org/drills"
HOSTILE = '<script>alert("1")</script> ]]> & =cmd\n</dd>'


@pytest.fixture(scope="module")
def parts(reading, tmp_path_factory):
    listed = bundle.write(reading, tables.DATA, tmp_path_factory.mktemp("files"))
    return {"files": dictionary.files(listed), **{name: part(reading) for name, part in dictionary.PARTS.items()}}


@pytest.fixture(scope="module")
def shown(parts):
    return {name: parsed(html) for name, html in parts.items()}


def parsed(html: str):
    """The elements of a part; markup that a browser would have to repair fails."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
    return parser.parse(f"<!DOCTYPE html><html><head><title>x</title></head><body>{html}</body></html>")


def text(element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_the_page_takes_in_every_part_once():
    """Catch a part that no page shows, and a name on the page that is no part."""
    assert sorted(re.findall(r"^```\{record-part\} (\S+)$", PAGE, re.MULTILINE)) == sorted(
        [*dictionary.PARTS, directive.FILES])


def test_the_page_holds_no_number_typed_by_hand():
    """Catch a number in prose that goes stale."""
    prose = re.sub(r"```.*?```|`[^`]*`|CC BY 4\.0|UTF-8", "", PAGE, flags=re.DOTALL)
    assert not re.findall(r"\d+", prose)


def test_every_name_on_the_page_is_a_name_of_the_record(content):
    """Catch prose on a column or value that was renamed."""
    known = {*content, *(name for table in content.values() for name in table.columns)}
    known |= {value["value"] for table in content.values() for column in table.columns.values()
              for value in column.get("categories", [])}
    prose = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    for name in re.findall(r"`([^`{}]+)`", prose):
        ending = name.startswith("_") or name.endswith("_")
        assert name in known | {"null", "ALL", "RUS", "CHN", "data/…", "-dev"} or (
            ending and any(name in one for one in known))


@pytest.fixture(scope="module")
def table_pages(reading):
    """The page of every table by its name, its body as a browser reads it."""
    return {page.name.removeprefix("data/"): (page, parsed(str(page.body))) for page in pages(reading, ADDRESS)}


@pytest.mark.slow
def test_every_id_stands_once_and_every_link_leads_there(parts, table_pages, content):
    """Catch a link to a table or column that leads nowhere, or to one of two places."""
    assert set(table_pages) == set(content)
    whole = {"../data.html", *(f"{name}{form.suffix}" for name in content for form in bundle.FORMATS
                               if form.is_per_table)}
    ids = {name: [one.get("id") for one in body.iter() if one.get("id")] for name, (_, body) in table_pages.items()}
    for name, (_, body) in table_pages.items():
        assert len(set(ids[name])) == len(ids[name]) and {*content[name].columns} <= {*ids[name]}
        for link in body.iter("a"):
            there, _, anchor = link.get("href").partition("#")
            table = there.removesuffix(".html") if there.endswith(".html") else name
            assert there in whole or (table in ids and (not anchor or anchor in ids[table])), link.get("href")
    on_page = [found for html in parts.values() for found in re.findall(r'\bid="([^"]+)"', html)]
    assert len(set(on_page)) == len(on_page) and {*content} <= {*on_page}


@pytest.mark.parametrize("table", [*package.resources(tables.read_package()), "estimates", "events_per_year"])
def test_the_page_of_a_table_says_all_that_its_descriptor_says(content, table_pages, table):
    """Catch a column, a unit, an allowed value or the meaning of a blank that the page does not show."""
    resource, columns = content[table].resource, content[table].columns
    page, document = table_pages[table]
    body = document.find("body")
    assert text(body.find("h1")) == resource["title"] and text(body.find("p")) == resource["description"]
    assert [text(one) for one in body.findall("p")[1].findall("a/code")] == resource["schema"]["primaryKey"]
    assert page.json_ld["isPartOf"]["url"] == f"{ADDRESS}/data.html"
    rows = body.find(".//table").findall("tbody/tr")
    assert [text(row.find("th")) for row in rows] == list(columns)
    for row, column in zip(rows, columns.values(), strict=True):
        said = text(row.find("td"))
        assert column["description"] in said and column.get("unit", "") in said
        assert ("required" in text(row.find("td/span"))) == column.get("constraints", {}).get("required", False)
        assert all(f"Blank: {blank['label']}" in said for blank in column.get("missingValues", []))
        assert {text(one.find("dt")): text(one.find("dd")).split(" [")[0] for one in row.iter("div")} == {
            value["value"]: value["label"] for value in column.get("categories", [])}
        links = [link.get("href").replace(".html#", ".") for link in row.iter("a")]
        assert links == [f"{there}.{key}" for name, there, key in package.references(resource)
                         if name == column["name"]]


def test_the_example_is_a_row_of_the_table(content, table_pages):
    """Catch an example that is made up, or that leaves out a cell."""
    for name, (_, body) in table_pages.items():
        if content[name].frame.empty:
            assert len(body.findall(".//table")) == 1
            continue
        shown = {text(row.find("th")): text(row.find("td")) for row in body.findall(".//table")[1].find("tbody")}
        key = content[name].resource["schema"]["primaryKey"]
        frame = content[name].frame
        rows = frame[[all(text_of(cell) == shown[column] for column, cell in zip(key, cells, strict=True))
                      for cells in frame[key].itertuples(index=False)]]
        assert len(rows) == 1 and shown == {column: " ".join(text_of(cell).split()) for column, cell
                                            in rows.iloc[0].items() if text_of(cell)}


def text_of(cell) -> str:
    """A cell as the example shows it."""
    if isinstance(cell, (tuple, list)):
        return "; ".join(map(str, cell))
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, float):
        return f"{cell:,.10g}"
    return str(cell).lower() if str(cell) in ("True", "False") else str(cell)


@pytest.mark.slow
def test_every_download_is_linked_with_its_size(reading, content, shown, tmp_path):
    """Catch a file that nobody can find, a dead link, and a size or number of rows that is not that of the file."""
    bundle.write(reading, tables.DATA, tmp_path / "data")
    links = [link for link in shown["files"].iter("a") if link.get("download") is not None]
    assert {link.get("href") for link in links} == {f"data/{name}" for name in bundle.names(reading)}
    for link in links:
        name = link.get("href").removeprefix("data/")
        assert link.get("type") == bundle.names(reading)[name]
        if link.get("aria-label"):
            kilobytes = max(round((tmp_path / "data" / name).stat().st_size / 1000), 1)
            assert link.get("aria-label").endswith(f", {kilobytes:,} kB") and text(link) == f"{kilobytes:,}"
    rows = {text(row.find("th/a")): text(row.findall("td")[0]) for row in shown["files"].findall(".//tbody")[1]}
    assert rows == {table.resource["title"]: f"{len(table.frame):,}" for table in content.values()}


def test_wide_content_scrolls_in_a_named_region(parts):
    """Catch a table that pushes the page sideways on a phone, or cannot be reached by keyboard."""
    for html in parts.values():
        regions = re.findall(r'<div class="jd-scroll[^>]*role="region" aria-label="[^"]+" tabindex="0">', html)
        assert len(regions) == html.count("<table") + html.count("<pre")


def test_the_citation_names_release_day_and_licence(reading, shown):
    """Catch a citation that does not say which version was used, or that CITATION.cff contradicts."""
    said, cff = text(shown["citation"]), yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    for part in (cff["title"], cff["authors"][0]["name"], f"Release {cff['version']}", dates.day(reading.as_of),
                 cff["license"]):
        assert part in said
    entry = citation.bibtex(reading)
    assert entry.startswith("@misc{") and entry.count("{") == entry.count("}")
    assert f"year = {{{reading.as_of.year}}}" in entry and entry.strip() in shown["citation"].find(".//pre/code").text


def test_special_signs_of_bibtex_are_escaped(reading, monkeypatch):
    """Catch a title with & or % that breaks the reader's document."""
    monkeypatch.setattr(citation, "cff", lambda: {"title": "A & B, 50 % {x", "authors": [{"name": "C_d"}]})
    assert r"A \& B, 50 \% \{x" in citation.bibtex(reading) and r"C\_d" in citation.bibtex(reading)


def test_the_changes_are_those_of_the_changelog(shown):
    """Catch a release or a line that the page does not show."""
    file = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    # right after a release nothing is unreleased
    sections = [part.partition("\n") for part in re.split(r"^## ", file, flags=re.MULTILINE)[1:]]
    assert [text(one) for one in shown["changelog"].iter("summary")] == [
        name for name, _, body in sections if body.strip()]
    assert len(list(shown["changelog"].iter("li"))) == len(re.findall(r"^- ", file, re.MULTILINE))


def test_markup_in_the_changelog_stays_text(reading, monkeypatch, tmp_path):
    """Catch a changelog that puts a script or a link to one on the page."""
    (tmp_path / "CHANGELOG.md").write_text(f"## 1.0\n\n- {HOSTILE} [x](javascript:alert(1))\n", encoding="utf-8")
    monkeypatch.setattr(citation, "PROJECT", tmp_path)
    html = dictionary.changelog(reading)
    assert "<script" not in html and 'href="javascript' not in html and 'id="release-1-0"' in html


def test_hostile_descriptions_stay_text(small, tmp_path):
    """Catch a description or a value that becomes markup."""
    reading = load(small.folder)
    record = reading.record
    column = package.fields(package.resources(record.package)["events"])["tier"]
    column["description"], column["categories"][0] = HOSTILE, {"value": HOSTILE, "label": HOSTILE}
    package.resources(record.package)["events"]["title"] = HOSTILE
    listed = bundle.write(reading, small.folder, tmp_path / "made")
    page = next(page for page in pages(reading, ADDRESS) if page.name == "data/events")
    for html in (str(page.body), dictionary.files(listed)):
        assert "<script" not in html and "&lt;script&gt;" in html
        parsed(html)


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}/"])
def test_search_engines_are_told_what_the_data_set_is(reading, address):
    """Catch a missing field, or an address that leads elsewhere."""
    said = structured.dataset(reading, address)
    assert json.loads(json.dumps(said)) == said and said["@type"] == "Dataset"
    assert said["url"] == f"{ADDRESS}/data.html" and said["dateModified"] == f"{reading.as_of:%Y-%m-%d}"
    assert said["license"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert said["isAccessibleForFree"] is True and said["version"] == release()
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}/\d{4}(-\d\d){0,2}", said["temporalCoverage"])
    assert {"China", "Russia"} <= {place["name"] for place in said["spatialCoverage"]}
    assert [(one["contentUrl"], one["encodingFormat"]) for one in said["distribution"]] == [
        (f"{ADDRESS}/data/{name}", mediatype) for name, mediatype in bundle.names(reading).items()]
    assert {"troops", "ships"} <= {one["name"] for one in said["variableMeasured"]}


def test_the_derived_tables_are_described_as_those_of_the_record_are(reading, content):
    """Catch a derived column without sentence, unit or meaning of a blank; and words that the record has otherwise."""
    described = package.resources(derived.package(reading))
    for resource in described.values():
        assert resource["description"].startswith("One row is ")
        for column in package.fields(resource).values():
            assert column["description"].endswith(".") and column["type"] in ("string", "number", "integer", "boolean",
                                                                              "list")
            assert bool(column.get("missingValues")) != column.get("constraints", {}).get("required", False)
            assert column["type"] not in ("number", "integer") or column.get("unit") or (
                "in the unit of the measure" in column["description"])
    claims = package.fields(package.resources(reading.record.package)["claims"])
    assert package.fields(described["estimates"])["measure"]["categories"] == claims["measure"]["categories"]
    for name in ("measure", "stage_used"):
        allowed = {value["value"] for value in package.fields(described["estimates"])[name]["categories"]}
        assert set(content["estimates"].frame[name]) <= allowed
