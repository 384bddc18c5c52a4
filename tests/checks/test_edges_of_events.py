"""Edges of the rules on events and their places: days, degrees and rows on both sides of each bound."""

from __future__ import annotations

import pytest

from drills.checks import places

NO_MONTH = "the part starts on {0}, more than a month {1} '2022-watch'; fix the date or part_of"
# a box as the rule has it: south, north, west, east
BOX = (18.0, 54.0, 73.0, 135.0)
CHINA = "CHN,1,18,54,73,135\n"
RUSSIA = "RUS,1,41,82,19,180\n"


@pytest.mark.parametrize("day, said", [
    ("2022-03-30", NO_MONTH.format("2022-03-30", "before")), ("2022-03-31", None),
    ("2022-07-01", None), ("2022-07-02", NO_MONTH.format("2022-07-02", "after the end of")),
])
def test_a_part_may_begin_a_month_off(small, day, said):
    """Catch a part that is let pass a day further off, or refused a day too early: the whole lasts all of May."""
    small.edit("events", 4, "date_precision", "day")
    small.edit("events", 4, "start_date", day)
    assert small.problems() == ([f"events.csv:4:start_date: {said}"] if said else [])


@pytest.mark.parametrize("series, place, is_named", [
    ("alpha-line", "Qingtongxia", True), ("alpha-line", "Mulino", False), ("other", "Qingtongxia", False)])
def test_two_events_of_one_day(small, series, place, is_named):
    """Catch two events taken for one that belong to no series or were held in two places, and one that stands twice."""
    small.add("series", "other,Other,,,exercise,false,,Made up for tests,bilateral")
    small.add("events", f"2021-beta,Beta,,,,other,wider,exercise,land,cancelled,bilateral,,2021-08-09,,day,{place},,,"
                         "unknown,")
    small.add("facts", "2021-beta,equipment,Su-30SM fighters,Xinhua,xinhua-1")
    for line in (2, 6):
        small.edit("events", line, "series", series)
    assert small.problems() == ([
        "events.csv:6:event_id: '2021-beta' has the same series, start, kind and place as line 2; merge the two rows, "
        "or give each its own place"] if is_named else [])


