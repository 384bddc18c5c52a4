"""The interactive view of a card as plain Plotly JSON, from the same table as the chart.

No template is written: the page's script has the one of all views. Colours are those of the light palette, and `roles`
names the role of each, so that the script can put the palette's CSS variable in its place.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go

from . import look

# Marks of the chart by their name there.
SYMBOL_OF = {"o": "circle", "D": "diamond", "d": "diamond-tall", "s": "square", "^": "triangle-up",
             "v": "triangle-down", "x": "x", "X": "x"}
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x", "cross", "star")
# A log axis up to this ratio of its ends is short.
SHORT = 30
ROLES = ("both", "russia", "china", "accent", "other")


@dataclass(frozen=True)
class Bars:
    """One bar for each row, or one for each row and series: `along` is a column of words or years, `series` maps
    columns of numbers to labels; roles: the colour of each series."""

    along: str
    series: Mapping[str, str]
    is_horizontal: bool = False
    low: str = ""
    high: str = ""
    value_label: str = ""
    roles: tuple[str, ...] = ROLES


@dataclass(frozen=True)
class Points:
    """One mark for each row at columns x and y, told apart by the column `group`; rows run down the page
    unless `is_downward` is False, as for a scale. marks: marker, colour role and whether it is filled, for each group,
    as in the chart."""

    x: str
    y: str
    group: str = ""
    x_label: str = ""
    y_label: str = ""
    is_log: bool = False
    is_downward: bool = True
    marks: Mapping[str, tuple[str, str, bool]] = field(default_factory=dict)


@dataclass(frozen=True)
class Ranges:
    """One mark for each row and side that has a best figure, with its range: columns <side>_low, _best, _high."""

    label: str
    sides: Mapping[str, str] = field(default_factory=lambda: {"official": "Official", "assessed": "Assessed"})
    x_label: str = ""
    is_log: bool = True


@dataclass(frozen=True)
class Pairs:
    """A row of marks for each row of the table, one for each of `series`, which maps columns of numbers to labels.

    Columns come in pairs, before and after: marks of a pair share colour and shape, the first is hollow.
    """

    label: str
    series: Mapping[str, str]
    x_label: str = ""


Explore = Bars | Points | Ranges | Pairs


def figure(explore: Explore, table: pd.DataFrame, hover: list[str]) -> dict:
    """The view as a dictionary: data, layout and the number of marks drawn.

    hover: a text for each row of the table, shown as it is. The traces are checked by plotly's own objects.
    """
    made = {Bars: _bars, Points: _points, Ranges: _ranges, Pairs: _pairs}[type(explore)](explore, table, hover)
    whole = json.loads(go.Figure(made.data, made.layout, skip_invalid=False).to_json())
    whole["layout"].pop("template", None)
    marks = sum(map(_marks, whole["data"]))
    roles = {look.LIGHT[role]: role for role in ROLES}
    return {"data": whole["data"], "layout": whole["layout"], "marks": marks, "roles": roles}


def _marks(trace: dict) -> int:
    """Marks that plotly makes for a trace: a bar for each row, even without length; a point where there is a value."""
    return len(trace["customdata"]) if trace["type"] == "bar" else sum(value is not None for value in trace["x"])


def hover_texts(labels: list[str], rows: list[list[str]]) -> list[str]:
    """The hover text of each row: what the table says of it, one line for each column, as inert text.

    Quotation marks stay as they are: Plotly does not know what they are escaped as.
    """
    def inert(text: str) -> str:
        return html.escape(text, quote=False)

    return ["<br>".join(f"{inert(label)}: {inert(cell)}" for label, cell in zip(labels, row, strict=True))
            for row in rows]


def _listed(cells: pd.Series) -> list:
    """Cells as plain values, blanks as None; never Plotly's packed arrays, which readers of the file cannot read."""
    return [None if pd.isna(value) else value.item() if hasattr(value, "item") else value for value in cells]


def _trace(kind: str, name: str, hover: list[str], **settings) -> dict:
    return {"type": kind, "name": name, "text": hover, "hovertemplate": "%{text}<extra></extra>", "textposition": "none"
            if kind == "bar" else None, "customdata": list(range(len(hover))), **settings}


def _without_none(trace: dict) -> dict:
    return {name: value for name, value in trace.items() if value is not None}


@dataclass
class _Made:
    data: list[dict]
    layout: dict


def _bars(explore: Bars, table: pd.DataFrame, hover: list[str]) -> _Made:
    along, values = ("y", "x") if explore.is_horizontal else ("x", "y")
    traces = []
    for number, (column, label) in enumerate(explore.series.items()):
        settings = {along: _listed(table[explore.along]), values: _listed(table[column]),
                    "marker": {"color": look.LIGHT[explore.roles[number % len(explore.roles)]]},
                    "orientation": "h" if explore.is_horizontal else "v"}
        if number == len(explore.series) - 1 and explore.low:
            total = table[list(explore.series)].sum(axis=1)
            settings[f"error_{values}"] = {"type": "data", "symmetric": False, "thickness": 1.2, "width": 0,
                                           "array": _listed(table[explore.high] - total),
                                           "arrayminus": _listed(total - table[explore.low])}
        traces.append(_without_none(_trace("bar", label, hover, **settings)))
    axes = {f"{values}axis": {"title": {"text": explore.value_label}, "rangemode": "tozero"},
            f"{along}axis": {"type": "category", "autorange": "reversed"} if explore.is_horizontal else {}}
    return _Made(traces, {"barmode": "stack", "showlegend": len(traces) > 1, **axes})


