"""Structured data of the pages in the words of schema.org, for search engines and other programs. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ... import addresses
from ...counting.reading import Reading
from ...downloads import bundle, citation
from ...record import package
from ...wording import countries, values
from .dictionary import MEASURES_NAMED

# schema.org has no word for an event that was only announced, or that is in doubt: its name says so.
STATUS = {"cancelled": "EventCancelled"}
CONTEXT = "https://schema.org"


def event(row: Mapping, took_part: list[str], description: str, above: list[dict], base_url: str) -> dict:
    """One event (a row of events) as schema.org/Event; took_part: names of countries.

    above: the series and the larger event it was part of, as `thing` gives them. Dates are as exact as they are
    known (ISO 8601). The countries that took part are what it is `about`: an organiser has to be an
    organisation or a person there.
    """
    name = values.headline(row["name"], row["status"])
    data = {"@context": CONTEXT, **thing("Event", "events", row["event_id"], name, base_url),
            "identifier": row["event_id"], "description": description, "startDate": row["start_date"],
            "eventStatus": f"{CONTEXT}/{STATUS.get(row['status'], 'EventScheduled')}", "location": place(row)}
    data["about"] = [{"@type": "Country", "name": name} for name in took_part]
    if names := [*(row[name] for name in ("name_ru", "name_zh") if isinstance(row[name], str)), *row["aliases"]]:
        data["alternateName"] = names
    if isinstance(row["end_date"], str):
        data["endDate"] = row["end_date"]
    if above:
        data["superEvent"] = above
    return data


def place(row: Mapping) -> dict:
    """Where it was: the place in words, with its coordinates only if they are known.

    Search engines ask for an address: the same words are all the address that an exercise has.
    """
    words = row["place"] if isinstance(row["place"], str) else "not known"
    data: dict[str, Any] = {"@type": "Place", "name": words, "address": words}
    if pd.notna(row["latitude"]) and pd.notna(row["longitude"]):
        data["geo"] = {"@type": "GeoCoordinates", "latitude": row["latitude"], "longitude": row["longitude"]}
    return data


def series(row, description: str, editions: list[dict], base_url: str) -> dict:
    """A series (a row of series) as schema.org/EventSeries with its events, each as `thing` gives it."""
    data = {"@context": CONTEXT, **thing("EventSeries", "series", row.series_id, row.name, base_url),
            "identifier": row.series_id, "description": description, "subEvent": editions}
    if names := [name for name in (row.name_ru, row.name_zh) if isinstance(name, str)]:
        data["alternateName"] = names
    return data


def thing(kind: str, folder: str, name_id: str, name: str, base_url: str) -> dict:
    """An event or series by its name, with the address of its page if that of the site is known."""
    address = {"url": addresses.absolute(base_url, f"{folder}/{name_id}.html")} if base_url else {}
    return {"@type": kind, "name": name, **address}


def table(reading: Reading, resource: dict, base_url: str) -> dict:
    """One table of the record, or made from it, as a schema.org Dataset that is part of the whole."""
    path = f"{bundle.FOLDER}/{resource['name']}"
    return {"@context": CONTEXT, "@type": "Dataset", "name": resource["title"], "description": resource["description"],
            "url": addresses.absolute(base_url, f"{path}.html"), "isAccessibleForFree": True,
            "license": reading.record.package["licenses"][0]["path"], "version": reading.record.version,
            "isPartOf": {"@type": "Dataset", "name": reading.record.package["title"],
                         "url": addresses.absolute(base_url, "data.html")},
            "distribution": [{"@type": "DataDownload", "encodingFormat": form.mediatype,
                              "contentUrl": addresses.absolute(base_url, f"{path}{form.suffix}")}
                             for form in bundle.FORMATS if form.is_per_table]}


def dataset(reading: Reading, base_url: str) -> dict:
    """The record as a schema.org Dataset; whoever puts it into a page has to write `<` as \\u003c."""
    record = reading.record
    licence, events = record.package["licenses"][0], record.events
    ends = [*events["start_date"], *events["end_date"].dropna()]
    return {
        "@context": "https://schema.org/", "@type": "Dataset", "name": record.package["title"],
        "description": record.package["description"], "url": addresses.absolute(base_url, "data.html"),
        "keywords": record.package["keywords"], "license": licence["path"], "version": record.version,
        "creator": [{"@type": "Organization", "name": name} for name in citation.creators()],
        "citation": citation.in_words(reading), "isAccessibleForFree": True, "inLanguage": "en",
        "dateModified": f"{record.as_of:%Y-%m-%d}", "temporalCoverage": f"{min(ends)}/{max(ends)}",
        "spatialCoverage": [{"@type": "Place", "name": name} for name in _hosts(reading)],
        "variableMeasured": _measured(reading),
        "distribution": [{"@type": "DataDownload", "name": name, "encodingFormat": mediatype,
                          "contentUrl": addresses.absolute(base_url, f"{bundle.FOLDER}/{name}")}
                         for name, mediatype in bundle.names(reading).items()]}


def _hosts(reading: Reading) -> list[str]:
    """The countries in which or in whose waters counted events were held, by name."""
    people = reading.record.participants
    hosts = people[people["is_host"] & people["event_id"].isin(reading.counted["event_id"])]
    return sorted(map(countries.name, set(hosts["country"])))


def _measured(reading: Reading) -> list[dict]:
    """The measures on which the record holds most claims, with what they mean."""
    labels = {value["value"]: value["label"] for value in
              package.fields(package.resources(reading.record.package)["claims"])["measure"]["categories"]}
    by_name = reading.record.claims["measure"].value_counts().sort_index(kind="stable")
    counted = by_name.sort_values(ascending=False, kind="stable")
    return [{"@type": "PropertyValue", "name": name.replace("_", " "), "description": labels[name]}
            for name in counted.index[:MEASURES_NAMED]]
