"""What the report of a county, or of the whole city, tells: its chains, each as its own report tells it, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.analysis.config import GapConfig
from graph.answers.documents.plan import CountyLightsDocument, TargetDocument
from graph.answers.overview import overview
from graph.answers.papers.report import OUTPUT, MeasuredFigure, ReportFacts, content_of, measured_figures, report_facts
from graph.answers.plan.filing import county_name
from graph.answers.plan.progress import lights_of_counties, plan_standings, target_document
from graph.answers.state import State
from graph.measures.entry import WHOLE
from graph.plan.target import CITY

EVERYWHERE = "全市"  # where the chains lie in several cities, or in counties of which no city is known


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """Everything that the report of a county or (`county` None) of the whole city tells.

    `rows` are those of the director's table, `lights` how the targets of each county stand, `targets` those set for the
    city as a whole. `output` is the measure 产值 of the region, where anybody filed it.
    """

    name: str
    county: str | None
    chains: Sequence[ReportFacts]
    rows: Sequence[Mapping[str, Any]]
    lights: Sequence[CountyLightsDocument]
    targets: Sequence[TargetDocument]
    output: MeasuredFigure | None
    config: GapConfig
    day: date
    content: str
    demo: bool


def region_facts(state: State, county: str | None = None, day: date | None = None) -> RegionFacts:
    """What the report of a county (None is the whole city) tells on a day. Raises Unknown and Ambiguous."""
    own, at = county_name(state, county) if county else None, day or state.today
    chains = [report_facts(state, c, at) for c in state.chains() if own in (None, c.county)]
    standings = [s for s in plan_standings(state, at) if own in (None, s.target.subject.county)]
    city = [s for s in standings if s.target.subject.kind == CITY] if own is None else []
    return RegionFacts(
        own or _city(state),
        own,
        chains,
        [row for row in overview(state)["rows"] if own in (None, row["county"])],
        lights_of_counties(standings),
        [target_document(state, s) for s in city],
        (chains[0].county_figures if own and chains else measured_figures(state, WHOLE, at)).get(OUTPUT),
        state.config,
        at,
        content_of(state),
        state.city.demo,
    )


def _city(state: State) -> str:
    """The city of all chains, by name."""
    facts, regions = state.facts(), state.supply().regions
    names = {r.id: r.name for r in facts.regions}
    cities = {names.get(regions.city(c.county), "") for c in facts.chains}
    return next(iter(cities)) or EVERYWHERE if len(cities) == 1 else EVERYWHERE
