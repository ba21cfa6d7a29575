"""Correct in place as its user does it: from the map to the form, what would change, saved, seen on the map, undone."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from browsing import Watched
from serving import served

pytestmark = pytest.mark.e2e
CHAIN = "/chain?chain=" + quote("示例县/示例锯床产业链")
SEGMENT, FIRM = "示例圆锯床", "示例甲锯床有限公司"
STATUS = """name => document.getElementById('map').lianpu.nodes('.card')
  .filter(c => c.data('label').startsWith(name))[0].data('status')"""
PASTE = """text => { const cell = document.querySelector('.sheet-grid input'); const data = new DataTransfer();
  data.setData('text/plain', text);
  cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }"""
HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><svg/onload=alert(1)>", "{{ 7*7 }}")


@pytest.fixture(scope="module")
def own(copy_examples, tmp_path_factory):
    with served(copy_examples(tmp_path_factory.mktemp("editor") / "home")) as site:
        yield site


@pytest.fixture
def mine(browser, own):
    opened = Watched(browser, own)
    opened.page.set_viewport_size({"width": 1366, "height": 768})
    yield opened
    opened.page.close()


def status_on_map(page, segment: str) -> str:
    page.wait_for_function("() => document.getElementById('map')?.lianpu?.nodes('.card').length > 0")
    return page.evaluate(STATUS, segment)


def test_a_state_is_corrected_from_the_map_seen_on_it_and_undone(mine):
    page = mine.go(CHAIN)
    before = status_on_map(page, SEGMENT)
    page.evaluate(
        "name => { const n = document.getElementById('map').lianpu.nodes('.card')"
        ".filter(c => c.data('label').startsWith(name))[0]; n.emit('tap'); }",
        SEGMENT,
    )
    firm = page.locator("#evidence li", has_text=FIRM).first
    firm.locator("a.correct").click()
    page.locator('[name="cell.状态"]').select_option("停产")
    page.get_by_role("button", name="预览会变什么").click()
    assert SEGMENT in page.locator("table", has_text="保存后").first.inner_text()
    page.locator('button[value="save"]').click()
    assert "已保存" in page.inner_text("h1")
    saved = page.url
    page.get_by_role("link", name="返回").click()
    assert status_on_map(page, SEGMENT) != before
    page.goto(saved)
    page.evaluate("() => { window.confirm = () => true; }")  # 撤销 asks first
    page.locator("form.undo button").click()
    page.wait_for_url("**/data/batch/*")
    page.goto(mine.base + CHAIN)
    assert status_on_map(page, SEGMENT) == before
    assert mine.trouble == []


def test_what_is_typed_or_pasted_is_text_on_every_page_of_the_editor(mine):
    page = mine.go("/edit?kind=" + quote("企业"))
    for payload in HOSTILE:
        page.goto(mine.base + "/edit?kind=" + quote("企业") + "&" + quote("所在地") + "=" + quote(payload))
        page.fill('[name="cell.名称"]', f"示例{payload}有限公司")
        page.fill('[name="cell.主要产品"]', payload)
        page.fill('[name="why"]', payload)
        page.get_by_role("button", name="预览会变什么").click()
        assert payload in page.inner_text("main") or payload in page.locator('[name="cell.所在地"]').input_value()
    page.goto(mine.base + "/edit/grid?kind=" + quote("产品"))
    page.evaluate(PASTE, "名称\t环节\n" + "\n".join(f"示例{p}产品\t{p}" for p in HOSTILE))
    page.get_by_role("button", name="预览会变什么").click()
    assert page.locator("main script, main img, main svg").count() == 0
    assert mine.trouble == []
