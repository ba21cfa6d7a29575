"""The wide survey 企业调查表: one row for each firm, taken apart when it is loaded (mapping/survey.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graph.model import ChainView
from graph.schema.kinds import Column, Schema
from ingest.mapping.choose import survey
from ingest.mapping.mapping import Destination, alternatives, base_kind
from ingest.table.no_data import EXAMPLE
from ingest.workbooks.template import describe, dropdown, excel_book, names_in, to_be_printed

# What the example row says; the rest of its cells stay empty.
SAMPLE = {
    "企业名称": EXAMPLE + "缙云某某机械有限公司", "所属县市区": "缙云县", "所属产业链": "机械装备产业链", "所属环节": "带锯床整机",
    "主要产品": "带锯床、圆锯机", "年份": "2024", "生产状态": "在产", "产值(万元)": "12000", "营业收入(万元)": "11000",
    "研发费用(万元)": "450", "从业人数": "120", "规上": "是", "研发机构": "企业研究院", "资质": "国家高新技术企业(2023)",
    "技术难题": "1.高速锯切振动大 2.锯带寿命短", "拟投入(万元)": "300", "合作方式": "联合攻关",
    "主要供应商（含外地）": "缙云某某锯条有限公司：锯条；江苏某某公司（外地，占60%）：数控系统", "主要客户": "某某重工",
}  # fmt: skip
NOTES = {
    "研发机构": "填名称；没有名称填 是 或 否。只写“企业研究院”之类的，导入时加上企业名称",
    "技术难题": "一个难题一条，用 1. 2. 编号或分号、换行分开；每条成为一项技术需求",
    "主要供应商（含外地）": "名称（外地，占60%）：供应的环节或产品，多家用分号分开。写明外地并写了环节的记为外部供给，其余记为供应关系",
    "主要客户": "多家用顿号或分号分开",
    "外购环节": "外地供应商供应的是产业链的哪个环节；已写在供应商后面的不必再写",
}


def write_survey(path: Path, schema: Schema, view: ChainView | None = None) -> None:
    """The survey as a workbook: dropdowns, one example row, a sheet of notes; with a `view`, its names to choose from."""
    book = excel_book(path)
    head = book.add_format({"bold": True, "bg_color": "#E6F0FA", "border": 1, "text_wrap": True, "valign": "top"})
    must = book.add_format({"bold": True, "bg_color": "#FFE7BA", "border": 1, "text_wrap": True, "valign": "top"})
    example = book.add_format({"italic": True, "font_color": "#8C8C8C"})
    page, notes = book.add_worksheet("企业调查表"), book.add_worksheet("填写说明")
    page.freeze_panes(1, 1)
    to_be_printed(page)
    notes.set_column(0, 0, 24)
    notes.set_column(1, 1, 110)
    for place, text in enumerate(("列", "怎么填，导入后成为什么")):
        notes.write_string(0, place, text, head)
    names = names_in(view)
    for place, (key, destinations) in enumerate(survey().tables[0].columns.items()):
        caption, column = alternatives(key)[0], _column(destinations[0], schema)
        page.write_string(0, place, caption, must if column.required and place == 0 else head)
        page.set_column(place, place, max(12, 2 * len(caption) + 4))
        if caption not in NOTES:  # a name or yes and no, a list: no dropdown fits
            dropdown(page, place, column, names)
        _sample(page, place, caption, view, example)
        kinds = dict.fromkeys(base_kind(t.record) for t in destinations)
        note = NOTES.get(caption) or describe(column)
        page.write_comment(0, place, note)
        notes.write_string(place + 1, 0, caption)
        notes.write_string(place + 1, 1, f"{note}（写入{'、'.join(kinds)}）")
    notes.write_string(place + 2, 1, f"名称以“{EXAMPLE}”开头的示例行导入时自动跳过。多出的列作为附加列保留。")
    book.close()


def _column(destination: Destination, schema: Schema) -> Column:
    return schema.sheets[base_kind(destination.record)].by_caption[destination.caption]


def _sample(page: Any, place: int, caption: str, view: ChainView | None, form: Any) -> None:
    text = SAMPLE.get(caption)
    if view and caption in ("所属县市区", "所属产业链"):
        text = view.county if caption == "所属县市区" else view.chain
    if text:
        page.write_string(1, place, text, form)
