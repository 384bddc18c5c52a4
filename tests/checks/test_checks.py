"""Every rule of the record: a broken cell, row or file and the line that `python -m drills check` prints."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drills import checks
from drills.__main__ import main
from drills.record import package, problems, tables

LINE = re.compile(r"[\w/.-]+\.(csv|json):[0-9]+:(\w+|\((file|header|row)\)): [^\n]+; [^\n]+")
BLANK = "the cell is blank; every row needs a value here"
DATE_FORMS = "write it as YYYY-MM-DD, YYYY-MM or YYYY"
TWICE = "remove one of the two rows, or fix the one that is wrong"
NO_DAY = "there is no day 2021-02-30; write a day that the calendar has"
SECOND = "find a second one, or add an accept_single_source ruling with the reason"
PLANNED = "set stage to planned; if the force had arrived, add a count_as_reported ruling"
KEEP = "set stage to reported, or add a keep_planned ruling that says whose plan the page repeats"
RETOLD = "set stage to reported, or covers to plan and say in the note who had planned it"
UTF8 = "restore the cell, and open the file as UTF-8"
# table, line, column, value written there, then the lines printed: those of another cell with their place
SPREADSHEET = [
    ("facts", 2, "text", "a \ufffd", "'a \ufffd' holds the replacement character: a letter was lost in a conversion; "
                                     "write the letter again from the source"),
    ("events", 2, "name_ru", "??????? 2021", "'??????? 2021' holds question marks where letters were lost in a "
                                             "conversion; restore the cell, and save the file as UTF-8"),
    ("events", 2, "name_ru", "Zapad ????", "'Zapad ????' holds question marks where letters were lost in a "
                                           "conversion; restore the cell, and save the file as UTF-8"),
    ("events", 2, "name_ru", "ÐœÐ¸Ñ€", f"'ÐœÐ¸Ñ€' is UTF-8 that was read in another encoding; {UTF8}"),
    ("events", 2, "name_ru", "РњРёСЂ", f"'РњРёСЂ' is UTF-8 that was read in another encoding; {UTF8}"),
    ("events", 2, "name_zh", "æ¼”", f"'æ¼”' is UTF-8 that was read in another encoding; {UTF8}"),
    ("events", 2, "name_ru", "Ð\x9cÐ¸Ñ\x80", f"'Ð\\x9cÐ¸Ñ\\x80' is UTF-8 that was read in another encoding; {UTF8}"),
    ("events", 2, "name_zh", "æ¼\x94", f"'æ¼\\x94' is UTF-8 that was read in another encoding; {UTF8}"),
    ("events", 2, "place", "cafÃ©", f"'cafÃ©' is UTF-8 that was read in another encoding; {UTF8}"),
    ("events", 2, "place", "the â€œrange", f"'the â€œrange' is UTF-8 that was read in another encoding; {UTF8}"),
    *(("events", 2, "name_ru", value, f"'{value}' is Russian or Chinese that was read as Windows-1252, another "
       "encoding; restore the cell, and open the file as Windows-1251 or GB18030")
      for value in ("Âçàèìîäåéñòâèå-2003", "º£ÉÏÁªºÏ")),
    ("facts", 2, "text", "a\u200bb", "'a\\u200bb' holds U+200B ZERO WIDTH SPACE, which nobody sees; delete it"),
    ("facts", 2, "text", "a\tb", "'a\\tb' holds the control character U+0009 (without a name); delete it"),
    ("facts", 2, "text", "a\x00b", "'a\\x00b' holds the control character U+0000 (without a name); delete it"),
    ("events", 2, "place", "Chita ", "'Chita ' begins or ends with white space; remove it"),
    ("events", 2, "place", "\u00a0Chita", "'\\xa0Chita' holds U+00A0 NO-BREAK SPACE, which looks like a plain "
                                        "space; write a plain space"),
    ("events", 2, "kind", "exercise ", "'exercise ' begins or ends with white space; remove it"),
    ("events", 2, "place", "#REF!", "'#REF!' is an error of a spreadsheet; restore the cell"),
    ("events", 2, "end_date", "########", "'########' is an error of a spreadsheet; restore the cell"),
    *(("events", 2, "note", value, f"'{value}' stands for a blank; leave the cell empty")
      for value in ("N/A", "na", "NULL", "None", "-", "—", "?")),
    ("claims", 4, "value_high", "nan", "'nan' stands for a blank; leave the cell empty"),
    *(("facts", 2, "text", value, f"'{value}' would run as a formula in a spreadsheet; put a word before the sign")
      for value in ("=1+2", "+100 men", "-Su-30", "@both", "=HYPERLINK(x)")),
]
COLUMN_RULES = [
    ("events", 2, "kind", "Exercise", "'Exercise' is not an allowed value; did you mean 'exercise'?"),
    ("events", 2, "domain", "LAND", "'LAND' is not an allowed value; did you mean 'land'?"),
    ("claims", 2, "qualifier", "more than", "'more than' is not an allowed value; did you mean 'more_than'?"),
    ("events", 2, "kind", "парад", "'парад' with the foreign sign 'адпр' is not an allowed value; "
                                   "use one of exercise, patrol, command_post, competition"),
    ("claims", 5, "scope", "СHN", "'СHN' has U+0421 CYRILLIC CAPITAL LETTER ES in the word 'СHN' of another script; "
                                  "write all letters of a word in one script"),
    ("events", 2, "name", "", BLANK),
    ("participants", 2, "source_ids", "", BLANK),
    ("sources", 2, "language", "Russian", "'Russian' does not have the form of this column; "
                                          "it has to match [a-z]{2,3}"),
    ("events", 2, "latitude", "91", "'91' is out of range; the value is at most 90"),
    ("events", 2, "longitude", "-181", "'-181' is out of range; the value is at least -180"),
    ("claims", 4, "value_low", "10 000", "'10 000' has a thousands separator; write 10000"),
    ("published_counts", 2, "count_low", "three", "'three' is not a number; "
     "write digits, with a point for decimals, or leave the cell blank"),
    ("participants", 2, "is_host", "TRUE", "'TRUE' is true rewritten by a spreadsheet; write true, or run "
                                           "make fmt, which does so in the whole column"),
    *(("events", 2, "end_date", value, f"'{value}' is a date rewritten by a spreadsheet; {DATE_FORMS}, "
                                       "and import the column as text")
      for value in ("Jan-03", "3-Jan-2021", "8/9/2021", "09.08.2021", "2021/08/13", "44421", "2021-08-13 00:00:00",
                    "2021.0")),
    *(("events", 2, "end_date", value, f"'{value}' is not a date; {DATE_FORMS}")
      for value in ("2021-8-13", "2021-13-01", "August", "13 to 15 August 2021", "20210813")),
    ("events", 2, "end_date", "2021–08", f"'2021–08' with the foreign sign '–' is not a date; {DATE_FORMS}"),
    ("events", 2, "aliases", "Alpha;", "the list 'Alpha;' has an empty item; remove the surplus semicolon"),
    ("events", 2, "aliases", "Alpha; Beta", "the list 'Alpha; Beta' has white space round an item; remove it"),
    ("participants", 2, "source_ids", "xinhua-1;xinhua-1", "the list 'xinhua-1;xinhua-1' has an item twice; "
                                                           "remove one"),
    ("participants", 2, "source_ids", "xinhua-1,tass-1", "the list 'xinhua-1,tass-1' is joined by commas; "
                                                         "join the items with semicolons"),
]
KEYS = [
    ("participants", 3, "country", "CHN", f"'2021-alpha, CHN' stands in line 2 already; {TWICE}"),
    ("sources", 3, "source_id", "tass-0", f"'tass-0' stands in line 2 already; {TWICE}"),
    ("claims", 2, "event_id", "2021-alfa", "'2021-alfa' is not in events.csv; did you mean '2021-alpha'?"),
    ("claims", 2, "source_id", "pravda", "'pravda' is not in sources.csv; add it to sources.csv, or fix the name"),
    ("participants", 5, "source_ids", "tass-2;xinhua2", "'xinhua2' is not in sources.csv; did you mean 'xinhua-2'?"),
    ("events", 4, "part_of", "2022-wach", "'2022-wach' is not in events.csv; did you mean '2022-watch'?"),
    ("events", 2, "series", "Alpha-Line", "'Alpha-Line' is not in series.csv; did you mean 'alpha-line'?"),
    ("rulings", 2, "claim_ids", "2021-alpha:tanks:ALL:9", "'2021-alpha:tanks:ALL:9' is not in claims.csv; "
                                                          "add it to claims.csv, or fix the name"),
]
DATES = [
    *((table, 2, column, "2021-02-30", NO_DAY)
      for table, column in (("events", "end_date"), ("date_claims", "value"), ("sources", "published"),
                            ("published_counts", "published"), ("published_counts", "period_start"),
                            ("published_counts", "period_end"))),
    ("milestones", 2, "date", "2022-09-31", "there is no day 2022-09-31; write a day that the calendar has"),
    ("sources", 7, "published", "2201-01-01", "2201-01-01 is outside the years 1900 to 2099; "
                                             "write the year of the source"),
    ("events", 2, "end_date", "2021-08-08", "it ends on 2021-08-08, before it starts on 2021-08-09; "
                                            "fix one of the two dates"),
    ("published_counts", 2, "period_end", "2020", "it ends on 2020, before it starts on 2021; "
                                                  "fix one of the two dates"),
    ("events", 2, "end_date", "2021-08", "2021-08 is not a date known to the day; "
                                         "write YYYY-MM-DD, or fix date_precision"),
    ("events", 3, "end_date", "2022-05-31", "2022-05-31 is not a date known to the month; "
                                            "write YYYY-MM, or fix date_precision"),
    ("milestones", 2, "date", "2021-09-19", "milestones.csv:2:milestone_id: '2022-09-call' does not begin with the "
                                            "year of 2021-09-19; name it 2021-09-call, or fix date"),
    ("events", 5, "start_date", "2022-08-01", "events.csv:5:event_id: '2023-alpha' does not begin with the year of "
                                              "2022-08-01; name it 2022-alpha, or fix start_date"),
    ("events", 4, "part_of", "2022-watch-north", "an event cannot be a part of itself; "
                                                 "name the larger event, or leave the cell blank"),
    ("events", 2, "part_of", "2022-watch-north", "'2022-watch-north' is itself a part; "
                                                 "name the largest event that is not a part of another"),
    ("events", 4, "start_date", "2022-03", "the part starts on 2022-03, more than a month before '2022-watch'; "
                                           "fix the date or part_of"),
    ("events", 4, "start_date", "2022-08", "the part starts on 2022-08, more than a month after the end of "
                                           "'2022-watch'; fix the date or part_of"),
    ("sources", 6, "published", "2021-08"),
    ("sources", 6, "published", "2021-08-08", *(
        f"{place}: the claim is called reported, but its page of 2021-08-08 is older than the start on 2021-08-09; "
        f"{PLANNED}" for place in ("claims.csv:2:stage", "claims.csv:4:stage")),
     "date_claims.csv:2:stage: the date is called reported, but 2021-08-09 lies after its page of 2021-08-08; "
     "set stage to planned: it is a forecast"),
    ("sources", 3, "published", "2021-08-14", "claims.csv:3:stage: the claim is called planned, but its page of "
                                              f"2021-08-14 is not older than the start on 2021-08-09; {KEEP}"),
    ("sources", 2, "published", "2022-06", "date_claims.csv:3:stage: the date is called planned, but 2022-05 does "
                                           f"not lie after its page of 2022-06; {RETOLD}"),
    ("sources", 2, "published", "2022-05-30"),
    ("sources", 3, "published", "2021-08"),
]
PLACES = [
    ("events", 2, "latitude", "", "only one of the coordinates is given: latitude is blank; give both or none"),
    ("events", 2, "longitude", "", "only one of the coordinates is given: longitude is blank; give both or none"),
    ("events", 2, "place_precision", "unknown", "coordinates are given for a place that is called unknown; "
                                                "empty them, or say what they stand for"),
    ("events", 3, "place_precision", "area", "events.csv:3:latitude: coordinates are blank for a place known as area; "
                                             "give them, or set place_precision to country or unknown"),
    ("events", 2, "longitude", "-106", "events.csv:2:latitude: 38, -106 lies more than 10 degrees away from every "
     "host (CHN); look for swapped coordinates or a lost sign, or fix is_host in participants.csv"),
    ("participants", 3, "country", "RSU", "'RSU' is not a country of the record; did you mean 'RUS'? If not, "
                                          "add its box to country_boxes.csv"),
    ("participants", 3, "country", "QQQ", "'QQQ' is not a country of the record; "
                                          "add its box to country_boxes.csv"),
]
SUBJECT = [
    ("events", 2, "status", "disputed", "events.csv:2:tier: a core event is disputed, not held; set tier to wider"),
    ("participants", 2, "role", "observer", "events.csv:2:tier: CHN is no participant of a core event; "
                                            "add the row to participants.csv, or set tier to wider"),
    ("participants", 8, "role", "declined", "events.csv:5:status: CHN is no participant or observer of a held "
                                            "event; add the row to participants.csv, or set status to disputed"),
    ("sources", 7, "original_publisher", "TASS", "events.csv:3:event_id: '2022-watch' rests on 1 house (TASS); "
                                                 f"{SECOND}"),
    ("sources", 6, "is_copy", "false", "a mirror is not marked as a copy; set is_copy to true"),
    ("sources", 6, "original_publisher", "", "a copy does not name its original; "
     "name the publisher whose text it is, or write 'not stated'"),
    ("sources", 3, "note", "seen on a mirror", "sources.csv:3:is_mirror: the note calls the page a mirror; "
                                               "set is_mirror to true"),
    ("claims", 3, "value_low", "500", "the lower bound 500 is above the upper bound 400; swap or fix them"),
    ("claims", 5, "value_low", "4", "the lower bound 4 is above the upper bound 3; swap or fix them"),
    ("published_counts", 2, "count_high", "1", "published_counts.csv:2:count_low: the lower bound 3 is above the "
                                               "upper bound 1; swap or fix them"),
    ("claims", 2, "value_low", "", "both bounds are blank; give a bound, or move the statement to facts.csv"),
    ("claims", 2, "value_low", "3.456", "3.456 is not a whole number; "
     "write thousands without a point; only a length, distance or area can have decimals"),
    *(("claims", line, "qualifier", word, f"'{word}' does not go with these bounds; {fix}, or fix the qualifier")
      for line, word, fix in (
          (4, "more_than", "leave value_high blank"), (4, "at_least", "leave value_high blank"),
          (4, "up_to", "leave value_low blank"), (4, "between", "give two different bounds"),
          *((2, word, "write the figure into both bounds") for word in ("exactly", "about", "nearly")))),
    ("claims", 4, "claim_id", "2021-alpha:ships:ALL:1",
     "'2021-alpha:ships:ALL:1' does not begin with '2021-alpha:tanks:ALL:'; "
     "name it by its event, measure and scope and the next free number",
     "rulings.csv:2:claim_ids: '2021-alpha:tanks:ALL:1' is not in claims.csv; add it to claims.csv, or fix the name"),
    ("claims", 6, "scope", "IND", "'IND' is not listed for '2022-watch' in participants.csv; "
     "add the country there with its role, or fix the scope",
     "claims.csv:6:claim_id: '2022-watch:ships:RUS:1' does not begin with '2022-watch:ships:IND:'; "
     "name it by its event, measure and scope and the next free number"),
]
RULINGS = [
    ("rulings", 2, "claim_ids", "", "'exclude' concerns claims; name the claims"),
    ("rulings", 2, "action", "accept_single_source",
     "rulings.csv:2:claim_ids: 'accept_single_source' concerns the event; empty claim_ids",
     "rulings.csv:2:expect: a single-source event expects nothing but one house; write publishers=1",
     "rulings.csv:2:expect: the ruling is stale: '2021-alpha' has 2 houses by now; withdraw the ruling"),
    ("rulings", 2, "value", "CHN", "value does not go with 'exclude'; "
                                   "give the new scope with rescope and leave value blank otherwise"),
    ("rulings", 3, "value", "", "value does not go with 'rescope'; "
                                "give the new scope with rescope and leave value blank otherwise"),
    ("rulings", 2, "expect", "tonnes=3", "claims.csv has no column 'tonnes'; "
                                         "write column=value with a column of claims.csv"),
    ("rulings", 2, "expect", "value_low=31", "the ruling is stale: value_low of '2021-alpha:tanks:ALL:1' is '30' by "
                                             "now, not '31'; withdraw the ruling, or state anew what it expects"),
    ("rulings", 2, "expect", "value_low=30.0"),
    ("rulings", 2, "expect", "value_low=many", "the ruling is stale: value_low of '2021-alpha:tanks:ALL:1' is '30' by "
                                               "now, not 'many'; withdraw the ruling, or state anew what it expects"),
    ("rulings", 3, "expect", "scope=RUS", "the ruling is stale: scope of '2021-alpha:troops:ALL:1' is 'ALL' by now, "
                                          "not 'RUS'; withdraw the ruling, or state anew what it expects"),
    ("rulings", 2, "event_id", "2022-watch", "rulings.csv:2:claim_ids: '2021-alpha:tanks:ALL:1' is a claim on another "
                                             "event; name claims on '2022-watch'"),
]


@pytest.mark.slow
@pytest.mark.parametrize("case", [*SPREADSHEET, *COLUMN_RULES, *KEYS, *DATES, *PLACES, *SUBJECT, *RULINGS],
                         ids=lambda case: f"{case[0]}-{case[2]}-{problems.legible(case[3])[:20]}")
def test_a_broken_cell_is_named_once_and_nothing_else(small, case):
    """Catch a rule that lets its accident pass, names another cell, or drags other rows along."""
    table, line, column, value, *expected = case
    small.edit(table, line, column, value)
    found = small.found()
    assert list(map(small.printed, found)) == sorted(
        (text if re.match(r"\w+\.csv:", text) else f"{table}.csv:{line}:{column}: {text}" for text in expected),
        key=lambda text: re.sub(r":([0-9]):", r":0\1:", text))
    assert all(quotes(problem.value, small.cell(problem)) for problem in found), found


def quotes(value: str, cell: str) -> bool:
    """Whether the value of a problem is a cell, a number or an item in it, or a key of which it is a part."""
    is_number = re.fullmatch(r"-?[0-9.]+", value) and re.fullmatch(r"-?[0-9.]+", cell)
    return value in (cell, *cell.split(";")) or cell in value.split(", ") or bool(
        is_number and value.count(".") < 2 and float(value) == float(cell))


def test_the_small_record_breaks_no_rule(small):
    """Catch a test above that passes because the record was broken before its edit."""
    assert small.problems() == []


@pytest.mark.slow
def test_the_record_of_this_checkout_is_sound():
    """Catch a new rule that the record itself breaks."""
    assert [str(problem) for problem in checks.check()] == []


@pytest.mark.parametrize("table, rows, messages", [
    ("events", "2021-alpha-copy,Alpha,,,,alpha-line,wider,exercise,land,cancelled,bilateral,,2021-08-09,,day,"
               "Qingtongxia,,,unknown,\n",
     ["events.csv:6:event_id: '2021-alpha-copy' has the same series, start, kind and place as line 2; "
      "merge the two rows, or give each its own place",
      "events.csv:6:event_id: no row of any table gives a source for '2021-alpha-copy'; "
      "add its participants, dates and figures with their sources"]),
    ("claims", "2021-alpha:tanks:ALL:2,2021-alpha,tanks,ALL,event,,30,30,exactly,reported,Xinhua,media,relayed,"
               "xinhua-1,\n",
     ["claims.csv:7:claim_id: '2021-alpha:tanks:ALL:2' says what '2021-alpha:tanks:ALL:1' in line 4 says, "
      "from the same page; remove one of the two"]),
    ("claims", "2021-alpha:duration_hours:ALL:1,2021-alpha,duration_hours,ALL,event,,2.5,2.5,exactly,reported,Xinhua,"
               "media,relayed,xinhua-1,\n", []),
    ("rulings", "stale,2021-alpha,accept_single_source,,,One page,publishers=1,xinhua-1\n",
     ["rulings.csv:4:expect: the ruling is stale: '2021-alpha' has 2 houses by now; withdraw the ruling"]),
    ("claims", "\n\n", ["claims.csv:7:(row): the line is empty; delete it",
                        "claims.csv:8:(row): the line is empty; delete it"]),
])
def test_a_further_row(small, table, rows, messages):
    """Catch one event or figure entered twice, an event without a source, and a healed exception."""
    with small.path(table).open("a", encoding="utf-8") as file:
        file.write(rows)
    assert small.problems() == messages


@pytest.mark.parametrize("row, message", [
    ("2021-alpha-rescope-2,2021-alpha,rescope,2021-alpha:troops:ALL:1,FOREIGN,Once more,scope=ALL,xinhua-1",
     "'2021-alpha:troops:ALL:1' has a ruling already in line 3: rescope and rescope do not go together"),
    ("2021-alpha-exclude-2,2021-alpha,exclude,2021-alpha:troops:ALL:1,,No,scope=ALL,xinhua-1",
     "'2021-alpha:troops:ALL:1' has a ruling already in line 3: rescope and exclude do not go together"),
    ("2021-alpha-exclude-2,2021-alpha,exclude,2021-alpha:tanks:ALL:1,,Again,value_low=30,xinhua-1",
     "'2021-alpha:tanks:ALL:1' has a ruling already in line 2: exclude and exclude do not go together"),
    *((f"2021-alpha-tanks,2021-alpha,{action},2021-alpha:tanks:ALL:1,,It counts,value_low=30,xinhua-1",
       f"'2021-alpha:tanks:ALL:1' has a ruling already in line 2: exclude and {action} do not go together")
      for action in ("count_as_reported", "keep_planned", "read_as_point")),
])
def test_two_rulings_for_one_claim(small, row, message):
    """Catch a claim that is moved to two scopes, or taken out and said to count, which no page can show."""
    with small.path("rulings").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")
    assert small.problems() == [f"rulings.csv:4:claim_ids: {message}; withdraw one of the two"]


@pytest.mark.parametrize("table, column, value, wanted", [
    ("claims", "value_low", "-0", "0"), ("claims", "value_high", "-0.0", "0"), ("claims", "value_low", "+30", "30"),
    ("claims", "value_low", "0030", "30"), ("claims", "value_low", "30.", "30"), ("events", "latitude", ".5", "0.5"),
    ("outside_rows", "row", "+1", "1"), ("outside_rows", "row", "01", "1"), ("events", "longitude", "-07.5", "-7.5"),
])
def test_a_number_in_an_odd_form(small, table, column, value, wanted):
    """Catch minus zero, which no chapter can put into words, and one number in two forms."""
    line = 4 if table == "claims" else 2
    small.edit(table, line, column, value)
    assert (f"{table}.csv:{line}:{column}: '{value}' is not how a number is written here; write {wanted}"
            in small.problems())


def test_a_column_saved_with_decimals(small):
    """Catch figures that a program saved as 30.0, so that each page tells of a change that is none."""
    small.edit("claims", 4, "value_low", "30.0")
    assert small.problems() == ["claims.csv:4:value_low: 30.0 is a whole number with a point; write 30"]


def test_a_single_source_needs_a_ruling_or_a_second_publisher(small):
    """Catch an accepted single source that is reported all the same, and a copy that counts as a publisher."""
    small.edit("sources", 7, "original_publisher", "TASS")
    with small.path("rulings").open("a", encoding="utf-8") as file:
        file.write("2022-watch-single,2022-watch,accept_single_source,,,One agency,publishers=1,tass-2\n")
    assert small.problems() == []
    small.edit("rulings", 4, "event_id", "2021-alpha")
    assert [line.split(": ")[0] for line in small.problems()] == ["events.csv:3:event_id", "rulings.csv:4:expect"]
    small.edit("sources", 7, "original_publisher", "not stated")
    assert small.problems()[0] == f"events.csv:3:event_id: '2022-watch' rests on 1 house (TASS); {SECOND}"


@pytest.mark.slow
@pytest.mark.parametrize("table, old, new, message", [
    ("events", "2021-08-13,day", "2020-08-13,day", "events.csv:2:end_date: it ends on 2020-08-13, before it starts"),
    ("participants", "2022-watch,RUS", "2022-watch,RSU", "participants.csv:5:country: 'RSU' is not a country of the"),
    ("sources", "tass-2,https", '"tass-2,https', "sources.csv:4:source_id: a quote opened in this row is never closed"),
    ("sources", ",After,", ',"After,', "sources.csv:4:title: a quote opened in this row is never closed"),
    ("sources", ",After,", ",Be,fore,", "sources.csv:4:note: the row has 15 cells, the header 14"),
    ("events", "2021-alpha,Alpha 2021", "2021-alpha", "events.csv:2:note: the row has 19 cells, the header 20"),
    ("events", "2021-alpha,", ",", "events.csv:2:event_id: the cell is blank"),
    ("events", "2021-alpha,", "2021-alpha ,", "events.csv:2:event_id: '2021-alpha ' begins or ends with white space"),
    ("events", "2021-alpha,", "2021-Alpha,", "events.csv:2:event_id: '2021-Alpha' does not have the form"),
    ("participants", "2021-alpha,CHN,participant,true", "2021-alpha,Chn,participant,true",
     "participants.csv:2:country: 'Chn' does not have the form of this column"),
    ("participants", "2021-alpha,CHN,participant,true", "2021-alpha,CHN,participant,yes",
     "participants.csv:2:is_host: 'yes' is not a boolean"),
    ("participants", "2021-alpha,CHN,participant,true,", "2021-alfa,CHN,participant,true,",
     "participants.csv:2:event_id: '2021-alfa' is not in events.csv"),
    ("participants", "2021-alpha,RUS,participant", "2021-alfa,RUS,participant",
     "participants.csv:3:event_id: '2021-alfa' is not in events.csv"),
    ("participants", "2021-alpha,RUS,participant,false,tass-1,", "2021-alpha,RUS,participant,false,tass-1",
     "participants.csv:3:note: the row has 5 cells, the header 6"),
    ("participants", "2023-alpha,RUS,participant,true", "2023-alpha,RUS,participant,yes",
     "participants.csv:9:is_host: 'yes' is not a boolean"),
    ("participants", "tass-2;xinhua-2", "tass-2;xinhua2", "participants.csv:5:source_ids: 'xinhua2' is not in"),
    ("claims", "2022-watch,ships,RUS,", "2022-watch,boats,RUS,", "claims.csv:6:measure: 'boats' is not an allowed"),
    ("claims", "2021-alpha,tanks,ALL", "2021-alpha,tansk,ALL", "claims.csv:4:measure: 'tansk' is not an allowed value"),
])
def test_one_slip_is_one_line(small, table, old, new, message):
    """Catch a slip that drags along rows which only refer to the broken one."""
    small.swap(table, old, new)
    (line,) = small.problems()
    assert line.startswith(message)


@pytest.mark.parametrize("table, line, column, value", [
    ("claims", 6, "event_id", "2022-wach"), ("claims", 6, "source_id", "xinhua2"), ("claims", 6, "source_id", ""),
    ("sources", 7, "publisher", ""), ("sources", 7, "source_id", "Xinhua-2"),
])
def test_a_publisher_behind_a_slip_is_not_missed(small, table, line, column, value):
    """Catch an event that is said to rest on one publisher because the row of the second is wrong."""
    small.edit("participants", 5, "source_ids", "tass-2")
    assert small.problems() == []
    small.edit(table, line, column, value)
    assert [text.split(": ")[0] for text in small.problems()] == [f"{table}.csv:{line}:{column}"]


@pytest.mark.parametrize("column, value", [("reason", ""), ("event_id", "2022-wach"), ("expect", "one")])
def test_a_ruling_with_a_slip_is_not_missed(small, column, value):
    """Catch an event that is said to lack the ruling in which a cell is wrong."""
    small.edit("sources", 7, "original_publisher", "TASS")
    with small.path("rulings").open("a", encoding="utf-8") as file:
        file.write("2022-watch-single,2022-watch,accept_single_source,,,One agency,publishers=1,tass-2\n")
    small.edit("rulings", 4, column, value)
    assert [line.split(": ")[0] for line in small.problems()] == [f"rulings.csv:4:{column}"]


@pytest.mark.parametrize("spoil", [
    lambda data: b"\xef\xbb\xbf" + data,
    lambda data: data + data.splitlines(keepends=True)[1],
    lambda data: data.replace(b",Later,false,", b",Later,no,"),
], ids=["byte-order mark", "row pasted twice", "boolean"])
def test_one_slip_does_not_hide_another(small, spoil):
    """Catch a reference or a single publisher that is let pass because something else is wrong in sources.csv."""
    small.path("sources").write_bytes(spoil(small.path("sources").read_bytes()))
    small.edit("claims", 2, "source_id", "xinhua-3")
    small.edit("sources", 7, "original_publisher", "TASS")
    assert [line.split(": ")[0] for line in small.problems() if not line.startswith("sources")] == [
        "claims.csv:2:source_id", "events.csv:3:event_id"]


@pytest.mark.slow
@pytest.mark.parametrize("table", SMALL_TABLES := ["events", "participants", "claims", "date_claims", "facts",
                                                   "sources", "series", "milestones", "published_counts", "rulings",
                                                   "publishers", "searches", "outside_lists", "outside_rows",
                                                   "nearest_rules"])
@pytest.mark.parametrize("spoil", [
    lambda path: path.unlink(),
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16")),
    lambda path: path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8"),
    lambda path: path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes()),
], ids=["missing", "empty", "utf-16", "semicolons", "byte-order mark"])
def test_an_unreadable_file_is_one_line(small, table, spoil):
    """Catch a lost file that makes every row of the other tables look wrong."""
    spoil(small.path(table))
    (line,) = small.problems()
    assert line.startswith(f"{table}.csv:1:") and small.warnings() == []


def test_lost_rows_are_reported_in_one_line_for_each_column(small):
    """Catch a table saved with its header alone, or another's, that floods the list."""
    lines = small.path("sources").read_text(encoding="utf-8").splitlines()
    small.path("sources").write_text(lines[0] + "\n", encoding="utf-8")
    claim = small.path("claims").read_text(encoding="utf-8").splitlines()[-1]
    with small.path("claims").open("a", encoding="utf-8") as file:
        file.writelines(claim.replace(":1,", f":{n},").replace("xinhua-2", f"page-{n}") + "\n" for n in range(2, 31))
    assert [line for line in small.problems() if line.startswith("claims")] == [
        "claims.csv:2:source_id: 33 names in this column are not in sources.csv, the first is 'xinhua-1'; "
        "restore the rows of sources.csv, or the names in this column"]


