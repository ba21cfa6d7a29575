"""What reading gives: targets and tasks as suggestions, each with its sentence, its place and its doubts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

LOWEST, HIGHEST = 0.3, 0.95


class TextSpan(NamedTuple):
    """Where something stands: the number of a passage, and from which character to which."""

    passage: int
    start: int
    end: int


@dataclass(slots=True)
class TargetSuggestion:
    """A target that a sentence seems to set."""

    indicator: str
    subject: str
    comparator: str
    value: float | None
    unit: str | None
    deadline: str | None
    sentence: str
    where: str
    span: TextSpan
    owners: list[str] = field(default_factory=list)
    task: str = ""
    base_year: int | None = None
    doubts: list[str] = field(default_factory=list)
    trust: float = HIGHEST  # before the doubts

    def doubt(self, text: str, weight: float = 0.05) -> None:
        """Say once what is doubtful, and trust it less."""
        if text not in self.doubts:
            self.doubts.append(text)
            self.trust -= weight

    @property
    def confidence(self) -> float:
        """How sure it is, from 0.3 to 0.95."""
        return round(min(HIGHEST, max(LOWEST, self.trust)), 2)


@dataclass(slots=True)
class TaskSuggestion:
    """A task that a numbered heading seems to set."""

    name: str
    code: str
    parent: str
    sentence: str
    where: str
    span: TextSpan
    owners: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    deadline: str | None = None
    doubts: list[str] = field(default_factory=list)
    confidence: float = 0.9


@dataclass(slots=True)
class PlanReading:
    """A plan as it was read: its name and years, its passages as they read, and what they set."""

    plan: str
    whole: str  # how the plan speaks of all of its place: 全市, 全县
    place: str  # the county whose plan it is; empty where it is one of a city or a province
    start_year: int | None
    end_year: int | None
    passages: list[str]
    targets: list[TargetSuggestion]
    tasks: list[TaskSuggestion]
