"""Where to go: the report invites the firms of the candidates in their order, at the inputs that broken segments lack."""

from __future__ import annotations

import pytest
from builders import COUNTIES
from docx import Document
from views import facts_of

from viz.mindmap.tree import mind_tree
from viz.report.candidates import NOBODY
from viz.report.word import write_report

CHAIN = "示例链"
SHEETS = {
    "县市区": COUNTIES,
    "产业链": [["名称", "县市区"], [CHAIN, "示例县"]],
    "环节": [
        ["产业链", "名称", "阶段", "已调查"],
        [CHAIN, "带钢", "上游", "是"], [CHAIN, "生铁", "上游", "是"], [CHAIN, "冷却液", "上游", "是"], [CHAIN, "锯条", "中游", "是"],
        [CHAIN, "钢锭", "上游", "是"], [CHAIN, "控制器", "配套", "否"], [CHAIN, "铸件", "中游", "否"],
    ],
    "环节供给": [
        ["产业链", "上游环节", "下游环节"],
        [CHAIN, "带钢", "锯条"], [CHAIN, "生铁", "钢锭"], [CHAIN, "冷却液", "锯条"],
    ],
    "外部供给": [
        ["产业链", "环节", "外部来源", "占比"],
        [CHAIN, "生铁", "示例来源甲", 0.3], [CHAIN, "生铁", "示例来源乙", 0.3], [CHAIN, "生铁", "示例来源丙", 0.3],
    ],
    "企业": [
        ["名称", "县市区", "所在地", "产业链", "环节", "主要产品", "状态"],
        ["示例甲锯业", "示例县", None, CHAIN, "锯条", "锯条", "在产"],
        ["示例乙钢厂", "示例县", None, CHAIN, "钢锭", None, "在产"],
        ["示例丙铸造", "示例县", None, CHAIN, "铸件", None, "在产"],
        ["示例温州带钢", None, "浙江省温州市", None, None, "带钢", "外部"],
        ["示例苏州带钢", None, "江苏省苏州市", None, None, "带钢", "外部"],
        ["示例外地生铁", None, "浙江省温州市", None, None, "生铁", "外部"],
    ],
    "企业产品": [
        ["企业", "产品", "营收占比", "年份"],
        ["示例甲锯业", "锯条", 0.4, 2024], ["示例甲锯业", "锯条", 0.5, 2025],
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    facts = facts_of(tmp_path_factory.mktemp("directions"), SHEETS, CHAIN)
    plan = facts.plan
    plan["candidates"] = [c for c in plan["candidates"] if c["segment"] in ("带钢", "生铁", "钢锭")]
    return facts


@pytest.fixture(scope="module")
def paper(facts, tmp_path_factory):
    path = tmp_path_factory.mktemp("paper") / "r.docx"
    write_report(facts, path)
    return Document(str(path))


def table(paper, *headers):
    """The rows of the table that begins with these headers."""
    for t in paper.tables:
        if [c.text for c in t.rows[0].cells][: len(headers)] == list(headers):
            return [[c.text for c in row.cells] for row in t.rows[1:]]
    raise AssertionError(headers)


def chapter(paper, number):
    """The sentences of a chapter."""
    sentences, inside = [], False
    for p in paper.paragraphs:
        if p.style.name == "Heading 1":
            inside = p.text.startswith(f"{number}、")
        elif inside:
            sentences.append(p.text)
    return sentences


def test_the_report_invites_the_firms_of_the_candidates_in_their_order(facts, paper):
    document = facts.plan
    wanted = [c["firm"] for c in document["candidates"]]
    assert {"示例温州带钢", "示例苏州带钢", "示例外地生铁"} <= set(wanted)
    assert [row[1] for row in table(paper, "环节", "企业") if row[1] != NOBODY] == wanted
    assert [row[2] for row in table(paper, "用途", "对应环节") if row[0] == "招引"] == wanted
    gaps = dict.fromkeys(row[0] for row in table(paper, "环节", "企业", "所在地"))
    assert list(gaps) == [g["segment"] for g in document["gaps"]]


def test_gaps_without_a_firm_stay_and_say_so(paper):
    assert next(row[1] for row in table(paper, "环节", "企业") if row[0] == "冷却液") == NOBODY
    assert any(s.startswith("并列第") and "冷却液" in s and "尚无对得上的外地企业" in s for s in chapter(paper, "九"))


def test_advice_recruits_for_what_a_broken_segment_lacks_never_for_what_is_bought_steadily(facts, paper):
    flags = {g["segment"]: g["flags"] for g in facts.plan["gaps"]}
    assert "外购稳定" in flags["生铁"]
    sentences = chapter(paper, "九")
    steel = next(s for s in sentences if "带钢（缺失" in s)
    assert "恢复供给" not in steel  # the coolant that it lacks too is nowhere to be had
    firms = [c["firm"] for c in facts.plan["candidates"] if c["segment"] == "带钢"]
    assert steel.index(firms[0]) < steel.index(firms[1])
    assert all("不列入招引" in s for s in sentences if "：生铁（" in s)


def test_equal_places_say_that_they_are_shared(facts, paper):
    tied = [g["segment"] for g in facts.plan["gaps"] if g["tied"]]
    assert {"带钢", "冷却液"} <= set(tied)
    assert {row[1] for row in table(paper, "次序", "环节") if row[0].startswith("并列第")} == set(tied)


def test_the_unsurveyed_have_no_number_and_what_rows_alone_say_is_provisional(paper):
    rows = {row[1]: row[2:] for row in table(paper, "阶段", "环节", "状态", "在产企业")}
    assert rows["控制器"][:5] == ["未摸底", "—", "—", "—", "—"]
    assert rows["铸件"][:2] == ["薄弱·暂估", "至少1家"]
    assert (rows["冷却液"][1], rows["锯条"][1]) == ("0家", "1家")
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "薄弱2个（暂估1个）" in text
    assert "铸件资料不足，不排名，先补企业名单。" in text


def test_no_arrow_and_no_doubled_name_stands_in_the_paper(paper):
    cells = [c.text for t in paper.tables for row in t.rows for c in row.cells]
    text = "\n".join((*(p.text for p in paper.paragraphs), *cells))
    assert "→" not in text
    assert "示例县示例" not in text
    assert next(row[2] for row in table(paper, "名称", "环节", "主要产品") if row[0] == "示例甲锯业") == "锯条"


def test_the_mind_map_invites_the_same_firms_in_the_same_order(facts):
    view, plan = facts.view, facts.plan
    groups = {
        branch.ref: [leaf.label for leaf in group.children]
        for branch in mind_tree(view, plan).walk()
        for group in branch.children
        if group.label.startswith("招引目标")
    }
    assert groups
    for ident, firms in groups.items():
        assert firms == [c["firm"] for c in plan["candidates"] if c["segment_id"] == ident]
    assert sum(map(len, groups.values())) == len(plan["candidates"])
