"""What the last build that ended well has made, so that the next one makes again only what can come out differently.

It stands beside what Sphinx remembers, and is gone while a build is under way: after one that failed every page is
written again. What may be left as it is is decided by digests of all that it rests on, never by times of files.
"""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
from dataclasses import asdict, replace
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .. import kept, writing
from ..record import states, tables, version
from . import theming
from .jupyterbook import settings_digest, titles_in_menus
from .underway import Made, build_of

# Beside the package: what pages say of changes, of citing and of the licence.
BESIDE = ("CHANGELOG.md", "CITATION.cff", "LICENSE")
# Columns of which the pages of the book say nothing, in any chapter or part: an edit of them runs no chapter.
UNSAID = {"events": ("note",), "participants": ("note",), "date_claims": ("claimant", "note"), "facts": ("claimant",),
          "sources": ("url", "note"), "publishers": ("note",), "series": ("name_ru", "name_zh", "description"),
          "settled": ("reason",), "outside_lists": ("note",)}
# In Sphinx's metadata of a page: that it has numbers or a part made from the record.
FROM_RECORD = "drills_from_record"


def place_of(app: Sphinx) -> Path:
    return Path(app.doctreedir) / "drills-made.json"


def begin(app: Sphinx) -> None:
    """Sphinx's `builder-inited`: look what the last build has made, and what this one rests on."""
    build = build_of(app)
    try:
        build.last = Made(**json.loads(place_of(app).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        build.last = Made()
    data_dir = theming.data_dir(app)
    build.made = Made(rests_on(data_dir), book_rests_on(data_dir))


def rests_on(data_dir: Path) -> str:
    """A digest of all files of a record, the code of the package, what stands beside it, and the newest commit."""
    found = hashlib.sha256(kept.code().encode())
    # which hold the checksums of all other files of a release
    manifests = sorted(states.folder_of(data_dir).glob(f"*/{states.MANIFEST_FILE}"))
    for path in [*_files(data_dir), *manifests]:
        found.update(f"{path.parent.name}/{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    commit = subprocess.run(["git", "-C", str(data_dir), "rev-parse", "HEAD"], capture_output=True, check=False)
    found.update(commit.stdout)
    return found.hexdigest()


def _files(data_dir: Path) -> list[Path]:
    """The files of a record and what stands beside the package, sorted by their names."""
    beside = (kept.PACKAGE.parent / name for name in BESIDE)
    return sorted(path for path in [*data_dir.iterdir(), *beside] if path.is_file())


def book_rests_on(data_dir: Path) -> str:
    """A digest of all that pages of the book say numbers of: the same without the columns of which they say nothing.

    The cards of a page name the version, which may name the state of all the data.
    """
    parts: list[object] = [kept.code(), version.version_in(tables.read_package(data_dir), data_dir)]
    for path in _files(data_dir):
        parts += [path.name, _said(path) if path.parent == data_dir and path.stem in UNSAID else path.read_bytes()]
    return kept.digest(parts)


def _said(path: Path) -> list[list[str]] | bytes:
    """The rows of a table without the columns of which no page of the book says anything; all of one that is no table.

    Whoever reads the record says what is wrong in it.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
    except (ValueError, csv.Error):
        return path.read_bytes()
    places = [place for place, name in enumerate(head) if name not in UNSAID[path.stem]]
    return [[row[place] for place in places if place < len(row)] for row in [head, *rows]]


def note_source(app: Sphinx, docname: str, source: list[str]) -> None:
    """Sphinx's `source-read`: note of which pages the record decides what they say."""
    if Path(app.env.doc2path(docname)).suffix == ".ipynb" or "{record-part}" in source[0]:
        app.env.metadata[docname][FROM_RECORD] = True


def outdated(app: Sphinx, env: BuildEnvironment, *_found: set[str]) -> list[str]:
    """Sphinx's `env-get-outdated`: the pages with numbers, if what they rest on has changed since they were read.

    Without this a changed CSV goes unseen: Sphinx compares the page's own file alone.
    """
    build = build_of(app)
    if build.last.book_rests_on == build.made.book_rests_on:
        return []
    return [name for name in env.found_docs if env.metadata.get(name, {}).get(FROM_RECORD)]


def note_reading(app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
    """Sphinx's `env-before-read-docs`: the pages of the book are about to change."""
    if docnames:
        forget(app)


def forget(app: Sphinx) -> None:
    """From now on what the last build has made is no longer sure."""
    place_of(app).unlink(missing_ok=True)


def is_same_record(app: Sphinx) -> bool:
    """Whether all that is made from the record alone is on disk as this build would make it."""
    build = build_of(app)
    return build.last.rests_on == build.made.rests_on


def is_same_layout(app: Sphinx, env: BuildEnvironment) -> bool:
    """Whether, before anything is read, what all pages share is as the last build has shown it."""
    return bool(env.all_docs) and build_of(app).last.shared == shared(app, env)


def shared(app: Sphinx, env: BuildEnvironment) -> str:
    """A digest of what all pages share, but for what the record says."""
    return kept.digest(kept.code(), settings_digest(app), titles_in_menus(env))


def to_write(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """Sphinx's `env-updated`: the pages of the book to write, beside those that were read.

    All, if anything has changed that each shows: titles, settings, the day of the record, the code.
    """
    last, made = build_of(app).last, build_of(app).made
    made.shared = shared(app, env)
    if (last.shared, last.rests_on) == (made.shared, made.rests_on):
        return set()
    forget(app)
    return set(env.all_docs)


def key_of(app: Sphinx, layout: str, shown: object) -> str:
    """A digest of all that a generated page shows; layout: digest of what all pages share."""
    site = theming.site_of(app)
    return kept.digest(layout, site.title, site.address, site.repository, site.as_of, site.release, shown)


def is_as_it_was(app: Sphinx, name: str, shown: object) -> bool:
    """Whether a generated page is on disk already; shown: all that it shows, layout and titles apart."""
    forget(app)
    made = build_of(app).made
    key = made.pages[name] = key_of(app, made.shared, shown)
    return is_written(app, name, key)


def is_written(app: Sphinx, name: str, key: str) -> bool:
    return build_of(app).last.pages.get(name) == key and (Path(app.outdir) / f"{name}.html").exists()


def remember(app: Sphinx, error: Exception | None) -> None:
    """Sphinx's `build-finished`: note what was made.

    If the record has changed meanwhile nobody knows which state was read, and the next build reads it as another one;
    but the key of a page is of what the page shows, so an edit that came meanwhile is on its page early too.
    """
    made = build_of(app).made
    if error or app.builder.format != "html" or not made.pages or not kept.is_code_as_loaded():
        return
    if made.rests_on != rests_on(theming.data_dir(app)):
        made = replace(made, rests_on="", book_rests_on="")
    writing.write(place_of(app), json.dumps(asdict(made), sort_keys=True).encode())
