"""The document of 拜访提纲: what to know of a firm before somebody calls on it."""

from __future__ import annotations

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from graph.answers.documents.parts import Means, SegmentStateDocument, SourceDocument
from graph.answers.documents.plan import LeadDocument
from graph.answers.documents.recruiting import ChangedSegmentDocument


class PurchaseDocument(TypedDict):
    """已登记的一笔采购"""

    seller: Annotated[str, Means("供货企业")]
    what: Annotated[str | None, Means("买什么")]
    amount: Annotated[float | None, Means("金额，万元")]
    year: Annotated[int | None, Means("年份")]


class BuyerDocument(TypedDict):
    """本地一家要用它的企业"""

    firm: Annotated[str, Means("企业")]
    firm_id: Annotated[str, Means("企业的标识")]
    segments: Annotated[list[str], Means("它在产的下游环节；已是客户而不在下游环节的为空")]
    customer: Annotated[bool, Means("已经向这家企业采购")]
    purchases: Annotated[list[PurchaseDocument], Means("已登记的采购；没有登记为空，不是没有采购")]


class OutsideShareDocument(TypedDict):
    """目前的一个外购来源"""

    name: Annotated[str, Means("来源")]
    share: Annotated[float | None, Means("占比，0 到 1")]


class OfferedPolicyDocument(TypedDict):
    """可以用的一项政策"""

    name: Annotated[str, Means("名称")]
    issuer: Annotated[str, Means("发文单位")]
    strength: Annotated[str, Means("力度")]
    until: Annotated[str, Means("有效期止")]


class VisitDocument(SegmentStateDocument):
    """拜访提纲"""

    firm: Annotated[str, Means("企业")]
    firm_id: Annotated[str, Means("企业的标识")]
    chain_id: Annotated[str, Means("产业链的标识")]
    at: Annotated[str, Means("按哪一天")]
    location: Annotated[str | None, Means("所在地")]
    products: Annotated[list[str], Means("产品")]
    output: Annotated[float | None, Means("最近一年的产值，万元")]
    year: Annotated[int | None, Means("产值的年份")]
    honours: Annotated[list[str], Means("资质")]
    reason: Annotated[str, Means("环节为什么是这个状态")]
    why: Annotated[str, Means("为什么找它；不在候选之列时为空")]
    score: Annotated[float | None, Means("候选得分，0 到 100")]
    rank: Annotated[int | None, Means("在本环节的名次")]
    risks: Annotated[list[str], Means("要先核实的风险")]
    topic: Annotated[str, Means("切入话题")]
    buyers: Annotated[list[BuyerDocument], Means("本地的用户")]
    outside: Annotated[list[OutsideShareDocument], Means("目前的外购来源")]
    changes: Annotated[list[ChangedSegmentDocument], Means("它落地后状态改变的环节")]
    next: Annotated[str, Means("它落地后再进一步要什么；状态不变时说还差什么")]
    policies: Annotated[list[OfferedPolicyDocument], Means("可以谈的政策，有效的")]
    lead: Annotated[LeadDocument | None, Means("在跟的线索")]
    sources: Annotated[list[SourceDocument], Means("依据的行")]
    file: NotRequired[Annotated[str, Means("写出的拜访提纲")]]
