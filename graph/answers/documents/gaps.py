"""The document of `lianpu gaps`: the status of segments, with scores, reasons and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.parts import (
    ChainNameDocument,
    Means,
    RowPlaceDocument,
    SegmentNameDocument,
    SegmentStateDocument,
    SourceDocument,
)

Share = Annotated[float | None, Means("份额，0 到 1；不清楚为 null")]


class MakerDocument(TypedDict):
    """环节上一家在产企业"""

    name: Annotated[str, Means("企业")]
    share: Annotated[float, Means("占本环节产值（产值不全时按家数）的份额，0 到 1")]
    state: Annotated[str, Means("状态")]


class StandingFirmDocument(TypedDict):
    """环节或它的下级环节上的一家企业"""

    id: Annotated[str, Means("企业的标识")]
    name: Annotated[str, Means("企业")]
    state: Annotated[str, Means("在这里的状态")]
    share: Share
    place: Annotated[str | None, Means("县市区或所在地")]
    on: Annotated[list[str], Means("所在的环节的标识")]
    evidence: Annotated[list[SourceDocument], Means("依据的行")]


class SegmentFirmsDocument(TypedDict):
    """环节的企业，分开列；上级环节含下级的"""

    makers: Annotated[list[StandingFirmDocument], Means("本地在产，共 n 家，份额大的在前")]
    pending: Annotated[list[StandingFirmDocument], Means("本地在建或签约，共 pending 家，投产前不计入")]
    stopped: Annotated[list[StandingFirmDocument], Means("本地停产")]
    city: Annotated[list[StandingFirmDocument], Means("市内其他县（市、区）")]
    outside: Annotated[list[StandingFirmDocument], Means("外地候选")]


class FlipChangeDocument(TypedDict):
    """使状态上升的一种变化"""

    what: Annotated[str, Means("企业、外部来源、资质、平台，或上报产值")]
    segment: Annotated[str, Means("环节")]
    segment_id: Annotated[str, Means("环节的标识")]
    count: Annotated[int, Means("几个")]


class FlipDocument(TypedDict):
    """使状态上升的最小变化"""

    to: Annotated[str | None, Means("变成哪个状态；是一项任务时为 null")]
    text: Annotated[str, Means("一句话")]
    steps: Annotated[int | None, Means("共几个变化")]
    changes: Annotated[Sequence[FlipChangeDocument], Means("各是什么变化")]


class ScoreDocument(TypedDict):
    """一项得分"""

    caption: Annotated[str, Means("名称")]
    value: Annotated[float | None, Means("0 到 100；缺少数据不计时为 null")]
    weight: Annotated[float, Means("权重")]
    inputs: Annotated[dict[str, float | None], Means("用到的数")]
    evidence: Annotated[list[RowPlaceDocument], Means("依据的行")]
    text: Annotated[str, Means("一句话")]


class ScoresDocument(TypedDict):
    """环节的得分"""

    gap: Annotated[ScoreDocument, Means("缺口")]
    criticality: Annotated[ScoreDocument, Means("关键性")]
    concentration: Annotated[ScoreDocument, Means("集中度")]
    external: Annotated[ScoreDocument, Means("外部依赖")]
    feasibility: Annotated[ScoreDocument, Means("可行性")]
    priority: Annotated[float | None, Means("优先度，0 到 100；资料不足不排名时为 null")]
    target: Annotated[float | None, Means("靶向度，0 到 100")]
    rank: Annotated[int | None, Means("在本链先抓次序中的名次，从 1 起；不在其中为 null")]
    tied: Annotated[bool, Means("与别的环节并列")]
    rank_holds: Annotated[float | None, Means("权重变动时名次不变的比例，0 到 1")]


class SegmentDocument(SegmentStateDocument):
    """一个环节的全部结论；不清楚的为 null，从不写 0"""

    chain_id: Annotated[str, Means("产业链的标识")]
    stage: Annotated[str | None, Means("上游、中游、下游、配套、应用")]
    parent: Annotated[str | None, Means("上级环节")]
    verb: Annotated[str, Means("首要行动")]
    flags: Annotated[Sequence[str], Means("标记")]
    available: Annotated[bool, Means("本地能得到（本地在产或外购）")]
    supply_known: Annotated[bool, Means("外购来源已登记，或已调查")]
    n: Annotated[int, Means("列名的在产企业数；没有摸底（known 为 false）时不说明什么，家数看 count")]
    stated: Annotated[int | None, Means("报告所说的企业数")]
    total: Annotated[int, Means("模型所用的企业数 N")]
    pending: Annotated[int, Means("在建或签约的本地企业数")]
    counted: Annotated[bool, Means("计入合计和名次：应用和汇总不计，有自己企业的上级环节计")]
    known: Annotated[bool, Means("已摸底")]
    provisional: Annotated[bool, Means("暂估：只凭企业记录知道，家数是下限")]
    count: Annotated[str, Means("显示的家数：“—”、至少n家或n家")]
    makers: Annotated[Sequence[MakerDocument], Means("在产企业，份额大的在前")]
    firms: Annotated[SegmentFirmsDocument, Means("在产、在建签约、停产、市内、外地的企业，分开列")]
    hhi: Annotated[float | None, Means("企业集中度 HHI，0 到 1")]
    external_share: Annotated[float | None, Means("外购占比，0 到 1")]
    external_hhi: Annotated[float | None, Means("外购来源集中度，0 到 1")]
    confidence: Annotated[float | None, Means("可信度，0 到 1")]
    coverage: Annotated[float | None, Means("列名企业占报告企业数的比例，0 到 1")]
    flip: Annotated[FlipDocument | None, Means("使状态上升的最小变化")]
    reason: Annotated[str, Means("原因")]
    remedies: Annotated[Sequence[str], Means("可做的事")]
    evidence: Annotated[list[SourceDocument], Means("依据的行")]
    scores: Annotated[ScoresDocument | None, Means("得分；未知和不适用为 null")]


class GapToCloseDocument(SegmentStateDocument):
    """要补的一个环节"""

    verb: Annotated[str, Means("首要行动")]
    reason: Annotated[str, Means("原因")]
    flags: Annotated[Sequence[str], Means("标记")]
    priority: Annotated[float | None, Means("优先度，0 到 100；资料不足不排名时为 null")]


class FirstGapDocument(GapToCloseDocument):
    """先抓的一个环节；断点由它缺的输入代表"""

    rank: Annotated[int, Means("名次，从 1 起；优先度相同的名次相同")]
    tied: Annotated[bool, Means("与别的环节并列")]
    restores: Annotated[list[SegmentNameDocument], Means("补上它就恢复生产的环节")]


class NextStepDocument(ChainNameDocument):
    """一条链下一步做什么"""

    survey: Annotated[list[str], Means("先摸底的环节")]
    first: Annotated[list[FirstGapDocument], Means("先抓的三个环节")]
    thin: Annotated[list[GapToCloseDocument], Means("先补名单的环节：样本不全或资料不足，不排名")]


class GapsDocument(TypedDict):
    """各环节的状态、原因和首要行动"""

    as_of: Annotated[str, Means("哪一天的情况")]
    scope: Annotated[str, Means("按县或市判定")]
    segments: Annotated[list[SegmentDocument], Means("环节，按县、链和上下级")]
    order: Annotated[list[str], Means("这些环节的标识，按先抓、先补名单、未摸底、其余的顺序；断点排在它缺的投入之后")]
    next: Annotated[list[NextStepDocument], Means("各链下一步")]
