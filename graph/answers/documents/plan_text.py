"""The document of `lianpu plan read`: what the text of a plan seems to set."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.parts import Means


class TextTargetDocument(TypedDict):
    """从文稿里读出的一个指标，待人确认"""

    indicator: Annotated[str, Means("指标")]
    subject: Annotated[str, Means("对象：全市、各县市区、各产业链或一个县（市、区）")]
    comparator: Annotated[str, Means("比较：≥ > ≤ < = 累计≥ 每年≥ 增长≥ 倍增 清零 完成")]
    value: Annotated[float | None, Means("目标值；完成类的为 null")]
    unit: Annotated[str | None, Means("单位")]
    deadline: Annotated[str | None, Means("期限：日或月；没有写为 null")]
    owners: Annotated[list[str], Means("责任单位，照原文")]
    sentence: Annotated[str, Means("原句")]
    where: Annotated[str, Means("在文稿的哪一节、哪一段")]
    confidence: Annotated[float, Means("把握，0.3 到 0.95")]
    doubts: Annotated[list[str], Means("疑点，逐条核对")]
    task: Annotated[str | None, Means("所在的任务")]
    base_year: Annotated[int | None, Means("基期年，原文写了的")]


class TextTaskDocument(TypedDict):
    """从文稿里读出的一项任务，待人确认"""

    name: Annotated[str, Means("任务")]
    code: Annotated[str, Means("编号，照原文")]
    parent: Annotated[str | None, Means("上级任务")]
    sentence: Annotated[str, Means("原文的开头")]
    where: Annotated[str, Means("在文稿的哪一节、哪一段")]
    owners: Annotated[list[str], Means("牵头或责任单位")]
    support: Annotated[list[str], Means("配合单位")]
    deadline: Annotated[str | None, Means("期限：它的指标里最晚的")]
    doubts: Annotated[list[str], Means("疑点")]
    confidence: Annotated[float, Means("把握")]


class PlanTextDocument(TypedDict):
    """一份计划的文稿里读出的指标和任务；没有导入"""

    plan: Annotated[str, Means("计划的名称")]
    start_year: Annotated[int | None, Means("起始年")]
    end_year: Annotated[int | None, Means("结束年")]
    targets: Annotated[list[TextTargetDocument], Means("指标")]
    tasks: Annotated[list[TextTaskDocument], Means("任务")]
    file: Annotated[str | None, Means("写出的工作簿")]
