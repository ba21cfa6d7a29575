"""`lianpu publish` and its download give the same file."""

from __future__ import annotations

import pytest
from builders import BASICS, write_book
from fastapi.testclient import TestClient
from serving import ask

from api.home.session import open_session
from api.home.settings import Settings
from api.web.access import Access
from api.web.app import create_app
from graph.errors import Unknown
from ingest.load.pipeline import load


def test_the_command_and_the_download_are_one_file_for_the_counties_asked_for(tmp_path):
    with open_session(Settings(tmp_path / "home")) as session:
        load(session.city, [write_book(tmp_path / "示例.xlsx", BASICS)])
        done = ask(session, "publish", path=str(tmp_path / "快照.html"), counties=("示例县",))
        assert done.code == 0
        assert done.document["chains"] == ["示例县/示例锯床产业链"]
        assert done.document["left_out"] == []
        with pytest.raises(Unknown):
            ask(session, "publish", path=str(tmp_path / "b.html"), chains=("没有的链",))
        content = (tmp_path / "快照.html").read_bytes()
        assert done.document["bytes"] == len(content)
        app = create_app(session, Access("page", "command"))
        with TestClient(app, base_url="http://127.0.0.1", headers={"X-Lianpu-Token": "page"}) as client:
            answer = client.get("/files/publish.html", params={"counties": "示例县"})
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.content == content


def test_a_home_without_chains_gives_a_page_that_says_so(tmp_path):
    with open_session(Settings(tmp_path / "home")) as session:
        done = ask(session, "publish", path=str(tmp_path / "a.html"))
    assert done.code == 1
    assert "暂无指标" in (tmp_path / "a.html").read_text("utf-8")
