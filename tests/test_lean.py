"""What is kept out while something is imported, and comes back afterwards."""

from __future__ import annotations

import subprocess
import sys

import pytest

from drills import lean


def test_a_module_is_kept_out_for_a_while_alone(monkeypatch):
    """Catch a module that stays away from whoever needs it later, and one that is taken from who has it."""
    monkeypatch.delitem(sys.modules, "this", raising=False)
    with lean.without("this"), pytest.raises(ImportError):
        __import__("this")
    assert "this" not in sys.modules
    loaded = sys.modules["json"]
    with lean.without("json"):
        assert sys.modules["json"] is loaded
    assert sys.modules["json"] is loaded


@pytest.mark.slow
def test_a_check_loads_nothing_that_makes_examples():
    """Catch seconds of every check for a package that only tests need."""
    words = "import sys; from drills import checks; checks.check(); sys.exit('hypothesis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0
