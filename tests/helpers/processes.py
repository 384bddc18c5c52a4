"""Functions in processes of their own, which a test can listen to and kill."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import IO

import pytest


class Begun:
    """A function in a process of its own, of which what it prints can be read."""

    def __init__(self, work: Callable[[], int]):
        reading, writing = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.setpgid(0, 0)
            # a shell that runs the tests in the background, or past its own end, has them ignore these
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            for number in (1, 2):
                os.dup2(writing, number)
            os.close(reading)
            os.close(writing)
            sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
            code = 1
            # whatever happens, it must not go on as a second run of the tests
            try:
                code = work()
            except BaseException:
                traceback.print_exc()
            finally:
                with suppress(OSError):
                    sys.stdout.flush()
                    sys.stderr.flush()
                os._exit(code)
        os.close(writing)
        self.output: IO[str] = os.fdopen(reading, encoding="utf-8")
        self.said: list[str] = []

    def until(self, words: str) -> str:
        """Read until a line says these words, and return it; fails at the end of all lines."""
        for line in self.output:
            self.said.append(line)
            if words in line:
                return line
        pytest.fail(f"never said {words!r}: {''.join(self.said)}")

    def end(self) -> tuple[int, str]:
        """The exit code, minus the signal if one ended it, and the rest of what it and its children print.

        That is over when the last of them has ended: it waits until no process is left.
        """
        rest = self.output.read()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1]), rest
