"""What the models of datapackage.json accept, beside the published profile of Data Package v2."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
from dplib.settings import PROFILE_BASEDIR
from pydantic import ValidationError

from drills.record.profile import Package, all_models

GONE = "<gone>"
ADDRESS = "https://example.org/a"
PACKAGE = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "small", "version": "1.0.0",
    "title": "Small", "description": "One table.", "homepage": ADDRESS, "keywords": ["few"],
    "licenses": [{"name": "CC-BY-4.0", "title": "Licence", "path": ADDRESS}],
    "contributors": [{"title": "Somebody", "roles": ["author"]}],
    "resources": [{
        "name": "things", "title": "Things", "description": "One row is one thing.", "type": "table",
        "path": "things.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "schema": {"fields": [], "primaryKey": ["a"], "order": ["a"], "missingValues": [""],
                   "foreignKeys": [{"fields": ["a"], "reference": {"resource": "", "fields": ["a"]}}]}}],
}
FIELDS = ("resources", 0, "schema", "fields")
LIMITS = {"required": True, "unique": True, "minimum": 0, "maximum": 5}
COLUMNS = {
    "string": {"constraints": {"required": True, "unique": True, "pattern": "[a-z]"},
               "categories": [{"value": "x", "label": "An x.", "unit": "m", "isWhole": True}]},
    "number": {"constraints": LIMITS, "unit": "m"},
    "integer": {"constraints": LIMITS, "unit": "m"},
    "boolean": {"constraints": {"required": True}},
    "list": {"constraints": {"required": True, "unique": True}, "delimiter": ";", "itemType": "string",
             "references": "things.a", "itemPattern": "x"},
}
# what is put in the place of each value
VALUES = [GONE, None, True, 5, 0.5, "", "x", "../x", "\n", [], ["x"], ["x", "x"], [5], [{}], {}, {"unheard": 1}]
# keys that the published profile does not know, which lets any be added; data/datapackage.json explains them to readers
OWN_KEYS = {"unit", "isWhole", "references", "itemPattern", "order"}
# where the models are narrower than the profile: kinds of faults, by pydantic's names, and why
NARROWER = {
    "missing": "every table and column is described in full, and in one way for all",
    "string_too_short": "a text that says nothing would pass for a description",
    "extra_forbidden": "nobody would notice that a key is misspelt",
    "union_tag_not_found": "a column that is no text by what is written should not be one by what is not",
    "literal_error": "files of one form for all tables need one way to read them",
    "string_pattern_mismatch": "names need no quoting, addresses can be followed, the profile is the one compared with",
    "model_type": "a contributor is an object by the text of the profile, which its schema does not say",
}
# where the profile takes another form as well, which no reader of ours knows: place, and the JSON types refused
OTHER_FORMS = {
    "resources.path": {list}, "resources.schema": {str}, "resources.schema.primaryKey": {str},
    "resources.schema.fields.categories": {str}, "resources.schema.fields.missingValues": {str},
    "resources.schema.fields.constraints.minimum": {str}, "resources.schema.fields.constraints.maximum": {str},
    "resources.schema.foreignKeys.fields": {str}, "resources.schema.foreignKeys.reference.fields": {str},
}


@cache
def profile() -> jsonschema.Draft7Validator:
    """The published profile, with the type `list` as the text of Table Schema 2.0 has it."""
    whole = json.loads(Path(PROFILE_BASEDIR, "2.0", "datapackage.json").read_text(encoding="utf-8"))
    types = whole["properties"]["resources"]["items"]["properties"]["schema"]["properties"]["fields"]["items"]["oneOf"]
    assert not any("list" in one["properties"]["type"].get("enum", ()) for one in types)
    text = next(one for one in types if one["title"] == "String Field")
    shared = {key: text["properties"][key] for key in ("name", "title", "description", "missingValues", "constraints")}
    items = {"enum": ["string", "integer", "boolean", "number", "datetime", "date", "time"]}
    types.append({"required": ["name", "type"], "properties": {
        **shared, "type": {"enum": ["list"]}, "delimiter": {"type": "string"}, "itemType": items}})
    return jsonschema.Draft7Validator(whole)


class Try(NamedTuple):
    """A value put in one place of a small descriptor: what the models say of it, and whether the profile takes it."""

    path: tuple[str | int, ...]
    value: object
    faults: list[dict]
    is_taken_by_profile: bool

    def place(self, path: tuple | None = None) -> str:
        """The keys that lead to what was changed, or to another path."""
        return ".".join(step for step in path or self.path if isinstance(step, str))


def whole(kind: str) -> dict:
    """A descriptor in which every key of the models stands, with one column of a type."""
    found = copy.deepcopy(PACKAGE)
    column = {"name": "a", "type": kind, "description": "A column.", "missingValues": [{"value": "", "label": "None."}]}
    found["resources"][0]["schema"]["fields"] = [column | copy.deepcopy(COLUMNS[kind])]
    return found


def places(thing: object, path: tuple = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every value within a descriptor, with the way to it."""
    for step, inner in thing.items() if isinstance(thing, dict) else enumerate(thing):
        yield (*path, step), inner
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, step))


