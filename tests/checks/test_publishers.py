"""Rules on publishers and houses: for each a broken row in a small record, and the message that has to name it."""

from __future__ import annotations

import pytest

from drills.checks import publishers
from drills.record import problems

# table, line, column, new value, and every message
CASES = {
    "unknown publisher": (
        [("sources", 7, "publisher", "Xinhau")],
        ["sources.csv:7:publisher: 'Xinhau' is not in publishers.csv; did you mean 'Xinhua'?"]),
    "publisher in other letters": (
        [("sources", 5, "publisher", "tass")],
        ["sources.csv:5:publisher: 'tass' is not in publishers.csv; did you mean 'TASS'?"]),
    "unknown original": (
        [("sources", 6, "original_publisher", "Daily Ocean")],
        ["sources.csv:6:original_publisher: 'Daily Ocean' is not in publishers.csv; "
         "add it to publishers.csv with its house"]),
    "house typed in another way": (
        [("publishers", 3, "house", "XINHUA ")],
        ["publishers.csv:3:house: 'XINHUA ' begins or ends with white space; remove it"]),
    "house in small letters": (
        [("publishers", 3, "house", "xin-hua")],
        ["publishers.csv:4:house: 'Xinhua' is the house 'xin-hua' of line 3 typed in another way; "
         "write both in one way"]),
    "house with a look-alike letter": (
        [("publishers", 2, "house", "ТASS")],
        ["publishers.csv:2:house: 'ТASS' has U+0422 CYRILLIC CAPITAL LETTER TE in the word 'ТASS' of another script; "
         "write all letters of a word in one script"]),
    "house that belongs to a house": (
        [("publishers", 4, "house", "Group"), ("publishers", 2, "house", "Xinhua")],
        ["publishers.csv:2:house: 'Xinhua' itself belongs to the house 'Group'; write 'Group' as the house of both"]),
    "sister papers": (
        [("publishers", 4, "house", "TASS")],
        ["events.csv:2:event_id: '2021-alpha' rests on 1 house (TASS); find a second one, or add an "
         "accept_single_source ruling with the reason",
         "events.csv:3:event_id: '2022-watch' rests on 1 house (TASS); find a second one, or add an "
         "accept_single_source ruling with the reason"]),
    "relay that counts for another": (
        [("sources", 7, "relays", "TASS")],
        ["events.csv:3:event_id: '2022-watch' rests on 1 house (TASS); find a second one, or add an "
         "accept_single_source ruling with the reason"]),
    "unknown relay": (
        [("sources", 7, "relays", "TASSS")],
        ["sources.csv:7:relays: 'TASSS' is not in publishers.csv; did you mean 'TASS'?"]),
    "publisher misspelt in its own row": (
        [("publishers", 3, "publisher", "TAS")],
        ["publishers.csv:3:publisher: no row names 'TAS', and 4 rows in sources.csv still name 'TASS'; restore the "
         "old name here, or write the new one in all of them"]),
    "publisher that nobody uses": (
        [("sources", 6, "publisher", "not stated")],
        ["publishers.csv:2:publisher: no source names 'News Portal'; delete the row, or fix its name"]),
    "publisher of two sorts": (
        [("sources", 4, "source_type", "newspaper")],
        ["sources.csv:4:source_type: 'newspaper' is not the kind of 'TASS', which is agency in publishers.csv; "
         "write one of the two in both files"]),
}
ONE_HOUSE = "2022-watch-single,2022-watch,accept_single_source,,,No second house was found,publishers=1,xinhua-2\n"
# TASS as the eye reads it: another space, dash, case, width, a look-alike letter, an accent composed and decomposed
SPELLINGS = ("T\u00a0ASS", "TA\u2011SS", "tass", "\uff34ASS", "\u0422ASS", "T\u00c1SS", "TA\u0301SS", "The TASS")
NOTES = {
    "photo page; cites TASS and others": "TASS",
    "relays TASS": "TASS",
    "per TASS, day not shown": "TASS",
    "cites TASS Plus": "TASS",
    "relays ITAR-TASS": "TASS",
    "cites a TASSler": None,
    "TASS photo": None,
    "cites the ministry; TASS photo": None,
    "quotes Xinhua": None,
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_name_is_named(small, name):
    """Catch a rule that lets a publisher or house slip through, or names another cell."""
    edits, expected = CASES[name]
    for table, line, column, value in edits:
        small.edit(table, line, column, value)
    assert small.problems() == expected


@pytest.mark.parametrize("name", ["tass", "ТАЅЅ", "T.A.S.S."])
def test_a_publisher_added_in_other_letters_is_one_line(small, name):
    """Catch one slip that is told of the publisher, of its house and of what no source names."""
    with small.path("publishers").open("a", encoding="utf-8") as file:
        file.write(f"{name},{name},agency,RUS,\n")
    assert small.problems() == [f"publishers.csv:5:publisher: '{name}' is the publisher 'TASS' of line 3 typed in "
                                "another way; write both in one way"]


def test_a_publisher_stands_under_one_name(small):
    """Catch a publisher with a second row, and one whose name is that of another's house, both typed in another way."""
    with small.path("publishers").open("a", encoding="utf-8") as file:
        file.write("News,tass group,other,,\nTASS Group,Xinhua,agency,RUS,\nXinhua.,Xinhua,agency,CHN,\n")
    assert [line for line in small.problems() if "typed in another way" in line] == [
        "publishers.csv:6:publisher: 'TASS Group' is the house 'tass group' typed in another way; "
        "write both in one way",
        "publishers.csv:7:publisher: 'Xinhua.' is the publisher 'Xinhua' of line 4 typed in another way; "
        "write both in one way"]


@pytest.mark.parametrize("note, agency", NOTES.items(), ids=str)
def test_a_note_that_names_an_agency_needs_its_relay(small, note, agency):
    """Catch a page that passes on an agency by its own note and counts as a second word on the event."""
    small.edit("sources", 7, "note", note)
    assert small.problems() == ([] if agency is None else [
        f"sources.csv:7:relays: the note says that the page passes on {agency}, relays is blank; "
        f"write {agency} in relays, or fix the note"])


def test_an_authority_that_is_cited_is_no_relay(small):
    """Catch a rule that takes the ministry quoted in an agency's report for its author; its own release is relayed."""
    small.edit("publishers", 3, "kind", "official_ru")
    for line in range(2, 6):
        small.edit("sources", line, "source_type", "official_ru")
    small.edit("sources", 7, "note", "cites TASS")
    assert small.problems() == []
    small.edit("sources", 7, "note", "relays TASS")
    assert len(small.problems()) == 1


@pytest.mark.parametrize("one, other", [
    ("People's Daily", "Peoples  daily"), ("Теле Радио", "теле-радио"), ("TASS", "ТАSS"), ("Zürich", "Zu\u0308rich"),
    ("The Hindu", "Hindu"), ("RFE/RL", "RFE – RL")])
def test_names_that_look_alike_are_one(one, other):
    """Catch a spelling that makes two publishers of one."""
    assert publishers.plain(one) == publishers.plain(other)


def test_names_of_signs_alone_stay_apart():
    """Catch names without a letter that all look alike."""
    assert publishers.plain("—") != publishers.plain("…")


@pytest.mark.slow
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_odd_spelling_is_no_second_house(small, spelling):
    """Catch a publisher typed in another way that counts as a second one, and makes an honest ruling needless."""
    small.edit("sources", 7, "relays", "TASS")
    with small.path("rulings").open("a", encoding="utf-8") as rulings:
        rulings.write(ONE_HOUSE)
    assert small.problems() == []
    small.edit("sources", 5, "publisher", spelling)
    [line] = small.problems()
    assert line.startswith(f"sources.csv:5:publisher: '{problems.legible(spelling)}' ")
    # a sign that nobody sees is named itself
    assert line.endswith("did you mean 'TASS'?") or "U+" in line
