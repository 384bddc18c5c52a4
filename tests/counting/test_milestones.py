"""Milestones and the year around each: windows on days counted by hand, and words that claim no cause."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from drills.chapters import context as cards
from drills.counting import definitions, trends
from drills.counting.milestones import (
    AGREED,
    around,
    by_kind,
    compare,
    every_day,
    milestones_per_year,
    opening,
    timeline,
    windows,
)
from drills.figures.forms import timelines as form
from drills.figures.layout import LAYOUTS
from drills.record import tables
from drills.record.days import decimal_year

START, AS_OF = pd.Timestamp("2010-01-01"), pd.Timestamp("2015-12-31")
SOURCES = pd.DataFrame(
    [("own", "TASS", "Signed", False, "2012-01-02", False, False, None),
     ("mirror", "copies.example", "A report", True, None, True, True, "Xinhua")],
    columns=["source_id", "publisher", "title", "title_is_description", "published", "is_copy", "is_mirror",
             "original_publisher"])
CAUSAL = re.compile(r"\b(because|led to|leads to|in response|as a result|results? in|due to|owing to|therefore|thus|"
                    r"hence|triggered|prompted|sparked|provoked|thanks to|consequen\w+)\b", re.IGNORECASE)


def events(*dates: str) -> pd.DataFrame:
    return pd.DataFrame({"event_id": [f"e{number}" for number in range(len(dates))], "start_date": dates})


def milestones(*rows: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame([(f"m{number}", date, kind, date, ("own", "mirror")) for number, (date, kind) in
                          enumerate(rows)], columns=["milestone_id", "date", "kind", "title", "source_ids"])
    return timeline(frame, SOURCES)


def days(*dates: str) -> pd.Series:
    return pd.Series(pd.to_datetime(list(dates)))


@pytest.mark.parametrize("date, expected", [
    ("2013-07-01", (0, 0, 0, 0)), ("2013-07-02", (0, 0, 1, 0)), ("2014-07-01", (0, 0, 1, 0)),
    ("2014-07-02", (0, 0, 0, 0)), ("2013-06-30", (1, 0, 0, 0)), ("2012-07-01", (1, 0, 0, 0)),
    ("2012-06-30", (0, 0, 0, 0)), ("2013-06", (1, 0, 0, 0)), ("2013-07", (0, 0, 0, 1)), ("2014-07", (0, 0, 0, 1)),
    ("2012-06", (0, 0, 0, 0)), ("2013", (0, 1, 0, 1)), ("2012", (0, 1, 0, 0)), ("2011", (0, 0, 0, 0)),
], ids=str)
def test_an_event_is_in_a_window_by_its_first_day(date, expected):
    """Catch a window one day too long, the milestone's own day in one, or a rough date counted as a sure one."""
    day = days("2013-07-01")
    assert tuple(around(events(date), day, day).iloc[0][["before", "before_unsure", "after", "after_unsure"]]
                 ) == expected


@pytest.mark.parametrize("date, before, after", [
    ("2013-07-15", 0, 0), ("2013-06-30", 1, 0), ("2012-07-01", 1, 0), ("2012-06-30", 0, 0), ("2014-07-31", 0, 1),
    ("2014-08-01", 0, 0)], ids=str)
def test_a_milestone_known_to_the_month_has_no_window_inside_it(date, before, after):
    """Catch an event of the same month counted as before or after."""
    row = windows(milestones(("2013-07", "treaty")), events(date), START, pd.Timestamp("2014-07-30")).iloc[0]
    assert (row["before"], row["after"]) == (before, after)
    assert not row["is_after_complete"] and row["is_before_complete"]


@pytest.mark.parametrize("date, before, after", [
    ("2011-01-01", True, True), ("2010-12-31", False, True), ("2014-12-31", True, True), ("2015-01-01", True, False),
    ("2014-12", True, True), ("2015", True, False), ("2010", False, True)], ids=str)
