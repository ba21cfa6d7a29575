"""The review queue on the command line, over HTTP and back out by undo."""

from __future__ import annotations

import httpx
import pytest
from builders import BASICS, write_book
from serving import lianpu, served

from graph.city.city import open_city
from ingest.load.pipeline import load

ROWS = [
    ["名称", "县市区", "主要产品"],
    ["晨星", "示例县", None],
    ["浙江晨星锯床股份有限公司", "示例县", "双金属锯条"],
]


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    city = open_city(folder)
    load(city, [write_book(tmp_path / "数据.xlsx", {**BASICS, "企业": ROWS})])
    city.close()
    return folder


def test_review_decide_and_undo_on_the_command_line(home):
    code, found, _ = lianpu(home, "review")
    assert code == 0
    assert [d["name"] for d in found["same"]] == ["晨星"]
    assert found["same"][0]["candidates"][0]["name"] == "浙江晨星锯床股份有限公司"
    assert [(p["firm"], p["suggestions"][0]["segment"]) for p in found["placing"]] == [
        ("浙江晨星锯床股份有限公司", "示例县/示例锯床产业链/锯条"),
    ]
    _, before, _ = lianpu(home, "status")
    code, done, _ = lianpu(
        home, "decide", "合并", "浙江晨星锯床股份有限公司", "晨星", "--reason", "同一地址", "--by", "示例科"
    )
    assert code == 0
    assert done["batch"] == 2
    _, hits, _ = lianpu(home, "search", "晨星")
    assert [h["name"] for h in hits["hits"]] == ["浙江晨星锯床股份有限公司"]
    _, found, _ = lianpu(home, "review")
    assert found["same"] == []
    assert (found["decided"][0]["by"], found["decided"][0]["reason"]) == ("示例科", "同一地址")
    lianpu(home, "undo", "2")
    _, after, _ = lianpu(home, "status")
    assert after["graph"]["hash"] == before["graph"]["hash"]


def test_a_word_that_is_no_decision_is_refused_with_the_list_and_nothing_is_written(home):
    code, document, _ = lianpu(home, "decide", "也许", "甲", "乙")
    assert code == 2
    assert "归入环节" in document["error"]["hint"] + document["error"]["message"]
    assert len(lianpu(home, "batches")[1]["batches"]) == 1
    assert lianpu(home, "review", "--kind", "火星")[0] == 2


def test_the_server_takes_decisions_from_its_own_pages_only(home):
    with served(home) as site:
        headers = {"X-Lianpu-Token": str(site.run["token"])}
        with httpx.Client(base_url=site.base, headers=headers, trust_env=False, timeout=60) as client:
            answer = {"verdict": "不合并", "name": "晨星", "other": "浙江晨星锯床股份有限公司"}
            assert httpx.post(site.base + "/api/decide", json=answer, trust_env=False).status_code == 401
            foreign = {"Origin": "http://example.org"}
            assert client.post("/data/review", data={**answer, "kind": "企业"}, headers=foreign).status_code == 403
            assert client.get("/api/review").json()["count"]["same"] == 1
            assert client.post("/api/decide", json=answer).json()["batch"] == 2
            assert client.get("/api/review?kind=企业").json()["count"]["same"] == 0
            assert client.post("/api/decide", json={**answer, "verdict": "也许"}).status_code == 400
            assert client.post("/data/review", data={"verdict": "合并"}).status_code in (400, 422)
            code, found, _ = lianpu(home, "review")  # a command that finds its home served sends itself there
            assert (code, found["count"]["decided"]) == (0, 1)
