"""How fast the explorer answers on a page of many thousand rows, in a real browser.

The page repeats the rows of the record under ids of their own; `measure` times each answer from the reader's act to the
layout of the rows that come at once, in processor time.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
from playwright.sync_api import sync_playwright

from benchmarks import browsing
from benchmarks.measure import Line, median, say
from drills.counting.reading import Reading, load
from drills.site import search, theming
from drills.site.pages import explorer

ROWS, REPEATS, MOST_MILLISECONDS = 20_000, 5, 100
# fields of the form and what they are set to; each is one act of a reader
ACTS = {"search, one word": {"q": "sea"}, "search, Russian": {"q": "морское взаимодействие"},
        "search, nothing found": {"q": "no such event"}, "country": {"country": "MNG"},
        "years, kind and status": {"from": "2012", "to": "2020", "kind": "exercise", "status": "held"}, "clear": {}}
BEFORE = {"clear": {"country": "MNG"}}
# one act of a reader, up to the layout of the rows that come at once; the others, which come right after, are kept back
HELD = """(act) => {
  const setTimeout = window.setTimeout;
  window.setTimeout = (others) => { window.others = others; };
  act();
  window.setTimeout = setTimeout;
  document.body.getBoundingClientRect();
}"""
FILTERED = f"""wanted => ({HELD})(() => {{
  const form = document.querySelector(".jd-filter");
  for (const field of form.elements)
    if (field.name && field.type !== "checkbox") field.value = wanted[field.name] ?? "";
  form.requestSubmit();
}})"""
SORTED = f"""column => ({HELD})(() => document.querySelector(`[data-column=${{column}}] button`).click())"""
OTHERS = """() => {
  window.others();
  document.body.getBoundingClientRect();
}"""


def explorer_page(reading: Reading, rows: int) -> str:
    """A page with the explorer alone, of `rows` rows: those of the record over and over, each with its own id."""
    listed = explorer.listing(reading)
    copies = [listed.assign(event_id=listed["event_id"] + f"-copy{n}") for n in range(-(-rows // len(listed)))]
    many = pd.concat(copies, ignore_index=True).head(rows)
    body = explorer.page(many, reading.as_of)
    scripts = "".join(f'<script src="{name}" defer></script>' for name in theming.scripts_of(body))
    return ('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Explorer</title>'
            f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{theming.STYLESHEET}">{scripts}</head>'
            f"<body>{body}</body></html>")


def write(folder: Path, rows: int) -> None:
    """The page as explore.html in `folder`, with its scripts and styles."""
    page = explorer_page(load(), rows)
    (folder / "explore.html").write_text(page, encoding="utf-8")
    theming.join_assets(folder)
    (folder / search.LETTERS).write_text(search.learning(page), encoding="utf-8")


def time_acts(address: str) -> dict[str, float]:
    """Median milliseconds of each act, of the rows that follow it, and of sorting by the column that takes longest."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsing.find_browser(), args=list(browsing.OPTIONS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address, timeout=120_000)
        page.locator(".jd-filter").wait_for()
        watch, times, others = browsing.Stopwatch(page), {name: [] for name in ACTS}, []
        for _ in range(REPEATS):
            for name, fields in ACTS.items():
                page.evaluate(FILTERED, BEFORE.get(name, {}))
                page.evaluate(OTHERS)
                times[name].append(watch.time(FILTERED, fields)[0])
                others.append(watch.time(OTHERS)[0])
        columns = page.locator("thead th").evaluate_all("heads => heads.map(head => head.dataset.column)")
        sorting = {column: median([watch.time(SORTED, column)[0] for _ in range(REPEATS)]) for column in columns}
        slowest = max(sorting, key=sorting.get)
        browser.close()
    return {**{name: median(found) for name, found in times.items()}, f"sort by {slowest}": sorting[slowest],
            "the rows that follow, at most": max(others)}


def measure(rows: int = ROWS) -> list[Line]:
    """The slowest filter against its target; beside it the others and the slowest order."""
    say(f"filtering {rows:,} rows in a browser")
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), rows)
        with browsing.served(Path(name)) as server:
            found = time_acts(server.address("explore"))
    slowest = max(ACTS, key=lambda act: found[act])
    absolute = ", ".join(f"{name} {milliseconds:.0f} ms" for name, milliseconds in found.items())
    return [Line(f"explorer, slowest filter of {rows:,} rows ({slowest})", f"{found[slowest]:.0f} ms",
                 f"under {MOST_MILLISECONDS} ms", found[slowest] < MOST_MILLISECONDS, absolute)]


if __name__ == "__main__":
    for line in measure():
        print(line.what, line.result, line.absolute, sep=" | ")
