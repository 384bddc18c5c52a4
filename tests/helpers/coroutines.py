"""Coroutines that run to their end although a browser of other tests may have a loop, which never ends, in this one."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")
# as it is before a test has another one in its place
_run = asyncio.run


def finished(task: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine returns, run in a thread of its own."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(_run, task).result()
