"""Take the pictures that the README shows: `python tools/screenshots.py URL [FOLDER]`, of a served demo home."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

CHAIN = quote("示例县/示例锯床产业链")
PAGES = {
    "home": "/",
    "progress": f"/progress?county={quote('示例县')}",
    "county": f"/county?county={quote('示例县')}",
    "chain": f"/chain?chain={CHAIN}",
    "mindmap": f"/mindmap?chain={CHAIN}",
    "gaps": f"/gaps?chain={CHAIN}",
    "recruiting": f"/recruiting?chain={CHAIN}",
    "show": f"/show?kind={quote('企业')}&name={quote('示例甲锯床有限公司')}",
    "search": f"/search?text={quote('锯')}",
    "data": "/data",
    "graph": f"/show?kind={quote('企业')}&name={quote('示例甲锯床有限公司')}",
    "leads": "/leads",
    "regions": "/regions",
    "edit": f"/show?kind={quote('企业')}&name={quote('示例甲锯床有限公司')}",
}
FOLLOWED = {"graph": "在图谱中看", "edit": "更正或补充"}  # links of the page that lead to the one that is shown


def main() -> None:
    """Open every page and keep its picture."""
    url, folder = sys.argv[1], Path(sys.argv[2] if len(sys.argv) > 2 else "docs/images")
    folder.mkdir(parents=True, exist_ok=True)
    base = url.partition("/?")[0]
    path = next(p for p in ("/usr/lib/chromium/chromium", shutil.which("chromium")) if p and Path(p).exists())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1360, "height": 820})
        page.goto(url)
        for name, address in PAGES.items():
            page.goto(base + address)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(800)
            if name in FOLLOWED:
                page.locator("a", has_text=FOLLOWED[name]).first.click()
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(800)
            if name == "chain":
                page.evaluate("document.getElementById('map').lianpu.nodes('.card')[1].emit('tap')")
                page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
