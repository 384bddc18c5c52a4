"""Warnings: a cell that looks like a slip, the line that the check prints, and the row that settles it."""

from __future__ import annotations

import re

import pytest

from drills import checks
from drills.__main__ import main
from drills.checks import doubtful_names, doubts
from drills.record import nearness, tables

FIGURES = "look the figure up in its source and fix it"
PAPERS = ("Kommersant", "Lenta", "Nezavisimaya", "Ogonyok")
CLAIM = "2021-alpha:{0},2021-alpha,{1},event,,{2},{2},exactly,reported,{3},media,relayed,xinhua-1,\n"


def claims(small, measure: str, scope: str, *figures: int, start: int = 1) -> None:
    """Further plain figures of one measure and scope for 2021-alpha, each of a claimant of its own."""
    small.add("claims", *(CLAIM.format(f"{measure}:{scope}:{number}", f"{measure},{scope}", figure, paper)
                           for number, (figure, paper) in enumerate(zip(figures, PAPERS, strict=False), start)))


def said(small) -> list[str]:
    """The warnings without the part that says how to settle them; the record has no error."""
    assert small.problems() == []
    return [line.partition(", or say why")[0] for line in small.warnings()]


def test_a_sound_record_has_no_warning(small):
    """Catch a rule that finds fault with everything."""
    assert small.warnings() == []


def test_a_zero_too_many(small):
    """Catch 32,000 for 3,200 beside others of the event."""
    claims(small, "troops", "CHN", 3200, 32000, 3000)
    assert said(small) == ["claims.csv:8:value_low: warning: 32000 is far from 3100, the middle of what others give as "
                           f"troops of CHN in '2021-alpha'; {FIGURES}"]


def test_a_zero_lost(small):
    """Catch 320 for 3,200 beside others of the event; the others are not called far from it."""
    claims(small, "troops", "CHN", 3200, 320, 3000)
    assert said(small) == ["claims.csv:8:value_low: warning: 320 is far from 3100, the middle of what others give as "
                           f"troops of CHN in '2021-alpha'; {FIGURES}"]


def test_a_figure_alone_in_its_event(small):
    """Catch a figure far from the whole series where the event has no other."""
    claims(small, "vehicles", "ALL", 300)
    small.add("claims", "2023-alpha:vehicles:ALL:1,2023-alpha,vehicles,ALL,event,,1600,1600,exactly,reported,TASS,"
                         "media,relayed,tass-3,")
    assert said(small) == ["claims.csv:8:value_low: warning: 1600 is far from 300 to 300, what other events of "
                           f"'alpha-line' have as vehicles of ALL; {FIGURES}"]


@pytest.mark.parametrize("figures", [(3200, 3600, 3000), (3200, 15000), (0, 0, 4), (4, 0, 0)])
def test_figures_that_differ_as_figures_do(small, figures):
    """Catch a warning of what is no slip."""
    claims(small, "troops", "CHN", *figures)
    assert said(small) == []


@pytest.mark.parametrize("action, scope", [("exclude", ""), ("rescope", "ALL")])
def test_what_a_ruling_has_judged(small, action, scope):
    """Catch a warning of a figure that is taken out of the estimate, or of the contingents, already."""
    claims(small, "troops", "CHN", 3200, 32000, 3000)
    small.add("rulings", f"2021-alpha-{action}-2,2021-alpha,{action},2021-alpha:troops:CHN:2,{scope},Not of China,"
                          "value_low=32000,xinhua-1")
    assert said(small) == []


def test_a_contingent_above_every_total(small):
    """Catch a contingent larger than its exercise, but not beside a total that is open and more than half of it."""
    claims(small, "vehicles", "ALL", 6)
    claims(small, "vehicles", "CHN", 9)
    assert said(small) == ["claims.csv:8:value_low: warning: 9 vehicles of CHN are more than any total of "
                           f"'2021-alpha', at most 6; {FIGURES}"]
    small.edit("claims", 7, "qualifier", "at_least")
    small.edit("claims", 7, "value_high", "")
    assert said(small) == []


