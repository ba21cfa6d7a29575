"""Needs against what the plan asks: common and key ones together, the same number wherever it is shown."""

from __future__ import annotations

from datetime import date

import pytest
from builders import BASICS
from docx import Document
from openpyxl import load_workbook
from views import facts_of, view_of

from graph.analysis.config import GapConfig
from graph.answers.chains import view_chain
from graph.answers.cuts import cuts
from graph.answers.state import State
from graph.measures.measure import load_measures
from graph.measures.of_chain import count_of_chain
from viz.paper.settings import PaperSettings
from viz.report.deliver import checks
from viz.report.needs import NeedsOrder, write_needs
from viz.report.word import write_report

CHAIN = "示例锯床产业链"
NEEDS = [
    ["名称", "类别", "产业链", "环节"],
    ["示例共性需求", "共性", CHAIN, None],
    ["示例关键需求一", "关键", CHAIN, "锯条"],
    ["示例关键需求二", "关键", None, "锯条"],
    ["示例关键需求三", "关键", CHAIN, None],
]
LINE = "示例县锯床产业链：技术需求已录 4 项（共性 1、关键 3），距10项差 6 项"


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    return facts_of(tmp_path_factory.mktemp("needs"), {**BASICS, "技术需求": NEEDS})


@pytest.fixture(scope="module")
def view(facts):
    return facts.view


def test_common_and_key_needs_count_together_against_ten(view, tmp_path):
    summary = write_needs([view], tmp_path / "n.xlsx")
    assert (summary.common, summary.key, summary.missing) == (1, 3, 6)
    cells = [str(c.value) for row in load_workbook(tmp_path / "n.xlsx").active.iter_rows() for c in row if c.value]
    assert LINE in cells


def test_list_report_check_list_and_first_page_say_the_same_number(facts, view, tmp_path):
    write_needs([view], tmp_path / "n.docx")
    write_report(facts, tmp_path / "r.docx")
    for name in ("n.docx", "r.docx"):
        text = "\n".join(p.text for p in Document(str(tmp_path / name)).paragraphs)
        assert text.count(LINE) == 1
        assert "差 9 项" not in text
    line = next(c for c in checks(view) if c.item == "技术需求")
    assert (line.present, line.asked, line.thin) == ("4 项（共性 1、关键 3）", "不少于 10 项", True)
    needs = next(m for m in load_measures() if m.id == "needs")
    assert count_of_chain(needs, view, ["技术需求"]) == 4


def test_a_firm_that_is_only_a_candidate_is_not_counted_on_the_chain(tmp_path):
    firms = [*BASICS["企业"], ["示例外地厂", None, CHAIN, "锯条", None, None, "外部"]]
    view = view_of(tmp_path, {**BASICS, "企业": firms})
    assert count_of_chain(next(m for m in load_measures() if m.id == "firms"), view, ["企业"]) == 2


@pytest.mark.parametrize("surveyed", ["是", "否"])
def test_the_check_list_counts_unregistered_sources_as_cuts_does(city, load_sheets, surveyed):
    segments = [
        BASICS["环节"][0],
        *([*row[:3], surveyed] for row in BASICS["环节"][1:]),
        [CHAIN, "控制器", "配套", "仅本地"],
    ]
    bought = [["产业链", "环节", "外部来源"], [CHAIN, "锯条", "示例外省厂"]]
    load_sheets({**BASICS, "环节": segments, "外部供给": bought})
    state = State(city, GapConfig(), date(2026, 6, 1))
    line = next(c for c in checks(view_chain(state, CHAIN)) if c.item == "外购来源未登记")
    unknown = cuts(state, CHAIN)["supply_unknown"]
    assert unknown == (1 if surveyed == "是" else 2)
    assert line.present.startswith(f"{unknown} 个：")
    assert "控制器" in line.present
    assert line.thin


def cells_of(path, sheet):
    return [[c.value for c in row] for row in load_workbook(path)[sheet].iter_rows()]


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    filed = [
        ["名称", "类别", "产业链", "环节", "提出企业", "领域", "关键字", "主要问题", "现状", "技术关键", "预期目标", "技术指标", "起始年", "期望时限", "解决方式", "合作方式", "拟投入(万元)", "进展", "责任人"],
        ["示例锯条寿命", "关键", CHAIN, "锯条", "示例甲锯业有限公司", "机械", "锯条、焊接", "寿命短", "用进口", "焊接", "寿命翻番", "不低于 8 h", 2025, "2027-12-31", "合作", "联合攻关", 120, "攻关中", "示例责任人"],
    ]  # fmt: skip
    answered = {
        "项目": [["名称", "产业链", "对应技术需求"], ["示例攻关项目", CHAIN, "示例锯条寿命"]],
        "科技成果": [["名称", "产业链", "对应技术需求"], ["示例焊接成果", CHAIN, "示例锯条寿命"]],
    }
    return view_of(tmp_path_factory.mktemp("rich"), {**BASICS, "技术需求": filed, **answered})


