"""The papers of the plan over HTTP and on the command line are the same files."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from builders import BASICS, write_book
from docx import Document
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from plan_sheets import SHEETS
from serving import ask

from api.home.drawing import draw_here
from api.home.session import Session, open_session
from api.home.settings import Settings
from api.web.access import Access
from api.web.app import create_app
from ingest.load.pipeline import load

AT = "2025-11-27"


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("papers")
    with open_session(Settings(folder / "home")) as opened:
        load(opened.city, [write_book(folder / "示例.xlsx", SHEETS)])
        yield opened


@pytest.fixture(scope="module")
def client(session) -> Iterator[TestClient]:
    here = session.draw
    app = create_app(session, Access("page", "command"))
    with TestClient(app, base_url="http://127.0.0.1:8765", headers={"X-Lianpu-Token": "page"}) as made:
        yield made
    session.draw = here


@pytest.mark.parametrize(
    ("command", "path", "asked"),
    [("bulletin", "bulletin.docx", {"at": AT}), ("plan draft", "draft.docx", {"at": AT, "county": "示例县"})],
)
def test_a_download_is_the_file_that_the_command_writes(client, session, tmp_path, monkeypatch, command, path, asked):
    monkeypatch.setattr(session, "draw", draw_here)
    own = tmp_path / path
    document = ask(session, command, output=str(own), **asked).document
    assert document["bytes"] == own.stat().st_size
    assert client.get(f"/files/{path}", params=asked).content == own.read_bytes()


def test_progress_and_zero_write_workbooks_and_say_which(client, session, tmp_path, monkeypatch):
    monkeypatch.setattr(session, "draw", draw_here)
    for command, path, sheet in (("progress", "progress.xlsx", "指标台账"), ("zero", "zero.xlsx", "亿元无机构")):
        own = tmp_path / path
        document = ask(session, command, output=str(own)).document
        assert document["file"] == str(own)
        answer = client.get(f"/files/{path}", params={"county": "示例县"})
        assert "attachment" in answer.headers["content-disposition"]
        sent = load_workbook(io.BytesIO(answer.content))[sheet]
        head = next(load_workbook(own)[sheet].iter_rows(values_only=True))
        assert next(sent.iter_rows(values_only=True)) == head
        assert client.get(f"/api/{command}", params={"county": "示例县"}).json()["file"] is None


def test_what_cannot_be_written_is_said_in_chinese(client):
    unknown = client.get("/files/draft.docx", params={"county": "没有这个县"}, headers={"Accept": "application/json"})
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "unknown_name")
    none = client.get("/files/bulletin.docx", params={"plan": "没有这份计划"}, headers={"Accept": "application/json"})
    assert (none.status_code, none.json()["error"]["code"]) == (404, "no_targets")


def test_the_first_word_of_a_command_of_two_finds_it(tmp_path):
    from serving import lianpu

    write_book(tmp_path / "示例.xlsx", BASICS)
    code, text, _ = lianpu(tmp_path / "home", "plan", "--help", json_out=False)
    assert code == 0
    assert "draft" in text


def test_a_bulletin_over_http_opens_in_word(client):
    answer = client.get("/files/bulletin.docx", params={"at": AT})
    assert any("目标任务进展情况的通报" in p.text for p in Document(io.BytesIO(answer.content)).paragraphs)
