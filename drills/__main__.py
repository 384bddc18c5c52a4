"""The command line: python -m drills <command>."""

from __future__ import annotations

import argparse
import atexit
import gc
import io
import os
import shlex
import sys
from collections.abc import Collection
from pathlib import Path

from . import DATA


def check(arguments: argparse.Namespace) -> int:
    """Print every problem and warning of the record, or one line that sums it up; warnings fail with --strict."""
    return what_is_wrong(arguments.data, arguments.strict)


def what_is_wrong(data_dir: Path, is_strict: bool = False) -> int:
    """Print what the check finds in a record, and give its exit code."""
    from . import checks

    found = checks.examine(data_dir)
    for problem in (*found.errors, *found.warnings):
        print(problem)
    if counts := [f"{len(problems)} {word}{'s' * (len(problems) > 1)}"
                  for word, problems in (("problem", found.errors), ("warning", found.warnings)) if problems]:
        print(f"{' and '.join(counts)} found", file=sys.stderr)
    if found.errors or (is_strict and found.warnings):
        return 1
    print(checks.summary(data_dir))
    return 0


def fmt(arguments: argparse.Namespace) -> int:
    """Bring the files of the record into their form; print which were written, and what stands in the way of others."""
    from .authoring.fmt import fmt as bring_into_form

    done = bring_into_form(arguments.data)
    for path in done.written:
        print(f"{path}: written in its form")
    for problem in done.problems:
        print(problem, file=sys.stderr)
    if not done.written and not done.problems:
        print("every file is in its form")
    return 1 if done.problems else 0


def new(arguments: argparse.Namespace) -> int:
    """Write a new source, event or figure; on a terminal what is not given is asked."""
    from .authoring.new import new as write_new

    # the options of a kind are those of its table, which only the record knows; its folder may be named among them
    folder = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    folder.add_argument("--data", type=Path, default=arguments.data)
    named, words = folder.parse_known_args(arguments.words)
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        return write_new(arguments.kind, words, named.data, input if is_terminal else None)
    except (KeyboardInterrupt, EOFError):
        print("\nnothing was written", file=sys.stderr)
        return 2


def impact(arguments: argparse.Namespace) -> int:
    """Print what the files at hand change against those of a commit, as Markdown."""
    from .reviewing import NoBase, review

    try:
        print(review(arguments.data, arguments.base), end="")
    except NoBase as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def estimates(arguments: argparse.Namespace) -> int:
    """Print the estimates, all or those of one measure or scope."""
    from . import terminal
    from .counting.reading import load

    rows = load(arguments.data).estimates
    for column, wanted in (("measure", arguments.measure), ("scope", arguments.scope)):
        if wanted is not None and wanted not in set(rows[column]):
            print(f"no estimate has the {column} '{wanted}'; there are: {', '.join(sorted(set(rows[column])))}",
                  file=sys.stderr)
            return 2
        rows = rows[rows[column] == wanted] if wanted is not None else rows
    terminal.print_estimates(rows, arguments.format)
    return 0


def count(arguments: argparse.Namespace) -> int:
    """Print how many events count under a definition, and on request those of each year and which they are."""
    from . import terminal
    from .counting import definitions
    from .counting.reading import load

    reading = load(arguments.data)
    given = {name: getattr(arguments, name) for name in ("preset", *definitions.BY_NAME)}
    try:
        definition = definitions.from_words({name: text for name, text in given.items() if text is not None},
                                            reading.record.series["series_id"])
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    found = definitions.count(reading.record.events, definition, reading.houses)
    terminal.print_count(found, definition, arguments.format, arguments.per_year, arguments.rows)
    return 0


def event(arguments: argparse.Namespace) -> int:
    """Print the dossier of one event."""
    from . import terminal
    from .changes.tombstones import Tombstones
    from .counting.dossier import UnknownEvent
    from .counting.reading import load

    reading = load(arguments.data)
    try:
        terminal.print_dossier(reading.dossier(arguments.event_id))
    except UnknownEvent as error:
        if gone := [one for one in Tombstones(reading.record.withdrawn).of("events") if one.id == error.event_id]:
            now = f"; it is {gone[0].now} now" if gone[0].now else ""
            print(f"'{error.event_id}' was {gone[0].change} on {gone[0].withdrawn_on}: {gone[0].reason}{now}",
                  file=sys.stderr)
            return 2
        near = f"; did you mean {' or '.join(error.near)}?" if error.near else ""
        print(f"'{error.event_id}' is not in events.csv{near}", file=sys.stderr)
        return 2
    return 0


