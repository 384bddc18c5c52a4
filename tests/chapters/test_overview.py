"""What the timeline says in words: of the events that the record makes first and largest, and of no others."""

from __future__ import annotations

import pytest

from drills.chapters import overview
from drills.counting.reading import load
from drills.figures.layout import LAYOUTS


def said(folder) -> list[tuple]:
    """Event, year and words of each remark; an event that is none is blank."""
    table = overview.remarks(load(folder))
    return list(zip(table["event_id"].fillna(""), table["year"], table["words"], strict=True))


def test_a_record_with_nothing_to_point_at_is_left_without_words(small):
    """Catch a remark on a series that has no edition, on a total that nobody gave, or on a year with one event."""
    assert said(small.folder) == []


@pytest.mark.parametrize("kind, framework, expected", [
    ("exercise", "bilateral", "First Alpha line"), ("patrol", "bilateral", "First alpha line"),
    ("exercise", "sco", None)])
def test_the_first_edition_of_the_two_alone_is_named(small, monkeypatch, kind, framework, expected):
    """Catch a name in small letters, a patrol as a name, or an edition with others taken for the first."""
    monkeypatch.setattr(overview, "FIRSTS", ("alpha-line",))
    small.edit("series", 2, "kind", kind)
    small.edit("events", 2, "framework", framework)
    assert said(small.folder) == ([("2021-alpha", 2021, expected)] if expected else [])


def test_an_earlier_edition_with_others_is_not_hidden(small, monkeypatch):
    """Catch the second edition of a series called its first."""
    monkeypatch.setattr(overview, "FIRSTS", ("alpha-line",))
    small.edit("events", 2, "framework", "sco")
    small.edit("events", 3, "series", "alpha-line")
    assert said(small.folder) == [("2022-watch", 2022, "First bilateral Alpha line")]


def test_the_largest_total_and_every_year_with_most_are_named(small):
    """Catch a largest event that is not, or one of two years with equally many left out."""
    small.edit("claims", 6, "measure", "troops")
    small.edit("claims", 6, "scope", "ALL")
    assert ("2022-watch", 2022, "Sea watch 2022: largest official total") in said(small.folder)
    small.edit("events", 3, "start_date", "2021-05")
    assert [one for one in said(small.folder) if not one[0]] == [("", 2021, "Most in one year: 2")]


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_what_is_said_stands_in_both_views(reading, layout):
    """Catch words that the chart has and the interactive view has not, or a named event without its ring."""
    card = overview.timeline(reading)
    words = list(overview.remarks(reading)["words"])
    svg, view = card.svg(layout), card.interactive()[layout.name]["layout"]
    assert len(words) >= 3
    for one in words:
        assert one in svg and one in card.alt
        assert one in [annotation["text"] for annotation in view["annotations"]]


def test_words_stay_within_the_picture(reading):
    """Catch a remark that runs out of the picture or over another one."""
    card = overview.timeline(reading)
    for layout in LAYOUTS:
        figure = card.picture(layout)
        card.svg(layout)
        figure.draw_without_rendering()
        words = set(overview.remarks(reading)["words"])
        boxes = [text.get_window_extent() for text in figure.axes[0].texts if text.get_text() in words]
        width = figure.get_size_inches()[0] * figure.dpi
        assert len(boxes) == len(words) and all(box.x0 >= 0 and box.x1 <= width for box in boxes)
        assert not any(one.overlaps(other) for one in boxes for other in boxes if one is not other)
