"""Plans as files: text in any encoding, Word with a table between its paragraphs, PDF with broken lines and page numbers."""

from __future__ import annotations

import pdf_builder as pdf
import pytest
from docx import Document

from graph.errors import LianpuError
from ingest.plan_text.document import read_document

LINES = [
    "示例市产业链三年行动计划（2024—2026年）",
    "一、主要目标",
    "到2026年，全市规上工业企业研发活动覆盖率达到80%以上，累计培育高新技术企业120家。",
    "二、重点任务",
    "（一）强化创新。各县（市、区）每年开展对接活动不少于2场。（责任单位：市科技局、各县（市、区）政府）",
]
TABLE = [
    ["指标", "主责单位", "完成期限"],
    ["新增省级平台5家以上", "市科技局", "2025年底"],
    ["完成图谱编制", "市经信局", "2024年6月"],
]
READ = [
    ("规上工业企业研发活动覆盖率", "全市", "≥", 80, "%", "2026-12-31"),
    ("高新技术企业", "全市", "累计≥", 120, "家", "2026-12-31"),
    ("对接活动", "各县市区", "每年≥", 2, "场", "2026-12-31"),
]
OF_TABLE = [
    ("新增省级平台", "全市", "≥", 5, "家", "2025-12-31"),
    ("完成图谱编制", "全市", "完成", None, None, "2024-06"),
]


def targets(path):
    return [(t.indicator, t.subject, t.comparator, t.value, t.unit, t.deadline) for t in read_document(path).targets]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "示例.txt"
    path.write_bytes("\r\n".join(LINES).encode(encoding))
    assert targets(path) == READ


def test_a_word_document_gives_its_paragraphs_and_the_rows_of_its_tables_in_order(tmp_path):
    document = Document()
    for text in LINES[:3]:
        document.add_paragraph(text)
    table = document.add_table(rows=0, cols=3)
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for text in LINES[3:]:
        document.add_paragraph(text)
    document.save(tmp_path / "示例.docx")
    assert targets(tmp_path / "示例.docx") == [*READ[:2], *OF_TABLE, READ[2]]
    reading = read_document(tmp_path / "示例.docx")
    assert reading.targets[2].owners == ["市科技局"]
    assert reading.targets[2].where == "一、主要目标 表1第2行"
    assert (reading.plan, reading.start_year, reading.end_year) == (LINES[0], 2024, 2026)


def test_a_pdf_gives_its_lines_as_paragraphs_and_its_ruled_tables(tmp_path):
    def page(lines, number, drawn=""):
        texts = [pdf.text(60, 60 + 20 * i, line, 14) for i, line in enumerate(lines)]
        return "".join(texts) + pdf.text(280, 800, f"- {number} -") + drawn

    whole = LINES[2]
    first = page([*LINES[:2], whole[:30], whole[30:36]], 1)
    second = page([whole[36:], *LINES[3:4], LINES[4][:30], LINES[4][30:]], 2, pdf.table(TABLE, 300, width=140))
    path = pdf.write_pdf(tmp_path / "示例.pdf", [first, second])
    assert targets(path) == [*READ, *OF_TABLE]


def test_a_workbook_is_no_text_of_a_plan(tmp_path):
    from builders import BASICS, write_book

    with pytest.raises(LianpuError, match="不是文稿"):
        read_document(write_book(tmp_path / "示例.xlsx", dict(BASICS)))
