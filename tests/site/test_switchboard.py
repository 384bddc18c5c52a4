"""The switchboard: its script counts what the package counts, under every setting, and says the same words."""

from __future__ import annotations

import base64
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Page

from drills.counting import definitions
from drills.counting.definitions import DEFAULT, PRESETS, Definition
from drills.counting.switches import AREAS, BY_NAME, DOMAINS, FRAMEWORKS, KINDS, STATUSES, SWITCHES, TIERS
from drills.site import theming
from drills.site.pages import switchboard
from tests.helpers.definitions import DEFINITIONS
from tests.helpers.machine import served

SKELETON = ('<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Definitions</title><script>{scheme}</script>'
            '<link rel="stylesheet" href="_static/site.css">{scripts}<main><article>{body}</article></main></html>')
PREPARED = """const data = JSON.parse(document.querySelector("main script").text);
  const { rules, events } = drillsDefinitions.prepared(data);"""
# Total and, for each year, a sum with weights that no other counts of years are likely to give, of every setting.
EVERY = "([lists, weights]) => {" + PREPARED + """
  const subsets = (values) => Array.from({ length: 1 << values.length },
    (_none, bits) => values.filter((_one, at) => bits >> at & 1));
  const [tiers, statuses, kinds, frameworks] = lists.map(subsets), found = [];
  for (const military of [false, true]) for (const merged of [false, true]) for (const least of [1, 2, 3, 6])
    for (const t of tiers) for (const s of statuses) for (const k of kinds) for (const f of frameworks) {
      const kept = drillsDefinitions.select(events, { tiers: t, statuses: s, kinds: k, frameworks: f,
        "military-only": military, merged, "min-publishers": least, from: null, to: null, series: null,
        domains: null, areas: null });
      let sum = 0;
      for (const event of kept) sum += weights[drillsDefinitions.yearOf(event) - rules.first];
      found.push(kept.length, sum);
    }
  const bytes = new Uint8Array(new Int32Array(found).buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}"""
ONE = "pairs => {" + PREPARED + """
  const definition = drillsDefinitions.fromWords(pairs, rules);
  const { total, years, rows, reason } = drillsDefinitions.count(events, definition, rules);
  const usual = drillsDefinitions.fromWords([], rules);
  return { total, reason, years: [...years], ids: rows.map((event) => event.event_id),
    words: drillsDefinitions.toWords(definition, usual), described: drillsDefinitions.describe(definition, rules) };
}"""
REFUSED = "pairs => {" + PREPARED + """
  try { drillsDefinitions.fromWords(pairs, rules); } catch (error) { return error.message; }
  return "";
}"""


@pytest.fixture(scope="module")
def folder(reading, tmp_path_factory) -> Path:
    """A folder with the switchboard of the live record alone on a page."""
    made = tmp_path_factory.mktemp("switchboard")
    theming.join_assets(made / "_static")
    body = switchboard.switchboard(reading)
    scripts = "".join(f'<script defer src="_static/{name}"></script>' for name in theming.scripts_of(body))
    (made / "definitions.html").write_text(SKELETON.format(
        scheme=theming.SCHEME_SCRIPT, scripts=scripts, body=body), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def address(folder) -> Iterator[str]:
    with served(folder) as found:
        yield f"{found}/definitions.html"


@pytest.fixture(scope="module")
def page(browser, address) -> Iterator[Page]:
    """One page for what leaves no trace."""
    opened = browser.new_page()
    opened.goto(address)
    yield opened
    opened.close()


@pytest.fixture
def open_page(browser, address):
    """Open the switchboard with a query; fails at the end if the page logged an error."""
    contexts, faults = [], []

    def open_one(query: str = "", **options) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}, **options))
        opened = contexts[-1].new_page()
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.goto(f"{address}{query}")
        return opened

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


# the script against the package


def subsets(codes: np.ndarray, n_values: int) -> np.ndarray:
    """For each subset of the values of a list, which events have one of them: subsets by events."""
    return np.array([[bits >> code & 1 for code in codes] for bits in range(1 << n_values)], dtype=np.int32)


