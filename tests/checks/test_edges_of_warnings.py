"""Edges of the warnings: what only just looks like a slip and what only just does not, with line, cell and message."""

from __future__ import annotations

import re

import pytest

from drills import checks
from drills.checks import doubtful_dates, doubtful_events, doubtful_names

FIGURES = "look the figure up in its source and fix it"
LOOK_UP = "look the date up in its source, set covers to phase if it is that of a part"
PAPERS = ("Kommersant", "Lenta", "Nezavisimaya", "Ogonyok")


def doubts(small) -> list[tuple[str, str]]:
    """The printed line of every warning without the row that settles it, and its value."""
    return [(small.printed(warning).partition(", or say why")[0], warning.value)
            for warning in small.meant(checks.examine(small.folder).warnings)]


def said(small) -> list[tuple[str, str]]:
    """The same for a record without an error."""
    assert small.problems() == []
    return doubts(small)


def figures(small, *given: tuple[str, str, str, str]) -> None:
    """Further claims, each of an event, measure, scope and figure; "n+" is open upwards, "-n" open downwards."""
    number: dict[tuple[str, ...], int] = {}
    for event, measure, scope, figure in given:
        number[event, measure, scope] = at = number.get((event, measure, scope), 0) + 1
        low, high, word = {"+": (figure[:-1], "", "at_least"), "-": ("", figure[1:], "up_to")}.get(
            figure.strip("0123456789."), (figure, figure, "exactly"))
        small.add("claims", f"{event}:{measure}:{scope}:{at},{event},{measure},{scope},event,,{low},{high},{word},"
                             f"reported,{PAPERS[at]},media,relayed,tass-3,")


def events(small, *years: int, series: str = "alpha-line", kind: str = "exercise", framework: str = "bilateral",
           place: str = "Mulino", latitude: str = "56.3") -> None:
    """Further events of the two with the ids of their years."""
    for year in years:
        small.add("events", f"{year}-alpha,Alpha {year},,,,{series},wider,{kind},land,held,{framework},,{year}-08,,"
                             f"month,{place},{latitude},42.9,area,")
        small.add("participants", f"{year}-alpha,CHN,participant,false,tass-3,",
            f"{year}-alpha,RUS,participant,true,tass-3,")


# figures of 2021-alpha, then the line of the one that is far, its value, and what it is far from
@pytest.mark.parametrize("given, far", [
    (("3000", "15000"), [(8, "15000", "3000", "low")]), (("3000", "14999"), []),
    (("15000", "15000", "3000"), [(9, "3000", "15000", "low")]), (("15000", "15000", "3001"), []),
    (("1", "1", "0"), [(9, "0", "1", "low")]), (("1", "5"), [(8, "5", "1", "low")]),
    (("-3000", "-15000"), [(8, "15000", "3000", "high")]), (("15000", "3000+"), [(7, "15000", "3000", "low")]),
    (("15000+", "15000", "2000+"), [(9, "2000", "15000", "low")]),
    (("-15000", "15000", "-2000"), [(9, "2000", "15000", "high")]),
])
def test_a_figure_five_times_the_others(small, given, far):
    """Catch a bound that is passed over, and five times that is taken for less."""
    figures(small, *(("2021-alpha", "vehicles", "CHN", figure) for figure in given))
    assert said(small) == [
        (f"claims.csv:{line}:value_{bound}: warning: {figure} is far from {middle}, the middle of what others give as "
         f"vehicles of CHN in '2021-alpha'; {FIGURES}", figure) for line, figure, middle, bound in far]


@pytest.mark.parametrize("given, far", [
    (("0.1", "6"), [(8, "6", "0.1")]), (("1", "1", "0.2"), [(9, "0.2", "1")]), (("1", "1", "0.3"), []),
])
def test_a_duration_five_times_the_others(small, given, far):
    """Catch a figure below one whose multiple is passed over."""
    figures(small, *(("2021-alpha", "duration_hours", "ALL", figure) for figure in given))
    assert said(small) == [
        (f"claims.csv:{line}:value_low: warning: {figure} is far from {middle}, the middle of what others give as "
         f"duration_hours of ALL in '2021-alpha'; {FIGURES}", figure) for line, figure, middle in far]


