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
# grey values: of text, of less important text, of the ground, and the one that stands for the colour of the band
INK, MUTED, PAPER, BAND = 0, 64, 255, 1


@cache
def font(size: int, is_bold: bool = False) -> ImageFont.FreeTypeFont:
    """The font that comes with matplotlib."""
    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    return ImageFont.truetype(Path(get_data_path()) / "fonts" / "ttf" / name, size)


def shades() -> list[int]:
    """A palette in which a grey value is a mixture of ink and paper, but for BAND, the colour of the band on top."""
    ink, paper, band = (tuple(bytes.fromhex(look.LIGHT[role][1:])) for role in ("ink", "paper", "russia"))
    mixed = [[round(i + (p - i) * grey / 255) for i, p in zip(ink, paper, strict=True)] for grey in range(256)]
    mixed[BAND] = list(band)
    return [channel for colour in mixed for channel in colour]


def draw(site_title: str, title: str, words: str, size: tuple[int, int]) -> Image.Image:
    """Title above words on paper, with the name of the site at the foot.

    Drawn in greys that stand for a palette, which is several times as fast as in colours.
    """
    picture = Image.new("L", size, PAPER)
    pen = ImageDraw.Draw(picture)
    foot = MARGIN
    for text, height, is_bold, grey, across, most in ((title, TITLE_SIZE, True, INK, 30, 4),
                                                      (words, TEXT_SIZE, False, MUTED, 56, 5)):
        lines = textwrap.wrap(text, across, max_lines=most, placeholder=" …")
        pen.multiline_text((MARGIN, foot), "\n".join(lines), grey, font(height, is_bold), spacing=height * 0.35)
        foot += round(len(lines) * height * 1.4) + 32
    pen.text((MARGIN, size[1] - MARGIN), site_title, INK, font(FOOT_SIZE, True), anchor="ls")
    pen.rectangle((0, 0, size[0], 14), fill=BAND)
    coloured = Image.frombytes("P", size, picture.tobytes())
    coloured.putpalette(shades())
    return coloured


def chart(path: Path, size: tuple[int, int]) -> Image.Image:
    """A figure's own picture file, whole, in the middle of the paper, in few colours."""
    picture = Image.new("RGB", size, look.LIGHT["paper"])
    with Image.open(path) as figure:
        figure = figure.convert("RGB")
        figure.thumbnail((size[0] - MARGIN, size[1] - MARGIN), Image.Resampling.LANCZOS)
    picture.paste(figure, ((size[0] - figure.width) // 2, (size[1] - figure.height) // 2))
    return picture.quantize(COLOURS, dither=Image.Dither.NONE)


def write(picture: Image.Image, path: Path) -> None:
    """Save as a PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, "PNG")
