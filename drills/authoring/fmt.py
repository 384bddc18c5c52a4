"""The files of the record brought into their form (`record.form`), without a change to what they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..record import form, tables
from ..record.package import fields, resources
from ..record.problems import Problem
from ..record.text import read_raw
from . import ordering
from .writing import write_all


@dataclass
class Done:
    """What became of the files: those that were written, and why others were left as they are."""

    written: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def fmt(data_dir: Path) -> Done:
    """Bring every table of a folder into its form.

    A file that cannot be read whole is left as it is, with the problems that stand in the way, and so is one whose
    rows are sorted by what cannot be read. Raises UnreadableData if the folder has no sound datapackage.json.
    """
    package, done, data, raw = tables.read_package(data_dir), Done(), {}, {}
    described = resources(package)
    for name, resource in described.items():
        path = data_dir / resource["path"]
        raw[name] = read_raw(path, list(fields(resource)))
        if path.is_file() and form.rows_of(path.read_bytes(), list(fields(resource))) is not None:
            data[name] = path.read_bytes()
        else:
            done.problems += raw[name].problems
    left = ordering.unsorted(described, raw, set(data))
    done.problems += dict.fromkeys(left.values())
    texts = form.tables_in_form(package, data)
    changed = {data_dir / described[name]["path"]: (data[name], text.encode("utf-8")) for name, text in texts.items()
               if name not in left and text.encode("utf-8") != data[name]}
    write_all(changed)
    done.written += changed
    return done
