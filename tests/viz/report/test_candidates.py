"""招商对接清单: every gap has its line, in the order of the candidates; filled in by hand, it loads back."""

from __future__ import annotations

from datetime import date

import pytest
from builders import COUNTIES, write_book
from openpyxl import load_workbook

from graph.analysis.config import GapConfig
from graph.answers.nodes import show
from graph.answers.recruiting import candidates
from graph.answers.state import State
from ingest.load.pipeline import load
from viz.report.candidates import NOBODY, write_candidates

CHAIN = "示例链"
SHEETS = {
    "县市区": COUNTIES,
    "产业链": [["名称", "县市区"], [CHAIN, "示例县"]],
    "环节": [
        ["产业链", "名称", "阶段", "已调查"],
        [CHAIN, "带钢", "上游", "是"], [CHAIN, "冷却液", "上游", "是"], [CHAIN, "锯条", "中游", "是"], [CHAIN, "控制器", "配套", "否"],
    ],
    "环节供给": [["产业链", "上游环节", "下游环节"], [CHAIN, "带钢", "锯条"], [CHAIN, "冷却液", "锯条"]],
    "企业": [
        ["名称", "县市区", "所在地", "产业链", "环节", "主要产品", "状态"],
        ["示例甲锯业", "示例县", None, CHAIN, "锯条", None, "在产"],
        ["示例外地带钢", None, "浙江省温州市", None, None, "带钢", "外部"],
    ],
}  # fmt: skip


@pytest.fixture
def state(city, tmp_path):
    load(city, [write_book(tmp_path / "示例.xlsx", SHEETS)])
    return State(city, GapConfig(), date(2026, 6, 1))


def without(document, segment):
    """The same answer where nobody is found for a segment."""
    return {**document, "candidates": [c for c in document["candidates"] if c["segment"] != segment]}


def lines(page):
    head, *rows = ([c.value for c in row] for row in page.iter_rows())
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_each_gap_has_its_line_with_place_status_priority_and_score(state, tmp_path):
    document = without(candidates(state, CHAIN), "冷却液")
    write_candidates(document, tmp_path / "c.xlsx")
    first, second = load_workbook(tmp_path / "c.xlsx").worksheets
    rows = lines(first)
    assert list(dict.fromkeys(row["对应环节"] for row in rows)) == [gap["segment"] for gap in document["gaps"]]
    steel = next(row for row in rows if row["对应环节"] == "带钢")
    gap, firm = (next(d for d in document[key] if d["segment"] == "带钢") for key in ("gaps", "candidates"))
    wanted = {
        "县市区": "示例县", "产业链": CHAIN, "环节状态": gap["caption"], "优先级": gap["priority"], "全称": "示例外地带钢",
        "得分": firm["score"], "项目名称": "示例外地带钢·带钢", "先抓次序": "并列第1",
    }  # fmt: skip
    assert {key: steel[key] for key in wanted} == wanted
    assert [row["序号"] for row in rows] == list(range(1, len(rows) + 1))
    nobody = next(row for row in rows if row["对应环节"] == "冷却液")
    assert (nobody["全称"] or "", nobody["得分"] or "", nobody["理由"]) == ("", "", NOBODY)
    assert [row["待核实环节"] for row in lines(second)] == ["控制器"]


def test_a_list_filled_in_loads_back_and_changes_no_status(state, city, tmp_path):
    path = tmp_path / "招商对接清单.xlsx"
    before = candidates(state, CHAIN)
    write_candidates(without(before, "冷却液"), path)
    book = load_workbook(path)
    page = book.worksheets[0]
    head = [c.value for c in page[1]]
    line = next(r for r in page.iter_rows(min_row=2) if r[head.index("项目名称")].value == "示例外地带钢·带钢")
    for caption, value in (("对接人", "示例对接人"), ("下一步", "上门拜访"), ("日期", date(2026, 6, 18))):
        line[head.index(caption)].value = value
    book.save(path)
    report = load(city, [path])
    assert (report.rows.rejected, report.rows.accepted) == (0, page.max_row - 1)
    assert not [f for f in report.findings if f.level != "note"]
    after = State(city, GapConfig(), date(2026, 6, 1))
    assert [(s.segment, s.status, s.total) for s in after.graded()] == [
        (s.segment, s.status, s.total) for s in state.graded()
    ]
    assert [c["firm"] for c in candidates(after, CHAIN)["candidates"]] == [c["firm"] for c in before["candidates"]]
    lead = show(after, "招商线索", "示例外地带钢·带钢")
    assert {k: lead["values"][k]["value"] for k in ("负责人", "下一步", "日期")} == {
        "负责人": "示例对接人", "下一步": "上门拜访", "日期": "2026-06-18",
    }  # fmt: skip
    assert {(e["relation"], e["name"]) for e in lead["edges"]} == {
        ("IN_CHAIN", CHAIN), ("ON_SEGMENT", "带钢"), ("INVITES", "示例外地带钢"),
    }  # fmt: skip
    assert load(city, [path]).rows.unchanged == page.max_row - 1


def test_a_gap_that_others_of_the_city_can_help_with_names_them_beside_whom_to_invite(state, tmp_path):
    document = candidates(state, CHAIN)
    partner = {"county": "示例邻县", "chain": "示例邻县甲产业链", "segment": "带钢", "segment_id": "s", "how": "可供同类", "firms": ["示例丁厂"]}  # fmt: skip
    gaps = [{**gap, "partners": [partner] if gap["segment"] == "带钢" else []} for gap in document["gaps"]]
    write_candidates({**document, "gaps": gaps}, tmp_path / "c.xlsx")
    rows = lines(load_workbook(tmp_path / "c.xlsx").worksheets[0])
    assert {r["市内可协同"] for r in rows if r["对应环节"] == "带钢"} == {
        "示例邻县甲产业链“带钢”：示例丁厂（可供同类）"
    }
    assert {r["市内可协同"] for r in rows if r["对应环节"] != "带钢"} == {None}
    assert not [v for r in rows for v in r.values() if "→" in str(v)]
