"""States of the data: the present one, and those of the releases that are kept beside it.

A release is kept whole, in `releases/<version>/` beside the folder of the record: the zip of its data and the zip of
its figures, as they were published, and `release.json`, which says what it is and holds the checksum of each file. So
a release can be compared, checked and served by any checkout, one without history too.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from . import version
from .package import PACKAGE_FILE, fields, resources
from .version import Version

FOLDER, MANIFEST_FILE = "releases", "release.json"
# within the zip of the data
DATA_FOLDER = "data/"
Key = tuple[str, ...]


def data_zip(release: Version) -> str:
    """The name of the zip that holds the data of a release."""
    return f"joint-drills-{release}.zip"


def figures_zip(release: Version) -> str:
    """The name of the zip that holds the figures of a release."""
    return f"joint-drills-{release}-figures.zip"


@dataclass(frozen=True)
class State:
    """The descriptor and the tables as they were at one time, as bytes by file name."""

    files: dict[str, bytes]

    @cached_property
    def described(self) -> dict[str, dict]:
        """The descriptors of the tables by name."""
        return resources(json.loads(self.files[PACKAGE_FILE]))

    @cached_property
    def digest(self) -> str:
        """The checksum that names this state."""
        return version.digest(self.files)

    def key_of(self, table: str) -> list[str]:
        return self.described[table]["schema"]["primaryKey"]

    def columns(self, table: str) -> dict[str, str]:
        """The type of each column of a table by its name."""
        return {name: column["type"] for name, column in fields(self.described[table]).items()}

    def rows(self, table: str) -> dict[Key, dict[str, str]]:
        """The rows of a table as text, each by its key; a row that does not fit under the header is left out."""
        return {tuple(row.get(name) or "" for name in self.key_of(table)): row for row in self._lines(table)}

    def _lines(self, table: str) -> Iterator[dict[str, str]]:
        text = self.files[self.described[table]["path"]].decode("utf-8", errors="replace")
        for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
            if None not in row and None not in row.values():
                yield row

    def ids(self, table: str) -> set[str]:
        """What the rows of a table are named by; empty for a table whose rows have no name of their own."""
        name = id_column(self.described[table])
        return {row[name] for row in self._lines(table)} if name else set()


def id_column(resource: dict) -> str:
    """The column that names the rows of a table for ever; blank if there is none: keys of other tables, words."""
    name, *more = resource["schema"]["primaryKey"]
    borrowed = {key["fields"][0] for key in resource["schema"].get("foreignKeys", [])}
    return name if not more and name.endswith("_id") and name not in borrowed else ""


def of_folder(data_dir: Path) -> State:
    """The present state of a folder of the record; OSError if a table is missing."""
    return State(version.read_files(data_dir))


def folder_of(data_dir: Path) -> Path:
    """Where the releases of a record are kept."""
    return Path(data_dir).resolve().parent / FOLDER


def kept(data_dir: Path) -> list[Version]:
    """The releases of a record that are kept, the oldest first."""
    manifests = folder_of(data_dir).glob(f"*/{MANIFEST_FILE}")
    return sorted(Version.parse(path.parent.name) for path in manifests)


def of_release(data_dir: Path, release: Version) -> State:
    """The data of a release that is kept."""
    with zipfile.ZipFile(folder_of(data_dir) / str(release) / data_zip(release)) as archive:
        names = [name for name in archive.namelist() if name.startswith(DATA_FOLDER)]
        return State({name.removeprefix(DATA_FOLDER): archive.read(name) for name in names})


def newest(data_dir: Path) -> tuple[Version, State] | None:
    """The newest release that is kept, with its data; None before the first one."""
    versions = kept(data_dir)
    return (versions[-1], of_release(data_dir, versions[-1])) if versions else None