def test_a_window_is_complete_only_inside_the_record(date, before, after):
    """Catch a year still under way compared with a whole one, or one from before the record opens."""
    row = windows(milestones((date, "treaty")), events("2012"), START, AS_OF).iloc[0]
    assert (row["is_before_complete"], row["is_after_complete"]) == (before, after)
    assert row["is_complete"] == (before and after)


def test_the_record_opens_with_the_first_day_that_any_event_can_mean():
    """Catch an event known only to its year taken for one of its last day."""
    assert opening(events("1999-05-01", "1999", "2003")) == pd.Timestamp("1999-01-01")


def test_milestones_stand_in_time_with_every_source():
    """Catch a source that is lost, or the site of a mirror named instead of the original publisher."""
    table = milestones(("2013-07-01", "summit"), ("2013-07", "other"), ("2012", "treaty"))
    assert table["date"].tolist() == ["2012", "2013-07-01", "2013-07"]
    assert table["cited_as"].iloc[0] == "TASS, “Signed”, 2012-01-02; Xinhua (seen in a copy), [A report], undated"


def test_years_without_milestones_and_kinds_that_nobody_used_are_kept():
    """Catch a year or a kind that closes up."""
    table = milestones_per_year(milestones(("2012", "treaty"), ("2014-05", "summit"), ("2014", "summit")), 2011,
                                        2014)
    assert table["year"].tolist() == [2011, 2012, 2013, 2014]
    assert table[["treaty", "summit", "conflict", "total"]].to_numpy().tolist() == [
        [0, 0, 0, 0], [1, 0, 0, 1], [0, 0, 0, 0], [0, 2, 0, 2]]


def test_every_day_is_one_with_both_windows_complete():
    """Catch days whose windows leave the record among those that a milestone is compared with."""
    table = every_day(events("2012-06-01"), START, AS_OF)
    assert (table.index[0], table.index[-1]) == (pd.Timestamp("2011-01-01"), pd.Timestamp("2014-12-31"))
    # 365 days on either side of the event have it in a window, its own day does not
    assert (table["before"].sum(), table["after"].sum()) == (365, 365)
    assert table.at[pd.Timestamp("2012-06-01"), "after"] == 0


def test_kinds_are_averaged_over_complete_milestones_and_set_beside_any_day():
    """Catch an open window in a mean, the span of another kind, or a year with two milestones counted once."""
    recorded = events("2012-06-01", "2012-07-01", "2013-06-01")
    stones = milestones(("2012-05-31", "summit"), ("2012-06-01", "summit"), ("2013-05-30", "summit"),
                        ("2015-06-01", "summit"), ("2014-01-01", "treaty"))
    every = every_day(recorded, START, AS_OF)
    table = by_kind(windows(stones, recorded, START, AS_OF), every).set_index("kind")
    summit = table.loc["summit"]
    assert (summit["n"], summit["n_complete"], summit["first_year"], summit["last_year"]) == (4, 3, 2012, 2013)
    # after: 2 (June and July), 2 (July and the last day, 1 June 2013), 1; before: 0, 0, 2
    assert (summit["after"], summit["before"]) == (pytest.approx(5 / 3), pytest.approx(2 / 3))
    span = every.loc["2012-05-31":"2013-05-30"]
    assert len(span) == 365 and summit["after_span"] == pytest.approx(span["after"].mean())
    by_year = [every.loc[year, "after"].mean() for year in ("2012", "2012", "2013")]
    assert summit["after_years"] == pytest.approx(sum(by_year) / 3)
    assert table.loc["conflict", "n_complete"] == 0 and pd.isna(table.loc["conflict", "after"])


