"""Edges of the rules on publishers: names that begin alike, several notes, and names that a broken row may hold."""

from __future__ import annotations

import pytest

from drills.checks import publishers

OCEAN = "Daily Ocean,Daily Ocean,newspaper,,\n"


@pytest.mark.parametrize("name, wanted", [
    ("The RFE/RL", "rferl"), ("the\u00a0 Hindu", "hindu"), ("Other", "other"), ("\u0422A\u0301SS 24", "tass24"),
    ("\u2014", "\u2014")])
def test_a_name_without_what_the_eye_passes_over(name, wanted):
    """Catch a sign that is left in a name, and an article that is taken from the middle of a word."""
    assert publishers.plain(name) == wanted


def test_of_two_names_that_begin_alike_the_longer_is_meant(small):
    """Catch a page that is said to pass on News Portal where its note names News Portal Asia."""
    small.add("publishers", "News Portal Asia,News Portal Asia,agency,,\n")
    small.edit("sources", 2, "relays", "News Portal Asia")
    small.edit("sources", 7, "note", "relays News Portal Asia")
    assert small.problems() == [
        "sources.csv:7:relays: the note says that the page passes on News Portal Asia, relays is blank; write News "
        "Portal Asia in relays, or fix the note"]


def test_each_page_that_passes_on_a_report_is_named_once(small):
    """Catch a second page that is not looked at, and one page that is named for each word of its note."""
    small.edit("sources", 5, "note", "cites Xinhua; quotes Xinhua")
    small.edit("sources", 7, "note", "relays TASS; cites TASS")
    assert small.problems() == [
        f"sources.csv:{line}:relays: the note says that the page passes on {name}, relays is blank; write {name} in "
        "relays, or fix the note" for line, name in ((5, "Xinhua"), (7, "TASS"))]


@pytest.mark.parametrize("column, value", [
    ("publisher", "News Portal "), ("original_publisher", "Xinhua "), ("relays", "Daily Ocean ")])
def test_a_name_in_a_broken_cell_may_be_that_of_a_publisher(small, column, value):
    """Catch a publisher that is to be deleted, although the only source that names it has a slip in that cell."""
    if column == "relays":
        small.add("publishers", OCEAN)
    small.edit("sources", 6, column, value)
    assert small.problems() == [f"sources.csv:6:{column}: '{value}' begins or ends with white space; remove it"]


def test_a_name_in_a_row_that_does_not_fit_may_be_that_of_a_publisher(small):
    """Catch a publisher that is to be deleted, although the only source that names it has a cell too many."""
    small.swap("sources", ",News Portal,Report,", ",News Portal,Re,port,")
    assert [line.split(": ")[0] for line in small.problems()] == ["sources.csv:6:note"]


def test_publishers_after_one_that_another_rule_names(small):
    """Catch publishers that nobody names and that are let pass, since one before them is typed in another way."""
    small.add("publishers", f"tass,tass,agency,RUS,\n{OCEAN}not stated,not stated,agency,,\nOther,Other,agency,,\n")
    assert small.problems() == [
        "publishers.csv:5:publisher: 'tass' is the publisher 'TASS' of line 3 typed in another way; write both in one "
        "way",
        "publishers.csv:6:publisher: no source names 'Daily Ocean'; delete the row, or fix its name",
        "publishers.csv:7:publisher: 'not stated' is no publisher; delete the row",
        "publishers.csv:8:publisher: no source names 'Other'; delete the row, or fix its name"]


@pytest.mark.parametrize("cells, said", [
    ({"is_mirror": "true", "is_copy": "false", "note": "a mirror"},
     "sources.csv:6:is_copy: a mirror is not marked as a copy; set is_copy to true"),
    ({"is_mirror": "false", "is_copy": "true", "original_publisher": "", "note": "a mirror"},
     "sources.csv:6:original_publisher: a copy does not name its original; name the publisher whose text it is, or "
     "write 'not stated'"),
    ({"is_mirror": "false", "note": "read on a scraper"},
     "sources.csv:6:is_mirror: the note calls the page a mirror; set is_mirror to true"),
    ({"note": "read on a mirror"}, None), ({"is_mirror": "false", "note": "with mirrors"}, None),
])
def test_a_copy_with_a_note_is_named_once(small, cells, said):
    """Catch a page that is named both for what it is marked as and for its note, and a word that is no mirror."""
    for column, value in cells.items():
        small.edit("sources", 6, column, value)
    assert small.problems() == ([said] if said else [])
