"""What the plan's papers tell, as plain values: the bulletin of a day, the draft plan of a county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.answers.documents.filing import FilingWatchDocument
from graph.answers.documents.plan import ProgressDocument, TasksDocument
from graph.answers.plan.filing import filing_watch
from graph.answers.plan.progress import plan_facts, progress
from graph.answers.plan.tasks import tasks
from graph.answers.state import State
from graph.errors import LianpuError
from graph.text import norm


class NoTargets(LianpuError):
    """There is no target to tell of."""

    code = "no_targets"

    def __init__(self, plan: str | None) -> None:
        of = f"计划“{plan}”" if plan else "台账里"
        super().__init__(f"{of}没有指标，没有可通报的内容", "在“指标”表填写指标和所属的计划，导入后再写通报")


@dataclass(frozen=True, slots=True)
class BulletinFacts:
    """What a bulletin tells. `filing` is of all plans, and none where one of several is told of; `rule` are the parameters in sentences, `demo` says that the data is an example."""

    progress: ProgressDocument
    tasks: TasksDocument
    filing: FilingWatchDocument | None
    rule: str
    demo: bool


def bulletin_facts(state: State, plan: str | None = None, at: date | None = None) -> BulletinFacts:
    """What the bulletin of a day tells of one plan, or of all. Raises NoTargets."""
    document = progress(state, plan=plan, at=at)
    if not document["targets"]:
        raise NoTargets(plan)
    work = tasks(state, at=at)
    if plan:
        own = [t for t in work["tasks"] if norm(t["plan"] or "") == norm(plan)]
        work = {**work, "tasks": own}
    several = plan is not None and len(plan_facts(state).records.plans) > 1
    return BulletinFacts(
        document, work, None if several else filing_watch(state, at=at), state.plan_model.in_sentences, state.city.demo
    )
