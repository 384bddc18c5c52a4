"""The Sphinx extension of the site: what pages depend on, parallel reading, and the colours of the cards.

Imports the cards for their palette; nothing imports this package but the build.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from .. import __version__, tables
from ..cards import look

PACKAGE = Path(__file__).resolve().parents[1]
STYLESHEET = "jd-colours.css"


def what_numbers_rest_on() -> list[Path]:
    """Every file whose change can change a number or a picture: the record and the package."""
    data = [path for path in tables.DATA.iterdir() if path.suffix in (".csv", ".json")]
    code = [path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".jinja", ".csv")]
    return sorted([*data, *code])


def note_dependencies(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Have a notebook read, and so run, again when the record or the package has changed.

    Without this a changed CSV goes unseen: Sphinx compares the notebook alone.
    """
    if Path(app.env.doc2path(docname)).suffix == ".ipynb":
        for path in what_numbers_rest_on():
            app.env.note_dependency(str(path))


def colours() -> str:
    """The palette as CSS variables, light by default and dark where the reader's scheme is dark."""
    def variables(palette: dict[str, str]) -> str:
        return "".join(f"--jd-{role}:{colour};" for role, colour in palette.items())

    return f":root{{{variables(look.LIGHT)}}}\nhtml[data-theme=dark]{{{variables(look.DARK)}}}\n"


def write_colours(app: Sphinx, _config: object) -> None:
    """Put the palette where Sphinx collects static files; written only if it changed, to keep builds still."""
    folder = Path(app.doctreedir).parent / ".jd_static"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / STYLESHEET
    if not path.exists() or path.read_text(encoding="utf-8") != colours():
        path.write_text(colours(), encoding="utf-8")
    app.config.html_static_path.append(str(folder))
    # follow the reader's scheme until a switch is pressed; without it the theme's script logs an error
    app.config.html_context.setdefault("default_mode", "auto")


def allow_parallel_reading(app: Sphinx) -> None:
    """Read pages on all cores: two extensions of Jupyter Book do not say that they bear it, but do."""
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("source-read", note_dependencies)
    app.connect("config-inited", write_colours)
    app.connect("builder-inited", allow_parallel_reading)
    app.add_css_file(STYLESHEET)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
