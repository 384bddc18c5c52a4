"""Words for the values of the record: short ones for cells, and what they mean by the sentences of datapackage.json."""

from __future__ import annotations

from ..record.package import fields, resources
from .countries import country

WORDS = {
    "command_post": "command-post exercise", "land": "on land", "naval": "at sea", "air": "in the air",
    "missile_defence": "in air and missile defence", "multi": "in several domains",
    "internal_security": "of police and internal security", "coast_guard": "of coast guards",
    "cyber": "on computer networks", "sco": "SCO", "russia_led": "Russian-led", "china_led": "Chinese-led",
    "third_party": "third party's", "official_ru": "Russian authority", "official_cn": "Chinese authority",
    "official_other": "authority of another state", "media": "press", "relayed": "repeated",
    "exclude": "set aside", "count_as_reported": "counted as reported",
    "rescope": "counted under another scope", "read_as_point": "read as a rounded figure",
    "accept_single_source": "accepted with one house", "keep_planned": "kept as planned",
    "accept_closed": "left as a plain figure", "accept_own_count": "taken as a count of its own",
    "accept_end_date": "last day accepted without a later report",
}
CLASSES = {"yes": "yes, by every figure", "no": "no, by every figure",
           "contested": "contested: figures or open ends lie on both sides",
           "open": "not known: the figures have an open end"}
# What a participant of an event is called on its page, and the heading of the list, by the status of the event.
ROLES = {"planned": {"participant": "was to take part", "observer": "was to observe"},
         "cancelled": {"participant": "was to take part", "observer": "was to observe"},
         "disputed": {"participant": "named as taking part", "observer": "named as observing"}}
# What countries did at an event that was held, as the head of their list.
HELD_ROLES = {"participant": "Took part", "observer": "Observed", "declined": "Stayed away"}
WHO = {"held": "Who took part", "planned": "Who was to take part", "cancelled": "Who was to take part",
       "disputed": "Who is named"}
# What is asked of an event that was only announced is what was intended; {number} is the threshold.
REACHED = {"held": "Did it reach {number} troops?", "planned": "Was it to reach {number} troops?",
           "cancelled": "Was it to reach {number} troops?", "disputed": "Did it reach {number} troops?"}
# Why a figure that does not cover the whole event is not in use.
FIGURES_NOT_IN_USE = {"part": "not in use: of a part of the event only", "beyond": "not in use: of more than the event"}
# Why a date is not in use, by what it covers.
DATES_NOT_IN_USE = {"phase": "not in use: of one phase or one state's part",
                    "announcement": "not in use: the day of an announcement",
                    **dict.fromkeys(("event", "plan"), "not in use: planned where there are reports")}
# What stands before the name of an event that was not simply held.
PREFIXES = {"planned": "Planned", "cancelled": "Cancelled", "disputed": "Disputed"}
SCOPES = {"ALL": "all forces", "RUS": "Russian", "CHN": "Chinese", "FOREIGN": "foreign"}
MEASURES = {"ordinal": "Number in a series", "duration_days": "Duration in days", "duration_hours": "Duration in hours",
            "distance_nm": "Distance in nautical miles", "area_km2": "Area in square kilometres"}
# What an ordinal counts.
COUNTS = {"edition": "edition of the series", "sco_exercise": "exercise of the SCO",
          "sco_members_exercise": "exercise of two or more SCO members", "bilateral_exercise": "bilateral exercise",
          "naval_exercise": "naval exercise since Peace Mission 2005", "iran_russia_drill": "drill of Iran and Russia",
          "submarine_activity": "drill or patrol with submarines", "year_in_a_row": "year in a row",
          "worked_out": "derived from a later number", "participation": "participation of the country",
          "other": "something else, as the note says"}
NAMES = {"treaty": "Treaties", "agreement": "Agreements", "summit": "Summits, talks", "statement": "Statements",
         "other": "Other", "sanctions": "Sanctions", "conflict": "Conflicts"}
FRAMEWORKS = {"bilateral": "Bilateral", "small_group": "Small group", "sco": "SCO", "russia_led": "Russian exercise",
              "china_led": "Chinese exercise", "third_party": "Third party's exercise"}
# What stands in brackets in a name, but for the number of an edition: (II).
IN_BRACKETS = r"\s*\((?!I+\))[^)]*\)"
KINDS = {"exercise": "Exercise", "patrol": "Patrol", "command_post": "Command-post exercise",
         "competition": "Competition"}
DOMAINS = {"land": "Land", "naval": "Naval", "air": "Air", "missile_defence": "Missile defence",
           "multi": "Several domains", "internal_security": "Police and border troops", "coast_guard": "Coast guard",
           "cyber": "Computer networks"}
STATUSES = {"held": "Held", "planned": "Planned", "cancelled": "Cancelled", "disputed": "Disputed"}
TIERS = {"core": "Core", "wider": "Wider"}
# whether all participants together were 10,000 or more; "open" is the contested total that no figure puts that high
SIZES = {"yes": "Yes", "contested": "Contested", "open": "Contested by an open end only", "no": "No",
         "none": "Not published"}


def headline(name: str, status: str) -> str:
    """The name of an event; if it was not simply held, that stands before it."""
    return f"{PREFIXES[status]}: {name}" if status in PREFIXES else name


def role(value: str, status: str) -> str:
    """What a country did at an event or, where it was not held, was to do."""
    return ROLES.get(status, {}).get(value, value)


def word(value: str) -> str:
    """A value of a column with few values, as it reads in a sentence."""
    return WORDS.get(value, value.replace("_", " "))


def sentence(package: dict, table: str, column: str, value: str) -> str:
    """What a value means, by the schema; empty if it says nothing of it."""
    described = fields(resources(package)[table])[column].get("categories", [])
    return next((one["label"] for one in described if one["value"] == value), "")


def values(package: dict, table: str, column: str) -> list[str]:
    """The values that a column may have, in the order of the schema."""
    return [one["value"] for one in fields(resources(package)[table])[column]["categories"]]


def blank(package: dict, table: str, column: str) -> str:
    """What a blank cell means, by the schema."""
    return fields(resources(package)[table])[column]["missingValues"][0]["label"]


def scope(code: str) -> str:
    """Whose forces: all forces, Russian, Chinese, foreign, or the name of a country."""
    return SCOPES.get(code) or country(code)


def measure_name(measure: str) -> str:
    """A measure in words: 'Ships, part of the event'."""
    name = MEASURES.get(measure, measure.removesuffix("_stage").replace("_", " ").capitalize())
    return f"{name}, part of the event" if measure.endswith("_stage") else name


def short(name: str) -> str:
    """The name of a series without what stands in brackets."""
    return name.split(" (")[0]


def unit(package: dict, measure: str) -> str:
    """What a measure is counted in, by the schema; empty where its name says so already, as that of ships does."""
    described = fields(resources(package)["claims"])["measure"]["categories"]
    said = next((one["unit"] for one in described if one["value"] == measure), "")
    return said if said not in measure_name(measure).lower() else ""