def numbers(arguments: argparse.Namespace) -> int:
    """Print the numbers of the prose, of all chapters or of one."""
    from . import chapters, terminal
    from .counting.reading import load

    wanted = chapters.NAMES if arguments.chapter is None else (arguments.chapter,)
    if unknown := set(wanted) - set(chapters.NAMES):
        print(f"there is no chapter '{unknown.pop()}'; there are: {', '.join(chapters.NAMES)}", file=sys.stderr)
        return 2
    terminal.print_numbers(chapters.numbers(load(arguments.data), wanted), arguments.format)
    return 0


def notebooks(arguments: argparse.Namespace) -> int:
    """Run the chapters and store their text outputs."""
    if code := without_checkout("notebooks"):
        return code
    from . import chapters
    from .counting.reading import share
    from .notebooks import refresh_all
    from .site import kernels

    # the kernels are forks of this process: what is loaded and read here none of them loads and reads for itself
    chapters.load()
    kernels.load()
    kernels.begin()
    share(arguments.data)
    return refresh_all(arguments.names, arguments.data)


def site(arguments: argparse.Namespace) -> int:
    """Build the site into _build/html."""
    if code := without_checkout("site"):
        return code
    from .site.build import build

    return build(arguments.data)


def serve(arguments: argparse.Namespace) -> int:
    """Show the site and keep it up to date with every edit, until Ctrl-C."""
    if code := without_checkout("serve"):
        return code
    from .serve.loop import serve
    from .site.build import ROOT

    return serve(arguments.data, ROOT, arguments.port)


def links(arguments: argparse.Namespace) -> int:
    """Ask whether the pages that the record cites still answer; what is gone is no failure of the record."""
    import datetime

    from rich.console import Console

    from .links import asking, report, run
    from .record import tables

    today = datetime.datetime.now(datetime.UTC).date()
    found = run.run(tables.load(arguments.data), arguments.results, today, asking.Manners(), Console(stderr=True))
    said = report.in_markdown(found, today.isoformat())
    arguments.results.with_suffix(".md").write_text(said, encoding="utf-8")
    print(said, end="")
    return 0


def release(arguments: argparse.Namespace) -> int:
    """Make a release of a record that is sound."""
    if code := without_checkout("release"):
        return code
    from .site import build, releasing

    if code := what_is_wrong(arguments.data):
        print("no release was made: the record has problems", file=sys.stderr)
        return code
    return releasing.make(arguments.version, arguments.data, build.ROOT)


def is_checkout() -> bool:
    """Whether this is a clone of the project, with the chapters, and not the package as it is installed."""
    return (Path(__file__).resolve().parents[1] / "book").is_dir()


def without_checkout(name: str) -> int:
    """The exit code of a command that needs the chapters, where the package was installed without them; 0 elsewhere."""
    if is_checkout():
        return 0
    print(f"'{name}' works in a clone of the project, which has the chapters; the installed package has the record and "
          "what counts it", file=sys.stderr)
    return 2


def default_data() -> Path:
    """The record that comes with the package, as a path that reads well from where the reader stands."""
    return Path(os.path.relpath(DATA)) if DATA.is_relative_to(Path.cwd()) else DATA


