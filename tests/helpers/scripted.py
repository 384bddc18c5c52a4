"""Pages with the site's scripts in a browser, without a build: made up in the test, served from nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Browser, Page, Route

from drills.site import theming

HOST = "https://site.example/"


def script_page(body: str, *scripts: str, attributes: str = "") -> str:
    """A page with a body and scripts of the site, in the order in which it loads them."""
    tags = "".join(f'<script defer src="{HOST}_static/{script}"></script>' for script in scripts)
    return (f'<!DOCTYPE html><html lang="en" {attributes}><head><meta charset="utf-8"><title>x</title>{tags}'
            f'<link rel="stylesheet" href="{HOST}_static/site.css"></head><body>{body}</body></html>')


def opened(browser: Browser, files: Mapping[str, str | bytes], name: str = "page.html", **settings) -> Page:
    """A page among `files` (content by path) and the assets of the site; all else is not found."""
    assets = {f"_static/{path.name}": path.read_text(encoding="utf-8") for path in theming.ASSETS.glob("*.js")}
    served = {**assets, "_static/site.css": theming.stylesheet(), **files}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST).partition("?")[0]
        kinds = {"html": "text/html", "js": "text/javascript", "css": "text/css", "png": "image/png"}
        if path in served:
            route.fulfill(body=served[path], content_type=kinds[path.rsplit(".", 1)[1]])
        else:
            route.fulfill(status=404)

    page = browser.new_context(**settings).new_page()
    page.route("**/*", answer)
    page.goto(HOST + name)
    return page
