"""Any definition, for rules that have to hold for every one."""

from __future__ import annotations

from hypothesis import strategies as st

from drills.counting import switches
from drills.counting.definitions import Definition

DATES = st.none() | st.sampled_from(["2003", "2014-03", "2014-03-18", "2024-02-29"])


def some(values):
    return st.sets(st.sampled_from(values)).map(tuple)


DEFINITIONS = st.builds(
    Definition, tiers=some(switches.TIERS), statuses=some(switches.STATUSES), kinds=some(switches.KINDS),
    frameworks=some(switches.FRAMEWORKS), is_military_only=st.booleans(), is_merged=st.booleans(),
    min_publishers=st.integers(1, 9), start=DATES, end=DATES, series=st.none() | some(["alpha", "beta-2"]),
    domains=st.none() | some(switches.DOMAINS), areas=st.none() | some(switches.AREAS))
