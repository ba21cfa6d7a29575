"""A task of a plan: who leads it, by when, how far it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from graph.dates import as_date
from graph.plan.target import Moved, Plan, TargetSubject, put_off

NOT_STARTED, RUNNING, DONE, CANCELLED = "未开始", "进行中", "已完成", "已取消"
UNREPORTED = "未报"  # nobody says how far it is; never late
_MILESTONE = re.compile(r"((?:19|20)\d{2})(?:-|年|\.|/)(\d{1,2})?(?:(?:-|月|\.|/)(\d{1,2})日?)?月?\s*(.*)")


@dataclass(frozen=True, slots=True)
class TaskStep:
    """One row of 任务进展."""

    day: date
    progress: str
    share: float | None = None
    problems: str = ""
    next_step: str = ""
    records: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """One node on the way of a task."""

    day: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """One task for one subject. `first_deadline` is the day first set, `moves` are what put it off."""

    id: str
    name: str
    subject: TargetSubject
    plan: Plan | None = None
    code: str = ""
    parent: str = ""
    leader: str = ""
    owners: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    person: str = ""
    start: date | None = None
    first_deadline: date | None = None
    milestones: str = ""
    stated: str = ""
    done_on: date | None = None
    note: str = ""
    records: tuple[int, ...] = ()
    moves: tuple[Moved, ...] = ()
    steps: tuple[TaskStep, ...] = ()

    @property
    def deadline(self) -> date | None:
        """The day that counts, after what put it off."""
        return put_off(self.first_deadline, self.moves)[0]

    def state(self, today: date) -> str:
        """How far it is on a day: the last step filed by then, else as its own row says."""
        last = self.last_step(today)
        if last and last.progress:
            return last.progress
        if self.done_on and self.done_on <= today:
            return DONE
        if self.done_on and self.stated == DONE:
            return RUNNING  # it was done later
        return self.stated or UNREPORTED

    def last_step(self, today: date) -> TaskStep | None:
        """The last step filed by a day."""
        return next((s for s in reversed(self.steps) if s.day <= today), None)

    @property
    def nodes(self) -> tuple[Milestone, ...]:
        """The nodes on its way, in the order in which they are written.

        >>> [m.day.isoformat() for m in Task("t", "示例任务", TargetSubject("全市", "全市"), milestones="2024-03 初稿；2024-06-15 定稿").nodes]
        ['2024-03-31', '2024-06-15']
        """
        parts = (p.strip() for p in re.split(r"[;；\n]", self.milestones))
        return tuple(_milestone(p) for p in parts if p)


def _milestone(text: str) -> Milestone:
    match = _MILESTONE.match(text)
    if not match:
        return Milestone(None, text)
    year, month, day, rest = match.groups()
    written = f"{year}-{int(month):02d}" if month else year
    try:
        return Milestone(as_date(f"{written}-{int(day):02d}" if day else written), rest or text)
    except ValueError:
        return Milestone(None, text)
