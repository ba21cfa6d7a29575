"""The papers of the plan: what they say, that nothing is invented, that an office could sign them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from builders import BASICS, write_book
from docx import Document
from openpyxl import load_workbook
from plan_sheets import DAY, SHEETS, plan_state

from graph.analysis.config import GapConfig
from graph.answers.plan.draft import draft_facts
from graph.answers.plan.papers import NoTargets, bulletin_facts
from graph.answers.plan.progress import progress
from graph.answers.plan.zero import zero
from graph.answers.state import State
from ingest.load.pipeline import load
from viz.errors import UnknownFormat
from viz.paper.official import numeral
from viz.plan.bulletin import write_bulletin
from viz.plan.bulletin_text import BulletinText
from viz.plan.draft import write_draft
from viz.plan.draft_text import DraftText
from viz.plan.target_book import write_target_book
from viz.plan.zero_book import write_zero_book

# What no official paper holds: words of programs, arrows, bars, empty values, commands, doubled punctuation.
UNFIT = re.compile(
    r"None|nan|True|False|\||→|空表|lianpu|\.xlsx|[，。；：、]{2}|：。|（）|清零清零|(?<!\d)-\d+天|\bfiled\b|\bcomputed\b"
)


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    with plan_state(tmp_path_factory.mktemp("plan")) as state:
        yield {
            "bulletin": bulletin_facts(state),
            "draft": draft_facts(state, "示例县"),
            "progress": progress(state),
            "zero": zero(state),
        }


def texts(path):
    doc = Document(str(path))
    cells = [c.text for table in doc.tables for row in table.rows for c in row.cells]
    return [p.text for p in doc.paragraphs], cells


def rows(path, sheet):
    head, *body = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


@pytest.mark.parametrize(("write", "key"), [(write_bulletin, "bulletin"), (write_draft, "draft")])
def test_a_paper_holds_no_word_of_a_program_and_no_heading_without_text(facts, tmp_path, write, key):
    write(tmp_path / "a.docx", facts[key])
    paragraphs, cells = texts(tmp_path / "a.docx")
    assert not [t for t in (*paragraphs, *cells) if UNFIT.search(t)]
    doc = Document(str(tmp_path / "a.docx"))
    body = [e for e in doc.element.body if e.tag.endswith(("}p", "}tbl"))]
    styles = [
        e.pPr.pStyle.val if e.tag.endswith("}p") and e.pPr is not None and e.pPr.pStyle is not None else ""
        for e in body
    ]
    assert not [a for a, b in pairwise(styles) if a == b == "Heading1"]


@pytest.mark.parametrize(
    ("write", "key", "name"),
    [
        (write_bulletin, "bulletin", "a.docx"),
        (write_draft, "draft", "a.docx"),
        (write_target_book, "progress", "a.xlsx"),
        (write_zero_book, "zero", "a.xlsx"),
    ],
)
def test_a_paper_of_the_same_facts_has_the_same_bytes_and_of_another_suffix_is_refused(
    facts, tmp_path, write, key, name
):
    first, second = tmp_path / f"1{name}", tmp_path / f"2{name}"
    write(first, facts[key])
    write(second, facts[key])
    assert first.read_bytes() == second.read_bytes()
    with pytest.raises(UnknownFormat):
        write(tmp_path / "a.odt", facts[key])


def test_the_bulletin_counts_every_target_once_and_names_what_is_late_with_its_reason(facts):
    text = BulletinText(facts["bulletin"])
    assert "共设指标8项，按考核对象计8项次" in text.opening
    head, counted = text.lights_table
    assert counted[-1][0] == "合计"
    assert counted[-1][-1] == sum(row[-1] for row in counted[:-1]) == 8
    grave = next(a for a in text.attachments if a.title.startswith("逾期"))
    late = [row for row in grave.rows if row[1] == "立项数"]
    assert {row[5] for row in late} == {"原因：项目储备不足。措施：每月调度。"}
    assert "逾期" in {row[3] for row in late}
    assert head[0] == "县（市、区）"


def test_the_bulletin_sets_filed_beside_the_ledger_and_tells_dissent_and_moved_dates(facts):
    text = BulletinText(facts["bulletin"])
    told = "".join(text.filing)
    assert "填报数大于台账数的1处：示例县立项数填报4项、台账1项。" in told
    assert "对台账数提出异议的1处。" in told
    beside = next(a for a in text.attachments if a.title == "填报数与台账数对照")
    assert any(row[-1].startswith("还有两项没有录入") for row in beside.rows)
    assert "期限作过调整的1项次，其中调整两次以上的1项次" in told
    moved = next(a for a in text.attachments if a.title == "期限调整情况")
    assert [row[3] for row in moved.rows] == [2]
    assert "由2024年12月31日调整到2025年6月30日，理由：指南推迟，示例市政府批准" in moved.rows[0][4]


def test_what_nobody_filed_is_asked_for_and_never_called_late(facts):
    text = BulletinText(facts["bulletin"])
    told = "".join(text.filing)
    assert "没有填报、台账也无数的2项次" in told
    grave = next(a for a in text.attachments if a.title.startswith("逾期"))
    assert "需求数" not in {row[1] for row in grave.rows}
    assert "未报的2项次，尽快填报" in text.next_steps


def test_the_bulletin_prints_its_rule_and_says_what_is_due_within_90_days(facts, tmp_path):
    write_bulletin(tmp_path / "a.docx", facts["bulletin"])
    paragraphs, _ = texts(tmp_path / "a.docx")
    assert any("距期限30天以上的为正常" in p and "距期限90天起催报" in p for p in paragraphs)
    assert any(p.startswith("31日至60日内到期、尚未达标的2项次") for p in paragraphs)


def ten_counties(progress):
    """The same targets in ten counties of long names, so many that each paragraph of a bulletin is full."""
    one = next(c for c in progress["counties"])
    names = [f"示例{numeral(n)}畲族自治县" for n in range(1, 11)]
    targets = [
        {**t, "county": name, "subject": name, "subject_kind": "县市区"} for name in names for t in progress["targets"]
    ]
    return {**progress, "targets": targets, "counties": [{**one, "county": name} for name in names]}


def test_the_bulletin_of_a_city_of_ten_counties_is_signed_on_its_second_page(facts, tmp_path):
    full = replace(facts["bulletin"], progress=ten_counties(facts["bulletin"].progress))
    write_bulletin(tmp_path / "a.pdf", full)
    pages = [page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(str(tmp_path / "a.pdf"))]
    assert "成文日期" in pages[1]
    assert "附件1" in pages[2].replace(" ", "")


def test_a_bulletin_without_targets_is_refused_with_what_to_do(tmp_path):
    with plan_state(tmp_path, dict(BASICS)) as state, pytest.raises(NoTargets) as refused:
        bulletin_facts(state)
    assert "“指标”表" in refused.value.hint


def test_the_draft_has_the_headings_of_the_plan_in_order_with_owners_dates_and_targets(facts):
    text = DraftText(facts["draft"])
    names = [h.name for h in text.headings]
    assert names[:2] == ["系统谋划一个工作方案", "实施一批技术攻关项目"]
    assert {"梳理技术需求", "开展成果推介活动", "建设一批科创平台"} <= set(names)
    told = "".join(text.of_heading(text.headings[1]))
    assert "目标要求：到2025年10月底，立项数不少于6项；到2026年12月底，立项数累计不少于15项。" in told
    assert "市级牵头单位：示例科技局；本县责任单位：待填；配合单位：示例经信局" in told
    assert "1. 组织联合攻关。组建联合体。牵头单位：待填；责任人：示例某；时间：2025年3月5日至2025年9月底" in told


def test_what_the_data_does_not_hold_is_to_be_filled_in_and_listed_at_the_end(facts, tmp_path):
    write_draft(tmp_path / "a.docx", facts["draft"])
    paragraphs, _ = texts(tmp_path / "a.docx")
    listed = paragraphs[paragraphs.index("附录　待补清单") :]
    assert any("选择产业链的理由" in p for p in listed)
    assert any("任务的牵头单位：组织联合攻关" in p for p in listed)
    doc = Document(str(tmp_path / "a.docx"))
    blanks = [r for p in doc.paragraphs for r in p.runs if r.text == "待填"]
    assert blanks
    assert all(r._element.rPr.xpath("w:shd") for r in blanks)


def test_a_draft_names_policies_in_force_for_the_county_and_experts_of_its_chain(facts):
    draft = facts["draft"]
    assert [p.name for p in draft.policies] == ["示例补助办法"]
    assert [(e.name, e.kind) for e in draft.experts] == [("示例专家组", "专家")]


def test_what_is_set_for_another_city_is_in_no_draft_of_this_one(tmp_path):
    other = {
        "县市区": [("名称", "上级"), ("示例他市", None), ("示例他县", "示例他市")],
        "产业链": [("名称", "县市区"), ("示例他链", "示例他县")],
        "计划": [("名称",), ("示例他市计划",)],
        "任务": [("名称", "计划", "对象"), ("示例他市任务", "示例他市计划", "全市")],
        "政策": [("名称",), ("示例他市政策",)],
    }
    with plan_state(tmp_path, SHEETS) as state:
        load(state.city, [write_book(tmp_path / "他市.xlsx", other)])
        draft = draft_facts(State(state.city, GapConfig(), DAY), "示例县")
    assert "示例他市任务" not in {t["name"] for t in draft.tasks}
    assert "实施一批技术攻关项目" in {t["name"] for t in draft.tasks}
    assert [p.name for p in draft.policies] == ["示例补助办法"]


def test_a_draft_of_a_county_without_chain_or_plan_is_all_blanks_and_no_fault(tmp_path):
    with plan_state(tmp_path, dict(BASICS)) as state:
        write_draft(tmp_path / "a.docx", draft_facts(state, "示例邻县", DAY))
    paragraphs, cells = texts(tmp_path / "a.docx")
    assert any("选择待填作为切入点" in p for p in paragraphs)
    assert not [t for t in (*paragraphs, *cells) if UNFIT.search(t)]


def test_the_ledger_of_targets_has_a_line_for_each_target_with_sign_filed_and_computed(facts, tmp_path):
    write_target_book(tmp_path / "a.xlsx", facts["progress"])
    lines = rows(tmp_path / "a.xlsx", "指标台账")
    assert len(lines) == len(SHEETS["指标"]) - 1
    late = next(x for x in lines if x["指标"] == "立项数" and x["进度灯"] == "✕ 逾期")
    assert (late["填报数"], late["台账数"], late["统计口径"]) == (4, 1, "立项数")
    assert "完成情况" in late["填报的行"]
    assert "项目" in late["台账的行"]
    share = next(x for x in lines if x["指标"] == "研发活动覆盖率")
    assert (share["台账数"], share["台账下限"], share["台账上限"], share["台账留空"]) == (None, 50, 100, 1)


def test_the_lists_to_be_cleared_tell_no_from_blank(facts, tmp_path):
    write_zero_book(tmp_path / "a.xlsx", facts["zero"])
    lines = rows(tmp_path / "a.xlsx", "亿元无机构")
    assert {x["企业"]: x["年报填写"] for x in lines} == {"示例甲锯业有限公司": "否", "示例乙机床有限公司": "待核实"}
    total = next(x for x in rows(tmp_path / "a.xlsx", "汇总") if x["清单"] == "亿元无机构")
    assert (total["填否"], total["留空待核实"]) == (1, 1)
