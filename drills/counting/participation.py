"""With whom: countries, hosts, observers and frameworks of counted events. Pure.

Takes and gives frames; knows no file, no picture and no page. An observer is never counted as a participant, and
`declined` rows are left out throughout. `PAIR` is Russia and China, which every event of the record is about.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ..record.days import year_of
from .definitions import DEFAULT, FRAMEWORKS, KINDS
from .trends import CONFIDENCE

PAIR = ("RUS", "CHN")
# Every event that took place, whoever of the two only watched, competitions and third parties' exercises included.
ALL_HELD = replace(DEFAULT, tiers=("core", "wider"), kinds=KINDS)
# Exercises of third parties are of the wider tier by rule, so a count of core events cannot hold one.
WIDER_BY_RULE = "third_party"


def roles(participants: pd.DataFrame, events: pd.DataFrame, role: str) -> pd.DataFrame:
    """The rows of `participants` with `role` in one of `events`: event_id, country, year."""
    years = year_of(events["start_date"]).set_axis(events["event_id"])
    here = participants[(participants["role"] == role) & participants["event_id"].isin(years.index)]
    return pd.DataFrame({"event_id": here["event_id"], "country": here["country"],
                         "year": here["event_id"].map(years)}).reset_index(drop=True)


def country_years(participants: pd.DataFrame, counted: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """What each country but the pair did in each year, one row where it did anything, by country and year.

    counted: events under the definition; held: every held event. Returns `frames.CountryYears`.
    """
    others = held[~held["event_id"].isin(counted["event_id"])]
    parts = {"counted": roles(participants, counted, "participant"),
             "other": roles(participants, others, "participant"),
             "observed": roles(participants, held, "observer")}
    sizes = {name: part.groupby(["country", "year"]).size() for name, part in parts.items()}
    table = pd.DataFrame(sizes).fillna(0).astype(int)
    table = table[~table.index.get_level_values("country").isin(PAIR)]
    return table.assign(mark=(table > 0).idxmax(axis=1)).reset_index()


def countries(years: pd.DataFrame) -> pd.DataFrame:
    """Totals over the rows of `country_years`: country, counted, other, observed, most often counted first.

    Ties follow all held events, then all watched ones, then the code.
    """
    totals = years.groupby("country", as_index=False)[["counted", "other", "observed"]].sum()
    held = totals["counted"] + totals["other"]
    order = pd.DataFrame({"counted": -totals["counted"], "held": -held, "observed": -totals["observed"],
                          "country": totals["country"]}).sort_values(["counted", "held", "observed", "country"])
    return totals.loc[order.index].reset_index(drop=True)


def framework_shares(settings: dict[str, pd.DataFrame], without: dict[str, str]) -> pd.DataFrame:
    """The share of each framework among the events of each setting.

    settings: label to selected events; without: label to a framework that the setting leaves out by rule. Columns:
    setting, framework, events, total, share, and low and high of the 95 % Wilson score interval (Wilson 1927,
    statsmodels `wilson`), all three from 0 to 1 and NaN for what is left out by rule.
    """
    from statsmodels.stats.proportion import proportion_confint

    rows = []
    for setting, events in settings.items():
        counts = events["framework"].value_counts().reindex(list(FRAMEWORKS), fill_value=0)
        for framework, number in counts.items():
            low, high = proportion_confint(number, len(events), alpha=1 - CONFIDENCE, method="wilson")
            values = (number / len(events), low, high)
            if without.get(setting) == framework and not number:
                values = (np.nan,) * 3
            rows.append((setting, framework, number, len(events), *values))
    return pd.DataFrame(rows, columns=["setting", "framework", "events", "total", "share", "low", "high"])


def pairs(participants: pd.DataFrame, events: pd.DataFrame, least: int) -> pd.DataFrame:
    """In how many of `events` both of two countries took part, over countries that did so `least` times or more.

    Without the pair. Columns: first, second, events, is_own (a country with itself: its own number of events). Each
    two stand once, the country with more events as `second`; most often first, ties by code.
    """
    took_part = roles(participants, events, "participant")
    present = pd.crosstab(took_part["event_id"], took_part["country"]).drop(columns=list(PAIR), errors="ignore")
    often = present.sum().sort_index(kind="stable").sort_values(ascending=False, kind="stable")
    names = list(often[often >= least].index)
    if not names:
        return pd.DataFrame(columns=["first", "second", "events", "is_own"]).astype({"events": int, "is_own": bool})
    together = present[names].T @ present[names]
    rows = [(first, second, int(together.at[first, second]), first == second)
            for number, first in enumerate(names) for second in names[:number + 1]]
    return pd.DataFrame(rows, columns=["first", "second", "events", "is_own"])


def hosts(participants: pd.DataFrame, counted: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Events by host country; an event with several hosts counts in each of them.

    Columns: country, counted, other (held events that are not counted), total; most counted first. The last row,
    with a blank country, holds the events without a host.
    """
    host = participants.loc[participants["is_host"], ["event_id", "country"]]
    listed = held[["event_id"]].merge(host, on="event_id", how="left")
    table = _by_country(listed, counted)
    return pd.concat([table[table["country"] != ""], table[table["country"] == ""]], ignore_index=True)


