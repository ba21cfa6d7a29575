"""Every weight and threshold of the gap model, in one place; `gap_model.yaml` states the same for whoever changes one."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from graph.errors import BadConfig
from graph.text import norm

HONOURS = ("国家高新技术企业", "高新技术企业", "国高", "小巨人", "单项冠军", "隐形冠军")
NOT_HONOURS = (
    "培育", "入库", "后备", "科技型中小企业", "科技小巨人", "申报", "失效", "到期", "撤销", "研发中心", "研究院",
)  # fmt: skip
NOISE_PRODUCTS = (
    "其他", "其它", "合计", "总计", "小计", "产品", "商品", "材料", "服务", "贸易", "租赁", "租金", "房租", "国内", "国外",
    "境内", "境外", "出口", "进口", "内销", "外销", "边角料", "废料", "设备", "机械", "装备", "配件", "零件", "部件",
    "零部件", "组件", "元件", "器件", "系统", "仪器", "工具", "加工", "制造", "整机", "金属", "塑料", "原料", "原材料",
    "辅料", "耗材", "用品", "工程", "技术", "科技", "企业", "公司", "以上", "以下", "其中", "市场", "电商", "渠道", "品牌",
    "研发", "设计", "代工", "关联产业", "核心件", "硬件", "模块", "平台", "项目", "业务", "工业", "农业", "商业", "自产",
    "配套", "销售", "劳务", "利息", "投资", "产业", "自动化", "智能", "解决方案", "制品", "应用", "研发服务", "技术服务",
    "加工服务", "咨询服务", "设计服务", "运营服务", "运维服务", "检测", "集成", "健康", "大健康", "机构", "IP",
)  # fmt: skip
NOISE_PARTS = (
    "抵销", "抵消", "平衡项目", "调整项目", "合计", "总计", "分部", "未分配", "其他业务", "其他产品", "其他收入",
    "主营业务", "营业收入", "手续费", "材料销售", "废料", "贸易", "租赁", "出租", "适量", "少许", "打碎",
)  # fmt: skip
OTHER_THINGS = (
    "设备", "装备", "机械", "检测", "服务", "工程", "贸易", "模具", "刀具", "生产线", "软件", "清洗剂", "设计", "维修",
    "运输", "物流",
)  # fmt: skip
GENERAL_WORDS = ("整机", "制造", "生产", "加工", "总成", "成品", "产品", "制品")


def _parameter(default: Any, caption: str, meaning: str, unit: str = "") -> Any:
    return field(default=default, metadata={"caption": caption, "meaning": meaning, "unit": unit})


@dataclass(frozen=True, slots=True)
class GapConfig:
    """The parameters of the gap model, each with its caption, meaning and unit; see `parameters`."""

    weak_at_most: int = _parameter(2, "薄弱：在产企业不超过", "在产企业不超过几家为薄弱", "家")
    strong_at_least: int = _parameter(4, "优势：在产企业不少于", "在产企业达到几家才可能为优势", "家")
    strong_hhi: float = _parameter(0.30, "优势：集中度上限", "优势环节的集中度上限（各企业份额平方和，按真实产值）")
    concentrated_makers: int = _parameter(3, "集中：不少于几家时判断", "不少于几家时才判断“集中”")
    concentrated_hhi: float = _parameter(0.40, "集中：集中度超过", "集中度超过多少标“集中”")
    stable_sources: int = _parameter(2, "外购稳定：来源不少于", "外购来源不少于几个才算外购稳定", "个")
    single_source_hhi: float = _parameter(0.40, "来源单一：外购集中度超过", "外购集中度超过多少标“来源单一”")
    import_dependence: float = _parameter(0.50, "卡脖子：进口依存度不低于", "进口依存度达到多少且本地无企业为卡脖子")
    stale_years: int = _parameter(3, "数据陈旧：早于", "全部依据早于几年标“数据陈旧”", "年")
    grade_a: float = _parameter(1.0, "可信度 A 权重", "可信度 A 的权重")
    grade_b: float = _parameter(0.8, "可信度 B 权重", "可信度 B 的权重")
    grade_c: float = _parameter(0.5, "可信度 C 权重", "可信度 C 的权重")
    honours: tuple[str, ...] = _parameter(
        HONOURS, "优势环节要求的资质", "优势环节要求至少一家企业具有下列资质之一（名称包含即可）"
    )
    not_honours: tuple[str, ...] = _parameter(NOT_HONOURS, "不计入的资质用词", "名称含下列词的不算")
    weight_gap: float = _parameter(0.30, "得分权重：缺口", "“缺口”在优先级中的权重")
    weight_criticality: float = _parameter(0.25, "得分权重：关键性", "“关键性”在优先级中的权重")
    weight_concentration: float = _parameter(0.15, "得分权重：集中度", "“集中度”在优先级中的权重")
    weight_external: float = _parameter(0.15, "得分权重：外部依赖", "“外部依赖”在优先级中的权重")
    weight_feasibility: float = _parameter(0.15, "得分权重：可行性", "只用于目标值的说明，不进入优先级")
    scores_at_least: int = _parameter(
        2, "排名：有数据的得分不少于", "优先级的四项得分中至少几项有数据才排名，不足为“资料不足不排名”", "项"
    )
    external_floor: float = _parameter(0.25, "外部依赖：外购集中度不低于", "外购再分散，按不低于此集中度计")
    quotient_prior: float = _parameter(
        2.0, "区位商：向 1 收缩的力度", "区位商向 1 收缩的力度：相当于多少家应有企业", "家"
    )
    regions_at_least: int = _parameter(
        20, "区域比较：地区不少于", "有共同环节的县（市、区）不足几个时，不作区域比较", "个"
    )
    sensitivity_spread: float = _parameter(0.20, "敏感性：权重浮动", "敏感性：权重上下浮动多少")
    sensitivity_draws: int = _parameter(500, "敏感性：抽取权重", "敏感性：抽取几组权重", "组")
    candidate_gain: float = _parameter(0.30, "招商候选：落地后的改善", "落地后的改善")
    candidate_match: float = _parameter(0.25, "招商候选：产品吻合 × 营收占比", "产品与环节的吻合 × 营收占比")
    candidate_ties: float = _parameter(0.15, "招商候选：本地联系", "与本地企业的供应、客户、技术联系")
    candidate_reach: float = _parameter(0.15, "招商候选：可招性", "可招性：距离、已有联系、规模是否相称")
    candidate_scale: float = _parameter(0.10, "招商候选：规模与资质", "规模与资质，封顶")
    candidate_signals: float = _parameter(0.05, "招商候选：迹象", "已签约、在建、承担本地项目")
    candidate_risk: float = _parameter(0.10, "招商候选：风险（扣分）", "风险标志，扣分")
    unknown_share: float = _parameter(0.50, "产品比对：未填的营收占比按", "营收占比没有填写时按多少计")
    match_at_least: float = _parameter(0.3, "产品比对：吻合度不低于", "产品与环节吻合度低于多少不列")
    minor_share: float = _parameter(0.02, "产品比对：营收占比不低于", "占营收不到多少的产品，不当作该企业的产品")
    common_at_most: int = _parameter(
        180, "产品比对：同一词尾的产品不多于", "多于几个产品以某词结尾时，该词太宽泛，不能代表具体环节", "个"
    )
    noise_products: tuple[str, ...] = _parameter(
        NOISE_PRODUCTS, "产品比对：不当作产品的说法", "会计科目和含糊的说法不当作产品（整词）"
    )
    noise_parts: tuple[str, ...] = _parameter(
        NOISE_PARTS, "产品比对：名称含有即不是产品", "名称含下列字样的不是产品：会计科目、贸易租赁、菜谱半句"
    )
    other_things: tuple[str, ...] = _parameter(
        OTHER_THINGS,
        "产品比对：词后另成一物",
        "产品名称在所找的词之后以下列词结尾，说的是另一样东西（锯条设备不是锯条）",
    )
    general_words: tuple[str, ...] = _parameter(
        GENERAL_WORDS, "产品比对：可去掉的环节词尾", "环节名称末尾只表示“做”或“东西”的词，比对时可去掉"
    )

    def grade(self, letter: str) -> float:
        """The weight of a grade of credibility."""
        return {"A": self.grade_a, "B": self.grade_b}.get(letter, self.grade_c)


def load_config(mapping: Mapping[str, Any], where: str | None = None) -> GapConfig:
    """A configuration from parsed YAML; what is not named keeps its default.

    Raises BadConfig with every fault at once, `where` being the file. Example:

    >>> load_config({"weak_at_most": 3}).weak_at_most
    3
    """
    kinds = {f.name: str(f.type) for f in fields(GapConfig)}
    faults: list[str] = []
    values: dict[str, Any] = {}
    for name, value in mapping.items():
        kind = kinds.get(str(name))
        if kind is None:
            faults.append(f"不认识的参数 {name}")
        elif kind.startswith("tuple"):
            if isinstance(value, list) and all(isinstance(v, str) for v in value):
                values[name] = tuple(value)
            else:
                faults.append(f"{name} 应是文字列表")
        elif isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= sys.float_info.max:
            faults.append(f"{name} 应是不小于 0 的数，现在是 {value}")
        elif kind == "int" and not float(value).is_integer():
            faults.append(f"{name} 应是整数，现在是 {value}")
        else:
            values[name] = int(value) if kind == "int" else float(value)
    if not faults and values.get("weak_at_most", 2) >= values.get("strong_at_least", 4):
        faults.append("weak_at_most 应小于 strong_at_least")
    if faults:
        raise BadConfig(faults, where)
    return GapConfig(**values)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as people read it, with the value in force."""

    name: str
    caption: str  # with its unit
    meaning: str
    value: str
    default: str

    @property
    def changed(self) -> bool:
        """Whether the home has a value of its own."""
        return self.value != self.default