# years of alpha-line with their figures, then the line of the one that is far and the span of the others
@pytest.mark.parametrize("given, measure, far", [
    ((("2021", "300"), ("2023", "1500")), "vehicles", [(8, "1500", "300 to 300")]),
    ((("2021", "300"), ("2023", "1499")), "vehicles", []),
    ((("2021", "300"), ("2021", "310"), ("2023", "1550")), "vehicles", [(9, "1550", "300 to 310")]),
    ((("2021", "300"), ("2021", "310"), ("2023", "1549")), "vehicles", []),
    ((("2021", "0"), ("2023", "4")), "vehicles", []), ((("2021", "4"), ("2023", "0")), "vehicles", []),
    ((("2021", "0.1"), ("2023", "6")), "duration_hours", [(8, "6", "0.1 to 0.1")]),
    # one other event says nothing of how small they may be, two do
    ((("2021", "1500"), ("2023", "1600"), ("2011", "300")), "vehicles", [(9, "300", "1500 to 1600")]),
    ((("2021", "1500"), ("2023", "1600"), ("2011", "301")), "vehicles", []),
    ((("2021", "1500"), ("2023", "1600"), ("2011", "0")), "vehicles", [(9, "0", "1500 to 1600")]),
    ((("2021", "300"), ("2023", "310"), ("2011", "320")), "vehicles", []),
])
def test_a_figure_five_times_its_series(small, given, measure, far):
    """Catch a figure that stands alone in its event behind one that does not, and a usual one that is called far."""
    if given[-1][0] == "2011":
        events(small, 2011)
    figures(small, *((f"{year}-alpha", measure, "ALL", figure) for year, figure in given))
    assert said(small) == [
        (f"claims.csv:{line}:value_low: warning: {figure} is far from {span}, what other events of 'alpha-line' have "
         f"as {measure} of ALL; {FIGURES}", figure) for line, figure, span in far]


@pytest.mark.parametrize("series, is_far", [("sea-watch", True), ("other", False)])
def test_a_figure_of_no_series(small, series, is_far):
    """Catch events that have nothing in common and are held against each other."""
    small.add("series", "other,Other,,,exercise,false,,Made up for tests,bilateral")
    events(small, 2011, 2012, series=series)
    figures(small, ("2011-alpha", "vehicles", "ALL", "300"), ("2012-alpha", "vehicles", "ALL", "1500"))
    assert said(small) == [("claims.csv:8:value_low: warning: 1500 is far from 300 to 300, what other events of "
                            f"'{series}' have as vehicles of ALL; {FIGURES}", "1500")] * is_far


@pytest.mark.parametrize("total, contingent, most", [
    ("6", "6", ""), ("6", "7", "6"), ("4+", "8", ""), ("4+", "9", "8"), ("-6", "6", ""), ("-6", "-7", "6"),
])
def test_a_contingent_at_the_edge_of_its_total(small, total, contingent, most):
    """Catch a contingent that is the whole, one beside an open total, and a bound that stands in the other column."""
    figures(small, ("2021-alpha", "vehicles", "ALL", total), ("2021-alpha", "vehicles", "CHN", contingent))
    figure, bound = contingent.strip("-"), "high" if contingent.startswith("-") else "low"
    assert said(small) == [
        (f"claims.csv:8:value_{bound}: warning: {figure} vehicles of CHN are more than any total of '2021-alpha', at "
         f"most {most}; {FIGURES}", figure)] * bool(most)


@pytest.mark.parametrize("one, other, apart", [
    ("2021-08-09", "2021-08-09", 0), ("2021-08", "2021-08-05", 0), ("2021", "2021-08", 0), ("2021-08-31", "2021-09", 1),
    ("2021-09", "2021-08-30", 2), ("2020-12-31", "2021", 1), ("2021-08", "2022-08", 335),
])
def test_the_fewest_days_between(one, other, apart):
    """Catch days that can be the same and are called apart, or less than not apart."""
    assert doubtful_dates.days_between(one, other) == doubtful_dates.days_between(other, one) == apart


@pytest.mark.parametrize("day, apart", [("2021-07-30", 0), ("2021-07-29", 11), ("2021-08-19", 0), ("2021-08-20", 11)])
def test_a_date_ten_days_from_the_others(small, day, apart):
    """Catch accounts of one day that differ as accounts do, and one more day that is let pass."""
    small.add("date_claims", f"2021-alpha,start,{day},event,reported,Xinhua,media,tass-3,")
    assert said(small) == [(f"date_claims.csv:6:value: warning: {day} is {apart} days or more from every other start "
                            f"of '2021-alpha'; {LOOK_UP}", day)] * bool(apart)


