"""Kernels that are forks, in a process that has run no other test: what else was loaded there would be in them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ALONE = Path(__file__).with_name("kernels_alone.py")


def test_forked_kernels():
    """Catch a kernel that says something else than one of its own, or stays behind: tests/site/kernels_alone.py."""
    words = ["-o", "addopts=--import-mode=importlib", "-n", "0", "-q", "-p", "no:nbval", "-p", "no:cacheprovider"]
    done = subprocess.run([sys.executable, "-m", "pytest", *words, str(ALONE)], cwd=ALONE.parents[2],
                          capture_output=True, text=True)
    # what is said of the tests counts: after the last of them Python 3.11 may trip over the syntax trees of its own end
    assert re.search(r"^\d+ passed in ", done.stdout, re.MULTILINE), (done.stdout + done.stderr)[-4000:]