def observers(participants: pd.DataFrame, counted: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Events that each country only watched: country, counted, other, total; most in all first."""
    table = _by_country(roles(participants, held, "observer"), counted)
    return table.sort_values("total", ascending=False, kind="stable", ignore_index=True)


def _by_country(listed: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Counted and other events of each country, most counted first, then most in all, then by code."""
    is_counted = listed["event_id"].isin(counted["event_id"])
    by_country = is_counted.groupby(listed["country"].fillna(""))
    table = pd.DataFrame({"counted": by_country.sum(), "total": by_country.size()}).reset_index()
    table.insert(2, "other", table["total"] - table["counted"])
    return table.sort_values(["counted", "total"], ascending=False, kind="stable", ignore_index=True)


def alone(participants: pd.DataFrame, events: pd.DataFrame) -> int:
    """In how many of `events` no country but the pair took part."""
    third = roles(participants, events, "participant").query("country not in @PAIR")
    return int((~events["event_id"].isin(third["event_id"])).sum())


def several_hosts(participants: pd.DataFrame, events: pd.DataFrame) -> int:
    """How many of `events` have more than one host."""
    host = participants[participants["is_host"] & participants["event_id"].isin(events["event_id"])]
    return int((host.groupby("event_id").size() > 1).sum())


def without_host(participants: pd.DataFrame, events: pd.DataFrame) -> dict[str, int]:
    """How many of `events` have no host, by where they were: sea (naval, coast guard), air, elsewhere."""
    hosted = participants.loc[participants["is_host"], "event_id"]
    domain = events.loc[~events["event_id"].isin(hosted), "domain"]
    places = domain.map({"naval": "sea", "coast_guard": "sea", "air": "air"}).fillna("elsewhere").value_counts()
    return {place: int(places.get(place, 0)) for place in ("sea", "air", "elsewhere")}


def watched(participants: pd.DataFrame, held: pd.DataFrame) -> dict[str, int]:
    """Held events by who of the pair only watched.

    RUS and CHN: that state watched while the other took part; both: neither took part and both watched.
    """
    here = participants[participants["event_id"].isin(held["event_id"]) & participants["country"].isin(PAIR)]
    role = here.pivot(index="event_id", columns="country", values="role").reindex(columns=list(PAIR))
    is_watching, took_part = role == "observer", role == "participant"
    return {"RUS": int((is_watching["RUS"] & took_part["CHN"]).sum()),
            "CHN": int((is_watching["CHN"] & took_part["RUS"]).sum()),
            "both": int(is_watching.all(axis=1).sum())}
