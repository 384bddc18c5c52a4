"""The text of a cell is inert: a record full of markup, template code and scripts, built and opened in a browser."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import html5lib
import icalendar
import openpyxl
import pytest
from lxml import etree
from playwright.sync_api import expect

from drills import checks
from drills.authoring import fmt
from drills.record import provenance, tables
from drills.site import theming
from drills.wording import dates
from tests.helpers import machine
from tests.helpers.books import Book
from tests.helpers.waiting import wait_until

# What stands before the name of an event that was not held, where no other word says so.
PREFIXES = ("", "Planned: ", "Cancelled: ", "Disputed: ")
# Each of these passes the check of the record. Every free text ends with one of them, chosen by the text itself, so
# that equal names stay equal.
HOSTILE = (
    "</script><script>window.hurt=1</script>",
    "\"><img src=x onerror=window.hurt=2>",
    "' onmouseover='window.hurt=3",
    "{{7*7}} {% raw %} {#",
    "]]> --> <!-- <![CDATA[",
    "javascript:window.hurt=4 <a href=\"javascript:window.hurt=5\">x</a>",
    "$x^2$ $\\frac{ %s {} {0}",
    "%{text}%{customdata} <b>bold</b> &lt;i&gt; &quot; &amp;amp;",
    "two\nlines\n\n# three **bold** `code` [a](javascript:window.hurt=6) {glue:text}`x`",
    "w" * 200,
    "\\n \\, : , \"\" \\u003c \\",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b",
)
FREE = {
    "series": ("name", "name_ru", "name_zh", "description"),
    "events": ("name", "name_ru", "name_zh", "aliases", "place", "note"),
    "participants": ("note",), "claims": ("claimant", "note"), "date_claims": ("claimant", "note"),
    "facts": ("text", "claimant"), "publishers": ("note",),
    "sources": ("title", "note"),
    "milestones": ("title", "summary"), "published_counts": ("counter", "seen_via", "what_is_counted"),
    "nearest_rules": ("why", "rule_change"), "rulings": ("reason",), "searches": ("waters", "looked_at"),
}
HOSTILE_URL = "https://site.example/{}'onmouseover='window.hurt=7'[a](javascript:window.hurt=7)&quot;&gt;&lt;b&gt;*x*__y__"
# columns that hold names of publishers
NO_LIST = str.maketrans("", "", ";,")
PUBLISHERS = {"publisher", "original_publisher", "relays", "house"}
# series whose names follow a pattern that the check holds
PATTERNED = ("joint-air-patrol", "joint-naval-patrol")
SUBJECT = "Fix <script>window.hurt=8</script> \"><img src=x onerror=window.hurt=9>"
PAGES = ("explore", "evidence", "context", "method", "data")
HOVERED = """text => document.querySelector("#evidence-single-publisher .hoverlayer").textContent
    .replace(/[ \u00a0]/g, "").includes(text)"""
NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def hostile(text: str, mark: str = "") -> str:
    """A text with one of HOSTILE at its end; blank text and words with a meaning stay as they are."""
    if text in ("", provenance.NOT_STATED):
        return text
    added = HOSTILE[zlib.crc32((text + mark).encode()) % len(HOSTILE)]
    return f"{text} {added}"


def rewrite(path: Path, change) -> None:
    """Change every row of a CSV file, given as a dictionary, in place."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    for number, row in enumerate(rows):
        change(number, row)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode())


def plant(data: Path) -> None:
    """Hostile text in every free column of every table; a tenth of the sources get an address with markup."""
    for table, columns in FREE.items():
        def change(number: int, row: dict[str, str], table: str = table, columns: tuple[str, ...] = columns) -> None:
            for column in columns:
                if row.get("series") in PATTERNED and column.startswith("name"):
                    continue
                row[column] = (f"{row[column]};{row['event_id']} {HOSTILE[number % len(HOSTILE)].replace(';', '')}"
                               .lstrip(";") if column == "aliases" else hostile(row[column]))
            # names of publishers also stand in lists, whose items are separated by semicolons
            for column in PUBLISHERS & row.keys():
                row[column] = ";".join(hostile(name).translate(NO_LIST) for name in row[column].split(";"))
            if table == "sources" and row["url"] and number % 10 == 0:
                row["url"] = HOSTILE_URL.format(number)
            if table == "rulings" and row["expect"].split("=")[0] in ("claimant", "note"):
                row["expect"] = hostile(row["expect"].split("=", 1)[1]).join((row["expect"].split("=")[0] + "=", ""))
        rewrite(data / f"{table}.csv", change)


