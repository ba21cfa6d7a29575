"""The document of `lianpu progress`: where every target stands, and what is due."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from graph.answers.documents.parts import Means, SourceDocument


class FiledDocument(TypedDict):
    """填报的数"""

    value: Annotated[float | bool, Means("数值；完成与否为 true/false")]
    unit: Annotated[str | None, Means("单位")]
    date: Annotated[str, Means("日期，按填报的写法")]
    source: Annotated[str | None, Means("佐证，没有时为来源")]
    reason: Annotated[str | None, Means("没有达到的原因")]
    measures: Annotated[str | None, Means("措施")]
    dissent: Annotated[str | None, Means("对台账数的不同意见")]
    verified: Annotated[str | None, Means("已核验 或 未核验")]
    evidence: Annotated[list[SourceDocument], Means("填报的行")]


class ComputedDocument(TypedDict):
    """由台账算出的数"""

    measure: Annotated[str, Means("口径")]
    value: Annotated[float | None, Means("数值，口径的单位；说不准时为 null")]
    lower: Annotated[float | None, Means("下限")]
    upper: Annotated[float | None, Means("上限；null 是可能更多")]
    blank: Annotated[int, Means("留空的行数")]
    unit: Annotated[str, Means("单位")]
    year: Annotated[int | None, Means("按哪一年的年报")]
    unknown_output: Annotated[int, Means("产值不详的企业数")]
    covers: Annotated[list[int] | None, Means("增幅按几家算，两年任一年有数的共几家")]
    rows: Annotated[list[SourceDocument], Means("算它的行")]


class PaceDocument(TypedDict):
    """进度"""

    expected: Annotated[float, Means("按时间应达到的部分，0 到 1")]
    actual: Annotated[float, Means("已达到的部分")]


class YearDocument(TypedDict):
    """每年的指标在一年里的情况"""

    year: Annotated[int, Means("年份")]
    value: Annotated[float | None, Means("这一年的数")]
    met: Annotated[str, Means("是、否、未知")]


class MovedDocument(TypedDict):
    """期限改过一次"""

    old: Annotated[str, Means("原期限")]
    new: Annotated[str, Means("新期限")]
    reason: Annotated[str, Means("理由")]
    approved_by: Annotated[str, Means("批准单位")]


class TargetDocument(TypedDict):
    """一个指标对一个对象的情况"""

    id: Annotated[str, Means("指标的标识")]
    plan: Annotated[str | None, Means("计划")]
    task: Annotated[str | None, Means("任务")]
    indicator: Annotated[str, Means("指标")]
    subject: Annotated[str, Means("对象")]
    subject_kind: Annotated[str, Means("全市、县市区、产业链、企业")]
    county: Annotated[str | None, Means("对象所在的县（市、区）")]
    comparator: Annotated[str | None, Means("比较")]
    asked: Annotated[str, Means("要求，用文字")]
    value: Annotated[float | None, Means("目标值")]
    unit: Annotated[str | None, Means("单位")]
    deadline: Annotated[str | None, Means("期限：最后一天，延期后的")]
    met: Annotated[str, Means("是否达标")]
    light: Annotated[str, Means("达标、正常、滞后、严重滞后、逾期、待核实、未报")]
    v: Annotated[float | bool | None, Means("计数的值，与目标值可比")]
    v_from: Annotated[str | None, Means("filed 填报的，computed 算出的")]
    filed: Annotated[FiledDocument | None, Means("填报的数")]
    computed: Annotated[ComputedDocument | None, Means("由台账算出的数")]
    at_deadline: Annotated[FiledDocument | None, Means("期限之前最后填报的数；期限未到时为 null")]
    pace: Annotated[PaceDocument | None, Means("进度；不随时间增长的为 null")]
    years: Annotated[list[YearDocument], Means("每年的指标逐年的情况")]
    days_left: Annotated[int | None, Means("离期限的天数，负数为已过")]
    flags: Annotated[list[str], Means("标志")]
    text: Annotated[str, Means("一句话：数、结论、接下来要做到什么")]
    owners: Annotated[list[str], Means("责任单位")]
    moved: Annotated[list[MovedDocument], Means("期限改过的各次")]
    suggested: Annotated[str | None, Means("口径未定时按名称建议的口径，待人确认")]
    evidence: Annotated[list[SourceDocument], Means("指标的行")]


class CountyLightsDocument(TypedDict):
    """一个县（市、区）的灯数；逾期、严重滞后、滞后多的在前"""

    county: Annotated[str, Means("县（市、区）")]
    lights: Annotated[dict[str, int], Means("各种灯的个数")]


class SpreadDocument(TypedDict):
    """各县市区或各产业链的指标合起来"""

    indicator: Annotated[str, Means("指标")]
    subject: Annotated[str, Means("各县市区 或 各产业链")]
    deadline: Annotated[str | None, Means("期限")]
    of: Annotated[int, Means("共几个")]
    met: Annotated[int, Means("达标几个")]
    text: Annotated[str, Means("一句话")]


class DueDocument(TypedDict):
    """快到期限、还没有达标的指标"""

    indicator: Annotated[str, Means("指标")]
    subject: Annotated[str, Means("对象")]
    deadline: Annotated[str, Means("期限")]
    days_left: Annotated[int, Means("天数")]
    within: Annotated[int, Means("30、60 或 90 天内")]
    light: Annotated[str, Means("灯")]


class ProgressDocument(TypedDict):
    """计划的目标进度"""

    at: Annotated[str, Means("按哪一天")]
    rule: Annotated[str, Means("判灯的规则和参数")]
    targets: Annotated[list[TargetDocument], Means("每个指标对每个对象一条")]
    counties: Annotated[list[CountyLightsDocument], Means("各县（市、区）的灯数")]
    spread: Annotated[list[SpreadDocument], Means("各县市区、各产业链的指标合计")]
    due: Annotated[list[DueDocument], Means("90 天内到期、还没有达标的")]
    file: Annotated[str | None, Means("写出的指标台账")]


class LeadStepDocument(TypedDict):
    """线索的一步"""

    date: Annotated[str | None, Means("日期")]
    stage: Annotated[str | None, Means("这一步写的阶段")]
    state: Annotated[str | None, Means("这一步写的状态")]
    note: Annotated[str | None, Means("说明")]
    evidence: Annotated[list[SourceDocument], Means("这一行")]


class LeadDocument(TypedDict):
    """一条招商线索今天的情况"""

    id: Annotated[str, Means("线索的标识")]
    name: Annotated[str, Means("项目名称")]
    code: Annotated[str | None, Means("编码")]
    county: Annotated[str | None, Means("县（市、区）")]
    chain: Annotated[str | None, Means("产业链")]
    segments: Annotated[list[str], Means("环节")]
    segment_ids: Annotated[list[str], Means("环节的标识")]
    firms: Annotated[list[str], Means("企业")]
    firm_ids: Annotated[list[str], Means("企业的标识")]
    investor: Annotated[str | None, Means("投资主体")]
    form: Annotated[str | None, Means("投资形态")]
    stage: Annotated[str, Means("阶段")]
    state: Annotated[str | None, Means("状态：正常、延期、搁置、流失")]
    lost: Annotated[bool, Means("是否流失")]
    since: Annotated[str | None, Means("到这一阶段的日期")]
    last: Annotated[str | None, Means("最后一条记录的日期")]
    stale: Annotated[str | None, Means("为什么算停滞；没有停滞为 null")]
    missing: Annotated[list[str], Means("到这一阶段应有而没有的")]
    findings: Annotated[list[str], Means("发现的问题")]
    firm_state: Annotated[str | None, Means("它使企业在环节上的状态成为什么")]
    verified: Annotated[bool, Means("是否已核验")]
    agreed: Annotated[float | None, Means("协议投资额，万元")]
    arrived: Annotated[float | None, Means("累计到资，万元")]
    arrived_this_year: Annotated[float | None, Means("当年到资，万元")]
    reason: Annotated[str | None, Means("原因")]
    gone_to: Annotated[str | None, Means("去向")]
    answered_by: Annotated[str | None, Means("责任单位")]
    owner: Annotated[str | None, Means("负责人")]
    next_step: Annotated[str | None, Means("下一步")]
    next_date: Annotated[str | None, Means("下一步日期")]
    note: Annotated[str | None, Means("说明")]
    history: Annotated[list[LeadStepDocument], Means("各步，先后为序")]


class StageMoneyDocument(TypedDict):
    """一些线索的钱，合计已填的；都没有填为 null"""

    agreed: Annotated[float | None, Means("协议投资额，万元")]
    arrived: Annotated[float | None, Means("累计到资，万元")]
    arrived_this_year: Annotated[float | None, Means("当年到资，万元")]


class LeadsDocument(StageMoneyDocument):
    """招商线索"""

    at: Annotated[str, Means("按哪一天")]
    leads: Annotated[list[LeadDocument], Means("停滞的在前，阶段靠后的在前，下一步日期近的在前")]
    stages: Annotated[dict[str, int], Means("各阶段几条，流失的不计")]
    money: Annotated[dict[str, StageMoneyDocument], Means("各阶段的钱，流失的不计")]
    stale: Annotated[int, Means("停滞几条")]
    lost: Annotated[int, Means("流失几条")]
    owners: Annotated[list[str], Means("有线索的负责人和责任单位")]


class ZeroFirmDocument(TypedDict):
    """清单上的一家企业"""

    firm: Annotated[str, Means("企业")]
    firm_id: Annotated[str, Means("企业的标识")]
    output: Annotated[float, Means("产值，万元")]
    said: Annotated[str | None, Means("否；留空待核实为 null")]
    six: Annotated[dict[str, bool | None], Means("六有各项，按它依托的平台；没有说明为 null")]
    platforms: Annotated[list[str], Means("它依托的平台")]
    evidence: Annotated[list[SourceDocument], Means("年报和平台的行")]


class ZeroListDocument(TypedDict):
    """一个县（市、区）的一张清单"""

    list: Annotated[str, Means("清单：亿元无机构、五千万无活动、五千万无机构")]
    about: Annotated[str, Means("哪些企业在清单上")]
    county: Annotated[str, Means("县（市、区）")]
    year: Annotated[int, Means("按哪一年的年报")]
    firms: Annotated[list[ZeroFirmDocument], Means("产值大的在前")]
    no: Annotated[int, Means("填否的家数")]
    blank: Annotated[int, Means("留空待核实的家数")]
    unknown_output: Annotated[int, Means("产值不详的家数")]
    unknown: Annotated[list[str], Means("产值不详的企业")]


class ZeroDocument(TypedDict):
    """清零清单"""

    year: Annotated[int | None, Means("最近的年报年份")]
    lists: Annotated[list[ZeroListDocument], Means("各县（市、区）的三张清单")]
    file: Annotated[str | None, Means("写出的清零清单")]


class ClimberDocument(TypedDict):
    """梯队里的一家企业"""

    firm: Annotated[str, Means("企业")]
    firm_id: Annotated[str, Means("企业的标识")]
    county: Annotated[str, Means("县（市、区）")]
    held: Annotated[list[str], Means("已在的梯级")]
    next: Annotated[str | None, Means("下一个梯级")]
    ready: Annotated[bool, Means("下一个梯级要看的都已具备")]
    shown: Annotated[list[str], Means("已具备的")]
    lacking: Annotated[list[str], Means("还缺的")]
    unsaid: Annotated[list[str], Means("年报没有说明的")]
    evidence: Annotated[list[SourceDocument], Means("资质和年报的行")]


class LadderDocument(TypedDict):
    """企业梯队"""

    at: Annotated[str, Means("按哪一天")]
    rungs: Annotated[dict[str, int], Means("各梯级的企业数")]
    firms: Annotated[list[ClimberDocument], Means("具备条件的在前")]


class TaskDocument(TypedDict):
    """一项任务"""

    id: Annotated[str, Means("任务的标识")]
    plan: Annotated[str | None, Means("计划")]
    code: Annotated[str | None, Means("编号")]
    name: Annotated[str, Means("任务")]
    parent: Annotated[str | None, Means("上级任务")]
    subject: Annotated[str, Means("对象")]
    subject_kind: Annotated[str, Means("全市、县市区、产业链、企业")]
    county: Annotated[str | None, Means("对象所在的县（市、区）")]
    leader: Annotated[str | None, Means("牵头领导")]
    owners: Annotated[list[str], Means("牵头单位")]
    helpers: Annotated[list[str], Means("配合单位")]
    person: Annotated[str | None, Means("责任人")]
    start: Annotated[str | None, Means("开始")]
    first_deadline: Annotated[str | None, Means("原期限")]
    deadline: Annotated[str | None, Means("期限，延期后的")]
    moved: Annotated[list[MovedDocument], Means("期限改过的各次")]
    days_left: Annotated[int | None, Means("离期限的天数，负数为已过")]
    progress: Annotated[str, Means("未开始、进行中、已完成、已取消；没有人报的是未报")]
    share: Annotated[float | None, Means("完成比例，0 到 1")]
    late: Annotated[bool, Means("过了期限还没有完成")]
    problems: Annotated[str | None, Means("存在问题")]
    next_step: Annotated[str | None, Means("下一步")]
    last: Annotated[str | None, Means("最近一次填报进展的日期")]
    milestones: Annotated[list[dict[str, str | None]], Means("节点：date 日期、text 内容")]
    note: Annotated[str | None, Means("说明")]
    evidence: Annotated[list[SourceDocument], Means("任务和进展的行")]


class TasksDocument(TypedDict):
    """任务"""

    at: Annotated[str, Means("按哪一天")]
    tasks: Annotated[list[TaskDocument], Means("按计划、编号")]
    counts: Annotated[dict[str, int], Means("各种进展的任务数")]
    late: Annotated[int, Means("过了期限还没有完成的")]
