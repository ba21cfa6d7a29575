"""变化: what changed between two days or batches, with the rows that changed it, on pages, as JSON and as a workbook."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
import sqlalchemy as sa
from builders import write_book
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from serving import ask

from api.home.session import open_session
from api.home.settings import Settings
from api.web.access import Access
from api.web.app import create_app
from graph.ledger.moment import When
from graph.ledger.tables import batch_table
from ingest.load.pipeline import LoadOptions, load

CHAIN = "示例锯床产业链"
DAYS = (date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 10))
SHEETS = {
    "县市区": [["名称", "上级"], ["示例市", None], ["示例县", "示例市"]],
    "产业链": [["名称", "县市区"], [CHAIN, "示例县"]],
    "环节": [["产业链", "名称", "阶段", "已调查"], [CHAIN, "示例锯条", "上游", "是"], [CHAIN, "示例整机<b>", "中游", "是"]],
    "环节供给": [["产业链", "上游环节", "下游环节", "供给内容"], [CHAIN, "示例锯条", "示例整机<b>", "示例锯条料"]],
    "企业": [
        ["名称", "县市区", "产业链", "环节", "状态", "产值(万元)", "年份"],
        ["示例甲公司", "示例县", CHAIN, "示例锯条", "在产", 100, 2025],
        ["示例乙公司", "示例县", CHAIN, "示例整机<b>", "在产", 200, 2025],
    ],
    "计划": [["名称", "起始年", "结束年"], ["示例计划", 2024, 2026]],
    "指标": [["名称", "对象", "比较", "数值", "单位", "期限", "计划"], ["示例立项数", "示例县", "累计≥", 10, "项", "2026-12", "示例计划"]],
}  # fmt: skip
FIRMS = SHEETS["企业"]
SECOND = {"企业": [FIRMS[0], ["示例甲公司", "示例县", CHAIN, "示例锯条", "停产", 100, 2025], FIRMS[2]]}
THIRD = {
    "企业": [FIRMS[0], ["示例丙公司", "示例县", CHAIN, "示例锯条", "在产", 50, 2026]],
    "环节": [SHEETS["环节"][0], [CHAIN, "示例新环节", "下游", "是"]],
    "完成情况": [["指标", "对象", "数值", "单位", "日期"], ["示例立项数", "示例县", 10, "项", "2026-03-01"]],
}


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """Three loads, a month apart; the second is a correction of the first."""
    folder = tmp_path_factory.mktemp("changes")
    with open_session(Settings(folder / "home")) as opened:
        first = write_book(folder / "示例.xlsx", SHEETS)
        load(opened.city, [first])
        load(opened.city, [write_book(first, SHEETS | SECOND)], LoadOptions(replace=True, yes=True))
        load(opened.city, [write_book(folder / "示例三月.xlsx", THIRD)])
        with opened.city.ledger._engine.begin() as db:
            for batch, day in enumerate(DAYS, 1):
                when = {"loaded_at": f"{day.isoformat()}T01:00:00.000+00:00"}
                db.execute(sa.update(batch_table).where(batch_table.c.id == batch).values(when))
        yield opened


@pytest.fixture(scope="module")
def client(session):
    app = create_app(session, Access("page", "command"))
    return TestClient(app, base_url="http://127.0.0.1", headers={"X-Lianpu-Token": "page"})


def between(session, since: When | None, until: When | None = None, **more):
    return ask(session, "changes", since=since, until=until, **more).document


def test_a_segment_that_changed_names_the_rows_that_changed_it(session):
    changed = {s["segment"]: s for s in between(session, "2026-01", "2026-02")["segments"]}
    blade = changed["示例锯条"]
    assert (blade["change"], blade["before_count"], blade["after_count"]) == ("变化", "1家", "0家")
    assert blade["before_status"] != blade["after_status"]
    assert [(r["sheet"], r["row"]) for r in blade["brought"]] == [("企业", 2)]
    assert [r["batch"] for r in blade["gone"]] == [1]
    assert [r["batch"] for r in blade["brought"]] == [2]


def test_days_and_batches_name_the_same_moments(session):
    by_day, by_batch = between(session, "2026-01-31", "2026-02-28"), between(session, 1, "批次 2")
    for part in ("firms", "values", "batches"):
        assert by_day[part] == by_batch[part]
    assert [s["segment"] for s in by_day["segments"]] == [s["segment"] for s in by_batch["segments"]]
    turned = between(session, 2, 1)
    assert (turned["since"]["mark"], turned["until"]["mark"]) == ("1", "2")


def test_what_is_new_what_is_gone_and_which_values_are_others(session):
    document = between(session, 1)
    assert [(f["change"], f["name"], f["on"]) for f in document["firms"]] == [
        ("新增", "示例丙公司", [f"示例县/{CHAIN}/示例锯条"])
    ]
    assert ("新增", "示例新环节") in {(s["change"], s["segment"]) for s in document["segments"]}
    states = [v for v in document["values"] if v["field"] == "状态" and v["kind"] == "企业"]
    assert [(v["name"], v["before"]["value"], v["after"]["value"]) for v in states] == [("示例甲公司", "在产", "停产")]
    assert [(t["indicator"], t["after"]) for t in document["targets"]] == [("示例立项数", "达标")]
    assert [b["batch"] for b in document["batches"]] == [2, 3]
    backward = between(session, "2025-12-31", 1)
    assert {f["change"] for f in backward["firms"]} == {"新增"}
    assert len(backward["segments"]) == 2


def test_an_undone_batch_still_counts_in_the_time_before_it_was_undone(tmp_path):
    with open_session(Settings(tmp_path / "home")) as opened:
        load(opened.city, [write_book(tmp_path / "示例.xlsx", SHEETS)])
        load(opened.city, [write_book(tmp_path / "二.xlsx", THIRD)])
        opened.city.undo(2)
        gone = between(opened, 2)
        assert [(f["change"], f["name"]) for f in gone["firms"]] == [("消失", "示例丙公司")]
        assert ("消失", "示例新环节") in {(s["change"], s["segment"]) for s in gone["segments"]}
        assert [(b["batch"], b["what"]) for b in gone["batches"]] == [(2, "撤销")]


def test_only_one_county_or_chain(session):
    assert between(session, 1, chain=CHAIN)["segments"] == between(session, 1)["segments"]
    assert [v["name"] for v in between(session, 1, chain=CHAIN)["values"]]
    city = between(session, 1, county="示例市")
    assert city["segments"] == city["firms"] == []


def test_the_page_draws_the_union_and_links_go_by_id(client, session):
    chain = between(session, 1)["segments"][0]["chain_id"]
    page = client.get(f"/changes?since=2&chain={chain}")
    assert page.status_code == 200
    drawing = re.search(r"<svg xmlns.*?</svg>", page.text, re.S)
    assert [word for word in ("原：", "新增", "示例整机&lt;b&gt;") if word not in drawing[0]] == []
    assert 'value="2026-02-28"' in page.text  # a month's end is offered
    assert "<b>批次 2 导入后</b>" in page.text
    assert client.get("/changes?since=&until=&county=&chain=").status_code == 200


def test_what_is_no_moment_is_told(client):
    assert client.get("/api/changes?since=昨天").json()["error"]["code"] == "bad_moment"
    assert client.get("/api/changes?since=77").json()["error"]["code"] == "unknown_batch"
    assert client.get("/changes?since=77").status_code == 404


def test_the_workbook_has_the_same_rows(client, session):
    with client:
        answered = client.get("/files/changes.xlsx?since=1")
    book = load_workbook(io.BytesIO(answered.content))
    assert book.sheetnames == ["环节", "企业", "指标", "值", "批次"]
    written = [c.value for row in book["环节"].iter_rows() for c in row]
    assert all(s["segment"] in written for s in between(session, 1)["segments"])


def test_the_chain_map_stands_as_it_was_at_a_chosen_moment(client, session):
    chain = between(session, 1)["segments"][0]["chain_id"]
    then = client.get(f"/chain?chain={chain}&at=2026-01")
    assert "示例新环节" not in then.text
    assert f"/changes?since=2026-01-31&amp;chain={chain}" in then.text
    cards = [c["name"] for c in client.get(f"/chain/scene?chain={chain}&at=1").json()["cards"]]
    assert sorted(cards) == ["示例整机<b>", "示例锯条"]
    assert "示例新环节" in client.get(f"/chain?chain={chain}&at=").text
    assert "台账里还没有这条链" in client.get(f"/chain?chain={chain}&at=2025-01-01").text
    assert client.get(f"/chain?chain={chain}&at=昨天").status_code == 422