def test_a_renamed_row_is_reported_in_one_line_for_each_column(small):
    """Catch an id changed in its own table that is reported for every row that refers to it."""
    small.edit("sources", 4, "source_id", "tass-june")
    assert small.problems() == [
        "sources.csv:4:source_id: no row names 'tass-june', and 5 rows in claims.csv, participants.csv still name "
        "'tass-2'; restore the old name here, or write the new one in all of them"]


def test_a_name_that_one_row_uses(small):
    """Catch a false suggestion: of two rows that differ in a number only the one that nobody uses is meant."""
    small.edit("date_claims", 3, "source_id", "tass-8")
    assert small.problems() == ["date_claims.csv:3:source_id: 'tass-8' is not in sources.csv; did you mean 'tass-0'?"]


@pytest.mark.parametrize("table, line, column, value, fix", [
    ("claims", 2, "claimant_kind", "official_jp", "use one of official_ru, official_cn, official_other, media, "
     "analyst, encyclopedia"),
    ("claims", 2, "measure", "troop", "did you mean 'troops'?"),
    ("participants", 3, "country", "IRL", "add its box to country_boxes.csv"),
    ("participants", 3, "country", "RSU", "did you mean 'RUS'? If not, add its box to country_boxes.csv"),
    ("participants", 3, "country", "IRX", "did you mean 'IRN' or 'IRQ'? If not, add its box to country_boxes.csv"),
    ("events", 2, "part_of", "2012-watch", "add it to events.csv, or fix the name"),
    ("sources", 2, "publisher", "TASSS", "did you mean 'TASS'?"),
    ("sources", 2, "publisher", "Japan MoD", "add it to publishers.csv with its house"),
])
def test_all_suggestions_that_fit_or_none(small, table, line, column, value, fix):
    """Catch a suggestion that would put false data in, and one of several that is given alone."""
    small.edit(table, line, column, value)
    (found,) = [text for text in small.problems() if text.startswith(f"{table}.csv:{line}:{column}: ")]
    assert found.endswith(f"; {fix}")


