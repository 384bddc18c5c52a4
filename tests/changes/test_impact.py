"""What an edit of the record does, as a reviewer reads it."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from drills import reviewing
from drills.__main__ import main
from drills.changes import impact
from drills.changes.impact import Side

CLAIM = {"event_id": "e", "measure": "troops", "scope": "CHN", "value_low": "3200", "value_high": "3200",
         "qualifier": "about", "stage": "reported", "claimant": "A", "source_id": "s"}
EVENT = {"event_id": "e", "name": "Vostok", "start_date": "2018", "status": "held"}


def side(**parts) -> Side:
    found = Side(rows={"events": {("e",): EVENT}, "claims": {("e:1",): CLAIM}},
                 columns={"events": list(EVENT), "claims": list(CLAIM)})
    for name, value in parts.items():
        setattr(found, name, value)
    return found


def part(text: str, title: str) -> str:
    """What stands under a heading."""
    return text.split(f"## {title}\n\n")[1].split("\n##")[0].strip()


def test_a_record_that_says_the_same_is_one_line():
    """Catch a report of nothing that has to be read to be seen as such."""
    assert impact.markdown(side(), side(), "main") == "The record says what it said at `main`: nothing changed.\n"
    assert impact.markdown(side(), side(), "main", True) == ("The record says what it said at `main`: only its form "
                                                             "changed.\n")


def test_rows_are_told_in_words():
    """Catch a row that is added, withdrawn or changed without a word, and a figure that only its cells tell."""
    after = side(rows={"events": {("f",): EVENT | {"event_id": "f", "name": "Zapad"}},
                       "claims": {("e:1",): CLAIM | {"value_low": "", "qualifier": "up_to"}}})
    assert part(impact.markdown(side(), after, "main"), "Rows").splitlines() == [
        "- added, an event: `f` (`Zapad, 2018, held`)", "- withdrawn, an event: `e` (`Vostok, 2018, held`)",
        "- changed, a figure: `e:1` (`Vostok: troops of CHN, about 3,200, reported, by A`): `value_low` from `3200` to "
        "*blank*; `qualifier` from `about` to `up_to`"]


def test_what_follows_from_the_rows_is_set_side_by_side():
    """Catch an estimate, a number, a headline, a card or a house that changes and is not shown."""
    before = side(estimates={("e", "troops", "CHN"): "official 1"}, numbers={("scale", "n"): "1", ("scale", "m"): "2"},
                  cards={"n": ("1 of 2", "1"), "a": ("It grew", "1"), "b": ("Same", "1"), "c": ("Gone", "1")},
                  houses={"e": frozenset({"A", "B"})})
    after = side(estimates={("e", "troops", "CHN"): "official 9"}, numbers={("scale", "n"): "3", ("scale", "m"): "2"},
                 cards={"n": ("2 of 1,000", "1"), "a": ("It shrank", "2"), "b": ("Same", "2")},
                 houses={"e": frozenset({"B", "C", "D"})},
                 rows=side().rows | {"claims": {}})
    text = impact.markdown(before, after, "main")
    assert part(text, "Estimates").endswith("| `e` | `troops` | `CHN` | `official 1` | `official 9` |")
    assert part(text, "Numbers of the chapters").endswith("| `scale` | `n` | `1` | `3` |\n\n1 of 2 numbers change.")
    assert part(text, "Headlines that change").splitlines()[2:] == [
        "| **words** | `a` | `It grew` | `It shrank` |", "| **words** | `c` | `Gone` | *none* |",
        "| numbers | `n` | `1 of 2` | `2 of 1,000` |"]
    assert part(text, "Cards touched") == "4 of 4: `n`, `a`, `b`, `c`"
    assert part(text, "Independent houses").endswith("| `e` | 2 | 3 | `C`, `D` | `A` |")


@pytest.mark.parametrize("cell, shown", [
    ("@all <b>", "`@all <b>`"), ("a`b``c", "```a`b``c```"), ("`a", "`` `a ``"), ("a|b", "`a\\|b`"), ("", "*blank*"),
    ("a\nb", "`a\\nb`"), ("8\u00a0%", "`8 %`"), ("\u202eab", "`\\u202eab`")])
def test_cells_stand_in_code(cell, shown):
    """Catch a cell that becomes mark-up, a mention or a second row in a comment."""
    assert impact.quoted(cell) == shown


def test_what_cannot_be_compared_is_said():
    """Catch an older table that is silently left out, or a column that makes every row seem changed."""
    before = side(lacks=["it is old"], rows={"claims": side().rows["claims"], "rulings": {}},
                  columns={"claims": [*CLAIM, "old"], "rulings": []})
    assert part(impact.markdown(before, side(), "main"), "What could not be compared").splitlines() == [
        "- before: it is old", "- the table `events` is there only after", "- the table `rulings` is there only before",
        "- the table `claims` has `old` on one side alone"]


def test_long_lists_are_cut_and_counted():
    """Catch a review of ten thousand lines, and one that hides how many there are."""
    after = side(rows=side().rows | {"claims": {(f"e:{n:04}",): CLAIM for n in range(500)}})
    lines = part(impact.markdown(side(), after, "main"), "Rows").splitlines()
    assert (len(lines), lines[-1]) == (impact.MOST + 2, "And 401 more.")


@pytest.fixture
def committed(small, monkeypatch):
    """The small record in a repository, with one commit on main; both sides are counted in this process.

    That they are counted in processes of their own is tried by the guide for authors, which asks for the impact.
    """
    monkeypatch.setattr(reviewing, "ProcessPoolExecutor", lambda _workers, _context: ThreadPoolExecutor(1))
    small.tidy()
    git(small.folder, "init", "-q", "-b", "main")
    git(small.folder, "add", "-A")
    git(small.folder, "commit", "-q", "-m", "one")
    return small


def git(folder, *words: str) -> None:
    subprocess.run(["git", "-C", folder, "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True)


def test_form_alone_is_no_change(committed, capsys):
    """Catch line ends, quotes and moved rows that are reported as changes."""
    path = committed.path("sources")
    head, *rows = path.read_bytes().splitlines()
    path.write_bytes(b"\r\n".join([head, *reversed(rows), b""]))
    assert main(["impact", "--data", str(committed.folder)]) == 0
    assert capsys.readouterr().out.endswith(": only its form changed.\n")


@pytest.mark.parametrize("base", ["nowhere", "--all", "-x"])
def test_a_base_that_is_not_there_is_named(committed, capsys, base):
    """Catch a name that git takes for an option, or a traceback."""
    assert main(["impact", "--data", str(committed.folder), f"--base={base}"]) == 2
    assert f"there is no commit '{base}'" in capsys.readouterr().err


@pytest.mark.slow
def test_an_edit_is_followed_to_numbers_cards_and_houses(committed, capsys):
    """Catch an effect that the report of a real record does not show."""
    committed.edit("claims", 3, "value_low", "20000")
    committed.edit("date_claims", 2, "source_id", "tass-3")
    assert main(["impact", "--data", str(committed.folder)]) == 0
    text = capsys.readouterr().out
    assert "`value_low` from `10000` to `20000`" in part(text, "Rows")
    assert "official 20,000 or more" in part(text, "Estimates")
    assert " of " in part(text, "Cards touched")


@pytest.mark.slow
def test_an_older_record_is_compared_as_far_as_it_goes(committed, capsys):
    """Catch a traceback where the base has a table less than the code reads."""
    path = committed.folder / "datapackage.json"
    new = path.read_bytes()
    package = json.loads(new)
    package["resources"] = [table for table in package["resources"] if table["name"] != "searches"]
    path.write_text(json.dumps(package), encoding="utf-8")
    git(committed.folder, "commit", "-qam", "old")
    path.write_bytes(new)
    assert main(["impact", "--data", str(committed.folder)]) == 0
    lacks = part(capsys.readouterr().out, "What could not be compared")
    assert "this version of the code cannot read the record" in lacks
    assert "the table `searches` is there only after" in lacks