def test_the_list_has_the_columns_of_the_official_form_and_what_each_need_is_answered_by(rich, tmp_path):
    write_needs([rich], tmp_path / "n.xlsx")
    rows = cells_of(tmp_path / "n.xlsx", "技术需求清单")
    head = next(i for i, row in enumerate(rows) if row[0] == "序号")
    need = dict(zip(rows[head], next(row for row in rows if row[1] == "示例锯条寿命"), strict=True))
    assert need == {
        "序号": 1, "需求名称": "示例锯条寿命", "环节": "锯条", "提出单位": "示例甲锯业有限公司", "领域": "机械", "关键字": "焊接、锯条",
        "主要问题和现状": "寿命短；用进口", "技术关键": "焊接", "预期目标": "寿命翻番；不低于 8 h", "起止时间": "2025年至2027年12月底",
        "解决方式": "合作、联合攻关", "拟投入\n(万元)": 120, "立项和成果对接": "项目：示例攻关项目；科技成果：示例焊接成果", "进展": "攻关中", "责任人": "示例责任人",
    }  # fmt: skip
    texts = [c for row in rows for c in row if isinstance(c, str)]
    assert texts[:3] == ["示例县锯床产业链技术需求清单", "填报单位：（待填）", "数据截至2026年6月1日"]
    assert "待补内容：共性技术需求。" in texts
    behind = cells_of(tmp_path / "n.xlsx", "依据")
    assert ["关键1", "示例锯条寿命", "示例县锯床产业链", "示例.xlsx 技术需求 第2行"] in behind


def test_who_fills_it_in_stands_under_the_title_where_it_is_known(rich, tmp_path):
    write_needs([rich], tmp_path / "n.xlsx", NeedsOrder(PaperSettings("示例县科技局")))
    assert "填报单位：示例县科技局" in [row[0] for row in cells_of(tmp_path / "n.xlsx", "技术需求清单")]


def test_a_list_of_several_chains_counts_each_against_ten(view, rich, tmp_path):
    write_needs([view, rich], tmp_path / "n.xlsx")
    texts = [c for row in cells_of(tmp_path / "n.xlsx", "技术需求清单") for c in row if isinstance(c, str)]
    assert "2条产业链共已录5项（共性1、关键4），都没有达到10项。各链情况附后。" in texts
    counts = cells_of(tmp_path / "n.xlsx", "各链情况")
    assert [row[2:] for row in counts if row[0] == "示例县"] == [[1, 3, 4, 6, 0], [0, 1, 1, 9, 0]]


def hit(title, *, fits, linked=False, state=None):
    return {"title": title, "fits": fits, "linked": linked, "state": state, "holders": ["示例大学"]}


def test_results_that_may_answer_a_need_are_told_and_where_none_fits_that_is_said(view, tmp_path):
    ids = {n.name: n.id for n in view.of_kind("技术需求")}
    hits = {
        "示例关键需求一": [hit("示例成果甲", fits=True, state="洽谈"), hit("示例成果乙", fits=False)],
        "示例关键需求二": [hit("示例成果乙", fits=False)],
        "示例关键需求三": [hit("示例成果丙", fits=True, linked=True)],
    }
    matches = [{"id": ids[n], "fits": any(h["fits"] for h in own), "hits": own} for n, own in hits.items()]
    write_needs([view], tmp_path / "n.xlsx", NeedsOrder(matches={"matches": matches}))
    rows = cells_of(tmp_path / "n.xlsx", "技术需求清单")
    place = next(row for row in rows if row[0] == "序号").index("立项和成果对接")
    told = {row[1]: row[place] for row in rows if row[1] in ids}
    assert told == {
        "示例共性需求": None, "示例关键需求一": "可对接：示例成果甲（示例大学，已到洽谈）", "示例关键需求二": "暂无合适成果", "示例关键需求三": None,
    }  # fmt: skip
