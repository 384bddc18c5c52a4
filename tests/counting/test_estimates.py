"""The estimating rule: its worked cases with their claims spelled out, its properties, and what rulings do."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drills.counting import estimates
from drills.counting.frames import MODELS

SOURCES = pd.DataFrame({"source_id": [f"page-{n}" for n in range(9)], "publisher": [f"Paper {n}" for n in range(9)],
                        "original_publisher": None, "relays": [()] * 9})
PUBLISHERS = pd.DataFrame({"publisher": [], "house": []}, dtype="str")
NO_RULINGS = pd.DataFrame(columns=["ruling_id", "action", "value", "claim_ids"])
QUALIFIERS = {"=": "exactly", "~": "about", ">": "more_than", "<": "up_to", "-": "between"}


def claim(text: str, who: str = "Xinhua", basis: str = "relayed", stage: str = "reported", scope: str = "ALL",
          source: str = "page-1", covers: str = "event") -> dict:
    """A claim from a short form: '=10000', '~10000', '>10000', '<15000' or '25000-40000'."""
    if "-" in text:
        low, high = map(float, text.split("-"))
        qualifier = "between"
    else:
        number, qualifier = float(text[1:]), QUALIFIERS[text[0]]
        low, high = (np.nan if text[0] == "<" else number), (np.nan if text[0] == ">" else number)
    return {"event_id": "2021-drill", "measure": "troops", "scope": scope, "covers": covers, "value_low": low,
            "value_high": high, "qualifier": qualifier, "stage": stage, "claimant": who, "basis": basis,
            "source_id": source}


def frame(claims: list[dict]) -> pd.DataFrame:
    made = pd.DataFrame(claims)
    return made.assign(claim_id=[f"2021-drill:troops:{scope}:{n}" for n, scope in enumerate(made["scope"], 1)])


def rows_of(claims: pd.DataFrame, rulings: pd.DataFrame) -> pd.DataFrame:
    """The estimates of claims under rulings."""
    return estimates.side_by_side(estimates.groups(claims, rulings, SOURCES, PUBLISHERS), claims, SOURCES, PUBLISHERS)


def estimate(*claims: dict, rulings: pd.DataFrame = NO_RULINGS) -> dict:
    """The one row that claims of one measure and scope give."""
    rows = rows_of(frame(list(claims)), rulings)
    assert len(rows) == 1
    return rows.iloc[0].to_dict()


def ruling(action: str, *numbers: int, value: str | None = None) -> pd.DataFrame:
    ids = tuple(f"2021-drill:troops:ALL:{n}" for n in numbers)
    return pd.DataFrame([{"ruling_id": f"drill-{action}", "action": action, "value": value, "claim_ids": ids}])


def bounds(row: dict, group: str) -> tuple:
    """low, best, high of a group, None for open."""
    values = (row[f"{group}_{name}"] for name in ("low", "best", "high"))
    return tuple(None if pd.isna(value) else value for value in values)


OPEN = (None, None, None)
MOD_RU = {"who": "Russian MoD", "basis": "official"}
MOD_CN = {"who": "Chinese MND", "basis": "official"}
CASES = {
    "Peace Mission 2005, all: about 10,000": (
        [claim("~10000", **MOD_CN), claim("=10000"), claim("~10000", "AP"), claim("=10000", "Wikipedia"),
         claim(">100000", stage="planned")],
        (10_000, 10_000, 10_000), OPEN),
    "Peace Mission 2007, all: between 4,000 and 7,000": (
        [claim(">4000", "NEWSru"), claim("~4000", "R. Fisher"), claim("~6000", "Oreanda"), claim("~6500"),
         claim("~7000", "RT"), claim("=6500", stage="planned", **MOD_RU)],
        (4_000, 6_000, 7_000), OPEN),
    "Peace Mission 2021, all: 4,000 on the Chinese, 5,500 on the Russian side": (
        [claim("~4000"), claim("~5500", **MOD_RU), claim("~5500", "Central Military District", "official"),
         claim(">4000", "TV Zvezda", "official", "planned")],
        (4_000, 5_500, 5_500), OPEN),
    "Vostok 2018, all: official 297,000 to 300,000, assessed 25,000 to 100,000": (
        [claim("=297000", "Gerasimov", "official"), claim("~300000", **MOD_RU), claim("=300000", "AFP"),
         claim("25000-40000", "Golts", "assessed"), claim("<50000", "Romeosquared", "assessed"),
         claim("50000-100000", "The Diplomat", "assessed"), claim("~75000", "MTV", "assessed")],
        (297_000, 297_000, 300_000), (25_000, 75_000, 100_000)),
    "Vostok 2018, Chinese contingent: 3,200, up to nearly 3,600": (
        [claim(">3000", "BBC"), claim("~3200", **MOD_CN), claim("=3200", "TASS"), claim("~3600", "Asialyst")],
        (3_000, 3_200, 3_600), OPEN),
    "Zapad/Interaction 2021, all: at least 10,000 official, about 13,000 assessed": (
        [claim(">10000", **MOD_RU), claim(">10000", **MOD_CN), claim("~13000", "Janes", "assessed")],
        (10_000, 10_000, None), (13_000, 13_000, 13_000)),
    "Vostok 2022, all: official 50,000, assessed at most 15,000": (
        [claim("=50000", **MOD_RU), claim(">50000", "TASS"), claim("<15000", "UK MoD", "assessed")],
        (50_000, 50_000, None), (None, 15_000, 15_000)),
    "Vostok 2022, Chinese contingent: at least 2,000": (
        [claim(">2000", **MOD_CN), claim(">2000")], (2_000, 2_000, None), OPEN),
    "a joint air patrol: accounts differ": (
        [claim("=2", **MOD_CN), claim("=2", "Japan MoD", "assessed"), claim("=4", "South Korean JCS", "assessed")],
        (2, 2, 2), (2, 2, 4)),
}


@pytest.mark.parametrize("claims, official, assessed", CASES.values(), ids=CASES.keys())
def test_worked_cases(claims, official, assessed):
    """Catch a change of the rule that moves a case that was settled."""
    row = estimate(*claims)
    assert bounds(row, "official") == official
    assert bounds(row, "assessed") == assessed


def test_the_columns_are_those_that_others_rely_on():
    """Catch a renamed or reordered column."""
    made = rows_of(frame([claim("=100")]), NO_RULINGS)
    assert list(made.columns) == [
        "event_id", "measure", "scope", "official_low", "official_best", "official_high", "assessed_low",
        "assessed_best", "assessed_high", "n_claims", "n_publishers", "stage_used", "is_disputed", "claim_ids",
        "ruling_ids", "official_sign", "assessed_sign"]


@pytest.mark.parametrize("claims, rulings", [
    (frame([claim("=100")]), NO_RULINGS), (frame([claim(">100")]), NO_RULINGS),
    (frame([claim("=100")]), ruling("exclude", 1)), (frame([claim("=100")]).head(0), NO_RULINGS)],
    ids=["a figure", "a bound", "none left", "none at all"])
def test_columns_have_one_type_whatever_the_claims(claims, rulings):
    """Catch bounds or lists that become objects where no claim is a plain figure, no ruling is there or no claim is."""
    long = estimates.groups(claims, rulings, SOURCES, PUBLISHERS)
    MODELS["groups"].validate(long, lazy=True)
    MODELS["estimates"].validate(estimates.side_by_side(long, claims, SOURCES, PUBLISHERS), lazy=True)


# --- stages, votes, bounds -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("claims, best, stage", [
    ([claim("=900", stage="planned")], 900, "planned"),
    ([claim("=900", stage="planned"), claim("=700")], 700, "reported"),
    ([claim(">3000"), claim("=3200", stage="planned")], 3200, "mixed"),
    ([claim(">3000"), claim("=2900", stage="planned")], 3000, "reported"),
    ([claim("<3000"), claim("=2900", stage="planned")], 2900, "mixed"),
    ([claim("<3000"), claim("=3200", stage="planned")], 3000, "reported"),
    ([claim("=5"), claim("=9", "UK MoD", "assessed", "planned")], 5, "mixed"),
])
def test_reported_before_planned(claims, best, stage):
    """Catch a plan that outvotes a report, or a plan outside the reported bounds that supplies the best figure."""
    row = estimate(*claims)
    assert (row["official_best"], row["stage_used"]) == (best, stage)


@pytest.mark.parametrize("claims, best", [
    ([claim("=10", "A"), claim("=20", "B"), claim("=30", "C")], 20),
    ([claim("=10", "A"), claim("=20", "B")], 10),
    ([claim("=10", "A"), claim("=10", "B"), claim("=99", "Russian MoD", "official")], 99),
    ([claim("=10", "A"), claim("=10", "A", source="page-2"), claim("=20", "B"), claim("=30", "C")], 20),
    ([claim(">10", "A"), claim(">30", "B")], 30),
    ([claim("<10", "A"), claim("<30", "B")], 10),
])
def test_best(claims, best):
    """Catch copies that vote twice, press that outvotes a ministry, and a median that nobody said."""
    assert estimate(*claims)["official_best"] == best


def test_what_an_estimate_rests_on():
    """Catch a reprint that counts as a statement of its own, or a house that prints two pages and counts as two."""
    row = estimate(claim("=10", "A"), claim("=10", "A", source="page-2"), claim("=12", "B", source="page-2"))
    assert (row["n_claims"], row["n_publishers"]) == (2, 2)
    assert row["claim_ids"] == ";".join(f"2021-drill:troops:ALL:{number}" for number in (1, 2, 3))
    long = estimates.groups(frame([claim("=10", source="nowhere")]), NO_RULINGS, SOURCES, PUBLISHERS)
    assert long["n_publishers"].tolist() == [0]


@pytest.mark.parametrize("claims, low, high", [
    ([claim(">100")], 100, None),
    ([claim(">100"), claim("=150")], 100, 150),
    ([claim(">150"), claim("=150")], 150, None),
    ([claim(">200"), claim("=150")], 150, None),
    ([claim("<100")], None, 100),
    ([claim("<100"), claim("=70")], 70, 100),
])
def test_open_ends(claims, low, high):
    """Catch an open end that becomes a number, and a lower bound that opens an interval it does not reach."""
    assert bounds(estimate(*claims), "official")[::2] == (low, high)


@pytest.mark.parametrize("official, assessed, signs", [
    ([claim(">10000")], "<15000", ("≥", "≤")), ([claim("=10000")], "~15000", ("", "")),
    ([claim(">10000"), claim("=12000", stage="planned")], ">15000", ("", "≥")),
    ([claim(">9"), claim("<20")], "=1", ("≥", "")),
])
def test_signs_of_bounds(official, assessed, signs):
    """Catch 'more than 10,000' shown as exactly 10,000, and a figure that somebody gave shown as a bound."""
    claims = frame([*official, claim(assessed, "UK MoD", "assessed")])
    long = estimates.groups(claims, NO_RULINGS, SOURCES, PUBLISHERS).set_index("group")
    assert (long.at["official", "sign"], long.at["assessed", "sign"]) == signs


@pytest.mark.parametrize("claims, is_disputed", [
    ([claim("=100"), claim("=105", "B")], False),
    ([claim("=100"), claim("=150", "B")], True),
    ([claim(">90"), claim("=100", "B")], False),
    ([claim("=50000"), claim("<15000", "UK MoD", "assessed")], True),
    ([claim(">10000"), claim("=13000", "Janes", "assessed")], False),
])
def test_disputed(claims, is_disputed):
    """Catch a contradiction that is not marked, and rounding that is."""
    assert estimate(*claims)["is_disputed"] == is_disputed


@pytest.mark.parametrize("claims, expected", [
    ([claim("=10000")], "yes"), ([claim(">10000")], "yes"), ([claim("=9999")], "no"), ([claim("<9000")], "no"),
    ([claim(">1500")], "contested"), ([claim("=9800"), claim("=10000", "B")], "contested"),
    ([claim("=50000"), claim("<15000", "UK MoD", "assessed")], "contested"),
    ([claim("=50000"), claim("=9000", "UK MoD", "assessed")], "contested"),
])
def test_size_class(claims, expected):
    """Catch a class that hides a doubt: it is yes or no only where every figure agrees."""
    made = rows_of(frame(claims), NO_RULINGS)
    assert estimates.size_class(made).tolist() == [expected]


# --- rulings -------------------------------------------------------------------------------------------------------


def test_exclude():
    """Catch an excluded figure that still counts, or one that vanishes without its ruling."""
    row = estimate(claim("=10000"), claim("=100000", "RFE/RL"), rulings=ruling("exclude", 2))
    assert bounds(row, "official") == (10_000, 10_000, 10_000)
    assert row["ruling_ids"] == "drill-exclude" and row["claim_ids"] == "2021-drill:troops:ALL:1"


def test_exclude_everything():
    """Catch a row that disappears when its last claim is excluded: the reader has to see that there was one."""
    row = estimate(claim("=10000"), rulings=ruling("exclude", 1))
    assert (row["stage_used"], row["n_claims"], row["n_publishers"], row["claim_ids"]) == ("none", 0, 0, "")
    assert bounds(row, "official") == OPEN
    made = rows_of(frame([claim("=10000")]), ruling("exclude", 1))
    assert estimates.size_class(made).tolist() == ["unknown"]
    (group,) = estimates.groups(frame([claim("=10000")]), ruling("exclude", 1), SOURCES, PUBLISHERS).to_dict("records")
    assert [group[name] for name in ("stage", "sign", "is_split", "n_claims", "n_publishers", "claim_ids")] == [
        "none", "", False, 0, 0, ""]


def test_exclude_all_that_one_side_said():
    """Catch a side without figures that leaves a blank item, or a stage, to the other one."""
    row = estimate(claim("=10000"), claim("=9000", "UK MoD", "assessed", "planned"), rulings=ruling("exclude", 1))
    assert (row["stage_used"], row["claim_ids"], row["ruling_ids"], row["is_disputed"]) == (
        "planned", "2021-drill:troops:ALL:2", "drill-exclude", False)
    assert (bounds(row, "official"), bounds(row, "assessed")) == (OPEN, (9_000, 9_000, 9_000))


def test_a_ruling_is_named_once():
    """Catch a ruling on two claims of one group that is given twice."""
    claims = frame([claim("=1"), claim("=2"), claim("=3")])
    long = estimates.groups(claims, ruling("exclude", 1, 2), SOURCES, PUBLISHERS)
    assert long["ruling_ids"].tolist() == ["drill-exclude"]


def test_rescope():
    """Catch a total that stays a contingent after the ruling."""
    made = rows_of(frame([claim("=300000"), claim("=900", scope="RUS")]),
                   ruling("rescope", 1, value="CHN")).set_index("scope")
    assert set(made.index) == {"CHN", "RUS"}
    assert made.at["CHN", "official_best"] == 300_000 and made.at["CHN", "ruling_ids"] == "drill-rescope"


def test_count_as_reported():
    """Catch a contingent that had arrived and is outvoted by nothing."""
    row = estimate(claim("=558", stage="planned"), claim(">400"), rulings=ruling("count_as_reported", 1))
    assert (row["official_best"], row["stage_used"]) == (558, "reported")


def test_keep_planned():
    """Catch a ruling that keeps a claim planned and changes the estimate all the same."""
    claims = (claim("=558", stage="planned"), claim(">400"))
    made, without = estimate(*claims, rulings=ruling("keep_planned", 1)), estimate(*claims)
    assert made.pop("ruling_ids") and not without.pop("ruling_ids")
    assert str(made) == str(without)


@pytest.mark.parametrize("action, is_kept", [
    ("keep_planned", True), ("accept_closed", True), ("accept_own_count", True), ("exclude", False), ("rescope", False),
    ("count_as_reported", False), ("read_as_point", False)])
def test_what_a_ruling_lets_stand(action, is_kept):
    """Catch a dossier that says a figure was changed although its ruling lets it stand, or the reverse."""
    ruled = estimates.apply_rulings(frame([claim(">400"), claim(">500")]), ruling(action, 2, value="ALL"))
    assert ruled["is_kept"].tolist() == [False, is_kept]


def test_read_as_point():
    """Catch a rounded bound that still opens the interval, at either end."""
    row = estimate(claim(">7000", "RT"), claim("=4000"), rulings=ruling("read_as_point", 1))
    assert bounds(row, "official") == (4_000, 4_000, 7_000)
    row = estimate(claim("<3000", "RT"), claim("=4000"), rulings=ruling("read_as_point", 1))
    assert bounds(row, "official") == (3_000, 3_000, 4_000)


def test_two_rulings_on_one_claim():
    """Catch the second ruling on a claim that is lost, or that makes the claim count twice."""
    both = pd.concat([ruling("read_as_point", 1), ruling("rescope", 1, value="CHN")])
    made = rows_of(frame([claim(">7000")]), both)
    assert made[["scope", "official_high", "n_claims", "ruling_ids"]].to_numpy().tolist() == [
        ["CHN", 7_000, 1, "drill-read_as_point;drill-rescope"]]


# --- properties ----------------------------------------------------------------------------------------------------

numbers = st.integers(1, 60).map(lambda n: n * 500)
short_forms = st.one_of(
    st.tuples(st.sampled_from("=~><"), numbers).map(lambda pair: f"{pair[0]}{pair[1]}"),
    st.tuples(numbers, st.integers(1, 20)).map(lambda pair: f"{pair[0]}-{pair[0] + 500 * pair[1]}"))
claims_drawn = st.builds(
    claim, short_forms, st.sampled_from(["Xinhua", "TASS", "Russian MoD", "Japan MoD"]),
    st.sampled_from(["official", "relayed", "assessed"]), st.sampled_from(["reported", "planned"]),
    st.sampled_from(["ALL", "CHN"]), st.sampled_from([f"page-{n}" for n in range(9)]))
claims_of_one = st.lists(claims_drawn, min_size=1, max_size=9)


def named(events: list[list[dict]]) -> list[dict]:
    """The claims of several events, each event under an id of its own."""
    return [{**one, "event_id": f"2021-drill-{n}"} for n, claims in enumerate(events, 1) for one in claims]


# estimates are made for all events at once: one call asks about many
many_claims = st.lists(claims_of_one, min_size=1, max_size=12).map(named)


def results(claims: list[dict] | pd.DataFrame) -> pd.DataFrame:
    claims = frame(claims) if isinstance(claims, list) else claims
    return rows_of(claims, NO_RULINGS).drop(columns=["claim_ids"])


@pytest.mark.slow
@given(many_claims)
@settings(deadline=None, max_examples=8)
def test_low_is_never_above_best_nor_best_above_high(claims):
    """Catch an estimate outside its own interval."""
    for row in results(claims).to_dict("records"):
        for group in ("official", "assessed"):
            low, best, high = bounds(row, group)
            assert low is None or low <= best
            assert high is None or best <= high


@pytest.mark.slow
@given(many_claims, st.randoms())
@settings(deadline=None, max_examples=8)
def test_order_does_not_matter(claims, random):
    """Catch a result that depends on how the file is sorted."""
    made = frame(claims)
    shuffled = made.sample(frac=1, random_state=random.randrange(2**32))
    pd.testing.assert_frame_equal(results(made), results(shuffled))


@pytest.mark.slow
@given(many_claims, st.data())
@settings(deadline=None, max_examples=8)
def test_copies_do_not_matter(claims, data):
    """Catch a reprint that changes an estimate: the same statement of the same claimant on another page."""
    copied = data.draw(st.lists(st.sampled_from(claims), min_size=1, unique_by=lambda one: one["event_id"]))
    before, after = results(claims), results([*claims, *({**one, "source_id": "page-8"} for one in copied)])
    columns = [column for column in before if column != "n_publishers"]
    pd.testing.assert_frame_equal(before[columns], after[columns])


@pytest.mark.slow
@given(st.lists(st.tuples(claims_of_one, claims_drawn), min_size=1, max_size=12))
@settings(deadline=None, max_examples=16)
def test_a_further_claim_never_narrows_an_interval(drawn):
    """Catch a claim in the group and stage in use that cuts off what another one says.

    The low end stated before is never raised, the high end stated before never lowered, and an interval that is
    open because a claim reaches its top is closed only by a claim that states a figure above that claim's bound.
    """
    claims, further = named([old for old, _ in drawn]), named([[new] for _, new in drawn])
    long_before, later = (estimates.groups(frame(all_), NO_RULINGS, SOURCES, PUBLISHERS).set_index(estimates.GROUP)
                          for all_ in (claims, [*claims, *further]))
    for new in further:
        group = "assessed" if new["basis"] == "assessed" else "official"
        key = (new["event_id"], "troops", new["scope"], group)
        if key not in long_before.index or long_before.at[key, "stage"].replace("mixed", "reported") != new["stage"]:
            continue
        before, after = long_before.loc[key], later.loc[key]
        assert not before["low"] < after["low"]
        assert not before["high"] > after["high"]
        if pd.isna(before["high"]) and pd.notna(after["high"]):
            open_bounds = [c["value_low"] for c in claims if pd.isna(c["value_high"])
                           and all(c[same] == new[same] for same in ("event_id", "scope", "stage"))
                           and (c["basis"] == "assessed") == (group == "assessed")]
            assert new["value_high"] > max(open_bounds)
            assert after["high"] == new["value_high"]


@pytest.mark.slow
@given(many_claims)
@settings(deadline=None, max_examples=8)
def test_open_ends_never_become_numbers(claims):
    """Catch 'more than' read as 'exactly': every finite end was stated as that end by a claim."""
    made = frame(claims)
    for row in results(made).to_dict("records"):
        stated = made[made["event_id"] == row["event_id"]]
        for group in ("official", "assessed"):
            low, _, high = bounds(row, group)
            assert low is None or low in set(stated["value_low"])
            assert high is None or high in set(stated["value_high"])


@pytest.mark.slow
@given(many_claims)
@settings(deadline=None, max_examples=8)
def test_groups_never_mix(claims):
    """Catch an official figure moved by what others assessed: each group is what it is without the other."""
    whole = results(claims).set_index(estimates.KEY)
    for group in ("official", "assessed"):
        mine = [one for one in claims if (one["basis"] == "assessed") == (group == "assessed")]
        columns = [f"{group}_{name}" for name in ("low", "best", "high")]
        together = whole[columns].dropna(how="all")
        if mine:
            pd.testing.assert_frame_equal(together, results(mine).set_index(estimates.KEY)[columns])
        else:
            assert together.empty


@pytest.mark.slow
@given(many_claims)
@settings(deadline=None, max_examples=8)
def test_estimating_twice_changes_nothing(claims):
    """Catch a function that changes what it is given."""
    made = frame(claims)
    before = made.copy(deep=True)
    first, second = results(made), results(made)
    pd.testing.assert_frame_equal(made, before)
    pd.testing.assert_frame_equal(first, second)


def test_a_figure_of_a_part_or_of_more_is_not_used():
    """Catch a phase, or a whole voyage, that moves the estimate of the event, and one that gives it a best figure."""
    whole, part, beyond = claim(">5000"), claim("=900", covers="part"), claim("=9000", who="TASS", covers="beyond")
    assert bounds(estimate(whole, part, beyond), "official") == (5000, 5000, None)
    early = claim("=6000", stage="planned", covers="part")
    assert bounds(estimate(whole, early), "official") == (5000, 5000, None)
    assert rows_of(frame([part, beyond]), NO_RULINGS).empty


def test_dates_have_a_range_too():
    """Catch a competing date that is lost, and a phase taken for the whole."""
    claims = pd.DataFrame([
        ("e", "start", "2018-09-11", "reported", "event"), ("e", "start", "2018-09-09", "reported", "phase"),
        ("e", "start", "2018-08-30", "planned", "event"), ("e", "start", "2018-09-11", "reported", "event"),
        ("e", "start", "2018-09-13", "reported", "event"), ("e", "start", "2018-09-14", "reported", "announcement"),
        ("e", "end", "2018-09-17", "planned", "plan")],
        columns=["event_id", "edge", "value", "stage", "covers"])
    ranges = estimates.date_ranges(claims).set_index("edge")
    assert ranges.loc["start", ["earliest", "latest", "n_claims", "values"]].tolist() == [
        "2018-09-11", "2018-09-13", 3, "2018-09-11 (2); 2018-09-13 (1)"]
    assert ranges.loc["end", ["n_claims", "stage"]].tolist() == [1, "planned"]
