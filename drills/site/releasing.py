"""Make a release: refuse what does not hold together, build the site under the new version, keep its files.

What is kept is chosen so that every later build can serve it byte for byte without running anything again: the zip of
the data, and the CSV and SVG files of every figure in a second one. Code that drew them may change or stop working.
"""

from __future__ import annotations

import datetime
import hashlib
import html
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .. import addresses
from ..changes import releases as changed
from ..changes.tombstones import Tombstones
from ..counting.reading import Reading, load
from ..downloads import bundle, citation
from ..record import states, tables
from ..record.package import PACKAGE_FILE
from ..record.version import NoVersion, Version
from ..wording import dates, numbers
from . import build
from .releases import CHANGES_FILE

CHANGELOG_FILE, UNRELEASED = "CHANGELOG.md", "## Unreleased\n"
FIGURE_FILES = (".csv", ".svg")


class Refused(ValueError):
    """Raised with the reason why no release is made."""


@dataclass(frozen=True)
class Plan:
    """A release that may be made: its version, the day, that of the release before, and what differs from it."""

    version: Version
    day: str
    previous: Version | None
    changes: list[changed.RowChange]


def make(text: str, data_dir: Path, root: Path) -> int:
    """Make the release `text`, such as 1.4.0, from a record that was checked; returns the exit code.

    root: the checkout. Whatever goes wrong, the checkout is as it was before.
    """
    try:
        plan = planned(text, data_dir, root)
    except (Refused, NoVersion) as error:
        print(f"no release was made: {error}", file=sys.stderr)
        return 2
    touched = {path: path.read_bytes() for path in (data_dir / PACKAGE_FILE, root / citation.CITATION_FILE,
                                                    root / CHANGELOG_FILE)}
    folder, code = states.folder_of(data_dir) / str(plan.version), 1
    try:
        name_it(plan, data_dir, root)
        if (code := build.build(data_dir, root)) == 0:
            keep(plan, data_dir, root / "_build" / "html")
            log_it(plan, data_dir, root / CHANGELOG_FILE)
            # pictures and outputs that are stored beside the chapters name the version too
            print(f"release {plan.version} is in {folder}; to publish it:\n  make notebooks && git add -A && "
                  f"git commit -m 'Release {plan.version}' && git tag v{plan.version} && git push --follow-tags")
    except BaseException:
        code = 1
        raise
    finally:
        if code:
            shutil.rmtree(folder, ignore_errors=True)
            for path, content in touched.items():
                path.write_bytes(content)
    return code


def planned(text: str, data_dir: Path, root: Path) -> Plan:
    """The release that is asked for; raises Refused or NoVersion with the reason why it cannot be made."""
    version, before = _version(text), states.newest(data_dir)
    _refuse_changes(root)
    changes = _changes(version, before, data_dir)
    if not re.search(rf"^{UNRELEASED}\s*- ", (root / CHANGELOG_FILE).read_text(encoding="utf-8"), re.MULTILINE):
        raise Refused(f"{CHANGELOG_FILE} has nothing under '{UNRELEASED.strip()}'; say there what users will notice")
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    return Plan(version, day, before[0] if before else None, changes)


def _version(text: str) -> Version:
    version = Version.parse(text)
    if not version.is_release:
        raise Refused(f"{version} is a version between releases; name one such as {str(version).removesuffix('-dev')}")
    return version


def _refuse_changes(root: Path) -> None:
    """Catch a release of files that no commit holds."""
    try:
        done = subprocess.run(["git", "-C", str(root), "status", "--porcelain"], capture_output=True, text=True,
                              check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = (getattr(error, "stderr", "") or str(error)).strip()
        raise Refused(f"a release is made in a clone of the project, and git says: {reason}") from error
    if lines := done.stdout.splitlines():
        raise Refused(f"{numbers.plural(len(lines), 'file')} differ from the last commit, such as {lines[0][3:]}; "
                      "commit or undo the changes")


def _changes(version: Version, before: tuple[Version, states.State] | None, data_dir: Path) -> list[changed.RowChange]:
    """What differs from the release before; raises Refused for a version that does not fit it."""
    present = Version.parse(tables.read_package(data_dir)["version"])
    if version < present or version in states.kept(data_dir):
        raise Refused(f"{version} was released before, or is lower than {present} in {data_dir / PACKAGE_FILE}")
    if before is None:
        return []
    found = changed.compare(before[1], states.of_folder(data_dir), Tombstones(tables.load(data_dir).withdrawn))
    if misfit := changed.misfit(version, before[0], found):
        raise Refused(misfit)
    return found


def name_it(plan: Plan, data_dir: Path, root: Path) -> None:
    """Write the version where it stands: in the descriptor of the record and, since others read it, CITATION.cff."""
    path = data_dir / PACKAGE_FILE
    path.write_text(re.sub(r'^  "version": "[^"]*"', f'  "version": "{plan.version}"', path.read_text(encoding="utf-8"),
                           count=1, flags=re.MULTILINE), encoding="utf-8")
    path = root / citation.CITATION_FILE
    text = re.sub(r"^date-released: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(re.sub(r"^version: .*$", f"version: {plan.version}\ndate-released: '{plan.day}'", text, count=1,
                           flags=re.MULTILINE), encoding="utf-8")


