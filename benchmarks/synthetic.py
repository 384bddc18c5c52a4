"""The record many times over, with new ids that keep their form and their references.

`python -m benchmarks.synthetic N` estimates N copies in a process of its own and prints seconds of processor time,
which a busy machine does not stretch, megabytes and the number of claims as JSON.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from drills import checks
from drills.authoring import fmt
from drills.checks import doubts, tiers
from drills.record import tables, text, types
from drills.record.package import PACKAGE_FILE, resources

ESTIMATED = ("claims", "rulings", "sources")
COPIED = ("events", "participants", "claims", "date_claims", "facts", "sources", "rulings")
IDS = ("event_id", "part_of", "claim_id", "claim_ids", "source_id", "source_ids", "ruling_id")


def renamed(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    """A text frame with copy `number` of every id in it; a claim's id carries that of its event.

    Events get a place of their own too, since two that agree in series, start, kind and place are one; joint patrols
    leave their series, which has one event for each number. Sources get an address of their own.
    """
    columns = {name: frame[name].str.replace(r"(^|;)([^:;]+)", rf"\1\2-copy{number}", regex=True)
               for name in IDS if name in frame}
    if "place" in frame:
        columns["place"] = frame["place"].fillna("Place not known") + f", copy {number}"
        columns["series"] = frame["series"].where(~frame["series"].isin(tiers.PATROL_SERIES), "other")
    if "url" in frame:
        columns["url"] = frame["url"].str.replace("^[^?#]*", rf"\g<0>/copy{number}", regex=True)
    return frame.assign(**columns)


def replicate(raw: dict[str, text.RawTable], times: int, names: tuple[str, ...] = COPIED) -> dict[str, pd.DataFrame]:
    """The named tables `times` over as text frames, the first copy as it stands; always the same for the same input."""
    return {name: pd.concat([raw[name].frame, *(renamed(raw[name].frame, n) for n in range(2, times + 1))],
                            ignore_index=True) for name in names}


def cited(frames: dict[str, pd.DataFrame]) -> set[str]:
    """The source_id of every page that a row of some text frames rests on."""
    return {source_id for frame in frames.values() for name in ("source_id", "source_ids") if name in frame
            for cell in frame[name].dropna() for source_id in cell.split(";")}


def verify() -> None:
    """Raise RuntimeError unless two copies of the record satisfy every rule of it."""
    package, raw = tables.read_all()
    doubled = replicate(raw, 2)
    sources = doubled.pop("sources")
    is_first = sources.index < len(raw["sources"].frame)
    # no row rests on the copy of a page that only tables name which are not copied
    doubled["sources"] = sources[is_first | sources["source_id"].isin(cited(doubled))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(tables.DATA / PACKAGE_FILE, folder)
        for table, resource in resources(package).items():
            shutil.copy(tables.DATA / resource["path"], folder)
            if table == doubts.SETTLED:
                # what is odd in one record may be usual in two
                doubled[table] = raw[table].frame[:0]
            if table in doubled:
                doubled[table].to_csv(folder / resource["path"], index=False, lineterminator="\n")
        fmt.fmt(folder)
        problems = checks.check(folder)
    if problems:
        raise RuntimeError("the doubled record is not sound:\n" + "\n".join(map(str, problems[:5])))


def peak_megabytes() -> float:
    """The most memory that this process has held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 ** 2 if sys.platform == "darwin" else 1024)


def measure(times: int) -> dict[str, float]:
    """Processor seconds (median of three, of one if there are many copies) and peak megabytes of an estimate."""
    from drills.counting import estimates

    package, raw = tables.read_all()
    described = resources(package)
    # publishers are the same ones in every copy
    copies = {**replicate(raw, times, ESTIMATED), "publishers": raw["publishers"].frame}
    frames = {name: types.typed(frame, described[name]) for name, frame in copies.items()}
    before, seconds = peak_megabytes(), []
    for _ in range(3 if times < 100 else 1):
        start = time.process_time()
        groups = estimates.groups(**frames)
        rows = estimates.side_by_side(groups, *(frames[name] for name in ("claims", "sources", "publishers")))
        seconds.append(time.process_time() - start)
    return {"copies": times, "claims": len(frames["claims"]), "rows": len(rows),
            "seconds": statistics.median(seconds), "before": before, "megabytes": peak_megabytes()}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
