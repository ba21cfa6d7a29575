"""Where every target of the plan stands on a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from graph.answers.documents.parts import SourceDocument
from graph.answers.documents.plan import (
    ComputedDocument,
    CountyLightsDocument,
    DueDocument,
    FiledDocument,
    MovedDocument,
    ProgressDocument,
    SpreadDocument,
    TargetDocument,
)
from graph.answers.lookup import find_chain, find_node
from graph.answers.state import State
from graph.measures.entry import Entry
from graph.measures.measure import load_measures
from graph.measures.value import Value, Values
from graph.plan.board import standings
from graph.plan.light import BEHIND, FAR_BEHIND, LATE, LIGHTS, TargetStanding
from graph.plan.sentence import asked_of, sentence
from graph.plan.target import Filed, Moved, Target
from graph.plan.verdict import YES
from graph.queries.lead_reader import read_leads
from graph.queries.plan_entries import EntryReader
from graph.queries.plan_records import PlanReader, PlanRecords
from graph.text import norm

DUE = (30, 60, 90)  # days ahead


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a state says of its plan: the entries that measures count, and the plan itself."""

    entries: Sequence[Entry]
    values: Values
    records: PlanRecords


def plan_facts(state: State) -> PlanFacts:
    """The plan of a state, read once."""

    def read() -> PlanFacts:
        reader = EntryReader(state.explorer, read_leads(state.reader, state.records), state.plan_model.six_least)
        entries = reader.read()
        return PlanFacts(entries, Values(entries), PlanReader(state.explorer, reader, state.city.sources).read())

    return state.once(("plan",), read)


def plan_standings(state: State, at: date | None = None) -> list[TargetStanding]:
    """Every target with its light on a day (None is the state's today), the gravest first."""
    day = at or state.today

    def judge() -> list[TargetStanding]:
        facts = plan_facts(state)  # read within: the lights depend on what it was read from
        return standings(facts.records, facts.values, day, state.plan_model)

    return state.answer(("lights", day), judge)


def progress(
    state: State, plan: str | None = None, county: str | None = None, chain: str | None = None, at: date | None = None
) -> ProgressDocument:
    """The document of `lianpu progress`. Raises Unknown and Ambiguous."""
    day = at or state.today
    chosen = standings_of(state, plan, county, chain, day)
    documents = [target_document(state, s) for s in chosen]
    return {
        "at": day.isoformat(),
        "rule": state.plan_model.text,
        "targets": documents,
        "counties": lights_of_counties(chosen),
        "spread": list(_spread(chosen)),
        "due": due_of(chosen),
        "file": None,
    }


def standings_of(
    state: State, plan: str | None, county: str | None, chain: str | None, at: date | None = None
) -> list[TargetStanding]:
    """The targets of a plan, county and chain with their lights, the gravest first. Raises Unknown and Ambiguous."""
    within = _Scope(state, plan, county, chain)
    return [s for s in plan_standings(state, at) if within.holds(s.target)]


class _Scope:
    """Which targets are asked for."""

    def __init__(self, state: State, plan: str | None, county: str | None, chain: str | None) -> None:
        self._plan = norm(plan) if plan else None
        self._county = str(find_node(state, state.city.schema.kinds["县市区"], county)["name"]) if county else None
        self._chain = find_chain(state, chain, county).id if chain else None

    def holds(self, target: Target) -> bool:
        """Whether a target is of the plan, county and chain that are asked for."""
        if self._plan and (target.plan is None or norm(target.plan.name) != self._plan):
            return False
        if self._chain:
            return target.subject.key == self._chain
        return self._county is None or target.subject.county == self._county


def lights_of_counties(chosen: Iterable[TargetStanding]) -> list[CountyLightsDocument]:
    """The lights of each county, in the order of how many are late, far behind, behind."""
    lights: dict[str, Counter[str]] = defaultdict(Counter)
    for s in chosen:
        if s.target.subject.county:
            lights[s.target.subject.county][s.light.word] += 1
    order = sorted(lights, key=lambda c: (*(-lights[c][light.word] for light in (LATE, FAR_BEHIND, BEHIND)), c))
    return [{"county": c, "lights": {light.word: lights[c][light.word] for light in LIGHTS}} for c in order]


def _spread(chosen: Iterable[TargetStanding]) -> Iterable[SpreadDocument]:
    """What targets set for each county or chain come to together."""
    groups: dict[str, list[TargetStanding]] = defaultdict(list)
    for s in chosen:
        if s.target.each:
            groups[s.target.id].append(s)
    for group in groups.values():
        target, met = group[0].target, sum(s.verdict.met == YES for s in group)
        noun = "县" if target.each == "各县市区" else "链"
        yield {
            "indicator": target.name,
            "subject": target.each,
            "deadline": target.deadline.isoformat() if target.deadline else None,
            "of": len(group),
            "met": met,
            "text": f"{len(group)} {noun}中 {met} {noun}达标",
        }


