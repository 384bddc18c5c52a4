"""Edges of what datapackage.json demands, of the rows that rules take, of old names, and of how problems are listed."""

from __future__ import annotations

import copy
import json
import zipfile
from collections.abc import Callable

import pandas as pd
import pytest

from drills import checks
from drills.checks import released, rows, structure
from drills.checks.rows import Rows, as_text
from drills.record import package, states, tables
from drills.record.days import first_day
from drills.record.problems import Problem
from drills.record.version import Version

CAUSE = "one edit seems to have gone over the whole column"
OLD = "events,2021-first-alpha,First Alpha,2021-08,renamed,2021-alpha,2021-09-01,Named as its series\n"
BLANK = "the cell is blank; every row needs a value here"
NO_SOURCE = "'zz' is not in sources.csv; add it to sources.csv, or fix the name"
NOWHERE = "is neither in events.csv nor in withdrawn.csv; name the id under which the row stands now"


def describe(small, change: Callable[[dict], None]) -> None:
    """Change the descriptor of the small record."""
    path = small.folder / package.PACKAGE_FILE
    described = json.loads(path.read_text(encoding="utf-8"))
    change(described)
    path.write_text(json.dumps(described, ensure_ascii=False, indent=4) + "\n", encoding="utf-8")


def read(folder, problems=()) -> Rows:
    described, raw = tables.read_all(folder)
    return Rows(described, raw, list(problems))


# cells and their lists
def test_a_column_of_free_text_is_bound_to_no_list():
    """Catch a column without a list of values that stops who asks for them."""
    assert structure.categories({"name": "note", "type": "string"}) == []


@pytest.mark.parametrize("table, line, column, value, said", [
    ("participants", 6, "source_ids", "tass-2;tass-2", "the list 'tass-2;tass-2' has an item twice; remove one"),
    ("nearest_rules", 2, "kinds", "patrol;parade", "the list 'patrol;parade' holds 'parade'; use exercise, patrol, "
     "command_post, competition"),
    ("events", 4, "longitude", "180.5", "'180.5' is out of range; the value is at most 180"),
    ("events", 2, "end_date", "2021\u201308", "'2021\u201308' with the foreign sign '\u2013' is not a date; write it "
     "as YYYY-MM-DD, YYYY-MM or YYYY"),
    ("outside_rows", 2, "row", "1 000", "'1 000' has a thousands separator; write 1000"),
    ("outside_rows", 2, "row", "0", "'0' is out of range; the value is at least 1"),
    ("sources", 4, "title", "", "the cell is blank; every row needs a value here"),
    ("facts", 2, "event_id", "2020-alpha", "'2020-alpha' was withdrawn and is not in events.csv; take the name out"),
])
def test_a_broken_cell(small, table, line, column, value, said):
    """Catch a fault of a later row that is let pass, and one that is said without its fix."""
    small.edit(table, line, column, value)
    shown = [(small.printed(problem), problem.value) for problem in small.found()
             if (problem.line, problem.column) == (line, column)]
    assert shown == [(f"{table}.csv:{line}:{column}: {said}", "2020-alpha" if table == "facts" else value)]


@pytest.mark.parametrize("unused, lines", [(2, ["sources"]), (3, ["claims", "claims", "participants"])])
def test_a_renamed_row_among_others_that_nobody_names(small, unused, lines):
    """Catch a renaming that is not seen beside two rows that nobody names, and one seen where many are not named."""
    small.swap("sources", "\ntass-2,", "\ntass-two,")
    small.add("sources", "".join(f"page-{n},https://tass.example/page-{n},TASS,Page,false,2022-06-0{n},,en,agency,"
                                  "false,false,,,\n" for n in range(1, unused + 1)))
    found = [line for line in small.problems() if "'tass-2'" in line]
    assert sorted({line.split(".")[0] for line in found}) == sorted(set(lines))
    assert ("no row names 'tass-two'" in found[0]) is (lines == ["sources"])


def test_a_key_that_is_lost_explains_the_names_that_find_nothing(small):
    """Catch rows that are named for a key which is blank, of the first row too, and is named itself."""
    small.edit("sources", 2, "source_id", "")
    assert small.problems() == [f"sources.csv:2:source_id: {BLANK}"]


@pytest.mark.parametrize("table, line, column, value", [
    ("sources", 3, "language", "klingon"), ("claims", 3, "measure", "boats"), ("events", 2, "event_id", "")])
def test_what_is_no_lost_key_explains_no_name(small, table, line, column, value):
    """Catch a name of no row that is let pass for a fault in another column, another table or another table's key."""
    small.edit(table, line, column, value)
    small.edit("date_claims", 3, "source_id", "zz")
    assert f"date_claims.csv:3:source_id: {NO_SOURCE}" in small.problems()


