"""The documents of `lianpu load`, `map`, `undo`, `decide`, `batches`, `status`, `export` and `rebuild`."""

from __future__ import annotations

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from graph.answers.documents.parts import (
    Cell,
    Counts,
    FindingDocument,
    Means,
    SegmentNameDocument,
    SourceDocument,
    Tallies,
)


class RowCountsDocument(TypedDict):
    """读到的行数；读到 = 导入 + 拒绝 + 未变"""

    read: Annotated[int, Means("读到")]
    accepted: Annotated[int, Means("导入")]
    rejected: Annotated[int, Means("拒绝")]
    unchanged: Annotated[int, Means("未变")]
    skipped: Annotated[int, Means("跳过（空行、合计行等）")]


class StatedDocument(TypedDict):
    """改变前或改变后的一个值"""

    value: Annotated[Cell, Means("值")]
    source: Annotated[SourceDocument | None, Means("来源行")]


class DiffValueDocument(TypedDict):
    """一个改变的值"""

    field: Annotated[str, Means("列名")]
    before: Annotated[StatedDocument | None, Means("原来的")]
    after: Annotated[StatedDocument | None, Means("后来的")]


class DiffEntryDocument(TypedDict):
    """一个改变的对象或关系"""

    change: Annotated[str, Means("added 新增、changed 改变、removed 移除")]
    id: NotRequired[Annotated[str, Means("对象的标识；关系没有")]]
    name: Annotated[str, Means("名称")]
    source: NotRequired[Annotated[str, Means("关系的起点")]]
    target: NotRequired[Annotated[str, Means("关系的终点")]]
    values: Annotated[list[DiffValueDocument], Means("改变的值")]


class DiffDocument(TypedDict):
    """逐个的变化；每类至多 200 个，其中新增 50 个，改变的在前"""

    nodes: Annotated[dict[str, list[DiffEntryDocument]], Means("按类别")]
    edges: Annotated[dict[str, list[DiffEntryDocument]], Means("按关系")]


class WithdrawnDocument(TypedDict):
    """--replace 撤下的一行"""

    file: Annotated[str, Means("文件")]
    where: Annotated[str, Means("位置，如 企业!A17")]
    kind: Annotated[str, Means("表")]
    batch: Annotated[int, Means("带来它的批次")]
    record: Annotated[int, Means("台账中的编号")]
    name: Annotated[str, Means("名称")]
    text: Annotated[str, Means("内容")]


class UnreadDocument(TypedDict):
    """没有读到的工作表；sheet 为空是整个文件"""

    file: Annotated[str, Means("文件")]
    sheet: Annotated[str, Means("工作表")]


class StatusChangeDocument(SegmentNameDocument):
    """导入后状态或家数不同的一个环节"""

    before: Annotated[str | None, Means("现在的状态；null 是新环节")]
    after: Annotated[str | None, Means("导入后的状态；null 是环节不在了")]
    count_before: Annotated[str | None, Means("现在的在产企业数，如 至少2家；— 是不明")]
    count_after: Annotated[str | None, Means("导入后的在产企业数")]
    reason: Annotated[str, Means("导入后状态的依据")]


class QuestionDocument(TypedDict):
    """导入时要问的一件事：一个词是什么意思，整张表属于哪个县市区、产业链"""

    file: Annotated[str, Means("文件")]
    sheet: Annotated[str, Means("工作表")]
    kind: Annotated[str, Means("表")]
    column: Annotated[str, Means("列")]
    word: Annotated[str, Means("表里的写法；问整张表时为空")]
    choices: Annotated[list[str], Means("可选的词；问整张表时为空")]
    proposed: Annotated[str, Means("建议的回答；没有则为空")]
    rows: Annotated[int, Means("涉及的行数")]
    text: Annotated[str, Means("问题")]
    set: Annotated[str, Means("用 --set 回答的写法")]


class MapEditDocument(TypedDict):
    """思维导图里的一处改动"""

    file: Annotated[str, Means("文件")]
    change: Annotated[str, Means("新增、改名、移动、删去，或未改")]
    kind: Annotated[str, Means("类别；看不出时为空")]
    name: Annotated[str, Means("名称")]
    text: Annotated[str, Means("改了什么，或为什么没有改")]
    rows: Annotated[list[str], Means("写入的行")]
    records: Annotated[list[int], Means("改写或撤下的行在台账里的编号")]
    taken: Annotated[bool, Means("这一次照此写入；删去的加 --yes 才写")]


class LoadDocument(TypedDict):
    """一次导入"""

    batch: Annotated[int | None, Means("批次号；没有写入为 null")]
    dry_run: Annotated[bool, Means("只检查")]
    rows: Annotated[RowCountsDocument, Means("行数")]
    nodes: Annotated[Tallies, Means("各类对象的变化数")]
    edges: Annotated[Tallies, Means("各种关系的变化数")]
    diff: Annotated[DiffDocument, Means("逐个的变化")]
    waiting: Annotated[int, Means("等待名称的处数")]
    withdrawn: Annotated[list[WithdrawnDocument], Means("--replace 撤下的行")]
    refused: Annotated[list[str], Means("为什么要加 --yes 才替换")]
    unread: Annotated[list[UnreadDocument], Means("没有读到的工作表")]
    questions: Annotated[list[QuestionDocument], Means("要补充的：词的意思、整张表的县市区和产业链")]
    findings: Annotated[list[FindingDocument], Means("发现的问题")]
    statuses: NotRequired[
        Annotated[list[StatusChangeDocument], Means("哪些环节的状态或家数会变，只检查时才有；原有的在前，新环节在后")]
    ]
    edits: NotRequired[Annotated[list[MapEditDocument], Means("思维导图里的改动，有导图时才有")]]
    marked: NotRequired[Annotated[str, Means("标出问题单元格的工作簿，有行被拒绝时才有")]]


