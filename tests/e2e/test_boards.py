"""招商看板 as its user works it: by keys and by dragging, with what the stage needs, and taken back; names run nowhere."""

from __future__ import annotations

import re

import pytest
from browsing import Watched
from builders import BASICS, write_book
from serving import served

from graph.city.city import open_city
from ingest.load.pipeline import load

pytestmark = pytest.mark.e2e
MARK = "<img src=x onerror=alert(1)>"
CHAIN = "示例锯床产业链"
SHEETS = {
    **BASICS,
    "企业": [*BASICS["企业"], [f"示例外地公司{MARK}", None, None, None, None, None, "外部"]],
    "招商线索": [
        ["项目名称", "产业链", "环节", "企业", "阶段", "日期", "下一步"],
        [f"示例甲项目{MARK}", CHAIN, "锯条", f"示例外地公司{MARK}", "在谈", "2026-05-20", MARK],
        ["示例乙项目", CHAIN, "锯条", None, "推介", "2026-05-21", None],
    ],
}  # fmt: skip


def test_a_card_moves_by_keys_and_by_dragging_with_what_its_stage_needs_and_back_by_undo(browser, tmp_path):
    home = tmp_path / "home"
    city = open_city(home)
    load(city, [write_book(tmp_path / "x.xlsx", SHEETS)])
    city.close()
    with served(home) as site:
        watched = Watched(browser, site)
        page = watched.go("/leads")
        form, second = page.locator("#move"), page.locator(".card", has_text="示例乙项目")
        second.focus()
        page.keyboard.press("ArrowRight")
        assert "示例甲项目" in page.evaluate("document.activeElement.dataset.name")
        page.keyboard.press("Shift+ArrowRight")
        assert form.get_by_label("移到").input_value() == "签约"
        assert "协议投资额(万元)" in form.locator("[data-needed]").inner_text()
        page.keyboard.press("Escape")
        assert not form.is_visible()
        assert "示例甲项目" in page.evaluate("document.activeElement.dataset.name")  # the focus is back on its card
        page.keyboard.press("Shift+ArrowRight")
        form.locator("[name='协议投资额(万元)']").fill("1.2亿")
        form.get_by_role("button", name="保存").click()
        page.wait_for_url(re.compile("done="))
        assert page.locator("section[data-stage=签约] .card").count() == 1
        assert "12,000 万元" in page.locator("section[data-stage=签约]").inner_text()
        page.locator(".card", has_text="示例乙项目").drag_to(page.locator("section[data-stage=流失] h2"))
        form.locator("[name=原因]").fill("示例：另有选择")
        form.get_by_role("button", name="保存").click()
        page.locator("section[data-stage=流失] .card").wait_for()
        page.get_by_role("button", name="撤销这次保存").click()
        page = watched.go("/leads?stage=推介")
        assert page.locator(".card").count() == 1
        assert page.locator("img").count() == 0
        page.close()
        assert watched.trouble == []
