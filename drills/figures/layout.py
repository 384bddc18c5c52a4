"""The two sizes at which a picture is drawn, and how its marks name the events that they stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matplotlib.figure import Figure

from . import look


@dataclass(frozen=True)
class Layout:
    """A natural size at which a picture is drawn: 'wide' for the text column, 'narrow' for a phone."""

    name: str
    width: int

    @property
    def is_narrow(self) -> bool:
        return self.name == "narrow"

    def figure(self, height: float) -> Figure:
        """An empty figure of this width; sizes in CSS pixels (72 per inch is one point each in the SVG)."""
        return Figure(figsize=(self.width / 72, height / 72), dpi=72, layout="constrained")


WIDE, NARROW = Layout("wide", look.WIDE), Layout("narrow", look.NARROW)
LAYOUTS = (WIDE, NARROW)
OF_EVENTS = "events "


def of_events(event_ids: Iterable[str]) -> str:
    """The gid of an artist that stands for events: one for all of it, or one for each of its marks, in order."""
    return OF_EVENTS + " ".join(event_ids)
