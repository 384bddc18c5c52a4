"""A browser, the record, and a small sound one in a temporary folder with edits that break it."""

from __future__ import annotations

import csv
import gc
import io
import os
import re
import signal
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from drills import addresses, checks
from drills.authoring import fmt
from drills.checks import form
from drills.counting.reading import Reading
from drills.downloads import derived
from drills.record import package, tables
from drills.record.problems import Problem
from drills.site import lifeline
from tests.helpers import machine, served_kernels

# tests build sites as they are built at home, also where GitHub runs them
os.environ.pop(addresses.REPOSITORY, None)
SMALL = {
    "series": """alpha-line,Alpha line,,,exercise,false,,Made up for tests,bilateral
sea-watch,Sea watch,,,patrol,false,,Made up for tests,bilateral
""",
    "events": """\
2021-alpha,Alpha 2021,,,Alpha;First Alpha,alpha-line,core,exercise,land,held,bilateral,,2021-08-09,2021-08-13,day,\
Qingtongxia,38.0,106.0,point,
2022-watch,Sea watch 2022,,,,sea-watch,core,patrol,naval,held,bilateral,,2022-05,2022-05,month,,,,unknown,
2022-watch-north,Sea watch 2022 north,,,,sea-watch,wider,patrol,naval,planned,bilateral,2022-watch,2022-05,,month,\
,,,unknown,
2023-alpha,Alpha 2023,,,,alpha-line,wider,exercise,land,held,russia_led,,2023-08-01,2023-08-05,day,Mulino,56.3,42.9,\
area,
""",
    "participants": """2021-alpha,CHN,participant,true,xinhua-1,
2021-alpha,RUS,participant,false,tass-1,
2022-watch,CHN,participant,false,tass-2,
2022-watch,RUS,participant,false,tass-2;xinhua-2,
2022-watch-north,CHN,participant,false,tass-2,
2022-watch-north,RUS,participant,false,tass-2,
2023-alpha,CHN,observer,true,tass-3,
2023-alpha,RUS,participant,true,tass-3,
""",
    "claims": """\
2021-alpha:troops:ALL:1,2021-alpha,troops,ALL,event,,10000,,more_than,reported,Xinhua,media,relayed,xinhua-1,
2021-alpha:troops:RUS:1,2021-alpha,troops,RUS,event,,300,400,between,planned,TASS,media,relayed,tass-1,
2021-alpha:tanks:ALL:1,2021-alpha,tanks,ALL,event,,30,30,exactly,reported,Xinhua,media,relayed,xinhua-1,
2022-watch:ships:CHN:1,2022-watch,ships,CHN,event,,3,3,about,reported,TASS,media,relayed,tass-2,
2022-watch:ships:RUS:1,2022-watch,ships,RUS,event,,,4,up_to,reported,TASS,media,relayed,xinhua-2,
""",
    "date_claims": """2021-alpha,start,2021-08-09,event,reported,Xinhua,media,xinhua-1,
2022-watch,start,2022-05,event,planned,TASS,media,tass-0,
2021-alpha,end,2021-08-13,event,reported,TASS,media,tass-3,
2023-alpha,end,2023-08-05,event,reported,TASS,media,tass-3,
""",
    "facts": "2021-alpha,equipment,Su-30SM fighters,Xinhua,xinhua-1\n",
    "sources": """\
tass-0,,TASS,Plan,true,2022-04-30,,en,agency,false,false,,,
tass-1,https://tass.example/1,TASS,Before,false,2021-08-01,,en,agency,false,false,,,
tass-2,https://tass.example/2,TASS,After,false,2022-06-01,,en,agency,false,false,,,
tass-3,https://tass.example/3,TASS,Later,false,2023-08,,en,agency,false,false,,,
xinhua-1,https://news.example/1,News Portal,Report,false,2021-08-13,,en,agency,true,true,Xinhua,,
xinhua-2,https://xinhua.example/2,Xinhua,Report,false,2022-06,,en,agency,false,false,,,
""",
    "publishers": """News Portal,News Portal,copier,,
TASS,TASS,agency,RUS,
Xinhua,Xinhua,agency,CHN,
""",
    "milestones": "2022-09-call,2022-09-19,A call,summit,They spoke,tass-3;xinhua-2\n",
    "published_counts": "tass-count,TASS,,tass-3,2023-08,2021,2023,3,,all of them,false\n",
    "nearest_rules": "tass-count,true,,,,,false,false,,,,,,,tass-list,All of them,\n",
    "rulings": """\
2021-alpha-exclude,2021-alpha,exclude,2021-alpha:tanks:ALL:1,,Not all tanks,value_low=30,xinhua-1
2021-alpha-rescope,2021-alpha,rescope,2021-alpha:troops:ALL:1,CHN,Chinese troops alone,scope=ALL,xinhua-1
""",
    "settled": "",
    "searches": """\
alpha-line-2022,alpha-line,,2022-01,2022-06,ru;zh,News sites: Alpha 2022,nothing_found,2022-06-01,
sea-watch-2022,sea-watch,North,2022-05-01,2022-05-31,ru,News sites: watch,found,2022-06-01,
""",
    "outside_lists": """\
tass-list,Drills by year,TASS,tass-3,2021,2023,every drill of the two,true,2,
xinhua-list,Drills named,Xinhua,xinhua-2,2021,,drills with guests,false,9,
""",
    "withdrawn": """\
events,2021-first-alpha,First Alpha,2021-08,renamed,2021-alpha,2021-09-01,Named as its series
events,2020-alpha,Alpha 2020,2020-08-01,withdrawn,,2021-10-02,No source says that both took part
sources,tass-9,,,merged,tass-1,2021-09-01,The same page
""",
    "outside_rows": """\
tass-list,1,2021-08,Alpha,2021-alpha,in_record,,
tass-list,2,2023,Gamma,,only_one_took_part,Only Russian ships came,tass-3
xinhua-list,1,2022-05-03,Northern leg,2022-watch,part_of_other,A leg of the patrol,xinhua-2
""",
}

