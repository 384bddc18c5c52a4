"""Reading: every way in which a file can fail to be a plain CSV, with the place that an editor shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.record import days, package, problems, tables, text, types

COLUMNS = ["key", "name", "note"]
HEADER = b"key,name,note\n"
QUOTES = 'close the cell with ", and write " inside a quoted cell as ""'
NO_BOM = "save it as UTF-8 without a byte-order mark"
WHOLE = "the header is key,name,note"


def read(folder: Path, data: bytes) -> tuple[text.RawTable, list[str]]:
    """The table made from these bytes, and its problems as printed, without the folder."""
    (folder / "t.csv").write_bytes(data)
    table = text.read_raw(folder / "t.csv", COLUMNS)
    return table, [str(problem).replace(f"{folder}/", "") for problem in sorted(table.problems)]


@pytest.mark.parametrize("data", [
    b"a,b,c\n", b"a,b,\r\n", b'"a","b, c",\r', b'a,"he said ""no""",c', "a,Учение,演习\n".encode(),
    b'a,"b\nc",d\n', b"",
], ids=repr)
def test_a_plain_file_has_no_problem(tmp_path, data):
    """Catch a reader that calls a sound file broken: any line end, quoted commas, quotes and line breaks."""
    assert read(tmp_path, HEADER + data)[1] == []


@pytest.mark.parametrize("data, message", [
    (b"", f"(header): the file is empty; begin with it: {WHOLE}"),
    (b"\nkey,name,note\n", f"(header): the first line is blank; begin with it: {WHOLE}"),
    (b"a,b,c\nd,e,f\n", f"(header): the header is missing; begin with it: {WHOLE}"),
    (b"key,name\na,b\n", f"note: column 'note' is missing; add it; {WHOLE}"),
    (b"key,name,note,year\n", "year: column 'year' is not in datapackage.json; remove it, or describe it there"),
    (b"key,name,note,\n", "(header): column '' is not in datapackage.json; remove it, or describe it there"),
    (b"key,Name,note\n", "(header): 'Name' is no column; did you mean 'name'?"),
    (b"key,name,n\xf6te\n", "(header): 'n\\xf6te' is no column; did you mean 'note'?"),
    (b"key,name,note,name\n", "name: column 'name' stands twice; remove one"),
    (b"name,key,note\n", f"(header): the columns are in another order; order them: {WHOLE}"),
    (b"key;name;note\na;b, c;d\n", "(header): the columns are separated by semicolons; "
                                   "export it with commas as separator"),
    (b'"key";"name";"note"\n', "(header): the columns are separated by semicolons; export it with commas as separator"),
    (b"key\tname\tnote\n", "(header): the columns are separated by tabs; export it with commas as separator"),
    (b"key|name|note\n", "(header): the columns are separated by bars; export it with commas as separator"),
    (b'key,"name,note\na,b,c\n',
     f"(header): the quotes in the header do not pair up; write it without quotes: {WHOLE}"),
    (HEADER.decode().encode("utf-16"), f"(file): it is UTF-16, not UTF-8; {NO_BOM}"),
    ("ключ,имя,演习".encode("utf-16"), f"(file): it is UTF-16, not UTF-8; {NO_BOM}"),
    (HEADER.decode().encode("utf-16-le"), f"(file): it is UTF-16, not UTF-8; {NO_BOM}"),
    (b"PK\x03\x04rest", "(file): it is a spreadsheet or zip file, not CSV; export the table as CSV in UTF-8"),
    (b"<!DOCTYPE html>", "(file): it is a web page, not CSV; export the table as CSV in UTF-8"),
    (b"\xef\xbb\xbf" + HEADER, f"key: the file begins with a byte-order mark; {NO_BOM}"),
], ids=lambda value: value[:24] if isinstance(value, bytes) else "")
def test_a_wrong_beginning_is_named_once(tmp_path, data, message):
    """Catch an export with another separator, encoding or header, which would fail in every row."""
    assert read(tmp_path, data)[1] == [f"t.csv:1:{message}"]