def _points(explore: Points, table: pd.DataFrame, hover: list[str]) -> _Made:
    groups = table[explore.group].astype("str") if explore.group else pd.Series("", index=table.index)
    traces = []
    present = dict.fromkeys(groups)
    for number, name in enumerate(sorted(present, key=list(explore.marks).index) if explore.marks else present):
        rows = (groups == name).to_numpy()
        trace = _trace("scatter", name, [text for text, here in zip(hover, rows, strict=True) if here],
                       x=_listed(table.loc[rows, explore.x]), y=_listed(table.loc[rows, explore.y]), mode="markers",
                       marker=_marker(explore, name, number), cliponaxis=False)
        trace["customdata"] = [position for position, here in enumerate(rows) if here]
        traces.append(_without_none(trace))
    x_axis = {"title": {"text": explore.x_label}, **(_log(table[explore.x]) if explore.is_log else {})}
    y_axis = {"title": {"text": explore.y_label}, "automargin": True,
              "autorange": "reversed" if explore.is_downward else True}
    if not pd.api.types.is_numeric_dtype(table[explore.y]):
        y_axis |= {"type": "category", "categoryorder": "array", "categoryarray": list(dict.fromkeys(table[explore.y]))}
    return _Made(traces, {"xaxis": x_axis, "yaxis": y_axis, "showlegend": len(traces) > 1})


def _marker(explore: Points, name: str, number: int) -> dict:
    """The mark of a group as in the chart, or else the next of the common ones."""
    if name not in explore.marks:
        return {"color": look.LIGHT[ROLES[number % len(ROLES)]], "size": 10, "symbol": SYMBOLS[number % len(SYMBOLS)]}
    marker, role, is_filled = explore.marks[name]
    return {"color": look.LIGHT[role], "size": 10,
            "symbol": SYMBOL_OF[marker] + ("" if is_filled or marker == "x" else "-open")}


def _log(*columns: pd.Series) -> dict:
    """A log axis with a label at each power of ten, or also at 2 and 5 where it is short."""
    values = pd.concat(columns)
    is_long = values.max() / values.min() > SHORT
    return {"type": "log", "dtick": 1 if is_long else "D2", "tickformat": ",~g"}


def _symbols(low: pd.Series, high: pd.Series, closed: str) -> list[str]:
    """A triangle points to where a range is open."""
    return ["triangle-right" if pd.isna(top) else "triangle-left" if pd.isna(foot) else closed
            for foot, top in zip(low, high, strict=True)]


def _ranges(explore: Ranges, table: pd.DataFrame, hover: list[str]) -> _Made:
    traces = []
    for number, (side, label) in enumerate(explore.sides.items()):
        low, best, high = (table[f"{side}_{bound}"] for bound in ("low", "best", "high"))
        rows = best.notna().to_numpy()
        if not rows.any():
            continue
        trace = _trace("scatter", label, [text for text, here in zip(hover, rows, strict=True) if here],
                       x=_listed(best[rows]), y=_listed(table.loc[rows, explore.label]), mode="markers",
                       marker={"color": look.LIGHT[("both", "china")[number % 2]], "size": 11,
                               "symbol": _symbols(low[rows], high[rows], ("circle", "diamond-open")[number % 2])},
                       error_x={"type": "data", "symmetric": False, "thickness": 2.5, "width": 0,
                                "array": _listed((high - best)[rows].fillna(0)),
                                "arrayminus": _listed((best - low)[rows].fillna(0))})
        trace["customdata"] = [position for position, here in enumerate(rows) if here]
        traces.append(_without_none(trace))
    order = list(dict.fromkeys(table[explore.label]))
    best = [table[f"{side}_best"] for side in explore.sides]
    return _Made(traces, {
        "xaxis": {"title": {"text": explore.x_label}, **(_log(*best) if explore.is_log else {})},
        "yaxis": {"type": "category", "automargin": True, "categoryorder": "array", "categoryarray": order[::-1]},
        "showlegend": len(traces) > 1})


def _pairs(explore: Pairs, table: pd.DataFrame, hover: list[str]) -> _Made:
    traces = []
    for number, (column, label) in enumerate(explore.series.items()):
        rows = table[column].notna().to_numpy()
        trace = _trace("scatter", label, [text for text, here in zip(hover, rows, strict=True) if here],
                       x=_listed(table.loc[rows, column]), y=_listed(table.loc[rows, explore.label]), mode="markers",
                       marker={"color": look.LIGHT[ROLES[number // 2 % len(ROLES)]],
                               "size": 9 if number % 2 else 13,
                               "symbol": SYMBOLS[number // 2 % len(SYMBOLS)] + ("" if number % 2 else "-open")},
                       cliponaxis=False)
        trace["customdata"] = [position for position, here in enumerate(rows) if here]
        traces.append(_without_none(trace))
    return _Made(traces, {
        "xaxis": {"title": {"text": explore.x_label}},
        "yaxis": {"type": "category", "automargin": True, "categoryorder": "array",
                  "categoryarray": list(dict.fromkeys(table[explore.label]))[::-1]},
        "showlegend": True})
