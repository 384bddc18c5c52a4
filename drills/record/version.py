"""The one version of code and data: what data/datapackage.json says, with the state of the data if it is no release.

Between two releases the version ends in `-dev`, and many states of the data would carry it: then the first digits of
their checksum stand behind it, so that what is quoted names one state alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from .package import PACKAGE_FILE, resources

FORM = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-dev)?")
DEV = "-dev"
UNNAMED_VARIABLE = "DRILLS_UNNAMED"
# digits of the checksum that tell two states of the data apart
DIGITS = 8


class NoVersion(ValueError):
    """Raised for text that is no version."""


@dataclass(frozen=True, order=True)
class Version:
    """A semantic version; `is_release` is False while the next release is in the making. Sorted as they follow."""

    major: int
    minor: int
    patch: int
    is_release: bool = True

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}{'' if self.is_release else DEV}"

    @classmethod
    def parse(cls, text: str) -> Version:
        """A version from its text, such as 1.4.0 or 1.5.0-dev; NoVersion if it is none."""
        if not isinstance(text, str) or not (found := FORM.fullmatch(text)):
            raise NoVersion(f"'{text}' is no version; write three numbers such as 1.4.0, with {DEV} behind them "
                             "until it is released")
        return cls(int(found[1]), int(found[2]), int(found[3]), found[4] is None)

    def after(self, kind: str) -> Version:
        """The next release. kind: `major`, `minor` or `patch`."""
        if kind == "major":
            return Version(self.major + 1, 0, 0)
        return Version(self.major, self.minor + 1, 0) if kind == "minor" else Version(
            self.major, self.minor, self.patch + 1)


def digest(files: dict[str, bytes]) -> str:
    """The SHA-256 of a state of the data. files: at least the descriptor and its tables, by file name.

    The version itself is left out: data that did not change have the same checksum under every version.
    """
    described = json.loads(files[PACKAGE_FILE])
    described.pop("version", None)
    parts = [json.dumps(described, sort_keys=True, ensure_ascii=False).encode()]
    parts += [files[path] for path in sorted(resource["path"] for resource in resources(described).values())]
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def read_files(data_dir: Path) -> dict[str, bytes]:
    """The descriptor and the tables of a folder as bytes, by file name; OSError if one is missing."""
    descriptor = (Path(data_dir) / PACKAGE_FILE).read_bytes()
    paths = [resource["path"] for resource in resources(json.loads(descriptor)).values()]
    return {PACKAGE_FILE: descriptor, **{path: (Path(data_dir) / path).read_bytes() for path in paths}}


def version_in(described: dict, data_dir: Path) -> str:
    """How the record of a folder is called: 1.4.0, or 1.5.0-dev+3fa2b1c9. described: its descriptor.

    While an author looks at each edit (UNNAMED_VARIABLE is set) the state has no name: it stands on every page and in
    every picture, all of which would be made again for one letter.
    """
    said = described["version"]
    is_named = said.endswith(DEV) and not os.environ.get(UNNAMED_VARIABLE)
    return f"{said}+{digest(read_files(data_dir))[:DIGITS]}" if is_named else said
