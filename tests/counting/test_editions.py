"""Series, their editions and the numbers that sources give them: small tables with results worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from drills.chapters import numbering as card
from drills.chapters import series as cards
from drills.counting import definitions, editions
from drills.record import days

SERIES = pd.DataFrame([("sea", "Sea (Morye)", "exercise", False, (), "bilateral"),
                       ("flights", "Air", "patrol", False, (), "bilateral"),
                       ("cruises", "Cruise", "patrol", False, ("dive-1",), "bilateral"),
                       ("fair", "Fair", "exercise", False, (), "third_party"),
                       ("guards", "Guards", "exercise", True, (), "bilateral"),
                       ("other", "Other", "exercise", True, (), "bilateral")],
                      columns=["series_id", "name", "kind", "is_gathered", "not_numbered", "usual_framework"])
# event: series, status, tier, kind, framework, part_of, first day, last day, name
EVENTS = {
    "sea-1": ("sea", "held", "core", "exercise", "bilateral", None, "2010-03-01", "2010-03-10", "Sea 2010"),
    "sea-2": ("sea", "held", "core", "exercise", "bilateral", None, "2012", None, "Sea 2012"),
    "sea-x": ("sea", "cancelled", "wider", "exercise", "bilateral", None, "2014-06", "2014-06", "Sea 2014"),
    "sea-3": ("sea", "held", "core", "exercise", "sco", None, "2015-03-10", "2015-03-12", "Sea 2015"),
    "sea-p": ("sea", "held", "core", "exercise", "sco", "sea-3", "2015-03-11", "2015-03-11", "Sea 2015, part"),
    "sea-4": ("sea", "held", "core", "exercise", "sco", None, "2015-03-11", "2015-03-15", "Sea 2015 (II)"),
    "cruise-1": ("cruises", "held", "core", "patrol", "bilateral", None, "2021-08-06", "2021-08-25", "One"),
    "dive-1": ("cruises", "held", "core", "patrol", "bilateral", None, "2021-08", "2021-08", "A submarine"),
    "air-1": ("flights", "held", "core", "patrol", "bilateral", None, "2019-07-23", "2019-07-23", "Flight"),
    "air-2": ("flights", "planned", "wider", "patrol", "bilateral", None, "2020", "2020", "Flight"),
    "fair-1": ("fair", "held", "wider", "exercise", "third_party", None, "2016-01-01", "2016-01-02", "Fair"),
    "guard-1": ("guards", "held", "core", "exercise", "bilateral", None, "2017-01-01", "2017-01-01", "Guards"),
    "lone": ("other", "held", "core", "patrol", "bilateral", None, "2018-01-01", "2018-01-01", "Lone"),
}
COLUMNS = ["series", "status", "tier", "kind", "framework", "part_of", "start_date", "end_date", "name"]
AS_OF = pd.Timestamp("2021-03-15")


def events(**changes: tuple) -> pd.DataFrame:
    rows = EVENTS | changes
    return pd.DataFrame([(event_id, *row) for event_id, row in rows.items()], columns=["event_id", *COLUMNS]).assign(
        place="Sea of Japan", domain=["air" if row[0] == "flights" else "naval" for row in rows.values()])


def claims(*rows: tuple) -> pd.DataFrame:
    """Rows of event, number, claimant and what is counted; further cells are scope and measure."""
    full = [(*row, "ALL", "ordinal")[:6] if len(row) == 4 else row for row in rows]
    frame = pd.DataFrame(full, columns=["event_id", "value_low", "claimant", "counts", "scope", "measure"])
    return frame.assign(claimant_kind="media", stage="reported", note=None)


def numbered(*rows: tuple, **changes: tuple) -> pd.DataFrame:
    return editions.numbering(claims(*rows), events(**changes), SERIES).set_index(["event_id", "thing"])


@pytest.mark.parametrize(("date", "year"), [("2019-01-01", 2019 + 0.5 / 365), ("2019", 2019.5), ("2020", 2020.5),
                                            ("2019-12-31", 2019 + 364.5 / 365), ("2021-01", 2021 + 15.5 / 365)])
def test_partial_dates_stand_in_their_middle(date, year):
    """Catch an event known to the year alone that is drawn on New Year's Day."""
    assert days.decimal_year(date) == pytest.approx(year)


def test_lanes_hold_every_event_of_a_series():
    """Catch a planned or cancelled edition drawn as held, a patrol as an exercise, and events of no series."""
    table = editions.lanes(events(), SERIES, definitions.select(events()))
    marks = table.set_index("event_id")["mark"]
    assert "lone" not in marks
    assert marks[["sea-1", "sea-x", "air-1", "air-2", "fair-1"]].tolist() == [
        "counted", "cancelled", "patrol", "planned", "other"]
    assert list(dict.fromkeys(table["series"])) == ["Sea (Morye)", "Fair", "Guards", "Air", "Cruise"]


