"""供需对接 on the pages: what a person confirms or refuses is a batch with who and when, and stays so."""

from __future__ import annotations

import html
import re
import shutil
from datetime import date, timedelta

import pytest
from builders import BASICS, write_book
from fastapi.testclient import TestClient

from api.home.session import open_session
from api.home.settings import load_settings
from api.web.access import Access
from api.web.app import create_app
from ingest.load.pipeline import load

CHAIN = "示例锯床产业链"
NEED, FIRST, SECOND = "带锯床锯切振动抑制", "带锯床锯切振动抑制装置", "带锯床锯切降振方法"
SHEETS = {
    **BASICS,
    "技术需求": [["名称", "产业链", "提出企业"], [NEED, CHAIN, "示例乙机床有限公司"]],
    "科技成果": [["名称", "产业链", "入库级别", "摘要"], [FIRST, CHAIN, "省", "<b>示例</b>"], [SECOND, CHAIN, None, None]],
    "人才": [["姓名", "单位"], ["示例同名", "示例大学"], ["示例同名", "示例学院"], ["示例大学", "示例学院"]],
    "高校院所": [["名称"], ["示例大学"], ["示例学院"]],
    "活动": [["名称", "类型", "日期", "产业链"], ["示例对接会", "对接会", "2026-05-20", CHAIN]],
}  # fmt: skip
TODAY, TOMORROW = date.today().isoformat(), (date.today() + timedelta(1)).isoformat()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("match")
    with open_session(load_settings(str(folder / "home"))) as session:
        load(session.city, [write_book(folder / "示例.xlsx", SHEETS)])
    return folder / "home"


@pytest.fixture
def opened(loaded, tmp_path):
    with open_session(load_settings(str(shutil.copytree(loaded, tmp_path / "home")))) as session:
        client = TestClient(
            create_app(session, Access("page", "command")),
            base_url="http://127.0.0.1",
            headers={"X-Lianpu-Token": "page"},
        )
        yield session, client


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def ids(session, *names):
    """The ids of nodes by kind and name."""
    with session.reading() as state:
        return [state.reader.nodes_called(kind, name)[0]["id"] for kind, name in names]


def saved(session, client, thing=("科技成果", FIRST), **fields):
    """Submit the form of a pair."""
    csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/match").text)
    need, other = ids(session, ("技术需求", NEED), thing)
    fields = {"csrf": csrf[1] if csrf else "", "need": need, "object": other, **fields}
    return client.post("/match/pair", data=fields)


def test_a_need_is_shown_with_its_hits_and_why(opened):
    session, client = opened
    page = words(client.get("/match").text)
    assert NEED in page
    assert FIRST in page
    assert "技术需求 1 项" in page
    need, thing = ids(session, ("技术需求", NEED), ("科技成果", FIRST))
    sides = client.get("/match/pair", params={"need": need, "object": thing}).text
    assert "<b>示例</b>" not in sides
    assert "<b>示例</b>" in words(sides)


def test_what_fits_is_confirmed_as_one_batch_of_two_sheets_that_can_be_undone(opened):
    session, client = opened
    before = session.city.hash()
    page = saved(session, client, confirm="1", by="示例员")
    assert "已登记对应" in words(page.text)
    batch = session.city.ledger.batches()[-1]
    assert batch.by == "示例员"
    (pair,) = session.city.store.nodes(session.city.schema.kinds["供需对接"])
    assert (pair["state"], pair["date"]) == ("推荐", TODAY)
    undo = re.search(r'action="(/data/undo/\d+)"', page.text)
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text)
    client.post(undo[1], data={"csrf": csrf[1]})
    assert session.city.hash() == before


def test_a_refusal_needs_a_reason_and_is_then_not_shown_again(opened):
    session, client = opened
    bare = saved(session, client, refuse="1")
    assert bare.status_code == 400
    assert "未成没有写明理由" in bare.text
    page = saved(session, client, refuse="1", 理由="示例价高")
    assert "示例价高" in words(page.text)
    (pair,) = session.city.store.nodes(session.city.schema.kinds["供需对接"])
    assert pair["basis"]
    need = page.text[page.text.index('<section class="need"') :]
    assert f">{FIRST}</a>（科技成果），示例价高" in need
    assert need.count(FIRST) == 1
    assert "未成 1 对" in words(client.get("/match/pairs").text)


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"状态": "签约"}, "没有写日期"), ({"状态": "成亲", "日期": TODAY}, "没有“成亲”这种状态"),
     ({"状态": "洽谈", "日期": TOMORROW}, "在今天之后"), ({"状态": "洽谈", "日期": "某日"}, "看不出是什么日期")],
)  # fmt: skip
def test_a_step_that_cannot_be_stands_again_with_its_fault(opened, fields, message):
    session, client = opened
    page = saved(session, client, **fields)
    assert page.status_code == 400
    assert message in page.text
    assert session.city.store.nodes(session.city.schema.kinds["供需对接"]) == []


def test_a_step_at_an_event_stands_in_its_list(opened):
    session, client = opened
    saved(session, client, **{"状态": "洽谈", "日期": "2026-05-20", "活动": "示例对接会", "back": "pairs"})
    (event,) = ids(session, ("活动", "示例对接会"))
    assert "洽谈" in words(client.get("/match/events", params={"event": event}).text)
    need, thing = ids(session, ("技术需求", NEED), ("科技成果", FIRST))
    assert "自 2026-05-20。" in words(client.get("/match/pair", params={"need": need, "object": thing}).text)
    early = saved(session, client, **{"状态": "已联系", "日期": "2026-05-19"})
    assert "早于最近一条记录" in early.text
    with client.stream("GET", "/files/meeting.zip", params={"event": event}) as refused:
        assert refused.status_code == 422


def test_several_pairs_are_put_down_for_an_event_at_once_and_keep_their_states(opened):
    session, client = opened
    for thing, state in (FIRST, "推荐"), (SECOND, "签约"):
        saved(session, client, ("科技成果", thing), **{"状态": state, "日期": "2026-05-01"})
    (event,) = ids(session, ("活动", "示例对接会"))
    page = client.get("/match/events", params={"event": event})
    picks, csrf = (
        re.findall(r'name="pair" value="(\w+)"', page.text),
        re.search(r'name="csrf" value="([^"]+)"', page.text),
    )
    assert len(picks) == 1  # what is signed needs no meeting
    done = client.post("/match/events", data={"csrf": csrf[1], "event": event, "pair": picks, "by": "示例员"})
    text = words(done.text)
    assert "1 对，企业 1 家" in text
    assert "推荐 记一步" in text
    none = client.post("/match/events", data={"csrf": csrf[1], "event": event})
    assert none.status_code == 400


def test_what_no_name_tells_apart_is_refused_and_other_kinds_are_told_by_theirs(opened):
    session, client = opened
    same = saved(session, client, ("人才", "示例同名"), **{"状态": "洽谈", "日期": "2026-05-20"})
    assert "分不出是哪一个" in same.text
    assert saved(session, client, ("高校院所", "示例大学"), **{"状态": "洽谈", "日期": "2026-05-20"}).status_code == 200
    (pair,) = session.city.store.nodes(session.city.schema.kinds["供需对接"])
    assert pair["object"] == "示例大学（高校院所）"
    assert "高校院所" in words(client.get("/match").text)


def test_a_library_says_what_the_plan_counts(opened):
    _, client = opened
    page = words(client.get("/match/library").text)
    assert "入库成果数 1 项" in page
    assert "科技专员数 未报" in page or "科技专员数 0 人" in page
