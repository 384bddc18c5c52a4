"""What datapackage.json may say: the Data Package v2 profile, narrowed to what reading and checking go by.

Unknown keys are refused, since nobody would notice that a constraint is misspelt. What these models accept is a Data
Package v2 too, which a test holds against the published profile; that one lacks the type `list`, which its text has.
Where they are narrower, the test says why.
Imports nothing of this package.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
)
from pydantic_core import SchemaError, SchemaValidator, core_schema


@cache
def matcher(pattern: str) -> SchemaValidator:
    """What says whether a whole text matches a pattern, in time that grows with the text alone.

    The engine is that of Rust, which knows no looking ahead or back: what Python's own needs ages for is done at once.
    Raises ValueError for what is no such pattern.
    """
    try:
        return SchemaValidator(core_schema.str_schema(pattern=rf"\A(?:{pattern})\z", regex_engine="rust-regex"))
    except SchemaError as error:
        raise ValueError(f"'{pattern}' is no regular expression ({str(error).splitlines()[-1].strip()})") from None


def compiles(pattern: str) -> str:
    """A pattern as it is; raises ValueError if it is none."""
    matcher(pattern)
    return pattern


def all_differ(names: list[str]) -> list[str]:
    """Names as they are; raises ValueError if one stands twice."""
    if again := [name for number, name in enumerate(names) if name in names[:number]]:
        raise ValueError(f"'{again[0]}' stands twice; remove one")
    return names


def is_there(value: object) -> object:
    """A value as it is; raises ValueError for null, which is no value of any key."""
    if value is None:
        raise ValueError("null says nothing; remove the key")
    return value


Kind = TypeVar("Kind")
# of a key that may be missing
Maybe = Annotated[Kind | None, BeforeValidator(is_there)]
Text = Annotated[StrictStr, Field(min_length=1)]
Texts = Annotated[list[Text], Field(min_length=1)]
Name = Annotated[StrictStr, Field(pattern="^[a-z][a-z0-9_]*$")]
Pattern = Annotated[Text, AfterValidator(compiles)]
Address = Annotated[StrictStr, Field(pattern=r"^https?://[^\s/]+(/\S*)?$")]
# whole or not
Number = StrictFloat


class Model(BaseModel):
    """Unknown keys are refused, numbers are finite, and nothing is turned into another type."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, strict=True)


class Value(Model):
    """A value with what it means."""

    value: StrictStr
    label: Text
    unit: Maybe[Text] = None
    isWhole: Maybe[StrictBool] = None


class Constraints(Model):
    """What a cell of any type may be bound to; a cell that is blank only to `required`."""

    required: StrictBool = False


class KeyConstraints(Constraints):
    """What a cell may be bound to that can tell its row from all others."""

    unique: StrictBool = False


class TextConstraints(KeyConstraints):
    """What a text may be bound to."""

    pattern: Maybe[Pattern] = None


class NumberConstraints(KeyConstraints):
    """What a number may be bound to."""

    minimum: Maybe[Number] = None
    maximum: Maybe[Number] = None


class WholeConstraints(KeyConstraints):
    """What a whole number may be bound to."""

    minimum: Maybe[StrictInt] = None
    maximum: Maybe[StrictInt] = None


class Column(Model):
    """What every column has."""

    name: Name
    description: Text
    missingValues: Maybe[Annotated[list[Value], Field(min_length=1)]] = None


class TextColumn(Column):
    """A column of text, perhaps of a closed list of values."""

    type: Literal["string"]
    categories: Maybe[Annotated[list[Value], Field(min_length=1)]] = None
    constraints: Maybe[TextConstraints] = None


class NumberColumn(Column):
    """A column of numbers."""

    type: Literal["number"]
    unit: Maybe[Text] = None
    constraints: Maybe[NumberConstraints] = None


class WholeColumn(Column):
    """A column of whole numbers."""

    type: Literal["integer"]
    unit: Maybe[Text] = None
    constraints: Maybe[WholeConstraints] = None


class BooleanColumn(Column):
    """A column of true and false."""

    type: Literal["boolean"]
    constraints: Maybe[Constraints] = None


class ListColumn(Column):
    """A column of lists, perhaps of names of another table's rows."""

    type: Literal["list"]
    delimiter: Literal[";"]
    itemType: Literal["string"]
    references: Maybe[Annotated[StrictStr, Field(pattern=r"^[a-z_]+\.[a-z_]+$")]] = None
    itemPattern: Maybe[Pattern] = None
    constraints: Maybe[KeyConstraints] = None


AnyColumn = Annotated[TextColumn | NumberColumn | WholeColumn | BooleanColumn | ListColumn,
                      Field(discriminator="type")]


class There(Model):
    """The column to which a reference points; the table is blank for its own."""

    resource: StrictStr
    fields: Annotated[list[Name], Field(min_length=1, max_length=1)]


class ForeignKey(Model):
    """A reference of one column to one of a table."""

    fields: Annotated[list[Name], Field(min_length=1, max_length=1)]
    reference: There


class Schema(Model):
    """The columns of a table, what is unique and what refers to other tables."""

    fields: Annotated[list[AnyColumn], Field(min_length=1)]
    primaryKey: Annotated[list[Name], Field(min_length=1), AfterValidator(all_differ)]
    order: Maybe[list[Name]] = None
    missingValues: list[Literal[""]]
    foreignKeys: Maybe[Annotated[list[ForeignKey], Field(min_length=1)]] = None


class Dialect(Model):
    """How the file is written."""

    delimiter: Literal[","]
    lineTerminator: Literal["\n"]


class Resource(Model):
    """One table and its file."""

    name: Name
    title: Text
    description: Text
    type: Literal["table"]
    path: Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]*\.csv$")]
    format: Literal["csv"]
    mediatype: Literal["text/csv"]
    encoding: Literal["utf-8"]
    dialect: Dialect
    table_schema: Annotated[Schema, Field(alias="schema")]


class License(Model):
    """Under which terms the record is given."""

    name: Annotated[StrictStr, Field(pattern="^[-a-zA-Z0-9._]+$")]
    title: Text
    path: Address


class Contributor(Model):
    """Who made it."""

    title: Text
    roles: Maybe[Texts] = None


class Package(Model):
    """The whole descriptor."""

    profile: Annotated[StrictStr, Field(alias="$schema", pattern="^https://datapackage[.]org/profiles/2[.]0/")]
    name: Text
    title: Text
    description: Text
    version: Text
    homepage: Maybe[Address] = None
    keywords: Maybe[Texts] = None
    licenses: Maybe[Annotated[list[License], Field(min_length=1)]] = None
    contributors: Maybe[Annotated[list[Contributor], Field(min_length=1)]] = None
    resources: Annotated[list[Resource], Field(min_length=1)]


def all_models() -> list[type[Model]]:
    """Every model of this profile."""
    found, open_ones = [], [Model]
    while open_ones:
        found.append(open_ones.pop())
        open_ones += found[-1].__subclasses__()
    return found
