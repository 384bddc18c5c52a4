"""What each switch of a definition and each preset means, in one plain sentence for a reader.

The switchboard, the help of the command line and the messages about a wrong switch all take their words from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .dates import date
from .numbers import either
from .values import DOMAINS, FRAMEWORKS

SWITCHES = {
    "tiers": "How close the event is to the subject: core events were held with forces of both states taking part; the "
             "wider ones are everything else, so that whatever was not held is found only there.",
    "statuses": "Whether the event took place: held, planned, cancelled, or disputed, which means that it is not "
                "established that both states were there.",
    "kinds": "What sort of activity it was: an exercise, a patrol, a command-post exercise or a competition.",
    "frameworks": "Who led it and who else was invited: the two alone, with a few guests, the Shanghai Cooperation "
                  "Organisation, a Russian or a Chinese exercise, or somebody else's.",
    "military-only": "Leave out police, border troops, coast guards and computer networks.",
    "merged": "Count an event that is part of a larger counted one together with it, not a second time.",
    "min-publishers": "How many independent publishing houses must have reported the event.",
    "from": "First day, month or year counted. An event counts by the first day on which it can have begun.",
    "to": "Last day, month or year counted, by the same rule.",
    "series": "Only events of these series.",
    "domains": "Only events in which these services acted: on land, at sea, in the air and so on.",
    "areas": "Only events in these parts of the world; the Asia-Pacific runs from 100 degrees east across the ocean to "
             "130 degrees west, and an event without a known place is in neither part.",
}
PRESETS = {
    "default": "What this site counts unless it says otherwise: every exercise, patrol and command-post exercise that "
               "was held with forces of both states taking part.",
    "everything": "Every row of the record, also what was only planned, was called off, is disputed or was merely "
                  "watched by one of the two.",
    "held": "Everything that took place with both states there, competitions and large exercises of others included.",
    "with-wider": "The default and, of the same kinds, everything held that one of the two only watched or that others "
                  "ran.",
    "with-disputed": "The default and the wider events, also those at which it is disputed that both were there.",
    "bilateral-only": "Only what Russia and China did alone, without guests.",
    "bilateral-exercises": "Only exercises that Russia and China held alone, neither patrols nor staff exercises.",
    "exercises-only": "Only exercises with forces in the field: neither patrols nor staff exercises.",
    "no-patrols": "The default without air, naval and border patrols.",
    "patrols-only": "Only joint patrols by air and by sea.",
    "military-only": "The default without police, border troops, coast guards and computer networks.",
    "bilateral-military": "What the armed forces of Russia and China did alone, patrols included.",
    "with-sco": "What the two did alone or under the Shanghai Cooperation Organisation.",
    "merged": "The default, with the parts of a larger event counted together with it.",
    "two-houses": "The default, but only events reported by at least two independent publishing houses.",
    "strict": "The strictest reading: exercises of the armed forces of the two alone, parts counted together, at least "
              "two independent publishing houses.",
    "asia-pacific": "The default, but only events in the Asia-Pacific.",
    "from-2003": "The default since 2003, the year in which most published counts begin.",
    "from-2005": "The default since 2005, the year of the first large exercise of the two.",
    "from-2012": "The default since 2012, the year of the first yearly naval exercise.",
    "since-crimea": "The default since the annexation of Crimea on 18 March 2014.",
    "since-invasion": "The default since the full-scale invasion of Ukraine on 24 February 2022.",
}
# what a list of presets calls them
PRESET_NAMES = {
    "default": "Default", "everything": "Every row of the record", "held": "Everything held",
    "with-wider": "Wider events too", "with-disputed": "Wider and disputed events too",
    "bilateral-only": "Bilateral only", "bilateral-exercises": "Bilateral exercises only",
    "exercises-only": "Exercises only", "no-patrols": "Without patrols", "patrols-only": "Patrols only",
    "military-only": "Armed forces only", "bilateral-military": "Bilateral, armed forces only",
    "with-sco": "Bilateral and SCO", "merged": "Parts counted with the whole",
    "two-houses": "Reported by two houses or more", "strict": "Strictest reading", "asia-pacific": "Asia-Pacific only",
    "from-2003": "From 2003", "from-2005": "From 2005", "from-2012": "From 2012",
    "since-crimea": "Since the annexation of Crimea", "since-invasion": "Since the full-scale invasion of Ukraine",
}
# what a list of values is called where none of it is chosen
CHOSEN = {"tiers": "tier", "statuses": "status", "kinds": "kind", "frameworks": "framework", "series": "series",
          "domains": "domain", "areas": "area"}
AREAS = {"asia_pacific": "Asia-Pacific", "elsewhere": "elsewhere"}
# how a value reads inside a definition; the others stand as they are
IN_WORDS = {**{value: word[0].lower() + word[1:] for value, word in DOMAINS.items()}, **FRAMEWORKS,
            "bilateral": "bilateral", "small_group": "small group", "third_party": "third party's exercise", **AREAS}
FORMS = {"flag": "there are: yes, no", "number": "write a whole number from 1",
         "date": "write a day, month or year that exists: YYYY-MM-DD, YYYY-MM or YYYY"}
NOTHING_FOUND = "no event of the record meets all of these switches"


def nothing_chosen(switch: str) -> str:
    """Why a definition counts nothing: one of its lists of values is empty."""
    return f"no {CHOSEN[switch]} is chosen, so nothing can count"


def ends_early(start: str, end: str) -> str:
    """Why a definition counts nothing: its period is empty."""
    return f"the period ends ({end}) before it begins ({start})"


def describe(switches: Mapping[str, Any], is_every_framework: bool) -> str:
    """A definition in words, its clauses joined by semicolons. switches: the fields of Definition by name."""
    kinds = [f"{kind.replace('_', '-')}{'s' if kind != 'command_post' else ' exercises'}" for kind in switches["kinds"]]
    words = [f"{' and '.join(switches['tiers']) or 'no'} events, {either(switches['statuses']) or 'of no status'}",
             "armed forces only" if switches["is_military_only"] else "military and paramilitary forces",
             ", ".join(kinds) or "no kind of activity",
             "parts counted with the whole" if switches["is_merged"] else "parts of a larger event counted apart"]
    if not is_every_framework:
        words.append(f"frameworks: {_listed(switches['frameworks'])}")
    if switches["min_publishers"] > 1:
        words.append(f"at least {switches['min_publishers']} independent houses")
    words += [f"{name}: {_listed(switches[name])}" for name in ("series", "domains", "areas")
              if switches[name] is not None]
    if switches["start"] or switches["end"]:
        words.append(period(switches["start"], switches["end"]))
    return "; ".join(words)


def period(start: str | None, end: str | None) -> str:
    """The period of a count, both bounds inclusive: from 2003 to June 2022; since 2003; until 2012."""
    if start and end:
        return f"in {date(start)}" if start == end else f"from {date(start)} to {date(end)}"
    return f"since {date(start)}" if start else f"until {date(end)}" if end else "all years"


def _listed(values: Iterable[str]) -> str:
    return ", ".join(IN_WORDS.get(value, value) for value in values) or "none"


def unknown_switch(name: str, known: Iterable[str]) -> str:
    """The message about a switch that does not exist."""
    return f"there is no switch '{name}'; there are: {', '.join(known)}"


def unknown_preset(name: str, known: Iterable[str]) -> str:
    """The message about a preset that does not exist."""
    return f"there is no preset '{name}'; there are: {', '.join(known)}"


def unknown_value(switch: str, value: str, known: Iterable[str]) -> str:
    """The message about a value that a switch does not have."""
    return f"{switch} cannot be '{value}'; there are: {', '.join(known)}"


def wrong_value(switch: str, value: str, form: str) -> str:
    """The message about a value of the wrong form."""
    return f"{switch} cannot be '{value}'; {FORMS[form]}"
