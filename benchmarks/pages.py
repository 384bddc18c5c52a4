"""What a reader's browser loads: the first view of each kind of page, and what Explore adds, beside a stock build.

The stock build has the same notebooks, drawn by plotly's own renderer for notebooks.
"""

from __future__ import annotations

import gzip
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import book, heights, lighthouse, switching
from benchmarks.browsing import LEVEL, OPTIONS, Answer, Server, find_browser, served
from benchmarks.measure import ROOT, Line, run, say

KIBIBYTE = 1024
LIBRARY = "/assets/plotly-basic.min.js"
MOST_EXPLORE, MOST_OF_STOCK = 650, 0.1
# In the copy a card shows itself as a figure of plotly's does in a notebook; the renderer is named once, since it
# brings its library along each time that it is named.
STOCK_CARD = '''
import plotly.graph_objects as go
import plotly.io as pio

pio.renderers.default = "notebook"


def _shown_by_plotly(self):
    view = self.interactive()["wide"]
    go.Figure(view["data"], view["layout"]).show()


Card._ipython_display_ = _shown_by_plotly
'''


@dataclass(frozen=True)
class Kind:
    """A kind of page by the page that stands for it, with the most KiB and requests of its first view, 0 for any.

    is_scored: whether Lighthouse is run on it.
    """

    what: str
    name: str
    most_kibibytes: int = 0
    most_requests: int = 0
    is_chapter: bool = False
    is_scored: bool = True

    @property
    def target(self) -> str:
        limits = [f"{self.most_kibibytes} KiB"] * bool(self.most_kibibytes)
        limits += [f"{self.most_requests} requests"] * bool(self.most_requests)
        return f"at most {' and '.join(limits)}" if limits else ""

    def admits(self, answers: list[Answer]) -> bool:
        return ((not self.most_kibibytes or size(answers) <= self.most_kibibytes * KIBIBYTE)
                and (not self.most_requests or len(answers) <= self.most_requests))


def kinds(html: Path) -> list[Kind]:
    """The kinds of pages of a built site; of chapters and of events the heaviest stands for all."""
    chapters = [page.stem for page in (ROOT / "book").glob("*.ipynb") if page.stem != "index"]
    events = [f"events/{page.stem}" for page in (html / "events").glob("*.html")]
    wanted = [Kind("home page", "index", 120, 15), Kind("text page", "method", 120, 15, is_scored=False),
              Kind("heaviest chapter", heaviest(html, chapters), 220, is_chapter=True, is_scored=False),
              Kind("chapter on frequency", "frequency", 220, is_chapter=True),
              Kind("heaviest event page", heaviest(html, events), 100) if events else None,
              Kind("page on definitions", "definitions", 60), Kind("explorer", "explore"),
              Kind("data page", "data", 120, 15)]
    return [kind for kind in wanted if kind and (html / f"{kind.name}.html").exists()]


def heaviest(html: Path, names: list[str]) -> str:
    """The page with the most bytes when compressed; its pictures are part of it."""
    return max(sorted(names), key=lambda name: len(gzip.compress((html / f"{name}.html").read_bytes(), LEVEL)))


def size(answers: list[Answer]) -> int:
    return sum(answer.size for answer in answers)


def shown(answers: list[Answer]) -> str:
    return f"{size(answers) / KIBIBYTE:,.0f} KiB in {len(answers)} requests"


def visit(browser: Browser, server: Server, name: str) -> tuple[Page, list[Answer]]:
    """Open a page with nothing in the cache; everything that it was sent until it fell still."""
    page = browser.new_context().new_page()
    start = len(server.answers)
    page.goto(server.address(name), wait_until="networkidle")
    return page, without_icon(server.answers[start:])


def without_icon(answers: list[Answer]) -> list[Answer]:
    """The answers but for the site's icon, which a browser asks for sooner, later or not at all."""
    return [answer for answer in answers if not Path(answer.path).name.startswith("favicon.")]


