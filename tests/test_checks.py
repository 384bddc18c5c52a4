"""Every rule of the record: a broken cell, row or file and the line that `python -m drills check` prints."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from conftest import SMALL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drills import checks, tables
from drills.__main__ import main

LINE = re.compile(r"[\w/.-]+\.(csv|json):[0-9]+:(\w+|\((file|header|row)\)): [^\n]+; [^\n]+")
BLANK = "the cell is blank; every row needs a value here"
NO_PUBLISHER = "find a second one, or add an accept_single_source ruling with the reason"


def test_the_small_record_breaks_no_rule(small):
    """Catch a test below that passes because the record was broken before its edit."""
    assert small.problems() == []


CELLS = [
    ("facts", 2, "text", "a \ufffd", "'a \ufffd' holds the replacement character: a letter was lost in a conversion; "
                                     "write the letter again from the source"),
    ("events", 2, "name_ru", "??????? 2021", "'??????? 2021' holds question marks where letters were lost in a "
                                             "conversion; restore the cell, and save the file as UTF-8"),
    *(("events", 2, "name_zh", value, f"'{shown}' is UTF-8 that was read in another encoding; "
                                      "restore the cell, and open the file as UTF-8") for value, shown in (
        ("Мир".encode().decode("cp1252", "ignore"),) * 2, ("Учения".encode().decode("cp1251"),) * 2,
        ("联合".encode().decode("latin-1"), "è\\x81\\x94å\\x90\\x88"), ("cafÃ©", "cafÃ©"), ("â€œword", "â€œword"))
      if "\x81" not in value),
    ("facts", 2, "text", "a\u200bb", "'a\\u200bb' holds an invisible control character; delete it"),
    ("facts", 2, "text", "a\tb", "'a\\tb' holds an invisible control character; delete it"),
    ("facts", 2, "text", "a\x00b", "'a\\x00b' holds an invisible control character; delete it"),
    ("events", 2, "place", "Qingtongxia ", "'Qingtongxia ' begins or ends with white space; remove it"),
    ("events", 2, "place", "\u00a0Qingtongxia", "'\\xa0Qingtongxia' begins or ends with white space; remove it"),
    ("events", 2, "kind", "exercise ", "'exercise ' begins or ends with white space; remove it"),
    ("events", 2, "place", "#REF!", "'#REF!' is an error of a spreadsheet; restore the cell"),
    ("events", 2, "end_date", "########", "'########' is an error of a spreadsheet; restore the cell"),
    *(("events", 2, "note", value, f"'{value}' stands for a blank; leave the cell empty")
      for value in ("N/A", "na", "NULL", "None", "-", "—", "?")),
    ("claims", 2, "value_high", "nan", "'nan' stands for a blank; leave the cell empty"),
    *(("facts", 2, "text", value, f"'{value}' would run as a formula in a spreadsheet; put a word before the sign")
      for value in ("=1+2", "+100 men", "-Su-30", "@both", "=HYPERLINK(x)")),
]
COLUMN_RULES = [
    ("events", 2, "kind", "Exercise", "'Exercise' is not an allowed value; did you mean 'exercise'?"),
    ("claims", 2, "qualifier", "more than", "'more than' is not an allowed value; did you mean 'more_than'?"),
    ("events", 2, "kind", "парад", "'парад' with the foreign sign 'адпр' is not an allowed value; "
                                   "use one of exercise, patrol, command_post, competition"),
    ("claims", 5, "scope", "СHN", "'СHN' with the foreign sign 'С' does not have the form of this column; "
                                  "it has to match ALL|FOREIGN|[A-Z]{3}"),
    ("events", 2, "name", "", BLANK),
    ("participants", 2, "source_ids", "", BLANK),
    ("sources", 2, "language", "Russian", "'Russian' does not have the form of this column; "
                                          "it has to match [a-z]{2,3}"),
    ("sources", 3, "url", "tass.example/1", "'tass.example/1' does not have the form of this column; "
                                            r"it has to match https?://\S+"),
    ("events", 2, "latitude", "91", "'91' is out of range; the value is at most 90"),
    ("events", 2, "longitude", "-181", "'-181' is out of range; the value is at least -180"),
    ("claims", 4, "value_low", "10 000", "'10 000' has a thousands separator; write 10000"),
    ("published_counts", 2, "count_low", "three", "'three' is not a number; "
     "write digits, with a point for decimals, or leave the cell blank"),
    ("participants", 2, "is_host", "TRUE", "'TRUE' is not a boolean; write true or false"),
    *(("events", 2, "end_date", value, f"'{value}' is a date rewritten by a spreadsheet; "
       "write it as YYYY-MM-DD, YYYY-MM or YYYY, and import the column as text")
      for value in ("Jan-03", "3-Jan-2021", "8/9/2021", "09.08.2021", "2021/08/13", "44421", "2021-08-13 00:00:00",
                    "2021.0")),
    *(("events", 2, "end_date", value, f"'{value}' is not a date; write it as YYYY-MM-DD, YYYY-MM or YYYY")
      for value in ("2021-8-13", "2021-13-01", "August", "13 to 15 August 2021", "20210813")),
    ("events", 2, "end_date", "2021–08", "'2021–08' with the foreign sign '–' is not a date; "
                                         "write it as YYYY-MM-DD, YYYY-MM or YYYY"),
    ("events", 2, "aliases", "Alpha;", "the list 'Alpha;' has an empty item; remove the surplus semicolon"),
    ("events", 2, "aliases", "Alpha; Beta", "the list 'Alpha; Beta' has white space round an item; remove it"),
    ("participants", 2, "source_ids", "xinhua-1;xinhua-1", "the list 'xinhua-1;xinhua-1' has an item twice; "
                                                           "remove one"),
    ("participants", 2, "source_ids", "xinhua-1,tass-1", "the list 'xinhua-1,tass-1' is joined by commas; "
                                                         "join the items with semicolons"),
]
KEYS = [
    ("participants", 3, "country", "CHN", "'2021-alpha, CHN' stands in line 2 already; "
                                          "remove one of the two rows, or mend the one that is wrong"),
    ("sources", 3, "source_id", "tass-0", "'tass-0' stands in line 2 already; "
                                          "remove one of the two rows, or mend the one that is wrong"),
    ("claims", 2, "event_id", "2021-alfa", "'2021-alfa' is not in events.csv; did you mean '2021-alpha'?"),
    ("claims", 2, "source_id", "pravda", "'pravda' is not in sources.csv; add it to sources.csv, or mend the name"),
    ("participants", 5, "source_ids", "tass-2;xinhua2", "'xinhua2' is not in sources.csv; did you mean 'xinhua-2'?"),
    ("events", 4, "part_of", "2022-wach", "'2022-wach' is not in events.csv; did you mean '2022-watch'?"),
    ("rulings", 2, "claim_ids", "2021-alpha:tanks:ALL:9", "'2021-alpha:tanks:ALL:9' is not in claims.csv; "
                                                          "did you mean '2021-alpha:tanks:ALL:1'?"),
]
DATES = [
    *((table, 2, column, "2021-02-30", "there is no day 2021-02-30; write a day that the calendar has")
      for table, column in (("events", "end_date"), ("date_claims", "value"), ("sources", "published"),
                            ("published_counts", "published"), ("published_counts", "period_start"),
                            ("published_counts", "period_end"))),
    ("milestones", 2, "date", "2022-09-31", "there is no day 2022-09-31; write a day that the calendar has"),
    ("events", 2, "end_date", "0000", "there is no day 0000; write a day that the calendar has", "'0000' is"),
    ("events", 2, "end_date", "2021-08-08", "it ends on 2021-08-08, before it starts on 2021-08-09; "
                                            "mend one of the two dates"),
    ("published_counts", 2, "period_end", "2020", "it ends on 2020, before it starts on 2021; "
                                                  "mend one of the two dates"),
    ("events", 2, "end_date", "2021-08", "2021-08 is not a date known to the day; "
                                         "write YYYY-MM-DD, or mend date_precision"),
    ("events", 3, "end_date", "2022-05-31", "2022-05-31 is not a date known to the month; "
                                            "write YYYY-MM, or mend date_precision"),
    ("milestones", 2, "date", "2021-09-19", "'2022-09-call' does not begin with the year of 2021-09-19; "
                                            "name it 2021-09-call, or mend date", "milestone_id"),
    ("events", 4, "start_date", "2023-05", "'2022-watch-north' does not begin with the year of 2023-05; "
                                           "name it 2023-watch-north, or mend start_date", "event_id"),
    ("events", 4, "part_of", "2022-watch-north", "an event cannot be a part of itself; "
                                                 "name the larger event, or leave the cell blank"),
    ("events", 3, "part_of", "2022-watch-north", "'2022-watch-north' is itself a part; "
     "name the largest event that is not a part of another", "part_of"),
    ("events", 4, "start_date", "2022-03", "the part starts on 2022-03, more than a month before '2022-watch'; "
                                           "mend the date or part_of"),
    ("events", 4, "start_date", "2022-08", "the part starts on 2022-08, more than a month after the end of "
                                           "'2022-watch'; mend the date or part_of"),
    ("sources", 6, "published", "2021-08", None),
    ("sources", 6, "published", "2021-08-08", "the claim is called reported, but its page of 2021-08-08 is older "
     "than the start on 2021-08-09; set stage to planned; if the force had arrived, add a count_as_reported ruling",
     "claims.csv:2:stage", "claims.csv:4:stage", "date_claims.csv:2:stage"),
    ("sources", 3, "published", "2021-08-14", "the claim is called planned, but its page of 2021-08-14 is younger "
     "than the end on 2021-08-13; set stage to reported, or begin the note with 'planned:' and say who had planned it",
     "claims.csv:3:stage"),
    ("sources", 2, "published", "2022-06", "the claim is called planned, but its page of 2022-06 is younger than the "
     "end on 2022-05; set stage to reported, or begin the note with 'planned:' and say who had planned it",
     "date_claims.csv:3:stage"),
]
