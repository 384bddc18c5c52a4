"""Small pictures beside a number: SVG in the colours of the page, without a word that is not in the text beside them.

Each gives one picture of `WIDTH` by at most `HEIGHT` pixels, hidden from assistive technology, which has the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ...templating import render

WIDTH, HEIGHT, NAMES = 160, 72, 44
# Pixels for a line of text and for a level bar, the shortest bar that can be seen, and the radius of a dot.
LINE, BAR, LEAST, RADIUS = 14.0, 8.0, 1.5, 4.0


@dataclass(frozen=True)
class Box:
    """A filled rectangle, or with is_open its outline; role: a colour of the palette."""

    x: float
    y: float
    width: float
    height: float
    role: str
    is_open: bool = False


@dataclass(frozen=True)
class Dot:
    """A dot at a place, or with is_open a ring."""

    x: float
    y: float
    role: str
    is_open: bool = False


@dataclass(frozen=True)
class Word:
    """Words at a place, which is that of their start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"


def picture(height: float, boxes: Sequence[Box] = (), dots: Sequence[Dot] = (), words: Sequence[Word] = ()) -> Markup:
    """The picture of these parts, those listed last on top."""
    return Markup(render("site/pages/parts/tiny.html.jinja", width=WIDTH, height=round(height), boxes=boxes, dots=dots,
                         words=words, radius=RADIUS))


def columns(values: Sequence[int], n_open: int = 0) -> Markup:
    """A column for each value, the last `n_open` of them not over and hollow, the one before them set off."""
    step, most = WIDTH / len(values), max([*values, 1])
    last = len(values) - n_open - 1
    boxes = [Box(number * step + 0.5, HEIGHT - (size := HEIGHT * value / most), step - 1.5, size,
                 "accent" if number == last else "both", number > last)
             for number, value in enumerate(values) if value]
    return picture(HEIGHT, boxes)


def levels(bars: Sequence[tuple[str, str, float, float]]) -> Markup:
    """A level bar for each (words, role, from, to) on one scale from zero, words above it; one from more than zero is
    a range and hollow."""
    scale, step = WIDTH / max(end for *_, end in bars), LINE + BAR + 2
    boxes, words = [], []
    for number, (text, role, start, end) in enumerate(bars):
        top = number * step
        words.append(Word(0, top + LINE - 4, text))
        boxes.append(Box(start * scale + 0.5, top + LINE, max((end - start) * scale - 1, LEAST), BAR, role, start > 0))
    return picture(len(bars) * step, boxes, words=words)


def shares(parts: Sequence[tuple[str, str, int]]) -> Markup:
    """One bar of two parts (words, role, number), the first named above it and the other below."""
    scale, start, boxes = WIDTH / max(sum(number for *_, number in parts), 1), 0.0, []
    for _, role, number in parts:
        boxes.append(Box(start, LINE + 2, max(number * scale - 1, 0), 2 * BAR, role))
        start += number * scale
    words = [Word(0, LINE - 3, f"{parts[0][0]} {parts[0][2]}"),
             Word(WIDTH, 2 * LINE + 2 * BAR, f"{parts[1][0]} {parts[1][2]}", "end")]
    return picture(2 * LINE + 2 * BAR + 6, boxes, words=words)


def parts(rows: Sequence[tuple[str, int, int]]) -> Markup:
    """A level bar for each (words, so many, of so many): the part filled, the rest hollow, on one scale."""
    scale, boxes, words = (WIDTH - NAMES) / max(total for *_, total in rows), [], []
    step = HEIGHT / len(rows)
    for number, (text, part, total) in enumerate(rows):
        top = number * step + 3
        words.append(Word(0, top + 10, text))
        boxes += [Box(NAMES, top, part * scale, step - 6, "both"),
                  Box(NAMES + 0.5, top + 0.5, total * scale - 1, step - 7, "muted", True)]
    return picture(HEIGHT, boxes, words=words)


def dots(values: Sequence[float], marked: int) -> Markup:
    """A dot for each value on a line from zero, the one at `marked` set off and named, the others open."""
    scale = (WIDTH - 2 * RADIUS - 2) / max(*values, 1)
    middle = HEIGHT / 2
    made = [Dot(RADIUS + 1 + value * scale, middle, "accent" if number == marked else "ink", number != marked)
            for number, value in enumerate(values)]
    words = [Word(1, middle + 20, "0"), Word(WIDTH, middle + 20, f"{max(values):.0f}", "end"),
             Word(made[marked].x, middle - 10, f"here {values[marked]:.0f}", "middle")]
    return picture(HEIGHT, [Box(0, middle - 0.5, WIDTH, 1, "grid")], made, words)
