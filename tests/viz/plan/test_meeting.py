"""对接会安排表: it prints what is known, asks for what is not, and loads back once it is filled in."""

from __future__ import annotations

import openpyxl

from viz.paper.document import Paper
from viz.plan.meeting import COLUMNS, _paper, write_meeting


def a_meeting(*rows, firms=("示例甲厂",)):
    return {
        "event": "示例对接会", "event_id": "e", "type": "对接会", "date": "2026-05", "county": "示例县", "chain": None,
        "rows": [
            {
                "chain": "示例锯床产业链", "category": None, "raised_by": list(firms), "why": "锯切",
                "pair": {"need": need, "object": thing, "object_id": thing, "object_kind": "科技成果", "holders": ["示例所"], "state": "推荐"},
            }
            for need, thing in rows
        ],
        "needs": len({n for n, _ in rows}), "firms": list(firms), "file": None,
    }  # fmt: skip


def test_the_list_filled_in_loads_back_as_steps_of_its_pairs(basic_city, load_sheets, tmp_path):
    load_sheets(
        {
            "技术需求": [["名称"], ["示例减振"]],
            "科技成果": [["名称"], ["示例减振器"]],
            "活动": [["名称"], ["示例对接会"]],
        }
    )
    write_meeting(tmp_path / "安排表.xlsx", a_meeting(("示例减振", "示例减振器"), firms=["示例甲锯业有限公司"]))
    rows = [[*r] for r in openpyxl.load_workbook(tmp_path / "安排表.xlsx")["供需对接"].iter_rows(values_only=True)]
    place = {caption: n for n, caption in enumerate(COLUMNS)}
    rows[1][place["状态"]], rows[1][place["日期"]] = "洽谈", "2026-05-20"
    report = load_sheets({"供需对接": rows}, name="填好.xlsx")
    assert [f.message for f in report.findings if f.level == "error"] == []
    assert not report.waiting
    (node,) = basic_city.store.nodes(basic_city.schema.kinds["供需对接"])
    assert node["state"] == "洽谈"


def test_the_paper_says_where_when_and_who_in_sentences_and_names_no_more_than_three_firms():
    firms = [f"示例{n}厂" for n in "甲乙丙丁"]
    paper: Paper = _paper(a_meeting(("示例减振", "示例减振器"), ("示例减振", "示例阻尼"), firms=firms), "")
    texts = list(paper.texts())
    assert texts[:3] == [
        "示例对接会安排表",
        "时间：2026年5月；地区：示例县。",
        "本次安排技术需求1项、对接对象2个，共2对，参加企业4家（示例甲厂、示例乙厂、示例丙厂等4家）。",
    ]
    assert "未注明" in texts


def test_an_event_that_nobody_is_put_down_for_has_no_empty_table():
    texts = list(_paper(a_meeting(firms=()), "").texts())
    assert texts[1:] == ["时间：2026年5月；地区：示例县。", "对接安排暂无数据。"]
