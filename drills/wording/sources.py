"""How a source is cited: who, what, when."""

from __future__ import annotations

import pandas as pd


def cited_as(sources: pd.DataFrame) -> pd.Series:
    """Each source in one line: publisher, title, date; a copy by its original publisher, a mirror without its site."""
    lines = [", ".join(citation(source)) for source in sources.itertuples()]
    return pd.Series(lines, index=sources.index, dtype="str")


def citation(source) -> tuple[str, str, str]:
    """Who published a source (a row of sources as a tuple), its title in quotes or brackets, and its date, in words."""
    original = source.original_publisher if isinstance(source.original_publisher, str) else ""
    if source.is_mirror:
        who = f"{original or source.publisher} (seen in a copy)"
    elif source.is_copy and original:
        who = f"{original}, in {source.publisher}"
    else:
        who = source.publisher
    title = f"[{source.title}]" if source.title_is_description else f"“{source.title}”"
    return who, title, source.published if isinstance(source.published, str) else "undated"
