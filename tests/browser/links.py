"""Every link from a page on, followed by linkchecker's own code: python links.py SETTINGS PAGE.

Its command gives up the rights of root first, and then reads nothing below a folder that only root may enter. Here
links are followed as whoever runs the tests. Exit code 1 if a link is broken, 2 if the checker itself failed.
"""

from __future__ import annotations

import sys

from linkcheck.cmdline import aggregate_url
from linkcheck.configuration import Configuration
from linkcheck.director import check_urls, console, get_aggregate


def follow(settings: str, page: str) -> int:
    """The exit code; what is broken is printed by the checker."""
    config = Configuration()
    config.set_status_logger(console.StatusLogger())
    config.read([settings])
    config.sanitize()
    links = get_aggregate(config)
    aggregate_url(links, page)
    check_urls(links)
    stats = config["logger"].stats
    return 2 if stats.internal_errors else int(stats.errors > 0)


if __name__ == "__main__":
    sys.exit(follow(*sys.argv[1:]))
