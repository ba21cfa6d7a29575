"""A lead regrades its segment: pending, then the status; undo takes it back; who is stale and what is missing is told."""

from __future__ import annotations

from datetime import date

from docx import Document

from graph.analysis.config import GapConfig
from graph.answers.chains import view_chain
from graph.answers.lookup import find_chain
from graph.answers.papers.report import report_facts
from graph.answers.plan.leads import LeadsWanted, leads
from graph.answers.plan.progress import progress
from graph.answers.state import State
from graph.answers.statuses import gaps
from viz.chainmap.scene import chain_scene
from viz.report.word import write_report

CHAIN = "示例锯床产业链"
BASICS = {
    "县市区": [["名称", "上级"], ["示例市", None], ["示例县", "示例市"]],
    "产业链": [["名称", "县市区"], [CHAIN, "示例县"]],
    "环节": [["产业链", "名称", "已调查"], [CHAIN, "锯带钢", "是"], [CHAIN, "锯条", "是"]],
    "环节供给": [["产业链", "上游环节", "下游环节"], [CHAIN, "锯带钢", "锯条"]],
    "企业": [
        ["名称", "所在地", "县市区", "产业链", "环节", "状态"],
        ["示例外地带钢有限公司", "上海", None, CHAIN, "锯带钢", "外部"],
        ["示例锯条有限公司", None, "示例县", CHAIN, "锯条", "在产"],
    ],
}
HEAD = ["项目名称", "企业", "产业链", "环节", "阶段", "日期", "状态", "协议投资额(万元)", "编码", "责任单位", "原因"]


def lead(stage: str, day: str, **more: object) -> list[object]:
    row = ["示例带钢项目", "示例外地带钢有限公司", CHAIN, "锯带钢", stage, day, *[None] * 5]
    for caption, value in more.items():
        row[HEAD.index(caption)] = value
    return row


def state_of(city, day: date = date(2026, 11, 1)) -> State:
    return State(city, GapConfig(), day)


def strip(city):
    segment = next(s for s in gaps(state_of(city))["segments"] if s["segment"] == "锯带钢")
    return segment["status"], segment["n"], segment["pending"]


def test_a_lead_that_moves_on_changes_pending_then_the_status_and_undo_takes_it_back(load_sheets, city):
    load_sheets(BASICS)
    assert strip(city) == ("缺链", 0, 0)
    load_sheets({"招商线索": [HEAD, lead("在谈", "2026-03-01")]}, name="1.xlsx")
    assert strip(city) == ("缺链", 0, 0)
    load_sheets({"招商线索": [HEAD, lead("签约", "2026-05-01")]}, name="2.xlsx")
    assert strip(city)[1:] == (0, 1)
    load_sheets({"招商线索": [HEAD, lead("开工", "2026-07-01")]}, name="3.xlsx")
    assert strip(city)[1:] == (0, 1)
    report = load_sheets({"招商线索": [HEAD, lead("投产", "2026-10-01")]}, name="4.xlsx")
    status, n, pending = strip(city)
    assert (n, pending) == (1, 0)
    assert status != "缺链"
    rows = next(s for s in gaps(state_of(city))["segments"] if s["segment"] == "锯带钢")["evidence"]
    assert ("4.xlsx", "招商线索") in {(r["file"].rsplit("/", 1)[-1], r["sheet"]) for r in rows}
    city.undo(report.batch)
    assert strip(city)[1:] == (0, 1)


def test_a_row_of_the_firm_with_a_later_day_wins_and_a_lost_lead_says_nothing(load_sheets, city):
    load_sheets(BASICS)
    load_sheets({"招商线索": [HEAD, lead("投产", "2026-05-01")]}, name="1.xlsx")
    assert strip(city)[1:] == (1, 0)
    firm = [
        ["名称", "环节", "产业链", "状态", "数据日期"],
        ["示例外地带钢有限公司", "锯带钢", CHAIN, "签约", "2026-06-01"],
    ]
    report = load_sheets({"企业": firm}, name="企业.xlsx")
    assert strip(city)[1] == 0
    city.undo(report.batch)
    load_sheets({"招商线索": [HEAD, lead("投产", "2026-08-01", 状态="流失", 原因="土地没有落实")]}, name="2.xlsx")
    assert strip(city) == ("缺链", 0, 0)


def test_who_is_stale_and_what_a_stage_lacks_is_told(load_sheets, city):
    load_sheets(BASICS)
    signed = lead("签约", "2026-10-01", **{"协议投资额(万元)": 12000})
    load_sheets({"招商线索": [HEAD, signed, lead("开工", "2026-10-10")]}, name="1.xlsx")
    document = leads(state_of(city))
    (one,) = document["leads"]
    assert (one["stage"], one["missing"], one["agreed"]) == ("开工", ["编码", "责任单位"], 12000)
    assert one["stale"] == "开工阶段已22天没有新的记录（超过15天）"
    assert [s["stage"] for s in one["history"]] == ["签约", "开工"]
    assert (document["agreed"], document["arrived"]) == (12000, None)
    assert leads(state_of(city, date(2026, 10, 12)), LeadsWanted(stale=True))["leads"] == []