@pytest.mark.slow
def test_a_cell_with_two_faults_is_reported_once(small):
    """Catch one garbled cell that is reported as garbled, lost, of the wrong form and not on the list."""
    small.swap("events", ",exercise,land,held,bilateral,,2021", ",caf\ufffd Ã©???,land,held,bilateral,,2021")
    assert [line.split(": ")[0] for line in small.problems()] == ["events.csv:2:kind"]


def test_many_problems_of_a_kind_are_counted(small):
    """Catch a column that went wrong as a whole and buries everything else."""
    row = small.path("facts").read_text(encoding="utf-8").splitlines()[-1]
    with small.path("facts").open("a", encoding="utf-8") as file:
        file.writelines(row.replace("Su-30SM", f"= {n}") + "\n" for n in range(40))
    small.edit("events", 2, "kind", "parade")
    first, *formulas = small.problems()
    assert first.startswith("events.csv:2:kind:") and len(formulas) == checks.MOST_OF_A_KIND
    assert formulas[-1] == (
        "facts.csv:27:text: '= 24 fighters' would run as a formula in a spreadsheet (and 15 more like this below: one "
        "edit seems to have gone over the whole column); put a word before the sign")


@pytest.mark.slow
@pytest.mark.parametrize("column, value, cause", [
    ("topic", "Equipment", "the column seems to hold another's cells, or words of a program"),
    ("claimant", "", "the column seems to have been emptied or moved"),
    ("source_id", "page-{}", None),
    ("text", "????? {}", "the file seems to have been saved in another encoding"),
])
def test_thousands_of_problems_have_one_cause(small, column, value, cause):
    """Catch thousands of lines for one edit of a whole column, and a cause that is not told."""
    head, row = small.path("facts").read_text(encoding="utf-8").splitlines()
    cells = dict(zip(head.split(","), row.split(","), strict=True))
    with small.path("facts").open("a", encoding="utf-8") as file:
        file.writelines(",".join((cells | {"text": f"Tanks {n}"} | {column: value.format(n)}).values()) + "\n"
                        for n in range(3000))
    (line,) = small.problems()
    assert line.startswith(f"facts.csv:3:{column}: ")
    assert f"(and 2,999 more like this below: {cause})" in line if cause else "3,000 names in this column" in line


