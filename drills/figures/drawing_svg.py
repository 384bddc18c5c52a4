"""A drawing as SVG: inline in a page, in the colours of its palette and with links, or a file that stands alone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from markupsafe import escape

from ..wording import tongues
from . import look
from .drawing import Area, Drawing, Line, Mark, Words
from .svg import SVG

ANCHORS = {"left": "start", "right": "end", "center": "middle"}
# Half the height of a letter, from the middle of a line to the bottom of its letters, beside its size.
FOOT = 0.36
EDGE = 1.4


def inline(drawing: Drawing, prefix: str, title: str, description: str) -> str:
    """The <svg> element of a page. The drawing is hidden from assistive technology, which has the same links in the
    table: an image may hold nothing that can be operated."""
    parts = "".join(_parts(drawing, lambda role: f"var(--jd-{role})", is_linked=True))
    return (f'<svg xmlns="{SVG}" viewBox="0 0 {" ".join(size(drawing))}" class="jd-svg" role="group" '
            f'aria-labelledby="{prefix}-title" aria-describedby="{prefix}-desc">'
            f'<title id="{prefix}-title">{escape(title)}</title><desc id="{prefix}-desc">{escape(description)}</desc>'
            f'<g aria-hidden="true" font-size="{look.SMALL_SIZE}" stroke-width="{EDGE}">{parts}</g></svg>')


def file(drawing: Drawing, title: str, description: str) -> str:
    """An SVG file in plain colours on paper, without links."""
    return alone(drawing.width, drawing.height, title, description, plain(drawing))


def plain(drawing: Drawing) -> str:
    """A drawing as it is part of a file that stands alone."""
    parts = "".join(_parts(drawing, lambda role: look.LIGHT[role], is_linked=False))
    return f'<g font-size="{look.SMALL_SIZE}" stroke-width="{EDGE}">{parts}</g>'


def alone(width: float, height: float, title: str, description: str, inside: str) -> str:
    """What is drawn as an SVG file that stands alone, on paper."""
    size = _n(width), _n(height)
    across = 'width="{}" height="{}"'.format(*size)
    return (f'<svg xmlns="{SVG}" viewBox="0 0 {" ".join(size)}" {across} role="img" '
            f'font-family="system-ui, sans-serif" stroke-linejoin="round"><title>{escape(title)}</title>'
            f'<desc>{escape(description)}</desc><rect {across} fill="{look.LIGHT["paper"]}"/>{inside}</svg>\n')


def size(drawing: Drawing) -> tuple[str, str]:
    """Width and height in pixels, as they are written."""
    return _n(drawing.width), _n(drawing.height)


def _n(number: float) -> str:
    """A number of pixels, to a tenth."""
    return f"{number:.1f}".removesuffix(".0")


def _parts(drawing: Drawing, colour: Callable[[str], str], is_linked: bool) -> list[str]:
    """The items as elements, marks that look the same in one group."""
    def look_of(item) -> tuple:
        return (item.shape, item.role, item.fill) if isinstance(item, Mark) else (id(item),)

    made = []
    for _, same in groupby(drawing.items, key=look_of):
        items = list(same)
        if isinstance(items[0], Mark):
            made.append(_marks([item for item in items if isinstance(item, Mark)], colour, is_linked))
        else:
            made += [_ELEMENTS[type(item)](item, colour) for item in items]
    return made


def _marks(marks: list[Mark], colour: Callable[[str], str], is_linked: bool) -> str:
    first = marks[0]
    fill = (f'fill="{colour("paper")}"' if not first.fill else f'fill="{colour(first.role)}"'
            + (f' fill-opacity="{first.fill:g}"' if first.fill < 1 else ""))
    inside = "".join(_linked(mark, _shape(mark)) if is_linked else _shape(mark) for mark in marks)
    return f'<g {fill} stroke="{colour(first.role)}">{inside}</g>'


def _linked(mark: Mark, shape: str) -> str:
    """A mark as a link, whose title is shown where it is pointed at."""
    address, words = mark.link
    if not address:
        return shape
    return f'<a href="{escape(address)}" tabindex="-1"><title>{escape(words)}</title>{shape}</a>'


def _shape(mark: Mark) -> str:
    x, y, half = mark.x, mark.y, mark.size / 2
    if mark.shape == "o":
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{half:g}"/>'
    paths = {"D": f"l{half:g} {half:g} {-half:g} {half:g} {-half:g} {-half:g}z",
             "x": f"l{mark.size:g} {mark.size:g}m{-mark.size:g} 0l{mark.size:g} {-mark.size:g}",
             "|": f"v{mark.size:g}", ">": f"l{mark.size:g} {half:g}{-mark.size:g} {half:g}z",
             "<": f"l{-mark.size:g} {half:g} {mark.size:g} {half:g}z"}
    left = {"D": x, "|": x, "x": x - half, ">": x - half, "<": x + half}[mark.shape]
    return f'<path d="M{_n(left)} {_n(y - half)}{paths[mark.shape]}"/>'


def _line(line: Line, colour: Callable[[str], str]) -> str:
    dash = ' stroke-dasharray="6 4"' if line.is_dashed else ""
    return (f'<path d="M{_n(line.x0)} {_n(line.y0)}L{_n(line.x1)} {_n(line.y1)}" stroke="{colour(line.role)}" '
            f'stroke-width="{line.width:g}"{dash}/>')


def _area(area: Area, colour: Callable[[str], str]) -> str:
    return (f'<rect x="{_n(area.x0)}" y="{_n(area.y0)}" width="{_n(area.x1 - area.x0)}" '
            f'height="{_n(area.y1 - area.y0)}" fill="{colour(area.role)}"/>')


def _spoken(text: str) -> str:
    """Escaped text with the language of each run of other letters, as SVG marks it."""
    return str(tongues.spoken(text)).replace("<span ", "<tspan ").replace("</span>", "</tspan>")


def _words(words: Words, colour: Callable[[str], str]) -> str:
    weight = ' font-weight="bold"' if words.is_bold else ""
    size = f' font-size="{words.size}"' if words.size != look.SMALL_SIZE else ""
    anchor = f' text-anchor="{ANCHORS[words.side]}"' if words.side != "left" else ""
    return "".join(f'<text x="{_n(words.x)}" y="{_n(y + FOOT * words.size)}" fill="{colour(words.role)}"'
                   f"{anchor}{size}{weight}>{_spoken(line)}</text>"
                   for y, line in zip(words.heights(), words.lines, strict=True))


_ELEMENTS: dict[type, Callable[[Any, Callable[[str], str]], str]] = {Line: _line, Area: _area, Words: _words}