def test_a_date_far_from_all_others(small):
    """Catch September for August."""
    small.add("date_claims", "2021-alpha,start,2021-07-09,event,reported,TASS,media,tass-3,",
        "2021-alpha,start,2021-08-01,event,reported,Xinhua,media,tass-3,",
        "2021-alpha,start,2021-07,phase,reported,TASS,media,tass-3,")
    assert said(small) == ["date_claims.csv:6:value: warning: 2021-07-09 is 23 days or more from every other start of "
                           "'2021-alpha'; look the date up in its source, set covers to phase if it is that of a part"]


def test_a_date_that_the_event_has(small):
    """Catch a warning of the one date on which the record has decided."""
    small.add("date_claims", "2021-alpha,start,2021-07-09,event,reported,TASS,media,tass-3,")
    assert said(small) == ["date_claims.csv:6:value: warning: 2021-07-09 is 31 days or more from every other start of "
                           "'2021-alpha'; look the date up in its source, set covers to phase if it is that of a part"]


def test_a_page_long_before_its_events(small):
    """Catch a year of a page mistyped by one or two."""
    small.edit("sources", 2, "published", "2020-04-30")
    assert said(small) == ["sources.csv:2:published: warning: the page of 2020-04-30 is more than a year older than "
                           "every event that rests on it; look its date up, fix the event"]


@pytest.mark.slow
@pytest.mark.parametrize("day, number", [("2022-08-12", 1), ("2022-07", 0), ("2022-06-11", 0)])
def test_a_page_unlike_its_name(small, day, number):
    """Catch a month mistyped in the date of a page whose source is named by its day."""
    for table in ("participants", "claims", "outside_lists", "outside_rows", "milestones"):
        text = re.sub(r"xinhua-2\b", "xinhua-20220610-watch", small.path(table).read_text(encoding="utf-8"))
        small.path(table).write_text(text, encoding="utf-8")
    small.edit("sources", 7, "source_id", "xinhua-20220610-watch")
    small.edit("sources", 7, "published", day)
    assert said(small) == ["sources.csv:7:published: warning: 'xinhua-20220610-watch' names 2022-06-10, its page is of "
                           f"{day}; look the date up in the source"] * number


def test_a_status_that_reports_contradict(small):
    """Catch a planned event with reports, and a held one of which all is a plan."""
    small.edit("events", 2, "status", "planned")
    small.edit("events", 2, "tier", "wider")
    small.add("events", "2024-alpha,Alpha 2024,,,,alpha-line,wider,exercise,land,held,bilateral,,2022-08,,month,"
                         "Mulino,56.3,42.9,area,".replace("2024", "2022"))
    small.add("participants", "2022-alpha,CHN,participant,false,tass-1,", "2022-alpha,RUS,participant,true,tass-1,")
    small.add("date_claims", "2022-alpha,start,2022-08,event,planned,TASS,media,tass-1,")
    assert said(small) == [
        "events.csv:2:status: warning: '2021-alpha' is planned, but figures or dates of it are called reported; "
        "set status to held, or their stage to planned",
        "events.csv:6:status: warning: '2022-alpha' is held, but every figure and date of it is a plan; "
        "set status to planned, add what was reported"]


def further_events(small) -> None:
    """Three more events of alpha-line, so that it is seen what is usual in the series."""
    small.edit("events", 5, "framework", "bilateral")
    for year in (2011, 2012, 2013):
        small.add("events", f"{year}-alpha,Alpha {year},,,,alpha-line,wider,exercise,land,held,bilateral,,{year}-08,,"
                             "month,Mulino,56.3,42.9,area,")
        small.add("participants", f"{year}-alpha,CHN,participant,false,tass-3,",
            f"{year}-alpha,RUS,participant,true,tass-3,")


@pytest.mark.parametrize("column, value, usual", [
    ("kind", "patrol", "exercise"), ("framework", "china_led", "bilateral"),
])
def test_an_event_unlike_its_series(small, column, value, usual):
    """Catch a kind or framework that no other event of the series has."""
    further_events(small)
    small.edit("events", 6, column, value)
    assert said(small) == [f"events.csv:6:{column}: warning: '2011-alpha' has the {column} {value}, events of "
                           f"'alpha-line' are {usual}; fix {column} or series"]


