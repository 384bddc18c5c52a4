"""What an event page says in sentences: the notice above it, its lead, and what is copied to quote an estimate. Pure.

Figures are those of `counting.dossier`; a page's description is its lead, cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...counting.sizes import AIRCRAFT_MEASURES, SHIP_MEASURES
from ...record.tables import Record
from ...wording import countries, dates, numbers, values
from ...wording.dates import as_of_words
from ...wording.values import measure_name
from .event_tables import STATES, Rows

# So many countries are named in a sentence, the others are counted.
MOST_NAMED = 5
# What was announced and not simply held, after its name.
NOT_HELD = {"planned": "was planned for {when} and is not known to have been held",
            "cancelled": "was planned for {when} and cancelled"}


def absent(rows: Rows) -> list[str]:
    """Sentences without a full stop on which of the two states did not take part, and how; none if both did."""
    by_role = {role: [countries.country(code) for code in STATES if rows.role(code) == role]
               for role in ("observer", "declined", "")}
    said = {"observer": "{} only observed", "declined": "{} stayed away"}
    texts = [text.format(numbers.listing(by_role[role])) for role, text in said.items() if by_role[role]]
    return [*texts, f"No source names {' or '.join(by_role[''])} as taking part"] if by_role[""] else texts


def notice(event: Mapping, rows: Rows, package: dict) -> tuple[str, str]:
    """What has to be read before all else: a few words and what they mean; both empty if there is nothing to say."""
    if event["status"] == "held":
        return ". ".join(absent(rows)), ""
    return values.word(event["status"]).capitalize(), doubt(event, rows, package)


def doubt(event: Mapping, rows: Rows, package: dict) -> str:
    """Why an event is not simply held: of a disputed one the state that is missing, else what the status means."""
    missing = absent(rows) if event["status"] == "disputed" else []
    return f"{'. '.join(missing)}." if missing else values.sentence(package, "events", "status", event["status"])


def happened(event: Mapping, rows: Rows) -> str:
    """What happened, in a sentence: who, what, when; a second one on who was not there, or of a disputed event was.

    Why an event is disputed stands in its notice.
    """
    kind = values.word(event["kind"])
    what = f"{event['name']}, {'an' if kind[0] in 'aeiou' else 'a'} {kind} {values.word(event['domain'])}"
    who, status = named(rows.took_part), event["status"]
    if status in NOT_HELD:
        said = NOT_HELD[status].format(when=dates.period(event["start_date"], event["end_date"]))
        return f"{what}, {said}{f'; {who} were to take part' if who else ''}."
    if status == "disputed":
        seen = f" Sources name {who} as taking part." if who else ""
        return f"It is disputed whether both states were at {what}, {when(event)}.{seen}"
    who = who[:1].upper() + who[1:]
    said = f"{who} took part in {what}, {when(event)}" if who else f"{what}, was held {when(event)}"
    return ". ".join([said, *absent(rows)]) + "."


def when(event: Mapping) -> str:
    """The days of an event as they follow a verb: from 11 to 17 September 2018, on 24 May 2022, in 2019."""
    period = dates.period(event["start_date"], event["end_date"])
    if " to " in period:
        return f"from {period}"
    if len(event["start_date"]) < len("YYYY-MM-DD"):
        return f"in {period}"
    return f"{'on' if isinstance(event['end_date'], str) else 'beginning on'} {period}"


def lead(event: Mapping, rows: Rows, package: dict) -> str:
    """What happened, where, and how big it was: what stands for the page elsewhere."""
    place = [f"Place: {event['place']}"] if isinstance(event["place"], str) else []
    more = [*place, *(f"{name}: {text}" for name, text in sizes(rows).items())]
    why = [doubt(event, rows, package)] if event["status"] == "disputed" else []
    return " ".join([happened(event, rows), *why, *(f"{text}." for text in more)])


def named(names: Sequence[str]) -> str:
    """Names in prose, `MOST_NAMED` of them and a last one: a, b and c; a, b, c, d, e and 13 others."""
    others = len(names) - MOST_NAMED
    # "1 other" is no shorter than its name
    shown, more = (names[:MOST_NAMED], [numbers.plural(others, "other")]) if others > 1 else (names, [])
    return numbers.listing([*map(countries.in_prose, shown), *more])


def sizes(rows: Rows) -> dict[str, str]:
    """The troops of an event or, where no figure of them is in use, its ships and aircraft, in words by name."""
    for measures in (("troops",), (*SHIP_MEASURES, *AIRCRAFT_MEASURES)):
        if found := sizes_of(rows, measures):
            return found
    return {}


def sizes_of(rows: Rows, measures: Sequence[str]) -> dict[str, str]:
    """The measures with an estimate in use, by name, each in words."""
    return {measure_name(measure): text for measure in measures if (text := size(rows, measure))}


def size(rows: Rows, measure: str) -> str:
    """The estimates of a measure of all forces, then of each of the two states; empty if none is in use."""
    texts, last = [], ""
    for code in ("ALL", *STATES):
        sides = rows.sides(measure, code)
        whose, in_all = ("", " in all") if code == "ALL" else (f"{values.scope(code)} ", "")
        said = []
        if "official" in sides:
            basis = f" by official {'plans' if sides['official'].stage == 'planned' else 'figures'}"
            said.append(f"{whose}{sides['official'].figure}{in_all}{basis if basis != last else ''}")
            whose, in_all, last = "", "", basis
        if "assessed" in sides:
            early = " beforehand" if sides["assessed"].stage == "planned" else ""
            said.append(f"{whose}assessed{early} at {sides['assessed'].figure}{in_all} by others")
        texts += [", ".join(said)] if said else []
    return "; ".join([*texts, *unknown(rows, measure)])


def unknown(rows: Rows, measure: str) -> list[str]:
    """Whose troops are not known though the total is; only of the two states, and only if they took part."""
    if measure != "troops" or not rows.sides(measure, "ALL"):
        return []
    # a figure that a ruling set aside was published all the same
    said = {one["key"] for one in rows.sizes}
    missing = {why: [f"no {values.scope(code)}" for code in STATES if rows.role(code) == "participant"
                     and not rows.sides(measure, code) and ((measure, code) in said) == was_said]
               for why, was_said in (("was published or found", False), ("is in use", True))}
    return [f"{numbers.listing(states)} figure {why}" for why, states in missing.items() if states]


def quote(event: Mapping, row: Mapping, record: Record) -> str:
    """One estimate (of `Rows.sizes`) with what it rests on, as it can stand in a text; the page adds its address."""
    figures = [f"{name} {side.figure}, {side.stage}" for name, side in row["sides"].items()
               if side is not None and side.stage != "none"] or ["no figure in use"]
    what = f"{row['measure'].lower()}{' (' + row['unit'] + ')' if row['unit'] else ''}, {row['scope']}"
    rests_on = (f"{numbers.plural(row['n_claims'], 'statement')}, "
                f"{numbers.plural(row['n_publishers'], 'independent house')}")
    return (f"{event['name']}, {what}: {'; '.join([*figures, rests_on])}. {as_of_words(record.as_of)} "
            f"Joint Drills, release {record.version}.")
