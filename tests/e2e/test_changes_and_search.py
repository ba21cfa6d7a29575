"""变化 and the search of the bar, as people use them, in a real Chromium."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e


def test_two_moments_are_compared_on_the_map_and_back_takes_it_back(watched):
    page = watched.go("/changes")
    page.get_by_label("产业链").select_option(label="示例县 · 示例锯床产业链")
    page.wait_for_url("**/changes?*chain=*")
    page.get_by_label("从").fill("2020-01")
    page.get_by_label("从").press("Enter")
    page.wait_for_url("**/changes?since=2020-01&*")
    drawing = page.locator(".union svg")
    assert "新增" in (drawing.text_content() or "")
    rows = page.locator("tr[id^=segment-]")
    assert rows.count() == 25
    rows.first.locator("summary").first.click()
    assert rows.first.locator("a.src").first.is_visible()
    page.go_back()
    assert "since=2020-01" not in page.url


def test_what_is_typed_in_the_bar_is_offered_by_kind_and_opened_by_keys(watched):
    page = watched.go("/gaps")
    field = page.get_by_role("combobox", name="搜索")
    field.fill("示例 juchuang")
    page.get_by_role("listbox", name="搜索提示").wait_for()
    page.get_by_role("button", name="企业", exact=False).first.click()
    page.locator(".suggest [aria-pressed=true]").wait_for()
    assert page.locator(".suggest .caption").all_inner_texts() == ["企业"]
    page.keyboard.press("Escape")
    assert page.locator(".suggest").is_hidden()
    field.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    field.press("ArrowDown")
    name = page.locator(".suggest [aria-selected=true] .name").inner_text()
    field.press("Enter")
    page.wait_for_url("**/*id=*")
    assert name in page.locator("h1").inner_text()