def test_several_problems_are_all_named(small):
    """Catch a check that stops at the first table, row or rule."""
    small.path("facts").unlink()
    small.edit("claims", 3, "value_low", "500")
    small.edit("claims", 4, "value_low", "10k")
    small.edit("events", 2, "end_date", "2021-02-30")
    small.edit("participants", 8, "role", "declined")
    small.swap("sources", ",Plan,", ",Plan;,more,")
    assert [line.split(": ")[0] for line in small.problems()] == [
        "claims.csv:3:value_low", "claims.csv:4:value_low", "events.csv:2:end_date", "events.csv:5:status",
        "facts.csv:1:(file)", "sources.csv:2:note"]


def test_lines_after_quoted_line_breaks(small):
    """Catch line numbers of rows: after a note of three lines the next row stands three lines further down."""
    small.edit("claims", 2, "note", "one\ntwo\nthree")
    small.swap("claims", "2021-alpha,tanks", "2021-alfa,tanks")
    assert [line.split(": ")[0] for line in small.problems()] == ["claims.csv:6:event_id"]
    for end in ("\r\n", "\r"):
        data = small.path("claims").read_text(encoding="utf-8").replace("\n", end)
        small.path("claims").write_bytes(data.encode("utf-8"))
        assert [line.split(": ")[0] for line in small.problems()] == ["claims.csv:6:event_id"]


