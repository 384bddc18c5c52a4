"""The form for one event: every figure as it was said, one mark each, in rows by measure and whose, on a log axis.

Marks that would lie on each other are stacked. What the figures together allow lies behind them as a band. Positions
are worked out here, in pixels, so that nothing has to be moved once it is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from .. import look
from ..keys import axis_on_top
from ..layout import Layout, of_claims, stands_for
from ..rows import balanced

COLOUR = look.LIGHT
# Pixels: the height of a mark in its stack, half its width and of the room that it keeps free, an open end, a line of
# words, the room above and below the marks of a row, what an estimate stands off from its ends.
PITCH, HALF, OPEN_END, LINE, PAD, MARGIN = 8.0, 4.5, 11.0, 15.0, 6.0, 7.0
# Width of a letter in the font that matplotlib measures with, and the least room that names are written into.
LETTER, LEAST_ROOM = 7.0, 50.0
# Pixels left of the least and right of the largest figure, and for the names of rows, by layout.
ROOM = {"wide": (26.0, 170.0, 176.0), "narrow": (22.0, 84.0, 2.0)}
LABEL_WIDTH = {"wide": 23, "narrow": 44}
KEY_LINE, AXIS = 20.0, 42.0
# Pixels beyond the largest figure up to which the axis has ticks.
BEYOND = 40.0
# Decades that an axis shows at least, and up to which it has ticks between its decades.
LEAST_SPAN, FEW_DECADES = 0.6, 1.7


@dataclass(frozen=True)
class Style:
    """How one kind of figure is drawn: words of the key, marker, colour role, and how much of it is filled (0 to 1)."""

    label: str
    marker: str
    role: str
    fill: float

    def shown(self) -> dict:
        """The same as arguments of a line without a line."""
        face = COLOUR["paper"] if not self.fill else COLOUR[self.role] if self.fill == 1 else (COLOUR[self.role],
                                                                                              self.fill)
        # a diamond stands on its corner
        size = 6.0 if self.marker == "D" else 7.5
        return {"linestyle": "", "marker": self.marker, "markersize": size, "color": COLOUR[self.role],
                "markeredgewidth": 1.4, "markerfacecolor": face}


# Kinds of figures, in the order in which they are stacked.
STYLES = {"official": Style("Official", "o", "both", 1), "relayed": Style("Repeated by others", "o", "both", 0.3),
          "assessed": Style("Assessed by others", "D", "china", 0), "planned": Style("Planned", "o", "other", 0),
          "planned_assessed": Style("Planned, assessed", "D", "other", 0),
          "excluded": Style("Set aside by a ruling", "x", "other", 0)}
# Colour role and dash of the line below an estimate.
SIDES = {"official": ("both", "-"), "assessed": ("china", (0, (3, 2)))}


@dataclass(frozen=True)
class Scale:
    """A log axis worked out beforehand: pixels for a figure, and the figure at a pixel, from the left of the axes."""

    least: float
    most: float
    left: float
    per_decade: float

    def pixel(self, figure: float) -> float:
        return self.left + self.per_decade * math.log10(figure / self.least)

    def figure(self, pixel: float) -> float:
        return self.least * 10 ** ((pixel - self.left) / self.per_decade)


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


def draw_statements(layout: Layout, table: pd.DataFrame, bands: pd.DataFrame) -> Figure:
    """Rows of marks for the figures of one event.

    table: one row for each figure: claim_id, row (words of the row that it stands in, those of one row together),
    low and high (NaN open; not both), style (of STYLES), claimant. bands: one row for each estimate in use: row, side
    (of SIDES), low, best, high (NaN open).
    """
    left, right, names = ROOM[layout.name]
    width = layout.width - names - 2
    scale = scale_of(table, width, left, right)
    rows = {name: stacked(own, scale) for name, own in table.groupby("row", sort=False)}
    key = key_of(table, bands)
    keys = KEY_LINE * math.ceil(len(key) / across(layout))
    wrapped = {name: balanced(str(name), LABEL_WIDTH[layout.name]) for name in rows}
    heights = {name: height_of(layout, marks, wrapped[name]) for name, marks in rows.items()}
    figure = layout.figure(keys + AXIS + sum(heights.values()) + 4)
    figure.set_layout_engine("none")
    box = (names / layout.width, 4 / (figure.get_figheight() * 72), width / layout.width,
           sum(heights.values()) / (figure.get_figheight() * 72))
    axes = figure.add_axes(box)
    set_axis(axes, scale, width, sum(heights.values()))
    top = 0.0
    for name, marks in rows.items():
        foot = top + heights[name] - PAD
        own = bands[bands["row"] == name]
        draw_bands(axes, own, scale, foot, top + PAD + LINE * len(wrapped[name]) * layout.is_narrow)
        name_row(axes, layout, wrapped[name], top, foot)
        name_claimants(axes, marks, scale, foot, width)
        if top:
            axes.axhline(top, color=COLOUR["grid"], linewidth=0.8, zorder=0)
        top += heights[name]
    feet = dict(zip(heights, (pd.Series(heights).cumsum() - PAD).tolist(), strict=True))
    draw_marks(axes, rows, feet, scale, table["claim_id"])
    figure.legend(handles=key, loc="upper left", bbox_to_anchor=(0, 1), ncols=across(layout), frameon=False,
                  labelcolor=COLOUR["ink"], handletextpad=0.5, borderpad=0, columnspacing=1.4, borderaxespad=0)
    return figure


def across(layout: Layout) -> int:
    """Words of the key beside each other."""
    return 2 if layout.is_narrow else 4


def key_of(table: pd.DataFrame, bands: pd.DataFrame) -> list[Line2D]:
    """A mark for each style there is, then a line for each side that has an estimate."""
    styles = [Line2D([], [], label=style.label, **style.shown()) for name, style in STYLES.items()
              if (table["style"] == name).any()]
    lines = [Line2D([], [], color=COLOUR[role], linestyle=dash, linewidth=2.4, marker="|", markersize=9,
                    markeredgewidth=2, label="Estimate" if side == "official" else "Estimate, assessed")
             for side, (role, dash) in SIDES.items() if (bands["side"] == side).any()]
    return [*styles, *lines]


def scale_of(table: pd.DataFrame, width: float, left: float, right: float) -> Scale:
    """The axis for all figures of a table, on so many pixels, with room left and right of them."""
    ends = pd.concat([table["low"], table["high"]])
    least, most = float(ends.min()), float(ends.max())
    span = max(math.log10(most / least), LEAST_SPAN)
    return Scale(least, most, left, (width - left - right) / span)


def set_axis(axes: Axes, scale: Scale, width: float, height: float) -> None:
    """A log axis above the rows; upright, pixels from the top."""
    axes.set_xscale("log")
    axes.set_xlim(scale.figure(0), scale.figure(width))
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    decades = range(math.floor(math.log10(scale.figure(0))), math.ceil(math.log10(scale.figure(width))) + 1)
    shares = (1, 2, 5) if width / scale.per_decade < 2 * FEW_DECADES else (1,)
    ticks = [share * 10.0 ** decade for decade in decades for share in shares
             if 0 <= scale.pixel(share * 10.0 ** decade) <= scale.pixel(scale.most) + BEYOND]
    axes.set_xticks(ticks, [f"{tick:,.10g}" for tick in ticks])
    axes.set_xticks([], minor=True)
    axis_on_top(axes, "Number, in the unit of its row (log scale)")


def stacked(table: pd.DataFrame, scale: Scale) -> list[Placed]:
    """The marks of one row, each at the lowest place where it lies on no other, official figures at the bottom."""
    order = table.assign(rank=table["style"].map(list(STYLES).index))
    order = order.sort_values(["rank", "low", "high", "claimant"], kind="stable", na_position="first")
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for row in order.itertuples():
        is_open = pd.isna(row.low), pd.isna(row.high)
        low, high = (row.high if is_open[0] else row.low), (row.low if is_open[1] else row.high)
        left, right = scale.pixel(low), scale.pixel(high)
        middle = (left + right) / 2
        left, right = left - OPEN_END * is_open[0], right + OPEN_END * is_open[1]
        span = left - HALF, right + HALF
        level = next((number for number, others in enumerate(taken)
                      if all(span[1] <= other[0] or span[0] >= other[1] for other in others)), len(taken))
        taken += [[]] if level == len(taken) else []
        taken[level].append(span)
        placed.append(Placed(row.Index, row.style, left, middle, right, level, is_open, row.claimant))
    return placed


def height_of(layout: Layout, marks: Sequence[Placed], label: Sequence[str]) -> float:
    """Pixels of a row: its stack, and its name beside it or, on a phone, above it."""
    stack = PITCH * (1 + max(mark.level for mark in marks)) + PAD
    words = LINE * len(label)
    return 2 * PAD + (words + max(stack, LINE) if layout.is_narrow else max(stack, words, LINE))


def at(mark: Placed, foot: float) -> float:
    """The height of a mark's middle, in pixels from the top; foot: that of its row."""
    return foot - PAD - PITCH * (mark.level + 0.5)


