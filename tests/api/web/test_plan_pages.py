"""The pages of the plan: what a cell opens to, that each number leads to its rows, and how to begin without a plan."""

from __future__ import annotations

import html
import re
from contextlib import contextmanager

import pytest
from builders import write_book
from fastapi.testclient import TestClient

from api.home.session import open_session
from api.home.settings import load_settings
from api.web.access import Access
from api.web.app import create_app
from ingest.load.pipeline import load

PAGES = ("/progress", "/county", "/zero", "/ladder")
PLAN = "示例行动方案"
SHEETS = {
    "县市区": [["名称", "上级"], ["示例市", None], ["示例县", "示例市"], ["示例邻县", "示例市"]],
    "产业链": [["名称", "县市区"], ["示例锯床产业链", "示例县"], ["示例阀门产业链", "示例邻县"]],
    "企业": [["名称", "县市区", "产业链"], ["示例甲锯床有限公司", "示例县", "示例锯床产业链"], ["示例乙锯床有限公司", "示例县", "示例锯床产业链"]],
    "企业年报": [
        ["企业", "年份", "产值（万元）", "规上", "研发活动", "研发机构"],
        ["示例甲锯床有限公司", 2025, 20000, "是", "是", "否"],
        ["示例乙锯床有限公司", 2025, 9000, "是", "是", None],
    ],
    "计划": [["名称", "起始年", "结束年"], [PLAN, 2024, 2026]],
    "指标": [
        ["名称", "任务", "对象", "比较", "数值", "单位", "期限", "计划", "口径", "责任单位"],
        ["示例立项数", "攻关", "各县市区", "累计≥", 10, "项", "2026-12", PLAN, None, "示例市科技局"],
        ["示例机构覆盖率", "机构", "各县市区", "≥", 60, "%", "2026-12", PLAN, "研发机构覆盖率", None],
        ["示例方案编制", "谋划", "示例县", "完成", None, None, "2024-04", PLAN, None, None],
    ],
    "完成情况": [
        ["指标", "对象", "数值", "单位", "日期", "佐证", "原因", "措施", "异议"],
        ["示例立项数", "示例县", 3, "项", "2026-06-30", "示例文件<b>", "申报不足", "组织申报", "两项未登记"],
    ],
    "延期": [["指标或任务", "对象", "原期限", "新期限", "理由"], ["示例方案编制", "示例县", "2024-04", "2024-06", "示例理由"]],
    "任务": [["名称", "编号", "计划", "对象", "期限", "进展"], ["示例编制方案", "1.1", PLAN, "各县市区", "2024-04", "进行中"],
        ["示例落实方案", "1.2", PLAN, "各县市区", "2024-06", None]],
    "政策": [["名称", "县市区", "止"], ["示例补助办法", None, "2025-12-31"]],
}  # fmt: skip


@contextmanager
def pages_of(home, *books):
    """The pages of a home with some workbooks."""
    with open_session(load_settings(str(home))) as session:
        if books:
            load(session.city, list(books))
        app = create_app(session, Access("page", "command"))
        yield TestClient(app, base_url="http://127.0.0.1", headers={"X-Lianpu-Token": "page"})


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plan")
    with pages_of(folder / "home", write_book(folder / "示例.xlsx", SHEETS)) as made:
        yield made


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def cell(client, subject, name):
    """The address of a cell of the matrix, and the page that it opens."""
    found_cells = re.findall(
        r'href="(/progress\?open=[^"]+)" title="([^"]+)"[^>]*?aria-label="([^"]+)"', matrix(client)
    )
    address = next(html.unescape(a) for a, _, label in found_cells if label.startswith(f"{subject}，{name}："))
    return client.get(address)


def matrix(client):
    return re.sub(r"\s+", " ", client.get("/progress", params={"at": "2026-11-27"}).text)


