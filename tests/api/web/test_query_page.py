"""查询: a named query is a form and a table; one's own is refused with its place; each is noted."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import orjson

from api.home.query_log import LOG

OWN = "MATCH (e:Enterprise) WHERE e.name = $name RETURN e AS 企业, e.output AS 产值"


def test_a_named_query_is_a_form_and_a_table_of_links(pages):
    listed = pages.get("/query").text
    assert "企业的二级供应商" in listed
    form = pages.get("/query", params={"name": "企业的二级供应商"}).text
    assert 'name="firm"' in form
    assert "<table" not in form
    shown = pages.get("/query", params={"name": "企业的二级供应商", "run": "1", "firm": "示例甲锯床有限公司"}).text
    assert 'href="/show?kind=%E4%BC%81%E4%B8%9A&amp;id=' in shown
    missing = pages.get("/query", params={"name": "企业的二级供应商", "run": "1", "firm": "没有这一家"})
    assert missing.status_code == 404
    assert "没有名为“没有这一家”的企业" in missing.text


def test_ones_own_query_is_answered_on_the_page_as_a_workbook_and_over_http(pages):
    form = {"cypher": OWN, "parameters": "name=示例甲锯床有限公司"}
    assert "示例甲锯床有限公司</a>" in pages.post("/query", data=form).text
    book = openpyxl.load_workbook(BytesIO(pages.post("/query/result.xlsx", data=form).content))
    assert book["查询结果"]["A2"].value == "示例甲锯床有限公司"
    asked = {"cypher": OWN, "parameters": {"name": "示例甲锯床有限公司"}}
    answered = pages.post("/api/query", json=asked).json()
    assert answered["rows"][0][0]["name"] == "示例甲锯床有限公司"
    assert pages.get("/api/query", params={"cypher": "MATCH (n:Company) RETURN count(n)"}).json()["rows"] == [[0]]


def test_what_is_refused_is_told_with_its_place_and_noted(pages, examples):
    refused = pages.post("/query", data={"cypher": "MATCH (n)\nSET n.x = '<script>alert(1)</script>'"})
    assert refused.status_code == 422
    assert "第 2 行第 1 个字符" in refused.text
    assert "<script>alert" not in refused.text
    assert pages.post("/api/query", json={"cypher": "CALL timeout=0"}).json()["error"]["code"] == "cypher_refused"
    last = orjson.loads((examples.home / LOG).read_bytes().splitlines()[-1])
    assert (last["text"], last["result"]) == ("CALL timeout=0", "cypher_refused")
    assert last["at"]


def test_a_shared_query_stands_in_the_box_and_does_not_run(pages):
    shared = pages.get("/query", params={"cypher": "MATCH (n) RETURN n", "parameters": "a=1"}).text
    assert "MATCH (n) RETURN n</textarea>" in shared
    assert "<table" not in shared.partition("<textarea")[0]
