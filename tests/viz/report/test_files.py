"""The report, the needs list, the weak-link table and all files at once."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest
from builders import CHAINS, COUNTIES
from docx import Document
from docx.shared import Mm
from openpyxl import load_workbook
from views import HOSTILE, RICH, facts_of, hostile, view_of

from graph.analysis.config import GapConfig, load_config, parameters
from graph.files import file_name
from viz.report.candidates import write_candidates
from viz.report.deliver import checks, deliver
from viz.report.gaps import write_gaps_table
from viz.report.needs import write_needs
from viz.report.word import write_report

CHAPTERS = ["摘要", "一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "附表", "附录"]


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    """What the report of a chain tells."""
    return facts_of(tmp_path_factory.mktemp("rich"), RICH)


@pytest.fixture(scope="module")
def view(facts):
    return facts.view


@pytest.fixture(scope="module")
def facts_bare(tmp_path_factory):
    return facts_of(tmp_path_factory.mktemp("bare"), {"县市区": COUNTIES, "产业链": CHAINS})


@pytest.fixture(scope="module")
def bare(facts_bare):
    return facts_bare.view


def write(facts, path, config=None):
    write_report(replace(facts, config=config or GapConfig()), path)
    return Document(str(path))


@pytest.mark.parametrize("which", ["facts", "facts_bare"])
def test_every_chapter_is_there_and_no_heading_stands_empty(which, tmp_path, request):
    doc = write(request.getfixturevalue(which), tmp_path / "a.docx")
    headings = [p.text for p in doc.paragraphs if p.style.name == "Heading 1"]
    assert [h[: len(c)] for h, c in zip(headings, CHAPTERS, strict=True)] == CHAPTERS
    body = [e for e in doc.element.body if e.tag.endswith(("}p", "}tbl"))]
    level = None
    for element in body:
        style = next((s.get(s.keys()[0]) for s in element.iter() if s.tag.endswith("}pStyle")), "")
        if style in ("Heading1", "Heading2"):
            now = int(style[-1])
            assert level is None or now > level, "a heading is followed by another"
            level = now
        elif (
            element.tag.endswith("}tbl")
            or "".join(t.text or "" for t in element.iter() if t.tag.endswith("}t")).strip()
        ):
            level = None
    assert level is None


def test_the_page_is_that_of_the_standard_and_the_contents_are_real(facts, tmp_path):
    doc = write(facts, tmp_path / "a.docx")
    section = doc.sections[0]
    assert abs(section.page_width - Mm(210)) < Mm(1)
    assert abs(section.top_margin - Mm(37)) < Mm(1)
    assert abs(section.left_margin - Mm(28)) < Mm(1)
    xml = zipfile.ZipFile(tmp_path / "a.docx").read("word/document.xml").decode()
    assert "TOC \\o" in xml
    assert "PAGEREF" in xml
    assert "SEQ 表" in xml
    assert "SEQ 图" in xml
    assert xml.count("<pic:blipFill>") == 2


def test_every_number_can_be_followed_to_a_numbered_row(facts, tmp_path):
    doc = write(facts, tmp_path / "a.docx")
    text = "\n".join(p.text for p in doc.paragraphs)
    sources = next(t for t in doc.tables if t.rows[0].cells[0].text == "编号")
    assert "[1]" in text
    assert sources.rows[1].cells[0].text.startswith("[1]")
    assert sources.rows[1].cells[1].text == "示例"


def test_the_line_of_the_plan_stands_in_the_report(facts, tmp_path):
    text = "\n".join(p.text for p in write(facts, tmp_path / "a.docx").paragraphs)
    assert "已录 2 项（共性 1、关键 1），距10项差 8 项" in text


def test_output_that_only_the_rows_of_firms_state_is_told(tmp_path):
    def summary(folder, sheets):
        doc = write(facts_of(tmp_path / folder, sheets), tmp_path / f"{folder}.docx")
        return next(p.text for p in doc.paragraphs if "链上企业产值" in p.text or "产值合计" in p.text)

    firms = summary("firms", RICH)
    assert "2024年填有产值的企业2家，产值合计400万元，占示例县同年已知企业产值的100%" in firms
    reports = [["企业", "年份", "产值(万元)"], ["示例甲锯业有限公司", 2024, 100]]
    assert "2024年年报填有产值的企业1家，产值合计100万元" in summary("reports", RICH | {"企业年报": reports})
    plain = [[*row[:4], row[6]] for row in RICH["企业"]]
    assert "链上企业产值暂无数据" in summary("none", RICH | {"企业": plain})


def test_the_same_view_and_date_give_the_same_bytes(facts, tmp_path):
    write(facts, tmp_path / "a.docx")
    write(facts, tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_the_needs_list_has_common_and_key_parts_and_drops_nothing(view, tmp_path):
    summary = write_needs([view], tmp_path / "n.xlsx")
    assert (summary.common, summary.key, summary.other, summary.missing) == (1, 1, 1, 8)
    cells = [str(c.value) for row in load_workbook(tmp_path / "n.xlsx").active.iter_rows() for c in row if c.value]
    for wanted in (
        "一、共性技术需求（1项）",
        "二、关键技术需求（1项）",
        "三、未注明类别的技术需求（1项）",
        "示例有技术的需求",
        "示例无环节的需求",
    ):
        assert wanted in cells
    write_needs([view], tmp_path / "n.docx")
    assert len(Document(str(tmp_path / "n.docx")).tables) == 4  # three parts, and the rows behind


def test_an_empty_needs_list_says_that_nothing_is_there_and_asks_nobody(bare, tmp_path):
    write_needs([bare], tmp_path / "n.xlsx")
    cells = [str(c.value) for row in load_workbook(tmp_path / "n.xlsx").active.iter_rows() for c in row if c.value]
    assert cells.count("暂无数据，列入待补内容。") == 2
    assert "待补内容：共性技术需求、关键技术需求。" in cells
    assert not any("请" in c or "0项）" in c for c in cells)


def test_no_cell_is_ever_a_formula(tmp_path):
    spoiled = view_of(tmp_path, hostile(RICH, "=1+1"), "示例锯床产业链=1+1")
    write_needs([spoiled], tmp_path / "n.xlsx")
    write_gaps_table(spoiled.segments, tmp_path / "g.xlsx")
    place = dict.fromkeys(("county", "chain", "segment", "segment_id", "caption"), "=1+1")
    firm = place | dict.fromkeys(("firm", "firm_id", "location", "product", "reasons", "change", "topic"), "=1+1")
    firm |= {"sources": [], "score": 1.0}
    asked = {"segment": "@x", "question": "=1+1", "targets": [firm]}
    found = {"gaps": [place | {"priority": None, "rank": 1, "tied": True}], "candidates": [firm], "to_survey": [asked]}
    write_candidates(found, tmp_path / "c.xlsx")
    for name in ("n.xlsx", "g.xlsx", "c.xlsx"):
        for page in load_workbook(tmp_path / name):
            assert all(c.data_type != "f" and c.hyperlink is None for row in page.iter_rows() for c in row)


@pytest.mark.parametrize("mark", HOSTILE[:3])
def test_all_files_of_a_chain_with_a_hostile_name_stay_in_their_folder(tmp_path, mark):
    done = deliver([facts_of(tmp_path, hostile(RICH, mark), "示例锯床产业链" + mark)], tmp_path / "out")
    ends = (
        "分析报告.docx",
        "分析报告.pdf",
        "需求清单.xlsx",
        "需求清单.docx",
        "思维导图.html",
        "对接清单.xlsx",
        "自查表.xlsx",
    )
    assert [end for end in ends if not any(f.name.endswith(end) for f in done.files)] == []
    assert all(f.exists() and f.parent.parent == tmp_path / "out" for f in done.files[:-1])
    assert done.files[-1].parent == tmp_path / "out"


def test_the_check_list_names_what_is_thin_and_what_to_do(bare):
    thin = {c.item: c.todo for c in checks(bare) if c.thin}
    assert {"技术需求", "环节", "项目", "平台"} <= set(thin)
    assert all(thin.values())


def test_a_file_name_never_leaves_its_folder():
    assert file_name("../../etc/passwd") == "_.._etc_passwd"
    assert file_name("...") == "未命名"


def parameter_rows(doc):
    tables = [t for t in doc.tables if t.rows[0].cells[0].text == "参数"]
    return [tuple(c.text for c in row.cells) for t in tables for row in t.rows[1:]]


def test_the_report_prints_every_parameter_with_its_value(facts, tmp_path):
    rows = parameter_rows(write(facts, tmp_path / "a.docx"))
    assert {(caption, value) for caption, value, _ in rows} == {(p.caption, p.value) for p in parameters(GapConfig())}
    assert {note for *_, note in rows} == {"默认"}


def test_a_changed_parameter_is_marked_among_all_others(facts, tmp_path):
    config = load_config({"weak_at_most": 1})
    rows = parameter_rows(write(facts, tmp_path / "a.docx", config))
    assert len(rows) == len(list(parameters(config)))
    assert [row for row in rows if row[2] != "默认"] == [("薄弱：在产企业不超过（家）", "1", "已改，默认2")]


def test_the_weak_link_table_shows_no_number_for_the_unsurveyed_and_says_ties(facts, tmp_path):
    view = facts.view
    unknown = dict(view.segments[0], known=False, count="—", status="未知", caption="未摸底", n=0, total=0, scores=None)
    tied = dict(view.segments[0], count="至少1家", scores=view.segments[0]["scores"] | {"rank": 2, "tied": True})
    write_gaps_table([unknown, tied], tmp_path / "g.xlsx")
    head, first, second = ([c.value for c in row] for row in load_workbook(tmp_path / "g.xlsx").active.iter_rows())
    rows = [dict(zip(head, [v or None for v in row], strict=True)) for row in (first, second)]
    assert [(r["列名企业"], r["在产企业"], r["名次"], r["并列"]) for r in rows] == [
        ("—", "—", None, None), (view.segments[0]["n"], "至少1家", 2, "并列"),
    ]  # fmt: skip
