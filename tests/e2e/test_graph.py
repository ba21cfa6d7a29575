"""图谱 as its user has it: expand a firm, its suppliers, a path; the same picture for whoever gets the link."""

from __future__ import annotations

import pytest
from browsing import Watched

pytestmark = pytest.mark.e2e
FIRM, SEGMENT = "示例甲锯床有限公司", "示例数控系统"
PLACES = """() => Object.fromEntries(document.getElementById('graph').lianpu.nodes()
    .map((n) => [n.id(), [n.position('x'), n.position('y')]]))"""
WHERE = """([name, part]) => {
  const holder = document.getElementById('graph');
  const node = holder.lianpu.nodes().filter((n) => n.data('name') === name || n.data('label').includes(part))[0];
  const { left, top } = holder.getBoundingClientRect();
  return [left + node.renderedPosition('x'), top + node.renderedPosition('y')];
}"""


def drawn(page, count):
    page.wait_for_selector(f'#graph[data-drawn="{count}"]')


def click_on(page, name="", part="\x00", **how):
    page.mouse.click(*page.evaluate(WHERE, [name, part]), **how)


def test_a_firm_its_suppliers_a_path_and_the_same_picture_elsewhere(browser, site, watched):
    page = watched.go("/graph")
    page.fill("#finder", FIRM)
    page.wait_for_selector("#finder-list [role=option]")
    page.keyboard.press("Enter")
    drawn(page, 1)
    click_on(page, part="←供货")
    drawn(page, 4)
    before = page.evaluate(PLACES)
    click_on(page, name=FIRM, button="right")
    page.get_by_role("menuitem", name="从这里找路").click()
    page.wait_for_selector("#graph-say:has-text('找路')")
    page.fill("#finder", SEGMENT)
    page.wait_for_selector("#finder-list [role=option]")
    page.keyboard.press("Enter")
    drawn(page, 5)
    click_on(page, name=SEGMENT, button="right")
    page.get_by_role("menuitem", name="到这里：最短的路").click()
    page.wait_for_selector("#graph-say:has-text('最短')")
    places = page.evaluate(PLACES)
    assert {i: p for i, p in places.items() if i in before} == {i: p for i, p in before.items() if i in places}
    other = Watched(browser, site)
    there = other.go(page.url.removeprefix(site.base))
    drawn(there, page.get_attribute("#graph", "data-drawn"))
    assert there.evaluate(PLACES) == places
    there.click("[data-tool=undo]")
    there.wait_for_selector("#graph-say:not(:has-text('最短'))")
    other.page.close()
    assert other.trouble == []
    page.go_back()
    page.wait_for_selector("#graph-say:not(:has-text('最短'))")
    assert page.locator("#graph-rows tbody tr").first.inner_text().startswith("企业")


def test_the_table_does_what_the_canvas_does_by_keys_alone(watched):
    page = watched.go("/search?text=" + FIRM)
    page.click(f"a:has-text('{FIRM}')")
    page.click("text=在图谱中看")
    drawn(page, 1)
    page.locator("#graph-rows tbody tr:has-text('←供货')").focus()
    page.keyboard.press("Enter")
    drawn(page, 4)
    page.locator("#graph-rows tbody tr").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+F10")
    page.wait_for_selector(".graph-menu [role=menuitem]")
    page.keyboard.press("Escape")
    assert page.locator(".graph-menu").count() == 0
    page.locator("#graph-rows tbody tr").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#graph-side h2:has-text('示例甲锯床')")
    page.keyboard.press("Escape")
    page.wait_for_selector("#graph-panel:empty", state="attached")
    with page.expect_download() as saved:
        page.click("a[data-file=csv]")
    assert FIRM in saved.value.path().read_text("utf-8-sig")
