"""What the page skeleton in theme/ is given: stylesheet, palette, security policy, address, description, pictures.

Imports the cards for their palette and the record for its day.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from .. import addresses
from ..changes.tombstones import Tombstones
from ..counting.reading import Reading, share
from ..downloads import citation
from ..figures import look
from ..wording import dates
from . import releases
from .pages.page import shortened, web_address
from .releases import Kept

HERE = Path(__file__).parent
ASSETS, THEME = HERE / "assets", HERE / "theme"
STYLESHEET = "site.css"
PICTURE_SIZE = (1200, 630)
# Set before the page is painted, so that it does not flash: the scheme that was chosen here, else the system's.
SCHEME_SCRIPT = ('document.documentElement.dataset.theme=(()=>{try{const s=localStorage.getItem("jd-scheme");'
                 'return s==="dark"||s==="light"?s:""}catch{return""}})()'
                 '||(matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light")')
# script on the pages whose body contains any of the words, those that others need first
SCRIPTS = {"order.js": ('class="jd-card"',), "jd-cards.js": ('class="jd-card"', 'class="jd-quote"'),
           "letters.js": ('class="jd-explorer"',), "han.js": ('class="jd-explorer"',),
           "definitions.js": ('class="jd-explorer"', 'class="jd-switchboard"'),
           "explorer.js": ('class="jd-explorer"',), "switchboard.js": ('class="jd-switchboard"',)}


def colours() -> str:
    """The palette as CSS variables: light by default, dark where the page or, without scripts, the system says so."""
    def variables(palette: dict[str, str]) -> str:
        return "".join(f"--jd-{role}:{colour};" for role, colour in palette.items())

    dark = variables(look.DARK)
    return (f":root{{{variables(look.LIGHT)}}}\nhtml[data-theme=dark]{{{dark}}}\n"
            f"@media screen and (prefers-color-scheme:dark){{html:not([data-theme]){{{dark}}}}}\n"
            f"@media print{{html[data-theme=dark]{{{variables(look.LIGHT)}}}}}\n")


def stylesheet() -> str:
    """The palette and all of assets/*.css, in the order of their names, without comments and line breaks."""
    text = colours() + "".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.css")))
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip() + "\n"


def security_policy() -> str:
    """Only the site itself may be asked for anything; styles may stand in the page, scripts but for one may not."""
    digest = base64.b64encode(hashlib.sha256(SCHEME_SCRIPT.encode()).digest()).decode()
    return "; ".join(("default-src 'self'", f"script-src 'self' 'sha256-{digest}'", "style-src 'self' 'unsafe-inline'",
                      "img-src 'self' data: blob:", "object-src 'none'", "base-uri 'none'", "form-action 'self'"))


@dataclass(frozen=True)
class Site:
    """What all pages share; `address` ends with a slash or is empty, `repository` has none at its end."""

    title: str
    address: str
    repository: str
    reading: Reading
    data_dir: Path

    policy = security_policy()
    # the script is our own text, and the policy holds its digest
    scheme_script = Markup(SCHEME_SCRIPT)
    stylesheet = STYLESHEET
    picture_size = PICTURE_SIZE

    @property
    def release(self) -> str:
        return self.reading.record.version

    @property
    def as_of(self) -> str:
        return dates.day(self.reading.as_of)

    @cached_property
    def tombstones(self) -> Tombstones:
        """What became of ids that are no longer in use."""
        return Tombstones(self.reading.record.withdrawn)

    @cached_property
    def kept(self) -> Kept | None:
        """The release that this site is of, if its files are kept; between releases there is none."""
        return next((one for one in releases.kept(self.data_dir) if str(one.version) == self.release), None)

    @cached_property
    def cited_by(self) -> Markup:
        """What scripts write into an entry for BibTeX, as attributes of the page."""
        return Markup('data-authors="{}" data-release="{}" data-as_of="{}"').format(
            citation.bibtex_authors(), self.release, self.as_of)

    @cached_property
    def digest(self) -> str:
        """Changes with the stylesheet or a script, so that no reader keeps an old one."""
        scripts = b"".join(path.read_bytes() for path in sorted(ASSETS.glob("*.js")))
        return hashlib.sha256(stylesheet().encode() + scripts).hexdigest()[:8]


@dataclass(frozen=True)
class PageHead:
    """What one page says of itself in its head."""

    description: str
    address: str
    picture: str
    scripts: list[str]
    linked_data: Markup | str
    is_indexed: bool


def address_of(config: Config) -> str:
    """The address of the site with a slash at its end, empty for none; ExtensionError for what is no address."""
    address, setting = addresses.of_environment(os.environ)[0], addresses.VARIABLE
    if not address:
        address, setting = config.html_baseurl or "", "html_baseurl in _config.yml"
    if address and not web_address(address):
        raise ExtensionError(f"{setting} is '{address}', which is no address of a site: it begins with https://, "
                             f"such as https://{address.rpartition('//')[2].strip('/')}/")
    return address.rstrip("/") + "/" if address else ""


def repository_of(options: Mapping[str, str]) -> str:
    """The address of the repository without a slash at its end, empty for none; options: those of the theme."""
    return (addresses.of_environment(os.environ)[1] or options.get("repository_url") or "").rstrip("/")


def data_dir(app: Sphinx) -> Path:
    """The folder of the record: the setting `drills_data`, seen from the folder of the chapters."""
    return Path(app.srcdir, app.config.drills_data).resolve()


def site_of(app: Any) -> Site:
    """The site of a build, the record read once, also for the chapters."""
    if not hasattr(app, "drills_site"):
        app.drills_site = Site(app.config.html_title, address_of(app.config),
                               repository_of(app.config.html_theme_options), share(data_dir(app)), data_dir(app))
    return app.drills_site


def first_words(doctree: nodes.document) -> str:
    """The first paragraph of a page in plain text, cut at a word."""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) > 40:
            return shortened(text)
    return ""


def scripts_of(body: str) -> list[str]:
    """The scripts that a page with this body needs."""
    return [script for script, marks in SCRIPTS.items() if any(mark in body for mark in marks)]


def without_comments(script: str) -> str:
    """A script without the lines that only comment and without indents; none of ours has text over several lines."""
    script = re.sub(r"(?ms)^\s*/\*.*?\*/\s*$", "", script)
    return re.sub(r"\n\s*", "\n", re.sub(r"(?m)^\s*//.*$", "", script)).strip() + "\n"


def join_assets(folder: Path) -> None:
    """Write the stylesheet and the scripts into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STYLESHEET).write_text(stylesheet(), encoding="utf-8")
    for script in sorted(ASSETS.glob("*.js")):
        (folder / script.name).write_text(without_comments(script.read_text(encoding="utf-8")), encoding="utf-8")
