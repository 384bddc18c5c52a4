"""What was made once and would come out the same again: results on disk by a digest of all that they are made from.

The build names the folder (KEPT_VARIABLE); without one nothing is kept. It may be removed at any time. A digest
covers what a function is given, the code of the package and the versions of the packages that it leans on, so that a
result is never older than any of them; joblib.Memory sees neither the code that a function calls nor versions of
packages, and trusts any file that it finds. Must import no room of the package.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import pickle
import platform
import re
import sys
import time
import types
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from functools import cache, partial
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from . import BEGAN, KEPT_VARIABLE, writing

PACKAGE = Path(__file__).parent
# Seconds after which a result that nobody has asked for is thrown away: two weeks.
OLD = 14 * 24 * 3600
# Seconds by which the clock of files may be late.
CLOCK = 0.01
# Bytes of a digest, which stands before each result.
DIGEST = hashlib.sha256().digest_size
# What Python writes of such a thing says all of it.
PLAIN = frozenset({type(None), bool, int, float, str, bytes, np.float64, np.int64, np.bool_, pd.Timestamp, pd.Timedelta,
                   type(pd.NA), type(pd.NaT)})
PLAIN_KINDS = (*PLAIN, np.generic)
CODE = (types.FunctionType, types.BuiltinFunctionType, type)
Made = TypeVar("Made")


class Unknown(TypeError):
    """A thing of which no digest can be made."""


def keep(kind: str, given: object, make: Callable[[], Made]) -> Made:
    """What `make` returns, from an earlier call if there was one with the same `given`.

    kind: names the folder of such results and what `make` does. given: all that `make` looks at, code apart. Where no
    digest can be made of it, everything is made again.
    """
    if not (path := _place(kind, given)):
        return make()
    found = _read(path)
    if found is None:
        found = make()
        _put(path, found)
    return found


def find(kind: str, given: object, sort: type[Made]) -> Made | None:
    """What was `put` for the same `given`, a thing of this sort; None if nothing was."""
    path = _place(kind, given)
    found = _read(path) if path else None
    return found if isinstance(found, sort) else None


def put(kind: str, given: object, made: object) -> None:
    """Have `find` return a result from now on."""
    if path := _place(kind, given):
        _put(path, made)


def _place(kind: str, given: object) -> Path | None:
    """The file of a result; None where nothing is kept or no digest can be made."""
    if folder := os.environ.get(KEPT_VARIABLE):
        with suppress(Unknown, RecursionError):
            return Path(folder) / kind / digest(code(), kind, given)
    return None


def _read(path: Path) -> Any:
    """A result, which is young again; None if there is none or, for whatever reason, it cannot be read.

    Of what type it is no checker can know: it is what the digest that names the file was made for. What was not written
    here, or no longer is what was, is not unpickled, since that can run anything.
    """
    try:
        whole = path.read_bytes()
        said, content = whole[:DIGEST], whole[DIGEST:]
        if hashlib.sha256(content).digest() != said:
            return None
        made = pickle.loads(content)
        os.utime(path)
    except Exception:
        return None
    return made


def _put(path: Path, made: object) -> None:
    """Write a result and a digest of it, unless code that is not the one of its own digest may have made it.

    What cannot be written, since it is no data or the disk is full, is made again the next time.
    """
    if is_code_as_loaded():
        with suppress(pickle.PicklingError, TypeError, AttributeError, OSError):
            content = pickle.dumps(made)
            writing.write(path, hashlib.sha256(content).digest() + content)


def forget_old() -> None:
    """Throw away what no build has asked for in a long time."""
    for path in Path(os.environ[KEPT_VARIABLE]).rglob("*") if KEPT_VARIABLE in os.environ else ():
        if path.is_file() and path.stat().st_mtime < time.time() - OLD:
            path.unlink(missing_ok=True)


def code_files() -> list[Path]:
    """Every file of the package that decides what is made, and the file that says how to cite it."""
    return sorted(Path(path) for path in _code_paths() if os.path.isfile(path))


def _code_paths() -> Iterator[str]:
    """Their paths, in no order, and those of links to nowhere, with which an editor marks a file that it holds.

    Asked for whenever something is kept, and so without a Path for each.
    """
    waiting = [str(PACKAGE)]
    while waiting:
        folder = waiting.pop()
        changed = os.stat(folder).st_ctime
        # in which nothing came or went since this process began to load the code
        listed = _listed if changed < BEGAN - CLOCK else _listed.__wrapped__
        folders, paths = listed(folder, changed)
        waiting += folders
        yield from paths
    yield from map(str, PACKAGE.parent.glob("CITATION.cff"))


@cache
def _listed(folder: str, _changed: float) -> tuple[list[str], list[str]]:
    """The folders in a folder of the package, and all else, when it was last changed."""
    with os.scandir(folder) as found:
        entries = [(entry.path, entry.is_dir(follow_symlinks=False)) for entry in found if entry.name != "__pycache__"]
    return [path for path, is_folder in entries if is_folder], [path for path, is_folder in entries if not is_folder]


@cache
def code() -> str:
    """A digest of the code of the package, of Python and of the packages that it names in its requirements."""
    found = hashlib.sha256(platform.python_version().encode())
    for path in code_files():
        found.update(f"{path.relative_to(PACKAGE.parent)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    required = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in metadata.requires("drills") or ()}
    for name in sorted(required):
        try:
            found.update(f"{name} {metadata.version(name)}\n".encode())
        except metadata.PackageNotFoundError:
            continue
    return found.hexdigest()


def is_code_as_loaded() -> bool:
    """Whether no file of the package has changed since this process, or the one it was forked from, began to load it.

    Otherwise what runs may be older than `code` says, or newer.
    """
    for path in _code_paths():
        with suppress(FileNotFoundError):
            if os.stat(path).st_ctime >= BEGAN - CLOCK:
                return False
    return True


def digest(*things: object) -> str:
    """Hexadecimal digits that differ for things that differ. Raises Unknown for what it cannot see into."""
    parts: list[str] = []
    _add(parts, things)
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()


def _add(parts: list[str], thing: object) -> None:
    """Add to `parts` a thing as texts that together say all of it."""
    kind = type(thing)
    parts.append(f"{kind.__module__}.{kind.__qualname__}")
    if kind in PLAIN:
        parts.append(repr(thing))
    elif isinstance(thing, PLAIN_KINDS):
        parts.append(str.__repr__(thing) if isinstance(thing, str) else repr(thing))
    elif isinstance(thing, dict):
        _add_all(parts, [part for item in thing.items() for part in item])
    elif isinstance(thing, (set, frozenset)):
        parts.extend(sorted(digest(one) for one in thing))
    elif isinstance(thing, (list, tuple)):
        parts.append(repr(getattr(thing, "_fields", len(thing))))
        _add_all(parts, thing)
    elif isinstance(thing, np.ndarray):
        parts.append(f"{thing.dtype} {thing.shape}")
        _add_all(parts, thing.ravel().tolist())
    elif isinstance(thing, pd.DataFrame):
        _add_all(parts, [thing.index, thing.columns, *(thing.iloc[:, place] for place in range(thing.shape[1]))])
    elif isinstance(thing, (pd.Series, pd.Index)):
        _add_all(parts, [str(thing.dtype), thing.name, thing.tolist()])
        if isinstance(thing, pd.Series):
            _add(parts, thing.index)
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        _add_all(parts, [getattr(thing, field.name) for field in dataclasses.fields(thing)])
    else:
        _add_code(parts, thing)


def _add_all(parts: list[str], things: Collection[object]) -> None:
    """Add each of some things, and where they end: first what Python writes of the plain ones, then the others."""
    others = [thing for thing in things if type(thing) not in PLAIN]
    # which is no plain thing itself
    parts.append(repr([thing if type(thing) in PLAIN else ... for thing in things] if others else [*things]))
    for thing in others:
        _add(parts, thing)
    parts.append("end")


def _add_code(parts: list[str], thing: object) -> None:
    """Add what stands in a module by its name, since the code is known; a function within another as what it holds."""
    if isinstance(thing, re.Pattern):
        parts.append(f"{thing.pattern!r} {thing.flags}")
    elif isinstance(thing, partial):
        _add_all(parts, [thing.func, thing.args, thing.keywords])
    elif isinstance(thing, types.MethodType):
        _add_all(parts, [thing.__self__, thing.__func__])
    elif isinstance(thing, CODE) and _is_in_its_module(thing):
        parts.append(f"{thing.__module__}.{thing.__qualname__}")
    elif isinstance(thing, types.FunctionType) and thing.__module__.split(".")[0] == __name__.split(".")[0]:
        parts.append(f"{thing.__module__}.{thing.__qualname__} {thing.__code__.co_firstlineno}")
        _add_all(parts, [thing.__code__.co_code, thing.__defaults__, thing.__kwdefaults__,
                         *(cell.cell_contents for cell in thing.__closure__ or ())])
    else:
        raise Unknown(f"no digest of {type(thing)}")


def _is_in_its_module(thing: types.FunctionType | types.BuiltinFunctionType | type) -> bool:
    """Whether a function or class is what its module has under its name; what a notebook defines is not known."""
    module = sys.modules.get(thing.__module__ or "")
    return thing.__module__ != "__main__" and getattr(module, thing.__qualname__, None) is thing
