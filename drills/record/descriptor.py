"""What is wrong with datapackage.json, each fault with its line."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .nearness import question, suggestions
from .package import fields, references, resources
from .problems import WHOLE_FILE, Problem, legible
from .profile import Package, all_models
from .version import NoVersion, Version

Path = tuple[str | int, ...]
BLANK = re.compile(r"[ \t\r\n]+")
# the ways in which pydantic names what it tried in a list of alternatives
TYPES = ("string", "number", "integer", "boolean", "list")
TAGS = {*TYPES, "int", "float", "literal['']"}
READ = json.JSONDecoder()
KEYS = sorted({field.alias or name for model in all_models() for name, field in model.model_fields.items()})


class RepeatedKey(ValueError):
    """Raised for a key that an object of a JSON text has twice."""


def once(pairs: list[tuple[str, object]]) -> dict:
    """The pairs of a JSON object as a dictionary; raises RepeatedKey where one would hide another."""
    again = [key for key, number in Counter(key for key, _ in pairs).items() if number > 1]
    if again:
        raise RepeatedKey(f"the key '{legible(again[0])}' stands twice in one object")
    return dict(pairs)


def line_of(text: str, path: Path) -> int:
    """The line of a JSON text at which what a path leads to begins; where it leads nowhere, the last that is there."""
    line = at = _past_blanks(text, 0)
    for step in path:
        if (found := _enter(text, at, step)) is None:
            break
        line, at = found
    return text.count("\n", 0, line) + 1


def _past_blanks(text: str, at: int) -> int:
    """The next place, from `at` on, that is not blank."""
    found = BLANK.match(text, at)
    return found.end() if found else at


def _enter(text: str, at: int, step: str | int) -> tuple[int, int] | None:
    """Where the member `step` of the value at `at` begins: with its key, and its value; None if there is none."""
    is_object = text[at] == "{"
    if text[at] not in "[{":
        return None
    at, number = _past_blanks(text, at + 1), 0
    while text[at] not in "]}":
        key, start = number, at
        if is_object:
            key, at = READ.raw_decode(text, at)
            at = _past_blanks(text, _past_blanks(text, at) + 1)
        if key == step:
            return start, at
        at = _past_blanks(text, READ.raw_decode(text, at)[1])
        if text[at] == ",":
            at, number = _past_blanks(text, at + 1), number + 1
    return None


def faults(text: str, package: object, file: str, wanted: list[str]) -> list[Problem]:
    """Everything that is wrong with a descriptor, given as JSON text and as what it holds.

    wanted: the names of the tables that the package knows. TypeError for what no JSON text holds.
    """
    try:
        Package.model_validate(package)
    except ValidationError as failure:
        found = [(path, *explained(error, path[-1] if path else "")) for error in failure.errors(include_url=False)
                 if (path := tuple(step for step in error["loc"] if step not in TAGS)) is not None]
    else:
        if not isinstance(package, dict):
            raise TypeError(f"a descriptor is read from JSON as a dict, not as {type(package)}")
        found = list(contradictions(package, wanted))
    return sorted({Problem(file, line_of(text, path), column_of(package, path), "", place(package, path) + rule, fix)
                   for path, rule, fix in found})


def contradictions(package: dict, wanted: list[str]) -> Iterator[tuple[Path, str, str]]:
    """What does not fit together in a descriptor that is well formed: path, rule and fix."""
    try:
        Version.parse(package["version"])
    except NoVersion as error:
        rule, fix = str(error).split("; ", 1)
        yield ("version",), rule, fix
    names = [resource["name"] for resource in package["resources"]]
    meant = {near for name in names if name not in wanted for near in suggestions(name, wanted)}
    for lost in (name for name in wanted if name not in names and name not in meant):
        yield ("resources",), f"it does not describe {lost}", f"describe {lost}.csv, or take its name out of the code"
    yield from repeated(("resources",), "table", names)
    yield from repeated(("resources",), "file", [resource["path"] for resource in package["resources"]], "path")
    described = resources(package)
    for number, resource in enumerate(package["resources"]):
        path = ("resources", number)
        if resource["name"] not in wanted:
            near = suggestions(resource["name"], wanted)
            yield (*path, "name"), f"no code reads the table '{resource['name']}'", (
                question(near) if near else "remove it")
        columns = [column["name"] for column in resource["schema"]["fields"]]
        yield from repeated((*path, "schema", "fields"), "column", columns)
        yield from of_columns(resource, (*path, "schema"))
        for column, target, key in references(resource):
            is_lost = key not in fields(described[target]) if target in described else target not in wanted
            if column not in columns or is_lost:
                yield (*path, "schema", "foreignKeys"), (f"column '{column}' or what it refers to, {target}.{key}, "
                                                         "does not exist"), "name a column of a table that is there"


def repeated(path: Path, what: str, names: list[str], key: str = "name") -> Iterator[tuple[Path, str, str]]:
    """The names that stand twice in a list, at the second."""
    for number, name in enumerate(names):
        if name in names[:number]:
            yield (*path, number, key), f"the {what} '{legible(name)}' is described twice", "remove one"


def of_columns(resource: dict, path: Path) -> Iterator[tuple[Path, str, str]]:
    """What contradicts itself in the key, limits and values of the columns of a table."""
    schema = resource["schema"]
    key, columns = schema["primaryKey"], fields(resource)
    for what, named, word in (("primaryKey", key, "key"), ("order", schema.get("order", []), "order")):
        for name in (name for name in named if name not in columns):
            near = suggestions(name, columns)
            yield (*path, what), f"the {word} '{name}' is no column of it", (
                question(near) if near else "name one of its columns")
    for number, column in enumerate(schema["fields"]):
        limits, here = column.get("constraints", {}), (*path, "fields", number)
        if limits.get("unique") and key != [column["name"]] and set(key) <= columns.keys():
            yield ((*here, "constraints", "unique"), "only the key of a table is held to be unique",
                   "make it the primaryKey, or remove unique")
        if limits.get("minimum", 0) > limits.get("maximum", float("inf")):
            yield ((*here, "constraints", "minimum"), "the minimum is above the maximum", "swap or fix them")
        values = [value["value"] for value in column.get("categories", [])]
        yield from repeated((*here, "categories"), "value", values, "value")


def explained(error: ErrorDetails, key: str | int) -> tuple[str, str]:
    """What is wrong at a key and what to write, by an error of pydantic."""
    value = legible(json.dumps(error["input"], ensure_ascii=False))
    if key == "":
        return f"{value} is no description of tables", "restore the file: it describes every table"
    if error["type"] == "missing":
        return f"'{key}' is missing", "add it"
    if error["type"] == "extra_forbidden":
        near = [] if key in KEYS else suggestions(str(key), KEYS)
        return f"'{legible(str(key))}' is no key that is known here", question(near) if near else "remove it"
    if error["type"] == "union_tag_not_found":
        return "'type' is missing", "write string, number, integer, boolean or list"
    if error["type"] == "union_tag_invalid":
        near = suggestions(str(error["input"].get("type")), TYPES)
        return (f"the type {legible(json.dumps(error['input'].get('type')))} is not known",
                question(near) if near else "write string, number, integer, boolean or list")
    wrong = error["msg"].removeprefix("Value error, ")
    return f"{value} will not do for '{key}'", f"{wrong[0].lower()}{wrong[1:]}"


def column_of(package: object, path: Path) -> str:
    """The column, else the table, of which a path speaks: what stands for the column in a problem."""
    names, here = [], package
    for step in path:
        here = _member(here, step)
        if isinstance(here, dict) and isinstance(here.get("name"), str) and isinstance(step, int):
            names.append(here["name"])
    return next((name for name in reversed(names) if re.fullmatch(r"\w+", name)), WHOLE_FILE)


def _member(whole: object, step: str | int) -> object:
    """What a step of a path leads to in what a JSON text holds; None where it leads nowhere."""
    if isinstance(whole, dict):
        return whole.get(step)
    if isinstance(whole, list) and isinstance(step, int) and step < len(whole):
        return whole[step]
    return None


def place(package: object, path: Path) -> str:
    """The way to a fault in words, without the table and column that are named already: constraints: """
    passed = ("resources", "schema", "fields")
    words = [str(step) for step in path[:-1] if not isinstance(step, int) and step not in passed]
    tables = []
    if path[:1] == ("resources",) and len(path) > 1 and isinstance(path[1], int):
        table = _member(_member(package, path[0]), path[1])
        tables = [f"table {legible(str(table.get('name')))}"] if isinstance(table, dict) else []
    whole = ", ".join([*tables, *words])
    return f"{whole}: " if whole else ""
