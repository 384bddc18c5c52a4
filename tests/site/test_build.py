"""The promise of a build: the last good site stays, whatever ends the next one."""

from __future__ import annotations

import contextlib

import pytest

from drills.site import build


class Killed(BaseException):
    """The end of a process that no code of ours sees."""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Build a site of one page: called with its text and how the build ends (an exit code or an exception)."""
    html = tmp_path / "_build" / "html"

    def built(text: str, end: int | BaseException = 0) -> str:
        def run(*_):
            html.mkdir(parents=True, exist_ok=True)
            (html / "index.html").write_text(text, encoding="utf-8")
            if isinstance(end, BaseException):
                raise end
            return end

        with monkeypatch.context() as patch:
            patch.setattr(build, "run", run)
            if isinstance(end, Killed):
                # nothing that stands after the kill is run
                patch.setattr(build, "put_back", lambda *_: None)
            with contextlib.suppress(Killed, KeyboardInterrupt):
                build.build(tmp_path, tmp_path)
        return (html / "index.html").read_text(encoding="utf-8")

    return built


@pytest.mark.parametrize("ends", [(1,), (KeyboardInterrupt(),), (Killed(), 1), (Killed(), Killed(), 1),
                                  (Killed(), KeyboardInterrupt()), (1, Killed(), 1), (1, 1)])
def test_the_last_good_site_stays(site, ends):
    """Catch a half-built tree that becomes the last good site."""
    assert site("good") == "good"
    shown = [site("half", end) for end in ends]
    assert shown[-1] == "good"
    assert site("better") == "better"
    assert site("half", 1) == "better"


def test_a_first_build_that_fails_leaves_nothing_to_go_back_to(site):
    """Catch a half-built first site that is put back as a good one."""
    assert site("half", Killed()) == "half"
    assert site("other half", 1) == "other half"
