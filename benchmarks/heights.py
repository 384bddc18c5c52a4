"""How tall pages are, with nothing opened, on a desk and on a phone, and how many sheets of paper an event takes."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.browsing import OPTIONS, Server, find_browser
from benchmarks.measure import Line, say

# Pixels across, and the most that the tallest and the median page may be high.
LIMITS = {1280: (6_500, 2_800), 360: (11_000, 5_000)}
DATA_PAGE, DATA_LIMIT = "data", 4_000
SHEETS = 4
# Every sheet of a PDF file that Chromium prints.
SHEET = re.compile(rb"/Type\s*/Page\b")


def names_of(server: Server) -> list[str]:
    """The pages of all events of a built site."""
    return sorted(f"events/{page.stem}" for page in Path(server.folder, "events").glob("*.html"))


def heights(server: Server, width: int, names: list[str]) -> dict[str, int]:
    """The height in pixels of pages of a built site in a window so wide, by name."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(OPTIONS))
        page = browser.new_page(viewport={"width": width, "height": 800})
        found = {}
        for name in names:
            page.goto(server.address(name))
            found[name] = page.evaluate("document.documentElement.scrollHeight")
        browser.close()
    return found


def sheets(server: Server, names: list[str]) -> dict[str, int]:
    """How many sheets of A4 pages of a built site take when a browser prints them, by name."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(OPTIONS))
        page = browser.new_page()
        found = {}
        for name in names:
            page.goto(server.address(name))
            found[name] = len(SHEET.findall(page.pdf(format="A4")))
        browser.close()
    return found


def measure(server: Server) -> list[Line]:
    """The tallest and the median event page at each width, the page on data, and the median event on paper."""
    lines, names = [], names_of(server)
    for width, (most, most_median) in LIMITS.items():
        say(f"measuring the height of event pages at {width} px")
        found = heights(server, width, names)
        tallest, median = max(found, key=found.__getitem__), round(statistics.median(found.values()))
        lines += [Line(f"height of the tallest event page at {width} px ({tallest}.html)",
                       f"{found[tallest]:,} px", f"at most {most:,} px", found[tallest] <= most, f"{len(found)} pages"),
                  Line(f"median height of event pages at {width} px", f"{median:,} px", f"at most {most_median:,} px",
                       median <= most_median, f"{len(found)} pages")]
    [height] = heights(server, 1280, [DATA_PAGE]).values()
    lines.append(Line(f"height of {DATA_PAGE}.html at 1280 px", f"{height:,} px", f"at most {DATA_LIMIT:,} px",
                      height <= DATA_LIMIT, "1 page"))
    say("printing event pages")
    printed = sheets(server, names)
    half, thickest = round(statistics.median(printed.values())), max(printed, key=printed.__getitem__)
    return [*lines, Line("median event page on A4", f"{half} sheets", f"at most {SHEETS}", half <= SHEETS,
                         f"{len(printed)} pages; most: {printed[thickest]} ({thickest})")]
