"""The map of counties and the comparison as a user has them: by pointer and by keys, in an address that is shared."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e


def test_a_county_is_found_on_the_map_by_keys_and_its_numbers_stand_in_the_table(watched):
    page = watched.go("/regions")
    page.select_option("select[name=by]", "firms")
    page.wait_for_url("**by=firms**")
    page.locator("a.county[aria-label^='青田县']").focus()
    assert page.locator("tr.lit th").inner_text() == "青田县"
    page.keyboard.press("ArrowUp")
    assert page.locator("tr.lit th").inner_text() in ("缙云县", "莲都区")
    page.click("a.flow >> nth=0")
    assert page.url.endswith("#flow-1")
    page.go_back()
    page.go_back()
    assert page.locator("select[name=by]").input_value() == "surveyed"
    page.locator("a.county[aria-label^='遂昌县'] path").click()
    page.wait_for_url("**/county?county=*")
    assert page.locator("h1").inner_text() == "遂昌县"


def test_what_is_compared_stands_in_the_address_and_too_few_regions_are_told(watched):
    page = watched.go("/compare")
    page.click("summary:has-text('选择对象')")
    for box in page.locator("label.tick input").all():
        box.uncheck()
    for name in ("莲都区", "青田县"):
        page.locator("label.tick", has_text=name).first.locator("input").check()
    page.click("button:has-text('比较')")
    page.wait_for_url("**subject=*&subject=*")
    assert page.locator("#figures-table thead th").all_inner_texts()[1:] == ["莲都区", "青田县"]
    assert "阀门铸锻件" in page.locator("#segments-table").inner_text()
    assert "样本不足" in page.locator(".notice-box").inner_text()
