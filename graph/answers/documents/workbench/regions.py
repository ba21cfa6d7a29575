"""The document of `lianpu regions`: one figure of every county, and what flows between counties."""

from __future__ import annotations

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from graph.answers.documents.parts import Means, SourceDocument


class FigureDocument(TypedDict):
    """可以上色、可以比较的一个数"""

    code: Annotated[str, Means("代码")]
    group: Annotated[str, Means("摸底和状态、口径、目标的灯")]
    caption: Annotated[str, Means("叫什么")]
    unit: Annotated[str, Means("单位；没有单位为空")]
    about: Annotated[str, Means("怎么算")]


class FigureValueDocument(TypedDict):
    """一个县（市、区）或一条产业链的一个数"""

    value: Annotated[float | None, Means("数值，FigureDocument.unit 的单位；没有填报或说不准时为 null")]
    text: Annotated[str, Means("显示的写法；没有填报为 未报")]
    year: Annotated[int | None, Means("按哪一年的年报")]
    light: Annotated[str | None, Means("目标的灯；不是目标时为 null")]
    rows: Annotated[list[SourceDocument], Means("算它的行；摸底和状态的行在薄弱环节页")]


class CountyFigureDocument(FigureValueDocument):
    """一个县（市、区）的一个数"""

    county: Annotated[str, Means("县（市、区）")]
    county_id: Annotated[str, Means("县（市、区）的标识")]
    city: Annotated[str | None, Means("上级")]
    code: Annotated[str | None, Means("行政区划代码，没有填写时为 null")]


class FlowItemDocument(TypedDict):
    """流动的一项"""

    kind: Annotated[str, Means("环节供给 或 企业供货")]
    source: Annotated[str, Means("供给的环节或供货的企业")]
    source_id: Annotated[str, Means("它的标识")]
    source_chain: Annotated[str | None, Means("供给的环节所在的产业链；企业供货时为 null")]
    target: Annotated[str, Means("需要的环节或采购的企业")]
    target_id: Annotated[str, Means("它的标识")]
    target_chain: Annotated[str | None, Means("需要的环节所在的产业链；企业供货时为 null")]
    what: Annotated[str | None, Means("流动的是什么")]
    detail: Annotated[str, Means("是否必需，或金额和年份；没有填写为空")]
    rows: Annotated[list[SourceDocument], Means("写明它的行")]


class CountyFlowDocument(TypedDict):
    """一个县（市、区）供给另一个"""

    source: Annotated[str, Means("供给的县（市、区）")]
    source_id: Annotated[str, Means("它的标识")]
    target: Annotated[str, Means("需要的县（市、区）")]
    target_id: Annotated[str, Means("它的标识")]
    items: Annotated[list[FlowItemDocument], Means("逐项")]


class RegionsDocument(TypedDict):
    """县（市、区）地图"""

    at: Annotated[str, Means("截至哪一天")]
    figure: Annotated[FigureDocument, Means("上色的数")]
    counties: Annotated[list[CountyFigureDocument], Means("每个县（市、区），按上级和名称")]
    flows: Annotated[list[CountyFlowDocument], Means("县（市、区）之间的流动，项数多的在前")]
    choices: Annotated[list[FigureDocument], Means("可以选的数")]
    file: NotRequired[Annotated[str | None, Means("写出的文件")]]
