"""The interactive view against the chart: the same marks, bars, lines, bands, land and words, in the same places."""

from __future__ import annotations

import html
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import CircleCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from drills.addresses import event_page
from drills.chapters.published import latest
from drills.figures import look, plotly
from drills.figures import plotly_styles as styles
from drills.figures.card import Card, Column
from drills.figures.layout import LAYOUTS, OF_EVENTS, WIDE, Layout, rows_of, stands_for
from drills.figures.svg import printed
from tests.helpers import sample_cards
from tests.helpers.every_card import cards

# all pages or cards are made first
pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
# Half a pixel: both pictures round.
NEAR = 0.6
# Rows of a table that the chart of a card leaves out, as its note or its cells say.
LEFT_OUT = {
    "evidence-conflicts": lambda table: table["ratio"] == 1,
    "evidence-publishers": lambda table: table["core"] + table["wider"] == 0,
    "evidence-disputed": lambda table: table["disputed"] == 0,
    "events-map": lambda table: table["mark"].isna(),
    "sea-areas": lambda table: table["area"] == "No known area named",
    "countries-by-year": lambda table: table["rank"].isna(),
    "framework-shares": lambda table: table["share"].isna(),
    "observers": lambda table: table["total"] < 2,
    "context-kinds": lambda table: table["n_complete"] == 0,
    "ten-thousand": lambda table: ~((table["class_ALL"] == "yes") | (table["class_ALL"] == "contested")),
    "outside-recall": lambda table: table["missing"] == 0,
    "published-series": lambda table: ~table.index.isin(latest(table).index),
    "edition-numbers": lambda table: table["number"].isna() | table["slot"].isna() | ~is_in_a_panel(table),
}
# Numbers of years of which there is nothing to draw.
EMPTY = ("total", "days", "any")


def is_in_a_panel(table: pd.DataFrame) -> pd.Series:
    """Rows of series in which some number differs from another, or from the record's own count."""
    differs = (table["n_numbers"] > 1) | (table["number"].notna() & table["own"].notna()
                                          & (table["number"] != table["own"]))
    return (differs & table["slot"].notna()).groupby(table["panel"]).transform("any")


@cache
def views(card_id: str) -> dict:
    return cards()[card_id].interactive()


@cache
def pairs() -> list[tuple[str, dict, ElementTree.Element]]:
    """Each card in each layout: its name, its interactive view and its chart, printed once; no test may change them."""
    return [(f"{card_id}, {layout.name}", views(card_id)[layout.name],
             ElementTree.fromstring(printed(card.picture(layout)))) for card_id, card in cards().items()
            for layout in LAYOUTS]


# where the interactive view puts things, in pixels from the upper left corner


def pixel(layout: dict, reference: str, value: float) -> float:
    """A value of an axis, or a share of the paper or of a panel, in pixels."""
    side, size = reference[0], layout["width" if reference.startswith("x") else "height"]
    axis = layout[f"{side}axis{reference[1:]}"]
    first, last = axis["range"]
    value = math.log10(value) if axis.get("type") == "log" else value
    start, end = axis.get("domain", (0, 1))
    share = start + (end - start) * (value - first) / (last - first)
    return size * (share if side == "x" else 1 - share)


def marks_of(view: dict, is_row: bool = False) -> list[tuple[float, float]]:
    """The places of all marks, or of those that stand for rows, but for cells, whose words are the marks."""
    return [(pixel(view["layout"], trace["xaxis"], x), pixel(view["layout"], trace["yaxis"], y))
            for trace in view["data"] if trace.get("mode") == "markers" and (not is_row or "customdata" in trace)
            and trace["marker"]["color"] != "rgba(0,0,0,0)"
            for x, y in zip(trace["x"], trace["y"], strict=True)]


def bars_of(view: dict) -> list[tuple[float, ...]]:
    """The edges of all bars and cells: left, top, right, bottom."""
    found = []
    for trace in view["data"]:
        if trace["type"] != "bar":
            continue
        along, across = ("x", "y") if trace["orientation"] == "h" else ("y", "x")
        for length, middle, base, width in zip(trace[along], trace[across], trace["base"], trace["width"], strict=True):
            edges = {along: (base, base + length), across: (middle - width / 2, middle + width / 2)}
            x, y = (sorted(pixel(view["layout"], trace[f"{side}axis"], end) for end in edges[side]) for side in "xy")
            found.append((x[0], y[0], x[1], y[1]))
    return found


