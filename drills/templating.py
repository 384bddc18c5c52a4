"""The one environment of every template in the package: cards, pages and the texts that go with downloads.

Any room that renders may import it; it knows words, and no room that renders.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from .wording import countries, dates, tongues, values

PACKAGE = Path(__file__).parent
# plain text, in which nothing is markup; whatever else there is is HTML
PLAIN = ("md.jinja",)


@cache
def environment() -> Environment:
    """Every value must exist, and is escaped unless it is marked as markup or the file is plain text."""
    made = Environment(loader=FileSystemLoader(PACKAGE), undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True, autoescape=select_autoescape(disabled_extensions=PLAIN, default=True))
    made.filters |= {"spoken": tongues.spoken, "told": lambda text: tongues.spoken(dates.told(text))}
    made.globals |= {"words": values, "dates": dates, "countries": countries}
    return made


def render(name: str, /, **given: object) -> str:
    """A template by its path within the package, such as figures/card.html.jinja, filled with values.

    Raises jinja2.UndefinedError for a value that the template names and nobody gave.
    """
    return environment().get_template(name).render(given)
