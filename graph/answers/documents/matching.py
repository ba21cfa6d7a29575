"""The document of `lianpu match`."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.pairing import RefusedDocument
from graph.answers.documents.parts import ChainNameDocument, Means


class ReasonDocument(TypedDict):
    """得分的一项"""

    term: Annotated[str, Means("词，或说明")]
    points: Annotated[float, Means("这一项的分；各项之和就是得分")]


class MatchedDocument(TypedDict):
    """一个可能满足需求的成果、院所、平台或人才"""

    achievement: Annotated[str, Means("编号（两份文件对接时）或名称")]
    title: Annotated[str, Means("名称")]
    kind: Annotated[str, Means("类别：科技成果、高校院所、平台、人才")]
    id: Annotated[str | None, Means("标识；两份文件对接时没有")]
    holders: Annotated[list[str], Means("持有单位、依托单位或任职单位")]
    score: Annotated[float, Means("得分，0 到 1")]
    fits: Annotated[bool, Means("是否合适：得分 0.5 以上，且有说明内容的词相同或相近")]
    linked: Annotated[bool, Means("已登记为对应这项需求")]
    state: Annotated[str | None, Means("对接到了哪一步：推荐、已联系、洽谈、签约；没有对接为 null")]
    reasons: Annotated[list[ReasonDocument], Means("理由：得分的各项，高的在前")]


class NamedThingDocument(TypedDict):
    """一个对象的名称"""

    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("名称")]


class MatchDocument(TypedDict):
    """一项需求和可能满足它的"""

    need: Annotated[str, Means("编号（两份文件对接时）或名称")]
    title: Annotated[str, Means("名称")]
    id: Annotated[str | None, Means("标识；两份文件对接时没有")]
    chains: Annotated[list[ChainNameDocument], Means("所在产业链")]
    fits: Annotated[bool, Means("有没有合适的成果；false 就是没有合适的")]
    hits: Annotated[list[MatchedDocument], Means("科技成果，得分高的在前")]
    others: Annotated[list[MatchedDocument], Means("高校院所、平台、人才，各类得分高的在前，只列合适的")]
    refused: Annotated[list[RefusedDocument], Means("对接未成、不再列出的；需求或对象内容有变后再列出")]
    projects: Annotated[list[NamedThingDocument], Means("已登记为解决这项需求的项目")]


class MatchesDocument(TypedDict):
    """需求与成果的对接"""

    matches: Annotated[list[MatchDocument], Means("每项需求")]
    needs: Annotated[int, Means("需求数")]
    offers: Annotated[int, Means("参加对接的成果数")]
    without: Annotated[int, Means("没有合适成果的需求数")]
    notes: Annotated[list[str], Means("读文件时要知道的：缺哪一列，哪些行没有用上")]
