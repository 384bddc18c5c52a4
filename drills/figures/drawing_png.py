"""A drawing as a PNG file, with Pillow: it is drawn larger and made smaller, so that edges are soft."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from matplotlib import get_data_path
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from . import look
from .drawing import Area, Drawing, Line, Mark, Words
from .drawing_svg import EDGE

# Pixels of the file for each of the picture, and how much larger still it is drawn.
SCALE, FINER = 2, 2
DASH = (6, 4)


def file(drawing: Drawing, title: str, description: str) -> bytes:
    """The picture on paper at twice its natural size, with title and description."""
    return encoded(drawn(drawing), title, description)


def drawn(drawing: Drawing) -> Image.Image:
    """The picture on paper at twice its natural size."""
    factor = SCALE * FINER
    picture = Image.new("RGB", (round(drawing.width) * factor, round(drawing.height) * factor), look.LIGHT["paper"])
    pen = ImageDraw.Draw(picture)
    for item in drawing.items:
        _DRAWN[type(item)](pen, item, factor)
    return picture.reduce(FINER)


def encoded(picture: Image.Image, title: str, description: str) -> bytes:
    """A picture as a PNG file with title and description.

    Charts have few colours: a palette is not seen and is a third of the size. This way of choosing it, which shades
    white by one in 255, takes a tenth of the time of Pillow's own choice.
    """
    note = PngInfo()
    note.add_itxt("Title", title)
    note.add_itxt("Description", description)
    buffer = io.BytesIO()
    picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(buffer, "PNG", pnginfo=note)
    return buffer.getvalue()


@cache
def font(size: int, is_bold: bool) -> ImageFont.FreeTypeFont:
    """The font that comes with matplotlib; its file is no choice of the reader's machine."""
    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    return ImageFont.truetype(Path(get_data_path()) / "fonts" / "ttf" / name, size)


def mixed(role: str, share: float) -> str:
    """A colour of the palette, so much of it on paper."""
    colour, paper = (bytes.fromhex(look.LIGHT[name][1:]) for name in (role, "paper"))
    return "#" + bytes(round(p + (c - p) * share) for c, p in zip(colour, paper, strict=True)).hex()


def _mark(pen: ImageDraw.ImageDraw, mark: Mark, factor: int) -> None:
    x, y, half = mark.x * factor, mark.y * factor, mark.size * factor / 2
    style: dict[str, Any] = {"fill": mixed(mark.role, mark.fill), "outline": look.LIGHT[mark.role],
                             "width": round(EDGE * factor)}
    # outlines lie on the edge in the chart and inside it here
    out = half + EDGE * factor / 2
    if mark.shape == "o":
        pen.ellipse((x - out, y - out, x + out, y + out), **style)
    elif mark.shape in "x|":
        ends = ([(x - half, y - half, x + half, y + half), (x - half, y + half, x + half, y - half)]
                if mark.shape == "x" else [(x, y - half, x, y + half)])
        for end in ends:
            pen.line(end, fill=style["outline"], width=style["width"])
    else:
        turn = -1 if mark.shape == "<" else 1
        corners = ([(x, y - out), (x + out, y), (x, y + out), (x - out, y)] if mark.shape == "D" else
                   [(x + turn * half, y), (x - turn * half, y - half), (x - turn * half, y + half)])
        pen.polygon(corners, **style)


def _line(pen: ImageDraw.ImageDraw, line: Line, factor: int) -> None:
    ends = [(line.x0, line.x1)]
    if line.is_dashed:
        # only level lines are dashed
        starts = range(round(line.x0), round(line.x1), sum(DASH))
        ends = [(start, min(start + DASH[0], line.x1)) for start in starts]
    for x0, x1 in ends:
        pen.line((x0 * factor, line.y0 * factor, x1 * factor, line.y1 * factor), fill=look.LIGHT[line.role],
                 width=max(round(line.width * factor), 1))


def _area(pen: ImageDraw.ImageDraw, area: Area, factor: int) -> None:
    pen.rectangle((area.x0 * factor, area.y0 * factor, area.x1 * factor, area.y1 * factor), fill=look.LIGHT[area.role])


def _words(pen: ImageDraw.ImageDraw, words: Words, factor: int) -> None:
    anchor = {"left": "l", "right": "r", "center": "m"}[words.side] + "m"
    for y, line in zip(words.heights(), words.lines, strict=True):
        pen.text((words.x * factor, y * factor), line, look.LIGHT[words.role],
                 font(words.size * factor, words.is_bold), anchor=anchor)


_DRAWN: dict[type, Callable[[ImageDraw.ImageDraw, Any, Any], None]] = {Mark: _mark, Line: _line, Area: _area,
                                                                       Words: _words}
