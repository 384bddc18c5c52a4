"""A CSV file as text, and why it cannot be read: bytes, quotes, separators, header, width."""

from __future__ import annotations

import csv
import difflib
import errno
import hashlib
import io
import os
import re
import stat
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .problems import HEADER, ROW, WHOLE_FILE, Problem, legible, printable

# Text of the record: strings of Python, which rules and estimates read in two thirds of the time that those of pyarrow
# need, which pandas would take where it is installed.
TEXT = pd.StringDtype("python", na_value=np.nan)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FOREIGN_FILES = ((b"PK\x03\x04", "a spreadsheet or zip file"), (b"\xd0\xcf\x11\xe0", "an old spreadsheet file"),
                 (b"\x1f\x8b", "a gzip file"), (b"%PDF", "a PDF file"), (b"<!", "a web page"), (b"<html", "a web page"))
CELL = re.compile(r'(?:"(?:[^"]|"")*+"|[^",\r\n]*+)(?=[,\r\n]|\Z)')
WIDE_COMMA, CURLY = "，", ("“", "”", "„", "«")
# What a text in another encoding consists of beside ASCII, by encoding; of two that explain as much the first is meant.
# Russian words are in small letters with a few capitals before them: in the other Russian encoding it is the reverse.
# Letters of the West stand beside plain ones, and Russian ones never do.
RUSSIAN = ("(?<![А-ЯЁа-яёA-Za-z])(?:[А-ЯЁ]{0,5}[а-яё]{2,}|[а-яё]|[А-ЯЁ]{1,5})(?![А-ЯЁа-яёA-Za-z])|[–—«»“”„’№…·]")
WESTERN = "[À-ÖØ-öø-ÿŒœŠšŽžŸ]"
ENCODINGS = {
    "Windows-1252": re.compile(f"(?<=[A-Za-z]){WESTERN}+|{WESTERN}+(?=[A-Za-z])|[–—«»“”„‘’…·]"),
    "Windows-1251": re.compile(RUSSIAN), "KOI8-R": re.compile(RUSSIAN),
    # which has Cyrillic letters too
    "GB18030": re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2010-\u2026\u0400-\u04ff·№]+")}
# the whole record has less than a twentieth of this
MOST_BYTES = 50_000_000
# so many tables are kept as they were read last
MOST_KEPT = 64
# so that a cell of any length is read, and can be named
csv.field_size_limit(MOST_BYTES)
# what a workbook takes in one cell
MOST_IN_A_CELL = 32_767
# how surrogateescape writes a byte that is not UTF-8
FOREIGN_BYTE = re.compile("[\udc80-\udcff]")