def test_a_date_behind_one_that_is_wrong(small):
    """Catch a day that is far from all others and is passed over, since a row before it has a fault."""
    small.edit("date_claims", 2, "claimant_kind", "news")
    small.add("date_claims", "2021-alpha,start,2021-07-09,event,reported,TASS,media,tass-3,")
    assert len(small.problems()) == 1
    assert doubts(small) == [("date_claims.csv:6:value: warning: 2021-07-09 is 31 days or more from every other start "
                              f"of '2021-alpha'; {LOOK_UP}", "2021-07-09")]


@pytest.mark.parametrize("column", ["start_date", "end_date", "kind", "place_precision"])
def test_a_date_of_an_event_that_is_wrong(small, column):
    """Catch a day that is held against an event whose row has a fault: its own day may be the near one."""
    small.edit("events", 2, column, "?")
    small.add("date_claims", "2021-alpha,start,2021-07-09,event,reported,TASS,media,tass-3,",
        "2021-alpha,end,2021-09-09,event,reported,TASS,media,tass-3,")
    assert [line.split(": ")[0] for line in small.problems()] == [f"events.csv:2:{column}"]
    assert doubts(small) == []


@pytest.mark.parametrize("day, is_early", [("2021-04-30", False), ("2021-04-29", True)])
def test_a_page_a_year_and_a_day_before(small, day, is_early):
    """Catch a page that is called too old a day too soon or too late: 366 days may lie between."""
    small.edit("sources", 2, "published", day)
    assert said(small) == [(f"sources.csv:2:published: warning: the page of {day} is more than a year older than every "
                            "event that rests on it; look its date up, fix the event", day)] * is_early


@pytest.mark.parametrize("day, is_far", [("2022-07-11", False), ("2022-07-12", True)])
def test_a_page_a_month_from_its_name(small, day, is_far):
    """Catch a page that is called far from the day in its name a day too soon or too late."""
    for table in ("sources", "participants", "claims", "milestones", "outside_lists", "outside_rows"):
        text = small.path(table).read_text(encoding="utf-8")
        small.path(table).write_text(re.sub(r"xinhua-2\b", "xinhua-20220610-watch", text), encoding="utf-8")
    small.edit("sources", 7, "published", day)
    assert said(small) == [(f"sources.csv:7:published: warning: 'xinhua-20220610-watch' names 2022-06-10, its page is "
                            f"of {day}; look the date up in the source", day)] * is_far


@pytest.mark.parametrize("lines, doubtful", [((3,), [3]), ((3, 5), [])])
def test_a_claimant_of_two_sorts_as_often(small, lines, doubtful):
    """Catch a sort that is called the rarer one although it is as frequent, and the usual one that is called rare."""
    for table, line in (("claims", 5), ("claims", 6), ("claims", 3), ("date_claims", 3), ("date_claims", 4),
                        ("date_claims", 5)):
        small.edit(table, line, "claimant", "Vremya" if table == "claims" or line == 5 else "TASS")
    for line in lines:
        small.edit(*(("claims", 3) if line == 3 else ("date_claims", 5)), "claimant_kind", "analyst")
    number = 4 - len(lines)
    assert said(small) == [(f"claims.csv:{line}:claimant_kind: warning: 'Vremya' is analyst here and media in {number} "
                            "other rows; fix the sort or the name", "analyst") for line in doubtful]


def test_a_claimant_of_two_sorts_of_three(small):
    """Catch two rows against one that are not yet called usual."""
    for table, line in (("claims", 3), ("claims", 5), ("date_claims", 5)):
        small.edit(table, line, "claimant", "Vremya")
    small.edit("date_claims", 5, "claimant_kind", "analyst")
    assert said(small) == [("date_claims.csv:5:claimant_kind: warning: 'Vremya' is analyst here and media in 2 other "
                            "rows; fix the sort or the name", "analyst")]


@pytest.mark.parametrize("column, cell", [("country", "Kaz"), ("role", "particpant")])
@pytest.mark.parametrize("framework", ["bilateral", "small_group"])
def test_a_framework_beside_participants_that_are_wrong(small, framework, column, cell):
    """Catch a framework that is held against participants of whom one has a fault."""
    small.edit("events", 3, "framework", framework)
    small.add("participants", "2022-watch,KAZ,participant,false,tass-2,")
    small.edit("participants", 10, column, cell)
    assert [line.split(": ")[0] for line in small.problems()] == [f"participants.csv:10:{column}"]
    assert doubts(small) == []


