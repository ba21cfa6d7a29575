"""Correct in place: what a form opens with, what it says it would change, what it saves, and how it is taken back."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from builders import write_book
from fastapi.testclient import TestClient

from api.home.editor.change import PAGE
from api.home.session import open_session
from api.home.settings import load_settings
from api.web.access import Access
from api.web.app import create_app
from graph.answers.nodes import node_id, show
from graph.answers.statuses import gaps
from ingest.load.pipeline import load

CHAIN, SAW, FIRM = "示例锯床产业链", "示例锯床", "示例锯床有限公司"
PLACE = {"产业链": CHAIN, "县市区": "示例县"}
SHEETS = {
    "县市区": [["名称"], ["示例县"], ["示例邻县"]],
    "产业链": [["名称", "县市区"], [CHAIN, "示例县"], [CHAIN, "示例邻县"]],
    "环节": [
        ["产业链", "县市区", "名称", "已调查"],
        [CHAIN, "示例县", SAW, "是"],
        [CHAIN, "示例县", "示例锯条", "是"],
        [CHAIN, "示例邻县", SAW, "是"],
    ],
    "环节供给": [["产业链", "县市区", "上游环节", "下游环节"], [CHAIN, "示例县", "示例锯条", SAW]],
    "企业": [
        ["名称", "县市区", "产业链", "环节", "状态", "产值(万元)", "年份", "可信度"],
        [FIRM, "示例县", CHAIN, SAW, "在产", 500, 2024, "A"],
        ["示例锯条有限公司", "示例县", CHAIN, "示例锯条", "在产", None, None, "B"],
    ],
}


@pytest.fixture
def session(tmp_path):
    book = write_book(tmp_path / "示例.xlsx", SHEETS)
    with open_session(load_settings(home=tmp_path / "home")) as opened:
        with opened.writing() as city:
            load(city, [book])
        yield opened


@pytest.fixture
def web(session):
    access = Access("token-for-tests", "command-token-for-tests")
    with TestClient(create_app(session, access), base_url="http://localhost") as client:
        client.headers["x-lianpu-token"] = access.token
        yield client


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of the editor's form."""
    form = re.search(r'<form[^>]*class="(?:fields )?editor".*?</form>', text, re.S)
    assert form, text
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[0])
    return {html.unescape(n): html.unescape(v) for n, v in fields}


def cells(text: str) -> dict[str, str]:
    """What the fields of a form show."""
    typed = re.findall(r'<input\s+name="(cell\.[^"]*)"\s+id="[^"]*"\s+value="([^"]*)"', text)
    chosen = re.findall(r'<select name="(cell\.[^"]*)".*?</select>', text, re.S)
    picked = {n: re.search(rf'name="{re.escape(n)}".*?<option value="([^"]*)" selected', text, re.S) for n in chosen}
    return {html.unescape(n): html.unescape(v) for n, v in typed} | {n: m[1] for n, m in picked.items() if m}


def previewed(web, asked: dict[str, object], typed: dict[str, str], **more: str):
    """The page after the form was opened, filled in and sent."""
    form = web.get("/edit", params=asked)
    assert form.status_code == 200, form.text
    return web.post("/edit", data=filled(form.text, typed) | more | {"step": "preview"})


def filled(form: str, typed: dict[str, str]) -> dict[str, str]:
    """A form as it was opened, with some fields filled in."""
    return {**hidden(form), **cells(form), **{f"cell.{c}": t for c, t in typed.items()}}


