"""How good the record is: counts that a reader would take for its quality, on tables small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from drills.counting import coverage

EVENTS = pd.DataFrame(
    [("a", "A 2003", "2003-05-01", "core", "held"), ("b", "B 2004", "2004", "core", "held"),
     ("c", "C 2004", "2004-02", "wider", "planned"), ("d", "D 2006", "2006-01-09", "wider", "disputed")],
    columns=["event_id", "name", "start_date", "tier", "status"])
PUBLISHERS = pd.Series({"a": 5, "b": 1, "c": 3})
SOURCES = pd.DataFrame(
    [("s1", "en", False, False), ("s2", "ru", True, False), ("s3", "ja", True, True), ("s4", "zh", False, False)],
    columns=["source_id", "language", "is_copy", "is_mirror"])
PAIRS = pd.DataFrame([("a", "s1"), ("a", "s2"), ("a", "s3"), ("b", "s2"), ("b", "s3"), ("c", "s3")],
                     columns=["event_id", "source_id"])


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple]:
    chosen = frame[list(columns) or list(frame.columns)].astype(object)
    return list(chosen.where(chosen.notna(), None).itertuples(index=False, name=None))


def test_the_histogram_lumps_the_highest_step_and_keeps_events_without_publisher():
    """Catch an event that drops out of the histogram, or a step without events that closes up."""
    assert rows(coverage.publisher_histogram(EVENTS, PUBLISHERS, most=4)) == [
        (0, 0, 1), (1, 1, 0), (2, 0, 0), (3, 0, 1), (4, 1, 0)]
    assert coverage.publisher_histogram(EVENTS.head(2), PUBLISHERS, most=4)["publishers"].tolist() == [1, 2, 3, 4]


def test_medians_compare_the_earlier_with_the_later_half():
    """Catch halves cut in the order of the file instead of time, or a middle event counted twice."""
    shuffled = EVENTS.iloc[[2, 0, 3, 1]]
    # publishers by date: a 5, b 1, c 3, d none
    assert coverage.median_by_half(shuffled, PUBLISHERS) == (3.0, 1.5, 2004)
    assert coverage.median_by_half(shuffled.iloc[:3], PUBLISHERS) == (5.0, 1.5, 2004)


def test_only_sources_behind_events_are_counted_by_language():
    """Catch a background page counted as evidence for an event."""
    behind = coverage.behind_events(SOURCES, PAIRS)
    assert behind["source_id"].tolist() == ["s1", "s2", "s3"]
    twice = pd.concat([behind, behind[behind["language"] == "ru"]])
    assert rows(coverage.by_language(twice)) == [("ru", 2, 0.5), ("en", 1, 0.25), ("ja", 1, 0.25)]


def test_claims_are_counted_by_kind_and_basis():
    """Catch a basis that nobody used and that vanishes from the table, or a share of the wrong whole."""
    claims = pd.DataFrame({"claimant_kind": ["media", "media", "official_ru", "media"],
                           "basis": ["relayed", "assessed", "official", "relayed"]})
    assert rows(coverage.by_claimant(claims)) == [("media", 0, 2, 1, 3, 0.75), ("official_ru", 1, 0, 0, 1, 0.25)]
    assert coverage.by_claimant(claims.tail(1))["official"].tolist() == [0]


def test_single_publisher_events_carry_the_ruling_that_accepts_them():
    """Catch an event without any known publisher left out, or the reason of another ruling shown as acceptance."""
    known = pd.DataFrame([("a", "TASS"), ("a", "Xinhua"), ("b", "TASS"), ("c", "CCTV")],
                         columns=["event_id", "house"])
    rulings = pd.DataFrame([("b", "exclude", "wrong event"), ("b", "accept_single_source", "local paper only"),
                            ("c", "exclude", "typing error")], columns=["event_id", "action", "reason"])
    found = coverage.single_publisher_events(EVENTS, known, rulings)
    assert rows(found, "event_id", "year", "house", "reason") == [
        ("b", 2004, "TASS", "local paper only"), ("c", 2004, "CCTV", None), ("d", 2006, None, None)]


def group(event: str, measure: str, side: str, low: float, best: float, high: float) -> tuple:
    return event, measure, "ALL", side, low, best, high, "", "reported"


@pytest.mark.parametrize("official, assessed, ratio, is_apart", [
    ((300, 300, 300), (25, 75, 100), 0.25, True),
    ((10, 10, np.nan), (13, 13, 13), 1.3, False),
    ((50, 50, np.nan), (np.nan, 15, 15), 0.3, True),
    ((5, 5, 5), (5, 5, 6), 1.0, False),
    ((1, 1, 1), (2, 2, 2), 2.0, True),
], ids=str)
def test_official_and_assessed_are_compared(official, assessed, ratio, is_apart):
    """Catch a ratio upside down, or an open range said to miss another one."""
    table = frame_of_groups(group("a", "troops", "official", *official), group("a", "troops", "assessed", *assessed))
    assert rows(coverage.official_against_assessed(table, EVENTS), "name", "ratio", "is_apart") == [
        ("A 2003", pytest.approx(ratio), is_apart)]


def frame_of_groups(*groups: tuple) -> pd.DataFrame:
    return pd.DataFrame(groups, columns=["event_id", "measure", "scope", "group", "low", "best", "high", "sign",
                                         "stage"])


def test_only_like_is_compared_with_like_and_the_widest_gap_stands_first():
    """Catch a part of an event set against another part, a rank divided by a rank, and half called less than double."""
    pairs = [(event, measure, best) for event, measure, best in (
        ("a", "ordinal", 9), ("a", "ships_stage", 3), ("a", "ships", 12), ("b", "ships", 4), ("c", "ships", 10))]
    table = frame_of_groups(
        *(group(event, measure, "official", 10, 10, 10) for event, measure, _ in pairs),
        *(group(event, measure, "assessed", best, best, best) for event, measure, best in pairs),
        group("d", "ships", "official", 10, 10, 10), group("d", "troops", "assessed", 10, 10, 10),
        group("d", "bombers", "official", 2, 2, 2), group("d", "bombers", "assessed", np.nan, np.nan, np.nan))
    found = coverage.official_against_assessed(table, EVENTS)
    assert rows(found, "event_id", "ratio") == [("b", 0.4), ("a", 1.2), ("c", 1.0)]


def test_disputes_are_counted_among_estimates_with_two_claims():
    """Catch a figure that only one source gives counted as undisputed."""
    estimates = pd.DataFrame([("ships", 2, True), ("ships", 1, False), ("troops", 3, False), ("ships", 9, False)],
                             columns=["measure", "n_claims", "is_disputed"])
    assert rows(coverage.disputed_by_measure(estimates)) == [("ships", 1, 1, 2), ("troops", 0, 1, 1)]


def test_events_without_a_figure_of_strength_say_where_it_was_looked_for():
    """Catch a number of states or a rank taken for strength, or a ship not taken for it."""
    claims = pd.DataFrame([("a", "ships"), ("b", "countries"), ("b", "ordinal"), ("c", "duration_days")],
                          columns=["event_id", "measure"])
    facts = pd.DataFrame([("b", "no_figure_published", "Searched."), ("c", "location", "At sea."),
                          ("a", "no_figure_published", "Old.")], columns=["event_id", "topic", "text"])
    found = coverage.without_strength(EVENTS.head(3), claims, facts)
    assert rows(found, "event_id", "year", "text") == [("b", 2004, "Searched."), ("c", 2004, None)]


def test_an_event_counts_once_in_each_language_of_its_year():
    """Catch an event counted once for each page, a year without events that is missing, or one without any source."""
    second_page = pd.DataFrame({"event_id": ["a"], "source_id": ["s5"]})
    sources = pd.concat([SOURCES, SOURCES[SOURCES["source_id"] == "s1"].assign(source_id="s5")])
    found = coverage.languages_per_year(EVENTS, pd.concat([PAIRS, second_page]), sources, 2003, 2006)
    assert len(found) == 4 * 5
    assert [row for row in rows(found) if row[2]] == [
        (2003, "any", 1), (2003, "en", 1), (2003, "ru", 1), (2003, "other", 1),
        (2004, "any", 2), (2004, "ru", 1), (2004, "other", 2), (2006, "any", 1)]


def test_languages_leave_out_events_that_are_not_counted():
    """Catch sources of events outside the definition."""
    found = coverage.languages_per_year(EVENTS.head(1), PAIRS, SOURCES, 2003, 2004)
    assert found.loc[found["year"] == 2004, "n_events"].sum() == 0


def claim(source: str, claimant: str, value: float, high: float | None = None) -> dict:
    return {"event_id": "a", "measure": "ships", "scope": "ALL", "claimant": claimant, "value_low": value,
            "value_high": high, "qualifier": "at_least", "stage": "reported", "basis": "relayed", "source_id": source}


def test_the_best_page_decides():
    """Catch a statement said to rest on a mirror alone although the publisher's own page carries it too, and open
    bounds, which are blank, that fall out of the count."""
    claims = pd.DataFrame([claim("s3", "TASS", 5), claim("s1", "TASS", 5), claim("s3", "TASS", 6),
                           claim("s3", "Xinhua", 5), claim("s2", "Xinhua", 5)])
    assert rows(coverage.pages_behind(SOURCES, claims, PAIRS)) == [
        ("sources", 2, 1, 1, 4), ("statements", 1, 1, 1, 3), ("events", 1, 1, 1, 3)]
