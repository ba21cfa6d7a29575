"""拜访提纲: one page whatever there is to say; it tells what rows say, and that nobody said the rest."""

from __future__ import annotations

from datetime import date

import pytest
from builders import COUNTIES, write_book
from docx import Document

from graph.analysis.config import GapConfig
from graph.answers.state import State
from graph.answers.workbench.visit import NoSegment, visit
from graph.errors import Unknown
from ingest.load.pipeline import load
from viz.paper.pdf import pages_of
from viz.workbench.visit_paper import one_page, write_visit

CHAIN = "示例锯床产业链"
LONG = "示例" + "很长的名称" * 30
SHEETS = {
    "县市区": COUNTIES,
    "产业链": [["名称", "县市区"], [CHAIN, "示例县"]],
    "环节": [["产业链", "名称", "阶段", "已调查"], [CHAIN, "带钢", "上游", "是"], [CHAIN, "锯条", "中游", "是"]],
    "环节供给": [["产业链", "上游环节", "下游环节"], [CHAIN, "带钢", "锯条"]],
    "企业": [
        ["名称", "县市区", "所在地", "产业链", "环节", "主要产品", "状态"],
        *([f"示例{n}锯业", "示例县", None, CHAIN, "锯条", None, "在产"] for n in "甲乙丙丁戊己庚"),
        ["示例外地带钢", None, "浙江省温州市", CHAIN, "带钢", "带钢", "外部"],
        ["示例无关", None, "浙江省温州市", None, None, None, "外部"],
    ],
    "供应关系": [
        ["供方", "需方", "内容", "金额(万元)", "年份"],
        ["示例外地带钢", "示例乙锯业", "宽带钢", 1200, 2025],
        ["示例外地带钢", "示例丙锯业", None, None, None],
    ],
    "外部供给": [["产业链", "环节", "来源", "占比"], [CHAIN, "带钢", "示例外地带钢", "60%"]],
    "政策": [["名称", "发文单位", "县市区", "力度", "起", "止"], ["示例落地奖励", "示例县", "示例县", "示例:投资的1%", 2025, "2026-12-31"],
             ["示例旧政策", "示例县", "示例县", None, 2020, "2021-12-31"]],
}  # fmt: skip


@pytest.fixture
def document(city, tmp_path):
    load(city, [write_book(tmp_path / "示例.xlsx", SHEETS)])
    return visit(State(city, GapConfig(), date(2026, 6, 1)), "示例外地带钢")


def test_it_tells_who_buys_how_much_what_changes_and_which_policies_are_in_force(document):
    assert (document["segment"], document["location"], document["output"]) == ("带钢", "浙江省温州市", None)
    first, second, *rest = document["buyers"]
    assert (first["firm"], first["customer"], first["purchases"][0]["amount"]) == ("示例乙锯业", True, 1200)
    assert (second["firm"], second["purchases"][0]["amount"]) == ("示例丙锯业", None)
    assert len(rest) == 5
    assert not any(b["purchases"] for b in rest)
    assert document["changes"][0]["segment"] == "带钢"
    assert [p["name"] for p in document["policies"]] == ["示例落地奖励"]
    texts = "".join(one_page(document, demo=True).texts())
    assert "已登记的采购合计1200万元" in texts
    assert "产值未登记" in texts
    assert "示例旧政策" not in texts


def test_it_is_one_page_however_much_there_is_to_say(document, tmp_path):
    buyer, policy = document["buyers"][0], document["policies"][0]
    bloated = {
        **document, "firm": LONG[:60], "reason": LONG, "why": LONG * 3, "topic": LONG, "risks": [LONG] * 9, "products": [LONG] * 9,
        "buyers": [{**buyer, "firm": f"{LONG[:40]}{n}", "segments": [LONG[:60]] * 9} for n in range(200)],
        "changes": [{**document["changes"][0], "why": LONG * 3}] * 40, "policies": [{**policy, "strength": LONG}] * 60,
    }  # fmt: skip
    assert pages_of(one_page(document, demo=True)) == pages_of(one_page(bloated, demo=True)) == 1
    write_visit(tmp_path / "v.docx", bloated, demo=True)
    (table,) = Document(str(tmp_path / "v.docx")).tables
    assert 1 < len(table.rows) <= 7
    assert "本地用户200家（列出前" in "".join(one_page(bloated, demo=False).texts())


def test_the_segment_is_that_of_the_firm_the_one_named_or_asked_for(city, document):
    state = State(city, GapConfig(), date(2026, 6, 1))
    assert visit(state, "示例外地带钢", f"示例县/{CHAIN}/锯条")["segment"] == "锯条"
    with pytest.raises(NoSegment, match="没有说为哪个环节"):
        visit(state, "示例无关")
    with pytest.raises(Unknown):
        visit(state, "示例外地带钢", "没有的环节")
