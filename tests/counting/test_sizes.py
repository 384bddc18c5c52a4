"""Estimates laid out by event: what is compared with what, and what must not be."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from drills.counting import estimates, sizes

EVENTS = pd.DataFrame([
    ("2018-big", "Big 2018", "2018-09-11", "russia_led"), ("2019-small", "Small 2019", "2019-05-01", "bilateral"),
    ("2020-silent", "Silent 2020", "2020-05-01", "bilateral"), ("2021-open", "Open 2021", "2021-08-01", "china_led")],
    columns=["event_id", "name", "start_date", "framework"])
SOURCES = pd.DataFrame({"source_id": ["page"], "publisher": ["Paper"], "original_publisher": [None],
                        "relays": [()]})
PUBLISHERS = pd.DataFrame({"publisher": [], "house": []}, dtype="str")
NO_RULINGS = pd.DataFrame(columns=["ruling_id", "action", "value", "claim_ids"])
NAN = np.nan
CLAIMS = pd.DataFrame([
    ("2018-big", "troops", "ALL", 300_000, 300_000, "exactly", "official"),
    ("2018-big", "troops", "ALL", 25_000, 100_000, "between", "assessed"),
    ("2018-big", "troops", "CHN", 3_000, 3_000, "exactly", "official"),
    ("2018-big", "troops", "CHN", 3_200, 3_200, "about", "official"),
    ("2018-big", "ships", "ALL", 80, 80, "exactly", "official"),
    ("2018-big", "warships", "ALL", 40, 40, "exactly", "official"),
    ("2019-small", "troops", "ALL", 600, 600, "exactly", "official"),
    ("2019-small", "troops", "CHN", 150, NAN, "more_than", "official"),
    ("2019-small", "warships", "ALL", 6, 6, "exactly", "official"),
    ("2021-open", "troops", "ALL", 1_500, NAN, "more_than", "official")],
    columns=["event_id", "measure", "scope", "value_low", "value_high", "qualifier", "basis"])
CLAIMS = CLAIMS.assign(covers="event", stage="reported", claimant=[f"Speaker {n}" for n in range(len(CLAIMS))],
                       source_id="page", claim_id=[f"claim-{n}" for n in range(len(CLAIMS))])


@pytest.fixture(scope="module")
def groups():
    return estimates.groups(CLAIMS, NO_RULINGS, SOURCES, PUBLISHERS)


@pytest.fixture(scope="module")
def rows(groups):
    return estimates.side_by_side(groups, CLAIMS, SOURCES, PUBLISHERS)


def test_sizes_keep_official_and_assessed_apart(groups):
    """Catch an assessed figure in the official column, or an event without a figure that gets one."""
    table = sizes.sizes(EVENTS, groups, ("troops",), "ALL").set_index("event_id")
    assert list(table.index) == ["2018-big", "2019-small", "2021-open"]
    big = table.loc["2018-big"]
    assert (big["official_best"], big["assessed_low"], big["assessed_high"]) == (300_000, 25_000, 100_000)
    assert table.at["2019-small", "assessed_text"] == "none"
    assert table.at["2021-open", "official_text"] == "1,500 or more"


def test_sizes_take_the_fullest_measure(groups):
    """Catch warships shown as all ships where all ships are known."""
    table = sizes.sizes(EVENTS, groups, sizes.SHIP_MEASURES, "ALL").set_index("event_id")
    assert table["measure"].to_dict() == {"2018-big": "ships", "2019-small": "warships"}
    assert table.at["2018-big", "official_best"] == 80


def test_classes_ask_each_scope_apart(rows, groups):
    """Catch a contingent that is called large because the total is."""
    table = sizes.classes(EVENTS, rows, groups).set_index("event_id")
    assert table["class_ALL"].to_dict() == {"2018-big": "yes", "2019-small": "no", "2021-open": "contested"}
    assert table["class_CHN"].to_dict() == {"2018-big": "no", "2019-small": "contested", "2021-open": "no figure"}
    assert table["is_open_only"].to_dict() == {"2018-big": False, "2019-small": False, "2021-open": True}


def test_three_scopes_are_of_national_exercises(groups):
    """Catch a bilateral exercise among the national ones, and a scope that appears without a figure."""
    table = sizes.three_scopes(EVENTS, groups)
    assert list(zip(table["event_id"], table["scope"], strict=True)) == [
        ("2018-big", "ALL"), ("2018-big", "CHN"), ("2021-open", "ALL")]


def test_a_share_is_an_interval(rows):
    """Catch a share that pairs the largest contingent with the largest total, or closes an open end."""
    table = sizes.chinese_share(EVENTS, rows).set_index("event_id")
    assert table.loc["2018-big", ["low", "best", "high"]].tolist() == pytest.approx([0.01, 0.01, 3_200 / 300_000])
    small = table.loc["2019-small"]
    assert (small["low"], small["best"]) == (0.25, 0.25) and np.isnan(small["high"])
    assert "2021-open" not in table.index
