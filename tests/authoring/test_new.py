"""New sources, events and figures: what is derived, where rows are written, and what is refused."""

from __future__ import annotations

import csv
from types import SimpleNamespace

import pytest

from drills import checks
from drills.__main__ import main
from drills.authoring import new_claim, new_event, new_source
from drills.authoring.book import Book
from drills.authoring.new import new

SOURCE = ("--url", "https://tass.example/2023/08/06/end", "--title", "Alpha ends at Mulino")
CLAIM = ("--event-id", "2021-alpha", "--source-id", "xinhua-1", "--measure", "troops", "--scope", "CHN")
EVENT = ("--series", "sea-watch", "--name", "Sea watch South 2022", "--hosts", "CHN", "--place", "Yellow Sea", "--says",
         "tass-2=2022-05-20/2022-05-24;xinhua-2=2022-05-20")


def rows(small, table: str) -> list[dict[str, str]]:
    with small.path(table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def tidy(small):
    """The small record in its form."""
    small.tidy()
    return small


def run(small, kind: str, *words: str) -> int:
    return main(["new", kind, *words, "--data", str(small.folder)])


def test_a_page_of_a_known_site_needs_address_and_title(tidy, capsys):
    """Catch a publisher, a day, a language or an id that has to be typed although the record knows it."""
    assert run(tidy, "source", *SOURCE) == 0
    assert rows(tidy, "sources")[3] == {
        "source_id": "tass-20230806-alpha-ends-mulino", "url": SOURCE[1], "publisher": "TASS", "title": SOURCE[3],
        "title_is_description": "false", "published": "2023-08-06", "why_undated": "", "language": "en",
        "source_type": "agency", "is_copy": "false", "is_mirror": "false", "original_publisher": "", "relays": "",
        "note": ""}
    assert "nothing rests on tass-20230806-alpha-ends-mulino yet" in capsys.readouterr().out


@pytest.mark.slow
def test_a_new_publisher_is_written_with_its_page(tidy):
    """Catch a page whose publisher has no house, or a house whose kind and country are asked again."""
    assert run(tidy, "source", "--url", "https://portal.ru/1", "--publisher", "Portal", "--title", "Альфа",
               "--published", "2023-08-06", "--source-type", "newspaper", "--subject", "alpha") == 0
    assert rows(tidy, "publishers")[1] == {"publisher": "Portal", "house": "Portal", "kind": "newspaper",
                                           "country": "RUS", "note": ""}
    assert rows(tidy, "sources")[0]["source_id"] == "portal-20230806-alpha"
    assert rows(tidy, "sources")[0]["language"] == "ru"
    assert run(tidy, "source", "--url", "https://xinhua.example/9", "--publisher", "Xinhua Daily", "--house", "Xinhua",
               "--title", "Alpha", "--published", "2023-08-07", "--source-type", "agency") == 0
    assert rows(tidy, "publishers")[-1] == {"publisher": "Xinhua Daily", "house": "Xinhua", "kind": "agency",
                                            "country": "CHN", "note": ""}


@pytest.mark.parametrize("text, low, high, qualifier", [
    ("3,200", "3200", "3200", "exactly"), ("about 3200", "3200", "3200", "about"), ("nearly 40", "40", "40", "nearly"),
    ("more than 10,000", "10000", "", "more_than"), ("at least 5", "5", "", "at_least"), ("50+", "50", "", "at_least"),
    ("up to 3 000", "", "3000", "up_to"), ("3,000 to 3,600", "3000", "3600", "between"), ("4–6", "4", "6", "between"),
    ("2.5", "2.5", "2.5", "exactly"), ("≥ 7", "7", "", "at_least")])
def test_a_figure_in_words_becomes_bounds(text, low, high, qualifier):
    """Catch "more than 10,000" that becomes 10,000."""
    assert new_claim.figure(text) == {"value_low": low, "value_high": high, "qualifier": qualifier}


@pytest.mark.slow
def test_a_figure_takes_speaker_stage_and_number_from_the_record(tidy):
    """Catch a speaker, a basis, a stage or a number that the record could have given."""
    assert run(tidy, "claim", *CLAIM, "--figure", "about 3,200") == 0
    assert rows(tidy, "claims")[2] == {
        "claim_id": "2021-alpha:troops:CHN:1", "event_id": "2021-alpha", "measure": "troops", "scope": "CHN",
        "covers": "event", "counts": "", "value_low": "3200", "value_high": "3200", "qualifier": "about",
        "stage": "reported", "claimant": "Xinhua", "claimant_kind": "media", "basis": "relayed",
        "source_id": "xinhua-1", "note": ""}
    assert run(tidy, "claim", *CLAIM[:2], "--source-id", "tass-1", *CLAIM[4:], "--figure", "3000 to 3500") == 0
    assert (rows(tidy, "claims")[3]["claim_id"], rows(tidy, "claims")[3]["stage"]) == ("2021-alpha:troops:CHN:2",
                                                                                        "planned")
    assert checks.check(tidy.folder) == []


def test_a_number_once_used_is_never_given_again(tidy):
    """Catch a figure under the id of one that was withdrawn, to which old citations lead."""
    book = Book(tidy.folder)
    book.rows["withdrawn"] = [{"table": "claims", "id": "2021-alpha:troops:CHN:7"}]
    cells = {"event_id": "2021-alpha", "measure": "troops", "scope": "CHN"}
    assert new_claim.claim_id(cells, book) == "2021-alpha:troops:CHN:8"


def test_an_event_is_rows_in_three_files(tidy):
    """Catch an event without both states, without the dates of its sources, or with rows at the end of a file."""
    assert run(tidy, "event", *EVENT) == 0
    event = rows(tidy, "events")[-2]  # between that of the month, which comes first, and that of 2023
    assert (event["event_id"], event["start_date"], event["end_date"], event["date_precision"], event["status"],
            event["tier"], event["kind"], event["framework"], event["place_precision"]) == (
        "2022-sea-watch-south", "2022-05-20", "2022-05-24", "day", "held", "core", "patrol", "bilateral", "unknown")
    assert [(row["country"], row["role"], row["is_host"], row["source_ids"]) for row in rows(tidy, "participants")
            if row["event_id"] == "2022-sea-watch-south"] == [("CHN", "participant", "true", "tass-2;xinhua-2"),
                                                    ("RUS", "participant", "false", "tass-2;xinhua-2")]
    assert [(row["edge"], row["value"], row["stage"], row["claimant"], row["source_id"])
            for row in rows(tidy, "date_claims") if row["event_id"] == "2022-sea-watch-south"] == [
        ("start", "2022-05-20", "reported", "TASS", "tass-2"),
        ("start", "2022-05-20", "reported", "Xinhua", "xinhua-2"), ("end", "2022-05-24", "reported", "TASS", "tass-2")]
    assert checks.check(tidy.folder) == []


def test_a_patrol_has_the_next_number_and_the_names_of_its_pattern(tidy):
    """Catch a patrol that is named by hand, or a number that is given twice."""
    book = Book(tidy.folder)
    book.rows["events"] = [*book.rows["events"], {"event_id": "2019-joint-air-patrol-1"}]
    cells = {"series": "joint-air-patrol", "domain": "air", "start_date": "2024-11-29", "name": ""}
    assert new_event.event_id(cells, book) == "2024-joint-air-patrol-2"
    assert new_event.name("name")(cells, book) == "Second Russia-China joint air patrol"


@pytest.mark.parametrize("kind, words, reason", [
    ("source", ("--url", "http://www.tass.example/1/?utm_source=x", "--title", "Again", "--published", "2021-08-01"),
     "the page is in the record: {}/sources.csv:3: tass-1,"),
    ("claim", (*CLAIM[:-1], "ALL", "--figure", "more than 10,000"),
     "the same speaker says so on the same page: {}/claims.csv:3: 2021-alpha:troops:ALL:1,"),
    ("event", ("--event-id", "2021-alpha", *EVENT), "the id '2021-alpha' is taken: {}/events.csv:2: 2021-alpha,"),
    ("claim", ("--event-id", "2021-alfa", *CLAIM[2:], "--figure", "5"),
     "--event-id: '2021-alfa' is not in events.csv; did you mean 2021-alpha? If not, add it first: python -m drills "
     "new event"),
    ("claim", (*CLAIM, "--figure", "a lot"), "--figure: 'a lot' is no figure; say it as the source does: 3,200; "),
    ("claim", (*CLAIM[:4], "--measure", "trops", *CLAIM[6:], "--figure", "5"), "--measure: 'trops' is not an allowed"),
    ("claim", CLAIM, "--qualifier: the cell is blank"),
    ("event", (*EVENT[:8], "--says", "tass-2"), "--says: 'tass-2' says no dates; write source_id=first"),
    *(("event", (*EVENT[:8], "--says", says), f"--says: {said}\n") for says, said in (
        ("tass-22=2022-05-20", "'tass-22' is not in sources.csv; did you mean tass-2 or tass-3 or tass-1? If not, add "
         "it first: python -m drills new source"),
        ("Pravda 5=2022-05-20;tass-2=2022-05-20", "'Pravda 5' is not in sources.csv; add it first: python -m drills "
         "new source"),
        *((f"tass-2={day}", f"'{day}' is a date rewritten by a spreadsheet; write it as YYYY-MM-DD, YYYY-MM or YYYY, "
           "and import the column as text") for day in ("3/4/2025", "3.4.2025")),
        ("tass-2=2022-05-20/24", "'24' is not a date; write it as YYYY-MM-DD, YYYY-MM or YYYY"),
        ("tass-2=2022-02-30", "there is no day 2022-02-30; write a day that the calendar has"))),
    ("event", (*EVENT, "--participants", "RU;CHN"), "--participants: 'RU' does not have the form of this column; it "
     "has to match"),
    *(("source", ("--url", "https://tass.example/9", "--title", "More", "--published", day), f"--published: {said}")
      for day, said in (("2021-02-30", "there is no day 2021-02-30; write a day that the calendar has"),
                        ("2098-08-01", "2098-08-01 lies in the future; write the day that the page has"),
                        ("0921-08-01", "0921-08-01 is outside the years 1900 to 2099"))),
    ("source", ("--url", "https://me:secret@tass.example/9", "--title", "More", "--published", "2021-08-01"),
     "--url: the address holds the name or password of a reader; delete what stands before @"),
    ("event", (*EVENT, "--observers", "IND"), "IND is in observers and not in participants; name it in both"),
])
def test_what_cannot_stand_is_refused_and_nothing_is_written(tidy, capsys, kind, words, reason):
    """Catch a second row for one thing, a cell that no rule allows, and half of an event."""
    before = {path: path.read_bytes() for path in tidy.folder.iterdir()}
    assert run(tidy, kind, *words) == 2
    error = capsys.readouterr().err
    assert error.startswith("nothing was written:\n") and reason.format(tidy.folder) in error
    assert {path: path.read_bytes() for path in tidy.folder.iterdir()} == before


def test_what_the_check_finds_in_new_rows_is_printed(tidy, capsys):
    """Catch a contingent that is written without a word on what it lacks."""
    assert run(tidy, "claim", *CLAIM[:-1], "IND", "--figure", "5") == 1
    assert "claims.csv:4:scope: 'IND' is not listed for '2021-alpha' in participants.csv" in capsys.readouterr().err


@pytest.mark.slow
def test_an_author_at_a_terminal_is_asked_and_corrected(tidy):
    """Catch a question that takes what cannot stand, and a proposal that Enter does not take."""
    answers = iter(["2021-alfa", "2021-alpha", "xinhua-1", "troops", "CHN", "a lot", "about 3,200", *[""] * 5, "-"])
    asked = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    assert new("claim", [], tidy.folder, ask) == 0
    assert "did you mean 2021-alpha" in asked[1] and "'a lot' is no figure" in asked[6] and "[Xinhua]" in asked[8]
    assert rows(tidy, "claims")[2]["claim_id"] == "2021-alpha:troops:CHN:1"


def test_a_record_that_cannot_be_read_is_left_alone(tidy, capsys):
    """Catch a row that is written into a file of which a part would be lost."""
    path = tidy.path("facts")
    path.write_bytes(path.read_bytes() + b'2021-alpha,"open\n')
    before = path.read_bytes()
    assert run(tidy, "claim", *CLAIM, "--figure", "5") == 1
    assert "facts.csv:3:" in capsys.readouterr().err and path.read_bytes() == before


def test_no_row_is_written_where_nobody_can_say_its_place(tidy, capsys):
    """Catch a new figure for which all others are put in another order, since one date cannot be read."""
    tidy.edit("events", 2, "start_date", "9/8/2021")
    before = tidy.path("claims").read_bytes()
    assert run(tidy, "claim", *CLAIM, "--figure", "5") == 1
    assert capsys.readouterr().err.replace(f"{tidy.folder}/", "") == (
        "events.csv:2:start_date: '9/8/2021' is a date rewritten by a spreadsheet, and claims.csv, which is sorted by "
        "it, was left as it was; write it as YYYY-MM-DD, YYYY-MM or YYYY, and import the column as text, then run the "
        "command again\n")
    assert tidy.path("claims").read_bytes() == before


@pytest.mark.parametrize("title, is_description, language", [
    ("Учения", "false", "ru"), ("联合演习", "false", "zh"), ("共同演習を行う", "false", "ja"),
    ("Exercise", "false", "en"), ("Описание", "true", "zh")])
def test_the_language_is_that_of_the_title(title, is_description, language):
    """Catch an English page that is called Chinese since its agency mostly writes in Chinese."""
    cells = {"title": title, "title_is_description": is_description, "publisher": "Xinhua"}
    book = SimpleNamespace(rows={"sources": [{"publisher": "Xinhua", "language": "zh"}]})
    assert new_source.language(cells, book) == language
