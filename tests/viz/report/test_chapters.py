"""The chapters of the report: every status and mark explained, figures with unit and year, one voice from cover to appendix."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace

import pytest
from builders import BASICS
from views import facts_of

from graph.analysis.grading.statuses import FLAGS, STATUSES
from viz.drawing.svg import size_of
from viz.paper.blocks import HeadingBlock, PictureBlock, TableBlock, TextBlock
from viz.paper.settings import PaperSettings
from viz.report.chapters.appendix import appendix
from viz.report.chapters.chain import write_chain
from viz.report.chapters.maps import READABLE, SMALLEST
from viz.report.chapters.scope import MARKS, MEANS
from viz.report.cite import Citations
from viz.report.context import Context, paper_of
from viz.report.word import report_paper, write_report

CHAIN = "示例锯床产业链"
SHEETS = {
    **BASICS,
    "环节": [
        ["产业链", "名称", "阶段", "已调查", "管制清单"],
        [CHAIN, "示例控制器", "上游", "是", "是"], *([CHAIN, f"示例部件{n:02}", "上游", None, None] for n in range(12)),
        [CHAIN, "锯条", "中游", "是", None], [CHAIN, "示例市场", "应用", None, None],
    ],
    "环节供给": [["产业链", "上游环节", "下游环节"], [CHAIN, "示例控制器", "锯条"]],
    "企业": [
        ["名称", "县市区", "所在地", "产业链", "环节", "主要产品", "状态", "产值(万元)", "年份", "来源"],
        ["示例甲锯业", "示例县", None, CHAIN, "锯条", "锯条", "在产", 12000, 2025, "示例县经信局"],
        ["示例乙锯业", "示例县", None, CHAIN, "锯条", "锯条", "在产", 6000, 2025, "示例县经信局"],
        ["示例外地控制器厂", None, "浙江省温州市", None, None, "示例控制器", "外部", None, None, "示例名录"],
    ],
    "企业年报": [
        ["企业", "年份", "产值(万元)", "来源"],
        ["示例甲锯业", 2025, 12000, "示例县经信局"], ["示例乙锯业", 2025, 6000, "示例县经信局"],
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    return facts_of(tmp_path_factory.mktemp("chapters"), SHEETS, CHAIN)


@pytest.fixture(scope="module")
def paper(facts):
    return report_paper(facts, PaperSettings(unit="示例县科技局", headline="示例行动"))


def sentences(paper, heading):
    """The sentences under a heading, up to the next."""
    inside, texts = False, []
    for block in paper.blocks:
        if isinstance(block, HeadingBlock):
            inside = block.text == heading
        elif inside and isinstance(block, TextBlock):
            texts.append(block.text)
    return texts


def table(paper, caption):
    return next(b for b in paper.blocks if isinstance(b, TableBlock) and b.caption == caption)


def test_every_status_and_every_mark_has_its_plain_words():
    assert MEANS.keys() == STATUSES.keys()
    assert MARKS.keys() == FLAGS.keys()
    assert not [t for t in (*MEANS.values(), *MARKS.values()) if re.search(r"HHI|[≥≤>]|\bN\b", t)]


def test_markets_are_named_and_not_judged(paper):
    meanings = table(paper, "环节状态和本报告所用标志的含义").rows
    assert ("状态", "应用", "应用市场，不参与评定：示例市场") in meanings
    assert "示例市场" not in {row[1] for row in table(paper, "环节状态一览").rows}


def test_the_cover_bears_who_issues_it_and_says_that_little_is_known(paper):
    first = next(i for i, b in enumerate(paper.blocks) if isinstance(b, HeadingBlock))
    cover = [b.text for b in paper.blocks[:first] if isinstance(b, TextBlock)]
    assert {"示例行动", "示例县锯床产业链\n技术分析报告", "示例县科技局", "（初稿：已摸底环节2个，共14个）"} <= set(
        cover
    )


def test_the_summary_is_four_paragraphs_with_units_and_years(paper):
    scale, first, support, targets = sentences(paper, "摘要")
    assert "2025年年报填有产值的企业2家，产值合计1.8亿元，占示例县同年已知企业产值的100%[1]" in scale
    assert "示例控制器（卡脖子），本地没有在产企业" in first
    assert "不补上则锯条难以恢复供给" in first
    assert support.startswith("技术需求已录 0 项")
    assert targets


def test_a_gap_says_whom_it_stops_and_what_one_firm_would_change(paper):
    card = next(t for t in sentences(paper, "需补强的环节（2个）") if t.startswith("示例控制器"))
    assert "该环节供给锯条，影响该用户环节。" in card
    assert "如示例外地控制器厂落地，“示例控制器”由卡脖子变为薄弱" in card
    assert re.search(r"依据\[\d+\].*可信度\d+%。$", card)


def test_a_map_that_would_be_small_is_drawn_in_parts_that_can_be_read(paper):
    maps = [b for b in paper.blocks if isinstance(b, PictureBlock) and "全景图" in b.caption]
    assert [m.caption for m in maps] == [f"示例县锯床产业链全景图（{part}）" for part in ("上游、中游", "上游，续1")]
    for drawing in maps:
        assert SMALLEST * drawing.width / size_of(drawing.svg)[0] * 72 / 25.4 >= READABLE


def test_the_appendix_names_who_published_and_what_is_blank(paper):
    publishers = {row[0]: row for row in table(paper, "数据来源").rows}
    assert {"示例县经信局", "示例名录"} <= publishers.keys()
    assert re.match(r"\[\d+\]", publishers["示例名录"][-1])
    assert len([row for row in table(paper, "待补清单").rows if row[0].startswith("环节“示例部件")]) == 12


def test_what_nobody_filed_is_to_be_filled_in_once(paper):
    subjects = [row[0] for row in table(paper, "待补清单").rows]
    assert subjects.count("技术攻关与项目") == subjects.count("科创平台") == 1
    assert not {"项目", "平台", "需求", "成果"} & set(subjects)


def test_a_chain_is_a_section_of_another_paper_with_references_that_run_on(facts):
    cite, blanks, paper = Citations(), [], paper_of(facts, "示例")
    for title in ("一、示例", "二、示例"):
        paper.heading(title)
        write_chain(Context(facts, paper, cite, 2, blanks))
    appendix(paper, cite, blanks, facts.config, facts.content)
    headings = [(b.level, b.text) for b in paper.blocks if isinstance(b, HeadingBlock)]
    assert headings.count((2, "（一）产业定义与口径")) == 2
    assert {level for level, text in headings if text.startswith("需补强的环节")} == {3}
    assert len({b.subject for b in blanks}) == len(blanks), "what is blank is listed once"


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html"])
def test_the_same_facts_give_the_same_bytes_in_every_form(facts, tmp_path, suffix):
    write_report(facts, tmp_path / f"1{suffix}")
    write_report(pickle.loads(pickle.dumps(facts)), tmp_path / f"2{suffix}")
    assert (tmp_path / f"1{suffix}").read_bytes() == (tmp_path / f"2{suffix}").read_bytes()


def test_what_is_not_told_is_not_there(facts):
    bare = report_paper(replace(facts, targets=[], zero=[], figures={}), PaperSettings())
    assert sentences(bare, "摘要")[-1] == "目标和完成情况暂无数据。"
    assert sentences(bare, "八、目标与时限") == ["目标和完成情况暂无数据，列入附录“待补清单”。"]
    assert "链上企业产值暂无数据" in sentences(bare, "摘要")[0]
