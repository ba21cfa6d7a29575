"""A what-if that changes no status answers on the page, over HTTP and in the terminal."""

from __future__ import annotations

import io

import pytest
from builders import BASICS, FIRMS, write_book
from fastapi.testclient import TestClient
from rich.console import Console

from api.home.session import open_session
from api.home.settings import load_settings
from api.terminal.advice import show_whatif
from api.web.access import Access
from api.web.app import create_app
from ingest.load.pipeline import load

CHAIN = "示例锯床产业链"
FOUR = [[f"示例{n}锯业有限公司", "示例县", CHAIN, "锯条", 100, 2024, "在产"] for n in "丙丁戊"]
ADD = "甲锯业@锯条:50"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whatif")
    with open_session(load_settings(str(folder / "home"))) as session:
        load(session.city, [write_book(folder / "示例.xlsx", {**BASICS, "企业": [*FIRMS, *FOUR]})])
        with TestClient(create_app(session, Access("t", "c")), base_url="http://127.0.0.1") as made:
            made.headers["X-Lianpu-Token"] = "t"
            yield made


def test_page_http_and_terminal_say_what_is_touched_and_ask_whom_an_unknown_name_means(client):
    found = client.get("/api/whatif", params={"chain": CHAIN, "add": ADD}).json()
    assert found["changed"] == []
    (saw,) = found["touched"]
    assert (saw["n_before"], saw["n_after"], saw["output_change"]) == (4, 5, 50.0)
    assert [b["segment"] for b in saw["buyers"]] == ["带锯床"]
    assert found["asks"][0]["near"][0] == "示例甲锯业有限公司"
    out = io.StringIO()
    show_whatif(Console(file=out, width=100), {"scenario": None, **found})
    page = client.get("/recruiting", params={"chain": CHAIN, "add": ADD}).text
    for text in (
        "没有环节改变状态",
        "是否指：示例甲锯业有限公司",
        "4家 变为 5家",
        "0.25 变为 0.21",
        "带锯床（示例乙机床有限公司）",
    ):
        assert text in out.getvalue(), text
        assert text in " ".join(page.split()), text
    assert "产值增加50万元" in out.getvalue()
    assert "+50" in page
