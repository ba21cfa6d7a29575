"""The documents of 供需对接: what people decided, who meets at an event, what a chain's library holds."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.parts import ChainNameDocument, Means, SourceDocument


class RefusedDocument(TypedDict):
    """对接未成的一个对象"""

    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("名称")]
    kind: Annotated[str, Means("类别")]
    reason: Annotated[str | None, Means("为什么未成")]
    date: Annotated[str | None, Means("哪一天")]


class PairStepDocument(TypedDict):
    """对接的一步"""

    date: Annotated[str | None, Means("日期")]
    state: Annotated[str | None, Means("这一步写的状态")]
    reason: Annotated[str | None, Means("理由")]
    note: Annotated[str | None, Means("说明")]
    evidence: Annotated[list[SourceDocument], Means("这一行")]


class PairDocument(TypedDict):
    """一项需求和一个对象的对接"""

    id: Annotated[str, Means("对接的标识")]
    need: Annotated[str, Means("技术需求")]
    need_id: Annotated[str, Means("需求的标识")]
    chains: Annotated[list[ChainNameDocument], Means("需求所在产业链")]
    object: Annotated[str, Means("对象")]
    object_id: Annotated[str, Means("对象的标识")]
    object_kind: Annotated[str, Means("对象的类别：科技成果、高校院所、平台、人才")]
    holders: Annotated[list[str], Means("持有单位、依托单位或任职单位")]
    state: Annotated[str, Means("推荐、已联系、洽谈、签约、未成")]
    since: Annotated[str | None, Means("到这一步的日期")]
    last: Annotated[str | None, Means("最后一条记录的日期")]
    reason: Annotated[str | None, Means("理由")]
    handler: Annotated[str | None, Means("经办")]
    office: Annotated[str | None, Means("单位")]
    note: Annotated[str | None, Means("说明")]
    events: Annotated[list[str], Means("在哪些对接会上对接")]
    firms: Annotated[list[str], Means("参加对接的企业；没有写明时为需求的提出企业")]
    changed: Annotated[bool, Means("未成以后需求或对象内容有变，可再对接")]
    findings: Annotated[list[str], Means("发现的问题")]
    history: Annotated[list[PairStepDocument], Means("各步，先后为序")]


class PairsDocument(TypedDict):
    """各项对接到了哪一步"""

    at: Annotated[str, Means("按哪一天")]
    pairs: Annotated[list[PairDocument], Means("靠后的状态在前，未成的在最后")]
    states: Annotated[dict[str, int], Means("各状态几对")]


class MeetingRowDocument(TypedDict):
    """对接会上的一对"""

    chain: Annotated[str, Means("产业链")]
    category: Annotated[str | None, Means("需求类别：共性、关键")]
    raised_by: Annotated[list[str], Means("提出企业")]
    why: Annotated[str, Means("为何推荐：得分高的几个词；没有时为空")]
    pair: Annotated[PairDocument, Means("对接")]


class MeetingDocument(TypedDict):
    """一场对接会：哪些需求、成果和企业见面"""

    event: Annotated[str, Means("活动")]
    event_id: Annotated[str, Means("活动的标识")]
    type: Annotated[str | None, Means("类型")]
    date: Annotated[str | None, Means("日期")]
    county: Annotated[str | None, Means("县（市、区）")]
    chain: Annotated[str | None, Means("产业链")]
    rows: Annotated[list[MeetingRowDocument], Means("各对，按需求排")]
    needs: Annotated[int, Means("需求数")]
    firms: Annotated[list[str], Means("参加的企业")]
    file: Annotated[str | None, Means("写出的清单")]


class EventDocument(TypedDict):
    """一场活动"""

    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("名称")]
    type: Annotated[str | None, Means("类型")]
    date: Annotated[str | None, Means("日期")]
    county: Annotated[str | None, Means("县（市、区）")]
    chain: Annotated[str | None, Means("产业链")]
    pairs: Annotated[int, Means("对接会清单上有几对")]


class LibraryResultDocument(TypedDict):
    """成果库里的一项成果"""

    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("名称")]
    level: Annotated[str | None, Means("入库级别；没有入库为 null")]
    type: Annotated[str | None, Means("类型")]
    phase: Annotated[str | None, Means("阶段")]
    year: Annotated[int | None, Means("年份")]
    holders: Annotated[list[str], Means("持有单位")]
    needs: Annotated[list[str], Means("对应的技术需求")]
    evidence: Annotated[list[SourceDocument], Means("成果的行")]


class CommissionerDocument(TypedDict):
    """一名科技专员、特派员或专家"""

    id: Annotated[str, Means("标识")]
    name: Annotated[str, Means("姓名或团队")]
    type: Annotated[str | None, Means("类型")]
    team: Annotated[str | None, Means("团队")]
    office: Annotated[list[str], Means("任职单位")]
    technologies: Annotated[list[str], Means("擅长的关键技术")]
    evidence: Annotated[list[SourceDocument], Means("人才的行")]


class LibraryCountDocument(TypedDict):
    """计划要数的一个数"""

    measure: Annotated[str, Means("口径")]
    value: Annotated[float | None, Means("台账算出的数；没有登记过这一类为 null")]
    unit: Annotated[str, Means("单位")]
    evidence: Annotated[list[SourceDocument], Means("算它的行")]


class LibraryDocument(TypedDict):
    """一条产业链的成果库和科技专员"""

    county: Annotated[str, Means("县（市、区）")]
    chain: Annotated[str, Means("产业链")]
    chain_id: Annotated[str, Means("产业链的标识")]
    counts: Annotated[list[LibraryCountDocument], Means("计划要数的数，与目标进度同一口径")]
    results: Annotated[list[LibraryResultDocument], Means("成果，入库级别高的在前")]
    people: Annotated[list[CommissionerDocument], Means("科技专员、特派员、专家")]
    teams: Annotated[list[str], Means("科技专员的团队")]
