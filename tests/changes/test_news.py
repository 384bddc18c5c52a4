"""The news of events: days and revisions as the history of their rows has them, in tiny repositories."""

from __future__ import annotations

import pandas as pd
import pytest

from drills.changes import news
from drills.changes.tombstones import Tombstones
from tests.changes.test_history import CLAIMS, Checkout

EVENTS = "event_id,name,start_date\n"
COLUMNS = ["table", "id", "name", "start_date", "change", "became", "withdrawn_on", "reason"]


def stones(*rows: tuple[str, ...]) -> Tombstones:
    return Tombstones(pd.DataFrame([(*row, "2025-01-01", "Why") for row in rows], columns=COLUMNS))


@pytest.fixture
def checkout(tmp_path):
    """Two events of 2024; in 2025 a date of the first was corrected, twice on one day, and it got a figure."""
    made = Checkout(tmp_path / "copy")
    made.commit("2024-01-01", "first", events=EVENTS + "e-1,One,2005-08\ne-2,Two,2006\n", claims=CLAIMS)
    made.commit("2025-02-02", "date", events=EVENTS + "e-1,One,2005-08-17\ne-2,Two,2006\n")
    made.commit("2025-02-02", "again", events=EVENTS + "e-1,One,2005-08-18\ne-2,Two,2006\n",
                claims=CLAIMS + "e-1:a:1,e-1,5,\n")
    return made


def read(checkout: Checkout, *names: str, told: Tombstones | None = None) -> dict[str, news.News]:
    return news.of_events(checkout.folder / "data", names, told or stones())


def test_days_and_revisions(checkout):
    """Catch a correction without a day, one counted for another event, and a day's steps told one by one."""
    found = read(checkout, "e-1", "e-2", "e-3")
    assert set(found) == {"e-1", "e-2"}
    assert found["e-2"] == news.News("2024-01-01", "2024-01-01", "Added to the record on 1 January 2024.", 0)
    assert found["e-1"] == news.News("2024-01-01", "2025-02-02", (
        "Changed on 2 February 2025: start_date was “2005-08”, is “2005-08-18”; 1 figure added."), 2)


def test_an_event_of_long_ago_is_new_when_it_is_added(checkout):
    """Catch an event of 2009 that is dated by its pages, so that nobody hears of it."""
    checkout.commit("2026-03-03", "old pages", events=EVENTS + "e-1,One,2005-08-18\ne-2,Two,2006\ne-9,Old,2009\n")
    assert read(checkout, "e-9")["e-9"].added == "2026-03-03"


def test_a_new_column_is_no_news(checkout):
    """Catch a feed in which every event changed because its table did."""
    before = read(checkout, "e-1", "e-2")
    checkout.commit("2026-03-03", "column", events="event_id,name,start_date,tier\ne-1,One,2005-08-18,core\n"
                    "e-2,Two,2006,\n")
    assert read(checkout, "e-1", "e-2") == before
    checkout.commit("2026-04-04", "cell", events="event_id,name,start_date,tier\ne-1,One,2005-08-18,core\n"
                    "e-2,Two,2006,wider\n")
    assert read(checkout, "e-2")["e-2"].words == "Changed on 4 April 2026: tier is “wider”."


def test_a_renamed_event_goes_on(checkout):
    """Catch a revision that begins anew under the new id, which calendars would refuse."""
    checkout.commit("2026-03-03", "renamed", events=EVENTS + "e-one,One,2005-08-18\ne-2,Two,2006\n",
                    claims=CLAIMS + "e-one:a:1,e-one,5,\n")
    found = read(checkout, "e-one", told=stones(("events", "e-1", "One", "2005-08", "renamed", "e-one")))["e-one"]
    assert (found.added, found.changed, found.revision) == ("2024-01-01", "2026-03-03", 3)
    assert "its id was e-1" in found.words


@pytest.mark.parametrize("depth", ["1", "2"])
def test_a_history_that_is_cut_off_tells_nothing(checkout, tmp_path, depth):
    """Catch revisions that fall from one build to the next, since a clone was made shallow."""
    checkout.git("clone", "-q", "--depth", depth, f"file://{checkout.folder}", str(tmp_path / "shallow"))
    assert news.of_events(tmp_path / "shallow" / "data", ["e-1"], stones()) == {}
    assert news.of_events(tmp_path, ["e-1"], stones()) == {}


def test_chains_of_names():
    """Catch an old address that leads to one that is old itself, and a merged event that takes over another's name."""
    told = stones(("events", "a", "A", "2005", "renamed", "b"), ("events", "b", "B", "2005", "renamed", "c"),
                  ("events", "x", "X", "2005", "merged", "c"), ("events", "y", "Y", "2005", "withdrawn", ""),
                  ("series", "a", "A", "", "withdrawn", ""))
    assert [told.now("events", name) for name in "abcxyz"] == ["c", "c", "c", "c", "", "z"]
    assert told.names("events", "c") == ["c", "b", "a"] and told.first("events", "x") == "x"
    assert [stone.now for stone in told.of("series")] == [""]
