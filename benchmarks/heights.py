"""How tall the pages of events are, with nothing opened, on a desk and on a phone: what a reader has to scroll."""

from __future__ import annotations

import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.browsing import OPTIONS, Server, find_browser
from benchmarks.measure import Line, say

# Pixels across, and the most that the tallest and the median page may be high.
LIMITS = {1280: (6_500, 2_800), 360: (11_000, 5_000)}


def heights(server: Server, width: int) -> dict[str, int]:
    """The height in pixels of every event page of a built site in a window so wide, by name."""
    names = sorted(page.stem for page in Path(server.folder, "events").glob("*.html"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(OPTIONS))
        page = browser.new_page(viewport={"width": width, "height": 800})
        found = {}
        for name in names:
            page.goto(server.address(f"events/{name}"))
            found[name] = page.evaluate("document.documentElement.scrollHeight")
        browser.close()
    return found


def measure(server: Server) -> list[Line]:
    """The tallest and the median event page at each width."""
    lines = []
    for width, (most, most_median) in LIMITS.items():
        say(f"measuring the height of event pages at {width} px")
        found = heights(server, width)
        tallest, median = max(found, key=found.__getitem__), round(statistics.median(found.values()))
        lines += [Line(f"height of the tallest event page at {width} px (events/{tallest}.html)",
                       f"{found[tallest]:,} px", f"at most {most:,} px", found[tallest] <= most, f"{len(found)} pages"),
                  Line(f"median height of event pages at {width} px", f"{median:,} px", f"at most {most_median:,} px",
                       median <= most_median, f"{len(found)} pages")]
    return lines
