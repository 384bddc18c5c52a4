"""The chapters: one module for each, with its numbers in words and its cards. No chapter imports another.

What all say alike stands in `common`.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from types import ModuleType

from ..counting.reading import Reading

# In the order of the book; the overview is its home page.
NAMES = (
    "overview",
    "definitions",
    "published",
    "frequency",
    "scale",
    "participants",
    "geography",
    "series",
    "context",
    "evidence",
)


def load(names: Iterable[str] = NAMES) -> dict[str, ModuleType]:
    """The modules of some of NAMES, each by its name, which bring the drawing of their cards."""
    return {name: import_module(f".{name}", __name__) for name in names}


def numbers(reading: Reading, names: Iterable[str] = NAMES) -> dict[str, dict[str, str]]:
    """The numbers of the prose of chapters, each by its name, as finished words.

    names: some of NAMES; each chapter is loaded only if it is asked for.
    """
    return {name: module.numbers(reading) for name, module in load(names).items()}
