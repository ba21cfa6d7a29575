"""招商对接清单: every gap has its line, in the order of the candidates; filled in by hand, it loads back."""

from __future__ import annotations

import re
from datetime import date

import pytest
from builders import COUNTIES, write_book
from openpyxl import load_workbook

from graph.analysis.config import GapConfig
from graph.answers.plan.leads import leads, leads_on
from graph.answers.recruiting import candidates
from graph.answers.state import State
from ingest.load.pipeline import LoadOptions, load
from viz.report.candidates import FILLED, NOBODY, write_candidates

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


def filled_in(path, name, **cells):
    """The list with some cells of one line filled in."""
    book = load_workbook(path)
    page = book.worksheets[0]
    head = [c.value for c in page[1]]
    line = next(r for r in page.iter_rows(min_row=2) if r[head.index("项目名称")].value == name)
    for caption, value in cells.items():
        line[head.index(caption)].value = value
    book.save(path)


def test_a_list_filled_in_loads_back_only_what_was_taken_on_and_changes_no_status(state, city, tmp_path):
    path = tmp_path / "招商对接清单.xlsx"
    before = candidates(state, CHAIN)
    write_candidates(without(before, "冷却液"), path)
    count = load_workbook(path).worksheets[0].max_row - 1
    taken = {"负责人": "示例对接人", "下一步": "上门拜访", "日期": date(2026, 6, 18)}
    filled_in(path, "示例外地带钢·带钢", 线索编码="XS-001", 阶段="推介", **taken)
    report = load(city, [path])
    assert (report.rows.rejected, report.rows.accepted, report.rows.skipped) == (0, 1, count - 1)
    assert not [f for f in report.findings if f.level != "note"]
    after = State(city, GapConfig(), date(2026, 6, 20))
    assert [(s.segment, s.status, s.total) for s in after.graded()] == [
        (s.segment, s.status, s.total) for s in state.graded()
    ]
    assert [c["firm"] for c in candidates(after, CHAIN)["candidates"]] == [c["firm"] for c in before["candidates"]]
    (lead,) = leads(after)["leads"]
    assert {k: lead[k] for k in ("code", "stage", "owner", "next_step", "last", "segments", "firms")} == {
        "code": "XS-001", "stage": "推介", "owner": "示例对接人", "next_step": "上门拜访", "last": "2026-06-18",
        "segments": ["带钢"], "firms": ["示例外地带钢"],
    }  # fmt: skip
    assert load(city, [path]).rows.unchanged == 1


def test_a_list_of_leads_that_go_on_holds_what_they_say_and_brings_back_what_changed(state, city, tmp_path):
    path, again = tmp_path / "招商对接清单.xlsx", tmp_path / "招商对接清单2.xlsx"
    write_candidates(candidates(state, CHAIN), path)
    filled_in(path, "示例外地带钢·带钢", 线索编码="XS-001", 阶段="推介", 下一步="上门拜访", 日期=date(2026, 6, 18))
    load(city, [path])
    then = State(city, GapConfig(), date(2026, 7, 1))
    write_candidates(candidates(then, CHAIN), again, leads_on(then))
    line = next(r for r in lines(load_workbook(again).worksheets[0]) if r["线索编码"])
    assert [line[c] for c in FILLED] == ["XS-001", "推介", None, "上门拜访", "2026-06-18"]
    load(city, [again])  # as it is: nothing new is said
    assert [s["stage"] for s in leads(State(city, GapConfig(), date(2026, 7, 1)))["leads"][0]["history"]] == ["推介"]
    filled_in(again, "示例外地带钢·带钢", 阶段="在谈", 下一步="商定条件", 日期=date(2026, 6, 30))
    batch = load(city, [again]).batch
    (lead,) = leads(State(city, GapConfig(), date(2026, 7, 1)))["leads"]
    assert [(s["date"], s["stage"]) for s in lead["history"]] == [("2026-06-18", "推介"), ("2026-06-30", "在谈")]
    assert lead["next_step"] == "商定条件"
    city.undo(batch)
    assert leads(State(city, GapConfig(), date(2026, 7, 1)))["leads"][0]["stage"] == "推介"


def test_what_is_wrong_in_a_list_that_comes_back_is_told_at_its_cell(state, city, tmp_path):
    path = tmp_path / "招商对接清单.xlsx"
    write_candidates(candidates(state, CHAIN), path)
    filled_in(path, "示例外地带钢·带钢", 阶段="快成了", 日期="下周")
    report = load(city, [path], LoadOptions(dry_run=True))
    faults = [f for f in report.findings if f.level == "error"]
    assert {f.field for f in faults} == {"阶段", "日期"}
    assert all(re.fullmatch(r".*!?[A-Z]+\d+", f.where) for f in faults)
    assert leads(State(city, GapConfig(), date(2026, 7, 1)))["leads"] == []
    filled_in(path, "示例外地带钢·带钢", 阶段="在谈", 日期=None)
    assert [(f.field, f.level) for f in load(city, [path]).findings if f.level != "note"] == [("日期", "warning")]


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
