"""Every target of a plan with its light, the gravest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from graph.measures.value import Values
from graph.plan.config import PlanModel
from graph.plan.light import TargetStanding, standing
from graph.plan.target import Filed, Target
from graph.plan.task import CANCELLED, DONE, UNREPORTED, Task
from graph.plan.verdict import verdict
from graph.text import norm


class PlanBook(Protocol):
    """What a plan consists of, as `graph.queries.plan_records` reads it."""

    @property
    def targets(self) -> Sequence[Target]:
        """The targets, each for one subject."""

    @property
    def filings(self) -> Mapping[tuple[str, str], Sequence[Filed]]:
        """What was filed, by name and subject, in counting order."""

    @property
    def tasks(self) -> Sequence[Task]:
        """The tasks, each for one subject."""


def standings(book: PlanBook, values: Values, today: date, model: PlanModel) -> list[TargetStanding]:
    """Every target with its light on a day: the gravest first, then by deadline, subject and name."""
    of_name: dict[tuple[str, str], list[Task]] = defaultdict(list)
    for task in book.tasks:
        of_name[task.plan.name if task.plan else "", norm(task.name)].append(task)

    def done(target: Target, day: date) -> bool | None:
        """Whether all tasks of the target's plan and name are done; None where there are none, or nobody reports."""
        tasks = of_name.get((target.plan.name if target.plan else "", norm(target.name)), ())
        filed = target.subject.filed_under
        own = [t for t in tasks if t.subject.filed_under in ("", filed) or not filed]
        states = {s for t in own if (s := t.state(day)) != CANCELLED}
        if states == {DONE}:
            return True
        return False if states - {DONE, UNREPORTED} else None

    out = [
        standing(
            t,
            verdict(t, book.filings.get((norm(t.name), t.subject.filed_under), ()), values, today, done),
            today,
            model,
        )
        for t in book.targets
    ]
    return sorted(out, key=_order)


def _order(there: TargetStanding) -> tuple[object, ...]:
    target = there.target
    return there.light.gravity, target.deadline or date.max, target.subject.county, target.subject.name, target.name