def test_a_file_that_is_not_described(small):
    """Catch a copy made by a spreadsheet, in which somebody goes on writing."""
    for name in ("claims (1).csv", "claims.XLSX", "notes.md"):
        (small.folder / name).touch()
    fix = ("the file is not in datapackage.json; "
            "move what is new in it to its table and delete it, or describe it there")
    assert small.problems() == [f"claims (1).csv:1:(file): {fix}", f"claims.XLSX:1:(file): {fix}"]


def test_a_sound_record_is_said_in_one_line(small):
    """Catch a count of other rows, and a span or a day that is not said."""
    small.edit("events", 5, "tier", "core")
    assert checks.summary(small.folder) == ("4 events from 2021 to 2023 (3 core), 5 claims, 6 sources, 2 rulings; "
                                            "newest page of 2022-06-01")
    cut = small.path("rulings").read_text(encoding="utf-8").splitlines()[:2]
    small.path("rulings").write_text("\n".join(cut) + "\n", encoding="utf-8")
    assert ", 6 sources, 1 ruling; " in checks.summary(small.folder)


def test_tables_with_their_header_alone_lack_events_only(small):
    """Catch a traceback on a record that has only begun."""
    for table in [*SMALL_TABLES, "withdrawn"]:
        header = small.path(table).read_text(encoding="utf-8").splitlines()[0]
        small.path(table).write_text(header + "\n", encoding="utf-8")
    assert small.problems() == ["events.csv:1:event_id: the record has no event; put the rows back, or add one: python "
                                "-m drills new event"]
    assert checks.summary(small.folder) == "0 events (0 core), 0 claims, 0 sources, 0 rulings"


