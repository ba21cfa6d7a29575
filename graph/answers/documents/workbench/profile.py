"""The document of 企业画像: what a firm is, before all its rows."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.parts import Means, SegmentStateDocument, SourceDocument
from graph.answers.documents.plan import LeadDocument


class ThingOfFirmDocument(TypedDict):
    """企业的一项产品、需求、项目、成果……"""

    kind: Annotated[str, Means("类别")]
    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("名称")]
    about: Annotated[str, Means("一句话，可为空")]
    evidence: Annotated[list[SourceDocument], Means("依据的行")]


class LocalMakerDocument(TypedDict):
    """环节上的另一家本地在产企业"""

    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("企业")]
    share: Annotated[float | None, Means("份额，0 到 1")]


class FirmStandDocument(SegmentStateDocument):
    """企业所在的一个环节"""

    chain_id: Annotated[str, Means("产业链的标识")]
    state: Annotated[str | None, Means("企业在环节上的状态")]
    share: Annotated[float | None, Means("它的份额，0 到 1")]
    others: Annotated[list[LocalMakerDocument], Means("本地别的在产企业：可以替代它的")]
    evidence: Annotated[list[SourceDocument], Means("依据的行")]


class HonourDocument(TypedDict):
    """一项资质"""

    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("资质")]
    level: Annotated[str | None, Means("级别")]
    year: Annotated[int | None, Means("认定年份")]
    until: Annotated[str | None, Means("有效期止：填写的，或按规则推算的；没有期限为 null")]
    stated: Annotated[bool, Means("有效期止是填写的")]
    valid: Annotated[bool, Means("现在有效")]
    evidence: Annotated[list[SourceDocument], Means("依据的行")]


class FirmYearDocument(TypedDict):
    """一年的年报"""

    year: Annotated[int, Means("年份")]
    id: Annotated[str, Means("年报的标识")]
    values: Annotated[dict[str, float | int | str | None], Means("各列的值")]
    evidence: Annotated[list[SourceDocument], Means("依据的行")]


class InstitutionDocument(TypedDict):
    """企业依托的研发机构和六有"""

    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("平台")]
    type: Annotated[str | None, Means("类型")]
    six: Annotated[dict[str, bool | None], Means("六有各项：有、没有；没有填为 null")]
    evidence: Annotated[list[SourceDocument], Means("依据的行")]


class TieDocument(TypedDict):
    """一笔供货关系"""

    id: Annotated[str, Means("对方的标识")]
    name: Annotated[str, Means("对方")]
    sells: Annotated[bool, Means("它供给对方；否则对方供给它")]
    what: Annotated[str | None, Means("内容")]
    amount: Annotated[float | None, Means("金额，万元")]
    year: Annotated[int | None, Means("年份")]
    evidence: Annotated[list[SourceDocument], Means("依据的行")]


class FirmProfileDocument(TypedDict):
    """企业画像"""

    firm: Annotated[str, Means("企业")]
    firm_id: Annotated[str, Means("标识")]
    makes: Annotated[list[ThingOfFirmDocument], Means("生产什么")]
    stands: Annotated[list[FirmStandDocument], Means("所在的环节")]
    honours: Annotated[list[HonourDocument], Means("资质，有效的在前")]
    years: Annotated[list[FirmYearDocument], Means("年报，先后为序")]
    institutions: Annotated[list[InstitutionDocument], Means("研发机构和六有")]
    has_institution: Annotated[str | None, Means("最近一年的年报说有没有研发机构：是、否；没有填为 null")]
    ties: Annotated[list[TieDocument], Means("供货关系，金额大的在前")]
    things: Annotated[dict[str, list[ThingOfFirmDocument]], Means("需求、项目、成果、技术、人才……，按类别")]
    leads: Annotated[list[LeadDocument], Means("在跟的线索")]
