"""The pages of events and series: whole, safe, valid, and saying what the dossiers say."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from functools import cache
from itertools import groupby, pairwise
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import html5lib
import pandas as pd
import pytest

from drills.counting import dossier, editions
from drills.counting.estimates import THRESHOLD, apply_rulings
from drills.counting.reading import Reading
from drills.record.provenance import source_houses
from drills.site import theming
from drills.site.pages import event_card, event_tables, events, page, sentences, series, series_pictures, small_map
from drills.wording import countries, dates, values
from tests.helpers.event_pages import (
    BASE,
    CHANGE,
    HOSTILE,
    REPOSITORY,
    dossiers,
    event_ids,
    pages,
    reading,
    record,
    section,
    table_rows,
    tree,
    words,
)

# all pages or cards are made first
pytestmark = pytest.mark.slow

FILES = {"data", "method", "definitions", "series", "context"}


# what the pages say


def test_dossiers_share_all_rows_out():
    """Catch a row of a part that stands in the dossier of no event or of another one."""
    for part in fields(dossier.Parts):
        whole = getattr(reading().parts, part.name)
        cut = {event_id: getattr(found, part.name) for event_id, found in dossiers().items()}
        assert sum(map(len, cut.values())) == len(whole)
        assert all(set(frame["event_id"]) <= {event_id} for event_id, frame in cut.items())


@pytest.mark.parametrize("words_of, expected", [
    ({"in use"}, lambda row: row.is_used and not row.is_changed),
    ({"in use as a ruling changed it"}, lambda row: row.is_used and row.is_changed),
    ({"set aside by a ruling"}, lambda row: row.is_excluded),
    ({"not in use: of a part of the event only"}, lambda row: row.covers == "part" and not row.is_excluded),
    ({"not in use: of more than the event"}, lambda row: row.covers == "beyond" and not row.is_excluded),
    ({"planned: not in use where there are reports", "planned: gives no bounds, but may give the best figure, since "
      "reports give bounds alone"},
     lambda row: not row.is_used and not row.is_excluded and row.covers == "event")], ids=lambda value: "")
def test_why_a_claim_is_not_in_use(words_of, expected):
    """Catch a figure said to be in use that no estimate rests on, or set aside for the wrong reason."""
    ruled = apply_rulings(record().claims, record().rulings).set_index("claim_id")["is_excluded"]
    every = pd.concat([found.ledger for found in dossiers().values()])
    rulings = record().rulings
    changing = rulings[rulings["action"].isin(["rescope", "count_as_reported", "read_as_point"])]
    every = every.assign(is_excluded=every["claim_id"].map(ruled),
                         is_changed=every["claim_id"].isin(changing["claim_ids"].explode()))
    chosen = {row.claim_id for row in every.itertuples() if expected(row)}
    assert chosen == set(every.loc[every["standing"].isin(words_of), "claim_id"]) and chosen


def test_every_event_and_series_has_one_page():
    """Catch an event or series without a page, or two pages at one address."""
    series = set(record().series["series_id"]) - {editions.OTHER}
    assert set(pages()) == {f"events/{one}" for one in event_ids()} | {f"series/{one}" for one in series}


def test_every_claim_is_on_its_page():
    """Catch a figure that is left out, or shown with other words, source or standing than in the dossier."""
    for event_id, found in dossiers().items():
        shown = sorted((*bounds_in(row[1]), row[4]) for row in table_rows(f"events/{event_id}", "figures"))
        assert shown == sorted((*stated(row), remarks(row)) for row in found.ledger.itertuples()), event_id


def remarks(claim) -> str:
    """What stands beside a claim: why it is not simply in use, and its note."""
    why = "" if claim.standing == "in use" else claim.standing + " why" * len(claim.ruling_id.split(";")) * bool(
        claim.ruling_id)
    note = " ".join(claim.note.split()) if isinstance(claim.note, str) else ""
    return ". ".join(filter(None, (why, note)))


def stated(claim) -> tuple[float, float]:
    """The lowest and highest number that a claim gives."""
    given = [bound for bound in (claim.value_low, claim.value_high) if bound == bound]
    return min(given), max(given)


def bounds_in(text: str) -> tuple[float, float]:
    """The lowest and highest number that stand in a text."""
    found = [float(number.replace(",", "")) for number in re.findall(r"\d[\d,.]*", text)]
    return min(found), max(found)


def test_estimates_are_those_of_the_dossier():
    """Catch an estimate with another number, scope or step than the command line prints."""
    for event_id, found in dossiers().items():
        lines = {one.get("id"): one for one in section(f"events/{event_id}", "size") if one.tag == "tr"}
        lines.pop(None, None)
        assert len(lines) == len(found.estimates), event_id
        for row in found.groups.itertuples():
            line = lines[f"{row.measure}-{row.scope}".lower().replace("_", "-")]
            cells = {cell.get("data-label"): words(cell) for cell in line.iter("td")}
            figure = row.figure if row.stage != "none" else "none in use"
            assert cells[events.SIDE_NAMES[row.group]].startswith(" ".join(f"{figure}{''.join(row.steps)}".split()))
            assert cells["Whose"].removesuffix(", disputed") == values.scope(row.scope)


def test_estimates_begin_with_the_size_of_the_event():
    """Catch a number in a series before the troops, and a column in which no row has a figure."""
    for name in (f"events/{one}" for one in event_ids()):
        tables = [one for one in section(name, "size") if one.tag == "table"]
        measures = [[one.get("id") for one in table.iter("tr") if one.get("id")] for table in tables]
        assert all(measures) and len(tables) <= 2, name
        if len(tables) == 2:
            is_size = [[anchor.rsplit("-", 1)[0].replace("-", "_") in event_card.MAIN for anchor in listed]
                       for listed in measures]
            assert all(is_size[0]) and not any(is_size[1]), name
        for table in tables:
            labels = {cell.get("data-label") for cell in table.iter("td") if cell.find("details") is not None}
            assert {words(head) for head in table.iter("th") if head.get("scope") == "col"} - {
                "What", "Whose", "Said when"} == labels, name


def test_participants_dates_facts_rulings_and_sources_are_on_their_page():
    """Catch a row of any table that is not on the page of its event."""
    for event_id, found in dossiers().items():
        name = f"events/{event_id}"
        shown = {words(one.find("strong")): one for one in section(name, "who") if one.tag == "li"}
        assert len(shown) == len(found.participants)
        for row in found.participants.itertuples():
            line = shown[countries.country(row.country)]
            assert (", host" in words(line)) == row.is_host
            assert {one.get("href") for one in line.iter("a")} == {f"#source-{one}" for one in row.source_ids}
        assert sorted(row[1] for row in table_rows(name, "dates")) == sorted(
            dates.date(value) for value in found.date_claims["value"])
        listed = [words(one) for one in section(name, "statements") if one.tag == "li"]
        assert all(any(line.startswith(" ".join(text.split())) for line in listed)
                   for text in map(dates.told, map(countries.spelled, found.facts["text"])))
        rulings = " ".join(words(one) for one in section(name, "rulings") if one.tag == "li")
        assert all(" ".join(dates.told(reason).split()) in rulings for reason in found.rulings["reason"])
        cited = {one.get("id"): words(one) for one in section(name, "sources") if one.tag == "li"}
        assert set(cited) == {f"source-{one}" for one in found.sources["source_id"]}
        for source in found.sources.itertuples():
            assert " ".join(source.cited_as.split()) in cited[f"source-{source.source_id}"], event_id


def test_sources_stand_by_house():
    """Catch a house whose pages are scattered over the list of sources, and a language that is not marked."""
    houses = source_houses(record().sources, record().publishers).groupby("source_id")["house"].agg(tuple)
    languages = record().sources.set_index("source_id")["language"]
    for name in (f"events/{one}" for one in event_ids()):
        items = [one for one in section(name, "sources") if one.tag == "li"]
        ids = [one.get("id").removeprefix("source-") for one in items]
        runs = [house for house, _ in groupby(ids, key=lambda one: houses.get(one, ()))]
        assert len(runs) == len(set(runs)), name
        for source_id, item in zip(ids, items, strict=True):
            language = languages[source_id]
            assert language == "en" or f", in {countries.language(language)}" in words(item), name


def test_citations_are_numbers_of_sources():
    """Catch a citation that leads to another source than its number says."""
    for name in (f"events/{one}" for one in event_ids()):
        numbers = {f"#{one.get('id')}": number for number, one in
                   enumerate((one for one in section(name, "sources") if one.tag == "li"), 1)}
        cited = [one for one in tree(name).iter("a") if one.get("href", "").startswith("#source-")]
        assert all(words(one) == f"[{numbers[one.get('href')]}]" for one in cited), name
        assert cited


def test_sections_stand_in_order():
    """Catch evidence that stands before what it is evidence of."""
    order = ["figures", "size", "who", "dates", "statements", "rulings", "sources", "history", "report"]
    for name in (f"events/{one}" for one in event_ids()):
        body = tree(name).find(".//div[@class='jd-event']")
        found = [one.get("id") for one in body if one.get("id") and one.tag != "figure"]
        assert found == [key for key in order if key in found], name
        assert {"figures", "who", "sources", "history"} <= set(found)
        classes = [one.get("class") for one in body]
        assert classes.index("jd-lead") < classes.index("jd-facts") < [one.get("id") for one in body].index("figures")


def test_nothing_is_said_of_what_does_not_apply():
    """Catch a cell that says that there is nothing to say, and what is the same in every row."""
    for name in (f"events/{one}" for one in event_ids()):
        said = words(tree(name))
        for text in ("nothing to add", "no named series", "Not part of another", "It is the first of its series"):
            assert text not in said, (name, text)
        assert not [one for one in tree(name).iter("td") if words(one) in ("no", "-", "–")], name


def test_every_figure_is_a_mark_that_leads_to_its_row():
    """Catch a figure without a mark in the picture, and a mark that leads to no row."""
    svg = "{http://www.w3.org/2000/svg}"
    for event_id, found in dossiers().items():
        pictures = [one for one in tree(f"events/{event_id}").iter(f"{svg}svg") if one.get("class") == "jd-svg"]
        expected = sorted(f"#claim-{one}" for one in found.ledger["claim_id"])
        assert len(pictures) == (2 if len(expected) >= event_card.FEWEST else 0), event_id
        for picture in pictures:
            assert sorted(one.get("href") for one in picture.iter(f"{svg}a")) == expected, event_id


def test_the_card_and_the_table_have_one_word_for_a_basis():
    """Catch a figure that is called relayed in one place and repeated in the other."""
    shown, seen = event_card.Cards(reading(), event_tables.rows(reading())), set()
    place = list(event_card.COLUMNS).index("basis_words")
    for event_id, card in shown.items():
        of_page = {one.get("id"): words(one.find(".//td[@data-label='By whom']//span[@class='jd-why']"))
                   for one in tree(f"events/{event_id}").iter("tr") if one.get("id", "").startswith("claim-")}
        for claim_id, cells in zip(card.table["claim_id"], card.rows, strict=True):
            seen.add(cells[place])
            assert f"; {cells[place]}, " in of_page[f"claim-{claim_id}"], claim_id
    assert seen == {"official", "repeated", "assessed"}


def test_what_is_folded_needs_no_script():
    """Catch rows that only a script can show: whatever is folded is an element of details, or in the open."""
    for name in (f"events/{one}" for one in event_ids()):
        assert not [one for one in tree(name).iter() if one.get("hidden") is not None], name
        assert all(one.find("summary") is not None for one in tree(name).iter("details")), name


@pytest.mark.parametrize("official, assessed, expected", [
    ((1, 3, 3, "", "reported"), None, "3 ships by official figures"),
    ((3, 3, None, "", "planned"), None, "3 or more ships by official plans"),
    (None, (None, 9, 9, "≤", "reported"), "9 or fewer ships by the count of others"),
    (None, (9, 9, 9, "", "planned"), "9 ships by the count of others beforehand"),
    ((3, 3, 3, "", "reported"), (3, 3, 3, "", "reported"), "3 ships by official figures and by the count of others"),
    ((3, 3, 3, "", "reported"), (9, 9, 9, "", "reported"), "3 ships by official figures, 9 by the count of others")])
def test_the_picture_says_whose_count_it_is(official, assessed, expected):
    """Catch a title that leaves out who counted, or an end that is open."""
    sides = {name: SimpleNamespace(**dict(zip(("low", "best", "high", "sign", "stage"), given, strict=True)))
             for name, given in (("official", official), ("assessed", assessed)) if given}
    assert event_card.sized("ships", sides) == expected


@pytest.mark.parametrize("start, end, expected", [
    ("2018-09-11", "2018-09-17", "from 11 to 17 September 2018"), ("2022-05-24", "2022-05-24", "on 24 May 2022"),
    ("2022-05-24", float("nan"), "beginning on 24 May 2022"), ("2019", float("nan"), "in 2019"),
    ("2022-05", "2022-06", "from May to June 2022")])
def test_days_follow_a_verb(start, end, expected):
    """Catch a last day that nobody gave."""
    assert sentences.when({"start_date": start, "end_date": end}) == expected


def test_no_page_shows_a_bare_nan():
    """Catch a value that is not known and reaches a page as the word of the library for it."""
    said = " ".join(words(tree(name)) for name in pages())
    assert not re.search(r"\b(nan|NaT|<NA>)\b|\bNone\b(?! (of|was|were)\b)", said)


@pytest.mark.parametrize("status", ["planned", "cancelled", "disputed"])
def test_what_was_not_held_says_so_first(status):
    """Catch a plan that reads like an event: on the page, in its description and in its structured data."""
    for event in record().events.query("status == @status").itertuples():
        made, card = pages()[f"events/{event.event_id}"], tree(f"events/{event.event_id}")
        assert words(card.find(".//p[@class='jd-banner']")).lower().startswith(f"{status}. ")
        assert " held " not in f"{made.description.split('.')[0]} ".replace("to have been held", "")
        assert made.json_ld["description"] == made.description
        assert made.json_ld["eventStatus"].endswith("EventCancelled" if status == "cancelled" else "EventScheduled")
    assert tree("events/2018-vostok").find(".//p[@class='jd-banner']") is None


def test_the_notice_fits_the_participants():
    """Catch an event without a notice at which not both states took part, or one with a notice at which both did."""
    for event_id, found in dossiers().items():
        roles = dict(zip(found.participants["country"], found.participants["role"], strict=True))
        both = all(roles.get(code) == "participant" for code in event_tables.STATES)
        is_plain = tree(f"events/{event_id}").find(".//p[@class='jd-banner']") is None
        assert is_plain == (both and found.event["status"] == "held"), event_id


def test_why_an_event_is_disputed_is_said_once():
    """Catch a lead that says again what the notice above it says, and a description that does not say it."""
    for event_id in record().events.query("status == 'disputed'")["event_id"]:
        card, made = tree(f"events/{event_id}"), pages()[f"events/{event_id}"]
        why = words(card.find(".//p[@class='jd-banner']")).removeprefix("Disputed. ")
        lead = words(card.find(".//p[@class='jd-lead']"))
        assert lead.startswith("It is disputed whether both states were at ") and why not in lead, event_id
        assert why in made.description or "…" in made.description, event_id


def test_leads_are_whole_and_descriptions_short():
    """Catch a lead that ends before it says who and how many, or a list of countries that fills it."""
    for name, made in pages().items():
        said = words(tree(name).find(".//p[@class='jd-lead']"))
        assert said.endswith(".") and "…" not in said.replace(" … ", ""), name
        assert len(made.description) <= page.DESCRIPTION_LENGTH + 2, name


@pytest.mark.parametrize("event_id, asked, heading, roles", [
    ("2018-vostok", "Did it reach 10,000 troops?", "Who took part", {"Took part", "Observed", "Stayed away"}),
    ("2023-aman", None, "Who is named", {"Named as taking part", "Named as observing"}),
    ("2018-joint-sea", None, "Who was to take part", {"Was to take part"})])
def test_what_was_intended_is_not_told_as_done(event_id, asked, heading, roles):
    """Catch a plan or a disputed event that is asked, or whose countries are called, as if it had been held."""
    root = tree(f"events/{event_id}")
    assert [words(one) for one in root.iter("h2") if one.get("id") == "who"] == [heading]
    assert {words(one) for one in section(f"events/{event_id}", "who") if one.get("class") == "jd-label"} <= roles
    asks = [words(one) for one in section(f"events/{event_id}", "size") if one.tag == "p"]
    assert asked is None or any(text.startswith(asked) for text in asks)
    for event in record().events.query("status in ('planned', 'cancelled')").itertuples():
        assert "Did it reach" not in words(tree(f"events/{event.event_id}")), event.event_id


def test_an_open_end_is_no_contest():
    """Catch one bound of "more than 240" reported as figures that contradict each other."""
    names = {code: values.scope(code) for code in set(record().claims["scope"])}
    scopes = {name[0].upper() + name[1:]: code for code, name in names.items()}
    for event_id, found in dossiers().items():
        troops = found.groups[(found.groups["measure"] == "troops") & found.groups["best"].notna()]
        largest = troops[["low", "best", "high"]].max(axis=1).groupby(troops["scope"]).max()
        answers = [one for one in section(f"events/{event_id}", "size") if one.get("class") == "jd-answer"]
        assert len(answers) == len(largest), event_id
        for line in map(words, answers):
            scope, _, answer = line.partition(": ")
            if answer.startswith(("contested", "cannot")):
                own = largest if scope == "All forces" else largest[[scopes[scope]]]
                assert answer.startswith("cannot") == (own.max() < THRESHOLD), (event_id, line)


def test_every_estimate_and_claim_can_be_linked_and_estimates_quoted():
    """Catch a row without a permalink of its own, or a quotation without its figure, what it rests on, or release."""
    for event_id, found in dossiers().items():
        for key, number in (("size", len(found.estimates)), ("figures", len(found.ledger))):
            lines = [one for one in section(f"events/{event_id}", key) if one.tag == "tr" and one.get("id")]
            assert len(lines) == number, event_id
            for line in lines:
                assert f"#{line.get('id')}" in [one.get("href") for one in line.iter("a") if one.get("aria-label")]
                quotes = [one.get("data-quote") for one in line.iter("span") if one.get("class") == "jd-quote"]
                assert bool(quotes) == (key == "size") and len(set(quotes)) <= 1, event_id
    assert "jd-cards.js" in theming.scripts_of(pages()["events/2018-vostok"].body)


def test_held_is_said_without_a_sentence_that_fits_only_some():
    """Catch the meaning of held, which says that both were there or watched, on the page of an event."""
    meaning = values.sentence(record().package, "events", "status", "held")
    assert meaning and not [name for name in pages() if meaning in words(tree(name))]


def test_series_pages_hold_all_events_numbers_and_rulings():
    """Catch a series that loses an edition, a number that somebody gave, or a ruling."""
    numbers = editions.numbering(record().claims, record().events, record().series)
    for name in (name for name in pages() if name.startswith("series/")):
        series_id = name.removeprefix("series/")
        own = record().events.query("series == @series_id")
        assert sorted(row[0] for row in table_rows(name, "editions")) == sorted(own["name"])
        said = numbers[(numbers["series_id"] == series_id) & numbers["number"].notna()]
        assert sorted((row[0], row[1]) for row in table_rows(name, "numbers")) == sorted(
            (row.name, f"{row.number:.0f}") for row in said.itertuples(index=False))
        n_rulings = record().rulings["event_id"].isin(own["event_id"]).sum()
        assert len([one for one in section(name, "rulings") if one.tag == "li"]) == n_rulings


@pytest.mark.parametrize("start, end, expected", [
    ("2018-09-11", "2018-09-17", "11 to 17 September 2018"),
    ("2022-08-30", "2022-09-05", "30 August to 5 September 2022"),
    ("2015-12-30", "2016-01-02", "30 December 2015 to 2 January 2016"), ("2022-05-24", "2022-05-24", "24 May 2022"),
    ("2014-01-07", float("nan"), "7 January 2014"), ("2022-05", "2022-06", "May to June 2022"),
    ("2019", "2021", "2019 to 2021"), ("2021-06", "2021-06-05", "June 2021 to 5 June 2021"),
    ("2021-06-01", "2021-06", "1 June 2021 to June 2021")])
def test_periods_in_words(start, end, expected):
    """Catch a month or year that falls out of a period."""
    assert dates.period(start, end) == expected


# safe and valid


@cache
def hostile_pages() -> list[page.Page]:
    """Pages of a record in which every free text is an attack and every address is a script."""
    whole = record()
    keep = {"2018-vostok", "2022-vostok", "2019-aerospace-security-3"}
    parts = {name: getattr(whole, name)[getattr(whole, name)["event_id"].isin(keep)].copy()
             for name in ("events", "participants", "claims", "date_claims", "facts", "rulings")}
    parts |= {"sources": whole.sources.copy(), "series": whole.series.copy(), "milestones": whole.milestones.copy()}
    free = {"name", "name_ru", "name_zh", "place", "note", "claimant", "text", "reason", "publisher", "title",
            "description", "summary", "original_publisher"}
    for table in parts.values():
        for column in free & set(table.columns):
            table[column] = HOSTILE
    parts["events"]["aliases"] = [(HOSTILE,)] * len(parts["events"])
    parts["sources"]["url"] = "javascript:alert(1)"
    odd = Reading(replace(whole, **parts))
    changes = {"2018-vostok": [CHANGE]}
    rows = event_tables.rows(odd)
    made = events.pages(odd, rows, event_card.Cards(odd, rows), changes, REPOSITORY, BASE)
    return [*made, *series.pages(odd, rows, series_pictures.cards(odd), BASE)]


def test_hostile_cells_are_inert():
    """Catch a cell that becomes markup, a script or a link."""
    for made in hostile_pages():
        root = html5lib.parse(f"<body>{made.body}", namespaceHTMLElements=False)
        assert not list(root.iter("script"))
        assert not [one for one in root.iter() for key in one.attrib if str(key).startswith("on")]
        links = [one.get("href") for one in root.iter("a")]
        assert not [href for href in links if "javascript" in href and not href.startswith(REPOSITORY)]
        assert "<script" not in page.script_safe(made.json_ld)
    assert any("alert(1)" in words(html5lib.parse(made.body, namespaceHTMLElements=False)) for made in hostile_pages())


@pytest.mark.parametrize("url, expected", [
    ("https://a.example/b?c=d&e", True), ("http://a.example", True), ("javascript:alert(1)", False),
    ("JavaScript:alert(1)", False), (" https://a.example", False), ("data:text/html,x", False), ("//a.example", False),
    ('https://a.example/"onclick="x', False), ("https://a.example/ b", False), (None, False), (float("nan"), False)])
def test_only_web_addresses_become_links(url, expected):
    """Catch an address of another scheme in a link."""
    assert bool(page.web_address(url)) is expected


def test_mirrors_are_never_linked():
    """Catch a link to a scraper, anywhere on the site."""
    mirrors = set(record().sources.query("is_mirror")["url"].dropna())
    plain = set(record().sources.query("not is_mirror")["url"].dropna())
    links = {one.get("href") for name in pages() for one in tree(name).iter("a")}
    assert not links & (mirrors - plain) and links & plain


def test_structured_data_cannot_end_its_script():
    """Catch a name that closes the script element in which the structured data stand."""
    data = {"name": "</script><!--\u2028\u2029&amp;", "names": ["<b>"]}
    safe = page.script_safe(data)
    assert not set("<>&\u2028\u2029") & set(safe) and json.loads(safe) == data


def test_structured_data_have_the_shape_of_schema_org():
    """Catch a missing name, a wrong date or coordinates that nobody knows."""
    for event in record().events.itertuples():
        data = pages()[f"events/{event.event_id}"].json_ld
        assert data["@context"] == "https://schema.org" and data["@type"] == "Event"
        assert data["name"] == values.headline(event.name, event.status)
        assert data["startDate"] == event.start_date and data.get("endDate", "") == (
            event.end_date if isinstance(event.end_date, str) else "")
        assert data["url"] == f"{BASE}events/{event.event_id}.html"
        assert data["location"]["address"] == data["location"]["name"] != ""
        assert data["location"]["@type"] == "Place" and ("geo" in data["location"]) == pd.notna(event.latitude)
        assert [one["@type"] for one in data.get("superEvent", [])] == (
            ["EventSeries"] * (event.series != editions.OTHER) + ["Event"] * isinstance(event.part_of, str))
        json.loads(json.dumps(data, allow_nan=False))
    assert all(data.json_ld["@type"] == "EventSeries" for name, data in pages().items() if name.startswith("series/"))


def test_pages_are_valid_and_headings_in_order():
    """Catch broken markup, a second h1, a heading that skips a level, an id that stands twice."""
    for name, made in pages().items():
        body = tree(name).find("body")
        assert made.body.startswith("<h1>") and body[0].tag == "h1" and words(body[0]) == " ".join(made.title.split())
        levels = [int(one.tag[1]) for one in body.iter() if re.fullmatch("h[1-6]", str(one.tag))]
        assert levels.count(1) == 1 and all(b - a <= 1 for a, b in pairwise(levels)), name
        ids = [one.get("id") for one in body.iter() if one.get("id")]
        assert len(ids) == len(set(ids)), name
        for region in body.iter("div"):
            if region.get("class") == "jd-scroll":
                assert region.get("role") == "region" and region.get("aria-label") and region.get("tabindex") == "0"
        assert all(cell.get("data-label") for table in body.iter("table") if "jd-stack" in table.get("class").split()
                   for cell in table.iter("td"))


def test_links_within_the_site_are_relative_and_lead_somewhere():
    """Catch a link to a page or place that does not exist."""
    for name in pages():
        ids = {one.get("id") for one in tree(name).iter() if one.get("id")}
        for link in (one.get("href") for one in tree(name).iter("a")):
            if link.startswith("#"):
                assert link[1:] in ids, (name, link)
            elif link.startswith("../figures/"):
                folder, subject = name.split("/")
                own = rf"\.\./figures/{folder}/(said|lane|sizes)-{subject}\.(csv|svg|png)"
                assert re.fullmatch(own, link), (name, link)
            elif not urlsplit(link).scheme:
                folder, file = name.split("/")[0], urlsplit(link).path.removeprefix("../")
                target = file if link.startswith("../") else f"{folder}/{file}"
                assert target.removesuffix(".html") in FILES | set(pages()), (name, link)
                assert target.endswith(".html")


def test_reports_name_the_event_and_its_rows():
    """Catch a report form that is empty, or a name that breaks its address."""
    link = next(one.get("href") for one in tree("events/2018-vostok").iter("a") if "/issues/new" in one.get("href"))
    asked = parse_qs(urlsplit(link).query)
    assert link.startswith(f"{REPOSITORY}/issues/new?") and asked["title"] == ["2018-vostok: "]
    n_claims = len(dossiers()["2018-vostok"].ledger)
    assert f"- data/claims.csv: {n_claims} rows with event_id 2018-vostok\n" in asked["body"][0]
    hostile = next(one for one in hostile_pages() if one.name == "events/2018-vostok")
    assert re.search(r'href="https://github.com/owner/name/issues/new\?[\w.~%&;=+-]+"', hostile.body)


def test_history_is_shown_or_its_absence_is_said():
    """Catch a page that is silent where the checkout has no history."""
    shown = " ".join(words(one) for one in section("events/2018-vostok", "history") if one.tag == "li")
    assert "2 February 2024, aaaaaaa: subject <b>& events.csv: 1 row changed" in shown
    assert f"status: “{HOSTILE}” became “held”" in shown
    links = [one.get("href") for one in section("events/2018-vostok", "history") if one.tag == "a"]
    assert f"{REPOSITORY}/commit/{'a' * 40}" in links
    assert "holds no change of these rows" in pages()["events/2022-vostok"].body
    assert "has no history" in next(events.pages(reading(), event_tables.rows(reading()), {}, {}, "", "")).body


# the small map


def test_the_small_map_is_small_and_holds_the_mark():
    """Catch a heavy map, a mark off the picture, or a point drawn like an area."""
    assert len(small_map.land()) < 6000
    for event in record().events.itertuples():
        root = tree(f"events/{event.event_id}")
        figure = root.find(".//figure[@class='jd-map']")
        marks = [] if figure is None else [one for one in figure.iter() if str(one.tag).endswith("circle")]
        known = pd.notna(event.latitude)
        reason = small_map.why_none(event._asdict())
        assert len(marks) == (not reason) and (known or reason)
        if marks:
            assert ("jd-spot-area" in marks[0].get("class")) == (event.place_precision != "point")
            assert 0 <= int(marks[0].get("cx")) <= small_map.WIDTH and 0 <= int(marks[0].get("cy")) <= 419
            assert "Natural Earth" in words(figure.find("figcaption"))
        else:
            assert reason in words(root)


def test_the_small_map_puts_north_above():
    """Catch a map that is drawn upside down: pixels count from below, pictures from above."""
    def height(latitude: float) -> int:
        made = small_map.small_map({"name": "x", "latitude": latitude, "longitude": 120.0, "place_precision": "point"})
        return int(re.search(r'cy="(\d+)"', made)[1])

    assert height(60) < height(30)


def test_milestones_name_their_event_whole():
    """Catch Joint Sea 2014 found in Joint Sea 2014-2, or a short name in a longer one."""
    odd = replace(record(), milestones=record().milestones.head(1).assign(title="Vostok 2018-2, Vostok 20181"))
    assert not events.naming(odd)["2018-vostok"]


@pytest.mark.parametrize("years, words", [(5 / 365.25, "5 days"), (1 / 365.25, "1 day"), (0.5, "0.5 years"),
                                          (3.25, "3.2 years")])
def test_a_short_pause_is_told_in_days(years, words):
    """Catch an edition of last week that was "0.0 years" ago."""
    assert series.elapsed(years) == words