def commit(folder: Path, subject: str) -> None:
    """Commit all of data/ in a repository made for the purpose."""
    for words in (("init", "-q"), ("add", "-f", "data"),
                  ("-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-q", "-m", subject)):
        subprocess.run(["git", *words], cwd=folder, check=True)


def thin(data: Path) -> None:
    """Keep every sixth event and the whole of a part, no list of others, and of all else what the rules still allow."""
    with (data / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = {row["event_id"] for row in rows[::6]}
    kept |= {row["part_of"] for row in rows if row["event_id"] in kept}
    for path in data.glob("*.csv"):
        if path.stem.startswith(("outside_", "settled")):
            keep_rows(path, lambda row: False)
        elif "event_id" in path.read_text(encoding="utf-8").partition("\n")[0].split(","):
            keep_rows(path, lambda row: row["event_id"] in kept)
    for table, key in (("sources", "source_id"), ("publishers", "publisher")):
        others = [path.read_text(encoding="utf-8") for path in data.glob("*.csv") if path.stem != table]
        used = set(re.split(r'[,;"\n]', "\n".join(others)))
        keep_rows(data / f"{table}.csv", lambda row, key=key, used=used: row[key] in used)
    while problems := checks.check(data):
        for name in {problem.file for problem in problems}:
            faults = [problem for problem in problems if problem.file == name]
            drop(Path(name), {problem.line for problem in faults})
            # a name that many rows refer to is reported once
            lost = {(problem.column, problem.value) for problem in faults if "is not in" in problem.rule}
            keep_rows(Path(name), lambda row, lost=lost: not lost & set(row.items()))


def keep_rows(path: Path, is_kept: Callable[[dict[str, str]], bool]) -> None:
    """Keep some rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        drop(path, {number for number, row in enumerate(csv.DictReader(file), 2) if not is_kept(row)})


def drop(path: Path, numbers: set[int]) -> None:
    """Take lines out of a CSV file, none of which breaks within a cell."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for number, line in enumerate(lines, 1) if number not in numbers), encoding="utf-8")


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Book:
    """A book on a hostile record, built once; the last commit of the record changed every event."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(tables.DATA, folder / "data")
    thin(folder / "data")
    plant(folder / "data")
    fmt.fmt(folder / "data")
    assert [str(problem) for problem in checks.check(folder / "data")] == []
    commit(folder, SUBJECT)

    def annotate(_number: int, row: dict[str, str]) -> None:
        row["note"] += f"also {HOSTILE[0]}"

    rewrite(folder / "data" / "events.csv", annotate)
    commit(folder, SUBJECT)
    made = Book(folder, folder / "data")
    made.take(PAGES)
    # what links to the chapters that are left out finds nothing
    app = made.build(suppress_warnings=["myst.xref_missing"])
    assert app.statuscode == 0, app.warning.getvalue()[-5000:]
    return made


@pytest.fixture(scope="module")
def record(book) -> tables.Record:
    return tables.load(book.data_dir)


@pytest.fixture(scope="module")
def pages(book) -> dict[str, etree.Element]:
    """Every page of the site as a browser understands it, by name."""
    return {path.relative_to(book.html).with_suffix("").as_posix():
            html5lib.parse(path.read_text(encoding="utf-8"), treebuilder="lxml").getroot()
            for path in sorted(book.html.rglob("*.html")) if path.name != "index.html"}


def words_of(element: etree.Element) -> str:
    return "".join(element.itertext())


def one(page: etree.Element, tag: str, **attributes: str) -> etree.Element:
    """The only element of a page with this tag and these attributes."""
    [found] = [element for element in page.iter(f"{NAMESPACE}{tag}")
               if all(element.get(name) == value for name, value in attributes.items())]
    return found


def test_no_page_has_a_script_handler_or_link_of_a_cell(pages):
    """Catch a cell that becomes a script, an event handler, a picture or a link that runs something."""
    assert len(pages) > 50
    for name, page in pages.items():
        for element in page.iter(etree.Element):
            assert not [key for key in element.attrib if key.startswith("on")], (name, dict(element.attrib))
            assert element.tag != f"{NAMESPACE}img", (name, dict(element.attrib))
            if element.tag == f"{NAMESPACE}script":
                assert (re.match(r"(\.\./)*(/?_static|assets)/[a-z_-]+\.js", element.get("src", ""))
                        or element.get("type") == "application/ld+json"
                        or words_of(element) == theming.SCHEME_SCRIPT), (name, words_of(element)[:200])
            for key in ("href", "src", "action", "{http://www.w3.org/1999/xlink}href"):
                scheme = re.match(r"\s*([a-z]+):", element.get(key, ""), re.IGNORECASE)
                assert not scheme or scheme[1] in ("http", "https"), (name, element.get(key))
                assert "onerror" not in element.get(key, "").split("/issues/new?")[0], (name, element.get(key))


def test_event_pages_show_cells_as_they_are(pages, record):
    """Catch a name that is cut, doubly escaped or read as markup in heading, title, description or structured data."""
    for event in record.events.itertuples():
        page = pages[f"events/{event.event_id}"]
        assert words_of(one(page, "h1")) == event.name
        assert words_of(one(page, "title")).split() == f"{event.name} – Joint Drills".split()
        assert event.name[:200] in one(page, "meta", name="description").get("content")
        data = json.loads(words_of(one(page, "script", type="application/ld+json")))
        assert data["name"].removesuffix(event.name) in PREFIXES and data["identifier"] == event.event_id
        assert data["location"]["name"] == (event.place if isinstance(event.place, str) else "not known")
        assert set(event.aliases) <= set(data.get("alternateName", []))
        note = dates.told(event.note) if isinstance(event.note, str) else ""
        for text in (event.place, note, *event.aliases):
            assert not isinstance(text, str) or text in words_of(one(page, "main", id="content"))
    for series in record.series[record.series["series_id"] != "other"].itertuples():
        page = pages[f"series/{series.series_id}"]
        assert words_of(one(page, "h1")) == series.name
        assert words_of(one(page, "title")).split() == f"{series.name} – Joint Drills".split()
    assert json.loads(words_of(one(pages["data"], "script", type="application/ld+json")))["@type"] == "Dataset"


def test_what_git_says_is_text(pages):
    """Catch a commit message or a changed cell that is markup in the history of the rows."""
    histories = [words_of(page) for name, page in pages.items() if name.startswith("events/")]
    assert all(SUBJECT in words for words in histories)
    # a change of one line of a cell with several is not seen
    changed = [words for words in histories if words.count(SUBJECT) > 1]
    assert len(changed) > 10 and all(f"also {HOSTILE[0]}" in words for words in changed)


def test_feed_and_calendar_carry_text(book, record):
    """Catch a feed that no reader can parse, and names whose commas, line ends or entities are lost on the way."""
    atom = "{http://www.w3.org/2005/Atom}"
    names = {name: html.unescape(name) for name in record.events["name"]}
    entries = list(etree.fromstring((book.html / "feed.xml").read_bytes()).iter(f"{atom}entry"))
    assert len(entries) == min(len(names), 50)
    for entry in entries:
        assert entry.findtext(f"{atom}title").split(": ", 1)[-1] in names or entry.findtext(f"{atom}title") in names
        assert entry.find(f"{atom}title").get("type", "text") == "text" and not len(entry.find(f"{atom}title"))
    dated = record.events[record.events["date_precision"] == "day"]
    found = icalendar.Calendar.from_ical((book.html / "calendar.ics").read_bytes()).walk("VEVENT")
    assert len(found) == len(dated)
    rows = dated.set_index("event_id")
    for entry in found:
        event = rows.loc[str(entry["URL"]).rsplit("/", 1)[-1].removesuffix(".html")]
        assert str(entry["SUMMARY"]).removesuffix(event["name"]) in PREFIXES
        assert not isinstance(event["place"], str) or str(entry["LOCATION"]) == event["place"]


def test_the_search_holds_names_as_they_are(book, record):
    """Catch what is found being no JavaScript, and a name that is changed on the way: the script shows it as text."""
    text = (book.html / "_static" / "search-data.js").read_text(encoding="utf-8")
    data = json.loads(text.removeprefix("window.jdSearch=").removesuffix(";\n"))
    titles = {address: title for address, title, *_ in data["pages"]}
    for event in record.events.itertuples():
        assert titles[f"events/{event.event_id}.html"].endswith(event.name)


def test_pictures_are_plain_xml(book):
    """Catch a picture file that does not open, loads something or holds a script."""
    pictures = sorted((book.html / "figures").glob("*.svg"))
    assert pictures and any("onerror=" in path.read_text(encoding="utf-8") for path in pictures)
    for path in pictures:
        for element in etree.fromstring(path.read_bytes()).iter(etree.Element):
            assert etree.QName(element).localname not in ("script", "foreignObject", "image", "a", "set", "animate")
            assert not [key for key in element.attrib if key.startswith("on")], path.name
            for key in element.attrib:
                assert not key.endswith("href") or element.get(key).startswith("#"), (path.name, element.get(key))


def test_downloads_hold_the_cells(book):
    """Catch a workbook in which a text became a formula, a link or a number, and tables that are not the record."""
    workbook = openpyxl.load_workbook(book.html / "data" / "joint-drills.xlsx")
    for table, columns in FREE.items():
        source = book.data_dir / f"{table}.csv"
        assert (book.html / "data" / f"{table}.csv").read_bytes() == source.read_bytes()
        rows = list(csv.DictReader(io.StringIO(source.read_text(encoding="utf-8"))))
        head, *lines = workbook[table].iter_rows()
        names = [cell.value for cell in head]
        assert len(lines) == len(rows) and not workbook[table]._hyperlinks
        for row, line in zip(rows, lines, strict=True):
            for column in columns:
                cell = line[names.index(column)]
                assert (cell.value or "") == row[column] and cell.data_type in ("s", "n" if not row[column] else "s")
        shown = json.loads((book.html / "data" / f"{table}.json").read_text(encoding="utf-8"))
        assert [row[columns[0]] or "" for row in shown] == [row[columns[0]] for row in rows]


@pytest.fixture(scope="module")
def address(book) -> Iterator[str]:
    with machine.served(book.html) as found:
        yield found


@pytest.fixture
def open_page(browser, address):
    """Open a page; fails at the end if a cell ran, anything was logged as an error, or the page scrolls sideways."""
    opened, faults = [], []

    def open_one(name: str):
        page = browser.new_page(viewport={"width": 360, "height": 900})
        opened.append(page)
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/{name}")
        return page

    yield open_one
    for page in opened:
        # nothing may be under way either: what cells could bring in is a picture that fails to load
        assert page.locator("img").count() == 0 and page.evaluate("window.hurt") is None
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
        page.close()
    assert faults == []


@pytest.fixture(scope="module")
def fullest(record) -> tuple[str, str]:
    """The event with the most figures, and the series with the most events."""
    named = record.events[record.events["series"] != "other"]
    return record.claims["event_id"].mode()[0], named["series"].mode()[0]


def test_pages_open_in_peace(open_page, fullest):
    """Catch a cell that runs when its page is opened, or a long word that widens the page of a phone."""
    for name in map("{}/{}.html".format, ("events", "series"), fullest):
        for closed in open_page(name).locator("main details").all():
            closed.evaluate("one => { one.open = true; }")


def test_the_explorer_filters_and_saves_text(open_page, record):
    """Catch a cell that runs when the explorer filters, and a downloaded table in which it is changed."""
    page = open_page("explore.html")
    page.get_by_label("Search", exact=True).fill(words := '"<script>window.hurt=1"')
    wait_until(page, "words => new URLSearchParams(location.search).get('q') === words", words)
    with page.expect_download() as saved:
        page.locator(".jd-save").click()
    rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8-sig"))))
    names = record.events.set_index("event_id")["name"]
    assert 0 < len(rows) < len(names)
    for row in rows:
        assert row["Name"].split("; ")[0].split() == " ".join(names[row["event_id"]].split()).split("; ")[0].split()


def test_the_interactive_view_says_the_cells(open_page):
    """Catch markup of a cell that Plotly reads as its own in hover texts or names along an axis."""
    page = open_page("evidence.html")
    card = page.locator("#evidence-single-publisher")
    card.get_by_role("tab", name="Explore").click()
    card.locator(".jd-plot .main-svg").first.wait_for()
    box = card.locator(".jd-plot")
    rows = card.locator(".jd-table tbody tr").count()
    box.focus()
    found = set()
    for _ in range(rows):
        page.keyboard.press("ArrowRight")
        said = card.locator(".jd-say").inner_text()
        assert "&" not in re.sub(r"&(lt|quot|amp|gt);?|&b", "", said)
        for text in HOSTILE:
            if text in said and text.isprintable() and len(text) < 60:
                # Plotly draws a hover text some time later
                wait_until(page, HOVERED, text.replace(" ", ""))
                found.add(text)
    assert len(found) > 3
    assert box.locator("a, script, foreignObject, tspan[style*='font-weight']").count() == 0


def test_the_search_shows_titles_as_text(open_page, record, fullest):
    """Catch a title that becomes markup among the results of a search."""
    page = open_page(f"search.html?q={fullest[1].replace('-', '+')}")
    expect(page.locator(".jd-found")).to_contain_text("pages.")
    found = page.locator(".jd-results li > a").evaluate_all("links => links.map(link => link.textContent)")
    names = {prefix + name for name in (*record.events["name"], *record.series["name"]) for prefix in PREFIXES}
    assert len(names.intersection(found)) > 2
    assert page.locator(".jd-results a *, .jd-results p *, .jd-results img").count() == 0