def test_more_fewer_and_equal_are_told_apart_over_complete_milestones():
    """Catch a tie counted as more, an open window compared, or neighbours missed on one side."""
    recorded = events("2012-06-01", "2013-09-01", "2013-10-01")
    stones = milestones(("2011-02-01", "treaty"), ("2012-05-01", "treaty"), ("2013-04-01", "treaty"),
                        ("2014-05-01", "treaty"), ("2015-06-01", "treaty"))
    every = every_day(recorded, START, AS_OF)
    found = compare(windows(stones, recorded, START, AS_OF), every)
    # after against before: 0:0, 1:0, 2:1, 0:2, and one that is still open
    assert (found.n, found.n_complete, found.more, found.fewer, found.same) == (5, 4, 2, 1, 1)
    assert found.n_near == 2
    span = every.loc["2011-02-01":"2014-05-01"]
    assert found.days_more == pytest.approx((span["after"] > span["before"]).sum() / len(span))
    assert 0 < found.days_fewer < 1 - found.days_more


def test_marks_and_labels_of_a_lane_do_not_meet():
    """Catch two titles printed over each other, or one that runs out of the picture."""
    stones = milestones(*[(f"2014-0{month}-01", "conflict") for month in (1, 2, 3)], ("2015-11-01", "conflict"))
    stones["at"] = stones["date"].map(decimal_year)
    stones["title"] = "A title of some length that has to be wrapped to stand beside its mark"
    placed = form.lane(stones, 2010, 2016, 6 / 600, is_labelled=True)
    assert placed["is_right"].tolist() == [False] * 4
    # every block of lines begins where the one above it ends
    assert (placed["depth"].diff() >= 16 * placed["label"].str.count("\n").add(1)).tolist() == [False] + [True] * 3
    plain = form.lane(stones, 2010, 2016, 6 / 60, is_labelled=False)
    assert plain["y"].tolist() == [4.5, 13.5, 22.5, 4.5] and set(plain["label"]) == {""}


@pytest.fixture(scope="module")
def real_cards():
    record = tables.load()
    counted, start = definitions.select(record.events), opening(record.events)
    stones = timeline(record.milestones, record.sources)
    # an earlier day than that of the record, so that the last agreement has an open window
    as_of = pd.Timestamp(stones.loc[stones["kind"] == "agreement", "date"].max()) + pd.Timedelta(days=100)
    table, every = windows(stones, counted, start, as_of), every_day(counted, start, as_of)
    agreed = table[table["kind"].isin(AGREED)].reset_index(drop=True)
    return [cards.milestones_card(stones, trends.events_per_year(counted, start.year, record.as_of.year),
                                  definitions.DEFAULT, record.as_of),
            cards.windows_card(agreed, compare(agreed, every), definitions.DEFAULT, as_of),
            cards.kinds_card(by_kind(table, every), definitions.DEFAULT, as_of),
            cards.per_year_card(milestones_per_year(record.milestones, start.year, as_of.year), as_of)]


@pytest.mark.slow
def test_open_windows_are_marked_and_said(real_cards):
    """Catch a window that ends after the record and looks like a whole year."""
    card = real_cards[1]
    states = card.table["state"]
    assert states.iloc[-1].startswith("year after still open, to ") and (states == "complete").any()
    assert "drawn as triangles and left out of the comparison" in card.note
    for layout in LAYOUTS:
        assert "After, window incomplete" in card.svg(layout)


def test_no_source_is_a_link(real_cards):
    """Catch a mirror that a table of milestones links."""
    for card in real_cards[:2]:
        assert card.table["cited_as"].str.len().gt(0).all()
        assert not re.search(r"https?://", " ".join(map(" ".join, card.rows)))


def test_no_word_claims_a_cause(real_cards):
    """Catch prose that turns 'after' into 'because'."""
    notebook = nbformat.read(Path(__file__).resolve().parents[2] / "book" / "context.ipynb", as_version=4)
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    for text in [*prose, *(text for card in real_cards for text in (card.title, card.subtitle, card.note))]:
        assert not CAUSAL.search(text), text
    assert any("fixed beforehand" in text for text in prose)
