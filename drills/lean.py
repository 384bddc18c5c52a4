"""What other packages load although nothing here needs it, left out. To be imported before nbformat and jsonschema.

jsonschema builds a grammar of web addresses of all languages when it is imported, if rfc3987-syntax is there, which
jupyter-events demands: seconds in every process that touches a notebook. No schema here asks for that format, and
jsonschema goes on without it. Imports nothing of this package.
"""

from __future__ import annotations

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None keeps a module out