def first_view(browser: Browser, server: Server, name: str) -> list[Answer]:
    page, answers = visit(browser, server, name)
    page.context.close()
    return answers


def explored(browser: Browser, server: Server, name: str) -> list[list[Answer]]:
    """What each card of a chapter is sent when its interactive view is opened, one card after the other."""
    page, _ = visit(browser, server, name)
    added = []
    for card in page.locator(".jd-card").all():
        start = len(server.answers)
        card.get_by_role("tab", name="Explore").click()
        card.locator(".jd-plot .main-svg").first.wait_for()
        added.append(without_icon(server.answers[start:]))
    page.context.close()
    return added


def weigh(kind: Kind, ours: list[Answer], stock: list[Answer]) -> list[Line]:
    """The line of a kind of page, and for a chapter that of its share of the stock page, [] where there is none."""
    beside = f"{size(ours):,} bytes" + (f"; {size(stock):,} bytes in {len(stock)} requests" if stock else "")
    what = f"first view of the {kind.what}"
    lines = [Line(f"{what} ({kind.name}.html)", shown(ours), kind.target, kind.admits(ours), beside)]
    if kind.is_chapter:
        share = size(ours) / size(stock)
        lines.append(Line(f"{what} against stock", f"{share:.3f} × its bytes",
                          f"at most {MOST_OF_STOCK}", share <= MOST_OF_STOCK, beside))
    return lines


def weigh_explore(name: str, added: list[list[Answer]]) -> Line:
    """What Explore adds to a chapter when it is opened on every card."""
    everything = [answer for answers in added for answer in answers]
    libraries = sum(answer.path == LIBRARY for answer in everything)
    times = "once" if libraries == 1 else f"{libraries} times"
    return Line(f"Explore on all {len(added)} cards of {name}.html adds",
                f"{size(everything) / KIBIBYTE:,.0f} KiB, the library {times}",
                f"at most {MOST_EXPLORE} KiB, the library once",
                libraries == 1 and size(everything) <= MOST_EXPLORE * KIBIBYTE,
                f"{size(everything):,} bytes, of which the first card {size(added[0]):,}")


def weights(ours: Server, stock: Server) -> list[Line]:
    """Every kind of page of both sites, then Explore."""
    lines: list[Line] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(OPTIONS))
        for kind in kinds(ours.folder):
            say(f"weighing {kind.name}.html")
            there = (stock.folder / f"{kind.name}.html").exists()
            lines += weigh(kind, first_view(browser, ours, kind.name),
                           first_view(browser, stock, kind.name) if there else [])
        for name in dict.fromkeys(kind.name for kind in kinds(ours.folder) if kind.is_chapter):
            lines.append(weigh_explore(name, explored(browser, ours, name)))
        browser.close()
    return lines


def build_stock(folder: Path) -> Path:
    """The built pages of a stock copy whose cards plotly draws itself."""
    say("building the book, stock, drawn by plotly's own renderer")
    book.prepare(folder, True)
    with (folder / "drills" / "figures" / "card.py").open("a", encoding="utf-8") as file:
        file.write(STOCK_CARD)
    run(book.stock_command(folder), folder)
    html = folder / "_build" / "html"
    drawn = sum(page.read_text(encoding="utf-8").count('class="plotly-graph-div"') for page in html.glob("*.html"))
    if drawn != book.cards_in(ROOT):
        raise RuntimeError(f"the stock build shows {drawn} figures, ours {book.cards_in(ROOT)}")
    return html


def measure() -> list[Line]:
    """Weights and Lighthouse's scores of the site of this checkout, built first, beside a stock build."""
    say("building the site")
    run(book.OURS, ROOT)
    with tempfile.TemporaryDirectory() as name:
        html = build_stock(Path(name) / "stock")
        with served(ROOT / "_build" / "html") as ours, served(html) as stock:
            names = [kind.name for kind in kinds(ours.folder) if kind.is_scored]
            return [*weights(ours, stock), *heights.measure(ours), *switching.measure(ours),
                    *lighthouse.measure(ours, stock, names)]