@pytest.mark.parametrize("rows, message", [
    (b"a,b,c\n\nd,e,f\n", "3:(row): the line is empty; delete it"),
    (b"a,b,c\n,,\n", "3:(row): the line is empty but for commas; delete it"),
    (b"a,b\n", "2:note: the row has 2 cells, the header 3; "
               "add the missing commas, or close a quote that was left open"),
    (b"a\n", "2:name: the row has 1 cell, the header 3; add the missing commas, or close a quote that was left open"),
    (b"a,b,c, d\n", "2:note: the row has 4 cells, the header 3; "
                    "put a cell that holds a comma in quotes, or remove the surplus commas"),
    (b"a,b,c\n=======\n", "3:(row): a merge conflict was left in the file; "
                          "keep one of the two versions and delete the marks"),
    (b'a,b,c\nd,"e,f\ng,"h",i\n', f"3:name: a quote opened in this row is never closed; {QUOTES}"),
    (b'a,b,c\nd,e,"f\n', f"3:note: a quote opened in this row is never closed; {QUOTES}"),
    (b'a,"b "c" d",e\n', f"2:name: the quotes in this row do not pair up; {QUOTES}"),
    (b'a,b "c",d\n', "2:name: a quote stands in a cell that is not in quotes; "
                     'put the cell in quotes and write " inside it as ""'),
    (b"a,caf\xe9,c\n", "2:name: 'caf\\xe9' holds bytes that are not UTF-8 (Windows-1252?); "
                       "open the file as Windows-1252 and save it as UTF-8"),
    ("a,海上,c\n".encode("gb18030"), "2:name: '\\xba\\xa3\\xc9\\xcf' holds bytes that are not UTF-8 (GB18030?); "
                                    "open the file as GB18030 and save it as UTF-8"),
    ("a,“b, c”,d\n".encode(), "2:note: the row has 4 cells, the header 3: curly quotes (“) hold no cell together; "
                              'write straight quotes (") around a cell that holds a comma'),
    ("a，b，c\n".encode(), "2:name: the row has 1 cell, the header 3: full-width commas (，) separate nothing; "
                           "write plain commas between the cells"),
], ids=repr)
def test_a_broken_row_is_named_at_its_cell(tmp_path, rows, message):
    """Catch a slip of one row: its own line and column, and no word on the rows around it."""
    assert read(tmp_path, HEADER + rows)[1] == [f"t.csv:{message}"]


@pytest.mark.parametrize(("words", "encoding", "name"), [
    ("Морское взаимодействие – 2012, «Океан»", "cp1251", "Windows-1251"),
    ("ТАСС и РИА", "cp1251", "Windows-1251"), ("морское взаимодействие", "koi8-r", "KOI8-R"),
    ("Морское Взаимодействие", "koi8-r", "KOI8-R"), ("海上联合", "gb18030", "GB18030"),
    ("演习", "gbk", "GB18030"),
    ("北部·联合-2023，“和平使命”", "gb18030", "GB18030"), ("café, Universität", "cp1252", "Windows-1252"),
    ("l’été – ça", "cp1252", "Windows-1252"), ("à Ürümqi, côte d’Azur", "cp1252", "Windows-1252"),
    ("Взаимодействие · 2012; группа А, Ünal", "cp1251", "Windows-1251"),
    ("Учения «Восток», ВМФ РФ", "koi8-r", "KOI8-R"),
    ("Морское взаимодействие; 海上联合", "gb18030", "GB18030"), ("海上联合 é ü", "gb18030", "GB18030")])
def test_the_encoding_of_a_file_is_guessed_by_its_letters(words, encoding, name):
    """Catch a Chinese or Russian file that is called Western."""
    assert text.encoding_of(words.encode(encoding, "replace").decode("utf-8", "surrogateescape")) == name


@pytest.mark.parametrize(("encoding", "name"), [("cp1251", "Windows-1251"), ("koi8-r", "KOI8-R"), ("gbk", "GB18030"),
                                                ("gb18030", "GB18030"), ("cp1252", "Windows-1252")])
