"""Names that look like another name typed wrong: each rule gives warnings (`doubts`)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from ..record.nearness import is_one_slip
from ..record.problems import Problem, legible
from .publishers import plain
from .rows import Rows

# a slip in a shorter name makes another name: HINA and Sina
SHORTEST = 6
# a word of names that so many rows have is how it is written
USUAL = 3
CLAIMED = ("claims", "date_claims", "facts")
NAMED = (("events", ("name", "name_ru", "place")), ("series", ("name", "name_ru")))


def one_slip_apart(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every pair of words that are one slip apart; found by the words with one letter less that both have."""
    shorter: dict[str, set[str]] = defaultdict(set)
    for word in sorted(set(words)):
        beside = set()
        for short in {word, *(word[:at] + word[at + 1:] for at in range(len(word)))}:
            beside |= shorter[short]
            shorter[short].add(word)
        yield from ((other, word) for other in sorted(beside) if is_one_slip(other, word))


def near_names(names: Iterable[str]) -> dict[str, str]:
    """The names that one slip makes of another, each with the other; case, spaces and signs make no difference."""
    by_plain: dict[str, set[str]] = defaultdict(set)
    for name in set(names):
        by_plain[plain(name)].add(name)
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in one_slip_apart(word for word in by_plain if len(word) >= SHORTEST):
        # names that differ in a number are those of two editions
        if re.sub(r"\d", "", one) != re.sub(r"\d", "", other):
            for word, to in ((one, other), (other, one)):
                for name in by_plain[word]:
                    found[name] |= by_plain[to]
    for same in by_plain.values():
        for name in same if len(same) > 1 else ():
            found[name] |= same - {name}
    return {name: min(others) for name, others in found.items()}


def claimants_near_another(rows: Rows) -> Iterator[Problem]:
    """Catch a claimant typed wrong, who would count as one more voice: the rarer of two names one slip apart."""
    places: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for table in CLAIMED:
        for line, name in getattr(rows, table)["claimant"].items():
            places[name].append((table, line))
    publishers = set(rows.read["publishers"]["publisher"].dropna())
    used = Counter({name: len(found) for name, found in places.items()})
    for name, other in near_names({*used, *publishers}).items():
        if name in used and name not in publishers and (other in publishers
                                                        or (used[name], other) < (used[other], name)):
            table, line = places[name][0]
            yield rows.at(table, line, "claimant", name, f"'{legible(name)}' looks like '{legible(other)}' typed wrong",
                          "fix the name")


def publishers_near_another(rows: Rows) -> Iterator[Problem]:
    """Catch a publisher typed wrong and entered into publishers.csv, who would count as one more house."""
    table = rows.publishers
    house = table.set_index("publisher")["house"].to_dict()
    near = near_names(table["publisher"])
    for line, name in table["publisher"].items():
        other = near.get(name)
        # both of one house: nothing is counted twice
        if other is not None and name > other and house[name] != house[other]:
            yield rows.at("publishers", line, "publisher", name,
                          f"'{legible(name)}' looks like '{legible(other)}' typed wrong", "fix the name")


def words_near_another(rows: Rows) -> Iterator[Problem]:
    """Catch Qingtonxia for Qingtongxia: a word of names that stands once and is one slip from a usual one."""
    for table, columns in NAMED:
        for column in columns:
            cells = getattr(rows, table)[column].dropna()
            words = {line: set(re.findall(rf"[^\W\d_]{{{SHORTEST},}}", name.casefold()))
                     for line, name in cells.items()}
            number = Counter(word for found in words.values() for word in found)
            odd = {}
            for pair in one_slip_apart(number):
                for word, usual in (pair, pair[::-1]):
                    # an ending makes another word of it: state and states
                    if number[word] == 1 and number[usual] >= USUAL and word[:-1] != usual[:len(word) - 1]:
                        odd[word] = usual
            for line, found in words.items():
                for word in sorted(found & odd.keys()):
                    yield rows.at(table, line, column, cells[line],
                                  f"'{legible(word)}' looks like '{legible(odd[word])}' typed wrong", "fix the word")


RULES = {"claimant_near_another": claimants_near_another, "publisher_near_another": publishers_near_another,
         "word_near_another": words_near_another}