# rooms of tests whose modules take minutes come first: begun last, one would run on while other processes have nothing
LONGEST_FIRST = ("builds", "browser", "house", "figures", "checks", "counting")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put modules that take long before the others."""
    def rank(item: pytest.Item) -> int:
        room = item.path.parent.name
        return LONGEST_FIRST.index(room) if room in LONGEST_FIRST else len(LONGEST_FIRST)

    items.sort(key=rank)


def pytest_sessionstart() -> None:
    """Have the kernels of chapters, also those that nbval runs, begin with what chapters need loaded already."""
    served_kernels.begin()


def pytest_collection_finish() -> None:
    """Keep thousands of tests, which stay, from being searched for what is unused, again and again."""
    gc.freeze()
    gc.set_threshold(lifeline.NEW_THINGS)


@cache
def sound_files() -> dict[str, bytes]:
    """The files of the small record by their names."""
    files = {name: (tables.DATA / name).read_bytes() for name in (package.PACKAGE_FILE, "README.md")}
    files[package.PACKAGE_FILE] = with_version(files[package.PACKAGE_FILE], "9.9.9-dev")
    for name, resource in package.resources(tables.read_package(tables.DATA)).items():
        header = ",".join(package.fields(resource))
        # tables that describe the world and not events are those of the record
        files[resource["path"]] = (f"{header}\n{SMALL[name]}".encode() if name in SMALL else
                                   (tables.DATA / resource["path"]).read_bytes())
    return files


def with_version(described: bytes, version: str) -> bytes:
    """The bytes of a descriptor with another version."""
    return re.sub(rb'"version": "[^"]*"', f'"version": "{version}"'.encode(), described)


class SmallRecord:
    """A record in a folder: `edit` changes one cell, `problems` and `warnings` give the printed lines."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.restore()

    def restore(self) -> None:
        for name, content in sound_files().items():
            (self.folder / name).write_bytes(content)

    def name(self, version: str) -> None:
        """Give the record a version."""
        path = self.folder / package.PACKAGE_FILE
        path.write_bytes(with_version(path.read_bytes(), version))

    def path(self, table: str) -> Path:
        return self.folder / f"{table}.csv"

    def edit(self, table: str, line: int, column: str, value: str) -> None:
        rows = list(csv.reader(io.StringIO(self.path(table).read_text(encoding="utf-8"))))
        rows[line - 1][rows[0].index(column)] = value
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self.path(table).write_text(text.getvalue(), encoding="utf-8", newline="")

    def add(self, table: str, *rows: str) -> None:
        """Write further rows at the end of a table."""
        with self.path(table).open("a", encoding="utf-8", newline="") as file:
            file.writelines(row.removesuffix("\n") + "\n" for row in rows)

    def swap(self, table: str, old: str, new: str) -> None:
        text = self.path(table).read_bytes().decode("utf-8")
        assert text.count(old) == 1, f"{text.count(old)} times in {table}: {old!r}"
        self.path(table).write_bytes(text.replace(old, new).encode("utf-8"))

    def found(self) -> list[Problem]:
        """Every problem but that of form: rows stand here in an order that tests can read."""
        return self.meant([problem for problem in checks.check(self.folder) if problem.fix != form.COMMAND])

    def meant(self, found: list[Problem]) -> list[Problem]:
        """Problems and warnings, of which each has to say what stands in its cell, an item of the list there, or cells
        of its row."""
        for problem in found:
            if problem.line > 1 and problem.file.endswith(".csv") and (row := self.row(problem)) is not None:
                # a number may be said without its last zeros
                cell = row.get(problem.column, problem.value).removesuffix(".0")
                assert (problem.value == cell or problem.value in cell.split(";")
                        or set(problem.value.split(", ")) <= set(row.values())), f"{problem}: {problem.value!r}"
        return found

    def row(self, problem: Problem) -> dict[str, str] | None:
        """The row in which a problem is, by column; None where rows are no lines or cells have no column."""
        text = Path(problem.file).read_bytes().decode("utf-8", "backslashreplace")
        try:
            rows = list(csv.reader(io.StringIO(text, newline="")))
        except csv.Error:
            return None
        are_lines = len(rows) == len(text.splitlines()) and problem.line <= len(rows)
        row = rows[problem.line - 1] if are_lines else []
        return dict(zip(rows[0], row, strict=True)) if row and len(row) == len(rows[0]) else None

    def problems(self) -> list[str]:
        """Their printed lines."""
        return list(map(self.printed, self.found()))

    def said(self) -> list[tuple[str, str]]:
        """Their printed lines, each with the value that it means."""
        return [(self.printed(problem), problem.value) for problem in self.found()]

    def tidy(self) -> None:
        """Bring the files into their form, so that a check of the folder accepts them; lines move."""
        fmt.fmt(self.folder)

    def warnings(self) -> list[str]:
        return list(map(self.printed, self.meant(checks.examine(self.folder).warnings)))

    def printed(self, problem: Problem) -> str:
        """The line of a problem, its file without the folder."""
        return str(problem).replace(f"{self.folder}/", "")

    def cell(self, problem: Problem) -> str:
        """What stands where a problem is, in a table without line breaks in cells."""
        rows = list(csv.reader(io.StringIO(Path(problem.file).read_text(encoding="utf-8"), newline="")))
        return rows[problem.line - 1][rows[0].index(problem.column)]


