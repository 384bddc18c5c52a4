"""The build of the book against a stock Jupyter Book of the same chapters, and a rebuild with nothing changed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.measure import BIN, IGNORED, ROOT, Line, median, python, run, say

REPEATS = 3
STOCK_CONFIG = """title: Joint Drills
only_build_toc_files: true
execute:
  execute_notebooks: force
  timeout: 300
"""
OURS = python("-m", "drills", "site")


def stock_command(folder: Path) -> list[str]:
    return [str(BIN / "jupyter-book"), "build", "book", "--config", "_config.yml", "--toc", str(folder / "_toc.yml"),
            "--path-output", "."]


def cards_in(folder: Path) -> int:
    """Figures in the built pages of the notebooks."""
    return sum((folder / "_build" / "html" / f"{notebook.stem}.html").read_text(encoding="utf-8")
               .count('<figure class="jd-card"') for notebook in (folder / "book").glob("*.ipynb"))


def stock_toc(folder: Path) -> str:
    """The table of contents without the pages that take in a part of the record, which only our extension can make."""
    own = {page.stem for page in (folder / "book").glob("*.md") if "{record-part}" in page.read_text(encoding="utf-8")}
    lines = (folder / "_toc.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if line.partition("file:")[2].strip().removesuffix(".md") not in own)


def prepare(folder: Path, is_stock: bool) -> Path:
    """A copy of the project; as stock it keeps the chapters and the package, not our settings."""
    shutil.copytree(ROOT, folder, ignore=IGNORED)
    if is_stock:
        (folder / "_config.yml").write_text(STOCK_CONFIG, encoding="utf-8")
        (folder / "_toc.yml").write_text(stock_toc(folder), encoding="utf-8")
    return folder


def clean_build(words: list[str], folder: Path) -> float:
    shutil.rmtree(folder / "_build", ignore_errors=True)
    return run(words, folder)[0]


def build() -> list[Line]:
    """Clean builds of both, in turn, each of ours followed by a rebuild."""
    seconds: dict[str, list[float]] = {"ours": [], "stock": [], "again": []}
    with tempfile.TemporaryDirectory() as name:
        ours, stock = prepare(Path(name) / "ours", False), prepare(Path(name) / "stock", True)
        for turn in range(REPEATS):
            for which in ("ours", "stock") if turn % 2 == 0 else ("stock", "ours"):
                say(f"building the book, {which}, {turn + 1} of {REPEATS}")
                words, folder = (OURS, ours) if which == "ours" else (stock_command(stock), stock)
                seconds[which].append(clean_build(words, folder))
                if which == "ours":
                    seconds["again"].append(run(OURS, ours)[0])
        counts = cards_in(ours), cards_in(stock)
    if counts[0] != counts[1] or not counts[0]:
        raise RuntimeError(f"the two builds do not show the same cards: {counts[0]} and {counts[1]}")
    clean, plain, again = (median(seconds[which]) for which in ("ours", "stock", "again"))
    return [Line(f"clean build of the book ({counts[0]} cards) against stock Jupyter Book",
                 f"{clean / plain:.2f} × its time", "at most 0.6", clean <= 0.6 * plain,
                 f"{clean:.1f} s; {plain:.1f} s"),
            Line("rebuild with nothing changed against the clean build", f"{again / clean:.2f} × its time",
                 "under 0.25", again < 0.25 * clean, f"{again:.1f} s; {clean:.1f} s")]
