"""What a build notes for the next one, without a build: `tests/builds/test_steps.py` has real ones."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from drills import kept
from drills.site import steps, theming
from drills.site.underway import Made


@pytest.mark.parametrize("is_edited", [False, True])
def test_pages_are_remembered_whatever_was_edited_meanwhile(tmp_path, monkeypatch, is_edited):
    """Catch a save during a build that shows only at the end of the next one, and a record taken for the one read."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "claims.csv").write_text("1", encoding="utf-8")
    app = SimpleNamespace(builder=SimpleNamespace(format="html"), doctreedir=tmp_path)
    made = Made(steps.rests_on(tmp_path / "data"), "book", "layout", {"events/one": "key"})
    monkeypatch.setattr(steps, "build_of", lambda _app: SimpleNamespace(made=made))
    monkeypatch.setattr(theming, "data_dir", lambda _app: tmp_path / "data")
    monkeypatch.setattr(kept, "is_code_as_loaded", lambda: True)
    if is_edited:
        (tmp_path / "data" / "claims.csv").write_text("2", encoding="utf-8")
    steps.remember(app, None)
    noted = Made(**json.loads(steps.place_of(app).read_text(encoding="utf-8")))
    assert (noted.shared, noted.pages) == (made.shared, made.pages)
    assert (noted.rests_on, noted.book_rests_on) == (("", "") if is_edited else (made.rests_on, "book"))
