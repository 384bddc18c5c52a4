"""datapackage.json itself: one broken place for each kind of fault, and the line that the check prints."""

from __future__ import annotations

import copy
import json

import pytest

from drills.record import descriptor, package, profile, tables

TEXT = (tables.DATA / package.PACKAGE_FILE).read_text(encoding="utf-8")
PACKAGE = json.loads(TEXT)
WANTED = [resource["name"] for resource in PACKAGE["resources"]]
EVENTS = ("resources", 0)
COLUMNS = (*EVENTS, "schema", "fields")
GONE = object()


def changed(path: tuple, value: object) -> dict:
    """The descriptor with one value put in, or taken out, at a path."""
    found = copy.deepcopy(PACKAGE)
    *way, last = path
    inner = found
    for step in way:
        inner = inner[step]
    if value is GONE:
        del inner[last]
    else:
        inner[last] = value
    return found


def said(changed_package: dict) -> list[str]:
    """The faults of a descriptor, without file and line."""
    text = json.dumps(changed_package, ensure_ascii=False, indent=2)
    return [str(problem).split(":", 2)[2] for problem in descriptor.faults(text, changed_package, "d.json", WANTED)]


def number_of(column: str) -> int:
    """The place of a column of events."""
    return [field["name"] for field in PACKAGE["resources"][0]["schema"]["fields"]].index(column)


LATITUDE, NAME, ALIASES, STATUS = map(number_of, ("latitude", "name", "aliases", "status"))
FAULTS = [
    # wrong types
    ((*COLUMNS, NAME, "constraints", "required"), "yes",
     "name: table events, constraints: \"yes\" will not do for 'required'; input should be a valid boolean"),
    ((*COLUMNS, LATITUDE, "constraints", "minimum"), "a lot", "latitude: table events, constraints: \"a lot\" will "
     "not do for 'minimum'; input should be a valid number"),
    ((*COLUMNS, NAME, "type"), "text", "name: table events: the type \"text\" is not known"),
    ((*COLUMNS, NAME, "type"), "float", "name: table events: the type \"float\" is not known; write string, number, "
     "integer, boolean or list"),
    ((*COLUMNS, NAME, "type"), "sting", "name: table events: the type \"sting\" is not known; did you mean 'string'?"),
    ((*COLUMNS, NAME, "type"), GONE, "name: table events: 'type' is missing"),
    ((*COLUMNS, NAME, "constraints"), None,
     "name: table events: null will not do for 'constraints'; null says nothing; remove the key"),
    ((*COLUMNS, NAME, "description"), 5, "name: table events: 5 will not do for 'description'"),
    ((*COLUMNS, NAME, "description"), "", "name: table events: \"\" will not do for 'description'"),
    ((*COLUMNS, NAME, "name"), "Name of it", "events: table events"),
    ((*EVENTS, "schema", "fields"), {}, "events: table events"),
    ((*EVENTS, "schema", "primaryKey"), "event_id", "events: table events"),
    ((*EVENTS, "schema", "primaryKey"), ["event_id", "event_id"],
     "events: table events: [\"event_id\", \"event_id\"] will not do for 'primaryKey'; 'event_id' stands twice"),
    ((*EVENTS, "path"), "../events.csv", "events: table events: \"../events.csv\" will not do for 'path'"),
    ((*EVENTS, "path"), ["events.csv"], "events: table events"),
    ((*EVENTS, "encoding"), "utf-16", "events: table events: \"utf-16\" will not do for 'encoding'"),
    (("resources",), [], "(file): [] will not do for 'resources'"),
    (("resources", 0), "events.csv", "(file): "),
    (("$schema",), "https://specs.example.org/1.0", "(file): "),
    # keys that nobody knows
    ((*COLUMNS, NAME, "constraints", "requierd"), True,
     "name: table events, constraints: 'requierd' is no key that is known here; did you mean 'required'?"),
    ((*COLUMNS, NAME, "constraints", "maxLength"), 4,
     "name: table events, constraints: 'maxLength' is no key that is known here; remove it"),
    ((*COLUMNS, NAME, "constraints", "minimum"), 4,
     "name: table events, constraints: 'minimum' is no key that is known here"),
    ((*COLUMNS, NAME, "unit"), "men", "name: table events: 'unit' is no key that is known here"),
    ((*EVENTS, "schema", "primarykey"), ["event_id"], "events: table events: 'primarykey' is no key"),
    (("Title",), "x", "(file): 'Title' is no key that is known here; did you mean 'title'?"),
    ((*EVENTS, "schema"), GONE, "events: table events: 'schema' is missing; add it"),
    # constraints that are none
    ((*COLUMNS, NAME, "constraints", "pattern"), "[a", "name: table events, constraints: \"[a\" will not do for "
     "'pattern'; '[a' is no regular expression (error: unclosed character class)"),
    ((*COLUMNS, NAME, "constraints", "pattern"), "(?=a)a", "name: table events, constraints: "),
    ((*COLUMNS, NAME, "constraints", "pattern"), "(a{1000}){1000}", "name: table events, constraints: "),
    ((*COLUMNS, NAME, "constraints", "unique"), True,
     "name: table events, constraints: only the key of a table is held to be unique"),
    ((*COLUMNS, LATITUDE, "constraints", "minimum"), 91,
     "latitude: table events, constraints: the minimum is above the maximum; swap or fix them"),
    ((*COLUMNS, STATUS, "categories"), [], "status: table events: [] will not do for 'categories'"),
    ((*COLUMNS, STATUS, "categories", 1, "value"), "held",
     "status: table events, categories: the value 'held' is described twice; remove one"),
    ((*COLUMNS, STATUS, "categories", 1, "label"), GONE, "status: table events, categories: 'label' is missing"),
    ((*COLUMNS, ALIASES, "delimiter"), ",", "aliases: table events: \",\" will not do for 'delimiter'"),
    # what stands twice or refers to nothing
    ((*EVENTS, "name"), "claims", "claims: table claims: the table 'claims' is described twice; remove one"),
    ((*EVENTS, "name"), "evnets", "evnets: table evnets: no code reads the table 'evnets'; did you mean 'events'?"),
    ((*EVENTS, "path"), "claims.csv", "claims: table claims: the file 'claims.csv' is described twice; remove one"),
    ((*COLUMNS, NAME, "name"), "kind", "kind: table events: the column 'kind' is described twice; remove one"),
    ((*EVENTS, "schema", "primaryKey"), ["event_ids"],
     "events: table events: the key 'event_ids' is no column of it; did you mean 'event_id'?"),
    ((*EVENTS, "schema", "foreignKeys", 0, "reference", "resource"), "serie",
     "events: table events: column 'series' or what it refers to, serie.series_id, does not exist"),
    ((*EVENTS, "schema", "foreignKeys", 0, "fields"), ["serie"],
     "events: table events: column 'serie' or what it refers to, series.series_id, does not exist"),
]