def test_a_lead_and_the_project_that_it_became_count_once(load_sheets, city):
    load_sheets(BASICS)
    signed = lead("签约", "2026-03-01", 编码="2026-330000-01", **{"协议投资额(万元)": 12000})
    talking = ["示例另一项目", None, CHAIN, "锯条", "在谈", "2026-04-01", *[None] * 5]
    project = [["名称", "类型", "编码", "产业链", "状态", "年份", "金额(万元)"]]
    project.append(["示例带钢产业园", "招引", "2026-330000-01", CHAIN, "在建", 2026, 15000])
    targets = [["名称", "对象", "比较", "数值", "单位", "期限", "口径"]]
    targets += [["示例引进项目", "示例县", "≥", 2, "个", "2026-12", "招引项目数"]]
    targets += [["示例引进投资", "示例县", "≥", 2, "亿元", "2026-12", "招引投资额"]]
    load_sheets({"招商线索": [HEAD, signed, talking], "项目": project, "指标": targets}, name="1.xlsx")
    by_name = {t["indicator"]: t for t in progress(state_of(city))["targets"]}
    assert by_name["示例引进项目"]["v"] == 1
    assert by_name["示例引进投资"]["v"] == 1.5


def test_a_count_that_should_grow_waits_for_its_base_and_says_what_there_is(load_sheets, city):
    load_sheets(BASICS)
    honours = [["企业", "资质", "年份"], ["示例锯条有限公司", "国家高新技术企业", 2025]]
    targets = [["名称", "对象", "比较", "数值", "单位", "期限", "口径"]]
    targets += [["示例国高增幅", "示例县", "增长≥", 15, "%", "2026-12", "国高数"]]
    load_sheets({"资质认定": honours, "指标": targets}, name="1.xlsx")
    (one,) = progress(state_of(city))["targets"]
    assert (one["light"], one["met"], one["v"], one["computed"]["value"]) == ("待核实", "未知", None, 1)
    assert "基期缺失" in one["flags"]
    assert "催报" not in one["flags"]
    assert one["text"] == "要求年均增长不低于15%，按台账为1家，没有基期值，不能判断；请补基期值。"


def drawn(city, path):
    """How the chain map shows 锯带钢: its status, who makes it and who is to; and the report's words about it."""
    state = state_of(city)
    view = view_chain(state, CHAIN)
    card = next(c for c in chain_scene(view)["cards"] if c["name"] == "锯带钢")
    write_report(report_facts(state, find_chain(state, CHAIN, None)), path)
    cells = [[c.text for c in row.cells] for table in Document(str(path)).tables for row in table.rows]
    row = next(cells_of for cells_of in cells if "锯带钢" in cells_of)
    firms = {key: [f["name"] for f in card["details"][key]] for key in ("makers", "pending", "outside")}
    return card["status"], firms, row


def test_the_chain_map_and_the_report_show_what_a_lead_brings(load_sheets, city, tmp_path):
    load_sheets(BASICS)
    before = drawn(city, tmp_path / "0.docx")
    assert before[:2] == ("缺链", {"makers": [], "pending": [], "outside": ["示例外地带钢有限公司"]})
    load_sheets({"招商线索": [HEAD, lead("签约", "2026-05-01")]}, name="1.xlsx")
    assert drawn(city, tmp_path / "1.docx")[1]["pending"] == ["示例外地带钢有限公司"]
    report = load_sheets({"招商线索": [HEAD, lead("投产", "2026-10-01")]}, name="2.xlsx")
    status, firms, row = drawn(city, tmp_path / "2.docx")
    assert status not in (before[0], "未知")
    assert firms == {"makers": ["示例外地带钢有限公司"], "pending": [], "outside": []}
    assert row != before[2]
    city.undo(report.batch)
    assert drawn(city, tmp_path / "3.docx")[1]["pending"] == ["示例外地带钢有限公司"]


def test_a_next_step_that_a_later_one_followed_is_not_waited_for(load_sheets, city):
    load_sheets(BASICS)
    head = [*HEAD, "下一步日期"]
    planned = [*lead("在谈", "2026-10-01"), "2026-10-10"]
    load_sheets({"招商线索": [head, planned]}, name="1.xlsx")
    (one,) = leads(state_of(city, date(2026, 10, 20)))["leads"]
    assert one["stale"] == "下一步定在2026-10-10，已过10天"
    load_sheets({"招商线索": [head, [*lead("在谈", "2026-10-18"), None]]}, name="2.xlsx")
    (one,) = leads(state_of(city, date(2026, 10, 20)))["leads"]
    assert one["stale"] is None
