"""Whether the switchboard answers within one frame, in a real browser: every switch of it is moved, each to all that it
offers. A move counts from the reader's act to the layout of what it changes, in processor time.
"""

from __future__ import annotations

from playwright.sync_api import Page, sync_playwright

from benchmarks import browsing
from benchmarks.measure import Line, median, say

# Milliseconds between two frames of a screen that shows 60 of them a second.
FRAME, REPEATS = 1000 / 60, 5
# Every move that the form offers: the place of the field in it, and the option chosen, null for a box.
MOVES = """() => [...document.querySelector(".jd-switchboard form").elements].flatMap((field, at) =>
  field.type === "checkbox" ? [[`${field.name} ${field.value}`, at, null]]
  : [...field.options ?? []].map(({ value }) => value)
    .filter((value) => value !== field.value && (value || field.name !== "preset"))
    .map((value) => [`${field.name} ${value || "any"}`, at, value]))"""
# One move, up to the layout of the first frame after it; whether that frame says what has moved.
MOVED = """([at, value]) => new Promise((done) => {
  const root = document.querySelector(".jd-switchboard"), field = root.querySelector("form").elements[at];
  const said = root.querySelector(".jd-change").textContent;
  if (value === null) field.checked = !field.checked;
  else field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => {
    document.body.getBoundingClientRect();
    done(root.querySelector(".jd-change").textContent !== said);
  });
})"""
RESET = """() => new Promise((done) => {
  document.querySelector(".jd-reset").click();
  requestAnimationFrame(() => requestAnimationFrame(done));
})"""


def time_moves(page: Page) -> dict[str, float]:
    """Median milliseconds of each move from the default, by its name.

    Raises RuntimeError if the frame after a move does not show it.
    """
    watch, moves = browsing.Stopwatch(page), page.evaluate(MOVES)
    times: dict[str, list[float]] = {name: [] for name, _at, _value in moves}
    for _ in range(REPEATS):
        for name, at, value in moves:
            page.evaluate(RESET)
            milliseconds, is_shown = watch.time(MOVED, [at, value])
            if not is_shown:
                raise RuntimeError(f"the frame after the move {name} does not show it")
            times[name].append(milliseconds)
    return {name: median(found) for name, found in times.items()}


def measure(server: browsing.Server) -> list[Line]:
    """The slowest move of the switchboard of a built site against one frame."""
    say("moving each switch of the switchboard in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsing.find_browser(), args=list(browsing.OPTIONS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(server.address("definitions"))
        page.locator(".jd-acts").wait_for()
        found = time_moves(page)
        browser.close()
    slowest = max(found, key=found.__getitem__)
    return [Line(f"switchboard, slowest of {len(found)} moves ({slowest})", f"{found[slowest]:.1f} ms",
                 f"within one frame of {FRAME:.1f} ms", found[slowest] <= FRAME,
                 f"median move {median(list(found.values())):.1f} ms")]
