"""A small city with a plan in which every light, flag and kind of answer stands once; every name is made up (示例)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from builders import BASICS, write_book

from graph.analysis.config import GapConfig
from graph.answers.state import State
from graph.city.city import open_city
from ingest.load.pipeline import load

DAY = date(2025, 11, 27)
PLAN, CHAIN = "示例三年行动方案", "示例锯床产业链"
TARGET = ("名称", "任务", "对象", "比较", "数值", "单位", "期限", "责任单位", "口径", "基期年", "基期值")
TARGETS = [
    ("立项数", "（三）实施一批技术攻关项目", "示例县", "累计≥", 15, "项", "2026-12", "示例科技局", "立项数", None, None),
    ("立项数", "（三）实施一批技术攻关项目", "示例县", "≥", 6, "项", "2024-12", "示例科技局", "立项数", None, None),
    ("方案编制", "（一）系统谋划一个工作方案", "示例县", "完成", None, None, "2024-04", "示例科技局", None, None, None),
    ("推介活动", "（四）开展成果推介活动", "示例县", "每年≥", 1, "场", "2026-12", "示例经信局", None, None, None),
    ("无机构企业清零", "（八）建设一批科创平台", "示例县", "清零", None, "家", "2025-12", None, "亿元无机构", None, None),
    ("研发活动覆盖率", "（八）建设一批科创平台", "示例县", "≥", 80, "%", "2026-12", "示例科技局", "研发活动覆盖率", None, None),
    ("需求数", "（二）梳理技术需求", CHAIN, "≥", 10, "项", "2025-12", "示例科技局", None, None, None),
    ("国高企业", None, "全市", "倍增", 2, "倍", "2028-12", "示例科技局", None, 2023, 6),
]  # fmt: skip
FILED = [
    ("立项数", "示例县", 4, "项", "2025-09-30", "项目储备不足", "每月调度", "还有两项没有录入"),
    ("方案编制", "示例县", "已完成", None, "2024-04-20", None, None, None),
    ("推介活动", "示例县", 1, "场", "2024-11-20", None, None, None),
    ("国高企业", "全市", 8, "家", "2025-06-30", None, None, None),
]
TASK = (
    "名称",
    "编号",
    "上级任务",
    "对象",
    "牵头领导",
    "牵头单位",
    "配合单位",
    "责任人",
    "开始",
    "期限",
    "节点",
    "进展",
    "说明",
)
TASKS = [
    ("系统谋划一个工作方案", "1", None, "示例县", "示例副县长", "示例科技局", None, None, "2024-01", "2024-04", None, "已完成", None),
    ("实施一批技术攻关项目", "3", None, "全市", None, "示例科技局", "示例经信局", None, "2024-01", "2026-12", None, "进行中", None),
    ("组织联合攻关", "3.1", "3", "示例县", None, None, None, "示例某", "2025-03-05", "2025-09", "2025-06 揭榜；2025-09 签约", "进行中", "组建联合体"),
]  # fmt: skip
REPORT = ("企业", "年份", "规上", "产值(万元)", "研发活动", "研发机构")
SHEETS: dict[str, Any] = {
    **BASICS,
    "计划": [("名称", "起始年", "结束年"), (PLAN, 2024, 2026)],
    "指标": [(*TARGET, "计划"), *((*t, PLAN) for t in TARGETS)],
    "完成情况": [("指标", "对象", "数值", "单位", "日期", "原因", "措施", "异议"), *FILED],
    "任务": [(*TASK, "计划"), *((*t, PLAN) for t in TASKS)],
    "延期": [
        ("指标或任务", "对象", "原期限", "新期限", "理由", "批准单位", "日期"),
        ("立项数", "示例县", "2024-12", "2025-06", "指南推迟", "示例市政府", "2024-11-20"),
        ("立项数", "示例县", "2025-06", "2025-10", "仍在评审", None, "2025-05-20"),
    ],
    "项目": [("名称", "产业链", "类型", "级别", "状态", "年份"), ("示例攻关", CHAIN, "攻关", "省", "在建", 2025)],
    "企业年报": [
        REPORT,
        ("示例甲锯业有限公司", 2025, "是", 12000, "是", "否"),
        ("示例乙机床有限公司", 2025, "是", 26000, None, None),
    ],
    "政策": [
        ("名称", "县市区", "要素", "力度", "起", "止"),
        ("示例补助办法", "示例县", "资金", "最高100万元", "2024-07", "2026-12"),
        ("示例旧办法", "示例县", "资金", None, "2020-01", "2023-12"),
        ("示例邻县办法", "示例邻县", "资金", None, "2024-01", None),
    ],
    "人才": [("姓名", "类型", "产业链"), ("示例专家组", "专家", CHAIN)],
}


@contextmanager
def plan_state(folder: Path, sheets: dict[str, Any] | None = None) -> Iterator[State]:
    """The state of a city into which the sheets were loaded."""
    city = open_city(folder / "home")
    try:
        load(city, [write_book(folder / "示例.xlsx", SHEETS if sheets is None else sheets)])
        yield State(city, GapConfig(), DAY)
    finally:
        city.close()
