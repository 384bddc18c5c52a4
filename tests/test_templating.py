"""The environment of all templates."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from drills import templating

TEMPLATES = sorted(path.relative_to(templating.PACKAGE).as_posix() for path in templating.PACKAGE.rglob("*.jinja"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_found_and_refuses_to_lack_a_value(name):
    """Catch a template that is shown with a hole where nobody gave the value."""
    if not name.endswith(("macros.html.jinja", "parts.html.jinja")):
        with pytest.raises(UndefinedError):
            templating.render(name)


@pytest.mark.parametrize(("name", "is_escaped"), [
    ("figures/card.html.jinja", True), ("downloads/data-licence.md.jinja", False), ("new.xml.jinja", True)])
def test_only_plain_text_is_not_escaped(name, is_escaped):
    """Catch a page on which the cell of a record becomes markup, and a README with entities."""
    assert templating.environment().autoescape(name) == is_escaped
    made = templating.environment().from_string("{{ cell }} {{ cell | spoken }}").render(cell="<b>")
    assert made == "&lt;b&gt; &lt;b&gt;"
