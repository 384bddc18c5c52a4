"""The settings of a site that a fork leaves blank or writes otherwise."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.errors import ExtensionError

from drills import addresses
from drills.record import tables
from drills.site import extension, theming

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("repository, shown", [
    ({}, ""), ({"repository_url": None}, ""), ({"repository_url": ""}, ""),
    ({"repository_url": "https://git.example/a/b/"}, "https://git.example/a/b")])
@pytest.mark.parametrize("base, named, expected, prefix", [
    (None, None, "", "/"), ("", None, "", "/"), ("https://a.example/x", None, "https://a.example/x/", "/x/"),
    ("https://a.example", "https://b.example/y/", "https://b.example/y/", "/y/"), (None, "", "", "/")])
def test_settings_may_be_blank(monkeypatch, repository, shown, base, named, expected, prefix):
    """Catch a build that fails because a fork names no repository or address, or doubles a slash."""
    monkeypatch.delenv(addresses.VARIABLE, raising=False)
    if named is not None:
        monkeypatch.setenv(addresses.VARIABLE, named)
    config = SimpleNamespace(html_theme_options=dict(repository), html_baseurl=base, html_title="Joint Drills",
                             drills_data=str(tables.DATA))
    app = SimpleNamespace(srcdir=str(ROOT / "book"), config=config)
    extension.set_up_theme(app, None)
    site = theming.site_of(app)
    assert (site.address, site.repository) == (expected, shown)
    assert app.config.notfound_urls_prefix == prefix


@pytest.mark.parametrize("named", ["drills.example/x/", "//drills.example", "ftp://drills.example", "https:/x", "a b"])
@pytest.mark.parametrize("is_variable", [True, False])
def test_what_is_no_address_is_named_at_once(monkeypatch, named, is_variable):
    """Catch a slip in the address that is found after the chapters have run, in words of somebody else's library."""
    monkeypatch.setenv(addresses.VARIABLE, named if is_variable else "")
    config = SimpleNamespace(html_theme_options={}, html_baseurl="" if is_variable else named)
    setting = addresses.VARIABLE if is_variable else "html_baseurl in _config.yml"
    with pytest.raises(ExtensionError, match=f"{setting} is '{named}', which is no address .* begins with https://"):
        extension.set_up_theme(SimpleNamespace(config=config), None)
