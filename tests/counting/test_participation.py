"""Who took part, hosted and watched: small tables with counts worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy import optimize

from drills.counting import definitions, participation

# event: year, framework, domain, roles (capital: took part, in small letters: watched, in brackets: stayed away), hosts
EVENTS = {
    "a": ("2020-05-01", "bilateral", "land", "RUS CHN", "RUS CHN"),
    "b": ("2020", "sco", "land", "RUS CHN KAZ KGZ ind", "KAZ"),
    "c": ("2021-03", "sco", "naval", "RUS CHN KAZ KGZ IND (UZB)", ""),
    "d": ("2021-12-31", "small_group", "air", "RUS CHN IND", ""),
    "e": ("2021-01-01", "third_party", "naval", "RUS CHN IND USA", "USA"),
    "f": ("2022-01-01", "sco", "internal_security", "KAZ rus CHN ind", "KAZ"),
    "g": ("2022-02-02", "sco", "coast_guard", "RUS chn", ""),
    "h": ("2022-03-03", "sco", "land", "KGZ rus chn", "KGZ"),
}
COUNTED = ["a", "b", "c", "d"]


def events(*ids: str) -> pd.DataFrame:
    return pd.DataFrame([(one, *EVENTS[one][:3]) for one in ids or EVENTS],
                        columns=["event_id", "start_date", "framework", "domain"])


def participants() -> pd.DataFrame:
    rows = []
    for event_id, (_, _, _, roles, hosts) in EVENTS.items():
        for word in roles.split():
            role = "declined" if word[0] == "(" else "participant" if word.isupper() else "observer"
            code = word.strip("()").upper()
            rows.append((event_id, code, role, code in hosts.split()))
    return pd.DataFrame(rows, columns=["event_id", "country", "role", "is_host"])


def rows(table: pd.DataFrame) -> list[tuple]:
    return [tuple(row) for row in table.itertuples(index=False)]


YEARS = [("IND", 2020, 0, 0, 1, "observed"), ("IND", 2021, 2, 1, 0, "counted"), ("IND", 2022, 0, 0, 1, "observed"),
         ("KAZ", 2020, 1, 0, 0, "counted"), ("KAZ", 2021, 1, 0, 0, "counted"), ("KAZ", 2022, 0, 1, 0, "other"),
         ("KGZ", 2020, 1, 0, 0, "counted"), ("KGZ", 2021, 1, 0, 0, "counted"), ("KGZ", 2022, 0, 1, 0, "other"),
         ("USA", 2021, 0, 1, 0, "other")]


def test_countries_by_year():
    """Catch an observer drawn as participant, who stayed away counted at all, and a wider event counted as core."""
    years = participation.country_years(participants(), events(*COUNTED), events())
    assert " ".join(years) == "country year counted other observed mark"
    assert rows(years) == YEARS


def test_a_year_is_named_by_the_strongest_role():
    """Catch a year of watching and taking part that is drawn as watching."""
    both = participants()
    both.loc[(both["event_id"] == "b") & (both["country"] == "KAZ"), "role"] = "observer"
    both = pd.concat([both, pd.DataFrame([("a", "KAZ", "participant", False)], columns=both.columns)])
    years = participation.country_years(both, events(*COUNTED), events()).set_index(["country", "year"])
    assert years.loc[("KAZ", 2020)].tolist() == [1, 0, 1, "counted"]
    fewer = participation.country_years(participants(), events("d"), events()).set_index(["country", "year"])
    assert fewer.loc[("IND", 2021)].tolist() == [1, 2, 0, "counted"]


def test_only_the_events_given_count():
    """Catch planned events, which nobody has attended, among the held ones."""
    years = participation.country_years(participants(), events("a", "b"), events("a", "b"))
    assert rows(years) == [YEARS[0], YEARS[3], YEARS[6]]


def test_countries_are_ordered_by_what_counts():
    """Catch a ranking by all held events under a headline about counted ones."""
    years = participation.country_years(participants(), events(*COUNTED), events())
    more = [("USA", 2022, 1, 9, 0, "counted"), ("BRA", 2022, 0, 0, 9, "observed")]
    table = pd.concat([years, pd.DataFrame(more, columns=years.columns)])
    assert rows(participation.countries(table)) == [
        ("IND", 2, 1, 2), ("KAZ", 2, 1, 0), ("KGZ", 2, 1, 0), ("USA", 1, 10, 0), ("BRA", 0, 0, 9)]


def test_framework_shares():
    """Catch a share of the wrong total, a framework without events left out, and a rule drawn as a measured zero."""
    shares = participation.framework_shares({"few": events(*COUNTED), "all": events()}, {"few": "third_party"})
    assert shares["framework"].tolist() == list(definitions.FRAMEWORKS) * 2
    few, whole = (shares[shares["setting"] == name].set_index("framework") for name in ("few", "all"))
    assert few["events"].to_dict() == {"bilateral": 1, "small_group": 1, "sco": 2, "russia_led": 0, "china_led": 0,
                                       "third_party": 0}
    assert few.at["sco", "share"] == 0.5 and whole.at["sco", "share"] == 5 / 8
    assert few.loc["third_party", ["share", "low", "high"]].isna().all()
    assert few.at["russia_led", "low"] == 0 and few.at["russia_led", "high"] > 0.4
    assert whole.at["third_party", "events"] == 1 and whole.at["third_party", "share"] == 1 / 8


def test_a_rule_does_not_hide_events():
    """Catch a number of events without a share: what is left out by rule can only be nothing."""
    shares = participation.framework_shares({"all": events()}, {"all": "third_party"}).set_index("framework")
    assert shares.at["third_party", "share"] == 1 / 8


def test_the_interval_is_that_of_wilson():
    """Catch another interval: Wilson's bounds are where the score test is just at its 95 % limit."""
    shares = participation.framework_shares({"all": events()}, {}).set_index("framework")
    share, total, z = 5 / 8, 8, 1.959963984540054

    def at_limit(rate):
        return (share - rate) ** 2 - z ** 2 * rate * (1 - rate) / total

    assert shares.at["sco", "low"] == pytest.approx(optimize.brentq(at_limit, 0.001, share))
    assert shares.at["sco", "high"] == pytest.approx(optimize.brentq(at_limit, share, 0.999))


