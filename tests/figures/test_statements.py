"""The picture of an event's figures: every figure one mark in its place, the same in all that is made of it."""

from __future__ import annotations

import io
import json
import math
from itertools import combinations, pairwise, product
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import Image

from drills.figures import drawing_plotly, drawing_png, drawing_svg, look
from drills.figures.card import Column
from drills.figures.drawing import Drawing, Line, Mark, Words
from drills.figures.drawn_card import DrawnCard
from drills.figures.forms import statements
from drills.figures.layout import LAYOUTS, WIDE, Layout

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """<script>alert(1)</script>"'&</text>"""
NAN = float("nan")
FIGURES = [
    # row, low, high, style, claimant
    ("Troops, all forces", 50_000, 50_000, "official", "Ministry"),
    ("Troops, all forces", 50_000, NAN, "official", HOSTILE),
    ("Troops, all forces", 50_000, 50_000, "relayed", "Agency"),
    ("Troops, all forces", NAN, 15_000, "assessed", "Analyst"),
    ("Troops, all forces", 20_000, 40_000, "assessed", "Institute with a long name that has to be wrapped"),
    ("Troops, all forces", 300_000, NAN, "excluded", "Blog"),
    ("Troops, Chinese", 1_000, 1_000, "planned", "Ministry"),
    ("Troops, Chinese", 1_000, 1_000, "planned_assessed", "Analyst"),
    ("Number in a series, all forces", 2, 2, "official", "Ministry"),
]
BANDS = pd.DataFrame([("Troops, all forces", "official", 50_000, 50_000, NAN),
                      ("Troops, all forces", "assessed", NAN, 20_000, 40_000)],
                     columns=["row", "side", "low", "best", "high"])
COLUMNS = {"row": Column("Row"), "claimant": Column("By whom")}


def table(figures: list[tuple]) -> pd.DataFrame:
    """Figures with an index that is not their position, so that the two cannot be mixed up."""
    frame = pd.DataFrame(figures, columns=["row", "low", "high", "style", "claimant"])
    frame.index = [f"row{number}" for number in range(len(frame))][::-1]
    return frame.assign(claim_id=frame.index, event_id="2022-x", words=frame["claimant"],
                        address=[f"#claim-{label}" for label in frame.index])


def drawn(layout: Layout, figures: list[tuple] | None = None) -> Drawing:
    return statements.draw_statements(layout, table(FIGURES if figures is None else figures), BANDS)


def card() -> DrawnCard:
    return DrawnCard("said-x", HOSTILE, "subtitle", "note", "alt", table(FIGURES), COLUMNS,
                     lambda layout, frame: statements.draw_statements(layout, frame, BANDS))


