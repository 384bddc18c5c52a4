"""The form of a table: what may differ between two files that say the same, and what may not."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drills.record import form

COLUMNS = ["event_id", "edge", "value", "names"]
RESOURCE = {"name": "dates", "schema": {
    "primaryKey": ["event_id", "value"], "order": ["event_id", "edge", "value"],
    "foreignKeys": [{"fields": ["event_id"], "reference": {"resource": "events", "fields": ["event_id"]}}],
    "fields": [{"name": "event_id", "type": "string"},
               {"name": "edge", "type": "string", "categories": [{"value": "start"}, {"value": "end"}]},
               {"name": "value", "type": "string"}, {"name": "names", "type": "list"}]}}
# letters that a file can get wrong: quotes, separators, line ends, white space, marks that join the letter before them
LETTERS = st.sampled_from([*'ab1,;"\n\r\t \u00a0\u0301é联й\ufb01\u2028', "e\u0301", "''", "=", "\u3000", "\U00012345"])
CELLS = st.lists(LETTERS, max_size=6).map("".join)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=4).filter(lambda row: any(cell.strip() for cell in row)),
                max_size=6)


def as_file(rows: list[list[str]], **dialect) -> bytes:
    out = io.StringIO()
    if any("\r" in cell for row in rows for cell in row):
        # which the writer of Python 3.11 leaves without quotes where lines end in \n
        dialect["quoting"] = csv.QUOTE_ALL
    csv.writer(out, **dialect).writerows([COLUMNS, *rows])
    return out.getvalue().encode("utf-8")


def words(cell: str) -> list[str]:
    """What a cell says: its words, letters composed; wide spaces are letters."""
    return [word for word in form.WHITE.split(unicodedata.normalize("NFC", cell).strip()) if word]


def said(rows: list[list[str]]) -> list[list[list[str]]]:
    return sorted([*map(words, row[:3]), [words(item) for item in row[3].split(";")]] for row in rows)


@given(ROWS, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_no_value_is_changed(rows, quoting, end, has_mark):
    """Catch a form that loses a row, a cell, a word or a letter, or that is not the form of its own result."""
    data = as_file(rows, quoting=quoting, lineterminator=end)
    read = form.rows_of(b"\xef\xbb\xbf" * has_mark + data, COLUMNS)
    assert read is not None
    text = form.text_of(read, RESOURCE, {})
    again = list(csv.reader(io.StringIO(text, newline="")))
    assert again[0] == COLUMNS
    assert said(again[1:]) == said(rows)
    assert form.text_of(form.rows_of(text.encode("utf-8"), COLUMNS), RESOURCE, {}) == text
    assert unicodedata.is_normalized("NFC", text) and "\r" not in text


@given(st.permutations([["b", "end", "2020", ""], ["b", "start", "2020", ""], ["a", "start", "2021", "x;y"],
                        ["a", "start", "2020-05", ""], ["c", "", "", "z"]]))
def test_one_record_has_one_order(rows):
    """Catch an order that depends on how the rows stood before."""
    text = form.text_of(rows, RESOURCE, {"events": {"b": 0, "a": 1}})
    assert [line.split(",")[:3] for line in text.splitlines()[1:]] == [
        ["b", "start", "2020"], ["b", "end", "2020"], ["a", "start", "2020-05"], ["a", "start", "2021"], ["c", "", ""]]


@pytest.mark.parametrize("data", [b"event_id,edge,value\na,b,c\n", b"event_id,edge,value,names\na,b,c\n",
                                  b'event_id,edge,value,names\n"a,b,c,d\n', b"event_id,edge,value,names\na,b,c,\xff\n",
                                  b'event_id,edge,value,names\na"b,c,d,e\n', b""])
def test_what_cannot_be_read_whole_has_no_form(data):
    """Catch a file that is written again without what could not be read of it."""
    assert form.rows_of(data, COLUMNS) is None


def test_running_numbers_count_by_their_value():
    """Catch the tenth figure of an event between its first and its second."""
    ids = ["2020-a:troops:ALL:10", "2020-a:troops:ALL:2", "2020-a:ships:ALL:1", "2020-a:troops:ALL:1"]
    assert sorted(ids, key=form.natural) == [ids[2], ids[3], ids[1], ids[0]]


def test_columns_take_their_order():
    """Catch a cell that stays where its column stood before."""
    assert form.rows_of(b"names,event_id,value,edge\nx,a,2020,end\n,,,\n\n", COLUMNS) == [["a", "end", "2020", "x"]]


@pytest.mark.parametrize("before, after", [("TRUE", "true"), ("False", "false"), (" TRUE ", "true"), ("false", "false"),
                                           ("", ""), ("yes", "yes"), ("TRUE;", "TRUE;"), ("WAHR", "WAHR")])
def test_booleans_are_in_small_letters(before, after):
    """Catch TRUE of a spreadsheet that stays, another word that becomes a boolean, and a name in capitals that loses
    them."""
    resource = {"name": "flags", "schema": {"primaryKey": ["name"], "fields": [
        {"name": "name", "type": "string"}, {"name": "flag", "type": "boolean"}]}}
    assert form.text_of([["TRUE", before]], resource, {}) == f"name,flag\nTRUE,{after}\n"
