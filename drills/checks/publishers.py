"""What publishers.csv and the columns of sources.csv that name publishers have to satisfy beyond datapackage.json.

Independence is counted in houses, so one house must not stand under two names, nor one publisher. `RULES` are run
by `subject.check` with the sound rows of every table.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from ..record.nearness import question, suggestions
from ..record.problems import Problem, legible
from ..record.provenance import NOT_STATED
from . import structure

NAMING = ("publisher", "original_publisher")
AUTHORITIES = ("official_ru", "official_cn", "official_other")
# Cyrillic and Greek capitals and letters that look like Latin ones
LOOK_ALIKE = str.maketrans("авекмнорстухіјѕԁԛԝҮүАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοι",
                           "abekmhopctyxijsdqwyyabekmhopctyxijsabezhikmnoptyxoi")
# short names of publishers as notes write them
SHORT_NAMES = {"ITAR-TASS": "TASS", "RIA": "RIA Novosti", "Mehr": "Mehr News", "WSJ": "Wall Street Journal",
               "Zvezda": "TV Zvezda", "Barents Observer": "The Barents Observer"}
# the note passes somebody's report on: relays Reuters; cites TASS and RIA; quotes Xinhua; per CCTV
PASSES_ON = re.compile(r"\b(relay(?:s|ing)|cit(?:es|ing)|quot(?:es|ing)|per|via) ([^;]*)", re.IGNORECASE)


def plain(name: str) -> str:
    """A name without what the eye passes over: case, spaces, dashes, signs, accents, look-alike letters and `the`."""
    text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    text = re.sub(r"^the\s+", "", text.translate(LOOK_ALIKE).casefold().strip())
    return "".join(c for c in text if c.isalnum()) or name


def used_names(rows) -> set[str]:
    """The publishers that a source names."""
    sources = rows.read["sources"]
    return {*sources["publisher"].dropna(), *sources["original_publisher"].dropna(),
            *sources["relays"].explode().dropna()}


def known_names(rows) -> set[str]:
    """The names that a source may give: those of publishers.csv, and those in lines of it that could not be read."""
    return {*rows.read["publishers"]["publisher"].dropna(), *rows.raw["publishers"].strays, NOT_STATED}


def table_of_names(rows) -> structure.Target:
    """The table that sources name, with the names that they use."""
    return structure.Target(rows.raw["publishers"], "publisher", used_names(rows))


def renamed_publishers(rows) -> dict[str, str]:
    """Names that several sources use and no row has, each with the row that seems to have got another name."""
    names = pd.concat([rows.sources[column].dropna() for column in NAMING])
    lost = names[~names.isin(known_names(rows))]
    return structure.renamed_rows(lost, table_of_names(rows))


def publishers_are_known(rows) -> Iterator[Problem]:
    """Catch a page whose publisher has no row, so that nobody can say to which house it belongs."""
    if not rows.raw["publishers"].is_read:
        return
    known, renamed = known_names(rows), renamed_publishers(rows)
    by_plain = {plain(name): name for name in known}
    for old, new in renamed.items():
        number = int(sum((rows.sources[column] == old).sum() for column in NAMING))
        yield structure.renamed_row(table_of_names(rows), old, new, number, ["sources.csv"])
    for column in NAMING:
        cells = rows.sources[column].dropna()
        for line, name in cells[~cells.isin(known) & ~cells.isin(renamed.keys())].items():
            near = [by_plain[plain(name)]] if plain(name) in by_plain else suggestions(name, known)
            yield rows.at("sources", line, column, name, f"'{legible(name)}' is not in publishers.csv",
                          question(near) if near else "add it to publishers.csv with its house")


def names_stand_once(rows) -> Iterator[Problem]:
    """Catch one publisher or one house under two names that the eye takes for the same."""
    table = rows.publishers
    told = set()
    for column, word in (("publisher", "publisher"), ("house", "house")):
        first: dict[str, tuple[str, int]] = {}
        for line, name in table[column].dropna().items():
            before, at = first.setdefault(plain(name), (name, line))
            # a publisher that is its own house is one slip
            if before != name and line not in told:
                told.add(line)
                yield rows.at("publishers", line, column, name,
                              f"'{legible(name)}' is the {word} '{legible(before)}' of line {at} typed in another way",
                              "write both in one way")
    houses = {plain(name): name for line, name in table["house"].dropna().items() if line not in told}
    for publisher in table.itertuples():
        house = houses.get(plain(publisher.publisher))
        if house not in (None, publisher.house, publisher.publisher) and publisher.Index not in told:
            yield rows.at("publishers", publisher.Index, "publisher", publisher.publisher,
                          f"'{legible(publisher.publisher)}' is the house '{legible(house)}' typed in another way",
                          "write both in one way")


def houses_name_themselves(rows) -> Iterator[Problem]:
    """Catch a house that is the name of a publisher which itself belongs to another house."""
    house_of = rows.publishers.set_index("publisher")["house"].to_dict()
    for publisher in rows.publishers.itertuples():
        beyond = house_of.get(publisher.house, publisher.house)
        if beyond != publisher.house:
            yield rows.at("publishers", publisher.Index, "house", publisher.house,
                          f"'{legible(publisher.house)}' itself belongs to the house '{legible(beyond)}'",
                          f"write '{legible(beyond)}' as the house of both")


def relays_are_named(rows) -> Iterator[Problem]:
    """Catch a page that by its own note passes on the report of a publisher, and would count as a word of its own."""
    kinds = rows.read["publishers"].dropna(subset=["publisher"]).set_index("publisher")["kind"].to_dict()
    names = {name: name for name in kinds} | {short: name for short, name in SHORT_NAMES.items() if name in kinds}
    if not names:
        return
    # of two names that begin alike the longer one comes first
    listed = "|".join(re.escape(name) for name in sorted(names, reverse=True))
    pattern = re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])")
    blank = rows.sources[rows.sources["note"].notna() & rows.sources["original_publisher"].isna()
                         & (rows.sources["relays"].str.len() == 0)]
    for source in blank.itertuples():
        for verb, rest in PASSES_ON.findall(source.note):
            found = [names[word] for word in pattern.findall(rest)]
            # an authority that is cited is who speaks in the page's own report; one that is relayed wrote the text
            found = [name for name in found if verb.lower().startswith("relay") or kinds[name] not in AUTHORITIES]
            if found := [name for name in dict.fromkeys(found) if name != source.publisher]:
                yield rows.at("sources", source.Index, "relays", "",
                              f"the note says that the page passes on {' and '.join(found)}, relays is blank",
                              f"write {';'.join(found)} in relays, or fix the note")
                break


def publishers_are_used(rows) -> Iterator[Problem]:
    """Catch a publisher that no source names: left over from a name that was corrected."""
    # a source that could not be read may be the one that names it
    if not rows.raw["sources"].is_read or rows.raw["sources"].strays or rows.with_wrong("sources", *NAMING,
                                                                                        "relays").size:
        return
    used, told = used_names(rows), set(renamed_publishers(rows).values())
    by_plain: dict[str, str] = {}
    for line, name in rows.publishers["publisher"].items():
        if name in told or by_plain.setdefault(plain(name), name) != name:
            continue  # another rule says what is wrong with the name
        if name == NOT_STATED:
            yield rows.at("publishers", line, "publisher", name, f"'{NOT_STATED}' is no publisher", "delete the row")
        elif name not in used:
            yield rows.at("publishers", line, "publisher", name, f"no source names '{legible(name)}'",
                          "delete the row, or fix its name")


def publishers_have_one_sort(rows) -> Iterator[Problem]:
    """Catch a text whose sort is not that of the publisher who wrote it; a text of unknown origin has any sort."""
    kinds = rows.publishers.set_index("publisher")["kind"].to_dict()
    owners = rows.sources["original_publisher"].where(rows.sources["original_publisher"].notna(),
                                                      rows.sources["publisher"])
    # a copy that does not name its original is reported as such
    is_open = (rows.sources["is_copy"] == "true") & rows.sources["original_publisher"].isna()
    said = defaultdict(list)
    for line, owner, sort in zip(rows.sources.index, owners.mask(is_open), rows.sources["source_type"], strict=True):
        if owner in kinds and kinds[owner] != sort:
            said[owner].append((line, sort))
    for owner, found in said.items():
        for line, sort in found:
            yield rows.at("sources", line, "source_type", sort,
                          f"'{sort}' is not the kind of '{legible(owner)}', which is {kinds[owner]} in publishers.csv",
                          "write one of the two in both files")


def copies_name_their_original(rows) -> Iterator[Problem]:
    """Catch a copy that would count as a publisher of its own, and an original called a copy."""
    is_copy = (rows.sources[["is_copy", "is_mirror"]] == "true").any(axis=1)
    for source in rows.sources[is_copy | rows.sources["note"].notna()].itertuples():
        if source.is_mirror == "true" and source.is_copy == "false":
            yield rows.at("sources", source.Index, "is_copy", "false", "a mirror is not marked as a copy",
                          "set is_copy to true")
        elif source.is_copy == "true" and not isinstance(source.original_publisher, str):
            yield rows.at("sources", source.Index, "original_publisher", "", "a copy does not name its original",
                          f"name the publisher whose text it is, or write '{NOT_STATED}'")
        elif (source.is_mirror == "false" and isinstance(source.note, str)
              and re.search(r"\b(mirror|scraper)\b", source.note)):
            yield rows.at("sources", source.Index, "is_mirror", "false", "the note calls the page a mirror",
                          "set is_mirror to true")


RULES = (copies_name_their_original, publishers_are_known, names_stand_once, houses_name_themselves, relays_are_named,
         publishers_are_used, publishers_have_one_sort)
