"""Names of countries: a code becomes the name a reader expects, and a wrong code becomes nothing."""

from __future__ import annotations

import pytest

from drills.record import tables
from drills.wording import countries


@pytest.mark.parametrize("code, expected", [
    ("RUS", "Russia"), ("CHN", "China"), ("KAZ", "Kazakhstan"), ("IRN", "Iran"), ("KOR", "South Korea"),
    ("PRK", "North Korea"), ("LAO", "Laos"), ("VNM", "Vietnam"), ("MMR", "Myanmar"), ("COG", "Congo–Brazzaville"),
    ("TUR", "Türkiye"), ("ZAF", "South Africa"), ("ARE", "United Arab Emirates"),
])
def test_codes_become_names(code, expected):
    """Catch the two Koreas or Congos confused, a formal name that fits no label, and "Myanmar (Burma)"."""
    assert countries.name(code) == expected


@pytest.mark.parametrize("code", ["SUN", "QQQ", "ALL", "RU", "", "UK", "USSR", "643"])
def test_what_is_no_country_has_no_name(code):
    """Catch a dissolved state, a scope, or a code of another standard that turns into somebody's name."""
    with pytest.raises(KeyError):
        countries.name(code)


def test_every_country_of_the_record_has_a_name_of_its_own():
    """Catch a code in the record that a picture could not label, and two rows of one label."""
    codes = tables.load().participants["country"].unique()
    assert len({countries.name(code) for code in codes}) == len(codes) > 2


@pytest.mark.parametrize("text, expected", [
    ("CHN: one ship", "China: one ship"), ("Note: one ship", "Note: one ship"), ("QQQ: x", "QQQ: x"), ("CHN", "CHN"),
    ("A: CHN: b", "A: CHN: b"), ("", "")])
def test_a_code_at_the_head_of_a_text_is_spelled(text, expected):
    """Catch a code that a reader has to look up, and a word or a code inside the text that is taken for one."""
    assert countries.spelled(text) == expected


def test_names_take_their_article_in_prose():
    """Catch "India and United States took part", and an article before a name that has none."""
    assert [countries.in_prose(countries.name(code)) for code in ("USA", "IND", "PHL")] == [
        "the United States", "India", "the Philippines"]
    with_article = "BHS COM DOM GMB MDV MHL NLD PHL SYC SLB ARE GBR USA"
    assert {countries.name(code) for code in with_article.split()} == countries.WITH_ARTICLE
