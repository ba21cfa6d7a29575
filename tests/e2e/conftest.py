"""A browser, and the example cities served to it once for all pages that only read; who writes serves a home of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from browsing import FLAGS, PLACES, Watched
from playwright.sync_api import Browser, sync_playwright
from serving import Served, served

from graph.city.city import DEMO_MARK


@pytest.fixture(scope="module")  # no longer: where it is open no other test can run a loop of its own
def browser() -> Iterator[Browser]:
    path = next((shutil.which(p) for p in PLACES if shutil.which(p)), None)
    assert path, "没有 Chromium：在 Debian 上 make test 会安装它"
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield made
        made.close()


@pytest.fixture(scope="session")
def site(copy_examples, tmp_path_factory) -> Iterator[Served]:
    home = copy_examples(tmp_path_factory.mktemp("e2e") / "home")
    (home / DEMO_MARK).touch()
    with served(home) as found:
        yield found


@pytest.fixture
def watched(browser, site):
    made = Watched(browser, site)
    yield made
    made.page.close()
    assert made.trouble == []