def test_the_descriptor_of_the_record_is_sound():
    """Catch a model that refuses what the record has."""
    assert said(PACKAGE) == []


@pytest.mark.parametrize("path, value, message", FAULTS, ids=lambda value: None if isinstance(value, str) else "")
def test_a_fault_is_named(path, value, message):
    """Catch a broken descriptor that is let pass, or named somewhere else."""
    found = said(changed(path, value))
    assert any(line.startswith(message) for line in found), found


@pytest.mark.parametrize("path, value", [(path, value) for path, value, _ in FAULTS if path not in (
    ("resources",), ("resources", 0), (*EVENTS, "schema", "fields"))])
def test_a_fault_is_named_at_its_line(path, value):
    """Catch a line number that is not that of the broken place."""
    whole = changed(path, value)
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    (problem, *_) = [problem for problem in descriptor.faults(text, whole, "d.json", WANTED)
                     if "does not describe" not in problem.rule]
    line = text.splitlines()[problem.line - 1].strip()
    if value is GONE or path[-1] == "type":
        assert line.startswith(("{", f'"{path[-2]}"')) or path[-2] in (0, 1)
    elif path[-3:-1] != ("reference",) and "foreignKeys" not in path:
        assert line.startswith(f'"{path[-1]}"') or "primaryKey" in path, line


@pytest.mark.parametrize("spoil, message", [
    (lambda text: text.replace('"name": "events"', '"name": "x", "name": "events"', 1),
     "1:(file): the key 'name' stands twice in one object; remove one of the two"),
    (lambda text: text.replace('"minimum": -90', '"minimum": NaN', 1), "1:(file): it is not JSON (NaN is no number)"),
    (lambda text: text[:500], "(file): it is not JSON ("), (lambda text: "[" * 100_000, "1:(file): it is not JSON ("),
    (lambda text: "[]", "1:(file): "), (lambda text: "null", "1:(file): "), (lambda text: "", "1:(file): it is not"),
])
def test_what_is_no_descriptor(small, spoil, message):
    """Catch a traceback on what is no JSON, or no description of tables."""
    (small.folder / package.PACKAGE_FILE).write_text(spoil(TEXT), encoding="utf-8")
    (line, *more) = small.problems()
    assert line.startswith(package.PACKAGE_FILE) and message in line and not more


def test_a_pattern_that_takes_for_ever(small):
    """Catch a check that hangs on a pattern whose tries double with each letter."""
    path = small.folder / package.PACKAGE_FILE
    path.write_text(json.dumps(changed((*COLUMNS, NAME, "constraints", "pattern"), "(a+)+b")), encoding="utf-8")
    small.edit("events", 2, "name", "a" * 5000 + "c")
    assert small.problems()[0].startswith("events.csv:2:name: ")


@pytest.mark.parametrize("pattern, text, fits", [
    ("[a-z]+", "abc", True), ("[a-z]+", "abc\n", False), ("a|bc", "bc", True), ("a|bc", "abc", False),
    (r"https?://\S+", "https://x.example/ü", True),
])
def test_a_pattern_is_for_the_whole_cell(pattern, text, fits):
    """Catch a pattern that is content with a part of a cell."""
    assert profile.matcher(pattern).isinstance_python(text) is fits
