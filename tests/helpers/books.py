"""Books in a temporary folder, built in this process with the settings of the project: `sphinx.testing` drives them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from unittest import mock

import nbformat
import yaml
from jupyter_book.config import get_final_config
from sphinx.errors import SphinxError
from sphinx.testing.util import SphinxTestApp

from drills.site import inventory, kernels

ROOT = Path(__file__).resolve().parents[2]


def chapter(title: str, *cells: str, prose: str = "") -> str:
    """The text of a notebook: a title, code whose source is left out but not its output, and a paragraph after it."""
    code = [nbformat.v4.new_code_cell(source, metadata={"tags": ["hide-input"]}) for source in cells]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(f"# {title}"), *code,
                                               nbformat.v4.new_markdown_cell(prose)])
    for number, cell in enumerate(notebook.cells):
        # or it would be a random one, and every text another
        cell["id"] = f"cell-{number}"
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.writes(notebook)


def stubs() -> dict[str, str]:
    """A page of a few words for each chapter of the project, so that no link of other pages leads nowhere."""
    names = sorted(inventory.chapters(ROOT / "_toc.yml"))
    return {name: f"# {name.title()}\n\nWords alone.\n" for name in names}


class Book:
    """A book of a few pages in a folder of its own, on a record in another one."""

    def __init__(self, folder: Path, data_dir: Path):
        self.source, self.data_dir = folder / "book", data_dir
        self.html, self.toc = folder / "_build" / "html", folder / "_toc.yml"
        self.source.mkdir()
        # Sphinx asks for a file of settings; those of Jupyter Book are handed over beside it
        (self.source / "conf.py").touch()
        shutil.copytree(ROOT / "book" / "_static", self.source / "_static")

    def write(self, **pages: str) -> None:
        """Write pages, each by its name: notebooks begin with a brace, all else is Markdown; the first is the root."""
        for name, text in pages.items():
            suffix = ".ipynb" if text.startswith("{") else ".md"
            (self.source / f"{name}{suffix}").write_text(text, encoding="utf-8")
        self.list_pages(pages)

    def take(self, names: Iterable[str]) -> None:
        """Copy pages of the project's own book; the first is the root."""
        for name in (names := list(names)):
            [path] = (ROOT / "book").glob(f"{name}.*")
            shutil.copy(path, self.source)
        self.list_pages(names)

    def list_pages(self, names: Iterable[str]) -> None:
        root, *rest = names
        toc = {"format": "jb-book", "root": root} | ({"chapters": [{"file": name} for name in rest]} if rest else {})
        self.toc.write_text(yaml.safe_dump(toc), encoding="utf-8")

    def build(self, **settings: object) -> SphinxTestApp:
        """Build what has changed, as strictly as `make site` does, and return the application.

        Its `statuscode` is 0 after a sound build, 1 after one with warnings, and 2 after an error, which then stands
        among its warnings as well.
        """
        config, _ = get_final_config(user_yaml=ROOT / "_config.yml", sourcedir=self.source, cli_config={
            "latex_individualpages": False, "external_toc_path": str(self.toc), "nitpicky": True,
            "drills_data": str(self.data_dir), **settings})
        # the extension lets the chapters know through the environment what they are run for
        # a process that has run other tests is none that kernels can be forked from: another is there for all tests
        with mock.patch.dict(os.environ), mock.patch.object(kernels, "begin"):
            app = SphinxTestApp("html", srcdir=self.source, builddir=self.html.parent, confoverrides=config,
                                warningiserror=True, keep_going=True)
            try:
                app.build()
            except SphinxError as error:
                app.statuscode = 2
                app.warning.write(f"{error}\n")
            finally:
                app.cleanup()
        return app

    def page(self, name: str) -> str:
        return (self.html / f"{name}.html").read_text(encoding="utf-8")
