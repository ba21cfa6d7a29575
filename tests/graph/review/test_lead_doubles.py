"""Leads that may be one investment wait for a person; what is decided joins them or keeps them apart, and can be undone."""

from __future__ import annotations

from datetime import date

import pytest
from builders import write_book
from serving import ask

from api.home.session import open_session
from api.home.settings import load_settings
from graph.analysis.config import GapConfig
from graph.answers.plan.leads import LeadsWanted, leads
from graph.answers.review import review
from graph.answers.state import State
from graph.review.lead_doubles import LEAD, Investment, lead_doubles
from ingest.load.pipeline import load

CHAIN = "示例锯床产业链"
HEAD = ["项目名称", "投资主体", "产业链", "环节", "阶段", "日期", "协议投资额(万元)", "编码", "县市区"]
SHEETS = {
    "县市区": [["名称", "上级"], ["示例市", None], ["示例县", "示例市"], ["示例邻县", "示例市"]],
    "产业链": [["名称", "县市区"], [CHAIN, "示例县"], [CHAIN, "示例邻县"]],
    "环节": [["产业链", "县市区", "名称"], [CHAIN, "示例县", "锯带钢"], [CHAIN, "示例县", "锯条"]],
    "企业": [["名称", "县市区", "产业链"], ["示例带钢有限公司", "示例县", CHAIN]],
    "招商线索": [
        HEAD,
        ["示例带钢项目", "示例集团", CHAIN, "锯带钢", "签约", "2026-03-01", 10000, None, "示例县"],
        ["示例带钢新建项目", "示例集团", CHAIN, "锯条", "在谈", "2026-05-01", 30000, None, "示例县"],
        ["示例扩能", "示例带钢有限公司", CHAIN, "锯带钢", "在谈", "2026-05-02", 5000, None, "示例县"],
        ["示例带钢项目", "别的集团", CHAIN, None, "在谈", "2026-05-03", 10000, None, "示例邻县"],
    ],
    "项目": [
        ["名称", "类型", "承担单位", "产业链", "县市区", "环节", "金额(万元)", "状态"],
        ["示例高速线一期", "招引", "示例带钢有限公司", CHAIN, "示例县", "锯带钢", 6000, "在建"],
    ],
}  # fmt: skip
ONE, OTHER = f"示例县/{CHAIN}/示例带钢项目", f"示例县/{CHAIN}/示例带钢新建项目"


def lead(name, investor="示例集团", money=None, segments=(), code="", kind=LEAD):
    return Investment(kind, name, f"示例县/链/{name}", name, (investor,), segments, money, code)


@pytest.mark.parametrize(
    ("a", "b", "are"),
    [
        (lead("示例带钢项目"), lead("示例带钢新建项目"), True),
        (lead("示例带钢项目"), lead("示例带钢新建项目", "别的集团"), False),
        (lead("示例带钢一期"), lead("示例完全不同"), False),
        (lead("示例甲", money=100.0, segments=("s",)), lead("示意乙", money=80.0, segments=("s",)), True),
        (lead("示例甲", money=100.0, segments=("s",)), lead("示意乙", money=79.0, segments=("s",)), False),
        (lead("示例甲", money=100.0, segments=("s",)), lead("示意乙", money=100.0, segments=("t",)), False),
        (lead("示例带钢项目07"), lead("示例带钢项目08"), False),
        (lead("示例带钢项目", code="1"), lead("示例带钢新建项目", code="2"), False),
        (lead("示例带钢项目", code="1"), lead("示例带钢新建项目"), True),
        (lead("示例带钢项目", kind="项目"), lead("示例带钢新建项目", kind="项目"), False),
        (lead("示例带钢项目", kind="项目"), lead("示例带钢新建项目"), True),
    ],
)
def test_two_are_one_perhaps_by_investor_and_name_or_segment_and_money(a, b, are):
    assert bool(lead_doubles([a, b])) == are == bool(lead_doubles([b, a]))


def test_a_pair_that_was_decided_is_not_asked_again():
    a, b = lead("示例带钢项目"), lead("示例带钢新建项目")
    assert lead_doubles([a, b], {frozenset((a.path, b.path))}) == []


def test_the_queue_shows_leads_and_projects_with_reasons_and_rows(city, load_sheets):
    load_sheets(SHEETS)
    document = review(State(city, GapConfig(), date(2026, 6, 1)))
    pairs = {(d["one"]["name"], d["other"]["name"]): d for d in document["leads"]}
    assert set(pairs) == {("示例带钢新建项目", "示例带钢项目"), ("示例扩能", "示例高速线一期")}
    assert document["count"]["leads"] == 2
    first = pairs["示例带钢新建项目", "示例带钢项目"]
    assert (first["one"]["path"], first["other"]["path"], first["leads"]) == (OTHER, ONE, True)
    assert first["reasons"] == ["投资主体相同：示例集团", "名称相近 86%"]
    assert first["one"]["rows"][0]["sheet"] == "招商线索"
    second = pairs["示例扩能", "示例高速线一期"]
    assert not second["leads"]
    assert second["reasons"][1].endswith("金额相近：5000万元、6000万元")
    assert review(State(city, GapConfig(), date(2026, 6, 1)), "企业")["leads"] == []


@pytest.fixture
def session(tmp_path):
    with open_session(load_settings(str(tmp_path / "home"))) as opened:
        load(opened.city, [write_book(tmp_path / "示例.xlsx", SHEETS)])
        yield opened


def names(session):
    with session.reading() as state:
        return sorted((x["county"], x["name"], x["stage"]) for x in leads(state)["leads"])


def waiting(session):
    with session.reading() as state:
        return review(state)["count"]["leads"], len(state.waiting())


def test_a_decision_joins_two_leads_that_count_once_and_undo_takes_it_back(session):
    before, queue = names(session), waiting(session)
    batch = ask(session, "decide", verdict="合并", kind=LEAD, name=ONE, other=OTHER).document["batch"]
    assert names(session) == [
        ("示例县", "示例带钢新建项目", "在谈"),
        ("示例县", "示例扩能", "在谈"),
        ("示例邻县", "示例带钢项目", "在谈"),
    ]
    assert waiting(session) == (queue[0] - 1, queue[1])
    with session.reading() as state:
        document = leads(state, LeadsWanted("示例县"))
        assert [s["stage"] for s in document["leads"][0]["history"] + document["leads"][1]["history"]].count(
            "签约"
        ) == 1
        assert review(state)["decided"][0]["name"] == ONE
    ask(session, "undo", batch=batch)
    assert (names(session), waiting(session)) == (before, queue)


def test_two_that_are_decided_to_be_two_stay_two(session):
    before, queue = names(session), waiting(session)
    ask(session, "decide", verdict="合并", kind=LEAD, name=ONE, other=OTHER)
    ask(session, "decide", verdict="不合并", kind=LEAD, name=OTHER, other=ONE)  # the last word counts
    assert names(session) == before
    assert waiting(session) == (queue[0] - 1, queue[1])
