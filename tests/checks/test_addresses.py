"""The rules of addresses and days of pages: a broken row of the small record and the line that the check prints."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from drills.checks import addresses
from drills.record import tables

FIRST = "https://tass.example/1"


@pytest.mark.slow
@pytest.mark.parametrize("url", [
    "http://tass.example/1", "https://www.tass.example/1/", "https://TASS.example/1#top", f"{FIRST}?utm_source=x",
    "https://tass.example:443/1?fbclid=2", f"https://web.archive.org/web/20210801120000/{FIRST}",
    f"https://web.archive.org/web/2021id_/{FIRST}", f"http://archive.ph/20210801/{FIRST}",
])
def test_a_page_registered_twice(small, url):
    """Catch one page under two names, however its address is written."""
    small.edit("sources", 4, "url", url)
    assert small.problems() == [
        "sources.csv:4:url: 'tass-2' has the address of 'tass-1' in line 3; "
        "merge the two rows: point every row that names 'tass-2' to 'tass-1'"]


@pytest.mark.parametrize("url", ["https://tass.example/10", f"{FIRST}?id=2", "https://news.tass.example/1", "",
                                 f"https://web.archive.org/web/2021/{FIRST}0"])
def test_two_pages(small, url):
    """Catch two pages that are taken for one, and pages without an address."""
    small.edit("sources", 4, "url", url)
    small.edit("sources", 5, "url", "")
    assert small.problems() == []


def frames(value: str) -> SimpleNamespace:
    """Rows with one source of a day, and nothing else."""
    none = pd.DataFrame({"date": [], "published": []}, dtype="str")

    def at(table, line, column, value, rule, fix):
        return tables.Problem(f"{table}.csv", line, column, value, rule, fix)

    return SimpleNamespace(sources=pd.DataFrame({"published": [value]}, index=[2]), milestones=none,
                           published_counts=none, at=at)


@pytest.mark.parametrize("day, is_ahead", [
    ("2026-11-29", False), ("2026-11-30", False), ("2026-12-01", True), ("2026", False), ("2026-11", False),
    ("2026-12", True), ("2027", True), ("2062-05-03", True),
])
def test_a_page_of_the_future(day, is_ahead):
    """Catch a year typed wrong that moves the day of the record, whatever the day of the test."""
    found = list(addresses.pages_are_not_of_the_future(frames(day), today=date(2026, 11, 29)))
    assert [str(problem) for problem in found] == [
        f"sources.csv:2:published: {day} lies in the future; write the day that the page has"] * is_ahead


@pytest.mark.parametrize("table, line, column", [
    ("sources", 7, "published"), ("published_counts", 2, "published"),
])
def test_the_future_is_reported_once(small, table, line, column):
    """Catch a slip in a year that drags along the stages of its claims."""
    small.edit(table, line, column, "2062-06-01")
    assert small.problems() == [f"{table}.csv:{line}:{column}: 2062-06-01 lies in the future; "
                                "write the day that the page has"]


def test_a_milestone_of_the_future(small):
    """Catch a milestone that has not happened."""
    small.swap("milestones", "2022-09-call,2022-09-19", "2062-09-call,2062-09-19")
    assert small.problems() == ["milestones.csv:2:date: 2062-09-19 lies in the future; "
                                "write the day that the page has"]


def test_a_year_that_is_not_that_of_the_name(small):
    """Catch the nearer slip: a year that has come, but is not the one in the name of the source."""
    for table in ("sources", "claims", "outside_lists", "outside_rows"):
        path = small.path(table)
        text = re.sub(r"xinhua-2\b(?!,https)", "xinhua-20220610-watch", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    path = small.path("participants")
    path.write_text(path.read_text(encoding="utf-8").replace("xinhua-2,", "xinhua-20220610-watch,"), encoding="utf-8")
    small.swap("milestones", "xinhua-2", "xinhua-20220610-watch")
    small.edit("sources", 7, "published", "2022-06-10")
    small.edit("sources", 7, "source_id", "xinhua-20220610-watch")
    assert small.problems() == []
    small.edit("sources", 7, "published", "2023-06-10")
    assert small.problems() == ["sources.csv:7:published: 'xinhua-20220610-watch' names the year 2022, its page is of "
                                "2023-06-10; fix the year"]


@pytest.mark.slow
@pytest.mark.parametrize("url, message", [
    ("https://me:pass@tass.example/5", "the address holds the name or password of a reader; "
                                       "delete what stands before @, and change the password if it is one"),
    ("https://tass.example/5?access_token=3f", "the address holds 'access_token', which opens the page for one reader; "
                                               "delete it"),
    ("https://tass.example/5?id=1&PHPSESSID=3f", "the address holds 'PHPSESSID', which opens the page for one reader; "
                                                 "delete it"),
    *((f"https://{host}/5", f"'{host}' is no host that other readers reach; write the address of the public page")
      for host in ("localhost:8000", "127.0.0.1", "192.168.1.5:80", "[::1]", "intranet", "news.local", "tass..example",
                   "tass.example:0")),
    ("https:///5", "'' is no host that other readers reach; write the address of the public page"),
    ("https://tass.example:99999/5", "'https://tass.example:99999/5' is no address (Port out of range 0-65535); "
                                     "copy the address of the page again"),
    ("https://[tass.example/5", "'https://[tass.example/5' is no address (Invalid IPv6 URL); "
                                "copy the address of the page again"),
    *((url, f"'{url}' begins twice; delete the first scheme")
      for url in ("https://https://tass.example/5", "http://http//tass.example/5".replace("http//", "http://"),
                  "https:///https://tass.example/5")),
    *((f"https://tass.example/5{sign}", f"the address holds '{sign}', which no address may; "
       "delete what is not of the address, or encode it") for sign in '<>"`\\^{}|'),
    ("https://tass.example/%zz5", "'%zz' is half a code; copy the address of the page again"),
    ("https://tass.example/5%", "'%' is half a code; copy the address of the page again"),
    *((f"https://{address}", f"{address.partition('/')[0]} only passes on to another page; "
       "write the address of that page") for address in (
           "www.google.com/url?q=https://tass.example/5", "www.google.com/search?q=drill",
           "google.co.uk/amp/s/tass.x/5",
           "webcache.googleusercontent.com/search?q=cache:5", "t.co/5", "bit.ly/5", "l.facebook.com/l.php?u=5",
           "www.baidu.com/link?url=5", "yandex.ru/search/?text=5")),
])
def test_an_address_that_opens_for_its_writer_alone(small, url, message):
    """Catch an address with a password, of a computer at home, of a search, or cut or pasted twice."""
    small.edit("sources", 4, "url", url)
    assert small.problems() == [f"sources.csv:4:url: {message}"]


@pytest.mark.parametrize("url", [
    "https://tass.example./5", "http://106.2.224.58:1057/5?id=6", "https://xn--80aejgga1bqhq2b.xn--p1ai:443/5",
    "https://пример.рф/страны", "https://tass.example//5", "https://tass.example/?p=5", "https://news.google.com/5",
    "https://tass.example/a[5](b)?q=%D0%BA~:@!$&'()*+,;=", "https://tass.example/search?q=http://x.example",
    "https://web.archive.org/web/2020/https://tass.example/5", "https://[2001:4860:4860::8888]/5",
])
def test_an_address_that_opens(small, url):
    """Catch an unusual address that is refused although it opens."""
    small.edit("sources", 4, "url", url)
    assert small.problems() == []
