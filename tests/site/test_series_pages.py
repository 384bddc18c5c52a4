"""The pages of series: pictures of the rows of their tables, one figure in each cell, computed sentences."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from drills.counting import editions
from drills.counting.sizes import sizes
from drills.site.pages import series, series_pictures
from tests.helpers.event_pages import cards, page_of, reading, record, section, table_rows, tree, words

# all pages or cards are made first
pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}svg"
NAMES = [f"series/{one}" for one in record().series["series_id"] if one != editions.OTHER]
# a dash, a bound, or a best figure with its range, closed or open
FIGURE = re.compile(r"–|[\d,.]+( \([\d,.]+ (to [\d,.]+|upward)\)| or more| or fewer| to [\d,.]+)?")


def shown(name: str, key: str) -> list:
    """The pictures in a section, wide and narrow."""
    return [one for one in section(name, key) if one.tag in ("svg", SVG)]


@pytest.mark.parametrize("name", NAMES)
def test_pictures_show_the_events_of_the_table(name):
    """Catch an edition that is drawn in one layout only, that is missing in a picture, or a link to no page."""
    own = record().events.query("series == @name[7:]")["event_id"]
    for picture in shown(name, "editions"):
        links = [one.get("href") for one in picture.iter() if one.tag.endswith("}a") or one.tag == "a"]
        assert set(links) == {f"../events/{event_id}.html" for event_id in own}
    assert len(shown(name, "editions")) == 2
    for picture in shown(name, "sizes"):
        links = {one.get("href") for one in picture.iter() if one.get("href", "").startswith("../")}
        assert links <= {f"../events/{event_id}.html" for event_id in own} and len(links) >= series_pictures.LEAST_ROWS


@pytest.mark.parametrize("name", NAMES)
def test_a_cell_of_sizes_holds_one_figure(name):
    """Catch a cell with two figures, a column without any, or a row that says nothing."""
    rows = table_rows(name, "sizes")
    for row in rows:
        assert all(FIGURE.fullmatch(cell.removesuffix(", planned")) for cell in row[1:]), row
        assert set(row[1:]) != {"–"}
    assert all(set(column) != {"–"} for column in zip(*rows, strict=True))


def test_whose_and_by_whom_stand_in_the_head():
    """Catch a Chinese figure under the head of all forces, or an assessed one called official."""
    table = next(one for one in section("series/strategic-exercise", "sizes") if "jd-stack" in one.get("class", ""))
    heads = [words(one) for one in table.iter("th") if one.get("scope") == "col"]
    row = next(row for row in table_rows("series/strategic-exercise", "sizes") if row[0] == "Vostok 2018")
    said = dict(zip(heads, row, strict=True))
    groups = reading().parts.groups.query("event_id == '2018-vostok' and measure == 'troops'")
    figures = groups.set_index(["scope", "group"])["figure"]
    assert said["Troops, all forces, official"] == figures["ALL", "official"]
    assert said["Troops, all forces, assessed by others"] == figures["ALL", "assessed"]
    assert said["Troops, Chinese, official"] == figures["CHN", "official"]


def test_descriptions_hold_no_number():
    """Catch a number or a list of years in the text of a series, which goes stale beside what is counted."""
    assert not [text for text in record().series["description"].dropna() if re.search(r"\d", text)]


@pytest.mark.parametrize("years, expected", [
    ([], ""), ([2012], ""), ([2012, 2013, 2014], ""), ([2012, 2013, 2015], "None was held in 2014."),
    ([2012, 2014, 2015, 2017, 2018, 2019], "None was held in 2013 and 2016."), ([2012, 2013, 2018], "")])
def test_years_without_an_edition_are_named_where_most_have_one(years, expected):
    """Catch every year between two rare editions reported as missed, or a missed year left out."""
    assert series.missed(pd.Series(years, dtype=int)) == expected


@pytest.mark.parametrize("frameworks, expected", [
    ([], ""), (["sco", "sco"], ""), (["bilateral", "bilateral"], ""),
    (["bilateral", "sco"], "Of the two states alone: 2001."),
    (["bilateral", "sco", "bilateral"], "Of the two states alone: 2001 and 2003.")])
def test_editions_of_the_two_alone_are_named_where_others_were_not(frameworks, expected):
    """Catch a sentence that says nothing, since all or none were of the two alone."""
    events = pd.DataFrame({"framework": frameworks, "start_date": [f"200{number}-05" for number in
                                                                   range(1, len(frameworks) + 1)]}, dtype=object)
    assert series.of_the_two(events) == expected


def test_numbers_of_one_edition_stand_together():
    """Catch an edition listed twice, a claimant named twice, or numbers of something else among those of editions."""
    rows = [SimpleNamespace(event_id="a", name="A", thing=thing, number=number, claimant=who) for thing, number, who in
            [("edition", 2, "TASS"), ("edition", 1, "CCTV"), ("edition", 2, "TASS"), ("edition", 2, "Xinhua"),
             ("year_in_a_row", 7, "RIA")]]
    assert series.in_short(rows) == [("a", "A", "1 by CCTV; 2 by TASS and Xinhua")]
    assert series.in_short([]) == []


def test_a_single_size_is_no_picture():
    """Catch a picture of one size, which shows no range of sizes."""
    one = reading().troops["event_id"].iloc[:1]
    events = record().events[record().events["event_id"].isin(one)]
    assert sizes(events, reading().groups, ("troops",), "ALL").shape[0] == 1
    tables = {"Troops": sizes(record().events, reading().groups, ("troops",), "ALL")}
    assert series_pictures.sizes_of(tables, events, "name", reading().as_of) == []


@pytest.mark.parametrize("series_id", cards())
def test_a_picture_has_what_every_card_has(series_id):
    """Catch a picture without interactive view, table, files or quotation, or with addresses from another folder."""
    body = page_of(f"series/{series_id}").body
    events = {f"events/{event_id}.html" for event_id in record().events["event_id"]}
    for card in cards()[series_id]:
        assert f'id="{card.card_id}" data-files="../figures/series/{card.card_id}"' in body
        assert len(card.rows) == len(card.pages) and set(card.pages) <= events
        assert f'href="../{card.pages[0]}"' in body and 'href="events/' not in body
        assert card.title in card.quote and "Joint Drills" in card.quote


@pytest.mark.parametrize("marks, expected", [
    (["planned"], "X: none was held"), (["planned", "counted"], "X: held once, in March 2012"),
    (["patrol", "cancelled", "other"], "X: 2 held, the last in March 2013"), (["counted", "planned"],
                                                                            "X: held once, in March 2011")])
def test_the_headline_of_a_lane_counts_what_was_held(marks, expected):
    """Catch a plan or a cancelled edition that is counted, or named as the last."""
    days = [f"20{11 + number}-03-0{number + 1}" for number in range(len(marks))]
    assert series_pictures.held_so_often("X", pd.DataFrame({"mark": marks, "start_date": days})) == expected


@pytest.mark.parametrize("official, assessed, expected, below", [
    ([(3.0, "3"), (8.0, "8 (5 to 9)")], [(7.0, "7"), (8.0, "8")],
     "B was the largest: 8 ships in all by official figures", ""),
    ([(3.0, "3"), (None, "none")], [(None, "none"), (19.0, "19 (15 to 19)")],
     "B was the largest: 19 ships in all by the count of others", "The highest official total is 3. "),
    ([(8.0, "8 or more"), (8.0, "8 or more")], [(None, "none")] * 2,
     "A and B were the largest: 8 or more ships in all each by official figures", ""),
    ([(None, "none")] * 2, [(4.0, "4"), (2.0, "2")], "A was the largest: 4 ships in all by the count of others",
     "")])
def test_the_headline_of_sizes_says_who_counted(official, assessed, expected, below):
    """Catch an assessed size called official, a range in a headline, or one of two that are as large."""
    table = pd.DataFrame({"label": ["A", "B"],
                          **{f"{side}_{name}": [pair[at] for pair in pairs] for side, pairs in
                             (("official", official), ("assessed", assessed)) for at, name in ((0, "best"),
                                                                                              (1, "text"))}})
    numbers = ["official_best", "assessed_best"]
    assert series_pictures.largest(table.astype(dict.fromkeys(numbers, float)), "ships") == (expected, below)


@pytest.mark.parametrize("claimants, expected", [
    (["A and B", "B"], ["A and B"]), (["B", "A", "B"], ["B", "A"]), (["A and B", "C"], ["A and B", "C"]), ([], [])])
def test_a_speaker_is_named_once(claimants, expected):
    """Catch "Chinese MND and Russian MoD and Russian MoD", and a speaker who is lost."""
    assert series.apart(claimants) == expected


def test_the_head_of_the_page_is_the_first_sentence():
    """Catch a description of the page that is not what the page says."""
    for name in NAMES:
        lead = words(tree(name).find(".//p[@class='jd-lead']"))
        assert lead.startswith(page_of(name).description.removesuffix(" …"))
