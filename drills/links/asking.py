"""Ask one page whether it still answers, and one archive whether it has a copy.

Every host is asked slowly, one page at a time, and left alone for as long as it says. What a host does to readers of
one kind, such as refusing programs, says nothing of the page: only an answer that the page is not there does.
"""

from __future__ import annotations

import asyncio
import email.utils
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

# Hosts that refuse what calls itself a program often refuse everybody else as well; we say who asks.
AGENT = "joint-drills-links (asks once a week whether cited pages still answer)"
# What an answer means for somebody who follows the link.
GONE = {404, 410}
# Answers to HEAD by hosts that only know GET.
WITHOUT_HEAD = {400, 403, 404, 405, 406, 410, 500, 501, 503}
LATER = {429, 503}
MOST_BYTES = 2_000


@dataclass(frozen=True)
class Answer:
    """What came of asking for one address.

    outcome: `ok`; `moved` for good to `where`; `gone`; `refused` to programs; `trouble` on the way or at the host,
    which may be over tomorrow. status: of HTTP, 0 for none. detail: in words.
    """

    url: str
    outcome: str
    status: int = 0
    where: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Manners:
    """How hosts are treated; all in seconds.

    pause: between two questions to one host. patience: for one question, all redirects included. longest: for which
    we wait when a host asks for it. tries: of one address in all. archive: where copies are asked for.
    """

    pause: float = 2.0
    patience: float = 30.0
    longest: float = 120.0
    tries: int = 3
    archive: str = "https://archive.org/wayback/available"


class Asker:
    """Asks within one event loop: `async with Asker(Manners()) as asker`. Remembers when each host may be asked again.

    One connection after the other is opened, since hosts are asked slowly anyway.
    """

    def __init__(self, manners: Manners):
        self.manners = manners
        self.client = httpx.AsyncClient(headers={"User-Agent": AGENT, "Accept": "*/*"}, follow_redirects=True,
                                        max_redirects=10, timeout=None,
                                        limits=httpx.Limits(max_keepalive_connections=0))
        self.not_before: dict[str, float] = defaultdict(float)
        self.locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def __aenter__(self) -> Asker:
        await self.client.__aenter__()
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self.client.__aexit__(*error)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until a host may be asked, and keep others from asking it meanwhile."""
        async with self.locks[host]:
            await asyncio.sleep(max(self.not_before[host] - time.monotonic(), 0))
            try:
                yield
            finally:
                self.not_before[host] = max(self.not_before[host], time.monotonic() + self.manners.pause)

    async def ask(self, url: str) -> Answer:
        """Ask for an address, HEAD first, again after trouble; never raises for what a host does."""
        try:
            host = urlsplit(url).netloc.lower()
        except ValueError as error:
            return Answer(url, "trouble", detail=f"no address: {error}")
        for number in range(self.manners.tries):
            async with self.turn(host):
                answer, wait = await self._once(url)
                self.not_before[host] = time.monotonic() + wait
            is_last = number + 1 == self.manners.tries
            if answer.outcome != "trouble" or wait > self.manners.longest or is_last:
                return answer
            if not wait:
                await asyncio.sleep(self.manners.pause * 2 ** number)
        raise ValueError(f"an address is asked for at least once, not {self.manners.tries} times")

    async def _once(self, url: str) -> tuple[Answer, float]:
        """One try, and for how many seconds the host wants to be left alone."""
        patience = self.manners.patience
        try:
            async with asyncio.timeout(patience):
                status, where, later, is_permanent = await _send(self.client, "HEAD", url)
                if status in WITHOUT_HEAD:
                    status, where, later, is_permanent = await _send(self.client, "GET", url)
        except TimeoutError:
            return Answer(url, "trouble", detail=f"no whole answer within {patience:g} seconds"), 0
        except httpx.TooManyRedirects:
            return Answer(url, "gone", detail="it sends its readers in a circle"), 0
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
            return Answer(url, "trouble", detail=f"{type(error).__name__}: {error}".rstrip(": ")), 0
        return judged(url, status, where, is_permanent), seconds(later) if status in LATER else 0

    async def archived(self, url: str, day: str) -> str:
        """The address of an archived copy near a day (digits of a date, blank for the newest); blank if none is known.

        An archive that does not answer knows none: the report then says so, and the next run asks again.
        """
        try:
            async with self.turn(urlsplit(self.manners.archive).netloc), asyncio.timeout(self.manners.patience):
                answer = await self.client.get(self.manners.archive, params={"url": url, "timestamp": day})
            nearest = answer.json()["archived_snapshots"]["closest"]
            return nearest["url"].replace("http://", "https://", 1) if nearest["available"] else ""
        except (TimeoutError, httpx.HTTPError, ValueError, KeyError, TypeError):
            return ""


async def _send(client: httpx.AsyncClient, method: str, url: str) -> tuple[int, str, str, bool]:
    """Status, last address, Retry-After, and whether every redirect on the way was for good; the body is not read."""
    async with client.stream(method, url) as answer:
        async for piece in answer.aiter_raw(MOST_BYTES):
            if piece:
                break
        permanent = bool(answer.history) and all(one.status_code in (301, 308) for one in answer.history)
        return answer.status_code, str(answer.url), answer.headers.get("Retry-After", ""), permanent


def judged(url: str, status: int, where: str, is_permanent: bool) -> Answer:
    """What a status means for a reader."""
    if status in GONE:
        return Answer(url, "gone", status, where, "the host says that it has no such page")
    if status in LATER or status >= 500:
        return Answer(url, "trouble", status, where, "the host cannot answer now")
    if status >= 400:
        return Answer(url, "refused", status, where, "the host does not answer programs, or not without an account")
    if is_permanent and urlsplit(where).path in ("", "/") and urlsplit(url).path not in ("", "/"):
        return Answer(url, "gone", status, where, "it leads to the front page only")
    return Answer(url, "moved" if is_permanent else "ok", status, where if is_permanent else "")


def seconds(later: str) -> float:
    """How long Retry-After asks to wait, in seconds from now; 0 if it says nothing that can be read."""
    if later.strip().isdigit():
        return float(later)
    try:
        when = email.utils.parsedate_to_datetime(later)
    except (TypeError, ValueError):
        return 0
    return max(when.timestamp() - time.time(), 0)
