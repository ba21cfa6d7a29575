"""图谱 over HTTP: its page, its answers, its files, and views that are kept as rows."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.home.session import open_session
from api.home.settings import load_settings
from api.web.access import Access
from api.web.app import create_app


@pytest.fixture
def chain(examples):
    with examples.reading() as state:
        return next(c.id for c in state.chains() if c.county == "示例县")


def test_without_a_start_the_page_says_how_to_begin(pages):
    text = pages.get("/graph").text
    assert "从一条产业链开始" in text
    assert 'role="combobox"' in text


def test_the_page_of_a_node_leads_to_its_picture(pages, chain):
    assert f"/graph?node={chain}" in pages.get("/show", params={"kind": "产业链", "id": chain}).text
    assert 'id="graph"' in pages.get("/graph", params={"node": chain}).text


def test_the_scene_is_the_same_each_time(pages, chain):
    first = pages.get("/graph/scene", params={"start": chain})
    assert first.json()["groups"]
    assert pages.get("/graph/scene", params={"start": chain}).content == first.content


def test_steps_that_are_none_are_told(pages, chain):
    scene = pages.get("/graph/scene", params={"start": chain, "do": ["<script>", f"open.{chain}"]}).json()
    assert scene["remarks"] == ["链接里有 1 步看不懂，或在第 400 步以后，没有做"]


def test_members_panel_and_finder_answer_and_what_is_unknown_is_404(pages, chain):
    group = pages.get("/graph/scene", params={"start": chain}).json()["groups"][0]
    table = pages.get("/graph/members", params={"node": chain, "group": group["group"]}).json()
    assert table["total"] == group["total"] == len(table["members"])
    assert pages.get("/graph/panel", params={"node": chain}).json()["card"]["id"] == chain
    assert pages.get("/graph/panel", params={"node": "0" * 20}).status_code == 404
    hits = pages.get("/graph/find", params={"text": "示例甲锯床"}).json()["hits"]
    assert hits[0]["name"] == "示例甲锯床有限公司"


@pytest.fixture
def own(tmp_path):
    with open_session(load_settings(str(tmp_path / "home"))) as session:
        app = create_app(session, Access("page", "command"))
        yield TestClient(app, base_url="http://127.0.0.1", headers={"X-Lianpu-Token": "page"})


def test_a_view_is_kept_as_a_row_and_can_be_undone(own):
    fields = {"名称": "<b>示例视图", "负责人": "示例员", "query": "start=a&token=page"}
    kept = own.post("/graph/views", data=fields, follow_redirects=False)
    assert (kept.status_code, kept.headers["location"]) == (303, "/graph?start=a&saved=1")
    text = own.get("/graph").text
    assert "&lt;b&gt;示例视图" in text
    assert 'href="/graph?start=a"' in text
    own.post("/data/undo/1")
    assert "示例视图" not in own.get("/graph").text


def test_a_view_without_a_name_is_refused_in_words(own):
    refused = own.post("/graph/views", data={"query": "start=a"})
    assert refused.status_code == 400
    assert "名称" in refused.text
