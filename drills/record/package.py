"""What datapackage.json says of each table: its columns, keys and references."""

from __future__ import annotations

PACKAGE_FILE = "datapackage.json"


def resources(package: dict) -> dict[str, dict]:
    """The table descriptors of a package by table name."""
    return {resource["name"]: resource for resource in package["resources"]}


def fields(resource: dict) -> dict[str, dict]:
    """The field descriptors of one table by column name."""
    return {column["name"]: column for column in resource["schema"]["fields"]}


def references(resource: dict) -> list[tuple[str, str, str]]:
    """(column, table, column there) for foreign keys and for lists that point to another table."""
    found = [(key["fields"][0], key["reference"]["resource"] or resource["name"], key["reference"]["fields"][0])
             for key in resource["schema"].get("foreignKeys", [])]
    return found + [(name, *column["references"].split(".")) for name, column in fields(resource).items()
                    if "references" in column]