def draw_marks(axes: Axes, rows: dict[str, list[Placed]], feet: dict[str, float], scale: Scale,
               claim_ids: pd.Series) -> None:
    """All marks, those of one style together, with their open ends and ranges."""
    for name, style in STYLES.items():
        own = [(mark, at(mark, feet[row])) for row, marks in rows.items() for mark in marks if mark.style == name]
        if not own:
            continue
        reach = [(mark, y) for mark, y in own if mark.right - mark.left > 0]
        if reach:
            axes.hlines([y for _, y in reach], [scale.figure(mark.left) for mark, _ in reach],
                        [scale.figure(mark.right) for mark, _ in reach], color=COLOUR[style.role], linewidth=1.4,
                        zorder=2)
        for is_right, arrow in enumerate("<>"):
            ends = [(scale.figure(mark.right if is_right else mark.left), y) for mark, y in own
                    if mark.is_open[is_right]]
            if ends:
                axes.plot(*zip(*ends, strict=True), linestyle="", marker=arrow, markersize=5,
                          color=COLOUR[style.role], zorder=2)
        drawn, = axes.plot([scale.figure(mark.middle) for mark, _ in own], [y for _, y in own], zorder=3,
                           **style.shown(), gid=of_claims(claim_ids[mark.label] for mark, _ in own))
        stands_for(drawn, [(mark.label,) for mark, _ in own])


