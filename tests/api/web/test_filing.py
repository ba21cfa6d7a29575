"""Filing without a workbook: what a form saves, how it is told what is wrong, and how it is taken back."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from builders import write_book
from fastapi.testclient import TestClient

from api.home.filing import CORRECTION, FORM
from api.home.session import open_session
from api.home.settings import load_settings
from api.web.access import Access
from api.web.app import create_app
from graph.answers.nodes import node_id
from graph.answers.plan.leads import leads
from graph.answers.plan.progress import plan_facts, progress
from graph.answers.statuses import gaps
from ingest.load.pipeline import load

TODAY = date.today()
NOW = TODAY.isoformat()
CHAIN = "示例锯床产业链"
SHEETS = {
    "县市区": [["名称", "上级"], ["示例市", None], ["示例县", "示例市"], ["示例邻县", "示例市"]],
    "产业链": [["名称", "县市区"], [CHAIN, "示例县"], [CHAIN, "示例邻县"]],
    "环节": [
        ["产业链", "县市区", "名称", "已调查"],
        [CHAIN, "示例县", "锯带钢", "是"],
        [CHAIN, "示例县", "锯条", "是"],
    ],
    "环节供给": [["产业链", "县市区", "上游环节", "下游环节"], [CHAIN, "示例县", "锯带钢", "锯条"]],
    "企业": [
        ["名称", "所在地", "县市区", "产业链", "环节", "状态"],
        ["示例外地带钢有限公司", "上海", None, None, None, "外部"],
        ["示例锯条有限公司", None, "示例县", CHAIN, "锯条", "在产"],
    ],
    "计划": [["名称", "起始年", "结束年"], ["示例计划", TODAY.year - 1, TODAY.year + 1]],
    "指标": [
        ["名称", "对象", "比较", "数值", "单位", "期限", "计划", "频次"],
        ["示例立项数", "示例县", "累计≥", 5, "项", f"{TODAY.year + 1}-12", "示例计划", None],
        ["示例产值", "各产业链", "≥", 100, "万元", f"{TODAY.year + 1}-12", "示例计划", "年"],
        ["示例方案编制", "示例县", "完成", None, None, f"{TODAY.year + 1}-12", "示例计划", None],
        ["示例城市数", "全市", "≥", 5, "个", f"{TODAY.year + 1}-12", "示例计划", None],
    ],
    "任务": [["名称", "计划", "对象", "期限"], ["示例摸底", "示例计划", "各县市区", f"{TODAY.year + 1}-12"]],
}
LEAD = {
    "项目名称": "示例带钢项目",
    "产业链": f"示例县/{CHAIN}",
    "环节": "锯带钢",
    "企业": "示例外地带钢有限公司",
    "阶段": "在谈",
}

MONEY, PLACE = {"协议投资额(万元)": "1.2亿"}, {"编码": "2606-331122-04-01-000001", "责任单位": "示例招商局"}


@pytest.fixture
def session(tmp_path):
    with open_session(load_settings(str(tmp_path / "home"))) as opened:
        load(opened.city, [write_book(tmp_path / "示例.xlsx", SHEETS)])
        yield opened


@pytest.fixture
def client(session):
    app = create_app(session, Access("page", "command"))
    headers = {"X-Lianpu-Token": "page"}
    return TestClient(app, base_url="http://127.0.0.1", headers=headers, follow_redirects=False)


def fields_of(client, county, kind):
    """The names of the rows of a form, by what it asks for."""
    page = client.get("/file", params={"county": county}).text
    keys = re.findall(r'name="(\w+)\.of" value="([^"]*)"', page)
    return {html.unescape(key).split("|")[0]: (n, html.unescape(key)) for n, key in keys if n[0] == kind}


def file_values(client, county="示例县", day=NOW, by="示例填报人", why="", **values):
    """Fill in 完成情况: by indicator, its cells."""
    rows = fields_of(client, county, "m")
    form = {"county": county, "date": day, "by": by, "why": why}
    for name, cells in values.items():
        number, key = rows[name]
        form |= {f"{number}.of": key, **{f"{number}.{c}": v for c, v in cells.items()}}
    return client.post("/file/measurements", data=form)


def value_of(session, name, subject="示例县"):
    with session.reading() as state:
        rows = [t for t in progress(state)["targets"] if (t["indicator"], t["subject"]) == (name, subject)]
    return rows[0]["filed"] and rows[0]["filed"]["value"]


def test_a_save_is_one_batch_with_who_and_undo_takes_it_back(client, session):
    answer = file_values(
        client, 示例立项数={"数值": "3", "单位": "项", "原因": "示例原因"}, 示例方案编制={"数值": "已完成"}
    )
    assert answer.status_code == 303
    batch = session.city.ledger.batches()[-1]
    assert (batch.id, batch.rows, batch.by, batch.files) == (2, 2, "示例填报人", (FORM,))
    assert (value_of(session, "示例立项数"), value_of(session, "示例方案编制")) == (3, True)
    saved = client.get(answer.headers["location"])
    assert "批次 2" in saved.text
    assert client.post("/data/undo/2").status_code == 303
    assert value_of(session, "示例立项数") is None


def test_what_is_wrong_stands_at_its_field_what_was_typed_stays_and_nothing_is_written(client, session):
    answer = file_values(client, 示例立项数={"数值": "三两个", "单位": "项"}, 示例方案编制={"数值": "已完成"})
    assert answer.status_code == 400
    page = " ".join(answer.text.split())
    assert re.search(r'aria-label="示例立项数：数值" value="三两个"[^>]*aria-invalid=true', page)
    assert "这里应填数字" in page
    assert '<option value="已完成" selected>' in page
    assert len(session.city.ledger.batches()) == 1


@pytest.mark.parametrize(
    ("day", "message"),
    [("2026-13", "日期"), ((TODAY + timedelta(40)).isoformat(), "在今天之后"), ("", "必填项“日期”是空的")],
)
def test_a_day_that_is_none_or_lies_ahead_is_refused_at_its_field(client, session, day, message):
    answer = file_values(client, day=day, 示例立项数={"数值": "3"})
    assert answer.status_code == 400
    assert message in answer.text
    assert len(session.city.ledger.batches()) == 1


def test_a_unit_or_period_alone_files_nothing(client):
    answer = file_values(client, 示例立项数={"单位": "项"})
    assert answer.status_code == 400
    assert "没有填写任何一行" in answer.text


def test_chains_of_one_name_are_told_apart_by_their_county(client, session):
    assert file_values(client, "示例邻县", 示例产值={"数值": "120", "单位": "万元"}).status_code == 303
    with session.reading() as state:
        filed = {t["county"]: t["filed"] for t in progress(state)["targets"] if t["indicator"] == "示例产值"}
    assert (filed["示例县"], filed["示例邻县"]["value"]) == (None, 120)
    assert file_values(client, "全市", 示例城市数={"数值": "2"}).status_code == 303
    assert value_of(session, "示例城市数", "全市") == 2


def test_a_locked_period_is_changed_only_with_a_reason_and_the_batch_says_so(client, session):
    last, long_ago = f"{TODAY.year - 1}年", f"{TODAY.year - 1}-12-31"
    assert file_values(client, day=long_ago, 示例产值={"数值": "90", "期间": last}).status_code == 303
    if date(TODAY.year, 1, 12) > TODAY:
        pytest.skip("the period is not locked yet")
    refused = file_values(client, 示例产值={"数值": "95", "期间": last})
    assert refused.status_code == 400
    assert "已锁定" in refused.text
    assert file_values(client, why="示例统计口径更正", 示例产值={"数值": "95", "期间": last}).status_code == 303
    assert session.city.ledger.batches()[-1].files == (CORRECTION,)
    assert [*session.city.ledger.records()][-1].values["来源"] == "更正：示例统计口径更正"


def test_progress_of_a_task_is_filed_for_one_county_alone(client, session):
    rows = fields_of(client, "示例县", "t")
    ((number, key),) = rows.values()
    form = {
        "county": "示例县",
        "date": NOW,
        f"{number}.of": key,
        f"{number}.进展": "进行中",
        f"{number}.完成比例": "40%",
    }
    assert client.post("/file/progress", data=form).status_code == 303
    with session.reading() as state:
        states = {
            t.subject.name: (t.state(TODAY), t.steps and t.steps[-1].share) for t in plan_facts(state).records.tasks
        }
    assert states == {"示例县": ("进行中", 0.4), "示例邻县": ("未报", ())}
    bad = client.post("/file/progress", data=form | {f"{number}.完成比例": "四成多"})
    assert bad.status_code == 400


def board(session):
    with session.reading() as state:
        return leads(state)["leads"]


def strip(session):
    with session.reading() as state:
        segment = next(s for s in gaps(state)["segments"] if s["segment"] == "锯带钢")
    return segment["status"], segment["n"], segment["pending"]


def test_a_card_that_moves_writes_a_dated_row_regrades_the_segment_and_undo_takes_it_back(client, session):
    first = client.post("/file/lead", data={**LEAD, "日期": NOW, "by": "示例招商员"})
    assert first.status_code == 303
    (lead,) = board(session)
    assert first.headers["location"] == f"/leads?done=2#lead-{lead['id']}"
    assert (lead["stage"], lead["verified"], lead["since"], lead["county"]) == ("在谈", False, NOW, "示例县")
    assert "示例带钢项目" in client.get(first.headers["location"]).text
    move = {"lead": lead["id"], "日期": NOW}
    assert client.post("/file/lead", data={**move, "阶段": "签约", **MONEY}).status_code == 303
    assert strip(session)[1:] == (0, 1)
    assert client.post("/file/lead", data={**move, "阶段": "投产", "核验": "已核验", **PLACE}).status_code == 303
    (lead,) = board(session)
    assert [s["stage"] for s in lead["history"]] == ["在谈", "签约", "投产"]
    assert lead["verified"]
    assert strip(session)[1:] == (1, 0)
    batch = session.city.ledger.batches()[-1].id
    client.post(f"/data/undo/{batch}")
    assert (board(session)[0]["stage"], strip(session)[1:]) == ("签约", (0, 1))


def test_a_stage_that_is_new_is_to_be_confirmed_again(client, session):
    client.post("/file/lead", data={**LEAD, "日期": NOW, "核验": "已核验"})
    (lead,) = board(session)
    assert lead["verified"]
    client.post("/file/lead", data={"lead": lead["id"], "日期": NOW, "下一步": "示例考察"})
    assert board(session)[0]["verified"]
    client.post("/file/lead", data={"lead": lead["id"], "日期": NOW, "阶段": "签约", **MONEY})
    assert not board(session)[0]["verified"]


def test_a_step_before_the_last_or_without_a_day_is_refused_at_its_field(client, session):
    client.post("/file/lead", data={**LEAD, "日期": NOW})
    (lead,) = board(session)
    for day, message in (((TODAY - timedelta(9)).isoformat(), "早于最近一条记录"), ("", "没有写日期")):
        answer = client.post("/file/lead", data={"lead": lead["id"], "阶段": "签约", "日期": day})
        assert answer.status_code == 400
        assert message in answer.text
    wrong = client.post("/file/lead", data={**LEAD, "日期": NOW, "协议投资额(万元)": "很多"})
    assert wrong.status_code == 400
    assert 'value="很多"' in wrong.text
    assert len(board(session)) == 1


def test_a_stage_is_reached_with_what_it_needs_only_and_a_script_is_told_each_field(client, session):
    client.post("/file/lead", data={**LEAD, "日期": NOW})
    (lead,) = board(session)
    move = {"lead": lead["id"], "日期": NOW}
    refused = client.post("/file/lead", data={**move, "阶段": "开工"}, headers={"accept": "application/json"})
    assert refused.status_code == 400
    assert [f["caption"] for f in refused.json()["faults"]] == ["协议投资额(万元)", "编码", "责任单位"]
    assert "到签约阶段要有协议投资额" in client.post("/file/lead", data={**move, "阶段": "签约"}).text
    assert "流失要写明原因" in client.post("/file/lead", data={**move, "状态": "流失"}).text
    assert board(session)[0]["stage"] == "在谈"
    taken = client.post("/file/lead", data={**move, "阶段": "签约", **MONEY}, headers={"accept": "application/json"})
    assert taken.json() == {"batch": 3, "lead": lead["id"]}
    assert board(session)[0]["agreed"] == 12_000
    assert client.post("/file/lead", data={**move, "阶段": "开工", **PLACE}).status_code == 303


def test_a_candidate_becomes_a_lead_with_a_form_that_is_filled_in_already(client, session):
    with session.reading() as state:
        firm, segment = node_id(state, "企业", LEAD["企业"]), node_id(state, "环节", f"示例县/{CHAIN}/锯带钢")
    ids = {"segment": segment, "firm": firm}
    page = client.get("/file/lead", params=ids).text
    fields = dict(re.findall(r'<input name="([^"]+)"[^>]* value="([^"]*)"', page))
    fields |= dict(
        re.findall(r'<select name="([^"]+)"(?:(?!</select>).)*?<option value="([^"]+)" selected', page, re.S)
    )
    assert client.post("/file/lead", data={n: v for n, v in fields.items() if v}).status_code == 303
    (lead,) = board(session)
    assert (lead["name"], lead["stage"], lead["segment_ids"], lead["firm_ids"]) == (
        "示例外地带钢有限公司·锯带钢", "谋划", [segment], [firm],
    )  # fmt: skip
    assert "已有这条线索" in client.get("/file/lead", params=ids).text
    assert f"lead={lead['id']}" in client.get("/recruiting", params={"county": "示例县"}).text
    assert "已有这条线索" not in client.get("/file/lead", params={"segment": segment}).text


def test_the_board_is_narrowed_by_county_chain_owner_and_stage_and_adds_up_each_stage(client, session):
    client.post("/file/lead", data={**LEAD, **MONEY, "日期": NOW, "负责人": "示例甲"})
    client.post(
        "/file/lead", data={**LEAD, "项目名称": "示例另一项目", "阶段": "推介", "日期": NOW, "负责人": "示例乙"}
    )
    chain = board(session)[0]["chain"]
    for query, names in (
        ({"owner": "示例甲"}, {"示例带钢项目"}),
        ({"stage": "推介"}, {"示例另一项目"}),
        ({"chain": f"示例县/{chain}", "county": "示例县", "owner": "", "stage": ""}, {"示例带钢项目", "示例另一项目"}),
        ({"county": "示例邻县"}, set()),
    ):
        page = client.get("/leads", params=query).text
        assert set(re.findall(r'data-name="([^"]+)"', page)) == names, query
    with session.reading() as state:
        document = leads(state)
    assert (document["money"]["在谈"]["agreed"], document["money"]["推介"]["agreed"], document["agreed"]) == (
        12_000, None, 12_000,
    )  # fmt: skip
    assert document["owners"] == ["示例乙", "示例甲"]


def test_a_firm_that_nobody_knows_waits_and_the_page_says_so(client):
    answer = client.post("/file/lead", data={**LEAD, "企业": "示例无名有限公司", "日期": NOW})
    assert answer.status_code == 303
    assert "示例无名有限公司" in client.get(answer.headers["location"]).text


def test_the_pages_are_there_without_a_plan(tmp_path):
    with open_session(load_settings(str(tmp_path / "empty"))) as opened:
        app = create_app(opened, Access("page", "command"))
        visitor = TestClient(app, base_url="http://127.0.0.1", headers={"X-Lianpu-Token": "page"})
        for path in ("/tasks", "/leads", "/file", "/file?county=全市", "/file/lead"):
            assert visitor.get(path).status_code == 200, path


def test_the_tasks_are_drawn_and_listed(client):
    page = client.get("/tasks", params={"county": "示例县"}).text
    assert 'class="timeline"' in page
    assert page.count("示例摸底") >= 2
    assert "示例邻县" not in page[page.index('class="timeline"') :]
