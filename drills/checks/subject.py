"""The rules of a record of joint exercises beyond datapackage.json, all of them, and how they are run.

Each rule takes the sound rows of every table and yields problems. Rows with a cell that is wrong in itself are left
out before (see `Rows`), so that a rule never stumbles over a slip that is reported already.
"""

from __future__ import annotations

from ..record.problems import Problem
from ..record.text import RawTable
from . import (
    addresses,
    claims,
    covers,
    dates,
    events,
    figures,
    nearest,
    outside,
    places,
    publishers,
    rulings,
    searches,
    stages,
    tiers,
    withdrawn,
    world,
)
from .rows import Rows

RULES_OF_ONE_ROW = (*dates.RULES_OF_ONE_ROW, *places.RULES_OF_ONE_ROW, *addresses.RULES_OF_ONE_ROW)
RULES = tuple(rule for module in (dates, events, places, claims, rulings, searches, figures, covers, world, tiers,
                                  stages, addresses, publishers, outside, nearest, withdrawn) for rule in module.RULES)


def check(package: dict, raw: dict[str, RawTable], problems: list[Problem]) -> list[Problem]:
    """Every breach of the rules below among the rows that `problems` does not name."""
    rows = Rows(package, raw, problems)
    if first := [problem for rule in RULES_OF_ONE_ROW for problem in rows.breaches(rule)]:
        # a row that is wrong in itself is left out of the rules that compare rows
        rows = Rows(package, raw, [*problems, *first])
    return [*first, *(problem for rule in RULES for problem in rows.breaches(rule))]