def test_an_id_that_names_another_series(small):
    """Catch an event put into the wrong series."""
    small.add("events", "2020-sea-watch,Sea watch 2020,,,,alpha-line,wider,exercise,naval,held,bilateral,,2020,,year,"
                         ",,,unknown,")
    small.add("participants", "2020-sea-watch,CHN,participant,false,tass-3,",
        "2020-sea-watch,RUS,participant,false,tass-3,")
    assert said(small) == ["events.csv:6:series: warning: '2020-sea-watch' names the series 'sea-watch', its series is "
                           "'alpha-line'; fix one of the two"]


@pytest.mark.slow
def test_a_framework_that_participants_contradict(small):
    """Catch a bilateral exercise of three, and a small group of two."""
    small.add("participants", "2021-alpha,KAZ,participant,false,tass-1,", "2021-alpha,MNG,participant,false,tass-1,")
    small.edit("events", 3, "framework", "small_group")
    assert said(small) == [
        "events.csv:2:framework: warning: '2021-alpha' is bilateral, but KAZ and MNG took part; fix framework, or the "
        "roles in participants.csv",
        "events.csv:3:framework: warning: '2022-watch' is of a small group, but nobody beside Russia and China took "
        "part; fix framework, add the participants"]


@pytest.mark.parametrize("measure, column, value", [("ships", "domain", "land"), ("contests", "kind", "exercise")])
def test_a_measure_that_the_event_cannot_have(small, measure, column, value):
    """Catch ships in an exercise on land."""
    claims(small, measure, "ALL", 3)
    assert said(small) == [f"claims.csv:7:measure: warning: a figure of {measure} stands for '2021-alpha', whose "
                           f"{column} is {value}; fix the measure, or the {column} of the event"]


def test_a_page_of_another_publisher_than_its_site(small):
    """Catch a page of one agency under the name of the other."""
    small.edit("sources", 5, "publisher", "Xinhua")
    assert said(small) == ["sources.csv:5:publisher: warning: the page is on tass.example, whose 2 other pages are of "
                           "'TASS'; fix publisher or url"]


@pytest.mark.parametrize("table, column, value, message", [
    ("sources", "title", "Учения", "language: warning: the title is in Cyrillic letters, the language of the page is "
     "'en'; fix language, set title_is_description if the title is not its own"),
    ("sources", "language", "zh", "language: warning: the title is in Latin letters, the language of the page is 'zh'; "
     "fix language, set title_is_description if the title is not its own"),
    ("events", "name_ru", "Alpha", "name_ru: warning: 'Alpha' is in Latin letters; write the name in Cyrillic letters"),
    ("events", "name_zh", "演习の", "name_zh: warning: '演习の' is in Japanese letters; "
     "write the name in Chinese letters"),
    ("events", "name_ru", "Été", "name_ru: warning: 'Été' is in Latin letters; write the name in Cyrillic letters"),
    ("series", "name", "Альфа", "name: warning: 'Альфа' is in Cyrillic letters; write the name in Latin letters"),
])
def test_letters_of_another_language(small, table, column, value, message):
    """Catch a name in the column of another language."""
    line = 3 if table == "sources" else 2
    small.edit(table, line, column, value)
    assert said(small) == [f"{table}.csv:{line}:{message}"]


@pytest.mark.parametrize("name", ["2021", "Ålesund", "Ö 2021"])
def test_letters_that_fit(small, name):
    """Catch a number that is called Chinese, and letters with marks that are called no letters of the West."""
    small.edit("events", 2, "name", name)
    assert said(small) == []


def test_a_claimant_of_two_sorts(small):
    """Catch an agency that is a ministry in one row."""
    small.edit("date_claims", 4, "claimant_kind", "official_ru")
    assert said(small) == ["date_claims.csv:4:claimant_kind: warning: 'TASS' is official_ru here and media in 5 other "
                           "rows; fix the sort or the name"]


@pytest.mark.parametrize("kind, basis, is_doubtful", [
    ("official_ru", "relayed", True), ("official_cn", "relayed", True), ("official_cn", "official", False),
    ("official_other", "official", False), ("official_other", "relayed", False), ("media", "official", True),
])
def test_the_basis_of_each_kind_of_claimant(small, kind, basis, is_doubtful):
    """Catch a ministry of one of the two that is passed over, and a third state that speaks for itself and is not."""
    small.edit("claims", 4, "claimant_kind", kind)
    small.edit("claims", 4, "basis", basis)
    assert [line for line in said(small) if ":basis:" in line] == [
        f"claims.csv:4:basis: warning: the basis is {basis}, the claimant is {kind}; fix basis or claimant_kind"
    ] * is_doubtful