def test_two_names_where_one_belongs_are_none(small):
    """Catch a cell for one name that is taken for a list of two, each of which is there."""
    small.edit("claims", 3, "source_id", "tass-1;tass-2")
    [line] = [line for line in small.problems() if line.startswith("claims.csv:3:source_id: ")]
    assert line.startswith("claims.csv:3:source_id: 'tass-1;tass-2' is not in sources.csv; ")


def test_a_mark_before_the_header_explains_no_name(small):
    """Catch a name of no row that is let pass since the file of its rows begins with a byte-order mark."""
    small.path("sources").write_text("\ufeff" + small.path("sources").read_text(encoding="utf-8"), encoding="utf-8")
    small.edit("date_claims", 3, "source_id", "zz")
    assert f"date_claims.csv:3:source_id: {NO_SOURCE}" in small.problems()


def test_a_name_of_no_row_while_nothing_is_known_of_withdrawn_rows(small):
    """Catch a record without its table of withdrawn rows that stops the check."""
    small.edit("date_claims", 3, "source_id", "zz")
    described, raw = tables.read_all(small.folder)
    del raw["withdrawn"]
    assert [small.printed(problem) for problem in structure.check(described, raw, [], set(raw) - {"date_claims"})] == [
        f"date_claims.csv:3:source_id: {NO_SOURCE}"]


@pytest.mark.parametrize("number", [structure.MOST_NAMES, structure.MOST_NAMES + 1])
def test_so_many_names_are_still_named_one_by_one(small, number):
    """Catch a line too early, or too late, for all names of a column."""
    claim = small.path("claims").read_text(encoding="utf-8").splitlines()[-1]
    small.add("claims", *(claim.replace(":1,", f":{n},").replace("xinhua-2", f"page-{n}") + "\n"
                          for n in range(2, number + 2)))
    found = [problem for problem in small.found() if problem.column == "source_id"]
    assert len(found) == (1 if number > structure.MOST_NAMES else number)


def test_a_list_of_words_that_are_all_allowed(small):
    """Catch a sound list that stops the check, or that is said to hold something else."""
    small.edit("nearest_rules", 2, "kinds", "patrol;exercise")
    assert not [line for line in small.problems() if ":kinds: " in line]


@pytest.mark.parametrize("text", ["One; two;; three", " ;", "One;One", "One , two;"])
def test_semicolons_of_a_text_part_no_list(small, text):
    """Catch a text with semicolons that is taken for a list."""
    small.edit("facts", 2, "text", text)
    assert not [line for line in small.problems() if "the list" in line]


# the rows that rules take
def test_numbers_and_blanks_as_a_cell_has_them(small):
    """Catch a whole number that gets a point on its way into a message, and a blank that becomes a word."""
    asked = read(small.folder)
    assert [as_text(value) for value in (30.0, 2.5, float("nan"), "30.0")] == ["30", "2.5", "", "30.0"]
    problem = asked.at("claims", 2, "value_low", asked.claims.at[2, "value_low"], "rule", "fix")
    assert (problem.value, asked.at("claims", 2, "note", "x", "rule", "fix").value) == ("10000", "x")
    small.edit("claims", 3, "value_low", "500")
    assert [problem.value for problem in small.found()] == ["500"]


def test_what_is_no_table_is_no_part_of_the_rows(small):
    """Catch a name misspelt in a rule that ends in another error than that of a missing attribute."""
    asked = read(small.folder)
    for name in ("claim", "_claims"):
        with pytest.raises(AttributeError, match=f"^{name}$"):
            getattr(asked, name)


def test_tables_asked_for_before_and_after_a_part_of_some_work(small):
    """Catch a rule that is thought to ask for no table but those of the last thing that it had made."""
    asked = read(small.folder)

    def work() -> set[str]:
        assert not asked.claims.empty
        _, part = asked.watched(lambda: asked.facts)
        assert not asked.series.empty
        return part

    assert asked.watched(work) == ({"facts"}, {"claims", "facts", "series"})


def test_rows_can_be_copied(small):
    """Catch rows that ask themselves for ever for what a copy does not have yet."""
    asked = read(small.folder)
    assert copy.copy(asked).claims.equals(asked.claims)


def test_days_of_no_dates_are_days(small):
    """Catch dates that are all blank and can be compared with no day."""
    blank = rows.days(pd.Series([None, None], index=[3, 5], dtype="object"), first_day)
    assert blank.dtype == "datetime64[s]" and list(blank.index) == [3, 5] and blank.isna().all()


def test_measures_that_may_have_decimals(small):
    """Catch ships that may be counted in halves, and hours that may not."""
    assert "ships" not in read(small.folder).not_whole and "duration_hours" in read(small.folder).not_whole