@dataclass
class RawTable:
    """A CSV file as text.

    `frame` has one string column per column of the table, blank cells are NA, and its index is the line number
    that an editor shows for the first line of the row. `is_read` is false where the file as a whole could not be
    read. `strays` are the cells of rows that did not fit under the header: names that may well be in the table.
    `digest` is that of the bytes of the file, blank for a table that was not read from one. `made` holds what was made
    of the table, by whatever decides it, for all who read the same bytes after each other.
    """

    name: str
    file: str
    frame: pd.DataFrame
    problems: list[Problem]
    is_read: bool = True
    strays: set[str] = field(default_factory=set)
    digest: str = ""
    made: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every row could be read."""
        return self.is_read and not self.strays


def read_raw(path: Path, columns: list[str]) -> RawTable:
    """Read one CSV file as text and name every reason why it is not a plain UTF-8 CSV with `columns`."""
    try:
        data = read_bytes(path)
    except OSError as error:
        table = _unread(path.stem, str(path), columns)
        is_missing = isinstance(error, FileNotFoundError) and not path.is_symlink()
        rule, fix = (("the file is missing", "restore it, or make it with the header alone") if is_missing else
                      (f"the file cannot be opened ({reason(path, error)})", "make it a file that can be read"))
        table.problems.append(Problem(table.file, 1, WHOLE_FILE, "", rule, fix))
        return table
    known = _parsed(path.stem, data, tuple(columns))
    return replace(known, file=str(path), frame=known.frame.copy(deep=False), strays=set(known.strays),
                   problems=[replace(problem, file=str(path)) for problem in known.problems])


def _unread(name: str, file: str, columns: list[str]) -> RawTable:
    """A table of which nothing could be read yet."""
    return RawTable(name, file, pd.DataFrame(columns=columns, dtype=TEXT), [], is_read=False)


@lru_cache(maxsize=MOST_KEPT)
def _parsed(name: str, data: bytes, names: tuple[str, ...]) -> RawTable:
    """What the bytes of a table hold, wherever its file is: who reads again after an edit parses what was edited."""
    columns = list(names)
    table = _unread(name, "", columns)
    table.digest = hashlib.sha256(data).hexdigest()
    if fault := _not_text(data):
        table.problems.append(Problem(table.file, 1, WHOLE_FILE, "", *fault))
        return table
    if data.startswith(BYTE_ORDER_MARK):
        table.problems.append(Problem(table.file, 1, columns[0], "", "the file begins with a byte-order mark",
                                      "save it as UTF-8 without a byte-order mark"))
    # surrogateescape keeps bytes that are no UTF-8 in their cells, so that each is reported where it stands;
    # newline="" keeps line breaks as they are and counts lines as editors do
    text = data.removeprefix(BYTE_ORDER_MARK).decode("utf-8", errors="surrogateescape")
    lines = io.StringIO(text, newline="").readlines()
    rows = split_rows(lines)
    _, _, header = next(rows, (1, 1, []))
    table.problems += _header_problems(table.file, "".join(lines[:1]), header, columns)
    if header and sorted(header) == sorted(columns):
        _place(table, lines, rows, header)
    return table


def read_bytes(path: Path) -> bytes:
    """What a file of the record holds; raises OSError if it cannot be opened.

    A pipe or a device would never end and a folder holds no text, so only plain files are opened; one of more than
    MOST_BYTES is no table that people wrote.
    """
    with open(path, "rb", opener=_without_waiting) as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise OSError(errno.EINVAL, "it is no plain file")
        if state.st_size > MOST_BYTES:
            raise OSError(errno.EFBIG, f"it has {state.st_size:,} bytes, a table at most {MOST_BYTES:,}")
        return file.read()


def reason(path: Path, error: OSError) -> str:
    """Why a file cannot be opened, in words."""
    is_lost = isinstance(error, FileNotFoundError) and path.is_symlink()
    return "the link leads nowhere" if is_lost else error.strerror or str(error)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file without waiting for who writes into it, as a pipe would let one do."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _not_text(data: bytes) -> tuple[str, str] | None:
    """What is wrong with a whole file that is no UTF-8 text, and the fix."""
    for beginning, what in FOREIGN_FILES:
        if data.startswith(beginning):
            return f"it is {what}, not CSV", "export the table as CSV in UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.count(0) * 4 > len(data) > 0:
        return "it is UTF-16, not UTF-8", "save it as UTF-8 without a byte-order mark"
    return None


def length(cell: str) -> int:
    """The length of a cell as a workbook counts it: most letters are one, those past U+FFFF, as emoji are, two."""
    return len(cell) if cell.isascii() else len(cell.encode("utf-16-le", "surrogatepass")) // 2


def split_rows(lines: list[str]) -> Iterator[tuple[int, int, list[str] | None]]:
    """First line, last line and cells of each row; None for the cells of a row whose quotes go wrong.

    After such a row reading begins anew at the next line, so that one open quote does not hide the rest.
    """
    start = 1
    while start <= len(lines):
        before = start - 1
        reader = csv.reader(islice(lines, before, None), strict=True)
        try:
            for row in reader:
                yield start, before + reader.line_num, row
                start = before + reader.line_num + 1
        except csv.Error:
            yield start, max(start, before + reader.line_num), None
            start += 1


def _place(table: RawTable, lines: list[str], rows: Iterator, header: list[str]) -> None:
    """Fill a table with the rows that fit under its header, and name what is wrong with the others."""
    placed, is_after_break = {}, False
    for start, end, row in rows:
        text = lines[start - 1] if end == start else "".join(lines[start - 1:end])
        if row is None:
            table.problems.append(_quote_problem(table.file, start, end, lines[start - 1], header))
            table.strays.update(map(_escaped, re.split(r'[",\r\n]', lines[start - 1])))
        elif len(row) == len(header) and any(row):
            placed[start] = row
            if '"' in text and '"' in "".join(row) and (position := broken_cell(text)) is not None:
                table.problems.append(Problem(table.file, start, header[position], row[position],
                                              "a quote stands in a cell that is not in quotes",
                                              'put the cell in quotes and write " inside it as ""'))
        elif not is_after_break:
            table.problems.append(_width_problem(table.file, start, row, header))
            table.strays.update(map(_escaped, row))
        # lines below a row whose quotes go wrong may belong to its cell: no word on them before a row that fits
        is_after_break = row is None or (is_after_break and start not in placed)
    if FOREIGN_BYTE.search("".join(lines)):
        table.problems += _byte_problems(table.file, placed, header)
    columns = dict(zip(header, zip(*placed.values(), strict=True) if placed else [()] * len(header), strict=True))
    table.frame = pd.DataFrame({name: pd.array([cell or None for cell in columns[name]], dtype=TEXT)
                                for name in table.frame.columns}, index=pd.Index(placed, dtype=int))
    table.is_read = True


def _escaped(cell: str) -> str:
    """A cell with bytes that are not UTF-8 as their escapes, since no column of text can hold them."""
    return printable(cell) if FOREIGN_BYTE.search(cell) else cell


def broken_cell(text: str) -> int | None:
    """The position of the first cell of a row's text whose quotes go wrong, None if there is none."""
    position = at = 0
    while (cell := CELL.match(text, at)) is not None:
        if not text.startswith(",", cell.end()):
            return None
        position, at = position + 1, cell.end() + 1
    return position


def _quote_problem(file: str, start: int, end: int, text: str, header: list[str]) -> Problem:
    position = broken_cell(text)
    column = header[position] if position is not None and position < len(header) else ROW
    rule = "a quote opened in this row is never closed" if end > start or text.count('"') % 2 else (
        "the quotes in this row do not pair up")
    return Problem(file, start, column, "", rule, 'close the cell with ", and write " inside a quoted cell as ""')


