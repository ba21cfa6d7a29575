"""The chain map as its user has it: read, picked, folded, walked, taken back, shared."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from browsing import Watched

from graph.answers.chains import view_chain
from graph.model import ViewEdge, ViewNode
from viz.chainmap.drawing import chain_scene
from viz.chainmap.folding import OnScreen

pytestmark = pytest.mark.e2e
CHAIN = "/chain?chain=" + quote("示例县/示例锯床产业链")
SMALL = {"width": 1366, "height": 768}
READ = "const cy = document.getElementById('map').lianpu; "
CARD = READ + "const n = cy.nodes('.card').filter(c => c.data('label').startsWith(name))[0]; "
LEAST = READ + "return Math.min(...cy.nodes().map(n => n.numericStyle('font-size') * cy.zoom()));"
PLACES = READ + "return Object.fromEntries(cy.nodes('.card').map(n => [n.id(), n.position()]));"
# Every stretch of every arrow as it is drawn, and the cards that it runs through.
THROUGH = (
    READ
    + """
  const cut = (p, q, b) => Math.min(p.x, q.x) < b.x2 && Math.max(p.x, q.x) > b.x1
    && Math.min(p.y, q.y) < b.y2 && Math.max(p.y, q.y) > b.y1;
  const boxes = cy.nodes('.card').map(n => { const { x, y } = n.position(); const [w, h] = [n.data('w'), n.data('h')];
    return { x1: x - w / 2 + 1, x2: x + w / 2 - 1, y1: y - h / 2 + 1, y2: y + h / 2 - 1 }; });
  let hits = 0;
  for (const e of cy.edges('.arrow')) {
    const line = [e.sourceEndpoint(), ...(e.segmentPoints() ?? []), e.targetEndpoint()];
    for (let i = 1; i < line.length; i += 1) hits += boxes.filter(b => cut(line[i - 1], line[i], b)).length;
  }
  return [cy.edges('.arrow').length, hits];"""
)


def run(page, script: str, name: str = ""):
    return page.evaluate("name => { " + script + " }", name)


def point(page, name: str, down: float = 0.0) -> tuple[float, float]:
    """Where a card is on the page."""
    run(page, CARD + "cy.center(n);", name)
    x, y = run(
        page,
        CARD + "const r = document.getElementById('map').getBoundingClientRect(); const p = n.renderedPosition();"
        " return [r.x + p.x, r.y + p.y];",
        name,
    )
    return x, y + down * run(page, READ + "return cy.zoom();")


@pytest.fixture
def small(browser, site):
    opened = Watched(browser, site)
    opened.page.set_viewport_size(SMALL)
    yield opened
    opened.page.close()
    assert opened.trouble == []


def choose(page, name: str, caption: str) -> None:
    page.mouse.click(*point(page, name), button="right")
    page.locator(".card-menu > *", has_text=caption).first.click()


def test_the_map_can_be_read_as_it_opens_and_a_card_has_its_panel_beside_it(small):
    page = small.go(CHAIN)
    assert run(page, LEAST) >= 11
    arrows, hits = run(page, THROUGH)
    assert arrows == 23
    assert hits == 0
    page.locator("#map").hover()
    scale = run(page, READ + "return cy.zoom();")
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => window.scrollY > 0")
    assert run(page, READ + "return cy.zoom();") == scale
    page.evaluate("window.scrollTo(0, 0)")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function("was => document.getElementById('map').lianpu.zoom() > was", arg=scale)
    page.mouse.click(*point(page, "示例双金属锯带"))
    panel = page.locator("#evidence")
    panel.wait_for()
    box, drawn = panel.bounding_box(), page.locator("#map").bounding_box()
    assert box["x"] >= drawn["x"] + drawn["width"]
    assert box["y"] + box["height"] <= SMALL["height"]
    assert page.evaluate("document.activeElement.id") == "evidence"
    assert {"供入（1）", "供出（1）", "更正与添加"} <= set(panel.locator("h3").all_inner_texts())
    assert "示例县.xlsx 企业 第26–27行" in panel.inner_text()
    panel.locator("button.link", has_text="示例锯带钢").click()
    panel.locator("h2", has_text="示例锯带钢").wait_for()
    page.go_back()
    panel.locator("h2", has_text="示例双金属锯带").wait_for()
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    assert "pick" not in page.url


def test_what_is_folded_hidden_and_walked_is_shared_by_its_address_and_taken_back(small, browser, site):
    page = small.go(CHAIN)
    before = run(page, PLACES)
    page.mouse.click(*point(page, "示例锯床整机", down=26))
    page.wait_for_function(
        "n => document.getElementById('map').lianpu.nodes('.card').length === n", arg=len(before) - 3
    )
    choose(page, "示例激光切割机", "隐藏")
    choose(page, "示例锯带钢", "从这里找路")
    choose(page, "示例锯床整机", "到这里")
    about = page.locator("#map-about")
    about.get_by_text("2步：示例锯带钢 → 示例双金属锯带 → 示例锯床整机").wait_for()
    page.locator("#map").focus()
    page.keyboard.press("+")
    page.wait_for_function("() => location.search.includes('view=')")
    other = browser.new_context(viewport=SMALL).new_page()
    other.goto(site.url)
    other.goto(page.url)
    other.locator("#map-about", has_text="2步").wait_for()
    assert run(other, PLACES) == run(page, PLACES)
    assert run(other, READ + "return cy.nodes('.hidden').length;") == 1
    other.context.close()
    for _ in range(4):
        page.locator("[aria-label=撤销]").click()
    page.wait_for_function("n => document.getElementById('map').lianpu.nodes('.card').length === n", arg=len(before))
    assert run(page, PLACES) == before
    assert about.inner_text() == ""


def test_a_chain_of_150_segments_opens_folded_and_legible(small, examples):
    with examples.reading() as state:
        view = view_chain(state, "示例锯床产业链", "示例县")
    some = [s for s in view.segments if s["status"] != "不适用"]
    many = tuple({**some[n % len(some)], "segment_id": f"{n:020}", "segment": f"示例环节{n}"} for n in range(150))
    edges = tuple(
        ViewEdge(relation, f"{a:020}", f"{b:020}", {})
        for relation, pairs in (
            ("SUBSEGMENT_OF", [(n, n // 6 * 6) for n in range(150) if n % 6]),
            ("FEEDS", [(n, (n * 7 + 11) % 150) for n in range(150)]),
        )
        for a, b in pairs
    )
    nodes = {s["segment_id"]: ViewNode(s["segment_id"], "环节", s["segment"], {}) for s in many}
    large = replace(view, segments=many, edges=edges, nodes=nodes)
    scenes = {"open=all": OnScreen(), "": OnScreen.of(large, [], [], [])}
    small.page.route(
        "**/chain/scene*",
        lambda r: r.fulfill(json=chain_scene(large, next(s for k, s in scenes.items() if k in r.request.url))),
    )
    page = small.go(CHAIN)
    assert run(page, READ + "return cy.nodes('.card').length;") == 25
    assert run(page, LEAST) >= 11
    assert run(page, THROUGH)[1] == 0
    assert page.locator("#map-overview").is_visible()
    page.get_by_role("button", name="全部展开").click()
    page.wait_for_function("() => document.getElementById('map').lianpu.nodes('.card').length === 150")
    assert run(page, LEAST) >= 11
    assert run(page, THROUGH)[1] == 0
