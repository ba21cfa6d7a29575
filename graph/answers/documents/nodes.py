"""The documents of `lianpu show`, `search` and `review`, and of one row of the ledger."""

from __future__ import annotations

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from graph.answers.documents.ledger import BatchDocument
from graph.answers.documents.parts import Cell, Counts, Means, SourceDocument


class AlternativeDocument(TypedDict):
    """另一种说法"""

    value: Annotated[Cell, Means("值")]
    source: Annotated[SourceDocument, Means("来源行")]


class ValueDocument(TypedDict):
    """一个值和它的来源"""

    value: Annotated[Cell, Means("值")]
    source: Annotated[SourceDocument | None, Means("来源行")]
    also: Annotated[list[SourceDocument], Means("说法相同的其他行")]
    alternatives: Annotated[list[AlternativeDocument], Means("不同的说法")]
    extra: Annotated[bool, Means("是模板以外的附加列")]


class EdgeAlternativeDocument(TypedDict):
    """一条关系的另一种说法"""

    value: Annotated[dict[str, Cell], Means("各列的值")]
    source: Annotated[SourceDocument, Means("来源行")]


class EdgeDocument(TypedDict):
    """一条关系"""

    relation: Annotated[str, Means("关系代码")]
    caption: Annotated[str, Means("关系")]
    direction: Annotated[str, Means("out 由它指出，in 指向它")]
    kind: Annotated[str, Means("另一端的类别")]
    name: Annotated[str, Means("另一端的名称")]
    id: Annotated[str, Means("另一端的标识")]
    values: Annotated[dict[str, Cell], Means("各列的值")]
    source: Annotated[SourceDocument | None, Means("来源行")]
    also: Annotated[list[SourceDocument], Means("说法相同的其他行")]
    alternatives: Annotated[list[EdgeAlternativeDocument], Means("不同的说法")]


class NodeDocument(TypedDict):
    """一个对象的全部内容"""

    kind: Annotated[str, Means("类别")]
    name: Annotated[str, Means("名称")]
    id: Annotated[str, Means("标识")]
    values: Annotated[dict[str, ValueDocument], Means("各列的值和来源")]
    edges: Annotated[list[EdgeDocument], Means("关系")]


class HitDocument(TypedDict):
    """一个找到的对象"""

    kind: Annotated[str, Means("类别")]
    name: Annotated[str, Means("名称")]
    id: Annotated[str, Means("标识")]
    county: Annotated[str | None, Means("县（市、区）")]
    chain: Annotated[str | None, Means("产业链")]
    matched: Annotated[str, Means("相符的字：名称、曾用名、代码或产品")]


class SearchDocument(TypedDict):
    """按名称、曾用名、代码、产品、所在地找到的，相符的在前"""

    hits: Annotated[list[HitDocument], Means("找到的对象，至多 200 个")]
    total: Annotated[int, Means("一共找到几个")]
    counts: Annotated[Counts, Means("按类别，各几个")]


class SuggestedGroupDocument(TypedDict):
    """一个类别里最相符的几个"""

    kind: Annotated[str, Means("类别")]
    total: Annotated[int, Means("这一类别一共几个")]
    hits: Annotated[list[HitDocument], Means("最相符的，至多 5 个")]


class SuggestionsDocument(TypedDict):
    """输入时的提示"""

    groups: Annotated[list[SuggestedGroupDocument], Means("按类别，最相符的类别在前，至多 6 个类别")]
    total: Annotated[int, Means("一共找到几个")]
    counts: Annotated[Counts, Means("按类别，各几个")]


class RowCellDocument(TypedDict):
    """一行里的一个单元格"""

    field: Annotated[str, Means("列名")]
    where: Annotated[str, Means("位置，如 企业!B17")]
    value: Annotated[Cell, Means("内容")]
    refers: Annotated[list[str], Means("指向哪些类别")]


class RowDocument(TypedDict):
    """台账里的一行，按原样"""

    kind: Annotated[str, Means("表")]
    name: Annotated[str, Means("名称")]
    where: Annotated[str, Means("位置，如 企业!A17")]
    source: Annotated[SourceDocument, Means("来源行")]
    cells: Annotated[list[RowCellDocument], Means("单元格")]
    extras: Annotated[dict[str, Cell], Means("附加列")]


class MentionDocument(TypedDict):
    """一个单元格说到的对象"""

    field: Annotated[str, Means("列名")]
    kind: Annotated[str, Means("类别")]
    name: Annotated[str, Means("单元格里的写法")]
    id: Annotated[str, Means("对象的标识")]


class LoadedRowDocument(RowDocument):
    """台账里的一行，它说到的对象，和带来它、撤下它的批次"""

    mentions: Annotated[list[MentionDocument], Means("说到的对象；认不出、不唯一的不列")]
    loaded: Annotated[BatchDocument, Means("带来它的批次")]
    withdrawn: Annotated[BatchDocument | None, Means("撤下它的批次")]


