"""The record against its newest release: no id that was published vanishes, no two states of the data share a version.

Says nothing of a record beside which no release is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..record import states
from ..record.package import PACKAGE_FILE
from ..record.problems import Problem, legible
from ..record.text import RawTable
from ..record.version import DEV, Version

Gone = set[tuple[str, str]]


def check(data_dir: Path, package: dict, raw: Mapping[str, RawTable]) -> list[Problem]:
    """Every breach; package, raw: the descriptor and the tables as text."""
    newest = states.newest(data_dir)
    if newest is None or not all(table.is_read for table in raw.values()):
        return []
    release, then = newest
    told = raw["withdrawn"].frame
    gone = set(zip(told["table"], told["id"], strict=True))
    return [*_vanished(release, then, raw, gone), *_lines_lost(release, then, raw, gone),
            *_same_version(release, then, data_dir, Version.parse(package["version"]))]


def _vanished(release: Version, then: states.State, raw: Mapping[str, RawTable], gone: Gone) -> Iterator[Problem]:
    """Catch an id of the release that is gone without a word, so that its address is dead.

    Claims of an event that was withdrawn or renamed go with it.
    """
    of_events = tuple(f"{name}:" for table, name in gone if table == "events")
    for table in sorted(set(then.described) & set(raw)):
        lost = then.ids(table) - ids(raw[table]) - {name for of, name in gone if of == table}
        for name in sorted(lost - raw[table].strays):
            if not (table == "claims" and name.startswith(of_events)):
                yield Problem(raw[table].file, 1, states.id_column(then.described[table]), name,
                              f"'{legible(name)}' of release {release} is gone",
                              "restore the row, or say in withdrawn.csv what became of it and why")


def _lines_lost(release: Version, then: states.State, raw: Mapping[str, RawTable], gone: Gone) -> Iterator[Problem]:
    """Catch a line of withdrawn.csv that is gone, after which an id could be used again."""
    before = then.rows("withdrawn") if "withdrawn" in then.described else ()
    for table, name in sorted(before):
        if (table, name) not in gone and name not in ids(raw[table]):
            yield Problem(raw["withdrawn"].file, 1, "id", name,
                          f"the line on '{legible(name)}' of release {release} is gone",
                          "restore it: old addresses still ask for it")


def _same_version(release: Version, then: states.State, data_dir: Path, version: Version) -> Iterator[Problem]:
    """Catch two states of the data that are cited as one release."""
    if version > release or (version == release and states.of_folder(data_dir).digest == then.digest):
        return
    rule = (f"the data are not those of release {release}, whose version they carry" if version == release else
            f"the version {version} is older than release {release}")
    yield Problem(str(Path(data_dir) / PACKAGE_FILE), 1, "version", str(version), rule,
                  f'write "version": "{release.after("patch")}{DEV}" until the next release is made')


def ids(table: RawTable) -> set[str]:
    """What the rows of a table are named by."""
    return set(table.frame.iloc[:, 0].dropna())
