"""The facts of 六图六清单 that no other answer gives: a chain year by year."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.parts import Means, SourceDocument


class TrendYearDocument(TypedDict):
    """一年的企业年报合起来"""

    year: Annotated[int, Means("年份")]
    firms: Annotated[int, Means("填报年报的企业数")]
    scale: Annotated[int, Means("其中规上为是的企业数")]
    scale_blank: Annotated[int, Means("没有说明是否规上的企业数")]
    output: Annotated[float | None, Means("产值合计，万元；没有一家填为 null")]
    output_of: Annotated[int, Means("填了产值的企业数")]
    research: Annotated[float | None, Means("研发费用合计，万元；没有一家填为 null")]
    research_of: Annotated[int, Means("填了研发费用的企业数")]


class TrendDocument(TypedDict):
    """一条产业链按年的情况，只列有年报的年份"""

    years: Annotated[list[TrendYearDocument], Means("各年，先后为序")]
    local: Annotated[int | None, Means("链上登记的本地企业数；没有登记为 null")]
    growth: Annotated[float | None, Means("最近一年比上一个有年报的年份，两年都填产值的企业的年均增幅，%")]
    growth_of: Annotated[list[int] | None, Means("增幅按几家算，两年任一年有数的共几家")]
    sources: Annotated[list[SourceDocument], Means("年报的行")]
