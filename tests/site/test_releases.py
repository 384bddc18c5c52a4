"""Releases: what is refused, what is kept, and that every later build serves it at the same address."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml
from lxml import html

from drills.changes.tombstones import Tombstones
from drills.counting.reading import load
from drills.downloads import bundle
from drills.record import package, states, tables
from drills.record.version import Version
from drills.site import build, embeds, releases, releasing
from drills.site.pages import release_pages, withdrawn

LOG = "# Changes\n\n## Unreleased\n\n- Users see more.\n\n## 0.1.0\n\n- The first.\n"
FIGURE = b'<svg xmlns="http://www.w3.org/2000/svg"><title>They exercise &amp; patrol</title></svg>'
FIGURES = {"figures/per-year.svg": FIGURE, "figures/per-year.csv": b"year\n2021\n", "figures/per-year.png": b"",
           "figures/events/said-2021-alpha.svg": FIGURE, "figures/events/said-2021-alpha.csv": b"claim\n"}


class Project:
    """A checkout with the small record; its site is built from the record alone, with two figures."""

    def __init__(self, root: Path, small, monkeypatch):
        self.root, self.small, self.n_builds, self.code = root, small, 0, 0
        small.name("1.0.0-dev")
        (root / "CITATION.cff").write_text("title: T\nversion: 1.0.0-dev\nauthors:\n  - name: A\n", encoding="utf-8")
        (root / "CHANGELOG.md").write_text(LOG, encoding="utf-8")
        (root / ".gitignore").write_text("_build/\n", encoding="utf-8")
        self.git("init", "-q")
        self.commit()
        monkeypatch.setattr(build, "build", self.build)

    def git(self, *words: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@b")
        return subprocess.run(["git", "-C", self.root, *who, *words], check=True, capture_output=True, text=True).stdout

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "state")

    def build(self, data_dir: Path, root: Path) -> int:
        self.n_builds += 1
        site = root / "_build" / "html"
        bundle.write(load(data_dir), data_dir, site / "data")
        for name, content in FIGURES.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(content)
        if self.code is None:
            raise KeyboardInterrupt
        return self.code

    def release(self, version: str) -> int:
        return releasing.make(version, self.small.folder, self.root)

    def text(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")


@pytest.fixture
def project(tmp_path, small_at, monkeypatch) -> Project:
    return Project(tmp_path, small_at(tmp_path / "data"), monkeypatch)


def test_a_release_is_whole(project):
    """Catch a release without data, figures, checksums, or a word on what it is; and two versions in one release."""
    assert project.release("1.0.0") == 0
    folder = project.root / "releases" / "1.0.0"
    said = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    for name, file in said["files"].items():
        assert file["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    with zipfile.ZipFile(folder / "joint-drills-1.0.0.zip") as archive:
        assert archive.read("data/events.csv") == project.small.path("events").read_bytes()
        assert json.loads(archive.read("datapackage.json"))["version"] == "1.0.0"
    with zipfile.ZipFile(folder / "joint-drills-1.0.0-figures.zip") as archive:
        assert sorted(archive.namelist()) == sorted(name for name in FIGURES if not name.endswith(".png"))
    assert said["figures"] == [{"id": "per-year", "title": "They exercise & patrol", "folder": "figures"}, {
        "id": "said-2021-alpha", "title": "They exercise & patrol", "folder": "figures/events"}]
    assert said["tables"]["events"] == 4 and "Release 1.0.0, record as of" in said["cited"]
    assert tables.read_package(project.small.folder)["version"] == "1.0.0"
    assert yaml.safe_load(project.text("CITATION.cff"))["version"] == "1.0.0"
    assert states.newest(project.small.folder)[1].digest == states.of_folder(project.small.folder).digest


@pytest.mark.slow
def test_the_changelog_gets_a_section(project):
    """Catch notes that are lost or stand twice, and a second release whose rows are not named."""
    project.release("1.0.0")
    assert project.text("CHANGELOG.md").count("Users see more.") == 1
    assert project.text("CHANGELOG.md").startswith("# Changes\n\n## Unreleased\n\n## 1.0.0\n\nReleased on ")
    project.small.name("1.0.1-dev")
    project.small.edit("claims", 2, "value_low", "12000")
    log = project.root / "CHANGELOG.md"
    log.write_text(log.read_text(encoding="utf-8").replace("## Unreleased\n", "## Unreleased\n\n- A fix.\n", 1),
                   encoding="utf-8")
    project.commit()
    assert project.release("1.0.1") == 0
    section = project.text("CHANGELOG.md").split("\n## ")[2]
    assert section.splitlines()[0] == "1.0.1" and "- A fix." in section
    assert "### Data\n\n- `claims`: 1 corrected (`2021-alpha:troops:ALL:1`: value_low)." in section
    rows = list(csv.reader((project.root / "releases" / "1.0.1" / "changes.csv").open(encoding="utf-8")))
    assert rows[1] == ["claims", "2021-alpha:troops:ALL:1", "corrected", "value_low", "10000", "12000"]


@pytest.mark.parametrize("version, reason", [
    ("1.0", "'1.0' is no version"), ("1.0.1-dev", "is a version between releases; name one such as 1.0.1"),
    ("0.9.0", "was released before, or is lower than 1.0.0-dev")])
def test_a_version_that_is_none_is_refused(project, capsys, version, reason):
    """Catch a release that cannot be put in order."""
    assert project.release(version) == 2 and reason in capsys.readouterr().err and project.n_builds == 0


@pytest.mark.slow
def test_a_version_that_does_not_fit_is_refused(project, capsys):
    """Catch a new event under a patch number."""
    project.release("1.0.0")
    project.small.name("1.0.1-dev")
    project.small.path("milestones").write_text(project.small.path("milestones").read_text(encoding="utf-8")
                                                + "2023-x,2023-01-01,X,summit,X,tass-3\n", encoding="utf-8")
    (project.root / "CHANGELOG.md").write_text(LOG, encoding="utf-8")
    project.commit()
    assert project.release("1.0.1") == 2
    assert "1 change asks for a minor release, first milestones.csv 2023-x added; write 1.1.0 or 2.0.0" in (
        capsys.readouterr().err)
    assert project.release("1.1.0") == 0


def test_a_tree_with_changes_is_refused(project, capsys):
    """Catch a release of files that no commit holds."""
    project.small.edit("claims", 2, "value_low", "12000")
    assert project.release("1.0.0") == 2 and "such as data/claims.csv; commit or undo" in capsys.readouterr().err


def test_a_release_without_a_word_is_refused(project, capsys):
    """Catch a release of which nobody is told what is new."""
    (project.root / "CHANGELOG.md").write_text(LOG.replace("- Users see more.\n", ""), encoding="utf-8")
    project.commit()
    assert project.release("1.0.0") == 2 and "has nothing under '## Unreleased'" in capsys.readouterr().err


@pytest.mark.parametrize("code", [1, None])
def test_a_release_that_fails_leaves_nothing(project, code):
    """Catch a version that stands in the data although its build failed or was interrupted."""
    project.code = code
    if code is None:
        with pytest.raises(KeyboardInterrupt):
            project.release("1.0.0")
    else:
        assert project.release("1.0.0") == 1
    assert project.git("status", "--porcelain") == "" and not (project.root / "releases" / "1.0.0").exists()


@pytest.fixture
def served(project, tmp_path):
    """What a build puts on the site after two releases, with what was withdrawn between them."""
    project.release("1.0.0")
    project.small.name("2.0.0-dev")
    project.small.swap("milestones", "2022-09-call,2022-09-19,A call,summit,They spoke,tass-3;xinhua-2\n", "")
    project.small.path("withdrawn").write_text(
        project.small.path("withdrawn").read_text(encoding="utf-8")
        + "milestones,2022-09-call,,,withdrawn,,2026-11-29,Not of this context\n", encoding="utf-8")
    (project.root / "CHANGELOG.md").write_text(LOG, encoding="utf-8")
    project.commit()
    assert project.release("2.0.0") == 0
    out = tmp_path / "out"
    for release in releases.kept(project.small.folder):
        releases.serve(release, out)
    return project, out


@pytest.mark.slow
def test_every_release_is_served_byte_for_byte(served):
    """Catch a file of an old release that a later build leaves out or makes anew."""
    project, out = served
    for version in ("1.0.0", "2.0.0"):
        place, kept = out / "releases" / version, project.root / "releases" / version
        said = json.loads((place / "release.json").read_text(encoding="utf-8"))
        for name in said["files"]:
            assert (place / name).read_bytes() == (kept / name).read_bytes()
        for name, digest in said["contents"].items():
            assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest, name
    first = (out / "releases" / "1.0.0" / "data" / "milestones.csv").read_text(encoding="utf-8")
    second = (out / "releases" / "2.0.0" / "data" / "milestones.csv").read_text(encoding="utf-8")
    assert "2022-09-call" in first and "2022-09-call" not in second


@pytest.mark.slow
def test_links_of_the_pages_lead_to_files(served):
    """Catch a page of a release that names a file which is not there, and a release that is not listed."""
    project, out = served
    made = {page.name: page for page in releases.pages(project.small.folder, "https://example.org/")}
    assert list(made) == ["releases/index", "releases/2.0.0/index", "releases/1.0.0/index"]
    for name in ("releases/2.0.0/index", "releases/1.0.0/index"):
        root = html.fromstring(str(made[name].body))
        links = [link for link in root.xpath("//a/@href") if not link.startswith("..")]
        assert len(links) > 20 and all(((out / name).parent / link).is_file() for link in links)
        assert root.get_element_by_id("per-year").text_content().startswith("They exercise & patrol")
        assert made[name].json_ld["distribution"][0]["contentUrl"].startswith(f"https://example.org/{name[:-5]}")
    assert html.fromstring(str(made["releases/index"].body)).xpath("//ul/li/a/@href") == [
        "2.0.0/index.html", "1.0.0/index.html"]


@pytest.mark.slow
def test_a_damaged_release_fails_the_build(served, tmp_path):
    """Catch a file that was changed since it was released, or is missing, served under the old address."""
    project, _ = served
    for name, spoil in (("changes.csv", lambda path: path.write_bytes(b"x")),
                        ("joint-drills-1.0.0.zip", lambda path: path.unlink())):
        spoil(project.root / "releases" / "1.0.0" / name)
        with pytest.raises(releases.Damaged, match=name):
            releases.serve(releases.kept(project.small.folder)[0], tmp_path / "other")


@pytest.mark.slow
def test_quotations_and_embeds_point_to_the_release(served):
    """Catch a card of a release that cannot be quoted or shown as it is in it."""
    project, _ = served
    release = releases.kept(project.small.folder)[-1]
    card = ('<figure class="jd-card" id="{}"><p class="jd-title">A "title"</p>'
            '<p class="jd-subtitle">S</p><p class="jd-note">N</p>'
            '<div class="jd-chart jd-wide"><svg viewBox="0 0 9 9"></svg></div>'
            '<p class="jd-files"><span class="jd-quote" data-quote="q"></span></p></figure>')
    root = html.fromstring(embeds.offered(f"<div>{card.format('per-year')}{card.format('new')}</div>",
                                          "https://example.org/", release))
    kept, new = root.xpath("//figure")
    place = "https://example.org/releases/2.0.0/index.html#per-year"
    assert kept.xpath(".//*[@class='jd-quote']/@data-kept") == [place] and not new.xpath(".//@data-kept")
    live, fixed = (html.fromstring(field.text) for field in kept.xpath(".//textarea"))
    assert live.get("src") == "https://example.org/embed/per-year.html" and fixed.get("href") == place
    assert fixed.find("img").get("src") == "https://example.org/releases/2.0.0/figures/per-year.svg"
    assert fixed.find("img").get("alt") == 'A "title"' and len(new.xpath(".//textarea")) == 1


def test_without_a_release_the_list_says_so():
    """Catch an empty page."""
    assert "No release has been made yet" in release_pages.index([]).body


def test_old_addresses_answer(small):
    """Catch an old address that is dead, or does not say why and where to."""
    made = {page.name: page for page in withdrawn.pages(Tombstones(load(small.folder).record.withdrawn), "https://e.org/")}
    assert list(made) == ["events/2021-first-alpha", "events/2020-alpha"]
    renamed, gone = made.values()
    assert all(page.is_withdrawn for page in made.values())
    for words in ("is called differently now", "1 September 2021", "Named as its series",
                  'href="../events/2021-alpha.html"'):
        assert words in renamed.body
    assert renamed.json_ld["significantLink"] == "https://e.org/events/2021-alpha.html"
    assert "Nothing took its place" in gone.body and "No source says that both took part" in gone.body
    assert renamed.entry.names == ("2021-first-alpha",) and not gone.entry.is_held


def test_releases_that_are_kept_are_sound():
    """Catch a file of a release that was edited in the repository, and a present version that is none of them."""
    for release in releases.kept(tables.DATA):
        releases.verify(release)
        state = states.of_release(tables.DATA, release.version)
        assert json.loads(state.files[package.PACKAGE_FILE])["version"] == str(release.version)
        with zipfile.ZipFile(io.BytesIO((release.folder / states.data_zip(release.version)).read_bytes())) as archive:
            assert archive.testzip() is None
    present = Version.parse(tables.read_package()["version"])
    assert not present.is_release or present in states.kept(tables.DATA)
