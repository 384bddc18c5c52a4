"""Headlines of the cards: each case of each finding reads as a sentence, and none is longer than a title may be."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pandas as pd
import pytest

from drills.chapters import headlines as say
from drills.chapters import participants
from tests.helpers.sample_cards import real_cards

# two lines on a wide screen, three on a phone
LONGEST = 120
CASES = [
    (say.trend(1.113, 1.07, 1.16, 2003), "Joint activity has grown about 11 % a year since 2003"),
    (say.trend(0.9, 0.8, 0.95, 2003), "Joint activity has shrunk about 10 % a year since 2003"),
    (say.trend(1.05, 0.98, 1.12, 2003), "Joint activity has shown no clear trend since 2003"),
    (say.every_way(7, 0, 7), "However you count, joint activity has grown"),
    (say.every_way(5, 0, 7), "Growth is clear in 5 of 7 ways of counting, decline in none"),
    (say.every_way(5, 1, 7), "Growth is clear in 5 of 7 ways of counting, decline in 1"),
    (say.every_way(0, 0, 7), "No way of counting shows a clear trend in joint activity"),
    (say.least_clear("The two alone", 23, 90),
     "Growth is least clear for “The two alone”: in 23 of 90 ways of counting"),
    (say.least_clear("The two alone", 0, 1),
     "Growth is least clear for “The two alone”: in none of 1 way of counting"),
    (say.beside_theirs(113, 45), "The highest published count is 113; by the nearest rule this record has 45"),
    (say.on_series(13, 20, 2), "13 of 20 counts of a single series agree with ours, and none is more than 2 away"),
    (say.on_series(1, 20, 2), "1 of 20 counts of a single series agrees with ours, and none is more than 2 away"),
    (say.on_series(0, 20, 2), "None of 20 counts of a single series agree with ours, and none is more than 2 away"),
    (say.on_series(20, 20, 0), "All counts of a single series agree with ours"),
    (say.recalled(132, 169), "The record has 132 of 169 entries of others’ lists that may belong here"),
    (say.recalled(1, 1), "The record has 1 of 1 entry of others’ lists that may belong here"),
    (say.recalled(0, 3), "The record has none of 3 entries of others’ lists that may belong here"),
    (say.all_along(84, 43, 2020), "The record counts 84 joint activities, 43 of them since 2020"),
    (say.all_along(1, 1, 2020), "The record counts 1 joint activity, 1 of them since 2020"),
    (say.days(["2024"], 55), "2024 had the most days of joint activity: at least 55"),
    (say.days(["2021", "2024"], 55), "2021 and 2024 had the most days of joint activity: at least 55 each"),
    (say.rates([("18 March 2014", 2.1, 6.8), ("24 February 2022", 1.1, 3.1)]),
     "Joint activity was more frequent after 18 March 2014 and 24 February 2022 than before"),
    (say.rates([("18 March 2014", 2.1, 6.8), ("24 February 2022", 0.4, 0.9)]),
     "Joint activity was more frequent after 18 March 2014 and less frequent after 24 February 2022 than before"),
    (say.rates([("1 May 2019", 0.8, math.inf)]),
     "Joint activity was neither clearly more nor less frequent after 1 May 2019 than before"),
    (say.season(46, 83, "July", "September"), "46 of 83 events began from July to September"),
    (say.large(6, 24, "10,000"), "6 of 24 events with a published total had 10,000 troops or more"),
    (say.large(0, 1, "10,000"), "None of 1 event with a published total had 10,000 troops or more"),
    (say.reached(6, 0, "10,000"), "6 events reached 10,000 troops by every account; no Chinese contingent did"),
    (say.reached(1, 1, "10,000"), "1 event reached 10,000 troops by every account; so did 1 Chinese contingent"),
    (say.reached(0, 2, "10,000"), "No event reached 10,000 troops by every account; 2 Chinese contingents did"),
    (say.reached(0, 0, "10,000"), "No event reached 10,000 troops by every account; no Chinese contingent did"),
    (say.national(0.04), "Where both figures are known, China sent at most 4 % of a national exercise’s troops"),
    (say.national(math.nan), "No Chinese contingent was published beside the total of a national exercise"),
    (say.typical(12, "ships", ["Ocean 2024"]),
     "Half of the published counts were 12 ships or more; Ocean 2024 had the most"),
    (say.shares(1, 20, 80, 15),
     "China’s share of the troops ranged from 1 to 80 %; in half of the events it was 20 % or less"),
    (say.shares(7, 7, 7, 1), "China’s share of the troops was 7 % in the one event with both figures"),
    (say.joined(18, ["Kazakhstan", "Tajikistan"]),
     "18 other countries have taken part, Kazakhstan and Tajikistan most often"),
    (say.joined(1, ["India"]), "1 other country has taken part, India most often"),
    (say.joined(0, []), "No other country took part"),
    (say.alone(56, 84), "56 of 84 joint activities were bilateral"),
    (say.alone(1, 1), "1 of 1 joint activity was bilateral"),
    (say.alone(0, 2), "None of 2 joint activities were bilateral"),
    (say.together(["Iran", "Oman"], 4), "Iran and Oman shared the most events: 4"),
    (say.together(["Iran", "Oman", "Pakistan"], 4),
     "Iran, Oman and Pakistan shared the most events: 4 for any two of them"),
    (say.together([], 1), "No two other countries shared more than 1 event"),
    (say.hosted(30, 23), "Russia hosted 30 events, China 23"),
    (say.hosted(1, 2), "China hosted 2 events, Russia 1"),
    (say.hosted(2, 2), "Russia and China hosted 2 events each"),
    (say.watched(["Kazakhstan"], 13), "Kazakhstan watched most often without taking part: 13 events"),
    (say.watched(["India", "Iran"], 1), "India and Iran watched most often without taking part: 1 event each"),
    (say.crowded(26, 82, 1000, "the Sea of Japan"),
     "More events took place around the Sea of Japan than anywhere else: 26 of 82 within 1,000 km"),
    (say.at_sea(("2003–2009", 1, 9), ("2021–2026", 32, 40)),
     "1 of 9 events was at sea or in the air in 2003–2009, 32 of 40 in 2021–2026"),
    (say.at_sea(("2003–2009", 2, 9), ("2021–2026", 0, 40)),
     "2 of 9 events were at sea or in the air in 2003–2009, none of 40 in 2021–2026"),
    (say.waters(5, 16, 2021), "5 of 16 sea areas were first named in 2021 or later"),
    (say.waters(1, 16, 2021), "1 of 16 sea areas was first named in 2021 or later"),
    (say.waters(0, 16, 2021), "None of 16 sea areas were first named in 2021 or later"),
    (say.far_away(14, 82, 1000), "14 of 82 events were more than 1,000 km from both countries"),
    (say.far_away(0, 82, 1000), "None of 82 events were more than 1,000 km from both countries"),
    (say.still_held(13, 19, 2024, ["Joint Sea"]),
     "13 of 19 named series have had an edition since 2024; Joint Sea has the most editions"),
    (say.still_held(1, 19, 2024, ["Air", "Sea"]),
     "1 of 19 named series has had an edition since 2024; Air and Sea have the most editions"),
    (say.silent(4, 10), "4 of 10 series have now paused for longer than ever before"),
    (say.silent(1, 10), "1 of 10 series has now paused for longer than ever before"),
    (say.silent(0, 10), "None of 10 series have now paused for longer than ever before"),
    (say.patrols(1, 8, "July 2019", "October 2021"),
     "1 joint patrol in the air since July 2019, 8 at sea since October 2021"),
    (say.numbered(9, 27), "Those who number events disagree on 9 of 27"),
    (say.numbered(0, 27), "Nobody disagrees on the number of an event"),
    (say.recently(60, 112, 51, 84, 2018), "60 of 112 milestones and 51 of 84 events are from 2018 or later"),
    (say.recently(1, 1, 0, 2, 2018), "1 of 1 milestone and none of 2 events are from 2018 or later"),
    (say.after_agreements(0.52, 0.48),
     "52 % of agreements had more events after them than before; so did 48 % of all days"),
    (say.after_summits(4.7, 4.9), "The year after a summit had 4.7 events on average, the year after any day 4.9"),
    (say.chosen(43, 112, ["statements"], ["2023"]),
     "43 of 112 milestones are statements; 2023 has the most milestones"),
    (say.chosen(3, 9, ["summits", "treaties"], ["2022", "2023"]),
     "3 each of 9 milestones are summits and treaties; 2022 and 2023 have the most milestones"),
    (say.houses(10), "Half of the counted events rest on 10 or more independent houses"),
    (say.languages([("58 %", "English"), ("20 %", "Russian")]),
     "58 % of the sources are in English and 20 % in Russian"),
    (say.both_sides(83, 2003, 73, 70), "Of 83 events since 2003, 73 have a Russian source and 70 a Chinese one"),
    (say.who_says("45 %", "9 %"), "45 % of the figures come from a state that took part, 9 % from counts of others"),
    (say.single(4), "4 counted events rest on one independent house"),
    (say.single(1), "1 counted event rests on one independent house"),
    (say.single(0), "No counted event rests on one independent house"),
    (say.copies("36 %", 4, 186), "36 % of the sources are copies; 4 of 186 events rest on mirrors alone"),
    (say.copies("36 %", 0, 186), "36 % of the sources are copies; none of 186 events rest on mirrors alone"),
    (say.agree(19, 29), "Where others counted too, 19 of 29 figures agree with the official one"),
    (say.agree(1, 29), "Where others counted too, 1 of 29 figures agrees with the official one"),
    (say.disputed(69, 306), "Sources disagree on 69 of 306 estimates"),
    (say.disputed(0, 306), "Sources disagree on none of 306 estimates"),
    (say.unpublished(8, 84), "No number of troops, ships, aircraft or vehicles was found for 8 of 84 events"),
    (say.searched(19, 27), "19 of 27 searches noted here found nothing"),
    (say.searched(0, 1), "None of 1 search noted here found nothing"),
    (say.unpublished(0, 84), "A number of troops, ships, aircraft or vehicles was found for all 84 events"),
]


@pytest.mark.parametrize("made, expected", CASES, ids=[expected for _, expected in CASES])
def test_a_headline_reads_as_a_sentence(made, expected):
    """Catch a case that is not worded: none, one, several, up, down, unclear."""
    assert made.replace("\u00a0", " ") == expected and len(expected) <= LONGEST


@pytest.mark.parametrize("pairs, expected", [
    ([("B", "A")], ["A", "B"]),
    ([("B", "A"), ("C", "A"), ("C", "B")], ["A", "B", "C"]),
    ([("B", "A"), ("C", "A")], []),
])
def test_countries_come_together_only_if_any_two_of_them_did(pairs, expected):
    """Catch three countries in one breath of which two never met."""
    two = pd.DataFrame(pairs, columns=["name", "other"]).assign(events=3)
    assert participants.closest(two, 3) == expected


def test_every_headline_has_a_case():
    """Catch a headline that nobody has read."""
    tried = {name for name in vars(say) if callable(vars(say)[name]) and vars(say)[name].__module__ == say.__name__}
    source = Path(__file__).read_text(encoding="utf-8")
    assert {name for name in tried if f"say.{name}(" not in source} <= {"some", "verb", "verb_of"}


def test_the_headlines_of_the_record_are_short():
    """Catch a headline with an interval, a bracket or a method, and one that does not fit on a phone."""
    for card in real_cards():
        assert len(card.title) <= LONGEST, card.title
        assert not re.search(r"[()]|interval|Poisson|default definition", card.title), card.title
