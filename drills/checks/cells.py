"""Cells that no table may hold, whatever its columns mean: traces of spreadsheets and conversions."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import zip_longest

from ..record.problems import Problem, legible
from ..record.text import MOST_IN_A_CELL, RawTable, length

# what the bytes 80 to BF look like when UTF-8 is taken for Windows-1252 or Windows-1251
WESTERN = "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
CYRILLIC = "[\u00a0-\u00bf\u0401-\u040f\u0451-\u045f\u2013-\u203a\u20ac\u2122]"
GARBLED = f"(?:[Â-ß]{WESTERN}){{2}}|[à-ï]{WESTERN}{{2}}|[ÂÃ][\u00a0-\u00bf]|â€|(?:[РС]{CYRILLIC}){{2}}"
# Russian or Chinese in an encoding of its own that was taken for Windows-1252: no language of the West has such words
TAKEN_FOR_WESTERN = "[\u00a1-\u00ff]{4,}"
CELL_FAULTS = (
    ("\ufffd", "'{value}' holds the replacement character: a letter was lost in a conversion",
     "write the letter again from the source"),
    (r"\?{3,}", "'{value}' holds question marks where letters were lost in a conversion",
     "restore the cell, and save the file as UTF-8"),
    (GARBLED, "'{value}' is UTF-8 that was read in another encoding", "restore the cell, and open the file as UTF-8"),
    (TAKEN_FOR_WESTERN, "'{value}' is Russian or Chinese that was read as Windows-1252, another encoding",
     "restore the cell, and open the file as Windows-1251 or GB18030"),
    (r"^\s|\s$", "'{value}' begins or ends with white space", "remove it"),
    (r"^(?:#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!)|#{3,})$", "'{value}' is an error of a spreadsheet",
     "restore the cell"),
    # pandas and R read these as blank, other programs as a word
    (r"^(?:(?i:n/?a|nan|null|none|nil)|[-–—.]+|\?\??)$", "'{value}' stands for a blank", "leave the cell empty"),
    # a plain number such as a longitude of -173 is no formula
    (r"^(?![-+][0-9.]+$)[=+\-@＝＋－＠](?![-–—]*$)", "'{value}' would run as a formula in a spreadsheet",
     "put a word before the sign"),
)
# most cells are plain, which is seen at a tenth of the cost
PLAIN = re.compile(r"(?=.{5})[A-Za-z0-9][ -~]*[!-~]")
ANY_FAULT = re.compile("|".join(f"(?:{pattern})" for pattern, _, _ in CELL_FAULTS))


# marks and letters of no width or ink, which no category tells from others
UNSEEN = {*"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\U00016fe4\U0001d159",
          *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))}
# a cell in quotes may run over several lines
LINE_BREAKS = "\n\r"
LATIN, OTHER = "A-Za-z\u00c0-\u024f", "\u0370-\u03ff\u0400-\u052f"
MIXED = re.compile(f"[{LATIN}](?=[{OTHER}])|[{OTHER}](?=[{LATIN}])")
WORD = re.compile(r"[^\W\d_]+")


@cache
def hidden(sign: str) -> tuple[str, str] | None:
    """What is wrong with a sign that a reader does not see or takes for a space, and the fix; None for others."""
    category = unicodedata.category(sign)
    if sign == " " or sign in LINE_BREAKS:
        return None
    if category == "Zs":
        return f"{named(sign)}, which looks like a plain space", "write a plain space"
    if category in ("Zl", "Zp", "Cc"):
        return f"the control character {named(sign)}", "delete it"
    if category == "Cf" or sign in UNSEEN:
        return f"{named(sign)}, which nobody sees", "delete it"
    if category in ("Co", "Cn"):
        return f"{named(sign)}, which is no letter of any script", "write the letter of the source"
    return None


def named(sign: str) -> str:
    """A sign by its number and name: U+200B ZERO WIDTH SPACE."""
    return f"U+{ord(sign):04X} {unicodedata.name(sign, '(without a name)')}"


def faults_of_signs(value: str) -> tuple[str, str] | None:
    """What is wrong with the signs of a cell that looks right, and the fix: the first that is found."""
    shown = legible(value)
    for sign in value:
        if (found := hidden(sign)) is not None:
            return f"'{shown}' holds {found[0]}", found[1]
    if unicodedata.combining(value[0]):
        return f"'{shown}' begins with {named(value[0])}, a mark that stands on no letter", "delete it"
    if not unicodedata.is_normalized("NFC", value):
        return f"'{shown}' holds {named(loose(value))} apart from its letter, or in another form than usual", (
            "write it in the composed form (Unicode NFC)")
    for word in WORD.findall(value):
        if MIXED.search(word):
            latin = re.findall(f"[{LATIN}]", word)
            odd = latin if len(latin) * 2 < len(word) else [c for c in word if c not in latin]
            return f"'{shown}' has {named(odd[0])} in the word '{legible(word)}' of another script", (
                "write all letters of a word in one script")
    return None


def loose(value: str) -> str:
    """The first sign of a text that its composed form, which is another text and never a longer one of the same
    beginning, does not have."""
    composed = unicodedata.normalize("NFC", value)
    return next(sign for sign, other in zip_longest(value, composed) if sign != other)


def check(table: RawTable) -> list[Problem]:
    """Every cell of a table that shows one of these faults, with the first of them."""
    problems = []
    for column in table.frame.columns:
        cells = table.frame[column].dropna()
        faults = {value: fault for value in cells.unique() if (fault := fault_of(value)) is not None}
        problems += [Problem(table.file, int(line), column, value, *faults[value])
                     for line, value in (cells[cells.isin(faults.keys())].items() if faults else ())]
    return problems


def fault_of(value: str) -> tuple[str, str] | None:
    """What is wrong with a cell and the fix; None if nothing is."""
    # two of a workbook's characters are one here at the most
    if len(value) > MOST_IN_A_CELL // 2 and (long := length(value)) > MOST_IN_A_CELL:
        return (f"'{legible(value)}' has {long:,} characters, a cell of a workbook at most {MOST_IN_A_CELL:,}",
                "say it in fewer words, or in several rows")
    if PLAIN.fullmatch(value) and "???" not in value:
        return None
    # the controls among garbled letters are parts of letters, which are restored and not deleted
    is_plain = (value.isascii() and value.isprintable()) or "\ufffd" in value or re.search(GARBLED, value)
    if not is_plain and (found := faults_of_signs(value)) is not None:
        return found
    if ANY_FAULT.search(value):
        rule, fix = next((rule, fix) for pattern, rule, fix in CELL_FAULTS if re.search(pattern, value))
        return rule.format(value=legible(value)), fix
    return None
