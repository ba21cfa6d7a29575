"""How pages look and are used: nothing that keeps people out, light and dark, on paper, by keyboard, from first to last."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from browsing import Watched
from playwright.sync_api import Browser, Page
from serving import Served, served

from api.web.menu import MENU, MenuEntry
from graph.city.city import DEMO_MARK

pytestmark = pytest.mark.e2e
AXE = Path(__file__).parents[1] / "js" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = """rules => axe.run(document, {resultTypes: ['violations'], iframes: false, ...rules}).then(result =>
  result.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ' ' + v.nodes[0].html))"""
ALIKE = "document.querySelectorAll('tbody > tr:nth-child(n + 13)').forEach(row => row.remove())"
NIGHT = {"runOnly": ["color-contrast"]}
DETAILS = ("/row/", "/show", "/match/pair?", "/file/lead", "/data/batch/", "/edit?")


def of_menu(entries: tuple[MenuEntry, ...]) -> list[str]:
    return [a for e in entries for a in (e.address, *of_menu(e.below))]


def watch(browser: Browser, site: Served) -> Page:
    """A page that the checks may put their own script into."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True).new_page()
    page.goto(site.url)
    return page


def test_no_page_keeps_anybody_out_by_day_or_by_night(browser, site):
    page, grave, left, seen = watch(browser, site), [], list(dict.fromkeys(of_menu(MENU))), set()
    script = AXE.read_text("utf-8")
    while left:
        address = left.pop(0)
        if (kind := re.split(r"\?|\d+$", address)[0]) in seen:
            continue
        seen.add(kind)
        page.goto(site.base + address)
        links = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
        left += [a for a in links if a.startswith(DETAILS)]
        page.evaluate(ALIKE)  # the rows of a table are alike: a dozen of each are looked at
        page.evaluate(script)
        grave += [(address, v) for v in page.evaluate(GRAVE, {})]
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        grave += [(address, "dark", v) for v in page.evaluate(GRAVE, NIGHT)]
    page.context.close()
    assert {"/row/", "/show", "/gaps", "/data"} <= seen
    assert grave == []


def test_the_switch_turns_the_page_and_the_next_one_is_dark_from_the_start(watched):
    page = watched.go("/")
    page.click("[data-theme-switch]")
    page.goto(watched.base + "/gaps", wait_until="commit")
    page.wait_for_selector("h1")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 25, 29)"


def test_the_weak_links_of_a_chain_fit_on_three_sheets(watched):
    page = watched.go("/recruiting")
    chain = page.eval_on_selector_all("select[name=chain] option", "all => all.map(o => [o.value, o.textContent])")
    ident = next(value for value, text in chain if "示例锯床" in text)
    sheets = watched.go(f"/gaps?chain={ident}").pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert 1 <= sheets <= 3


def test_from_the_first_page_to_a_lead_with_an_owner(browser, copy_examples, tmp_path):
    home = copy_examples(tmp_path / "home")
    (home / DEMO_MARK).touch()
    with served(home) as site:
        watched = Watched(browser, site)
        page = watched.page
        page.locator("li", has_text="示例锯床").get_by_role("link", name="找谁来补").click()
        gaps = page.locator("section.block:has(.rank)")
        assert gaps.locator("h3").count() >= 3
        page.get_by_role("link", name=re.compile("立为线索")).first.click()
        page.get_by_label("负责人").fill("示例专员")
        page.get_by_role("button", name="保存").first.click()
        page.wait_for_url(re.compile("/leads"))
        assert "示例专员" in page.locator("[id^=lead-]:target, .card:focus, main").first.inner_text()
        page.close()
        assert watched.trouble == []
    shutil.rmtree(home)


def test_keys_are_listed_and_the_tour_leads_over_three_pages(watched):
    page = watched.go("/")
    page.keyboard.press("?")
    assert "表格" in page.locator("dialog.keys").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("dialog.keys").count() == 0
    page.get_by_role("button", name="开始").click()
    page.wait_for_url(re.compile("tour=1"))
    page.get_by_role("link", name="下一步").click()
    page.get_by_role("link", name="下一步").click()
    page.get_by_role("button", name="完成").click()
    assert page.url.startswith(watched.base + "/recruiting")
    page.goto(watched.base + "/")
    page.wait_for_load_state("networkidle")
    assert page.locator(".tour").count() == 0