def due_of(chosen: Iterable[TargetStanding]) -> list[DueDocument]:
    """What is due within 90 days and not met, the next first."""
    due: list[DueDocument] = []
    for s in chosen:
        days, deadline = s.days_left, s.target.deadline
        if s.verdict.met == YES or days is None or deadline is None or not 0 <= days <= DUE[-1]:
            continue
        due.append(
            {
                "indicator": s.target.name,
                "subject": s.target.subject.name,
                "deadline": deadline.isoformat(),
                "days_left": days,
                "within": next(d for d in DUE if days <= d),
                "light": s.light.word,
            }
        )
    return sorted(due, key=lambda d: (d["days_left"], d["subject"], d["indicator"]))


# -- one target -----------------------------------------------------------------------------------


def target_document(state: State, there: TargetStanding) -> TargetDocument:
    """Where one target stands, with its rows."""
    target, verdict = there.target, there.verdict
    at_deadline = _at_deadline(state, there)
    return {
        "id": target.id,
        "plan": target.plan.name if target.plan else None,
        "task": target.task or None,
        "indicator": target.name,
        "subject": target.subject.name,
        "subject_kind": target.subject.kind,
        "county": target.subject.county or None,
        "comparator": target.goal.comparison,
        "asked": asked_of(there),
        "value": target.goal.value,
        "unit": target.goal.unit,
        "deadline": target.deadline.isoformat() if target.deadline else None,
        "met": verdict.met,
        "light": there.light.word,
        "v": verdict.value,
        "v_from": verdict.source if verdict.value is not None else None,
        "filed": _filed(state, verdict.filed),
        "computed": _computed(state, target, verdict.computed),
        "at_deadline": at_deadline,
        "pace": {"expected": there.pace.expected, "actual": there.pace.actual} if there.pace else None,
        "years": [{"year": y.year, "value": y.value, "met": _word(y.met)} for y in verdict.years],
        "days_left": there.days_left,
        "flags": list(there.flags),
        "text": sentence(there),
        "owners": list(target.owners),
        "moved": moved_documents(target.moved),
        "suggested": None if target.measure else suggested_measure(target.name),
        "evidence": sources_of(state, target.records),
    }


def moved_documents(moves: Sequence[Moved]) -> list[MovedDocument]:
    """How a deadline moved, each time."""
    return [
        {"old": m.old.isoformat(), "new": m.new.isoformat(), "reason": m.reason, "approved_by": m.approved_by}
        for m in moves
    ]


def _word(met: bool | None) -> str:
    return "未知" if met is None else "是" if met else "否"


def _at_deadline(state: State, there: TargetStanding) -> FiledDocument | None:
    """The last value filed by a deadline that has passed."""
    target = there.target
    if target.deadline is None or there.days_left is None or there.days_left >= 0:
        return None
    filings = plan_facts(state).records.filings.get((norm(target.name), target.subject.filed_under), ())
    by_then = [f for f in filings if f.filing.day <= target.deadline]
    return _filed(state, by_then[-1]) if by_then else None


def _filed(state: State, filed: Filed | None) -> FiledDocument | None:
    if filed is None:
        return None
    return {
        "value": filed.filing.value,
        "unit": filed.filing.unit,
        "date": filed.filing.written,
        "source": filed.proof or filed.source or None,
        "reason": filed.reason or None,
        "measures": filed.measures or None,
        "dissent": filed.dissent or None,
        "verified": filed.verified or None,
        "evidence": sources_of(state, filed.filing.records),
    }


def _computed(state: State, target: Target, value: Value | None) -> ComputedDocument | None:
    if value is None or target.measure is None:
        return None
    return {
        "measure": target.measure.caption,
        "value": value.value,
        "lower": value.lower,
        "upper": value.upper,
        "blank": value.blank,
        "unit": target.measure.unit,
        "year": value.year,
        "unknown_output": value.unknown,
        "covers": list(value.covers) if value.covers else None,
        "rows": sources_of(state, value.rows),
    }


def sources_of(state: State, records: Sequence[int]) -> list[SourceDocument]:
    """The rows of some numbers in the ledger, as documents name them."""
    known: Mapping[int, SourceDocument] = cast("Mapping[int, SourceDocument]", state.city.sources(records))
    return [known[r] for r in records if r in known]


def suggested_measure(name: str) -> str | None:
    """The measure that a target's name calls for, to be confirmed by a person.

    >>> suggested_measure("规上企业技术改造覆盖率"), suggested_measure("产品抽检不合格率")
    ('技改覆盖率', None)
    """
    wanted = norm(name).rpartition("·")[2]
    for measure in load_measures():
        if wanted in {norm(w) for w in (measure.caption, *measure.synonyms)}:
            return measure.caption
    return None
