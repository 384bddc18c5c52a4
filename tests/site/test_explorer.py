"""The explorer's HTML: complete, escaped, and saying the same as the estimates behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import html5lib
import pandas as pd
import pytest

from drills.counting.reading import Reading, load
from drills.record import package, tables
from drills.site.pages import explorer
from drills.wording import countries, dates

XHTML = "{http://www.w3.org/1999/xhtml}"
HOSTILE = """</td><script>alert("1")</script> & 'two' {{ 3 }}"""


@cache
def reading() -> Reading:
    return load()


def record() -> tables.Record:
    return reading().record


def parsed(html: str):
    return html5lib.parseFragment(html)


@cache
def page():
    return parsed(explorer.explorer(reading()))


def rows(tree) -> dict[str, object]:
    """The rows of the table by event_id; fails on one that stands twice."""
    found = [row for row in tree.iter(f"{XHTML}tr") if row.get("data-id")]
    by_id = {row.get("data-id"): row for row in found}
    assert len(by_id) == len(found)
    return by_id


def cells(row) -> dict[str, object]:
    return {cell.get("class").split()[0].removeprefix("jd-of-"): cell for cell in row}


def text(element) -> str:
    return "".join(element.itertext()).strip()


@pytest.mark.slow
def test_every_event_is_there_once_newest_first():
    """Catch a lost or doubled event, such as a merge that multiplies rows."""
    listed = list(rows(page()))
    assert sorted(listed) == sorted(record().events["event_id"])
    starts = [row[0].get("data-sort") for row in rows(page()).values()]
    assert starts == sorted(starts, reverse=True)


def test_links_lead_to_pages_of_the_record():
    """Catch a link to a page that is never written, among them one of the events that belong to no series."""
    hrefs = {link.get("href") for link in page().iter(f"{XHTML}a")}
    named = set(record().events["series"]) - {"other"}
    assert hrefs == {f"events/{one}.html" for one in record().events["event_id"]} | {
        f"series/{one}.html" for one in named}


@pytest.mark.slow
def test_hostile_text_is_text():
    """Catch markup or a template from a cell that reaches the page."""
    events = record().events.assign(name=HOSTILE, name_ru=HOSTILE, name_zh=HOSTILE, place=HOSTILE)
    events["aliases"] = [(HOSTILE,)] * len(events)
    series = record().series.assign(name=HOSTILE)
    tree = parsed(explorer.explorer(Reading(replace(record(), events=events, series=series))))
    assert not list(tree.iter(f"{XHTML}script"))
    for row in rows(tree).values():
        assert row.get("data-also") == HOSTILE and text(cells(row)["place"]) == HOSTILE
        assert [text(part) for part in cells(row)["name"]] == [HOSTILE] * 3


def test_names_carry_their_language():
    """Catch Russian or Chinese that a screen reader would spell out in English."""
    for event in record().events.itertuples():
        said = {part.get("lang"): text(part) for part in cells(rows(page())[event.event_id])["name"]}
        wanted = {None: event.name, "ru": event.name_ru, "zh": event.name_zh}
        assert said == {lang: name for lang, name in wanted.items() if isinstance(name, str)}


def test_classes_agree_with_the_chapter_on_scale():
    """Catch a class or a figure that differs from the rule, and a planned figure shown like a reported one."""
    classes = reading().classes.set_index("event_id")
    total = reading().estimates.query("measure == 'troops' and scope == 'ALL'").set_index("event_id")
    for event_id, row in rows(page()).items():
        said = text(cells(row)["troops"])
        if event_id not in classes.index or classes.at[event_id, "class_ALL"] == "no figure":
            assert (row.get("data-size"), said) == ("none", "not published")
            continue
        size = "open" if classes.at[event_id, "is_open_only"] else classes.at[event_id, "class_ALL"]
        assert row.get("data-size") == size
        assert said.removesuffix(", planned figure") == classes.at[event_id, "text_ALL"]
        assert said.endswith("planned figure") == (total.at[event_id, "stage_used"] == "planned")


def test_observers_are_no_participants():
    """Catch an observer listed or filtered as if its forces had taken part, and a country that declined."""
    for event_id, roles in record().participants.groupby("event_id"):
        part, watched = (set(roles.loc[roles["role"] == role, "country"]) for role in ("participant", "observer"))
        row = rows(page())[event_id]
        assert set(row.get("data-countries").split()) == part | {f"{code}-observer" for code in watched}
        listed = [text(one).removeprefix("Observers: ") for one in cells(row)["countries"]]
        sides = [side for side in (part, watched) if side]
        assert [set(one.split(", ")) for one in listed] == [{countries.name(code) for code in side} for side in sides]


def test_every_value_of_the_data_dictionary_has_a_label():
    """Catch a new value of a column that would stop the build or could not be filtered."""
    fields = package.fields(package.resources(record().package)["events"])
    for column in ("kind", "domain", "framework", "status", "tier"):
        assert list(explorer.LABELS[column]) == [one["value"] for one in fields[column]["categories"]]


def test_every_control_has_a_label_and_waits_for_the_script():
    """Catch a field without a name, and a form that does nothing without JavaScript."""
    form = next(page().iter(f"{XHTML}form"))
    assert form.get("hidden") is not None
    labels = {label.get("for") for label in form.iter(f"{XHTML}label")}
    for tag in ("select", "input"):
        for field in form.iter(f"{XHTML}{tag}"):
            assert field.get("id") in labels or field.get("type") == "checkbox"
    columns = [box.get("value") for box in form.iter(f"{XHTML}input") if box.get("type") == "checkbox"]
    assert columns == [column for column in explorer.COLUMNS if column != "name"]


def test_blank_cells_say_why():
    """Catch an empty cell or a bare nan."""
    for row in rows(page()).values():
        for column, cell in cells(row).items():
            assert text(cell) not in ("", "nan", "None", "–"), (row.get("data-id"), column)


@pytest.mark.parametrize(("start", "end", "said"), [
    ("2005-08-18", "2005-08-25", ["18", "25 Aug 2005"]), ("2014-03-28", "2014-04-03", ["28 Mar", "3 Apr 2014"]),
    ("2011-12-30", "2012-01-02", ["30 Dec 2011", "2 Jan 2012"]), ("2018-07-03", "2018-08", ["3 Jul 2018", "Aug 2018"]),
    ("2022-05-24", "2022-05-24", ["24 May 2022"]), ("2016-04-12", "", ["12 Apr 2016"]), ("1999", "", ["1999"]),
    ("2018-07", "2018-08", ["Jul", "Aug 2018"]), ("2019", "2021", ["2019", "2021"]),
    ("2024-02", "2024-02", ["Feb 2024"])])
def test_dates_are_as_exact_as_known(start, end, said):
    """Catch a day that nobody gave, or a year that is left out where the two differ."""
    assert [words for _, words in dates.dates(start, end)] == said
    assert [date for date, _ in dates.dates(start, end)] == [start, end][:len(said)]


@pytest.mark.slow
def test_rows_beyond_the_first_two_hundred_are_there():
    """Catch a table cut at the number of rows that the script shows at once."""
    listed = explorer.listing(reading())
    many = pd.concat([listed.assign(event_id=listed["event_id"] + f"-{n}") for n in range(3)])
    assert len(rows(parsed(explorer.page(many, record().as_of)))) == 3 * len(listed) > explorer.AT_ONCE


def test_script_and_styles_know_how_many_rows_there_are_at_once():
    """Catch a script that shows another number of rows than a body of the table holds."""
    from drills.site.theming import ASSETS

    assert f"STEP = {explorer.AT_ONCE}," in (ASSETS / "explorer.js").read_text(encoding="utf-8")