@pytest.mark.parametrize("latitude, apart", [("62.3", ""), ("62.4", "6"), ("50.3", ""), ("50.2", "6")])
def test_a_place_six_degrees_away(small, latitude, apart):
    """Catch a coordinate that is called far a little too soon or too late."""
    small.edit("events", 5, "framework", "bilateral")
    events(small, 2011, 2012, latitude="56.3")
    events(small, 2013, latitude=latitude)
    assert said(small) == [(f"events.csv:8:latitude: warning: {latitude} is {apart} degrees from where other events "
                            "have 'Mulino'; fix the coordinate or the place", latitude)] * bool(apart)


def test_a_page_of_another_publisher_on_a_site_with_several_names(small):
    """Catch the pages of one site that are told apart by the beginning of its name."""
    for line, host in ((3, "www.tass.example"), (4, "m.tass.example"), (5, "tass.example")):
        small.edit("sources", line, "url", f"https://{host}/{line}")
    small.edit("sources", 4, "publisher", "Xinhua")
    assert said(small) == [("sources.csv:4:publisher: warning: the page is on tass.example, whose 2 other pages are of "
                            "'TASS'; fix publisher or url", "Xinhua")]


def test_a_page_of_another_publisher_beside_an_address_that_is_none(small):
    """Catch a site of which nothing is said because the address before it opens nowhere."""
    small.add("sources", "tass-4,https://tass.example/6,TASS,Latest,false,2023-09,,en,agency,false,false,,,")
    small.add("facts", "2023-alpha,equipment,Tanks,TASS,tass-4")
    small.edit("sources", 6, "url", "https://[news.example/1")
    small.edit("sources", 5, "publisher", "Xinhua")
    assert [line.split(": ")[0] for line in small.problems()] == ["sources.csv:6:url"]
    assert doubts(small) == [("sources.csv:5:publisher: warning: the page is on tass.example, whose 3 other pages are "
                              "of 'TASS'; fix publisher or url", "Xinhua")]


@pytest.mark.parametrize("text, script", [
    ("\u6f14\u4e60 Alpha", "Latin"), ("\u6f14\u4e60 Alph", "Chinese"), ("2021", ""),
    ("\u6f14\u4e60\u306e Alpha", "Japanese"),
    ("\u0410\u043b\u044c\u0444\u0430 Alph", "Cyrillic"),
])
def test_the_script_of_most_letters(text, script):
    """Catch a Chinese letter that counts for more than two, and figures that are called letters."""
    assert doubtful_events.script_of(text) == script


@pytest.mark.parametrize("language, is_odd", [("uz", False), ("sr", False), ("kk", True), ("bg", True), ("fr", False)])
def test_a_title_in_latin_letters(small, language, is_odd):
    """Catch a language that is written in two scripts and is refused in one of them."""
    small.edit("sources", 3, "language", language)
    assert said(small) == [
        (f"sources.csv:3:language: warning: the title is in Latin letters, the language of the page is '{language}'; "
         "fix language, set title_is_description if the title is not its own", language)] * is_odd


@pytest.mark.parametrize("series, named", [("alpha-line-north", ""), ("alpha-line", "alpha-line-north")])
def test_an_id_that_names_the_longer_of_two_series(small, series, named):
    """Catch an event that is said to be of the series whose name begins that of its own."""
    small.add("series", "alpha-line-north,Alpha line north,,,exercise,false,,Made up for tests,bilateral")
    small.add("events", f"2020-alpha-line-north,North 2020,,,,{series},wider,exercise,land,held,bilateral,,2020,,year,"
                         ",,,unknown,")
    small.add("participants", "2020-alpha-line-north,CHN,participant,false,tass-3,",
        "2020-alpha-line-north,RUS,participant,false,tass-3,")
    assert said(small) == [
        (f"events.csv:6:series: warning: '2020-alpha-line-north' names the series '{named}', its series is '{series}'; "
         "fix one of the two", series)] * bool(named)