def command(small, *words: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "drills", "check", *words], capture_output=True, text=True,
                          cwd=tables.DATA.parent, check=False)
    return done.returncode, done.stdout.replace(f"{small.folder}/", ""), done.stderr


@pytest.mark.slow
def test_the_command_on_a_sound_record(small):
    """Catch a check that says nothing, or says something else than the record holds."""
    small.tidy()
    assert command(small, "--data", str(small.folder)) == (
        0, "4 events from 2021 to 2023 (2 core), 5 claims, 6 sources, 2 rulings; newest page of 2022-06-01\n", "")


@pytest.mark.slow
def test_the_command_on_a_broken_record(small):
    """Catch problems that go to stderr, an exit code that lets a broken record be published, and a traceback."""
    small.tidy()
    small.swap("claims", "2021-alpha,tanks", "2021-alfa,tanks")
    small.edit("facts", 2, "text", "\u200bУчение")
    code, out, err = command(small, "--data", str(small.folder))
    assert (code, err) == (1, "2 problems found\n")
    assert out.splitlines() == [
        "claims.csv:2:event_id: '2021-alfa' is not in events.csv; did you mean '2021-alpha'?",
        "facts.csv:2:text: '\\u200bУчение' holds U+200B ZERO WIDTH SPACE, which nobody sees; delete it"]


