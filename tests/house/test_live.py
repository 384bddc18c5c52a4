"""The record as it stands today: it is sound, answers what the first articles say, and gives the numbers known of it.

Numbers of the live record stand in this file alone, so that a correct edit of the record breaks one file at most.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from drills import checks, release
from drills.counting import definitions, estimates, participation, places
from drills.record import days
from drills.site.pages import events
from drills.wording import dates
from tests.helpers.event_pages import dossiers, facts, page_of, section, table_rows, tree, words

OPEN = (None, None, None)


def rows(frame: pd.DataFrame, **wanted) -> pd.DataFrame:
    """The rows in which every column named holds the value given."""
    keep = pd.Series(True, index=frame.index)
    for column, value in wanted.items():
        keep &= frame[column] == value
    return frame[keep]


@pytest.mark.slow
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


@pytest.mark.parametrize("date, named, source_id", [
    ("2022-09-19", ("Nanping", "Patrushev", "Yang Jiechi"), "aawsat-202209-patrushev-yang"),
    ("2022-12-30", ("Putin", "Xi", "call"), "tagesschau-20221230-putin-xi"),
    ("2022-08-15", ("Army 2022", "Putin", "train foreign"), "cnn-20220818-vostok-liveblog"),
])
def test_milestones_of_the_first_articles(record, date, named, source_id):
    """The agreement of Nanping on exercises and patrols, the call of 30 December, and the statement at Army 2022."""
    milestone = rows(record.milestones, date=date).iloc[0]
    for word in named:
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


RECORD_CASES = [
    ("2005-peace-mission", "troops", "ALL", (9_800, 10_000, 10_000), OPEN),
    ("2007-peace-mission", "troops", "ALL", (4_000, 6_000, 7_000), OPEN),
    ("2021-peace-mission", "troops", "ALL", (4_000, 5_500, 5_500), OPEN),
    ("2018-vostok", "troops", "ALL", (297_000, 300_000, 300_000), (25_000, 75_000, 100_000)),
    ("2018-vostok", "troops", "CHN", (3_000, 3_200, 3_600), OPEN),
    ("2021-zapad-interaction", "troops", "ALL", (10_000, 10_000, None), (13_000, 13_000, 13_000)),
    ("2022-vostok", "troops", "ALL", (50_000, 50_000, None), (None, 15_000, 15_000)),
    ("2022-vostok", "troops", "CHN", (2_000, 2_000, None), OPEN),
]


@pytest.fixture(scope="module")
def record_estimates(reading) -> pd.DataFrame:
    return reading.estimates.set_index(estimates.KEY)


@pytest.mark.parametrize("event, measure, scope, official, assessed", RECORD_CASES)
def test_worked_cases_in_the_record(record_estimates, event, measure, scope, official, assessed):
    """Catch an edit of the data that moves a case everybody will look up first."""
    row = record_estimates.loc[(event, measure, scope)]
    for group, expected in (("official", official), ("assessed", assessed)):
        found = row[[f"{group}_{bound}" for bound in ("low", "best", "high")]]
        assert tuple(None if pd.isna(value) else value for value in found) == expected


def test_ocean_2024_has_no_chinese_troops(record_estimates):
    """Catch a Russian-wide total that turns into a Chinese contingent."""
    scopes = record_estimates.loc["2024-ocean"].reset_index()
    assert set(scopes.loc[scopes["measure"] == "troops", "scope"]) == {"ALL"}
    assert {"ships", "aircraft"} <= set(scopes.loc[scopes["scope"] == "CHN", "measure"])


def test_an_air_patrol_differs_between_accounts(record_estimates):
    """Catch counts of different observers being averaged: Japan and South Korea saw different numbers."""
    row = record_estimates.loc[("2022-joint-air-patrol-4", "bombers", "CHN")]
    assert (row["assessed_low"], row["assessed_high"]) == (2, 4)


def test_known_seas_of_the_record(reading):
    """Catch a new naval event whose sea the list of names lacks: name it there, or here with the reason."""
    rows = places.waters(reading.counted, reading.record.sea_areas)
    no_place_known = {"1999-joint-naval-exercise"}
    assert set(rows.loc[rows["area"].isna(), "event_id"]) == no_place_known


def test_the_record_keeps_third_parties_wider(record):
    """Catch a core exercise of a third party: the picture of frameworks says that there is none by rule."""
    core = record.events[record.events["tier"] == "core"]
    assert participation.WIDER_BY_RULE not in set(core["framework"])


def test_the_pair_takes_part_in_every_core_event(record):
    """Catch a core event without one of the two: the matrix leaves them out because they are in every one."""
    counted = definitions.select(record.events)
    took_part = participation.roles(record.participants, counted, "participant")
    assert np.isin(counted["event_id"], took_part.loc[took_part["country"] == "RUS", "event_id"]).all()
    assert np.isin(counted["event_id"], took_part.loc[took_part["country"] == "CHN", "event_id"]).all()


def test_every_named_series_was_looked_for(record):
    """Catch a series of the record for whose newest months nobody looked."""
    newest = max(record.searches["searched_on"])
    ends = record.searches["period_end"].map(days.last_day)
    looked = record.searches[ends >= days.first_day(newest[:7])]
    assert set(record.series["series_id"]) == set(looked["series"].dropna())


@pytest.mark.slow
@pytest.mark.parametrize("event_id, hours", [("2006-tianshan-1", "2.17"), ("2009-peace-mission", "1.33")])
def test_hours_are_not_rounded(event_id, hours):
    """Catch a duration that reads as another one, or whose unit is named twice; both are of a part of the event."""
    [claim] = [row for row in table_rows(f"events/{event_id}", "figures") if row[0].startswith("Duration in hours")]
    assert claim[1] == f"about {hours} #" and "(hours)" not in claim[0]


@pytest.mark.slow
def test_vostok_2018_reads_as_the_record_says():
    """Catch totals, contingent and class of the best known case mixed up."""
    shown = {(row[0], row[1].removesuffix(", disputed")): row[2:] for row in table_rows("events/2018-vostok", "size")}
    assert next(iter(shown)) == ("Troops (persons)", "all forces")
    total, chinese = shown["Troops (persons)", "all forces"], shown["Troops (persons)", "Chinese"]
    assert total[0].startswith("300,000 (297,000 to 300,000)") and total[1].startswith("75,000 (25,000 to 100,000)")
    assert chinese[0].startswith("3,200 (3,000 to 3,600)") and chinese[1] == "none found"
    answers = [words(one) for one in section("events/2018-vostok", "size") if one.get("class") == "jd-answer"]
    assert "All forces: yes, by every figure." in answers


@pytest.mark.slow
@pytest.mark.parametrize("event_id, expected", [
    ("2021-zapad", "China only observed."), ("2002-exercise-01", "Russia only observed."),
    ("2014-khaan-quest", "Russia and China only observed."),
    ("2023-aman", "Disputed. No source names Russia as taking part."),
    ("2012-vostok-antiterror", "Disputed. No source names Russia or China as taking part."),
    ("2019-admm-plus-maritime", "Disputed. Russia only observed."),
    ("2021-maritime-security-belt", "Disputed. China stayed away.")])
def test_who_did_not_take_part_is_said_at_once(event_id, expected):
    """Catch an event that one of the two states only watched, or is not known to have joined, read as a joint one."""
    name = f"events/{event_id}"
    assert words(tree(name).find(".//p[@class='jd-banner']")) == expected
    assert expected.removeprefix("Disputed. ") in page_of(name).description
    # the banner of a disputed event stands above its sentence, which does not say the reason again
    lead = "It is disputed whether" if expected.startswith("Disputed. ") else expected
    assert lead in words(tree(name).find(".//p[@class='jd-lead']"))


@pytest.mark.slow
@pytest.mark.parametrize("event_id, measure, expected", [
    ("2018-vostok", "Troops", "300,000 (297,000 to 300,000) in all by official figures, assessed at 75,000 (25,000 to "
     "100,000) by others; Chinese 3,200 (3,000 to 3,600); no Russian figure is in use"),
    ("2021-joint-naval-patrol-1", "Ships", "10 in all by official figures, assessed at 10 by others; Russian 5, "
     "assessed at 5 by others; Chinese 5, assessed at 5 by others"),
    ("2022-joint-air-patrol-4", "Bombers", "Assessed at 6 in all by others; Russian assessed at 2 by others; "
     "Chinese assessed at 2 (2 to 4) by others")])
def test_sizes_say_whose_and_by_whom(event_id, measure, expected):
    """Catch a total without its contingent, an assessed figure said as official, a patrol without its aircraft."""
    assert facts(f"events/{event_id}")[measure] == expected


@pytest.mark.slow
def test_neighbours_are_those_of_the_series():
    """Catch a next edition that is of another series, or out of order."""
    def beside(event_id: str) -> dict[str, str]:
        known = facts(f"events/{event_id}")
        return {key: known.get(key, "") for key in ("Before it", "After it")}

    assert beside("2018-joint-sea") == {"Before it": "Joint Sea 2017 (II), 18 September 2017",
                                        "After it": "Joint Sea 2019, 29 April 2019"}
    assert beside("2019-joint-sea")["Before it"] == "Joint Sea 2018, 2018, planned"
    assert beside("2012-joint-sea")["Before it"] == beside("2026-joint-sea")["After it"] == ""
    assert beside("1999-joint-naval-exercise") == {"Before it": "", "After it": ""}


def test_foreign_names_carry_their_language():
    """Catch Russian and Chinese that a screen reader would read as English."""
    root = tree("events/2018-vostok")
    marked = {(one.get("lang"), words(one)) for one in root.iter("span") if one.get("lang")}
    assert {("ru", "Восток-2018"), ("zh", "东方-2018"), ("ru", "Маневры «Восток")} <= marked
    assert {"ru", "zh"} <= {one.get("lang") for one in root.iter("cite")}


@pytest.mark.slow
def test_a_lead_names_the_first_five_countries():
    """Catch a list of countries that fills the lead, or one that begins with others than the two states."""
    said = words(tree("events/2022-vostok").find(".//p[@class='jd-lead']"))
    assert said == ("Russia, China, Algeria, Armenia, Azerbaijan and 10 others took part in Vostok 2022, "
                    "an exercise in several domains, from 1 to 7 September 2022.")


@pytest.mark.slow
def test_a_quotation_says_all_that_it_rests_on(reading):
    """Catch a quotation without its figure, what it rests on, or release."""
    root = tree("events/2018-vostok")
    line = next(one for one in root.iter("tr") if one.get("id") == "troops-all")
    size = dossiers()["2018-vostok"].estimates.set_index(["measure", "scope"]).loc[("troops", "ALL")]
    assert next(one.get("data-quote") for one in line.iter("span") if one.get("data-quote")) == (
        "Vostok 2018, troops (persons), all forces: official 300,000 (297,000 to 300,000), reported; assessed 75,000 "
        f"(25,000 to 100,000), reported; {size['n_claims']} statements, {size['n_publishers']} independent houses. "
        f"Record as of {dates.day(reading.record.as_of)}. Joint Drills, release {release()}.")


def test_empty_tables_say_why():
    """Catch an empty place or a bare dash where nothing is known."""
    text = words(tree("events/1999-joint-naval-exercise"))
    for text_said in ("Not published, or not found: no source seen gives a figure.",
                      "not found: no source names a place", "No map: the place is not known",
                      "What was looked for stands"):
        assert text_said in text, text_said


@pytest.mark.slow
def test_a_plan_is_called_one_in_structured_data():
    """Catch a plan that a search engine shows as an event, on its own page and on that of its series."""
    assert page_of("events/2018-joint-sea").json_ld["name"] == "Planned: Joint Sea 2018"
    listed = [one["name"] for one in page_of("series/joint-sea").json_ld["subEvent"]]
    assert "Planned: Joint Sea 2018" in listed and "Joint Sea 2019" in listed


def test_a_milestone_names_its_event(reading):
    """Catch a milestone that is missing from the page of the event it is about."""
    found = events.naming(reading.record)
    assert [row.milestone_id for row in found["2022-vostok"]] == ["2022-vostok-announced"]
