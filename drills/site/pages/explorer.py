"""The explorer: every event of the record in one table, which a script filters, sorts, shares and downloads.

`explorer` gives the HTML for the page. The table is complete without the script (assets/explorer.js), which only adds
the form. Knows no Sphinx; nothing but the build of the site imports this.
"""

from __future__ import annotations

import pandas as pd

from ...counting import sizes
from ...counting.editions import OTHER
from ...counting.participation import PAIR
from ...counting.reading import Reading
from ...counting.switches import AREAS, BY_NAME
from ...record.days import year_of
from ...templating import render
from ...wording import countries
from ...wording.dates import day
from ...wording.definitions import AREAS as AREA_NAMES
from ...wording.numbers import count
from ...wording.values import DOMAINS, FRAMEWORKS, KINDS, SIZES, STATUSES, TIERS

NOT_PUBLISHED, NOT_KNOWN = "not published", "not known"
LABELS = {"kind": KINDS, "domain": DOMAINS, "framework": FRAMEWORKS, "status": STATUSES, "tier": TIERS, "size": SIZES,
          "area": AREA_NAMES}
# numbers of houses that the filter offers, without the one that any event has
HOUSES = BY_NAME["min-publishers"].choices[1:]
# column: head, and whether it holds numbers; the name is the head of its row and cannot be hidden
COLUMNS = {"dates": ("Dates", False), "name": ("Name", False), "kind": ("Kind", False), "domain": ("Domain", False),
           "framework": ("Framework", False), "status": ("Status and tier", False), "place": ("Place", False),
           "countries": ("Countries", False), "series": ("Series", False), "troops": ("Troops, all participants", True),
           "size": ("10,000 troops or more", False), "publishers": ("Independent houses", True)}
# after the code of a country that only watched
OBSERVER = "-observer"
# rows to a body of the table; the script shows as many at once, and the styles keep the others back until then
AT_ONCE = 200


def listing(reading: Reading) -> pd.DataFrame:
    """One row for each event, newest first.

    Columns: event_id, name, name_ru, name_zh, aliases (tuple), start_date, end_date, year (of the first day), kind,
    domain, framework, status, tier, place, series, series_name, takes_part and observes (tuples of alpha-3 codes),
    troops (all participants, in words) and troops_best (float, NaN if none), size (a key of SIZES), publishers (int),
    part_of (event_id), area (of AREAS), is_police. Text that is blank in the record is blank here.
    """
    record = reading.record
    areas = [AREAS[code] if code >= 0 else "" for code in reading.coded.area]
    events = record.events.assign(area=areas, is_police=reading.coded.is_police).sort_values(
        ["start_date", "event_id"], ascending=False, ignore_index=True)
    text = ["event_id", "name", "name_ru", "name_zh", "start_date", "end_date", "kind", "domain", "framework",
            "status", "tier", "place", "series", "part_of", "area"]
    table = events[text].fillna("").assign(aliases=events["aliases"], is_police=events["is_police"],
                                           year=year_of(events["start_date"]))
    table["series_name"] = table["series"].map(record.series.set_index("series_id")["name"])
    for column, role in {"takes_part": "participant", "observes": "observer"}.items():
        rows = record.participants[record.participants["role"] == role]
        codes = rows.groupby("event_id")["country"].agg(tuple).to_dict()
        table[column] = [codes.get(event_id, ()) for event_id in table["event_id"]]
    publishers = table["event_id"].map(reading.houses).fillna(0)
    return table.assign(publishers=publishers.astype(int)).merge(troops(reading), on="event_id", how="left")


def troops(reading: Reading) -> pd.DataFrame:
    """Troops of all participants by event: event_id, troops (words), troops_best, size; a row for every event."""
    rows, classes = reading.estimates, reading.classes.set_index("event_id")
    total = rows[(rows["measure"] == "troops") & (rows["scope"] == "ALL")].set_index("event_id")
    size = classes["class_ALL"].mask(classes["is_open_only"], "open").replace("no figure", "none")
    ids = reading.record.events["event_id"]
    said = sizes.looked_up(ids, classes["text_ALL"], "none")
    is_planned = ids.isin(total.index[total["stage_used"] == "planned"])
    said = (said + is_planned.map({True: ", planned figure", False: ""})).mask(said == "none", NOT_PUBLISHED)
    best = total["official_best"].fillna(total["assessed_best"])
    return pd.DataFrame({"event_id": ids, "troops": said, "troops_best": ids.map(best).astype("float64"),
                         "size": sizes.looked_up(ids, size, "none")})


def named(codes: tuple[str, ...]) -> str:
    """Countries by name: China and Russia first, the others by name."""
    first = [countries.name(code) for code in sorted(set(codes) & set(PAIR))]
    return ", ".join([*first, *sorted(countries.name(code) for code in set(codes) - set(PAIR))])


def country_choices(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The choices of the country filter in two groups: value to name, by name."""
    def choices(column: str, suffix: str) -> dict[str, str]:
        codes = table[column].explode().dropna().unique()
        return {code + suffix: countries.name(code) for code in sorted(codes, key=countries.name)}

    return {"Takes part, or was meant to": choices("takes_part", ""), "Only observes": choices("observes", OBSERVER)}


def page(table: pd.DataFrame, as_of: pd.Timestamp) -> str:
    """The explorer of a frame as `listing` gives it; every text is escaped."""
    years = list(range(table["year"].min(), table["year"].max() + 1))
    named_series = table[table["series"] != OTHER].sort_values("series_name", kind="stable")
    return render(
        "site/pages/parts/explorer.html.jinja",
        series=dict(zip(named_series["series"], named_series["series_name"], strict=True)), houses=HOUSES,
        rows=table.to_dict("records"), labels=LABELS, columns=COLUMNS, years=years, named=named,
        choices=country_choices(table), as_of=day(as_of), size_rank={key: n for n, key in enumerate(SIZES)},
        every=count(len(table)), other=OTHER, observer=OBSERVER, not_known=NOT_KNOWN, not_published=NOT_PUBLISHED,
        at_once=AT_ONCE)


def explorer(reading: Reading) -> str:
    """The HTML of the explorer: the form, hidden until the script shows it, and the complete table."""
    return page(listing(reading), reading.as_of)