# how many events of the series are usual and how many are odd; gathered ones need one companion, others two
@pytest.mark.parametrize("is_gathered, usual, odd, is_doubtful", [
    ("false", 3, 1, True), ("false", 2, 1, False), ("false", 3, 2, True), ("false", 3, 3, False),
    ("true", 3, 1, True), ("true", 2, 1, False), ("true", 3, 2, False),
])
@pytest.mark.parametrize("column, word", [("kind", "command_post"), ("framework", "china_led")])
def test_how_many_of_a_series_are_usual(small, column, word, is_gathered, usual, odd, is_doubtful):
    """Catch a series of which too few events, or too many, decide what is usual."""
    small.edit("series", 2, "is_gathered", is_gathered)
    small.edit("events", 5, "framework", "bilateral")
    events(small, *range(2009, 2007 + usual))
    events(small, *range(2015, 2015 + odd), **{column: word})
    first = 4 + usual
    assert said(small) == [
        (f"events.csv:{line}:{column}: warning: '{year}-alpha' has the {column} {word}, events of 'alpha-line' are "
         f"{'exercise' if column == 'kind' else 'bilateral'}; fix {column} or series", word)
        for year, line in zip(range(2015, 2015 + odd), range(first, first + odd), strict=True)] * is_doubtful


@pytest.mark.parametrize("name, other", [("Xinhau", "Xinhua"), ("Taass", ""), ("Xinhua 1", ""), ("Xinhua 2", "")])
def test_a_claimant_of_six_letters(small, name, other):
    """Catch a name that is too short to be called a slip, and one of six letters that is not."""
    small.edit("date_claims", 5, "claimant", name)
    assert said(small) == [(f"date_claims.csv:5:claimant: warning: '{name}' looks like '{other}' typed wrong; fix the "
                            "name", name)] * bool(other)


@pytest.mark.parametrize("near", [
    {"Global Times": "Global Tines", "Global times": "Global Times", "Global Tines": "Global Times"},
    {"Global Tides": "Global Times", "Global Times": "Global Tides", "Global Tines": "Global Tides"},
])
def test_names_near_several_others(near):
    """Catch a name with two near ones of which one is forgotten: the first by the alphabet is given."""
    assert doubtful_names.near_names(near) == near


@pytest.mark.parametrize("one, other", [("Division 12", "Division 13"), ("Division 1", "Division 12"),
                                        ("Division 12", "Division 2"), ("Division", "Division 1"),
                                        ("1 Division", "Division")])
def test_names_that_differ_in_a_number(one, other):
    """Catch two numbered units or editions that are taken for one typed wrong."""
    assert doubtful_names.near_names([one, other]) == {}


@pytest.mark.parametrize("word, usual, number, is_slip", [
    ("Mulnio", "Mulino", 3, True), ("Mulnio", "Mulino", 2, False), ("Mulina", "Mulino", 3, False),
    ("Steppes", "Steppe", 3, False), ("Steppe", "Steppes", 3, False), ("Steepe", "Steppe", 3, True),
    ("Mulimo", "Mulino", 3, True), ("Nulino", "Mulino", 3, True),
])
def test_a_word_of_a_place_near_a_usual_one(small, word, usual, number, is_slip):
    """Catch a word that is usual too soon or too late, and another ending that is called a slip."""
    small.edit("events", 5, "framework", "bilateral")
    small.edit("events", 5, "place", word)
    events(small, *range(2009, 2009 + number), place=usual)
    assert said(small) == [
        (f"events.csv:5:place: warning: '{word.casefold()}' looks like '{usual.casefold()}' typed wrong; fix the word",
         word)] * is_slip


@pytest.mark.parametrize("name, other, cell", [
    ('The "Globel" Times', 'The "Global" Times', '"The ""Globel"" Times"'), ("Globel, Times", "Global, Times",
                                                                            '"Globel, Times"'),
    ("XinhuaX Portal", "Xinhua Portal", "XinhuaX Portal"),
])
def test_a_row_that_settles_a_name_with_quotes(small, name, other, cell):
    """Catch a row that no table can hold as it is written, or one with quotes that it does not need."""
    for line in (2, 3, 4):
        small.edit("claims", line, "claimant", other)
    small.edit("claims", 5, "claimant", name)
    (line,) = small.warnings()
    begun = line.partition("that begins ")[2]
    assert begun == f"claims,*,claimant,claimant_near_another,{cell}"
    small.add("settled", f"{begun},Two papers")
    assert small.warnings() == small.problems() == []
