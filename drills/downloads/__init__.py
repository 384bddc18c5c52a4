"""Files that readers take away: tables in five formats, the bundle, feed and calendar, how to cite. Needs no Sphinx."""
