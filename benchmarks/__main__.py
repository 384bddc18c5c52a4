"""Measure, print the table and write it to RESULTS.md; exit code 1 if a target is missed: python -m benchmarks."""

from __future__ import annotations

import os
import platform
import sys

from benchmarks import book, checking, counting, damages, estimating, explorer, lighthouse, loop, pages
from benchmarks.browsing import find_browser
from benchmarks.measure import ROOT, Line, say
from drills import checks

RESULTS = ROOT / "benchmarks" / "RESULTS.md"
HEADS = ("Measure", "Result", "Target", "Met", "Seconds and the like")


def table(lines: list[Line]) -> str:
    """The lines as a Markdown table."""
    rows = [HEADS, tuple("---" for _ in HEADS),
            *((line.what, line.result, line.target or "none", line.verdict or "–", line.absolute) for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def report(lines: list[Line]) -> str:
    """The whole of RESULTS.md."""
    version = ".".join(platform.python_version_tuple()[:2])
    return f"""# Benchmarks

Made by `make bench`, which fails if a target is missed. Both sides of a ratio were measured in one run, in turn,
and are medians; ratios carry over to other machines, the numbers in the last column do not (ours first, then what
it is compared with). Python {version}, {os.cpu_count()} cores. The record: {checks.summary()}.

{table(lines)}

The stock build has the same chapters and package, and none of our settings: no theme options, no strictness, no
tracking of what a page depends on, no page that our extension makes. When builds are timed it draws the same cards as
ours; when pages are weighed it shows each card as plotly's own figure, by plotly's renderer for notebooks, which is
what such a notebook has without us. Bytes are those that a server of this machine sends to a browser with an empty
cache, heads of answers included and text compressed as a static host does, until the page falls still, but for the
site's icon, which browsers ask for when they like. No other host can be reached, so what a stock page asks of one is
left out of its weight and counts among its errors. Heaviest is the page with the most compressed bytes. Lighthouse
simulates a slow phone and network and gives 0 to 1: performance, with the largest paint and the blocked time, is the
median of {lighthouse.REPEATS} runs and suffers on a busy machine; the three other scores are the worst of the runs.

Faults are planted one to a row into a copy of the record; a tool names one if it gives its file and line, or the file
where it cannot read it. Estimates are timed in processor seconds; memory is the peak of a process that makes the
copies and estimates them.
"""


def main() -> int:
    if os.getloadavg()[0] > 0.5 * os.cpu_count():
        say("the machine is busy with something else: a target may be missed that a quiet one meets")
    # so that a missing one is not found after ten minutes
    find_browser()
    lines: list[Line] = []
    for measure in (checking.speed, checking.compare, damages.measure, estimating.grow, counting.definitions,
                    book.build, loop.measure, pages.measure, explorer.measure):
        lines += measure()
    print(table(lines))
    RESULTS.write_text(report(lines), encoding="utf-8")
    missed = [line.what for line in lines if not line.is_met]
    if missed:
        print(f"{len(missed)} target{'s' if len(missed) > 1 else ''} missed: {'; '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
