"""Every card of every chapter on records that lack what it draws."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

from drills import chapters, checks
from drills.counting.reading import Reading
from drills.figures.card import Card
from drills.record import tables
from tests.helpers import every_card

# all pages or cards are made first
pytestmark = pytest.mark.slow

# tables of the small record that lose every row, and words of its events that change
LACKS = {
    "what counts": ([], {",core,": ",wider,"}),
    "what was held": (["date_claims"], {",held,": ",planned,"}),
    "patrols, the wider tier": ([], {",sea-watch,core,patrol,": ",sea-watch,core,exercise,", ",wider,": ",core,"}),
    "places, figures": (["claims", "rulings"], {",38.0,106.0,point,": ",,,unknown,", ",56.3,42.9,": ",,,"}),
    "context, others": (["milestones", "searches", "facts", "outside_rows", "outside_lists", "published_counts",
                         "nearest_rules", "withdrawn"], {}),
}


def makers() -> dict[str, object]:
    """The function behind each card of the book, by chapter and name."""
    names = {path.stem for path in Path(chapters.__file__).parent.glob("*.py")} - {"__init__", "common"}
    rooms = [importlib.import_module(f"drills.chapters.{name}") for name in sorted(names)]
    return {f"{room.__name__.rpartition('.')[2]}.{name}": made for room in rooms
            for name, made in inspect.getmembers(room, inspect.isfunction)
            if made.__module__ == room.__name__ and inspect.signature(made).return_annotation == "Card"
            and list(inspect.signature(made).parameters) == ["reading"]}


@pytest.mark.parametrize("lacking", LACKS)
def test_a_record_that_lacks_something_is_drawn(small, lacking):
    """Catch a card or a number that stops the build where there is nothing to show."""
    emptied, changes = LACKS[lacking]
    for table in emptied:
        small.path(table).write_text(small.path(table).read_text(encoding="utf-8").partition("\n")[0] + "\n",
                                     encoding="utf-8")
    text = small.path("events").read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    small.path("events").write_text(text, encoding="utf-8")
    reading = Reading(tables.load(small.folder))
    cards = {name: make(reading) for name, make in makers().items()}
    assert len({card.card_id for card in cards.values()}) == len(cards) > 35
    # a link to a card leads to it also where it has nothing to show
    assert {card.card_id for card in cards.values()} == every_card.cards().keys()
    for name, card in cards.items():
        # drawn in both layouts
        assert card.views({label: at for at, label in enumerate(card.table.index)}).keys() == {"wide", "narrow"}, name
        assert "nan" not in card.title + card.subtitle + card.note, name
    said = chapters.numbers(reading, chapters.NAMES)
    assert not [f"{chapter}: {number}" for chapter, numbers in said.items() for number, words in numbers.items()
                if not words or "nan" in words.split()]


def test_a_card_without_marks_says_so(small):
    """Catch an empty frame that a reader takes for a fault, and a link to the card that leads nowhere."""
    small.swap("events", ",sea-watch,core,patrol,", ",sea-watch,core,exercise,")
    small.swap("events", ",sea-watch,wider,patrol,", ",sea-watch,wider,exercise,")
    small.swap("series", ",patrol,false,", ",exercise,false,")
    card = makers()["series.patrols"](Reading(tables.load(small.folder)))
    assert isinstance(card, Card) and card.card_id == "joint-patrols"
    assert card.title == "No joint patrol was held" and not len(card.table)
    page = card.html(is_on_site=True)
    assert 'id="joint-patrols"' in page and "Nothing to draw" in page and "0 rows" in page


def test_a_record_without_events_is_refused(small):
    """Catch a record emptied by mistake, which no chapter can be made of."""
    for table in ("events", "participants", "claims", "date_claims", "facts", "rulings", "searches", "outside_rows",
                  "outside_lists", "milestones", "published_counts", "nearest_rules", "withdrawn"):
        small.path(table).write_text(small.path(table).read_text(encoding="utf-8").partition("\n")[0] + "\n",
                                     encoding="utf-8")
    [problem] = [one for one in checks.check(small.folder) if one.rule == "the record has no event"]
    assert problem.file.endswith("events.csv") and problem.line == 1 and "python -m drills new event" in problem.fix
