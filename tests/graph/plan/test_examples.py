"""What the examples show of a plan: the made-up county everything once, the real city its targets and no filing."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from openpyxl import load_workbook
from serving import ask

from graph.answers.plan.matrix import plan_glance
from graph.answers.plan.progress import plan_facts, plan_standings
from graph.plan.lead import STAGES
from graph.plan.light import FLAGS, LIGHTS

AT = date(2026, 7, 1)
MADE = ("示例县", "示例邻县")
INDICATOR = "示例指标·"
COMPARISONS = {"≥", ">", "≤", "<", "=", "累计≥", "每年≥", "增长≥", "倍增", "清零", "完成"}


@pytest.fixture(scope="module")
def standings(examples):
    with examples.reading() as state:
        return [s for s in plan_standings(state, AT) if s.target.name.startswith(INDICATOR)]


@pytest.fixture(scope="module")
def leads(examples):
    return [x for x in ask(examples, "leads").document["leads"] if x["county"] in MADE]


def where(standings, name, subject="示例县", year=2026):
    return next(
        s
        for s in standings
        if s.target.name == INDICATOR + name and s.target.subject.name == subject and s.target.deadline.year == year
    )


def test_every_light_flag_and_comparison_stands_in_the_made_up_county(standings):
    assert {s.light.word for s in standings} == {light.word for light in LIGHTS}
    assert {f for s in standings for f in s.flags} == set(FLAGS)
    assert {s.target.goal.comparison for s in standings} == COMPARISONS
    assert {s.target.subject.kind for s in standings} == {"全市", "县市区", "产业链", "企业"}
    assert {s.target.each for s in standings} == {"", "各县市区", "各产业链"}


def test_filings_give_periods_reasons_measures_dissent_and_checks(examples, standings):
    with examples.reading() as state:
        of_names = plan_facts(state).records.filings
    filed = [f for (name, _), some in of_names.items() if name.startswith(INDICATOR) for f in some]
    assert all(any(getattr(f, what) for f in filed) for what in ("period", "reason", "measures", "dissent"))
    assert {f.verified for f in filed} == {"已核验", "未核验", ""}
    assert {s.target.frequency for s in standings} == {"月", "季", "半年", "年", ""}
    assert {f.filing.day.year for f in filed} == {2024, 2025, 2026}


@pytest.mark.parametrize(
    ("name", "value", "rows"),
    [("五千万元以上企业无研发机构数", 2, 2), ("研发活动覆盖率", 100 * 14 / 22, 22)],
)
def test_measures_of_2025_are_what_the_reports_come_to_by_hand(standings, name, value, rows):
    computed = where(standings, name).verdict.computed
    assert (computed.value, computed.year, len(computed.rows)) == (pytest.approx(value), 2025, rows)


def test_output_grew_by_less_than_the_plan_asks(standings):
    there = where(standings, "链上企业产值", "示例锯床产业链")
    assert round(there.verdict.computed.value, 1) == round(there.verdict.value, 1) == 6.3
    assert (there.target.goal.value, there.verdict.met) == (8, "否")


def test_the_lists_of_2025_name_the_firms_by_hand(examples):
    lists = {x["list"]: x for x in ask(examples, "zero", county="示例县", year=2025).document["lists"]}
    assert {name: [f["firm"] for f in x["firms"]] for name, x in lists.items()} == {
        "亿元无机构": ["示例乙锯床有限公司"],
        "五千万无活动": [],
        "五千万无机构": ["示例乙锯床有限公司", "示例丙铸造有限公司"],
    }
    assert [x["unknown"] for x in lists.values()] == [["示例辛拉床有限公司"]] * 3
    six = lists["亿元无机构"]["firms"][0]["six"]
    assert set(six.values()) == {True, False, None}
    other = ask(examples, "zero", county="示例邻县", year=2025).document["lists"]
    assert [f["said"] for x in other for f in x["firms"]] == [None]


def test_a_filed_count_that_the_ledger_does_not_bear_out_is_flagged(standings):
    there = where(standings, "研发项目数", "示例锯床产业链")
    assert (there.verdict.value, there.verdict.computed.value) == (11, 4)
    assert "台账不足" in there.flags
    assert "台账更多" in where(standings, "标志性成果数", "示例锯床产业链").flags


def test_moved_dates_stay_visible(standings):
    moved = where(standings, "入库成果数", "示例锯床产业链").target.moved
    assert [(m.old.isoformat(), m.new.isoformat()) for m in moved] == [
        ("2024-12-31", "2025-12-31"), ("2025-12-31", "2026-09-30"),
    ]  # fmt: skip


def test_leads_stand_in_every_stage_and_state(leads):
    steps = [h for x in leads for h in x["history"]]
    assert {h["stage"] for h in steps} == set(STAGES)
    assert {h["state"] for h in steps} == {"正常", "延期", "搁置", "流失"}
    assert {x["form"] for x in leads} == {"新设", "增资", "并购", "技改"}
    assert any(x["stale"] for x in leads)
    assert any(x["missing"] for x in leads)
    assert {x["verified"] for x in leads} == {True, False}


def test_the_history_of_a_lead_is_no_contradiction(examples):
    findings = ask(examples, "review").document
    assert "招商线索" not in {p.get("sheet") for p in findings.get("findings", [])}


@pytest.mark.parametrize(
    ("day", "status", "n", "pending"),
    [(date(2025, 3, 1), "空白", 0, 0), (date(2025, 10, 1), "空白", 0, 1), (AT, "弱链", 1, 0)],
)
def test_the_lead_made_for_it_regrades_its_segment(examples, day, status, n, pending):
    from graph.analysis.config import GapConfig
    from graph.answers.state import State
    from graph.answers.statuses import gaps

    segments = gaps(State(examples.city, GapConfig(), day))["segments"]
    there = next(s for s in segments if s["segment"] == "示例阀门执行器")
    assert (there["status"], there["n"], there["pending"]) == (status, n, pending)
    if n:
        assert "招商线索" in {r["sheet"] for r in there["evidence"]}


def test_tasks_stand_in_every_progress_and_one_was_put_off(examples):
    tasks = [
        t for t in ask(examples, "tasks", at=AT.isoformat()).document["tasks"] if (t["plan"] or "").startswith("示例")
    ]
    assert {t["progress"] for t in tasks} == {"未开始", "进行中", "已完成", "已取消"}
    assert any(t["moved"] for t in tasks)
    assert any(t["late"] for t in tasks)
    assert all(t["milestones"] for t in tasks if t["name"].endswith("研究院"))


def test_policies_and_contracts_show_every_word(examples):
    with examples.reading() as state:
        policies = [n.values["要素"] for n in state.explorer.nodes("政策")]
        contracts = {n.values["类型"] for n in state.explorer.nodes("技术合同")}
    factors = {f for some in policies for f in str(some).split("、")}
    assert factors == {"资金", "用地", "用能", "环境容量", "人才", "其他"}
    assert contracts == {"开发", "转让", "许可", "咨询", "服务"}


def test_the_real_plan_has_its_targets_and_tasks_and_nothing_is_filed(examples):
    from conftest import EXAMPLES

    book = load_workbook(EXAMPLES / "lishui" / "07-计划.xlsx")
    assert book.sheetnames == ["计划", "指标", "任务"]
    assert book["指标"].max_row - 1 == 37
    with examples.reading() as state:
        real = [s for s in plan_standings(state, AT) if not s.target.name.startswith(INDICATOR)]
    assert len({(s.target.name, s.target.goal.deadline) for s in real}) == 37
    assert not any(s.verdict.filed for s in real)
    assert all(s.target.owners for s in real if s.target.task != "工作目标")
    tasks = [t for t in ask(examples, "tasks", at=AT.isoformat()).document["tasks"] if not t["plan"].startswith("示例")]
    assert len({t["name"] for t in tasks}) == 12
    assert {(t["progress"], t["late"]) for t in tasks} == {("未报", False)}
    unreported = [s for s in real if s.light.word == "未报"]
    assert Counter(s.verdict.there for s in unreported) == {False: len(unreported)}


def test_a_count_of_lights_that_the_ledger_alone_proves_says_so(examples, pages):
    with examples.reading() as state:
        table = plan_glance(state)[0]
    assert table.proved["缙云县"] >= {"逾期", "严重滞后"}
    assert "逾期" not in table.proved["示例县"]
    assert "项，都只按台账计数" in pages.get("/").text
