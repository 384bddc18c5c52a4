"""Edges of rules that other tests ask in their middle: a broken row of the small record, its line and its cell."""

from __future__ import annotations

import pytest

ALONE = "2021-alpha-{0},2021-alpha,accept_single_source,,,No other page,publishers=1,xinhua-1\n"
HOST = "'{0}' is no host that other readers reach; write the address of the public page"
SEARCHED = ("nothing was found, but '2021-alpha' of the series began in the period; write found, or name in waters "
            "what was looked for")
SCRIPT = "of another script; write all letters of a word in one script"

# table, line, cells, then the line of the check and the value that it means
EDITED = [
    ("sources", 4, {"url": "https://HTTPS://tass.example/5"},
     "sources.csv:4:url: 'https://HTTPS://tass.example/5' begins twice; delete the first scheme",
     "https://HTTPS://tass.example/5"),
    ("sources", 4, {"url": "https://www.google.com./url?q=x"},
     "sources.csv:4:url: www.google.com only passes on to another page; write the address of that page",
     "https://www.google.com./url?q=x"),
    *(("sources", 4, {"url": f"https://{host}/5"}, f"sources.csv:4:url: {HOST.format(host)}", f"https://{host}/5")
      for host in ("news.localhost", "db.internal", "NEWS.LOCAL")),
    ("sources", 7, {"note": "Relays News Portal and TASS"},
     "sources.csv:7:relays: the note says that the page passes on News Portal and TASS, relays is blank; write "
     "News Portal;TASS in relays, or fix the note", ""),
    ("published_counts", 2, {"period_start": "2021-07", "period_end": "2021-08-08"},
     "published_counts.csv:2:period_end: the count ends on 2021-08-08, before the first event of the record "
     "(2021-08-09); fix the date, or leave the count out", "2021-08-08"),
    # the first day and the last day of the period are of it
    *(("searches", 2, {"period_start": start, "period_end": end}, f"searches.csv:2:result: {SEARCHED}", "nothing_found")
      for start, end in (("2021-08-09", "2022-01-31"), ("2021-01", "2021-08-09"))),
    ("nearest_rules", 2, {"kinds": "competition;command_post"},
     "nearest_rules.csv:2:kinds: no event of its time is of these kinds; fix a list, or set is_comparable to false and "
     "say why", "competition;command_post"),
    # the odd letters are those of the script with fewer of them, and not the Latin ones if there are as many
    ("events", 2, {"place": "Za\u043f\u0430"},
     f"events.csv:2:place: 'Za\u043f\u0430' has U+043F CYRILLIC SMALL LETTER PE in the word 'Za\u043f\u0430' {SCRIPT}",
     "Za\u043f\u0430"),
    ("events", 2, {"place": "Z\u043f\u0430"},
     f"events.csv:2:place: 'Z\u043f\u0430' has U+005A LATIN CAPITAL LETTER Z in the word 'Z\u043f\u0430' {SCRIPT}",
     "Z\u043f\u0430"),
]
# table, rows that are added, and the same
ADDED = [
    ("claims", "2022-watch:ships:RUS:2,2022-watch,ships,RUS,event,,,4,up_to,reported,TASS,media,relayed,xinhua-2,\n",
     "claims.csv:7:claim_id: '2022-watch:ships:RUS:2' says what '2022-watch:ships:RUS:1' in line 6 says, from the same "
     "page; remove one of the two", "2022-watch:ships:RUS:2"),
    ("publishers", "not stated,not stated,agency,,\n",
     "publishers.csv:5:publisher: 'not stated' is no publisher; delete the row", "not stated"),
    ("rulings", ALONE.format("one") + ALONE.format("two"),
     "rulings.csv:5:event_id: '2021-alpha' has a ruling already in line 4: accept_single_source and "
     "accept_single_source do not go together; withdraw one of the two", "2021-alpha"),
]


@pytest.mark.parametrize("table, line, cells, said, value", EDITED)
def test_a_broken_row(small, table, line, cells, said, value):
    """Catch a rule that stops before its edge, or that means another cell than it names."""
    for column, cell in cells.items():
        small.edit(table, line, column, cell)
    assert [(small.printed(problem), problem.value) for problem in small.found()] == [(said, value)]


@pytest.mark.parametrize("table, rows, said, value", ADDED)
def test_a_row_too_many(small, table, rows, said, value):
    """Catch a second row that says what another one says, blank cells and all."""
    with small.path(table).open("a", encoding="utf-8") as file:
        file.write(rows)
    # that nobody else says so either is another rule's business
    assert [(small.printed(problem), problem.value) for problem in small.found() if problem.column != "expect"] == [
        (said, value)]


@pytest.mark.parametrize("table, line, cells", [
    ("published_counts", 2, {"period_start": "2021-08", "period_end": "2021-08-09"}),
    ("sources", 4, {"url": "https://tass.example/1?print="}),
])
def test_a_row_that_only_just_holds(small, table, line, cells):
    """Catch a rule that goes beyond its edge: a count that ends with the first event, an address that ends in "="."""
    small.edit("sources", 5, "url", "")
    for column, cell in cells.items():
        small.edit(table, line, column, cell)
    assert small.problems() == []
