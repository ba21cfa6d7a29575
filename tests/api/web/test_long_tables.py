"""Long tables come in parts, and what a row unfolds to comes when it is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from builders import write_book
from fastapi.testclient import TestClient

from api.home.session import open_session
from api.home.settings import load_settings
from api.web.access import Access
from api.web.app import create_app
from api.web.reading import HOW_TO_READ
from ingest.load.pipeline import load

FIRMS = 450
TEMPLATES = Path(__file__).parents[3] / "api" / "web" / "templates"
SHEETS = {
    "县市区": [["名称", "上级"], ["示例市", None], ["示例县", "示例市"]],
    "产业链": [["名称", "县市区"], ["示例大链", "示例县"]],
    "环节": [["产业链", "名称", "阶段", "已调查"], *(["示例大链", f"示例环节{n:03}", "中游", "是"] for n in range(150))],
    "环节供给": [
        ["产业链", "上游环节", "下游环节", "必要性"],
        *(["示例大链", f"示例环节{n:03}", f"示例环节{n + 1:03}", "必需"] for n in range(149)),
    ],
    "企业": [
        ["名称", "县市区", "产业链", "环节", "状态"],
        *(
            [f"示例企业{n:04}有限公司", "示例县", "示例大链", f"示例环节{n % 100:03}", "在产"]
            for n in range(FIRMS)
        ),
    ],
}  # fmt: skip
ROW = re.compile(r'id="row-(\w+)"')
MOST = 1_000_000  # bytes of a page


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> TestClient:
    folder = tmp_path_factory.mktemp("long")
    with open_session(load_settings(str(folder / "home"))) as session:
        load(session.city, [write_book(folder / "大链.xlsx", SHEETS)])
        app = create_app(session, Access("page", "command"))
        yield TestClient(app, base_url="http://127.0.0.1", headers={"X-Lianpu-Token": "page"})


def test_the_weak_links_of_a_hundred_and_fifty_segments_are_a_small_page(site):
    page = site.get("/gaps").text
    assert len(ROW.findall(page)) == 150
    assert len(page.encode()) < MOST / 3


def test_a_row_unfolds_to_its_scores_and_rows(site):
    page = site.get("/gaps").text
    sources = re.findall(r'data-src="([^"]+)"', page)
    assert len(sources) == 150
    answer = site.get(sources[0].replace("&amp;", "&"))
    assert answer.status_code == 200
    assert "状态依据" in answer.text
    assert "<html" not in answer.text
    assert site.get("/gaps/more", params={"chain": "示例大链", "segment": "没有"}).status_code == 404


def test_relations_beyond_two_hundred_come_from_where_the_browser_is(site):
    chain = re.search(r"/chain\?chain=(\w+)", site.get("/gaps").text)[1]
    first = site.get("/show", params={"kind": "产业链", "id": chain})
    total = int(re.search(r'id="edges"[^>]*data-total="(\d+)"', first.text)[1])
    assert total > FIRMS
    assert len(first.content) < MOST
    firms, start = set(), 0
    while start < total:
        part = site.get("/show", params={"kind": "产业链", "id": chain, "from": start}).text
        body = part[part.index('id="edges"') :]
        firms |= set(re.findall("示例企业[0-9]{4}", body))
        start += 400 if start else 200
    assert len(firms) == FIRMS


def test_every_text_of_how_to_read_a_chart_stands_on_a_page():
    templates = "".join(p.read_text("utf-8") for p in TEMPLATES.glob("*.html"))
    assert sorted(set(re.findall(r"m\.how\('(\w+)'\)", templates))) == sorted(HOW_TO_READ)