def test_the_encoding_of_every_file_of_the_record_is_known(tmp_path, encoding, name):
    """Catch a file that is called Western for one sign, or one word of another script, that its encoding explains."""
    for file in sorted(tables.DATA.glob("*.csv")):
        written = file.read_text(encoding="utf-8").encode(encoding, "replace")
        if not written.isascii():
            path = tmp_path / file.name
            path.write_bytes(written)
            columns = written.split(b"\n", 1)[0].decode().split(",")
            found = {problem.fix for problem in text.read_raw(path, columns).problems}
            assert found == {f"open the file as {name} and save it as UTF-8"}, file.name


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_lines_are_those_of_an_editor(tmp_path, end):
    """Catch line numbers that count rows, not lines, or know only one kind of line end."""
    text = end.join(["key,name,note", f'a,"one{end}two{end}three",c', "d,e", "", "f,g,h,i", ""])
    table, messages = read(tmp_path, text.encode())
    assert [message.split(": ")[0] for message in messages] == ["t.csv:5:note", "t.csv:6:(row)", "t.csv:7:note"]
    assert table.frame.index.tolist() == [2]


def test_rows_below_an_open_quote_are_read(tmp_path):
    """Catch one open quote that hides the rest of the file, or whose own lines are called broken."""
    table, messages = read(tmp_path, HEADER + b'a,"b\nb2,",x\nc,d,e\nf,"g,h\ni,"j",k\n')
    assert [message.split(": ")[0] for message in messages] == ["t.csv:5:name"]
    table, messages = read(tmp_path, HEADER + b'a,"b "x"\nstill b\nstill",c\nd,e,f\ng,h\n')
    assert [message.split(": ")[0] for message in messages] == ["t.csv:2:name", "t.csv:6:note"]
    assert table.frame["key"].tolist() == ["d"]


def test_several_problems_are_all_named(tmp_path):
    """Catch a reader that stops at the first problem."""
    _, messages = read(tmp_path, b"\xef\xbb\xbf" + HEADER + b'a,b\n\nc,"d,e\nf,\xe9,g\nh,i,j,k\n')
    assert [message.split(": ")[0] for message in messages] == [
        "t.csv:1:key", "t.csv:2:note", "t.csv:3:(row)", "t.csv:4:name", "t.csv:5:name", "t.csv:6:note"]


def test_names_in_rows_that_do_not_fit_are_kept(tmp_path):
    """Catch a row with a comma too many whose key is then called missing."""
    table, _ = read(tmp_path, HEADER + b'a,b\nc,"d\n')
    assert table.frame.empty and table.is_read and {"a", "c"} <= table.strays


def test_what_is_wrong_in_form_is_still_read(tmp_path):
    """Catch columns taken by their place, and a foreign byte that other programs cannot hold."""
    table, _ = read(tmp_path, b"name,key,note\nb,a,caf\xe9\n")
    assert table.frame.to_dict("records") == [{"key": "a", "name": "b", "note": "caf\\xe9"}]
    assert list(table.frame.columns) == COLUMNS


def test_a_missing_file_and_a_folder(tmp_path):
    """Catch a file that was moved away, or a folder in its place."""
    path = tmp_path / "t.csv"
    assert str(text.read_raw(path, COLUMNS).problems[0]) == (
        f"{path}:1:(file): the file is missing; restore it, or make it with the header alone")
    path.mkdir()
    table = text.read_raw(path, COLUMNS)
    assert not table.is_read and str(table.problems[0]) == (
        f"{path}:1:(file): the file cannot be opened (Is a directory); make it a file that can be read")


