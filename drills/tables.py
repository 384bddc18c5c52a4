"""The only reader of data/.

Turns the CSV files into typed frames by what data/datapackage.json says of them, and tells exactly
where a file cannot be read. What a *readable* file may say is the business of `drills.checks`.
Imports nothing of this package.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

DATA = Path(__file__).resolve().parents[1] / "data"
PACKAGE_FILE = "datapackage.json"
WHOLE_FILE = "(file)"
HEADER = "(header)"
ROW = "(row)"


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
        return f"{self.file}:{self.line}:{self.column}: {self.rule}; {self.mend}"


class UnreadableData(ValueError):
    """Raised by `load` when a table cannot be read; `problems` lists every reason."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class RawTable:
    """A CSV file as text: `frame` has one string column per header cell, its index is the line number
    that an editor shows for the first line of the row; blank cells are NA."""

    name: str
    file: str
    frame: pd.DataFrame
    problems: list[Problem]


def read_package(data_dir: Path = DATA) -> dict:
    """The descriptor data/datapackage.json, a Data Package v2, as a dictionary.

    Raises UnreadableData if it is missing or is not JSON.
    """
    path = Path(data_dir) / PACKAGE_FILE
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = Problem(str(path), 1, WHOLE_FILE, "", "the file is missing",
                          "restore it: it describes every table")
    except UnicodeDecodeError as error:
        problem = Problem(str(path), 1, WHOLE_FILE, "", f"it is not UTF-8 ({error.reason})", "save it as UTF-8")
    except json.JSONDecodeError as error:
        problem = Problem(str(path), error.lineno, WHOLE_FILE, "", f"it is not JSON ({error.msg})",
                          "mend the syntax at this line")
    raise UnreadableData([problem])


def resources(package: dict) -> dict[str, dict]:
    """The table descriptors of a package by table name."""
    return {resource["name"]: resource for resource in package["resources"]}


def fields(resource: dict) -> dict[str, dict]:
    """The field descriptors of one table by column name."""
    return {field["name"]: field for field in resource["schema"]["fields"]}


def read_raw(path: Path, columns: list[str]) -> RawTable:
    """Read one CSV file as text and name every reason why it is not a plain UTF-8 CSV with `columns`."""
    file, name = str(path), path.stem
    empty = pd.DataFrame(columns=columns, dtype=str)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return RawTable(name, file, empty, [Problem(file, 1, WHOLE_FILE, "", "the file is missing",
                                                    "restore it, or make it with the header alone")])
    problems: list[Problem] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data:
        return RawTable(name, file, empty, [Problem(file, 1, WHOLE_FILE, "", "it is UTF-16 or holds NUL bytes",
                                                    "save it as UTF-8 without a byte-order mark")])
    if data.startswith(b"\xef\xbb\xbf"):
        problems.append(Problem(file, 1, columns[0], "\\ufeff", "the file begins with a byte-order mark",
                                "save it as UTF-8 without a byte-order mark"))
        data = data[3:]
    # surrogateescape keeps bytes that are no UTF-8 in their cells, so that each is reported where it stands
    text = data.decode("utf-8", errors="surrogateescape")
    header, rows, lines, broken = _parse(file, text)
    problems += broken
    problems += _header_problems(file, header, columns)
    if set(header) != set(columns) or len(header) != len(columns):
        return RawTable(name, file, empty, problems)
    whole = []
    for row, line in zip(rows, lines, strict=True):
        if len(row) == len(header):
            whole.append((row, line))
        else:
            problems.append(_width_problem(file, line, row, header))
    frame = pd.DataFrame([row for row, _ in whole], columns=header, dtype=str,
                         index=pd.Index([line for _, line in whole], dtype=int))
    problems += _cell_problems(file, frame)
    return RawTable(name, file, frame.mask(frame == ""), problems)


