"""Every rule on our settings for the counts of others: a broken cell or row and the line that the check prints."""

from __future__ import annotations

import pytest

from drills.counting import switches
from drills.counting.published import FLAGS, LISTS
from drills.record import package, tables

RULES, COUNTS = "nearest_rules", "published_counts"
NO_DAY = "there is no day 2021-02-30; write a day that the calendar has"
# table, column, value written in the only row, column of the message, message
CELLS = [
    (RULES, "start", "2021-02-30", "start", NO_DAY),
    (RULES, "end", "2021-02-30", "end", NO_DAY),
    (RULES, "kinds", "patrol;parade", "kinds",
     "the list 'patrol;parade' holds 'parade'; use exercise, patrol, command_post, competition"),
    (RULES, "series", "alpha-lin", "series", "'alpha-lin' is not in series.csv; did you mean 'alpha-line'?"),
    (RULES, "list_id", "tass-lis", "list_id", "'tass-lis' is not in outside_lists.csv; did you mean 'tass-list'?"),
    (RULES, "count_id", "tass-coun", "count_id",
     "'tass-coun' is not in published_counts.csv; did you mean 'tass-count'?"),
    (RULES, "min_publishers", "0", "min_publishers", "'0' is out of range; the value is at least 1"),
    (RULES, "start", "2020", "start", "2020 is before 'tass-count' begins (2021); fix the date, or leave it blank"),
    (RULES, "end", "2024-01", "end", "2024-01 is after 'tass-count' ends (2023); fix the date, or leave it blank"),
    (RULES, "start", "2024", "start", "the rule runs from 2024 to 2023; fix one of the two dates"),
    (RULES, "end", "2020", "end", "the rule runs from 2021 to 2020; fix one of the two dates"),
    (RULES, "kinds", "competition", "kinds", "no event of its time is of these kinds; "
                                                    "fix a list, or set is_comparable to false and say why"),
    (COUNTS, "count_high", "0", "count_high", "'0' is out of range; the value is at least 1"),
    (COUNTS, "period_end", "2024", "period_end", "2024 is later than the newest page of the record (2023-08-01); "
                                                 "fix the date: nothing can be known of that time"),
]


@pytest.mark.parametrize("table, column, value, shown, message", CELLS)
def test_a_broken_cell_is_reported(small, table, column, value, shown, message):
    """Catch each rule taken out, and a rule that speaks of more than the slip."""
    small.edit(table, 2, column, value)
    assert small.problems() == [f"{table}.csv:2:{shown}: {message}"]


def test_a_rule_may_have_the_very_period_of_its_count(small):
    """Catch a bound that is not inclusive."""
    small.edit(RULES, 2, "start", "2021-01-01")
    small.edit(RULES, 2, "end", "2023-12-31")
    assert small.problems() == []


@pytest.mark.slow
@pytest.mark.parametrize("column, value, shown", [
    ("kinds", "patrol;exercise", "patrol;exercise"), ("series", "alpha-line", "alpha-line"), ("start", "2022", "2022"),
    ("is_merged", "true", "true"), ("min_publishers", "2", "2")])
def test_what_is_not_comparable_has_no_switch(small, column, value, shown):
    """Catch a setting that looks as if it were used."""
    small.edit(RULES, 2, "is_comparable", "false")
    assert small.problems() == []
    small.edit(RULES, 2, column, value)
    assert small.problems() == [f"nearest_rules.csv:2:{column}: 'tass-count' is not comparable and has a switch; "
                                "leave the switches blank and the flags false, or set is_comparable to true"]
    assert [problem.value for problem in small.found()] == [shown]


def test_a_count_without_a_rule_is_reported(small):
    """Catch a published count that nobody has held against the record."""
    text = small.path(RULES).read_text(encoding="utf-8")
    small.path(RULES).write_text(text.splitlines(True)[0], encoding="utf-8")
    assert small.problems() == [
        "published_counts.csv:2:count_id: 'tass-count' has no row in nearest_rules.csv; "
        "add our nearest rule for it, from the counter's own words, or is_comparable false and why"]


def test_a_count_before_the_record_is_reported(small):
    """Catch a published count of a time of which the record has nothing."""
    small.edit(COUNTS, 2, "period_start", "2011")
    small.edit(COUNTS, 2, "period_end", "2019")
    assert small.problems() == ["published_counts.csv:2:period_end: the count ends on 2019, before the first event of "
                                "the record (2021-08-09); fix the date, or leave the count out"]


def test_a_count_that_begins_before_the_record_can_be_held_against_it(small):
    """Catch a count refused whose period the record covers in part, and one whose period is open."""
    small.edit(COUNTS, 2, "period_start", "2003")
    assert small.problems() == []
    small.edit(COUNTS, 2, "period_start", "")
    small.edit(COUNTS, 2, "period_end", "")
    assert small.problems() == []


def test_lists_that_no_event_satisfies_together_are_reported(small):
    """Catch a rule under which nothing can count, and one refused because another list alone would find nothing."""
    small.edit(RULES, 2, "kinds", "exercise;patrol")
    small.edit(RULES, 2, "series", "alpha-line")
    assert small.problems() == []
    small.edit(RULES, 2, "domains", "cyber")
    assert small.problems() == ["nearest_rules.csv:2:domains: no event of its time is of these kinds, series and "
                                "domains together; fix a list, or set is_comparable to false and say why"]
    small.edit(RULES, 2, "is_comparable", "false")
    assert "no event of its time" not in str(small.problems())


def test_the_columns_are_the_switches():
    """Catch a switch of a definition that no row can set, and a value that one of the two does not know."""
    columns = package.fields(package.resources(tables.read_package())["nearest_rules"])
    fields = {switch.field: switch for switch in switches.SWITCHES}
    assert fields.keys() <= columns.keys()
    assert {*LISTS, *FLAGS, "min_publishers", "start", "end"} == fields.keys()
    for name in LISTS:
        if fields[name].choices:
            one = "|".join(fields[name].choices)
            assert columns[name]["itemPattern"] == one