def draw_bands(axes: Axes, bands: pd.DataFrame, scale: Scale, foot: float, top: float) -> None:
    """Each estimate of a row: a band from its low to its high behind the marks, on a line with a tick at its best."""
    edge = scale.pixel(axes.get_xlim()[1])
    for number, band in enumerate(bands.itertuples()):
        role, dash = SIDES[band.side]
        low, high = (scale.pixel(band.best if pd.isna(end) else end) for end in (band.low, band.high))
        left = max(low - (2 * OPEN_END if pd.isna(band.low) else MARGIN), 1.0)
        right = min(high + (2 * OPEN_END if pd.isna(band.high) else MARGIN), edge - 1.0)
        y, ends = foot + 1 + 4 * number - 4 * (len(bands) > 1), [scale.figure(left), scale.figure(right)]
        axes.fill_between(ends, [top, top], [y, y], color=COLOUR["band"], linewidth=0, zorder=0.5)
        axes.plot(ends, [y, y], color=COLOUR[role], linestyle=dash, linewidth=2.2, zorder=1)
        axes.plot([band.best], [y], linestyle="", marker="|", markersize=8, markeredgewidth=2, color=COLOUR[role],
                  zorder=1)


def name_row(axes: Axes, layout: Layout, lines: Sequence[str], top: float, foot: float) -> None:
    """The name of a row, left of it at its foot or, on a phone, above it."""
    beside = {"y": foot, "ha": "right", "va": "bottom", "x": -8 / (layout.width - ROOM[layout.name][2])}
    above = {"y": top + PAD + LINE * len(lines), "ha": "left", "va": "bottom", "x": 0}
    axes.text(s="\n".join(lines), transform=axes.get_yaxis_transform(), color=COLOUR["ink"], linespacing=1.15,
              **(above if layout.is_narrow else beside))


def name_claimants(axes: Axes, marks: Sequence[Placed], scale: Scale, foot: float, width: float) -> None:
    """Who said the figures of each stack, beside it, as far as there is room; all are named on hover."""
    for stack in stacks_of(marks):
        others = [mark for mark in marks if mark not in stack]
        names = list(dict.fromkeys(mark.claimant for mark in stack))
        tried = [words for is_right in (True, False) for words in beside(stack, others, names, is_right, width)]
        lines, level, pixel, side = max(tried, key=lambda words: len("".join(words[0])), default=([], 0, 0, ""))
        if lines:
            axes.text(scale.figure(pixel), foot - PAD - PITCH * level, "\n".join(lines), ha=side, va="center",
                      color=COLOUR["muted"], linespacing=1.1)


def beside(stack: Sequence[Placed], others: Sequence[Placed], names: Sequence[str], is_right: bool,
           width: float) -> Iterator[tuple[list[str], float, float, str]]:
    """Places for the names of a stack on one side of it, from each height where another mark no longer is in the way.

    Yields the lines, the level of their middle, the pixel that they begin or end at, and how they are aligned.
    """
    top, gap = max(mark.level for mark in stack) + 1, HALF + 4
    start = max(mark.right for mark in stack) + gap if is_right else min(mark.left for mark in stack) - gap
    for foot in sorted({0, *(mark.level + 1 for mark in others if mark.level + 1 < top)}):
        in_way = [mark for mark in others if mark.level >= foot]
        room = (min([mark.left - gap for mark in in_way if mark.left > start - gap] + [width]) - start if is_right else
                start - max([mark.right + gap for mark in in_way if mark.right < start + gap] + [0.0]))
        if room >= LEAST_ROOM:
            lines = listed(names, int(room / LETTER), max(int(PITCH * (top - foot) / LINE), 1))
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