def rows_of(drawing: Drawing) -> dict[str, Mark]:
    return {mark.row: mark for mark in drawing.of(Mark) if mark.row is not None}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_figure_is_one_mark(layout):
    """Catch a figure that is left out or drawn twice, or a mark that leads to another figure."""
    marks = [mark for mark in drawn(layout).of(Mark) if mark.row is not None]
    assert sorted(mark.row for mark in marks) == sorted(table(FIGURES).index)
    assert all(mark.link[0] == f"#claim-{mark.row}" for mark in marks)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_no_mark_lies_on_another(layout):
    """Catch equal figures that hide each other."""
    many = [("Troops, all forces", 1000 + number // 9, 1000 + number // 9, "official", "A") for number in range(40)]
    for one, other in combinations(rows_of(drawn(layout, [*FIGURES, *many])).values(), 2):
        near = 2 * statements.HALF - 0.1
        assert abs(one.x - other.x) >= near or abs(one.y - other.y) >= statements.PITCH - 0.1, (one, other)


def test_figures_stand_at_their_number():
    """Catch a log axis on which a mark is not where its tick says."""
    drawing = drawn(WIDE)
    ticks = {words.lines[0]: words.x for words in drawing.of(Words) if words.lines[0].replace(",", "").isdigit()}
    known = rows_of(drawing)
    labels = {claimant: label for label, claimant in zip(table(FIGURES).index, table(FIGURES)["high"], strict=True)}
    assert known[labels[1000]].x == pytest.approx(ticks["1,000"])
    decade = ticks["10,000"] - ticks["1,000"]
    assert known["row8"].x - ticks["10,000"] == pytest.approx(decade * math.log10(5))
    middle = known["row4"]
    assert middle.x - ticks["10,000"] == pytest.approx(decade * math.log10(math.sqrt(2 * 4)))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("least, most", [
    (1, 1), (3, 4), (1, 9), (2, 30), (95, 105), (1, 1000), (18, 9_600), (800, 300_000), (1_000, 1_000_000),
    (400_000, 1_000_000), (999, 1_001), (90_000, 950_000), (1, 1_000_000), (1, 10 ** 9), (7 * 10 ** 8, 10 ** 9),
])
def test_every_line_of_the_grid_has_its_number(layout, least, most):
    """Catch a line that nobody can read, numbers that run into each other or out of the picture, and a bare axis."""
    drawing = drawn(layout, [("Troops, all forces", one, one, "official", "A") for one in (least, most)])
    lines = sorted(line.x0 for line in drawing.of(Line) if line.role == "grid" and line.x0 == line.x1)
    words = sorted((one for one in drawing.of(Words) if one.lines[0].replace(",", "").isdigit()), key=lambda one: one.x)
    assert len(lines) == len(words) >= 2
    assert all(abs(line - one.x) <= statements.LETTER_WIDTH for line, one in zip(lines, words, strict=True))
    halves = [len(one.lines[0]) * statements.LETTER_WIDTH / 2 for one in words]
    ends = [(one.x - half, one.x + half) for one, half in zip(words, halves, strict=True)]
    assert all(before[1] < after[0] for before, after in pairwise(ends))
    assert ends[0][0] >= 0 and ends[-1][1] <= drawing.width
    assert len({one.lines for one in words}) == len(words)


@pytest.mark.parametrize("style, expected", [
    ("official", ("o", "both", 1)), ("relayed", ("o", "both", 0.3)), ("assessed", ("D", "china", 0)),
    ("planned", ("o", "other", 0)), ("planned_assessed", ("D", "other", 0)), ("excluded", ("x", "other", 0))])
def test_kinds_of_figures_differ_in_shape_and_fill(style, expected):
    """Catch a plan drawn like a report, or two kinds that differ in colour alone."""
    [mark] = rows_of(drawn(WIDE, [("Troops", 10, 10, style, "A")])).values()
    assert (mark.shape, mark.role, mark.fill) == expected
    shapes = [(one.shape, one.fill, one.role == "other") for one in statements.STYLES.values()]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("low, high, arrows", [(10, 10, ""), (10, NAN, ">"), (NAN, 10, "<"), (5, 10, "")])
def test_open_ends_are_arrows(low, high, arrows):
    """Catch "more than" drawn like a plain figure, or pointing the wrong way."""
    drawing = drawn(WIDE, [("Troops", low, high, "official", "A")])
    [mark] = rows_of(drawing).values()
    ends = [one for one in drawing.of(Mark) if one.shape in "<>"]
    assert "".join(one.shape for one in ends) == arrows
    assert all((one.x > mark.x) == (one.shape == ">") and one.y == mark.y for one in ends)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_names_keep_clear_of_marks_and_edges(layout):
    """Catch a name that is written over a mark or beyond the picture, with the narrowest letters that a reader has."""
    drawing = drawn(layout)
    for words in (one for one in drawing.of(Words) if one.role == "muted"):
        width = 0.5 * words.size * max(map(len, words.lines))
        left = words.x - {"left": 0, "center": width / 2, "right": width}[words.side]
        assert left >= -1 and left + width <= drawing.width + 1, words
        top, foot = min(words.heights()) - 5, max(words.heights()) + 5
        for mark in rows_of(drawing).values():
            assert not (left < mark.x < left + width and top < mark.y < foot), (words, mark)


@pytest.mark.parametrize("names, width, most, expected", [
    (["A"], 10, 1, ["A"]), (["Alpha", "Beta"], 11, 1, ["Alpha, Beta"]), (["Alpha", "Beta"], 9, 1, ["Alpha + 1"]),
    (["Alpha", "Beta"], 8, 2, ["Alpha,", "Beta"]), (["Alpha"], 3, 2, []), (["A b"], 1, 2, ["A", "b"])])
def test_names_are_shown_as_far_as_there_is_room(names, width, most, expected):
    """Catch a name that is cut, or left out without being counted."""
    assert statements.listed(names, width, most) == expected


# what is made of the picture


def places(drawing: Drawing, shape: str) -> list[tuple[float, float]]:
    return sorted((round(mark.x, 1), round(mark.y, 1)) for mark in drawing.of(Mark) if mark.shape == shape)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_chart_and_interactive_view_are_the_same_picture(layout):
    """Catch a mark, a line or a word that one of them leaves out or has elsewhere."""
    drawing, frame = drawn(layout), table(FIGURES)
    root = ElementTree.fromstring(drawing_svg.inline(drawing, "x", "title", "alt"))
    view = drawing_plotly.view(drawing, {label: number for number, label in enumerate(frame.index)})
    circles = sorted((float(one.get("cx")), float(one.get("cy"))) for one in root.iter(f"{SVG}circle"))
    traced = sorted((x, y) for trace in view["data"] if trace["marker"]["symbol"].startswith("circle")
                    for x, y in zip(trace["x"], trace["y"], strict=True))
    assert circles == traced == places(drawing, "o")
    assert sum(len(trace["x"]) for trace in view["data"]) == len(drawing.of(Mark))
    assert view["marks"] == len(frame)
    rows = [row for trace in view["data"] for row in trace.get("customdata", ())]
    assert sorted(rows) == [[number] for number in range(len(frame))]
    said = [line for words in drawing.of(Words) for line in words.lines]
    assert ["".join(one.itertext()) for one in root.iter(f"{SVG}text")] == said
    assert len(view["layout"]["annotations"]) == len(said)
    assert len(view["layout"]["shapes"]) == len(drawing.items) - len(drawing.of(Words)) - len(drawing.of(Mark))


def test_the_interactive_view_is_plotly():
    """Catch a name or a value that Plotly does not know."""
    made = card().interactive()
    for layout in LAYOUTS:
        view = made[layout.name]
        checked = json.loads(go.Figure({"data": view["data"], "layout": view["layout"]}, skip_invalid=False).to_json())
        assert len(checked["data"]) == len(view["data"])
    assert made["pages"] == [f"events/2022-x.html#claim-{label}" for label in table(FIGURES).index]
    assert set(made["roles"].values()) <= set(look.LIGHT)


def test_hostile_words_are_inert():
    """Catch a claimant or a title that becomes markup in the chart, its file or the interactive view."""
    one = card()
    for text in (*(one.svg(layout) for layout in LAYOUTS), one.picture_file()):
        root = ElementTree.fromstring(text)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            "svg", "title", "desc", "g", "a", "circle", "path", "rect", "text"}
        assert HOSTILE in "".join(root.find(f"{SVG}title").itertext())
    assert "<script" not in json.dumps([view["layout"] for view in one.views(
        {label: 0 for label in one.table.index}).values()])


def test_files_are_those_of_every_card():
    """Catch a download that is missing, has no title, or is not the picture of the page."""
    one = card()
    files = one.files()
    assert sorted(files) == ["said-x.csv", "said-x.json", "said-x.png", "said-x.svg"]
    assert len(files["said-x.csv"].decode().splitlines()) == len(FIGURES) + 1
    svg = ElementTree.fromstring(files["said-x.svg"])
    assert "var(" not in files["said-x.svg"].decode() and not list(svg.iter(f"{SVG}a"))
    picture = Image.open(io.BytesIO(files["said-x.png"]))
    assert picture.width == 2 * look.WIDE and picture.text["Title"] == HOSTILE
    assert picture.height == 2 * round(float(svg.get("height")))
    assert files == card().files()


def test_the_png_has_the_marks_of_the_drawing():
    """Catch a shape that is drawn elsewhere, in another colour, or not at all."""
    items = [Mark(20 + 20 * number, 20, shape, 10, role) for number, (shape, role) in
             enumerate(product("oDx|<>", ("both", "china")))] + [Line(10, 40, 250, 40, "russia", 4)]
    picture = Image.open(io.BytesIO(drawing_png.file(Drawing(270, 60, items), "t", "d"))).convert("RGB")
    for item in items:
        x, y = (item.x, item.y) if isinstance(item, Mark) else (item.x0 + 5, item.y0)
        expected = bytes.fromhex(look.LIGHT[item.role][1:])
        assert all(abs(a - b) < 40 for a, b in zip(picture.getpixel((2 * x, 2 * y)), expected, strict=True)), item
    assert min(picture.getpixel((2 * 135, 2 * 55))) > 250


def test_a_png_keeps_paper_and_roles():
    """Catch a palette of the files in which white is grey, a role another colour, or a mixture of two far from both."""
    roles = [bytes.fromhex(colour[1:]) for colour in look.LIGHT.values()]
    picture = Image.new("RGB", (256, len(roles) ** 2))
    for row, (one, other) in enumerate(product(roles, repeat=2)):
        for step in range(256):
            mixed = (round(a + (b - a) * step / 255) for a, b in zip(one, other, strict=True))
            picture.putpixel((step, row), tuple(mixed))
    written = Image.open(io.BytesIO(drawing_png.encoded(picture, "t", "d"))).convert("RGB")
    away = np.abs(np.asarray(picture, int) - np.asarray(written, int)).max(axis=2)
    assert away[:, [0, -1]].max() <= 2
    drawn_on = {"paper", "band", *look.MARKS}
    for row, (one, other) in enumerate(product(look.LIGHT, repeat=2)):
        if one in look.MARKS and other in drawn_on:
            assert away[row].max() <= 32, (one, other)