def expected(coded, weights: np.ndarray) -> np.ndarray:
    """Total and weighted years of every setting, in the order of the script: the rules of `Coded.kept` as products."""
    parts = np.flatnonzero(coded.parent >= 0)
    wholes = coded.parent[parts]
    tiers, statuses, kinds, frameworks = (subsets(codes, len(values)) for codes, values in (
        (coded.tier, TIERS), (coded.status, STATUSES), (coded.kind, KINDS), (coded.framework, FRAMEWORKS)))
    outer, inner = (np.array([one & other for one, other in itertools.product(*pair)])
                    for pair in ((tiers, statuses), (kinds, frameworks)))
    found = []
    for is_military, is_merged, least in itertools.product((False, True), (False, True), (1, 2, 3, 6)):
        left = outer & (coded.houses >= least if least > 1 else True) & ~(coded.is_police & is_military)
        for weight in (np.ones(len(weights), dtype=np.int64), weights):
            sums = (left * weight) @ inner.T.astype(np.int64)
            if is_merged:
                sums -= ((left[:, parts] & left[:, wholes]) * weight[parts]) @ (
                    inner[:, parts] & inner[:, wholes]).T.astype(np.int64)
            found.append(sums.ravel())
    return np.array(found).reshape(-1, 2, outer.shape[0] * inner.shape[0]).transpose(0, 2, 1).reshape(-1, 2)


@pytest.mark.slow
def test_the_script_counts_as_the_package_under_every_setting(page, reading):
    """Catch a total or a year that differs from `python -m drills count` under any of a million settings."""
    first, last = int(reading.coded.year.min()), int(reading.coded.year.max())
    of_year = np.random.default_rng(1).integers(1, 1 << 20, last - first + 1)
    weights = of_year[reading.coded.year - first]
    ours = expected(reading.coded, weights)
    answer = page.evaluate(EVERY, [[TIERS, STATUSES, KINDS, FRAMEWORKS], of_year.tolist()])
    theirs = np.frombuffer(base64.b64decode(answer), dtype="<i4").reshape(-1, 2)
    assert len(theirs) == 2 * 2 * 4 * 4 * 16 * 16 * 64 and (theirs == ours).all()


def test_the_products_are_the_counts_of_the_package(reading):
    """Catch a test above that agrees with the script and not with the package."""
    coded, random = reading.coded, np.random.default_rng(2)
    ours = expected(coded, np.ones(len(coded.events), dtype=np.int64))[:, 0].reshape(2, 2, 4, 4, 16, 16, 64)

    def chosen(values: tuple[str, ...], bits: int) -> tuple[str, ...]:
        return tuple(value for at, value in enumerate(values) if bits >> at & 1)

    for _ in range(500):
        place = tuple(int(random.integers(0, size)) for size in ours.shape)
        lists = [chosen(*pair) for pair in zip((TIERS, STATUSES, KINDS, FRAMEWORKS), place[3:], strict=True)]
        definition = Definition(*lists, bool(place[0]), bool(place[1]), (1, 2, 3, 6)[place[2]])
        assert coded.kept(definition).sum() == ours[place], definition


def pairs(words: dict[str, str]) -> list[list[str]]:
    """Switches as the script reads them from an address."""
    return [list(pair) for pair in words.items()]


def assert_same(page: Page, reading, definition: Definition) -> None:
    """Total, years, events, reason, text form and words of the script are those of the package."""
    words = definitions.to_words(definition)
    # whose lists are in the order of their values
    definition = definitions.from_words(words)
    counted = definitions.count(reading.record.events, definition, reading.houses)
    said = page.evaluate(ONE, pairs(words))
    assert said == {"total": counted.total, "reason": counted.reason, "ids": counted.rows["event_id"].tolist(),
                    "years": counted.per_year[["year", "total"]].to_numpy().tolist(),
                    "words": pairs(words),
                    "described": definition.describe()}


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_counted_alike(page, reading, name):
    """Catch a preset that the page sets otherwise, by its name or spelled out."""
    assert_same(page, reading, PRESETS[name].definition)
    assert page.evaluate(ONE, [["preset", name]]) == page.evaluate(
        ONE, pairs(definitions.to_words(PRESETS[name].definition)))