def test_a_basis_that_the_claimant_contradicts(small):
    """Catch a newspaper that speaks for a state."""
    small.edit("claims", 4, "basis", "official")
    assert said(small) == ["claims.csv:4:basis: warning: the basis is official, the claimant is media; "
                           "fix basis or claimant_kind"]


def test_one_place_at_two_ends_of_the_earth(small):
    """Catch a digit of a coordinate mistyped within the same country."""
    further_events(small)
    small.edit("events", 7, "longitude", "82.9")
    assert said(small) == ["events.csv:7:longitude: warning: 82.9 is 40 degrees from where other events have 'Mulino'; "
                           "fix the coordinate or the place"]


@pytest.mark.parametrize("name, other", [("Xinhau News", "Xinhua News"), ("Chinese  MND", "Chinese MND"),
                                         ("Global Tímes", "Global Times")])
def test_a_claimant_typed_wrong(small, name, other):
    """Catch one claimant under two names."""
    small.edit("claims", 2, "claimant", other)
    small.edit("claims", 4, "claimant", other)
    small.edit("date_claims", 2, "claimant", name)
    assert said(small) == [f"date_claims.csv:2:claimant: warning: '{name}' looks like '{other}' typed wrong; "
                           "fix the name"]


@pytest.mark.parametrize("name", ["Global Times 2", "Lenta", "Global Tiger"])
def test_another_claimant(small, name):
    """Catch two claimants that are taken for one: another number, a short name, more than one slip."""
    small.edit("claims", 2, "claimant", "Global Times")
    small.edit("claims", 3, "claimant", name)
    small.edit("claims", 4, "claimant", "Lenka")
    assert said(small) == []


def test_a_publisher_typed_wrong(small):
    """Catch one publisher under two names with a house each."""
    small.add("publishers", "News Protal,News Protal,agency,,")
    small.edit("sources", 2, "publisher", "News Protal")
    assert said(small) == ["publishers.csv:5:publisher: warning: 'News Protal' looks like 'News Portal' typed wrong; "
                           "fix the name"]
    small.edit("publishers", 5, "house", "News Portal")
    assert said(small) == []


def test_a_place_typed_wrong(small):
    """Catch a word of a place one slip from how three other events have it."""
    further_events(small)
    for line in (5, 6, 8):
        small.edit("events", line, "place", "Qingtongxia range")
    small.edit("events", 7, "place", "Qingtonxgia")
    assert said(small) == ["events.csv:7:place: warning: 'qingtonxgia' looks like 'qingtongxia' typed wrong; "
                           "fix the word"]


@pytest.mark.parametrize("one, other, is_slip", [
    ("xinhua", "xinhau", True), ("xinhua", "xinua", True), ("xinhua", "xinhuaa", True), ("xinhua", "xinhoa", True),
    ("xinhua", "xinhua", False), ("xinhua", "xnihau", False), ("abab", "baab", True), ("abba", "baab", False),
])
def test_what_one_slip_is(one, other, is_slip):
    """Catch a slip that is overlooked, and two that count as one; found in a list as well as side by side."""
    assert nearness.is_one_slip(one, other) is is_slip
    assert bool(list(doubtful_names.one_slip_apart([one, other]))) is is_slip


def test_a_settled_warning(small):
    """Catch a warning that comes back although somebody looked into it, and a row left over when it is gone."""
    claims(small, "vehicles", "ALL", 6)
    claims(small, "vehicles", "CHN", 9)
    (line,) = small.warnings()
    begun = line.partition("begins ")[2]
    assert begun == "claims,2021-alpha:vehicles:CHN:1,value_low,contingent_above_totals,9"
    small.add("settled", f"{begun},The total leaves the hosts out")
    assert small.warnings() == small.problems() == []
    small.edit("claims", 8, "value_low", "8")
    small.edit("claims", 8, "value_high", "8")
    assert [line.split(": ")[0] for line in small.warnings()] == ["claims.csv:8:value_low"]
    assert small.problems() == ["settled.csv:2:warning: there is no such warning any more: contingent_above_totals of "
                                "value_low '9' in claims.csv, 2021-alpha:vehicles:CHN:1; delete the row, or fix it"]


