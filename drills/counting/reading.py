"""A record read once: everything that is made from it for more than one use, each made when first asked for.

Chapters, pages, downloads and the command line take a `Reading`, so that all of them show the same frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ..record import provenance, tables
from . import (
    coded,
    coverage,
    curve,
    definitions,
    dossier,
    editions,
    estimates,
    milestones,
    participation,
    places,
    published,
    recall,
    sizes,
    trends,
)
from .milestones import Comparison


@dataclass(frozen=True, eq=False)
class Reading:
    """A record and what is counted from it; two readings are the same only if they are one object.

    Counted events are those of the default definition. Whoever takes a frame from here must not change it.
    """

    record: tables.Record

    @property
    def as_of(self) -> pd.Timestamp:
        """The day of the newest page in the record."""
        return self.record.as_of

    @cached_property
    def counted(self) -> pd.DataFrame:
        """Events under the default definition."""
        return definitions.select(self.record.events)

    @cached_property
    def held(self) -> pd.DataFrame:
        """Every event that was held, of either tier and any kind."""
        return definitions.select(self.record.events, participation.ALL_HELD)

    @cached_property
    def editions_held(self) -> pd.DataFrame:
        """Every event that was held, those that are part of another one left out."""
        return definitions.select(self.record.events, editions.HELD)

    # who is behind an event

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """`provenance.event_sources` of the record."""
        record = self.record
        return provenance.event_sources(record.participants, record.claims, record.date_claims, record.facts)

    @cached_property
    def event_houses(self) -> pd.DataFrame:
        """`provenance.event_houses` of the record."""
        return provenance.event_houses(self.pairs, self.record.sources, self.record.publishers)

    @cached_property
    def houses(self) -> pd.Series:
        """Number of independent houses by event_id; an event with none is missing."""
        return self.event_houses.groupby("event_id").size()

    @cached_property
    def sources_behind(self) -> pd.DataFrame:
        """The sources that some event rests on."""
        return coverage.behind_events(self.record.sources, self.pairs)

    @cached_property
    def claimants(self) -> pd.DataFrame:
        """`coverage.by_claimant` of the record."""
        return coverage.by_claimant(self.record.claims)

    @cached_property
    def without_strength(self) -> pd.DataFrame:
        """`coverage.without_strength` of the counted events."""
        return coverage.without_strength(self.counted, self.record.claims, self.record.facts)

    @cached_property
    def coded(self) -> coded.Coded:
        """The events of the record as numbers, with their houses."""
        return coded.Coded(self.record.events, self.houses)

    @cached_property
    def switch_data(self) -> dict[str, list]:
        """`coded.switch_data` of the record."""
        return coded.switch_data(self.coded)

    # how big

    @cached_property
    def groups(self) -> pd.DataFrame:
        """`estimates.groups` of the record."""
        return estimates.groups(self.record.claims, self.record.rulings, self.record.sources, self.record.publishers)

    @cached_property
    def estimates(self) -> pd.DataFrame:
        """`estimates.side_by_side` of the record: one row for each event, measure and scope."""
        return estimates.side_by_side(self.groups, self.record.claims, self.record.sources, self.record.publishers)

    @cached_property
    def classes(self) -> pd.DataFrame:
        """`sizes.classes` of every event of the record."""
        return sizes.classes(self.record.events, self.estimates, self.groups)

    @cached_property
    def counted_classes(self) -> pd.DataFrame:
        """The rows of `classes` for the counted events."""
        is_counted = self.classes["event_id"].isin(self.counted["event_id"])
        return self.classes[is_counted].reset_index(drop=True)

    @cached_property
    def troops(self) -> pd.DataFrame:
        """`sizes.sizes` of the counted events in troops of all participants."""
        return sizes.sizes(self.counted, self.groups, ("troops",), "ALL")

    @cached_property
    def ships(self) -> pd.DataFrame:
        """`sizes.sizes` of the counted events in ships of all participants."""
        return sizes.sizes(self.counted, self.groups, sizes.SHIP_MEASURES, "ALL")

    @cached_property
    def aircraft(self) -> pd.DataFrame:
        """`sizes.sizes` of the counted events in aircraft of all participants."""
        return sizes.sizes(self.counted, self.groups, sizes.AIRCRAFT_MEASURES, "ALL")

    @cached_property
    def chinese_share(self) -> pd.DataFrame:
        """`sizes.chinese_share` of the counted events."""
        return sizes.chinese_share(self.counted, self.estimates)

    @cached_property
    def compared(self) -> pd.DataFrame:
        """`coverage.official_against_assessed` of the record."""
        return coverage.official_against_assessed(self.groups, self.record.events)

    @cached_property
    def disputed(self) -> pd.DataFrame:
        """`coverage.disputed_by_measure` of the record."""
        return coverage.disputed_by_measure(self.estimates)

    @cached_property
    def searches(self) -> pd.DataFrame:
        """`recall.searches` of the record."""
        return recall.searches(self.record.searches, self.record.series)

    @cached_property
    def parts(self) -> dossier.Parts:
        """`dossier.parts` of the record: all that pages say of events."""
        return dossier.parts(self.record, self.pairs, self.groups, self.estimates)

    def dossier(self, event_id: str) -> dossier.Dossier:
        """The own rows of one event, cut from `parts`; raises `dossier.UnknownEvent`."""
        return dossier.dossier(self.record.events, self.parts, event_id)

    # how often

    @cached_property
    def per_year(self) -> pd.DataFrame:
        """`trends.events_per_year` of the counted events, from the first comparable year to the year of the record."""
        return trends.events_per_year(self.counted, trends.FIRST_COMPARABLE_YEAR, self.as_of.year)

    @cached_property
    def complete_years(self) -> pd.DataFrame:
        """The rows of `per_year` of years that are over."""
        return trends.complete_years(self.per_year, self.as_of)

    @cached_property
    def trend(self) -> trends.Trend:
        """The trend of counted events over the complete years; raises ValueError for fewer than four of them."""
        return trends.fit_trend(self.complete_years)[0]

    @cached_property
    def curve(self) -> pd.DataFrame:
        """`curve.curve` of the record: the trend under every definition that makes sense."""
        return curve.curve(self.coded, self.as_of)

    # what others count

    @cached_property
    def ruled(self) -> pd.DataFrame:
        """`published.ruled`: every published count with our nearest rule for it."""
        return published.ruled(self.record.published_counts, self.record.nearest_rules)

    @cached_property
    def beside_ours(self) -> pd.DataFrame:
        """`published.beside_ours` of the record."""
        return published.beside_ours(self.coded, self.ruled)

    @cached_property
    def gap_events(self) -> pd.DataFrame:
        """`published.gap_events` of the record."""
        return published.gap_events(self.coded, self.ruled, self.record.outside_lists, self.record.outside_rows)

    @cached_property
    def recall(self) -> pd.DataFrame:
        """`recall.recall` of the record."""
        return recall.recall(self.record.outside_lists, self.record.outside_rows)

    @cached_property
    def without_event(self) -> pd.DataFrame:
        """`recall.without_event` of the record."""
        return recall.without_event(self.record.outside_lists, self.record.outside_rows)

    # with whom and where

    @cached_property
    def country_years(self) -> pd.DataFrame:
        """`participation.country_years` of the record."""
        return participation.country_years(self.record.participants, self.counted, self.held)

    @cached_property
    def hosts(self) -> pd.DataFrame:
        """`participation.hosts` of the record."""
        return participation.hosts(self.record.participants, self.counted, self.held)

    @cached_property
    def watched(self) -> dict[str, int]:
        """`participation.watched` of the events held."""
        return participation.watched(self.record.participants, self.held)

    @cached_property
    def located(self) -> pd.DataFrame:
        """`places.located` of the counted events."""
        return places.located(self.counted, self.record.sea_areas)

    @cached_property
    def waters(self) -> pd.DataFrame:
        """`places.waters` of the counted events."""
        return places.waters(self.counted, self.record.sea_areas)

    # in which series, and beside what else

    @cached_property
    def lanes(self) -> pd.DataFrame:
        """`editions.lanes` of the record."""
        return editions.lanes(self.record.events, self.record.series, self.counted)

    @cached_property
    def observers(self) -> pd.DataFrame:
        """`participation.observers` of the record."""
        return participation.observers(self.record.participants, self.counted, self.held)

    @cached_property
    def single_publisher(self) -> pd.DataFrame:
        """`coverage.single_publisher_events` of the record."""
        return coverage.single_publisher_events(self.record.events, self.event_houses, self.record.rulings)

    @cached_property
    def patrols(self) -> pd.DataFrame:
        """`editions.patrols` of the record."""
        return editions.patrols(self.record.events, self.record.series)

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """`editions.gaps` of the record."""
        return editions.gaps(self.editions_held, self.record.series, self.as_of)

    @cached_property
    def numbering(self) -> pd.DataFrame:
        """`editions.numbering` of the record."""
        return editions.numbering(self.record.claims, self.record.events, self.record.series)

    @cached_property
    def opening(self) -> pd.Timestamp:
        """The first day on which the record can know of an event."""
        return milestones.opening(self.record.events)

    @cached_property
    def milestones(self) -> pd.DataFrame:
        """`milestones.timeline` of the record."""
        return milestones.timeline(self.record.milestones, self.record.sources)

    @cached_property
    def windows(self) -> pd.DataFrame:
        """`milestones.windows` of every milestone, over the counted events."""
        return milestones.windows(self.milestones, self.counted, self.opening, self.as_of)

    @cached_property
    def agreed(self) -> pd.DataFrame:
        """The rows of `windows` for treaties and agreements."""
        return self.windows[self.windows["kind"].isin(milestones.AGREED)].reset_index(drop=True)

    @cached_property
    def windows_of_days(self) -> pd.DataFrame:
        """`milestones.every_day` of the counted events."""
        return milestones.every_day(self.counted, self.opening, self.as_of)

    @cached_property
    def agreed_compared(self) -> Comparison:
        """Treaties and agreements against every day of their span."""
        return milestones.compare(self.agreed, self.windows_of_days)

    @cached_property
    def milestone_kinds(self) -> pd.DataFrame:
        """`milestones.by_kind` of the record."""
        return milestones.by_kind(self.windows, self.windows_of_days)


# The last reading that `share` has made, by the digest of the folder's files.
_shared: dict[str, Reading] = {}


def load(data_dir: tables.Path | None = None) -> Reading:
    """The reading of a record. data_dir: its folder, `tables.folder()` if none is given.

    A reading that is shared for these very files is given again. Raises UnreadableData, with every problem, if a file
    cannot be read or a cell is not of its type.
    """
    shared = _shared.get(tables.digest(data_dir)) if _shared else None
    return shared or Reading(tables.load(data_dir))


def share(data_dir: tables.Path) -> Reading:
    """The reading of a record, which `load` gives from now on in this process and its forks while no file changes.

    Raises UnreadableData as `load` does.
    """
    digest, reading = tables.digest(data_dir), load(data_dir)
    # files that changed while they were read are not what was read
    if digest == tables.digest(data_dir):
        _shared.clear()
        _shared[digest] = reading
    return reading
