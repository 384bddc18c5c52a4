"""The releases that are kept in releases/, served for ever: their files byte for byte, and a page for each.

Every build puts them on the site again, so that an address in a release outlives whatever the site becomes.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..record import states
from ..record.version import Version
from .pages import release_pages
from .pages.page import Page

CHANGES_FILE = "changes.csv"


class Damaged(ValueError):
    """Raised for a file of a release that is not what it was when it was released."""


@dataclass(frozen=True)
class Kept:
    """A release in its folder; manifest: what its release.json says."""

    version: Version
    folder: Path
    manifest: dict

    @property
    def address(self) -> str:
        """Its page, from the root of the site."""
        return f"{states.FOLDER}/{self.version}/index.html"

    @property
    def figures(self) -> frozenset[str]:
        """The ids of its figures."""
        return frozenset(figure["id"] for figure in self.manifest["figures"])


def kept(data_dir: Path) -> list[Kept]:
    """All releases beside a record, the oldest first."""
    found = []
    for version in states.kept(data_dir):
        folder = states.folder_of(data_dir) / str(version)
        found.append(Kept(version, folder, json.loads((folder / states.MANIFEST_FILE).read_text(encoding="utf-8"))))
    return found


def verify(release: Kept) -> None:
    """Raise Damaged if a file of a release is missing or was changed since."""
    for name, said in release.manifest["files"].items():
        path = release.folder / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != said["sha256"]:
            raise Damaged(f"{path} is not the file that was released (SHA-256 {said['sha256']}); restore it from git")


def serve(release: Kept, out: Path) -> None:
    """Put the files of a release on the site: as they are, and what the zips hold one by one. out: the site."""
    verify(release)
    place = out / states.FOLDER / str(release.version)
    place.mkdir(parents=True, exist_ok=True)
    for name in (states.MANIFEST_FILE, *release.manifest["files"]):
        (place / name).write_bytes((release.folder / name).read_bytes())
    for name in (states.data_zip(release.version), states.figures_zip(release.version)):
        with zipfile.ZipFile(release.folder / name) as archive:
            archive.extractall(place)


def pages(data_dir: Path, base_url: str) -> Iterator[Page]:
    """The page of each release, and the one that lists them."""
    manifests = [release.manifest for release in kept(data_dir)]
    yield from release_pages.pages(manifests[::-1], base_url)
