"""Signs that a reader does not see, takes for others or finds in two forms, named with number and name; long cells."""

from __future__ import annotations

import unicodedata

import pytest

from drills.checks import cells
from drills.record import package, tables

TEXT_COLUMNS = [("events", 2, "name"), ("events", 2, "name_zh"), ("events", 2, "aliases"), ("events", 2, "place"),
                ("events", 2, "note"), ("participants", 2, "note"), ("claims", 4, "claimant"), ("claims", 4, "note"),
                ("date_claims", 4, "claimant"), ("facts", 2, "text"), ("sources", 3, "title"), ("sources", 3, "note"),
                ("publishers", 2, "note"), ("series", 2, "description"), ("milestones", 2, "title"),
                ("milestones", 2, "summary"), ("published_counts", 2, "what_is_counted"), ("rulings", 2, "reason"),
                ("searches", 2, "looked_at"), ("outside_lists", 2, "name"), ("outside_rows", 3, "why")]
UNSEEN = ["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2060",
          "\u2066", "\u2067", "\u2068", "\u2069", "\u061c", "\u00ad", "\ufeff", "\u180e", "\u034f", "\u115f", "\u1160",
          "\u3164", "\uffa0", "\u2800", "\ufe0f", "\U000e0100", "\U000e0041", "\u17b4"]
SPACES = ["\u00a0", "\u2002", "\u2003", "\u2007", "\u2009", "\u202f", "\u205f", "\u3000", "\u1680"]
CONTROLS = ["\t", "\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\u2029"]
STRANGE = ["\ue000", "\uffff", "\U0010ffff", "\u0378"]


@pytest.mark.parametrize("sign, what", [
    *((sign, "which nobody sees; delete it") for sign in UNSEEN),
    *((sign, "which looks like a plain space; write a plain space") for sign in SPACES),
    *((sign, "; delete it") for sign in CONTROLS),
    *((sign, "which is no letter of any script; write the letter of the source") for sign in STRANGE),
], ids=lambda value: f"U+{ord(value):04X}" if len(value) == 1 else "")
def test_a_sign_that_is_not_what_it_seems(sign, what):
    """Catch a sign that makes two names of one, or turns the order of letters round."""
    rule, fix = cells.fault_of(f"Zapad{sign}2021")
    assert f"U+{ord(sign):04X} {unicodedata.name(sign, '(without a name)')}" in rule
    assert f"{rule}; {fix}".endswith(what)


@pytest.mark.slow
@pytest.mark.parametrize("table, line, column", TEXT_COLUMNS)
def test_every_column_of_text_is_looked_at(small, table, line, column):
    """Catch a column in which such a sign passes."""
    small.edit(table, line, column, "Alpha\u202ebeta")
    assert (f"{table}.csv:{line}:{column}: 'Alpha\\u202ebeta' holds U+202E RIGHT-TO-LEFT OVERRIDE, which nobody sees; "
            "delete it") in small.problems()


@pytest.mark.parametrize("value, message", [
    ("Cafe\u0301", "'Café' holds U+0065 LATIN SMALL LETTER E apart from its letter, or in another form than usual; "
     "write it in the composed form (Unicode NFC)"),
    ("\u212bland", "U+212B ANGSTROM SIGN"), ("\uf900", "U+F900 CJK COMPATIBILITY IDEOGRAPH-F900"),
    ("и\u0306 x", "U+0438 CYRILLIC SMALL LETTER I"), ("\u0301a", "begins with U+0301 COMBINING ACUTE ACCENT"),
    ("Vosto\u043a 2018", "has U+043A CYRILLIC SMALL LETTER KA in the word 'Vostoк' of another script; write all"),
    ("Во\u0063ток", "has U+0063 LATIN SMALL LETTER C in the word 'Воcток' of another script"),
    ("\u0391lpha", "has U+0391 GREEK CAPITAL LETTER ALPHA in the word"),
])
def test_a_letter_in_another_form(small, value, message):
    """Catch one word in two spellings that look the same."""
    small.edit("facts", 2, "text", value)
    (line,) = small.problems()
    assert message.replace("Café", "Cafe\u0301") in line


@pytest.mark.slow
@pytest.mark.parametrize("value", ["Café Ångström", "Йод ёлка", "演习 の", "Су-30SM", "Ту-95МС и Tu-95", "رزمایش",
                                   "№ 5 — “x” …", "Ⅳ", "²", "両陣\n営"])
def test_letters_as_they_should_be(small, value):
    """Catch an honest cell that is refused."""
    small.edit("facts", 2, "text", value)
    assert small.problems() == []


def test_every_column_of_the_record_is_of_plain_signs():
    """Catch a sign of this sort in the record, whatever the column."""
    _, raw = tables.read_all()
    described = package.resources(tables.read_package())
    assert raw.keys() == described.keys()
    signs = {sign for table in raw.values() for column in table.frame for cell in table.frame[column].dropna()
             for sign in cell}
    assert not {sign for sign in signs if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp")} - {"\n"}


LONG = "; say it in fewer words, or in several rows"


@pytest.mark.parametrize("value, long", [
    ("x" * 32_768, "32,768"), ("x" * 200_000, "200,000"), ("\u4e2d" * 32_768, "32,768"),
    ("\U0001f6e1" * 16_384, "32,768"),
])
def test_a_cell_too_long_for_a_workbook(small, value, long):
    """Catch a cell that the check lets pass and the workbook cannot hold, or that is taken for an open quote."""
    small.edit("facts", 2, "text", value)
    assert small.problems() == [f"facts.csv:2:text: '{value[:59]}…' has {long} characters, a cell of a workbook at "
                                f"most 32,767{LONG}"]


@pytest.mark.parametrize("value", ["x" * 32_767, "\u4e2d" * 32_767, "x" + "\U0001f6e1" * 16_383])
def test_the_longest_cell(small, value):
    """Catch a limit that is too low."""
    small.edit("facts", 2, "text", value)
    assert small.problems() == []