def saved(web, page):
    answer = web.post("/edit", data=hidden(page.text) | {"step": "save"}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return int(re.search(r"/edit/saved/(\d+)", answer.headers["location"])[1])


def firm(session, name: str = FIRM):
    with session.reading() as state:
        return show(state, "企业", name)


def id_of(session, kind: str, name: str) -> str:
    with session.reading() as state:
        return node_id(state, kind, name)


def status_of(session, segment: str) -> str:
    with session.reading() as state:
        rows = gaps(state, "示例县")["segments"]
    return next(s["caption"] for s in rows if s["segment"] == segment)


def test_a_form_opens_with_what_counts_now(web, session):
    form = web.get("/edit", params={"kind": "企业", "id": id_of(session, "企业", FIRM)}).text
    shown = cells(form)
    assert shown["cell.名称"] == FIRM
    assert shown["cell.环节"] == SAW
    assert shown["cell.状态"] == "在产"
    assert shown["cell.产值(万元)"] == "500"


def test_a_better_grade_is_contradicted_with_a_reason_only_and_then_the_change_counts_and_is_undone(web, session):
    asked, before = {"kind": "企业", "id": id_of(session, "企业", FIRM)}, session.city.hash()
    page = previewed(web, asked, {"状态": "停产"})
    assert page.status_code == 400
    assert "写明为什么更正" in page.text
    page = previewed(web, asked, {"状态": "停产"}, why="实地走访", by="张三")
    assert page.status_code == 200
    assert "会变的环节状态（1）" in page.text
    was = status_of(session, SAW)
    batch = saved(web, page)
    state = firm(session)["values"]["状态"]
    assert (state["value"], state["source"]["file"], state["source"]["grade"]) == ("停产", PAGE, "A")
    assert state["source"]["publisher"] == "更正：实地走访"
    assert state["source"]["as_of"] == date.today().isoformat()
    assert [a["value"] for a in state["alternatives"]] == ["在产"]
    assert status_of(session, SAW) != was
    assert session.city.ledger.batches()[-1].by == "张三"
    web.post(f"/data/undo/{batch}")
    assert session.city.hash() == before


def test_only_what_changed_is_written(web, session):
    page = previewed(web, {"kind": "企业", "id": id_of(session, "企业", FIRM)}, {"所在地": "示例路1号"})
    saved(web, page)
    row = list(session.city.ledger.records())[-1]
    assert row.values.keys() == {"名称", "所在地"}
    assert firm(session)["values"]["产值(万元)"]["source"]["file"] == "示例.xlsx"


def test_who_comes_second_sees_the_others_change_beside_his_own(web, session):
    ident = id_of(session, "企业", "示例锯条有限公司")
    form = web.get("/edit", params={"kind": "企业", "id": ident}).text
    saved(web, previewed(web, {"kind": "企业", "id": ident}, {"状态": "停产"}, by="李四"))
    mine = filled(form, {"状态": "在建", "所在地": "示例路2号"})
    page = web.post("/edit", data=mine | {"step": "save", "seen": "x"})
    assert "您打开之后，有人改了它" in page.text
    assert "李四" in page.text
    assert hidden(page.text)["cell.所在地"] == "示例路2号"  # nothing typed is lost
    saved(web, page)
    assert firm(session, "示例锯条有限公司")["values"]["所在地"]["value"] == "示例路2号"


def test_what_changed_between_preview_and_saving_is_shown_before_anything_is_written(web, session):
    ident = id_of(session, "企业", FIRM)
    page = previewed(web, {"kind": "企业", "id": ident}, {"所在地": "示例路1号"})
    saved(web, previewed(web, {"kind": "产品"}, {"名称": "示例圆锯床"}))
    again = web.post("/edit", data=hidden(page.text) | {"step": "save"})
    assert "您预览之后，数据又变了" in again.text
    assert "所在地" not in firm(session)["values"]
    saved(web, again)


def test_a_new_firm_on_a_segment_is_prefilled_by_the_address(web, session):
    form = web.get("/edit", params={"kind": "企业", **PLACE, "环节": "示例锯条", "颜色": "无此列"})
    page = web.post(
        "/edit", data=filled(form.text, {"名称": "示例新锯条有限公司", "状态": "在产"}) | {"step": "preview"}
    )
    assert "示例锯条" in page.text
    saved(web, page)
    edges = firm(session, "示例新锯条有限公司")["edges"]
    assert {e["name"] for e in edges if e["relation"] == "STANDS_ON"} == {"示例锯条"}


def test_an_edge_is_added_corrected_and_withdrawn(web, session):
    page = previewed(
        web, {"kind": "外部供给", **PLACE, "环节": "示例锯条"}, {"外部来源": "示例外地钢厂", "占比": "60%"}
    )
    saved(web, page)
    row = list(session.city.ledger.records())[-1].seq
    saved(web, previewed(web, {"record": row}, {"外部来源": "示例另一钢厂"}))  # another edge: the old row gives way
    sources = [r.values["外部来源"] for r in session.city.ledger.records() if r.kind == "外部供给"]
    assert sources == ["示例另一钢厂"]
    last = list(session.city.ledger.records())[-1].seq
    form = web.get("/edit/withdraw", params={"record": last})
    assert web.post("/edit/withdraw", data=hidden(form.text) | {"why": ""}).status_code == 400
    gone = web.post("/edit/withdraw", data=hidden(form.text) | {"why": "已不采购"}, follow_redirects=False)
    assert gone.status_code == 303
    assert not [r for r in session.city.ledger.records() if r.kind == "外部供给"]
    assert "已不采购" in session.city.ledger.batches()[-1].files[0]
    assert web.get("/edit", params={"record": last}).status_code == 409


def test_a_wrong_cell_is_told_at_its_field_and_what_was_typed_stays(web, session):
    page = previewed(web, {"kind": "企业", **PLACE}, {"名称": "示例新企业", "产值(万元)": "很多"})
    assert page.status_code == 400
    assert 'id="fault-f-产值(万元)"' in page.text
    assert cells(page.text)["cell.产值(万元)"] == "很多"


def test_a_key_is_not_changed_and_a_blank_takes_nothing_back(web, session):
    segment = {"kind": "环节", "id": id_of(session, "环节", f"示例县/{CHAIN}/{SAW}")}
    assert "改了就是另一个" in previewed(web, segment, {"产业链": "示例别的产业链"}).text
    firm_ = {"kind": "企业", "id": id_of(session, "企业", FIRM)}
    assert "清空不会去掉" in previewed(web, firm_, {"状态": ""}).text


def test_a_firm_may_be_renamed_and_stays_the_same(web, session):
    saved(
        web,
        previewed(
            web, {"kind": "企业", "id": id_of(session, "企业", FIRM)}, {"名称": "示例新锯床有限公司"}, why="更名"
        ),
    )
    assert id_of(session, "企业", FIRM) == id_of(session, "企业", "示例新锯床有限公司")


def test_every_sheet_has_a_form_and_what_has_none_is_told(web, session):
    for name in session.city.schema.sheets:
        assert web.get("/edit", params={"kind": name}).status_code == 200, name
    assert web.get("/edit", params={"kind": "外部来源"}).status_code == 404
    assert web.get("/edit", params={"kind": "没有这一类"}).status_code == 404


def test_a_form_that_is_none_of_ours_is_answered_in_words(web):
    for sent in ({}, {"kind": "x" * 500}, {"kind": "企业", "id": "x" * 500}, {"record": "9" * 30, "kind": "企业"}):
        assert web.post("/edit", data=sent | {"before": "[", "step": "save"}).status_code in (400, 404)
    for numbers in ([], ["9" * 15], ["0"]):
        assert web.post("/edit/withdraw", data={"record": numbers, "why": "x"}).status_code == 404
    assert web.get("/edit/withdraw", params={"record": 2**70}).status_code == 404


def test_the_way_back_stays_on_this_machine(web):
    for elsewhere in ("https://other.example/", "//other.example", "/\\other.example", "javascript:alert(1)"):
        assert "other.example" not in web.get("/edit", params={"kind": "产品", "back": elsewhere}).text
        assert "javascript" not in web.get("/edit", params={"kind": "产品", "back": elsewhere}).text


def test_a_long_way_back_lasts_until_after_saving_and_one_too_long_is_none(web):
    long = f"/chain?chain={'x' * 900}"
    page = previewed(web, {"kind": "产品", "back": long}, {"名称": "示例远路产品"})
    answer = web.post("/edit", data=hidden(page.text) | {"step": "save"}, follow_redirects=False)
    after = web.get(answer.headers["location"])
    assert after.status_code == 200
    assert f'href="{long}"' in after.text
    form = web.get("/edit", params={"kind": "产品", "back": f"/graph?do={'x' * 3000}"})
    assert form.status_code == 200
    assert "返回</a>" not in form.text


def test_fields_propose_the_names_that_are_there(web):
    found = web.get("/edit/names", params={"kind": "环节", "text": "锯条", "chain": CHAIN}).json()
    assert found == [{"name": "示例锯条", "about": f"示例县 · {CHAIN}"}]
    assert (
        json.dumps(web.get("/edit/names", params={"kind": "企业", "text": "锯床"}).json(), ensure_ascii=False).count(
            "示例"
        )
        > 0
    )


def grid(web, rows, **more):
    """The answer to the rows of a grid, sent as its form sends them."""
    fields = {"kind": "企业", "table": json.dumps(rows), "step": "preview", **more}
    return web.post("/edit/grid", files={k: (None, v) for k, v in fields.items()}, follow_redirects=False)


def test_many_rows_are_checked_by_cell_and_saved_as_one_batch(web, session):
    rows = [
        {"名称": f"示例粘贴{i}有限公司", **PLACE, "环节": SAW, "状态": "在产", "所在地": "一\n二\t“三”"}
        for i in range(201)
    ]
    wrong = grid(web, [*rows, {"名称": "", "状态": "开着"}])
    assert wrong.status_code == 400
    assert "--set" not in wrong.text  # a hint for the command line
    placed = json.loads(html.unescape(re.search(r'data-faults="([^"]*)"', wrong.text)[1]))
    assert {(f["row"], f["caption"]) for f in placed} == {(201, "名称"), (201, "状态")}
    assert len(json.loads(html.unescape(re.search(r'data-rows="([^"]*)"', wrong.text)[1]))) == 202
    page = grid(web, rows)
    assert "保存 201 行" in page.text
    assert "会变的环节状态（1）" in page.text
    answer = grid(web, rows, step="save", by="张三", seen=hidden(page.text)["seen"])
    assert answer.status_code == 303
    batch = session.city.ledger.batches()[-1]
    assert (batch.rows, batch.by, batch.files) == (201, "张三", (PAGE,))


def test_a_grid_that_is_no_table_is_an_empty_one(web):
    for table in ("", "[", "7", "[7]", '{"名称": "x"}', "[" * 5000, '[{"名称": {"a": 1}}]', '[{"名称": null}]'):
        assert web.post("/edit/grid", data={"kind": "企业", "table": table, "step": "preview"}).status_code in (
            200,
            400,
        )


class Tags(HTMLParser):
    """What a page holds that text may not become."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        leads = ("javascript:", "data:text")
        self.bad += [
            n for n, v in attrs if n in ("href", "src", "action") and (v or "").lower().lstrip().startswith(leads)
        ]
        source = dict(attrs).get("src") or ""
        if tag in ("img", "iframe", "math", "style", "noscript") or (
            tag == "script" and not source.startswith("/static/")
        ):
            self.bad.append(tag)
        self.bad += [n for n, _ in attrs if n.startswith("on")]


HOSTILE = (
    "<!--<script>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "data:text/html;base64,PHNjcmlwdD4=",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    '<iframe srcdoc="&lt;script&gt;">',
    'x" style="background:url(//canary.invalid/a)',
    "</title><script>alert(1)</script>",
    "{% for x in range(9) %}a{% endfor %}",
)
VALUES = {"year": "2024", "date": "2024-05-16", "money": "1", "number": "1", "int": "1", "share": "50%", "bool": "是"}


def test_hostile_text_in_every_field_of_every_sheet_stays_text(web, session):
    pages = []
    for number, (name, sheet) in enumerate(session.city.schema.sheets.items()):
        text = HOSTILE[number % len(HOSTILE)]
        typed = {
            c.caption: c.words[0] if c.words else VALUES.get(c.type, "" if c.value_type.is_code else f"示例{text}")
            for c in sheet.columns
        }
        typed |= {"来源": text, "来源网址": text, **({"县市区": "示例县"} if name != "县市区" else {})}
        sent = {f"cell.{c}": t for c, t in typed.items()} | {
            "kind": name,
            "back": f"/edit?x={text}",
            "why": text,
            "by": text,
        }
        page = web.post("/edit", data=sent | {"step": "preview"})
        assert text in html.unescape(page.text), name
        pages.append((name, page.text))
        if page.status_code == 200:
            row = session.city.ledger.brought_by(saved(web, page))[0]
            pages.append((name, web.get(f"/edit?record={row}").text))
    assert len(pages) > 40
    assert [(name, bad) for name, text in pages if (bad := Tags(text).bad)] == []


def test_a_firm_from_elsewhere_is_corrected_on_the_chain_where_it_was_opened(web, session):
    saved(web, previewed(web, {"kind": "企业"}, {"名称": "示例邻县锯床厂", "县市区": "示例邻县", "状态": "在产"}))
    firm_ = {"kind": "企业", "id": id_of(session, "企业", "示例邻县锯床厂"), **PLACE, "环节": SAW}
    saved(web, previewed(web, firm_, {"状态": "在产"}))
    with session.reading() as state:
        chains = {c.id: c.county for c in state.chains()}
    edges = firm(session, "示例邻县锯床厂")["edges"]
    assert [chains[e["id"]] for e in edges if e["relation"] == "IN_CHAIN"] == ["示例县"]
    assert [e["name"] for e in edges if e["relation"] == "STANDS_ON"] == [SAW]
    saved(web, previewed(web, {"kind": "企业", "id": firm_["id"]}, {"状态": "停产"}))
    stands = [e for e in firm(session, "示例邻县锯床厂")["edges"] if e["relation"] == "STANDS_ON"]
    assert [e["values"]["状态"] for e in stands] == ["停产"]


def test_a_new_row_about_something_that_is_there_says_so(web):
    assert "已经有这个企业" in previewed(web, {"kind": "企业"}, {"名称": FIRM, "所在地": "示例路"}).text
