"""What other packages load, or say, although nothing here needs it, left out. Comes before nbformat and jsonschema.

jsonschema builds a grammar of web addresses of all languages when it is imported, if rfc3987-syntax is there, which
jupyter-events demands: seconds in every process that touches a notebook. No schema here asks for that format, and
jsonschema goes on without it. Imports nothing of this package.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None keeps a module out

# An option of a kernel, which would say at its start that others on the same machine might listen: for each chapter,
# and nobody has anything to do about it.
QUIET = "--IPKernelApp.log_level=ERROR"


@contextmanager
def without(name: str) -> Iterator[None]:
    """Keep a module that is not loaded yet out of what is imported in a with-statement, which must do without it."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