def parameters(config: GapConfig) -> Iterator[Parameter]:
    """All parameters in their order.

    >>> first = next(parameters(load_config({"weak_at_most": 3})))
    >>> first.caption, first.value, first.default, first.changed
    ('薄弱：在产企业不超过（家）', '3', '2', True)
    """
    for f in fields(GapConfig):
        unit = f.metadata["unit"]
        caption = f"{f.metadata['caption']}（{unit}）" if unit else f.metadata["caption"]
        yield Parameter(f.name, caption, f.metadata["meaning"], _shown(getattr(config, f.name)), _shown(f.default))


def _shown(value: object) -> str:
    return "、".join(value) if isinstance(value, tuple) else f"{value:g}"


def counts_as_honour(text: str, config: GapConfig) -> bool:
    """Whether a qualification is one that a 强链 needs.

    >>> [counts_as_honour(t, GapConfig()) for t in ("国高(2023)", "国家专精特新“小巨人”(第三批)", "省隐形冠军")]
    [True, True, True]
    >>> [counts_as_honour(t, GapConfig()) for t in ("隐形冠军培育企业", "省专精特新中小企业", "市科技小巨人")]
    [False, False, False]
    """
    bare = re.sub(r"[\s\"'“”‘’「」『』《》]", "", norm(text))
    return any(w in bare for w in config.honours) and not any(w in bare for w in config.not_honours)
