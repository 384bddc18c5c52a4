"""How close an event is to the subject, and what joint patrols are called: one function for each rule.

The rules take the sound rows of every table (`rows.Rows`) and yield problems, as those of `subject` do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..record.problems import Problem

if TYPE_CHECKING:
    from .rows import Rows

BOTH = ("CHN", "RUS")
POLICE_DOMAINS = ("internal_security", "coast_guard", "cyber")
# series of units under military order, and the kinds of activity in which their events are core
UNITS_UNDER_ORDER = {"border-guard": ("exercise",), "cooperation-police": ("exercise",),
                     "coast-guard": ("exercise", "patrol")}
OF_THE_TWO = ("bilateral", "small_group")
PATROL_ID = re.compile(r"[0-9]{4}-joint-(air|naval|submarine)-patrol-([0-9]+)")
PATROL_SERIES = ("joint-air-patrol", "joint-naval-patrol")
ENGLISH = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh",
           "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth",
           "Twentieth")
RUSSIAN = ("Первое", "Второе", "Третье", "Четвёртое", "Пятое", "Шестое", "Седьмое", "Восьмое", "Девятое", "Десятое",
           "Одиннадцатое", "Двенадцатое", "Тринадцатое", "Четырнадцатое", "Пятнадцатое", "Шестнадцатое",
           "Семнадцатое", "Восемнадцатое", "Девятнадцатое", "Двадцатое")
PATROLS = {"air": ("совместное воздушное патрулирование России и Китая", "联合空中战略巡航"),
           "naval": ("совместное морское патрулирование России и Китая", "海上联合巡航"),
           "submarine": ("совместное патрулирование подводных лодок России и Китая", "潜艇联合巡航")}


def police_events_have_their_tier(rows: Rows) -> Iterator[Problem]:
    """Catch a drill of civil police that counts as core, and one of border troops of both states that does not."""
    people = rows.read["participants"]
    taking_part = people[people["role"] == "participant"].groupby("event_id")["country"].agg(set).to_dict()
    events = rows.events[rows.events["domain"].isin(POLICE_DOMAINS) & (rows.events["status"] == "held")]
    for event in events.itertuples():
        if not taking_part.get(event.event_id, set()).issuperset(BOTH):
            continue  # such an event is wider anyhow, or a row of participants.csv could not be read
        is_core = event.kind in UNITS_UNDER_ORDER.get(event.series, ()) and event.framework in OF_THE_TWO
        if is_core and event.tier != "core":
            yield rows.at("events", event.Index, "tier", event.tier,
                          f"'{event.event_id}' is a held {event.kind} of both states in '{event.series}', whose units "
                          "stand under military order", "set tier to core, or series to other if they were civil")
        elif not is_core and event.tier == "core":
            yield rows.at("events", event.Index, "tier", "core",
                          f"'{event.event_id}' is a police or border event ({event.series}, {event.kind}, "
                          f"{event.framework}) of a sort that belongs in the wider tier",
                          "set tier to wider, or fix series, kind or framework; the description of tier says what "
                          "is core")


def patrols_have_names_by_pattern(rows: Rows) -> Iterator[Problem]:
    """Catch one joint patrol named by its number, the next by its year, and a number that is not that of the id."""
    for event in rows.events[rows.events["series"].isin(PATROL_SERIES)].itertuples():
        match = PATROL_ID.fullmatch(event.event_id)
        if not match or not 1 <= int(match[2]) <= len(ENGLISH):
            yield rows.at("events", event.Index, "event_id", event.event_id,
                          f"'{event.event_id}' does not end with the sort and number of a joint patrol",
                          "name it such as 2019-joint-air-patrol-1, or fix series")
            continue
        for column, wanted in patrol_names(match[1], int(match[2])).items():
            cell = getattr(event, column)
            if cell != wanted:
                value = cell if isinstance(cell, str) else ""
                yield rows.at("events", event.Index, column, value,
                              f"'{value}' is not a name by the pattern of patrols",
                              f"write '{wanted}', and another name that sources use into aliases")


def patrol_names(sort: str, number: int) -> dict[str, str]:
    """The names of a joint patrol in three languages, by column."""
    russian, chinese = PATROLS[sort]
    return {"name": f"{ENGLISH[number - 1]} Russia-China joint {sort} patrol",
            "name_ru": f"{RUSSIAN[number - 1]} {russian}", "name_zh": f"中俄第{number}次{chinese}"}


RULES = (police_events_have_their_tier, patrols_have_names_by_pattern)