class BatchRowsDocument(BatchDocument):
    """一个批次和它的行"""

    brought: Annotated[list[RowDocument], Means("带来的行，至多 500")]
    withdrew: Annotated[list[RowDocument], Means("撤下的行，至多 500")]


class KnownDocument(TypedDict):
    """有助于区分两个对象的值，不清楚的不写"""

    county: NotRequired[Annotated[str, Means("县（市、区）")]]
    location: NotRequired[Annotated[str, Means("所在地")]]
    code: NotRequired[Annotated[str, Means("代码")]]
    state: NotRequired[Annotated[str, Means("状态")]]
    type: NotRequired[Annotated[str, Means("类型")]]
    aliases: NotRequired[Annotated[str, Means("曾用名")]]
    stage: NotRequired[Annotated[str, Means("阶段")]]


class NamedDocument(KnownDocument):
    """待核对的名称；环节写 县/链/环节"""

    name: Annotated[str, Means("名称")]
    waits: Annotated[bool, Means("有行提到它，还没有行定义它")]
    rows: Annotated[list[SourceDocument], Means("提到它的行，至多 5")]


class MayBeDocument(NamedDocument):
    """可能与之相同的名称"""

    score: Annotated[float, Means("相似度，0 到 1")]
    reasons: Annotated[list[str], Means("理由")]


class SameDocument(NamedDocument):
    """可能是同一个的名称"""

    kind: Annotated[str, Means("类别")]
    candidates: Annotated[list[MayBeDocument], Means("可能与之相同的名称，最像的在前")]


class SuggestionDocument(TypedDict):
    """可以归入的环节"""

    segment: Annotated[str, Means("县/链/环节")]
    evidence: Annotated[str, Means("依据：强、中、弱")]
    score: Annotated[float, Means("相符度，0 到 1")]
    words: Annotated[list[str], Means("相符的词")]
    reasons: Annotated[list[str], Means("理由")]


class PlacingDocument(KnownDocument):
    """没有写明环节的企业"""

    firm: Annotated[str, Means("企业")]
    text: Annotated[str, Means("依据的文字")]
    rows: Annotated[list[SourceDocument], Means("提到它的行，至多 5")]
    suggestions: Annotated[list[SuggestionDocument], Means("可以归入的环节，依据强的在前")]


class AlikeDocument(TypedDict):
    """按规则已合并的两个名称"""

    kind: Annotated[str, Means("类别")]
    name: Annotated[str, Means("用的名称")]
    id: Annotated[str | None, Means("它的标识")]
    other: Annotated[str, Means("另一个名称")]
    why: Annotated[str, Means("理由")]


class DecidedDocument(TypedDict):
    """一个已作的决定"""

    decision: Annotated[str, Means("合并、不合并、归入环节、不归入环节")]
    kind: Annotated[str, Means("类别")]
    name: Annotated[str, Means("名称")]
    other: Annotated[str, Means("对象")]
    reason: Annotated[str | None, Means("理由")]
    by: Annotated[str | None, Means("决定人")]
    on: Annotated[str | None, Means("决定时间")]
    source: Annotated[SourceDocument | None, Means("来源行")]


class MayBeLeadDocument(TypedDict):
    """一条招商线索，或一个招引项目"""

    kind: Annotated[str, Means("招商线索 或 项目")]
    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("名称")]
    path: Annotated[str, Means("决定里的写法：县/链/名称")]
    code: Annotated[str | None, Means("编码")]
    money: Annotated[float | None, Means("协议投资额或项目金额，万元")]
    rows: Annotated[list[SourceDocument], Means("它的行，至多 5")]


class LeadDoubleDocument(TypedDict):
    """可能是同一个投资的两条"""

    one: Annotated[MayBeLeadDocument, Means("一条")]
    other: Annotated[MayBeLeadDocument, Means("另一条")]
    reasons: Annotated[list[str], Means("理由")]
    leads: Annotated[bool, Means("两条都是招商线索：可以决定合并；否则填同一个编码")]


class ReviewCountDocument(TypedDict):
    """各类共有几条"""

    same: Annotated[int, Means("可能相同的名称")]
    placing: Annotated[int, Means("可以归入环节的企业")]
    alike: Annotated[int, Means("按规则已合并的名称")]
    decided: Annotated[int, Means("已作的决定")]
    leads: Annotated[int, Means("可能是同一个投资的招商线索")]


class ReviewDocument(TypedDict):
    """待核对的名称和企业，及已作的决定"""

    count: Annotated[ReviewCountDocument, Means("各类共有几条")]
    same: Annotated[list[SameDocument], Means("可能是同一个的名称")]
    placing: Annotated[list[PlacingDocument], Means("可以归入环节的企业")]
    alike: Annotated[list[AlikeDocument], Means("按规则已合并的名称")]
    decided: Annotated[list[DecidedDocument], Means("已作的决定，新的在前")]
    leads: Annotated[list[LeadDoubleDocument], Means("可能是同一个投资的招商线索")]
