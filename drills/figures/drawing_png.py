"""A drawing as a PNG file, with Pillow: marks are drawn larger and made smaller, so that their edges are soft."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from matplotlib import get_data_path
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from . import look
from .drawing import Area, Drawing, Line, Mark, Words
from .drawing_svg import EDGE

# Pixels of the file for each of the picture, and how much larger still a mark is drawn.
SCALE, FINER = 2, 4
DASH = (6, 4)
# The side of the cubes of colours that Pillow tells apart.
SIDE = 4


def file(drawing: Drawing, title: str, description: str) -> bytes:
    """The picture on paper at twice its natural size, with title and description."""
    return encoded(drawn(drawing), title, description)


def drawn(drawing: Drawing) -> Image.Image:
    """The picture on paper at twice its natural size."""
    picture = Image.new("RGB", (round(drawing.width) * SCALE, round(drawing.height) * SCALE), look.LIGHT["paper"])
    pen = ImageDraw.Draw(picture)
    for item in drawing.items:
        _DRAWN[type(item)](picture, pen, item)
    return picture


def encoded(picture: Image.Image, title: str, description: str) -> bytes:
    """A picture as a PNG file with title and description, in `shades`: a palette is a third of the size."""
    note = PngInfo()
    note.add_itxt("Title", title)
    note.add_itxt("Description", description)
    buffer = io.BytesIO()
    picture.quantize(palette=shades(), dither=Image.Dither.NONE).save(buffer, "PNG", pnginfo=note)
    return buffer.getvalue()


@cache
def shades() -> Image.Image:
    """A picture in the palette of all files: the roles, each on paper, and marks, words and bands on each other.

    Charts have few colours, and edges are mixtures of them. One palette for all takes a third of the time of one that
    is chosen for each picture, and keeps paper and roles as they are.
    """
    colours = [bytes.fromhex(colour[1:]) for colour in look.LIGHT.values()]
    steps = [*((role, "paper", 16) for role in look.LIGHT),
             *((mark, other, 5) for mark, other in combinations(look.MARKS, 2)),
             *(("ink", mark, 7) for mark in look.MARKS),
             *((role, "band", 6) for role in ("grid", *look.MARKS))]
    mixtures = dict.fromkeys(bytes.fromhex(mixed(role, step / count, ground)[1:])
                             for role, ground, count in steps for step in range(1, count))
    colours += [one for one in mixtures if not any(is_taken_for(one, role) for role in colours)]
    picture = Image.new("P", (1, 1))
    picture.putpalette(b"".join(colours))
    return picture


def is_taken_for(mixture: bytes, role: bytes) -> bool:
    """Whether Pillow would put a mixture in the place of a role: the one nearest to the corner of its cube is taken."""
    mixed_off, role_off = (sum((value - corner // SIDE * SIDE) ** 2 for value, corner in zip(one, role, strict=True))
                           for one in (mixture, role))
    return mixed_off <= role_off


@cache
def font(size: int, is_bold: bool) -> ImageFont.FreeTypeFont:
    """The font that comes with matplotlib; its file is no choice of the reader's machine."""
    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    return ImageFont.truetype(Path(get_data_path()) / "fonts" / "ttf" / name, size)


def mixed(role: str, share: float, ground: str = "paper") -> str:
    """A colour of the palette, so much of it on another one."""
    colour, below = (bytes.fromhex(look.LIGHT[name][1:]) for name in (role, ground))
    return "#" + bytes(round(b + (c - b) * share) for c, b in zip(colour, below, strict=True)).hex()


@cache
def small(shape: str, size: float, role: str, fill: float) -> Image.Image:
    """A mark, as `Mark` describes it, in the middle of a square that is clear around it."""
    factor, half = SCALE * FINER, size * SCALE * FINER / 2
    # outlines lie on the edge in the chart and inside it here
    out = half + EDGE * factor / 2
    middle = math.ceil(out / FINER + 1) * FINER
    edge, width = look.LIGHT[role], round(EDGE * factor)
    picture = Image.new("RGBA", (2 * middle, 2 * middle), f"{edge}00")
    pen = ImageDraw.Draw(picture)

    def ends(*pairs: tuple[float, float]) -> list[tuple[float, float]]:
        return [(middle + x, middle + y) for x, y in pairs]

    if shape == "o":
        pen.ellipse(ends((-out, -out), (out, out)), fill=mixed(role, fill), outline=edge, width=width)
    elif shape in "x|":
        for way in (1, -1) if shape == "x" else (0,):
            pen.line(ends((-half * way, -half), (half * way, half)), fill=edge, width=width)
    else:
        turn = -1 if shape == "<" else 1
        corners = (ends((0, -out), (out, 0), (0, out), (-out, 0)) if shape == "D" else
                   ends((turn * half, 0), (-turn * half, -half), (-turn * half, half)))
        pen.polygon(corners, fill=mixed(role, fill), outline=edge, width=width)
    return picture.reduce(FINER)


def _mark(picture: Image.Image, _pen: ImageDraw.ImageDraw, mark: Mark) -> None:
    one = small(mark.shape, mark.size, mark.role, mark.fill)
    half = one.width // 2
    picture.paste(one, (round(mark.x * SCALE) - half, round(mark.y * SCALE) - half), one)


def _line(_picture: Image.Image, pen: ImageDraw.ImageDraw, line: Line) -> None:
    ends = [(line.x0, line.x1)]
    if line.is_dashed:
        # only level lines are dashed
        starts = range(round(line.x0), round(line.x1), sum(DASH))
        ends = [(start, min(start + DASH[0], line.x1)) for start in starts]
    for x0, x1 in ends:
        pen.line((x0 * SCALE, line.y0 * SCALE, x1 * SCALE, line.y1 * SCALE), fill=look.LIGHT[line.role],
                 width=max(round(line.width * SCALE), 1))


def _area(_picture: Image.Image, pen: ImageDraw.ImageDraw, area: Area) -> None:
    pen.rectangle((area.x0 * SCALE, area.y0 * SCALE, area.x1 * SCALE, area.y1 * SCALE), fill=look.LIGHT[area.role])


def _words(_picture: Image.Image, pen: ImageDraw.ImageDraw, words: Words) -> None:
    anchor = {"left": "l", "right": "r", "center": "m"}[words.side] + "m"
    for y, line in zip(words.heights(), words.lines, strict=True):
        pen.text((words.x * SCALE, y * SCALE), line, look.LIGHT[words.role],
                 font(words.size * SCALE, words.is_bold), anchor=anchor)


_DRAWN: dict[type, Callable[[Image.Image, ImageDraw.ImageDraw, Any], None]] = {Mark: _mark, Line: _line, Area: _area,
                                                                               Words: _words}
