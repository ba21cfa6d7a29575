"""The timeline of tasks: bars, what put them off, nodes, today; nothing is drawn outside, all text is escaped."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from viz.drawing.png import svg_to_png
from viz.plan.timeline import HEAD, LABEL, MOST, WIDTH, timeline

SVG = "{http://www.w3.org/2000/svg}"


def task(name="示例任务", start="2026-01-01", deadline="2026-06-30", **more):
    return {
        "id": name, "plan": "示例计划", "code": None, "name": name, "parent": None, "subject": "示例县", "subject_kind": "县市区",
        "county": "示例县", "leader": None, "owners": ["示例局"], "helpers": [], "person": None, "start": start,
        "first_deadline": deadline, "deadline": deadline, "moved": [], "days_left": None, "progress": "进行中", "share": None,
        "late": False, "problems": None, "next_step": None, "last": None, "milestones": [], "evidence": [], **more,
    }  # fmt: skip


MOVED = [{"old": "2026-06-30", "new": "2026-09-30", "reason": "示例<理由>", "approved_by": ""}]


def drawn(*tasks, at="2026-05-01"):
    return ElementTree.fromstring(timeline(tasks, at))


def texts(svg):
    return [e.text for e in svg.iter(f"{SVG}text")]


def test_a_task_is_a_bar_from_start_to_deadline_and_its_share_a_part_of_it():
    svg = drawn(task(share=0.5))
    bar, done = (r for r in svg.find(f"{SVG}g[@class='task']").iter(f"{SVG}rect"))
    assert (
        float(done.get("width")) * 2 == float(bar.get("width"))
        or abs(float(done.get("width")) * 2 - float(bar.get("width"))) < 0.02
    )
    assert "06.30" in texts(svg)


def test_what_put_a_task_off_is_hatched_after_the_old_day_and_counted():
    svg = drawn(task(deadline="2026-09-30", first_deadline="2026-06-30", moved=MOVED))
    bars = list(svg.find(f"{SVG}g[@class='task']").iter(f"{SVG}rect"))
    assert [b.get("fill") == "url(#put-off)" for b in bars] == [False, True]
    assert float(bars[0].get("x")) + float(bars[0].get("width")) - float(bars[1].get("x")) < 0.02
    assert "09.30 延1次" in texts(svg)
    assert "示例<理由>" in svg.find(f"{SVG}g[@class='task']/{SVG}title").text


def test_states_are_told_without_colour_and_a_late_task_as_late():
    svg = drawn(task("甲", progress="已完成"), task("乙", late=True), task("丙", progress="已取消"))
    assert [t for t in texts(svg) if t in "✓×–◎○"][:3] == ["✓", "×", "–"]


def test_all_of_it_stands_within_the_drawing_however_far_the_days():
    svg = drawn(
        task(milestones=[{"date": "2026-12-31", "text": "定稿"}, {"date": None, "text": "不定"}]),
        task("很长" * 60, start=None, deadline="2031-12-31"),
        at="2020-01-01",
    )
    for shape in svg.iter(f"{SVG}rect"):
        if shape.get("x") and shape.get("height") == "14.0":
            assert LABEL - 3 <= float(shape.get("x")) <= WIDTH
            assert float(shape.get("x")) + float(shape.get("width")) <= WIDTH
    assert len(list(svg.iter(f"{SVG}polygon"))) == 1
    assert not any(t and t.startswith("截至") for t in texts(svg))  # today is too far off to be drawn


def test_today_is_marked_where_it_lies_in_the_time_drawn():
    assert "截至 2026-05-01" in texts(drawn(task()))


def test_without_a_day_nothing_is_drawn_and_no_more_than_a_page_can_hold():
    assert timeline([task(start=None, deadline=None, first_deadline=None)], "2026-05-01") == ""
    many = drawn(*(task(f"示例{n}") for n in range(MOST + 30)))
    assert len(many.findall(f"{SVG}g")) == MOST
    assert float(many.get("viewBox").split()[3]) > HEAD


def test_hostile_names_are_text_and_the_drawing_becomes_a_picture():
    svg = timeline([task("<script>&\x00"), task("乙", plan="别的计划")], "2026-05-01")
    assert "<script>" not in svg
    assert re.search("别的计划", svg)
    assert svg_to_png(svg, scale=1).startswith(b"\x89PNG")
