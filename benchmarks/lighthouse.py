"""Lighthouse's scores, on its own slow phone and network, of our pages and of the stock ones."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.browsing import OPTIONS, Server, find_browser
from benchmarks.measure import BIN, ROOT, Line, median, say

NAMED = ROOT / "benchmarks" / "npm"
# npm takes a folder behind a link for a package of its own
INSTALLED = Path(sys.prefix).resolve() / "npm-bench"
REPEATS = 3
LEAST_PERFORMANCE = 0.97
RULES = {"accessibility": "accessibility", "best-practices": "best practices", "seo": "search engines"}


@dataclass(frozen=True)
class Score:
    """Of some runs over one page the median performance with its paint (s) and blocking (ms), the worst of the rest."""

    performance: float
    paint: float
    blocking: float
    rules: dict[str, float]

    def __str__(self) -> str:
        rules = ", ".join(f"{name} {self.rules[key]:.2f}" for key, name in RULES.items())
        return f"{self.performance:.2f}, largest paint {self.paint:.1f} s, blocked {self.blocking:.0f} ms, {rules}"


def install() -> None:
    """Lighthouse beside the virtual environment's own files, as package-lock.json names it; nothing if it is there."""
    lock, is_there = INSTALLED / "package-lock.json", (INSTALLED / "node_modules").exists()
    if is_there and lock.read_bytes() == (NAMED / lock.name).read_bytes():
        return
    say("installing Lighthouse")
    INSTALLED.mkdir(exist_ok=True)
    for path in NAMED.glob("package*.json"):
        shutil.copy(path, INSTALLED)
    subprocess.run([str(BIN / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
                    "--prefix", str(INSTALLED)], check=True, env=environment())


def environment() -> dict[str, str]:
    """This process's, with node found first and the browser named."""
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "CHROME_PATH": find_browser()}


def audit(address: str) -> dict:
    """Lighthouse's whole report of one page; RuntimeError if it gives none."""
    program = INSTALLED / "node_modules" / "lighthouse" / "cli" / "index.js"
    flags = " ".join(f'"{option}"' if " " in option else option for option in ("--headless=new", *OPTIONS))
    done = subprocess.run([str(BIN / "node"), str(program), address, "--output=json", "--output-path=stdout", "--quiet",
                           "--no-enable-error-reporting", f"--chrome-flags={flags}",
                           f"--only-categories=performance,{','.join(RULES)}"],
                          capture_output=True, text=True, env=environment())
    found = json.loads(done.stdout) if done.returncode == 0 else {}
    if not found or any(category["score"] is None for category in found["categories"].values()):
        words = found.get("runtimeError") or done.stderr[-2000:]
        raise RuntimeError(f"Lighthouse gave no report of {address}:\n{words}")
    return found


def score(address: str, repeats: int = REPEATS) -> Score:
    reports = [audit(address) for _ in range(repeats)]
    of = {key: [report["categories"][key]["score"] for report in reports] for key in ("performance", *RULES)}
    value = {name: median([report["audits"][name]["numericValue"] for report in reports])
             for name in ("largest-contentful-paint", "total-blocking-time")}
    return Score(median(of["performance"]), value["largest-contentful-paint"] / 1000, value["total-blocking-time"],
                 {key: min(of[key]) for key in RULES})


def judge(name: str, ours: Score, stock: Score | None) -> list[Line]:
    """The lines of a page: its performance, and the three scores that follow rules."""
    beside = f"{ours}; {stock}" if stock else str(ours)
    worst = min(ours.rules.values())
    rules = ", ".join(f"{ours.rules[key]:.2f}" for key in RULES)
    return [Line(f"Lighthouse, {name}.html: performance", f"{ours.performance:.2f}", f"at least {LEAST_PERFORMANCE}",
                 ours.performance >= LEAST_PERFORMANCE, beside),
            Line(f"Lighthouse, {name}.html: {', '.join(RULES.values())}", rules, "1.00 each", worst == 1, "")]


def measure(ours: Server, stock: Server, names: list[str]) -> list[Line]:
    """The scores of the named pages, beside those of the stock pages that exist."""
    install()
    lines: list[Line] = []
    for name in names:
        say(f"Lighthouse on {name}.html, {REPEATS} times")
        is_stock = (stock.folder / f"{name}.html").exists()
        lines += judge(name, score(ours.address(name)), score(stock.address(name)) if is_stock else None)
    return lines