def _parse(file: str, text: str) -> tuple[list[str], list[list[str]], list[int], list[Problem]]:
    """Split CSV text into header, rows and the first line of each row; stop where the quotes go wrong."""
    # newline="" keeps quoted line breaks as they are and counts lines as editors do
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    start = 1
    try:
        for row in reader:
            if start == 1:
                header = row
            else:
                rows.append(row)
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        column = _column_of_open_quote(header, text, start)
        unclosed = "unexpected end of data" in str(error) or "field larger" in str(error)
        rule = ("a quote opened in this row is never closed" if unclosed
                else "the quotes in this row do not pair up")
        return header, rows, lines, [Problem(file, start, column, "", rule,
                                             'close the cell with ", and write " inside a quoted cell as ""; '
                                             "rows below this line were not read")]
    return header, rows, lines, []


def _column_of_open_quote(header: list[str], text: str, start: int) -> str:
    """The column in which a row's last quote was opened."""
    line = io.StringIO(text, newline="").readlines()[start - 1]
    before_quote = re.split(r'(?:^|,)"(?=[^"]*$)', line)[0]
    cells = next(csv.reader([before_quote]), [])
    position = len(cells) if before_quote else 0
    return header[position] if position < len(header) else ROW


def _header_problems(file: str, header: list[str], columns: list[str]) -> list[Problem]:
    if not header:
        return [Problem(file, 1, HEADER, "", "the file is empty", f"begin it with the header {','.join(columns)}")]
    for delimiter, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len(header) == 1 and delimiter in header[0]:
            return [Problem(file, 1, HEADER, header[0], f"the columns are separated by {word}",
                            "export it with commas as separator")]
    problems = [Problem(file, 1, column, column, f"column '{column}' is missing",
                        f"add it; the header is {','.join(columns)}") for column in columns if column not in header]
    problems += [Problem(file, 1, column or HEADER, column, f"column '{column}' is not in datapackage.json",
                         "remove it, or describe it there") for column in header if column not in columns]
    problems += [Problem(file, 1, column, column, f"column '{column}' stands twice", "remove one")
                 for column in sorted({c for c in header if header.count(c) > 1 and c in columns})]
    if not problems and header != columns:
        problems.append(Problem(file, 1, HEADER, ",".join(header), "the columns are in another order",
                                f"order them as {','.join(columns)}"))
    return problems


def _width_problem(file: str, line: int, row: list[str], header: list[str]) -> Problem:
    if not row:
        return Problem(file, line, ROW, "", "the line is empty", "delete it")
    if len(row) < len(header):
        return Problem(file, line, header[len(row)], "", f"the row has {len(row)} cells, the header {len(header)}",
                       "add the missing commas, or close a quote that was left open")
    return Problem(file, line, header[-1], row[len(header)],
                   f"the row has {len(row)} cells, the header {len(header)}",
                   "put a cell that holds a comma in quotes, or remove the surplus commas")


CELL_FAULTS = (
    (r"[\udc80-\udcff]", "'{value}' holds bytes that are not UTF-8 (Windows-1252?)", "save the file as UTF-8"),
    ("\ufffd", "'{value}' holds the replacement character: a letter was lost in a conversion",
     "write the letter again from the source"),
    (r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069]",
     "'{value}' holds an invisible control character", "delete it"),
    (r"^\s|\s$", "'{value}' begins or ends with white space", "remove it"),
    # a plain number such as a longitude of -173 is no formula
    (r"^(?![-+][0-9.]+$)[=+\-@]", "'{value}' would run as a formula in a spreadsheet",
     "put a word before the sign"),
)


def _cell_problems(file: str, frame: pd.DataFrame) -> list[Problem]:
    """Cells that no table may hold, whatever its columns mean."""
    problems = []
    for column in frame.columns:
        for pattern, rule, mend in CELL_FAULTS:
            for line, value in frame.loc[_matches(frame[column], pattern), column].items():
                problems.append(Problem(file, int(line), column, value, rule.format(value=legible(value)), mend))
    return problems


def _matches(cells: pd.Series, pattern: str) -> pd.Series:
    # Python's own engine: Arrow-backed strings cannot hold the surrogates looked for
    search = re.compile(pattern).search
    return pd.Series([search(cell) is not None for cell in cells], index=cells.index, dtype=bool)


