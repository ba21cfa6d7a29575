"""A lead: an investor and a segment, with every dated row as one step of its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graph.dates import as_date, last_day
from graph.plan.config import PlanModel

STAGES = ("谋划", "推介", "在谈", "签约", "开工", "投产", "达产")
STATE_OF = {"签约": "签约", "开工": "在建", "投产": "在产", "达产": "在产"}  # of the firm on its segment
FOLLOWED = frozenset(
    [
        "阶段",
        "状态",
        "原因",
        "去向",
        "编码",
        "协议投资额(万元)",
        "累计到资(万元)",
        "当年到资(万元)",
        "责任单位",
        "负责人",
        "下一步",
        "下一步日期",
        "核验",
        "说明",
    ]
)  # what a step says; the rest says whose step it is
LOST, TROUBLED = "流失", ("延期", "搁置", "流失")


@dataclass(frozen=True, slots=True)
class LeadStep:
    """One row of a lead: what it says, by caption, and its day."""

    day: date | None
    values: Mapping[str, Any]
    record: int


@dataclass(frozen=True, slots=True)
class Lead:
    """One lead. `steps` stand by day; `segments` and `firms` are ids, `chain` the id of its chain."""

    id: str
    name: str
    chain: str
    steps: tuple[LeadStep, ...]
    segments: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()

    def at(self, today: date) -> LeadNow | None:
        """What is known of it on a day; None before its first step."""
        steps = tuple(s for s in self.steps if s.day is None or s.day <= today)
        return LeadNow(self, steps) if steps else None


@dataclass(frozen=True, slots=True)
class LeadNow:
    """A lead on a day: the last word of each column counts."""

    lead: Lead
    steps: tuple[LeadStep, ...]

    def value(self, caption: str) -> Any:
        """The last word of a column."""
        return next((v for s in reversed(self.steps) if (v := s.values.get(caption)) is not None), None)

    @property
    def next_day(self) -> Any:
        """When its next step is due: said with that step or after it, for the day of an older one has passed with it."""
        for step in reversed(self.steps):
            if (day := step.values.get("下一步日期")) is not None or step.values.get("下一步") is not None:
                return day
        return None

    @property
    def stage(self) -> str:
        """How far it is; where nobody says, it is being planned."""
        return str(self.value("阶段") or STAGES[0])

    @property
    def lost(self) -> bool:
        """Whether it was lost."""
        return bool(self.value("状态") == LOST)

    @property
    def last_day(self) -> date | None:
        """The day of its last step."""
        return next((s.day for s in reversed(self.steps) if s.day), None)

    @property
    def decisive(self) -> LeadStep:
        """The step that says the stage."""
        return next((s for s in reversed(self.steps) if s.values.get("阶段") is not None), self.steps[-1])

    @property
    def firm_state(self) -> str | None:
        """The 状态 that it gives its firm on its segment; None where it gives none."""
        return None if self.lost else STATE_OF.get(self.stage)

    def missing(self, model: PlanModel) -> list[str]:
        """What its stage and those before it need and no row gives, by caption."""
        return [c for c in needed_at(self.stage, model) if not self._gives(c)]

    def _gives(self, caption: str) -> bool:
        return bool(self.lead.firms) if caption == "企业" else self.value(caption) is not None

    def stale(self, today: date, model: PlanModel) -> str:
        """Why nobody seems to follow it; empty where somebody does, or where it is over."""
        if self.lost:
            return ""
        next_day = as_date(self.steps[-1].values.get("下一步日期"))  # what was to come before the last step has come
        if next_day and next_day < today:
            return f"下一步定在{next_day.isoformat()}，已过{(today - next_day).days}天"
        most, last = model.stale_days.get(self.stage), self.last_day
        if most and last and (today - last).days > most:
            return f"{self.stage}阶段已{(today - last).days}天没有新的记录（超过{most}天）"
        return ""

    def findings(self, today: date, model: PlanModel) -> Iterator[str]:
        """What is amiss, in words."""
        if missing := self.missing(model):
            yield f"到{self.stage}阶段应有{'、'.join(missing)}，还没有填"
        if self.value("状态") in TROUBLED and not self.value("原因"):
            yield f"{self.value('状态')}没有写明原因"
        if stale := self.stale(today, model):
            yield stale


def _said_anew(steps: Sequence[LeadStep]) -> tuple[LeadStep, ...]:
    """The steps but those that a list, filled in and loaded again, repeats word by word on the day of the last one."""
    kept: list[LeadStep] = []
    now: dict[str, Any] = {}
    for step in steps:
        says = {c: v for c, v in step.values.items() if c in FOLLOWED}
        if kept and step.day == kept[-1].day and all(now.get(c) == v for c, v in says.items()):
            continue
        now |= says
        kept.append(step)
    return tuple(kept)


def needed_at(stage: str, model: PlanModel) -> list[str]:
    """What a stage and those before it need, by caption.

    >>> from graph.plan.config import load_plan_model
    >>> needed_at("在谈", load_plan_model()), needed_at("签约", load_plan_model())
    ([], ['协议投资额(万元)', '日期'])
    """
    reached = STAGES[: STAGES.index(stage) + 1]
    return list(dict.fromkeys(caption for each in reached for caption in model.stage_needs.get(each, ())))


def steps_of(rows: Sequence[tuple[int, Mapping[str, Any]]]) -> tuple[LeadStep, ...]:
    """The steps of a lead from its rows (number in the ledger, values by caption), by day; a row without one is first.

    >>> steps = steps_of([(2, {"日期": "2026-03", "阶段": "开工"}), (1, {"日期": "2025-01-02", "阶段": "签约"})])
    >>> [s.record for s in steps], Lead("l", "示例项目", "c", steps).at(date(2026, 1, 1)).firm_state
    ([1, 2], '签约')
    """
    steps = (LeadStep(as_date(v.get("日期")), v, record) for record, v in rows)
    return _said_anew(sorted(steps, key=lambda s: (last_day(s.day.isoformat() if s.day else None), s.record)))


def joined(leads: Sequence[Lead], same: Mapping[str, str] | None = None) -> list[Lead]:
    """The leads, those of one 编码 as one: its name is that of the last step.

    So are those that people decided to be one: `same` gives for the id of each what stands for all of them.
    """
    place_of: dict[str, int] = {}
    out: list[Lead] = []
    for lead in leads:
        code = next((str(c) for s in reversed(lead.steps) if (c := s.values.get("编码"))), "")
        decided = (same or {}).get(lead.id, "")
        signs = [*([f"code {code}"] if code else []), *([f"one {decided}"] if decided else [])]
        place = next((place_of[s] for s in signs if s in place_of), len(out))
        if place == len(out):
            out.append(lead)
        else:
            out[place] = _whole(out[place], lead)
        place_of |= dict.fromkeys(signs, place)
    return out


def _whole(first: Lead, lead: Lead) -> Lead:
    """Two leads as one."""
    steps = tuple(sorted((*first.steps, *lead.steps), key=lambda s: (s.day or date.min, s.record)))
    return replace(
        first,
        name=lead.name if steps[-1] in lead.steps else first.name,
        steps=steps,
        segments=tuple(dict.fromkeys((*first.segments, *lead.segments))),
        firms=tuple(dict.fromkeys((*first.firms, *lead.firms))),
    )


@dataclass(frozen=True, slots=True)
class LeadStand:
    """What a lead says of a firm on a segment."""

    firm: str
    segment: str
    state: str
    day: date | None
    records: tuple[int, ...]


def stands_of(leads: Sequence[Lead], today: date) -> dict[tuple[str, str], LeadStand]:
    """What leads say of firms (ids) on segments (ids) on a day; of several the last word counts."""
    stands: dict[tuple[str, str], LeadStand] = {}
    for lead in leads:
        now = lead.at(today)
        state = now.firm_state if now else None
        if now is None or state is None:
            continue
        step = now.decisive
        for firm in lead.firms:
            for segment in lead.segments:
                known = stands.get((firm, segment))
                if known is None or (step.day or date.min) >= (known.day or date.min):
                    stands[firm, segment] = LeadStand(firm, segment, state, step.day, (step.record,))
    return stands


def counts_over(stand: LeadStand, state: str | None, day: date | None) -> bool:
    """Whether what a lead says counts rather than what the firm's own rows say (with their day).

    A row of the firm with a later day wins; 外部 and silence never do. A firm that produces is not made a mere signatory by
    a further project.
    """
    if state in (None, "外部"):
        return True
    if state == "在产" and stand.state != "在产":
        return False
    return day is None or (stand.day is not None and stand.day >= day)
