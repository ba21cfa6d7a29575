"""The document of `lianpu changes`."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.ledger import StatedDocument
from graph.answers.documents.parts import ChainNameDocument, Means, SegmentNameDocument, SourceDocument, Tallies


class MomentDocument(TypedDict):
    """比较的一端：某日结束时，或某个批次导入之后"""

    mark: Annotated[str, Means("写法：2025-05-31，或批次号；现在为空")]
    text: Annotated[str, Means("显示的文字")]
    day: Annotated[str, Means("哪一天；状态和灯按这一天判断")]


class BatchBetweenDocument(TypedDict):
    """两端之间导入或撤销的一个批次"""

    batch: Annotated[int, Means("批次号")]
    what: Annotated[str, Means("导入 或 撤销")]
    time: Annotated[str, Means("时间（UTC）")]
    by: Annotated[str | None, Means("谁")]
    files: Annotated[list[str], Means("文件")]
    rows: Annotated[int, Means("行数")]


class MovedRowsDocument(TypedDict):
    """使它改变的行；各列至多 20 行，行数是全部"""

    brought: Annotated[list[SourceDocument], Means("新计入的行")]
    brought_rows: Annotated[int, Means("新计入几行")]
    gone: Annotated[list[SourceDocument], Means("不再计入的行")]
    gone_rows: Annotated[int, Means("不再计入几行")]


class SegmentBetweenDocument(SegmentNameDocument, MovedRowsDocument):
    """状态或家数不同的一个环节"""

    chain_id: Annotated[str, Means("产业链的标识")]
    change: Annotated[str, Means("新增、消失、变化")]
    before: Annotated[str | None, Means("原来显示的状态；null 是新环节")]
    before_status: Annotated[str | None, Means("原来的状态代码")]
    before_count: Annotated[str | None, Means("原来的在产企业数")]
    after: Annotated[str | None, Means("后来显示的状态；null 是环节不在了")]
    after_status: Annotated[str | None, Means("后来的状态代码")]
    after_count: Annotated[str | None, Means("后来的在产企业数")]
    reason: Annotated[str, Means("后来状态的依据")]
    cause: Annotated[str, Means("没有自己的行改变时，为什么变")]


class ChangedFirmDocument(TypedDict):
    """新登记的，或不再登记的一家企业"""

    change: Annotated[str, Means("新增、消失")]
    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("名称")]
    place: Annotated[str | None, Means("县（市、区）或所在地")]
    state: Annotated[str | None, Means("状态")]
    on: Annotated[list[str], Means("在哪些环节：县/链/环节")]
    evidence: Annotated[list[SourceDocument], Means("登记它的行，至多 20 行")]


class ChangedTargetDocument(TypedDict):
    """换了灯的一个指标"""

    change: Annotated[str, Means("新增、消失、变化")]
    id: Annotated[str, Means("指标的标识")]
    indicator: Annotated[str, Means("指标")]
    subject: Annotated[str, Means("对象")]
    subject_key: Annotated[str, Means("对象的标识；全市为空")]
    county: Annotated[str | None, Means("县（市、区）")]
    before: Annotated[str | None, Means("原来的灯")]
    before_value: Annotated[float | bool | None, Means("原来的数")]
    after: Annotated[str | None, Means("后来的灯")]
    after_value: Annotated[float | bool | None, Means("后来的数")]
    unit: Annotated[str, Means("单位")]
    text: Annotated[str, Means("后来的情况")]


class ChangedValueDocument(TypedDict):
    """改变的一个值"""

    kind: Annotated[str, Means("类别；关系为它的名称")]
    id: Annotated[str | None, Means("对象的标识；关系为空")]
    name: Annotated[str, Means("名称；关系为 起点 → 终点")]
    field: Annotated[str, Means("列名")]
    before: Annotated[StatedDocument | None, Means("原来的")]
    after: Annotated[StatedDocument | None, Means("后来的")]


class ChangesDocument(TypedDict):
    """两个时间之间变了什么"""

    since: Annotated[MomentDocument, Means("从")]
    until: Annotated[MomentDocument, Means("到")]
    county: Annotated[str | None, Means("只看的县（市、区）")]
    chain: Annotated[ChainNameDocument | None, Means("只看的产业链")]
    batches: Annotated[list[BatchBetweenDocument], Means("其间的批次")]
    segments: Annotated[list[SegmentBetweenDocument], Means("状态或家数变了的环节")]
    firms: Annotated[list[ChangedFirmDocument], Means("新增和消失的企业")]
    targets: Annotated[list[ChangedTargetDocument], Means("换了灯的指标")]
    values: Annotated[list[ChangedValueDocument], Means("改变的值，每类至多 200 个对象")]
    nodes: Annotated[Tallies, Means("按类别：新增、改变、移除几个")]
    edges: Annotated[Tallies, Means("按关系：新增、改变、移除几条")]
    file: Annotated[str | None, Means("写出的文件")]
