"""The key of a picture, how a mark is drawn, and axes that stand above their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from . import look
from .layout import Layout

COLOUR = look.LIGHT
# marker, colour role, whether it is filled
Mark = tuple[str, str, bool]


@dataclass(frozen=True)
class Series:
    """One layer of a stack: column of the table, direct label, colour role and hatch."""

    column: str
    label: str
    role: str
    hatch: str = ""


def key(figure: Figure, series: Sequence[Series], layout: Layout) -> None:
    """Name the layers above the picture, in the order in which they are stacked."""
    handles = [Patch(facecolor=COLOUR[one.role], edgecolor=COLOUR["paper"], hatch=one.hatch, label=one.label)
               for one in series]
    figure.legend(handles=handles, loc="outside upper left", ncols=1 if layout.is_narrow else 4,
                  frameon=False, fontsize=look.SMALL_SIZE, handlelength=1.2, handleheight=1.0, borderpad=0,
                  labelcolor=COLOUR["ink"], columnspacing=1.4)


def axis_on_top(axes: Axes, label: str) -> None:
    """Ticks, label and grid of the values above the rows: on a phone the bottom of a long picture is far away.

    The key above them gets room below it.
    """
    airy(cast(Figure, axes.figure))
    axes.xaxis.set_ticks_position("top")
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(label)
    axes.grid(axis="x")
    axes.spines["bottom"].set_visible(False)


def handle(mark: Mark, label: str = "") -> dict:
    """How a mark is drawn, as arguments of a line without a line."""
    marker, role, is_filled = mark
    return {"linestyle": "", "marker": marker, "markersize": 8, "color": COLOUR[role], "markeredgewidth": 1.6,
            "markerfacecolor": COLOUR[role] if is_filled else COLOUR["paper"], "label": label}


def airy(figure: Figure) -> Figure:
    """A figure with room between its key, which stands on top, and what is below."""
    cast(ConstrainedLayoutEngine, figure.get_layout_engine()).set(h_pad=8 / 72)
    return figure


def legend(figure: Figure, layout: Layout, marks: Mapping[str, Mark]) -> None:
    """Name the marks above the picture."""
    figure.legend(handles=[Line2D([], [], **handle(mark, label)) for label, mark in marks.items()],
                  loc="outside upper left", ncols=1 if layout.is_narrow else 3, frameon=False,
                  labelcolor=COLOUR["ink"], handletextpad=0.5, borderpad=0, columnspacing=1.4)


def name_marks(figure: Figure, layout: Layout, handles: list[Line2D]) -> None:
    """Name marks and lines above the picture."""
    figure.legend(handles=handles, loc="outside upper left", ncols=1 if layout.is_narrow else 3, frameon=False,
                  labelcolor=COLOUR["ink"], handletextpad=0.6, borderpad=0, columnspacing=1.4)
