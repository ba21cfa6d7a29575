"""What the report of one chain tells, as plain values: every number is that of the answer which counts it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph.analysis.config import GapConfig
from graph.analysis.impact import latest_outputs
from graph.answers.chains import view_of
from graph.answers.documents.matching import MatchDocument
from graph.answers.documents.plan import LeadDocument, TargetDocument, ZeroListDocument
from graph.answers.documents.recruiting import CandidatesDocument, EffectDocument
from graph.answers.matching import matching
from graph.answers.plan.leads import leads_on
from graph.answers.plan.progress import plan_facts, standings_of, target_document
from graph.answers.plan.zero import zero
from graph.answers.recruiting import candidates
from graph.answers.scenarios import Supposition, whatif
from graph.answers.state import State
from graph.measures.entry import Entry
from graph.measures.measure import load_measures
from graph.measures.six import six_have
from graph.measures.value import Window
from graph.model import ChainView
from graph.plan.light import TargetStanding
from graph.queries.chain_view import Chain
from graph.queries.reads import read_everything

OUTPUT, RND = "output", "rnd_spent"  # measures told of the chain and of its county
MATCHED = 3  # results named for a need
AMOUNT = "产值(万元)"
COMPARED = 3  # gaps whose first candidate is supposed to land


@dataclass(frozen=True, slots=True)
class SegmentOutput:
    """What the makers of a segment are known to produce in 万元, from how many firms, in which years (first, last)."""

    value: float
    firms: int
    years: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class MeasuredFigure:
    """A measure of a chain or a county: its value, of which year's reports, and how many firms state it.

    `reported` is False where nobody filed annual reports and the rows of the firms themselves state it.
    """

    value: float
    year: int | None
    firms: int
    rows: tuple[int, ...]
    reported: bool = True


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything that the report of one chain tells. `targets` are those of the chain, its county, its city and its
    firms, as of `day`; `effects` say what the first candidate of each of the first gaps would change.

    `six` says of each platform (id) which of the six it has; `figures` and `county_figures` hold measures by their ids; what nobody filed is not among them. `content` is the hash
    of all that the home holds.
    """

    view: ChainView
    plan: CandidatesDocument
    targets: Sequence[TargetDocument]
    six: Mapping[str, Mapping[str, bool | None]]
    zero: Sequence[ZeroListDocument]
    effects: Sequence[EffectDocument]
    matches: Sequence[MatchDocument]
    outputs: Mapping[str, SegmentOutput]
    figures: Mapping[str, MeasuredFigure]
    county_figures: Mapping[str, MeasuredFigure]
    config: GapConfig
    day: date
    content: str
    leads: Mapping[tuple[str, str], LeadDocument] = field(default_factory=dict)  # by segment and firm (ids)


def report_facts(state: State, chain: Chain, day: date | None = None) -> ReportFacts:
    """What the report of a chain tells on a day (None is the state's today)."""
    view, plan, at = view_of(state, chain), candidates(state, chain.name, chain.county), day or state.today
    county = next(e.target for e in view.edges if e.relation == "LOCATED_IN" and e.source == chain.id)
    return ReportFacts(
        view,
        plan,
        applying_targets(state, view, at),
        {n.id: six_have(n.values, state.plan_model.six_least) for n in view.of_kind("平台")},
        zero(state, chain.county)["lists"],
        _effects(state, chain, plan),
        matching(state, chain.name, chain.county, MATCHED)["matches"],
        _outputs(state, chain),
        measured_figures(state, chain.id, at),
        measured_figures(state, county, at),
        state.config,
        at,
        content_of(state),
        leads_on(state),
    )


def applying_targets(state: State, view: ChainView, at: date) -> list[TargetDocument]:
    """What the plan asks of a chain, its firms, its county and the regions above that, as it stands on a day."""
    county = next(e.target for e in view.edges if e.relation == "LOCATED_IN" and e.source == view.chain_id)
    reached = _reached(state, view, county)
    return [target_document(state, s) for s in standings_of(state, None, None, None, at) if _applies(s, reached)]


def content_of(state: State) -> str:
    """The hash of all that the home holds."""

    def read() -> str:
        read_everything()
        summary = state.city.summary()
        return summary.hash if summary else ""

    return state.once(("content",), read)


def _applies(there: TargetStanding, reached: Collection[str]) -> bool:
    """Whether a target is of the whole city, or of a chain, region or firm (ids) that the report is about."""
    return not there.target.subject.key or there.target.subject.key in reached


def _reached(state: State, view: ChainView, county: str) -> set[str]:
    """What a report is about, as targets name it: the chain, its firms, its county and the regions above that."""
    line = state.about(view.chain_id).supply().regions.line(county)
    return {view.chain_id, *line, *(n.id for n in view.belonging("企业"))}


def _effects(state: State, chain: Chain, plan: CandidatesDocument) -> list[EffectDocument]:
    """What the first candidate of each of the first gaps would change, one after the other and none together."""
    effects: list[EffectDocument] = []
    for gap in plan["gaps"]:
        first = next((c for c in plan["candidates"] if c["segment_id"] == gap["segment_id"]), None)
        if gap["rank"] is not None and first and len(effects) < COMPARED:
            landing = f"{first['firm']}@{gap['segment']}"
            effects.append(whatif(state, gap["chain"], gap["county"], Supposition(add=(landing,))))
    return effects


def _outputs(state: State, chain: Chain) -> dict[str, SegmentOutput]:
    """What is known of the output of each segment."""
    supply, outputs = state.about(chain.id).supply(), {}
    for ident, segment in supply.segments.items():
        if segment.fact.chain == chain.id and (known := latest_outputs(ident, supply, segment.subtree)):
            years = [year for year, _ in known.values() if year]
            total = sum(output for _, output in known.values())
            span = (min(years), max(years)) if years else None
            outputs[ident] = SegmentOutput(total, len({firm for firm, _ in known}), span)
    return outputs


def measured_figures(state: State, subject: str, at: date) -> dict[str, MeasuredFigure]:
    """The measures of a chain, a county or the whole city for which somebody filed a number."""
    values, window, figures = plan_facts(state).values, Window(at, at.year), {}
    for measure in load_measures():
        value = values.value(measure, subject, window) if measure.id in (OUTPUT, RND) else None
        if value is not None and value.value is not None:
            figures[measure.id] = MeasuredFigure(value.value, value.year, len(value.entries), value.rows)
    if OUTPUT not in figures and (stated := _stated_output(values.entries("企业", subject), at)):
        figures[OUTPUT] = stated
    return figures


def _stated_output(firms: Sequence[Entry], at: date) -> MeasuredFigure | None:
    """What the rows of firms themselves state of their output, of the latest year that any of them gives."""
    stated = [f for f in firms if f.values.get(AMOUNT) is not None and (f.values.get("年份") or at.year + 1) <= at.year]
    if not stated:
        return None
    year = max(f.values["年份"] for f in stated)
    own = [f for f in stated if f.values["年份"] == year]
    rows = tuple(dict.fromkeys(r for f in own for r in f.records))
    return MeasuredFigure(sum(f.values[AMOUNT] for f in own), year, len(own), rows, reported=False)