# where the chart has them


def groups(chart: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Groups of the chart by the beginning of their id, without the ticks."""
    ticks = {one for axis in chart.iter(f"{SVG}g") if re.match("(matplotlib.axis|xtick|ytick)", axis.get("id", ""))
             for one in axis.iter()}
    return [group for group in chart.iter(f"{SVG}g") if group.get("id", "").startswith(name) and group not in ticks]


def chart_marks(chart: ElementTree.Element) -> list[tuple[float, float]]:
    found = [use for name in ("line2d", OF_EVENTS, "legend") for group in groups(chart, name)
             for use in group.iter(f"{SVG}use")]
    return list({(float(use.get("x")), float(use.get("y"))) for use in found})


def chart_bars(chart: ElementTree.Element) -> list[tuple[float, ...]]:
    """The edges of what has four corners and is closed."""
    found = []
    for group in [*groups(chart, "patch"), *groups(chart, "legend")]:
        shapes = {path for defined in group.iter(f"{SVG}defs") for path in defined.iter()}
        for path in group.iter(f"{SVG}path"):
            unseen = "fill: none" in path.get("style", "") and "stroke" not in path.get("style", "")
            if path in shapes or unseen or not path.get("d").rstrip().endswith("z"):
                continue
            x, y = np.array(re.findall(r"-?[\d.]+", path.get("d")), float).reshape(-1, 2).T
            if len(set(zip(x, y, strict=True))) == 4:
                found.append((x.min(), y.min(), x.max(), y.max()))
    return found


def strays(some: list, others: list) -> list:
    """Those of `some` that have no counterpart among `others`."""
    if not some or not others:
        return some
    distance = np.abs(np.array(some)[:, None] - np.array(others)[None]).max(axis=2).min(axis=1)
    return [one for one, away in zip(some, distance, strict=True) if away > NEAR]


def test_labels_on_top_have_room_below_the_key():
    """Catch a key that lies on the labels of an axis that stands above its rows."""
    asked = 0
    for card in cards().values():
        for layout in LAYOUTS:
            with look.style():
                figure = card.picture(layout)
                on_top = [axes for axes in figure.axes if axes.xaxis.get_label_position() == "top"]
                if figure.legends and on_top:
                    renderer = FigureCanvasAgg(figure).get_renderer()
                    figure.draw_without_rendering()
                    top = max(axes.xaxis.get_tightbbox(renderer).y1 for axes in on_top)
                    points = (figure.legends[0].get_window_extent(renderer).y0 - top) * 72 / figure.dpi
                    assert points > 10, f"{card.card_id}, {layout.name}: {points:.1f} points"
                    asked += 1
    assert asked > 5


def test_every_mark_is_where_the_chart_has_it():
    """Catch a stack that falls on one line, a map in another projection, a mark that is lost and one too many."""
    for name, view, chart in pairs():
        assert strays(chart_marks(chart), marks_of(view)) == [], name
        assert strays(marks_of(view), chart_marks(chart)) == [], name


def test_every_bar_is_where_the_chart_has_it():
    """Catch bars that are stacked in another order, a cell of a matrix that is lost, and a key without its patches."""
    for name, view, chart in pairs():
        assert strays(bars_of(view), chart_bars(chart)) == [], name
        frames = [shape for shape in view["layout"].get("shapes", []) if shape["type"] == "rect"]
        assert len(strays(chart_bars(chart), bars_of(view))) == len(frames), name


def test_every_row_of_the_chart_has_a_mark():
    """Catch a row of the table that can be seen in the chart and not be pointed at, and one mark of a wrong event."""
    for card_id, card in cards().items():
        is_out = LEFT_OUT[card_id](card.table) if card_id in LEFT_OUT else pd.Series(False, index=card.table.index)
        is_empty = card.table[[one for one in EMPTY if one in card.table]].eq(0).any(axis=1)
        wanted = set(np.flatnonzero(~(is_out | is_empty)))
        for layout in LAYOUTS:
            if layout.is_narrow and card.ends:
                # on a phone both ends of a long table are drawn
                wanted = {row for row in wanted if not card.ends <= row < len(card.table) - card.ends}
            stood_for = {row for trace in views(card_id)[layout.name]["data"] for rows in trace.get("customdata", [])
                         for row in rows}
            assert wanted <= stood_for, (card_id, layout.name, card.table.iloc[sorted(wanted - stood_for)])


def test_a_mark_names_the_event_that_its_link_in_the_chart_leads_to():
    """Catch hover texts that are shifted by a row: the chart's links and the rows are said apart."""
    for card_id, card in cards().items():
        for layout in LAYOUTS:
            linked = Counter(event for artist in card.picture(layout).findobj() if artist.get_gid()
                             and hasattr(artist, "get_marker") for event in artist.get_gid().split()[1:])
            view = views(card_id)
            said = {view["pages"][row] for trace in view[layout.name]["data"] for rows in trace.get("customdata", [])
                    for row in rows} if "pages" in view else set()
            assert {event_page(event) for event in linked} <= said, (card_id, layout.name)


def test_every_word_of_the_chart_is_there():
    """Catch a label, a tick, an annotation, a name of a sea or words of the key that only the chart has."""
    for name, view, chart in pairs():
        drawn = Counter("".join(text.itertext()).strip() for text in chart.iter(f"{SVG}text"))
        said = Counter(html.unescape(line).strip() for words in view["layout"].get("annotations", [])
                       for line in words["text"].split("<br>"))
        del drawn[""], said[""]
        assert said == drawn, (name, said - drawn, drawn - said)


def segments_of(view: dict) -> int:
    lines = [trace for trace in view["data"] if trace.get("mode") == "lines" and "fill" not in trace]
    shapes = [shape for shape in view["layout"].get("shapes", []) if shape["type"] == "line"]
    # a line that ends with a gap of its own has a second one behind it
    runs = [list(run) for trace in lines for is_gap, run in groupby(trace["x"], lambda x: x is None) if not is_gap]
    return sum(len(run) > 1 for run in runs) + len(shapes)


def test_lines_bands_and_land_are_there():
    """Catch a view without whiskers, thresholds, lanes, the fitted band or the coast."""
    for name, view, chart in pairs():
        lines = [path for part in ("line2d", OF_EVENTS, "LineCollection", "legend") for group in groups(chart, part)
                 for path in group.findall(f"{SVG}path") + [
                     one for inner in group.findall(f"{SVG}g") for one in inner.findall(f"{SVG}path")
                     if "fill: none" in one.get("style", "")]]
        # a segment with an end that is not known is an empty path
        drawn = {path: len(re.findall("M[^M]*L", path.get("d", ""))) for path in lines}
        assert segments_of(view) == sum(drawn.values()), name
        areas = [trace for trace in view["data"] if trace.get("fill") == "toself"]
        bands, land = groups(chart, "FillBetween"), groups(chart, "PathCollection")
        assert bool(areas) == bool(bands or land), name
        if land:
            maps = len(land[0].findall(f".//{SVG}use"))
            rings = sum(len(re.findall("M", path.get("d", ""))) for path in land[0].iter(f"{SVG}path"))
            assert sum(trace["x"].count(None) for trace in areas) == maps * rings, name


def strings(part: object) -> Iterator[str]:
    if isinstance(part, (dict, list)):
        for one in part.values() if isinstance(part, dict) else part:
            yield from strings(one)
    elif isinstance(part, str):
        yield part


def test_colours_follow_the_scheme():
    """Catch a colour that stays when the reader's scheme changes, and a file that only Plotly can read."""
    for card_id in cards():
        view = views(card_id)
        for text in strings([view[layout.name] for layout in LAYOUTS]):
            if text.startswith(("#", "rgb")) and text != "rgba(0,0,0,0)":
                assert view["roles"][text] in look.LIGHT
                assert not text.startswith("#") or look.LIGHT[view["roles"][text]] == text
        assert "bdata" not in json.dumps(view)


# a card of its own


HOSTILE = """<b>bold</b> & "two" <a href="https://x.example">x</a> $5 to $6"""
TABLE = pd.DataFrame({"name": [HOSTILE, "b", "c"], "value": [1.0, 2.0, np.nan]}, index=[7, 8, 9])


def draw(layout: Layout, table: pd.DataFrame) -> Figure:
    figure = layout.figure(200)
    axes = figure.subplots()
    marks, = axes.plot(table["value"], [1, 2, 3], linestyle="", marker="o", color=look.LIGHT["both"])
    axes.text(1, 1, HOSTILE, color=look.LIGHT["ink"])
    stands_for(marks, rows_of(table))
    return figure


CARD = Card("one", "Title", "Subtitle", "Note", "Alt", TABLE, {"name": Column("Name"), "value": Column("Value")}, draw)


def test_a_view_does_not_hang_on_what_was_drawn_before():
    """Catch words and marks in the places that they have in a picture of another resolution."""
    one, other = replace(sample_cards.CARD), replace(sample_cards.CARD)
    before = one.interactive()
    one.picture_bytes()
    other.picture_bytes()
    assert one.interactive() == other.interactive() == before


def test_text_is_inert():
    """Catch a cell or a label that Plotly reads as bold, as a link or as an entity."""
    view = CARD.interactive()
    assert html.unescape(view["rows"][0][0]) == HOSTILE and "<" not in view["rows"][0][0]
    words = [one["text"] for one in view["wide"]["layout"]["annotations"]]
    assert html.escape(HOSTILE, quote=False) in words and not any("<" in text.replace("<br>", "") for text in words)


def test_a_mark_without_a_place_is_left_out_with_its_row():
    """Catch a blank drawn at zero, and rows that slip past it to other marks."""
    for layout in LAYOUTS:
        view = CARD.interactive()[layout.name]
        assert [trace["customdata"] for trace in view["data"] if "customdata" in trace] == [[[0], [1]]]
        assert view["marks"] == 2


@pytest.mark.parametrize("spoil, error", [
    (lambda axes: axes.add_patch(Circle((1, 1))), TypeError),
    (lambda axes: axes.imshow([[1]]), TypeError),
    (lambda axes: axes.plot([1], [1], marker="o", color="red"), ValueError),
    (lambda axes: stands_for(axes.plot([1, 2], [1, 2], marker="o", color=look.LIGHT["both"])[0], [(7,)]), ValueError),
    (lambda axes: stands_for(axes.plot([1], [1], marker="o", color=look.LIGHT["both"])[0], [(99,)]), KeyError),
    (lambda axes: axes.plot([1, 2], [1, 2], marker="o", markevery=2, color=look.LIGHT["both"]), TypeError),
    (lambda axes: axes.plot([1], [1], marker=[(0, 0), (1, 0), (0, 1)], color=look.LIGHT["both"]), TypeError),
    (lambda axes: axes.figure.legend(handles=[CircleCollection([9], label="a")]), TypeError),
], ids=["an unknown shape", "an image", "a colour of its own", "fewer rows than marks", "a row that is not there",
        "some marks of a line", "an outline as a mark", "an unknown handle"])
def test_nothing_is_left_out_without_being_noticed(spoil, error):
    """Catch a new kind of artist that the chart shows and the interactive view silently drops."""
    with look.style():
        figure = draw(WIDE, TABLE)
        spoil(figure.axes[0])
        with pytest.raises(error):
            plotly.view(figure, {label: place for place, label in enumerate(TABLE.index)})


def test_plotly_checks_what_is_written(monkeypatch):
    """Catch a view with a word that plotly does not know, which its script would pass over."""
    monkeypatch.setitem(styles.MARKERS, "o", ("roundish", 1))
    with pytest.raises(ValueError, match="roundish"):
        replace(CARD).interactive()


def test_plotly_knows_every_view():
    """Catch such a word in either layout of a card."""
    for _, view, _ in pairs():
        plotly.check(view)
