"""The only reader of data/.

Turns the CSV files into typed frames by what data/datapackage.json says of them, and tells exactly
where a file cannot be read. What a *readable* file may say is the business of `drills.checks`.
Imports nothing of this package.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import islice
from pathlib import Path

import pandas as pd

# Cells keep bytes that are no UTF-8 until they are reported; strings of pyarrow, which pandas takes where it is
# installed, cannot hold them.
pd.set_option("mode.string_storage", "python")

DATA = Path(__file__).resolve().parents[1] / "data"
PACKAGE_FILE = "datapackage.json"
WHOLE_FILE = "(file)"
HEADER = "(header)"
ROW = "(row)"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FOREIGN_FILES = ((b"PK\x03\x04", "a spreadsheet or zip file"), (b"\xd0\xcf\x11\xe0", "an old spreadsheet file"),
                 (b"\x1f\x8b", "a gzip file"), (b"%PDF", "a PDF file"), (b"<!", "a web page"), (b"<html", "a web page"))
CELL = re.compile(r'(?:"(?:[^"]|"")*+"|[^",\r\n]*+)(?=[,\r\n]|\Z)')
# how surrogateescape writes a byte that is not UTF-8
FOREIGN_BYTE = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in data/: where it is, what is wrong and how to mend it."""

    file: str
    line: int
    column: str
    value: str
    rule: str
    mend: str

    def __str__(self) -> str:
        return printable(f"{self.file}:{self.line}:{self.column}: {self.rule}; {self.mend}")


