"""OpenAPI says what each endpoint takes, returns, and may answer instead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from builders import BASICS, write_book
from fastapi.testclient import TestClient

from api.home.session import open_session
from api.home.settings import load_settings
from api.web.access import Access
from api.web.app import create_app
from ingest.load.pipeline import load

TOKEN = {"X-Lianpu-Token": "page"}
BODIES = (
    ("application/json", b"{"),
    ("application/json", b"[]"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--"),
    ("application/x-www-form-urlencoded", b"batch=%ff&name=%"),
    ("application/x-www-form-urlencoded", b"a=" + b"b" * 70_000),
    ("text/plain", b"x"),
)
ODD = (
    "",
    "没有",
    "企业",
    "a/b/c",
    "示例锯床产业链",
    "0",
    "-1",
    "1",
    "2.5",
    str(10**30),
    "长" * 400,
    "2025-05-16",
    "true",
    "@",
    "\x00",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("openapi")
    with open_session(load_settings(str(folder / "home"))) as session:
        load(session.city, [write_book(folder / "a.xlsx", dict(BASICS))])
        app = create_app(session, Access("page", "command"))
        yield TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)


@pytest.fixture(scope="module")
def spec(client):
    return client.get("/api/openapi.json", headers=TOKEN).json()


def test_every_endpoint_that_takes_a_body_names_one_that_is_too_long(client, spec):
    for method, path, about in endpoints(spec):
        if "requestBody" in about:
            headers = {**TOKEN, "Content-Length": str(10**10)}
            assert client.request(method, path, headers=headers).status_code == 413
            assert "413" in about["responses"]


def endpoints(spec):
    """(method, path, what OpenAPI says of it)."""
    return [(m, p, about) for p, ways in spec["paths"].items() for m, about in ways.items()]


def requests(about) -> Iterator[dict[str, object]]:
    """Queries and bodies that are mostly wrong."""
    names = [p["name"] for p in about.get("parameters", [])]
    for value in ODD:
        yield {"params": dict.fromkeys(names, value)}
        for name in names:
            yield {"params": {name: value}}
    if "requestBody" in about:
        for value in ODD:
            words = {"verdict": value, "name": value, "other": "别的", "batch": value, "dry_run": value, "kind": value}
            yield {"json": words}
            yield {"data": words}
            yield {"data": {"dry_run": "1"}, "files": {"files": (value or "x", value.encode())}}
        yield {"content": b"\xff{"}
        for kind, content in BODIES:
            yield {"content": content, "headers": {"Content-Type": kind}}


def test_every_endpoint_names_its_document_and_its_faults(spec):
    assert len(endpoints(spec)) >= 14
    for _, path, about in endpoints(spec):
        schema = about["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema["$ref"].startswith("#/components/schemas/"), path
        assert {"401", "403", "422", "500", "503"} <= set(about["responses"]), path
        fault = about["responses"]["422"]["content"]["application/json"]["schema"]
        assert fault["$ref"].endswith("/FaultDocument"), path


def test_the_documents_in_openapi_say_what_each_key_means(spec):
    gaps = spec["components"]["schemas"]["GapsDocument"]
    assert gaps["properties"]["as_of"]["description"] == "哪一天的情况"
    assert spec["components"]["schemas"]["SegmentDocument"]["properties"]["hhi"]["description"].endswith("0 到 1")


def test_whatever_is_asked_the_status_is_one_that_openapi_names(client, spec):
    for method, path, about in endpoints(spec):
        for request in requests(about):
            answer = client.request(method, path, **{**request, "headers": {**TOKEN, **request.get("headers", {})}})
            assert str(answer.status_code) in about["responses"], (method, path, request, answer.text)
            assert answer.status_code < 500, (method, path, request, answer.text)
            if answer.status_code != 200:
                assert set(answer.json()["error"]) >= {"code", "message", "hint"}
        assert client.request(method, path).status_code == 401
        assert client.request(method, path, headers={**TOKEN, "Origin": "http://evil.example"}).status_code == 403


def test_a_command_with_a_parameter_it_does_not_have_is_refused(client):
    bearer = {"Authorization": "Bearer command"}

    def sent(command, **parameters):
        return client.post("/api/command", json={"command": command, "parameters": parameters}, headers=bearer)

    assert sent("gaps", scope="市").json()["document"]["scope"] == "市"
    for wrong in (sent("gaps", nonsense=1), sent("gaps", scope="省"), sent("cuts"), sent("cuts", chain="a", order=9)):
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "usage")
    assert sent("nonsense").status_code == 403
    assert sent("gaps", as_of="昨天").json()["error"]["code"] == "bad_date"
    assert sent("undo", batch="abc").status_code == 404
    torn = client.post("/api/command", content=b"{", headers={**bearer, "Content-Type": "application/json"})
    assert (torn.status_code, torn.json()["error"]["message"]) == (422, "请求的内容读不了：不是 JSON")
    unwritable = sent("export", path="/proc/nothing/a.xlsx")
    assert (unwritable.status_code, unwritable.json()["error"]["code"]) == (422, "not_writable")
