"""Estimates and claims as figures in words: the one place where an interval becomes text."""

from __future__ import annotations

import pandas as pd

from . import numbers

# A best figure of which only one side is known.
BOUNDS = {"≥": "or more", "≤": "or fewer"}


def figure(low: float, best: float, high: float, sign: str = "") -> str:
    """An estimate in words: 3,200 (3,000 to 3,600), 50,000 or more, 15,000 or fewer; 'none' without any figure.

    low, high: NaN where open; sign: ≥ or ≤ of a best that is only a bound. Nothing is rounded: 2.17 hours stay 2.17.
    """
    if pd.isna(best):
        return "none"
    middle = numbers.exact(best)
    if sign:
        return f"{middle} {BOUNDS[sign]}"
    if low == high == best:
        return middle
    if pd.isna(high):
        return f"{middle} ({numbers.exact(low)} upward)" if pd.notna(low) and low != best else f"{middle} or more"
    if pd.isna(low):
        return f"{middle} (up to {numbers.exact(high)})"
    return f"{middle} ({numbers.exact(low)} to {numbers.exact(high)})"


def said(low: float, high: float, qualifier: str) -> str:
    """A claim as it was put: about 3,200, more than 10,000, 25,000 to 40,000."""
    forms = {"exactly": "{0}", "about": "about {0}", "nearly": "nearly {0}", "more_than": "more than {0}",
             "at_least": "at least {0}", "up_to": "up to {1}", "between": "{0} to {1}"}
    return forms[qualifier].format(*(numbers.exact(bound) if pd.notna(bound) else "" for bound in (low, high)))
