"""Joint Drills: the record of Russia-China military exercises and the report made from it."""

import time
from importlib.metadata import PackageNotFoundError, version

# Whatever is loaded of the package in this process was read after that.
BEGAN = time.time()

try:
    __version__ = version("drills")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"