def _header_problems(file: str, line: str, header: list[str] | None, columns: list[str]) -> list[Problem]:
    """What is wrong with the first line of a file, whose cells are `header`."""
    def wrong(column: str, rule: str, fix: str) -> Problem:
        return Problem(file, 1, column if column.isidentifier() else HEADER, "", rule, fix)

    whole = f"the header is {','.join(columns)}"
    if not line.strip():
        return [wrong(HEADER, "the first line is blank" if line else "the file is empty", f"begin with it: {whole}")]
    for delimiter, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars"),
                            (WIDE_COMMA, f"full-width commas ({WIDE_COMMA})"), ("；", "full-width semicolons (；)")):
        if delimiter in line and "," not in line:
            return [wrong(HEADER, f"the columns are separated by {word}", "export it with commas as separator")]
    if header is None:
        return [wrong(HEADER, "the quotes in the header do not pair up", f"write it without quotes: {whole}")]
    missing = [column for column in columns if column not in header]
    surplus = [column for column in header if column not in columns]
    renamed = {column: near[0] for column in surplus if (near := difflib.get_close_matches(
        column.strip().lower().replace(" ", "_"), missing, 1, 0.75))}
    if len(missing) == len(columns) and not renamed:
        return [wrong(HEADER, "the header is missing", f"begin with it: {whole}")]
    problems = [wrong(HEADER, f"'{legible(column)}' is no column", f"did you mean '{near}'?")
                for column, near in renamed.items()]
    problems += [wrong(column, f"column '{column}' is missing", f"add it; {whole}")
                 for column in missing if column not in renamed.values()]
    problems += [wrong(column, f"column '{legible(column)}' is not in datapackage.json",
                       "remove it, or describe it there") for column in surplus if column not in renamed]
    problems += [wrong(column, f"column '{column}' stands twice", "remove one")
                 for column in columns if header.count(column) > 1]
    if not problems and header != columns:
        problems.append(wrong(HEADER, "the columns are in another order", f"order them: {whole}"))
    return problems


def _width_problem(file: str, line: int, row: list[str], header: list[str]) -> Problem:
    """What is wrong with a row that has too few, too many or no cells."""
    if not any(row):
        return Problem(file, line, ROW, "", f"the line is empty{' but for commas' * bool(row)}", "delete it")
    if re.match(r"<{7}|={7}$|>{7}|\|{7}", row[0]):
        return Problem(file, line, ROW, row[0], "a merge conflict was left in the file",
                       "keep one of the two versions and delete the marks")
    rule = f"the row has {len(row)} cell{'s' * (len(row) > 1)}, the header {len(header)}"
    if sum(cell.count(WIDE_COMMA) for cell in row) >= len(header) - len(row) > 0:
        return Problem(file, line, header[len(row)], "", f"{rule}: full-width commas ({WIDE_COMMA}) separate nothing",
                       "write plain commas between the cells")
    if len(row) > len(header) and (curly := next((cell[0] for cell in row if cell[:1] in CURLY), None)):
        return Problem(file, line, header[-1], row[len(header)],
                       f"{rule}: curly quotes ({curly}) hold no cell together",
                       'write straight quotes (") around a cell that holds a comma')
    if len(row) < len(header):
        return Problem(file, line, header[len(row)], "", rule,
                       "add the missing commas, or close a quote that was left open")
    return Problem(file, line, header[-1], row[len(header)], rule,
                   "put a cell that holds a comma in quotes, or remove the surplus commas")


def encoding_of(text: str) -> str:
    """The encoding that explains most of a text with bytes that are not UTF-8: the share of letters beside ASCII that
    stand in it as such a text has them. A few signs that no encoding explains do not count against it."""
    data = text.encode("utf-8", "surrogateescape")
    shares = {}
    for name, letters in ENCODINGS.items():
        read = data.decode(name, "replace")
        words = letters.findall(read)
        # one letter is a word in Russian, and any byte is one letter
        is_likely = name == "Windows-1252" or max(map(len, words), default=0) > 1
        shares[name] = sum(map(len, words)) / max(len(re.sub(r"[\0-\x7f]", "", read)), 1) if is_likely else 0
    return max(shares, key=shares.__getitem__)


def _byte_problems(file: str, placed: dict[int, list[str]], header: list[str]) -> list[Problem]:
    """Cells with bytes that are not UTF-8, which are replaced by their escapes, since Arrow cannot hold them."""
    problems = []
    likely = encoding_of("\n".join(cell for row in placed.values() for cell in row if FOREIGN_BYTE.search(cell)))
    for line, row in placed.items():
        for position, cell in enumerate(row):
            if FOREIGN_BYTE.search(cell):
                row[position] = printable(cell)
                problems.append(Problem(file, line, header[position], row[position],
                                        f"'{legible(cell)}' holds bytes that are not UTF-8 ({likely}?)",
                                        f"open the file as {likely} and save it as UTF-8"))
    return problems