def test_events_that_may_stand_in_a_broken_row(small):
    """Catch an event that is called hidden for another cell, and one that is forgotten since no row was unreadable."""
    faults = [Problem(str(small.path("claims")), line, column, "", "rule", "fix")
              for line, column in ((2, "note"), (5, "scope"))]
    asked = read(small.folder, faults)
    assert asked.hidden_events("claims", "scope", "stage") == {"2022-watch"}
    assert asked.hidden_events("claims", "note") == {"2021-alpha"}
    assert asked.hidden_events("facts", "text") == set()
    small.swap("claims", "2022-watch:ships:CHN:1,2022-watch,", "2022-watch:ships:CHN:1,2022-watch,,")
    asked = read(small.folder, faults[:1])
    assert asked.hidden_events("claims", "note") >= {"2021-alpha", "2022-watch"}


@pytest.fixture
def silent(monkeypatch):
    """Nothing is known of any rule, and of each the two latest states of the tables are kept."""
    monkeypatch.setattr(rows, "_known", rows.defaultdict(list))
    monkeypatch.setattr(rows, "MOST_KEPT", 2)


class Counted:
    """A rule that finds nothing and counts how often it runs."""

    times = 0

    def __call__(self, asked: Rows) -> list[Problem]:
        assert not asked.claims.empty
        self.times += 1
        return []


@pytest.mark.parametrize("seen, times", [
    ("ABA", 2), ("ABCA", 4), ("ABCB", 3), ("ABCBAB", 4), ("ABACA", 3), ("ABACB", 4)])
def test_the_latest_states_of_tables_are_kept(small, silent, seen, times):
    """Catch a state that was asked for just now and is forgotten before an older one."""
    rule = Counted()
    for note in seen:
        small.edit("claims", 2, "note", note)
        assert read(small.folder).breaches(rule) == []
    assert rule.times == times


def test_a_rule_runs_again_under_another_descriptor(small, silent):
    """Catch a figure that is let through since the rule found nothing while its measure was described otherwise."""
    rule = Counted()
    for title in ("One", "Other", "One"):
        describe(small, lambda described, title=title: described.update(title=title))
        assert read(small.folder).breaches(rule) == []
    assert rule.times == 2


def test_what_rules_share_is_made_once_of_tables_as_they_are(small, silent):
    """Catch what is made again at every check, and what is kept although a table that it is made from has changed."""
    made = read(small.folder)
    houses, ends = made.houses, made.end
    assert read(small.folder).houses is houses
    small.edit("participants", 2, "source_ids", "xinhua-2")
    again = read(small.folder)
    assert again.houses is not houses and again.end is ends
    small.edit("participants", 2, "source_ids", "xinhua-1")
    assert read(small.folder).houses is houses


# how problems are kept and listed
def test_a_table_is_looked_at_again_under_another_descriptor(small):
    """Catch a cell that is let through since its table was sound while it was described otherwise."""
    assert small.problems() == []

    def only_tass(described):
        package.fields(package.resources(described)["facts"])["claimant"]["constraints"]["pattern"] = "TASS"

    describe(small, only_tass)
    assert small.problems() == ["facts.csv:2:claimant: 'Xinhua' does not have the form of this column; it has to match "
                                "TASS"]


def test_a_fault_is_named_at_every_check(small):
    """Catch a broken table that is taken for sound at the second check."""
    small.edit("events", 2, "kind", "parade")
    (small.folder / "claims (1).csv").touch()
    (small.folder / "facts.csv").write_text("text\n", encoding="utf-8")
    first = small.found()
    assert [(problem.line, problem.column, problem.value) for problem in first[:2]] == [
        (1, "(file)", "claims (1).csv"), (2, "kind", "parade")]
    assert {small.printed(problem).split(":")[0] for problem in first[2:]} == {"facts.csv"}
    assert small.found() == first


@pytest.mark.parametrize("number, shown, rest", [(25, 25, ""), (26, 25, f" (and 1 more like this below: {CAUSE})"),
                                                 (200, 25, f" (and 175 more like this below: {CAUSE})"),
                                                 (201, 1, f" (and 200 more like this below: {CAUSE})")])
def test_problems_of_a_kind(number, shown, rest):
    """Catch one problem too many that is left out without a word, and hundreds of which many are shown."""
    found = [Problem("a.csv", line, "note", f"{line}", f"'{line}' is odd, as {line} others", "fix")
             for line in range(2, number + 2)]
    other = Problem("a.csv", 1, "note", "", "another rule", "fix")
    short = checks.shortened([other, *found])
    assert short[0] == other and short[1:shown] == found[:shown - 1] and len(short) == shown + 1
    assert short[-1].rule == found[shown - 1].rule + rest and short[-1].line == found[shown - 1].line


