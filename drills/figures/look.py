"""Palette, type and spacing of every picture; nothing here knows what is drawn.

Pictures are drawn in the light palette; in a page each colour becomes a CSS variable, so that a picture follows
the reader's light or dark scheme. Contrast of every mark is at least 3:1 on both backgrounds, of text 4.5:1.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import matplotlib as mpl

# One hex for each role, unique within a palette: the drawing code names roles, the page maps them.
LIGHT = {
    "paper": "#FFFFFF", "ink": "#1F2328", "muted": "#57606A", "grid": "#D8DEE4", "band": "#E8ECF0",
    "russia": "#12436D", "china": "#801650", "both": "#28A197", "other": "#6B6B6B", "accent": "#F46A25",
    "link": "#0B57A4",
}
# china and other are kept apart from both in lightness: in red-green blindness a light pink, grey and teal look alike.
DARK = {
    "paper": "#14181E", "ink": "#E6EDF3", "muted": "#9DA7B3", "grid": "#3A424B", "band": "#262C34",
    "russia": "#6FA8DC", "china": "#CC3080", "both": "#4CC9BD", "other": "#9C9C9C", "accent": "#FF9E66",
    "link": "#7CB7F2",
}
MARKS = ("russia", "china", "both", "other", "accent")
TEXT = ("ink", "muted", "link")
# Picture units are CSS pixels at natural size.
WIDE, NARROW = 720, 328
TEXT_SIZE, SMALL_SIZE = 13, 12
BAR_EDGE = 0.8
STYLE = {
    "svg.fonttype": "none", "svg.hashsalt": "drills", "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"],
    "font.size": SMALL_SIZE, "axes.titlesize": TEXT_SIZE, "axes.labelsize": SMALL_SIZE,
    "xtick.labelsize": SMALL_SIZE, "ytick.labelsize": SMALL_SIZE,
    "text.color": LIGHT["ink"], "axes.labelcolor": LIGHT["muted"], "xtick.color": LIGHT["muted"],
    "ytick.color": LIGHT["muted"], "axes.edgecolor": LIGHT["grid"], "grid.color": LIGHT["grid"],
    "grid.linewidth": 0.8, "axes.linewidth": 0.8, "axes.facecolor": "none", "figure.facecolor": "none",
    "savefig.facecolor": "none", "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
    "xtick.major.size": 0, "ytick.major.size": 0, "xtick.minor.size": 0, "ytick.minor.size": 0,
    "xtick.major.pad": 5, "ytick.major.pad": 5, "hatch.linewidth": 1.2, "lines.solid_capstyle": "butt",
    "axes.axisbelow": True,
    # letters stay where they are measured, as in an SVG; to fit each to the grid of pixels takes longer than to draw it
    "text.hinting": "none",
    # a label that holds two dollar signs is no formula
    "text.parse_math": False,
}


@contextmanager
def style():
    """Draw with the look of the site, whatever the session's own settings."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(cast(Any, STYLE))
        yield


def variables(palette: dict[str, str]) -> str:
    """A palette as declarations of CSS variables."""
    return "".join(f"--jd-{role}:{colour};" for role, colour in palette.items())


def alone() -> str:
    """Style for a card where the site's own is missing, as in JupyterLab, in the colours of its theme."""
    rules = Path(__file__).with_name("alone.css").read_text(encoding="utf-8")
    return (f".jd-card{{{variables(LIGHT)}}}\nbody[data-jp-theme-light=false] .jd-card{{{variables(DARK)}}}\n{rules}")
