"""Which events a definition counts: rules that hold for any events and any definition, and the edges of a period."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drills.counting import switches
from drills.counting.coded import POLICE_DOMAINS, Coded, switch_data
from drills.counting.definitions import DEFAULT, Definition, count, select
from tests.helpers.definitions import DEFINITIONS

COLUMNS = ["tier", "status", "kind", "framework", "domain", "series", "start_date", "longitude", "part_of", "houses"]
DATES = ["1999", "2003", "2013-12", "2014", "2014-03", "2014-03-17", "2014-03-18", "2014-12-31", "2024-02-29"]
ROWS = st.lists(st.tuples(
    *(st.sampled_from(values) for values in (switches.TIERS, switches.STATUSES, switches.KINDS, switches.FRAMEWORKS,
                                             switches.DOMAINS, ("alpha", "beta-2", "other"), DATES)),
    st.sampled_from([float("nan"), -175.0, -130.0, -129.0, 20.0, 99.0, 100.0, 180.0]),
    st.none() | st.integers(0, 7), st.integers(0, 3)), max_size=8)


def events(rows) -> tuple[pd.DataFrame, pd.Series]:
    """Events e0, e1 and so on from tuples in the order of COLUMNS, a part named by the number of its whole."""
    frame = pd.DataFrame(rows, columns=COLUMNS).assign(event_id=[f"e{number}" for number in range(len(rows))])
    is_part = [whole is not None and whole < len(rows) and whole != number
               for number, whole in enumerate(row[8] for row in rows)]
    frame["part_of"] = [f"e{row[8]}" if part else None for row, part in zip(rows, is_part, strict=True)]
    return frame.drop(columns="houses"), pd.Series(frame["houses"].to_numpy(), frame["event_id"], dtype=int)


def either(one: tuple | None, other: tuple | None) -> tuple | None:
    """What two values of a field allow together; None allows all."""
    return None if one is None or other is None else tuple({*one, *other})


def wider_than(one: Definition, other: Definition) -> Definition:
    """A definition that allows all that either of two does, events being merged as in the first."""
    lists = {name: either(getattr(one, name), getattr(other, name))
             for name in ("tiers", "statuses", "kinds", "frameworks", "series", "domains", "areas")}
    return replace(one, **lists, is_military_only=one.is_military_only and other.is_military_only,
                   min_publishers=min(one.min_publishers, other.min_publishers), start=None,
                   end=one.end and other.end and max(one.end[:4], other.end[:4]))


def ids(frame: pd.DataFrame) -> set[str]:
    return set(frame["event_id"])


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(ROWS, DEFINITIONS, DEFINITIONS)
def test_widening_a_switch_never_loses_an_event(rows, one, other):
    """Catch a switch that drops events when it allows more, but for parts of a whole that now counts."""
    frame, houses = events(rows)
    wider = wider_than(one, other)
    lost = ids(select(frame, one, houses)) - ids(select(frame, wider, houses))
    whole = ids(select(frame, replace(wider, is_merged=False), houses))
    assert one.is_merged or not lost
    assert set(frame.loc[frame["event_id"].isin(lost), "part_of"]) <= whole


@settings(deadline=None, max_examples=60)
@given(ROWS, DEFINITIONS)
def test_merged_are_never_more_than_split(rows, definition):
    """Catch a merged count with an event that does not count by itself."""
    frame, houses = events(rows)
    merged, split = (ids(select(frame, replace(definition, is_merged=flag), houses)) for flag in (True, False))
    assert merged <= split


@settings(deadline=None, max_examples=60)
@given(ROWS, DEFINITIONS)
def test_years_add_up(rows, definition):
    """Catch an event that counts in no year or in two, and a year left out."""
    frame, houses = events(rows)
    found = count(frame, definition, houses)
    assert found.per_year["total"].sum() == found.total == len(found.rows)
    assert (np.diff(found.per_year["year"]) == 1).all()
    assert found.per_year.dtypes.to_dict() == {"year": "int64", "total": "int64"}
    assert bool(found.total) != bool(found.reason)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(ROWS, DEFINITIONS, st.sampled_from(["2014-03-18", "2014-04-01", "2015-01-01"]))
def test_periods_that_meet_share_no_event_and_lose_none(rows, definition, cut):
    """Catch an event of a month or year only that counts on both sides of a date, or on neither."""
    frame, houses = events(rows)
    whole = replace(definition, is_merged=False, start=None, end=None)
    before = replace(whole, end=f"{pd.Timestamp(cut) - pd.Timedelta(days=1):%Y-%m-%d}")
    parts = [count(frame, part, houses).total for part in (before, replace(whole, start=cut))]
    assert sum(parts) == count(frame, whole, houses).total


@pytest.mark.parametrize("date, start, end, counts", [
    ("2014-03-18", "2014-03-18", None, True), ("2014-03-17", "2014-03-18", None, False),
    ("2014-03", "2014-03-18", None, False), ("2014-03", "2014-03", None, True), ("2014", "2014", None, True),
    ("2014", "2014-01-02", None, False), ("2014", None, "2014-01-01", True), ("2014-12-31", None, "2014", True),
    ("2014-12-31", None, "2014-12", True), ("2015", None, "2014", False), ("2024-02-29", None, "2024-02", True),
    ("2024-03", None, "2024-02", False),
])
def test_the_edges_of_a_period(date, start, end, counts):
    """Catch a bound that is not inclusive, and an event of a month or year held against its last day."""
    frame, _ = events([("core", "held", "exercise", "sco", "land", "alpha", date, 20.0, None, 1)])
    assert count(frame, replace(DEFAULT, start=start, end=end)).total == counts


def test_years_are_those_of_the_period_or_of_the_events():
    """Catch a chart that ends at the last event counted, where the record goes on, or that begins before the record."""
    frame, _ = events([("core", "held", "exercise", "sco", "land", "alpha", "2014", 20.0, None, 1),
                       ("wider", "held", "exercise", "sco", "land", "alpha", "2016-05", 20.0, None, 1)])
    assert count(frame).per_year.to_numpy().tolist() == [[2014, 1], [2015, 0], [2016, 0]]
    assert count(frame, replace(DEFAULT, start="2001", end="2014-06")).per_year.to_numpy().tolist() == [[2014, 1]]
    later = count(frame, replace(DEFAULT, start="2015", end="2099"))
    assert later.per_year.to_numpy().tolist() == [[2015, 0], [2016, 0]]
    assert count(frame.head(0)).per_year.empty


@pytest.mark.parametrize("longitude, area", [(99.9, "elsewhere"), (100, "asia_pacific"), (180, "asia_pacific"),
                                             (-180, "asia_pacific"), (-130, "asia_pacific"), (-129.9, "elsewhere"),
                                             (float("nan"), None)])
def test_the_asia_pacific_crosses_the_date_line(longitude, area):
    """Catch Alaska or the Bering Sea left out, and an event without a point put somewhere."""
    frame, _ = events([("core", "held", "exercise", "sco", "land", "alpha", "2014", float(longitude), None, 1)])
    found = [name for name in switches.AREAS if count(frame, replace(DEFAULT, areas=(name,))).total]
    assert found == ([area] if area else [])


def counted_by_hand(data: dict[str, list], definition: Definition) -> set[str]:
    """What a script makes of the columns of `switch_data` under the offered switches."""
    rows = [dict(zip(data, row, strict=True)) for row in zip(*data.values(), strict=True)]
    start = int(((definition.start or "0000").replace("-", "") + "0101")[:8].ljust(8, "0"))
    chosen = [row for row in rows
              if switches.TIERS[row["tier"]] in definition.tiers
              and switches.STATUSES[row["status"]] in definition.statuses
              and switches.KINDS[row["kind"]] in definition.kinds
              and switches.FRAMEWORKS[row["framework"]] in definition.frameworks
              # 1 asks for nothing: an event of no house counts too
              and (definition.min_publishers == 1 or row["houses"] >= definition.min_publishers)
              and not (definition.is_military_only and row["is_police"])
              and row["first_day"] >= start]
    whole = {row["event_id"] for row in chosen}
    return {row["event_id"] for row in chosen if not (
        definition.is_merged and row["parent"] >= 0 and rows[row["parent"]]["event_id"] in whole)}


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@example([("core", "held", "exercise", "bilateral", "land", "alpha", "1999", 20.0, None, 0)], DEFAULT)
@given(ROWS, DEFINITIONS)
def test_the_columns_for_a_script_suffice(rows, definition):
    """Catch a column that the switchboard of the page would miss, or one that means something else there."""
    frame, houses = events(rows)
    offered = replace(definition, series=None, domains=None, areas=None, end=None)
    assert switch_data(Coded(frame, houses))["event_id"] == frame["event_id"].tolist()
    assert counted_by_hand(switch_data(Coded(frame, houses)), offered) == ids(select(frame, offered, houses))


def test_what_no_switch_knows_never_counts():
    """Catch a value that is new in the record and counts as the last of the choices."""
    row = ["core", "held", "exercise", "sco", "land", "alpha", "2014", 20.0, None, 1]
    for place in range(4):
        frame, _ = events([tuple([*row[:place], "new", *row[place + 1:]])])
        assert count(frame, Definition(switches.TIERS, switches.STATUSES, switches.KINDS)).total == 0
    assert set(switches.DOMAINS) > POLICE_DOMAINS