# old names
def test_chains_of_names_that_lead_nowhere(small):
    """Catch an old name whose second step leads to no row, and names that lead round in a ring."""
    small.swap("withdrawn", OLD, OLD.replace("renamed,2021-alpha,", "renamed,2021-omega,") + "".join(
        OLD.replace("first-alpha,", f"{one},").replace(",2021-alpha,", f",2021-{other},")
        for one, other in (("zero", "first-alpha"), ("one", "two"), ("two", "three"), ("three", "two"))).replace(
            "renamed,2021-two,2021-09-01,Named as its series\n", "merged,2021-two,2021-09-01,The same\n"))
    assert small.problems() == [f"withdrawn.csv:{line}:became: '2021-{name}' {NOWHERE}" for line, name in enumerate(
        ("omega", "first-alpha", "two", "three", "two"), start=2)]


@pytest.mark.parametrize("line, column, value, said", [
    (2, "id", "2023-alpha", "'2023-alpha' was withdrawn and stands in events.csv again; give the new row an id of its "
     "own, or remove this line if the old row is back"),
    (2, "became", "", "the row does not say what the id became; name the id in the same table"),
    (3, "became", "2021-alpha", "a row that was withdrawn became nothing, but '2021-alpha' is named; leave became "
     "blank, or correct change"),
    (2, "became", "2021-omega", f"'2021-omega' {NOWHERE}"),
    (2, "start_date", "", "a row of events.csv has a first day; write the start_date that the event had"),
    (4, "start_date", "2021-01-01", "a row of sources.csv has no first day; leave it blank"),
])
def test_a_broken_tombstone_is_said_in_full(small, line, column, value, said):
    """Catch an old name that is said to be wrong without what to do, or with what another one needs."""
    small.edit("withdrawn", line, column, value)
    assert [(small.printed(problem), problem.value) for problem in small.found()] == [
        (f"withdrawn.csv:{line}:{column}: {said}", value)]


@pytest.mark.parametrize("column, value, is_named", [
    ("kind", "parade", True), ("name", "", True), ("event_id", "2023-Alpha", False), ("event_id", "", False)])
def test_an_old_name_may_lead_to_a_row_whose_id_is_wrong(small, column, value, is_named):
    """Catch an old name that is said to lead nowhere while an id is misspelt, and one let pass for another cell."""
    small.edit("events", 5, column, value)
    small.edit("withdrawn", 2, "became", "2021-omega")
    assert [line for line in small.problems() if line.startswith("withdrawn")] == [
        f"withdrawn.csv:2:became: '2021-omega' {NOWHERE}"] * is_named


@pytest.mark.parametrize("spoil", [
    lambda text: "\ufeff" + text,
    lambda text: text.replace("2023-alpha,Alpha 2023,", "2023-alpha,Alpha, 2023,"), lambda text: ""],
    ids=["byte-order mark", "a cell too many", "empty"])
def test_an_old_name_may_lead_to_a_row_that_could_not_be_read(small, spoil):
    """Catch an old name that is said to lead nowhere while a row, or the file, could not be read."""
    small.path("events").write_text(spoil(small.path("events").read_text(encoding="utf-8")), encoding="utf-8")
    small.edit("withdrawn", 2, "became", "2021-omega")
    assert [line for line in small.problems() if not line.startswith("events.csv:")] == []


@pytest.mark.parametrize("missing, of_release", [
    ("facts", True), ("milestones", True), ("withdrawn", True), ("facts", False), ("milestones", False)])
def test_a_table_that_only_one_of_two_states_has(small_at, tmp_path, missing, of_release):
    """Catch a table that came or went since the release and stops the check."""
    small = small_at(tmp_path / "data")
    small.name("1.0.0")
    folder = tmp_path / states.FOLDER / "1.0.0"
    folder.mkdir(parents=True)
    (folder / states.MANIFEST_FILE).write_text("{}")
    files = dict(states.of_folder(small.folder).files)
    described = json.loads(files[package.PACKAGE_FILE])
    described["resources"] = [one for one in described["resources"] if one["name"] != missing]
    if of_release:
        files[package.PACKAGE_FILE] = json.dumps(described).encode()
    with zipfile.ZipFile(folder / states.data_zip(Version(1, 0, 0)), "w") as archive:
        for name, content in files.items():
            archive.writestr(f"data/{name}", content)
    _, raw = tables.read_all(small.folder)
    raw = {name: table for name, table in raw.items() if of_release or name != missing}
    small.name("1.0.1-dev")
    assert released.check(small.folder, described | {"version": "1.0.1-dev"}, raw) == []


def test_an_old_name_that_leads_nowhere_beside_another_fault(small):
    """Catch a fault in another column of the first row that is taken for a lost id, which might be the one named."""
    small.edit("events", 2, "latitude", "91")
    small.edit("withdrawn", 2, "became", "2021-nowhere")
    lines = small.problems()
    assert any(line.startswith("events.csv:2:latitude: ") for line in lines)
    assert f"withdrawn.csv:2:became: '2021-nowhere' {NOWHERE}" in lines
