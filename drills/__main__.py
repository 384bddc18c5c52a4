"""The command line: python -m drills <command>."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def check(arguments: argparse.Namespace) -> int:
    """Print every problem of the record, or one line that sums it up."""
    from . import checks

    problems = checks.check(arguments.data)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} found", file=sys.stderr)
        return 1
    print(checks.summary(arguments.data))
    return 0


def notebooks(arguments: argparse.Namespace) -> int:
    """Run the chapters and store their text outputs."""
    from .notebooks import refresh_all

    return refresh_all(arguments.names)


def site(arguments: argparse.Namespace) -> int:
    """Build the site into _build/html."""
    from .site.build import build

    return build()


def default_data() -> Path:
    """The record of this checkout, as a path that reads well from where the reader stands."""
    from .tables import DATA

    return Path(os.path.relpath(DATA)) if DATA.is_relative_to(Path.cwd()) else DATA


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(prog="python -m drills", description="The record of Russia-China joint exercises.")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    command = commands.add_parser("check", help="say what is wrong in data/, with the mend")
    command.add_argument("--data", metavar="DIR", type=Path, default=default_data(),
                         help="folder of the record (default: data/ of this checkout)")
    command.set_defaults(run=check)
    command = commands.add_parser("site", help="build the site into _build/html")
    command.set_defaults(run=site)
    command = commands.add_parser("notebooks", help="run the chapters and store their outputs, text only")
    command.add_argument("names", nargs="*", metavar="NAME", help="chapters to run, such as frequency (default: all)")
    command.set_defaults(run=notebooks)
    return top


def main(words: list[str] | None = None) -> int:
    arguments = parser().parse_args(words)
    return arguments.run(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        # the reader closed the pipe, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
