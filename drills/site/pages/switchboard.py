"""The switchboard: what counts, as switches beside the count, and every preset with its total.

`switchboard` gives the HTML for the page of definitions, drawn for the default definition and complete without the
scripts (assets/definitions.js, which counts, and assets/switchboard.js). Knows no Sphinx and no chapter.
"""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from ...counting import definitions
from ...counting.definitions import DEFAULT, PRESETS, Definition
from ...counting.reading import Reading
from ...counting.switches import DOMAINS, SWITCHES, Switch
from ...templating import render
from ...wording import dates, values
from ...wording import definitions as wording
from ...wording import numbers as worded
from .page import script_safe

# What each switch is called, and the words for its values; a flag has the words for yes.
LEGENDS = {"tiers": "How close to the subject", "statuses": "Did it take place", "kinds": "What sort of activity",
           "frameworks": "In what framework", "military-only": "Whose forces", "merged": "Parts of a larger event",
           "min-publishers": "Reported by at least", "from": "From", "to": "To", "series": "Only these series",
           "domains": "Only these services", "areas": "Only in these parts of the world"}
FLAGS = {"military-only": "Armed forces only", "merged": "Count parts with the whole"}
OPTIONS = {"tiers": values.TIERS, "statuses": values.STATUSES, "kinds": values.KINDS,
           "frameworks": values.FRAMEWORKS, "domains": values.DOMAINS, "areas": wording.AREAS}
# One step of the scale for each size of the longest column, and the most steps there are.
STEPS, MOST_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000), 5


def events(reading: Reading) -> dict[str, list]:
    """What the script needs of each event, as columns: those of `coded.switch_data`, name, series, domain and area.

    A code is the place of the value in the choices of its switch, -1 for none.
    """
    table = reading.record.events
    return {**reading.switch_data, "name": table["name"].tolist(), "area": reading.coded.area.tolist(),
            "series": pd.Index(series(reading)).get_indexer(table["series"]).tolist(),
            "domain": pd.Index(DOMAINS).get_indexer(table["domain"]).tolist()}


def series(reading: Reading) -> tuple[str, ...]:
    """Every series of the record, in the order in which definitions name them."""
    return tuple(sorted(reading.record.series["series_id"]))


def rules(reading: Reading) -> dict:
    """The switches, presets and messages in the form that assets/definitions.js reads."""
    known = series(reading)
    switches = [{"name": switch.name, "form": switch.form, "choices": choices(switch, known),
                 "usual": getattr(DEFAULT, switch.field)} for switch in SWITCHES]
    listed = ("{choices}",)
    messages = {"switch": wording.unknown_switch("{value}", listed),
                "preset": wording.unknown_preset("{value}", listed),
                "list": wording.unknown_value("{name}", "{value}", listed),
                **{form: wording.wrong_value("{name}", "{value}", form) for form in ("flag", "number", "date")},
                "nothing": {switch.name: wording.nothing_chosen(switch.name) for switch in SWITCHES
                            if switch.form == "list"},
                "early": wording.ends_early("{start}", "{end}"), "found": wording.NOTHING_FOUND}
    return {"switches": switches, "messages": messages,
            "words": wording.IN_WORDS,
            "presets": [(name, definitions.to_words(preset.definition)) for name, preset in PRESETS.items()]}


def choices(switch: Switch, known: tuple[str, ...]) -> tuple[str, ...]:
    """What a switch may be set to; a list without choices of its own has what is known of the record."""
    return switch.choices or (known if switch.form == "list" else ())


def data(reading: Reading) -> Markup:
    """All that the script counts with and says, as JSON that is safe inside a script element."""
    as_of, (first, last) = reading.as_of, _years(reading)
    names = reading.record.series.set_index("series_id")["name"]
    return script_safe({**rules(reading), "first": first, "last": last, "as_of": f"{as_of:%Y-%m-%d}",
                        "events": events(reading), "steps": STEPS, "most_steps": MOST_STEPS,
                        "release": reading.record.version,
                        "names": {"series": names.to_dict(), "domains": values.DOMAINS, "areas": wording.AREAS}})


def _years(reading: Reading) -> tuple[int, int]:
    """First and last year of the record's events."""
    starts = reading.record.events["start_date"].str[:4].astype(int)
    return int(starts.min()), int(starts.max())


def sentence(total: int, first: str, last: str) -> str:
    """The count under a definition of what was held, in words; first, last: partial dates."""
    many = f"{worded.plural(total, 'joint activity was', 'joint activities were')} held"
    return f"Counted this way, {many} from {dates.date(first)} to {dates.date(last)}."


def scale(most: int) -> list[int]:
    """The marks of an axis that ends at or above a count, from zero."""
    step = next(step for step in STEPS if most <= step * MOST_STEPS or step == STEPS[-1])
    return list(range(0, step * -(-max(most, 1) // step) + 1, step))


def preset_rows(reading: Reading) -> list[dict[str, str]]:
    """Name, sentence, definition in full and total of each preset."""
    def total(definition: Definition) -> int:
        return definitions.count(reading.record.events, definition, reading.houses).total

    return [{"name": name, "label": wording.PRESET_NAMES[name], "sentence": preset.sentence, "total": worded.count(
        total(preset.definition))} for name, preset in PRESETS.items()]


def switchboard(reading: Reading) -> str:
    """The HTML of the switchboard: switches, total, chart by year, sentence, presets; every text of it is escaped."""
    counted = definitions.count(reading.record.events, DEFAULT, reading.houses)
    years = list(counted.per_year.itertuples(index=False))
    marks = scale(int(counted.per_year["total"].max()))
    as_of = reading.as_of
    said = sentence(counted.total, str(_years(reading)[0]), f"{as_of:%Y-%m-%d}")
    return render(
        "site/pages/parts/switchboard.html.jinja",
        switches=[switch for switch in SWITCHES if switch.is_offered], legends=LEGENDS, flags=FLAGS,
        options=OPTIONS, years=years, marks=marks, total=counted.total, said=said, presets=preset_rows(reading),
        usual={switch.name: getattr(DEFAULT, switch.field) for switch in SWITCHES},
        definition=DEFAULT.describe(), as_of=dates.day(as_of), open_year=as_of.year, data=data(reading))