@pytest.mark.slow
@given(definition=DEFINITIONS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_definition_is_counted_alike(page, reading, definition):
    """Catch a period, series, service or area that the script reads otherwise, and words that differ."""
    if definition.series is None or set(definition.series) <= set(reading.record.series["series_id"]):
        assert_same(page, reading, definition)


@pytest.mark.parametrize("words", [
    {"foo": "1"}, {"preset": "mine"}, {"kinds": "exercise,drill"}, {"tiers": "core,core,Wider"}, {"merged": "maybe"},
    {"min-publishers": "0"}, {"min-publishers": "12345"}, {"from": "2014-02-30"}, {"to": "14"}, {"from": "0000"},
    {"series": "nonsense"}, {"areas": "<b>"}, {"__proto__": "1"}, {"constructor": "x"}], ids=str)
def test_what_does_not_exist_is_refused_in_the_same_words(page, reading, words):
    """Catch an address that the page takes and the command line does not, and a message without what exists."""
    with pytest.raises(ValueError) as refused:
        definitions.from_words(words, reading.record.series["series_id"])
    assert page.evaluate(REFUSED, pairs(words)) == str(refused.value)


# the page


def total(page: Page) -> str:
    return page.locator("output").inner_text()


def moved(page: Page) -> None:
    """Wait for the frame after a move."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def box(page: Page, name: str, value: str):
    return page.locator(f'.jd-switches [name="{name}"][value="{value}"]')


@pytest.mark.slow
def test_without_a_script_the_default_and_all_presets_are_there(open_page, reading):
    """Catch a page that needs a script for its numbers, or shows switches that do nothing."""
    page = open_page(java_script_enabled=False)
    assert total(page) == str(len(reading.counted)) and not page.locator(".jd-switches").is_visible()
    rows = page.locator(".jd-presets tbody tr")
    assert rows.count() == len(PRESETS) and page.locator(".jd-presets tbody").is_visible()
    assert rows.first.locator("td").last.inner_text() == total(page) and not page.locator(".jd-acts").is_visible()


@pytest.mark.slow
def test_the_script_says_first_what_the_build_says(open_page):
    """Catch a page that changes its sentence, its chart, its switches or its definition when the script counts."""
    parts = [".jd-total", ".jd-sentence", ".jd-columns", ".jd-by-year tbody", ".jd-definition", "#jd-preset-hint"]
    built, run = open_page(java_script_enabled=False), open_page()
    switches = "() => [...document.forms[0].elements].map((one) => [one.name, one.value, one.checked])"
    before = run.evaluate(switches)
    assert run.locator(".jd-quote").get_attribute("data-quote") is None
    run.locator("output").hover()
    assert run.locator(".jd-quote").get_attribute("data-quote").startswith(run.locator(".jd-sentence").inner_text())
    assert run.evaluate(switches) == before and any(is_checked for _, _, is_checked in before)
    for part in parts:
        one, other = (re.sub(r"\s+", "", page.locator(part).inner_html()) for page in (built, run))
        assert one == other, part


@pytest.mark.slow
@pytest.mark.parametrize("press", ["Space", "ArrowDown"])
def test_the_first_move_may_come_from_the_keyboard(open_page, press):
    """Catch a first move that is lost, since what it needs was not made yet."""
    page = open_page()
    switch = box(page, "merged", "yes") if press == "Space" else page.locator("#jd-min-publishers")
    switch.focus()
    page.keyboard.press(press)
    moved(page)
    assert page.url.endswith("?merged=yes" if press == "Space" else "?min-publishers=2")
    assert page.locator(".jd-change b").count() == 1
    assert int(page.locator(".jd-quote").get_attribute("data-quote").split()[3]) == int(total(page))


@pytest.mark.slow
def test_a_first_move_without_a_pointer_or_keys_counts(open_page):
    """Catch a switch that jumps back where software for the blind moves it."""
    page = open_page()
    page.evaluate("""() => {
      const one = document.querySelector('[name="kinds"][value="patrol"]');
      one.checked = false;
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    moved(page)
    assert page.url.endswith("?kinds=exercise,command_post") and not box(page, "kinds", "patrol").is_checked()


@pytest.mark.slow
def test_a_move_changes_everything_at_once(open_page, reading):
    """Catch a total that runs ahead of the chart, the sentence, the address or what is named."""
    page = open_page()
    before = int(total(page))
    box(page, "kinds", "patrol").uncheck()
    moved(page)
    counted = definitions.count(reading.record.events, PRESETS["no-patrols"].definition, reading.houses)
    assert total(page) == str(counted.total) and f" {counted.total} joint" in page.locator(".jd-sentence").inner_text()
    heights = page.locator("rect").evaluate_all("all => all.map((bar) => Number(bar.getAttribute('height')))")
    assert sum(heights) == counted.total
    assert page.url.endswith("?kinds=exercise,command_post")
    change = page.locator(".jd-change")
    assert f"removed {before - counted.total}:" in change.inner_text()
    named = set(change.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))"))
    patrols = set(reading.counted["event_id"]) - set(counted.rows["event_id"])
    assert named == {f"events/{event_id}.html" for event_id in patrols}
    assert page.locator("#jd-preset").input_value() == "no-patrols"
    assert "exercises, command-post exercises" in page.locator(".jd-definition").text_content()


def test_nothing_chosen_is_zero_with_its_reason(open_page):
    """Catch an empty chart without a word why."""
    page = open_page("?kinds=")
    assert total(page) == "0" and "no kind is chosen" in page.locator(".jd-sentence").inner_text()
    assert not page.locator(".jd-rows").is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("query, word", [("?foo=1", "there is no switch 'foo'"), ("?preset=mine", "bilateral-only"),
                                         ("?kinds=drill", "command_post"), ("?from=%3Cb%3E", "'<b>'")])
def test_an_address_that_asks_for_what_is_not_there_is_told(open_page, reading, query, word):
    """Catch a mistyped address that silently shows something else."""
    page = open_page(query)
    assert word in page.locator(".jd-refused").inner_text() and total(page) == str(len(reading.counted))


@pytest.mark.slow
def test_an_address_sets_the_switches(open_page, reading):
    """Catch a shared address that shows another count, or loses a switch that has no control."""
    query = "?tiers=core,wider&kinds=exercise&merged=yes&from=2014-03-18&series=joint-sea"
    page = open_page(query)
    wanted = definitions.from_words(dict(pair.split("=") for pair in query[1:].split("&")))
    assert total(page) == str(definitions.count(reading.record.events, wanted, reading.houses).total)
    assert box(page, "merged", "yes").is_checked() and page.locator("#jd-from").input_value() == "2014-03-18"
    only = page.locator(".jd-only")
    assert "Only Joint Sea" in only.inner_text()
    only.get_by_role("button", name="Remove").click()
    moved(page)
    assert "series" not in page.url and not only.is_visible()


@pytest.mark.slow
def test_rows_quote_and_default(open_page):
    """Catch a link to other rows, a quotation without its definition, and a way back that leaves a switch."""
    page = open_page("?preset=strict")
    assert "kinds=exercise" in page.locator(".jd-rows").get_attribute("href")
    quote = page.locator(".jd-quote")
    assert "independent houses" in quote.get_attribute("data-quote") and "?" in quote.get_attribute("data-link")
    page.get_by_role("button", name="Back to the default").click()
    moved(page)
    assert "?" not in page.url and page.locator("#jd-preset").input_value() == "default"


def test_data_and_names_are_complete(reading):
    """Catch a switch or value without words, and data that cannot stand in a script element."""
    data = json.loads(str(switchboard.data(reading)))
    names = [switch.name for switch in SWITCHES]
    assert [one["name"] for one in data["switches"]] == names == list(switchboard.LEGENDS)
    for name, words in switchboard.OPTIONS.items():
        assert set(words) == set(BY_NAME[name].choices)
    assert set(data["names"]["domains"]) == set(DOMAINS) and set(data["names"]["areas"]) == set(AREAS)
    assert len({len(column) for column in data["events"].values()}) == 1 and "<" not in str(switchboard.data(reading))


@pytest.mark.parametrize("most, marks", [(0, [0, 1]), (1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]),
                                         (11, [0, 5, 10, 15]), (5001, [*range(0, 6001, 1000)])])
def test_the_scale_ends_above_the_longest_column(most, marks):
    """Catch a column that leaves the picture."""
    assert switchboard.scale(most) == marks


def test_the_default_sentence():
    """Catch one activity in the plural."""
    assert "way, 1 joint activity was held from 1999 to 2 July 2026." in switchboard.sentence(1, "1999", "2026-07-02")
    assert "way, 2 joint activities were held from 1999" in switchboard.sentence(2, "1999", "2026-07-02")
    assert DEFAULT.describe()


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1280])
def test_the_lines_of_the_scale_cross_all_columns(open_page, width):
    """Catch lines that end before the newest years, which then stand on no scale."""
    opened = open_page()
    opened.set_viewport_size({"width": width, "height": 800})
    ends = opened.locator(".jd-columns :is(svg, .jd-scale span)").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().right))")
    assert len(ends) > 2 and len(set(ends)) == 1