def parser(words: Collection[str]) -> argparse.ArgumentParser:
    """All commands and their options; those of `count`, which take pandas to list, if the words name it."""
    top = argparse.ArgumentParser(prog="python -m drills", description="The record of Russia-China joint exercises.")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run, words: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        added.add_argument("--data", metavar="DIR", type=Path, default=default_data(),
                           help="folder of the record (default: the one that comes with the package)")
        return added

    command("check", check, "say what is wrong in data/, and what looks wrong, and how to fix it").add_argument(
        "--strict", action="store_true", help="fail on warnings too: what looks wrong and settled.csv does not answer")
    command("fmt", fmt, "bring the files of data/ into one form, without a change to any value")
    added = command("new", new, "add a source, an event or a claim: asks on a terminal, "
                    "or takes options (new claim --help)")
    added.add_argument("kind", choices=("source", "event", "claim"))
    added.add_argument("words", nargs=argparse.REMAINDER, metavar="OPTIONS", help="see new KIND --help")
    added = command("impact", impact, "print as Markdown what an edit of data/ changes, for a review")
    added.add_argument("--base", metavar="REF", help="the commit to compare with (default: where main was left)")
    added = command("estimates", estimates, "print the estimate of every event, measure and scope")
    added.add_argument("--measure", metavar="M", help="only this measure, such as troops")
    added.add_argument("--scope", metavar="S", help="only this scope: ALL, RUS, CHN, FOREIGN or a country")
    added.add_argument("--format", choices=("table", "csv", "json"), default="table")
    counted = command("count", count, "print how many events count by a definition (default: the site's own); "
                      "first line: total N, but with --format json an object")
    if "count" in words:
        add_switches(counted)
    command("event", event, "print all that the record holds on one event").add_argument("event_id", metavar="ID")
    added = command("numbers", numbers, "print the numbers that the chapters say, in words")
    added.add_argument("chapter", nargs="?", metavar="CHAPTER", help="only this chapter, such as frequency")
    added.add_argument("--format", choices=("table", "json"), default="table")
    command("site", site, "build the site into _build/html")
    added = command("serve", serve, "serve the site and build again what an edit touches, until Ctrl-C")
    added.add_argument("--port", metavar="N", type=int, default=8000,
                       help="the port, or the next one that is free (default: 8000)")
    added = command("links", links, "ask whether the pages that the record cites still answer, slowly; goes on where "
                    "it stopped")
    added.add_argument("--results", metavar="FILE", type=Path, default=Path("_build/links.csv"),
                       help="where the answers are kept, with a report beside it (default: _build/links.csv)")
    added = command("release", release, "make a release: version, changelog, and files that are kept for ever")
    added.add_argument("version", metavar="VERSION", help="the new version, such as 1.4.0: major if a key or column "
                       "went, minor if a row or column came, else patch")
    added = command("notebooks", notebooks, "run the chapters and store their outputs, text only")
    added.add_argument("names", nargs="*", metavar="NAME", help="chapters to run, such as frequency (default: all)")
    return top


def add_switches(added: argparse.ArgumentParser) -> None:
    """The options of `count`: one for each switch of a definition, and what to print."""
    from .counting.definitions import PRESETS
    from .counting.switches import SWITCHES

    added.add_argument("--preset", metavar="NAME", help="a definition with a name; the switches below change it: "
                       + "; ".join(f"{name}: {preset.sentence.rstrip('.')}" for name, preset in PRESETS.items()))
    for switch in SWITCHES:
        if switch.form == "flag":
            added.add_argument(f"--{switch.name}", dest=switch.name, nargs="?", const="yes", metavar="yes|no",
                               help=switch.sentence)
            continue
        shape = {"list": ",".join(switch.choices) or "ID,ID", "number": "N", "date": "DATE"}[switch.form]
        added.add_argument(f"--{switch.name}", dest=switch.name, metavar=shape, help=switch.sentence)
    added.add_argument("--per-year", action="store_true", help="also the number of each year")
    added.add_argument("--rows", action="store_true", help="also the events that count")
    added.add_argument("--format", choices=("table", "csv", "json"), default="table")


def main(words: list[str] | None = None) -> int:
    """Run a command; where packages of others are missing, as in the Python of the system, say what brings them."""
    try:
        return run(words)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("", __package__):
            raise
        print(what_brings(error.name, sys.argv[1:] if words is None else words), file=sys.stderr)
        return 1


def what_brings(name: str | None, words: list[str]) -> str:
    """What to do where a package is missing: in a clone the command again, with the Python that has all of them."""
    if is_checkout():
        return (f"the packages are missing here ({name} is the first): run make check, then "
                f"{shlex.join(['.venv/bin/python', '-m', __package__, *words])}")
    return f"this command needs {name}, which comes with: pip install 'drills[site]'"


def run(words: list[str] | None) -> int:
    """Run a command; what cannot be read of the record is said."""
    from .record.problems import UnreadableData

    given = sys.argv[1:] if words is None else words
    arguments = parser(given).parse_args(given)
    # letters that the encoding of the reader's terminal or file lacks are written as escapes
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return arguments.run(arguments)
    except UnreadableData as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    # nobody looks for what is unused in what is about to go, which would take longer than many a command
    atexit.register(gc.freeze)
    try:
        sys.exit(main())
    except BrokenPipeError:
        # the reader closed the pipe, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
