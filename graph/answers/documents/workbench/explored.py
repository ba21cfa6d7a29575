"""The documents of the workbench: cards of nodes, groups, and the picture of a neighbourhood."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.parts import Cell, Means


class ExploredCardDocument(TypedDict):
    """一个对象在图谱里的样子"""

    id: Annotated[str, Means("标识")]
    kind: Annotated[str, Means("类别")]
    name: Annotated[str, Means("名称")]
    county: Annotated[str | None, Means("县（市、区）")]
    status: Annotated[str | None, Means("状态或进展")]
    year: Annotated[str | None, Means("年份：写明的，否则数据日期的")]
    grade: Annotated[str | None, Means("来源的最好等级")]
    weight: Annotated[int, Means("与几个对象有关系")]
    numbers: Annotated[dict[str, float], Means("可以比大小的值，按列名")]
    code: Annotated[str | None, Means("环节的状态代码")]


class ExploredNodeDocument(ExploredCardDocument):
    """图谱上画出的一个对象"""

    pinned: Annotated[bool, Means("已固定：筛选不隐藏它")]
    shown: Annotated[bool, Means("没有被筛选掉")]


class ExploredGroupDocument(TypedDict):
    """一组相邻对象"""

    id: Annotated[str, Means("标识")]
    of: Annotated[str, Means("谁的")]
    group: Annotated[str, Means("组：关系、方向、类别")]
    kind: Annotated[str, Means("类别")]
    caption: Annotated[str, Means("关系")]
    total: Annotated[int, Means("共几个")]
    drawn: Annotated[int, Means("已画出几个")]


class ExploredEdgeDocument(TypedDict):
    """画出的两个对象之间的关系"""

    id: Annotated[str, Means("标识")]
    source: Annotated[str, Means("从")]
    target: Annotated[str, Means("到")]
    relation: Annotated[str, Means("关系代码")]
    caption: Annotated[str, Means("关系")]
    lit: Annotated[bool, Means("在找到的路上")]


class FacetValueDocument(TypedDict):
    """一个可筛选的值"""

    value: Annotated[str, Means("值")]
    count: Annotated[int, Means("画出的对象里有几个")]
    on: Annotated[bool, Means("选中")]


class FacetDocument(TypedDict):
    """一个筛选条件"""

    name: Annotated[str, Means("代码")]
    caption: Annotated[str, Means("条件")]
    values: Annotated[list[FacetValueDocument], Means("值")]


class ExploredPictureDocument(TypedDict):
    """一步步画出的图谱"""

    nodes: Annotated[list[ExploredNodeDocument], Means("对象，按画出的先后")]
    groups: Annotated[list[ExploredGroupDocument], Means("各组相邻对象")]
    edges: Annotated[list[ExploredEdgeDocument], Means("关系")]
    facets: Annotated[list[FacetDocument], Means("可筛选的条件")]
    numbers: Annotated[list[str], Means("可以比大小的列")]
    filters: Annotated[list[str], Means("已设的筛选，用话说")]
    remarks: Annotated[list[str], Means("应当知道的：没有路、超过上限等")]
    hidden: Annotated[int, Means("隐藏的对象数")]


class MembersDocument(TypedDict):
    """一组相邻对象的全部"""

    of: Annotated[str, Means("谁的")]
    name: Annotated[str, Means("它的名称")]
    group: Annotated[str, Means("组：关系、方向、类别")]
    kind: Annotated[str, Means("类别")]
    caption: Annotated[str, Means("关系")]
    total: Annotated[int, Means("共几个")]
    members: Annotated[list[ExploredCardDocument], Means("对象，关系多的在前，至多 3000")]
    facets: Annotated[list[FacetDocument], Means("分布")]


class ExploredFactDocument(TypedDict):
    """一个值"""

    caption: Annotated[str, Means("列名")]
    value: Annotated[Cell, Means("值")]


class OnChainDocument(TypedDict):
    """所在的一条产业链"""

    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("名称")]


class ExploredPanelDocument(TypedDict):
    """一个对象旁边的面板"""

    card: Annotated[ExploredCardDocument, Means("对象")]
    facts: Annotated[list[ExploredFactDocument], Means("各列的值")]
    groups: Annotated[list[ExploredGroupDocument], Means("各组相邻对象")]
    chains: Annotated[list[OnChainDocument], Means("所在的产业链")]
