"""Downloads: the same file as a command writes, refused in words, given up when the browser goes away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from builders import BASICS, write_book
from fastapi import Request
from fastapi.testclient import TestClient
from serving import ask

from api.home.session import Session, open_session
from api.home.settings import Settings
from api.web.access import Access
from api.web.app import create_app
from api.web.downloads import while_there
from ingest.load.pipeline import load

PATIENCE = 60
CHAIN = {"chain": "示例锯床产业链", "county": "示例县"}


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("downloads")
    with open_session(Settings(folder / "home")) as opened:
        load(opened.city, [write_book(folder / "示例.xlsx", BASICS)])
        yield opened


@pytest.fixture(scope="module")
def client(session) -> Iterator[TestClient]:
    here = session.draw
    app = create_app(session, Access("page", "command"))
    with TestClient(app, base_url="http://127.0.0.1:8765", headers={"X-Lianpu-Token": "page"}) as made:
        yield made
    session.draw = here


def test_a_download_and_a_command_sent_to_the_server_draw_what_the_command_line_draws(client, session, tmp_path):
    sent, own = tmp_path / "sent.svg", tmp_path / "own.svg"
    body = {"command": "mindmap", "parameters": {"chain": CHAIN["chain"], "output": str(sent)}}
    answer = client.post("/api/command", json=body, headers={"Authorization": "Bearer command"})
    assert answer.json()["document"]["bytes"] == sent.stat().st_size
    drawn, session.draw = session.draw, lambda draw, path: draw(path)
    ask(session, "mindmap", chain=CHAIN["chain"], output=str(own))
    session.draw = drawn
    assert client.get("/files/mindmap.svg", params=CHAIN).content == sent.read_bytes() == own.read_bytes()


def test_a_file_that_a_worker_cannot_write_is_said_as_the_command_line_says_it(client, tmp_path):
    body = {"command": "mindmap", "parameters": {"chain": CHAIN["chain"], "output": str(tmp_path / "no" / "a.svg")}}
    answer = client.post("/api/command", json=body, headers={"Authorization": "Bearer command"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "not_writable")


def test_a_script_gets_the_fault_of_a_download_as_json_and_a_person_as_a_page(client):
    wrong = {"chain": "没有这条链"}
    script = client.get("/files/report.docx", params=wrong, headers={"Accept": "application/json, */*"})
    assert (script.status_code, script.json()["error"]["code"]) == (404, "unknown_name")
    person = client.get("/files/report.docx", params=wrong, headers={"Accept": "text/html"})
    assert (person.status_code, person.text.startswith("<!doctype html>")) == (404, True)


def test_the_queue_of_nobody_is_empty(client):
    assert client.get("/files/queue").json() == client.get("/files/queue?ticket=1").json() == {"ahead": 0}


class Caller:
    """A client that is there until it leaves."""

    def __init__(self) -> None:
        self.left = asyncio.Event()
        self._asked = False
        self.request = Request({"type": "http"}, self._receive)

    async def _receive(self) -> dict[str, object]:
        if self._asked:
            await self.left.wait()
            return {"type": "http.disconnect"}
        self._asked = True
        return {"type": "http.request", "body": b"", "more_body": False}


def test_what_is_done_for_one_who_goes_away_is_cancelled():
    async def scene() -> None:
        caller, begun, over = Caller(), asyncio.Event(), asyncio.Event()

        async def work() -> bytes:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                over.set()
            return b""

        answer = asyncio.create_task(while_there(caller.request, work()))
        await begun.wait()
        assert not answer.done()
        caller.left.set()
        assert await answer is None
        await over.wait()

    asyncio.run(asyncio.wait_for(scene(), PATIENCE))


def test_who_stays_gets_what_was_done_or_its_fault():
    async def well() -> bytes:
        return b"file"

    async def badly() -> bytes:
        raise ZeroDivisionError

    async def scene() -> None:
        assert await while_there(Caller().request, well()) == b"file"
        with pytest.raises(ZeroDivisionError):
            await while_there(Caller().request, badly())

    asyncio.run(asyncio.wait_for(scene(), PATIENCE))
