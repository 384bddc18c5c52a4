"""The only reader of data/.

Turns the CSV files into typed frames by what data/datapackage.json says of them, and reports exactly
where a file cannot be read. What a *readable* file may say is the business of `drills.checks`.
Imports no other room.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from .. import DATA, DATA_VARIABLE
from . import descriptor, version
from .days import newest_day
from .package import PACKAGE_FILE, fields, resources
from .problems import WHOLE_FILE, Problem, UnreadableData
from .text import TEXT, RawTable, read_bytes, read_raw
from .types import type_problems, typed


def read_package(data_dir: Path = DATA) -> dict:
    """The descriptor data/datapackage.json, a Data Package v2, as a dictionary.

    Raises UnreadableData, with every fault, if it is missing, is not JSON or is not what `profile` describes.
    """
    path = Path(data_dir) / PACKAGE_FILE
    line, fix = 1, "restore it: it describes every table"
    try:
        text = read_bytes(path).decode("utf-8")
        package = json.loads(text, object_pairs_hook=descriptor.once, parse_constant=_no_number)
        wanted = list(Tables.__dataclass_fields__)
        if faults := descriptor.faults(text, package, str(path), wanted):
            raise UnreadableData(faults)
        return package
    except FileNotFoundError:
        rule = "the link leads nowhere" if path.is_symlink() else "the file is missing"
    except OSError as error:
        rule = f"the file cannot be opened ({error.strerror})"
    except UnicodeDecodeError as error:
        rule, fix = f"it is not UTF-8 ({error.reason})", "save it as UTF-8"
    except json.JSONDecodeError as error:
        line, rule, fix = error.lineno, f"it is not JSON ({error.msg})", "fix the syntax at this line"
    except descriptor.RepeatedKey as error:
        rule, fix = str(error), "remove one of the two"
    except UnreadableData:
        raise
    except (RecursionError, ValueError) as error:
        rule = f"it is not JSON ({error})"
    raise UnreadableData([Problem(str(path), line, WHOLE_FILE, "", rule, fix)])


def _no_number(word: str) -> float:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise ValueError(f"{word} is no number")


def read_all(data_dir: Path = DATA) -> tuple[dict, dict[str, RawTable]]:
    """The descriptor and every table of it as text, readable or not."""
    package = read_package(data_dir)
    return package, {name: read_raw(Path(data_dir) / resource["path"], list(fields(resource)))
                     for name, resource in resources(package).items()}


def read_columns(data_dir: Path, table: str, *columns: str) -> pd.DataFrame:
    """Some columns of one sound table as text with NA for blank, many times faster than `read_raw`."""
    path = Path(data_dir) / resources(read_package(data_dir))[table]["path"]
    return pd.read_csv(path, usecols=list(columns), dtype=TEXT, keep_default_na=False, na_values=[""])


@dataclass(eq=False)
class Tables:
    """A frame for each table of the record, by its name."""

    events: pd.DataFrame
    participants: pd.DataFrame
    claims: pd.DataFrame
    date_claims: pd.DataFrame
    facts: pd.DataFrame
    sources: pd.DataFrame
    series: pd.DataFrame
    milestones: pd.DataFrame
    published_counts: pd.DataFrame
    nearest_rules: pd.DataFrame
    rulings: pd.DataFrame
    searches: pd.DataFrame
    outside_lists: pd.DataFrame
    outside_rows: pd.DataFrame
    publishers: pd.DataFrame
    sea_areas: pd.DataFrame
    country_boxes: pd.DataFrame
    settled: pd.DataFrame
    withdrawn: pd.DataFrame


@dataclass
class Record(Tables):
    """The whole record: one typed frame per table, columns as in datapackage.json, and that descriptor.

    Strings are `str` with NA for blank, numbers float64 with NaN for blank, booleans bool,
    lists tuples of strings, partial dates strings (YYYY, YYYY-MM or YYYY-MM-DD).
    """

    package: dict

    @property
    def version(self) -> str:
        """The release, or the state on the way to one, such as 1.4.0 or 1.5.0-dev+3fa2b1c9."""
        return self.package["version"]

    @cached_property
    def as_of(self) -> pd.Timestamp:
        """The day of the newest page in the record: nothing later can be known from it."""
        return newest_day(self.sources["published"])


def folder() -> Path:
    """The folder of the record where none is named: what the environment says (DATA_VARIABLE), else this checkout's.

    Chapters ask it, which run in processes of their own; everything else is given the folder.
    """
    return Path(os.environ.get(DATA_VARIABLE) or DATA)


def digest(data_dir: Path | None = None) -> str:
    """A digest of name and content of every CSV and JSON file of a folder such as data/; without one, of `folder`."""
    found = hashlib.sha256()
    for path in sorted(Path(data_dir or folder()).iterdir()):
        if path.suffix in (".csv", ".json") and path.is_file():
            found.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return found.hexdigest()


def load(data_dir: Path | None = None) -> Record:
    """Read a folder such as data/ into typed frames; without one, that of `folder`.

    Raises UnreadableData, with every problem, if a file cannot be read or a cell is not of its type;
    whether the record makes sense is asked by `drills.checks.check`.
    """
    package, raw = read_all(data_dir or folder())
    problems = [problem for table in raw.values() for problem in table.problems]
    described = resources(package)
    if not problems:
        problems = [problem for name, table in raw.items() for problem in type_problems(table, described[name])]
    if problems:
        raise UnreadableData(problems)
    package["version"] = version.version_in(package, data_dir or folder())
    return Record(package=package, **{name: typed(table.frame, described[name]) for name, table in raw.items()})
