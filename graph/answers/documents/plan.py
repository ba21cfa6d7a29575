"""The document of `lianpu progress`: where every target stands, and what is due."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.parts import Means, SourceDocument


class FiledDocument(TypedDict):
    """填报的数"""

    value: Annotated[float | bool, Means("数值；完成与否为 true/false")]
    unit: Annotated[str | None, Means("单位")]
    date: Annotated[str, Means("日期，按填报的写法")]
    source: Annotated[str | None, Means("佐证，没有时为来源")]
    reason: Annotated[str | None, Means("没有达到的原因")]
    measures: Annotated[str | None, Means("措施")]
    dissent: Annotated[str | None, Means("对台账数的不同意见")]
    verified: Annotated[str | None, Means("已核验 或 未核验")]
    evidence: Annotated[list[SourceDocument], Means("填报的行")]


class ComputedDocument(TypedDict):
    """由台账算出的数"""

    measure: Annotated[str, Means("口径")]
    value: Annotated[float | None, Means("数值，口径的单位；说不准时为 null")]
    lower: Annotated[float | None, Means("下限")]
    upper: Annotated[float | None, Means("上限；null 是可能更多")]
    blank: Annotated[int, Means("留空的行数")]
    unit: Annotated[str, Means("单位")]
    year: Annotated[int | None, Means("按哪一年的年报")]
    unknown_output: Annotated[int, Means("产值不详的企业数")]
    covers: Annotated[list[int] | None, Means("增幅按几家算，两年任一年有数的共几家")]
    rows: Annotated[list[SourceDocument], Means("算它的行")]


class PaceDocument(TypedDict):
    """进度"""

    expected: Annotated[float, Means("按时间应达到的部分，0 到 1")]
    actual: Annotated[float, Means("已达到的部分")]


class YearDocument(TypedDict):
    """每年的指标在一年里的情况"""

    year: Annotated[int, Means("年份")]
    value: Annotated[float | None, Means("这一年的数")]
    met: Annotated[str, Means("是、否、未知")]


class MovedDocument(TypedDict):
    """期限改过一次"""

    old: Annotated[str, Means("原期限")]
    new: Annotated[str, Means("新期限")]
    reason: Annotated[str, Means("理由")]
    approved_by: Annotated[str, Means("批准单位")]


class TargetDocument(TypedDict):
    """一个指标对一个对象的情况"""

    id: Annotated[str, Means("指标的标识")]
    plan: Annotated[str | None, Means("计划")]
    task: Annotated[str | None, Means("任务")]
    indicator: Annotated[str, Means("指标")]
    subject: Annotated[str, Means("对象")]
    subject_kind: Annotated[str, Means("全市、县市区、产业链、企业")]
    county: Annotated[str | None, Means("对象所在的县（市、区）")]
    comparator: Annotated[str | None, Means("比较")]
    value: Annotated[float | None, Means("目标值")]
    unit: Annotated[str | None, Means("单位")]
    deadline: Annotated[str | None, Means("期限：最后一天，延期后的")]
    met: Annotated[str, Means("是否达标")]
    light: Annotated[str, Means("达标、正常、滞后、严重滞后、逾期、待核实、未报")]
    v: Annotated[float | bool | None, Means("计数的值，与目标值可比")]
    v_from: Annotated[str | None, Means("filed 填报的，computed 算出的")]
    filed: Annotated[FiledDocument | None, Means("填报的数")]
    computed: Annotated[ComputedDocument | None, Means("由台账算出的数")]
    at_deadline: Annotated[FiledDocument | None, Means("期限之前最后填报的数；期限未到时为 null")]
    pace: Annotated[PaceDocument | None, Means("进度；不随时间增长的为 null")]
    years: Annotated[list[YearDocument], Means("每年的指标逐年的情况")]
    days_left: Annotated[int | None, Means("离期限的天数，负数为已过")]
    flags: Annotated[list[str], Means("标志")]
    text: Annotated[str, Means("一句话：数、结论、接下来要做到什么")]
    owners: Annotated[list[str], Means("责任单位")]
    moved: Annotated[list[MovedDocument], Means("期限改过的各次")]
    suggested: Annotated[str | None, Means("口径未定时按名称建议的口径，待人确认")]
    evidence: Annotated[list[SourceDocument], Means("指标的行")]


class CountyLightsDocument(TypedDict):
    """一个县（市、区）的灯数；逾期、严重滞后、滞后多的在前"""

    county: Annotated[str, Means("县（市、区）")]
    lights: Annotated[dict[str, int], Means("各种灯的个数")]


class SpreadDocument(TypedDict):
    """各县市区或各产业链的指标合起来"""

    indicator: Annotated[str, Means("指标")]
    subject: Annotated[str, Means("各县市区 或 各产业链")]
    deadline: Annotated[str | None, Means("期限")]
    of: Annotated[int, Means("共几个")]
    met: Annotated[int, Means("达标几个")]
    text: Annotated[str, Means("一句话")]


class DueDocument(TypedDict):
    """快到期限、还没有达标的指标"""

    indicator: Annotated[str, Means("指标")]
    subject: Annotated[str, Means("对象")]
    deadline: Annotated[str, Means("期限")]
    days_left: Annotated[int, Means("天数")]
    within: Annotated[int, Means("30、60 或 90 天内")]
    light: Annotated[str, Means("灯")]


class ProgressDocument(TypedDict):
    """计划的目标进度"""

    at: Annotated[str, Means("按哪一天")]
    rule: Annotated[str, Means("判灯的规则和参数")]
    targets: Annotated[list[TargetDocument], Means("每个指标对每个对象一条")]
    counties: Annotated[list[CountyLightsDocument], Means("各县（市、区）的灯数")]
    spread: Annotated[list[SpreadDocument], Means("各县市区、各产业链的指标合计")]
    due: Annotated[list[DueDocument], Means("90 天内到期、还没有达标的")]
    file: Annotated[str | None, Means("写出的指标台账")]
