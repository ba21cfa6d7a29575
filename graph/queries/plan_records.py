"""From the graph to the plan: its targets, each for one subject, what was filed, what was put off, its tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from graph.dates import as_date
from graph.measures.measure import measure_called
from graph.model import ViewNode
from graph.plan.chain_targets import filing_of, goal_of
from graph.plan.target import CHAIN, CITY, COUNTY, EACH, FIRM, Filed, Moved, Plan, Target, TargetSubject
from graph.plan.task import Task, TaskStep
from graph.queries.explorer import Explorer
from graph.queries.plan_entries import EntryReader
from graph.queries.plan_targets import Cities, Sources
from graph.text import norm

V = TypeVar("V")
Key = tuple[str, str]  # what it is called, in normal form, and the id of its subject


@dataclass(frozen=True, slots=True)
class PlanRecords:
    """All that a plan consists of. `filings` and `moves` are by name and subject, filings in counting order."""

    plans: tuple[Plan, ...]
    targets: tuple[Target, ...]
    filings: Mapping[Key, tuple[Filed, ...]]
    tasks: tuple[Task, ...]


class PlanReader:
    """Reads the plan of one state of the graph."""

    def __init__(self, explorer: Explorer, entries: EntryReader, sources: Sources) -> None:
        self.explorer, self.reader, self._entries = explorer, explorer.reader, entries
        rows = [r for kind in ("指标", "任务") for r in self.reader.nodes(kind)]
        self._cities = Cities(self.reader, sources, rows)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {n.id: n.name for kind in (COUNTY, CHAIN, FIRM, "责任单位") for n in self.explorer.nodes(kind)}

    @cached_property
    def _counties(self) -> list[str]:
        """The counties that have a chain, by name."""
        return sorted(set(self._entries.county_of.values()), key=lambda c: self._names[c])

    def read(self) -> PlanRecords:
        """Everything that the plan says."""
        regions = self._ends("计划", "LOCATED_IN", (COUNTY,))
        plans = {n.id: _plan(n, regions[n.id][1] if n.id in regions else "") for n in self.explorer.nodes("计划")}
        moves = self._moves()
        targets = tuple(t for t in self._targets(plans, moves))
        tasks = tuple(self._tasks(plans, moves))
        return PlanRecords(tuple(plans.values()), targets, self._filings(), tasks)

    # -- targets ----------------------------------------------------------------------------------

    def _targets(self, plans: Mapping[str, Plan], moves: Mapping[Key, list[Moved]]) -> Iterator[Target]:
        subjects, of_plan = (
            self._ends("指标", "SET_FOR", (COUNTY, CHAIN, FIRM)),
            self._ends("指标", "IN_PLAN", ("计划",)),
        )
        owners = self._lists("指标", "ANSWERED_BY", "责任单位")
        for node in self.explorer.nodes("指标"):
            values, plan = node.values, of_plan.get(node.id)
            target = Target(
                node.id,
                node.name,
                TargetSubject(CITY, CITY),
                goal_of(values),
                task=str(values.get("任务") or ""),
                plan=plans.get(plan[1]) if plan else None,
                since=_first_day(values.get("起算")),
                frequency=str(values.get("频次") or ""),
                measure=measure_called(values.get("口径")),
                parent=str(values.get("上级指标") or ""),
                owners=tuple(owners[node.id]),
                records=node.records,
            )
            yield from self._each(target, str(values.get("对象") or ""), subjects.get(node.id), moves)

    def _each(
        self, target: Target, written: str, end: tuple[str, str] | None, moves: Mapping[Key, list[Moved]]
    ) -> Iterator[Target]:
        """The target for each of its subjects, with what put it off."""
        for subject, each in self.subjects(written, end, target.records, target.plan):
            own = replace(target, subject=subject, each=each)
            name = norm(target.name)
            yield own.put_off(_both(moves, name, subject.filed_under, each))

    def subjects(
        self, written: str, end: tuple[str, str] | None, records: Sequence[int], plan: Plan | None
    ) -> Iterator[tuple[TargetSubject, str]]:
        """Whom something is set for, each with the word that means each of them.

        `plan` says in whose city, else the files of `records`, the rows that set it.
        """
        tops = {self._cities.line(plan.region)[-1]} if plan and plan.region else self._cities.of(records)
        city = next(iter(tops)) if len(tops) == 1 and len(self._cities.tops) > 1 else ""
        if (each := EACH.get(norm(written))) is not None:
            counties = [c for c in self._counties if not city or self._cities.line(c)[-1] == city]
            chains = sorted(self._entries.county_of, key=lambda c: self._names[c])
            ids = counties if each == COUNTY else [c for c in chains if self._entries.county_of[c] in counties]
            yield from ((self._subject(each, ident), norm(written)) for ident in ids)
        elif end is not None:
            yield self._subject(*end), ""
        else:
            yield TargetSubject(CITY, CITY, city), ""

    def _subject(self, kind: str, ident: str) -> TargetSubject:
        entries = self._entries
        county = {COUNTY: ident, CHAIN: entries.county_of.get(ident, ""), FIRM: entries.county_of_firm(ident)}[kind]
        return TargetSubject(kind, self._names[ident], ident, self._names.get(county, ""))

    # -- what is filed, put off, done --------------------------------------------------------------

    def _filings(self) -> dict[Key, tuple[Filed, ...]]:
        ends = self._ends("完成情况", "MEASURED_FOR", (COUNTY, CHAIN, FIRM))
        filings: dict[Key, list[Filed]] = defaultdict(list)
        for node in self.explorer.nodes("完成情况"):
            if filed := _filed(node):
                filings[norm(str(node.values["指标"])), ends[node.id][1] if node.id in ends else ""].append(filed)
        return {k: tuple(sorted(some, key=lambda f: (f.filing.day, *f.order))) for k, some in filings.items()}

    def _moves(self) -> dict[Key, list[Moved]]:
        ends = self._ends("延期", "POSTPONED_FOR", (COUNTY, CHAIN, FIRM))
        moves: dict[Key, list[Moved]] = defaultdict(list)
        for node in self.explorer.nodes("延期"):
            v = node.values
            old, new = as_date(v.get("原期限")), as_date(v.get("新期限"))
            if old and new:
                moved = Moved(
                    old,
                    new,
                    str(v.get("理由") or ""),
                    str(v.get("批准单位") or ""),
                    as_date(v.get("日期")),
                    node.records,
                )
                written = norm(str(v.get("对象") or ""))
                subject = ends[node.id][1] if node.id in ends else written if written in EACH else ""
                moves[norm(str(v["指标或任务"])), subject].append(moved)
        return moves

    def _tasks(self, plans: Mapping[str, Plan], moves: Mapping[Key, list[Moved]]) -> Iterator[Task]:
        subjects, of_plan = (
            self._ends("任务", "TASK_FOR", (COUNTY, CHAIN, FIRM)),
            self._ends("任务", "IN_PLAN", ("计划",)),
        )
        leaders, helpers = (
            self._lists("任务", "ANSWERED_BY", "责任单位"),
            self._lists("任务", "SUPPORTED_BY", "责任单位"),
        )
        steps = self._steps()
        for node in self.explorer.nodes("任务"):
            v, plan = node.values, of_plan.get(node.id)
            own = plans.get(plan[1]) if plan else None
            for subject, each in self.subjects(str(v.get("对象") or ""), subjects.get(node.id), node.records, own):
                name = norm(node.name)
                yield Task(
                    node.id,
                    node.name,
                    subject,
                    plan=own,
                    code=str(v.get("编号") or ""),
                    parent=str(v.get("上级任务") or ""),
                    leader=str(v.get("牵头领导") or ""),
                    owners=tuple(leaders[node.id]),
                    helpers=tuple(helpers[node.id]),
                    person=str(v.get("责任人") or ""),
                    start=_first_day(v.get("开始")),
                    first_deadline=as_date(v.get("期限")),
                    milestones=str(v.get("节点") or ""),
                    stated=str(v.get("进展") or ""),
                    done_on=as_date(v.get("完成日期")),
                    note=str(v.get("说明") or ""),
                    records=node.records,
                    moves=_both(moves, name, subject.filed_under, each),
                    steps=_both(steps, name, subject.filed_under, each),
                )

    def _steps(self) -> dict[Key, list[TaskStep]]:
        ends = self._ends("任务进展", "PROGRESS_FOR", (COUNTY, CHAIN, FIRM))
        steps: dict[Key, list[TaskStep]] = defaultdict(list)
        for node in self.explorer.nodes("任务进展"):
            v = node.values
            if day := as_date(v.get("日期")):
                written = norm(str(v.get("对象") or ""))
                subject = ends[node.id][1] if node.id in ends else written if written in EACH else ""
                steps[norm(str(v["任务"])), subject].append(
                    TaskStep(
                        day,
                        str(v.get("进展") or ""),
                        v.get("完成比例"),
                        str(v.get("存在问题") or ""),
                        str(v.get("下一步") or ""),
                        node.records,
                    )
                )
        return {k: sorted(some, key=lambda s: s.day) for k, some in steps.items()}

    # -- edges ------------------------------------------------------------------------------------

    def _ends(self, kind: str, relation: str, to: tuple[str, ...]) -> dict[str, tuple[str, str]]:
        """By id, the kind and id of what a node points to."""
        return {e["source"]: (t, e["target"]) for t in to for e in self.reader.edges(relation, kind, t)}

    def _lists(self, kind: str, relation: str, to: str) -> dict[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for edge in self.reader.edges(relation, kind, to):
            names[edge["source"]].append(self._names[edge["target"]])
        return names


def _both(said_of: Mapping[Key, list[V]], name: str, subject: str, each: str) -> tuple[V, ...]:
    """What is said of a name for one subject, and for each of its kind."""
    return (*said_of.get((name, subject), ()), *(said_of.get((name, each), ()) if each else ()))


def _plan(node: ViewNode, region: str) -> Plan:
    v = node.values
    return Plan(node.name, v.get("起始年"), v.get("结束年"), str(v.get("发文单位") or ""), region, node.records)


def _filed(node: ViewNode) -> Filed | None:
    filing, v = filing_of(node), node.values
    if filing is None:
        return None
    return Filed(
        filing,
        (node.records[-1] if node.records else 0,),
        proof=str(v.get("佐证") or ""),
        source=str(v.get("来源") or ""),
        period=str(v.get("期间") or ""),
        reason=str(v.get("原因") or ""),
        measures=str(v.get("措施") or ""),
        dissent=str(v.get("异议") or ""),
        verified=str(v.get("核验") or ""),
    )


def _first_day(written: object) -> date | None:
    """The first day of a day, month or year: when something starts."""
    text = str(written or "")
    if not text:
        return None
    return date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01" if len(text) == 7 else text)