@pytest.mark.parametrize("value, kind, message", [
    ("10 000", "number", "'10 000' has a thousands separator; write 10000"),
    ("10\u00a0000", "number", "'10\\xa0000' has a thousands separator; write 10000"),
    ("1,234,567", "number", "'1,234,567' has a thousands separator; write 1234567"),
    ("10.000", "number", "'10.000' may have a point between thousands; write 10000, or 10 if it is a decimal point"),
    ("1E+05", "number", "'1E+05' is a number rewritten by a spreadsheet; "
                        "write all its digits, and import the column as text"),
    ("9" * 16, "integer", "'9999999999999999' has more digits than a figure can have; write the figure of the source"),
    *((value, "number", f"'{value}' is not a plain number; write digits only: a unit belongs to the measure, "
                        "'more than' to the qualifier, a k is three zeros")
      for value in ("10,000+", "10k", "300 troops", ">300", "~10 000", "2 тыс.", "50%")),
    *((value, "number", f"'{value}' is not a number; write digits, with a point for decimals, or leave the cell blank")
      for value in ("10,5", "10 0000", "300-400", "many", "1.5.2", "inf")),
    ("2.5", "integer", "'2.5' is not a number; write digits, with a point for decimals, or leave the cell blank"),
    *((value, "boolean", f"'{value}' is {small} rewritten by a spreadsheet; write {small}, or run make fmt, which does "
       "so in the whole column") for value, small in (("TRUE", "true"), ("FALSE", "false"), ("True", "true"))),
    ("WAHR", "boolean", "'WAHR' is not a boolean; write true or false"),
    ("1", "boolean", "'1' is not a boolean; write true or false"),
    *((value, "number", None) for value in ("0", "10000", "39.75", "-173.5", "0.50", "0.5")),
], ids=str)
def test_numbers_and_booleans(value, kind, message):
    """Catch a figure that was written for readers, or rewritten by a spreadsheet."""
    table = text.RawTable("t", "t.csv", pd.DataFrame({"x": [value]}, index=[7], dtype=str), [])
    found = types.type_problems(table, {"schema": {"fields": [{"name": "x", "type": kind}]}})
    assert [str(problem) for problem in found] == ([] if message is None else [f"t.csv:7:x: {message}"])


@pytest.mark.parametrize("change, message", [
    (lambda text: None, "1:(file): the file is missing; restore it: it describes every table"),
    (lambda text: text[:2000].encode(), r"[0-9]+:\(file\): it is not JSON \(.+\); fix the syntax at this line"),
    (lambda text: text.encode("utf-16"), r"1:\(file\): it is not UTF-8 \(invalid start byte\); save it as UTF-8"),
    (lambda text: b"[" * 100_000, r"1:\(file\): it is not JSON \(.+\); restore it: it describes every table"),
    (lambda text: b"[]", r"1:\(file\): \[\] is no description of tables; restore the file: .+"),
    (lambda text: text.replace('"licenses"', '"licences"', 1).encode(),
     r"[0-9]+:\(file\): 'licences' is no key that is known here; did you mean 'licenses'\?"),
    (lambda text: text.replace('"name": "series",', '"name": "rows",', 1).encode(),
     r"[0-9]+:events: table events: column 'series' or what it refers to, series.series_id, does not exist; name a "
     "column of a table that is there"),
    (lambda text: text.replace('"sources.source_id"', '"sources.name"', 1).encode(),
     r"[0-9]+:participants: table participants: column 'source_ids' or what it refers to, sources.name, does not "
     "exist; name a column of a table that is there"),
    (lambda text: text.replace('"pattern": "[', '"pattern": "([', 1).encode(),
     r"[0-9]+:event_id: table events, constraints: .+ is no regular expression \(error: unclosed .+\)"),
    (lambda text: text.replace('"primaryKey": [\n          "claim_id"', '"primaryKey": ["claim"', 1).encode(),
     r"[0-9]+:claims: table claims: the key 'claim' is no column of it; name one of its columns"),
    (lambda text: text.replace('"type": "list"', '"type": 1', 1).encode(),
     r"[0-9]+:aliases: table events: the type 1 is not known; write string, number, integer, boolean or list"),
    (lambda text: text.replace('"path": "events.csv"', '"path": []', 1).encode(),
     r"[0-9]+:events: table events: \[\] will not do for 'path'; input should be a valid string"),
])
def test_a_broken_descriptor_is_named(tmp_path, change, message):
    """Catch a descriptor that was cut, re-encoded or emptied: one line, no traceback."""
    path = tmp_path / package.PACKAGE_FILE
    data = change((tables.DATA / package.PACKAGE_FILE).read_text(encoding="utf-8"))
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(problems.UnreadableData) as caught:
        tables.read_package(tmp_path)
    # a table under another name is missed under its own
    line = str(caught.value).splitlines()[-1]
    assert re.fullmatch(re.escape(f"{path}:") + message.replace("1:(file)", r"1:\(file\)"), line), line


