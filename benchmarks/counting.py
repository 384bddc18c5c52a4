"""How long every definition over every year takes, of the record as it is and a hundred times over.

`python -m benchmarks.counting N` counts N copies in a process of its own and prints processor seconds as JSON.
"""

from __future__ import annotations

import json
import sys
import time

import pandas as pd

from benchmarks import synthetic
from benchmarks.measure import ROOT, Line, python, run, say
from drills.counting import curve, reading
from drills.counting.coded import Coded
from drills.record import tables, types
from drills.record.package import resources

MOST_SECONDS = {1: 2, 100: 20}


def definitions() -> list[Line]:
    """The specification curve of one and of a hundred records, each in a process of its own."""
    found = {}
    for size in MOST_SECONDS:
        say(f"every definition over {size} × the record")
        found[size] = json.loads(run(python("-m", "benchmarks.counting", str(size)), ROOT)[1])
    return [Line(f"every definition, every year, {size} × the record ({one['events']:,} events)",
                 f"{one['tried']:,} definitions, of which {one['rows']:,} count different events",
                 f"under {MOST_SECONDS[size]} s", one["seconds"] < MOST_SECONDS[size], f"{one['seconds']:.2f} s")
            for size, one in found.items()]


def measure(times: int) -> dict[str, float]:
    """Processor seconds of the curve of so many copies; what reads the record and loads the statistics is not timed."""
    package, raw = tables.read_all()
    events = types.typed(synthetic.replicate(raw, times, ("events",))["events"], resources(package)["events"])
    record = reading.load()
    houses = events["event_id"].str.replace(r"-copy[0-9]+$", "", regex=True).map(record.houses)
    columns = Coded(events, pd.Series(houses.to_numpy(), events["event_id"]))
    curve.curve(record.coded, record.as_of)
    start = time.process_time()
    rows = curve.curve(columns, record.as_of)
    return {"events": len(events), "tried": len(curve.all_meaningful()), "rows": len(rows),
            "seconds": time.process_time() - start}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
