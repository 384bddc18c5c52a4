"""The picture that a link to a page is shown with elsewhere: its title and description, or its first chart.

Drawn with Pillow in the palette and font of the pictures; always the same bytes for the same words.
"""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path

from matplotlib import get_data_path
from PIL import Image, ImageDraw, ImageFont

from ..cards import look

MARGIN = 64
TITLE_SIZE, TEXT_SIZE, FOOT_SIZE = 58, 32, 28
COLOURS = 32


@cache
def font(size: int, is_bold: bool = False) -> ImageFont.FreeTypeFont:
    """The font that comes with matplotlib."""
    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    return ImageFont.truetype(Path(get_data_path()) / "fonts" / "ttf" / name, size)


def draw(site_title: str, title: str, words: str, size: tuple[int, int]) -> Image.Image:
    """Title above words on paper, with the name of the site at the foot."""
    picture = Image.new("RGB", size, look.LIGHT["paper"])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, size[0], 14), fill=look.LIGHT["russia"])
    foot = MARGIN
    for text, height, is_bold, role, across, most in ((title, TITLE_SIZE, True, "ink", 30, 4),
                                                      (words, TEXT_SIZE, False, "muted", 56, 5)):
        lines = textwrap.wrap(text, across, max_lines=most, placeholder=" …")
        block = "\n".join(lines)
        pen.multiline_text((MARGIN, foot), block, look.LIGHT[role], font(height, is_bold), spacing=height * 0.35)
        foot += round(len(lines) * height * 1.4) + 32
    pen.text((MARGIN, size[1] - MARGIN), site_title, look.LIGHT["russia"], font(FOOT_SIZE, True), anchor="ls")
    return picture


def chart(path: Path, size: tuple[int, int]) -> Image.Image:
    """A figure's own picture file, whole, in the middle of the paper."""
    picture = Image.new("RGB", size, look.LIGHT["paper"])
    with Image.open(path) as figure:
        figure = figure.convert("RGB")
        figure.thumbnail((size[0] - MARGIN, size[1] - MARGIN), Image.Resampling.LANCZOS)
    picture.paste(figure, ((size[0] - figure.width) // 2, (size[1] - figure.height) // 2))
    return picture


def write(picture: Image.Image, path: Path) -> None:
    """Save as a PNG of few colours."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, "PNG", optimize=False)
