"""The files to download, each read back by a reader that is not ours and held against data/ cell by cell."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from lxml import etree

from drills.counting import definitions, estimates, trends
from drills.counting.reading import load
from drills.downloads import bundle, derived, formats
from drills.record import package, tables

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "book" / "data.md").read_text(encoding="utf-8")
DESCRIBED = package.resources(tables.read_package())
TABLES = [*DESCRIBED, "estimates", "events_per_year"]
HOSTILE = ("=1+1", "@SUM(A1:A9)", "+1", "-1", "=cmd|' /C calc'!A0", "http://bad.example/?a=1&b=2", "mailto:a@b.example",
           "<script>alert(1)</script>", "]]>", "first\nsecond", 'he said "no", twice', "2021-08", "0012", "1e5", "TRUE",
           "'x", "{=1}", "internal:Sheet1!A1", "учение", "演习", "＝1+1", "＋1", "－1", "＠SUM(A1:A9)", "_x000D_",
           "_x0041_", "a_x0041_x000d_x0042_ and _x0043_", "<r>&</r>", "<r><t>a</t></r>", "<r>_x0041_</r>", "_X000D_",
           "\ttab", "two\ttabs\t")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# ST_Xstring of ECMA-376, part 1, 22.9.2.19
CODE = re.compile("_x([0-9A-Fa-f]{4})_")
every_table = pytest.mark.parametrize("table", TABLES)


def value(text: str, kind: str):
    """A cell of a CSV file as its type has it."""
    if kind == "list":
        return text.split(";") if text else []
    if text == "":
        return None
    return {"number": float, "integer": int, "boolean": "true".__eq__, "string": str}[kind](text)


def expected(folder: Path, table: str) -> list[list]:
    """The cells of a table as its CSV file and descriptor have them, read without the package's own reader."""
    package = json.loads((folder / ("datapackage.json" if table in DESCRIBED else "derived.json")).read_text("utf-8"))
    resource = next(one for one in package["resources"] if one["name"] == table)
    kinds = [column["type"] for column in resource["schema"]["fields"]]
    with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [column["name"] for column in resource["schema"]["fields"]]
    # nothing has been withdrawn yet
    assert rows or table == "withdrawn"
    return [[value(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in rows]


def joined(rows: list[list]) -> list[list]:
    """Rows with lists as the text of the CSV file, for formats without lists."""
    return [[(";".join(cell) or None) if isinstance(cell, list) else cell for cell in row] for row in rows]


def sheet_rows(book: openpyxl.Workbook, table: str) -> list[list]:
    """The rows of a sheet below its header."""
    return [list(row) for row in book[table].iter_rows(min_row=2, values_only=True)]


@pytest.fixture(scope="module")
def folder(reading, tmp_path_factory) -> Path:
    """The folder data/ of the site."""
    made = tmp_path_factory.mktemp("site") / "data"
    bundle.write(reading, tables.DATA, made)
    return made


@pytest.fixture(scope="module")
def book(folder) -> openpyxl.Workbook:
    return openpyxl.load_workbook(folder / "joint-drills.xlsx")


@pytest.fixture(scope="module")
def unzipped(folder, tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("unzipped")
    zipfile.ZipFile(folder / "joint-drills.zip").extractall(made)
    return made


@pytest.fixture
def hostile(small, tmp_path):
    """The folder data/ of a record with cells that some program would run, link or rewrite."""
    rows = [("2021-alpha", "equipment", text, text, "xinhua-1") for text in HOSTILE]
    with small.path("facts").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([package.fields(DESCRIBED["facts"]), *rows])
    made = tmp_path / "site-data"
    bundle.write(load(small.folder), small.folder, made)
    return made


@pytest.mark.slow
def test_the_zip_opens_as_a_data_package(folder):
    """Catch a zip whose descriptor lies where no program looks for it, or that leaves out a table."""
    opened = frictionless.Package(str(folder / "joint-drills.zip"))
    assert {resource.name for resource in opened.resources} == set(TABLES)
    for name in ("events", "estimates"):
        assert len(opened.get_resource(name).read_rows()) == len(pq.read_table(folder / f"{name}.parquet"))


@every_table
def test_parquet_is_packed_as_small_readers_can(folder, table):
    """Catch a codec that readers on the web and in small programs lack."""
    group = pq.ParquetFile(folder / f"{table}.parquet").metadata.row_group(0)
    assert {group.column(number).compression for number in range(group.num_columns)} == {"SNAPPY"}


@pytest.mark.parametrize("name", [*(f"{table}.csv" for table in DESCRIBED), "datapackage.json"])
def test_the_record_is_offered_byte_for_byte(folder, name):
    """Catch a download that was written anew and differs from the file that was checked."""
    assert (folder / name).read_bytes() == (tables.DATA / name).read_bytes()


def test_every_file_is_announced(reading, folder):
    """Catch a file that no page or search engine knows of, and an address that leads nowhere."""
    assert list(bundle.names(reading)) == sorted(path.name for path in folder.iterdir())


@every_table
def test_json_holds_every_cell(folder, table):
    """Catch a lost row, a blank that became text or NaN, a list that became text."""
    text = (folder / f"{table}.json").read_text(encoding="utf-8")
    rows = json.loads(text, parse_constant=pytest.fail)
    assert [list(row.values()) for row in rows] == expected(folder, table)
    assert "10000.0" not in text


@every_table
def test_parquet_holds_every_cell(folder, content, table):
    """Catch a blank that became a word or a number, and a type that was guessed."""
    read, described = pq.read_table(folder / f"{table}.parquet"), content[table].columns
    assert [list(row.values()) for row in read.to_pylist()] == expected(folder, table)
    types = {"string": "string", "number": "double", "integer": "int64", "boolean": "bool", "list": "list<"}
    for field in read.schema:
        assert str(field.type).startswith(types[described[field.name]["type"]])
        assert field.metadata[b"description"].decode() == described[field.name]["description"]
    assert b"creativecommons.org" in read.schema.metadata[b"licence"]
    path = folder / f"{table}.parquet"
    assert duckdb.read_parquet(str(path)).shape[0] == len(pd.read_parquet(path)) == read.num_rows


@every_table
def test_the_database_holds_every_cell(folder, table):
    """Catch a blank that became '', a boolean that became text, a column in another place."""
    with sqlite3.connect(folder / "joint-drills.sqlite") as database:
        rows = database.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()
    assert [list(row) for row in rows] == joined(expected(folder, table))


def test_the_database_has_keys_and_references_that_hold(folder, record, content):
    """Catch a database that cannot be joined, or whose references lead nowhere."""
    with sqlite3.connect(folder / "joint-drills.sqlite") as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for table, made in content.items():
            key = [row[1] for row in sorted(database.execute(f'PRAGMA table_info("{table}")'), key=lambda row: row[5])
                   if row[5]]
            assert key == made.resource["schema"]["primaryKey"]
        references = {row[2:5] for row in database.execute("PRAGMA foreign_key_list(claims)")}
        assert references == {("events", "event_id", "event_id"), ("sources", "source_id", "source_id")}
        assert {row[2:5] for row in database.execute("PRAGMA foreign_key_list(events)")} == {
            ("series", "series", "series_id"), ("events", "part_of", "event_id")}
        assert dict(database.execute("SELECT * FROM about"))["as_of"] == f"{record.as_of:%Y-%m-%d}"


@pytest.mark.slow
@every_table
def test_the_workbook_holds_every_cell(folder, book, table):
    """Catch a sheet that lost a row, a type or a blank."""
    assert sheet_rows(book, table) == joined(expected(folder, table))


def test_the_workbook_describes_every_column(book, content):
    """Catch a workbook that has to be explained by a page elsewhere."""
    assert book.sheetnames == ["about", *TABLES, "data_dictionary"]
    assert all(sheet.freeze_panes == "A2" for sheet in book)
    described = {(row[0], row[1]): row[4] for row in sheet_rows(book, "data_dictionary")}
    assert described == {(table, name): column["description"] for table, made in content.items()
                         for name, column in made.columns.items()}


def test_the_workbook_runs_nothing(hostile):
    """Catch a cell that becomes a formula, a link, a number or a date when the workbook is opened."""
    data = (hostile / "joint-drills.xlsx").read_bytes()
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data))["facts"].iter_rows(min_row=2) for cell in row]
    assert [cell.value for cell in cells[2::5]] == list(HOSTILE)
    assert all(cell.data_type == "s" and cell.hyperlink is None and cell.number_format == "@" for cell in cells)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if re.search(r"externalLink|vba|sheets/_rels", name)]
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_the_workbook_means_what_it_says(reading, record):
    """Catch a text that Excel reads as something else: it takes _x and four digits for the code of a character."""
    said = ["_x005F_", "_x005F_x000D_", "first\r\nsecond", "a_x000D_x000A_x0041_", "x005F_", "\x01", *HOSTILE]
    rows = record.facts.iloc[[0] * len(said)].assign(text=said)
    data = formats.to_xlsx([derived.Table(DESCRIBED["facts"], rows)], bundle.about(reading), reading.as_of)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        [*texts] = etree.fromstring(parts.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")
    read = {"".join(CODE.sub(lambda code: chr(int(code[1], 16)), run.text) for run in text.iter(f"{SHEET}t"))
            for text in texts}
    assert set(said) <= read


@pytest.mark.parametrize("text, has", [("x" * 32_768, "32,768"), ("\U0001f6e1" * 16_384, "32,768")])
def test_a_cell_too_long_for_a_workbook_stops_the_build(reading, record, text, has):
    """Catch a text that Excel's writer would drop without a word."""
    table = derived.Table(DESCRIBED["facts"], record.facts.head(1).assign(text=text))
    place = f"facts, row 2, column {list(record.facts).index('text') + 1}: "
    with pytest.raises(ValueError, match=f"{place}a cell of a workbook has at most 32,767 characters, this has {has}"):
        formats.to_xlsx([table], bundle.about(reading), reading.as_of.to_pydatetime())


def test_the_longest_cell_is_in_the_workbook_whole(reading, record):
    """Catch a limit that is one too low or too high."""
    text = "x" * 32_767
    table = derived.Table(DESCRIBED["facts"], record.facts.head(1).assign(text=text))
    data = formats.to_xlsx([table], bundle.about(reading), reading.as_of.to_pydatetime())
    cells = next(openpyxl.load_workbook(io.BytesIO(data))["facts"].iter_rows(min_row=2, values_only=True))
    assert cells[list(record.facts).index("text")] == text


@pytest.mark.parametrize("table", ["facts", "events", "estimates"])
def test_hostile_cells_stay_what_they_are(hostile, table):
    """Catch a writer that lets a cell break out of its place, in any format."""
    rows = expected(hostile, table)
    assert [list(row.values()) for row in json.loads((hostile / f"{table}.json").read_text("utf-8"))] == rows
    assert [list(row.values()) for row in pq.read_table(hostile / f"{table}.parquet").to_pylist()] == rows
    with sqlite3.connect(hostile / "joint-drills.sqlite") as database:
        assert [list(row) for row in database.execute(f'SELECT * FROM "{table}"')] == joined(rows)
    assert sheet_rows(openpyxl.load_workbook(hostile / "joint-drills.xlsx"), table) == joined(rows)


def test_estimates_are_those_of_the_rule(reading, folder):
    """Catch estimates in the download that differ from those that the site shows."""
    read = pd.read_csv(folder / "estimates.csv", keep_default_na=False, na_values=[""])
    text = ["claim_ids", "ruling_ids", "official_sign", "assessed_sign"]
    read[text] = read[text].fillna("")
    assert list(read.columns) == estimates.COLUMNS
    pd.testing.assert_frame_equal(read, reading.estimates, check_dtype=False, check_exact=True)


def test_counts_per_year_mark_the_year_under_way(record, folder):
    """Catch the incomplete last year passed off as a fall, and counts that differ from the chapter's."""
    read = pd.read_csv(folder / "events_per_year.csv")
    chosen = definitions.select(record.events)
    rule = trends.events_per_year(chosen, int(record.events["start_date"].str[:4].min()), record.as_of.year)
    assert read["total"].sum() == len(chosen) and list(read["year"]) == list(rule["year"])
    columns = ["exercise", "patrol", "command_post", "total"]
    pd.testing.assert_frame_equal(read[columns], rule[columns], check_dtype=False)
    assert (read[["low", "high"]] - rule[["low", "high"]]).abs().max().max() < 1e-6
    assert list(read.loc[~read["is_complete"], "year"]) == [record.as_of.year]


@pytest.mark.slow
def test_the_zip_stands_alone(folder, unzipped):
    """Catch a zip without licence or citation, or one whose schema does not fit its files."""
    for name in ("README.md", "LICENSE", "DATA-LICENSE.md", "CITATION.cff", "data/README.md"):
        assert (unzipped / name).read_text(encoding="utf-8").strip()
    for path in (unzipped / "data").iterdir():
        if path.suffix != ".md":
            assert path.read_bytes() == (folder / path.name).read_bytes()
    for name, number in (("datapackage.json", len(DESCRIBED)), ("derived.json", len(TABLES) - len(DESCRIBED))):
        report = frictionless.validate(str(unzipped / "data" / name))
        assert report.valid and report.stats["tasks"] == number, report.flatten(["message"])
    assert "creativecommons.org/licenses/by/4.0" in (unzipped / "DATA-LICENSE.md").read_text(encoding="utf-8")
    readme = (unzipped / "README.md").read_text(encoding="utf-8")
    assert all(f"| data/{table}.csv | " in readme for table in TABLES)


@pytest.mark.slow
def test_the_same_record_gives_the_same_bytes(reading, small, tmp_path):
    """Catch the day of the build, the order of a set or the time zone in a file."""
    program = ("import sys; from pathlib import Path; from drills.counting.reading import load; "
               "from drills.downloads import bundle; a, b = map(Path, sys.argv[1:]); "
               "bundle.write(load(a), a, b)")
    for name, zone in (("one", "UTC"), ("two", "Asia/Shanghai")):
        subprocess.run([sys.executable, "-c", program, str(small.folder), str(tmp_path / name)], check=True, cwd=ROOT,
                       env={**os.environ, "PYTHONHASHSEED": str(len(zone)), "TZ": zone})
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert [name for name in one if one[name] != two[name]] == [] and list(one) and set(one) == set(two)


def block(language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return found


def test_the_example_for_pandas_runs(unzipped, reading):
    """Catch an example that fails, or answers another question than the one above it."""
    run = subprocess.run([sys.executable, "-c", block("python")], cwd=unzipped, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    rows = reading.estimates
    chinese = rows[(rows["measure"] == "troops") & (rows["scope"] == "CHN")]
    counted = reading.counted.merge(chinese, on="event_id").nlargest(5, "official_best")
    header, *lines = run.stdout.splitlines()
    assert len(lines) == len(counted) == 5 and header.split()[-1] == "official_high"
    for line, row in zip(lines, counted.itertuples(), strict=True):
        assert line.strip().startswith(row.name) and line.split()[-2] == str(row.official_best)


def test_the_example_for_duckdb_runs(unzipped, record, monkeypatch):
    """Catch an example that fails, or counts otherwise than the report does."""
    monkeypatch.chdir(unzipped)
    rows = duckdb.sql(block("sql")).fetchall()
    counts = trends.events_per_year(definitions.select(record.events), 1990, record.as_of.year)
    assert rows == [(str(row.year), row.exercise + row.command_post, row.patrol)
                    for row in counts.itertuples() if row.total]
