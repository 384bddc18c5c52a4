"""Edges of the rules on searches, lists and counts of others, boxes of countries, and the form of a file."""

from __future__ import annotations

import pytest

from drills.checks import form

SWITCH = ("'{0}' is not comparable and has a switch; leave the switches blank and the flags false, or set "
          "is_comparable to true")
NO_EVENT = ("no event of its time is of these {0}; fix a list, or set is_comparable to false and say why")
GAP = "stands where row {0} is due; number the rows of a list from 1 without a gap"
# a second count beside that of the small record, and its rule
COUNT = "tass-patrols,TASS,,tass-3,2023-08,2021,2023,3,,all patrols,false"
RULE = "tass-patrols,true,,,,,false,false,,,,,,,tass-list,All of them,"


def edit(small, table: str, line: int, **cells: str) -> None:
    """Change several cells of a row."""
    for column, value in cells.items():
        small.edit(table, line, column, value)


def test_a_search_of_one_day(small):
    """Catch a period of one day that is called backwards, or in which nobody looks for an event."""
    edit(small, "searches", 2, period_start="2021-08-10", period_end="2021-08-10")
    assert small.problems() == []
    edit(small, "searches", 2, period_start="2021-08-09", period_end="2021-08-09")
    assert small.problems() == ["searches.csv:2:result: nothing was found, but '2021-alpha' of the series began in the "
                                "period; write found, or name in waters what was looked for"]


def test_a_search_behind_one_with_a_slip(small):
    """Catch a search that nobody holds against the events because an earlier one runs backwards."""
    edit(small, "searches", 2, period_end="2021-12")
    edit(small, "searches", 3, period_start="2022-01", period_end="2022-02")
    assert [line.split(": ")[0] for line in small.problems()] == ["searches.csv:2:period_end", "searches.csv:3:result"]


@pytest.mark.parametrize("column, value", [("series", "alpha-lin"), ("start_date", "2022-02-30")])
def test_an_event_with_a_slip_may_be_what_was_found(small, column, value):
    """Catch a search that is said to have found no event while the row of one is wrong."""
    edit(small, "searches", 2, result="found")
    assert [line.split(": ")[0] for line in small.problems()] == ["searches.csv:2:result"]
    edit(small, "events", 5, **{column: value})
    assert [line.split(": ")[0] for line in small.problems()] == [f"events.csv:5:{column}"]


def test_a_search_without_events_to_hold_it_against(small):
    """Catch a search that is said to have found no event while the file of the events is not there."""
    edit(small, "searches", 2, result="found")
    small.path("events").unlink()
    assert [line.split(": ")[0] for line in small.problems()] == ["events.csv:1:(file)"]


@pytest.mark.parametrize("end, said", [
    ("2023-08-01", None),
    ("2023-08-02", "2023-08-02 is later than the newest page of the record (2023-08-01); fix the date: nothing can be "
                   "known of that time"),
])
def test_a_count_may_end_with_the_newest_page(small, end, said):
    """Catch a count refused that ends on the day of the newest page, and one a day later let pass."""
    edit(small, "published_counts", 2, period_end=end)
    assert small.problems() == ([f"published_counts.csv:2:period_end: {said}"] if said else [])


# bounds of the count, cells of its rule, and what is said of which column
TIMES = [
    # the rule has its own time, and only what began then counts
    ({}, {"start": "2022", "end": "2022", "kinds": "exercise"}, ("kinds", "exercise", NO_EVENT.format("kinds"))),
    ({}, {"start": "2022", "end": "2022", "kinds": "patrol"}, None),
    ({}, {"start": "2022", "kinds": "exercise"}, None),
    ({}, {"end": "2022", "kinds": "exercise"}, None),
    # a rule without its own time has that of the count
    ({"period_start": "2022", "period_end": "2022-12"}, {"kinds": "exercise"},
     ("kinds", "exercise", NO_EVENT.format("kinds"))),
    ({"period_start": "2022", "period_end": "2022-12"}, {"kinds": "patrol"}, None),
    # and all time if the count has none
    ({"period_start": "", "period_end": ""}, {"kinds": "competition"},
     ("kinds", "competition", NO_EVENT.format("kinds"))),
    ({"period_start": "", "period_end": ""}, {"tiers": "core", "kinds": "exercise"}, None),
    ({"period_start": "", "period_end": ""}, {"frameworks": "russia_led"}, None),
    # the first and the last day belong to the time
    ({}, {"start": "2021-08-09", "tiers": "core", "kinds": "exercise"}, None),
    ({}, {"start": "2021-08-10", "tiers": "core", "kinds": "exercise"},
     ("kinds", "exercise", NO_EVENT.format("tiers and kinds together"))),
    ({}, {"end": "2023-08-01", "frameworks": "russia_led"}, None),
    ({}, {"end": "2023-07-31", "frameworks": "russia_led"},
     ("frameworks", "russia_led", NO_EVENT.format("frameworks"))),
    # a time without any event is no matter of the lists
    ({}, {"start": "2022-06", "end": "2023-07", "kinds": "exercise"}, None),
]


