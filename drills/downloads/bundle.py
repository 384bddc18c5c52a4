"""The files to download: each table in each format, and everything together as zip, database and workbook.

The CSV files and datapackage.json are copies of those in data/, byte for byte; the rest is made from the record.
The same record gives the same bytes: dates inside the files are the day of the record.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from .. import writing
from ..counting.reading import Reading
from ..record import package
from ..templating import render
from ..wording import dates, numbers
from . import citation, derived, formats

BUNDLE = "joint-drills"
FOLDER = "data"
READ_ONLY_BY_OTHERS = 0o644 << 16


@dataclass(frozen=True)
class Format:
    """One kind of file: suffix, media type, and in words what it is for; whether there is one for each table."""

    label: str
    suffix: str
    mediatype: str
    use: str
    is_per_table: bool = True


FORMATS = (
    Format("Zip of all CSV files", ".zip", "application/zip",
           "Everything at once, with schema, licence and citation: to keep, and for scripts.", False),
    Format("Excel workbook", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
           "One sheet for each table; opens in Excel and LibreOffice without an import, dates and names as they are.",
           False),
    Format("SQLite database", ".sqlite", "application/vnd.sqlite3",
           "All tables with their keys and references: to join and query.", False),
    Format("CSV", ".csv", "text/csv", "Plain text, the source of everything else: for any program, and to compare "
           "releases."),
    Format("JSON", ".json", "application/json", "A list of records: for scripts on the web."),
    Format("Parquet", ".parquet", "application/vnd.apache.parquet",
           "Types and lists kept: for pandas, R, DuckDB and the like."),
)


def about(reading: Reading) -> dict[str, str]:
    """What a file that travels alone says of itself."""
    licence = reading.record.package["licenses"][0]
    return {"title": reading.record.package["title"], "description": reading.record.package["description"],
            "creator": numbers.listing(citation.creators()), "release": reading.record.version,
            "as_of": f"{reading.as_of:%Y-%m-%d}", "licence": f"{licence['title']}, {licence['path']}",
            "cite_as": citation.in_words(reading)}


def names(reading: Reading) -> dict[str, str]:
    """The media type of every file by its name, sorted, without making one."""
    described = [*reading.record.package["resources"], *derived.package(reading)["resources"]]
    mediatypes = dict.fromkeys((package.PACKAGE_FILE, derived.DESCRIPTOR_FILE), "application/json")
    for form in FORMATS:
        stems = [resource["name"] for resource in described] if form.is_per_table else [BUNDLE]
        mediatypes |= {f"{stem}{form.suffix}": form.mediatype for stem in stems}
    return dict(sorted(mediatypes.items()))


@dataclass(frozen=True)
class Listed:
    """What a list of downloads says of one table: how many rows it has and how many bytes each of its files has.

    The files that hold all tables stand under a blank name.
    """

    name: str
    title: str
    n_rows: int
    is_derived: bool
    n_bytes: dict[str, int]


def contents(reading: Reading, data_dir: Path, content: list[derived.Table]) -> dict[str, bytes]:
    """Every file by its name, sorted. data_dir: the folder that the record was read from; content: all its tables."""
    facts = about(reading)
    files = {package.PACKAGE_FILE: (Path(data_dir) / package.PACKAGE_FILE).read_bytes(),
             derived.DESCRIPTOR_FILE: _json(derived.package(reading))}
    for table in content:
        path = table.resource["path"]
        files[path] = formats.to_csv(table) if table.is_derived else (Path(data_dir) / path).read_bytes()
    files[f"{BUNDLE}.zip"] = to_zip({**project_files(reading, data_dir, content),
                                     **{f"{FOLDER}/{name}": data for name, data in files.items()}}, reading)
    files[f"{BUNDLE}.sqlite"] = formats.to_sqlite(content, facts)
    files[f"{BUNDLE}.xlsx"] = formats.to_xlsx(content, facts, reading.as_of.to_pydatetime())
    for table in content:
        files[f"{table.name}.json"] = formats.to_json(table)
        files[f"{table.name}.parquet"] = formats.to_parquet(table, facts)
    return dict(sorted(files.items()))


def write(reading: Reading, data_dir: Path, folder: Path) -> list[Listed]:
    """Fill `folder`, the data/ of the site, with every file; returns what was written, all tables together first.

    data_dir: the folder that the record was read from.
    """
    content, n_bytes = list(derived.all_tables(reading).values()), {}
    for name, data in contents(reading, data_dir, content).items():
        writing.write(folder / name, data)
        n_bytes[name] = len(data)
    listed = [Listed(table.name, table.resource["title"], len(table.frame), table.is_derived,
                     {name: n_bytes.pop(name) for name in (f"{table.name}{form.suffix}" for form in FORMATS
                                                           if form.is_per_table)}) for table in content]
    return [Listed("", "", 0, False, n_bytes), *listed]


def project_files(reading: Reading, data_dir: Path, content: list[derived.Table]) -> dict[str, bytes]:
    """What the zip holds besides data: README, licences, citation, and a descriptor of all its tables."""
    described, facts = reading.record.package, about(reading)
    made = {"package": described, "licence": described["licenses"][0], "release": reading.record.version,
            "tables": content, "as_of": dates.day(reading.as_of), "cited": facts["cite_as"],
            "creators": facts["creator"],
            "derived": numbers.listing([table.resource["path"] for table in content if table.is_derived])}
    return {package.PACKAGE_FILE: _json(whole_package(reading)),
            "README.md": f"{render('downloads/bundle-readme.md.jinja', **made)}\n".encode(),
            "DATA-LICENSE.md": f"{render('downloads/data-licence.md.jinja', **made)}\n".encode(),
            "LICENSE": (citation.PROJECT / "LICENSE").read_bytes(),
            citation.CITATION_FILE: (citation.PROJECT / citation.CITATION_FILE).read_bytes(),
            f"{FOLDER}/README.md": (Path(data_dir) / "README.md").read_bytes()}


def whole_package(reading: Reading) -> dict:
    """The descriptor at the root of the zip, where programs look for it: all tables, those of the record first."""
    described = [*reading.record.package["resources"], *derived.package(reading)["resources"]]
    resources = [{**resource, "path": f"{FOLDER}/{resource['path']}"} for resource in described]
    return {**reading.record.package, "resources": resources}


def to_zip(files: dict[str, bytes], reading: Reading) -> bytes:
    """The files as a zip, in the order of their names, all dated with the day of the record."""
    sink, day = io.BytesIO(), reading.as_of
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            # the same on every system that makes the zip
            entry.create_system, entry.external_attr = 3, READ_ONLY_BY_OTHERS
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, compresslevel=9)
    return sink.getvalue()


def _json(content: dict) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
