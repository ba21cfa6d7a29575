"""Pages in a real Chromium with the network blocked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import Watched
from builders import BASICS, FIRMS, write_book
from PIL import Image
from playwright.sync_api import Page, Route
from serving import Served, served
from views import RICH, hostile

from graph.city.city import open_city
from ingest.load.pipeline import load

pytestmark = pytest.mark.e2e
MARK = "<img src=x onerror=alert(1)>"


def colours(png: bytes) -> int:
    return len(Image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 24) or ())


CHAIN = "/chain?chain=" + quote("示例县/示例锯床产业链")


def test_the_front_page_has_a_row_per_chain_and_what_to_do_next(watched):
    page = watched.go("/")
    assert page.locator("table.director tbody tr").count() == 14
    assert page.locator(".next li").count() >= 3
    assert "示例数据·来自公开报道·不作考核依据" in page.locator(".notice").inner_text()


def test_a_light_on_the_front_page_leads_to_the_matrix_and_a_cell_to_its_rows(watched):
    page = watched.go("/")
    page.locator(".plan .totals a", has_text="逾期").click()
    page.wait_for_load_state("networkidle")
    assert "light=" in page.url
    page.locator(".matrix tbody a.light", has_text="✕").first.click()
    page.wait_for_load_state("networkidle")
    panel = page.locator("aside.panel")
    assert "台账计算" in panel.inner_text()
    cell = page.locator(".matrix a.light[aria-current]")
    assert cell.count() == 1
    assert cell.is_visible()
    panel.locator("details summary").first.click()
    panel.locator("a.src").first.click()
    page.wait_for_load_state("networkidle")
    assert "/row/" in page.url


def test_a_number_on_the_front_page_leads_to_its_segments_and_their_rows(watched):
    page = watched.go("/")
    row = page.locator("tr", has_text="示例锯床产业链").last
    row.locator("a.n-缺链").click()
    page.wait_for_load_state("networkidle")
    shown = page.locator("#gaps tbody tr:visible")
    assert shown.count() == 5
    shown.first.locator("button.more").click()
    rows = page.locator("#gaps tr.detail:visible details").last
    rows.locator("summary").click()
    assert "示例县.xlsx" in rows.inner_text()


def test_a_double_click_unfolds_what_stands_on_a_segment(watched):
    page = watched.go(CHAIN)
    place = page.evaluate("""() => { const m = document.getElementById('map'); const r = m.getBoundingClientRect();
        const node = m.lianpu.nodes('.card').filter(x => x.data('label').startsWith('示例带锯床'))[0];
        m.lianpu.center(node);
        const n = node.renderedPosition();
        return [r.x + n.x, r.y + n.y]; }""")
    page.mouse.dblclick(*place)
    page.wait_for_timeout(300)
    assert page.evaluate("document.getElementById('map').lianpu.nodes('.detail').length") >= 2


def test_the_legend_filters_and_reset_brings_everything_back(watched):
    page = watched.go(CHAIN)
    page.locator(".toggle", has_text="缺失").click()
    assert page.evaluate("document.getElementById('map').lianpu.nodes('.hidden').length") == 5
    page.locator("button", has_text="重置").click()
    assert page.evaluate("document.getElementById('map').lianpu.nodes('.hidden').length") == 0


def test_the_table_beside_the_map_has_every_segment_and_works_by_keyboard(watched):
    page = watched.go(CHAIN)
    rows = page.locator("#segments tbody tr")
    assert rows.count() == 25
    rows.nth(3).focus()
    page.keyboard.press("Enter")
    assert page.locator("#evidence").is_visible()


def test_the_weak_link_table_sorts_and_filters(watched):
    page = watched.go("/gaps")
    page.locator("select[name=status]").select_option("断链")
    assert page.locator("#gaps tbody tr:visible").count() == 2
    page.locator("select[name=status]").select_option("")
    page.locator("#gaps th", has_text="企业").click()
    page.locator("#gaps th", has_text="企业").click()
    first = page.locator("#gaps tbody tr").first.locator("td").nth(4).inner_text()
    assert int(first.removeprefix("至少").removesuffix("家")) >= 4


def test_scores_unfold_by_keyboard_with_their_parts_and_stay_with_their_row(watched):
    page = watched.go("/gaps?chain=" + quote("示例县/示例锯床产业链"))
    assert (
        page.locator(".gapchart .dot").count() == page.locator("#ranking tbody tr").count() == 14
    )  # what takes no place in 先抓 takes none here
    row = page.locator("#gaps tbody tr", has_text="示例切削液").filter(has=page.locator("button.more")).first
    row.locator("button.more").focus()
    page.keyboard.press("Enter")
    detail = page.locator("#gaps tr.detail:visible")
    detail.locator(".breakdown").wait_for()
    said = detail.inner_text()
    for word in (
        "缺口",
        "关键性",
        "集中度",
        "外部依赖",
        "可行性",
        "0.25",
        "区域样本不足",
        "招引",
        "转化",
        "平台",
        "人才",
    ):
        assert word in said
    page.locator("#gaps th", has_text="优先级").click()
    assert detail.evaluate("d => d.previousElementSibling.id === d.dataset.of")
    page.locator(".filters input[name=text]").fill("没有这样的字")
    assert page.locator("#gaps tbody tr:visible").count() == 0


def test_who_to_call_what_would_change_and_scenarios_side_by_side(watched):
    page = watched.go("/recruiting?chain=" + quote("示例县/示例锯床产业链"))
    assert page.locator("section.block").first.get_attribute("class") == "block survey"
    gap = page.locator("section.block", has=page.locator("h3", has_text="示例锯带钢"))
    assert "补上后恢复：示例双金属锯带" in gap.inner_text()
    gap.locator("a", has_text="试算").first.click()
    assert "恢复供给：示例锯带钢、示例双金属锯带" in page.locator("#whatif").inner_text()
    page.locator("select[name=stop]").select_option("示例外购来源丁")
    page.locator("button", has_text="推演").click()
    assert page.locator("#whatif .chips li").count() == 3
    assert page.locator("#effect tbody tr").count() == 3
    page.locator("input[name=name]").fill("引带钢")
    page.keyboard.press("Enter")
    row = page.locator("#scenarios tbody tr")
    assert "引带钢" in row.inner_text()
    row.locator("a").click()
    assert page.locator("#whatif .chips li").count() == 3
    page.locator("#whatif .chips a", has_text="×").first.click()
    assert page.locator("#whatif .chips li").count() == 2
    page.locator("#scenarios button", has_text="删除").click()
    assert page.locator("#scenarios tbody tr").count() == 0
    with page.expect_download() as caught:
        page.locator("a", has_text="招商对接清单").click()
    assert caught.value.suggested_filename.endswith("招商对接清单.xlsx")


def test_a_wrong_what_if_is_said_beside_its_form(watched):
    page = watched.go(f"/recruiting?chain={quote('示例县/示例锯床产业链')}&add={quote('某新厂@示例锯带')}")
    assert "示例锯带钢" in page.locator("[role=alert]").inner_text()


def test_the_mind_map_is_drawn_in_its_sandbox_and_unfolds(watched):
    page = watched.go("/mindmap?chain=" + quote("示例县/示例锯床产业链"))
    frame = page.frames[1]
    assert colours(page.locator("iframe").screenshot()) > 60
    assert frame.evaluate("window.lianpu.net.getScale() * 14") >= 11 - 1e-9
    page.locator("iframe").hover()
    page.mouse.wheel(0, 120)
    page.wait_for_function("window.scrollY > 0")
    scale = frame.evaluate("window.lianpu.net.getScale()")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    frame.wait_for_function(f"window.lianpu.net.getScale() > {scale}")
    before = frame.evaluate("window.lianpu.nodes.get().filter(n => !n.hidden).length")
    frame.locator("#all").click()
    page.wait_for_timeout(300)
    assert frame.evaluate("window.lianpu.nodes.get().filter(n => !n.hidden).length") > before
    frame.locator("#find").fill("示例激光切割机")
    assert "第" in frame.locator("#rows").inner_text()
    frame.locator("#find").press("Escape")
    assert frame.locator("#panel").is_hidden()


def test_downloads_stand_on_every_chain_page(watched):
    for path in (CHAIN, CHAIN.replace("/chain", "/mindmap")):
        links = watched.go(path).locator("[aria-label=下载] a")
        assert links.count() == 14
        with watched.page.expect_download() as caught:
            links.first.click()
        assert caught.value.suggested_filename == "示例锯床产业链技术分析报告.docx"
        assert watched.page.locator(".downloads .progress").inner_text() == "已下载"
        assert Path(caught.value.path()).read_bytes().startswith(b"PK")


def test_a_download_says_that_it_runs_and_what_went_wrong(watched):
    page = watched.go(CHAIN)
    waiting: list[Route] = []
    page.route("**/files/mindmap.png*", lambda route: waiting.append(route))
    page.route("**/files/queue*", lambda route: route.fulfill(json={"ahead": 2}))
    page.locator(".downloads summary").click()
    link = page.locator(".downloads a", has_text="导图 PNG")
    link.click()
    progress = page.locator(".downloads .progress")
    assert progress.inner_text() == "生成中…取消"
    assert link.get_attribute("aria-busy") == "true"
    page.locator(".progress", has_text="前面还有 2 份…").wait_for()
    broken = {"error": {"code": "drawing_broken", "message": "生成文件的进程中断了", "hint": "再试一次"}}
    waiting[0].fulfill(status=500, json=broken)
    page.locator(".progress.failed", has_text="生成文件的进程中断了。再试一次").wait_for()
    link.click()
    waiting[1].abort()
    page.locator(".progress.failed", has_text="连不上链谱").wait_for()
    watched.trouble.clear()  # the browser, too, says on its console that the connection failed


def test_without_scripts_a_download_is_a_link_like_any_other(browser, site):
    page = browser.new_page(java_script_enabled=False)
    page.goto(site.url)
    page.goto(site.base + CHAIN)
    page.locator(".downloads summary").click()
    with page.expect_download() as caught:
        page.locator(".downloads a", has_text="链图 SVG").click()
    assert Path(caught.value.path()).read_text("utf-8").startswith("<svg")
    page.close()


def test_an_answer_on_the_review_page_takes_its_question_away_and_undo_brings_it_back(watched):
    page = watched.go("/data/review")
    first = page.locator("table.review").first.locator("tbody tr").first
    name = first.locator("b").first.inner_text()
    assert first.locator(".rows li").count() >= 2  # rows of both sides
    first.get_by_role("button", name="不是", exact=True).click()
    page.wait_for_load_state("networkidle")
    assert "已记下" in page.locator("[role=status]").inner_text()
    assert name not in page.locator("table.review").first.inner_text()
    page.locator("[role=status] button").click()
    page.wait_for_load_state("networkidle")
    assert name in watched.go("/data/review").locator("table.review").first.inner_text()


def test_hostile_names_run_nowhere(browser, tmp_path):
    home = tmp_path / "home"
    city = open_city(home)
    load(city, [write_book(tmp_path / "x.xlsx", hostile(RICH, MARK))])
    city.close()
    with served(home) as site:
        watched = Watched(browser, site)
        chain = quote("示例县/示例锯床产业链" + MARK)
        supposed = quote(f"{MARK}@示例锯带{MARK}")
        for path in ("/", f"/chain?chain={chain}", "/gaps", f"/gaps?chain={chain}", f"/recruiting?chain={chain}",
                     f"/recruiting?chain={chain}&add={supposed}&product={quote(MARK)}", f"/mindmap?chain={chain}", "/data", "/data/review", f"/search?text={quote(MARK)}",
                     f"/show?kind={quote('企业')}&name={quote('示例甲锯业有限公司' + MARK)}"):  # fmt: skip
            page = watched.go(path)
            if "/chain?" in path:
                page.locator("#segments tbody tr").first.click()
                page.wait_for_timeout(200)
            assert page.locator("img:not(#map-paper)").count() == 0
        watched.page.close()
        assert watched.trouble == []


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("desk") / "home"
    open_city(home).close()
    with served(home) as found:
        yield found


@pytest.fixture
def desk(browser, empty_site):
    made = Watched(browser, empty_site)
    yield made
    made.page.close()
    assert made.trouble == []


def upload(page: Page, path: object, replace: bool = False) -> None:
    if replace:
        page.check("input[name=replace]")
    page.set_input_files("input[type=file]", str(path))
    page.click("text=检查（先不写入）")
    page.wait_for_load_state("networkidle")


def test_from_the_file_to_the_row_behind_a_value_and_back_again(desk, tmp_path):
    name = f"示例甲{MARK}锯业有限公司"
    head = [*FIRMS[0], f"电话{MARK}", "来源"]
    firms = [head, [name, *FIRMS[1][1:], "13812345678", MARK], ["示例丙公司", "示例县", None, None, "很多", 2024, None]]
    path = write_book(tmp_path / f"县{MARK.replace('/', '')}.xlsx", {**BASICS, "企业": firms})
    page = desk.go("/data")
    upload(page, path)
    assert "还没有写入" in page.locator("h1").inner_text()
    assert "企业!E3" in page.locator("section", has_text="这些行不会导入").inner_text()
    page.locator("summary", has_text="企业").first.click()
    assert name in page.locator("details", has_text="企业").first.inner_text()
    page.click("button.primary")
    page.wait_for_load_state("networkidle")
    page.locator("h1 a").click()
    page.wait_for_load_state("networkidle")
    page.locator("td", has_text=name).locator("xpath=..").locator("a").click()
    page.wait_for_load_state("networkidle")
    said = page.locator("main").inner_text()
    assert name in said
    assert "138****5678" in said
    assert "13812345678" not in page.content()
    page.locator("td a", has_text=name).click()
    page.wait_for_load_state("networkidle")
    assert page.locator("a.src").first.get_attribute("href").startswith("/row/")
    page = desk.go("/data")
    page.evaluate("window.confirm = () => true")
    page.locator("tr", has_text="有效").locator("button", has_text="撤销").click()
    page.wait_for_load_state("networkidle")
    assert "已撤销" in page.locator("h1").inner_text()


def test_a_replacement_lists_what_goes_and_asks(desk, tmp_path):
    rows = [["名称"], *([f"示例{n}县"] for n in range(6))]
    path = write_book(tmp_path / "县.xlsx", {"县市区": rows})
    upload(desk.go("/data"), path)
    desk.page.click("button.primary")
    write_book(path, {"县市区": rows[:4]})
    upload(desk.go("/data"), path, replace=True)
    page = desk.page
    assert page.locator("section", has_text="将撤下的行").locator("tbody tr").count() == 3
    page.check("input[name=yes]")
    page.click("button.primary")
    page.wait_for_load_state("networkidle")
    assert "已撤下的行（3）" in page.locator("main").inner_text()
