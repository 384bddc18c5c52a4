"""What rules ask for: a rule is left out only while every table that it asked for is as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drills.checks import doubts, rows, subject
from drills.checks.rows import Rows
from drills.record import tables
from drills.record.problems import Problem

ASKING = {
    "sound rows": lambda asked: asked.claims,
    "a table by its name": lambda asked: getattr(asked, "claims"),  # noqa: B009 as rules of several tables do
    "what could be read": lambda asked: asked.read["claims"],
    "the table as text": lambda asked: asked.raw["claims"],
    "rows that are wrong": lambda asked: asked.with_wrong("claims", "note"),
    "hidden events": lambda asked: asked.hidden_events("claims", "note"),
    "every table": lambda asked: asked.raw.values(),
    "pairs": lambda asked: asked.pairs, "houses": lambda asked: asked.houses,
    "houses of events that rest on a doubtful source": lambda asked: asked.events_with_doubtful_source,
}


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch):
    monkeypatch.setattr(rows, "_known", rows.defaultdict(list))


def read(folder, problems=()) -> Rows:
    package, raw = tables.read_all(folder)
    return Rows(package, raw, list(problems))


class Rule:
    """A rule that asks for something, counts how often it runs and finds what it is told to."""

    def __init__(self, ask, found: tuple[Problem, ...] = ()):
        self.ask, self.found, self.times = ask, found, 0

    def __call__(self, asked: Rows) -> Iterator[Problem]:
        self.times += 1
        self.ask(asked)
        yield from self.found


@pytest.mark.parametrize("ask", ASKING.values(), ids=ASKING)
def test_a_rule_runs_again_when_a_table_that_it_asks_for_has_changed(small, ask):
    """Catch a broken row that is let through since the rule found nothing before."""
    rule, other = Rule(ask), Rule(lambda asked: asked.milestones)
    for _ in range(2):
        asked = read(small.folder)
        assert asked.breaches(rule) == asked.breaches(other) == []
    assert rule.times == other.times == 1
    small.edit("claims", 2, "note", "another")
    asked = read(small.folder)
    assert asked.breaches(rule) == asked.breaches(other) == [] and rule.times == 2
    assert other.times == 1


@pytest.mark.parametrize("first", ["pairs", "houses"])
def test_what_is_made_once_is_asked_for_by_each(small, first):
    """Catch a second rule that is thought to ask for no table, since another had the same made before."""
    rules = [Rule(lambda asked: getattr(asked, first)), Rule(lambda asked: asked.houses)]
    asked = read(small.folder)
    assert [asked.breaches(rule) for rule in rules] == [[], []]
    small.edit("facts", 2, "text", "another")
    asked = read(small.folder)
    assert [asked.breaches(rule) for rule in rules] == [[], []] and [rule.times for rule in rules] == [2, 2]


def test_rows_that_are_left_out_count(small):
    """Catch a rule that is not run although a row that it asks for is wrong now."""
    rule = Rule(lambda asked: asked.claims)
    read(small.folder).breaches(rule)
    problem = Problem(str(small.path("claims")), 2, "note", "", "wrong", "fix")
    read(small.folder, [problem]).breaches(rule)
    assert rule.times == 2


def test_a_rule_that_finds_something_runs_each_time(small):
    """Catch a problem that is named once and forgotten."""
    problem = Problem("claims.csv", 2, "note", "", "wrong", "fix")
    rule = Rule(lambda asked: asked.claims, (problem,))
    assert [read(small.folder).breaches(rule) for _ in range(2)] == [[problem]] * 2 and rule.times == 2


def test_a_table_that_is_no_file_is_always_looked_at(small):
    """Catch a row on the way into a table that is taken for another one."""
    package, raw = tables.read_all(small.folder)
    raw["claims"].digest = ""
    rule = Rule(lambda asked: asked.claims)
    for _ in range(2):
        Rows(package, raw, []).breaches(rule)
    assert rule.times == 2


def test_every_rule_can_be_told_from_every_other():
    """Catch rules made anew for each check, which would be run each time, or taken for one another."""
    rules = [*subject.RULES_OF_ONE_ROW, *subject.RULES, *doubts.RULES.values()]
    assert len({id(rule) for rule in rules}) == len(rules) and all(rule.__name__ != "<lambda>" for rule in rules)
