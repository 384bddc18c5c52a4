"""Edges of the rules of single cells: signs, addresses, days and years, each from both sides."""

from __future__ import annotations

import pytest

from drills.checks import addresses, cells

LOST = "holds the replacement character: a letter was lost in a conversion; write the letter again from the source"
OUTSIDE = "is outside the years 1900 to 2099; write the year of the list"


@pytest.mark.parametrize("value, message", [
    # what is left of a lost letter may be a sign that nobody sees
    ("Zapad\ufffd\u200b", f"'Zapad\ufffd\\u200b' {LOST}"),
    ("Zapad\ufffd\x9c", f"'Zapad\ufffd\\x9c' {LOST}"),
    ("\u0301a", "'\u0301a' begins with U+0301 COMBINING ACUTE ACCENT, a mark that stands on no letter; delete it"),
])
def test_a_cell_with_a_lost_or_loose_sign(value, message):
    """Catch the rest of a lost letter that is to be deleted, and a fault that is said without its fix."""
    assert "; ".join(cells.fault_of(value) or ()) == message


@pytest.mark.parametrize("host", [".intranet", "intranet.", ".local"])
def test_a_dot_at_an_end_makes_no_public_host(small, host):
    """Catch a computer at home whose name is taken for a public one for a dot before or behind it."""
    url = f"https://{host}/5"
    small.edit("sources", 4, "url", url)
    assert small.said() == [(f"sources.csv:4:url: '{host}' is no host that other readers reach; "
                             "write the address of the public page", url)]


def test_a_search_that_passes_on_to_its_own_site(small):
    """Catch an address that passes on to another and is let pass, since its host stands in it twice."""
    url = "https://www.google.com/url?q=https://www.google.com/maps"
    small.edit("sources", 4, "url", url)
    assert small.said() == [("sources.csv:4:url: www.google.com only passes on to another page; write the address of "
                             "that page", url)]


@pytest.mark.parametrize("first, second", [
    ("https://tass.example/X", "https://tass.example/"), ("https://tass.example/5", "https://tass.example/5X"),
    ("https://tass.example/5?x=", "https://tass.example/5"), ("https://tass.example/5", "https://tass.example/5?y="),
])
def test_addresses_that_differ_in_their_last_sign(small, first, second):
    """Catch two pages that are taken for one: the last letter and a parameter without a value are of the address."""
    small.edit("sources", 4, "url", first)
    small.edit("sources", 5, "url", second)
    assert small.problems() == []
    assert addresses.normal(first) != addresses.normal(second)


def test_a_copy_of_no_page_hides_no_other(small):
    """Catch a page registered twice that is not seen behind an archived address that cannot be read."""
    small.edit("sources", 4, "url", "https://web.archive.org/web/2021/https://[tass.example/1")
    small.edit("sources", 5, "url", "https://tass.example/1")
    assert small.said() == [
        ("sources.csv:5:url: 'tass-3' has the address of 'tass-1' in line 3; merge the two rows: point every row that "
         "names 'tass-3' to 'tass-1'", "https://tass.example/1")]


def test_days_of_the_future_behind_one_that_does_not_exist(small):
    """Catch a year typed wrong that is not seen behind another slip, or in the last year that a page can have."""
    for line, day in ((3, "2021-02-30"), (5, "2099"), (6, "2099-05"), (7, "2099-12-31")):
        small.edit("sources", line, "published", day)
    assert small.said() == [
        ("sources.csv:3:published: there is no day 2021-02-30; write a day that the calendar has", "2021-02-30"),
        *((f"sources.csv:{line}:published: {day} lies in the future; write the day that the page has", day)
          for line, day in ((5, "2099"), (6, "2099-05"), (7, "2099-12-31")))]


@pytest.mark.parametrize("start, end, wrong", [
    ("1900", "2099", {}), ("1900-01-01", "2099-12-31", {}), ("1900-01", "2099-12", {}),
    ("1899", "2021", {"period_start": "1899"}), ("1899-12-31", "2021", {"period_start": "1899-12-31"}),
    ("2021", "2100", {"period_end": "2100"}), ("2021", "2100-01-01", {"period_end": "2100-01-01"}),
])
def test_the_first_and_the_last_year(small, start, end, wrong):
    """Catch years that begin or end one too early or too late."""
    small.edit("outside_lists", 3, "period_start", start)
    small.edit("outside_lists", 3, "period_end", end)
    assert small.said() == [(f"outside_lists.csv:3:{column}: {day} {OUTSIDE}", day) for column, day in wrong.items()]


@pytest.mark.parametrize("table, line, cells_of_row", [
    ("events", 5, {"start_date": "2023-08-05", "end_date": "2023-08-05"}),
    ("events", 3, {"start_date": "2022-05", "end_date": "2022-05"}),
    ("published_counts", 2, {"period_start": "2021-08-09", "period_end": "2021-08-09"}),
])
def test_what_ends_on_the_day_of_its_start(small, table, line, cells_of_row):
    """Catch an event of a day that is said to end before it starts."""
    for column, cell in cells_of_row.items():
        small.edit(table, line, column, cell)
    assert small.problems() == []