class UnreadableData(ValueError):
    """Raised by `load` when a table cannot be read; `problems` lists every reason."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class RawTable:
    """A CSV file as text.

    `frame` has one string column per column of the table, blank cells are NA, and its index is the line number
    that an editor shows for the first line of the row. `is_read` is false where the file as a whole could not be
    read. `strays` are the cells of rows that did not fit under the header: names that may well be in the table.
    """

    name: str
    file: str
    frame: pd.DataFrame
    problems: list[Problem]
    is_read: bool = True
    strays: set[str] = field(default_factory=set)


def printable(text: str) -> str:
    """Text on one line: line breaks, controls and bytes that are not UTF-8 are written as escapes."""
    if text.isprintable():
        return text
    text = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)
    return re.sub(r"\\udc([89a-f][0-9a-f])", r"\\x\1", text)


def legible(value: str, most: int = 60) -> str:
    """A cell as it is shown in a message: printable, and cut at `most` characters."""
    text = printable(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def read_package(data_dir: Path = DATA) -> dict:
    """The descriptor data/datapackage.json, a Data Package v2, as a dictionary.

    Raises UnreadableData if it is missing, is not JSON or lacks what reading the tables needs.
    """
    path = Path(data_dir) / PACKAGE_FILE
    line, mend = 1, "restore it: it describes every table"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        if not (rule := _lack_of(package)):
            return package
    except FileNotFoundError:
        rule = "the file is missing"
    except OSError as error:
        rule = f"the file cannot be opened ({error.strerror})"
    except UnicodeDecodeError as error:
        rule, mend = f"it is not UTF-8 ({error.reason})", "save it as UTF-8"
    except json.JSONDecodeError as error:
        line, rule, mend = error.lineno, f"it is not JSON ({error.msg})", "mend the syntax at this line"
    except (RecursionError, ValueError) as error:
        rule = f"it is not JSON ({error})"
    raise UnreadableData([Problem(str(path), line, WHOLE_FILE, "", rule, mend)])


def _lack_of(package: object) -> str:
    """What a descriptor lacks for reading the tables by it, in words; empty if it lacks nothing."""
    try:
        described = resources(package)
        if lost := [name for name in Record.__dataclass_fields__ if name not in (*described, "package")]:
            return f"it does not describe {', '.join(lost)}"
        for name, resource in described.items():
            columns = fields(resource)
            if name not in Record.__dataclass_fields__ or not isinstance(resource["path"], str):
                return f"table '{name}' is unknown to the package or has no path"
            if not set(resource["schema"]["primaryKey"]) <= set(columns):
                return f"the key of '{name}' is no column of it"
            for column, target, key in references(resource):
                if column not in columns or key not in fields(described[target]):
                    return f"column '{column}' of '{name}' or what it refers to does not exist"
            for column in columns.values():
                re.compile(column.get("constraints", {}).get("pattern", ""))
                if not isinstance(column["type"], str) or not isinstance(column["description"], str):
                    return f"a column of '{name}' has no type or no description"
    except (KeyError, TypeError, AttributeError) as error:
        return f"it is no description of tables ({type(error).__name__}: {error})"
    except re.error as error:
        return f"the pattern '{error.pattern}' is no regular expression ({error})"
    return ""


def resources(package: dict) -> dict[str, dict]:
    """The table descriptors of a package by table name."""
    return {resource["name"]: resource for resource in package["resources"]}


def fields(resource: dict) -> dict[str, dict]:
    """The field descriptors of one table by column name."""
    return {column["name"]: column for column in resource["schema"]["fields"]}


def references(resource: dict) -> list[tuple[str, str, str]]:
    """(column, table, column there) for foreign keys and for lists that point to another table."""
    found = [(key["fields"][0], key["reference"]["resource"] or resource["name"], key["reference"]["fields"][0])
             for key in resource["schema"].get("foreignKeys", [])]
    return found + [(name, *column["references"].split(".")) for name, column in fields(resource).items()
                    if "references" in column]


def read_raw(path: Path, columns: list[str]) -> RawTable:
    """Read one CSV file as text and name every reason why it is not a plain UTF-8 CSV with `columns`."""
    table = RawTable(path.stem, str(path), pd.DataFrame(columns=columns, dtype=str), [], is_read=False)
    try:
        data = path.read_bytes()
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        rule, mend = (("the file is missing", "restore it, or make it with the header alone") if is_missing else
                      (f"the file cannot be opened ({error.strerror})", "make it a file that can be read"))
        table.problems.append(Problem(table.file, 1, WHOLE_FILE, "", rule, mend))
        return table
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
    if sorted(header or []) == sorted(columns):
        _place(table, lines, rows, header)
    return table


def _not_text(data: bytes) -> tuple[str, str] | None:
    """What is wrong with a whole file that is no UTF-8 text, and the mend."""
    for beginning, what in FOREIGN_FILES:
        if data.startswith(beginning):
            return f"it is {what}, not CSV", "export the table as CSV in UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.count(0) * 4 > len(data) > 0:
        return "it is UTF-16, not UTF-8", "save it as UTF-8 without a byte-order mark"
    return None


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
            table.strays.update(re.split(r'[",\r\n]', lines[start - 1]))
        elif len(row) == len(header) and any(row):
            placed[start] = row
            if '"' in text and '"' in "".join(row) and (position := broken_cell(text)) is not None:
                table.problems.append(Problem(table.file, start, header[position], row[position],
                                              "a quote stands in a cell that is not in quotes",
                                              'put the cell in quotes and write " inside it as ""'))
        elif not is_after_break:
            table.problems.append(_width_problem(table.file, start, row, header))
            table.strays.update(row)
        # lines below a row whose quotes go wrong may belong to its cell: no word on them before a row that fits
        is_after_break = row is None or (is_after_break and start not in placed)
    if FOREIGN_BYTE.search("".join(lines)):
        table.problems += _byte_problems(table.file, placed, header)
    columns = dict(zip(header, zip(*placed.values(), strict=True) if placed else [()] * len(header), strict=True))
    table.frame = pd.DataFrame({name: pd.array([cell or None for cell in columns[name]], dtype="str")
                                for name in table.frame.columns}, index=pd.Index(placed, dtype=int))
    table.is_read = True


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
    def wrong(column: str, rule: str, mend: str) -> Problem:
        return Problem(file, 1, column if column.isidentifier() else HEADER, "", rule, mend)

    whole = f"the header is {','.join(columns)}"
    if not line.strip():
        return [wrong(HEADER, "the first line is blank" if line else "the file is empty", f"begin with it: {whole}")]
    for delimiter, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
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
    if len(row) < len(header):
        return Problem(file, line, header[len(row)], "", rule,
                       "add the missing commas, or close a quote that was left open")
    return Problem(file, line, header[-1], row[len(header)], rule,
                   "put a cell that holds a comma in quotes, or remove the surplus commas")


def _byte_problems(file: str, placed: dict[int, list[str]], header: list[str]) -> list[Problem]:
    """Cells with bytes that are not UTF-8, which are replaced by their escapes, since Arrow cannot hold them."""
    problems = []
    for line, row in placed.items():
        for position, cell in enumerate(row):
            if FOREIGN_BYTE.search(cell):
                row[position] = printable(cell)
                problems.append(Problem(file, line, header[position], row[position],
                                        f"'{legible(cell)}' holds bytes that are not UTF-8 (Windows-1252?)",
                                        "save the file as UTF-8"))
    return problems


def read_all(data_dir: Path = DATA) -> tuple[dict, dict[str, RawTable]]:
    """The descriptor and every table of it as text, readable or not."""
    package = read_package(data_dir)
    return package, {name: read_raw(Path(data_dir) / resource["path"], list(fields(resource)))
                     for name, resource in resources(package).items()}


def read_columns(data_dir: Path, table: str, *columns: str) -> pd.DataFrame:
    """Some columns of one sound table as text with NA for blank, many times faster than `read_raw`."""
    path = Path(data_dir) / resources(read_package(data_dir))[table]["path"]
    return pd.read_csv(path, usecols=list(columns), dtype=str, keep_default_na=False, na_values=[""])


@dataclass
class Record:
    """The whole record: one typed frame per table, columns as in datapackage.json.

    Strings are `str` with NA for blank, numbers float64 with NaN for blank, booleans bool,
    lists tuples of strings, partial dates strings (YYYY, YYYY-MM or YYYY-MM-DD).
    """

    package: dict
    events: pd.DataFrame
    participants: pd.DataFrame
    claims: pd.DataFrame
    date_claims: pd.DataFrame
    facts: pd.DataFrame
    sources: pd.DataFrame
    publishers: pd.DataFrame
    series: pd.DataFrame
    milestones: pd.DataFrame
    published_counts: pd.DataFrame
    rulings: pd.DataFrame

    @cached_property
    def as_of(self) -> pd.Timestamp:
        """The day of the newest page in the record: nothing later can be known from it."""
        return newest_day(self.sources["published"])


def newest_day(dates: pd.Series) -> pd.Timestamp:
    """The last of the dates that are known to the day, NaT if there is none."""
    dated = dates.dropna()
    return pd.Timestamp(dated[dated.str.len() == len("YYYY-MM-DD")].max())


def load(data_dir: Path = DATA) -> Record:
    """Read data/ into typed frames.

    Raises UnreadableData, with every problem, if a file cannot be read or a cell is not of its type;
    whether the record makes sense is asked by `drills.checks.check`.
    """
    package, raw = read_all(data_dir)
    problems = [problem for table in raw.values() for problem in table.problems]
    described = resources(package)
    if not problems:
        problems = [problem for name, table in raw.items() for problem in type_problems(table, described[name])]
    if problems:
        raise UnreadableData(problems)
    return Record(package, **{name: typed(table.frame, described[name]) for name, table in raw.items()})


# fifteen digits are what a float64 holds exactly
TYPE_PATTERNS = {"integer": r"[+-]?[0-9]{1,15}", "number": r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})",
                 "boolean": r"(?:true|false)"}
POINT_BETWEEN_THOUSANDS = r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})*\.[0-9]{2}0"


def type_problems(table: RawTable, resource: dict) -> list[Problem]:
    """Cells that are not of the type of their column."""
    problems = []
    for name, column in fields(resource).items():
        pattern = TYPE_PATTERNS.get(column["type"])
        if pattern is None:
            continue
        cells = table.frame[name].dropna()
        is_wrong = ~cells.str.fullmatch(pattern)
        if column["type"] == "number":
            is_wrong |= cells.str.fullmatch(POINT_BETWEEN_THOUSANDS)
        for line, value in cells[is_wrong].items():
            problems.append(Problem(table.file, int(line), name, value, *wrong_type(value, column["type"])))
    return problems


def wrong_type(value: str, kind: str) -> tuple[str, str]:
    """What is wrong with a cell that is no number or boolean, and the mend."""
    shown = legible(value)
    if kind == "boolean":
        return f"'{shown}' is not a boolean", "write true or false"
    if re.fullmatch(POINT_BETWEEN_THOUSANDS, value):
        return (f"'{shown}' may have a point between thousands",
                f"write {value.replace('.', '')}, or {value.rstrip('0').rstrip('.')} if it is a decimal point")
    plain = re.sub(r"(?<=[0-9])[ ,\u00a0\u2009\u202f'’_](?=[0-9]{3}(?![0-9]))", "", value)
    if plain != value and re.fullmatch(TYPE_PATTERNS[kind], plain):
        return f"'{shown}' has a thousands separator", f"write {plain}"
    if re.fullmatch(r"[0-9.,]+[eE][+-]?[0-9]+", value):
        return (f"'{shown}' is a number rewritten by a spreadsheet",
                "write all its digits, and import the column as text")
    if re.fullmatch(r"[0-9]{16,}(\.[0-9]*)?", value):
        return f"'{shown}' has more digits than a figure can have", "write the figure of the source"
    if re.fullmatch(r"[<>~≈≥≤]?\s*[0-9][0-9.]*\s*[^\W\d_%+][\w%+.\s]*|[<>~≈≥≤]\s*[0-9.]+|[0-9.]+\s*[%+]+", plain):
        return (f"'{shown}' is not a plain number", "write digits only: a unit belongs to the measure, "
                "'more than' to the qualifier, a k is three noughts")
    return f"'{shown}' is not a number", "write digits, with a point for decimals, or leave the cell blank"


def typed(frame: pd.DataFrame, resource: dict) -> pd.DataFrame:
    """A text frame with each column in its type, lines dropped from the index."""
    columns = {}
    for name, column in fields(resource).items():
        cells = frame[name]
        if column["type"] in ("integer", "number"):
            columns[name] = pd.to_numeric(cells).astype("float64")
        elif column["type"] == "boolean":
            columns[name] = cells == "true"
        elif column["type"] == "list":
            columns[name] = split_lists(cells)
        else:
            columns[name] = cells.astype("str")
    return pd.DataFrame(columns).reset_index(drop=True)


def split_lists(cells: pd.Series) -> pd.Series:
    """Lists joined by ';' as tuples of strings, blank as the empty tuple."""
    return pd.Series([tuple(cell.split(";")) if isinstance(cell, str) else () for cell in cells],
                     index=cells.index, dtype=object)


@cache
def first_day(date: str) -> pd.Timestamp:
    """The first day that a partial date can mean; raises ValueError if there is no such day."""
    return pd.Timestamp(date)


@cache
def last_day(date: str) -> pd.Timestamp:
    """The last day that a partial date can mean; raises ValueError if there is no such day."""
    offset = {4: pd.offsets.YearEnd(0), 7: pd.offsets.MonthEnd(0)}.get(len(date))
    return pd.Timestamp(date) + offset if offset is not None else pd.Timestamp(date)
