"""What the same input gives on every machine: the order of rows that sort alike, and names within pictures."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from drills.counting.curve import fit_trends
from drills.figures.svg import to_svg

CODE = Path(__file__).resolve().parents[2] / "drills"
# what sorts by one key unless it is given a list of several, and the same of numpy
BY_KEYS, BY_VALUES = {"sort_values"}, {"sort_index", "argsort"}


def unstable(source: str) -> list[int]:
    """Lines of calls that sort by one key and leave it to the processor which of equal rows comes first."""
    return sorted(call.lineno for call in ast.walk(ast.parse(source))
                  if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
                  and (call.func.attr in BY_VALUES or (call.func.attr in BY_KEYS and not several(call)))
                  and not any(word.arg == "kind" and getattr(word.value, "value", "") == "stable"
                              for word in call.keywords))


def several(call: ast.Call) -> bool:
    """Whether a call is given a list of two keys or more: pandas keeps the order of rows that agree in all of them."""
    keys = call.args[0] if call.args else next((word.value for word in call.keywords if word.arg == "by"), None)
    return isinstance(keys, ast.List) and (len(keys.elts) > 1 or isinstance(keys.elts[0], ast.Starred))


@pytest.mark.parametrize(("call", "is_found"), [
    ('t.sort_values("a")', True), ('t.sort_values(["a"])', True), ("t.sort_values()", True), ("t.sort_index()", True),
    ('t.sort_values(by="a", ignore_index=True)', True), ("np.argsort(t)", True),
    ('t.sort_values("a", kind="heap")', True),
    ('t.sort_values(["a", "b"])', False), ('t.sort_values("a", kind="stable")', False), ("names.sort()", False),
    ('t.sort_values(by=["a", "b"])', False)])
def test_an_unstable_sort_is_seen(call, is_found):
    assert bool(unstable(call)) == is_found


@pytest.mark.slow
def test_rows_that_sort_alike_keep_their_order():
    """Catch a sort whose order among equals is that of the processor's own instructions."""
    found = [f"{path.relative_to(CODE)}:{line}" for path in sorted(CODE.rglob("*.py"))
             for line in unstable(path.read_text(encoding="utf-8"))]
    assert not found, f'sort with kind="stable": {found}'


def test_fits_have_no_digits_that_processors_differ_in():
    """Catch the sixteenth digit of a fit, which would say which of two equal definitions comes first."""
    rng = np.random.default_rng(1)
    fits = fit_trends(np.arange(2003, 2026), rng.poisson(3, (40, 23)).astype(float)).drop(columns="n_events")
    pd.testing.assert_frame_equal(fits, fits.round(12), check_exact=True)


def test_names_within_a_picture_are_counted():
    """Catch a name that holds a hash of where something lies, which a processor's last digit changes."""
    drawn = []
    for width in (300.0, 300.0000000000001):
        figure = Figure(figsize=(width / 72, 3))
        axes = figure.subplots(2)
        for panel in axes:
            panel.plot([1, 2, 3], [1, 3, 2], marker="o")
            panel.fill_between([1, 2, 3], [1, 3, 2], hatch="//")
        drawn.append(to_svg(figure, "some", "Title", "Description"))
    assert "some-p" in drawn[0] and "some-m" in drawn[0] and "some-h" in drawn[0]
    assert drawn[0] == drawn[1]
