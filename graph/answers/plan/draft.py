"""What the draft of a county's own plan is written from: its chains and their state, targets, tasks, experts, policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.answers.chains import view_of
from graph.answers.documents.plan import TargetDocument, TaskDocument
from graph.answers.lookup import find_node
from graph.answers.plan.policies import policies_of
from graph.answers.plan.progress import plan_facts, progress
from graph.answers.plan.tasks import tasks
from graph.answers.recruiting import Wanted, candidates
from graph.answers.state import State
from graph.measures.measure import measure_called
from graph.measures.needs import needs_of
from graph.measures.value import Value, Window
from graph.model import ChainView
from graph.naming.chain import chain_title
from graph.plan.target import CITY
from graph.plan.verdict import PROVED
from graph.queries.chain_view import Chain
from graph.queries.plan_targets import Cities

REGION, TALENT = "县市区", "人才"
FIGURES = (
    "规上企业数",
    "产值",
    "利润",
    "研发费用",
    "研发活动覆盖率",
    "研发机构覆盖率",
    "技改覆盖率",
    "国高数",
    "科技型中小数",
    "专精特新数",
    "平台数",
)  # 口径, as a paragraph tells them


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a chain: its 口径, unit and value."""

    measure: str
    unit: str
    value: Value


@dataclass(frozen=True, slots=True)
class Weak:
    """A weak link: its status in words, and why."""

    segment: str
    caption: str
    reason: str
    next: str


@dataclass(frozen=True, slots=True)
class ChainBrief:
    """The state of a chain in few words. `captions` counts its segments by status, `strong` names the strong ones."""

    title: str
    stages: tuple[tuple[str, int], ...]
    segments: int
    surveyed: int
    captions: tuple[tuple[str, int], ...]
    strong: tuple[str, ...]
    weak: tuple[Weak, ...]
    needs: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class PolicyBrief:
    """A policy in force that applies to a county."""

    name: str
    issuer: str
    factors: str
    applies_to: str
    strength: str
    until: str


@dataclass(frozen=True, slots=True)
class ExpertBrief:
    """A person or team whom a county can ask."""

    name: str
    kind: str
    unit: str


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """Everything the draft of a county tells, seen on a day."""

    at: str
    county: str
    plans: tuple[str, ...]
    chains: tuple[ChainBrief, ...]
    targets: tuple[TargetDocument, ...]
    tasks: tuple[TaskDocument, ...]
    policies: tuple[PolicyBrief, ...]
    experts: tuple[ExpertBrief, ...]
    demo: bool


def draft_facts(state: State, county: str, at: date | None = None) -> DraftFacts:
    """What the draft plan of a county is written from. Raises Unknown and Ambiguous."""
    row, day = find_node(state, state.city.schema.kinds[REGION], county), at or state.today
    ident, name = str(row["id"]), str(row["name"])
    own = [c for c in state.chains() if c.county == name]
    listed = tasks(state, at=day)["tasks"]
    targets = progress(state, county=name, at=day)["targets"]
    wide = _of_city(state, ident)
    mine = [t for t in listed if t["county"] == name or (t["subject_kind"] == CITY and t["id"] in wide)]
    plans = dict.fromkeys(x["plan"] for x in (*targets, *mine) if x["plan"])
    return DraftFacts(
        day.isoformat(),
        name,
        tuple(plans),
        tuple(_brief(state, chain, day) for chain in own),
        tuple(targets),
        tuple(mine),
        tuple(_policies(state, ident, day)),
        tuple(dict.fromkeys(e for chain in own for e in _experts(view_of(state, chain)))),
        state.city.demo,
    )


def _of_city(state: State, county: str) -> set[str]:
    """The tasks (ids) for the whole of the city that a county is part of."""
    above = (*Cities(state.reader, state.city.sources, ()).line(county), "")
    return {t.id for t in plan_facts(state).records.tasks if t.subject.kind == CITY and t.subject.key in above}


def _brief(state: State, chain: Chain, day: date) -> ChainBrief:
    view = view_of(state, chain)
    graded = [s for s in view.segments if s["counted"] and s["status"] != "不适用"]
    known = [s for s in graded if s["known"]]
    gaps = candidates(state, chain.id, wanted=Wanted(top=1))["gaps"]
    return ChainBrief(
        title=chain_title(chain.county, chain.name),
        stages=tuple(Counter(s["stage"] or "未分阶段" for s in graded).items()),
        segments=len(graded),
        surveyed=len(known),
        captions=tuple(Counter(s["caption"] for s in known).most_common()),
        strong=tuple(s["segment"] for s in known if s["status"] == "强链"),
        weak=tuple(Weak(g["segment"], g["caption"], g["reason"], g["next"]) for g in gaps),
        needs=needs_of(view).text,
        figures=tuple(_figures(state, chain.id, day)),
    )


def _figures(state: State, chain: str, day: date) -> Iterator[Figure]:
    values = plan_facts(state).values
    for caption in FIGURES:
        measure = measure_called(caption)
        assert measure is not None, caption
        value = values.value(measure, chain, Window(day, day.year))
        nothing = measure.form in PROVED and not value.value if value else True  # what nobody surveyed is not none
        if value is not None and value.known and not nothing:
            yield Figure(caption, measure.unit, value)


def _policies(state: State, county: str, day: date) -> Iterator[PolicyBrief]:
    """Those in force on the day."""
    for policy in policies_of(state, county, day):
        if not policy.over and policy.value("起") <= day.isoformat():
            fields = (policy.value(k) for k in ("发文单位", "要素", "适用对象", "力度", "止"))
            yield PolicyBrief(policy.node.name, *fields)


def _experts(view: ChainView) -> Iterator[ExpertBrief]:
    for node in view.belonging(TALENT):
        kind = node.values.get("类型") or node.values.get("角色") or ""
        yield ExpertBrief(node.name, str(kind), "、".join(n.name for n in view.targets(node.id, "AFFILIATED_WITH")))
