"""The document of `lianpu compare`: counties and chains side by side, and where a county stands against its peers."""

from __future__ import annotations

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from graph.answers.documents.parts import ChainNameDocument, Means, SegmentNameDocument, SegmentStateDocument
from graph.answers.documents.workbench.regions import FigureDocument, FigureValueDocument


class ComparedDocument(TypedDict):
    """并排的一个县（市、区）或一条产业链"""

    kind: Annotated[str, Means("县市区 或 产业链")]
    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("名称")]
    county: Annotated[str, Means("所在的县（市、区）")]
    chains: Annotated[list[ChainNameDocument], Means("它的产业链")]
    gaps: Annotated[list[SegmentStateDocument], Means("要补的环节，先抓的在前，再是先补名单的")]
    strengths: Annotated[list[SegmentStateDocument], Means("优势和稳定的环节，优势在前")]


class ComparedFigureDocument(TypedDict):
    """并排的一个数"""

    figure: Annotated[FigureDocument, Means("哪个数")]
    values: Annotated[list[FigureValueDocument], Means("每个对象的数，次序同 subjects")]


class SharedSegmentDocument(TypedDict):
    """几个对象都有的同名环节"""

    segment: Annotated[str, Means("环节")]
    short: Annotated[int, Means("在几个对象里是短板")]
    states: Annotated[list[list[SegmentStateDocument]], Means("每个对象里叫这个名称的环节，次序同 subjects")]


class MakersDocument(SegmentNameDocument):
    """一个有在产企业的环节"""

    makers: Annotated[str, Means("在产企业数，显示的写法")]


class SharedMakersDocument(TypedDict):
    """两个县（市、区）都在产的环节"""

    segment: Annotated[str, Means("环节")]
    here: Annotated[list[MakersDocument], Means("本县的环节")]
    there: Annotated[list[MakersDocument], Means("对方的环节")]


class AlikeCountyDocument(TypedDict):
    """产业相近的一个县（市、区）"""

    county: Annotated[str, Means("县（市、区）")]
    county_id: Annotated[str, Means("标识")]
    likeness: Annotated[float, Means("相近程度，0 到 1：都在产的同名环节 ÷ 任一方在产的")]
    shared: Annotated[list[SharedMakersDocument], Means("都在产的环节")]


class ProductPointDocument(TypedDict):
    """一种产品（环节名称）在一个县（市、区）的位置"""

    product: Annotated[str, Means("产品（环节名称）")]
    makers: Annotated[int, Means("本县在产企业数")]
    presence: Annotated[float, Means("区位商，收缩后；1 是同组平均")]
    presence_low: Annotated[float, Means("区位商 95% 区间的下限")]
    presence_high: Annotated[float, Means("区位商 95% 区间的上限")]
    related: Annotated[float, Means("关联度，0 到 1：与它常在一起的产品，本县有多少")]
    usual: Annotated[float, Means("同组的平均关联度")]
    complexity: Annotated[float, Means("复杂度的名次，0 到 1，1 最复杂")]
    quadrant: Annotated[str, Means("优势、威胁、机会、劣势")]
    beside: Annotated[list[str], Means("本县已有、与它常在一起的产品")]
    elsewhere: Annotated[list[MakersDocument], Means("同组里在产的环节")]
    here: Annotated[list[MakersDocument], Means("本县的同名环节")]


class NearbyDocument(TypedDict):
    """本县的一个短板，其他县（市、区）有同名环节在产"""

    gap: Annotated[SegmentStateDocument, Means("本县的环节")]
    elsewhere: Annotated[list[MakersDocument], Means("在产的环节")]


class StandingDocument(TypedDict):
    """一个县（市、区）与同组的比较"""

    county: Annotated[str, Means("县（市、区）")]
    county_id: Annotated[str, Means("标识")]
    group: Annotated[str, Means("同组怎样选：全部、同市、所选")]
    peers: Annotated[list[str], Means("同组的县（市、区），含本县")]
    regions: Annotated[int, Means("其中有共同环节、可以比较的县（市、区）数")]
    needed: Annotated[int, Means("至少要几个")]
    missing: Annotated[str, Means("样本不足时缺什么；可以比较时为空")]
    points: Annotated[list[ProductPointDocument], Means("每种产品的位置；样本不足时为空")]
    ideas: Annotated[list[ProductPointDocument], Means("可考虑的新方向，按关联度和复杂度；样本不足时为空")]
    alike: Annotated[list[AlikeCountyDocument], Means("产业相近的县（市、区）")]
    nearby: Annotated[list[NearbyDocument], Means("本县的短板，其他县（市、区）已有企业在产的")]


class ComparisonDocument(TypedDict):
    """并排比较"""

    at: Annotated[str, Means("截至哪一天")]
    subjects: Annotated[list[ComparedDocument], Means("并排的对象")]
    figures: Annotated[list[ComparedFigureDocument], Means("逐个数；谁都没有的不列")]
    segments: Annotated[list[SharedSegmentDocument], Means("至少两个对象都有的同名环节，共同的短板在前")]
    standing: Annotated[StandingDocument | None, Means("其中一个县（市、区）与同组的比较")]
    file: NotRequired[Annotated[str | None, Means("写出的文件")]]
