"""Joint Drills: the record of Russia-China military exercises and the report made from it.

    import drills
    record = drills.load()
    record.events, record.estimates, record.count("default").total
"""

from __future__ import annotations

import json
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .analysts import OpenRecord

# Whatever is loaded of the package in this process was read after that.
BEGAN = time.time()

_HERE = Path(__file__).resolve().parent
# Where the record stands: beside the code in a checkout, inside the package where that is installed.
DATA = _HERE / "data" if (_HERE / "data").is_dir() else _HERE.parent / "data"

# What names the folder of the record and that of what is kept, in the environment of the processes of a build.
DATA_VARIABLE, KEPT_VARIABLE = "DRILLS_DATA", "DRILLS_KEPT"


def __getattr__(name: str) -> str:
    """`__version__`, which is written down in the descriptor of the record and nowhere else."""
    if name == "__version__":
        return json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["version"]
    raise AttributeError(name)


def load(data_dir: Path | str | None = None) -> OpenRecord:
    """The record with its tables as typed frames, its estimates and its counts: `analysts.open_record`."""
    from .analysts import open_record

    return open_record(data_dir)


@cache
def release() -> str:
    """How the record that is shown is called, in quotations and files: a release, or a state on the way to one."""
    from .record import tables, version

    return version.version_in(tables.read_package(tables.folder()), tables.folder())