def test_load_gives_each_column_its_type(small):
    """Catch a blank that became zero, false or the text "nan", and a list that stayed a string."""
    record = tables.load(small.folder)
    assert record.claims["value_high"].isna().tolist() == [True, False, False, False, False]
    assert record.claims["value_low"].dtype == "float64" and pd.isna(record.events["name_ru"][0])
    assert record.sources["is_mirror"].tolist() == [False] * 4 + [True, False]
    assert record.events["aliases"].tolist() == [("Alpha", "First Alpha"), (), (), ()]
    assert record.as_of == pd.Timestamp("2022-06-01")


def test_load_refuses_what_cannot_be_read(small):
    """Catch a chapter that is drawn from a table of which a row or a figure could not be read."""
    small.edit("claims", 2, "value_low", "10k")
    small.edit("sources", 2, "is_copy", "no")
    with pytest.raises(problems.UnreadableData, match=r"claims.csv:2:value_low: '10k' .+\n.*sources.csv:2:is_copy"):
        tables.load(small.folder)
    small.path("events").unlink()
    with pytest.raises(problems.UnreadableData, match=r"^.*events.csv:1:\(file\): the file is missing; .*$"):
        tables.load(small.folder)


@pytest.mark.parametrize("date, first, last", [
    ("2021", "2021-01-01", "2021-12-31"), ("2020-02", "2020-02-01", "2020-02-29"),
    ("2021-12", "2021-12-01", "2021-12-31"), ("2021-08-09", "2021-08-09", "2021-08-09"),
])
def test_partial_dates(date, first, last):
    """Catch a month that ends on its first day."""
    assert (days.first_day(date), days.last_day(date)) == (pd.Timestamp(first), pd.Timestamp(last))


@given(st.one_of(st.binary(max_size=60), st.text(alphabet='a,";\n\r\t\x00é', max_size=60).map(str.encode)),
       st.booleans())
def test_no_bytes_make_reading_fail(tmp_path_factory, data, has_header):
    """Catch a traceback, a line number beyond the file, and a message that breaks over lines."""
    folder = tmp_path_factory.getbasetemp()
    table, messages = read(folder, HEADER * has_header + data)
    last = len(re.split("\r\n|\r|\n", (HEADER * has_header + data).decode("latin-1")))
    for problem, message in zip(sorted(table.problems), messages, strict=True):
        assert re.fullmatch(r"t\.csv:[0-9]+:(\w+|\((file|header|row)\)): [^\n]+; [^\n]+", message)
        assert 1 <= problem.line <= last and message.isprintable()
    assert messages or table.is_read


@given(st.lists(st.lists(st.text(alphabet='ab ,"\n\r', min_size=1, max_size=5), min_size=3, max_size=3), max_size=6))
def test_what_a_csv_writer_writes_is_read_back(tmp_path_factory, rows):
    """Catch a sound cell that is called broken or comes back changed."""
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    table, messages = read(tmp_path_factory.getbasetemp(), HEADER + text.encode())
    assert messages == [] and table.frame.to_numpy().tolist() == rows


def test_printed_lines_hold_no_line_break():
    """Catch a cell with a line break or a foreign byte that breaks the list of problems."""
    problem = problems.Problem("t.csv", 2, "x", "", "'a\nb\udce9\u202e' is wrong", "fix it")
    assert str(problem) == "t.csv:2:x: 'a\\nb\\xe9\\u202e' is wrong; fix it"
    assert problems.legible("é" * 70) == "é" * 59 + "…"


def test_descriptor_is_plain_json():
    """Catch a descriptor whose keys stand twice: the later would win unseen."""
    def no_twins(pairs: list) -> dict:
        assert len({key for key, _ in pairs}) == len(pairs), pairs
        return dict(pairs)

    json.loads((tables.DATA / package.PACKAGE_FILE).read_text(encoding="utf-8"), object_pairs_hook=no_twins)
