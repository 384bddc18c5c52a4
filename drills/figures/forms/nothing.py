"""The picture of what the record has nothing of: a sentence where the marks would be."""

from __future__ import annotations

from matplotlib.figure import Figure

from ..layout import Layout
from ..look import LIGHT

HEIGHT = 60


def nothing(layout: Layout, words: str) -> Figure:
    """`words` in the middle of an empty panel without axes."""
    figure = layout.figure(HEIGHT)
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.text(0.5, 0.5, words, ha="center", va="center", color=LIGHT["muted"])
    return figure
