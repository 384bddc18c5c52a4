"""The specification curve: which definitions it tries, and its numbers against those of single fits."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from drills.counting import curve, trends
from drills.counting.coded import Coded
from drills.counting.definitions import DEFAULT, Definition, from_words, select, to_query
from drills.counting.switches import KINDS, TIERS

NUMBERS = ["ratio", "low", "high", "dispersion"]
DRAW = np.random.default_rng(20261129)
STEEP = [[1, 0, 0, 0, 0, 0, 0, 0, 0, 90], [50, 1, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 3, 5, 0, 0, 0, 0],
         [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]]


@pytest.mark.filterwarnings("ignore:Perfect separation", "ignore:overflow")
def test_many_fits_are_the_single_ones():
    """Catch a fit of our own that differs from that of statsmodels, in level, interval or dispersion."""
    totals = np.array([*STEEP, *DRAW.poisson(DRAW.gamma(2, 3, (60, 10)))], dtype=float)
    years = np.arange(2010, 2020)
    fits = curve.fit_trends(years, totals)
    for row, fit in zip(totals, fits.itertuples(), strict=True):
        single = trends.fit_trend(pd.DataFrame({"year": years, "total": row}))[0]
        # too few events have no bounds: the curve leaves them out
        names = [name for name in NUMBERS if name not in ("low", "high")] if math.isinf(single.high) else NUMBERS
        assert [getattr(fit, name) for name in names] == pytest.approx([getattr(single, name) for name in names],
                                                                       rel=1e-5)
        assert fit.n_events == single.n_events


def test_one_year_has_no_trend():
    """Catch a ratio made up where all events fell in one year."""
    with pytest.raises(ValueError, match="fewer than two years"):
        curve.fit_trends(np.arange(2010, 2020), np.array([[0] * 9 + [7]], dtype=float))


def test_a_fit_that_does_not_settle_is_told(monkeypatch):
    """Catch numbers of an iteration that was cut off."""
    monkeypatch.setattr(curve, "MOST_STEPS", 2)
    with pytest.raises(ArithmeticError, match="2 steps"):
        curve.fit_trends(np.arange(2010, 2020), np.array(STEEP, dtype=float))


def test_every_choice_is_tried_with_every_other_that_it_can_change():
    """Catch a choice that stands in the list and is never made, and a definition tried twice."""
    tried = curve.all_meaningful()
    assert len({to_query(definition) for definition in tried}) == len(tried)
    for choices in (curve.SINCE, curve.WHAT, curve.WHICH, curve.WITH_WHOM, curve.FORCES, curve.PARTS, curve.SOURCING):
        for choice in choices:
            assert replace(DEFAULT, start=choice.get("start", "2003"), **{
                name: value for name, value in choice.items() if name != "start"},
                **({"tiers": TIERS} if choice.get("kinds") == KINDS else {})) in tried
    assert tried[0] == replace(DEFAULT, start="2003")
    assert not [one for one in tried if one.kinds == KINDS and one.tiers == ("core",)]
    assert replace(DEFAULT, start="2012", tiers=TIERS, kinds=("exercise",), frameworks=("bilateral",), is_merged=True,
                   is_military_only=True, min_publishers=3) in tried


def test_definitions_that_count_the_same_stand_once(reading):
    """Catch "N of M" swollen by definitions that differ in words only, and one lost that counts something else."""
    tried = curve.all_meaningful()
    found = curve.distinct(reading.coded, tried)
    assert sum(1 + len(one.alike) for one in found) == len(tried)
    kept = {(one.definition.start, one.kept.tobytes()) for one in found}
    assert len(kept) == len(found)
    for one in found[::40]:
        for other in one.alike:
            assert (reading.coded.kept(other) == one.kept).all() and other.start == one.definition.start


def test_the_curve_is_that_of_single_definitions(reading):
    """Catch a column that belongs to another definition, other years or another date."""
    rows, as_of = reading.curve, reading.as_of
    for _, row in rows.iloc[::60].iterrows():
        definition = from_words(dict(part.split("=") for part in row["query"].split("&")))
        events = select(reading.record.events, definition, reading.houses)
        per_year = trends.events_per_year(events, int(definition.start), row["last"])
        single = trends.fit_trend(per_year)[0]
        assert row[NUMBERS].tolist() == pytest.approx([getattr(single, name) for name in NUMBERS], rel=1e-5)
        assert (row["first"], row["last"], row["n_events"]) == (single.first, single.last, single.n_events)
        changes = trends.compare_rates(events, trends.STATED_DATES, f"{definition.start}-01-01", f"{as_of:%Y-%m-%d}")
        for change in changes.itertuples():
            names = [f"{name}_{change.date}" for name in ("before", "after", "ratio", "low", "high")]
            assert row[names].tolist() == pytest.approx(
                [change.before, change.after, change.ratio, change.low, change.high])


def test_the_curve_is_sorted_and_says_which_way(reading):
    """Catch an order that a reader cannot follow, and growth claimed where the interval holds none."""
    rows = reading.curve
    assert rows["ratio"].is_monotonic_increasing
    assert (rows["is_growing"] == (rows["low"] > 1)).all() and (rows["is_shrinking"] == (rows["high"] < 1)).all()
    assert rows["query"].is_unique and (rows["n_events"] >= trends.LEAST_EVENTS).all()
    assert set(rows["from"]) == {"2003", "2005", "2012"}


def test_a_row_names_the_setting_of_each_switch():
    """Catch a matrix whose dots do not belong to the definition above."""
    events = pd.DataFrame({"event_id": [f"e{number}" for number in range(12)], "tier": "core", "status": "held",
                           "kind": "exercise", "framework": "sco", "domain": "land", "part_of": None,
                           "start_date": [f"{2003 + number}-05-01" for number in range(12)]})
    houses = pd.Series(1, events["event_id"])
    rows = curve.curve(Coded(events, houses), pd.Timestamp("2014-12-31")).set_index("query")
    row = rows.loc["from=2003"]
    assert row[["tiers", "kinds", "merged", "military-only", "min-publishers", "from"]].tolist() == [
        "core", "exercise,patrol,command_post", "no", "no", "1", "2003"]
    # twelve events from 2003, ten from 2005, too few from 2012 or of the two alone; all settings count the same ones
    assert list(rows.index) == ["from=2003", "from=2005"]
    assert (row["n_events"], row["last"], row["ratio"]) == (12, 2014, pytest.approx(1))
    assert row["n_alike"] == len([one for one in curve.all_meaningful() if one.start == "2003"
                                  and one.frameworks != ("bilateral",) and one.min_publishers == 1]) - 1


def test_a_record_without_years_has_an_empty_curve():
    """Catch a young record that stops the whole site."""
    events = pd.DataFrame({name: [value] for name, value in {
        "event_id": "a", "tier": "core", "status": "held", "kind": "exercise", "framework": "sco", "domain": "land",
        "part_of": None, "start_date": "2021-05"}.items()})
    rows = curve.curve(Coded(events, pd.Series({"a": 3})), pd.Timestamp("2022-06-01"))
    assert rows.empty and {"query", "ratio", "is_growing", "low_2022-02-24"} <= set(rows)


def test_a_wider_definition_is_a_later_one():
    """Catch a definition that stands for simpler ones that count the same."""
    departures = [len(to_query(definition).split("&")) for definition in curve.all_meaningful()]
    assert departures == sorted(departures)
    assert Definition() not in curve.all_meaningful()
