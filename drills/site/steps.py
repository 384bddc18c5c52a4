"""What the last build that ended well has made, so that the next one makes again only what can come out differently.

It stands beside what Sphinx remembers, and is gone while a build is under way: after one that failed every page is
written again. What may be left as it is is decided by digests of all that it rests on, never by times of files.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import asdict
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .. import kept, writing
from ..record import states
from . import theming
from .jupyterbook import settings_digest, titles_in_menus
from .underway import Made, build_of

# Beside the package: what pages say of changes, of citing and of the licence.
BESIDE = ("CHANGELOG.md", "CITATION.cff", "LICENSE")


def place_of(app: Sphinx) -> Path:
    return Path(app.doctreedir) / "drills-made.json"


def begin(app: Sphinx) -> None:
    """Sphinx's `builder-inited`: look what the last build has made, and what this one rests on."""
    build = build_of(app)
    try:
        build.last = Made(**json.loads(place_of(app).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        build.last = Made()
    build.made = Made(rests_on(theming.data_dir(app)))


def rests_on(data_dir: Path) -> str:
    """A digest of all files of a record, the code of the package, what stands beside it, and the newest commit."""
    found = hashlib.sha256(kept.code().encode())
    files = [path for path in data_dir.iterdir() if path.is_file()]
    # which hold the checksums of all other files of a release
    files += states.folder_of(data_dir).glob(f"*/{states.MANIFEST_FILE}")
    for path in sorted([*files, *(kept.PACKAGE.parent / name for name in BESIDE)]):
        if path.exists():
            found.update(f"{path.parent.name}/{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    commit = subprocess.run(["git", "-C", str(data_dir), "rev-parse", "HEAD"], capture_output=True, check=False)
    found.update(commit.stdout)
    return found.hexdigest()


def outdated(app: Sphinx, env: BuildEnvironment, *_found: set[str]) -> list[str]:
    """Sphinx's `env-get-outdated`: the pages with numbers, if what they rest on has changed since they were read."""
    return [] if is_same_record(app) else [name for name in env.found_docs if env.dependencies.get(name)]


def note_reading(app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
    """Sphinx's `env-before-read-docs`: from now on what the last build has made is no longer sure."""
    if docnames:
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
    place_of(app).unlink(missing_ok=True)
    return set(env.all_docs)


def key_of(app: Sphinx, layout: str, shown: object) -> str:
    """A digest of all that a generated page shows; layout: digest of what all pages share."""
    site = theming.site_of(app)
    return kept.digest(layout, site.title, site.address, site.repository, site.as_of, site.release, shown)


def is_as_it_was(app: Sphinx, name: str, shown: object) -> bool:
    """Whether a generated page is on disk already; shown: all that it shows, layout and titles apart."""
    place_of(app).unlink(missing_ok=True)
    made = build_of(app).made
    key = made.pages[name] = key_of(app, made.shared, shown)
    return is_written(app, name, key)


def is_written(app: Sphinx, name: str, key: str) -> bool:
    return build_of(app).last.pages.get(name) == key and (Path(app.outdir) / f"{name}.html").exists()


def remember(app: Sphinx, error: Exception | None) -> None:
    """Sphinx's `build-finished`: note what was made, unless what it rests on has changed meanwhile."""
    made = build_of(app).made
    if error or app.builder.format != "html" or not made.pages or not kept.is_code_as_loaded():
        return
    if made.rests_on == rests_on(theming.data_dir(app)):
        writing.write(place_of(app), json.dumps(asdict(made), sort_keys=True).encode())