def faults(descriptor: dict) -> list[dict]:
    """What the models say is wrong."""
    try:
        Package.model_validate(descriptor)
    except ValidationError as failure:
        return failure.errors(include_url=False)
    return []


def tried(kind: str, path: tuple, value: object) -> Try:
    """What becomes of a descriptor when one of its values is replaced or taken out."""
    changed = whole(kind)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return Try(path, value, faults(changed), profile().is_valid(changed))


@cache
def tries(kind: str) -> list[Try]:
    """Each value in each place of a column; of a text, also in each place outside of columns."""
    found = []
    for path, there in places(whole(kind)):
        if path[:4] == FIELDS if kind != "string" else True:
            more = [there + there] if isinstance(there, list) else []
            more += [{**there, "unheard": 1}] if isinstance(there, dict) else []
            found += [tried(kind, path, value) for value in [*VALUES, *more]]
    return found


every_type = pytest.mark.parametrize("kind", COLUMNS)


@every_type
def test_both_take_the_whole_descriptor(kind):
    """Catch a key of ours that the profile forbids, and a small descriptor that proves nothing since it is broken."""
    assert faults(whole(kind)) == [] and profile().is_valid(whole(kind))


def test_every_key_of_the_models_is_tried():
    """Catch a new key that is compared with nothing."""
    known = {field.alias or name for model in all_models() for name, field in model.model_fields.items()}
    assert known == {path[-1] for kind in COLUMNS for path, _ in places(whole(kind)) if isinstance(path[-1], str)}


@pytest.mark.slow
@every_type
def test_what_the_models_take_is_a_data_package(kind):
    """Catch a descriptor that `check` finds sound and other readers of Data Packages refuse."""
    assert [(one.place(), one.value) for one in tries(kind) if not one.faults and not one.is_taken_by_profile] == []


def narrower(one: Try) -> set[str]:
    """Why the models refuse what the profile takes: kinds of faults, and the places of other forms and own keys."""
    kinds = set()
    for fault in one.faults:
        keys = [step for step in one.path if isinstance(step, str)]
        if keys[-1] in OWN_KEYS:
            kinds.add(keys[-1])
        elif type(one.value) in OTHER_FORMS.get(one.place(), ()) or (
                isinstance(one.value, list) and str in OTHER_FORMS.get(one.place(), ())):
            kinds.add(one.place())
        else:
            kinds.add(fault["type"])
    return kinds


@every_type
def test_the_models_refuse_no_more_than_is_said(kind):
    """Catch a rule of ours that nobody has given a reason for."""
    known = {*NARROWER, *OTHER_FORMS, *OWN_KEYS}
    surplus = [(one.place(), one.value, narrower(one)) for one in tries(kind)
               if one.is_taken_by_profile and not narrower(one) <= known]
    assert surplus == []


def test_every_reason_is_needed():
    """Catch a reason for a rule that is gone."""
    used = {why for kind in COLUMNS for one in tries(kind) if one.is_taken_by_profile for why in narrower(one)}
    assert used == {*NARROWER, *OTHER_FORMS, *OWN_KEYS}


def within(schema: dict, kind: str) -> Iterator[dict]:
    """A part of the profile and its alternatives, without those for columns of other types."""
    yield schema
    for alternative in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        if kind in alternative.get("properties", {}).get("type", {}).get("enum", [kind]):
            yield from within(alternative, kind)


def in_profile(path: tuple, kind: str) -> list[dict]:
    """What the profile says of a place; nothing of one that it does not know."""
    found = [profile().schema]
    for step in path:
        parts = [part for one in found for part in within(one, kind)]
        found = [part["items"] for part in parts if "items" in part] if isinstance(step, int) else [
            part["properties"][step] for part in parts if step in part.get("properties", {})]
    return found


@every_type
def test_every_key_is_one_of_the_profile(kind):
    """Catch a key that the profile writes otherwise, which it would let pass as one that somebody added."""
    for path, _ in places(whole(kind)):
        assert bool(in_profile(path, kind)) == OWN_KEYS.isdisjoint(path), path
