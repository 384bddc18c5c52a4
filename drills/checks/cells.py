"""Cells that no table may hold, whatever its columns mean: traces of spreadsheets and conversions."""

from __future__ import annotations

import re

from ..record.problems import Problem, legible
from ..record.text import RawTable

# what the bytes 80 to BF look like when UTF-8 is taken for Windows-1252 or Windows-1251
WESTERN = "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
CYRILLIC = "[\u00a0-\u00bf\u0401-\u040f\u0451-\u045f\u2013-\u203a\u20ac\u2122]"
CELL_FAULTS = (
    ("\ufffd", "'{value}' holds the replacement character: a letter was lost in a conversion",
     "write the letter again from the source"),
    (r"\?{3,}", "'{value}' holds question marks where letters were lost in a conversion",
     "restore the cell, and save the file as UTF-8"),
    (f"(?:[Â-ß]{WESTERN}){{2}}|[à-ï]{WESTERN}{{2}}|[ÂÃ][\u00a0-\u00bf]|â€|(?:[РС]{CYRILLIC}){{2}}",
     "'{value}' is UTF-8 that was read in another encoding", "restore the cell, and open the file as UTF-8"),
    # the last two are no letters and may not stand in XML: one of them would stop the feed and the pictures
    ("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
     "\U000e0000-\U000e007f\ufffe\uffff]",
     "'{value}' holds an invisible control character", "delete it"),
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


def check(table: RawTable) -> list[Problem]:
    """Every cell of a table that shows one of these faults, with the first of them."""
    problems = []
    for column in table.frame.columns:
        cells = table.frame[column].dropna()
        suspects = {value for value in cells.unique()
                    if ("???" in value or not PLAIN.fullmatch(value)) and ANY_FAULT.search(value)}
        for line, value in cells[cells.isin(suspects)].items() if suspects else ():
            rule, fix = next((rule, fix) for pattern, rule, fix in CELL_FAULTS if re.search(pattern, value))
            problems.append(Problem(table.file, int(line), column, value, rule.format(value=legible(value)), fix))
    return problems
