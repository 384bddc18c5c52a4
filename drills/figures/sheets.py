"""Title, picture and note one below the other, for files that stand alone."""

from __future__ import annotations

import io
import re
import textwrap
from html import escape

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from . import look
from .svg import SVG, printed, to_svg

PNG_SCALE = 2
PADDING = 14


def running_text(text: str, size: int, weight: str, role: str) -> Figure:
    """Running text as a figure as wide as a chart, wrapped; the letters measured are wider than a reader's."""
    lines = [wrapped for line in text.splitlines() for wrapped in textwrap.wrap(line, int(look.WIDE / (size * 0.62)))]
    height = 1.35 * size * len(lines) + 2 * PADDING
    figure = Figure(figsize=(look.WIDE / 72, height / 72), dpi=72)
    figure.text(PADDING / look.WIDE, 1 - PADDING / height, "\n".join(lines), va="top", ha="left", fontsize=size,
                fontweight=weight, color=look.LIGHT[role], linespacing=1.35)
    return figure


def stacked_svg(figures: list[Figure], prefix: str, title: str, description: str) -> str:
    """Figures one below the other as one SVG file with plain colours on paper."""
    parts, top, width = [], 0.0, 0.0
    for number, figure in enumerate(figures):
        svg = to_svg(figure, f"{prefix}{number}", "", "")
        width, height = map(float, re.findall(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg)[0])
        inner = re.sub(r'^<svg[^>]*>(<title[^>]*/>|<title[^>]*></title>)?(<desc[^>]*/>|<desc[^>]*></desc>)?', "", svg)
        parts.append(f'<g transform="translate(0 {top:g})">{inner.removesuffix("</svg>")}</g>')
        top += height
    whole = "".join(parts)
    for role, colour in look.LIGHT.items():
        whole = whole.replace(f"var(--jd-{role})", colour)
    return (f'<svg xmlns="{SVG}" viewBox="0 0 {width:g} {top:g}" width="{width:g}" height="{top:g}" role="img" '
            f'font-family="system-ui, sans-serif" stroke-linejoin="round"><title>{escape(title)}</title>'
            f'<desc>{escape(description)}</desc><rect width="{width:g}" height="{top:g}" fill="{look.LIGHT["paper"]}"/>'
            f"{whole}</svg>\n")


def stacked_png(figures: list[Figure], title: str, description: str) -> bytes:
    """Figures one below the other as one PNG at twice the natural size."""
    sheets = []
    for figure in figures:
        # which settles its layout
        printed(figure)
        figure.set_facecolor(look.LIGHT["paper"])
        figure.set_dpi(72 * PNG_SCALE)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        sheets.append(np.asarray(canvas.buffer_rgba())[..., :3])
    width = min(sheet.shape[1] for sheet in sheets)
    picture = Image.fromarray(np.vstack([sheet[:, :width] for sheet in sheets]))
    # charts have few colours: a palette is not seen and is a third of the size; this way of choosing it, which
    # shades white by one in 255, takes a tenth of the time of Pillow's own choice
    picture = picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    note = PngInfo()
    note.add_itxt("Title", title)
    note.add_itxt("Description", description)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", pnginfo=note, optimize=False)
    return buffer.getvalue()
