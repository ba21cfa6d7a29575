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

    @property
    def text(self) -> str:
        """The parameters as papers print them."""
        parts = [RULES[self.rule]]
        if self.rule == PACE and self.late_ratio != 0.5:
            parts.append(f"进度不到应达的 {self.late_ratio:.0%} 为严重滞后")
        if self.rule == POINTS:
            parts.append(f"落后 {self.behind_points:g}-{self.far_points:g} 个百分点为滞后，超过为严重滞后")
        return "；".join([*parts, f"临期 {self.near_days} 天", f"催报 {self.remind_days} 天"])

    @property
    def in_sentences(self) -> str:
        """The rule as a bulletin explains it.

        >>> PlanModel(rule="points").in_sentences.split("；")[0]
        '未到期的指标，实际进度落后应达进度不到10个百分点的为正常，落后10至30个百分点的为滞后，落后更多的为严重滞后'
        """
        close, ratio = self.near_days, f"{self.late_ratio:.0%}"
        if self.rule == POINTS:
            low, high = f"{self.behind_points:g}", f"{self.far_points:g}"
            pace = f"实际进度落后应达进度不到{low}个百分点的为正常，落后{low}至{high}个百分点的为滞后，落后更多的为严重滞后"
        else:
            pace = f"实际进度不低于应达进度的为正常，不低于应达进度{ratio}的为滞后，不足{ratio}的为严重滞后"
        spread = "当年已过月份占全年的比例" if self.rule == MONTHS else "起算日至期限的天数均匀"
        return (
            f"未到期的指标，{pace}；应达进度按{spread}推算。不高于、清零、完成等不随时间增长的指标，距期限{close}天以上的为正常，"
            f"{close}天以内的为滞后。期限已过仍未达到的为逾期；有数但尚不足以判断的为待核实；没有数的为未报，不计入逾期，"
            f"距期限{self.remind_days}天起催报。"
        )


def parse_plan_model(raw: Mapping[str, Any]) -> PlanModel:
    """The parameters of a parsed YAML document over the defaults. Raises ValueError, in Chinese, for what is wrong.

    >>> parse_plan_model({"rule": "快"})
    Traceback (most recent call last):
    ValueError: rule：快 不是可选的规则，可选 pace points months
    """
    known = {f.name: f for f in fields(PlanModel)}
    if unknown := sorted(raw.keys() - known.keys()):
        raise ValueError(f"不认识的参数：{'、'.join(unknown)}")
    values = {**_defaults(), **raw}
    for name, default in _defaults().items():
        _check(name, values[name], default)
    if values["rule"] not in RULES:
        raise ValueError(f"rule：{values['rule']} 不是可选的规则，可选 {' '.join(RULES)}")
    needs = {stage: tuple(columns) for stage, columns in values["stage_needs"].items()}
    return PlanModel(**{**values, "stage_needs": needs})


def _check(name: str, value: Any, default: Any) -> None:
    """Raise ValueError unless a value is of the sort of the default."""
    if isinstance(default, dict):
        if not isinstance(value, dict):
            raise ValueError(f"{name}：应是“名称: 值”的形式")
        first = next(iter(default.values()))
        for key, one in value.items():
            _check(f"{name} 的 {key}", one, first)
    elif isinstance(default, int | float):
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 10_000:
            raise ValueError(f"{name}：应是 0 到 10000 的数")
    elif not isinstance(value, type(default)):
        raise ValueError(f"{name}：写法不对")


@cache
def _defaults() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((files("graph.plan") / "plan_model.yaml").read_text("utf-8"))
    return loaded


@cache
def load_plan_model() -> PlanModel:
    """The product's parameters.

    >>> load_plan_model().stale_days["在谈"], load_plan_model().stage_needs["投产"]
    (30, ('企业',))
    """
    return parse_plan_model({})
