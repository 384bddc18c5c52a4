"""Estimates and claims as figures in words: the one place where an interval becomes text."""

from __future__ import annotations

import pandas as pd

from . import numbers


def figure_text(low: float, best: float, high: float, sign: str) -> str:
    """An estimate in words: '≥ 10,000', or '75,000 (25,000 to 100,000)'."""
    bounds = [numbers.count(bound) if pd.notna(bound) else "open" for bound in (low, high)]
    head = f"{sign} {numbers.count(best)}".strip()
    return head if sign or low == high else f"{head} ({bounds[0]} to {bounds[1]})"


def figure(low: float, best: float, high: float, sign: str = "") -> str:
    """An estimate in words: 3,200 (3,000 to 3,600), ≥ 10,000, 4,000 to 7,000 …; 'none' without any figure."""
    if pd.isna(best):
        return "none"
    if sign:
        return f"{sign} {best:,.0f}"
    if low == high == best:
        return f"{best:,.0f}"
    if pd.isna(high):
        return f"{best:,.0f} ({low:,.0f} upward)" if pd.notna(low) and low != best else f"{best:,.0f} or more"
    if pd.isna(low):
        return f"{best:,.0f} (up to {high:,.0f})"
    return f"{best:,.0f} ({low:,.0f} to {high:,.0f})"


def said(low: float, high: float, qualifier: str) -> str:
    """A claim as it was put: about 3,200, more than 10,000, 25,000 to 40,000."""
    words = {"exactly": "{0}", "about": "about {0}", "nearly": "nearly {0}", "more_than": "more than {0}",
             "at_least": "at least {0}", "up_to": "up to {1}", "between": "{0} to {1}"}
    return words[qualifier].format(f"{low:,.10g}", f"{high:,.10g}")
