"""What a generated page is."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    """One page made from the record.

    name: address without ending, such as events/2018-vostok. description: one sentence for searches and link previews.
    body: HTML that begins with the only h1. text: what the search of the site finds it by. json_ld: schema.org.
    """

    name: str
    title: str
    description: str
    body: str
    text: str
    json_ld: dict = field(default_factory=dict)
