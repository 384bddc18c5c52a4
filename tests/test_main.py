"""The command line for analysts: estimates and dossiers, plain when piped."""

from __future__ import annotations

import io
import json
import re
import shlex
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pytest

from drills import chapters
from drills.__main__ import main
from drills.counting import estimates
from drills.counting.definitions import DEFAULT, PRESETS, select
from drills.counting.dossier import Parts
from drills.counting.reading import load, share
from drills.record import tables

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module", autouse=True)
def _counted_once():
    """All commands on the record of this checkout find what those before have counted, as chapters do in a build."""
    share(tables.folder())


def run(capsys, *words: str) -> tuple[int, str, str]:
    code = main([*words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_estimates_as_csv(capsys, small):
    """Catch a CSV that pandas cannot read back, or an open end that turned into a number."""
    small.edit("claims", 5, "value_high", "")
    small.edit("claims", 5, "qualifier", "more_than")
    code, out, _ = run(capsys, "estimates", "--measure", "ships", "--scope", "CHN", "--format", "csv", "--data",
                       str(small.folder))
    [row] = pd.read_csv(io.StringIO(out)).to_dict("records")
    assert code == 0 and list(row) == estimates.COLUMNS
    assert (row["event_id"], row["measure"], row["scope"]) == ("2022-watch", "ships", "CHN")
    assert (row["official_low"], row["official_best"]) == (3, 3) and pd.isna(row["official_high"])


def test_estimates_as_json(capsys):
    """Catch JSON with NaN in it, which no other program reads."""
    code, out, _ = run(capsys, "estimates", "--measure", "troops", "--format", "json")
    rows = json.loads(out, parse_constant=lambda word: pytest.fail(word))
    assert code == 0 and {tuple(row) for row in rows} == {tuple(estimates.COLUMNS)}


def test_estimates_as_table(capsys):
    """Catch a table that is cut or wrapped when piped: one line for each row."""
    code, out, _ = run(capsys, "estimates", "--measure", "bombers")
    csv = run(capsys, "estimates", "--measure", "bombers", "--format", "csv")[1]
    assert code == 0 and len(out.splitlines()) == len(csv.splitlines())
    assert "\x1b" not in out and f"\n{csv.splitlines()[-1].partition(',')[0]} " in f"\n{out}"


@pytest.mark.parametrize("words, message", [
    (("--measure", "trops"), "no estimate has the measure 'trops'; there are: "),
    (("--scope", "XYZ"), "no estimate has the scope 'XYZ'; there are: ALL, "),
])
def test_an_unknown_filter_is_named(capsys, words, message):
    """Catch a typing error that prints an empty table."""
    code, out, err = run(capsys, "estimates", *words)
    assert (code, out) == (2, "") and err.startswith(message)


def test_a_count_says_its_total_first(capsys):
    """Catch a total that a script cannot find, or that of another definition than the default."""
    code, out, _ = run(capsys, "count")
    assert (code, out.splitlines()[:2]) == (0, [f"total {len(load().counted)}", DEFAULT.describe()])


def test_a_count_takes_switches(capsys):
    """Catch an option that is read and not applied, and rows or years that do not belong to the total."""
    words = ("count", "--framework", "bilateral", "--kinds", "exercise", "--tiers", "core", "--statuses", "held",
             "--military-only", "--merged", "--min-publishers", "2", "--from", "2014-03-18", "--to", "2022",
             "--per-year", "--rows")
    out = run(capsys, *words, "--format", "csv")[1]
    said, years, rows = out.split("\n", 1)[0], *(
        pd.read_csv(io.StringIO(part)) for part in out.split("\n", 1)[1].split("\n\n"))
    strict = replace(PRESETS["strict"].definition, start="2014-03-18", end="2022")
    wanted = select(load().record.events, strict, load().houses)
    assert said == f"total {len(wanted)}" and rows["event_id"].tolist() == wanted["event_id"].tolist()
    assert years["total"].sum() == len(wanted) and years["year"].tolist() == list(range(2014, 2023))
    assert run(capsys, "count", "--preset", "strict", "--from", "2014-03-18", "--to", "2022")[1].startswith(f"{said}\n")


def test_a_count_as_json(capsys):
    """Catch JSON with a line before it, or a count without the definition behind it."""
    code, out, _ = run(capsys, "count", "--preset", "strict", "--merged", "no", "--per-year", "--format", "json")
    found = json.loads(out)
    assert code == 0 and found["total"] == sum(row["total"] for row in found["per_year"])
    assert "merged" not in found["switches"] and found["switches"]["military-only"] == "yes"


@pytest.mark.parametrize("words, message", [
    (("--preset", "usual"), "there is no preset 'usual'; there are: default, everything"),
    (("--kinds", "parade"), "kinds cannot be 'parade'; there are: exercise, patrol, command_post, competition"),
    (("--series", "joint-see"), "series cannot be 'joint-see'; there are: admm-plus"),
    (("--from", "spring"), "from cannot be 'spring'; write a day, month or year"),
])
def test_an_unknown_definition_is_refused(capsys, words, message):
    """Catch a count by the default for a word that was misspelt."""
    code, out, err = run(capsys, "count", *words)
    assert (code, out) == (2, "") and err.startswith(message)


def test_a_count_of_nothing_has_a_reason(capsys):
    """Catch a bare zero."""
    code, out, _ = run(capsys, "count", "--kinds", "")
    assert code == 0 and out.startswith("total 0\n") and "no kind is chosen" in out


def test_a_dossier(capsys):
    """Catch a dossier without its ledger, steps, rulings or sources, and a link to a mirror."""
    code, out, _ = run(capsys, "event", "2018-vostok")
    assert code == 0
    for words in ("Восток-2018", "troops, CHN, official: 3,200 (3,000 to 3,600)", "the median of the plain figures",
                  "Ledger: every figure as said", "about 300,000", " repeated ",
                  "Ruling 2018-vostok-rescope (rescope): ", "Sources"):
        assert words in out, words
    assert "relayed" not in out
    mirror = [line for line in out.splitlines() if "(seen in a copy)" in line]
    assert mirror and not any("http" in line for line in mirror)


def test_an_unknown_event_is_named(capsys):
    """Catch a traceback for a mistyped name."""
    code, _, err = run(capsys, "event", "2018-vostk")
    assert code == 2 and err.startswith("'2018-vostk' is not in events.csv; did you mean 2018-vostok")


@pytest.mark.slow
def test_every_kind_of_event_has_a_dossier(capsys):
    """Catch an event whose dossier cannot be printed for what it lacks: text is printed alike, whatever it says."""
    from drills import terminal

    reading, blanks = load(), []
    for part in fields(Parts):
        frame = getattr(reading.parts, part.name)
        blanks.append(frame.isna().groupby(frame["event_id"]).any().drop(columns="event_id"))
    # what each event has of every part: nothing, rows with a blank in a column, or rows without; of each kind the event
    # of the fewest claims
    order = reading.record.claims["event_id"].value_counts(ascending=True)
    events = sorted(reading.record.events["event_id"], key=lambda event_id: order.get(event_id, 0))
    has = pd.concat(blanks, axis=1).reindex(events).astype(object).fillna("no rows").astype(str)
    kinds = has.agg("".join, axis=1).drop_duplicates().index
    assert len(kinds) > 50
    for event_id in kinds:
        terminal.print_dossier(reading.dossier(event_id))
        assert capsys.readouterr().out.startswith(f"{event_id}: ")


def test_numbers_as_json(capsys):
    """Catch numbers without their chapter, or a second chapter where one was asked for."""
    code, out, _ = run(capsys, "numbers", "frequency", "--format", "json")
    assert code == 0 and json.loads(out) == chapters.numbers(load(), ["frequency"])


@pytest.mark.slow
def test_numbers_as_table(capsys, small):
    """Catch a table that leaves out a chapter or is cut when piped, and a folder that is not read."""
    code, out, _ = run(capsys, "numbers", "--data", str(small.folder))
    said = chapters.numbers(load(small.folder))
    head, *lines = out.splitlines()
    assert code == 0 and head.split() == ["chapter", "name", "words"]
    assert [tuple(line.split(maxsplit=2)) for line in map(str.rstrip, lines)] == [
        (chapter, name, words) for chapter, numbers in said.items() for name, words in numbers.items()]


def test_an_unknown_chapter_is_named(capsys):
    """Catch a traceback for a mistyped chapter."""
    code, out, err = run(capsys, "numbers", "frequencies")
    assert (code, out) == (2, "") and err.startswith("there is no chapter 'frequencies'; there are: overview, ")


def test_cell_text_is_no_markup(tmp_path, capsys):
    """Catch square brackets in a cell that the terminal library would read as style."""
    from drills import terminal

    terminal.print_table(terminal.console(), pd.DataFrame({"a": ["[bold red]x[/]"]}))
    assert "[bold red]x[/]" in capsys.readouterr().out


@pytest.mark.slow
def test_a_closed_pipe_is_no_error():
    """Catch a traceback when the reader stops early, as `| head` does."""
    done = subprocess.run(["bash", "-c", f"'{sys.executable}' -m drills estimates --format csv | head -1"],
                          capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == ""


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
@pytest.mark.parametrize("words", [("check",), ("estimates",), ("estimates", "--format", "json"), ("count", "--rows"),
                                   ("event", "2021-alpha"), ("event", "Восток"), ("numbers", "overview")], ids=" ".join)
def test_every_encoding_is_written(small, monkeypatch, words, encoding):
    """Catch a traceback in a terminal or a file whose encoding lacks a letter of the record."""
    for table, line, column, value in (("events", 2, "name_zh", "联合-2021"), ("claims", 2, "note", "Вот ≥ 3"),
                                       ("events", 3, "name", "Восток"), ("sources", 3, "publisher", "Рупор")):
        small.edit(table, line, column, value)
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    main([*words, "--data", str(small.folder)])
    for stream in (out, err):
        stream.flush()
    assert (out.buffer.getvalue() + err.buffer.getvalue()).decode(encoding)


@pytest.mark.parametrize("words", ["check", "new event --name 'Amur Lantern'", "count --help", "site"])
def test_a_python_without_the_packages_is_told_which_has_them(words):
    """Catch a traceback for whoever types python where the guide has the Python of the environment."""
    begin = f"import runpy, sys; sys.path.insert(0, {str(ROOT)!r}); runpy.run_module('drills', run_name='__main__')"
    done = subprocess.run([sys.executable, "-I", "-S", "-B", "-c", begin, *shlex.split(words)], capture_output=True,
                          text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(rf"the packages are missing here \(\w+ is the first\): run make check, then "
                        rf"\.venv/bin/python -m drills {re.escape(words)}\n", done.stderr)


@pytest.mark.parametrize("edit, code, said", [
    (("events", 2, "kind", "nonsense"), 1, "no release was made: the record has problems\n"),
    (("events", 2, "name", "Alpha 2021"), 2, "'one' is no version")], ids=["problems", "sound"])
def test_a_release_begins_with_a_check(capsys, small, edit, code, said):
    """Catch a command that ends in a traceback, and a release of a record with problems."""
    small.edit(*edit)
    small.tidy()
    found, out, err = run(capsys, "release", "one", "--data", str(small.folder))
    assert found == code and said in err
    assert ("'nonsense' is not an allowed value" in out) == (code == 1)
