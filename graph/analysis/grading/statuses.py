"""The statuses, flags and scores of the gap model: one row each, read by whatever lists them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass

from graph.analysis.config import GapConfig
from graph.analysis.supply.segment import SegmentSupply

UNRANKED = "资料不足不排名"
UNKNOWN_COUNT = "—"
TOO_FEW_REGIONS = "区域样本不足，不计算"


@dataclass(frozen=True, slots=True)
class Status:
    """What a segment can be.

    `tried`: when its rule is tried, the first that applies counts. `gravity`: 0 is what asks for action first.
    `level`: how far it is from broken, where another producer can raise it. `plain` is the whole reason, `task` the
    next step and `remedy` the main action, where the status alone tells them.
    """

    code: str
    caption: str
    verb: str  # the action that it calls for
    when: str
    tried: int
    gravity: int
    level: int | None = None
    graded: bool = True  # known, and no market: it has scores
    is_gap: bool = False  # one to recruit for
    plain: str = ""
    task: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """What adds to a status. `pale`: to be checked first, so never drawn in an alarming colour."""

    name: str
    when: str
    pale: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """A score of a segment, 0 to 100. `weight` names its parameter; `weighed` ones make the priority."""

    name: str
    caption: str
    weight: str
    how: str
    weighed: bool = True


STATUSES: dict[str, Status] = {
    s.code: s
    for s in (
        Status(
            "强链", "优势", "领跑", tried=7, gravity=7, level=4,
            when="N ≥ {strong_at_least}，按真实产值 HHI ≤ {strong_hhi}，有高新、小巨人等资质的企业，并有平台或成果",
            remedy="领跑：牵头标准和攻关，带动配套",
        ),
        Status(
            "稳链", "稳定", "巩固", tried=8, gravity=6, level=3, when="其余",
            remedy="巩固：支持技改、创牌和研发机构建设",
        ),
        Status(
            "弱链", "薄弱", "强链", tried=6, gravity=3, level=2, is_gap=True, when="N ≤ {weak_at_most}",
            remedy="强链：扶持现有企业，招引“{}”同类企业",
        ),
        Status(
            "缺链", "缺失", "补链", tried=4, gravity=2, level=1, is_gap=True,
            when="N = 0，又是某个 N ≥ 1 的环节直接或间接必需的输入",
        ),
        Status("断链", "断点", "补链", tried=2, gravity=0, level=0, is_gap=True, when="N ≥ 1，而某个必需的输入得不到"),
        Status(
            "卡脖子", "卡脖子", "攻关", tried=3, gravity=1, level=1, is_gap=True,
            when="N = 0，在管制清单内或进口依存度 ≥ {import_dependence:.0%}",
            task="列入攻关，或有1家企业投产", remedy="攻关：把“{}”列入技术攻关，联合平台和团队揭榜",
        ),
        Status(
            "空白", "空白", "延链", tried=5, gravity=4, level=1, is_gap=True, when="其余 N = 0",
            plain="本地没有在产企业，也没有在产环节必需它。", task="是否延链由规划决定，不计距离", remedy="延链：条件成熟时引入“{}”",
        ),
        Status(
            "未知", "未摸底", "调查", tried=1, gravity=5, graded=False,
            when="不知道本地有没有：没有调查、没有家数、没有企业记录。没有记录不等于缺",
            plain="还没有摸底：没有在产企业的记录，也没有统计家数，不能判断强弱。", task="先摸底“{}”：填写已调查和在产企业",
            remedy="调查：“{}”本地有哪些企业在产，原料和部件从哪里买",
        ),
        Status(
            "不适用", "应用", "", tried=0, gravity=8, graded=False, when="阶段是“应用”：市场，画出来，不评价",
            plain="这是应用市场，不参与评定。",
        ),
    )
}  # fmt: skip
BY_GRAVITY = tuple(sorted(STATUSES, key=lambda code: STATUSES[code].gravity))  # the gravest first

FLAGS: dict[str, Flag] = {
    f.name: f
    for f in (
        Flag("外部依赖", "外购占比大于 0"),
        Flag("协同", "本地没有，市内别处有，或别县的链有企业做同名、同产品的环节，或已把同样的东西供给本环节的用户：先合作，再谈招引"),
        Flag("待核实", "必需的输入只是因为供给没有摸底才按可得处理", pale=True),
        Flag("样本不全", "报告的家数多于列名；或只凭企业记录知道，家数只是下限：显示“暂估”“至少n家”，不排名，先补名单"),
        Flag("份额按家数", "产值不全，份额按家数平分"),
        Flag("状态未注明", "有企业没有写状态，按在产"),
        Flag("归属未注明", "有企业没有写县市区和所在地，按本地"),
        Flag("集中", "列名 ≥ {concentrated_makers} 家，按真实产值 HHI > {concentrated_hhi}"),
        Flag("单企支撑", "只有一家，且有资质：培育第二家"),
        Flag("外购稳定", "缺链，外购来源 ≥ {stable_sources} 个，来源集中度 ≤ {single_source_hhi}：稳供，排在其他缺口之后"),
        Flag("来源单一", "本地没有，外购只有一个来源或集中度 > {single_source_hhi}"),
        Flag("外购来源未登记", "缺链或卡脖子，而供给没有摸底"),
        Flag("上级未细分", "本环节没有，而企业直接记在上级环节：先落到本环节；企业的产品名就是本环节的，待核对页有一条归入建议", pale=True),
        Flag("汇总", "有下级环节，自己没有企业和家数：不进合计，不排名；有的算一个环节"),
        Flag("数据陈旧", "全部带日期的依据早于 {stale_years} 年"),
        Flag("相对薄弱", "收缩后的区位商，95% 区间整个低于 1"),
        Flag("与在产矛盾", "断链，但没有带日期的停产能解释：显示为“断点·待核实”，请补外购来源", pale=True),
    )
}  # fmt: skip
PALE_FLAGS = frozenset(f.name for f in FLAGS.values() if f.pale)

SCORES: dict[str, Score] = {
    s.name: s
    for s in (
        Score("gap", "缺口", "weight_gap", "N = 0 得 100；否则 100 × 外购占比 X；X 没有填写就不计"),
        Score("criticality", "关键性", "weight_criticality", "得不到本环节时，本链在产环节停下的部分占本链产值的百分比；现在就得不到的，补上后恢复的部分；产值不全按环节数"),
        Score("concentration", "集中度", "weight_concentration", "100 × HHI；没有列名企业不计"),
        Score("external", "外部依赖", "weight_external", "100 × X × max(来源集中度, {external_floor})；X 没有填写不计"),
        Score("feasibility", "可行性", "weight_feasibility", "100 × 关联密度；有共同环节的地区不足 {regions_at_least} 个：" + TOO_FEW_REGIONS, weighed=False),
    )
}  # fmt: skip


def caption_of(segment: SegmentSupply, status: str, flags: Collection[str]) -> str:
    """What is shown of a status: a break that nothing explains is to be checked, a grade on a lower bound provisional."""
    caption = STATUSES[status].caption
    if status == "断链":
        return f"{caption}·待核实" if "与在产矛盾" in flags else caption
    return f"{caption}·暂估" if STATUSES[status].graded and segment.lower_bound else caption


def count_of(segment: SegmentSupply, status: str) -> str:
    """How many makers a segment has, as people read it; where nobody counted, at least so many, never none."""
    if not STATUSES[status].graded or (segment.lower_bound and not segment.total):
        return UNKNOWN_COUNT
    return f"至少{segment.total}家" if segment.lower_bound else f"{segment.total}家"


def filled(text: str, config: GapConfig) -> str:
    """The text of a row with the thresholds in force.

    >>> filled(STATUSES["弱链"].when, GapConfig())
    'N ≤ 2'
    """
    return text.format(**asdict(config))
