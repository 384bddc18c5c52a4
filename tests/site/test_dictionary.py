"""The made parts of the page on data, read as a browser reads them and held against the descriptors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import pytest
import yaml

from drills import __version__
from drills.counting.reading import load
from drills.downloads import bundle, citation, derived
from drills.record import package, tables
from drills.site import directive
from drills.site.pages import dictionary, structured
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
        assert name in known | {"null", "ALL", "RUS", "CHN", "data/…"} or (ending and any(name in one for one in known))


def test_every_heading_and_row_has_an_id_of_its_own(parts, content):
    """Catch a link such as data.html#claims that leads nowhere, or to one of two places."""
    ids = [found for html in parts.values() for found in re.findall(r'\bid="([^"]+)"', html)]
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL), re.MULTILINE)
    ids += [heading.lower().replace(" ", "-") for heading in headings]
    assert len(set(ids)) == len(ids)
    assert {*content} <= set(ids) and "claims-value_low" in ids
    links = [link for html in parts.values() for link in re.findall(r'href="#([^"]+)"', html)]
    assert links and set(links) <= set(ids)


def test_headings_are_of_the_third_level(parts):
    """Catch a heading that skips a level below the sections of the page."""
    assert {level for html in parts.values() for level in re.findall(r"<h(\d)", html)} == {"3"}


@pytest.mark.parametrize("table", [*package.resources(tables.read_package()), "estimates", "events_per_year"])
def test_the_dictionary_says_all_that_the_descriptor_says(content, shown, table):
    """Catch a column, a unit, an allowed value or the meaning of a blank that the page does not show."""
    resource, columns = content[table].resource, content[table].columns
    body = shown["dictionary"].find("body")
    places = list(body)
    at = next(number for number, one in enumerate(places) if one.tag == "h3" and one.get("id") == table)
    assert text(places[at]) == resource["title"] and text(places[at + 1]) == resource["description"]
    assert re.findall(r"[a-z_]+\.csv", text(places[at + 2])) == [resource["path"]]
    assert [text(one) for one in places[at + 2].findall("code")[1:]] == resource["schema"]["primaryKey"]
    rows = places[at + 3].findall(".//tbody/tr")
    assert [text(row.find("th")) for row in rows] == list(columns)
    for row, column in zip(rows, columns.values(), strict=True):
        said = text(row.find("td"))
        assert column["description"] in said and column.get("unit", "") in said
        assert ("required" in text(row.find("td/span"))) == column.get("constraints", {}).get("required", False)
        assert all(f"Blank: {blank['label']}" in said for blank in column.get("missingValues", []))
        assert {text(one.find("dt")): text(one.find("dd")) for one in row.iter("div")} == {
            value["value"]: value["label"] for value in column.get("categories", [])}
        links = [link.get("href")[1:].replace("-", ".", 1) for link in row.iter("a")]
        assert links == [f"{there}.{key}" for name, there, key in package.references(resource)
                         if name == column["name"]]


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
    """Catch a citation from which a reader cannot tell which version was used, or that CITATION.cff contradicts."""
    said, cff = text(shown["citation"]), yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    for part in (cff["title"], cff["authors"][0]["name"], f"Release {__version__}", dates.day(reading.as_of),
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
    assert [text(one) for one in shown["changelog"].iter("h3")] == re.findall(r"^## (.+)$", file, re.MULTILINE)
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
    for html in (dictionary.dictionary(reading), dictionary.files(listed)):
        assert "<script" not in html
        parsed(html)
    assert html.count("&lt;script&gt;") >= 2


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}/"])
def test_search_engines_are_told_what_the_data_set_is(reading, address):
    """Catch a missing field, or an address that leads elsewhere."""
    said = structured.dataset(reading, address)
    assert json.loads(json.dumps(said)) == said and said["@type"] == "Dataset"
    assert said["url"] == f"{ADDRESS}/data.html" and said["dateModified"] == f"{reading.as_of:%Y-%m-%d}"
    assert said["license"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert said["isAccessibleForFree"] is True and said["version"] == __version__
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
