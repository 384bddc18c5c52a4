"""Versions, and states of the data: what names them, and releases that are kept beside the record."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest

from drills import __version__
from drills.record import package, states, tables, version
from drills.record.version import Version


@pytest.mark.parametrize("text", ["", "1.0", "v1.0.0", "01.0.0", "1.0.0-rc1", "1.0.0-dev+ab", " 1.0.0", None, 1])
def test_what_is_no_version(text):
    """Catch a version that cannot be put in order with others."""
    with pytest.raises(version.NoVersion):
        Version.parse(text)


def test_versions_follow_each_other():
    """Catch 1.10.0 before 1.9.0, and a release before the states that led to it."""
    said = ["0.9.0", "1.0.0-dev", "1.0.0", "1.0.1-dev", "1.9.0", "1.10.0", "2.0.0-dev"]
    assert [str(one) for one in sorted(map(Version.parse, reversed(said)))] == said
    assert [str(Version(1, 4, 2).after(kind)) for kind in ("major", "minor", "patch")] == ["2.0.0", "1.5.0", "1.4.3"]


def test_two_states_between_releases_have_two_names(small):
    """Catch two data sets that are cited alike."""
    before = tables.load(small.folder).version
    small.edit("claims", 2, "note", "Counted twice")
    after = tables.load(small.folder).version
    assert before != after and {name.partition("+")[0] for name in (before, after)} == {"9.9.9-dev"}
    small.edit("claims", 2, "note", "")
    assert tables.load(small.folder).version == before


def test_a_release_is_called_by_its_version_alone(small):
    """Catch a checksum in the name of a release."""
    small.name("1.2.3")
    assert tables.load(small.folder).version == "1.2.3"


def test_the_checksum_is_of_the_data_and_not_of_the_version(small):
    """Catch data that seem to change when they are released, and a changed description that does not count."""
    before = states.of_folder(small.folder).digest
    small.name("1.2.3")
    assert states.of_folder(small.folder).digest == before
    path = small.folder / package.PACKAGE_FILE
    path.write_text(path.read_text(encoding="utf-8").replace("One row is", "A row is", 1), encoding="utf-8")
    assert states.of_folder(small.folder).digest != before


def test_a_descriptor_without_a_version_is_refused(small):
    """Catch a record that nobody can cite."""
    path = small.folder / package.PACKAGE_FILE
    described = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**described, "version": "latest"}), encoding="utf-8")
    assert any("'latest' is no version" in line for line in small.problems())


def test_names_are_ids_and_neither_words_nor_borrowed_keys(record):
    """Catch a typing error in a publisher that would make a release a major one, or claims without permanent names."""
    named = {name for name, resource in package.resources(record.package).items() if states.id_column(resource)}
    assert named == {"events", "series", "claims", "sources", "milestones", "published_counts", "rulings", "searches",
                     "outside_lists"}
    column = package.fields(package.resources(record.package)["withdrawn"])["table"]
    assert {category["value"] for category in column["categories"]} == named


def test_a_release_that_is_kept_is_read_back(small_at, tmp_path):
    """Catch a release that is not the state it was made of, and an order of versions by their letters."""
    small = small_at(tmp_path / "data")
    state = states.of_folder(small.folder)
    for number in ("1.9.0", "1.10.0"):
        folder = tmp_path / states.FOLDER / number
        folder.mkdir(parents=True)
        (folder / states.MANIFEST_FILE).write_text("{}")
        with zipfile.ZipFile(folder / states.data_zip(Version.parse(number)), "w") as archive:
            for name, content in state.files.items():
                archive.writestr(f"data/{name}", content)
            archive.writestr("README.md", "")
    release, then = states.newest(small.folder)
    assert str(release) == "1.10.0" and then.files == state.files and then.digest == state.digest
    shutil.rmtree(tmp_path / states.FOLDER)
    assert states.newest(small.folder) is None


def test_the_package_names_the_version_of_the_record():
    """Catch code and data that call themselves differently."""
    assert __version__ == tables.read_package()["version"] and tables.load().version.startswith(__version__)
