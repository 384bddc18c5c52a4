"""Damages to the record, one kind each, and whether the check names them: `python -m benchmarks.damages [N]`.

A kind is one way to spoil something in one column, row or file of the real record. Damages to cells and rows are
planted many at a time into rows of their own, since a check of the whole record takes a second or two; one that is not
named in company is tried again alone. `N` runs every N-th kind only.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import shutil
import sys
import tempfile
import traceback
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.measure import Line, say
from drills import checks
from drills.record import tables
from drills.record.package import fields, references, resources

Cells = dict[str, str]
# one way to spoil is tried in so many columns or tables at most
MOST_PLACES, MOST_FILES = 9, 3
AT_A_TIME = 20
NAMED, NEARBY, LEGAL, SILENT, CRASHED = "line and column", "line or file", "legal", "silent", "traceback"


@dataclass(frozen=True)
class Way:
    """A way to spoil a cell: from the cell and its field to what is written there; None where it does not apply.

    legal: why the check may let it pass, "" where it may not.
    """

    name: str
    fits: Callable[[dict], bool]
    spoil: Callable[[str, dict], str | None]
    legal: str = ""


@dataclass(frozen=True)
class Kind:
    """A way to spoil in one place: `column` is "" for a row, `table` for a file too."""

    way: str
    table: str
    column: str
    legal: str
    spoil: Callable
    sort: str

    def __str__(self) -> str:
        return f"{self.way}: {self.table}{'.' * bool(self.column)}{self.column}"


def is_text(field: dict) -> bool:
    return field["type"] == "string" and not field.get("categories") and "pattern" not in field.get("constraints", {})


def is_free(field: dict) -> bool:
    return is_text(field) and not is_name(field)


def is_name(field: dict) -> bool:
    return bool(field.get("refers"))


def is_choice(field: dict) -> bool:
    return bool(field.get("categories"))


def is_number(field: dict) -> bool:
    return field["type"] in ("number", "integer")


def is_date(field: dict) -> bool:
    return "YYYY" in field["description"] and field["type"] == "string"


def is_switch(field: dict) -> bool:
    return field["type"] == "boolean"


def is_list(field: dict) -> bool:
    return field["type"] == "list"


def is_required(field: dict) -> bool:
    return field.get("constraints", {}).get("required", False)


def anything(field: dict) -> bool:
    return True


def letters(value: str, number: int = 2) -> bool:
    """Whether a cell has a word to spoil."""
    return sum(c.isalpha() for c in value) >= number


def within(sign: str) -> Callable[[str, dict], str | None]:
    """Put a sign into the middle of a cell."""
    return lambda value, field: value[:len(value) // 2] + sign + value[len(value) // 2:] if len(value) > 3 else None


def always(text: str) -> Callable[[str, dict], str | None]:
    """Write the same into any cell."""
    return lambda value, field: text


def look_alike(value: str, field: dict) -> str | None:
    """One Latin letter of a word changed for the Cyrillic one that looks the same, or the reverse."""
    pairs = dict(zip("aeocpxAEOCPTK", "аеосрхАЕОСРТК", strict=True))
    pairs |= {there: here for here, there in pairs.items()}
    for at in range(1, len(value) - 1):
        if value[at] in pairs and value[at - 1].isalpha() and value[at + 1].isalpha():
            return value[:at] + pairs[value[at]] + value[at + 1:]
    return None


def decomposed(value: str, field: dict) -> str | None:
    """Letters with marks taken apart."""
    loose = unicodedata.normalize("NFD", value)
    return loose if loose != value else value + " e\u0301tude"


def garbled(encoding: str) -> Callable[[str, dict], str | None]:
    """UTF-8 read as another encoding."""
    def spoil(value: str, field: dict) -> str | None:
        try:
            return (value if not value.isascii() else f"{value} тест").encode("utf-8").decode(encoding)
        except UnicodeDecodeError:
            return None
    return spoil


def parts(value: str) -> list[str]:
    return value.split("-")


def day(make: Callable[[list[str]], str]) -> Callable[[str, dict], str | None]:
    """Rewrite a date that is known to the day."""
    return lambda value, field: make(parts(value)) if len(value) == 10 else None


def other_choice(value: str, field: dict) -> str | None:
    """The next allowed value."""
    allowed = [one["value"] for one in field["categories"]]
    return allowed[(allowed.index(value) + 1) % len(allowed)] if value in allowed and len(allowed) > 1 else None


def slip(value: str, field: dict) -> str | None:
    """Two letters swapped in the middle of a word."""
    for at in range(2, len(value) - 2):
        if value[at] != value[at + 1] and value[at - 1:at + 3].isalpha():
            return value[:at] + value[at + 1] + value[at] + value[at + 2:]
    return None


def figure(make: Callable[[str], str]) -> Callable[[str, dict], str | None]:
    return lambda value, field: make(value)


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
SOURCE_MAY = "a source may say so, and nothing beside it says otherwise"
TEXT_MAY = "prose that no rule can know"
UNSEEN = {"zero width space": "\u200b", "right-to-left override": "\u202e", "left-to-right mark": "\u200e",
          "no-break space": "\u00a0", "ideographic space": "\u3000", "thin space": "\u2009", "soft hyphen": "\u00ad",
          "word joiner": "\u2060", "Hangul filler": "\u3164", "Braille blank": "\u2800", "bell": "\x07", "tab": "\t",
          "line separator": "\u2028", "variation selector": "\ufe0f", "tag": "\U000e0041", "private use": "\ue000",
          "escape": "\x1b", "null": "\x00", "replacement character": "\ufffd", "lost letters": "????",
          "combining grapheme joiner": "\u034f"}
WAYS = (
    *(Way(f"{name} in a cell", lambda field: field["type"] == "string", within(sign)) for name, sign in UNSEEN.items()),
    Way("blank where a value is required", is_required, always("")),
    Way("white space before", anything, lambda value, field: f" {value}"),
    Way("white space after", anything, lambda value, field: f"{value} "),
    Way("decomposed letters", is_free, decomposed),
    Way("a look-alike letter", is_text, look_alike),
    Way("UTF-8 read as Windows-1252", is_text, garbled("cp1252")),
    Way("UTF-8 read as Windows-1251", is_text, garbled("cp1251")),
    Way("an error of a spreadsheet", anything, always("#REF!")),
    Way("hashes of a narrow column", anything, always("########")),
    Way("N/A", anything, always("N/A")),
    Way("null", anything, always("null")),
    Way("a dash for nothing", anything, always("—")),
    Way("a formula", anything, always("=1+2")),
    Way("a name of nobody", is_name, always("no-such-row-1")),
    Way("a name typed wrong", is_name, slip),
    Way("another case", is_choice, lambda value, field: value.upper()),
    Way("a value that is not in the list", is_choice, always("roughly")),
    Way("a value with a slip", is_choice, slip),
    Way("another value of the list", is_choice, other_choice, SOURCE_MAY),
    Way("a word typed wrong", is_free, slip, TEXT_MAY),
    Way("a comma between thousands", is_number, always("3,200")),
    Way("a space between thousands", is_number, always("3 200")),
    Way("a point between thousands", is_number, always("3.200")),
    Way("a k for thousands", is_number, always("3k")),
    Way("a number by a spreadsheet", is_number, always("3.2E+03")),
    Way("a negative number", lambda field: field.get("constraints", {}).get("minimum", -1) >= 0, always("-3200")),
    Way("minus zero", is_number, always("-0")),
    Way("a plus sign", is_number, figure(lambda value: f"+{value.lstrip('-')}")),
    Way("a leading zero", is_number, figure(lambda value: f"0{value.lstrip('-')}")),
    Way("a bare point", is_number, figure(lambda value: f"{value.partition('.')[0]}.")),
    Way("a number in words", is_number, always("three thousand")),
    Way("a percent sign", is_number, figure(lambda value: f"{value}%")),
    Way("more than", is_number, figure(lambda value: f">{value}")),
    Way("about", is_number, figure(lambda value: f"~{value}")),
    Way("a range in one cell", is_number, figure(lambda value: f"{value}-{value}9")),
    Way("twenty digits", is_number, always("12345678901234567890")),
    Way("digits of full width", is_number, figure(lambda value: value.translate(WIDE))),
    Way("Arabic digits", is_number, figure(lambda value: value.translate(ARABIC))),
    Way("infinity", is_number, always("inf")),
    Way("a decimal comma", is_number, always("39,75")),
    Way("a figure with a whole .0", lambda field: field["name"] in ("value_low", "value_high", "count_low"),
        figure(lambda value: f"{value}.0")),
    Way("a date with points", is_date, day(lambda d: f"{d[2]}.{d[1]}.{d[0]}")),
    Way("a date with strokes", is_date, day(lambda d: f"{int(d[1])}/{int(d[2])}/{d[0]}")),
    Way("a serial number for a date", is_date, always("44417")),
    Way("a month in words", is_date, day(lambda d: f"{int(d[2])} August {d[0]}")),
    Way("a thirteenth month", is_date, day(lambda d: f"{d[0]}-13-{d[2]}")),
    Way("a day that is not", is_date, day(lambda d: f"{d[0]}-02-30")),
    Way("a date with a time", is_date, day(lambda d: f"{'-'.join(d)} 00:00:00")),
    Way("a date without zeros", is_date, day(lambda d: f"{d[0]}-{int(d[1])}-{int(d[2])}-")),
    Way("an en dash in a date", is_date, day(lambda d: f"{d[0]}–{d[1]}–{d[2]}")),
    Way("a date run together", is_date, day("".join)),
    Way("a year of two digits", is_date, day(lambda d: f"{d[0][2:]}-{d[1]}-{d[2]}")),
    Way("a year a century off", is_date, day(lambda d: f"21{d[0][2:]}-{d[1]}-{d[2]}")),
    Way("a year forty ahead", is_date, day(lambda d: f"{int(d[0]) + 40}-{d[1]}-{d[2]}")),
    Way("a year of the nineteenth century", is_date, day(lambda d: f"18{d[0][2:]}-{d[1]}-{d[2]}")),
    Way("the day before", is_date, day(lambda d: f"{d[0]}-{d[1]}-{max(int(d[2]) - 1, 1):02}"), SOURCE_MAY),
    *(Way(f"{word} for a boolean", is_switch, always(word)) for word in ("TRUE", "yes", "1", "True", "x", "wahr")),
    Way("a semicolon at the end", is_list, lambda value, field: f"{value};"),
    Way("an item twice", is_list, lambda value, field: f"{value};{value.split(';')[0]}"),
    Way("a space after the semicolon", is_list, lambda value, field: f"{value}; more"),
    Way("an empty item", is_list, lambda value, field: f"{value};;more"),
    Way("an item of nobody", lambda field: is_list(field) and "references" in field,
        lambda value, field: f"{value};no-such-row-1"),
    Way("items joined by commas", lambda field: is_list(field) and "references" in field,
        lambda value, field: f"{value},no-such-row-1"),
    Way("an id in capitals", lambda field: field["name"].endswith("_id"), lambda value, field: value.upper()),
    Way("an id with spaces", lambda field: field["name"].endswith("_id"), lambda value, field: value.replace("-", " ")),
    Way("a link without its scheme", lambda field: field["name"] == "url", lambda value, field: value.split("//")[-1]),
    Way("a link with a space", lambda field: field["name"] == "url", lambda value, field: f"{value} x"),
    Way("a language in words", lambda field: field["name"] == "language", always("Russian")),
    Way("a country in words", lambda field: field["name"] == "country", always("Russia")),
    Way("a country of two letters", lambda field: field["name"] == "country", always("RU")),
    Way("a scope in small letters", lambda field: field["name"] == "scope", lambda value, field: value.lower()),
    Way("a latitude beyond the pole", lambda field: field["name"] in ("latitude", "south", "north"), always("95.5")),
    Way("a longitude beyond the earth", lambda field: field["name"] in ("longitude", "west", "east"), always("-190")),
)
# what happens to the text of one row, and why it may pass
ROWS: tuple[tuple[str, Callable[[str], str], str], ...] = (
    ("a row entered twice", lambda row: row + row, ""),
    ("a cell too many", lambda row: row.rstrip("\n") + ",more\n", ""),
    ("a cell too few", lambda row: row.rstrip("\n").rpartition(",")[0].rpartition(",")[0] + "\n", ""),
    ("an empty line", lambda row: row + "\n", ""),
    ("a line of commas", lambda row: row + "," * 5 + "\n", ""),
    ("a quote never closed", lambda row: row.replace(",", ',"', 1), ""),
    ("a mark of a merge", lambda row: f"<<<<<<< HEAD\n{row}", ""),
    ("semicolons in one row", lambda row: row.replace(",", ";"), ""),
    ("full-width commas in one row", lambda row: row.replace(",", "，"), ""),
    ("a quote after a quoted cell", lambda row: '"a"b,' + row.partition(",")[2], ""),
    ("bytes that are not UTF-8", lambda row: row.replace(",", ",\udce9", 1), ""),
    ("two rows on one line", lambda row: row.rstrip("\n") + row, ""),
    ("a comment", lambda row: f"# checked\n{row}", ""),
    ("the header again", lambda row: "{header}" + row, ""),
)


def spoil_file(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(change(path.read_bytes())) and None


def in_place(make: Callable[[Path], None]) -> Callable[[Path], None]:
    """Put something else where a file was."""
    def spoil(path: Path) -> None:
        path.unlink()
        make(path)
    return spoil


def zeros(path: Path) -> None:
    """A file of 300 MB that takes no room."""
    with path.open("wb") as file:
        file.truncate(300_000_000)


def header(change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    """Change the first line of a file."""
    def spoil(path: Path) -> None:
        first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text(",".join(change(first.rstrip("\n").split(","))) + "\n" + "".join(rest), encoding="utf-8")
    return spoil


def recoded(name: str) -> Callable[[Path], None]:
    return spoil_file(lambda data: (data.decode("utf-8") + "Учение 演习\n").encode(name, "ignore"))


FILES: tuple[tuple[str, Callable[[Path], None], str], ...] = (
    ("missing", Path.unlink, ""), ("empty", spoil_file(lambda data: b""), ""),
    ("a byte-order mark", spoil_file(lambda data: b"\xef\xbb\xbf" + data), ""),
    ("UTF-16", recoded("utf-16"), ""), ("Windows-1251", recoded("cp1251"), ""), ("GB18030", recoded("gb18030"), ""),
    ("line ends of Windows", spoil_file(lambda data: data.replace(b"\n", b"\r\n")), "git stores them as they are here"),
    ("semicolons", spoil_file(lambda data: data.replace(b",", b";")), ""),
    ("tabs", spoil_file(lambda data: data.replace(b",", b"\t")), ""),
    ("curly quotes", spoil_file(lambda data: data.replace(b'"', "“".encode())), "no cell of the file needs quotes"),
    ("cut in the middle", spoil_file(lambda data: data[:len(data) // 2]), ""),
    ("doubled", spoil_file(lambda data: data + data.partition(b"\n")[2]), ""),
    ("no header", spoil_file(lambda data: data.partition(b"\n")[2]), ""),
    ("header in capitals", header(lambda names: [name.upper() for name in names]), ""),
    ("header with spaces", header(lambda names: [f" {name}" for name in names]), ""),
    ("a column renamed", header(lambda names: [*names[:-1], "Remarks"]), ""),
    ("a column twice", header(lambda names: [*names[:-1], names[0]]), ""),
    ("columns in another order", header(lambda names: names[::-1]), ""),
    ("a spreadsheet", spoil_file(lambda data: b"PK\x03\x04" + data), ""),
    ("a web page", spoil_file(lambda data: b"<!doctype html>" + data), ""),
    ("gzip", spoil_file(lambda data: b"\x1f\x8b" + data), ""),
    ("bytes of zero", spoil_file(lambda data: b"\0" * 1000), ""),
    ("300 MB of zeros", in_place(zeros), ""),
    ("a folder", in_place(Path.mkdir), ""),
    ("a pipe", in_place(os.mkfifo), ""),
    ("a link to a device", in_place(lambda path: path.symlink_to("/dev/zero")), ""),
    ("a link to nowhere", in_place(lambda path: path.symlink_to("nowhere.csv")), ""),
    ("a link to itself", in_place(lambda path: path.symlink_to(path.name)), ""),
    ("a copy beside it", lambda path: shutil.copy(path, path.with_name(f"{path.stem} (1).csv")) and None, ""),
)


@cache
def described() -> dict[str, dict[str, dict]]:
    """The fields of every table, each with whether it names rows of another table."""
    package = resources(tables.read_package())
    refer = {(name, column) for name, resource in package.items() for column, _, _ in references(resource)}
    return {name: {column: field | {"refers": (name, column) in refer and field["type"] == "string"}
                   for column, field in fields(resource).items()} for name, resource in package.items()}


def kinds() -> list[Kind]:
    """Every kind of damage, each way in at most MOST_PLACES columns or tables."""
    found = []
    for way in WAYS:
        places = [(table, column) for table, columns in described().items() for column, field in columns.items()
                  if way.fits(field)]
        found += [Kind(way.name, table, column, way.legal, way.spoil, "cell") for table, column in spread(places)]
    for sort, ways in (("row", ROWS), ("file", FILES)):
        found += [Kind(name, table, "", legal, spoil, sort) for name, spoil, legal in ways
                  for table in spread([*described()], MOST_PLACES if sort == "row" else MOST_FILES)]
    return found


def spread(places: list, most: int = MOST_PLACES) -> list:
    """At most so many of some places, from all over the list."""
    return places[::max(1, -(-len(places) // most))]


@dataclass
class Planted:
    """A damage in a copy of the record: the lines at which it may be named."""

    kind: Kind
    lines: range
    verdict: str = ""


class Copy:
    """A copy of the record in which damages are planted, each in a row of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.rows: dict[str, list[str]] = {}
        self.taken: dict[str, set[int]] = defaultdict(set)

    def restore(self) -> None:
        """The sound record again."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(tables.DATA, self.folder)
        self.rows.clear()
        self.taken.clear()

    def row_texts(self, table: str) -> list[str]:
        """The text of each row of a table; no cell of the record runs over several lines."""
        if table not in self.rows:
            with self.folder.joinpath(f"{table}.csv").open(encoding="utf-8", newline="\n") as file:
                self.rows[table] = file.readlines()
        return self.rows[table]

    def plant(self, kind: Kind, seed: int) -> Planted | None:
        """Plant a damage; None if no row of the table can take it."""
        if kind.sort == "file":
            kind.spoil(self.folder / f"{kind.table}.csv")
            return Planted(kind, range(1, 10 ** 9))
        texts = self.row_texts(kind.table)
        head, order = texts[0].rstrip("\n").split(","), list(range(1, len(texts)))
        start = seed * 7919 % max(len(order), 1)
        for row in order[start:] + order[:start]:
            # neighbours stay sound, so that a quote that is never closed hides none
            if {row - 1, row, row + 1} & self.taken[kind.table]:
                continue
            if (text := self.spoilt(kind, texts[row], head, texts[0])) is not None and text != texts[row]:
                self.taken[kind.table].add(row)
                texts[row] = text
                return Planted(kind, range(row, row + 3))
        return None

    def spoilt(self, kind: Kind, text: str, head: list[str], header_text: str) -> str | None:
        """The text of a row after the damage; None if it does not apply."""
        if kind.sort == "row":
            return kind.spoil(text).replace("{header}", header_text)
        cells = next(csv.reader([text]))
        at = head.index(kind.column)
        value = kind.spoil(cells[at], described()[kind.table][kind.column]) if cells[at] else None
        if value is None or value == cells[at]:
            return None
        cells[at] = value
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerow(cells)
        return written.getvalue()

    def write(self) -> None:
        """Write what was planted."""
        for table, texts in self.rows.items():
            data = "".join(texts).encode("utf-8", "surrogateescape")
            self.folder.joinpath(f"{table}.csv").write_bytes(data)

    def line_of(self, planted: Planted) -> range:
        """The lines at which a damage stands, after what was planted above it."""
        if planted.kind.sort == "file":
            return planted.lines
        row = planted.lines.start
        before = sum(text.count("\n") for text in self.rows[planted.kind.table][:row])
        return range(before + 1, before + 1 + max(1, self.rows[planted.kind.table][row].count("\n")) + 1)


def judge(copy: Copy, planted: list[Planted]) -> None:
    """Check the copy and say of each damage how it was named."""
    try:
        found = checks.examine(copy.folder)
    except Exception:
        for one in planted:
            one.verdict = CRASHED
        if len(planted) == 1:
            print(traceback.format_exc(), file=sys.stderr)
        return
    places = [(Path(problem.file).stem.partition(" (")[0], problem.line, problem.column)
              for problem in (*found.errors, *found.warnings)]
    for one in planted:
        lines = copy.line_of(one)
        here = {column for table, line, column in places if table == one.kind.table and line in lines}
        is_named = bool(here) if one.kind.sort != "cell" else bool(here & {one.kind.column, "(row)"})
        one.verdict = NAMED if is_named else NEARBY if here else LEGAL if one.kind.legal else SILENT


def run(wanted: list[Kind]) -> list[Planted]:
    """Plant each kind of damage and say how the check names it."""
    done: list[Planted] = []
    with tempfile.TemporaryDirectory() as name:
        copy = Copy(Path(name) / "data")
        for group in groups(wanted):
            done += together(copy, group)
        for one in done:
            # what is not named beside others may be hidden by them
            if one.verdict in (SILENT, NEARBY, CRASHED) and one.kind.sort != "file":
                (one.verdict,) = [again.verdict for again in together(copy, [one.kind])] or [one.verdict]
    return done


def groups(wanted: list[Kind]) -> Iterator[list[Kind]]:
    """Cells by AT_A_TIME, rows and files one by one, since they may hide what stands below them."""
    cells = [kind for kind in wanted if kind.sort == "cell"]
    step = max(1, -(-len(cells) // AT_A_TIME))
    yield from (cells[start::step] for start in range(step) if cells)
    rows = [kind for kind in wanted if kind.sort == "row"]
    by_way: dict[str, list[Kind]] = defaultdict(list)
    for kind in rows:
        by_way[kind.way].append(kind)
    # one way in all tables: each table has one
    yield from by_way.values()
    yield from ([kind] for kind in wanted if kind.sort == "file")


def together(copy: Copy, group: list[Kind]) -> list[Planted]:
    """Plant some kinds at once and judge them."""
    copy.restore()
    planted = [one for number, kind in enumerate(group) if (one := copy.plant(kind, number)) is not None]
    copy.write()
    judge(copy, planted)
    return planted


def measure(step: int = 1) -> list[Line]:
    """The line of the benchmarks, and the table by verdict on the way."""
    wanted = kinds()[::step]
    say(f"planting {len(wanted)} kinds of damage")
    done = run(wanted)
    verdicts = Counter(one.verdict for one in done)
    good = verdicts[NAMED] + verdicts[LEGAL]
    share = good / len(done)
    silent = "; ".join(str(one.kind) for one in done if one.verdict in (SILENT, CRASHED, NEARBY))
    table = ", ".join(f"{verdicts[word]} {word}" for word in (NAMED, LEGAL, NEARBY, SILENT, CRASHED))
    return [Line("kinds of damage named at line and column, or legal with a reason",
                 f"{good} of {len(done)} ({share:.1%})", "at least 97 %, no traceback",
                 share >= 0.97 and not verdicts[CRASHED], f"{table}{': ' * bool(silent)}{silent}")]


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        for line in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
            print(f"{line.what}: {line.result}\n{line.absolute.replace('; ', chr(10))}")
