"""Tables in somebody's own format on the data page: asked about, chosen, previewed, loaded, known the next time."""

from __future__ import annotations

import html
import re

import pytest
from builders import BASICS, write_book
from serving import page_client, upload

STRANGE = "<script>alert(1)</script>"
LIST = [
    ["单位全称", "坐落区域", "经营内容", STRANGE],
    ["示例丁轴承厂", "示例县", "轴承", "甲"],
    ["示例戊铸造厂", "示例县", "铸件", "乙"],
]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with page_client(tmp_path_factory.mktemp("map") / "home") as signed_in:
        yield signed_in


def answers(page, **chosen):
    """The fields of the page's form, with the columns of these captions chosen so."""
    kind = re.search(r'name="(\w+)\.kind"', page.text)[1]
    columns = re.findall(r'<select name="([\w.]+)" aria-label="(.*?) 对应"', page.text)
    fields = {name: chosen.get(html.unescape(caption), "") for name, caption in columns}
    return re.search(r"/data/map/[\w-]+", page.text)[0], {f"{kind}.kind": "企业", **fields}


def test_columns_are_chosen_once_and_the_next_list_is_read_by_itself(client, tmp_path):
    page = upload(client, write_book(tmp_path / "示例名录.xlsx", {"名录": LIST}))
    assert page.status_code == 200
    assert all(
        said in page.text for said in ("列对应", "单位全称", "示例丁轴承厂", "附加列", '<optgroup label="企业">')
    )
    assert STRANGE not in page.text
    assert html.escape(STRANGE) in page.text
    place, fields = answers(page, 经营内容="企业.主要产品")
    lacking = client.post(place, data=fields)
    assert "必填列“名称”没有对应的列" in lacking.text
    assert re.search(r'<option value="企业.主要产品" selected>', lacking.text), "what was chosen stays"
    place, fields = answers(page, 单位全称="企业.名称", 坐落区域="企业.县市区", 经营内容="企业.主要产品")
    shown = client.post(place, data=fields)
    assert ("还没有写入" in shown.text, "示例戊铸造厂" in shown.text) == (True, True)
    assert STRANGE not in shown.text
    done = client.post(re.search(r"/data/commit/[\w-]+", shown.text)[0])
    assert "已导入，批次" in done.text
    firm = client.get("/api/show", params={"kind": "企业", "name": "示例丁轴承厂"}).json()
    assert "轴承" in str(firm["values"])
    later = [LIST[0], ["示例己轴承厂", "示例县", "轴承", "丙"]]
    again = upload(client, write_book(tmp_path / "示例名录二.xlsx", {"名录": later}))
    assert all(said in again.text for said in ("示例己轴承厂", "按已保存的映射"))


def test_a_strange_sheet_beside_ours_is_asked_about_and_wrong_answers_are_told(client, tmp_path):
    page = upload(
        client, write_book(tmp_path / "两种.xlsx", {**BASICS, "杂表": [["甲方", "乙方"], ["示例一", "示例二"]]})
    )
    assert ("导入预览" in page.text, 'id="columns"' in page.text) == (True, True)
    place, fields = answers(page, 甲方="飞船.名称")
    told = client.post(place, data=fields)
    assert "没有“飞船”表" in told.text
    assert "没有给任何一列选择对应" in client.post(place, data={}).text
    assert client.post(place, data={"x": "长" * 70_000}).status_code == 413
    assert client.post("/data/map/aaaaaaaaaaaaaaaa", data=fields).status_code == 404
    place, fields = answers(page, 甲方="企业.名称", 乙方="企业.主要产品")
    shown = client.post(place, data=fields)
    assert all(said in shown.text for said in ("示例一", "示例甲锯业有限公司", "示例锯床产业链"))
    assert "按映射" in shown.text
    assert 'id="columns"' not in shown.text
    assert "已导入，批次" in client.post(re.search(r"/data/commit/[\w-]+", shown.text)[0]).text
    assert client.get("/api/show", params={"kind": "企业", "name": "示例甲锯业有限公司"}).status_code == 200


def test_what_a_load_asks_is_answered_on_the_page_before_anything_is_written(client, tmp_path):
    rows = [
        ["示例邻县重点企业名录"],
        ["名称", "状态"],
        ["示例辛机械有限公司", "正常生产"],
        ["示例壬机械有限公司", "停产"],
    ]
    shown = upload(client, write_book(tmp_path / "状态.xlsx", {**BASICS, "企业": rows}))
    section = re.search(r'<section id="questions">.*?</section>', shown.text, re.DOTALL)[0]
    assert '<option value="在产" selected>' in section
    assert 'name="set:县市区" value="示例邻县"' in section
    place = re.search(r"/data/answer/[\w-]+", section)[0]
    answered = client.post(place, data={"set:企业.状态:正常生产": "在产", "set:县市区": "示例邻县", "set:产业链": ""})
    assert ("还没有写入" in answered.text, "不在可选词中" in answered.text) == (True, False)
    assert 'name="set:县市区"' not in answered.text
    client.post(re.search(r"/data/commit/[\w-]+", answered.text)[0])
    firm = client.get("/api/show", params={"kind": "企业", "name": "示例辛机械有限公司"}).json()
    assert (firm["values"]["状态"]["value"], firm["values"]["县市区"]["value"]) == ("在产", "示例邻县")
    assert "恐龙" in client.post(place, data={"set:企业.状态:正常生产": "恐龙"}).text


def test_words_of_a_strange_table_are_chosen_beside_its_columns(client, tmp_path):
    rows = [
        ["单位全称", "坐落区域", "生产状态"],
        ["示例癸轴承厂", "示例县", "正常生产"],
        ["示例子轴承厂", "示例县", "在产"],
    ]
    page = upload(client, write_book(tmp_path / "名录三.xlsx", {"杂": rows}))
    word = re.search(r'<select name="(\w+~2~正常生产)">', page.text)[1]
    place, fields = answers(page, 单位全称="企业.名称", 坐落区域="企业.县市区", 生产状态="企业.状态")
    shown = client.post(place, data={**fields, word: "在产"})
    assert ("还没有写入" in shown.text, "不在可选词中" in shown.text) == (True, False)
