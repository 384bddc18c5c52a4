"""The form for one event: every figure as it was said, one mark each, in rows by measure and whose, on a log axis.

Marks that would lie on each other are stacked. What the figures together allow lies behind them as a band.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from ..drawing import LETTER, Area, Drawing, Item, Line, Mark, Words
from ..layout import Layout
from ..look import SMALL_SIZE
from ..rows import balanced

# Pixels: the height of a mark in its stack, half its width and the room that it keeps free, an open end, a line of
# words, the room above and below the marks of a row, what an estimate stands off from its ends.
PITCH, HALF, OPEN_END, LINE, PAD, MARGIN = 8.0, 4.5, 11.0, 15.0, 6.0, 7.0
# Pixels: of a letter, and the least room that names are written into.
LETTER_WIDTH, LEAST_ROOM = SMALL_SIZE * LETTER, 50.0
# Pixels left of the least and right of the largest figure, and for the names of rows, by layout.
ROOM = {"wide": (26.0, 170.0, 176.0), "narrow": (22.0, 84.0, 2.0)}
LABEL_LETTERS = {"wide": 23, "narrow": 44}
# Pixels of a line of the key and of the axis above the rows; words of the key beside each other.
KEY_LINE, AXIS, ACROSS = 20.0, 40.0, {"wide": 4, "narrow": 2}
# Pixels beyond its span up to which the axis has ticks.
BEYOND = 40.0
# Decades that an axis shows at least.
LEAST_SPAN = 0.6
# Where an axis may have ticks, the densest first: shares of a decade, and of how many decades one.
TICKS = (((1, 2, 5), 1), ((1, 3), 1), *(((1,), step) for step in range(1, 7)))


@dataclass(frozen=True)
class Style:
    """How one kind of figure is drawn: words of the key, shape, colour role, and how much of it is filled (0 to 1)."""

    label: str
    shape: str
    role: str
    fill: float

    @property
    def size(self) -> float:
        """Pixels across; a diamond stands on its corner."""
        return 8.6 if self.shape == "D" else 7.0


# Kinds of figures, in the order in which they are stacked.
STYLES = {"official": Style("Official", "o", "both", 1), "relayed": Style("Repeated by others", "o", "both", 0.3),
          "assessed": Style("Assessed by others", "D", "china", 0), "planned": Style("Planned", "o", "other", 0),
          "planned_assessed": Style("Planned, assessed", "D", "other", 0),
          "excluded": Style("Not counted", "x", "other", 0)}
# Words of the key, colour role and whether the line below an estimate is dashed.
SIDES = {"official": ("Estimate", "both", False), "assessed": ("Estimate, assessed", "china", True)}


@dataclass(frozen=True)
class Scale:
    """A log axis: pixels from the left of the picture for a figure.

    span: decades from the least figure to the largest or beyond; start: where the axis begins; width: of it all.
    """

    least: float
    span: float
    start: float
    left: float
    per_decade: float
    width: float

    def pixel(self, figure: float) -> float:
        return self.start + self.left + self.per_decade * math.log10(figure / self.least)

    def ticks(self) -> list[tuple[float, str, float]]:
        """Pixels, label and middle of the label of each tick: as many ticks as there can be without labels that meet.

        A label that would leave the picture by no more than a letter is moved, else its tick is left out.
        """
        for shares, step in TICKS:
            found = []
            for tick in self._ticks(shares, step):
                at, label = self.pixel(tick), f"{tick:,.10g}"
                middle = min(max(at, half(label)), self.width - half(label))
                if abs(at - middle) <= LETTER_WIDTH:
                    found.append((at, label, middle))
            if all(after[2] - half(after[1]) - before[2] - half(before[1]) >= LETTER_WIDTH
                   for before, after in pairwise(found)):
                break
        return found

    def _ticks(self, shares: tuple[int, ...], step: int) -> list[float]:
        """All ticks of one kind (of TICKS) on the axis."""
        first = math.log10(self.least)
        low, high = first - self.left / self.per_decade, first + self.span + BEYOND / self.per_decade
        every = [share * 10.0 ** decade for decade in range(math.floor(low), math.ceil(high) + 1) for share in shares
                 if decade % step == 0]
        return [tick for tick in every if low <= math.log10(tick) <= high]


@dataclass(frozen=True)
class Placed:
    """One mark: label of its row in the table, its ends and middle in pixels, its place in the stack, who said it."""

    label: object
    style: str
    left: float
    middle: float
    right: float
    level: int
    is_open: tuple[bool, bool]
    claimant: str
    link: tuple[str, str]


def draw_statements(layout: Layout, table: pd.DataFrame, bands: pd.DataFrame) -> Drawing:
    """Rows of marks for the figures of one event.

    table: one row for each figure: row (words of the row that it stands in, those of one row together), low and high
    (NaN open; not both), style (of STYLES), claimant, address and words of its link. bands: one row for each estimate
    in use: row, side (of SIDES), low, best, high (NaN open).
    """
    scale = scale_of(layout, table)
    rows = {name: stacked(own, scale) for name, own in by_row(table).items()}
    estimates = by_row(bands)
    key = list(key_of(layout, table, bands))
    top = KEY_LINE * math.ceil(len(key) / ACROSS[layout.name]) + AXIS
    items: list[Item] = [item for group in key for item in group]
    below: list[Item] = []
    marks: list[Item] = []
    start, foot = top, top
    for name, placed in rows.items():
        label = balanced(str(name), LABEL_LETTERS[layout.name])
        end = foot + height_of(layout, placed, label)
        base, above = end - PAD, foot + PAD + LINE * len(label) * layout.is_narrow
        below += bands_of(estimates.get(name, []), scale, base, above)
        if foot > start:
            below.append(Line(scale.start, foot, scale.width, foot, "grid", 0.8))
        marks += [*marks_of(placed, base), *claimants_of(placed, scale, base), name_of(layout, label, foot, base)]
        foot = end
    grid = axis_of(scale, start, foot)
    # those of one style together: they are one group of the picture
    order = [item for item in marks if not isinstance(item, Mark)]
    shapes = sorted((item for item in marks if isinstance(item, Mark)), key=lambda mark: (mark.role, mark.shape))
    return Drawing(layout.width, foot + 4, [*items, *[one for one in below if isinstance(one, Area)], *grid,
                                            *[one for one in below if not isinstance(one, Area)], *order, *shapes])


def scale_of(layout: Layout, table: pd.DataFrame) -> Scale:
    """The axis for all figures of a table."""
    left, right, names = ROOM[layout.name]
    figures = pd.concat([table["low"], table["high"]])
    least, most = float(figures.min()), float(figures.max())
    span = max(math.log10(most / least), LEAST_SPAN)
    return Scale(least, span, names, left, (layout.width - names - left - right) / span, layout.width)


def key_of(layout: Layout, table: pd.DataFrame, bands: pd.DataFrame) -> Iterator[list[Item]]:
    """What each style means that there is, then the line of each side that has an estimate."""
    styles = [style for name, style in STYLES.items() if (table["style"] == name).any()]
    sides = [side for name, side in SIDES.items() if (bands["side"] == name).any()]
    across = ACROSS[layout.name]
    entries: list[Any] = [*styles, *sides]
    for number, one in enumerate(entries):
        x, y = layout.width / across * (number % across), KEY_LINE * (number // across) + KEY_LINE / 2
        if isinstance(one, Style):
            yield [Mark(x + 10, y, one.shape, one.size, one.role, one.fill), Words(x + 24, y, (one.label,), "ink")]
        else:
            label, role, is_dashed = one
            yield [Line(x, y, x + 20, y, role, 2.2, is_dashed), Mark(x + 10, y, "|", 8, role),
                   Words(x + 24, y, (label,), "ink")]


def half(label: str) -> float:
    """Half the width of a small text in pixels, at most."""
    return len(label) * LETTER_WIDTH / 2


def axis_of(scale: Scale, top: float, foot: float) -> list[Item]:
    """Ticks above the rows, each with its line."""
    middle, ticks = (scale.start + scale.width) / 2, scale.ticks()
    lines = [Line(at, top, at, foot, "grid", 0.8) for at, _, _ in ticks]
    words = [Words(x, top - 9, (label,), "muted", "center") for _, label, x in ticks]
    return [*lines, *words, Words(middle, top - 25, ("Number, in the unit of its row (log scale)",), "muted", "center")]


def by_row(table: pd.DataFrame) -> dict[str, list]:
    """The lines of a table as tuples, by the row of the picture."""
    found: dict[str, list] = {}
    for line in table.itertuples():
        found.setdefault(line.row, []).append(line)
    return found


def stacked(lines: Sequence, scale: Scale) -> list[Placed]:
    """The marks of one row, each at the lowest place where it lies on no other, official figures at the bottom."""
    ranks = {name: rank for rank, name in enumerate(STYLES)}
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for row in sorted(lines, key=lambda row: (ranks[row.style], scale.pixel(min(ends(row))), row.claimant)):
        is_open = bool(pd.isna(row.low)), bool(pd.isna(row.high))
        left, right = map(scale.pixel, ends(row))
        middle = (left + right) / 2
        left, right = left - OPEN_END * is_open[0], right + OPEN_END * is_open[1]
        span = left - HALF, right + HALF
        level = next((number for number, others in enumerate(taken)
                      if all(span[1] <= other[0] or span[0] >= other[1] for other in others)), len(taken))
        taken += [[]] if level == len(taken) else []
        taken[level].append(span)
        placed.append(Placed(row.Index, row.style, left, middle, right, level, is_open, row.claimant,
                             (row.address, row.words)))
    return placed


def ends(row) -> tuple[float, float]:
    """The least and the largest number of a figure; both the same where an end is open."""
    return row.high if pd.isna(row.low) else row.low, row.low if pd.isna(row.high) else row.high


def height_of(layout: Layout, marks: Sequence[Placed], label: Sequence[str]) -> float:
    """Pixels of a row: its stack, and its name beside it or, on a phone, above it."""
    stack = PITCH * (1 + max(mark.level for mark in marks)) + PAD
    words = LINE * len(label)
    return 2 * PAD + (words + max(stack, LINE) if layout.is_narrow else max(stack, words, LINE))


def marks_of(placed: Sequence[Placed], base: float) -> Iterator[Item]:
    """Each mark, with its range and open ends; base: the height of the bottom of its row."""
    for one in placed:
        style, y = STYLES[one.style], base - PAD - PITCH * (one.level + 0.5)
        if one.right > one.left:
            yield Line(one.left, y, one.right, y, style.role, 1.4)
        for is_here, x, arrow in zip(one.is_open, (one.left, one.right), "<>", strict=True):
            if is_here:
                yield Mark(x, y, arrow, 5, style.role)
        yield Mark(one.middle, y, style.shape, style.size, style.role, style.fill, one.label, one.link)


def bands_of(bands: Sequence, scale: Scale, base: float, top: float) -> Iterator[Item]:
    """Each estimate of a row: a band from its low to its high behind the marks, on a line with a tick at its best."""
    for number, band in enumerate(bands):
        _, role, is_dashed = SIDES[band.side]
        low, high = (scale.pixel(band.best if pd.isna(end) else end) for end in (band.low, band.high))
        left = max(low - (2 * OPEN_END if pd.isna(band.low) else MARGIN), scale.start + 1)
        right = min(high + (2 * OPEN_END if pd.isna(band.high) else MARGIN), scale.width - 1)
        y, best = base + 1 + 4 * number - 4 * (len(bands) > 1), scale.pixel(band.best)
        yield Area(left, top, right, y, "band")
        yield Line(left, y, right, y, role, 2.2, is_dashed)
        yield Line(best, y - 4, best, y + 4, role, 2.0)


def name_of(layout: Layout, lines: Sequence[str], top: float, base: float) -> Words:
    """The name of a row, left of it at its bottom or, on a phone, above it."""
    if layout.is_narrow:
        return Words(0, top + PAD + LINE * len(lines) / 2, tuple(lines), "ink")
    return Words(ROOM["wide"][2] - 8, base - PAD - LINE * len(lines) / 2 + 4, tuple(lines), "ink", "right")


def claimants_of(marks: Sequence[Placed], scale: Scale, base: float) -> Iterator[Words]:
    """Who said the figures of each stack, beside it, as far as there is room; all are named where a mark is pointed at.
    """
    for stack in stacks_of(marks):
        others = [mark for mark in marks if mark not in stack]
        names = list(dict.fromkeys(mark.claimant for mark in stack))
        tried = [words for is_right in (True, False) for words in beside(stack, others, names, is_right, scale)]
        lines, level, pixel, side = max(tried, key=lambda words: len("".join(words[0])), default=([], 0, 0, ""))
        if lines:
            yield Words(pixel, base - PAD - PITCH * level, tuple(lines), "muted", side)


def beside(stack: Sequence[Placed], others: Sequence[Placed], names: Sequence[str], is_right: bool,
           scale: Scale) -> Iterator[tuple[list[str], float, float, str]]:
    """Places for the names of a stack on one side of it, from each height where another mark no longer is in the way.

    Yields the lines, the level of their middle, the pixel that they begin or end at, and how they are aligned.
    """
    top, gap = max(mark.level for mark in stack) + 1, HALF + 4
    start = max(mark.right for mark in stack) + gap if is_right else min(mark.left for mark in stack) - gap
    for foot in sorted({0, *(mark.level + 1 for mark in others if mark.level + 1 < top)}):
        in_way = [mark for mark in others if mark.level >= foot]
        room = (min([mark.left - gap for mark in in_way if mark.left > start - gap] + [scale.width]) - start
                if is_right else
                start - max([mark.right + gap for mark in in_way if mark.right < start + gap] + [scale.start]))
        most = max(int(PITCH * (top - foot) / LINE), int(not foot))
        if room >= LEAST_ROOM and most:
            lines = listed(names, int(room / LETTER_WIDTH), most)
            yield lines, (top + foot) / 2, start, "left" if is_right else "right"


def stacks_of(marks: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Marks that lie above each other, from the left; those of a stack as they were placed."""
    stack: list[Placed] = []
    for mark in sorted(marks, key=lambda mark: mark.left):
        if stack and mark.left > max(other.right for other in stack) + HALF:
            yield sorted(stack, key=lambda mark: mark.level)
            stack = []
        stack.append(mark)
    yield sorted(stack, key=lambda mark: mark.level)


def listed(names: Sequence[str], width: int, most: int) -> list[str]:
    """Names in at most so many lines of so many letters, the rest counted; nothing if not even the first fits."""
    for shown in range(len(names), 0, -1):
        left = len(names) - shown
        text = ", ".join(names[:shown]) + (f" + {left}" if left else "")
        lines: list[str] = [""]
        for word in text.split(" "):
            if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
                lines.append(word)
            else:
                lines[-1] = f"{lines[-1]} {word}".strip()
        if len(lines) <= most and max(map(len, lines)) <= width:
            return lines
    return []