@pytest.mark.parametrize("bounds, cells, said", TIMES)
def test_a_rule_finds_events_of_its_time(small, bounds, cells, said):
    """Catch an event outside the time of a rule that counts for it, and one on its first or last day that does not."""
    edit(small, "published_counts", 2, **bounds)
    edit(small, "nearest_rules", 2, **cells)
    assert small.said() == ([(f"nearest_rules.csv:2:{said[0]}: {said[2]}", said[1])] if said else [])


def test_a_rule_behind_one_without_lists(small):
    """Catch rules that nobody asks because an earlier one chooses nothing."""
    small.add("published_counts", COUNT)
    small.add("nearest_rules", RULE)
    edit(small, "nearest_rules", 3, kinds="competition")
    assert small.said() == [(f"nearest_rules.csv:3:kinds: {NO_EVENT.format('kinds')}", "competition")]


@pytest.mark.parametrize("column, value", [("kind", "competitoin"), ("start_date", "2023-02-30")])
def test_an_event_with_a_slip_may_be_what_a_rule_finds(small, column, value):
    """Catch a rule that is said to find nothing while the row of an event is wrong."""
    edit(small, "nearest_rules", 2, kinds="competition")
    edit(small, "events", 5, **{column: value})
    assert [line.split(": ")[0] for line in small.problems()] == [f"events.csv:5:{column}"]


def test_a_rule_of_a_count_with_a_slip_is_not_asked(small):
    """Catch a rule that is held against all time because the time of its count is mistyped."""
    edit(small, "nearest_rules", 2, kinds="competition")
    edit(small, "published_counts", 2, period_end="2022-02-30")
    assert [line.split(": ")[0] for line in small.problems()] == ["published_counts.csv:2:period_end"]