def test_pairs_of_countries():
    """Catch Russia and China in the matrix, an observer counted as present, a pair twice, a rare country shown."""
    pairs = participation.pairs(participants(), events(*COUNTED), 2)
    assert rows(pairs) == [("IND", "IND", 2, True), ("KAZ", "IND", 1, False), ("KAZ", "KAZ", 2, True),
                           ("KGZ", "IND", 1, False), ("KGZ", "KAZ", 2, False), ("KGZ", "KGZ", 2, True)]


def test_pairs_need_the_least_number():
    """Catch a threshold that lets a country in or out by one; most often comes first."""
    pairs = participation.pairs(participants(), events(), 3)
    assert pairs.loc[pairs["is_own"], "first"].tolist() == ["IND", "KAZ", "KGZ"]
    assert "USA" not in set(pairs["first"]) and pairs.loc[pairs["is_own"], "events"].tolist() == [3, 3, 3]
    assert "USA" in set(participation.pairs(participants(), events(), 1)["first"])


def test_hosts():
    """Catch an event with two hosts counted in one, and events without a host that vanish."""
    table = participation.hosts(participants(), events(*COUNTED), events())
    assert rows(table) == [("KAZ", 1, 1, 2), ("CHN", 1, 0, 1), ("RUS", 1, 0, 1), ("KGZ", 0, 1, 1), ("USA", 0, 1, 1),
                           ("", 2, 1, 3)]
    assert participation.several_hosts(participants(), events()) == 1
    assert participation.several_hosts(participants(), events("b", "c")) == 0


def test_events_without_a_host_by_place():
    """Catch a coast guard on land, and events with a host among those without."""
    assert participation.without_host(participants(), events()) == {"sea": 2, "air": 1, "elsewhere": 0}
    alone = events("b").assign(event_id="z")
    assert participation.without_host(participants(), alone) == {"sea": 0, "air": 0, "elsewhere": 1}


def test_observers():
    """Catch a participant or an absentee among the observers, and an order by anything but the total."""
    table = participation.observers(participants(), events(*COUNTED), events())
    assert rows(table) == [("IND", 1, 1, 2), ("CHN", 0, 2, 2), ("RUS", 0, 2, 2)]


def test_who_watched_whom():
    """Catch an event that both only watched counted as one watching the other."""
    assert participation.watched(participants(), events()) == {"RUS": 1, "CHN": 1, "both": 1}
    assert participation.watched(participants(), events("a", "b")) == {"RUS": 0, "CHN": 0, "both": 0}


def test_events_of_the_two_alone():
    """Catch an observer that makes an event of two an event of three, or the reverse."""
    assert participation.alone(participants(), events()) == 2
    assert participation.alone(participants(), events("b", "c", "d")) == 0
    guest = pd.DataFrame([("a", "IND", "observer", False)], columns=participants().columns)
    assert participation.alone(pd.concat([participants(), guest]), events("a")) == 1