@pytest.fixture(scope="session", autouse=True)
def _can_be_interrupted() -> None:
    """A shell that runs the tests in the background has them, and what they start, ignore an interrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def small(tmp_path: Path) -> SmallRecord:
    """A small record that breaks no rule."""
    return SmallRecord(tmp_path)


@pytest.fixture
def small_at() -> Callable[[Path], SmallRecord]:
    """Make the small record in a folder that does not exist yet."""
    def made(folder: Path) -> SmallRecord:
        folder.mkdir()
        return SmallRecord(folder)

    return made


@pytest.fixture(scope="session")
def record() -> tables.Record:
    """The record of this checkout, read once; no test may change it."""
    return tables.load()


@pytest.fixture(scope="session")
def reading(record) -> Reading:
    """What is counted from that record, each thing when first asked for."""
    return Reading(record)


@pytest.fixture(scope="session")
def content(reading) -> dict[str, derived.Table]:
    """The tables of the record and those made from it, as the downloads hold them."""
    return derived.all_tables(reading)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process: Playwright does not support two."""
    found = machine.find_browser()
    if found is None:
        pytest.exit("no browser for the tests of the site: install Chromium (apt-get install chromium) "
                    "or set CHROME_PATH", returncode=4)
    # how long a condition may take to come true where much else runs, in milliseconds
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(machine.OPTIONS))
        yield started
        started.close()