def keep(plan: Plan, data_dir: Path, site: Path) -> None:
    """Write the folder of a release from the built site."""
    reading, folder = load(data_dir), states.folder_of(data_dir) / str(plan.version)
    files = {states.data_zip(plan.version): (site / bundle.FOLDER / f"{bundle.BUNDLE}.zip").read_bytes(),
             states.figures_zip(plan.version): bundle.to_zip(figure_files(site), reading),
             CHANGES_FILE: changed.as_csv(plan.changes).encode()}
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    said = manifest(plan, reading, figures(site), files)
    (folder / states.MANIFEST_FILE).write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def figure_paths(site: Path) -> Iterable[Path]:
    """The files of all figures that are kept, from the root of the site, sorted."""
    for folder in (addresses.FIGURES, addresses.SERIES_FIGURES, addresses.EVENT_FIGURES):
        yield from sorted(path.relative_to(site) for path in (site / folder).glob("*.*") if path.suffix in FIGURE_FILES)


def figure_files(site: Path) -> dict[str, bytes]:
    return {path.as_posix(): (site / path).read_bytes() for path in figure_paths(site)}


def figures(site: Path) -> list[dict[str, str]]:
    """Each figure by its id, with its title and the folder of its files, those of chapters first."""
    found = []
    for path in figure_paths(site):
        if path.suffix == ".svg":
            title = re.search(r"<title[^>]*>(.*?)</title>", (site / path).read_text(encoding="utf-8"), re.DOTALL)
            found.append({"id": path.stem, "title": html.unescape(title[1]) if title else path.stem,
                          "folder": path.parent.as_posix()})
    return found


def manifest(plan: Plan, reading: Reading, drawn: list[dict[str, str]], files: dict[str, bytes]) -> dict:
    """What release.json says: which state it is, and the checksum of each file and of what the zips hold."""
    record = reading.record
    held = {path: digest for name, content in files.items() if name.endswith(".zip")
            for path, digest in contents(content).items()}
    return {"version": str(plan.version), "date": plan.day, "as_of": f"{reading.as_of:%Y-%m-%d}",
            "previous": str(plan.previous) if plan.previous else "", "title": record.package["title"],
            "licence": record.package["licenses"][0]["path"], "cited": citation.in_words(reading),
            "tables": {name: len(getattr(record, name)) for name in tables.Tables.__dataclass_fields__},
            "files": {name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
                      for name, content in files.items()},
            "figures": drawn, "contents": held}


def contents(archive: bytes) -> dict[str, str]:
    """The checksum of every file in a zip, by its path there."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: hashlib.sha256(opened.read(name)).hexdigest() for name in sorted(opened.namelist())}


def log_it(plan: Plan, data_dir: Path, path: Path) -> None:
    """Write the release into the changelog."""
    told = changed.changelog(plan.changes) if plan.previous else [_first(load(data_dir))]
    path.write_text(with_release(path.read_text(encoding="utf-8"), plan, told), encoding="utf-8")


def with_release(log: str, plan: Plan, told: list[str]) -> str:
    """The changelog with a section for the release: what stood under the unreleased, then what changed in the data."""
    start = log.index(UNRELEASED)
    end = log.find("\n## ", start)
    notes = log[start + len(UNRELEASED):end if end >= 0 else None].strip("\n")
    data = "\n".join(told) or "The data are those of the release before."
    section = f"## {plan.version}\n\nReleased on {dates.date(plan.day)}.\n\n{notes}\n\n### Data\n\n{data}\n"
    return f"{log[:start]}{UNRELEASED}\n{section}{log[end:] if end >= 0 else ''}"


def _first(reading: Reading) -> str:
    """What the changelog says of the data of the first release."""
    record = reading.record
    holds = [numbers.plural(len(record.events), "event"), numbers.plural(len(record.claims), "figure"),
             numbers.plural(len(record.sources), "source"), numbers.plural(len(record.rulings), "ruling")]
    return f"The first release that is kept, record as of {dates.day(reading.as_of)}: {numbers.listing(holds)}."
