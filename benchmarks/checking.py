"""How fast the record is checked, and what the check finds, against the tool that wrote the standard."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path

from benchmarks.faults import Fault, plant
from benchmarks.measure import BIN, ROOT, Line, in_turn, python, run, say

FRICTIONLESS = [str(BIN / "frictionless"), "validate", "data/datapackage.json", "--json"]
# errors about a header carry no row
HEADER_ERRORS = {"missing-label", "extra-label", "incorrect-label", "blank-header", "blank-label", "duplicate-label"}
Place = tuple[str, int | None]


def speed() -> list[Line]:
    """`drills check` on the record, against the time that Python takes to import pandas."""
    say("checking the record, five times")
    seconds = in_turn({"check": python("-m", "drills", "check"), "pandas": python("-c", "import pandas")}, ROOT, 5)
    ratio = seconds["check"] / seconds["pandas"]
    return [Line("check the record", f"{ratio:.1f} × `import pandas`", "under 3 s", seconds["check"] < 3,
                 f"{seconds['check']:.2f} s; {seconds['pandas']:.2f} s")]


def ours(text: str) -> set[Place]:
    """Table and line of every problem that `drills check` prints."""
    return {(Path(file).stem, int(line)) for file, line in re.findall(r"^(\S+\.csv):(\d+):", text, re.MULTILINE)}


def theirs(text: str) -> set[Place]:
    """Table and line of every error that frictionless names; line None where it names the file alone."""
    return {(task["name"], 1 if error["type"] in HEADER_ERRORS else error.get("rowNumber"))
            for task in json.loads(text)["tasks"] for error in task["errors"]}


def names(found: set[Place], fault: Fault) -> bool:
    """Whether a fault is among what was found; naming the file alone is enough."""
    return (fault.table, fault.line) in found or (fault.table, None) in found


def compare() -> list[Line]:
    """Speed and findings on a sound copy and on one with faults planted."""
    commands = {"ours": python("-m", "drills", "check", "--data", "data"), "theirs": FRICTIONLESS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("data", "drills"):
            shutil.copytree(ROOT / part, folder / part)
        say("checking with frictionless in turn, three times on the sound record, three times with faults")
        sound = in_turn(commands, folder, 3)
        faults = plant(folder / "data")
        spoilt = in_turn(commands, folder, 3, codes=(1,))
        found = {"ours": ours(run(commands["ours"], folder, (1,))[1]),
                 "theirs": theirs(run(commands["theirs"], folder, (1,))[1])}
    return [against("sound record", sound), against(f"{len(faults)} faults planted", spoilt), findings(faults, found)]


def against(what: str, seconds: dict[str, float]) -> Line:
    ratio = seconds["ours"] / seconds["theirs"]
    return Line(f"check against frictionless, {what}", f"{ratio:.2f} × its time", "under 1", ratio < 1,
                f"{seconds['ours']:.2f} s; {seconds['theirs']:.2f} s")


def findings(faults: list[Fault], found: dict[str, set[Place]]) -> Line:
    """Which planted faults each of the two names."""
    named = {who: [fault for fault in faults if names(places, fault)] for who, places in found.items()}
    missed = [fault.what for fault in named["theirs"] if fault not in named["ours"]]
    only = [fault.what for fault in named["ours"] if fault not in named["theirs"]]
    neither = [fault.what for fault in faults if fault not in named["ours"] + named["theirs"]]
    detail = f"only ours: {', '.join(only) or 'none'}"
    detail += f"; only frictionless: {', '.join(missed)}" if missed else ""
    detail += f"; neither: {', '.join(neither)}" if neither else ""
    return Line("planted faults named with file and line",
                f"{len(named['ours'])} of {len(faults)}; frictionless {len(named['theirs'])}",
                "all that frictionless names", not missed, detail)
