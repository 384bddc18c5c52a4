"""The pages of the releases: what each is, its files with their checksums, its figures, and how to cite it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from ... import addresses
from ...templating import render
from ...wording import dates, numbers
from . import structured
from .dictionary import kilobytes
from .page import Entry, Page, shortened

FOLDER = "releases"
MEDIA = {".zip": "application/zip", ".csv": "text/csv"}


def pages(manifests: Sequence[dict], base_url: str) -> Iterator[Page]:
    """The list of releases and the page of each. manifests: what their release.json say, the newest first."""
    yield index(manifests)
    for manifest in manifests:
        yield page(manifest, base_url)


def index(manifests: Sequence[dict]) -> Page:
    """All releases; before the first one it says that there is none."""
    said = "Releases of the record: data and figures that stay as they are at addresses that stay theirs."
    body = render("site/pages/parts/releases.html.jinja", manifests=manifests)
    data = {"@context": structured.CONTEXT, "@type": "CollectionPage", "name": "Releases", "description": said}
    return Page(f"{FOLDER}/index", "Releases", said, Markup(body), Entry(f"{FOLDER}/index.html", "Releases", "Data"),
                data)


def page(manifest: dict, base_url: str) -> Page:
    """One release; manifest: what its release.json says."""
    version = manifest["version"]
    rows = manifest["tables"]
    holds = numbers.listing([numbers.plural(rows["events"], "event"), numbers.plural(rows["claims"], "figure"),
                             numbers.plural(rows["sources"], "source")])
    said = (f"Release {version} of {dates.date(manifest['date'])}: the record as of {dates.date(manifest['as_of'])}, "
            f"with {holds}.")
    body = render("site/pages/parts/release.html.jinja", manifest=manifest, said=said, kilobytes=kilobytes,
                  plural=numbers.plural,
                  of_chapters=[one for one in manifest["figures"] if "/" not in one["folder"]],
                  of_pages=[one for one in manifest["figures"] if "/" in one["folder"]])
    name = f"{FOLDER}/{version}/index"
    entry = Entry(f"{name}.html", f"Release {version}", "Data", names=(version,), about=said)
    return Page(name, f"Release {version}", shortened(said), Markup(body), entry, linked_data(manifest, said, base_url))


def linked_data(manifest: dict, said: str, base_url: str) -> dict:
    """The release as a schema.org Dataset of its own."""
    place = f"{FOLDER}/{manifest['version']}"
    return {"@context": structured.CONTEXT, "@type": "Dataset", "name": f"{manifest['title']}, {manifest['version']}",
            "description": said, "version": manifest["version"], "datePublished": manifest["date"],
            "dateModified": manifest["as_of"], "license": manifest["licence"], "citation": manifest["cited"],
            "isAccessibleForFree": True, "url": addresses.absolute(base_url, f"{place}/index.html"),
            "distribution": [{"@type": "DataDownload", "name": name, "encodingFormat": MEDIA[name[name.rindex("."):]],
                              "contentUrl": addresses.absolute(base_url, f"{place}/{name}"), "sha256": file["sha256"]}
                             for name, file in manifest["files"].items()]}