def test_recent_series_and_the_one_with_most_editions():
    """Catch a planned or wider edition in a count of those that were held or counted."""
    table = editions.lanes(events(), SERIES, definitions.select(events()))
    assert [editions.recent(table, year) for year in (2021, 2020, 2019, 2016)] == [1, 1, 2, 4]
    assert editions.counted_most(table).to_dict() == {"Sea (Morye)": 5}


def test_pauses_are_between_editions_that_were_held():
    """Catch a pause that a cancelled edition or a part ends, bilateral with multilateral, or a longest possible one."""
    held = definitions.select(events(), editions.HELD)
    table = editions.gaps(held, SERIES, AS_OF).set_index(["series_id", "is_bilateral"])
    sea = table.loc[("sea", True)]
    assert (sea["editions"], sea["dates"]) == (2, "2010-03-01;2012")
    # from 10 March 2010 to 1 January 2012, and from the last day of 2012 on
    assert sea["pause"] == pytest.approx(662 / 365.25) and sea["since"] == pytest.approx(2996 / 365.25)
    assert sea["pause_from"] == pytest.approx(2010 + 59.5 / 365) and sea["pause_to"] == 2012.5
    # sea-p is a part of sea-3, and sea-4 begins before that one ends
    assert table.loc[("sea", False), ["editions", "pause"]].tolist() == [2, 0]
    assert table.loc[("sea", False), "since"] == pytest.approx(2192 / 365.25)
    assert pd.isna(table.loc[("flights", True), "pause"])
    assert table["is_line"].groupby("series_id").first().to_dict() == {
        "sea": True, "flights": True, "cruises": True, "fair": False, "guards": False}


def test_the_longest_of_several_pauses_is_found():
    """Catch the first or the last pause taken for the longest, and a long edition that another one falls into."""
    more = {"sea-5": ("sea", "held", "core", "exercise", "bilateral", None, "2013-01-05", "2013-12-31", "V"),
            "sea-6": ("sea", "held", "core", "exercise", "bilateral", None, "2013-02-01", "2013-02-02", "VI"),
            "sea-7": ("sea", "held", "core", "exercise", "bilateral", None, "2014-12-31", None, "VII")}
    table = editions.gaps(definitions.select(events(**more), editions.HELD), SERIES, AS_OF)
    sea = table.set_index(["series_id", "is_bilateral"]).loc[("sea", True)]
    assert sea["pause"] == pytest.approx(662 / 365.25)
    later = editions.gaps(definitions.select(events(**more).iloc[1:], editions.HELD), SERIES, AS_OF)
    assert later.set_index(["series_id", "is_bilateral"]).loc[("sea", True), "pause"] == pytest.approx(365 / 365.25)


def test_patrols_are_held_ones_of_the_patrol_series():
    """Catch a planned patrol, an exercise or a patrol of no series in the count."""
    listed = editions.patrols(events(), SERIES)
    assert listed["event_id"].tolist() == ["air-1", "dive-1", "cruise-1"]
    assert listed["is_numbered"].tolist() == [True, False, True]
    per_year = editions.patrols_per_year(listed, 2022)
    assert per_year.to_numpy().tolist() == [[2019, 1, 0], [2020, 0, 0], [2021, 0, 2], [2022, 0, 0]]
    assert editions.patrols_elsewhere(definitions.select(events()), SERIES) == 1


def test_numbers_stand_beside_the_count_of_editions_held():
    """Catch a cancelled edition or a part that raises the count, an edition without a number, and a claimant twice."""
    table = numbered(("sea-1", 1, "A", "edition"), ("sea-1", 1, "A", "edition"), ("sea-x", 3, "A", "edition"),
                     ("sea-3", 3, "A", "edition"), ("sea-3", 4, "B", "edition"), ("sea-4", 4, "B", "edition"))
    line = table.xs(editions.EDITION, level="thing")
    own = line.groupby("event_id")["own"].first()
    assert own[["sea-1", "sea-2", "sea-3", "sea-4"]].tolist() == [1, 2, 3, 4] and pd.isna(own["sea-x"])
    assert line["slot"].groupby("event_id").first()[["sea-x", "sea-3"]].tolist() == [2, 3]
    assert len(line) == 6 and pd.isna(line.loc["sea-2", "number"])
    assert line.loc["sea-3", "n_numbers"].tolist() == [2, 2] and line.loc["sea-3", "n_claimants"].tolist() == [2, 2]
    # number 3 is that of sea-3 and of a cancelled edition, number 4 of two that were held
    assert editions.contradictions(table.reset_index()) == {
        "numbered": 4, "several": 1, "contested": 1, "shared": 1, "elsewhere": 0}