class MapColumnDocument(TypedDict):
    """一列可能是什么"""

    column: Annotated[str, Means("列的字母")]
    caption: Annotated[str, Means("表里的列名")]
    to: Annotated[list[str], Means("对应的列，最像的在前")]
    taken: Annotated[bool, Means("已采用；否则作附加列")]
    confidence: Annotated[float, Means("把握，0 到 1")]
    reason: Annotated[str, Means("理由")]
    samples: Annotated[list[str], Means("几个内容")]
    words: Annotated[dict[str, str], Means("词表以外的写法，各自最可能的意思，看不出时为空")]


class MapTableDocument(TypedDict):
    """一张表的建议"""

    file: Annotated[str, Means("文件")]
    sheet: Annotated[str, Means("工作表")]
    header: Annotated[int, Means("表头的最后一行")]
    kinds: Annotated[list[str], Means("读成哪些表")]
    columns: Annotated[list[MapColumnDocument], Means("各列")]
    constants: Annotated[dict[str, str], Means("整张表相同的值")]


class MapDocument(TypedDict):
    """外来表格的列的对应"""

    file: Annotated[str | None, Means("写出的映射文件")]
    tables: Annotated[list[MapTableDocument], Means("各表")]
    findings: Annotated[list[FindingDocument], Means("发现的问题")]


class UndoDocument(TypedDict):
    """撤销一个批次"""

    batch: Annotated[int, Means("批次号")]
    nodes: Annotated[Tallies, Means("各类对象的变化数，没有变化的不写")]
    edges: Annotated[Tallies, Means("各种关系的变化数，没有变化的不写")]


class DecideDocument(TypedDict):
    """记下一个决定"""

    batch: Annotated[int | None, Means("批次号；没有写入为 null")]
    nodes: Annotated[Tallies, Means("各类对象的变化数")]
    edges: Annotated[Tallies, Means("各种关系的变化数")]
    waiting: Annotated[int, Means("等待名称的处数")]
    findings: Annotated[list[FindingDocument], Means("发现的问题")]


class BatchDocument(TypedDict):
    """一个批次"""

    batch: Annotated[int, Means("批次号")]
    loaded_at: Annotated[str, Means("导入时间")]
    by: Annotated[str | None, Means("导入人")]
    files: Annotated[list[str], Means("文件")]
    rows: Annotated[int, Means("行数")]
    withdrawn: Annotated[int, Means("撤下的行数")]
    undone: Annotated[bool, Means("已撤销")]
    undone_at: Annotated[str | None, Means("撤销时间")]
    undone_by: Annotated[str | None, Means("撤销人")]


class BatchesDocument(TypedDict):
    """全部批次"""

    batches: Annotated[list[BatchDocument], Means("批次，按先后")]


class WaitingDocument(TypedDict):
    """一处等待的名称"""

    file: Annotated[str, Means("文件")]
    where: Annotated[str, Means("位置，如 企业!B17")]
    field: Annotated[str, Means("列名")]
    name: Annotated[str, Means("名称")]
    near: Annotated[list[str], Means("相近的名称")]
    reason: Annotated[str, Means("undefined 还没有、ambiguous 对应多个、loop 形成循环")]
    message: Annotated[str, Means("说明")]
    record: Annotated[int, Means("台账中的编号")]
    kinds: Annotated[list[str], Means("应是哪一类的名称")]


class LedgerStateDocument(TypedDict):
    """台账"""

    url: Annotated[str, Means("地址，不含密码")]
    batches: Annotated[int, Means("没有撤销的批次数")]
    records: Annotated[int, Means("行数")]
    hash: Annotated[str, Means("内容哈希")]


class GraphStateDocument(TypedDict):
    """图库"""

    url: Annotated[str, Means("地址，不含密码")]
    nodes: Annotated[Counts, Means("各类对象数")]
    edges: Annotated[Counts, Means("各种关系数")]
    hash: Annotated[str, Means("内容哈希：与导入的先后和图库引擎无关")]


class StatusDocument(TypedDict):
    """台账和图库的情况"""

    version: Annotated[str, Means("链谱的版本")]
    ledger: Annotated[LedgerStateDocument, Means("台账")]
    graph: Annotated[GraphStateDocument, Means("图库")]
    in_step: Annotated[bool, Means("图库与台账同步")]
    waiting: Annotated[list[WaitingDocument], Means("等待名称的行")]


class RebuildDocument(TypedDict):
    """重建的图库"""

    graph: Annotated[str, Means("地址，不含密码")]
    nodes: Annotated[Counts, Means("各类对象数")]
    edges: Annotated[Counts, Means("各种关系数")]
    hash: Annotated[str, Means("内容哈希")]
    in_step: Annotated[bool, Means("与台账同步")]
    seconds: Annotated[float, Means("用时，秒")]
