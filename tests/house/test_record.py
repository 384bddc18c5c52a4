"""The record itself: it is sound, and what the first articles behind it say can be answered from its tables."""

from __future__ import annotations

import pandas as pd
import pytest

from drills import checks


def rows(frame: pd.DataFrame, **wanted) -> pd.DataFrame:
    """The rows in which every column named holds the value given."""
    keep = pd.Series(True, index=frame.index)
    for column, value in wanted.items():
        keep &= frame[column] == value
    return frame[keep]


def test_the_record_is_sound():
    """Catch an edit that breaks a rule."""
    assert [str(problem) for problem in checks.check()] == []


def test_no_text_of_the_workshop_is_in_the_record(record):
    """Catch a working note that a reader of the site would not understand."""
    for name in ("events", "claims", "facts", "sources", "milestones", "rulings"):
        text = getattr(record, name).to_csv(index=False).lower()
        for word in ("seed article", "todo", "replace;", "look up"):
            assert word not in text, (name, word)


ARTICLES = {
    "The Moscow Times on Zapad/Interaction 2021": "moscowtimes-20210810-zapad-interaction",
    "an unattributed page on Vostok 2022": "unattributed-202208-vostok-why",
    "a live page on Vostok 2022": "cnn-20220818-vostok-liveblog",
    "tagesschau on the call of December 2022": "tagesschau-20221230-putin-xi",
    "Asharq Al-Awsat on Nanping": "aawsat-202209-patrushev-yang",
}


@pytest.mark.parametrize("source_id", ARTICLES.values(), ids=ARTICLES.keys())
def test_the_first_articles_are_sources(record, source_id):
    """Catch a first article that fell out of the record."""
    assert len(rows(record.sources, source_id=source_id)) == 1


def test_zapad_interaction_2021(record):
    """When and where it was, how big, with what: five days in Ningxia, more than 10,000, Su-30SM, Chinese weapons."""
    event = rows(record.events, event_id="2021-zapad-interaction").iloc[0]
    assert (event["start_date"], event["end_date"]) == ("2021-08-09", "2021-08-13")
    assert "Ningxia" in event["place"] and event["status"] == "held"
    troops = rows(record.claims, event_id="2021-zapad-interaction", measure="troops", scope="ALL",
                  qualifier="more_than")
    assert (troops["value_low"] == 10_000).any() and troops["value_high"].isna().all()
    equipment = rows(record.facts, event_id="2021-zapad-interaction", topic="equipment")["text"].str.cat(sep="\n")
    assert "Su-30SM" in equipment and "Chinese-made weapons for the first time" in equipment


def test_the_sco_exercise_of_september_2021(record):
    """It was announced in August 2021 and held in September."""
    announced = rows(record.facts, event_id="2021-peace-mission", source_id="moscowtimes-20210810-zapad-interaction")
    assert announced["text"].str.contains("September 2021").any()
    event = rows(record.events, event_id="2021-peace-mission").iloc[0]
    assert event["framework"] == "sco" and event["start_date"].startswith("2021-09")


def test_exercises_since_2005(record):
    """The first Peace Mission is of 2005, and a page says that exercises have been held since then."""
    assert rows(record.events, event_id="2005-peace-mission").iloc[0]["status"] == "held"
    assert record.facts["text"].str.contains("since 2005").any()


def test_vostok_2022_dates(record):
    """Planned for 30 August to 5 September, held 1 to 7 September."""
    dates = rows(record.date_claims, event_id="2022-vostok", stage="planned")
    assert {"2022-08-30"} <= set(rows(dates, edge="start")["value"])
    assert {"2022-09-05"} <= set(rows(dates, edge="end")["value"])
    event = rows(record.events, event_id="2022-vostok").iloc[0]
    assert (event["start_date"], event["end_date"]) == ("2022-09-01", "2022-09-07")


def test_vostok_2022_participants_and_rhythm(record):
    """India, Belarus, Mongolia and Tajikistan took part; one page calls it annual, others say every four years."""
    who = rows(record.participants, event_id="2022-vostok", role="participant")["country"]
    assert {"RUS", "CHN", "IND", "BLR", "MNG", "TJK"} <= set(who)
    rhythm = rows(record.facts, event_id="2022-vostok", topic="series")
    assert rhythm["text"].str.contains("annual").any() and rhythm["text"].str.contains("every four years").any()
    assert rows(rhythm, source_id="unattributed-202208-vostok-why")["text"].str.contains("annual").all()


def test_the_bomber_flight_of_may_2022(record):
    """It lasted 13 hours."""
    hours = rows(record.claims, event_id="2022-joint-air-patrol-4", measure="duration_hours")
    assert set(hours["value_low"]) == {13}
    assert rows(record.events, event_id="2022-joint-air-patrol-4").iloc[0]["start_date"] == "2022-05-24"


def test_the_naval_exercise_of_december_2022(record):
    """Joint Sea 2022 was held in the East China Sea in December."""
    event = rows(record.events, event_id="2022-joint-sea").iloc[0]
    assert event["start_date"].startswith("2022-12") and "East China Sea" in event["place"]


@pytest.mark.parametrize("date, words, source_id", [
    ("2022-09-19", ("Nanping", "Patrushev", "Yang Jiechi"), "aawsat-202209-patrushev-yang"),
    ("2022-12-30", ("Putin", "Xi", "call"), "tagesschau-20221230-putin-xi"),
    ("2022-08-15", ("Army 2022", "Putin", "train foreign"), "cnn-20220818-vostok-liveblog"),
])
def test_milestones_of_the_first_articles(record, date, words, source_id):
    """The agreement of Nanping on exercises and patrols, the call of 30 December, and the statement at Army 2022."""
    milestone = rows(record.milestones, date=date).iloc[0]
    for word in words:
        assert word in milestone["title"] + milestone["summary"]
    assert source_id in milestone["source_ids"]


def test_nanping_was_about_exercises_and_patrols(record):
    """What was agreed on 19 September 2022."""
    summary = rows(record.milestones, date="2022-09-19").iloc[0]["summary"]
    assert "joint exercises and patrols" in summary


def test_what_is_out_of_scope_is_not_an_event(record):
    """The Russian drills in Tajikistan of August 2021, without China, are no event; the method page says why."""
    august = record.events[record.events["start_date"].str.startswith("2021-08")]
    assert not august["place"].str.contains("Tajikistan").any()
