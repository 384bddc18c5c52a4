"""A figure of matplotlib with its title above and its note below it, for files that stand alone."""

from __future__ import annotations

import re

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from . import drawing_png, drawing_svg, look
from .drawing import above_and_below
from .svg import PIXELS_PER_INCH, PLAIN_TEXT, printed, to_svg


def svg_file(figure: Figure, prefix: str, title: str, note: str, description: str) -> str:
    """The whole as one SVG file with plain colours on paper."""
    svg = to_svg(figure, prefix, "", "")
    width, height = map(float, re.findall(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg)[0])
    above, below = above_and_below(title, note, width)
    inner = re.sub(r'^<svg[^>]*>(<title[^>]*/>|<title[^>]*></title>)?(<desc[^>]*/>|<desc[^>]*></desc>)?', "", svg)
    # said by the element that is left out
    usual = "".join(f' {name}="{said}"' for name, said in PLAIN_TEXT.items())
    chart = f'<g transform="translate(0 {above.height:g})"{usual}>{inner.removesuffix("</svg>")}</g>'
    for role, colour in look.LIGHT.items():
        chart = chart.replace(f"var(--jd-{role})", colour)
    foot = f'<g transform="translate(0 {above.height + height:g})">{drawing_svg.plain(below)}</g>'
    return drawing_svg.alone(width, above.height + height + below.height, title, description,
                             drawing_svg.plain(above) + chart + foot)


def png_file(figure: Figure, title: str, note: str, description: str) -> bytes:
    """The whole as one PNG file at twice its natural size."""
    # which settles its layout
    printed(figure)
    figure.set_facecolor(look.LIGHT["paper"])
    figure.set_dpi(PIXELS_PER_INCH * drawing_png.SCALE)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    chart = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
    above, below = map(drawing_png.drawn, above_and_below(title, note, chart.width / drawing_png.SCALE))
    whole = Image.new("RGB", (chart.width, above.height + chart.height + below.height), look.LIGHT["paper"])
    for part, top in ((above, 0), (chart, above.height), (below, above.height + chart.height)):
        whole.paste(part, (0, top))
    return drawing_png.encoded(whole, title, description)
