"""Days within remarks: said as prose says them, and nothing that only looks like one is touched."""

from __future__ import annotations

import pytest

from drills.wording import dates


@pytest.mark.parametrize("text, expected", [
    ("Announced on 2024-09-09; planned for September", "Announced on 9 September 2024; planned for September"),
    ("given on 2013-06-11 and 2013-06-13, not later", "given on 11 June 2013 and 13 June 2013, not later"),
    ("Announced end 2009-09-18 (source not recorded).", "Announced end 18 September 2009 (source not recorded)."),
    ("2020-02-29", "29 February 2020"),
])
def test_days_are_said_as_in_prose(text, expected):
    """Catch a day of a remark that nobody would read aloud."""
    assert dates.told(text) == expected


@pytest.mark.parametrize("text", [
    "winter 2008-09", "2016-05-26/28", "tass-2016-05-26-plan", "page.cn/2021-10-04/content.htm", "2021-02-30",
    "c1.2021-10-04", "12021-10-04", "in 2021-10", "2021-10-045",
])
def test_what_is_no_day_stays(text):
    """Catch a winter, a range, an id, an address or a day that does not exist turned into another."""
    assert dates.told(text) == text
