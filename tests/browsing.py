"""A real Chromium whose network ends at this machine, and a page of it that notes everything that must not happen."""

from __future__ import annotations

from playwright.sync_api import Browser, Page
from serving import Served

PLACES = ("/usr/lib/chromium/chromium", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


class Watched:
    """A page with everything that must not happen on it."""

    def __init__(self, browser: Browser, site: Served) -> None:
        self.page: Page = browser.new_page(viewport={"width": 1440, "height": 900})
        self.base, self.trouble = site.base, []
        self.page.on(
            "request",
            lambda r: None if r.url.startswith((site.base, "data:", "blob:", "about:")) else self.trouble.append(r.url),
        )
        self.page.on("pageerror", lambda e: self.trouble.append(str(e)))
        self.page.on("console", lambda m: self.trouble.append(m.text) if m.type == "error" else None)
        self.page.on("dialog", lambda d: (self.trouble.append("dialog"), d.dismiss()))
        self.page.goto(site.url)

    def go(self, path: str) -> Page:
        answer = self.page.goto(self.base + path)
        assert answer
        assert answer.status == 200
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(400)
        return self.page
