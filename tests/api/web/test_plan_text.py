"""A plan's text over HTTP, as its page does it: upload, text with marks, what is taken goes to the preview, then loads."""

from __future__ import annotations

import re

import pytest
from builders import BASICS, write_book
from serving import page_client, upload

TEXT = """示例县2025年科技工作计划
一、主要目标
全县新增高新技术企业20家以上。
二、重点任务
（一）抓好平台建设。2025年6月底前完成平台摸底，规上企业研发机构覆盖率达到75%。（责任单位：县科技局、县经信局）
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plan")
    with page_client(folder / "home") as signed_in:
        preview = upload(signed_in, write_book(folder / "示例.xlsx", dict(BASICS)))
        signed_in.post(f"/data/commit/{preview.url.path.rpartition('/')[2]}")
        yield signed_in


@pytest.fixture(scope="module")
def page(client):
    answer = client.post("/plan/read", files=[("files", ("示例计划.txt", TEXT.encode(), "text/plain"))])
    assert answer.status_code == 200
    return answer


def test_the_text_is_shown_with_what_was_found_marked(page):
    for words in ("新增高新技术企业", "规上企业研发机构覆盖率", "抓好平台建设", "县科技局、县经信局"):
        assert words in page.text
    assert '<mark title="指标1">全县新增高新技术企业20家以上</mark>' in page.text
    assert len(re.findall(r'name="taken"', page.text)) == 4
    assert not re.search(r"taken[^>]*checked", page.text)


def test_only_what_is_taken_comes_to_the_preview_and_is_loaded(client, page):
    ident = page.url.path.rpartition("/")[2]
    preview = client.post(f"/plan/read/{ident}", data={"taken": ["指标1", "任务1"]})
    assert (preview.status_code, preview.url.path.startswith("/data/preview/")) == (200, True)
    assert "新增高新技术企业" in preview.text
    done = client.post(f"/data/commit/{preview.url.path.rpartition('/')[2]}")
    assert re.search(r"/data/batch/(\d+)", done.text)
    targets = client.get("/api/progress", params={"at": "2025-03-01"}).json()["targets"]
    assert [(t["indicator"], t["subject"], t["value"], t["deadline"]) for t in targets] == [
        ("新增高新技术企业", "示例县", 20, "2025-12-31")
    ]


def test_the_workbook_of_all_that_was_found_takes_nothing_by_itself(client, page, tmp_path):
    ident = page.url.path.rpartition("/")[2]
    book = client.get(f"/plan/read/{ident}/plan.xlsx")
    assert book.content.startswith(b"PK")
    loaded = client.post("/api/load", files=[("files", ("全部.xlsx", book.content))], data={"dry_run": "1"}).json()
    assert loaded["rows"]["accepted"] == 1  # the plan itself
    assert loaded["rows"]["skipped"] == 4


def test_the_api_answers_as_the_command_line_does(client):
    document = client.post("/api/plan/read", files=[("files", ("示例计划.txt", TEXT.encode()))]).json()
    assert [t["indicator"] for t in document["targets"]] == [
        "新增高新技术企业",
        "完成平台摸底",
        "规上企业研发机构覆盖率",
    ]
    assert document["tasks"][0]["owners"] == ["县科技局", "县经信局"]
    assert document["targets"][1]["deadline"] == "2025-06"


def test_a_file_that_is_no_text_says_so_on_the_page(client):
    answer = client.post("/plan/read", files=[("files", ("坏.docx", b"PK\x03\x04 nothing"))])
    assert answer.status_code == 422
    assert "重新下载或另存一份" in answer.text
