"""The schema itself: one test for each rule, one case for each column or table."""

from __future__ import annotations

import re
import shutil

import frictionless
import pytest

from drills.record import package, tables, text

PACKAGE = tables.read_package()
TABLES = package.resources(PACKAGE)
COLUMNS = [(table, name) for table, resource in TABLES.items() for name in package.fields(resource)]
# allowed values that no row has, each with the reason why it is allowed all the same
UNUSED: dict[tuple[str, str, str], str] = {
    ("outside_rows", "standing", "part_of_other"): "the lists that are not read yet split some exercises",
    **{("settled", "warning", name): "no cell of the record looks like such a slip" for name in (
        "series_unlike_name", "framework_unlike_participants", "measure_unlike_event", "claimant_of_two_sorts",
        "basis_unlike_claimant", "place_apart", "word_near_another")},
}

# Tables in which a column may be blank all over: a switch that no count of others needs yet, ids that may be withdrawn.
FOR_WHAT_MAY_COME = ("nearest_rules", "withdrawn")

every_table = pytest.mark.parametrize("table", TABLES)
every_column = pytest.mark.parametrize("table, name", COLUMNS, ids=".".join)


def column(table: str, name: str) -> dict:
    return package.fields(TABLES[table])[name]


@pytest.fixture(scope="module")
def raw() -> dict[str, text.RawTable]:
    return tables.read_all()[1]


@every_column
def test_every_column_is_described(table, name):
    """Catch a column without a sentence that says what it holds."""
    assert column(table, name)["description"].strip()
    assert column(table, name)["description"].endswith(".")


@every_table
def test_every_table_says_what_a_row_is(table):
    """Catch a table that nobody can count, since it does not say what one row is."""
    assert TABLES[table]["description"].startswith("One row is ") and TABLES[table]["description"].endswith(".")


@every_column
def test_every_number_has_a_unit(table, name):
    """Catch a number without its unit: in the column, or beside every measure."""
    described = column(table, name)
    if described["type"] not in ("number", "integer") or described.get("unit"):
        return
    if name in TABLES[table]["schema"]["primaryKey"]:
        return
    assert "in the unit of the measure" in described["description"]
    assert all(re.fullmatch(r"[a-z ]+", measure["unit"]) for measure in column(table, "measure")["categories"])


@every_column
def test_every_allowed_value_is_explained(table, name):
    """Catch a value without its sentence, or listed twice."""
    listed = column(table, name).get("categories", [])
    assert all(value["label"].endswith(".") for value in listed)
    assert len({value["value"] for value in listed}) == len(listed)


@every_column
def test_every_optional_column_says_what_blank_means(table, name):
    """Catch a blank that may mean unknown, none or not looked for; and a meaning for a blank that is not allowed."""
    described = column(table, name)
    is_required = described.get("constraints", {}).get("required", False)
    blanks = described.get("missingValues", [])
    assert bool(blanks) != is_required
    assert all(blank["value"] == "" and blank["label"].endswith(".") for blank in blanks)


@every_table
def test_references_point_to_a_unique_column(table):
    """Catch a foreign key to a table or column that is not there, or that names more than one row."""
    for name, target, key in package.references(TABLES[table]):
        assert name in package.fields(TABLES[table])
        assert column(target, key)["constraints"]["unique"] and TABLES[target]["schema"]["primaryKey"] == [key]
    assert all(len(key["fields"]) == 1 for key in TABLES[table]["schema"].get("foreignKeys", []))


@every_column
def test_every_id_column_is_a_key_or_a_reference(table, name):
    """Catch a new column of names that nothing holds to the table they come from."""
    if re.search(r"_ids?$", name):
        assert [name] == TABLES[table]["schema"]["primaryKey"] or name in {
            reference for reference, _, _ in package.references(TABLES[table])}


@every_table
def test_keys_are_required_and_what_is_unique_is_the_key(table):
    """Catch a key that may be blank, and a column called unique that the check on keys would not look at."""
    key = TABLES[table]["schema"]["primaryKey"]
    assert all(column(table, name)["constraints"]["required"] for name in key)
    unique = [name for of_table, name in COLUMNS
              if of_table == table and column(table, name).get("constraints", {}).get("unique")]
    assert unique == ([*key] if len(key) == 1 else [])


@every_table
def test_columns_of_the_file_are_those_described(table, raw):
    """Catch a column that was added or moved on one side only."""
    assert list(raw[table].frame.columns) == list(package.fields(TABLES[table])) and raw[table].problems == []


def test_the_folder_holds_what_is_described():
    """Catch a table without a description, and a description without its table."""
    assert {path.name for path in tables.DATA.glob("*.csv")} == {resource["path"] for resource in TABLES.values()}
    assert all(resource["path"] == f"{table}.csv" for table, resource in TABLES.items())


@every_column
def test_every_allowed_value_is_used(table, name, raw):
    """Catch a value that fell out of use or was never needed, and an exception in UNUSED that has healed."""
    used = set(raw[table].frame[name].dropna())
    unused = {value["value"] for value in column(table, name).get("categories", [])} - used
    if table in FOR_WHAT_MAY_COME:
        return
    assert unused == {value for of_table, of_name, value in UNUSED if (of_table, of_name) == (table, name)}


@every_column
def test_every_pattern_is_needed(table, name, raw):
    """Catch a pattern that no longer fits the column, or an optional column in which nothing stands."""
    cells = raw[table].frame[name].dropna()
    assert len(cells) or table in FOR_WHAT_MAY_COME
    assert cells.str.fullmatch(column(table, name).get("constraints", {}).get("pattern", "(?s).*")).all()


@every_table
def test_the_page_on_the_record_names_the_keys(table):
    """Catch data/README.md and the schema out of step on what is unique."""
    page = (tables.DATA / "README.md").read_text(encoding="utf-8")
    key = ", ".join(f"`{name}`" for name in TABLES[table]["schema"]["primaryKey"])
    assert re.search(rf"^\| `{table}\.csv` \| [^|]+ \| {re.escape(key)} \|$", page, re.MULTILINE)


@pytest.mark.slow
def test_an_independent_reader_finds_it_valid(tmp_path):
    """Catch a package that only our own reader understands; and a reader that would find anything valid."""
    report = frictionless.validate(str(tables.DATA / package.PACKAGE_FILE))
    assert report.valid and report.stats["tasks"] == len(TABLES), report.flatten(["message"])
    folder = shutil.copytree(tables.DATA, tmp_path / "data")
    path = folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",2002-exercise-01,", ",2002-exercise,"), encoding="utf-8")
    assert not frictionless.validate(str(folder / package.PACKAGE_FILE)).valid