def test_a_settled_name_is_settled_everywhere(small):
    """Catch a name that has to be settled for each row; a row or cell with a comma stands in quotes."""
    for line, name in ((2, "The Global, Times"), (3, "The Global, Tines"), (4, "The Global, Times")):
        small.edit("claims", line, "claimant", name)
    (line,) = small.warnings()
    begun = line.partition("begins ")[2]
    assert begun == 'claims,*,claimant,claimant_near_another,"The Global, Tines"'
    small.add("settled", f"{begun},Two papers")
    assert small.warnings() == small.problems() == []
    small.edit("claims", 5, "claimant", "The Global, Tines")
    assert small.warnings() == small.problems() == []


def test_nothing_is_stale_while_something_is_wrong(small):
    """Catch a settled row that is called stale because the row that it answers is left out for another slip."""
    claims(small, "vehicles", "ALL", 6)
    claims(small, "vehicles", "CHN", 9)
    small.add("settled", "claims,2021-alpha:vehicles:CHN:1,value_low,contingent_above_totals,9,Why")
    small.edit("claims", 8, "stage", "told")
    assert [line.split(": ")[0] for line in small.problems()] == ["claims.csv:8:stage"]




@pytest.mark.parametrize("spoil", [
    lambda text: text.replace(",", ";"), lambda text: re.sub(",", ',"', text.rstrip("\n"), count=30),
    lambda text: text.rstrip("\n") + ",more\n"], ids=["semicolons", "an open quote", "a cell too many"])
@pytest.mark.parametrize("table", ["events", "claims", "settled"])
def test_no_warning_rests_on_a_table_that_was_not_read_whole(small, table, spoil):
    """Catch a usual name that looks rare, a day that stands alone, a plan without its report and a warning without its
    answer, since the rows that would show it could not be read."""
    for name, line, claimant in (("claims", 2, "US Navy"), ("claims", 5, "US Navy"), ("facts", 2, "US Navy"),
                                 ("date_claims", 4, "RusNavy"), ("date_claims", 5, "RusNavy")):
        small.edit(name, line, "claimant", claimant)
    small.edit("events", 2, "end_date", "2021-08-23")
    small.add("date_claims", "2021-alpha,end,2021-09-02,event,reported,TASS,media,tass-3,")
    small.add("settled", "date_claims,*,claimant,claimant_near_another,RusNavy,It is another navy")
    assert small.warnings() == []
    path = small.path(table)
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert small.problems() and small.warnings() == []


def test_no_day_is_alone_for_a_fault_of_another_cell(small):
    """Catch a day of which all other evidence stands in rows that have a fault elsewhere."""
    small.edit("events", 2, "end_date", "2021-08-23")
    small.add("date_claims", "2021-alpha,end,2021-09-02,event,reported,TASS,media,tass-3,")
    small.edit("events", 2, "kind", "excercise")
    assert small.problems() and small.warnings() == []


def test_every_warning_is_described():
    """Catch a rule without its line in datapackage.json, and a line whose rule is gone."""
    assert doubts.known(tables.read_package()) == doubts.RULES.keys()


@pytest.mark.slow
def test_the_command_with_warnings(small, capsys):
    """Catch a warning that stops a record, one that is hidden, and --strict that lets it pass."""
    small.tidy()
    words = ["check", "--data", str(small.folder)]
    assert main([*words, "--strict"]) == 0
    small.edit("claims", 4, "basis", "official")
    capsys.readouterr()
    assert main(words) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[0].startswith(f"{small.folder}/claims.csv:4:basis: warning: ")
    assert printed.out.splitlines()[1].startswith("4 events") and printed.err == "1 warning found\n"
    assert main([*words, "--strict"]) == 1
    small.edit("claims", 5, "value_low", "500")
    assert main(words) == 1
    assert capsys.readouterr().err.endswith("1 problem and 1 warning found\n")


@pytest.mark.slow
def test_the_live_record_is_settled():
    """Catch an edit of the record that leaves a warning open."""
    assert [str(problem) for problem in checks.examine().warnings] == []
