"""How the estimates grow with the record: time and memory at one, ten and a hundred times its size."""

from __future__ import annotations

import json

from benchmarks import synthetic
from benchmarks.measure import ROOT, Line, python, run, say

SIZES = (1, 10, 100)
MOST_SECONDS, MOST_MEGABYTES = 10, 1500


def grow() -> list[Line]:
    """Estimate 1, 10 and 100 copies, each in a process of its own."""
    synthetic.verify()
    found = {}
    for size in SIZES:
        say(f"estimating {size} × the record")
        found[size] = json.loads(run(python("-m", "benchmarks.synthetic", str(size)), ROOT)[1])
    small, large = found[SIZES[0]], found[SIZES[-1]]
    if large["rows"] != SIZES[-1] * small["rows"]:
        raise RuntimeError(f"{SIZES[-1]} copies gave {large['rows']} rows, one gave {small['rows']}")
    growth = large["seconds"] / small["seconds"]
    megabytes = large["megabytes"]
    return [Line(f"estimates of {size} × the record ({one['claims']:,} claims)",
                 f"{one['seconds'] / small['seconds']:.1f} × the time of one", "",
                 True, f"{one['seconds']:.2f} s; peak {one['megabytes']:.0f} MB") for size, one in found.items()] + [
        Line(f"time at {SIZES[-1]} ×", f"{growth:.1f} × the time of one", f"at most {SIZES[-1]} ×, under "
             f"{MOST_SECONDS} s", growth <= SIZES[-1] and large["seconds"] < MOST_SECONDS, f"{large['seconds']:.2f} s"),
        Line(f"peak memory at {SIZES[-1]} ×", f"{megabytes / small['megabytes']:.1f} × that of one",
             f"under {MOST_MEGABYTES:,} MB", megabytes < MOST_MEGABYTES,
             f"{megabytes:.0f} MB, of which {large['before']:.0f} before the estimate")]
