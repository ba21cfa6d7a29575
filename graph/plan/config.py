"""The parameters by which a plan is watched, from `plan_model.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

PACE, POINTS, MONTHS = "pace", "points", "months"
RULES = {PACE: "按时间进度", POINTS: "按落后百分点", MONTHS: "按月序进度"}


@dataclass(frozen=True, slots=True)
class PlanModel:
    """How a plan is watched; each parameter as `plan_model.yaml` explains it.

    >>> PlanModel().near_days, PlanModel(rule="months").text
    (30, '按月序进度；临期 30 天；催报 90 天')
    """

    rule: str = PACE
    near_days: int = 30
    remind_days: int = 90
    late_ratio: float = 0.5
    behind_points: float = 10
    far_points: float = 30
    on_time_days: int = 10
    stale_days: Mapping[str, int] = field(default_factory=dict)
    stage_needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    six_least: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"rule: {self.rule} is none of {', '.join(RULES)}")

    @property
    def text(self) -> str:
        """The parameters as papers print them."""
        parts = [RULES[self.rule]]
        if self.rule == PACE and self.late_ratio != 0.5:
            parts.append(f"进度不到应达的 {self.late_ratio:.0%} 为严重滞后")
        if self.rule == POINTS:
            parts.append(f"落后 {self.behind_points:g}-{self.far_points:g} 个百分点为滞后，超过为严重滞后")
        return "；".join([*parts, f"临期 {self.near_days} 天", f"催报 {self.remind_days} 天"])


def parse_plan_model(raw: Mapping[str, Any]) -> PlanModel:
    """The parameters of a parsed YAML document. Raises ValueError for one that is unknown."""
    known = {f.name for f in fields(PlanModel)}
    if unknown := sorted(raw.keys() - known):
        raise ValueError(f"unknown parameters: {', '.join(unknown)}")
    needs = {stage: tuple(columns) for stage, columns in raw.get("stage_needs", {}).items()}
    return PlanModel(**{**raw, "stage_needs": needs})


@cache
def load_plan_model() -> PlanModel:
    """The product's parameters.

    >>> load_plan_model().stale_days["在谈"], load_plan_model().stage_needs["投产"]
    (30, ('企业',))
    """
    return parse_plan_model(yaml.safe_load((files("graph.plan") / "plan_model.yaml").read_text("utf-8")))