def test_the_matrix_has_each_light_by_sign_and_word_and_what_is_asked(client):
    text = words(client.get("/progress?at=2026-11-27").text)
    assert "示例立项数 累计不少于10项 · 期限 2026-12-31 · 0/2 达标" in text
    labels = re.findall(r'aria-label="([^"]+)"', matrix(client))
    assert "示例县，示例立项数：严重滞后，3" in labels
    assert "示例县，示例机构覆盖率：严重滞后，0–50%" in labels
    assert "示例邻县，示例立项数：未报，未报" in labels


def test_a_cell_opens_to_filed_beside_computed_with_reasons_and_rows(client):
    page = cell(client, "示例县", "示例立项数").text
    panel = words(page[page.index('<aside class="panel"') :])
    for part in ("填报（计入）", "3项", "2026-06-30", "没有口径", "按时间应完成 97%", "实际完成 30%", "申报不足", "组织申报",
                 "两项未登记", "示例市科技局", "还差7项"):  # fmt: skip
        assert part in panel, part
    assert "示例文件<b>" in panel
    rows = re.findall(r'href="(/row/\d+)"', page[page.index('<aside class="panel"') :])
    assert len(rows) == 2
    assert all(client.get(r).status_code == 200 for r in rows)


def test_a_share_shows_its_bounds_and_its_blanks(client):
    page = cell(client, "示例县", "示例机构覆盖率").text
    panel = words(page[page.index('<aside class="panel"') :])
    assert "上下限 – 0–50%" in panel
    assert "1 家待核实" in panel


def test_a_moved_deadline_is_told_with_its_reason(client):
    page = cell(client, "示例县", "示例方案编制").text
    assert "2024-04-30 改为 2024-06-30：示例理由" in words(page)


def test_filters_stand_in_the_address_and_narrow_the_table(client):
    text = client.get("/progress", params={"light": "待核实", "plan": PLAN, "at": ""}).text
    assert "示例方案编制" not in words(text[text.index("<main") :])
    for address in re.findall(r'href="(/progress\?open=[^"]+)"', text):
        assert "light=" in address
        assert "plan=" in address
    assert client.get("/progress", params={"at": "2024-13"}).status_code == 422
    assert client.get("/progress", params={"county": "无此县"}).status_code == 404


def test_a_county_has_its_targets_tasks_lists_rungs_and_policies(client):
    page = words(client.get("/county", params={"county": "示例县"}).text)
    for part in ("示例立项数", "改过 1 次", "1.1", "示例编制方案", "已过期限", "亿元无机构", "示例甲锯床有限公司", "规上企业 2",
                 "示例补助办法", "已失效"):  # fmt: skip
        assert part in page, part


def test_a_task_that_nobody_reports_is_unreported_and_not_late(client):
    text = client.get("/county", params={"county": "示例县"}).text
    at = text.rindex("示例落实方案")  # the roadmap, which has a legend, stands before the table
    row = words(text[at : text.index("</tr>", at)])
    assert "— 未报" in row
    assert "已过期限" not in row
    assert "未报 1" in words(text)


def test_the_lists_tell_no_from_blank(client):
    page = words(client.get("/zero").text)
    assert "示例甲锯床有限公司 20000 ✕ 否 — ✕ 否" in page
    assert "示例乙锯床有限公司 9000 — — ▨ 留空" in page


def test_the_first_page_has_the_lights_and_the_next_deadlines(client):
    page = words(client.get("/").text)
    assert "目标进度" in page
    assert "示例县" in page


def test_without_a_plan_every_page_says_how_to_begin(tmp_path):
    with pages_of(tmp_path / "home") as made:
        for address in PAGES:
            answer = made.get(address)
            assert answer.status_code == 200
            assert "下载填报模板" in answer.text, address
        assert "目标进度" in made.get("/").text


def test_no_page_shows_a_value_that_no_person_would_write(client):
    for address in PAGES:
        assert not re.search(r"\b(None|nan|True|False|undefined)\b", words(client.get(address).text)), address
