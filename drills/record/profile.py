"""What datapackage.json may say: the Data Package v2 profile, narrowed to what reading and checking go by.

Unknown keys are refused, since nobody would notice that a constraint is misspelt. What these models accept is a Data
Package v2 too, which a test holds against the published profile; that one lacks the type `list`, which its text has.
Imports nothing of this package.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictStr
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


Text = Annotated[StrictStr, Field(min_length=1)]
Name = Annotated[StrictStr, Field(pattern="^[a-z][a-z0-9_]*$")]
Pattern = Annotated[Text, AfterValidator(compiles)]
# whole or not
Number = StrictFloat


class Model(BaseModel):
    """Unknown keys are refused, numbers are finite, and nothing is turned into another type."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, strict=True)


class Value(Model):
    """A value with what it means."""

    value: StrictStr
    label: Text
    unit: Text | None = None
    isWhole: StrictBool | None = None


class Constraints(Model):
    """What a cell of any type may be bound to; a cell that is blank only to `required`."""

    required: StrictBool = False
    unique: StrictBool = False


class TextConstraints(Constraints):
    """What a text may be bound to."""

    pattern: Pattern | None = None


class NumberConstraints(Constraints):
    """What a number may be bound to."""

    minimum: Number | None = None
    maximum: Number | None = None


class Column(Model):
    """What every column has."""

    name: Name
    description: Text
    missingValues: Annotated[list[Value], Field(min_length=1)] | None = None


class TextColumn(Column):
    """A column of text, perhaps of a closed list of values."""

    type: Literal["string"]
    categories: Annotated[list[Value], Field(min_length=1)] | None = None
    constraints: TextConstraints | None = None


class NumberColumn(Column):
    """A column of numbers."""

    type: Literal["number", "integer"]
    unit: Text | None = None
    constraints: NumberConstraints | None = None


class BooleanColumn(Column):
    """A column of true and false."""

    type: Literal["boolean"]
    constraints: Constraints | None = None


class ListColumn(Column):
    """A column of lists, perhaps of names of another table's rows."""

    type: Literal["list"]
    delimiter: Literal[";"]
    itemType: Literal["string"]
    references: Annotated[StrictStr, Field(pattern=r"^[a-z_]+\.[a-z_]+$")] | None = None
    itemPattern: Pattern | None = None
    constraints: Constraints | None = None


AnyColumn = Annotated[TextColumn | NumberColumn | BooleanColumn | ListColumn, Field(discriminator="type")]


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
    primaryKey: Annotated[list[Name], Field(min_length=1)]
    order: list[Name] | None = None
    missingValues: list[Literal[""]]
    foreignKeys: list[ForeignKey] | None = None


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

    name: Text
    title: Text
    path: Text


class Contributor(Model):
    """Who made it."""

    title: Text
    roles: list[Text] | None = None


class Package(Model):
    """The whole descriptor."""

    profile: Annotated[StrictStr, Field(alias="$schema", pattern="^https://datapackage[.]org/profiles/2[.]0/")]
    name: Text
    title: Text
    description: Text
    version: Text
    homepage: Text | None = None
    created: Text | None = None
    keywords: list[Text] | None = None
    licenses: list[License] | None = None
    contributors: list[Contributor] | None = None
    resources: Annotated[list[Resource], Field(min_length=1)]


def all_models() -> list[type[Model]]:
    """Every model of this profile."""
    found, open_ones = [], [Model]
    while open_ones:
        found.append(open_ones.pop())
        open_ones += found[-1].__subclasses__()
    return found