def test_no_event_at_all(small):
    """Catch a problem that quotes a cell where no row is."""
    path = small.path("events")
    path.write_text(path.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    assert [(small.printed(problem), problem.value) for problem in small.found()
            if problem.file == str(path)] == [
        ("events.csv:1:event_id: the record has no event; put the rows back, or add one: python -m drills new event",
         "")]


@pytest.mark.parametrize("status", ["disputed", "planned", "cancelled"])
def test_a_core_event_was_held(small, status):
    """Catch an event that counts and was not held."""
    small.edit("events", 2, "status", status)
    assert [(small.printed(problem), problem.value) for problem in small.found()] == [
        (f"events.csv:2:tier: a core event is {status}, not held; set tier to wider", "core")]


@pytest.mark.parametrize("line", [2, 8])
def test_a_role_with_a_slip_is_not_missed(small, line):
    """Catch an event that is said to lack a state in whose row the role is mistyped."""
    small.edit("participants", line, "role", "particpant")
    assert [text.split(": ")[0] for text in small.problems()] == [f"participants.csv:{line}:role"]


def test_a_second_row_of_a_state_may_belong_to_another_event(small):
    """Catch an event that is said to lack a state which stands twice under another event."""
    small.edit("participants", 8, "country", "IRN")
    assert [text.split(": ")[0] for text in small.problems()] == ["events.csv:5:status"]
    small.edit("participants", 3, "country", "CHN")
    assert small.problems() == ["participants.csv:3:country: '2021-alpha, CHN' stands in line 2 already; "
                                "remove one of the two rows, or fix the one that is wrong"]


def test_participants_without_their_page_may_rest_on_another_house(small):
    """Catch an event that is said to rest on one house while the pages of a participant are lost."""
    small.edit("claims", 6, "source_id", "tass-2")
    assert small.problems() == []
    small.edit("participants", 5, "source_ids", "")
    assert small.problems() == ["participants.csv:5:source_ids: the cell is blank; every row needs a value here"]


@pytest.mark.parametrize("table, column, value", [("claims", "event_id", "2022-wach"), ("sources", "", "")])
def test_a_second_house_may_be_hidden(small, table, column, value):
    """Catch an event that is said to rest on one house while the row, or the file, with the second one is lost."""
    small.edit("participants", 5, "source_ids", "tass-2")
    small.edit("claims", 5, "source_id", "tass-2")
    assert small.problems() == []
    if column:
        small.edit(table, 6, column, value)
    else:
        small.path(table).unlink()
    assert [text.split(": ")[0] for text in small.problems()] == [
        f"{table}.csv:6:{column}" if column else f"{table}.csv:1:(file)"]


def test_an_event_on_copies_alone_rests_on_no_house(small):
    """Catch a house that is named where there is none, and one counted for a text whose author is unknown."""
    for line in (2, 4, 7):
        small.edit("sources", line, "is_copy", "true")
        small.edit("sources", line, "original_publisher", "not stated")
    assert [text for text in small.problems() if text.startswith("events.csv:3:")] == [
        "events.csv:3:event_id: '2022-watch' rests on 0 houses; find a second one, or add an accept_single_source "
        "ruling with the reason"]


@pytest.mark.parametrize("latitude, longitude, is_inside", [
    (8, 100, True), (7.99, 100, False), (64, 100, True), (64.01, 100, False),
    (30, 63, True), (30, 62.99, False), (30, 145, True), (30, 145.01, False),
    (18, 73, True), (54, 135, True), (7.99, 62.99, False), (64.01, 145.01, False),
])
def test_a_box_has_a_margin_of_ten_degrees(latitude, longitude, is_inside):
    """Catch a margin that is missing on one side, turned inwards, or without its own edge."""
    assert places.in_box(latitude, longitude, BOX) == is_inside


def test_a_place_far_from_two_hosts_names_both(small):
    """Catch hosts that run together in the message."""
    small.edit("events", 5, "longitude", "-42.9")
    assert small.problems() == [
        "events.csv:5:latitude: 56.3, -42.9 lies more than 10 degrees away from every host (CHN, RUS); look for "
        "swapped coordinates or a lost sign, or fix is_host in participants.csv"]


def test_a_host_with_a_slip_is_not_missed(small):
    """Catch a place that is said to lie far from every host while the code of one of them is mistyped."""
    small.edit("participants", 9, "country", "RSU")
    assert [text.split(": ")[0] for text in small.problems()] == ["participants.csv:9:country"]


@pytest.mark.parametrize("column", ["latitude", "longitude"])
def test_a_place_has_both_coordinates(small, column):
    """Catch a place with half its coordinates, and the wrong one called blank."""
    small.edit("events", 2, column, "")
    assert [(small.printed(problem), problem.value) for problem in small.found()] == [
        (f"events.csv:2:{column}: only one of the coordinates is given: {column} is blank; give both or none", "")]


@pytest.mark.parametrize("precision", ["point", "area"])
def test_a_known_place_has_coordinates(small, precision):
    """Catch a place that is called known and stands nowhere on the map."""
    small.edit("events", 3, "place_precision", precision)
    assert small.problems() == [f"events.csv:3:latitude: coordinates are blank for a place known as {precision}; give "
                                "them, or set place_precision to country or unknown"]


@pytest.mark.parametrize("codes, fix", [
    ("ABCDE", "did you mean 'WXA', 'WXB', 'WXC', 'WXD' or 'WXE'? If not, add its box to country_boxes.csv"),
    ("ABCDEF", "add its box to country_boxes.csv"),
])
def test_few_countries_may_be_meant(small, codes, fix):
    """Catch a suggestion of so many countries that it is none, and one left out that still helps."""
    boxes = "".join(f"WX{letter},1,10,20,10,20\n" for letter in codes)
    path = small.path("country_boxes")
    header = path.read_text(encoding="utf-8").splitlines(keepends=True)[0]
    path.write_text(header + CHINA + RUSSIA + boxes, encoding="utf-8")
    assert small.problems() == []
    small.edit("participants", 3, "country", "WXQ")
    assert small.problems()[-1] == f"participants.csv:3:country: 'WXQ' is not a country of the record; {fix}"