@pytest.mark.parametrize("name", ["none", "events.csv"])
def test_the_command_on_a_folder_that_is_none(small, capsys, name):
    """Catch a traceback for a folder that is misspelt or a file."""
    path = small.folder / name
    assert main(["check", "--data", str(path)]) == 1
    assert capsys.readouterr().out.startswith(f"{path}/datapackage.json:1:(file): the file ")


def test_neither_took_part(small):
    """Catch a sentence that is wrong where both states are missing."""
    for line in (2, 3):
        small.edit("participants", line, "role", "observer")
    assert small.problems()[0].startswith("events.csv:2:tier: neither CHN nor RUS is a participant of a core event; ")


def spoilt(small, draw) -> None:
    """Cut a table, write random bytes into it or change one cell."""
    table = draw(st.sampled_from(SMALL_TABLES))
    data = small.path(table).read_bytes()
    at = draw(st.integers(0, len(data)))
    how = draw(st.sampled_from(["cut", "insert", "cell", "descriptor"]))
    if how == "cell":
        # an earlier edit may have emptied the file or left bytes that are no UTF-8
        rows = [line.split(",") for line in data.decode("utf-8", "surrogateescape").splitlines()] or [[""]]
        row = draw(st.sampled_from(rows))
        row[draw(st.integers(0, len(row) - 1))] = draw(st.one_of(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
            st.sampled_from(["", "2021", "9999", "0001-01", "2024-02-30", "1e999", "ALL", "RUS", "true", "a;b", "0"])))
        data = "\n".join(map(",".join, rows)).encode("utf-8", "surrogateescape")
    elif how == "insert":
        data = data[:at] + draw(st.binary(max_size=6)) + data[at:]
    elif how == "cut":
        data = data[:at]
    small.path(table).write_bytes(data)
    if how == "descriptor":
        path = small.folder / package.PACKAGE_FILE
        path.write_bytes(path.read_bytes()[:draw(st.integers(0, 60_000))])


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_edit_makes_the_check_fail(small, data):
    """Catch a traceback on any input, and a line that an editor cannot jump to."""
    small.restore()
    for _ in range(data.draw(st.integers(1, 3))):
        spoilt(small, data.draw)
    # spoilt bytes have no cells that a problem could be held against
    for line in map(small.printed, checks.check(small.folder)):
        assert LINE.fullmatch(line), line
    try:
        tables.load(small.folder)
    except problems.UnreadableData as error:
        assert error.problems