def test_an_edition_known_to_the_month_comes_after_those_that_ended_in_it():
    """Catch an order by the text of the dates, in which 2015-03 comes before 2015-03-10."""
    month = {"sea-5": ("sea", "held", "core", "exercise", "sco", None, "2015-03", None, "Sea 2015 (III)")}
    table = numbered(("sea-1", 1, "A", "edition"), **month).reset_index()
    assert table["event_id"].tolist() == ["sea-1", "sea-2", "sea-3", "sea-4", "sea-5"]


def test_other_things_are_kept_apart():
    """Catch a contradiction between a number of editions and one of something else."""
    table = numbered(("sea-1", 1, "A", "edition"), ("sea-1", 7, "B", "year_in_a_row"),
                     ("sea-3", 2, "A", "sco_exercise"), ("sea-3", 2, "A", "sco_exercise"), ("sea-3", 4, "B", "edition"))
    found = editions.contradictions(table.reset_index())
    assert found == {"numbered": 2, "several": 0, "contested": 0, "shared": 0, "elsewhere": 1}
    assert pd.isna(table.loc[("sea-1", "year_in_a_row"), "slot"])
    sco = table.xs(editions.SCO, level="thing")
    assert sco.index.tolist() == ["sea-3", "sea-4"] and sco["own"].tolist() == [1, 2]
    assert sco.loc["sea-3", "claimant"] == "A" and table.loc[("sea-3", editions.EDITION), "claimant"] == "B"


def test_only_numbers_of_the_event_itself_in_series_that_the_record_holds():
    """Catch a country's rank, another measure, a third party's series, gathered drills and events of no series."""
    table = numbered(("sea-1", 1, "A", "edition"), ("sea-1", 2, "B", "participation", "CHN", "ordinal"),
                     ("fair-1", 9, "A", "edition"),
                     ("sea-1", 3, "C", None, "ALL", "ships"), ("guard-1", 8, "A", "edition"),
                     ("lone", 5, "A", "edition"))
    assert set(table["series_id"]) == {"sea"}
    assert table["number"].dropna().tolist() == [1]


def test_a_patrol_by_submarines_is_not_in_the_line_of_cruises():
    """Catch a first submarine patrol set against a first cruise."""
    table = numbered(("cruise-1", 1, "A", "edition"), ("dive-1", 1, "B", "submarine_activity"))
    assert table.index.tolist() == [("cruise-1", editions.EDITION), ("dive-1", "submarine_activity")]
    assert table["own"].dropna().tolist() == [1]


def test_the_latest_edition_with_several_numbers():
    """Catch an explanation that speaks of another edition than its numbers."""
    table = numbered(("sea-1", 1, "A", "edition"), ("sea-1", 2, "B", "edition"),
                     ("sea-3", 3, "A", "edition")).reset_index()
    assert set(editions.latest(table, "sea")["event_id"]) == {"sea-3"}
    latest = editions.latest(table, "sea", 2)
    assert latest["event_id"].tolist() == ["sea-1", "sea-1"]
    assert card.in_words(latest) == "1 by A; 2 by B"


def test_panels_are_of_series_with_a_difference():
    """Catch a picture of series on which everybody agrees, or one without a series that differs from the record."""
    same = numbered(("sea-1", 1, "A", "edition"), ("sea-1", 1, "B", "edition")).reset_index().assign(panel="Sea")
    assert card.panels(same).empty
    other = numbered(("sea-1", 1, "A", "edition"), ("sea-3", 4, "A", "edition")).reset_index().assign(panel="Sea")
    assert len(card.panels(other)) == 4


def test_headlines_follow_the_tables():
    """Catch a headline that names one leader of two, or that calls a patrol an exercise."""
    table = editions.lanes(events(), SERIES, definitions.select(events()))
    shown = cards.lanes_card(table, definitions.DEFAULT, AS_OF)
    assert shown.title.startswith("2 of 5 named series") and shown.title.endswith("; Sea has the most editions")
    assert shown.note.startswith("Most counted editions: 5. ")
    few = cards.lanes_card(table[table["event_id"].isin(["sea-1", "air-1"])], definitions.DEFAULT, AS_OF)
    assert few.title.endswith("; Air and Sea have the most editions")
    assert few.note.startswith("Most counted editions: 1 each. ")
    patrols = cards.patrols_card(editions.patrols(events(), SERIES), 2021, 1, AS_OF)
    assert patrols.title == "1 joint patrol in the air since July 2019, 2 at sea since August 2021"
    assert patrols.note.startswith("Most in one year: 2, in 2021. ")
