"""Joint Drills: the record of Russia-China military exercises and the report made from it."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("drills")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"