@pytest.mark.parametrize(("lines", "more"), [((2, 3, 4), ""), ((2, 3, 4, 5), " (3 more rows below refer to it)")])
def test_many_rows_that_name_nothing_are_one_line(small, lines, more):
    """Catch a line for each of many rows, and a count of other rows than those below."""
    for line in lines:
        small.edit("claims", line, "source_id", "zz")
    found = [(problem.line, problem.value, problem.rule, problem.fix) for problem in small.found()
             if problem.column == "source_id"]
    assert found == [(line, "zz", f"'zz' is not in sources.csv{more}", "add it to sources.csv, or fix the name")
                     for line in lines[:1 if more else None]]


def test_a_renamed_row_is_one_line(small):
    """Catch a line for each row that names the old one; the only row that nobody names is the one, however called."""
    small.swap("sources", "\ntass-2,", "\nwholly-other,")
    assert small.problems() == [
        "sources.csv:4:source_id: no row names 'wholly-other', and 5 rows in claims.csv, participants.csv still name "
        "'tass-2'; restore the old name here, or write the new one in all of them"]


def test_two_rows_tell_a_renaming(small):
    """Catch a renamed row that is not seen until a third row names it."""
    small.swap("sources", "\ntass-1,", "\nwholly-other,")
    assert small.problems() == [
        "sources.csv:3:source_id: no row names 'wholly-other', and 2 rows in claims.csv, participants.csv still name "
        "'tass-1'; restore the old name here, or write the new one in all of them"]


def test_of_several_new_names_none_is_taken_for_an_old_one_that_is_unlike(small):
    """Catch a row that is called renamed only because nobody names it."""
    small.swap("sources", "\ntass-2,", "\nwholly-other,")
    small.swap("sources", "\ntass-0,", "\nanything,")
    assert [(problem.value, problem.rule.partition(" (")[0], problem.fix) for problem in small.found()] == [
        (name, f"'{name}' is not in sources.csv", "add it to sources.csv, or fix the name")
        for name in ("tass-2", "tass-0", "tass-2")]


@pytest.mark.parametrize(("count", "lines"), [(20, 20), (21, 1)])
def test_few_names_that_are_not_there_are_each_named(small, count, lines):
    """Catch a slip in some cells that is laid at the door of the whole column."""
    claim = small.path("claims").read_text(encoding="utf-8").splitlines()[-1]
    with small.path("claims").open("a", encoding="utf-8") as file:
        file.writelines(claim.replace(":1,", f":{n},").replace("xinhua-2", f"page-{n}") + "\n"
                        for n in range(2, count + 2))
    assert [line.split(":")[:3] for line in small.problems()] == [
        ["claims.csv", str(line), "source_id"] for line in range(7, lines + 7)]


def test_one_row_that_names_another_is_no_renaming(small):
    """Catch a slip in one cell that is laid at the door of the row that it should name."""
    small.swap("sources", "\ntass-0,", "\nwholly-other,")
    [problem] = small.found()
    assert (problem.value, problem.rule) == ("tass-0", "'tass-0' is not in sources.csv")