def legible(value: str, most: int = 60) -> str:
    """A cell as it can be printed on one line: controls and foreign bytes escaped, cut at `most` characters."""
    text = "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in value)
    text = re.sub(r"\\udc([89a-f][0-9a-f])", r"\\x\1", text)
    return text if len(text) <= most else text[: most - 1] + "…"


def read_all(data_dir: Path = DATA) -> tuple[dict, dict[str, RawTable]]:
    """The descriptor and every table of it as text, readable or not."""
    package = read_package(data_dir)
    return package, {name: read_raw(Path(data_dir) / resource["path"], list(fields(resource)))
                     for name, resource in resources(package).items()}


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
    series: pd.DataFrame
    milestones: pd.DataFrame
    published_counts: pd.DataFrame
    rulings: pd.DataFrame

    @property
    def as_of(self) -> pd.Timestamp:
        """The day of the newest page in the record: nothing later can be known from it."""
        dated = self.sources["published"].dropna()
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


TYPE_PATTERNS = {"integer": r"[+-]?[0-9]+", "number": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
                 "boolean": r"true|false"}


def type_problems(table: RawTable, resource: dict) -> list[Problem]:
    """Cells that are not of the type of their column."""
    problems = []
    for name, field in fields(resource).items():
        pattern = TYPE_PATTERNS.get(field["type"])
        if pattern is None:
            continue
        cells = table.frame[name].dropna()
        for line, value in cells[~cells.str.fullmatch(pattern)].items():
            problems.append(Problem(table.file, int(line), name, value, *wrong_type(value, field["type"])))
    return problems


def wrong_type(value: str, kind: str) -> tuple[str, str]:
    """What is wrong with a cell that is no number or boolean, and the mend."""
    shown = legible(value)
    if kind == "boolean":
        return f"'{shown}' is not a boolean", "write true or false"
    plain = re.sub(r"(?<=[0-9])[ ,\u00a0\u202f'’](?=[0-9]{3})", "", value)
    if re.fullmatch(TYPE_PATTERNS[kind], plain):
        return f"'{shown}' has a thousands separator", f"write {plain}"
    number = re.match(r"[<>~≈]?\s*([0-9][0-9.]*)\s*([a-zA-Z%+.\s]+)$", plain)
    if number:
        return (f"'{shown}' is not a plain number",
                "write digits only: a unit belongs to the measure, 'more than' to the qualifier, a k is three noughts")
    return f"'{shown}' is not a number", "write digits, with a point for decimals, or leave the cell blank"


def typed(frame: pd.DataFrame, resource: dict) -> pd.DataFrame:
    """A text frame with each column in its type, lines dropped from the index."""
    columns = {}
    for name, field in fields(resource).items():
        cells = frame[name]
        if field["type"] in ("integer", "number"):
            columns[name] = pd.to_numeric(cells).astype("float64")
        elif field["type"] == "boolean":
            columns[name] = cells == "true"
        elif field["type"] == "list":
            columns[name] = split_lists(cells)
        else:
            columns[name] = cells.astype("str")
    return pd.DataFrame(columns).reset_index(drop=True)


def split_lists(cells: pd.Series) -> pd.Series:
    """Lists joined by ';' as tuples of strings, blank as the empty tuple."""
    return pd.Series([tuple(cell.split(";")) if isinstance(cell, str) else () for cell in cells],
                     index=cells.index, dtype=object)


def first_day(date: str) -> pd.Timestamp:
    """The first day that a partial date can mean; raises ValueError if there is no such day."""
    return pd.Timestamp(date)


def last_day(date: str) -> pd.Timestamp:
    """The last day that a partial date can mean; raises ValueError if there is no such day."""
    offset = {4: pd.offsets.YearEnd(0), 7: pd.offsets.MonthEnd(0)}.get(len(date))
    return pd.Timestamp(date) + offset if offset is not None else pd.Timestamp(date)
