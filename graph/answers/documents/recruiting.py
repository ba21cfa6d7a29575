"""The documents of `lianpu cuts`, `whatif`, `scenarios` and `candidates`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from graph.answers.documents.gaps import MakerDocument
from graph.answers.documents.parts import (
    ChainNameDocument,
    Counts,
    Means,
    SegmentNameDocument,
    SegmentStateDocument,
    SourceDocument,
)


class CutDocument(TypedDict):
    """一处断点风险"""

    lost: Annotated[list[str], Means("失去的企业或外购来源")]
    kinds: Annotated[list[str], Means("各是企业还是外部来源")]
    stops: Annotated[list[SegmentNameDocument], Means("因此得不到的环节，含其他链的")]


class CutsDocument(ChainNameDocument):
    """失去哪一家会使哪些环节断供"""

    order: Annotated[int, Means("1 看单个，2 再看两个一起")]
    cuts: Annotated[list[CutDocument], Means("断点风险")]
    supply_unknown: Annotated[int, Means("供给不清楚的环节数")]
    capped: Annotated[bool, Means("组合太多，没有全部看完")]


class LandedDocument(TypedDict):
    """设想中落地的企业"""

    firm: Annotated[str, Means("企业")]
    segment: Annotated[str, Means("环节")]
    output: Annotated[float | None, Means("产值，万元")]


class SupposedDocument(TypedDict):
    """设想的变化"""

    add: Annotated[list[LandedDocument], Means("落地的企业")]
    remove: Annotated[list[str], Means("离开的企业")]
    stop: Annotated[list[str], Means("断供的外购来源")]
    survey: Annotated[list[str], Means("完成摸底的环节")]


class ChangedSegmentDocument(SegmentNameDocument):
    """状态改变的环节"""

    before: Annotated[str, Means("原来的状态代码")]
    after: Annotated[str, Means("后来的状态代码")]
    before_caption: Annotated[str, Means("原来显示的状态")]
    after_caption: Annotated[str, Means("后来显示的状态")]
    why: Annotated[str, Means("后来的原因")]


class ChangedSharesDocument(SegmentNameDocument):
    """份额改变的环节"""

    before: Annotated[list[MakerDocument], Means("原来的企业和份额")]
    after: Annotated[list[MakerDocument], Means("后来的企业和份额")]
    hhi_before: Annotated[float | None, Means("原来的集中度，0 到 1")]
    hhi_after: Annotated[float | None, Means("后来的集中度，0 到 1")]


class LinkedSegmentDocument(SegmentNameDocument):
    """上游或下游的一个环节"""

    firms: Annotated[list[str], Means("本地在产企业")]
    sources: Annotated[list[str], Means("外购来源")]


class TouchedSegmentDocument(SegmentNameDocument):
    """受影响的环节，状态不变也列出"""

    before_caption: Annotated[str, Means("原来显示的状态")]
    after_caption: Annotated[str, Means("后来显示的状态")]
    n_before: Annotated[int, Means("原来的企业数 N")]
    n_after: Annotated[int, Means("后来的企业数 N")]
    count_before: Annotated[str, Means("原来显示的家数")]
    count_after: Annotated[str, Means("后来显示的家数")]
    hhi_before: Annotated[float | None, Means("原来的集中度，0 到 1")]
    hhi_after: Annotated[float | None, Means("后来的集中度，0 到 1")]
    output_before: Annotated[float | None, Means("原来已知的产值，万元")]
    output_after: Annotated[float | None, Means("后来已知的产值，万元")]
    output_change: Annotated[float | None, Means("产值增减，万元；来去的企业产值未知时为 null")]
    steps_before: Annotated[int | None, Means("原来距更高状态几步")]
    steps_after: Annotated[int | None, Means("后来距更高状态几步；已到最高或只是一项任务时为 null")]
    next: Annotated[str, Means("后来使状态上升的最小变化，可为空")]
    suppliers: Annotated[list[LinkedSegmentDocument], Means("供给它的环节")]
    buyers: Annotated[list[LinkedSegmentDocument], Means("它供给的环节")]


class DealingsDocument(TypedDict):
    """落地或离开的企业和谁有已登记的供应关系"""

    firm: Annotated[str, Means("企业")]
    suppliers: Annotated[list[str], Means("向它供货的企业")]
    customers: Annotated[list[str], Means("它供货的企业")]


class AskDocument(TypedDict):
    """数据中没有、按新企业推算的名称，和它可能指的企业"""

    name: Annotated[str, Means("所写的名称")]
    near: Annotated[list[str], Means("是否指")]


class EffectDocument(ChainNameDocument):
    """设想的变化会怎样"""

    asks: Annotated[list[AskDocument], Means("要问清的名称")]
    touched: Annotated[list[TouchedSegmentDocument], Means("受影响的环节，状态不变也列出，各链都看")]
    output_change: Annotated[float | None, Means("本链产值增减，万元；来去的企业产值未知时为 null")]
    dealings: Annotated[list[DealingsDocument], Means("落地或离开的企业的供应关系")]

    changes: Annotated[SupposedDocument, Means("设想的变化，名称已认出")]
    before: Annotated[list[SegmentStateDocument], Means("本链各环节原来的状态")]
    after: Annotated[list[SegmentStateDocument], Means("本链各环节后来的状态")]
    changed: Annotated[list[ChangedSegmentDocument], Means("状态改变的环节，各链都看")]
    stopped: Annotated[list[SegmentNameDocument], Means("断供的环节，各链都看")]
    restored: Annotated[list[SegmentNameDocument], Means("恢复的环节，各链都看")]
    shares: Annotated[list[ChangedSharesDocument], Means("份额改变的环节")]
    cuts_gained: Annotated[list[list[str]], Means("新增的断点风险")]
    cuts_lost: Annotated[list[list[str]], Means("消除的断点风险")]
    counties: Annotated[list[str], Means("受影响的县（市、区）")]


class WhatIfDocument(EffectDocument):
    """如果……会怎样"""

    scenario: Annotated[str | None, Means("保存为哪个方案")]


class ScenarioRowDocument(TypedDict):
    """一个已保存的方案：设想的变化，和结果的数目；算不出时只有 error"""

    name: Annotated[str, Means("方案")]
    chain: Annotated[str | None, Means("产业链")]
    county: Annotated[str | None, Means("县（市、区）")]
    add: Annotated[list[str], Means("落地的企业，按原样")]
    remove: Annotated[list[str], Means("离开的企业")]
    stop: Annotated[list[str], Means("断供的外购来源")]
    survey: Annotated[list[str], Means("完成摸底的环节")]
    error: NotRequired[Annotated[str, Means("为什么算不出，如所说的企业已撤销")]]
    counties: NotRequired[Annotated[list[str], Means("受影响的县（市、区）")]]
    changed: NotRequired[Annotated[int, Means("状态改变的环节数")]]
    restored: NotRequired[Annotated[int, Means("恢复的环节数")]]
    stopped: NotRequired[Annotated[int, Means("断供的环节数")]]
    cuts_gained: NotRequired[Annotated[int, Means("新增的断点风险数")]]
    cuts_lost: NotRequired[Annotated[int, Means("消除的断点风险数")]]
    statuses: NotRequired[Annotated[Counts, Means("后来各状态的环节数")]]


class ScenariosDocument(TypedDict):
    """已保存的方案并排比较"""

    scenarios: Annotated[list[ScenarioRowDocument], Means("方案，按保存的先后")]


class ScorePartDocument(TypedDict):
    """候选企业得分的一部分"""

    name: Annotated[str, Means("名称")]
    value: Annotated[float | None, Means("0 到 1；不清楚为 null，不计")]
    weight: Annotated[float, Means("权重")]
    text: Annotated[str, Means("一句话")]


class CandidateDocument(SegmentStateDocument):
    """一个环节可以找的一家企业"""

    firm: Annotated[str, Means("企业")]
    firm_id: Annotated[str, Means("企业的标识")]
    location: Annotated[str | None, Means("所在地")]
    product: Annotated[str | None, Means("相符的产品")]
    score: Annotated[float, Means("得分，0 到 100")]
    rank: Annotated[int, Means("在本环节的名次，得分相同的名次相同")]
    tied: Annotated[bool, Means("是否并列")]
    parts: Annotated[list[ScorePartDocument], Means("得分的组成")]
    reasons: Annotated[str, Means("为什么")]
    change: Annotated[str, Means("来了会怎样")]
    topic: Annotated[str, Means("洽谈话题")]
    risks: Annotated[list[str], Means("风险")]
    sources: Annotated[list[SourceDocument], Means("依据的行")]


class RecruitDocument(TypedDict):
    """招引一家企业"""

    name: Annotated[str, Means("企业")]
    why: Annotated[str, Means("来了会怎样")]
    score: Annotated[float, Means("得分，0 到 100")]


class ResourceDocument(TypedDict):
    """本链已有的成果、平台或人才"""

    name: Annotated[str, Means("名称")]
    why: Annotated[str, Means("和本环节有什么关系")]
    sources: Annotated[list[SourceDocument], Means("依据的行")]


class RemediesDocument(TypedDict):
    """补一个环节的四条路"""

    招引: Annotated[list[RecruitDocument], Means("可以找的企业")]
    转化: Annotated[list[ResourceDocument], Means("可以转化的成果")]
    平台: Annotated[list[ResourceDocument], Means("可以依托的平台")]
    人才: Annotated[list[ResourceDocument], Means("可以请的人才")]


class PartnerDocument(TypedDict):
    """市内可以协同的企业；不指哪条链时 county 和 chain 为 null"""

    county: Annotated[str | None, Means("县（市、区）")]
    chain: Annotated[str | None, Means("产业链")]
    segment: Annotated[str, Means("环节")]
    segment_id: Annotated[str, Means("环节的标识")]
    how: Annotated[str, Means("怎样协同")]
    firms: Annotated[list[str], Means("企业")]


class GapDocument(SegmentStateDocument):
    """一个缺口和补它的路；断链列在它缺少的投入上。先抓的在前，按名次；先补名单的在后"""

    priority: Annotated[float | None, Means("优先度，0 到 100；资料不足不排名时为 null")]
    rank: Annotated[int | None, Means("先抓的名次，从 1 起；在先补名单里为 null")]
    tied: Annotated[bool, Means("与别的环节并列")]
    count: Annotated[str, Means("显示的家数：“—”、至少n家或n家")]
    reason: Annotated[str, Means("原因")]
    flags: Annotated[Sequence[str], Means("标记")]
    next: Annotated[str, Means("使状态上升的最小变化，可为空")]
    question: Annotated[str, Means("打电话前先问什么，可为空")]
    unblocks: Annotated[list[SegmentNameDocument], Means("补上它就恢复生产的断链环节，还缺别的的不在内")]
    partners: Annotated[list[PartnerDocument], Means("市内可以协同的企业")]
    remedies: Annotated[RemediesDocument, Means("四条路")]


class ToSurveyDocument(SegmentNameDocument):
    """没有摸底的环节"""

    question: Annotated[str, Means("要问的问题")]
    targets: Annotated[list[CandidateDocument], Means("先核实的候选企业")]


class CandidatesDocument(ChainNameDocument):
    """每个缺口可以找谁"""

    gaps: Annotated[list[GapDocument], Means("缺口")]
    candidates: Annotated[list[CandidateDocument], Means("候选企业，各环节得分高的在前")]
    to_survey: Annotated[list[ToSurveyDocument], Means("没有摸底的环节")]
    file: NotRequired[Annotated[str, Means("写出的招商对接清单")]]
