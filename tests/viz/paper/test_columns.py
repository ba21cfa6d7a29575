"""Tables of many columns with long texts: no slit of three characters, and nothing cut off at the end of a page."""

from __future__ import annotations

from datetime import date

import pypdfium2
from docx import Document

from viz.paper.columns import column_widths, is_tall
from viz.paper.document import Paper
from viz.paper.files import save

HEADERS = (
    "序号", "需求名称", "环节", "提出单位", "领域", "关键字", "主要问题和现状", "技术关键", "预期目标", "起止时间",
    "解决方式", "拟投入(万元)", "立项和成果对接", "进展", "责任人",
)  # fmt: skip
ROW = (
    "1", "示例节能无水染色成套装备关键技术", "印染后整理", "示例纺织科技股份有限公司", "先进纺织", "无水染色、示例工艺",
    "目前染色工艺用水量大、能耗高，" * 8, "流体中染料溶解与扩散机理，" * 4, "上染率≥98.5%，能耗≤1.2kWh/kg；" * 4,
    "2023年至2024年12月底", "委托、揭榜挂帅", "1200", "可对接：示例无水染色成套装备研究（示例大学）", "攻关中", "示例人员",
)  # fmt: skip


def test_long_texts_have_the_room_that_short_ones_can_spare():
    widths = dict(zip(HEADERS, column_widths(HEADERS, [ROW] * 3, 9, 700), strict=True))
    assert abs(sum(widths.values()) - 700) < 0.5
    assert widths["主要问题和现状"] > 2.5 * widths["领域"]
    assert not is_tall(ROW, list(widths.values()), 9)


def test_a_row_taller_than_a_page_goes_on_on_the_next(tmp_path):
    paper = Paper("示例清单", date(2026, 1, 1), landscape=True)
    row = [*ROW[:6], "鑫" * 1500, *ROW[7:]]
    paper.table("示例需求", HEADERS, [ROW, row], size=9)
    save(paper, tmp_path / "a.pdf")
    shown = 0
    for page in pypdfium2.PdfDocument(tmp_path / "a.pdf"):
        text = page.get_textpage()
        places = [text.get_charbox(i) for i, c in enumerate(text.get_text_range()) if c == "鑫"]
        shown += sum(bottom > 20 for _, bottom, _, _ in places)
    assert shown == 1500
    save(paper, tmp_path / "a.docx")
    rows = Document(str(tmp_path / "a.docx")).tables[0].rows
    assert "cantSplit" in rows[0]._tr.xml
    assert "cantSplit" not in rows[2]._tr.xml