@pytest.mark.parametrize("table", ["events", "sources"])
def test_a_count_beside_a_table_without_rows(small, table):
    """Catch a count, and its rule, that are held against no event or no page at all."""
    edit(small, "nearest_rules", 2, kinds="competition")
    path = small.path(table)
    path.write_text(path.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    assert not [line for line in small.problems() if ":period_" in line or ":kinds:" in line]


def test_a_rule_for_one_day(small):
    """Catch a rule for one day that is said to run backwards."""
    edit(small, "nearest_rules", 2, start="2022-05-05", end="2022-05-05")
    assert small.problems() == []
    edit(small, "nearest_rules", 2, end="2022-05-04")
    assert small.said() == [("nearest_rules.csv:2:end: the rule runs from 2022-05-05 to 2022-05-04; fix one of the two "
                             "dates", "2022-05-04")]


def test_each_rule_that_is_not_comparable_is_named_once(small):
    """Catch a switch in vain that is passed over because an earlier rule has one, and a line for each of several."""
    small.add("published_counts", COUNT)
    small.add("nearest_rules", RULE)
    for line in (2, 3):
        edit(small, "nearest_rules", line, is_comparable="false", kinds="patrol", is_merged="true")
    assert small.said() == [
        (f"nearest_rules.csv:{line}:kinds: {SWITCH.format(name)}", "patrol")
        for line, name in ((2, "tass-count"), (3, "tass-patrols"))]


@pytest.mark.parametrize("date, is_named", [
    ("2020-08-07", True), ("2020-08-08", False), ("2022-08-14", False), ("2022-08-15", True)])
def test_a_row_may_be_a_year_off(small, date, is_named):
    """Catch a row a day further from the first or the last day of its event, and one refused a day too early."""
    edit(small, "outside_rows", 2, date=date)
    assert small.said() == ([(f"outside_rows.csv:2:date: {date} is more than a year from '2021-alpha', which began on "
                              "2021-08-09; fix the date, or name the edition that is meant", date)] if is_named else [])


def test_an_event_without_a_last_day_ends_as_it_begins(small):
    """Catch a row of any later year that is held against an event of which only the start is known."""
    edit(small, "outside_rows", 4, event_id="2022-watch-north", date="2023-06-01")
    assert small.problems() == []
    edit(small, "outside_rows", 4, date="2023-06-02")
    assert small.said() == [("outside_rows.csv:4:date: 2023-06-02 is more than a year from '2022-watch-north', which "
                             "began on 2022-05; fix the date, or name the edition that is meant", "2023-06-02")]


def test_a_list_of_one_day(small):
    """Catch a list of one day that is said to end before it starts."""
    edit(small, "outside_lists", 2, period_start="2021-08-09", period_end="2021-08-09")
    assert small.problems() == []


@pytest.mark.parametrize("stated, is_complete, is_named", [
    ("1", "true", True), ("2", "true", False), ("3", "true", True), ("", "true", False),
    ("1", "false", True), ("2", "false", False), ("3", "false", False), ("", "false", False)])
def test_a_list_holds_the_rows_that_it_states(small, stated, is_complete, is_named):
    """Catch a list with more rows than it can have, or fewer where it is complete, and a number that is not quoted."""
    edit(small, "outside_lists", 2, n_rows_stated=stated, is_complete=is_complete)
    assert [line for line in small.said() if ":n_rows_stated:" in line[0]] == ([
        (f"outside_lists.csv:2:n_rows_stated: 'tass-list' states {stated} row{'s' * (stated != '1')}, outside_rows.csv "
         "has 2; add or remove rows, or fix the number or is_complete", stated)] if is_named else [])


def test_rows_of_a_list_in_any_order(small):
    """Catch a list whose rows are sound and stand in another order that is said to have a gap."""
    edit(small, "outside_rows", 2, row="2")
    edit(small, "outside_rows", 3, row="1")
    assert small.problems() == []


def test_each_list_with_a_gap_is_named_once(small):
    """Catch a gap that is passed over because an earlier list has one, and a line for every row after the gap."""
    for line, row in ((2, "4"), (3, "5"), (4, "3")):
        edit(small, "outside_rows", line, row=row)
    assert small.said() == [
        (f"outside_rows.csv:2:row: row 4 of 'tass-list' {GAP.format(1)}", "4"),
        (f"outside_rows.csv:4:row: row 3 of 'xinhua-list' {GAP.format(1)}", "3")]


def test_a_list_behind_one_with_a_slip(small):
    """Catch a gap that is passed over because a row of an earlier list is wrong."""
    edit(small, "outside_rows", 3, row="two")
    edit(small, "outside_rows", 4, row="2")
    assert [line.split(": ")[0] for line in small.problems()] == ["outside_rows.csv:3:row", "outside_rows.csv:4:row"]


@pytest.mark.parametrize("cells, said", [
    ({"south": "54"}, "north: the box of CHN ends at 54, not north of 54; swap or fix south and north"),
    ({"west": "135"}, "east: the box of CHN ends at 135, not east of 135; fix west and east, or make two boxes where "
                      "it crosses the meridian of 180 degrees"),
    ({"south": "53.9"}, None), ({"west": "134.9"}, None), ({"west": "-180", "east": "179.9"}, None),
])
def test_a_box_has_some_width(small, cells, said):
    """Catch a box that is a line, which holds no place, and a narrow or a wide one that is refused."""
    path = small.path("country_boxes")
    rows = path.read_text(encoding="utf-8").splitlines()
    (line,) = (place for place, row in enumerate(rows, start=1) if row.startswith("CHN,"))
    edit(small, "country_boxes", line, **{"south": "18", "north": "54", "west": "73", "east": "135"} | cells)
    # a place outside the box of its host is another rule's business
    edit(small, "participants", 2, is_host="false")
    edit(small, "participants", 8, is_host="false")
    assert small.problems() == ([f"country_boxes.csv:{line}:{said}"] if said else [])


@pytest.mark.parametrize("data, text, line", [
    (b"a\nb\n", "a\n", 2), (b"a\n", "a\nb\n", 2), (b"a\nb", "a\nb\n", 2), (b"b\na\n", "a\nb\n", 1), (b"", "a\n", 1)])
def test_a_file_differs_from_its_form_at_a_line(data, text, line):
    """Catch a file that goes on where its form ends, or ends before it, without a line to jump to."""
    (problem,) = form.difference("facts.csv", data, text)
    assert (problem.line, problem.column, problem.value, problem.fix) == (line, "(row)", "", form.COMMAND)


def test_a_file_in_its_form_is_not_named():
    """Catch a problem where nothing differs."""
    assert form.difference("facts.csv", "an\u0303\n".encode(), "an\u0303\n") == []
