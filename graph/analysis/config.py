"""Every weight and threshold of the gap model, in one place; text and defaults live in gap_model.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from graph.errors import BadConfig
from graph.text import norm


@dataclass(frozen=True, slots=True)
class GapConfig:
    """Thresholds of the statuses and flags. The defaults are those of `graph/analysis/gap_model.yaml`."""

    weak_at_most: int = 2  # N up to which a segment is 弱链
    strong_at_least: int = 4  # N from which it can be 强链
    strong_hhi: float = 0.30
    concentrated_makers: int = 3
    concentrated_hhi: float = 0.40
    stable_sources: int = 2
    single_source_hhi: float = 0.40
    import_dependence: float = 0.50
    stale_years: int = 3
    grade_a: float = 1.0
    grade_b: float = 0.8
    grade_c: float = 0.5
    honours: tuple[str, ...] = ("国家高新技术企业", "高新技术企业", "国高", "小巨人", "单项冠军", "隐形冠军")
    not_honours: tuple[str, ...] = (
        "培育", "入库", "后备", "科技型中小企业", "科技小巨人", "申报", "失效", "到期", "撤销", "研发中心", "研究院",
    )  # fmt: skip
    weight_gap: float = 0.30
    weight_criticality: float = 0.25
    weight_concentration: float = 0.15
    weight_external: float = 0.15
    weight_feasibility: float = 0.15
    external_floor: float = 0.25
    regions_at_least: int = 20
    quotient_prior: float = 2.0
    sensitivity_spread: float = 0.20
    sensitivity_draws: int = 500
    candidate_gain: float = 0.30
    candidate_match: float = 0.25
    candidate_ties: float = 0.15
    candidate_reach: float = 0.15
    candidate_scale: float = 0.10
    candidate_signals: float = 0.05
    candidate_risk: float = 0.10
    unknown_share: float = 0.50
    match_at_least: float = 0.45
    common_at_most: int = 180  # products ending with a word, beyond which the word alone says too little
    noise_products: tuple[str, ...] = (
        "其他", "其它", "合计", "总计", "小计", "产品", "商品", "材料", "服务", "贸易", "租赁", "租金", "房租", "国内", "国外",
        "境内", "境外", "出口", "进口", "内销", "外销", "边角料", "废料", "设备", "机械", "装备", "配件", "零件", "部件",
        "零部件", "组件", "元件", "器件", "系统", "仪器", "工具", "加工", "制造", "整机", "金属", "塑料", "原料", "原材料",
        "辅料", "耗材", "用品", "工程", "技术", "科技", "企业", "公司", "以上", "以下", "其中", "市场", "电商", "渠道", "品牌",
        "研发", "设计", "代工", "关联产业", "核心件", "硬件", "模块", "平台", "项目", "业务", "工业", "农业", "商业", "自产",
        "配套", "销售", "劳务", "利息", "投资", "产业", "自动化", "智能", "解决方案",
        "制品", "应用", "研发服务", "技术服务", "加工服务", "咨询服务", "设计服务", "运营服务", "运维服务", "检测", "集成", "健康", "大健康", "机构", "IP",
    )  # fmt: skip
    noise_parts: tuple[str, ...] = (
        "抵销", "抵消", "平衡项目", "调整项目", "合计", "总计", "分部", "未分配", "其他业务", "其他产品", "其他收入", "主营业务",
        "营业收入", "手续费", "材料销售", "废料", "贸易", "租赁", "出租", "适量", "少许", "打碎",

    )  # fmt: skip
    general_words: tuple[str, ...] = ("整机", "制造", "生产", "加工", "总成", "成品", "产品", "制品")
    minor_share: float = 0.02  # of revenue: a product that brings less is not what a firm makes

    def grade(self, letter: str) -> float:
        """The weight of a grade of credibility."""
        return {"A": self.grade_a, "B": self.grade_b}.get(letter, self.grade_c)


def load_config(mapping: Mapping[str, Any]) -> GapConfig:
    """A configuration from parsed YAML; what is not named keeps its default.

    Raises BadConfig with every fault at once. Example:

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
        elif isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
            faults.append(f"{name} 应是不小于 0 的数，现在是 {value}")
        elif kind == "int" and not float(value).is_integer():
            faults.append(f"{name} 应是整数，现在是 {value}")
        else:
            values[name] = int(value) if kind == "int" else float(value)
    if not faults and values.get("weak_at_most", 2) >= values.get("strong_at_least", 4):
        faults.append("weak_at_most 应小于 strong_at_least")
    if faults:
        raise BadConfig(faults)
    return GapConfig(**values)


def counts_as_honour(text: str, config: GapConfig) -> bool:
    """Whether a qualification is one that a 强链 needs.

    >>> [counts_as_honour(t, GapConfig()) for t in ("国高(2023)", "国家专精特新“小巨人”(第三批)", "省隐形冠军")]
    [True, True, True]
    >>> [counts_as_honour(t, GapConfig()) for t in ("隐形冠军培育企业", "省专精特新中小企业", "市科技小巨人")]
    [False, False, False]
    """
    said = re.sub(r"[\s\"'“”‘’「」『』《》]", "", norm(text))
    return any(w in said for w in config.honours) and not any(w in said for w in config.not_honours)
