"""What a change touches far from its own rows is read, and what it does not touch is not."""

from __future__ import annotations

from typing import Any

import pytest
from anew import SCHEMA, updated_as_anew

from graph.ledger.batch import LedgerSheet
from graph.model import Record
from graph.projection.project import project

CODE = "91110000600037341L"
BASE: list[tuple[str, dict[str, Any]]] = [
    ("县市区", {"名称": "示例县"}),
    ("县市区", {"名称": "示例邻县"}),
    *(("产业链", {"县市区": c, "名称": n}) for c in ("示例县", "示例邻县") for n in ("示例链", "示例远链")),
    *(
        ("环节", {"县市区": c, "产业链": n, "名称": f"示例环节{i}"})
        for c in ("示例县", "示例邻县") for n in ("示例链", "示例远链") for i in range(6)
    ),
    *(("企业", {"名称": f"浙江示例远{i}有限公司", "县市区": "示例邻县", "主要产品": f"示例远件{i}"}) for i in range(60)),
    ("企业", {"名称": "浙江示例锯床有限公司", "曾用名": "示例锯厂", "县市区": "示例县", "资质": "国高(2023)"}),
]  # fmt: skip


def rows(
    *sheets: tuple[str, dict[str, Any]], batch: int = 1, file: str = "一.xlsx", first: int = 1
) -> dict[int, Record]:
    """Rows as one file brings them."""
    return {
        seq: LedgerSheet(batch, kind, file, kind, {}, False).record(seq, seq + 1, values, None, "B")
        for seq, (kind, values) in enumerate(sheets, first)
    }


def segment(
    name: str, parent: str | None = None, chain: str = "示例链", county: str = "示例县"
) -> tuple[str, dict[str, Any]]:
    return "环节", {"县市区": county, "产业链": chain, "名称": name, **({"上级环节": parent} if parent else {})}


CASES: dict[str, tuple[list[tuple[str, dict[str, Any]]], list[tuple[str, dict[str, Any]]]]] = {
    "a loop closes through rows that the new one does not name": (
        [segment("甲", "乙"), segment("乙", "丙"), segment("丙", "丁"), segment("丁")],
        [segment("丁", "甲")],
    ),
    "reports of one firm under two of its names are of one year": (
        [
            ("企业年报", {"企业": "示例锯厂", "年份": 2023, "产值(万元)": 100.0}),
            ("企业年报", {"企业": "浙江示例锯床有限公司", "年份": 2024, "产值(万元)": 120.0}),
        ],
        [("企业年报", {"企业": "浙江示例锯床有限公司", "年份": 2023, "产值(万元)": 110.0})],
    ),
    "what a firm's own row states contradicts its report under another name": (
        [("企业年报", {"企业": "示例锯厂", "年份": 2024, "产值(万元)": 100.0})],
        [("企业", {"名称": "浙江示例锯床有限公司", "年份": 2024, "产值(万元)": 50000.0})],
    ),
    "an honour is stated by the firm's row under another name": (
        [("资质认定", {"企业": "示例锯厂", "资质": "示例认定", "年份": 2022})],
        [("企业", {"名称": "浙江示例锯床有限公司", "资质": "示例认定(2024)"})],
    ),
    "a firm is named by its former name before anything says that it had it": (
        [("供应关系", {"供方": "示例老厂", "需方": "浙江示例远3有限公司"})],
        [("企业", {"名称": "浙江示例锯床有限公司", "曾用名": "示例老厂"})],
    ),
    "a firm appears for which a row waited that names other things as well": (
        [
            (
                "技术需求",
                {
                    "名称": "示例难题",
                    "产业链": "示例远链",
                    "县市区": "示例县",
                    "环节": "示例环节1",
                    "提出企业": "示例新厂、示例它厂",
                },
            )
        ],
        [("企业", {"名称": "示例新厂"})],
    ),
    "a namesake makes a name ambiguous that others wrote": (
        [("供应关系", {"供方": "浙江示例锯床有限公司", "需方": "浙江示例远3有限公司"})],
        [("平台", {"名称": "浙江示例锯床有限公司", "县市区": "示例县"})],
    ),
    "what a firm is called follows from a code that another row gives": (
        [("企业", {"名称": "示例新锯床有限公司", "统一社会信用代码": CODE})],
        [("企业", {"名称": "浙江示例锯床有限公司", "统一社会信用代码": CODE})],
    ),
    "a last word takes the place of one that other rows wrote": (
        [("企业", {"名称": "浙江示例远3有限公司", "县市区": "示例邻县"})],
        [("企业", {"名称": "浙江示例远3有限公司", "县市区": "示例县"})],
    ),
    "a defined name keeps a list whole that was split": (
        [("企业", {"名称": "浙江示例锯床有限公司", "主要产品": "示例圆锯、带锯、示例远件3"})],
        [("产品", {"名称": "示例圆锯、带锯"})],
    ),
    "a decision makes one of two names that rows far apart wrote": (
        [("供应关系", {"供方": "示例锯行", "需方": "浙江示例远3有限公司"}), ("企业", {"名称": "示例锯行"})],
        [("决定", {"决定": "合并", "类别": "企业", "名称": "浙江示例锯床有限公司", "对象": "示例锯行"})],
    ),
    "a chain of its file decides what an older row of another load means": (
        [("技术需求", {"名称": "示例难题", "产业链": "示例链", "环节": "示例环节1"})],
        [("产业链", {"县市区": "示例县", "名称": "示例链"})],
    ),
}


@pytest.mark.parametrize(("there", "fresh"), CASES.values(), ids=CASES)
def test_a_change_that_reaches_far_comes_to_what_all_rows_come_to_and_leaves_others_unread(there, fresh):
    before = {**rows(*BASE), **rows(*there, batch=2, file="二.xlsx", first=101)}
    after = {**before, **rows(*fresh, batch=3, file="二.xlsx", first=201)}
    updated = updated_as_anew(project(before.values(), SCHEMA), before, after)
    assert len(updated.rows) < len(before) / 2
    back = updated_as_anew(project(after.values(), SCHEMA), after, before)
    assert len(back.rows) < len(before) / 2
    for seq in list(before)[100:]:  # each of the rows that were there goes, too
        without = {s: r for s, r in after.items() if s != seq}
        updated_as_anew(project(after.values(), SCHEMA), after, without)
